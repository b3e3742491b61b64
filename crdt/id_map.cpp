// SPDX-License-Identifier: MIT
#include "crdt/id_map.h"

#include "crdt/detail/any_codec.h"
#include "crdt/detail/attribute_table.h"
#include "crdt/detail/range_algebra.h"
#include "crdt/detail/reader.h"
#include "crdt/encoding.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <ranges>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace tutti::crdt {

namespace {

constexpr std::uint32_t kMaxClock = std::numeric_limits<std::uint32_t>::max();

/// Without what lies beyond the highest clock.
IdRange clamped(const IdRange& range) noexcept
{
    return {range.client, range.clock, std::min(range.length, kMaxClock - range.clock.value())};
}

/// How detail::combined treats a map's ranges.
struct AttrRule
{
    using Entry = AttrRange;

    static auto& range(auto& entry) noexcept { return entry.range; }
    static bool before(ClientId a, ClientId b) noexcept { return a < b; }
    static void unite(AttrRange& entry, const AttrRange& other, bool otherFirst)
    {
        entry.attributes = otherFirst
            ? ContentAttributes::united(other.attributes, entry.attributes)
            : ContentAttributes::united(entry.attributes, other.attributes);
    }
    static void append(std::vector<AttrRange>& ranges, AttrRange piece)
    {
        if (!ranges.empty()) {
            AttrRange& last = ranges.back();
            if (last.range.client == piece.range.client && last.range.end() == piece.range.clock
                && last.attributes == piece.attributes) {
                last.range.length += piece.range.length;
                return;
            }
        }
        ranges.push_back(std::move(piece));
    }
};

using Ranges = std::span<const AttrRange>;

/// Ranges with the attribute objects of others where those are equal: what is combined then
/// compares a long value once, not once a range.
std::vector<AttrRange> sharing(Ranges others, Ranges ranges)
{
    detail::AttributeTable table;
    for (const AttrRange& entry : others) {
        table.add(entry.attributes);
    }
    std::vector<AttrRange> result;
    result.reserve(ranges.size());
    for (const AttrRange& entry : ranges) {
        result.push_back({entry.range, table.shared(entry.attributes)});
    }
    return result;
}

std::vector<AttrRange> combined(Ranges a, Ranges b, detail::Keep keep)
{
    return detail::combined<AttrRule>(a, b, keep);
}

bool sameClient(const AttrRange& a, const AttrRange& b) noexcept
{
    return a.range.client == b.range.client;
}

/// The first range that ends at or after an id's begin, or behind it.
auto firstReaching(auto& ranges, Id id) noexcept
{
    return std::ranges::partition_point(ranges, [id](const AttrRange& entry) {
        return entry.range.client < id.client
            || (entry.range.client == id.client && entry.range.end() < id.clock);
    });
}

} // namespace

IdMap IdMap::fromSet(const IdSet& set, const ContentAttributes& attributes)
{
    std::vector<AttrRange> ranges;
    ranges.reserve(set.ranges().size());
    // Sets have the highest client first.
    for (auto rest = set.ranges(); !rest.empty();) {
        const auto group = set.rangesOf(rest.back().client);
        for (const IdRange& range : group) {
            ranges.push_back({range, attributes});
        }
        rest = rest.first(rest.size() - group.size());
    }
    return IdMap(std::move(ranges));
}

IdMap IdMap::merged(std::span<const IdMap> maps)
{
    if (maps.size() <= 1) {
        return maps.empty() ? IdMap() : maps.front();
    }
    const std::size_t half = maps.size() / 2;
    IdMap result = merged(maps.first(half));
    result.insert(merged(maps.subspan(half)));
    return result;
}

std::span<const AttrRange> IdMap::rangesOf(ClientId client) const noexcept
{
    const auto found = std::ranges::equal_range(
        m_ranges, client, {}, [](const AttrRange& entry) { return entry.range.client; });
    return {found.begin(), found.end()};
}

bool IdMap::contains(Id id) const noexcept
{
    auto entry = firstReaching(m_ranges, id);
    if (entry != m_ranges.end() && entry->range.client == id.client
        && entry->range.end() == id.clock) {
        ++entry;
    }
    return entry != m_ranges.end() && entry->range.client == id.client
        && entry->range.clock <= id.clock;
}

