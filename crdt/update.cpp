// SPDX-License-Identifier: MIT
#include "crdt/update.h"

#include "crdt/any.h"
#include "crdt/detail/any_codec.h"
#include "crdt/detail/client_hash.h"
#include "crdt/detail/wire.h"
#include "crdt/encoding.h"

#include <algorithm>
#include <memory>
#include <unordered_map>

namespace tutti::crdt {

namespace {

using detail::BlockReader;
using detail::ClientBlock;
using detail::Kind;
using detail::UpdateOutline;
using detail::ValueCodec;
using detail::WireId;
using detail::WireRange;
using detail::WireStruct;

/// Walks all structs of an update in the order of its bytes, leaving out Skips if asked to.
class StructReader
{
public:
    StructReader(BytesView update, const UpdateOutline& outline, bool withSkips)
        : m_update(update)
        , m_blocks(outline.blocks)
        , m_codec(outline.codec)
        , m_withSkips(withSkips)
    {
        openBlock();
    }

    /// Null at the end.
    [[nodiscard]] const WireStruct* current() const
    {
        return m_reader ? &m_reader->current() : nullptr;
    }
    void advance()
    {
        m_reader->advance();
        passUnwanted();
    }

private:
    void openBlock()
    {
        m_reader.reset();
        if (m_next < m_blocks.size()) {
            m_reader.emplace(m_update, m_blocks[m_next++], m_codec);
            passUnwanted();
        }
    }
    void passUnwanted()
    {
        while (m_reader && !m_reader->atEnd() && !m_withSkips
            && m_reader->current().kind == Kind::Skip) {
            m_reader->advance();
        }
        if (m_reader && m_reader->atEnd()) {
            openBlock();
        }
    }

    BytesView m_update;
    std::span<const ClientBlock> m_blocks;
    ValueCodec m_codec;
    bool m_withSkips;
    std::size_t m_next = 0;
    std::optional<BlockReader> m_reader;
};

/// Collects structs into client blocks whose sizes are only known at their ends.
class BlockWriter
{
public:
    explicit BlockWriter(ValueCodec codec) noexcept
        : m_codec(codec)
    { }

    void write(const WireStruct& source, std::uint64_t offset)
    {
        if (m_count == 0 || source.id.client != m_client) {
            closeBlock();
            m_client = source.id.client;
            m_clock = source.id.clock + offset;
        }
        detail::writeStruct(m_structs, source, offset, m_codec);
        ++m_count;
    }
    /// The struct part of an update.
    void finish(Encoder& encoder)
    {
        closeBlock();
        encoder.writeVarUint(m_blocks);
        encoder.writeRaw(m_done.view());
    }

private:
    void closeBlock()
    {
        if (m_count == 0) {
            return;
        }
        m_done.writeVarUint(m_count);
        m_done.writeVarUint(m_client);
        m_done.writeVarUint(m_clock);
        m_done.writeRaw(m_structs.view());
        m_structs.clear();
        m_count = 0;
        ++m_blocks;
    }

    ValueCodec m_codec;
    Encoder m_done;
    Encoder m_structs;
    std::uint64_t m_client = 0;
    std::uint64_t m_clock = 0;
    std::uint64_t m_count = 0;
    std::uint64_t m_blocks = 0;
};

WireStruct makeSkip(WireId id, std::uint64_t length)
{
    WireStruct skip;
    skip.kind = Kind::Skip;
    skip.info = static_cast<std::uint8_t>(Kind::Skip);
    skip.id = id;
    skip.length = length;
    return skip;
}

/// Writes structs that come sorted by client and clock, but may overlap or leave gaps: drops
/// what is covered, cuts what overlaps, fills gaps with Skips (Yjs: mergeUpdatesV2).
class StructMerger
{
public:
    explicit StructMerger(ValueCodec codec) noexcept
        : m_writer(codec)
    { }

    /// The clock up to which the client at hand is covered.
    [[nodiscard]] bool covers(const WireStruct& next) const
    {
        return m_held && next.id.client >= m_held->source.id.client
            && next.end() <= m_held->source.end();
    }
    /// Whether `next` follows the held struct without gap or overlap.
    [[nodiscard]] bool isFollowedBy(const WireStruct& next) const
    {
        return m_held && next.id.client == m_held->source.id.client
            && next.id.clock == m_held->source.end();
    }
    [[nodiscard]] std::uint64_t heldEnd() const { return m_held->source.end(); }
    [[nodiscard]] bool holds() const { return m_held.has_value(); }

