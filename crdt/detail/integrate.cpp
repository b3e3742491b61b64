// SPDX-License-Identifier: MIT
//
// Putting new structs in and taking units out: Yjs's Item.integrate and Item.delete.
#include "crdt/detail/format_attributes.h"
#include "crdt/detail/store.h"
#include "crdt/utf.h"

#include <algorithm>
#include <cassert>
#include <iterator>

namespace tutti::crdt::detail {

namespace {

/// How many of the units from `from` go into the next run: at most kMaxRun, and never one half
/// of a surrogate pair.
std::uint32_t runLength(const Store::NewContent& content, std::uint32_t from)
{
    const std::uint32_t left = content.length - from;
    const bool capped =
        content.kind == Kind::String || content.kind == Kind::Any || content.kind == Kind::Json;
    if (!capped || left <= kMaxRun) {
        return left;
    }
    const bool cutsPair = !content.wide.empty() && isHighSurrogate(content.wide[from + kMaxRun - 1])
        && isLowSurrogate(content.wide[from + kMaxRun]);
    return cutsPair ? kMaxRun - 1 : kMaxRun;
}

} // namespace

/// Gives a new item what it holds when that is one value.
void Store::setPayload(Item& item, Payload payload)
{
    if (item.kind == Kind::Doc) {
        placeSubdocument(std::get<std::shared_ptr<SubdocumentState>>(payload), item.id);
    } else if (item.kind == Kind::Format) {
        if (FormatMark& mark = std::get<FormatMark>(payload);
            mark.identity == 0 && isObject(mark.value)) {
            mark.identity = nextIdentity();
        }
    }
    graph.setValue(item, std::move(payload));
}

/// Makes one run of the struct's units and links it behind `left`.
void Store::addRun(Placement& placement, std::uint32_t from, std::uint32_t units, ItemRef left)
{
    NewContent& content = placement.content;
    Item item;
    item.id = placement.id.plus(from);
    item.origin = from == 0 ? placement.origin : placement.id.plus(from - 1);
    item.rightOrigin = placement.rightOrigin;
    item.kind = content.kind;
    item.length = units;
    if (from > 0) {
        item.set(Item::kContinues);
    }
    const ItemRef ref = graph.append(item);
    Item& added = graph.items[ref];
    switch (content.kind) {
    case Kind::String:
        if (content.wide.empty()) {
            graph.text.assignAscii(added, content.ascii.substr(from, units));
        } else {
            graph.text.assign(added, content.wide.substr(from, units));
        }
        break;
    case Kind::Any:
    case Kind::Json:
        graph.setValue(added,
            Any::Array(std::make_move_iterator(content.values.begin() + from),
                std::make_move_iterator(content.values.begin() + from + units)));
        break;
    case Kind::Doc:
    case Kind::Format:
    case Kind::Binary:
    case Kind::Embed:
        setPayload(added, std::move(content.value));
        break;
    case Kind::Type:
        added.content = addNestedType(content.typeRef, std::move(content.typeName), ref);
        break;
    case Kind::Deleted:
        added.set(Item::kDeleted);
        noteDeleted(added);
        break;
    case Kind::Gc:
    case Kind::Skip:
        assert(false);
        break;
    }
    if (placement.inMap) {
        graph.linkInChain(graph.types.findOrAddChain(placement.parent, placement.key), left, ref);
    } else {
        graph.linkInSequence(placement.parent, left, ref);
    }
}

void Store::integrate(Placement& placement)
{
    if (placement.left != kNone || placement.right != kNone) {
        const ItemRef neighbour = placement.left != kNone ? placement.left : placement.right;
        placement.parent = graph.ownerOf(neighbour);
        placement.inMap = graph.items[neighbour].has(Item::kInMap);
        if (placement.inMap) {
            placement.key = graph.types.chain(graph.chainOf(neighbour)).key;
        }
        // Only a broken peer names neighbours in two lists; the left one counts.
        if (placement.right != kNone && !graph.sameList(neighbour, placement.right)) {
            placement.right = kNone;
        }
    }
    const std::uint32_t chain =
        placement.inMap ? graph.types.findOrAddChain(placement.parent, placement.key) : kNone;
    const bool neighboursApart = placement.left == kNone
        ? placement.right == kNone || graph.leftOf(placement.right) != kNone
        : graph.rightOf(placement.left) != placement.right;
    if (m_conflicts != nullptr && placement.left != kNone
        && graph.items[placement.left].lastId() != placement.origin) {
        m_conflicts->clear(); // it will stand to the left of its own origin
    }
    ItemRef left = neighboursApart ? resolveConflicts(placement, chain) : placement.left;

    noteGrowth(placement.id.peer);
    const ItemRef leftOfAll = left;
    const std::uint32_t total = placement.content.length;
    for (std::uint32_t from = 0; from < total;) {
        const std::uint32_t units = runLength(placement.content, from);
        addRun(placement, from, units, left);
        const PeerRuns& runs = graph.peers[placement.id.peer].runs;
        left = runs[runs.last()].item;
        if (from == 0) {
            rememberSibling(placement, chain, left);
        }
        from += units;
    }
    if (placement.content.kind == Kind::Format) {
        graph.types[placement.parent].hasFormatting = true;
    }
    noteChanged(placement.parent, chain);

    const bool newest = graph.rightOf(left) == kNone;
    if (placement.inMap && newest && leftOfAll != kNone) {
        removeWholeStruct(leftOfAll); // the value this one replaces
    }
    const ItemRef holder = graph.types[placement.parent].item;
    const bool parentGone = holder != kNone && graph.items[holder].deleted();
    if (parentGone || (placement.inMap && !newest)) {
        removeWholeStruct(left);
    }
}

void Store::integrateGc(PeerIndex peer, std::uint32_t length)
{
    noteGrowth(peer);
    graph.appendGc(peer, length);
}

void Store::removeWholeStruct(ItemRef ref)
{
    // The runs of one struct follow each other in clock: to the right while they continue it,
    // to the left until one begins it.
    const Item& item = graph.items[ref];
    const PeerRuns& runs = graph.peers[item.id.peer].runs;
    PeerRuns::Position at = runs.find(item.id.clock);
    for (PeerRuns::Position next = at; runs.next(next) && !runs[next].isGc()
        && graph.items[runs[next].item].has(Item::kContinues);) {
        at = next;
    }
    for (;;) {
        const ItemRef run = runs[at].item;
        remove(run);
        if (!graph.items[run].has(Item::kContinues) || !runs.previous(at)) {
            break;
        }
    }
}

void Store::remove(ItemRef first)
{
    std::vector<ItemRef> pending; // children of deleted types: rare, so no allocation as a rule
    const auto removeOne = [this, &pending](ItemRef ref) {
        Item& item = graph.items[ref];
        const TypeIndex owner = graph.ownerOf(ref);
        item.set(Item::kDeleted);
        if (!item.has(Item::kInMap)) {
            graph.tree.update(ref);
        }
        noteDeleted(item);
        noteChanged(owner, item.has(Item::kInMap) ? graph.chainOf(ref) : kNone);
        if (item.kind == Kind::Doc) {
            removeSubdocument(std::get<std::shared_ptr<SubdocumentState>>(graph.value(item)));
        }
        if (item.kind != Kind::Type) {
            return;
        }
        const TypeIndex type = item.content;
        const auto known = static_cast<std::ptrdiff_t>(pending.size());
        for (auto at = graph.tree.first(type); !at.isNone(); at = graph.tree.next(at)) {
            pending.push_back(graph.tree.itemAt(at));
        }
        for (const std::uint32_t chain : graph.types[type].chains) {
            ItemRef value = graph.types.chain(chain).current;
            while (value != kNone) { // one struct, but maybe of several runs
                pending.push_back(value);
                value = graph.items[value].has(Item::kContinues) ? graph.leftOf(value) : kNone;
            }
        }
        std::reverse(pending.begin() + known, pending.end()); // the first child is next
    };
    // A child that was deleted before will be forgotten with its type and may then be joined with
    // its neighbours: tried in the order of the children, and of theirs (Yjs: ContentType.delete).
    const auto noteForgotten = [this](LocalId id) {
        const Peer& peer = graph.peers[id.peer];
        if (id.clock < (peer.touchedIn == m_open->serial ? peer.endBefore : peer.end)) {
            graph.cuts.push_back(id);
        }
    };
    if (!graph.items[first].deleted()) {
        removeOne(first);
    }
    while (!pending.empty()) {
        const ItemRef next = pending.back();
        pending.pop_back();
        if (graph.items[next].deleted()) {
            noteForgotten(graph.items[next].id);
        } else {
            removeOne(next);
        }
    }
}

} // namespace tutti::crdt::detail
