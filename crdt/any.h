// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/encoding.h"
#include "crdt/error.h"
#include "crdt/ids.h"

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace tutti::crdt {

/// A JavaScript value as lib0 writes it: what maps and arrays hold, what awareness carries.
///
/// Strings are UTF-8, except that a lone surrogate that came in as a JSON escape is kept as its
/// three generalised UTF-8 bytes (WTF-8), since JavaScript would keep it too.
/// Objects keep their keys in JavaScript's order: canonical array indexes ascending, then the
/// others as they were inserted; a key that is set twice keeps its first place.
///
/// A value type: copies are deep. Destruction of nested values recurses, so the decoders bound
/// the depth (kMaxDepth).
class Any
{
public:
    /// JavaScript's `undefined`.
    struct Undefined
    {
        bool operator==(const Undefined&) const noexcept = default;
    };
    using Array = std::vector<Any>; ///< a list of values
    /// One entry of an object.
    using Member = std::pair<std::string, Any>;
    using Object = std::vector<Member>; ///< the entries in order

    /// Deeper nesting than this is refused by the decoders.
    static constexpr int kMaxDepth = 5200;

    /// Undefined.
    Any() noexcept
        : m_value(Undefined{})
    { }
    /// The value as JavaScript has it: null, a boolean, a number, a string (given as UTF-8), a
    /// Uint8Array, an array.
    Any(std::nullptr_t) noexcept
        : m_value(nullptr)
    { }
    Any(bool value) noexcept
        : m_value(value)
    { }
    Any(double value) noexcept
        : m_value(value)
    { }
    Any(int value) noexcept
        : m_value(static_cast<double>(value))
    { }
    Any(std::string value) noexcept
        : m_value(std::move(value))
    { }
    Any(std::string_view value)
        : m_value(std::string(value))
    { }
    Any(const char* value)
        : m_value(std::string(value))
    { }
    Any(Bytes value) noexcept
        : m_value(std::move(value))
    { }
    Any(Array value) noexcept
        : m_value(std::move(value))
    { }
    /// A BigInt.
    [[nodiscard]] static Any bigInt(std::int64_t value);
    /// An object with these members, put into JavaScript's key order.
    [[nodiscard]] static Any object(Object members = {});

    [[nodiscard]] bool isUndefined() const noexcept; ///< whether it is `undefined`
    [[nodiscard]] bool isNull() const noexcept; ///< whether it is `null`
    /// Whether it has members; arrays, bytes and null have none.
    [[nodiscard]] bool isObject() const noexcept { return objectIf() != nullptr; }

    /// What the value holds; null when it is of another kind.
    [[nodiscard]] const bool* boolIf() const noexcept;
    [[nodiscard]] const double* numberIf() const noexcept;
    [[nodiscard]] const std::int64_t* bigIntIf() const noexcept;
    [[nodiscard]] const std::string* stringIf() const noexcept;
    [[nodiscard]] const Bytes* bytesIf() const noexcept;
    [[nodiscard]] const Array* arrayIf() const noexcept;
    [[nodiscard]] const Object* objectIf() const noexcept;
    [[nodiscard]] Array* arrayIf() noexcept;

    /// The member of that name, or null when this is no object or has none. Cost: linear.
    [[nodiscard]] const Any* find(std::string_view key) const noexcept;
    /// Sets a member of an object in JavaScript's key order; anything but an object becomes one.
    void set(std::string key, Any value);

    /// Deep equality; objects are equal whatever the order of their keys. NaN equals NaN.
    [[nodiscard]] bool operator==(const Any& other) const noexcept;

    /// Writes the value as lib0's writeAny does.
    void encode(Encoder& encoder) const;
    /// Reads one value. Errors: truncated, unknown tag, nesting deeper than kMaxDepth.
    [[nodiscard]] static Result<Any> decode(Decoder& decoder);

    /// JSON text as ECMAScript's JSON.stringify writes it: no spaces, shortest numbers,
    /// NaN as null, undefined members left out. A bare undefined gives the word `undefined`.
    [[nodiscard]] std::string toJson() const;
    /// Reads JSON text. Errors: anything that JSON.parse refuses, nesting deeper than kMaxDepth.
    [[nodiscard]] static Result<Any> fromJson(std::string_view json);

private:
    struct BigInt
    {
        std::int64_t value;
        bool operator==(const BigInt&) const noexcept = default;
    };
    struct ObjectBox
    {
        Object members;
    };
    using Value = std::variant<Undefined, std::nullptr_t, bool, double, BigInt, std::string, Bytes,
        Array, ObjectBox>;

    Value m_value;
};

} // namespace tutti::crdt
