// SPDX-License-Identifier: MIT
#include "crdt/detail/type_table.h"

#include <cassert>
#include <utility>

namespace tutti::crdt::detail {

namespace {

/// From so many keys on a map gets an index.
constexpr std::size_t kIndexFrom = 12;

} // namespace

TypeIndex TypeTable::findRoot(std::string_view name) const
{
    const auto found = m_roots.find(name);
    return found == m_roots.end() ? kNone : found->second;
}

TypeIndex TypeTable::addRoot(std::string name)
{
    assert(findRoot(name) == kNone);
    const TypeIndex type = addNested(TypeRef::Untyped, name, kNone);
    m_roots.emplace(std::move(name), type);
    m_rootOrder.push_back(type);
    return type;
}

TypeIndex TypeTable::addNested(TypeRef ref, std::string name, ItemRef item)
{
    TypeIndex type = size();
    if (m_freeTypes.empty()) {
        m_types.emplace_back();
    } else {
        type = m_freeTypes.back();
        m_freeTypes.pop_back();
    }
    TypeEntry& entry = m_types[type];
    entry = {.ref = ref,
        .item = item,
        .name = std::move(name),
        .chains = {},
        .generation = entry.generation};
    return type;
}

void TypeTable::removeNested(TypeIndex type)
{
    for (const std::uint32_t chain : m_types[type].chains) {
        m_chains[chain] = {};
        m_freeChains.push_back(chain);
    }
    m_keyIndexes.erase(type);
    const std::uint32_t next = m_types[type].generation + 1;
    m_types[type] = {};
    m_types[type].generation = next;
    m_freeTypes.push_back(type);
}

std::uint32_t TypeTable::findChain(TypeIndex type, std::string_view key) const
{
    const std::vector<std::uint32_t>& chains = m_types[type].chains;
    if (chains.size() >= kIndexFrom) {
        const KeyIndex& index = m_keyIndexes.at(type);
        const auto found = index.find(key);
        return found == index.end() ? kNone : found->second;
    }
    for (const std::uint32_t chain : chains) {
        if (m_chains[chain].key == key) {
            return chain;
        }
    }
    return kNone;
}

std::uint32_t TypeTable::findOrAddChain(TypeIndex type, std::string_view key)
{
    if (const std::uint32_t known = findChain(type, key); known != kNone) {
        return known;
    }
    auto added = static_cast<std::uint32_t>(m_chains.size());
    if (m_freeChains.empty()) {
        m_chains.emplace_back();
    } else {
        added = m_freeChains.back();
        m_freeChains.pop_back();
    }
    m_chains[added] = {.owner = type, .key = std::string(key), .first = kNone, .current = kNone};
    std::vector<std::uint32_t>& chains = m_types[type].chains;
    chains.push_back(added);
    if (chains.size() == kIndexFrom) {
        KeyIndex& index = m_keyIndexes[type];
        for (const std::uint32_t chain : chains) {
            index.emplace(m_chains[chain].key, chain);
        }
    } else if (chains.size() > kIndexFrom) {
        m_keyIndexes[type].emplace(m_chains[added].key, added);
    }
    return added;
}

} // namespace tutti::crdt::detail
