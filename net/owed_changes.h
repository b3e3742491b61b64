// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/events.h"
#include "crdt/id_set.h"
#include "crdt/ids.h"

#include <map>

namespace tutti::net {

/// Changes that a server may lack, and how its answer to a SyncStep1 shows that it has them.
///
/// An answer holds what we say we lack, and never what we have. So the question claims one
/// character less of each client than is owed: a server that has it all sends that one back, and as
/// state vectors have no gaps it then has all before it. (Half a surrogate pair less would not do:
/// whoever applies an update that begins within a pair has two U+FFFD then, as Yjs has.) Deletions
/// need no such trick, for every SyncStep2 holds all of them. A value type. Cost: of what is owed,
/// and for heldBy() of the answer.
class OwedChanges
{
public:
    [[nodiscard]] bool empty() const noexcept { return m_last.empty() && m_deletions.empty(); }
    /// All that an update holds; one that cannot be read holds nothing.
    void add(crdt::BytesView update);
    void clear();

    /// SyncStep1 for a document with that state, so that the answer shows what is owed.
    [[nodiscard]] crdt::Bytes question(crdt::StateVector state) const;
    /// Whether the update of a SyncStep2 that answers question() has everything. An update that
    /// cannot be read has nothing.
    [[nodiscard]] bool heldBy(crdt::BytesView update) const;

private:
    struct Last
    {
        crdt::Clock begin; ///< of the last character
        crdt::Clock end; ///< behind it
    };

    std::map<crdt::ClientId, Last> m_last;
    crdt::IdSet m_deletions;
};

} // namespace tutti::net
