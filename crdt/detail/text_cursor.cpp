// SPDX-License-Identifier: MIT
#include "crdt/detail/text_cursor.h"

#include "crdt/utf.h"

#include <algorithm>
#include <cassert>
#include <unordered_map>

namespace tutti::crdt::detail {

namespace {

bool isContent(Kind kind)
{
    return kind == Kind::String || kind == Kind::Embed || kind == Kind::Type;
}

} // namespace

TextCursor::TextCursor(Store& store, TypeIndex type)
    : m_store(store)
    , m_graph(store.graph)
    , m_type(type)
{
    const SequenceTree::Cursor first = m_graph.tree.first(type);
    m_right = first.isNone() ? kNone : m_graph.tree.itemAt(first);
}

const FormatMark& TextCursor::markOf(const Item& item) const
{
    return std::get<FormatMark>(m_graph.value(item));
}

bool TextCursor::isLiveMark(ItemRef item) const noexcept
{
    return m_graph.items[item].kind == Kind::Format && !m_graph.items[item].deleted();
}

void TextCursor::forward()
{
    assert(m_right != kNone);
    if (isLiveMark(m_right)) {
        m_current.fold(markOf(rightItem()));
    }
    m_left = m_right;
    m_right = m_graph.rightOf(m_left);
}

void TextCursor::advance(std::uint32_t units)
{
    while (units > 0 && m_right != kNone) {
        const Item& item = rightItem();
        if (item.visible() > units) {
            const bool cutsPair = item.kind == Kind::String
                && isHighSurrogate(m_graph.text.unitAt(item, units - 1))
                && isLowSurrogate(m_graph.text.unitAt(item, units));
            units -= cutsPair;
            if (units == 0) {
                break;
            }
            m_graph.endingAt(item.id.plus(units - 1));
        }
        units -= rightItem().visible();
        forward();
    }
    if (m_right != kNone && rightItem().has(Item::kContinues)) {
        m_graph.startingAt(rightItem().id); // a struct ends here now
    }
}

/// Makes the item at hand end after `units` at the latest; returns how many it has then.
std::uint32_t TextCursor::cutRight(std::uint32_t units)
{
    const Item& item = rightItem();
    if (units > item.length) {
        return item.length;
    }
    const bool cutsPair = units < item.length && item.kind == Kind::String
        && isHighSurrogate(m_graph.text.unitAt(item, units - 1))
        && isLowSurrogate(m_graph.text.unitAt(item, units));
    m_graph.endingAt(item.id.plus(units - 1 + cutsPair));
    return units;
}

/// A new item at the cursor, which then stands behind it.
void TextCursor::place(Store::NewContent content)
{
    m_right = m_store.insertLocal(
        {.parent = m_type, .left = m_left, .right = m_right}, std::move(content));
    forward();
    while (m_right != kNone && rightItem().has(Item::kContinues)) {
        forward(); // one struct, but of several runs
    }
}

/// The attributes as Yjs would list them. `exactly`: those in force and not wanted are ended.
TextCursor::Attributes TextCursor::attributesToSet(const Any::Object& wanted, bool exactly)
{
    Any::Object all = *Any::object(wanted).objectIf();
    if (exactly) {
        for (const AttributeMap::Entry& entry : m_current) {
            if (!std::ranges::contains(all, entry.key, &Any::Member::first)) {
                all.emplace_back(entry.key, nullptr);
            }
        }
        all = *Any::object(std::move(all)).objectIf();
    }
    Attributes result;
    for (auto& [key, value] : all) {
        const std::uint32_t identity = isObject(value) ? m_store.nextIdentity() : 0;
        result.push_back({key, {std::move(value), identity}});
    }
    return result;
}

/// Yjs: minimizeAttributeChanges.
void TextCursor::skipWhatChangesNothing(const Attributes& attributes)
{
    const auto changesNothing = [this, &attributes] {
        if (rightItem().deleted()) {
            return true;
        }
        if (rightItem().kind != Kind::Format) {
            return false;
        }
        const FormatMark& mark = markOf(rightItem());
        const auto wanted = std::ranges::find(attributes, mark.key, &AttributeMap::Entry::key);
        const AttributeValue value =
            wanted == attributes.end() ? AttributeValue{nullptr, 0} : wanted->value;
        return equalAttributes(value, {mark.value, mark.identity});
    };
    while (m_right != kNone && changesNothing()) {
        forward();
    }
}

void TextCursor::insertMark(std::string_view key, const AttributeValue& value)
{
    Store::NewContent content;
    content.kind = Kind::Format;
    content.length = 1;
    content.value = FormatMark{std::string(key), value.value, value.identity};
    place(std::move(content));
}

/// Starts the attributes that are not in force yet; returns what to go back to behind the content.
AttributeMap TextCursor::insertMarks(const Attributes& attributes)
{
    AttributeMap negated;
    for (const auto& [key, value] : attributes) {
        const AttributeValue current = m_current.valueOf(key);
        if (!equalAttributes(current, value)) {
            negated.set(key, current);
            insertMark(key, value);
        }
    }
    return negated;
}

/// Goes back to what was in force, leaving out what marks to the right do anyway.
void TextCursor::insertNegated(AttributeMap& negated)
{
    while (m_right != kNone) {
        if (!rightItem().deleted()) {
            if (rightItem().kind != Kind::Format) {
                break;
            }
            const FormatMark& mark = markOf(rightItem());
            const AttributeValue* value = negated.find(mark.key);
            if (value == nullptr || !equalAttributes(*value, {mark.value, mark.identity})) {
                break;
            }
            negated.erase(mark.key);
        }
        forward();
    }
    for (const auto& [key, value] : negated) {
        insertMark(key, value);
    }
}

void TextCursor::insertText(std::u16string_view text, const Any::Object* attributes)
{
    Attributes wanted;
    if (attributes == nullptr) {
        wanted.assign(m_current.begin(), m_current.end());
    } else {
        wanted = attributesToSet(*attributes, true);
    }
    skipWhatChangesNothing(wanted);
    AttributeMap negated;
    if (attributes != nullptr) {
        negated = insertMarks(wanted);
    }
    std::string ascii;
    place(Store::textContent(text, ascii));
    insertNegated(negated);
}

void TextCursor::insertEmbed(Store::NewContent content, const Any::Object& attributes,
    const std::function<void(ItemRef)>& fill)
{
    const Attributes wanted = attributesToSet(attributes, true);
    skipWhatChangesNothing(wanted);
    AttributeMap negated = insertMarks(wanted);
    place(std::move(content));
    fill(m_left);
    insertNegated(negated);
}

void TextCursor::format(std::uint32_t units, const Any::Object& attributes)
{
    const Attributes wanted = attributesToSet(attributes, false);
    skipWhatChangesNothing(wanted);
    AttributeMap negated = insertMarks(wanted);
    // Marks for the same keys within the range go; behind it only those that the end of the range
    // would repeat.
    while (m_right != kNone) {
        const bool isGap = rightItem().deleted() || rightItem().kind == Kind::Format;
        if (units == 0 && (negated.empty() || !isGap)) {
            break;
        }
        if (isLiveMark(m_right)) {
            const FormatMark mark = markOf(rightItem());
            const auto same = std::ranges::find(wanted, mark.key, &AttributeMap::Entry::key);
            if (same != wanted.end()) {
                if (equalAttributes(same->value, {mark.value, mark.identity})) {
                    negated.erase(mark.key);
                } else if (units == 0) {
                    break;
                } else {
                    negated.set(mark.key, {mark.value, mark.identity});
                }
                m_store.remove(m_right);
            }
        } else if (!rightItem().deleted()) {
            units -= std::min(units, cutRight(units));
        }
        forward();
    }
    if (units > 0) {
        // Rich text editors hold that a text ends with a line end; Yjs supplies what is missing.
        const std::u16string lineEnds(units, u'\n');
        std::string ascii;
        place(Store::textContent(lineEnds, ascii));
    }
    insertNegated(negated);
}

void TextCursor::erase(std::uint32_t units)
{
    const AttributeMap startAttributes = m_current;
    const ItemRef start = m_right;
    while (units > 0 && m_right != kNone) {
        if (!rightItem().deleted() && isContent(rightItem().kind)) {
            units -= std::min(units, cutRight(units));
            m_store.remove(m_right);
        }
        forward();
    }
    if (start != kNone) {
        dropNeedlessMarks(start, startAttributes);
    }
}

/// Between `start` and the next content: marks that a later one overrules, and those that set what
/// was in force before, are deleted (Yjs: cleanupFormattingGap).
void TextCursor::dropNeedlessMarks(ItemRef start, const AttributeMap& startAttributes)
{
    ItemRef end = start;
    std::unordered_map<std::string, ItemRef> lastMarks;
    while (end != kNone && m_graph.items[end].visible() == 0) {
        if (isLiveMark(end)) {
            lastMarks.insert_or_assign(markOf(m_graph.items[end]).key, end);
        }
        end = m_graph.rightOf(end);
    }
    bool reachedCursor = false;
    for (ItemRef item = start; item != end; item = m_graph.rightOf(item)) {
        reachedCursor = reachedCursor || item == m_right;
        if (!isLiveMark(item)) {
            continue;
        }
        const FormatMark mark = markOf(m_graph.items[item]);
        const AttributeValue value{mark.value, mark.identity};
        const AttributeValue before = startAttributes.valueOf(mark.key);
        const bool setsNothing = identical(before, value);
        if (lastMarks.at(mark.key) != item || setsNothing) {
            m_store.remove(item);
            if (!reachedCursor && !setsNothing && identical(m_current.valueOf(mark.key), value)) {
                if (before.value.isNull()) {
                    m_current.erase(mark.key);
                } else {
                    m_current.set(mark.key, before);
                }
            }
        } else if (!reachedCursor) {
            m_current.fold(mark);
        }
    }
}

} // namespace tutti::crdt::detail
