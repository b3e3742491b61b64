// SPDX-License-Identifier: MIT
//
// Several updates into one (Yjs: mergeUpdatesV2), without a document.
#include "crdt/detail/struct_stream.h"
#include "crdt/detail/wire.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace tutti::crdt::detail {

namespace {

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

    [[nodiscard]] Bytes finish(std::vector<WireRange> deletions)
    {
        flush();
        return m_writer.finish(std::move(deletions));
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

/// Sorts as V8 sorts up to 63 elements: the ordered stretch at the start is found
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

/// A reader among many. Of readers that stand at the same place the one that moved last comes
/// first, since Yjs sorts stably what was in order but for its first element; before any has
/// moved, the order is that of the updates.
struct Ranked
{
    StructReader* reader = nullptr;
    std::int64_t movedAt = 0;

    [[nodiscard]] bool comesBefore(const Ranked& other) const
    {
        const WireId& a = reader->current()->id;
        const WireId& b = other.reader->current()->id;
        if (a.client != b.client) {
            return a.client > b.client;
        }
        return a.clock != b.clock ? a.clock < b.clock : movedAt > other.movedAt;
    }
};

void mergeStructs(std::vector<StructReader>& all, StructMerger& merger)
{
    std::vector<Ranked> ranked;
    for (StructReader& reader : all) {
        if (reader.current() != nullptr) {
            ranked.push_back({&reader, -static_cast<std::int64_t>(ranked.size())});
        }
    }
    // Sorting many at every step would be quadratic. A heap gives the same order but for a Gc and
    // an item at one place (see yjsOrder), of which it takes the one that moved last.
    constexpr std::size_t kFew = 63;
    const auto later = [](const Ranked& a, const Ranked& b) { return b.comesBefore(a); };
    if (ranked.size() > kFew) {
        std::ranges::make_heap(ranked, later);
    }
    for (std::int64_t step = 1; ranked.size() > kFew; ++step) {
        std::ranges::pop_heap(ranked, later);
        takeStructs(*ranked.back().reader, merger);
        if (ranked.back().reader->current() == nullptr) {
            ranked.pop_back();
        } else {
            ranked.back().movedAt = step;
            std::ranges::push_heap(ranked, later);
        }
        if (ranked.size() == kFew) {
            std::ranges::sort(ranked, &Ranked::comesBefore);
        }
    }

    std::vector<StructReader*> readers;
    for (const Ranked& entry : ranked) {
        readers.push_back(entry.reader);
    }
    const auto order = [](const StructReader* a, const StructReader* b) {
        return yjsOrder(*a->current(), *b->current());
    };
    while (!readers.empty()) {
        sortReaders(readers, order);
        takeStructs(*readers.front(), merger);
        std::erase_if(
            readers, [](const StructReader* reader) { return reader->current() == nullptr; });
    }
}

} // namespace

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
        readers.emplace_back(updates[i], outlines[i], StructReader::Skips::Pass);
        deletes.insert(deletes.end(), outlines[i].deletions.begin(), outlines[i].deletions.end());
    }
    StructMerger merger(codec);
    mergeStructs(readers, merger);
    return merger.finish(std::move(deletes));
}

} // namespace tutti::crdt::detail
