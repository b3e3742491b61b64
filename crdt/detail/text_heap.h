// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/detail/item.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tutti::crdt::detail {

/// Where the text of String items lives.
///
/// One byte per unit while all units are below 0x80, so that the wire form is a memcpy; char16_t
/// otherwise. Up to 4 bytes lie in the item itself (textClass 0), the rest in blocks of a few
/// sizes cut from slabs and reused by size. An item's text is described by the item's `content`,
/// `textClass`, kWide and `length`; the heap keeps nothing per item.
class TextHeap
{
public:
    static constexpr std::size_t kClassCount = 17;

    /// Gives the item this text and its length. Requires: at most kMaxRun units; the item has no
    /// text yet.
    void assignAscii(Item& item, std::string_view ascii);
    void assignWide(Item& item, std::u16string_view text);
    /// ASCII or wide, whichever fits.
    void assign(Item& item, std::u16string_view text);
    /// Adds to the item's text and length, in place when the block has room.
    void append(Item& item, std::u16string_view text);
    void appendAscii(Item& item, std::string_view ascii);
    /// Moves the second item's text behind the first's; afterwards the second has none.
    void join(Item& left, Item& right);
    /// Leaves the first `at` units, gives the rest to `right`. A surrogate pair that is cut
    /// becomes two U+FFFD, as in Yjs's ContentString.splice; then it returns true.
    bool split(Item& left, std::uint32_t at, Item& right);
    /// Gives the block back. The item must not be read as text afterwards.
    void release(Item& item);

    [[nodiscard]] static bool isWide(const Item& item) noexcept { return item.has(Item::kWide); }
    /// Requires: !isWide.
    [[nodiscard]] std::string_view ascii(const Item& item) const noexcept;
    /// Copies the item's text, or nothing if it has none, to a place with room for kCopiedAhead
    /// bytes more; returns the end. Requires: not wide; no other content.
    [[nodiscard]] std::byte* putAscii(std::byte* at, const Item& item) const noexcept;
    static constexpr std::size_t kCopiedAhead = 32; ///< bytes, or units
    /// Copies the item's text to a place with room for kCopiedAhead units more; returns the end.
    [[nodiscard]] char16_t* putUnits(char16_t* at, const Item& item) const noexcept;
    /// Requires: isWide.
    [[nodiscard]] std::u16string_view wide(const Item& item) const noexcept;
    /// Appends units [begin, end) of the item.
    void appendTo(
        std::u16string& out, const Item& item, std::uint32_t begin, std::uint32_t end) const;
    /// Bytes of memory held for texts.
    [[nodiscard]] std::size_t capacity() const noexcept;
    [[nodiscard]] char16_t unitAt(const Item& item, std::uint32_t index) const noexcept;

private:
    [[nodiscard]] std::byte* block(Item& item) noexcept;
    [[nodiscard]] const std::byte* block(const Item& item) const noexcept;
    /// Requires: the text is not in the item.
    [[nodiscard]] std::byte* inSlab(const Item& item) const noexcept
    {
        return m_slabs[item.content / kGranulesPerSlab].get()
            + (item.content % kGranulesPerSlab) * kGranule;
    }
    void allocate(Item& item, std::size_t bytes);
    /// Makes room for `bytes`, keeping the first `used`.
    void reserve(Item& item, std::size_t bytes, std::size_t used);
    void widen(Item& item, std::size_t totalUnits);

    static constexpr std::size_t kGranule = 8; ///< bytes; what blocks are multiples of
    static constexpr std::size_t kSlab = 16 * 1024; ///< bytes
    static constexpr std::size_t kGranulesPerSlab = kSlab / kGranule;

    /// Of kSlab bytes, and kCopiedAhead that are only ever read.
    std::vector<std::unique_ptr<std::byte[]>> m_slabs;
    std::size_t m_slabUsed = 0; ///< bytes handed out of the newest slab
    std::array<std::vector<std::uint32_t>, kClassCount> m_free;
};

inline std::byte* TextHeap::putAscii(std::byte* at, const Item& item) const noexcept
{
    // Most texts are short, and of a length that cannot be foreseen: copying too much costs less
    // than finding out.
    if (item.textClass == 0) {
        std::memcpy(at, &item.content, sizeof item.content);
        return at + (item.kind == Kind::String ? item.length : 0);
    }
    const std::byte* const text = inSlab(item);
    std::memcpy(at, text, kCopiedAhead);
    if (item.length > kCopiedAhead) {
        std::memcpy(at + kCopiedAhead, text + kCopiedAhead, item.length - kCopiedAhead);
    }
    return at + item.length;
}

} // namespace tutti::crdt::detail
