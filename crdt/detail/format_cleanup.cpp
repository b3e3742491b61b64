// SPDX-License-Identifier: MIT
//
// Marks that no longer mean anything after somebody else's change are deleted, as every Yjs peer
// does it (YText.js: cleanupYTextAfterTransaction), so that all copies stay alike.
#include "crdt/detail/store.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace tutti::crdt::detail {

namespace {

const FormatMark& markOf(const Graph& graph, const Item& item)
{
    return std::get<FormatMark>(graph.value(item));
}

bool isLiveMark(const Item& item) { return item.kind == Kind::Format && !item.deleted(); }

} // namespace

/// Whether an applied update changed a text that has marks.
bool Store::needsFormatCleanup(const TransactionRecord& record) const
{
    if (record.local) {
        return false;
    }
    return std::ranges::any_of(record.changedTypes, [this](TypeIndex index) {
        const TypeEntry& type = graph.types[index];
        const bool isText = type.ref == TypeRef::Text || type.ref == TypeRef::XmlText;
        const bool gone = type.item != kNone && graph.items[type.item].deleted();
        return isText && type.hasFormatting && !gone;
    });
}

void Store::cleanUpFormats(const TransactionRecord& record)
{
    std::vector<TypeIndex> whole; // types in which marks came or went
    std::unordered_set<TypeIndex> isWhole;
    const auto addWhole = [&](TypeIndex type) {
        if (isWhole.insert(type).second) {
            whole.push_back(type);
        }
    };
    const auto forEachItem = [this](PeerIndex peerIndex, std::uint32_t from, std::uint32_t to,
                                 const auto& visit) {
        for (std::uint32_t clock = from; clock < to;) {
            const Peer& peer = graph.peers[peerIndex];
            const PeerRuns::Position at = peer.runs.find(clock);
            clock = graph.endOf(peer, at);
            if (!peer.runs[at].isGc()) {
                visit(peer.runs[at].item);
            }
        }
    };
    for (const TransactionRecord::Growth& growth : record.growth) {
        forEachItem(growth.peer, growth.before, growth.after, [&](ItemRef item) {
            if (isLiveMark(graph.items[item])) {
                addWhole(graph.ownerOf(item));
            }
        });
    }

    begin({});
    std::unordered_set<ItemRef> swept;
    const auto lookAround = [&](ItemRef item) {
        const TypeIndex type = graph.ownerOf(item);
        if (!graph.types[type].hasFormatting || isWhole.contains(type)) {
            return;
        }
        if (graph.items[item].kind == Kind::Format) {
            addWhole(type);
        } else if (!graph.items[item].has(Item::kInMap)) {
            dropRepeatedMarks(item, swept);
        }
    };
    // Yjs goes by client in the order of the first deletions; what comes before the first deleted
    // mark of a text is looked at on its own, what comes behind it is not.
    for (const PeerIndex peer : record.deletedPeers) {
        const auto ranges = std::ranges::equal_range(record.deletes, peer, {}, &LocalRange::peer);
        for (const LocalRange& range : ranges) {
            forEachItem(peer, range.clock, range.end(), lookAround);
        }
    }
    for (const TypeIndex type : whole) {
        dropLeadingMarks(type);
    }
    end();
}

/// Around a deleted item, of several marks for one key only the last one counts.
void Store::dropRepeatedMarks(ItemRef item, std::unordered_set<ItemRef>& swept)
{
    if (swept.contains(item)) {
        return; // a second sweep of a gap finds nothing
    }
    const auto isGap = [this](ItemRef ref) {
        return graph.items[ref].deleted() || !isCountable(graph.items[ref].kind);
    };
    for (ItemRef right = graph.rightOf(item); right != kNone && isGap(right);
        right = graph.rightOf(item)) {
        item = right;
    }
    std::set<std::string_view> seen;
    for (; item != kNone && isGap(item); item = graph.leftOf(item)) {
        swept.insert(item);
        if (isLiveMark(graph.items[item])
            && !seen.insert(markOf(graph, graph.items[item]).key).second) {
            remove(item);
        }
    }
}

/// Marks before the first content: those that are overruled there, and those that end what never
/// began, go. (Yjs walks the whole text, but its walk only ever finds something in this gap.)
std::size_t Store::dropLeadingMarks(TypeIndex type)
{
    std::vector<ItemRef> marks;
    std::unordered_map<std::string_view, ItemRef> lastOf;
    auto at = graph.tree.first(type);
    for (; !at.isNone() && graph.tree.visibleAt(at) == 0; at = graph.tree.next(at)) {
        const ItemRef item = graph.tree.itemAt(at);
        if (isLiveMark(graph.items[item])) {
            marks.push_back(item);
            lastOf[markOf(graph, graph.items[item]).key] = item;
        }
    }
    if (at.isNone()) {
        return 0; // the walk ends at content, and there is none
    }
    std::size_t dropped = 0;
    for (const ItemRef item : marks) {
        const FormatMark& mark = markOf(graph, graph.items[item]);
        if (lastOf.at(mark.key) != item || mark.value.isNull()) {
            remove(item);
            ++dropped;
        }
    }
    return dropped;
}

} // namespace tutti::crdt::detail
