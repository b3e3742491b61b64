// SPDX-License-Identifier: MIT
#include "crdt/detail/text_heap.h"

#include "crdt/utf.h"

#include <algorithm>
#include <cassert>
#include <cstring>

namespace tutti::crdt::detail {

namespace {

/// Class 0 is the item's own `content` field.
constexpr std::array<std::uint16_t, TextHeap::kClassCount> kClassBytes = {
    4, 8, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024, 1536, 2048};
static_assert(kClassBytes.back() >= kMaxRun * sizeof(char16_t));

constexpr std::uint8_t classFor(std::size_t bytes)
{
    const auto fit = std::ranges::lower_bound(kClassBytes, bytes);
    assert(fit != kClassBytes.end());
    return static_cast<std::uint8_t>(fit - kClassBytes.begin());
}

constexpr std::size_t unitBytes(const Item& item)
{
    return item.has(Item::kWide) ? sizeof(char16_t) : 1;
}

bool isAllAscii(std::u16string_view text)
{
    return std::ranges::all_of(text, [](char16_t unit) { return unit < 0x80; });
}

} // namespace

std::byte* TextHeap::block(Item& item) noexcept
{
    return item.textClass == 0 ? reinterpret_cast<std::byte*>(&item.content) : inSlab(item);
}

const std::byte* TextHeap::block(const Item& item) const noexcept
{
    return item.textClass == 0 ? reinterpret_cast<const std::byte*>(&item.content) : inSlab(item);
}

void TextHeap::allocate(Item& item, std::size_t bytes)
{
    item.textClass = classFor(bytes);
    if (item.textClass == 0) {
        item.content = 0;
        return;
    }
    auto& free = m_free[item.textClass];
    if (!free.empty()) {
        item.content = free.back();
        free.pop_back();
        return;
    }
    const std::size_t size = kClassBytes[item.textClass];
    if (m_slabs.empty() || m_slabUsed + size > kSlab) {
        // What is left of the old slab serves smaller texts.
        while (!m_slabs.empty() && kSlab - m_slabUsed >= kGranule) {
            const auto fit = std::ranges::upper_bound(kClassBytes, kSlab - m_slabUsed) - 1;
            m_free[static_cast<std::size_t>(fit - kClassBytes.begin())].push_back(
                static_cast<std::uint32_t>(
                    (m_slabs.size() - 1) * kGranulesPerSlab + m_slabUsed / kGranule));
            m_slabUsed += *fit;
        }
        m_slabs.push_back(std::make_unique<std::byte[]>(kSlab + kCopiedAhead));
        m_slabUsed = 0;
    }
    item.content =
        static_cast<std::uint32_t>((m_slabs.size() - 1) * kGranulesPerSlab + m_slabUsed / kGranule);
    m_slabUsed += size;
}

void TextHeap::release(Item& item)
{
    if (item.textClass != 0) {
        m_free[item.textClass].push_back(item.content);
    }
    item.textClass = 0;
    item.content = kNone;
    item.clear(Item::kWide);
}

void TextHeap::reserve(Item& item, std::size_t bytes, std::size_t used)
{
    if (bytes <= kClassBytes[item.textClass]) {
        return;
    }
    Item old = item;
    // Growing by a class at a time would copy every few keystrokes; a half more is enough.
    allocate(item, std::min<std::size_t>(bytes + bytes / 2, kClassBytes.back()));
    std::memcpy(block(item), block(old), used);
    release(old);
}

void TextHeap::assignAscii(Item& item, std::string_view text)
{
    assert(text.size() <= kMaxRun);
    allocate(item, text.size());
    item.clear(Item::kWide);
    item.length = static_cast<std::uint32_t>(text.size());
    std::memcpy(block(item), text.data(), text.size());
}

void TextHeap::assignWide(Item& item, std::u16string_view text)
{
    assert(text.size() <= kMaxRun);
    allocate(item, text.size() * sizeof(char16_t));
    item.set(Item::kWide);
    item.length = static_cast<std::uint32_t>(text.size());
    std::memcpy(block(item), text.data(), text.size() * sizeof(char16_t));
}

void TextHeap::assign(Item& item, std::u16string_view text)
{
    if (!isAllAscii(text)) {
        assignWide(item, text);
        return;
    }
    assert(text.size() <= kMaxRun);
    allocate(item, text.size());
    item.clear(Item::kWide);
    item.length = static_cast<std::uint32_t>(text.size());
    std::ranges::transform(
        text, block(item), [](char16_t unit) { return static_cast<std::byte>(unit); });
}

void TextHeap::widen(Item& item, std::size_t totalUnits)
{
    std::u16string units;
    units.reserve(item.length);
    appendTo(units, item, 0, item.length);
    const std::uint32_t length = item.length;
    release(item);
    allocate(item, totalUnits * sizeof(char16_t));
    item.set(Item::kWide);
    item.length = length;
    std::memcpy(block(item), units.data(), units.size() * sizeof(char16_t));
}

void TextHeap::append(Item& item, std::u16string_view text)
{
    const std::size_t total = item.length + text.size();
    assert(total <= kMaxRun);
    if (!isWide(item) && !isAllAscii(text)) {
        widen(item, total);
    }
    reserve(item, total * unitBytes(item), item.length * unitBytes(item));
    std::byte* const end = block(item) + item.length * unitBytes(item);
    if (isWide(item)) {
        std::memcpy(end, text.data(), text.size() * sizeof(char16_t));
    } else {
        std::ranges::transform(
            text, end, [](char16_t unit) { return static_cast<std::byte>(unit); });
    }
    item.length = static_cast<std::uint32_t>(total);
}

void TextHeap::appendAscii(Item& item, std::string_view text)
{
    if (isWide(item)) {
        append(item, std::u16string(text.begin(), text.end()));
        return;
    }
    reserve(item, item.length + text.size(), item.length);
    std::memcpy(block(item) + item.length, text.data(), text.size());
    item.length += static_cast<std::uint32_t>(text.size());
}

void TextHeap::join(Item& left, Item& right)
{
    if (isWide(left) == isWide(right)) {
        const std::size_t size = unitBytes(left);
        reserve(left, (left.length + right.length) * size, left.length * size);
        std::memcpy(block(left) + left.length * size, block(right), right.length * size);
        left.length += right.length;
    } else {
        std::u16string units;
        appendTo(units, right, 0, right.length);
        append(left, units);
    }
    release(right);
}

bool TextHeap::split(Item& left, std::uint32_t at, Item& right)
{
    assert(at > 0 && at < left.length);
    bool cutsPair = false;
    if (!isWide(left)) {
        // The source may lie in the item itself, so the copy goes through a view of it.
        assignAscii(right, ascii(left).substr(at));
    } else {
        assign(right, wide(left).substr(at));
        const std::u16string_view units = wide(left);
        if (isHighSurrogate(units[at - 1]) && isLowSurrogate(units[at])) {
            cutsPair = true;
            constexpr char16_t kReplacement = u'\uFFFD';
            std::memcpy(
                block(left) + (at - 1) * sizeof kReplacement, &kReplacement, sizeof kReplacement);
            std::memcpy(block(right), &kReplacement, sizeof kReplacement);
        }
    }
    left.length = at;
    // A big block with little left in it goes back to be used by others.
    const std::size_t used = at * unitBytes(left);
    if (kClassBytes[classFor(used)] * 2 <= kClassBytes[left.textClass]) {
        Item old = left;
        allocate(left, used);
        std::memcpy(block(left), block(old), used);
        release(old);
    }
    return cutsPair;
}

std::string_view TextHeap::ascii(const Item& item) const noexcept
{
    assert(!isWide(item));
    return {reinterpret_cast<const char*>(block(item)), item.length};
}

std::u16string_view TextHeap::wide(const Item& item) const noexcept
{
    assert(isWide(item));
    return {reinterpret_cast<const char16_t*>(block(item)), item.length};
}

char16_t* TextHeap::putUnits(char16_t* at, const Item& item) const noexcept
{
    const std::byte* const text = block(item);
    if (isWide(item)) {
        std::memcpy(at, text, item.length * sizeof(char16_t));
        return at + item.length;
    }
    if (item.textClass == 0) {
        for (std::size_t i = 0; i < sizeof item.content; ++i) {
            at[i] = std::to_integer<char16_t>(text[i]);
        }
        return at + item.length;
    }
    constexpr std::size_t kStep = 16; // a vector; what is behind the text is overwritten next
    static_assert(kStep <= kCopiedAhead);
    for (std::size_t from = 0; from < item.length; from += kStep) {
        for (std::size_t i = from; i < from + kStep; ++i) {
            at[i] = std::to_integer<char16_t>(text[i]);
        }
    }
    return at + item.length;
}

void TextHeap::appendTo(
    std::u16string& out, const Item& item, std::uint32_t begin, std::uint32_t end) const
{
    if (isWide(item)) {
        out.append(wide(item).substr(begin, end - begin));
        return;
    }
    const std::string_view text = ascii(item).substr(begin, end - begin);
    const std::size_t before = out.size();
    out.resize_and_overwrite(
        before + text.size(), [before, text](char16_t* units, std::size_t size) {
            std::ranges::transform(text, units + before,
                [](char unit) { return static_cast<char16_t>(static_cast<unsigned char>(unit)); });
            return size;
        });
}

std::size_t TextHeap::capacity() const noexcept { return m_slabs.size() * kSlab; }

char16_t TextHeap::unitAt(const Item& item, std::uint32_t index) const noexcept
{
    return isWide(item) ? wide(item)[index]
                        : static_cast<char16_t>(static_cast<unsigned char>(ascii(item)[index]));
}

} // namespace tutti::crdt::detail
