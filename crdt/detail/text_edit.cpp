// SPDX-License-Identifier: MIT
//
// Local edits of plain text: Yjs's YText.js (insertText, deleteText) on the tree.
#include "crdt/detail/random_id.h"
#include "crdt/detail/store.h"
#include "crdt/utf.h"

#include <algorithm>
#include <cassert>
#include <map>

namespace tutti::crdt::detail {

namespace {

bool isAscii(std::u16string_view text)
{
    return std::ranges::all_of(text, [](char16_t unit) { return unit < 0x80; });
}

/// Attributes in force at a place in a text.
using Attributes = std::map<std::string, Any, std::less<>>;

void fold(Attributes& attributes, const FormatMark& mark)
{
    if (mark.value.isNull()) {
        attributes.erase(mark.key);
    } else {
        attributes.insert_or_assign(mark.key, mark.value);
    }
}

bool isInForce(const Attributes& attributes, const FormatMark& mark)
{
    const auto found = attributes.find(mark.key);
    return found == attributes.end() ? mark.value.isNull() : found->second == mark.value;
}

} // namespace

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

    Placement placement;
    placement.parent = type;
    if (gap.at.isNone()) {
        const SequenceTree::Cursor first = graph.tree.first(type);
        placement.right = first.isNone() ? kNone : graph.tree.itemAt(first);
    } else {
        const ItemRef item = graph.tree.itemAt(gap.at);
        placement.left = graph.endingAt(graph.items[item].id.plus(gap.offset - 1));
        placement.right = graph.rightOf(placement.left);
    }
    if (plain) {
        while (placement.right != kNone && graph.items[placement.right].deleted()) {
            placement.left = placement.right;
            placement.right = graph.rightOf(placement.left);
        }
    } else {
        skipEqualFormats(type, placement);
    }
    placement.id = {m_self, graph.peers[m_self].end};
    if (placement.left != kNone) {
        placement.origin = graph.items[placement.left].lastId();
    }
    if (placement.right != kNone) {
        placement.rightOrigin = graph.items[placement.right].id;
    }
    placement.content.kind = Kind::String;
    placement.content.length = static_cast<std::uint32_t>(text.size());
    std::string ascii;
    if (isAscii(text)) {
        ascii.assign(text.begin(), text.end());
        placement.content.ascii = ascii;
    } else {
        placement.content.wide = text;
    }
    integrate(placement);
}

/// Moves behind deleted items and marks that change nothing (minimizeAttributeChanges), for text
/// that takes on the attributes in force. Cost: O(items to the left).
void Store::skipEqualFormats(TypeIndex type, Placement& placement) const
{
    Attributes attributes;
    if (placement.left != kNone) {
        for (auto at = graph.tree.first(type);; at = graph.tree.next(at)) {
            const ItemRef ref = graph.tree.itemAt(at);
            const Item& item = graph.items[ref];
            if (item.kind == Kind::Format && !item.deleted()) {
                fold(attributes, std::get<FormatMark>(graph.value(item)));
            }
            if (ref == placement.left) {
                break;
            }
        }
    }
    while (placement.right != kNone) {
        const Item& item = graph.items[placement.right];
        const bool skip = item.deleted()
            || (item.kind == Kind::Format
                && isInForce(attributes, std::get<FormatMark>(graph.value(item))));
        if (!skip) {
            break;
        }
        placement.left = placement.right;
        placement.right = graph.rightOf(placement.left);
    }
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
