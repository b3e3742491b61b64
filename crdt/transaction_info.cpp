// SPDX-License-Identifier: MIT
#include "crdt/detail/handles.h"
#include "crdt/events.h"

#include <algorithm>

namespace tutti::crdt {

using detail::ItemRef;
using detail::kNone;
using detail::LocalRange;
using detail::PeerIndex;
using detail::TransactionRecord;
using detail::TypeIndex;

TransactionInfo::TransactionInfo(detail::Store& store, TransactionRecord& record) noexcept
    : origin(record.origin)
    , local(record.local)
    , m_store(&store)
    , m_record(&record)
{ }

IdSet TransactionInfo::deletions() const
{
    IdSet result;
    for (const LocalRange& range : m_record->deletes) {
        result.insert(m_store->wireRange(range));
    }
    return result;
}

IdSet TransactionInfo::insertions() const
{
    IdSet result;
    for (const TransactionRecord::Growth& growth : m_record->growth) {
        result.insert(
            m_store->wireRange({growth.peer, growth.before, growth.after - growth.before}));
    }
    return result;
}

StateVector TransactionInfo::beforeState() const
{
    StateVector state = m_store->stateVector();
    for (const TransactionRecord::Growth& growth : m_record->growth) {
        const ClientId client(m_store->graph.peers[growth.peer].client);
        if (growth.before == 0) {
            state.erase(client);
        } else {
            state[client] = Clock(growth.before);
        }
    }
    return state;
}

StateVector TransactionInfo::afterState() const
{
    StateVector state = m_store->stateVector();
    for (const TransactionRecord::Growth& growth : m_record->growth) {
        state[ClientId(m_store->graph.peers[growth.peer].client)] = Clock(growth.after);
    }
    return state;
}

std::vector<SharedType> TransactionInfo::changedTypes() const
{
    std::vector<SharedType> types;
    for (const TypeIndex type : m_record->changedTypes) {
        types.push_back(detail::Handles::type(*m_store, type));
    }
    return types;
}

std::vector<std::string> TransactionInfo::changedKeys(const SharedType& type) const
{
    std::vector<std::string> keys;
    for (const auto& [changed, chain] : m_record->changedKeys) {
        if (changed == detail::Handles::index(type)) {
            keys.push_back(m_store->graph.types.chain(chain).key);
        }
    }
    return keys;
}

std::vector<SharedType> TransactionInfo::changedParentTypes() const
{
    std::vector<SharedType> types;
    for (TypeIndex type : m_record->changedTypes) {
        for (;;) {
            const SharedType handle = detail::Handles::type(*m_store, type);
            if (!std::ranges::contains(types, handle)) {
                types.push_back(handle);
            }
            const ItemRef holder = m_store->graph.types[type].item;
            if (holder == kNone) {
                break;
            }
            type = m_store->graph.ownerOf(holder);
        }
    }
    return types;
}

std::map<std::string, std::any>& TransactionInfo::meta() const { return m_record->meta; }

Bytes TransactionEvent::updateV2() const { return m_store->encodeTransactionV2(*m_record); }

} // namespace tutti::crdt
