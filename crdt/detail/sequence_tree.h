// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/detail/item.h"
#include "crdt/detail/slab_pool.h"

#include <array>
#include <cstdint>
#include <vector>

namespace tutti::crdt::detail {

#ifdef TUTTI_FAN_OUT
inline constexpr std::uint32_t kLeafSlots = TUTTI_FAN_OUT;
inline constexpr std::uint32_t kInnerSlots = TUTTI_FAN_OUT;
#else
inline constexpr std::uint32_t kLeafSlots = 28; ///< a leaf is 256 bytes
inline constexpr std::uint32_t kInnerSlots = 30; ///< and so is an inner node
#endif

/// The order of the items of every list-like type: one B+tree per type over shared pools.
///
/// Leaves hold items and how many visible units each adds; inner nodes hold sums. An item knows
/// its leaf (Item::place), so item → position climbs and position → item descends.
/// Invariants: visible[i] is what Item::visible() says; sums agree; no node is empty but a root
/// leaf never exists without an item; `place` of every item names the leaf it is in.
/// Cost: O(log n) for each operation unless it says otherwise; neighbours O(1) with a Cursor.
class SequenceTree
{
public:
    explicit SequenceTree(ItemPool& items) noexcept
        : m_items(items)
    { }

    /// A slot of a leaf. Invalidated by insertion and removal, except the ones they return.
    struct Cursor
    {
        std::uint32_t leaf = kNone;
        std::uint32_t slot = 0;

        [[nodiscard]] bool isNone() const noexcept { return leaf == kNone; }
    };
    /// A place among visible units: `offset` units into the item at the cursor.
    struct Hit
    {
        Cursor at;
        std::uint32_t offset = 0;
    };

    /// Makes room for the sequence of a type; its index is the type's.
    void add(TypeIndex owner);
    /// Forgets all its items without looking at them.
    void clear(TypeIndex owner);

    [[nodiscard]] std::uint32_t visibleTotal(TypeIndex owner) const noexcept;
    [[nodiscard]] bool empty(TypeIndex owner) const noexcept
    {
        return m_sequences[owner].first == kNone;
    }

    [[nodiscard]] Cursor first(TypeIndex owner) const noexcept;
    [[nodiscard]] Cursor last(TypeIndex owner) const noexcept;
    [[nodiscard]] Cursor cursorOf(ItemRef item) const noexcept;
    [[nodiscard]] ItemRef itemAt(Cursor at) const noexcept
    {
        return m_leaves[at.leaf].item[at.slot];
    }
    [[nodiscard]] std::uint32_t visibleAt(Cursor at) const noexcept
    {
        return m_leaves[at.leaf].visible[at.slot];
    }
    /// None at the ends.
    [[nodiscard]] Cursor next(Cursor at) const noexcept;
    [[nodiscard]] Cursor previous(Cursor at) const noexcept;
    [[nodiscard]] ItemRef next(ItemRef item) const noexcept;
    [[nodiscard]] ItemRef previous(ItemRef item) const noexcept;
    [[nodiscard]] TypeIndex ownerOf(ItemRef item) const noexcept
    {
        return m_leaves[m_items[item].place].owner;
    }

    /// The item that holds visible unit `index`. Requires: index < visibleTotal.
    [[nodiscard]] Hit unitAt(TypeIndex owner, std::uint32_t index) const noexcept;
    /// The leftmost item that ends at or behind the gap in front of visible unit `index`, as
    /// Yjs's walk from the left stops; none for index 0.
    /// Requires: index <= visibleTotal.
    [[nodiscard]] Hit gapAt(TypeIndex owner, std::uint32_t index) const noexcept;
    /// Visible units to the left of the item.
    [[nodiscard]] std::uint32_t visibleBefore(Cursor at) const noexcept;
    /// Whether a stands to the left of b. Requires: the same sequence.
    [[nodiscard]] bool isBefore(ItemRef a, ItemRef b) const noexcept;

    /// Puts an item behind another, or first with a none cursor; sets its place.
    Cursor insertAfter(TypeIndex owner, Cursor left, ItemRef item);
    void remove(ItemRef item);
    /// Takes note that Item::visible() of the item there changed.
    void update(Cursor at);
    void update(ItemRef item) { update(cursorOf(item)); }

