// SPDX-License-Identifier: MIT
#include "crdt/detail/graph.h"

#include <cassert>
#include <cstdlib>
#include <iterator>

namespace tutti::crdt::detail {

// --- looking up ---

std::uint32_t Graph::endOf(const Peer& peer, PeerRuns::Position at) const noexcept
{
    return peer.runs.next(at) ? peer.runs[at].clock : peer.end;
}

ItemRef Graph::leftOf(ItemRef item) const noexcept
{
    return items[item].has(Item::kInMap) ? types.links()[items[item].place].left
                                         : tree.previous(item);
}

ItemRef Graph::rightOf(ItemRef item) const noexcept
{
    return items[item].has(Item::kInMap) ? types.links()[items[item].place].right : tree.next(item);
}

TypeIndex Graph::ownerOf(ItemRef item) const noexcept
{
    return items[item].has(Item::kInMap) ? types.chain(chainOf(item)).owner : tree.ownerOf(item);
}

bool Graph::sameList(ItemRef a, ItemRef b) const noexcept
{
    const bool inMap = items[a].has(Item::kInMap);
    if (inMap != items[b].has(Item::kInMap)) {
        return false;
    }
    return inMap ? chainOf(a) == chainOf(b) : tree.ownerOf(a) == tree.ownerOf(b);
}

ItemRef Graph::firstInChain(std::uint32_t chain) const noexcept { return types.chain(chain).first; }

// --- cutting ---

ItemRef Graph::startingAt(LocalId id)
{
    PeerRuns& runs = peers[id.peer].runs;
    const PeerRuns::Position at = runs.find(id.clock);
    const ItemRef item = runs[at].item;
    if (item == kNone) {
        return kNone;
    }
    if (items[item].id.clock != id.clock) {
        return splitAt(runs, at, id.clock - items[item].id.clock);
    }
    if (items[item].has(Item::kContinues)) {
        items[item].clear(Item::kContinues);
        cuts.push_back(id);
    }
    return item;
}

ItemRef Graph::endingAt(LocalId id)
{
    PeerRuns& runs = peers[id.peer].runs;
    PeerRuns::Position at = runs.find(id.clock);
    const ItemRef item = runs[at].item;
    if (item == kNone) {
        return kNone;
    }
    if (items[item].end() != id.clock + 1) {
        splitAt(runs, at, id.clock + 1 - items[item].id.clock);
        return item;
    }
    if (runs.next(at) && !runs[at].isGc() && items[runs[at].item].has(Item::kContinues)) {
        items[runs[at].item].clear(Item::kContinues);
        cuts.push_back(items[runs[at].item].id);
    }
    return item;
}

ItemRef Graph::split(ItemRef item, std::uint32_t at)
{
    PeerRuns& runs = peers[items[item].id.peer].runs;
    return splitAt(runs, runs.find(items[item].id.clock), at);
}

ItemRef Graph::splitAt(PeerRuns& runs, PeerRuns::Position position, std::uint32_t at)
{
    const ItemRef leftRef = runs[position].item;
    const ItemRef rightRef = items.allocate();
    Item& left = items[leftRef];
    Item& right = items[rightRef];
    assert(isSplittable(left.kind) && at > 0 && at < left.length);

    right.id = left.id.plus(at);
    right.origin = left.id.plus(at - 1);
    right.rightOrigin = left.rightOrigin;
    right.kind = left.kind;
    if (left.deleted()) {
        right.set(Item::kDeleted);
    }
    if (left.has(Item::kKeep)) {
        right.set(Item::kKeep);
    }
    if (left.has(Item::kRedone)) {
        right.set(Item::kRedone);
        redone.emplace(key(right.id), redone.at(key(left.id)).plus(at));
    }
    const std::uint32_t rest = left.length - at;
    switch (left.kind) {
    case Kind::String:
        if (text.split(left, at, right)) {
            cutPairs.push_back(right.id);
        }
        break;
    case Kind::Any:
    case Kind::Json: {
        Any::Array& values = std::get<Any::Array>(value(left));
        setValue(right,
            Any::Array(std::make_move_iterator(values.begin() + at),
                std::make_move_iterator(values.end())));
        values.resize(at);
        break;
    }
    default:
        break;
    }
    left.length = at;
    right.length = rest;
    runs.insertAfter(position, {right.id.clock, rightRef});
    if (left.has(Item::kInMap)) {
        linkInChain(chainOf(leftRef), leftRef, rightRef);
    } else {
        const SequenceTree::Cursor cursor = tree.cursorOf(leftRef);
        tree.update(cursor);
        tree.insertAfter(tree.ownerOf(leftRef), cursor, rightRef);
    }
    cuts.push_back(right.id);
    return rightRef;
}

// --- joining ---

Graph::Fit Graph::fits(const RunEntry& leftEntry, const RunEntry& rightEntry) const
{
    if (leftEntry.isGc() || rightEntry.isGc()) {
        return leftEntry.isGc() && rightEntry.isGc() ? Fit::AsOne : Fit::No;
    }
    const Item& left = items[leftEntry.item];
    const Item& right = items[rightEntry.item];
    if (right.origin != left.lastId() || right.rightOrigin != left.rightOrigin
        || right.kind != left.kind || !isSplittable(left.kind) || left.deleted() != right.deleted()
        || left.has(Item::kRedone) || right.has(Item::kRedone)
        || left.has(Item::kInMap) != right.has(Item::kInMap)
        || rightOf(leftEntry.item) != rightEntry.item) {
        return Fit::No;
    }
    if (left.kind == Kind::Deleted || left.length + right.length <= kMaxRun) {
        return Fit::AsOne;
    }
    return Fit::Continuing;
}

Graph::Joined Graph::joinLeftwards(PeerIndex peerIndex, PeerRuns::Position at)
{
    Joined result{at, 0};
    Peer& peer = peers[peerIndex];
    for (PeerRuns::Position left = at; peer.runs.previous(left); left = result.at) {
        const RunEntry rightEntry = peer.runs[result.at];
        const bool known = !rightEntry.isGc() && items[rightEntry.item].has(Item::kContinues);
        const Fit fit = fits(peer.runs[left], rightEntry);
        // A known continuation has nothing to gain to its left: that was tried when it was made.
        if (fit == Fit::No || (known && fit == Fit::Continuing)) {
            break;
        }
        if (!known) {
            ++result.structs;
        }
        if (fit == Fit::AsOne) {
            if (!rightEntry.isGc()) {
                absorb(peer.runs[left].item, rightEntry.item);
            }
            result.at = peer.runs.erase(result.at);
        } else {
            items[rightEntry.item].set(Item::kContinues);
            result.at = left;
        }
    }
    return result;
}

void Graph::absorb(ItemRef leftRef, ItemRef rightRef)
{
    Item& left = items[leftRef];
    Item& right = items[rightRef];
    const bool inMap = left.has(Item::kInMap);
    if (inMap) {
        unlinkFromChain(rightRef);
    } else {
        tree.remove(rightRef);
    }
    switch (left.kind) {
    case Kind::String:
        text.join(left, right);
        break;
    case Kind::Any:
    case Kind::Json: {
        Any::Array& from = std::get<Any::Array>(value(right));
        Any::Array& to = std::get<Any::Array>(value(left));
        to.insert(
            to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
        left.length += right.length;
        releaseContent(right);
        break;
    }
    default:
        left.length += right.length;
        break;
    }
    if (right.has(Item::kKeep)) {
        left.set(Item::kKeep);
    }
    items.release(rightRef);
    if (!inMap) {
        tree.update(leftRef);
    }
}

// --- content ---

void Graph::setValue(Item& item, Payload newValue)
{
    if (m_freeValues.empty()) {
        item.content = static_cast<std::uint32_t>(m_values.size());
        m_values.push_back(std::move(newValue));
    } else {
        item.content = m_freeValues.back();
        m_freeValues.pop_back();
        m_values[item.content] = std::move(newValue);
    }
}

void Graph::releaseContent(Item& item)
{
    switch (item.kind) {
    case Kind::String:
        text.release(item);
        break;
    case Kind::Json:
    case Kind::Binary:
    case Kind::Embed:
    case Kind::Format:
    case Kind::Any:
    case Kind::Doc:
        m_values[item.content] = {};
        m_freeValues.push_back(item.content);
        break;
    default:
        break;
    }
    item.content = kNone;
}

// --- linking ---

ItemRef Graph::append(Item item)
{
    Peer& peer = peers[item.id.peer];
    assert(item.length > 0 && item.id.clock == peer.end);
    const ItemRef ref = items.allocate();
    items[ref] = item;
    peer.runs.append({item.id.clock, ref});
    peer.end += item.length;
    return ref;
}

void Graph::appendGc(PeerIndex peerIndex, std::uint32_t length)
{
    Peer& peer = peers[peerIndex];
    peer.runs.append({peer.end, RunEntry::kGc});
    peer.end += length;
}

void Graph::linkInSequence(TypeIndex owner, ItemRef left, ItemRef item)
{
    tree.insertAfter(owner, left == kNone ? SequenceTree::Cursor{} : tree.cursorOf(left), item);
}

void Graph::linkInChain(std::uint32_t chain, ItemRef left, ItemRef item)
{
    const std::uint32_t place = types.links().allocate();
    const ItemRef right =
        left == kNone ? firstInChain(chain) : types.links()[items[left].place].right;
    types.links()[place] = {.left = left, .right = right, .chain = chain};
    items[item].place = place;
    items[item].set(Item::kInMap);
    if (left != kNone) {
        types.links()[items[left].place].right = item;
    } else {
        types.chain(chain).first = item;
    }
    if (right != kNone) {
        types.links()[items[right].place].left = item;
    } else {
        types.chain(chain).current = item;
    }
}

void Graph::unlinkFromChain(ItemRef item)
{
    const std::uint32_t place = items[item].place;
    const MapLink link = types.links()[place];
    if (link.left != kNone) {
        types.links()[items[link.left].place].right = link.right;
    } else {
        types.chain(link.chain).first = link.right;
    }
    if (link.right != kNone) {
        types.links()[items[link.right].place].left = link.left;
    } else {
        types.chain(link.chain).current = link.left;
    }
    types.links().release(place);
}

void Graph::turnIntoGc(ItemRef ref)
{
    Item& item = items[ref];
    PeerRuns& runs = peers[item.id.peer].runs;
    runs[runs.find(item.id.clock)].item = RunEntry::kGc;
    if (item.has(Item::kInMap)) {
        types.links().release(item.place);
    }
    if (item.has(Item::kRedone)) {
        redone.erase(key(item.id));
    }
    releaseContent(item);
    items.release(ref);
}

void Graph::dropLists(TypeIndex type)
{
    tree.clear(type);
    types.removeNested(type);
}

// --- checking ---

void Graph::check() const
{
    const auto require = [](bool condition) {
        if (!condition) {
            std::abort();
        }
    };
    std::size_t seen = 0;
    for (PeerIndex index = 0; index < peers.size(); ++index) {
        const Peer& peer = peers[index];
        require(peer.runs.empty() == (peer.end == 0));
        if (peer.runs.empty()) {
            continue;
        }
        std::uint32_t clock = 0;
        ItemRef before = kNone;
        PeerRuns::Position at = peer.runs.first();
        do {
            const RunEntry entry = peer.runs[at];
            require(entry.clock == clock);
            clock = endOf(peer, at);
            require(clock > entry.clock);
            if (!entry.isGc()) {
                ++seen;
                const Item& item = items[entry.item];
                require(item.id == LocalId(index, entry.clock) && item.end() == clock);
                if (item.has(Item::kContinues)) {
                    require(before != kNone && rightOf(before) == entry.item);
                    require(items[before].kind == item.kind);
                    require(items[before].deleted() == item.deleted());
                    require(item.origin == items[before].lastId());
                }
                const ItemRef left = leftOf(entry.item);
                require(left == kNone || rightOf(left) == entry.item);
                if (item.has(Item::kInMap)) {
                    const MapChain& chain = types.chain(chainOf(entry.item));
                    require((left == kNone) == (chain.first == entry.item));
                    require((rightOf(entry.item) == kNone) == (chain.current == entry.item));
                }
            }
            before = entry.item;
        } while (peer.runs.next(at));
        require(clock == peer.end);
    }
    require(seen == items.size());
    for (TypeIndex type = 0; type < types.size(); ++type) {
        tree.check(type);
    }
}

} // namespace tutti::crdt::detail
