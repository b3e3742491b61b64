// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/detail/graph.h"
#include "crdt/detail/store.h"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace tutti::crdt::detail {

/// Calls `visit(ItemRef)` for the runs of the ranges that were not garbage-collected; cuts where a
/// range begins or ends within a run.
template <typename Visit>
void forEachRun(Graph& graph, const std::vector<LocalRange>& ranges, Visit visit)
{
    for (const LocalRange& range : ranges) {
        const std::uint32_t end = std::min(range.end(), graph.peers[range.peer].end);
        for (std::uint32_t clock = range.clock; clock < end;) {
            const Peer& peer = graph.peers[range.peer];
            const PeerRuns::Position at = peer.runs.find(clock);
            const LocalId id{range.peer, clock};
            clock = graph.endOf(peer, at);
            if (peer.runs[at].isGc()) {
                continue;
            }
            // Within the range a struct's runs stay together; only its ends are cut.
            const ItemRef item =
                id.clock == range.clock ? graph.startingAt(id) : peer.runs[at].item;
            if (clock >= end) {
                graph.endingAt({range.peer, end - 1});
                clock = end;
            }
            visit(item);
        }
    }
}

} // namespace tutti::crdt::detail
