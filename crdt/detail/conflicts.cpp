// SPDX-License-Identifier: MIT
//
// Where a new struct goes among those that others wrote at the same place: the heart of
// Yjs's Item.integrate.
#include "crdt/detail/placed_siblings.h"
#include "crdt/detail/store.h"

#include <unordered_map>

namespace tutti::crdt::detail {

namespace {

/// Looks from the left neighbour to the right for the place of one struct.
///
/// Yjs keeps two sets while it does: `itemsBeforeOrigin`, all it has passed, and
/// `conflictingItems`, those behind the left neighbour as far as that has moved. Membership in
/// them is a matter of order, so comparing places does.
class ConflictSearch
{
public:
    ConflictSearch(const Graph& graph, const Store::Placement& placement, std::uint32_t chain)
        : m_graph(graph)
        , m_placement(placement)
        , m_chain(chain)
        , m_client(graph.peers[placement.id.peer].client)
    { }

    /// Begins behind the left neighbour or, when it is given, behind an item of the same origin
    /// that the search from there is known to reach and to take. False when that is not enough to
    /// find the place.
    [[nodiscard]] bool run(ItemRef from)
    {
        m_from = from;
        m_left = from == kNone ? m_placement.left : from;
        m_previous = from;
        m_numbers.clear();
        start();
        for (; m_other != kNone && m_other != m_placement.right; advance()) {
            ++m_steps;
            const Item& item = m_graph.items[m_other];
            if (item.origin == m_placement.origin) {
                if (m_graph.peers[item.id.peer].client < m_client) {
                    m_left = m_other;
                } else if (item.rightOrigin == m_placement.rightOrigin) {
                    return true;
                }
                continue;
            }
            switch (sideOf(item)) {
            case Side::Outside:
                return true;
            case Side::Left:
                m_left = m_other;
                break;
            case Side::Right:
                break;
            case Side::Unknown:
                return false;
            }
        }
        return true;
    }

    [[nodiscard]] ItemRef left() const noexcept { return m_left; }
    [[nodiscard]] std::uint32_t steps() const noexcept { return m_steps; }

    /// Whether the search ended at a right neighbour that belongs to what it passed. No writer
    /// can have seen that one next to the left neighbour.
    [[nodiscard]] bool endedInside() const
    {
        if (m_other == kNone || m_other != m_placement.right) {
            return false;
        }
        const Item& right = m_graph.items[m_other];
        if (right.origin == m_placement.origin || right.origin.isNone()) {
            return false;
        }
        const ItemRef origin = m_graph.find(right.origin);
        return m_chain != kNone || origin == kNone || isPassed(origin);
    }

private:
    /// Where the origin of an item stands that has another origin than the new struct.
    enum class Side : std::uint8_t {
        Outside, ///< not among the items that were passed
        Left, ///< at or before the left neighbour, as far as that has moved
        Right, ///< behind it
        Unknown, ///< cannot be told, since the search did not begin at the left neighbour
    };

    void start()
    {
        m_other = m_left != kNone ? m_graph.rightOf(m_left)
            : m_chain != kNone    ? m_graph.firstInChain(m_chain)
                                  : kNone;
        if (m_chain == kNone && m_left == kNone && !m_graph.tree.empty(m_placement.parent)) {
            m_other = m_graph.tree.itemAt(m_graph.tree.first(m_placement.parent));
        }
        m_unnumbered = m_from != kNone ? m_from : m_other;
        if (m_chain == kNone && m_other != kNone) {
            m_at = m_graph.tree.cursorOf(m_other);
        }
    }

    void advance()
    {
        m_previous = m_other;
        if (m_chain != kNone) {
            m_other = m_graph.rightOf(m_other);
            return;
        }
        m_at = m_graph.tree.next(m_at);
        m_other = m_at.isNone() ? kNone : m_graph.tree.itemAt(m_at);
    }

    [[nodiscard]] Side sideOf(const Item& item)
    {
        if (item.origin.isNone()) {
            return Side::Outside;
        }
        if (m_previous != kNone && m_graph.items[m_previous].lastId() == item.origin) {
            return m_previous == m_left ? Side::Left : Side::Right; // the rule: what was typed on
        }
        const ItemRef origin = m_graph.find(item.origin);
        if (origin == kNone) {
            return Side::Outside;
        }
        if (m_chain != kNone) {
            return sideInChain(origin);
        }
        if (!isPassed(origin) || m_graph.tree.isBefore(m_other, origin)) {
            return Side::Outside;
        }
        const bool moved = m_left != m_placement.left;
        return moved && !m_graph.tree.isBefore(m_left, origin) ? Side::Left : Side::Right;
    }

    /// For items of a sequence: whether the item stands behind the left neighbour. What it is asked
    /// of is in the same sequence, since an item is where its origin is.
    [[nodiscard]] bool isPassed(ItemRef origin) const
    {
        return m_placement.left == kNone || m_graph.tree.isBefore(m_placement.left, origin);
    }

    /// The items of a chain cannot compare their places: those that were passed are numbered.
    [[nodiscard]] Side sideInChain(ItemRef origin)
    {
        for (; m_unnumbered != m_other; m_unnumbered = m_graph.rightOf(m_unnumbered)) {
            m_numbers.emplace(m_unnumbered, m_numbers.size());
        }
        const auto found = m_numbers.find(origin);
        if (found == m_numbers.end()) {
            return m_from == kNone ? Side::Outside : Side::Unknown;
        }
        const bool moved = m_left != m_placement.left;
        return moved && found->second <= m_numbers.at(m_left) ? Side::Left : Side::Right;
    }

    const Graph& m_graph;
    const Store::Placement& m_placement;
    std::uint32_t m_chain;
    std::uint64_t m_client;
    ItemRef m_from = kNone;
    ItemRef m_left = kNone;
    ItemRef m_previous = kNone;
    ItemRef m_other = kNone;
    SequenceTree::Cursor m_at; ///< of m_other, in a sequence
    std::uint32_t m_steps = 0;
    std::unordered_map<ItemRef, std::size_t> m_numbers; ///< in a chain, when needed
    ItemRef m_unnumbered = kNone; ///< the first that was passed and has none
};

PlacedSiblings::Place siblingPlace(const Store::Placement& placement, std::uint32_t chain)
{
    const bool inMap = chain != kNone;
    return {inMap ? chain : placement.parent, inMap, placement.origin, placement.rightOrigin};
}

} // namespace

ItemRef Store::resolveConflicts(const Placement& placement, std::uint32_t chain)
{
    ConflictSearch search(graph, placement, chain);
    const bool known = m_siblings != nullptr && !m_siblings->empty();
    const ItemRef from = known
        ? m_siblings->before(siblingPlace(placement, chain), graph.peers[placement.id.peer].client)
        : kNone;
    if (from == kNone || !search.run(from)) {
        (void)search.run(kNone);
    }
    if (known && search.endedInside()) {
        m_siblings->clear();
    }
    m_crowded = from != kNone || search.steps() >= crowd;
    return search.left();
}

void Store::rememberSibling(const Placement& placement, std::uint32_t chain, ItemRef item)
{
    if (m_crowded && m_siblings != nullptr) {
        m_siblings->add(
            siblingPlace(placement, chain), graph.peers[placement.id.peer].client, item);
    }
    m_crowded = false;
}

} // namespace tutti::crdt::detail
