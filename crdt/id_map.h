// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/content_attribute.h"
#include "crdt/error.h"
#include "crdt/id_set.h"
#include "crdt/ids.h"

#include <cstddef>
#include <functional>
#include <span>
#include <utility>
#include <vector>

namespace tutti::crdt {

namespace detail {
struct IdMapCodec;
}

/// Units that follow each other and have the same attributes.
struct AttrRange
{
    IdRange range; ///< the units
    ContentAttributes attributes; ///< what is said about each of them

    bool operator==(const AttrRange&) const = default;
};

/// Ids with attributes (Yjs 14 and pycrdt: IdMap).
///
/// The ranges are sorted, the lowest client first and then by clock, which is the order they have
/// on the wire; none is empty, they do not overlap, and those that touch have different attributes.
/// So equal maps have equal ranges. Clocks stay below 2^32: the part of a range that reaches
/// beyond is left out.
///
/// Below, n and m are numbers of ranges; each step that joins or compares attributes costs as many
/// as these are.
class IdMap
{
public:
    /// The empty map.
    IdMap() = default;
    /// Every range of the set with these attributes, even with none. Cost: O(n).
    [[nodiscard]] static IdMap fromSet(const IdSet& set, const ContentAttributes& attributes);
    /// All of these maps. Cost: O(n log maps).
    [[nodiscard]] static IdMap merged(std::span<const IdMap> maps);

    /// Whether no unit is in it.
    [[nodiscard]] bool empty() const noexcept { return m_ranges.empty(); }
    /// All entries, also for a range-based loop.
    [[nodiscard]] std::span<const AttrRange> ranges() const noexcept { return m_ranges; }
    [[nodiscard]] auto begin() const noexcept { return m_ranges.begin(); }
    [[nodiscard]] auto end() const noexcept { return m_ranges.end(); }
    /// Those of one client. Cost: O(log n).
    [[nodiscard]] std::span<const AttrRange> rangesOf(ClientId client) const noexcept;

    /// Cost: O(log n).
    [[nodiscard]] bool contains(Id id) const noexcept;
    /// The whole of `range` in pieces; those that the map does not hold have no attributes.
    /// Cost: O(log n + pieces).
    [[nodiscard]] std::vector<AttrRange> attributions(const IdRange& range) const;
    /// Without the attributes. Cost: O(n log n).
    [[nodiscard]] IdSet asIdSet() const;
    /// The ranges whose attributes satisfy `keep`, which is asked once a range; what it throws
    /// passes through.
    [[nodiscard]] IdMap filter(const std::function<bool(const ContentAttributes&)>& keep) const;

    /// Adds attributes to those that the ids have already. Without any, nothing happens (as in
    /// pycrdt).
    /// Cost: O(log n) to find the place, O(n) where ranges behind it have to move.
    void insert(const IdRange& range, const ContentAttributes& attributes);
    /// All of the other map. Cost and memory: O(n + m) times the attributes of one range; who
    /// merges maps of strangers bounds both, since a range may have very many.
    void insert(const IdMap& other);
    /// Takes ids out, with all their attributes. Cost: as insert.
    void remove(const IdRange& range);
    /// Leaves the empty map.
    void clear() noexcept { m_ranges.clear(); }

    /// What is in both, with the attributes of both. Cost: O(n + m).
    [[nodiscard]] static IdMap intersection(const IdMap& a, const IdMap& b);
    [[nodiscard]] static IdMap intersection(const IdMap& a, const IdSet& b);
    /// What is in `a` and not in `b`, whatever its attributes there. Cost: O(n + m).
    [[nodiscard]] static IdMap difference(const IdMap& a, const IdMap& b);
    [[nodiscard]] static IdMap difference(const IdMap& a, const IdSet& b);

    /// The same ids with the same attributes, these in any order. Long values that the maps do not
    /// share are compared once a range.
    bool operator==(const IdMap&) const = default;

    /// The bytes of pycrdt's IdMap.encode, which have v1's clocks, and those of Yjs's encodeIdMap,
    /// which have v2's (Yjs: writeIdMap). Of two attributes of a range, that one is written first
    /// whose range began first or, where both began together, was there first: a map that was put
    /// together like one of Yjs's has its bytes. What Yjs wrote comes out again as it was, except
    /// that attributes which are equal here (two zeros, other orders of keys, some of Yjs's own
    /// intersections) are written once.
    [[nodiscard]] Bytes encode() const;
    [[nodiscard]] Bytes encodeV2() const;
    /// Bytes that follow are left alone. Errors: Truncated; OutOfRange for clocks of 2^32 and more
    /// and clients above kMaxClientId; Malformed when clients or ranges are not in order (nobody
    /// writes them so, and what overlaps could take quadratic memory), an attribute is used before
    /// it is there, a name is not UTF-8 or a value is not one that lib0 writes. Memory: bounded by
    /// a multiple of the bytes. Cost: O(bytes).
    [[nodiscard]] static Result<IdMap> decode(BytesView bytes);
    [[nodiscard]] static Result<IdMap> decodeV2(BytesView bytes);

private:
    friend struct detail::IdMapCodec;
    explicit IdMap(std::vector<AttrRange> ranges) noexcept
        : m_ranges(std::move(ranges))
    { }
    void combineWith(const AttrRange& piece, bool add);

    std::vector<AttrRange> m_ranges;
};

} // namespace tutti::crdt
