// SPDX-License-Identifier: MIT
#include "crdt/any.h"

#include "crdt/detail/any_codec.h"
#include "crdt/detail/reader.h"
#include "crdt/utf.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <charconv>
#include <cmath>
#include <limits>
#include <unordered_map>

namespace tutti::crdt {

namespace {

/// The tags of lib0's writeAny.
enum Tag : std::uint8_t {
    kBytes = 116,
    kArray = 117,
    kObject = 118,
    kString = 119,
    kTrue = 120,
    kFalse = 121,
    kBigInt = 122,
    kFloat64 = 123,
    kFloat32 = 124,
    kInteger = 125,
    kNull = 126,
    kUndefined = 127,
};

/// JavaScript lists properties named like array indexes first, in numeric order. Gives the
/// number of such a key, or nothing.
std::optional<std::uint32_t> arrayIndex(std::string_view key)
{
    if (key.empty() || key.size() > 10 || (key.size() > 1 && key.front() == '0')) {
        return std::nullopt;
    }
    std::uint32_t value = 0;
    const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), value);
    if (error != std::errc{} || end != key.data() + key.size()
        || value == std::numeric_limits<std::uint32_t>::max()) {
        return std::nullopt;
    }
    return value;
}

/// Sets a member at the place JavaScript would give it. Cost: O(members).
void setMember(Any::Object& members, std::string key, Any value)
{
    const auto known = std::ranges::find(members, key, &Any::Member::first);
    if (known != members.end()) {
        known->second = std::move(value);
        return;
    }
    auto place = members.end();
    if (const auto index = arrayIndex(key)) {
        place = std::ranges::find_if(members, [index](const Any::Member& member) {
            const auto other = arrayIndex(member.first);
            return !other || *other > *index;
        });
    }
    members.emplace(place, std::move(key), std::move(value));
}

// Comparing recurses as deep as values nest, so these keep their frames small: plain loops, and
// the index in a function of its own.

bool equalInAnyOrder(const Any::Object& a, const Any::Object& b)
{
    std::unordered_map<std::string_view, const Any*> index;
    for (const auto& [key, value] : b) {
        index.emplace(key, &value);
    }
    for (const auto& [key, value] : a) {
        const auto same = index.find(key);
        if (same == index.end() || !(*same->second == value)) {
            return false;
        }
    }
    return true;
}

bool sameKeys(const Any::Object& a, const Any::Object& b)
{
    return std::ranges::equal(a, b, {}, &Any::Member::first, &Any::Member::first);
}

void encodeNumber(Encoder& encoder, double value)
{
    constexpr double kMaxInteger = 0x7FFFFFFF;
    if (value == std::trunc(value) && std::abs(value) <= kMaxInteger) {
        encoder.writeUint8(kInteger);
        encoder.writeVarInt(static_cast<std::int64_t>(value), std::signbit(value));
    } else if (static_cast<double>(static_cast<float>(value)) == value) {
        encoder.writeUint8(kFloat32);
        encoder.writeFloat32(static_cast<float>(value));
    } else {
        encoder.writeUint8(kFloat64);
        // NaN has many bit patterns; JavaScript writes this one.
        encoder.writeFloat64(std::isnan(value) ? std::numeric_limits<double>::quiet_NaN() : value);
    }
}

/// Strings are WTF-8 inside; the wire takes UTF-8.
void encodeString(Encoder& encoder, const std::string& text)
{
    if (isValidUtf8(text)) {
        encoder.writeVarString(text);
    } else {
        encoder.writeVarString(toUtf16(text));
    }
}

} // namespace

Any Any::bigInt(std::int64_t value)
{
    Any any;
    any.m_value = BigInt{value};
    return any;
}

Any Any::object(Object members)
{
    Any any;
    if (members.size() <= 1) {
        any.m_value = ObjectBox{std::move(members)};
        return any;
    }
    detail::ObjectBuilder builder;
    for (auto& [key, value] : members) {
        builder.set(std::move(key), std::move(value));
    }
    any.m_value = ObjectBox{builder.take()};
    return any;
}

bool Any::isUndefined() const noexcept { return std::holds_alternative<Undefined>(m_value); }

bool Any::isNull() const noexcept { return std::holds_alternative<std::nullptr_t>(m_value); }

const bool* Any::boolIf() const noexcept { return std::get_if<bool>(&m_value); }

const double* Any::numberIf() const noexcept { return std::get_if<double>(&m_value); }

const std::int64_t* Any::bigIntIf() const noexcept
{
    const auto* box = std::get_if<BigInt>(&m_value);
    return box == nullptr ? nullptr : &box->value;
}

const std::string* Any::stringIf() const noexcept { return std::get_if<std::string>(&m_value); }