    void push(const WireStruct& next)
    {
        flush();
        m_held = Held{next, 0};
    }

    /// Takes `next` in behind what is held. True when it was taken, false when something was
    /// put before it (a gap) and it has to come again.
    bool append(WireStruct next)
    {
        if (!m_held || next.id.client != m_held->source.id.client) {
            push(next);
            return true;
        }
        WireStruct& held = m_held->source;
        if (held.end() < next.id.clock) {
            if (held.kind == Kind::Skip) {
                held.length = next.end() - held.id.clock;
            } else {
                const WireStruct skip =
                    makeSkip({held.id.client, held.end()}, next.id.clock - held.end());
                push(skip);
            }
            return false;
        }
        std::uint64_t offset = 0;
        const std::uint64_t overlap = held.end() - next.id.clock;
        if (overlap > 0) {
            if (held.kind == Kind::Skip) {
                held.length -= overlap; // the other one says more
            } else {
                offset = overlap;
            }
        }
        if (held.kind == next.kind && !held.isItem()) {
            held.length += next.length - offset;
            return false; // covered now, so its reader passes it
        }
        flush();
        m_held = Held{next, offset};
        return true;
    }

    void finish(Encoder& encoder)
    {
        flush();
        m_writer.finish(encoder);
    }

private:
    struct Held
    {
        WireStruct source;
        std::uint64_t offset = 0;
    };

    void flush()
    {
        if (m_held && m_held->offset < m_held->source.length) {
            m_writer.write(m_held->source, m_held->offset);
        }
        m_held.reset();
    }

