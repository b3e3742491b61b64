// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/any.h"
#include "crdt/detail/graph.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tutti::crdt::detail {

/// An attribute's value and which JavaScript object it would be (FormatMark::identity).
struct AttributeValue
{
    Any value;
    std::uint32_t identity = 0;
};

/// Whether JavaScript would compare it by which object it is.
[[nodiscard]] bool isObject(const Any& value) noexcept;
/// JavaScript's `===`: primitives by value, objects only with themselves.
[[nodiscard]] bool identical(const AttributeValue& a, const AttributeValue& b) noexcept;
/// Yjs's equalAttrs: `===`, or objects whose members are all `===`.
[[nodiscard]] bool equalAttributes(const AttributeValue& a, const AttributeValue& b);

/// Attributes by key, in the order in which the keys came: a JavaScript Map. Few at a time, so
/// they are looked through.
class AttributeMap
{
public:
    struct Entry
    {
        std::string key;
        AttributeValue value;
    };

    [[nodiscard]] const AttributeValue* find(std::string_view key) const noexcept
    {
        const auto found = std::ranges::find(m_entries, key, &Entry::key);
        return found == m_entries.end() ? nullptr : &found->value;
    }
    /// The value, or null where there is none.
    [[nodiscard]] AttributeValue valueOf(std::string_view key) const
    {
        const AttributeValue* found = find(key);
        return found == nullptr ? AttributeValue{nullptr, 0} : *found;
    }
    void set(std::string_view key, AttributeValue value)
    {
        const auto found = std::ranges::find(m_entries, key, &Entry::key);
        if (found == m_entries.end()) {
            m_entries.push_back({std::string(key), std::move(value)});
        } else {
            found->value = std::move(value);
        }
    }
    void erase(std::string_view key)
    {
        std::erase_if(m_entries, [key](const Entry& entry) { return entry.key == key; });
    }
    /// What a live mark does to the attributes in force.
    void fold(const FormatMark& mark)
    {
        if (mark.value.isNull()) {
            erase(mark.key);
        } else {
            set(mark.key, {mark.value, mark.identity});
        }
    }

    [[nodiscard]] bool empty() const noexcept { return m_entries.empty(); }
    [[nodiscard]] auto begin() const noexcept { return m_entries.begin(); }
    [[nodiscard]] auto end() const noexcept { return m_entries.end(); }
    /// Without nulls, in JavaScript's key order.
    [[nodiscard]] Any::Object toObject() const;

private:
    std::vector<Entry> m_entries;
};

} // namespace tutti::crdt::detail
