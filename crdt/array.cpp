// SPDX-License-Identifier: MIT
#include "crdt/array.h"

#include "crdt/detail/handles.h"
#include "crdt/prelim.h"

#include <algorithm>
#include <limits>

namespace tutti::crdt {

namespace {

using detail::Edit;
using detail::Handles;
using detail::kNone;

constexpr std::uint32_t kAll = std::numeric_limits<std::uint32_t>::max();

} // namespace

Offset Array::length() const noexcept
{
    return Offset(isKnown() ? m_store->graph.length(m_type) : 0);
}

std::optional<Value> Array::get(Offset at) const
{
    if (at >= length()) {
        return std::nullopt;
    }
    const auto hit = m_store->graph.tree.unitAt(m_type, at.value());
    return Handles::value(
        *m_store, m_store->graph.items[m_store->graph.tree.itemAt(hit.at)], hit.offset);
}

std::vector<Value> Array::slice(Offset begin, Offset end) const
{
    return Handles::elements(*m_store, Handles::index(*this), begin.value(), end.value());
}

std::vector<Value> Array::values() const
{
    return Handles::elements(*m_store, Handles::index(*this), 0, kAll);
}

Result<void> Array::insert(Offset at, std::vector<Prelim> values)
{
    if (!isKnown()) {
        return {};
    }
    const Edit edit(*m_store);
    return m_store->insertList(m_type, at.value(), values);
}

Result<void> Array::insert(Offset at, Prelim value)
{
    return insert(at, std::vector<Prelim>(1, std::move(value)));
}

Result<void> Array::push(std::vector<Prelim> values)
{
    if (!isKnown()) {
        return {};
    }
    const Edit edit(*m_store);
    return m_store->pushList(m_type, values);
}

Result<void> Array::push(Prelim value) { return push(std::vector<Prelim>(1, std::move(value))); }

Result<void> Array::unshift(std::vector<Prelim> values)
{
    return insert(Offset(0), std::move(values));
}

Result<void> Array::erase(Offset at, Offset count)
{
    if (!isKnown()) {
        return {};
    }
    const Edit edit(*m_store);
    return m_store->eraseList(m_type, at.value(), count.value());
}

std::optional<Any> Array::pop(std::optional<Offset> at)
{
    if (length() == Offset(0)) {
        return std::nullopt;
    }
    const Offset place = at.value_or(length() - Offset(1));
    const std::optional<Value> value = get(place);
    if (!value) {
        return std::nullopt;
    }
    std::optional<Any> plain = value->toJson();
    static_cast<void>(erase(place));
    return plain;
}

void Array::clear() { static_cast<void>(erase(Offset(0), length())); }

} // namespace tutti::crdt