const Bytes* Any::bytesIf() const noexcept { return std::get_if<Bytes>(&m_value); }

const Any::Array* Any::arrayIf() const noexcept { return std::get_if<Array>(&m_value); }

Any::Array* Any::arrayIf() noexcept { return std::get_if<Array>(&m_value); }

const Any::Object* Any::objectIf() const noexcept
{
    const auto* box = std::get_if<ObjectBox>(&m_value);
    return box == nullptr ? nullptr : &box->members;
}

const Any* Any::find(std::string_view key) const noexcept
{
    const Object* members = objectIf();
    if (members == nullptr) {
        return nullptr;
    }
    const auto found = std::ranges::find(*members, key, &Member::first);
    return found == members->end() ? nullptr : &found->second;
}

void Any::set(std::string key, Any value)
{
    if (!isObject()) {
        m_value = ObjectBox{};
    }
    setMember(std::get<ObjectBox>(m_value).members, std::move(key), std::move(value));
}

bool Any::operator==(const Any& other) const noexcept
{
    if (m_value.index() != other.m_value.index()) {
        return false;
    }
    if (const double* number = numberIf()) {
        return *number == *other.numberIf()
            || (std::isnan(*number) && std::isnan(*other.numberIf()));
    }
    if (const Object* members = objectIf()) {
        const Object& others = *other.objectIf();
        if (members->size() != others.size()) {
            return false;
        }
        if (!sameKeys(*members, others)) {
            return equalInAnyOrder(*members, others);
        }
        for (std::size_t i = 0; i < others.size(); ++i) {
            if (!((*members)[i].second == others[i].second)) {
                return false;
            }
        }
        return true;
    }
    if (const Array* array = arrayIf()) {
        const Array& others = *other.arrayIf();
        if (array->size() != others.size()) {
            return false;
        }
        for (std::size_t i = 0; i < others.size(); ++i) {
            if (!((*array)[i] == others[i])) {
                return false;
            }
        }
        return true;
    }
    if (const std::string* text = stringIf()) {
        return *text == *other.stringIf();
    }
    if (const Bytes* bytes = bytesIf()) {
        return *bytes == *other.bytesIf();
    }
    if (const bool* flag = boolIf()) {
        return *flag == *other.boolIf();
    }
    if (const std::int64_t* number = bigIntIf()) {
        return *number == *other.bigIntIf();
    }
    return true; // undefined or null
}

void Any::encode(Encoder& encoder) const
{
    if (isUndefined()) {
        encoder.writeUint8(kUndefined);
    } else if (isNull()) {
        encoder.writeUint8(kNull);
    } else if (const bool* flag = boolIf()) {
        encoder.writeUint8(*flag ? kTrue : kFalse);
    } else if (const double* number = numberIf()) {
        encodeNumber(encoder, *number);
    } else if (const std::int64_t* big = bigIntIf()) {
        encoder.writeUint8(kBigInt);
        encoder.writeBigInt64(*big);
    } else if (const std::string* text = stringIf()) {
        encoder.writeUint8(kString);
        encodeString(encoder, *text);
    } else if (const Bytes* bytes = bytesIf()) {
        encoder.writeUint8(kBytes);
        encoder.writeMessage(*bytes);
    } else if (const Array* array = arrayIf()) {
        encoder.writeUint8(kArray);
        encoder.writeVarUint(array->size());
        for (const Any& element : *array) {
            element.encode(encoder);
        }
    } else {
        const Object& members = *objectIf();
        encoder.writeUint8(kObject);
        encoder.writeVarUint(members.size());
        for (const auto& [key, value] : members) {
            encodeString(encoder, key);
            value.encode(encoder);
        }
    }
}

Result<Any> Any::decode(Decoder& decoder)
{
    detail::Reader reader(decoder.rest());
    Any value = detail::readAny(reader);
    if (!reader.ok()) {
        return std::unexpected(reader.error());
    }
    if (const auto used = decoder.readRaw(reader.position()); !used) {
        return std::unexpected(used.error());
    }
    return value;
}

