// SPDX-License-Identifier: MIT
#include "crdt/detail/peer_table.h"

#include "crdt/encoding.h"

#include <algorithm>
#include <functional>
#include <iterator>

namespace tutti::crdt::detail {

namespace {

/// The last element that is not above `clock`. Requires: the first one is not. Which way it goes
/// cannot be predicted, so it is computed.
template <typename Element, typename Projection>
std::uint32_t lastUpTo(
    const std::vector<Element>& sorted, std::uint32_t clock, Projection projection)
{
    const Element* begin = sorted.data();
    for (std::size_t count = sorted.size(); count > 1;) {
        const std::size_t half = count / 2;
        begin += std::invoke(projection, begin[half]) <= clock ? half : 0;
        count -= half;
    }
    return static_cast<std::uint32_t>(begin - sorted.data());
}

constexpr std::uint32_t narrow(std::ptrdiff_t value) { return static_cast<std::uint32_t>(value); }

} // namespace

PeerRuns::Position PeerRuns::last() const noexcept
{
    assert(!empty());
    return {narrow(std::ssize(m_chunks)) - 1, narrow(std::ssize(m_chunks.back())) - 1};
}

PeerRuns::Position PeerRuns::find(std::uint32_t clock) const noexcept
{
    assert(!empty());
    if (clock >= m_chunks.back().back().clock) {
        return last();
    }
    const std::uint32_t chunk = lastUpTo(m_firstClocks, clock, std::identity());
    return {chunk, lastUpTo(m_chunks[chunk], clock, &RunEntry::clock)};
}

bool PeerRuns::previous(Position& at) const noexcept
{
    if (at.slot > 0) {
        --at.slot;
        return true;
    }
    if (at.chunk > 0) {
        at = {at.chunk - 1, narrow(std::ssize(m_chunks[at.chunk - 1])) - 1};
        return true;
    }
    return false;
}

void PeerRuns::append(RunEntry entry)
{
    if (m_chunks.empty() || m_chunks.back().size() == kChunk) {
        const bool isLong = !m_chunks.empty();
        m_chunks.emplace_back();
        if (isLong) {
            m_chunks.back().reserve(kChunk);
        }
        m_firstClocks.push_back(entry.clock);
    }
    m_chunks.back().push_back(entry);
    ++m_size;
}

PeerRuns::Position PeerRuns::insertAfter(Position at, RunEntry entry)
{
    ++m_size;
    if (m_chunks[at.chunk].size() == kChunk) {
        std::vector<RunEntry>& full = m_chunks[at.chunk];
        std::vector<RunEntry> upper(full.begin() + kChunk / 2, full.end());
        upper.reserve(kChunk);
        full.resize(kChunk / 2);
        m_firstClocks.insert(m_firstClocks.begin() + at.chunk + 1, upper.front().clock);
        m_chunks.insert(m_chunks.begin() + at.chunk + 1, std::move(upper));
        if (at.slot >= kChunk / 2) {
            at = {at.chunk + 1, at.slot - narrow(kChunk / 2)};
        }
    }
    std::vector<RunEntry>& chunk = m_chunks[at.chunk];
    chunk.insert(chunk.begin() + at.slot + 1, entry);
    return {at.chunk, at.slot + 1};
}

PeerRuns::Position PeerRuns::erase(Position at)
{
    assert(at != first());
    --m_size;
    Position before = at;
    [[maybe_unused]] const bool moved = previous(before);
    assert(moved);
    std::vector<RunEntry>& chunk = m_chunks[at.chunk];
    chunk.erase(chunk.begin() + at.slot);
    if (chunk.empty()) {
        m_chunks.erase(m_chunks.begin() + at.chunk);
        m_firstClocks.erase(m_firstClocks.begin() + at.chunk);
    } else if (at.slot == 0) {
        m_firstClocks[at.chunk] = chunk.front().clock;
    }
    return before;
}

PeerIndex PeerTable::search(std::uint64_t client) const noexcept
{
    const auto found = m_index.find(client);
    if (found == m_index.end()) {
        return kNone;
    }
    m_latest = found->second;
    return m_latest;
}

PeerIndex PeerTable::findOrAdd(std::uint64_t client)
{
    if (const PeerIndex known = find(client); known != kNone) {
        return known;
    }
    const PeerIndex added = size();
    m_peers.push_back({.client = client, .runs = {}});
    Peer& peer = m_peers.back();
    static_assert(std::tuple_size_v<decltype(peer.wire)> == Encoder::kLongestVarUint);
    peer.wireSize =
        static_cast<std::uint8_t>(Encoder::putVarUint(peer.wire.data(), client) - peer.wire.data());
    m_index.emplace(client, added);
    return added;
}

void PeerTable::truncate(std::uint32_t size)
{
    for (; m_peers.size() > size; m_peers.pop_back()) {
        assert(m_peers.back().end == 0);
        m_index.erase(m_peers.back().client);
    }
}

std::vector<PeerIndex> PeerTable::descending() const
{
    std::vector<PeerIndex> order;
    for (PeerIndex peer = 0; peer < size(); ++peer) {
        if (m_peers[peer].end > 0) {
            order.push_back(peer);
        }
    }
    std::ranges::sort(
        order, std::ranges::greater{}, [this](PeerIndex peer) { return m_peers[peer].client; });
    return order;
}

} // namespace tutti::crdt::detail
