// SPDX-License-Identifier: MIT
#include "crdt/detail/store.h"

#include <cassert>
#include <utility>

namespace tutti::crdt::detail {

Store::Store(std::uint64_t clientId, Options options)
    : m_self(graph.peers.findOrAdd(clientId))
    , m_options(std::move(options))
{ }

Store::~Store()
{
    std::exception_ptr ignored; // nobody is left to hear of it
    destroyObservers.notify(*this, ignored);
    for (const auto& state : m_subdocuments) {
        state->parent = nullptr; // handles onto it may live on
    }
}

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
