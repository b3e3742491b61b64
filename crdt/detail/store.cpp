// SPDX-License-Identifier: MIT
#include "crdt/detail/store.h"

#include <cassert>
#include <utility>

namespace tutti::crdt::detail {

Store::Store(std::uint64_t clientId, std::string guid, bool gc)
    : m_self(graph.peers.findOrAdd(clientId))
    , m_guid(std::move(guid))
    , m_gc(gc)
{ }

void Store::setClientId(std::uint64_t id)
{
    assert(id <= kMaxClientId);
    m_self = graph.peers.findOrAdd(id);
}

TypeIndex Store::root(std::string_view name)
{
    if (const TypeIndex known = graph.types.findRoot(name); known != kNone) {
        return known;
    }
    const TypeIndex added = graph.types.addRoot(std::string(name));
    graph.tree.add(added);
    return added;
}

TypeIndex Store::addNestedType(TypeRef ref, std::string name, ItemRef item)
{
    const TypeIndex added = graph.types.addNested(ref, std::move(name), item);
    graph.tree.add(added);
    return added;
}

} // namespace tutti::crdt::detail
