// SPDX-License-Identifier: MIT
#include "crdt/text.h"

#include "crdt/detail/format_attributes.h"
#include "crdt/detail/handles.h"
#include "crdt/prelim.h"
#include "crdt/utf.h"

#include <algorithm>

namespace tutti::crdt {

namespace {

using detail::Edit;
using detail::Graph;
using detail::Handles;
using detail::Item;
using detail::Kind;
using detail::Store;
using detail::TextHeap;
using detail::TypeIndex;

constexpr char16_t kObjectReplacement = u'\uFFFC';

/// The UTF-16 offset of an offset in the Doc's unit.
std::uint32_t unitsOf(const Store& store, TypeIndex type, Offset at)
{
    return store.utf8() ? detail::utf16Offset(store.graph, type, 0, at.value()) : at.value();
}

/// UTF-16 [begin, begin + count) of a range in the Doc's unit; a part of a code point at its end
/// counts as all of it.
struct Units
{
    std::uint32_t begin = 0;
    std::uint32_t count = 0;
};
Units unitsOf(const Store& store, TypeIndex type, Offset at, Offset count)
{
    if (!store.utf8()) {
        return {at.value(), count.value()};
    }
    const Graph& graph = store.graph;
    const std::uint32_t begin = detail::utf16Offset(graph, type, 0, at.value());
    const std::uint32_t end = detail::utf16Offset(graph, type, begin, count.value());
    const bool partial =
        end < graph.length(type) && detail::utf8Length(graph, type, begin, end) < count.value();
    return {begin, end - begin + partial};
}

} // namespace

Offset Text::length() const noexcept
{
    if (!isKnown()) {
        return {};
    }
    const std::uint32_t units = m_store->graph.length(m_type);
    return Offset(m_store->utf8() ? detail::utf8Length(m_store->graph, m_type, 0, units) : units);
}

std::u16string Text::toString() const
{
    std::u16string text;
    if (!isKnown()) {
        return text;
    }
    const Graph& graph = m_store->graph;
    const auto write = [&graph, this](char16_t* units, std::size_t) {
        char16_t* end = units;
        for (auto at = graph.tree.first(m_type); !at.isNone(); at = graph.tree.next(at)) {
            const Item& item = graph.items[graph.tree.itemAt(at)];
            if (item.kind == Kind::String && !item.deleted()) {
                end = graph.text.putUnits(end, item);
            }
        }
        return static_cast<std::size_t>(end - units);
    };
    text.resize_and_overwrite(graph.length(m_type) + TextHeap::kCopiedAhead, write);
    return text;
}

std::u16string Text::slice(Offset begin, Offset end) const
{
    std::u16string text;
    if (!isKnown()) {
        return text;
    }
    const Graph& graph = m_store->graph;
    const std::uint32_t first = unitsOf(*m_store, m_type, begin);
    const std::uint32_t last = std::min(unitsOf(*m_store, m_type, end), graph.length(m_type));
    if (first >= last) {
        return text;
    }
    std::uint32_t left = last - first;
    text.reserve(left);
    auto [at, offset] = graph.tree.unitAt(m_type, first);
    for (; left > 0; at = graph.tree.next(at), offset = 0) {
        const std::uint32_t visible = graph.tree.visibleAt(at);
        const std::uint32_t taken = std::min(visible - offset, left);
        if (visible == 0) {
            continue;
        }
        const Item& item = graph.items[graph.tree.itemAt(at)];
        if (item.kind == Kind::String) {
            graph.text.appendTo(text, item, offset, offset + taken);
        } else {
            text.append(taken, kObjectReplacement);
        }
        left -= taken;
    }
    return text;
}

bool Text::isPlain() const
{
    if (!isKnown()) {
        return true;
    }
    const Graph& graph = m_store->graph;
    for (auto at = graph.tree.first(m_type); !at.isNone(); at = graph.tree.next(at)) {
        const Item& item = graph.items[graph.tree.itemAt(at)];
        if (item.visible() > 0 && item.kind != Kind::String) {
            return false;
        }
    }
    return true;
}

std::vector<DeltaOp> Text::toDelta() const
{
    std::vector<DeltaOp> delta;
    if (!isKnown()) {
        return delta;
    }
    const Graph& graph = m_store->graph;
    detail::AttributeMap attributes;
    bool open = false; // whether the last op may be carried on
    for (auto at = graph.tree.first(m_type); !at.isNone(); at = graph.tree.next(at)) {
        const Item& item = graph.items[graph.tree.itemAt(at)];
        if (item.deleted()) {
            continue;
        }
        if (item.kind == Kind::Format) {
            attributes.fold(std::get<detail::FormatMark>(graph.value(item)));
            open = false;
        } else if (item.kind == Kind::String) {
            if (!open) {
                delta.push_back({DeltaOp::Kind::Insert, {}, {}, {}, attributes.toObject()});
                open = true;
            }
            graph.text.appendTo(delta.back().text, item, 0, item.length);
            delta.back().length +=
                Offset(m_store->utf8() ? utf8Length(graph, item, 0, item.length) : item.length);
        } else {
            for (std::uint32_t unit = 0; unit < item.visible(); ++unit) {
                delta.push_back({DeltaOp::Kind::Insert, Offset(1), {},
                    {Handles::value(*m_store, item, unit)}, attributes.toObject()});
            }
            open = false;
        }
    }
    return delta;
}

void Text::insert(Offset at, std::u16string_view text)
{
    if (isKnown()) {
        const Edit edit(*m_store);
        m_store->insertText(m_type, unitsOf(*m_store, m_type, at), text);
    }
}

void Text::insert(Offset at, std::string_view utf8) { insert(at, toUtf16(utf8)); }

void Text::insert(Offset at, std::u16string_view text, const Attributes& attributes)
{
    if (isKnown()) {
        const Edit edit(*m_store);
        m_store->insertFormatted(m_type, unitsOf(*m_store, m_type, at), text, attributes);
    }
}

Result<void> Text::insertEmbed(Offset at, Prelim value, const Attributes& attributes)
{
    if (!isKnown()) {
        return {};
    }
    const Edit edit(*m_store);
    return m_store->insertEmbed(m_type, unitsOf(*m_store, m_type, at), value, attributes);
}

void Text::erase(Offset at, Offset count)
{
    if (isKnown()) {
        const Edit edit(*m_store);
        const Units units = unitsOf(*m_store, m_type, at, count);
        m_store->eraseText(m_type, units.begin, units.count);
    }
}

void Text::clear() { erase(Offset(0), length()); }

void Text::format(Offset at, Offset count, const Attributes& attributes)
{
    if (isKnown()) {
        const Edit edit(*m_store);
        const Units units = unitsOf(*m_store, m_type, at, count);
        m_store->formatText(m_type, units.begin, units.count, attributes);
    }
}

void Text::applyDelta(std::span<const DeltaEdit> delta, bool sanitize)
{
    if (!isKnown()) {
        return;
    }
    const Edit edit(*m_store);
    if (!m_store->utf8()) {
        m_store->applyDelta(m_type, delta, sanitize);
        return;
    }
    // Steps count the old text, so its offsets tell what they are in UTF-16.
    std::vector<DeltaEdit> inUnits(delta.begin(), delta.end());
    Offset at;
    for (DeltaEdit& step : inUnits) {
        if (step.kind != DeltaEdit::Kind::Insert) {
            const Offset length = step.length;
            step.length = Offset(unitsOf(*m_store, m_type, at, length).count);
            at += length;
        }
    }
    m_store->applyDelta(m_type, inUnits, sanitize);
}

std::size_t Text::cleanUpFormatting()
{
    if (!isKnown()) {
        return 0;
    }
    const Edit edit(*m_store);
    return m_store->dropLeadingMarks(m_type);
}

std::optional<Value> Text::attribute(std::string_view name) const
{
    return Handles::valueAt(*m_store, Handles::index(*this), name);
}

std::vector<std::pair<std::string, Value>> Text::attributes() const
{
    return Handles::entries(*m_store, Handles::index(*this));
}

Result<void> Text::setAttribute(std::string_view name, Prelim value)
{
    return Handles::setAttribute(*this, name, value);
}

void Text::removeAttribute(std::string_view name) { Handles::removeAttribute(*this, name); }

} // namespace tutti::crdt
