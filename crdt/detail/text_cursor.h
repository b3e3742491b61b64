// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/any.h"
#include "crdt/detail/format_attributes.h"
#include "crdt/detail/store.h"

#include <cstdint>
#include <functional>
#include <string_view>

namespace tutti::crdt::detail {

/// Edits a text with formatting from left to right, as Yjs's YText.js does it: a place between two
/// items, and the attributes in force there.
///
/// Requires: an open transaction; nothing else changes the text meanwhile.
/// Cost: O(items passed). Units are UTF-16; a cut never falls into a surrogate pair (retain and
/// insert stop before it, erase and format take all of it).
class TextCursor
{
public:
    /// At the start of the text.
    TextCursor(Store& store, TypeIndex type);

    [[nodiscard]] bool atEnd() const noexcept { return m_right == kNone; }

    /// Passes visible units, or as many as there are.
    void advance(std::uint32_t units);
    /// Requires: text is well-formed and not empty. Without attributes it takes on those in force.
    void insertText(std::u16string_view text, const Any::Object* attributes);
    /// Inserts one unit of other content. `fill` puts into a new type what it is to hold: Yjs does
    /// that before it writes the marks behind it.
    void insertEmbed(Store::NewContent content, const Any::Object& attributes,
        const std::function<void(ItemRef)>& fill);
    void format(std::uint32_t units, const Any::Object& attributes);
    void erase(std::uint32_t units);

private:
    using Attributes = std::vector<AttributeMap::Entry>; ///< in JavaScript's key order

    [[nodiscard]] const Item& rightItem() const noexcept { return m_graph.items[m_right]; }
    [[nodiscard]] const FormatMark& markOf(const Item& item) const;
    [[nodiscard]] bool isLiveMark(ItemRef item) const noexcept;
    void forward();
    void place(Store::NewContent content);
    [[nodiscard]] Attributes attributesToSet(const Any::Object& wanted, bool exactly);
    void skipWhatChangesNothing(const Attributes& attributes);
    [[nodiscard]] AttributeMap insertMarks(const Attributes& attributes);
    void insertMark(std::string_view key, const AttributeValue& value);
    void insertNegated(AttributeMap& negated);
    std::uint32_t cutRight(std::uint32_t units);
    void dropNeedlessMarks(ItemRef start, const AttributeMap& startAttributes);

    Store& m_store;
    Graph& m_graph;
    TypeIndex m_type;
    ItemRef m_left = kNone;
    ItemRef m_right = kNone;
    AttributeMap m_current;
};

} // namespace tutti::crdt::detail
