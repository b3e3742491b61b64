// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/error.h"
#include "crdt/id_set.h"
#include "crdt/ids.h"

#include <functional>
#include <map>

namespace tutti::crdt {

/// A moment of a document's history: how much of each client there was, and what of it was deleted.
/// It holds no content; a Doc that keeps deleted content (Options::gc off) can show it.
class Snapshot
{
public:
    /// Highest client first, as on the wire.
    using State = std::map<ClientId, Clock, std::greater<>>;

    /// The moment before anything was written.
    Snapshot() = default;
    Snapshot(IdSet deletes, State state);

    /// What was deleted by then.
    [[nodiscard]] const IdSet& deletes() const noexcept { return m_deletes; }
    /// How much of each client there was.
    [[nodiscard]] const State& state() const noexcept { return m_state; }
    /// Whether nothing had been written.
    [[nodiscard]] bool empty() const noexcept { return m_deletes.empty() && m_state.empty(); }
    /// How much there was of a client. Cost: O(log n).
    [[nodiscard]] Clock stateOf(ClientId client) const noexcept;
    /// Whether the unit was there and not deleted. Cost: O(log n).
    [[nodiscard]] bool isVisible(Id id) const noexcept;

    bool operator==(const Snapshot&) const noexcept = default;

    /// The bytes: the delete set, then the state vector, in format v1 or v2.
    [[nodiscard]] Bytes encode() const;
    [[nodiscard]] Bytes encodeV2() const; ///< the same in format v2
    /// Errors: Truncated; OutOfRange for clocks of 2^32 and more and clients above 2^53 - 1.
    [[nodiscard]] static Result<Snapshot> decode(BytesView bytes);
    [[nodiscard]] static Result<Snapshot> decodeV2(BytesView bytes);

private:
    IdSet m_deletes;
    State m_state;
};

/// Whether a document at that moment had all that the update brings, its deletions included.
/// Errors: as Doc::applyUpdate and Doc::applyUpdateV2. Cost: linear in the bytes.
[[nodiscard]] Result<bool> snapshotContainsUpdate(const Snapshot& snapshot, BytesView update);
[[nodiscard]] Result<bool> snapshotContainsUpdateV2(const Snapshot& snapshot, BytesView update);

} // namespace tutti::crdt
