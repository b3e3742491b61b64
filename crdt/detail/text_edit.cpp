// SPDX-License-Identifier: MIT
//
// Local edits of plain text: Yjs's YText.js (insertText, deleteText) on the tree.
#include "crdt/detail/random_id.h"
#include "crdt/detail/store.h"
#include "crdt/detail/text_cursor.h"
#include "crdt/utf.h"

#include <algorithm>
#include <cassert>
#include <string>

namespace tutti::crdt::detail {

/// The offset itself, or the start of the surrogate pair it would cut.
std::uint32_t Store::pairStart(TypeIndex type, std::uint32_t index) const
{
    if (index == 0 || index >= graph.length(type)) {
        return index;
    }
    const SequenceTree::Hit hit = graph.tree.unitAt(type, index);
    const Item& item = graph.items[graph.tree.itemAt(hit.at)];
    // Pairs never reach over two runs: see runLength and TextHeap::split.
    if (hit.offset == 0 || item.kind != Kind::String || !TextHeap::isWide(item)) {
        return index;
    }
    const bool cut = isLowSurrogate(graph.text.unitAt(item, hit.offset))
        && isHighSurrogate(graph.text.unitAt(item, hit.offset - 1));
    return cut ? index - 1 : index;
}

/// Adds to the run that ends at the gap, when that is what Yjs would end up with: a live run of
/// our own, the newest, with nothing new to its right.
bool Store::growRun(TypeIndex type, const SequenceTree::Hit& gap, std::u16string_view text)
{
    const ItemRef ref = graph.tree.itemAt(gap.at);
    Item& item = graph.items[ref];
    Peer& peer = graph.peers[m_self];
    if (item.kind != Kind::String || item.id.peer != m_self || item.end() != peer.end
        || gap.offset != item.length || item.has(Item::kRedone)
        || item.has(Item::kKeep) // what is typed is not kept, should it be deleted at once
        || item.length + text.size() > kMaxRun) {
        return false;
    }
    const SequenceTree::Cursor behind = graph.tree.next(gap.at);
    LocalId rightId;
    if (!behind.isNone()) {
        const Item& right = graph.items[graph.tree.itemAt(behind)];
        if (right.deleted()) {
            return false; // text goes behind tombstones
        }
        rightId = right.id;
    }
    if (rightId != item.rightOrigin) {
        return false;
    }
    noteGrowth(m_self);
    noteChanged(type);
    graph.text.append(item, text);
    peer.end += static_cast<std::uint32_t>(text.size());
    graph.tree.update(gap.at);
    return true;
}

/// Clocks end at 2^32 - 1. Who has used them up goes on under another id.
void Store::makeRoomForClocks(std::size_t units)
{
    if (units > kNone - graph.peers[m_self].end) {
        setClientId(randomClientId());
    }
}

void Store::insertText(TypeIndex type, std::uint32_t index, std::u16string_view text)
{
    if (text.empty()) {
        return;
    }
    if (!isWellFormed(text)) {
        insertText(type, index, toWellFormed(text));
        return;
    }
    assert(inTransaction());
    index = pairStart(type, std::min(index, graph.length(type)));
    makeRoomForClocks(text.size());

    const SequenceTree::Hit gap = graph.tree.gapAt(type, index);
    const bool plain = !graph.types[type].hasFormatting;
    if (!gap.at.isNone() && plain && growRun(type, gap, text)) {
        return;
    }

    if (!plain) {
        TextCursor cursor(*this, type);
        cursor.advance(index);
        cursor.insertText(text, nullptr);
        return;
    }
    LocalPlace place{.parent = type};
    if (gap.at.isNone()) {
        const SequenceTree::Cursor first = graph.tree.first(type);
        place.right = first.isNone() ? kNone : graph.tree.itemAt(first);
    } else {
        const ItemRef item = graph.tree.itemAt(gap.at);
        place.left = graph.endingAt(graph.items[item].id.plus(gap.offset - 1));
        place.right = graph.rightOf(place.left);
    }
    while (place.right != kNone && graph.items[place.right].deleted()) {
        place.left = place.right;
        place.right = graph.rightOf(place.left);
    }
    std::string ascii;
    insertLocal(place, textContent(text, ascii));
}

void Store::eraseText(TypeIndex type, std::uint32_t index, std::uint32_t count)
{
    assert(inTransaction());
    const std::uint32_t total = graph.length(type);
    if (index >= total || count == 0) {
        return;
    }
    const std::uint32_t begin = pairStart(type, index);
    std::uint32_t end = count > total - index ? total : index + count;
    if (pairStart(type, end) != end) {
        ++end; // inside a pair: take all of it
    }
    if (graph.types[type].hasFormatting) {
        TextCursor cursor(*this, type);
        cursor.advance(begin);
        cursor.erase(end - begin);
    } else {
        eraseUnits(type, begin, end);
    }
}

/// Deletes the visible units [begin, end) of a sequence. Requires: begin < end, within its length.
void Store::eraseUnits(TypeIndex type, std::uint32_t begin, std::uint32_t end)
{
    SequenceTree::Hit hit = graph.tree.unitAt(type, begin);
    ItemRef ref = graph.tree.itemAt(hit.at);
    // The cut may fall between two runs that are one struct.
    ref = graph.startingAt(graph.items[ref].id.plus(hit.offset));
    SequenceTree::Cursor at = graph.tree.cursorOf(ref);
    for (std::uint32_t left = end - begin; left > 0; at = graph.tree.next(at)) {
        const std::uint32_t visible = graph.tree.visibleAt(at);
        if (visible == 0) {
            continue;
        }
        ref = graph.tree.itemAt(at);
        if (visible >= left) {
            graph.endingAt(graph.items[ref].id.plus(left - 1));
            remove(ref);
            break;
        }
        left -= visible;
        remove(ref);
    }
}

} // namespace tutti::crdt::detail
