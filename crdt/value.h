// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/any.h"
#include "crdt/array.h"
#include "crdt/map.h"
#include "crdt/subdocument.h"
#include "crdt/text.h"
#include "crdt/xml.h"

#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

namespace tutti::crdt {

/// What an element of a list, a value of a map or an embed of a text is: a plain value, a shared
/// type (as its handle) or a subdocument.
class Value
{
public:
    Value() noexcept = default;
    /// A plain value, a shared type, a subdocument.
    Value(Any value) noexcept
        : m_value(std::move(value))
    { }
    Value(SharedType type) noexcept
        : m_value(type)
    { }
    Value(Subdocument document) noexcept
        : m_value(std::move(document))
    { }

    /// Each returns null when it is something else.
    [[nodiscard]] const Any* anyIf() const noexcept { return std::get_if<Any>(&m_value); }
    [[nodiscard]] const SharedType* typeIf() const noexcept
    {
        return std::get_if<SharedType>(&m_value);
    }
    [[nodiscard]] const Subdocument* subdocumentIf() const noexcept
    {
        return std::get_if<Subdocument>(&m_value);
    }

    /// The value as an Any, a Subdocument or a handle of that kind: `value.as<Map>()`. Nothing
    /// when it is something else.
    template <typename T>
    [[nodiscard]] std::optional<T> as() const
    {
        if constexpr (std::is_base_of_v<SharedType, T> && !std::is_same_v<SharedType, T>) {
            const SharedType* type = typeIf();
            return type == nullptr ? std::nullopt : type->as<T>();
        } else {
            const T* found = std::get_if<T>(&m_value);
            return found == nullptr ? std::nullopt : std::optional<T>(*found);
        }
    }

    /// As a plain value (see SharedType::toJson).
    [[nodiscard]] Any toJson() const;

    [[nodiscard]] bool operator==(const Value&) const noexcept = default;

private:
    std::variant<Any, SharedType, Subdocument> m_value;
};

template <typename T>
std::optional<T> Array::get(Offset at) const
{
    const std::optional<Value> value = get(at);
    return value ? value->as<T>() : std::nullopt;
}

template <typename T>
std::optional<T> Map::get(std::string_view key) const
{
    const std::optional<Value> value = get(key);
    return value ? value->as<T>() : std::nullopt;
}

} // namespace tutti::crdt
