// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/any.h"
#include "crdt/error.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tutti::crdt {

namespace detail {
class AttributeTable;
}

/// Something said about units: who inserted them, when (pycrdt: ContentAttribute, Yjs 14:
/// AttributionItem). A name and a value, immutable and shared: copies are cheap.
class ContentAttribute
{
public:
    /// Errors: Malformed when the name is not UTF-8; Unsupported when the value, as in pycrdt,
    /// is more than JSON can hold (undefined, bytes, NaN, infinities; big integers pass), or when
    /// its bytes would not give it back (lone surrogates, deeper than Any::kMaxDepth).
    [[nodiscard]] static Result<ContentAttribute> make(std::string_view name, Any value);

    /// What kind of thing is said.
    [[nodiscard]] const std::string& name() const noexcept { return m_data->name->text; }
    /// What JSON can hold when it was made here; any value when it was decoded.
    [[nodiscard]] const Any& value() const noexcept { return m_data->value; }

    /// Objects are equal whatever the order of their keys. Cost: O(1) when they differ or are
    /// copies of each other, else the size of both.
    [[nodiscard]] bool operator==(const ContentAttribute& other) const noexcept;
    /// Equal attributes have equal hashes, in one run of the program.
    [[nodiscard]] std::uint64_t hash() const noexcept { return m_data->hash; }

private:
    friend class detail::AttributeTable;
    /// Attributes share their names: one long name with many values stays small and quick.
    struct Name
    {
        explicit Name(std::string_view from);
        bool operator==(const Name& other) const noexcept;

        std::string text;
        std::uint64_t hash = 0;
    };
    struct Data
    {
        std::shared_ptr<const Name> name;
        Any value;
        std::uint64_t hash = 0;
    };
    ContentAttribute(std::shared_ptr<const Name> name, Any value);

    std::shared_ptr<const Data> m_data;
};

} // namespace tutti::crdt

/// For the standard library's sets and maps.
template <>
struct std::hash<tutti::crdt::ContentAttribute>
{
    /// As ContentAttribute::hash.
    std::size_t operator()(const tutti::crdt::ContentAttribute& attribute) const noexcept
    {
        return static_cast<std::size_t>(attribute.hash());
    }
};

namespace tutti::crdt {

/// A set of attributes, in the order they came; immutable and shared. The order counts for the
/// bytes alone.
class ContentAttributes
{
public:
    /// The empty set.
    ContentAttributes() = default;
    /// What is there twice is taken once. Cost: O(n).
    ContentAttributes(std::initializer_list<ContentAttribute> attributes)
        : ContentAttributes(std::span(attributes.begin(), attributes.size()))
    { }
    explicit ContentAttributes(std::span<const ContentAttribute> attributes);

    /// Whether there are none, or how many.
    [[nodiscard]] bool empty() const noexcept { return m_list == nullptr; }
    [[nodiscard]] std::size_t size() const noexcept { return list().size(); }
    /// All of them, also for a range-based loop.
    [[nodiscard]] std::span<const ContentAttribute> list() const noexcept
    {
        return empty() ? std::span<const ContentAttribute>() : std::span(*m_list);
    }
    [[nodiscard]] auto begin() const noexcept { return list().begin(); }
    [[nodiscard]] auto end() const noexcept { return list().end(); }

    /// Those of `a`, then what `b` has beyond them. Cost: O(n + m).
    [[nodiscard]] static ContentAttributes united(
        const ContentAttributes& a, const ContentAttributes& b);

    /// In any order. Cost: O(1) when both share, else O(n).
    [[nodiscard]] bool operator==(const ContentAttributes& other) const;

private:
    std::shared_ptr<const std::vector<ContentAttribute>> m_list; ///< null when empty
};

} // namespace tutti::crdt
