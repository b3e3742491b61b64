// SPDX-License-Identifier: MIT
#include "crdt/map.h"

#include "crdt/detail/handles.h"
#include "crdt/prelim.h"

#include <algorithm>

namespace tutti::crdt {

namespace {

using detail::Edit;
using detail::Handles;
using detail::kNone;

} // namespace

std::size_t Map::size() const noexcept
{
    if (!isKnown()) {
        return 0;
    }
    const detail::Graph& graph = m_store->graph;
    const auto count =
        std::ranges::count_if(graph.types[m_type].chains, [&graph](std::uint32_t chain) {
            const detail::ItemRef item = graph.types.chain(chain).current;
            return item != kNone && !graph.items[item].deleted();
        });
    return static_cast<std::size_t>(count);
}

bool Map::contains(std::string_view key) const noexcept
{
    return isKnown() && m_store->valueAt(m_type, key) != kNone;
}

std::optional<Value> Map::get(std::string_view key) const
{
    return Handles::valueAt(*m_store, Handles::index(*this), key);
}

std::vector<std::pair<std::string, Value>> Map::entries() const
{
    return Handles::entries(*m_store, Handles::index(*this));
}

std::vector<std::string> Map::keys() const
{
    std::vector<std::string> result;
    for (auto& [key, value] : entries()) {
        result.push_back(std::move(key));
    }
    return result;
}

Result<Value> Map::set(std::string_view key, Prelim value)
{
    if (const Result<void> checked = detail::Store::checkValue(value); !checked) {
        return std::unexpected(checked.error());
    }
    if (!isKnown()) {
        return Value();
    }
    const Edit edit(*m_store);
    const detail::Item& item = m_store->graph.items[m_store->setKey(m_type, key, value)];
    return Handles::value(*m_store, item, 0);
}

Result<void> Map::update(std::vector<std::pair<std::string, Prelim>> entries)
{
    for (const auto& [key, value] : entries) {
        if (Result<void> checked = detail::Store::checkValue(value); !checked) {
            return checked;
        }
    }
    if (isKnown()) {
        const Edit edit(*m_store);
        for (const auto& [key, value] : entries) {
            m_store->setKey(m_type, key, value);
        }
    }
    return {};
}

std::optional<Any> Map::pop(std::string_view key)
{
    const std::optional<Value> value = get(key);
    if (!value) {
        return std::nullopt;
    }
    std::optional<Any> plain = value->toJson();
    erase(key);
    return plain;
}

bool Map::erase(std::string_view key)
{
    if (!isKnown()) {
        return false;
    }
    const Edit edit(*m_store);
    return m_store->eraseKey(m_type, key);
}

void Map::clear()
{
    if (!isKnown()) {
        return;
    }
    const Edit edit(*m_store);
    for (const std::string& key : keys()) {
        m_store->eraseKey(m_type, key);
    }
}

} // namespace tutti::crdt
