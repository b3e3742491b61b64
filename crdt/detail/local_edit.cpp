// SPDX-License-Identifier: MIT
//
// Local edits of lists and maps, and new shared types with what they are to hold: Yjs's
// AbstractType.js (typeListInsertGenerics, typeListDelete, typeMapSet).
#include "crdt/detail/handles.h"
#include "crdt/detail/random_id.h"
#include "crdt/detail/store.h"
#include "crdt/detail/text_cursor.h"
#include "crdt/prelim.h"
#include "crdt/utf.h"

#include <algorithm>
#include <cassert>

namespace tutti::crdt::detail {

namespace {

/// Whether a plain value may be an element of a list.
bool isElement(const Any& value) { return !value.isUndefined() && value.bigIntIf() == nullptr; }

bool isXml(const Prelim& node)
{
    return std::holds_alternative<XmlElementPrelim>(node.content())
        || std::holds_alternative<XmlTextPrelim>(node.content())
        || std::holds_alternative<XmlFragmentPrelim>(node.content());
}

TypeRef typeRefOf(const Prelim& prelim)
{
    struct
    {
        TypeRef operator()(const Any&) const { return TypeRef::Untyped; }
        TypeRef operator()(const Subdocument&) const { return TypeRef::Untyped; }
        TypeRef operator()(const TextPrelim&) const { return TypeRef::Text; }
        TypeRef operator()(const ArrayPrelim&) const { return TypeRef::Array; }
        TypeRef operator()(const MapPrelim&) const { return TypeRef::Map; }
        TypeRef operator()(const XmlElementPrelim&) const { return TypeRef::XmlElement; }
        TypeRef operator()(const XmlFragmentPrelim&) const { return TypeRef::XmlFragment; }
        TypeRef operator()(const XmlTextPrelim&) const { return TypeRef::XmlText; }
    } const visitor;
    return std::visit(visitor, prelim.content());
}

} // namespace

Store::NewContent Store::textContent(std::u16string_view text, std::string& ascii)
{
    NewContent content;
    content.kind = Kind::String;
    content.length = static_cast<std::uint32_t>(text.size());
    if (std::ranges::all_of(text, [](char16_t unit) { return unit < 0x80; })) {
        ascii.assign(text.begin(), text.end());
        content.ascii = ascii;
    } else {
        content.wide = text;
    }
    return content;
}

ItemRef Store::insertLocal(const LocalPlace& place, NewContent content)
{
    assert(inTransaction());
    makeRoomForClocks(content.length);
    Placement placement;
    placement.id = {m_self, graph.peers[m_self].end};
    placement.parent = place.parent;
    placement.left = place.left;
    placement.right = place.right;
    if (place.left != kNone) {
        placement.origin = graph.items[place.left].lastId();
    }
    if (place.right != kNone) {
        placement.rightOrigin = graph.items[place.right].id;
    }
    placement.inMap = place.key != nullptr;
    if (placement.inMap) {
        placement.key = *place.key;
    }
    placement.content = std::move(content);
    const LocalId id = placement.id;
    integrate(placement);
    return graph.find(id);
}

Store::NewContent Store::contentOf(const Prelim& prelim)
{
    NewContent content;
    content.length = 1;
    if (const Any* value = std::get_if<Any>(&prelim.content())) {
        if (const Bytes* bytes = value->bytesIf()) {
            content.kind = Kind::Binary;
            content.value = *bytes;
        } else {
            content.kind = Kind::Any;
            content.values.push_back(*value);
        }
    } else if (const Subdocument* document = std::get_if<Subdocument>(&prelim.content())) {
        content.kind = Kind::Doc;
        std::shared_ptr<SubdocumentState> state = Handles::state(*document);
        if (state->parent != nullptr) {
            // It has a place already; here stands another copy of the same document.
            state = std::make_shared<SubdocumentState>(state->guid, state->options, true);
        }
        content.value = std::move(state);
    } else {
        content.kind = Kind::Type;
        content.typeRef = typeRefOf(prelim);
        if (const auto* element = std::get_if<XmlElementPrelim>(&prelim.content())) {
            content.typeName = element->tag;
        }
    }
    return content;
}

/// Puts into a new type what it is to hold, in the order in which Yjs does it.
void Store::fill(ItemRef item, const Prelim& prelim)
{
    if (graph.items[item].kind != Kind::Type || graph.items[item].deleted()) {
        return;
    }
    const TypeIndex type = graph.items[item].content;
    const auto fillText = [this, type](const TextPrelim& text) {
        applyDelta(type, text.delta, true);
        for (const auto& [key, value] : text.attributes) {
            setKey(type, key, value);
        }
    };
    struct Visitor
    {
        Store& store;
        TypeIndex type;
        const decltype(fillText)& text;

        void operator()(const Any&) const { }
        void operator()(const Subdocument&) const { }
        void operator()(const TextPrelim& prelim) const { text(prelim); }
        void operator()(const XmlTextPrelim& prelim) const { text(prelim); }
        void operator()(const ArrayPrelim& prelim) const
        {
            store.insertElements(type, kNone, prelim.values);
        }
        void operator()(const MapPrelim& prelim) const
        {
            for (const auto& [key, value] : prelim.entries) {
                store.setKey(type, key, value);
            }
        }
        void operator()(const XmlElementPrelim& prelim) const
        {
            store.insertElements(type, kNone, prelim.children);
            for (const auto& [key, value] : prelim.attributes) {
                store.setKey(type, key, value);
            }
        }
        void operator()(const XmlFragmentPrelim& prelim) const
        {
            store.insertElements(type, kNone, prelim.children);
        }
    };
    std::visit(Visitor{*this, type, fillText}, prelim.content());
}

Result<void> Store::checkElement(const Prelim& value, bool inXml)
{
    if (inXml && !isXml(value)) {
        return crdt::fail(ErrorCode::Unsupported, "only XML nodes can stand in XML");
    }
    struct Visitor
    {
        Result<void> operator()(const Any& plain) const
        {
            if (!isElement(plain)) {
                return crdt::fail(
                    ErrorCode::Unsupported, "undefined and BigInt cannot be elements of a list");
            }
            return {};
        }
        Result<void> keys(const std::vector<std::pair<std::string, Prelim>>& entries) const
        {
            for (const auto& [key, entry] : entries) {
                if (Result<void> checked = checkValue(entry); !checked) {
                    return checked;
                }
            }
            return {};
        }
        Result<void> operator()(const Subdocument&) const { return {}; }
        Result<void> operator()(const TextPrelim& text) const { return keys(text.attributes); }
        Result<void> operator()(const ArrayPrelim& array) const
        {
            return checkElements(array.values, false);
        }
        Result<void> operator()(const MapPrelim& map) const { return keys(map.entries); }
        Result<void> operator()(const XmlElementPrelim& element) const
        {
            const Result<void> attributes = keys(element.attributes);
            return attributes ? checkElements(element.children, true) : attributes;
        }
        Result<void> operator()(const XmlFragmentPrelim& fragment) const
        {
            return checkElements(fragment.children, true);
        }
    };
    return std::visit(Visitor{}, value.content());
}

Result<void> Store::checkElements(const std::vector<Prelim>& values, bool inXml)
{
    for (const Prelim& value : values) {
        if (Result<void> checked = checkElement(value, inXml); !checked) {
            return checked;
        }
    }
    return {};
}

Result<void> Store::checkValue(const Prelim& value)
{
    return std::holds_alternative<Any>(value.content()) ? Result<void>{}
                                                        : checkElement(value, false);
}

/// Behind `left` (kNone: at the start), what is to the right of it stays to the right of all.
/// Requires: checked values.
void Store::insertElements(TypeIndex type, ItemRef left, const std::vector<Prelim>& values)
{
    ItemRef right = kNone;
    if (left != kNone) {
        right = graph.rightOf(left);
    } else if (const SequenceTree::Cursor first = graph.tree.first(type); !first.isNone()) {
        right = graph.tree.itemAt(first);
    }
    const auto insertOne = [&](NewContent content) {
        const std::uint32_t length = content.length;
        const ItemRef item =
            insertLocal({.parent = type, .left = left, .right = right}, std::move(content));
        left = graph.find(graph.items[item].id.plus(length - 1));
        return item;
    };
    // Plain values that follow each other are one struct.
    NewContent plain;
    plain.kind = Kind::Any;
    const auto insertPlain = [&] {
        plain.length = static_cast<std::uint32_t>(plain.values.size());
        if (plain.length > 0) {
            insertOne(std::exchange(plain, {}));
            plain.kind = Kind::Any;
        }
    };
    for (const Prelim& value : values) {
        const Any* any = std::get_if<Any>(&value.content());
        if (any != nullptr && any->bytesIf() == nullptr) {
            plain.values.push_back(*any);
            continue;
        }
        insertPlain();
        fill(insertOne(contentOf(value)), value);
    }
    insertPlain();
}

Result<void> Store::insertList(
    TypeIndex type, std::uint32_t index, const std::vector<Prelim>& values)
{
    if (Result<void> checked = checkElements(values, isXmlList(type)); !checked) {
        return checked;
    }
    if (index > graph.length(type)) {
        return crdt::fail(ErrorCode::OutOfRange, "the position is beyond the end of the list");
    }
    ItemRef left = kNone;
    if (index > 0) {
        const SequenceTree::Hit gap = graph.tree.gapAt(type, index);
        const Item& item = graph.items[graph.tree.itemAt(gap.at)];
        left = graph.endingAt(item.id.plus(gap.offset - 1));
    }
    insertElements(type, left, values);
    return {};
}

Result<void> Store::pushList(TypeIndex type, const std::vector<Prelim>& values)
{
    if (Result<void> checked = checkElements(values, isXmlList(type)); !checked) {
        return checked;
    }
    const SequenceTree::Cursor last = graph.tree.last(type);
    insertElements(type, last.isNone() ? kNone : graph.tree.itemAt(last), values);
    return {};
}

Result<void> Store::eraseList(TypeIndex type, std::uint32_t index, std::uint32_t count)
{
    const std::uint32_t total = graph.length(type);
    const std::uint32_t begin = std::min(index, total);
    const std::uint32_t end = count > total - begin ? total : begin + count;
    if (begin < end) {
        eraseUnits(type, begin, end);
    }
    if (count > 0 && (index > total || count > total - index)) {
        return crdt::fail(
            ErrorCode::OutOfRange, "there are fewer elements than were to be removed");
    }
    return {};
}

bool Store::isXmlList(TypeIndex type) const
{
    const TypeRef ref = graph.types[type].ref;
    return ref == TypeRef::XmlFragment || ref == TypeRef::XmlElement;
}

ItemRef Store::setKey(TypeIndex type, std::string_view key, const Prelim& value)
{
    const std::uint32_t chain = graph.types.findChain(type, key);
    const ItemRef left = chain == kNone ? kNone : graph.types.chain(chain).current;
    const ItemRef item = insertLocal({.parent = type, .left = left, .key = &key}, contentOf(value));
    fill(item, value);
    return item;
}

bool Store::eraseKey(TypeIndex type, std::string_view key)
{
    const ItemRef item = valueAt(type, key);
    if (item == kNone) {
        return false;
    }
    removeWholeStruct(item);
    return true;
}

ItemRef Store::valueAt(TypeIndex type, std::string_view key) const
{
    const std::uint32_t chain = graph.types.findChain(type, key);
    const ItemRef item = chain == kNone ? kNone : graph.types.chain(chain).current;
    return item == kNone || graph.items[item].deleted() ? kNone : item;
}

// --- formatted text ---

void Store::insertFormatted(
    TypeIndex type, std::uint32_t index, std::u16string_view text, const Any::Object& attributes)
{
    if (text.empty()) {
        return;
    }
    if (!isWellFormed(text)) {
        insertFormatted(type, index, toWellFormed(text), attributes);
        return;
    }
    TextCursor cursor(*this, type);
    cursor.advance(pairStart(type, std::min(index, graph.length(type))));
    cursor.insertText(text, &attributes);
}

Result<void> Store::insertEmbed(
    TypeIndex type, std::uint32_t index, const Prelim& value, const Any::Object& attributes)
{
    if (Result<void> checked = checkEmbed(value); !checked) {
        return checked;
    }
    TextCursor cursor(*this, type);
    cursor.advance(pairStart(type, std::min(index, graph.length(type))));
    cursor.insertEmbed(embedOf(value), attributes, [&](ItemRef item) { fill(item, value); });
    return {};
}

Result<void> Store::checkEmbed(const Prelim& value)
{
    if (std::holds_alternative<Subdocument>(value.content())) {
        return crdt::fail(ErrorCode::Unsupported, "a document cannot be embedded in a text");
    }
    return checkValue(value);
}

/// Plain values in a text are Embeds.
Store::NewContent Store::embedOf(const Prelim& value)
{
    NewContent content = contentOf(value);
    if (const Any* plain = std::get_if<Any>(&value.content())) {
        content.kind = Kind::Embed;
        content.values.clear();
        content.value = *plain;
    }
    return content;
}

void Store::formatText(
    TypeIndex type, std::uint32_t index, std::uint32_t count, const Any::Object& attributes)
{
    if (count == 0) {
        return;
    }
    const std::uint32_t total = graph.length(type);
    const std::uint32_t begin = pairStart(type, std::min(index, total));
    std::uint32_t units = count;
    if (index < total) {
        units += index - begin;
        if (units < total - begin && pairStart(type, begin + units) != begin + units) {
            ++units;
        }
    }
    TextCursor cursor(*this, type);
    cursor.advance(begin);
    if (!cursor.atEnd()) {
        cursor.format(units, attributes);
    }
}

void Store::applyDelta(TypeIndex type, std::span<const DeltaEdit> delta, bool sanitize)
{
    TextCursor cursor(*this, type);
    for (const DeltaEdit& edit : delta) {
        const bool isLast = &edit == &delta.back();
        switch (edit.kind) {
        case DeltaEdit::Kind::Retain:
            cursor.format(edit.length.value(), edit.attributes);
            break;
        case DeltaEdit::Kind::Delete:
            cursor.erase(edit.length.value());
            break;
        case DeltaEdit::Kind::Insert:
            if (edit.value) {
                if (checkEmbed(*edit.value)) {
                    cursor.insertEmbed(embedOf(*edit.value), edit.attributes,
                        [&](ItemRef item) { fill(item, *edit.value); });
                }
                break;
            }
            std::u16string text = isWellFormed(edit.text) ? edit.text : toWellFormed(edit.text);
            if (!sanitize && isLast && cursor.atEnd() && text.ends_with(u'\n')) {
                text.pop_back();
            }
            if (!text.empty()) {
                cursor.insertText(text, &edit.attributes);
            }
            break;
        }
    }
}

} // namespace tutti::crdt::detail