    std::optional<Held> m_held;
    BlockWriter m_writer;
};

/// Negative when `a` goes before `b` by Yjs's comparator. It contradicts itself for a Gc and an
/// item at one place, where it wants whichever it is asked about first; which of the two forms
/// is kept depends on it, so it is asked in the same order (sortReaders).
int yjsOrder(const WireStruct& a, const WireStruct& b)
{
    if (a.id.client != b.id.client) {
        return a.id.client > b.id.client ? -1 : 1;
    }
    if (a.id.clock != b.id.clock) {
        return a.id.clock < b.id.clock ? -1 : 1;
    }
    return a.isItem() == b.isItem() ? 0 : -1;
}

/// Sorts as JavaScript engines sort few elements: the ordered stretch at the start is found
/// (and turned round when it descends), the others are inserted by binary search.
template <typename Order>
void sortReaders(std::vector<StructReader*>& readers, Order order)
{
    if (readers.size() < 2) {
        return;
    }
    const bool descending = order(readers[1], readers[0]) < 0;
    std::size_t sorted = 2;
    while (sorted < readers.size()
        && (order(readers[sorted], readers[sorted - 1]) < 0) == descending) {
        ++sorted;
    }
    const auto at = [&readers](std::size_t index) {
        return readers.begin() + static_cast<std::ptrdiff_t>(index);
    };
    if (descending) {
        std::reverse(readers.begin(), at(sorted));
    }
    for (; sorted < readers.size(); ++sorted) {
        std::size_t low = 0;
        for (std::size_t high = sorted; low < high;) {
            const std::size_t middle = low + (high - low) / 2;
            if (order(readers[sorted], readers[middle]) < 0) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        std::rotate(at(low), at(sorted), at(sorted + 1));
    }
}

/// Moves structs from the reader that comes first to the merger, as long as none of another
/// reader can come before them.
void takeStructs(StructReader& reader, StructMerger& merger)
{
    const std::uint64_t client = reader.current()->id.client;
    bool passed = false;
    while (reader.current() != nullptr && merger.covers(*reader.current())) {
        reader.advance();
        passed = true;
    }
    const WireStruct* next = reader.current();
    if (next == nullptr || next->id.client != client
        || (passed && next->id.clock > merger.heldEnd())) {
        return;
    }
    if (merger.append(*next)) {
        reader.advance();
    }
    while (reader.current() != nullptr && merger.isFollowedBy(*reader.current())) {
        merger.push(*reader.current());
        reader.advance();
    }
}

void mergeStructs(std::vector<StructReader>& all, StructMerger& merger)
{
    std::vector<StructReader*> readers;
    for (StructReader& reader : all) {
        if (reader.current() != nullptr) {
            readers.push_back(&reader);
        }
    }
    const auto order = [](const StructReader* a, const StructReader* b) {
        return yjsOrder(*a->current(), *b->current());
    };
    constexpr std::size_t kFew = 32;
    while (!readers.empty() && readers.size() <= kFew) {
        sortReaders(readers, order);
        takeStructs(*readers.front(), merger);
        std::erase_if(
            readers, [](const StructReader* reader) { return reader->current() == nullptr; });
    }
    // Sorting many at every step would be quadratic; a heap gives the same order but for the
    // ties spoken of at yjsOrder.
    const auto later = [&order](const StructReader* a, const StructReader* b) {
        return order(b, a) < 0 && order(a, b) >= 0;
    };
    std::ranges::make_heap(readers, later);
    while (!readers.empty()) {
        std::ranges::pop_heap(readers, later);
        takeStructs(*readers.back(), merger);
        if (readers.back()->current() == nullptr) {
            readers.pop_back();
        } else {
            std::ranges::push_heap(readers, later);
        }
    }
}

} // namespace

namespace detail {

Result<Bytes> mergeWire(std::span<const BytesView> updates, ValueCodec codec)
{
    std::vector<UpdateOutline> outlines;
    outlines.reserve(updates.size());
    for (const BytesView update : updates) {
        Result<UpdateOutline> outline = outlineUpdate(update, codec);
        if (!outline) {
            return std::unexpected(outline.error());
        }
        // A writer that sorts its clients otherwise must not tear another one's block apart.
        std::ranges::stable_sort(outline->blocks, std::ranges::greater{}, &ClientBlock::client);
        outlines.push_back(std::move(*outline));
    }
    if (updates.size() == 1) {
        return Bytes(updates.front().begin(), updates.front().end());
    }
    std::vector<StructReader> readers;
    std::vector<WireRange> deletes;
    for (std::size_t i = 0; i < updates.size(); ++i) {
        readers.emplace_back(updates[i], outlines[i], false);
        deletes.insert(deletes.end(), outlines[i].deletions.begin(), outlines[i].deletions.end());
    }
    StructMerger merger(codec);
    mergeStructs(readers, merger);
    detail::normalize(deletes);

    Encoder encoder;
    merger.finish(encoder);
    detail::writeDeleteSet(encoder, deletes);
    return encoder.take();
}

Result<Bytes> differenceWire(BytesView update, const std::vector<WireId>& state, ValueCodec codec)
{
    const Result<UpdateOutline> outline = outlineUpdate(update, codec);
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
    Encoder encoder;
    writer.finish(encoder);
    std::vector<WireRange> deletes = outline->deletions;
    detail::normalize(deletes);
    detail::writeDeleteSet(encoder, deletes);
    return encoder.take();
}

Result<Bytes> recodeWire(BytesView update, ValueCodec from, ValueCodec to)
{
    const Result<UpdateOutline> outline = outlineUpdate(update, from);
    if (!outline) {
        return std::unexpected(outline.error());
    }
    BlockWriter writer(to);
    for (StructReader reader(update, *outline, true); reader.current() != nullptr;
        reader.advance()) {
        writer.write(*reader.current(), 0);
    }
    Encoder encoder;
    writer.finish(encoder);
    std::vector<WireRange> deletes = outline->deletions;
    normalize(deletes);
    writeDeleteSet(encoder, deletes);
    return encoder.take();
}

} // namespace detail

Result<Bytes> mergeUpdates(std::span<const BytesView> updates)
{
    return detail::mergeWire(updates, ValueCodec::Json);
}

Result<Bytes> getUpdate(BytesView update, BytesView stateVector)
{
    const Result<std::vector<WireId>> state = detail::readStateVector(stateVector);
    if (!state) {
        return std::unexpected(state.error());
    }
    return detail::differenceWire(update, *state, ValueCodec::Json);
}

Result<Bytes> getState(BytesView update)
{
    const Result<UpdateOutline> outline = detail::outlineUpdate(update);
    if (!outline) {
        return std::unexpected(outline.error());
    }
    std::vector<WireId> state;
    for (const ClientBlock& block : outline->blocks) {
        if (block.clock != 0) {
            continue;
        }
        std::uint64_t end = 0;
        for (BlockReader reader(update, block, outline->codec);
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