std::vector<AttrRange> IdMap::attributions(const IdRange& asked) const
{
    const IdRange range = clamped(asked);
    std::vector<AttrRange> result;
    Clock at = range.clock;
    const auto addUpTo = [&](Clock to, const ContentAttributes& attributes) {
        to = std::min(to, range.end());
        if (at < to) {
            AttrRule::append(result, {{range.client, at, (to - at).value()}, attributes});
            at = to;
        }
    };
    for (auto entry = firstReaching(m_ranges, {range.client, range.clock}); entry != m_ranges.end()
        && entry->range.client == range.client && entry->range.clock < range.end();
        ++entry) {
        addUpTo(entry->range.clock, {});
        addUpTo(entry->range.end(), entry->attributes);
    }
    addUpTo(range.end(), {});
    return result;
}

IdSet IdMap::asIdSet() const
{
    std::vector<IdRange> ranges;
    ranges.reserve(m_ranges.size());
    std::ranges::transform(m_ranges, std::back_inserter(ranges), &AttrRange::range);
    return IdSet(ranges);
}

IdMap IdMap::filter(const std::function<bool(const ContentAttributes&)>& keep) const
{
    std::vector<AttrRange> kept;
    std::ranges::copy_if(m_ranges, std::back_inserter(kept), keep, &AttrRange::attributes);
    return IdMap(std::move(kept));
}

/// Unites the map with the piece, or takes it out, and looks only at what it touches.
void IdMap::combineWith(const AttrRange& piece, bool add)
{
    const IdRange& range = piece.range;
    const auto first = firstReaching(m_ranges, {range.client, range.clock});
    const auto last = std::find_if(first, m_ranges.end(), [&range](const AttrRange& entry) {
        return entry.range.client != range.client || entry.range.clock > range.end();
    });
    auto pieces =
        combined(Ranges(first, last), {&piece, 1}, add ? detail::kUnion : detail::kDifference);
    m_ranges.insert(m_ranges.erase(first, last), std::move_iterator(pieces.begin()),
        std::move_iterator(pieces.end()));
}

void IdMap::insert(const IdRange& range, const ContentAttributes& attributes)
{
    const AttrRange piece{clamped(range), attributes};
    if (piece.range.length > 0 && !attributes.empty()) {
        combineWith(piece, true);
    }
}

void IdMap::insert(const IdMap& other)
{
    m_ranges = combined(m_ranges, sharing(m_ranges, other.m_ranges), detail::kUnion);
}

void IdMap::remove(const IdRange& range)
{
    const AttrRange piece{clamped(range), {}};
    if (piece.range.length > 0) {
        combineWith(piece, false);
    }
}

IdMap IdMap::intersection(const IdMap& a, const IdMap& b)
{
    return IdMap(combined(a.m_ranges, sharing(a.m_ranges, b.m_ranges), detail::kIntersection));
}

IdMap IdMap::intersection(const IdMap& a, const IdSet& b)
{
    return IdMap(combined(a.m_ranges, fromSet(b, {}).m_ranges, detail::kIntersection));
}

IdMap IdMap::difference(const IdMap& a, const IdMap& b)
{
    return IdMap(combined(a.m_ranges, b.m_ranges, detail::kDifference));
}

IdMap IdMap::difference(const IdMap& a, const IdSet& b) { return difference(a, fromSet(b, {})); }

// --- bytes ---

namespace detail {

/// Clients ascending, as distances; a range is clock, length, attributes; an attribute is its
/// number, and where that is new, name and value; a name is its number, and where new, the text
/// (Yjs: writeIdMap, readIdMap).
struct IdMapCodec
{
    static Bytes write(const IdMap& map, bool v2);
    static Result<IdMap> read(BytesView bytes, bool v2);

    void readRange(ClientId client, std::uint64_t& at);
    [[nodiscard]] const ContentAttribute* readAttribute();

