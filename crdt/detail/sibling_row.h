// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/detail/placed_siblings.h"
#include "crdt/detail/sequence_tree.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace tutti::crdt::detail {

/// What is known of a crowded place of a sequence: the items that have the same origin, from left
/// to right, up to a horizon.
///
/// Yjs's rule lets the search for the place of a struct pass its siblings one by one: it takes each
/// of a smaller client as left neighbour, with all that was written behind that one, and stops at
/// the right neighbour or at a sibling with the same right neighbour that it must not pass. As long
/// as what was written behind a sibling stands before the next one, that is a question about the
/// siblings alone: which is the last one of a smaller client before the stop?
///
/// Only what a search walked over is known, so a row costs nothing that was not paid anyway.
/// Items must not be unlinked or joined meanwhile.
class SiblingRow
{
public:
    struct Taken
    {
        ItemRef sibling = kNone; ///< the last one of a smaller client, if any
        ItemRef next = kNone; ///< the sibling behind it, if that is known
        std::size_t blocks = 0; ///< that were looked at
    };

    /// The last item that is known, whether a sibling or not. None: nothing is known yet.
    [[nodiscard]] ItemRef horizon() const noexcept { return m_horizon; }
    void setHorizon(ItemRef item) noexcept { m_horizon = item; }
    /// The sibling nearest to the horizon.
    [[nodiscard]] ItemRef last() const noexcept
    {
        return m_blocks.empty() ? kNone : m_blocks.back().siblings.back().item;
    }

    /// The first sibling with that right origin whose client is not smaller: siblings of the same
    /// right origin stand in the order of their clients. Cost: O(log n).
    [[nodiscard]] ItemRef limit(LocalId rightOrigin, std::uint64_t client) const;
    /// The last sibling before `stop` (none: the horizon) whose client is smaller.
    /// Requires: stop is a sibling or none. Cost: O(log² n + blocks looked at).
    [[nodiscard]] Taken lastBelow(
        std::uint64_t client, ItemRef stop, const SequenceTree& tree) const;

    /// Adds a sibling at the horizon. Cost: O(log n).
    void append(ItemRef item, LocalId rightOrigin, std::uint64_t client);
    /// Adds a sibling that was placed before the horizon. Cost: O(log² n + block).
    void insert(ItemRef item, LocalId rightOrigin, std::uint64_t client, const SequenceTree& tree);

private:
    static constexpr std::size_t kBlock = 256; ///< siblings at most

    struct Sibling
    {
        std::uint64_t client = 0;
        ItemRef item = kNone;
    };
    /// Some siblings that follow each other; never none.
    struct Block
    {
        std::uint64_t least = 0; ///< client
        std::vector<Sibling> siblings;
    };

    /// The block that `item` is in or belongs into. Requires: there are blocks.
    [[nodiscard]] std::size_t blockFor(ItemRef item, const SequenceTree& tree) const;
    void splitIfFull(std::size_t block);

    std::vector<Block> m_blocks;
    std::map<std::pair<std::uint64_t, std::uint64_t>, ItemRef> m_limits; ///< by right and client
    ItemRef m_horizon = kNone;
};

/// What searches for places have found out while one update is applied (see
/// Store::resolveConflicts), so that n structs at one place do not cost n²/2 steps.
///
/// All of it holds as long as structs come to stand where their writers saw a place for them. When
/// one does not, which only a broken peer brings about, it is forgotten: `clear`.
struct ConflictMemo
{
    PlacedSiblings inChains;
    /// By type and origin. A row that has none is of a place where it cannot be used.
    std::map<std::array<std::uint32_t, 3>, std::optional<SiblingRow>> rows;
    std::uint64_t steps = 0; ///< all searches together

    /// Whether anything is remembered that could stop to hold.
    [[nodiscard]] bool mayBeDisturbed() const noexcept
    {
        return !inChains.empty() || !rows.empty();
    }
    void clear()
    {
        inChains.clear();
        rows.clear();
    }
};

} // namespace tutti::crdt::detail
