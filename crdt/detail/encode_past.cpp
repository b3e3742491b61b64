// SPDX-License-Identifier: MIT
#include "crdt/detail/store.h"
#include "crdt/detail/wire_v2.h"
#include "crdt/snapshot.h"

namespace tutti::crdt::detail {

/// What the document held at a moment, as an update in format v2 (Yjs: createDocFromSnapshot).
/// Structs that reach over the moment are cut for as long as that takes.
Bytes Store::encodeUntil(const Snapshot& moment)
{
    begin({});
    std::vector<std::pair<PeerIndex, std::uint32_t>> until;
    for (const auto& [client, clock] : moment.state()) {
        const PeerIndex peer = graph.peers.find(client.value());
        if (peer == kNone || clock.value() == 0) {
            continue;
        }
        if (clock.value() < graph.peers[peer].end) {
            graph.startingAt({peer, clock.value()});
        }
        until.emplace_back(peer, clock.value());
    }
    Encoder encoder;
    encoder.writeVarUint(until.size());
    for (const auto& [index, end] : until) {
        const Peer& peer = graph.peers[index];
        PeerRuns::Position at = peer.runs.first();
        std::uint64_t structs = 0;
        do {
            const RunEntry entry = peer.runs[at];
            if (entry.clock >= end) {
                break;
            }
            structs += entry.isGc() || !graph.items[entry.item].has(Item::kContinues);
        } while (peer.runs.next(at));
        encoder.writeVarUint(structs);
        encoder.writeVarUint(peer.client);
        encoder.writeVarUint(0);
        at = peer.runs.first();
        do {
            writeRun(encoder, peer, at, 0, ValueCodec::Any);
        } while (peer.runs.next(at) && peer.runs[at].clock < end);
    }
    std::vector<WireRange> deletes;
    for (const IdRange& range : moment.deletes()) {
        deletes.push_back({range.client.value(), range.clock.value(), range.length});
    }
    writeDeleteSet(encoder, deletes);
    end();
    return packUpdate(encoder.view());
}

} // namespace tutti::crdt::detail
