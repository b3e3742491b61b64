// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/encoding.h"
#include "crdt/error.h"
#include "crdt/ids.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace tutti::crdt {

/// Units of one client that follow each other.
struct IdRange
{
    ClientId client; ///< whose units
    Clock clock; ///< of the first unit
    std::uint32_t length = 0; ///< units

    /// The clock behind the last unit.
    [[nodiscard]] constexpr Clock end() const noexcept { return clock + Clock(length); }
    constexpr bool operator==(const IdRange&) const noexcept = default;
};

/// A set of ids, kept as ranges: what was deleted, what was inserted (Yjs: DeleteSet).
///
/// The ranges are sorted, the highest client first and then by clock, which is the order they have
/// on the wire; none is empty, and none touches the next. So equal sets have equal ranges and equal
/// bytes. Clocks stay below 2^32.
class IdSet
{
public:
    /// The empty set.
    IdSet() = default;
    /// In any order, also overlapping. Cost: O(n log n).
    explicit IdSet(std::span<const IdRange> ranges);

    /// Whether no unit is in it.
    [[nodiscard]] bool empty() const noexcept { return m_ranges.empty(); }
    /// The ranges, also for a range-based loop.
    [[nodiscard]] std::span<const IdRange> ranges() const noexcept { return m_ranges; }
    [[nodiscard]] auto begin() const noexcept { return m_ranges.begin(); }
    [[nodiscard]] auto end() const noexcept { return m_ranges.end(); }
    /// Those of one client. Cost: O(log n).
    [[nodiscard]] std::span<const IdRange> rangesOf(ClientId client) const noexcept;

    /// Cost: O(log n).
    [[nodiscard]] bool contains(Id id) const noexcept;
    /// Whether all of it is in the set; the empty range is. Cost: O(log n).
    [[nodiscard]] bool contains(const IdRange& range) const noexcept;
    [[nodiscard]] bool contains(const IdSet& other) const noexcept;

    /// Cost: O(log n) to find the place, O(n) where ranges behind it have to move.
    void insert(const IdRange& range);
    void insert(Id id) { insert(IdRange{id.client, id.clock, 1}); }
    /// All of the other set (Yjs: mergeDeleteSets). Cost: O(n + m).
    void insert(const IdSet& other);
    /// Leaves the empty set.
    void clear() noexcept { m_ranges.clear(); }

    /// What is in both, or in `a` and not in `b`. Cost: O(n + m).
    [[nodiscard]] static IdSet intersection(const IdSet& a, const IdSet& b);
    [[nodiscard]] static IdSet difference(const IdSet& a, const IdSet& b);

    bool operator==(const IdSet&) const noexcept = default;

    /// The bytes of a delete set in format v1 or v2, as they stand at the end of an update.
    [[nodiscard]] Bytes encode() const;
    [[nodiscard]] Bytes encodeV2() const;
    void encode(Encoder& encoder) const;
    void encodeV2(Encoder& encoder) const;
    /// Ranges may come in any order. Bytes that follow are left alone.
    /// Errors: Truncated; OutOfRange for clocks of 2^32 and more.
    [[nodiscard]] static Result<IdSet> decode(BytesView bytes);
    [[nodiscard]] static Result<IdSet> decodeV2(BytesView bytes);
    [[nodiscard]] static Result<IdSet> decode(Decoder& decoder);
    [[nodiscard]] static Result<IdSet> decodeV2(Decoder& decoder);

private:
    std::vector<IdRange> m_ranges;
};

} // namespace tutti::crdt
