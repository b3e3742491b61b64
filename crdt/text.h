// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/events.h"
#include "crdt/ids.h"
#include "crdt/subscription.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace tutti::crdt {

namespace detail {
class Store;
}

/// A shared text: a handle onto a part of a Doc, cheap to copy, valid as long as the Doc lives.
///
/// Positions and lengths are UTF-16 units. A local operation never splits a code point: an
/// insertion inside a surrogate pair moves to the pair's start, a deletion that touches half a
/// pair takes all of it, and a surrogate without its other half is inserted as U+FFFD.
/// Every writing call joins the Doc's open transaction, or is one of its own.
/// Threads: the Doc's.
class Text
{
public:
    /// Live units. Cost: O(1).
    [[nodiscard]] Utf16Offset length() const noexcept;
    /// The whole text without embeds. Cost: O(n).
    [[nodiscard]] std::u16string toString() const;
    /// The units in [begin, end), clamped to the text; an embed reads as U+FFFC. Halves of
    /// surrogate pairs are given as they are. Cost: O(log n + units).
    [[nodiscard]] std::u16string slice(Utf16Offset begin, Utf16Offset end) const;
    /// Whether everything live in it is text, with or without formatting: false when it holds
    /// embeds, nested types or XML, that is when it is not ours to edit as plain text.
    /// Cost: O(runs).
    [[nodiscard]] bool isPlain() const;
    /// The name it has in its Doc.
    [[nodiscard]] const std::string& rootName() const noexcept;

    /// Inserts before the unit at `at`; beyond the end means at the end. Text inserted between
    /// formatted units takes on their formatting. Cost: O(log n + units); O(runs) where the text
    /// has formatting.
    void insert(Utf16Offset at, std::u16string_view text);
    /// Removes `count` units from `at`, or as many as there are. Cost: O(log n) per run touched.
    void erase(Utf16Offset at, Utf16Offset count);

    /// Calls back at the end of each transaction that changed this text, before the Doc's own
    /// observers. What the callback changes forms the next transaction. It must not throw.
    [[nodiscard]] Subscription observe(std::function<void(const TextEvent&)> callback);

    [[nodiscard]] bool operator==(const Text&) const noexcept = default;

private:
    friend class Doc;
    friend class StickyIndex;
    friend class UndoManager;
    Text(detail::Store& store, std::uint32_t type) noexcept
        : m_store(&store)
        , m_type(type)
    { }

    detail::Store* m_store;
    std::uint32_t m_type;
};

} // namespace tutti::crdt
