// SPDX-License-Identifier: MIT
#include "crdt/detail/store.h"
#include "crdt/detail/wire_v2.h"
#include "crdt/snapshot.h"

namespace tutti::crdt::detail {

namespace {

/// A surrogate pair that a moment parts. For the time being both halves read U+FFFD, which is what
/// the past gets, as from Yjs; looking back must not leave that in the present.
struct PartedPair
{
    LocalId second;
    char16_t high = 0;
    char16_t low = 0;
};

void replaceUnit(TextHeap& heap, Item& item, std::uint32_t at, char16_t unit)
{
    std::u16string units;
    heap.appendTo(units, item, 0, item.length);
    units[at] = unit;
    heap.release(item);
    heap.assign(item, units);
}

} // namespace

/// What the document held at a moment, as an update in format v2 (Yjs: createDocFromSnapshot).
/// Structs that reach over the moment are cut for as long as that takes.
Bytes Store::encodeUntil(const Snapshot& moment)
{
    begin({});
    std::vector<std::pair<PeerIndex, std::uint32_t>> until;
    std::vector<PartedPair> parted;
    for (const auto& [client, clock] : moment.state()) {
        const PeerIndex peer = graph.peers.find(client.value());
        if (peer == kNone || clock.value() == 0) {
            continue;
        }
        if (clock.value() < graph.peers[peer].end) {
            const LocalId first{peer, clock.value()};
            PartedPair pair{first};
            if (const ItemRef ref = graph.find(first);
                ref != kNone && graph.items[ref].kind == Kind::String) {
                const Item& item = graph.items[ref];
                const std::uint32_t at = first.clock - item.id.clock;
                pair.high = at > 0 ? graph.text.unitAt(item, at - 1) : char16_t{};
                pair.low = graph.text.unitAt(item, at);
            }
            const std::size_t pairsBefore = graph.cutPairs.size();
            graph.startingAt(first);
            if (graph.cutPairs.size() > pairsBefore) {
                graph.cutPairs.pop_back();
                parted.push_back(pair);
            }
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
    for (const PartedPair& pair : parted) {
        Item& left = graph.items[graph.find({pair.second.peer, pair.second.clock - 1})];
        replaceUnit(graph.text, left, left.length - 1, pair.high);
        replaceUnit(graph.text, graph.items[graph.find(pair.second)], 0, pair.low);
    }
    end();
    return packUpdate(encoder.view());
}

} // namespace tutti::crdt::detail
