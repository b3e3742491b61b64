// SPDX-License-Identifier: MIT
#include "crdt/detail/sequence_tree.h"

#include <algorithm>
#include <cassert>
#include <cstdlib>

namespace tutti::crdt::detail {

void SequenceTree::add(TypeIndex owner)
{
    if (owner >= m_sequences.size()) {
        m_sequences.resize(owner + 1);
    }
    m_sequences[owner] = {};
}

void SequenceTree::clear(TypeIndex owner)
{
    for (std::uint32_t leaf = m_sequences[owner].first; leaf != kNone;) {
        const std::uint32_t next = m_leaves[leaf].next;
        // The last child to go takes its ancestors along.
        for (std::uint32_t child = leaf, parent = m_leaves[leaf].parent; parent != kNone;) {
            if (m_inners[parent].child[m_inners[parent].count - 1] != child) {
                break;
            }
            child = parent;
            parent = m_inners[parent].parent;
            m_inners.release(child);
        }
        m_leaves.release(leaf);
        leaf = next;
    }
    m_sequences[owner] = {};
    m_latest = {};
}

// --- reading ---

std::uint32_t SequenceTree::sumOf(const Inner& inner) const noexcept
{
    std::uint32_t sum = 0;
    for (std::uint32_t i = 0; i < inner.count; ++i) {
        sum += inner.visible[i];
    }
    return sum;
}

std::uint32_t SequenceTree::sumOf(const Leaf& leaf) const noexcept
{
    std::uint32_t sum = 0;
    for (std::uint32_t i = 0; i < leaf.count; ++i) {
        sum += leaf.visible[i];
    }
    return sum;
}

std::uint32_t SequenceTree::visibleTotal(TypeIndex owner) const noexcept
{
    const Sequence& sequence = m_sequences[owner];
    if (sequence.root == kNone) {
        return 0;
    }
    return sequence.rootIsLeaf ? sumOf(m_leaves[sequence.root]) : sumOf(m_inners[sequence.root]);
}

SequenceTree::Cursor SequenceTree::first(TypeIndex owner) const noexcept
{
    return {m_sequences[owner].first, 0};
}

SequenceTree::Cursor SequenceTree::last(TypeIndex owner) const noexcept
{
    const std::uint32_t leaf = m_sequences[owner].last;
    return {leaf, leaf == kNone ? 0 : m_leaves[leaf].count - 1};
}

SequenceTree::Cursor SequenceTree::cursorOf(ItemRef item) const noexcept
{
    Item& sought = m_items[item];
    const Leaf& leaf = m_leaves[sought.place];
    if (sought.slot >= leaf.count || leaf.item[sought.slot] != item) {
        const auto found = std::find(leaf.item.begin(), leaf.item.begin() + leaf.count, item);
        assert(found != leaf.item.begin() + leaf.count);
        sought.slot = static_cast<std::uint8_t>(found - leaf.item.begin());
    }
    return {sought.place, sought.slot};
}

SequenceTree::Cursor SequenceTree::next(Cursor at) const noexcept
{
    const Leaf& leaf = m_leaves[at.leaf];
    if (at.slot + 1 < leaf.count) {
        return {at.leaf, at.slot + 1};
    }
    return {leaf.next, 0};
}

SequenceTree::Cursor SequenceTree::previous(Cursor at) const noexcept
{
    if (at.slot > 0) {
        return {at.leaf, at.slot - 1};
    }
    const std::uint32_t leaf = m_leaves[at.leaf].previous;
    return {leaf, leaf == kNone ? 0 : m_leaves[leaf].count - 1};
}

ItemRef SequenceTree::next(ItemRef item) const noexcept
{
    const Cursor at = next(cursorOf(item));
    return at.isNone() ? kNone : itemAt(at);
}

ItemRef SequenceTree::previous(ItemRef item) const noexcept
{
    const Cursor at = previous(cursorOf(item));
    return at.isNone() ? kNone : itemAt(at);
}

SequenceTree::Hit SequenceTree::unitAt(TypeIndex owner, std::uint32_t index) const noexcept
{
    if (m_latest.owner == owner && index >= m_latest.begin) {
        const Leaf& leaf = m_leaves[m_latest.leaf];
        std::uint32_t left = index - m_latest.begin;
        for (std::uint32_t slot = 0; slot < leaf.count; ++slot) {
            if (left < leaf.visible[slot]) {
                return {{m_latest.leaf, slot}, left};
            }
            left -= leaf.visible[slot];
        }
    }
    const Sequence& sequence = m_sequences[owner];
    std::uint32_t node = sequence.root;
    std::uint32_t left = index;
    for (bool isLeaf = sequence.rootIsLeaf; !isLeaf;) {
        const Inner& inner = m_inners[node];
        std::uint32_t slot = 0;
        while (left >= inner.visible[slot]) {
            left -= inner.visible[slot++];
            assert(slot < inner.count);
        }
        node = inner.child[slot];
        isLeaf = inner.aboveLeaves;
    }
    m_latest = {owner, node, index - left};
    const Leaf& leaf = m_leaves[node];
    std::uint32_t slot = 0;
    while (left >= leaf.visible[slot]) {
        left -= leaf.visible[slot++];
        assert(slot < leaf.count);
    }
    return {{node, slot}, left};
}

SequenceTree::Hit SequenceTree::gapAt(TypeIndex owner, std::uint32_t index) const noexcept
{
    if (index == 0) {
        return {};
    }
    Hit hit = unitAt(owner, index - 1);
    ++hit.offset;
    return hit;
}

std::uint32_t SequenceTree::slotIn(
    const Inner& inner, std::uint32_t child, std::uint32_t hint) const noexcept
{
    if (hint < inner.count && inner.child[hint] == child) {
        return hint;
    }
    const auto found = std::find(inner.child.begin(), inner.child.begin() + inner.count, child);
    assert(found != inner.child.begin() + inner.count);
    return static_cast<std::uint32_t>(found - inner.child.begin());
}

std::uint32_t SequenceTree::visibleBefore(Cursor at) const noexcept
{
    const Leaf& leaf = m_leaves[at.leaf];
    std::uint32_t sum = 0;
    for (std::uint32_t i = 0; i < at.slot; ++i) {
        sum += leaf.visible[i];
    }
    const auto addLeftOf = [&sum](const Inner& inner, std::uint32_t slot) {
        for (std::uint32_t i = 0; i < slot; ++i) {
            sum += inner.visible[i];
        }
    };
    if (leaf.parent != kNone) {
        addLeftOf(m_inners[leaf.parent], slotOfLeaf(m_inners[leaf.parent], at.leaf));
    }
    for (std::uint32_t child = leaf.parent; child != kNone; child = m_inners[child].parent) {
        if (const std::uint32_t parent = m_inners[child].parent; parent != kNone) {
            addLeftOf(m_inners[parent], slotOfInner(m_inners[parent], child));
        }
    }
    return sum;
}

bool SequenceTree::isBefore(ItemRef a, ItemRef b) const noexcept
{
    std::uint32_t nodeA = m_items[a].place;
    std::uint32_t nodeB = m_items[b].place;
    if (nodeA == nodeB) {
        return cursorOf(a).slot < cursorOf(b).slot;
    }
    // All leaves are at one depth, so both sides climb in step until they share a parent.
    std::uint32_t parentA = m_leaves[nodeA].parent;
    std::uint32_t parentB = m_leaves[nodeB].parent;
    if (parentA == parentB) {
        const Inner& parent = m_inners[parentA];
        return slotOfLeaf(parent, nodeA) < slotOfLeaf(parent, nodeB);
    }
    while (parentA != parentB) {
        nodeA = parentA;
        nodeB = parentB;
        parentA = m_inners[nodeA].parent;
        parentB = m_inners[nodeB].parent;
        assert(parentA != kNone && parentB != kNone);
    }
    const Inner& common = m_inners[parentA];
    return slotOfInner(common, nodeA) < slotOfInner(common, nodeB);
}

// --- writing ---

/// Adds to the sums above a leaf, of which the leaf's own units changed.
void SequenceTree::addAbove(std::uint32_t leafIndex, std::uint32_t delta) noexcept
{
    if (leafIndex != m_latest.leaf) {
        m_latest = {}; // it may be to the right of the change
    }
    Leaf& leaf = m_leaves[leafIndex];
    if (leaf.parent == kNone) {
        return;
    }
    Inner* inner = &m_inners[leaf.parent];
    leaf.slot = slotOfLeaf(*inner, leafIndex);
    inner->visible[leaf.slot] += delta; // wraps for negative deltas, as wanted
    for (std::uint32_t child = leaf.parent; inner->parent != kNone;) {
        Inner& above = m_inners[inner->parent];
        const std::uint32_t slot = slotIn(above, child, inner->slot);
        inner->slot = static_cast<std::uint8_t>(slot);
        above.visible[slot] += delta;
        child = inner->parent;
        inner = &above;
    }
}

void SequenceTree::update(Cursor at)
{
    Leaf& leaf = m_leaves[at.leaf];
    const std::uint32_t now = m_items[leaf.item[at.slot]].visible();
    const std::uint32_t delta = now - leaf.visible[at.slot];
    if (delta == 0) {
        return;
    }
    leaf.visible[at.slot] = now;
    addAbove(at.leaf, delta);
}

SequenceTree::Cursor SequenceTree::insertAfter(TypeIndex owner, Cursor left, ItemRef item)
{
    const std::uint32_t visible = m_items[item].visible();
    if (m_sequences[owner].root == kNone) {
        const std::uint32_t made = m_leaves.allocate();
        Leaf& leaf = m_leaves[made];
        leaf.owner = owner;
        leaf.count = 1;
        leaf.item[0] = item;
        leaf.visible[0] = visible;
        m_items[item].place = made;
        m_sequences[owner] = {.root = made, .first = made, .last = made, .rootIsLeaf = true};
        return {made, 0};
    }
    std::uint32_t target = left.isNone() ? m_sequences[owner].first : left.leaf;
    std::uint32_t slot = left.isNone() ? 0 : left.slot + 1;
    if (m_leaves[target].count == kLeafSlots) {
        if (slot == kLeafSlots) {
            // Writing goes on where it stopped far more often than not: leave this leaf full.
            const std::uint32_t next = m_leaves[target].next;
            if (next == kNone || m_leaves[next].count == kLeafSlots
                || m_leaves[next].parent != m_leaves[target].parent) {
                target = splitLeaf(target, kLeafSlots);
            } else {
                target = next;
            }
            slot = 0;
        } else {
            const std::uint32_t right = splitLeaf(target, kLeafSlots / 2);
            if (slot > kLeafSlots / 2) {
                target = right;
                slot -= kLeafSlots / 2;
            }
        }
    }
    Leaf& leaf = m_leaves[target];
    std::copy_backward(leaf.item.begin() + slot, leaf.item.begin() + leaf.count,
        leaf.item.begin() + leaf.count + 1);
    std::copy_backward(leaf.visible.begin() + slot, leaf.visible.begin() + leaf.count,
        leaf.visible.begin() + leaf.count + 1);
    leaf.item[slot] = item;
    leaf.visible[slot] = visible;
    ++leaf.count;
    m_items[item].place = target;
    m_items[item].slot = static_cast<std::uint8_t>(slot);
    if (visible != 0) {
        addAbove(target, visible);
    }
    return {target, slot};
}

/// Moves all but the first `keep` items of a leaf into a new one behind it, which may be empty.
std::uint32_t SequenceTree::splitLeaf(std::uint32_t leafIndex, std::uint32_t keep)
{
    const std::uint32_t made = m_leaves.allocate();
    Leaf& leaf = m_leaves[leafIndex];
    Leaf& right = m_leaves[made];
    right.owner = leaf.owner;
    right.count = leaf.count - keep;
    std::copy(leaf.item.begin() + keep, leaf.item.begin() + leaf.count, right.item.begin());
    std::copy(
        leaf.visible.begin() + keep, leaf.visible.begin() + leaf.count, right.visible.begin());
    leaf.count = keep;
    for (std::uint32_t i = 0; i < right.count; ++i) {
        m_items[right.item[i]].place = made;
        m_items[right.item[i]].slot = static_cast<std::uint8_t>(i);
    }
    right.previous = leafIndex;
    right.next = leaf.next;
    leaf.next = made;
    if (right.next != kNone) {
        m_leaves[right.next].previous = made;
    } else {
        m_sequences[leaf.owner].last = made;
    }
    if (leaf.parent == kNone) {
        growRoot(leaf.owner, leafIndex, made);
    } else {
        insertChild(leaf.owner, leaf.parent, leafIndex, made, true);
    }
    return made;
}

void SequenceTree::growRoot(TypeIndex owner, std::uint32_t left, std::uint32_t right)
{
    Sequence& sequence = m_sequences[owner];
    const std::uint32_t made = m_inners.allocate();
    Inner& root = m_inners[made];
    root.aboveLeaves = sequence.rootIsLeaf;
    root.count = 2;
    root.child[0] = left;
    root.child[1] = right;
    for (std::uint32_t i = 0; i < 2; ++i) {
        root.visible[i] =
            root.aboveLeaves ? sumOf(m_leaves[root.child[i]]) : sumOf(m_inners[root.child[i]]);
        setParent(root, made, root.child[i]);
    }
    sequence.root = made;
    sequence.rootIsLeaf = false;
}

void SequenceTree::setParent(
    const Inner& parentNode, std::uint32_t parent, std::uint32_t child) noexcept
{
    (parentNode.aboveLeaves ? m_leaves[child].parent : m_inners[child].parent) = parent;
}

/// Puts a child that was split off `left` behind it; what it took is no longer in `left`.
void SequenceTree::insertChild(TypeIndex owner, std::uint32_t parent, std::uint32_t left,
    std::uint32_t child, bool childIsLeaf)
{
    const std::uint32_t moved = childIsLeaf ? sumOf(m_leaves[child]) : sumOf(m_inners[child]);
    // Until the child is in, the sum for `left` keeps counting what was moved out of it, so that
    // splitting this node and those above it leaves all sums right.
    std::uint32_t slot =
        (childIsLeaf ? slotOfLeaf(m_inners[parent], left) : slotOfInner(m_inners[parent], left))
        + 1;
    if (m_inners[parent].count == kInnerSlots) {
        const std::uint32_t keep = slot == kInnerSlots ? kInnerSlots - 1 : kInnerSlots / 2;
        const std::uint32_t made = m_inners.allocate();
        Inner& full = m_inners[parent];
        Inner& right = m_inners[made];
        right.aboveLeaves = full.aboveLeaves;
        right.count = full.count - keep;
        std::copy(full.child.begin() + keep, full.child.end(), right.child.begin());
        std::copy(full.visible.begin() + keep, full.visible.end(), right.visible.begin());
        full.count = keep;
        for (std::uint32_t i = 0; i < right.count; ++i) {
            setParent(right, made, right.child[i]);
        }
        if (full.parent == kNone) {
            growRoot(owner, parent, made);
        } else {
            insertChild(owner, full.parent, parent, made, false);
        }
        if (slot > keep) {
            parent = made;
            slot -= keep;
        }
    }
    Inner& inner = m_inners[parent];
    std::copy_backward(inner.child.begin() + slot, inner.child.begin() + inner.count,
        inner.child.begin() + inner.count + 1);
    std::copy_backward(inner.visible.begin() + slot, inner.visible.begin() + inner.count,
        inner.visible.begin() + inner.count + 1);
    inner.visible[slot - 1] -= moved;
    inner.child[slot] = child;
    inner.visible[slot] = moved;
    ++inner.count;
    setParent(inner, parent, child);
}

void SequenceTree::remove(ItemRef item)
{
    const Cursor at = cursorOf(item);
    Leaf& leaf = m_leaves[at.leaf];
    if (leaf.visible[at.slot] != 0) {
        addAbove(at.leaf, 0U - leaf.visible[at.slot]);
    }
    std::copy(leaf.item.begin() + at.slot + 1, leaf.item.begin() + leaf.count,
        leaf.item.begin() + at.slot);
    std::copy(leaf.visible.begin() + at.slot + 1, leaf.visible.begin() + leaf.count,
        leaf.visible.begin() + at.slot);
    --leaf.count;
    m_items[item].place = kNone;
    if (leaf.count == 0) {
        removeLeaf(at.leaf);
    } else if (leaf.count < kLeafSlots / 4) {
        absorbNext(at.leaf);
    }
}

/// Takes over the next leaf's items when both together fill no more than half a leaf.
void SequenceTree::absorbNext(std::uint32_t leafIndex)
{
    Leaf& leaf = m_leaves[leafIndex];
    const std::uint32_t nextIndex = leaf.next;
    if (nextIndex == kNone || m_leaves[nextIndex].parent != leaf.parent
        || leaf.count + m_leaves[nextIndex].count > kLeafSlots / 2) {
        return;
    }
    Leaf& next = m_leaves[nextIndex];
    const std::uint32_t moved = sumOf(next);
    for (std::uint32_t i = 0; i < next.count; ++i) {
        leaf.item[leaf.count + i] = next.item[i];
        leaf.visible[leaf.count + i] = next.visible[i];
        m_items[next.item[i]].place = leafIndex;
    }
    leaf.count += next.count;
    Inner& parent = m_inners[leaf.parent];
    const std::uint32_t slot = slotOfLeaf(parent, leafIndex);
    parent.visible[slot] += moved;
    parent.visible[slot + 1] -= moved;
    removeLeaf(nextIndex);
}

/// Unlinks a leaf whose visible units are already off the sums.
void SequenceTree::removeLeaf(std::uint32_t leafIndex)
{
    if (leafIndex == m_latest.leaf) {
        m_latest = {};
    }
    const Leaf leaf = m_leaves[leafIndex];
    Sequence& sequence = m_sequences[leaf.owner];
    (leaf.previous == kNone ? sequence.first : m_leaves[leaf.previous].next) = leaf.next;
    (leaf.next == kNone ? sequence.last : m_leaves[leaf.next].previous) = leaf.previous;
    if (leaf.parent == kNone) {
        sequence = {};
    } else {
        removeChild(leaf.owner, leaf.parent, leafIndex);
    }
    m_leaves.release(leafIndex);
}

void SequenceTree::removeChild(TypeIndex owner, std::uint32_t parent, std::uint32_t child)
{
    Inner& inner = m_inners[parent];
    const std::uint32_t slot = slotIn(inner, child, kNone);
    std::copy(inner.child.begin() + slot + 1, inner.child.begin() + inner.count,
        inner.child.begin() + slot);
    std::copy(inner.visible.begin() + slot + 1, inner.visible.begin() + inner.count,
        inner.visible.begin() + slot);
    --inner.count;
    if (inner.count == 0) {
        // Only a chain of single children can empty out; the root would have been collapsed.
        assert(inner.parent != kNone);
        removeChild(owner, inner.parent, parent);
        m_inners.release(parent);
        return;
    }
    // A root with one child is no use; nor is that child, if it is such a node too.
    Sequence& sequence = m_sequences[owner];
    while (!sequence.rootIsLeaf && m_inners[sequence.root].count == 1) {
        const std::uint32_t root = sequence.root;
        sequence.root = m_inners[root].child[0];
        sequence.rootIsLeaf = m_inners[root].aboveLeaves;
        (sequence.rootIsLeaf ? m_leaves[sequence.root].parent : m_inners[sequence.root].parent) =
            kNone;
        m_inners.release(root);
    }
}

// --- building ---

namespace {

/// Nodes are left with some room, so that the first edits do not split them all.
constexpr std::uint32_t filled(std::uint32_t slots) { return slots - slots / 7; }

} // namespace

std::uint32_t SequenceTree::Builder::append(ItemRef item, std::uint32_t visible)
{
    if (m_leaf == kNone || m_tree.m_leaves[m_leaf].count == filled(kLeafSlots)) {
        const std::uint32_t made = m_tree.m_leaves.allocate();
        Leaf& leaf = m_tree.m_leaves[made];
        leaf.owner = m_owner;
        leaf.previous = m_leaf;
        if (m_leaf == kNone) {
            m_tree.m_sequences[m_owner].first = made;
        } else {
            m_tree.m_leaves[m_leaf].next = made;
            m_sums.push_back(m_sum);
        }
        m_nodes.push_back(made);
        m_leaf = made;
        m_sum = 0;
    }
    Leaf& leaf = m_tree.m_leaves[m_leaf];
    leaf.item[leaf.count] = item;
    leaf.visible[leaf.count] = visible;
    ++leaf.count;
    m_sum += visible;
    return m_leaf;
}

void SequenceTree::Builder::finish()
{
    if (m_leaf == kNone) {
        return;
    }
    m_sums.push_back(m_sum);
    bool aboveLeaves = true;
    for (; m_nodes.size() > 1; aboveLeaves = false) {
        // As many nodes as are needed, all about equally full.
        const std::size_t children = m_nodes.size();
        const std::size_t parents = (children + filled(kInnerSlots) - 1) / filled(kInnerSlots);
        for (std::size_t parent = 0, child = 0; parent < parents; ++parent) {
            const std::uint32_t made = m_tree.m_inners.allocate();
            Inner& inner = m_tree.m_inners[made];
            inner.aboveLeaves = aboveLeaves;
            std::uint32_t sum = 0;
            for (; child < children * (parent + 1) / parents; ++child) {
                inner.child[inner.count] = m_nodes[child];
                inner.visible[inner.count] = m_sums[child];
                sum += m_sums[child];
                m_tree.setParent(inner, made, m_nodes[child]);
                ++inner.count;
            }
            m_nodes[parent] = made;
            m_sums[parent] = sum;
        }
        m_nodes.resize(parents);
        m_sums.resize(parents);
    }
    m_tree.m_latest = {};
    Sequence& sequence = m_tree.m_sequences[m_owner];
    sequence.root = m_nodes.front();
    sequence.last = m_leaf;
    sequence.rootIsLeaf = aboveLeaves;
}

// --- checking ---

namespace {

void require(bool condition)
{
    if (!condition) {
        std::abort();
    }
}

} // namespace

std::uint32_t SequenceTree::checkNode(
    std::uint32_t node, bool isLeaf, std::uint32_t parent, std::uint32_t& nextLeaf) const
{
    if (isLeaf) {
        const Leaf& leaf = m_leaves[node];
        require(leaf.parent == parent && leaf.count > 0 && leaf.count <= kLeafSlots);
        require(node == nextLeaf);
        nextLeaf = leaf.next;
        for (std::uint32_t i = 0; i < leaf.count; ++i) {
            require(m_items[leaf.item[i]].place == node);
            require(m_items[leaf.item[i]].visible() == leaf.visible[i]);
        }
        return sumOf(leaf);
    }
    const Inner& inner = m_inners[node];
    require(inner.parent == parent && inner.count > 0 && inner.count <= kInnerSlots);
    for (std::uint32_t i = 0; i < inner.count; ++i) {
        require(checkNode(inner.child[i], inner.aboveLeaves, node, nextLeaf) == inner.visible[i]);
    }
    return sumOf(inner);
}

void SequenceTree::check(TypeIndex owner) const
{
    const Sequence& sequence = m_sequences[owner];
    if (sequence.root == kNone) {
        require(sequence.first == kNone && sequence.last == kNone);
        return;
    }
    std::uint32_t nextLeaf = sequence.first;
    static_cast<void>(checkNode(sequence.root, sequence.rootIsLeaf, kNone, nextLeaf));
    require(nextLeaf == kNone);
}

} // namespace tutti::crdt::detail