namespace detail {

void ObjectBuilder::set(std::string key, Any value)
{
    const auto [known, added] = m_index.try_emplace(key, m_members.size());
    if (added) {
        m_hasIndexes = m_hasIndexes || arrayIndex(key).has_value();
        m_members.emplace_back(std::move(key), std::move(value));
    } else {
        m_members[known->second].second = std::move(value);
    }
}

Any::Object ObjectBuilder::take()
{
    m_index.clear();
    if (m_hasIndexes) {
        std::ranges::stable_sort(m_members, [](const Any::Member& a, const Any::Member& b) {
            const auto left = arrayIndex(a.first);
            const auto right = arrayIndex(b.first);
            return left && (!right || *left < *right);
        });
    }
    return std::move(m_members);
}

namespace {

/// An array or object of which elements are still to come.
struct Open
{
    bool isObject = false;
    std::uint64_t left = 0;
    Any::Array array;
    ObjectBuilder members;
    std::string key; ///< of the member whose value comes next
};

void add(Open& open, Any value)
{
    if (!open.isObject) {
        open.array.push_back(std::move(value));
    } else if (open.key != "__proto__") {
        // Assigning that in JavaScript sets the prototype and makes no property.
        open.members.set(std::move(open.key), std::move(value));
    }
}

Any readScalar(Reader& reader, std::uint8_t tag)
{
    switch (tag) {
    case kUndefined:
        return {};
    case kNull:
        return nullptr;
    case kInteger: {
        const auto [magnitude, negative] = reader.varInt();
        const auto value = static_cast<double>(magnitude);
        return negative ? -value : value;
    }
    case kFloat32:
        return static_cast<double>(std::bit_cast<float>(reader.bigEndian<std::uint32_t>()));
    case kFloat64:
        return std::bit_cast<double>(reader.bigEndian<std::uint64_t>());
    case kBigInt:
        return Any::bigInt(static_cast<std::int64_t>(reader.bigEndian<std::uint64_t>()));
    case kFalse:
        return false;
    case kTrue:
        return true;
    case kString:
        return reader.string();
    case kBytes: {
        const BytesView bytes = reader.message();
        return Bytes(bytes.begin(), bytes.end());
    }
    default:
        reader.fail(ErrorCode::Malformed, "a value has an unknown type tag");
        return {};
    }
}

} // namespace

Any readAny(Reader& reader)
{
    std::vector<Open> open; // instead of the stack, which hostile depth would run out of
    for (;;) {
        Any value;
        const std::uint8_t tag = reader.uint8();
        if (tag == kArray || tag == kObject) {
            // An element takes at least a byte, so a count that is too large ends at the end of
            // the bytes; nothing is reserved on its word.
            const std::uint64_t count = reader.varUint();
            if (count > 0) {
                if (open.size() >= Any::kMaxDepth) {
                    reader.fail(ErrorCode::Unsupported, "values are nested too deeply");
                    return {};
                }
                Open& top = open.emplace_back();
                top.isObject = tag == kObject;
                top.left = count;
                if (top.isObject) {
                    top.key = reader.string();
                }
                if (!reader.ok()) {
                    return {};
                }
                continue;
            }
            value = tag == kObject ? Any::object() : Any(Any::Array{});
        } else {
            value = readScalar(reader, tag);
        }
        // The value may be the last of what is open, and that in turn.
        for (;;) {
            if (!reader.ok()) {
                return {};
            }
            if (open.empty()) {
                return value;
            }
            Open& top = open.back();
            add(top, std::move(value));
            if (--top.left > 0) {
                if (top.isObject) {
                    top.key = reader.string();
                }
                break;
            }
            value = top.isObject ? Any::object(top.members.take()) : Any(std::move(top.array));
            open.pop_back();
        }
    }
}

namespace {

void passScalar(Reader& reader, std::uint8_t tag)
{
    switch (tag) {
    case kUndefined:
    case kNull:
    case kFalse:
    case kTrue:
        break;
    case kInteger:
        static_cast<void>(reader.varInt());
        break;
    case kFloat32:
        static_cast<void>(reader.raw(4));
        break;
    case kFloat64:
    case kBigInt:
        static_cast<void>(reader.raw(8));
        break;
    case kString:
        static_cast<void>(reader.string());
        break;
    case kBytes:
        static_cast<void>(reader.message());
        break;
    default:
        reader.fail(ErrorCode::Malformed, "a value has an unknown type tag");
    }
}

} // namespace

void passAny(Reader& reader)
{
    /// What is left to read of an array or object.
    struct Level
    {
        std::uint64_t left = 0;
        bool isObject = false;
    };
    std::vector<Level> open;
    for (;;) {
        const std::uint8_t tag = reader.uint8();
        const bool isObject = tag == kObject;
        if (const std::uint64_t count = isObject || tag == kArray ? reader.varUint() : 0;
            count > 0) {
            if (open.size() >= Any::kMaxDepth) {
                reader.fail(ErrorCode::Unsupported, "values are nested too deeply");
            }
            open.push_back({count, isObject});
        } else {
            if (!isObject && tag != kArray) {
                passScalar(reader, tag);
            }
            while (!open.empty() && --open.back().left == 0) {
                open.pop_back();
            }
        }
        if (open.empty() || !reader.ok()) {
            return;
        }
        if (open.back().isObject) {
            static_cast<void>(reader.string());
        }
    }
}

} // namespace detail

} // namespace tutti::crdt
