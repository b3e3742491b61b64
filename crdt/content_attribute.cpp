// SPDX-License-Identifier: MIT
#include "crdt/content_attribute.h"

#include "crdt/detail/client_hash.h"
#include "crdt/encoding.h"
#include "crdt/utf.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <unordered_set>
#include <utility>

namespace tutti::crdt {

namespace {

/// With a secret, so that nobody can send attributes that collide.
std::uint64_t mixed(std::uint64_t state, std::uint64_t word) noexcept
{
    return detail::ClientHash{}(state ^ word);
}

std::uint64_t hashOf(BytesView bytes, std::uint64_t state) noexcept
{
    state = mixed(state, bytes.size());
    while (!bytes.empty()) {
        std::uint64_t word = 0;
        const std::size_t count = std::min(bytes.size(), sizeof word);
        std::memcpy(&word, bytes.data(), count);
        state = mixed(state, word);
        bytes = bytes.subspan(count);
    }
    return state;
}

/// What is equal to Any has one form: one zero, one NaN.
std::uint64_t bitsOf(double number) noexcept
{
    if (number == 0) {
        return 0;
    }
    return std::bit_cast<std::uint64_t>(
        std::isnan(number) ? std::numeric_limits<double>::quiet_NaN() : number);
}

/// As Any's equality: members of objects in any order.
std::uint64_t hashOf(const Any& value, std::uint64_t state) noexcept
{
    if (const std::string* text = value.stringIf()) {
        return hashOf(asBytes(*text), mixed(state, 's'));
    }
    if (const double* number = value.numberIf()) {
        return mixed(mixed(state, 'n'), bitsOf(*number));
    }
    if (const Any::Object* members = value.objectIf()) {
        std::uint64_t sum = 0;
        for (const auto& [key, member] : *members) {
            sum += hashOf(member, hashOf(asBytes(key), state));
        }
        return mixed(mixed(mixed(state, 'o'), members->size()), sum);
    }
    if (const Any::Array* array = value.arrayIf()) {
        state = mixed(mixed(state, 'a'), array->size());
        for (const Any& element : *array) {
            state = hashOf(element, state);
        }
        return state;
    }
    if (const Bytes* bytes = value.bytesIf()) {
        return hashOf(BytesView(*bytes), mixed(state, 'b'));
    }
    if (const std::int64_t* integer = value.bigIntIf()) {
        return mixed(mixed(state, 'i'), static_cast<std::uint64_t>(*integer));
    }
    if (const bool* boolean = value.boolIf()) {
        return mixed(state, *boolean ? 't' : 'f');
    }
    return mixed(state, value.isNull() ? '0' : 'u');
}

/// What pycrdt takes.
bool isJson(const Any& value)
{
    if (const Any::Array* array = value.arrayIf()) {
        return std::ranges::all_of(*array, isJson);
    }
    if (const Any::Object* members = value.objectIf()) {
        return std::ranges::all_of(*members, isJson, &Any::Member::second);
    }
    const double* number = value.numberIf();
    return number != nullptr ? std::isfinite(*number)
                             : !value.isUndefined() && value.bytesIf() == nullptr;
}

bool isGivenBack(const Any& value)
{
    Encoder encoder;
    value.encode(encoder);
    const Bytes bytes = encoder.take();
    Decoder decoder(bytes);
    const Result<Any> back = Any::decode(decoder);
    return back && *back == value;
}

/// Both lists without repeats.
std::vector<ContentAttribute> distinct(
    std::span<const ContentAttribute> a, std::span<const ContentAttribute> b)
{
    // Up to here, looking through a list is cheaper than hashing it.
    const bool few = a.size() + b.size() <= 16;
    std::vector<ContentAttribute> result;
    result.reserve(a.size() + b.size());
    std::unordered_set<ContentAttribute> seen;
    for (const auto list : {a, b}) {
        for (const ContentAttribute& attribute : list) {
            if (few ? !std::ranges::contains(result, attribute) : seen.insert(attribute).second) {
                result.push_back(attribute);
            }
        }
    }
    return result;
}

} // namespace

ContentAttribute::Name::Name(std::string_view from)
    : text(from)
    , hash(hashOf(asBytes(text), 0))
{ }

bool ContentAttribute::Name::operator==(const Name& other) const noexcept
{
    return this == &other || (hash == other.hash && text == other.text);
}

ContentAttribute::ContentAttribute(std::shared_ptr<const Name> name, Any value)
{
    const std::uint64_t hash = hashOf(value, name->hash);
    m_data = std::make_shared<const Data>(std::move(name), std::move(value), hash);
}

Result<ContentAttribute> ContentAttribute::make(std::string_view name, Any value)
{
    if (!isValidUtf8(name)) {
        return fail(ErrorCode::Malformed, "the name of an attribute is not valid UTF-8");
    }
    if (!isJson(value) || !isGivenBack(value)) {
        return fail(ErrorCode::Unsupported, "JSON cannot hold the value of an attribute");
    }
    return ContentAttribute(std::make_shared<const Name>(name), std::move(value));
}

bool ContentAttribute::operator==(const ContentAttribute& other) const noexcept
{
    return m_data == other.m_data
        || (hash() == other.hash() && *m_data->name == *other.m_data->name
            && value() == other.value());
}

ContentAttributes::ContentAttributes(std::span<const ContentAttribute> attributes)
{
    if (!attributes.empty()) {
        m_list = std::make_shared<const std::vector<ContentAttribute>>(distinct(attributes, {}));
    }
}

ContentAttributes ContentAttributes::united(const ContentAttributes& a, const ContentAttributes& b)
{
    if (b.empty() || a.m_list == b.m_list) {
        return a;
    }
    if (a.empty()) {
        return b;
    }
    ContentAttributes both;
    both.m_list =
        std::make_shared<const std::vector<ContentAttribute>>(distinct(a.list(), b.list()));
    return both.size() == a.size() ? a : both;
}

bool ContentAttributes::operator==(const ContentAttributes& other) const
{
    return m_list == other.m_list
        || (size() == other.size()
            && (std::ranges::equal(list(), other.list())
                || distinct(list(), other.list()).size() == size()));
}

} // namespace tutti::crdt
