// SPDX-License-Identifier: MIT
#include "crdt/snapshot.h"

#include "crdt/detail/reader.h"
#include "crdt/detail/struct_stream.h"
#include "crdt/detail/wire.h"
#include "crdt/detail/wire_v2.h"
#include "crdt/encoding.h"

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

namespace tutti::crdt {

namespace {

using detail::ValueCodec;

constexpr std::uint64_t kMaxClock = std::numeric_limits<std::uint32_t>::max();

void writeState(Encoder& encoder, const Snapshot::State& state)
{
    encoder.writeVarUint(state.size());
    for (const auto& [client, clock] : state) {
        encoder.writeVarUint(client.value());
        encoder.writeVarUint(clock.value());
    }
}

Result<Snapshot> decodeRest(Result<IdSet> deletes, const Decoder& decoder)
{
    if (!deletes) {
        return std::unexpected(deletes.error());
    }
    const auto wire = detail::readStateVector(decoder.rest());
    if (!wire) {
        return std::unexpected(wire.error());
    }
    Snapshot::State state;
    for (const detail::WireId& id : *wire) {
        if (id.clock > kMaxClock) {
            return fail(ErrorCode::OutOfRange, "a clock is larger than 2^32 - 1");
        }
        state.insert_or_assign(ClientId(id.client), Clock(static_cast<std::uint32_t>(id.clock)));
    }
    return Snapshot(std::move(*deletes), std::move(state));
}

Result<bool> containsWire(const Snapshot& snapshot, BytesView wire, ValueCodec codec)
{
    const auto outline = detail::outlineUpdate(wire, codec);
    if (!outline) {
        return std::unexpected(outline.error());
    }
    for (const detail::ClientBlock& block : outline->blocks) {
        const std::uint64_t known = snapshot.stateOf(ClientId(block.client)).value();
        for (detail::BlockReader reader(wire, block, codec); !reader.atEnd(); reader.advance()) {
            if (known < reader.current().end()) {
                return false;
            }
        }
    }
    return std::ranges::all_of(outline->deletions, [&snapshot](const detail::WireRange& range) {
        return range.length == 0
            || (range.end() <= kMaxClock
                && snapshot.deletes().contains(
                    IdRange{ClientId(range.client), Clock(static_cast<std::uint32_t>(range.clock)),
                        static_cast<std::uint32_t>(range.length)}));
    });
}

} // namespace

Snapshot::Snapshot(IdSet deletes, State state)
    : m_deletes(std::move(deletes))
    , m_state(std::move(state))
{ }

Clock Snapshot::stateOf(ClientId client) const noexcept
{
    const auto found = m_state.find(client);
    return found == m_state.end() ? Clock() : found->second;
}

bool Snapshot::isVisible(Id id) const noexcept
{
    return id.clock < stateOf(id.client) && !m_deletes.contains(id);
}

Bytes Snapshot::encode() const
{
    Encoder encoder;
    m_deletes.encode(encoder);
    writeState(encoder, m_state);
    return encoder.take();
}

Bytes Snapshot::encodeV2() const
{
    Encoder encoder;
    m_deletes.encodeV2(encoder);
    writeState(encoder, m_state);
    return encoder.take();
}

Result<Snapshot> Snapshot::decode(BytesView bytes)
{
    Decoder decoder(bytes);
    Result<IdSet> deletes = IdSet::decode(decoder);
    return decodeRest(std::move(deletes), decoder);
}

Result<Snapshot> Snapshot::decodeV2(BytesView bytes)
{
    Decoder decoder(bytes);
    Result<IdSet> deletes = IdSet::decodeV2(decoder);
    return decodeRest(std::move(deletes), decoder);
}

Result<bool> snapshotContainsUpdate(const Snapshot& snapshot, BytesView update)
{
    return containsWire(snapshot, update, ValueCodec::Json);
}

Result<bool> snapshotContainsUpdateV2(const Snapshot& snapshot, BytesView update)
{
    const Result<Bytes> wire = detail::unpackUpdate(update);
    if (!wire) {
        return std::unexpected(wire.error());
    }
    return containsWire(snapshot, *wire, ValueCodec::Any);
}

} // namespace tutti::crdt
