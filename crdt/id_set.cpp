// SPDX-License-Identifier: MIT
#include "crdt/id_set.h"

#include "crdt/detail/range_algebra.h"
#include "crdt/detail/reader.h"
#include "crdt/detail/wire.h"
#include "crdt/detail/wire_v2.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <optional>

namespace tutti::crdt {

namespace {

using detail::Reader;
using detail::WireRange;

/// The order of the wire.
bool before(const IdRange& a, const IdRange& b) noexcept
{
    return a.client != b.client ? a.client > b.client : a.clock < b.clock;
}

/// How detail::combined treats a set's ranges.
struct PlainRule
{
    using Entry = IdRange;

    static auto& range(auto& entry) noexcept { return entry; }
    static bool before(ClientId a, ClientId b) noexcept { return a > b; }
    static void unite(IdRange& /*entry*/, const IdRange& /*other*/, bool /*otherFirst*/) { }
    /// The range may also begin inside the last one.
    static void append(std::vector<IdRange>& ranges, const IdRange& range)
    {
        if (range.length == 0) {
            return;
        }
        if (!ranges.empty() && ranges.back().client == range.client
            && range.clock <= ranges.back().end()) {
            IdRange& last = ranges.back();
            last.length = (std::max(last.end(), range.end()) - last.clock).value();
        } else {
            ranges.push_back(range);
        }
    }
};

std::vector<WireRange> toWire(std::span<const IdRange> ranges)
{
    std::vector<WireRange> wire;
    wire.reserve(ranges.size());
    for (const IdRange& range : ranges) {
        wire.push_back({range.client.value(), range.clock.value(), range.length});
    }
    return wire;
}

using ReadRanges = void (*)(Reader&, std::vector<WireRange>&);

Result<IdSet> decodeWith(ReadRanges read, Decoder& decoder)
{
    Reader reader(decoder.rest());
    std::vector<WireRange> wire;
    read(reader, wire);
    if (!reader.ok()) {
        return std::unexpected(reader.error());
    }
    std::vector<IdRange> ranges;
    ranges.reserve(wire.size());
    for (const WireRange& range : wire) {
        if (range.end() > std::numeric_limits<std::uint32_t>::max()) {
            return fail(ErrorCode::OutOfRange, "a clock is larger than 2^32 - 1");
        }
        ranges.push_back({ClientId(range.client), Clock(static_cast<std::uint32_t>(range.clock)),
            static_cast<std::uint32_t>(range.length)});
    }
    if (const auto passed = decoder.readRaw(reader.position()); !passed) {
        return std::unexpected(passed.error());
    }
    return IdSet(ranges);
}

} // namespace

IdSet::IdSet(std::span<const IdRange> ranges)
{
    std::vector<IdRange> sorted(ranges.begin(), ranges.end());
    if (!std::ranges::is_sorted(sorted, before)) {
        std::ranges::sort(sorted, before);
    }
    m_ranges.reserve(sorted.size());
    for (const IdRange& range : sorted) {
        PlainRule::append(m_ranges, range);
    }
}

std::span<const IdRange> IdSet::rangesOf(ClientId client) const noexcept
{
    const auto found =
        std::ranges::equal_range(m_ranges, client, std::ranges::greater{}, &IdRange::client);
    return {found.begin(), found.end()};
}

bool IdSet::contains(Id id) const noexcept { return contains(IdRange{id.client, id.clock, 1}); }

bool IdSet::contains(const IdRange& range) const noexcept
{
    if (range.length == 0) {
        return true;
    }
    const auto after = std::ranges::upper_bound(m_ranges, range, before);
    if (after == m_ranges.begin()) {
        return false;
    }
    const IdRange& candidate = *std::prev(after);
    return candidate.client == range.client && range.end() <= candidate.end();
}

bool IdSet::contains(const IdSet& other) const noexcept
{
    return std::ranges::all_of(other, [this](const IdRange& range) { return contains(range); });
}

void IdSet::insert(const IdRange& range)
{
    if (range.length == 0) {
        return;
    }
    auto first = std::ranges::lower_bound(m_ranges, range, before);
    if (first != m_ranges.begin() && std::prev(first)->client == range.client
        && std::prev(first)->end() >= range.clock) {
        --first;
    }
    Clock begin = range.clock;
    Clock end = range.end();
    auto last = first;
    for (; last != m_ranges.end() && last->client == range.client && last->clock <= end; ++last) {
        begin = std::min(begin, last->clock);
        end = std::max(end, last->end());
    }
    const IdRange joined{range.client, begin, (end - begin).value()};
    if (first == last) {
        m_ranges.insert(first, joined);
    } else {
        *first = joined;
        m_ranges.erase(std::next(first), last);
    }
}

void IdSet::insert(const IdSet& other)
{
    m_ranges = detail::combined<PlainRule>(m_ranges, other.m_ranges, detail::kUnion);
}

IdSet IdSet::intersection(const IdSet& a, const IdSet& b)
{
    IdSet result;
    result.m_ranges = detail::combined<PlainRule>(a.m_ranges, b.m_ranges, detail::kIntersection);
    return result;
}

IdSet IdSet::difference(const IdSet& a, const IdSet& b)
{
    IdSet result;
    result.m_ranges = detail::combined<PlainRule>(a.m_ranges, b.m_ranges, detail::kDifference);
    return result;
}

Bytes IdSet::encode() const
{
    Encoder encoder;
    encode(encoder);
    return encoder.take();
}

Bytes IdSet::encodeV2() const
{
    Encoder encoder;
    encodeV2(encoder);
    return encoder.take();
}

void IdSet::encode(Encoder& encoder) const { detail::writeDeleteSet(encoder, toWire(m_ranges)); }

void IdSet::encodeV2(Encoder& encoder) const
{
    detail::writeDeleteSetV2(encoder, toWire(m_ranges));
}

Result<IdSet> IdSet::decode(BytesView bytes)
{
    Decoder decoder(bytes);
    return decode(decoder);
}

Result<IdSet> IdSet::decodeV2(BytesView bytes)
{
    Decoder decoder(bytes);
    return decodeV2(decoder);
}

Result<IdSet> IdSet::decode(Decoder& decoder) { return decodeWith(detail::readDeleteSet, decoder); }

Result<IdSet> IdSet::decodeV2(Decoder& decoder)
{
    return decodeWith(detail::readDeleteSetV2, decoder);
}

} // namespace tutti::crdt