    /// Makes a whole sequence from left to right. Cost: O(1) an item.
    class Builder
    {
    public:
        /// Requires: the owner's sequence is empty.
        Builder(SequenceTree& tree, TypeIndex owner) noexcept
            : m_tree(tree)
            , m_owner(owner)
        { }
        /// Adds an item with so many visible units; returns its leaf, which the caller has to
        /// write into Item::place. The item is not looked at.
        std::uint32_t append(ItemRef item, std::uint32_t visible);
        /// Until then the sequence cannot be read.
        void finish();

    private:
        SequenceTree& m_tree;
        TypeIndex m_owner;
        std::uint32_t m_leaf = kNone;
        std::uint32_t m_sum = 0; ///< of m_leaf
        std::vector<std::uint32_t> m_nodes; ///< of the level that is complete
        std::vector<std::uint32_t> m_sums; ///< of those
    };

    /// Aborts when an invariant does not hold. For tests. Cost: O(n).
    void check(TypeIndex owner) const;

private:
    struct Leaf
    {
        std::uint32_t parent = kNone;
        std::uint32_t previous = kNone;
        std::uint32_t next = kNone;
        std::uint32_t count = 0;
        TypeIndex owner = kNone;
        std::uint32_t slot = 0; ///< in the parent, as far as is known
        std::array<std::uint32_t, 2> unused{};
        std::array<ItemRef, kLeafSlots> item{};
        std::array<std::uint32_t, kLeafSlots> visible{};
    };
    struct Inner
    {
        std::uint32_t parent = kNone;
        std::uint32_t count = 0;
        bool aboveLeaves = true;
        std::uint8_t slot = 0; ///< in the parent, as far as is known
        std::array<std::uint32_t, kInnerSlots> child{};
        std::array<std::uint32_t, kInnerSlots> visible{};
    };
    /// Where unitAt last ended: the next look is nearly always at the same leaf.
    struct Latest
    {
        TypeIndex owner = kNone;
        std::uint32_t leaf = kNone;
        std::uint32_t begin = 0; ///< visible units to the left of the leaf
    };
    struct Sequence
    {
        std::uint32_t root = kNone; ///< a leaf when rootIsLeaf
        std::uint32_t first = kNone;
        std::uint32_t last = kNone;
        bool rootIsLeaf = true;
    };

    [[nodiscard]] std::uint32_t slotIn(
        const Inner& inner, std::uint32_t child, std::uint32_t hint) const noexcept;
    [[nodiscard]] std::uint32_t slotOfLeaf(const Inner& inner, std::uint32_t leaf) const noexcept
    {
        return slotIn(inner, leaf, m_leaves[leaf].slot);
    }
    [[nodiscard]] std::uint32_t slotOfInner(const Inner& inner, std::uint32_t child) const noexcept
    {
        return slotIn(inner, child, m_inners[child].slot);
    }
    [[nodiscard]] std::uint32_t sumOf(const Inner& inner) const noexcept;
    [[nodiscard]] std::uint32_t sumOf(const Leaf& leaf) const noexcept;
    void addAbove(std::uint32_t leaf, std::uint32_t delta) noexcept;
    std::uint32_t splitLeaf(std::uint32_t leaf, std::uint32_t keep);
    void insertChild(TypeIndex owner, std::uint32_t parent, std::uint32_t left, std::uint32_t child,
        bool childIsLeaf);
    void growRoot(TypeIndex owner, std::uint32_t left, std::uint32_t right);
    void setParent(const Inner& parentNode, std::uint32_t parent, std::uint32_t child) noexcept;
    void removeLeaf(std::uint32_t leaf);
    void removeChild(TypeIndex owner, std::uint32_t parent, std::uint32_t child);
    void absorbNext(std::uint32_t leaf);
    [[nodiscard]] std::uint32_t checkNode(
        std::uint32_t node, bool isLeaf, std::uint32_t parent, std::uint32_t& nextLeaf) const;

    ItemPool& m_items;
    SlabPool<Leaf, 5> m_leaves;
    SlabPool<Inner, 3> m_inners;
    std::vector<Sequence> m_sequences;
    mutable Latest m_latest;
};

} // namespace tutti::crdt::detail
