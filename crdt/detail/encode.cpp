// SPDX-License-Identifier: MIT
//
// From the graph to bytes: updates and state vectors, byte for byte as Yjs writes them
// (encoding.js: writeClientsStructs, writeStructs; StructStore.js; DeleteSet.js).
#include "crdt/detail/store.h"
#include "crdt/detail/wire_v2.h"
#include "crdt/utf.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstring>

namespace tutti::crdt::detail {

inline std::byte* Store::putId(std::byte* at, LocalId id) const noexcept
{
    const Peer& peer = graph.peers[id.peer];
    std::memcpy(at, peer.wire.data(), peer.wire.size());
    return Encoder::putVarUint(at + peer.wireSize, id.clock);
}

void Store::writeId(Encoder& encoder, LocalId id) const
{
    encoder.writeAtMost(
        2 * Encoder::kLongestVarUint, [this, id](std::byte* at) { return putId(at, id); });
}

/// Writes where an item is that has no neighbours to tell it.
void Store::writeParent(Encoder& encoder, ItemRef item, ValueCodec codec) const
{
    const TypeEntry& parent = graph.types[graph.ownerOf(item)];
    if (parent.isRoot()) {
        encoder.writeVarUint(1);
        writeText(encoder, parent.name, codec);
    } else {
        encoder.writeVarUint(0);
        writeId(encoder, graph.items[parent.item].id);
    }
    if (graph.items[item].has(Item::kInMap)) {
        writeText(encoder, graph.types.chain(graph.chainOf(item)).key, codec);
    }
}

/// Writes the struct that begins with the run at hand, less its first `offset` units, and leaves
/// `at` on its last run.
void Store::writeRun(Encoder& encoder, const Peer& peer, PeerRuns::Position& at,
    std::uint32_t offset, ValueCodec codec) const
{
    const RunEntry entry = peer.runs[at];
    if (entry.isGc()) {
        encoder.writeUint8(static_cast<std::uint8_t>(Kind::Gc));
        encoder.writeVarUint(graph.endOf(peer, at) - entry.clock - offset);
        return;
    }
    const Item& item = graph.items[entry.item];
    const LocalId origin = offset > 0 ? item.id.plus(offset - 1) : item.origin;
    const LocalId rightOrigin = item.rightOrigin;
    constexpr std::size_t kLongestHead = 1 + 4 * Encoder::kLongestVarUint;
    encoder.writeAtMost(kLongestHead, [&](std::byte* end) {
        *end++ = static_cast<std::byte>(static_cast<std::uint8_t>(item.kind)
            | (origin.isNone() ? 0 : kInfoOrigin) | (rightOrigin.isNone() ? 0 : kInfoRightOrigin)
            | (item.has(Item::kInMap) ? kInfoParentSub : 0));
        if (!origin.isNone()) {
            end = putId(end, origin);
        }
        return rightOrigin.isNone() ? end : putId(end, rightOrigin);
    });
    if (origin.isNone() && rightOrigin.isNone()) {
        writeParent(encoder, entry.item, codec);
    }

    // The runs behind that Yjs would hold in the same struct.
    const auto continues = [this, &peer, &item, &at] {
        PeerRuns::Position next = at;
        if (!peer.runs.next(next) || peer.runs[next].isGc()) {
            return false;
        }
        const Item& more = graph.items[peer.runs[next].item];
        if (!more.has(Item::kContinues) || more.kind != item.kind) {
            return false;
        }
        at = next;
        return true;
    };
    switch (item.kind) {
    case Kind::Deleted: {
        std::uint32_t length = item.length - offset;
        while (continues()) {
            length += graph.items[peer.runs[at].item].length;
        }
        encoder.writeVarUint(length);
        break;
    }
    case Kind::String: {
        const PeerRuns::Position first = at;
        std::size_t length = item.length - offset;
        bool isWide = TextHeap::isWide(item);
        while (continues()) {
            const Item& more = graph.items[peer.runs[at].item];
            length += more.length;
            isWide = isWide || TextHeap::isWide(more);
        }
        std::u16string units;
        if (isWide) {
            graph.text.appendTo(units, item, offset, item.length);
        } else {
            encoder.writeVarUint(length);
            encoder.writeRaw(asBytes(graph.text.ascii(item).substr(offset)));
        }
        for (PeerRuns::Position run = first; run != at;) {
            static_cast<void>(peer.runs.next(run));
            const Item& more = graph.items[peer.runs[run].item];
            if (isWide) {
                graph.text.appendTo(units, more, 0, more.length);
            } else {
                encoder.writeRaw(asBytes(graph.text.ascii(more)));
            }
        }
        if (isWide) {
            writeText(encoder, units, codec);
        }
        break;
    }
    case Kind::Any:
    case Kind::Json: {
        std::vector<const Any::Array*> arrays{&std::get<Any::Array>(graph.value(item))};
        std::size_t count = arrays.front()->size() - offset;
        while (continues()) {
            arrays.push_back(&std::get<Any::Array>(graph.value(graph.items[peer.runs[at].item])));
            count += arrays.back()->size();
        }
        encoder.writeVarUint(count);
        std::size_t skip = offset;
        for (const Any::Array* array : arrays) {
            for (std::size_t i = skip; i < array->size(); ++i) {
                if (item.kind == Kind::Any) {
                    (*array)[i].encode(encoder);
                } else {
                    encoder.writeVarString((*array)[i].toJson());
                }
            }
            skip = 0;
        }
        break;
    }
    case Kind::Binary:
        encoder.writeMessage(std::get<Bytes>(graph.value(item)));
        break;
    case Kind::Embed:
        writeValue(encoder, std::get<Any>(graph.value(item)), codec);
        break;
    case Kind::Format: {
        const FormatMark& mark = std::get<FormatMark>(graph.value(item));
        writeText(encoder, mark.key, codec);
        writeValue(encoder, mark.value, codec);
        break;
    }
    case Kind::Type: {
        const TypeEntry& type = graph.types[item.content];
        encoder.writeVarUint(static_cast<std::uint64_t>(type.ref));
        if (type.ref == TypeRef::XmlElement || type.ref == TypeRef::XmlHook) {
            writeText(encoder, type.name, codec);
        }
        break;
    }
    case Kind::Doc: {
        const SubdocumentState& document =
            *std::get<std::shared_ptr<SubdocumentState>>(graph.value(item));
        writeText(encoder, document.guid, codec);
        document.options.encode(encoder);
        break;
    }
    case Kind::Gc:
    case Kind::Skip:
        assert(false);
        break;
    }
}

/// Writes the struct of one run, if it is what nearly all are: ASCII text or deleted units, in a
/// sequence, next to something. False, and nothing written, when it is not. It must be written
/// whole, and no other run continues it.
bool Store::writePlainRun(Encoder& encoder, const Item& item) const
{
    constexpr unsigned kPlain =
        1U << static_cast<unsigned>(Kind::String) | 1U << static_cast<unsigned>(Kind::Deleted);
    const bool isPlain = ((kPlain >> static_cast<unsigned>(item.kind)) & 1U) != 0
        && (item.flags & (Item::kWide | Item::kInMap)) == 0 && !item.origin.isNone();
    if (!isPlain) {
        return false;
    }
    constexpr std::size_t kLongestHead = 1 + 5 * Encoder::kLongestVarUint + TextHeap::kCopiedAhead;
    const std::size_t text = item.kind == Kind::String ? item.length : 0;
    encoder.writeAtMost(kLongestHead + text, [this, &item](std::byte* at) {
        const bool hasRight = !item.rightOrigin.isNone();
        *at++ = static_cast<std::byte>(
            static_cast<std::uint8_t>(item.kind) | kInfoOrigin | (hasRight ? kInfoRightOrigin : 0));
        at = putId(at, item.origin);
        if (hasRight) {
            at = putId(at, item.rightOrigin);
        }
        return graph.text.putAscii(Encoder::putVarUint(at, item.length), item);
    });
    return true;
}

Store::RunCounts Store::countRuns(const Peer& peer, PeerRuns::Position from) const
{
    // What comes next, deleted or not, is as good as random: no branches on it.
    RunCounts counts;
    bool open = false;
    do {
        const RunEntry entry = peer.runs[from];
        const unsigned flags =
            entry.isGc() ? unsigned{Item::kDeleted} : unsigned{graph.items[entry.item].flags};
        const bool deleted = (flags & Item::kDeleted) != 0;
        counts.structs += (flags & Item::kContinues) != 0 ? 0 : 1;
        counts.deletedRanges += deleted && !open ? 1 : 0;
        open = deleted;
    } while (peer.runs.next(from));
    return counts;
}

/// Writes one client block: everything of the peer from the clock on.
void Store::writeRuns(Encoder& encoder, const PeerPart& part, ValueCodec codec) const
{
    const Peer& peer = graph.peers[part.peer];
    PeerRuns::Position at = peer.runs.find(part.clock);
    const std::uint32_t offset = part.clock - peer.runs[at].clock;
    std::size_t structs = part.structs;
    if (structs == 0) {
        const bool continues =
            !peer.runs[at].isGc() && graph.items[peer.runs[at].item].has(Item::kContinues);
        structs = countRuns(peer, at).structs + (continues ? 1 : 0); // the first one begins here
    }
    encoder.writeVarUint(structs);
    encoder.writeVarUint(peer.client);
    encoder.writeVarUint(part.clock);

    bool more = true;
    if (offset > 0) {
        writeRun(encoder, peer, at, offset, codec);
        more = peer.runs.next(at);
    }
    while (more) {
        const RunEntry entry = peer.runs[at];
        PeerRuns::Position next = at;
        more = peer.runs.next(next);
        const bool continued = more && !peer.runs[next].isGc()
            && graph.items[peer.runs[next].item].has(Item::kContinues);
        if (entry.isGc() || continued || !writePlainRun(encoder, graph.items[entry.item])) {
            writeRun(encoder, peer, at, 0, codec);
            next = at;
            more = peer.runs.next(next);
        }
        at = next;
    }
}

/// Writes the struct part of an update: of each peer what it wrote from that clock on.
void Store::writeStructs(Encoder& encoder, std::vector<PeerPart>& from, ValueCodec codec) const
{
    std::erase_if(
        from, [this](const PeerPart& part) { return graph.peers[part.peer].end <= part.clock; });
    std::ranges::sort(from, std::ranges::greater{},
        [this](const PeerPart& part) { return graph.peers[part.peer].client; });
    encoder.writeVarUint(from.size());
    for (const PeerPart& part : from) {
        writeRuns(encoder, part, codec);
    }
}

/// Writes the update that carries a transaction.
void Store::writeTransaction(
    Encoder& encoder, const TransactionRecord& record, ValueCodec codec) const
{
    std::vector<PeerPart> from;
    from.reserve(record.growth.size());
    std::size_t units = 0; // as many bytes, if it is ASCII
    for (const TransactionRecord::Growth& growth : record.growth) {
        from.push_back({growth.peer, growth.before});
        units += growth.after - growth.before;
    }
    constexpr std::size_t kWorthIt = 4096;
    if (units > kWorthIt) {
        encoder.reserve(std::min(units, graph.text.capacity()) + kWorthIt);
    }
    std::vector<WireRange> deletes;
    deletes.reserve(record.deletes.size());
    for (const LocalRange& range : record.deletes) {
        deletes.push_back({graph.peers[range.peer].client, range.clock, range.length});
    }
    normalize(deletes);
    writeStructs(encoder, from, codec);
    writeDeleteSet(encoder, deletes);
}

Bytes Store::encodeTransactionV2(const TransactionRecord& record) const
{
    Encoder encoder;
    writeTransaction(encoder, record, ValueCodec::Any);
    return packUpdate(encoder.view());
}

Bytes Store::encodeState() const
{
    Encoder encoder;
    const std::vector<PeerIndex> order = graph.peers.descending();
    encoder.writeVarUint(order.size());
    for (const PeerIndex peer : order) {
        encoder.writeVarUint(graph.peers[peer].client);
        encoder.writeVarUint(graph.peers[peer].end);
    }
    return encoder.take();
}

StateVector Store::stateVector() const
{
    StateVector state;
    for (const PeerIndex peer : graph.peers.descending()) {
        state.emplace(ClientId(graph.peers[peer].client), Clock(graph.peers[peer].end));
    }
    return state;
}

Bytes Store::encodeAll() const { return encodeFrom({}, ValueCodec::Json); }

Result<Bytes> Store::encodeDifference(BytesView stateVector) const
{
    const Result<std::vector<WireId>> state = readStateVector(stateVector);
    if (!state) {
        return std::unexpected(state.error());
    }
    return encodeFrom(*state, ValueCodec::Json);
}

Bytes Store::encodeAllV2() const { return packUpdate(encodeFrom({}, ValueCodec::Any)); }

Result<Bytes> Store::encodeDifferenceV2(BytesView stateVector) const
{
    const Result<std::vector<WireId>> state = readStateVector(stateVector);
    if (!state) {
        return std::unexpected(state.error());
    }
    return packUpdate(encodeFrom(*state, ValueCodec::Any));
}

/// Writes all that is deleted, of these peers, which are in order.
void Store::writeDeletions(Encoder& encoder, const std::vector<PeerIndex>& order,
    const std::vector<RunCounts>& counts) const
{
    encoder.writeVarUint(static_cast<std::uint64_t>(std::ranges::count_if(
        counts, [](const RunCounts& peer) { return peer.deletedRanges > 0; })));
    std::array<std::uint32_t, 512> bounds{}; // clocks where a range begins and ends, in turns
    for (std::size_t i = 0; i < order.size(); ++i) {
        if (counts[i].deletedRanges == 0) {
            continue;
        }
        const Peer& peer = graph.peers[order[i]];
        encoder.writeVarUint(peer.client);
        encoder.writeVarUint(counts[i].deletedRanges);
        std::size_t known = 0;
        const auto write = [&encoder, &bounds, &known] {
            for (std::size_t bound = 0; bound + 1 < known; bound += 2) {
                encoder.writeVarUint(bounds[bound]);
                encoder.writeVarUint(bounds[bound + 1] - bounds[bound]);
            }
            bounds[0] = bounds[known - known % 2]; // the one that was begun
            known %= 2;
        };
        bool open = false;
        PeerRuns::Position at = peer.runs.first();
        do {
            const RunEntry entry = peer.runs[at];
            const bool deleted =
                entry.isGc() || graph.items[entry.item].deleted(); // again no branch on it
            bounds[known] = entry.clock; // to stay if something changes here
            known += deleted != open ? 1 : 0;
            open = deleted;
            if (known + 1 == bounds.size()) {
                write();
            }
        } while (peer.runs.next(at));
        bounds[known] = peer.end;
        known += open ? 1 : 0;
        write();
    }
}

Bytes Store::encodeFrom(const std::vector<WireId>& known, ValueCodec codec) const
{
    std::vector<PeerPart> from;
    std::vector<RunCounts> counts;
    const std::vector<PeerIndex> order = graph.peers.descending();
    std::unordered_map<PeerIndex, std::uint32_t> knownEnd;
    for (const WireId& id : known) {
        if (const PeerIndex peer = graph.peers.find(id.client); peer != kNone) {
            knownEnd[peer] = static_cast<std::uint32_t>(std::min<std::uint64_t>(id.clock, kNone));
        }
    }
    for (const PeerIndex index : order) {
        const auto found = knownEnd.find(index);
        const Peer& peer = graph.peers[index];
        counts.push_back(countRuns(peer, peer.runs.first()));
        const std::uint32_t clock = found == knownEnd.end() ? 0 : found->second;
        from.push_back({index, clock, clock == 0 ? counts.back().structs : 0});
    }
    Encoder encoder;
    if (known.empty()) {
        constexpr std::size_t kHead = 12; // bytes of a struct without its text, as a rule
        encoder.reserve(graph.items.size() * kHead + graph.text.capacity());
    }
    writeStructs(encoder, from, codec);
    writeDeletions(encoder, order, counts);
    Bytes own = encoder.take();
    if (!hasPending()) {
        return own;
    }

    // What waits here may be what the peer waits for, so it is passed on.
    std::vector<Bytes> parts;
    parts.push_back(std::move(own));
    const auto add = [&parts, codec](BytesView lossless) {
        if (Result<Bytes> part = recodeWire(lossless, ValueCodec::Any, codec)) {
            parts.push_back(std::move(*part));
        }
    };
    if (m_pendingDeletes) {
        add(*m_pendingDeletes);
    }
    if (!m_pendingStructs.empty()) {
        if (const Result<Bytes> rest =
                differenceWire(m_pendingStructs.merged(), known, ValueCodec::Any)) {
            add(*rest);
        }
    }
    const std::vector<BytesView> views(parts.begin(), parts.end());
    return mergeWire(views, codec).value_or(parts.front());
}

} // namespace tutti::crdt::detail
