// SPDX-License-Identifier: MIT
//
// Where a new struct goes among those that others wrote at the same place: the heart of
// Yjs's Item.integrate.
#include "crdt/detail/sibling_row.h"
#include "crdt/detail/store.h"

#include <unordered_map>
#include <utility>

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

    /// Begins at the left neighbour.
    void run()
    {
        startBehind(kNone, m_placement.left);
        (void)walk(nullptr);
    }

    /// Begins behind an item of the same origin in a chain that the search is known to reach and to
    /// take. False when that is not enough to find the place.
    [[nodiscard]] bool runFrom(ItemRef sibling)
    {
        startBehind(sibling, sibling);
        return walk(nullptr);
    }

    /// Asks the row first, walks from its horizon on, and lengthens the row as it goes. False when
    /// the row is of no use: it has not been changed, or has to be forgotten.
    [[nodiscard]] bool runAlong(SiblingRow& row)
    {
        const SequenceTree& tree = m_graph.tree;
        ItemRef stop = row.limit(m_placement.rightOrigin, m_client);
        const ItemRef right = m_placement.right;
        if (right != kNone && isKnown(row, right)) {
            if (m_graph.items[right].origin != m_placement.origin) {
                return false; // it was written behind a sibling
            }
            stop = stop == kNone || tree.isBefore(right, stop) ? right : stop;
        }
        const SiblingRow::Taken taken = row.lastBelow(m_client, stop, tree);
        constexpr std::size_t kBlocksAStep = 16; // they are passed that much faster
        m_steps += 1 + taken.blocks / kBlocksAStep;
        ItemRef left = m_placement.left;
        if (taken.sibling != kNone) {
            const ItemRef next = taken.next != kNone ? taken.next : stop;
            left = next != kNone ? tree.previous(next) : row.horizon();
        }
        if (stop != kNone) {
            m_left = left;
            m_other = stop;
            return true;
        }
        startBehind(row.horizon(), left);
        return walk(&row);
    }

    [[nodiscard]] ItemRef left() const noexcept { return m_left; }
    [[nodiscard]] std::uint64_t steps() const noexcept { return m_steps; }

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

    /// Goes on behind an item, or at the left neighbour, with the left neighbour as far as it has
    /// moved until there.
    void startBehind(ItemRef from, ItemRef left)
    {
        m_from = from;
        m_left = left;
        m_previous = from;
        m_numbers.clear();
        const ItemRef before = from != kNone ? from : m_placement.left;
        m_other = before != kNone ? m_graph.rightOf(before)
            : m_chain != kNone    ? m_graph.firstInChain(m_chain)
                                  : kNone;
        if (m_chain == kNone && before == kNone && !m_graph.tree.empty(m_placement.parent)) {
            m_other = m_graph.tree.itemAt(m_graph.tree.first(m_placement.parent));
        }
        m_unnumbered = m_from != kNone ? m_from : m_other;
        if (m_chain == kNone && m_other != kNone) {
            m_at = m_graph.tree.cursorOf(m_other);
        }
    }

    /// Yjs's rule, from m_other on. False when it cannot be told, or when the row is of no use.
    [[nodiscard]] bool walk(SiblingRow* row)
    {
        for (; m_other != kNone && m_other != m_placement.right; advance()) {
            ++m_steps;
            const Item& item = m_graph.items[m_other];
            if (item.origin == m_placement.origin) {
                const std::uint64_t client = m_graph.peers[item.id.peer].client;
                if (client < m_client) {
                    m_left = m_other;
                } else if (item.rightOrigin == m_placement.rightOrigin) {
                    return true;
                }
                if (row != nullptr) {
                    row->append(m_other, item.rightOrigin, client);
                    row->setHorizon(m_other);
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
            if (row != nullptr) {
                if (!isBehindLast(*row, item)) {
                    return false;
                }
                row->setHorizon(m_other);
            }
        }
        return true;
    }

    [[nodiscard]] bool isKnown(const SiblingRow& row, ItemRef item) const
    {
        return row.horizon() != kNone && !m_graph.tree.isBefore(row.horizon(), item)
            && isPassed(item);
    }

    /// Whether an item that the search passed was written behind the row's last sibling.
    [[nodiscard]] bool isBehindLast(const SiblingRow& row, const Item& item) const
    {
        const ItemRef last = row.last();
        if (last == kNone) {
            return false;
        }
        const ItemRef origin = m_graph.find(item.origin);
        return origin == last || m_graph.tree.isBefore(last, origin);
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
    std::uint64_t m_steps = 0;
    std::unordered_map<ItemRef, std::size_t> m_numbers; ///< in a chain, when needed
    ItemRef m_unnumbered = kNone; ///< the first that was passed and has none
};

PlacedSiblings::Place placeInChain(const Store::Placement& placement, std::uint32_t chain)
{
    return {chain, placement.origin, placement.rightOrigin};
}

std::array<std::uint32_t, 3> rowKey(const Store::Placement& placement)
{
    return {placement.parent, placement.origin.peer, placement.origin.clock};
}

} // namespace

ItemRef Store::resolveConflicts(const Placement& placement, std::uint32_t chain)
{
    ConflictSearch search(graph, placement, chain);
    if (m_conflicts == nullptr) {
        search.run();
        return search.left();
    }
    const bool mayDisturb = m_conflicts->mayBeDisturbed();
    if (chain != kNone) {
        const ItemRef from = m_conflicts->inChains.before(
            placeInChain(placement, chain), graph.peers[placement.id.peer].client);
        if (from == kNone || !search.runFrom(from)) {
            search.run();
        }
        m_crowded = from != kNone || search.steps() >= crowd;
    } else {
        const auto row = m_conflicts->rows.find(rowKey(placement));
        const bool hasRow = row != m_conflicts->rows.end() && row->second.has_value();
        if (!hasRow || !search.runAlong(*row->second)) {
            if (hasRow) {
                row->second.reset();
            }
            search.run();
        }
        if (row == m_conflicts->rows.end() && search.steps() >= crowd) {
            m_conflicts->rows.try_emplace(rowKey(placement), std::in_place);
        }
    }
    m_conflicts->steps += search.steps();
    if (mayDisturb && search.endedInside()) {
        m_conflicts->clear();
    }
    return search.left();
}

void Store::rememberSibling(const Placement& placement, std::uint32_t chain, ItemRef item)
{
    if (m_conflicts == nullptr) {
        return;
    }
    const std::uint64_t client = graph.peers[placement.id.peer].client;
    if (chain != kNone) {
        if (std::exchange(m_crowded, false)) {
            m_conflicts->inChains.add(placeInChain(placement, chain), client, item);
        }
        return;
    }
    if (m_conflicts->rows.empty()) {
        return;
    }
    const auto row = m_conflicts->rows.find(rowKey(placement));
    if (row != m_conflicts->rows.end() && row->second && row->second->horizon() != kNone
        && graph.tree.isBefore(item, row->second->horizon())) {
        row->second->insert(item, placement.rightOrigin, client, graph.tree);
    }
}

} // namespace tutti::crdt::detail
