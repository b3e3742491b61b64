// SPDX-License-Identifier: MIT
#include "crdt/detail/format_attributes.h"

#include <utility>

namespace tutti::crdt::detail {

bool isObject(const Any& value) noexcept
{
    return value.isObject() || value.arrayIf() != nullptr || value.bytesIf() != nullptr;
}

namespace {

bool samePrimitive(const Any& a, const Any& b) noexcept
{
    if (const double* number = a.numberIf()) {
        const double* other = b.numberIf();
        return other != nullptr && *number == *other; // not even NaN equals itself there
    }
    return !isObject(a) && !isObject(b) && a == b;
}

/// The members of an object, an array or bytes by name, as JavaScript sees them.
Any::Object members(const Any& value)
{
    if (const Any::Object* object = value.objectIf()) {
        return *object;
    }
    Any::Object result;
    if (const Any::Array* array = value.arrayIf()) {
        for (std::size_t i = 0; i < array->size(); ++i) {
            result.emplace_back(std::to_string(i), (*array)[i]);
        }
    } else if (const Bytes* bytes = value.bytesIf()) {
        for (std::size_t i = 0; i < bytes->size(); ++i) {
            result.emplace_back(std::to_string(i), std::to_integer<int>((*bytes)[i]));
        }
    }
    return result;
}

bool equalFlat(const Any& a, const Any& b)
{
    const Any::Object ours = members(a);
    const Any::Object theirs = members(b);
    return ours.size() == theirs.size() && std::ranges::all_of(ours, [&theirs](const auto& member) {
        const auto same = std::ranges::find(theirs, member.first, &Any::Member::first);
        return same != theirs.end() && samePrimitive(member.second, same->second);
    });
}

} // namespace

bool identical(const AttributeValue& a, const AttributeValue& b) noexcept
{
    return isObject(a.value) ? a.identity != 0 && a.identity == b.identity
                             : samePrimitive(a.value, b.value);
}

bool equalAttributes(const AttributeValue& a, const AttributeValue& b)
{
    return identical(a, b)
        || (isObject(a.value) && isObject(b.value) && equalFlat(a.value, b.value));
}

Any::Object AttributeMap::toObject() const
{
    Any::Object object;
    for (const Entry& entry : m_entries) {
        if (!entry.value.value.isNull()) {
            object.emplace_back(entry.key, entry.value.value);
        }
    }
    return *Any::object(std::move(object)).objectIf();
}

} // namespace tutti::crdt::detail
