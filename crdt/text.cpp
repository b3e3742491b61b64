// SPDX-License-Identifier: MIT
#include "crdt/text.h"

#include "crdt/detail/store.h"

#include <algorithm>
#include <cassert>

namespace tutti::crdt {

namespace {

using detail::Item;
using detail::Kind;

constexpr char16_t kObjectReplacement = u'\uFFFC';

/// Joins the open transaction or makes one of its own.
class Edit
{
public:
    explicit Edit(detail::Store& store)
        : m_store(store)
    {
        store.begin({});
    }
    Edit(const Edit&) = delete;
    Edit& operator=(const Edit&) = delete;
    ~Edit() { m_store.end(); }

private:
    detail::Store& m_store;
};

} // namespace

Utf16Offset Text::length() const noexcept { return Utf16Offset(m_store->graph.length(m_type)); }

std::u16string Text::toString() const
{
    const detail::Graph& graph = m_store->graph;
    std::u16string text;
    text.reserve(graph.length(m_type));
    for (auto at = graph.tree.first(m_type); !at.isNone(); at = graph.tree.next(at)) {
        const Item& item = graph.items[graph.tree.itemAt(at)];
        if (item.kind == Kind::String && !item.deleted()) {
            graph.text.appendTo(text, item, 0, item.length);
        }
    }
    return text;
}

std::u16string Text::slice(Utf16Offset begin, Utf16Offset end) const
{
    const detail::Graph& graph = m_store->graph;
    const std::uint32_t last = std::min(end.value(), graph.length(m_type));
    std::u16string text;
    if (begin.value() >= last) {
        return text;
    }
    std::uint32_t left = last - begin.value();
    text.reserve(left);
    auto [at, offset] = graph.tree.unitAt(m_type, begin.value());
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
    const detail::Graph& graph = m_store->graph;
    for (auto at = graph.tree.first(m_type); !at.isNone(); at = graph.tree.next(at)) {
        const Item& item = graph.items[graph.tree.itemAt(at)];
        if (item.visible() > 0 && item.kind != Kind::String) {
            return false;
        }
    }
    return true;
}

const std::string& Text::rootName() const noexcept { return m_store->graph.types[m_type].name; }

void Text::insert(Utf16Offset at, std::u16string_view text)
{
    const Edit edit(*m_store);
    m_store->insertText(m_type, at.value(), text);
}

void Text::erase(Utf16Offset at, Utf16Offset count)
{
    const Edit edit(*m_store);
    m_store->eraseText(m_type, at.value(), count.value());
}

Subscription Text::observe(std::function<void(const TextEvent&)> callback)
{
    return m_store->textObservers(m_type).add(std::move(callback));
}

} // namespace tutti::crdt