    // Of read alone.
    Reader reader;
    bool v2;
    std::vector<AttrRange> ranges{};
    AttributeTable table{};
    std::vector<ContentAttribute> attributes{}; ///< by their numbers
    std::vector<AttributeTable::Name> names{};
};

Bytes IdMapCodec::write(const IdMap& map, bool v2)
{
    Encoder encoder;
    std::unordered_map<ContentAttribute, std::size_t> attributeNumbers;
    using ByName = AttributeTable::ByName;
    std::unordered_map<AttributeTable::Name, std::size_t, ByName, ByName> nameNumbers;
    const auto isNew = [&encoder](auto& numbers, const auto& key) {
        const auto [known, added] = numbers.try_emplace(key, numbers.size());
        encoder.writeVarUint(known->second);
        return added;
    };
    auto byClient = map.m_ranges | std::views::chunk_by(sameClient);
    encoder.writeVarUint(static_cast<std::uint64_t>(std::ranges::distance(byClient)));
    std::uint64_t previous = 0;
    for (const auto group : byClient) {
        const std::uint64_t client = group.front().range.client.value();
        encoder.writeVarUint(client - std::exchange(previous, client));
        encoder.writeVarUint(group.size());
        Clock at;
        for (const auto& [range, attributes] : group) {
            encoder.writeVarUint((v2 ? range.clock - at : range.clock).value());
            encoder.writeVarUint(v2 ? range.length - 1 : range.length);
            at = range.end();
            encoder.writeVarUint(attributes.size());
            for (const ContentAttribute& attribute : attributes) {
                if (isNew(attributeNumbers, attribute)) {
                    if (isNew(nameNumbers, AttributeTable::nameOf(attribute))) {
                        encoder.writeVarString(std::string_view(attribute.name()));
                    }
                    attribute.value().encode(encoder);
                }
            }
        }
    }
    return encoder.take();
}

/// Counts are believed only as far as bytes come for them.
Result<IdMap> IdMapCodec::read(BytesView bytes, bool v2)
{
    IdMapCodec codec{Reader(bytes), v2};
    Reader& reader = codec.reader;
    const std::uint64_t clients = reader.varUint();
    std::uint64_t client = 0;
    for (std::uint64_t i = 0; i < clients && reader.ok(); ++i) {
        const std::uint64_t distance = reader.varUint();
        client += distance;
        if (client > kMaxClientId) {
            reader.fail(ErrorCode::OutOfRange, "a client id is larger than 2^53 - 1");
        } else if (i > 0 && distance == 0) {
            reader.fail(ErrorCode::Malformed, "a client comes twice");
        }
        const std::uint64_t count = reader.varUint();
        std::uint64_t at = 0;
        for (std::uint64_t k = 0; k < count && reader.ok(); ++k) {
            codec.readRange(ClientId(client), at);
        }
    }
    if (!reader.ok()) {
        return std::unexpected(reader.error());
    }
    return IdMap(std::move(codec.ranges));
}

/// `at` is the end of the range before.
void IdMapCodec::readRange(ClientId client, std::uint64_t& at)
{
    const std::uint64_t clock = reader.varUint() + (v2 ? at : 0);
    const std::uint64_t length = reader.varUint() + (v2 ? 1 : 0);
    if (clock + length > kMaxClock) {
        reader.fail(ErrorCode::OutOfRange, "a clock is larger than 2^32 - 1");
    } else if (clock < at) {
        reader.fail(ErrorCode::Malformed, "the ranges of a client are not in order");
    }
    at = clock + length;
    std::vector<ContentAttribute> list;
    const std::uint64_t count = reader.varUint();
    for (std::uint64_t i = 0; i < count && reader.ok(); ++i) {
        if (const ContentAttribute* attribute = readAttribute()) {
            list.push_back(*attribute);
        }
    }
    if (length > 0 && reader.ok()) {
        AttrRule::append(ranges,
            {{client, Clock(static_cast<std::uint32_t>(clock)), static_cast<std::uint32_t>(length)},
                ContentAttributes(list)});
    }
}

const ContentAttribute* IdMapCodec::readAttribute()
{
    const std::uint64_t number = reader.varUint();
    if (number == attributes.size()) {
        const std::uint64_t name = reader.varUint();
        if (name == names.size()) {
            names.push_back(table.name(reader.string()));
        }
        Any value = readAny(reader);
        if (name < names.size() && reader.ok()) {
            attributes.push_back(
                table.attribute(names[static_cast<std::size_t>(name)], std::move(value)));
        }
    }
    if (number >= attributes.size()) {
        reader.fail(ErrorCode::Malformed, "an attribute or its name is used before it is there");
    }
    return reader.ok() ? &attributes[static_cast<std::size_t>(number)] : nullptr;
}

} // namespace detail

Bytes IdMap::encode() const { return detail::IdMapCodec::write(*this, false); }

Bytes IdMap::encodeV2() const { return detail::IdMapCodec::write(*this, true); }

Result<IdMap> IdMap::decode(BytesView bytes) { return detail::IdMapCodec::read(bytes, false); }

Result<IdMap> IdMap::decodeV2(BytesView bytes) { return detail::IdMapCodec::read(bytes, true); }

} // namespace tutti::crdt
