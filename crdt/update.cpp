// SPDX-License-Identifier: MIT
#include "crdt/update.h"

#include "crdt/detail/client_hash.h"
#include "crdt/detail/struct_stream.h"
#include "crdt/detail/wire.h"
#include "crdt/detail/wire_v2.h"
#include "crdt/encoding.h"

#include <unordered_map>
#include <utility>

namespace tutti::crdt {

namespace detail {

Result<Bytes> differenceWire(BytesView update, const std::vector<WireId>& state, ValueCodec codec)
{
    Result<UpdateOutline> outline = outlineUpdate(update, codec);
    if (!outline) {
        return std::unexpected(outline.error());
    }
    std::unordered_map<std::uint64_t, std::uint64_t, ClientHash> known;
    for (const WireId& id : state) {
        known[id.client] = id.clock;
    }
    BlockWriter writer(codec);
    for (const ClientBlock& block : outline->blocks) {
        const auto found = known.find(block.client);
        const std::uint64_t clock = found == known.end() ? 0 : found->second;
        bool writing = false;
        for (BlockReader reader(update, block, codec); !reader.atEnd(); reader.advance()) {
            const WireStruct& next = reader.current();
            // A gap in front of everything is no news.
            if (!writing && (next.kind == Kind::Skip || next.end() <= clock)) {
                continue;
            }
            writer.write(next, !writing && clock > next.id.clock ? clock - next.id.clock : 0);
            writing = true;
        }
    }
    return writer.finish(std::move(outline->deletions));
}

Result<Bytes> recodeWire(BytesView update, ValueCodec from, ValueCodec to)
{
    Result<UpdateOutline> outline = outlineUpdate(update, from);
    if (!outline) {
        return std::unexpected(outline.error());
    }
    BlockWriter writer(to);
    for (StructReader reader(update, *outline, StructReader::Skips::Show);
        reader.current() != nullptr; reader.advance()) {
        writer.write(*reader.current(), 0);
    }
    return writer.finish(std::move(outline->deletions));
}

} // namespace detail

namespace {

using detail::BlockReader;
using detail::ClientBlock;
using detail::Kind;
using detail::UpdateOutline;
using detail::ValueCodec;
using detail::WireId;

/// Runs `work` on an update of format v2 after it is unpacked.
template <typename Work>
auto withUnpacked(BytesView update, Work work) -> decltype(work(BytesView()))
{
    const Result<Bytes> wire = detail::unpackUpdate(update);
    if (!wire) {
        return std::unexpected(wire.error());
    }
    return work(BytesView(*wire));
}

Result<Bytes> packed(const Result<Bytes>& wire)
{
    if (!wire) {
        return std::unexpected(wire.error());
    }
    return detail::packUpdate(*wire);
}

Result<Bytes> stateOf(BytesView update, ValueCodec codec)
{
    const Result<UpdateOutline> outline = detail::outlineUpdate(update, codec);
    if (!outline) {
        return std::unexpected(outline.error());
    }
    std::vector<WireId> state;
    for (const ClientBlock& block : outline->blocks) {
        if (block.clock != 0) {
            continue;
        }
        std::uint64_t end = 0;
        for (BlockReader reader(update, block, codec);
            !reader.atEnd() && reader.current().kind != Kind::Skip; reader.advance()) {
            end = reader.current().end();
        }
        if (end > 0) {
            state.push_back({block.client, end});
        }
    }
    Encoder encoder;
    encoder.writeVarUint(state.size());
    for (const WireId& id : state) {
        encoder.writeVarUint(id.client);
        encoder.writeVarUint(id.clock);
    }
    return encoder.take();
}

Result<std::vector<ClientSpan>> spansOf(BytesView update, ValueCodec codec)
{
    const Result<UpdateOutline> outline = detail::outlineUpdate(update, codec);
    if (!outline) {
        return std::unexpected(outline.error());
    }
    std::vector<ClientSpan> spans;
    for (const ClientBlock& block : outline->blocks) {
        std::uint64_t end = block.clock;
        for (BlockReader reader(update, block, codec); !reader.atEnd(); reader.advance()) {
            end = reader.current().end();
        }
        if (end > detail::kNone) {
            return fail(ErrorCode::OutOfRange, "a clock is larger than 2^32 - 1");
        }
        spans.push_back({ClientId(block.client), Clock(static_cast<std::uint32_t>(block.clock)),
            Clock(static_cast<std::uint32_t>(end))});
    }
    return spans;
}

} // namespace

Result<Bytes> getState(BytesView update) { return stateOf(update, ValueCodec::Json); }

Result<Bytes> getStateV2(BytesView update)
{
    return withUnpacked(update, [](BytesView wire) { return stateOf(wire, ValueCodec::Any); });
}

Result<Bytes> getUpdate(BytesView update, BytesView stateVector)
{
    const Result<std::vector<WireId>> state = detail::readStateVector(stateVector);
    if (!state) {
        return std::unexpected(state.error());
    }
    return detail::differenceWire(update, *state, ValueCodec::Json);
}

Result<Bytes> getUpdateV2(BytesView update, BytesView stateVector)
{
    const Result<std::vector<WireId>> state = detail::readStateVector(stateVector);
    if (!state) {
        return std::unexpected(state.error());
    }
    return withUnpacked(update, [&state](BytesView wire) {
        return packed(detail::differenceWire(wire, *state, ValueCodec::Any));
    });
}

Result<Bytes> mergeUpdates(std::span<const BytesView> updates)
{
    return detail::mergeWire(updates, ValueCodec::Json);
}

Result<Bytes> mergeUpdatesV2(std::span<const BytesView> updates)
{
    std::vector<Bytes> wires;
    for (const BytesView update : updates) {
        Result<Bytes> wire = detail::unpackUpdate(update);
        if (!wire) {
            return std::unexpected(wire.error());
        }
        wires.push_back(std::move(*wire));
    }
    const std::vector<BytesView> views(wires.begin(), wires.end());
    const Result<Bytes> merged = detail::mergeWire(views, ValueCodec::Any);
    if (merged && updates.size() == 1) {
        return Bytes(updates.front().begin(), updates.front().end());
    }
    return packed(merged);
}

Result<Bytes> convertV1ToV2(BytesView update)
{
    return packed(detail::recodeWire(update, ValueCodec::Json, ValueCodec::Any));
}

Result<Bytes> convertV2ToV1(BytesView update)
{
    return withUnpacked(update,
        [](BytesView wire) { return detail::recodeWire(wire, ValueCodec::Any, ValueCodec::Json); });
}

Result<std::vector<ClientSpan>> parseUpdateMeta(BytesView update)
{
    return spansOf(update, ValueCodec::Json);
}

Result<std::vector<ClientSpan>> parseUpdateMetaV2(BytesView update)
{
    return withUnpacked(update, [](BytesView wire) { return spansOf(wire, ValueCodec::Any); });
}

Result<Bytes> obfuscateUpdate(BytesView update, const ObfuscatorOptions& options)
{
    return detail::obfuscateWire(update, options, ValueCodec::Json);
}

Result<Bytes> obfuscateUpdateV2(BytesView update, const ObfuscatorOptions& options)
{
    return withUnpacked(update, [&options](BytesView wire) {
        return packed(detail::obfuscateWire(wire, options, ValueCodec::Any));
    });
}

Result<DecodedUpdate> decodeUpdate(BytesView update)
{
    return detail::decodeWire(update, ValueCodec::Json);
}

Result<DecodedUpdate> decodeUpdateV2(BytesView update)
{
    return withUnpacked(
        update, [](BytesView wire) { return detail::decodeWire(wire, ValueCodec::Any); });
}

Result<std::vector<Id>> decodeState(BytesView stateVector)
{
    const Result<std::vector<WireId>> state = detail::readStateVector(stateVector);
    if (!state) {
        return std::unexpected(state.error());
    }
    std::vector<Id> ids;
    for (const WireId& id : *state) {
        if (id.clock > detail::kNone) {
            return fail(ErrorCode::OutOfRange, "a clock is larger than 2^32 - 1");
        }
        ids.push_back({ClientId(id.client), Clock(static_cast<std::uint32_t>(id.clock))});
    }
    return ids;
}

} // namespace tutti::crdt
