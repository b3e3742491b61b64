// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/detail/client_hash.h"
#include "crdt/detail/item.h"

#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

namespace tutti::crdt::detail {

/// One run of a peer's history: an item, or a range that was garbage-collected.
struct RunEntry
{
    static constexpr ItemRef kGc = kNone;

    std::uint32_t clock = 0;
    ItemRef item = kGc;

    [[nodiscard]] bool isGc() const noexcept { return item == kGc; }
};

/// The runs of one peer, by ascending clock and without gaps: entry i ends where i + 1 begins,
/// the last one at the peer's end.
///
/// Kept in chunks of at most kChunk, so that a split in the middle of a long history moves little.
/// Cost: find O(log runs), O(1) for the newest run; insert and erase O(kChunk).
class PeerRuns
{
public:
    static constexpr std::size_t kChunk = 512;

    /// A place in the runs. Invalidated by insert and erase, except the ones they return.
    struct Position
    {
        std::uint32_t chunk = 0;
        std::uint32_t slot = 0;
        bool operator==(const Position&) const noexcept = default;
    };

    [[nodiscard]] bool empty() const noexcept { return m_chunks.empty(); }
    [[nodiscard]] std::size_t size() const noexcept { return m_size; }

    [[nodiscard]] RunEntry& operator[](Position at) noexcept { return m_chunks[at.chunk][at.slot]; }
    [[nodiscard]] const RunEntry& operator[](Position at) const noexcept
    {
        return m_chunks[at.chunk][at.slot];
    }

    [[nodiscard]] Position first() const noexcept { return {0, 0}; }
    /// Requires: not empty.
    [[nodiscard]] Position last() const noexcept;
    /// The run that contains the clock. Requires: not empty; the clock is below the peer's end.
    [[nodiscard]] Position find(std::uint32_t clock) const noexcept;
    /// Moves on; false (and unmoved) at the end.
    [[nodiscard]] bool next(Position& at) const noexcept
    {
        if (at.slot + 1 < m_chunks[at.chunk].size()) {
            ++at.slot;
            return true;
        }
        if (at.chunk + 1 < m_chunks.size()) {
            at = {at.chunk + 1, 0};
            return true;
        }
        return false;
    }
    [[nodiscard]] bool previous(Position& at) const noexcept;

    void append(RunEntry entry);
    /// Returns the place of the new entry.
    Position insertAfter(Position at, RunEntry entry);
    /// Requires: not the first entry. Returns the place before it.
    Position erase(Position at);

private:
    std::vector<std::vector<RunEntry>> m_chunks; ///< none empty
    std::vector<std::uint32_t> m_firstClocks; ///< of each chunk, for the search
    std::size_t m_size = 0;
};

struct Peer
{
    std::uint64_t client = 0;
    PeerRuns runs;
    std::uint32_t end = 0; ///< the next clock: everything below is known

    /// The end when the open transaction began, if it was touched in it (see Store).
    std::uint32_t endBefore = 0;
    std::uint64_t touchedIn = 0;
    std::uint64_t deletedIn = 0; ///< serial of the last transaction that deleted of it

    std::array<std::byte, 10> wire{}; ///< the client as a varUint
    std::uint8_t wireSize = 0; ///< bytes
};

/// Every client ever heard of, by a dense index.
class PeerTable
{
public:
    [[nodiscard]] Peer& operator[](PeerIndex index) noexcept { return m_peers[index]; }
    [[nodiscard]] const Peer& operator[](PeerIndex index) const noexcept { return m_peers[index]; }
    [[nodiscard]] std::uint32_t size() const noexcept
    {
        return static_cast<std::uint32_t>(m_peers.size());
    }

    /// kNone when the client was never heard of. Cost: O(1).
    [[nodiscard]] PeerIndex find(std::uint64_t client) const noexcept
    {
        return m_latest < m_peers.size() && m_peers[m_latest].client == client ? m_latest
                                                                               : search(client);
    }
    [[nodiscard]] PeerIndex findOrAdd(std::uint64_t client);
    /// Forgets the peers that were added last. Requires: they wrote nothing.
    void truncate(std::uint32_t size);
    /// Peers that wrote something, highest client first: the order of everything Yjs writes.
    [[nodiscard]] std::vector<PeerIndex> descending() const;

private:
    [[nodiscard]] PeerIndex search(std::uint64_t client) const noexcept;

    std::vector<Peer> m_peers;
    std::unordered_map<std::uint64_t, PeerIndex, ClientHash> m_index;
    mutable PeerIndex m_latest = kNone; ///< the last one found: nearly always the next one too
};

} // namespace tutti::crdt::detail
