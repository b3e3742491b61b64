// SPDX-License-Identifier: MIT
#include "crdt/utf.h"

#include <cstdint>
#include <cstring>

namespace tutti::crdt {

namespace {

constexpr char16_t kReplacement = u'\uFFFD';

std::uint8_t byteAt(std::string_view text, std::size_t index)
{
    return static_cast<std::uint8_t>(text[index]);
}

bool isContinuation(std::uint8_t byte) { return (byte & 0xC0) == 0x80; }

/// Length of the ASCII prefix from `from`, eight bytes at a time.
std::size_t asciiEnd(std::string_view text, std::size_t from)
{
    while (from + 8 <= text.size()) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data() + from, sizeof word);
        if ((word & 0x8080808080808080U) != 0) {
            break;
        }
        from += 8;
    }
    while (from < text.size() && byteAt(text, from) < 0x80) {
        ++from;
    }
    return from;
}

struct CodePoint
{
    char32_t value = 0;
    std::size_t bytes = 0; ///< 0 when the sequence is broken
};

/// Decodes one sequence of two to four bytes. Surrogates only where WTF-8 is meant.
CodePoint decode(std::string_view text, std::size_t at, bool allowSurrogates)
{
    const std::uint8_t lead = byteAt(text, at);
    std::size_t length = 0;
    char32_t value = 0;
    char32_t smallest = 0;
    if (lead >= 0xC2 && lead <= 0xDF) {
        length = 2;
        value = lead & 0x1FU;
        smallest = 0x80;
    } else if ((lead & 0xF0) == 0xE0) {
        length = 3;
        value = lead & 0x0FU;
        smallest = 0x800;
    } else if (lead >= 0xF0 && lead <= 0xF4) {
        length = 4;
        value = lead & 0x07U;
        smallest = 0x10000;
    } else {
        return {};
    }
    if (at + length > text.size()) {
        return {};
    }
    for (std::size_t i = 1; i < length; ++i) {
        const std::uint8_t byte = byteAt(text, at + i);
        if (!isContinuation(byte)) {
            return {};
        }
        value = (value << 6) | (byte & 0x3FU);
    }
    const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
    if (value < smallest || value > 0x10FFFF || (surrogate && !allowSurrogates)) {
        return {};
    }
    return {value, length};
}

void appendUtf8(std::string& out, char32_t value)
{
    const auto put = [&out](char32_t byte) { out.push_back(static_cast<char>(byte)); };
    if (value < 0x80) {
        put(value);
    } else if (value < 0x800) {
        put(0xC0 | (value >> 6));
        put(0x80 | (value & 0x3F));
    } else if (value < 0x10000) {
        put(0xE0 | (value >> 12));
        put(0x80 | ((value >> 6) & 0x3F));
        put(0x80 | (value & 0x3F));
    } else {
        put(0xF0 | (value >> 18));
        put(0x80 | ((value >> 12) & 0x3F));
        put(0x80 | ((value >> 6) & 0x3F));
        put(0x80 | (value & 0x3F));
    }
}

template <bool keepLone>
std::string encode(std::u16string_view utf16)
{
    std::string out;
    out.reserve(utf16.size());
    for (std::size_t i = 0; i < utf16.size(); ++i) {
        const char16_t unit = utf16[i];
        if (isHighSurrogate(unit) && i + 1 < utf16.size() && isLowSurrogate(utf16[i + 1])) {
            const char32_t high = unit & 0x3FFU;
            const char32_t low = utf16[++i] & 0x3FFU;
            appendUtf8(out, 0x10000 + ((high << 10) | low));
        } else if (isHighSurrogate(unit) || isLowSurrogate(unit)) {
            appendUtf8(out, keepLone ? unit : kReplacement);
        } else {
            appendUtf8(out, unit);
        }
    }
    return out;
}

} // namespace

std::string toUtf8(std::u16string_view utf16) { return encode<false>(utf16); }

std::string toWtf8(std::u16string_view utf16) { return encode<true>(utf16); }

std::u16string toUtf16(std::string_view utf8)
{
    std::u16string out;
    out.reserve(utf8.size());
    for (std::size_t i = 0; i < utf8.size();) {
        const std::size_t ascii = asciiEnd(utf8, i);
        out.append(utf8.begin() + static_cast<std::ptrdiff_t>(i),
            utf8.begin() + static_cast<std::ptrdiff_t>(ascii));
        i = ascii;
        if (i == utf8.size()) {
            break;
        }
        const auto [value, bytes] = decode(utf8, i, true);
        if (bytes == 0) {
            out.push_back(kReplacement);
            ++i;
        } else if (value < 0x10000) {
            out.push_back(static_cast<char16_t>(value));
            i += bytes;
        } else {
            out.push_back(static_cast<char16_t>(0xD800 + ((value - 0x10000) >> 10)));
            out.push_back(static_cast<char16_t>(0xDC00 + ((value - 0x10000) & 0x3FF)));
            i += bytes;
        }
    }
    return out;
}

bool isValidUtf8(std::string_view bytes) noexcept
{
    for (std::size_t i = asciiEnd(bytes, 0); i < bytes.size(); i = asciiEnd(bytes, i)) {
        const std::size_t length = decode(bytes, i, false).bytes;
        if (length == 0) {
            return false;
        }
        i += length;
    }
    return true;
}

std::uint64_t utf16Length(std::string_view utf8) noexcept
{
    std::uint64_t units = 0;
    for (const char c : utf8) {
        const auto byte = static_cast<std::uint8_t>(c);
        // One unit per sequence, two for those of four bytes.
        units += (byte & 0xC0) != 0x80;
        units += byte >= 0xF0;
    }
    return units;
}

bool isWellFormed(std::u16string_view utf16) noexcept
{
    for (std::size_t i = 0; i < utf16.size(); ++i) {
        if (isLowSurrogate(utf16[i])) {
            return false;
        }
        if (isHighSurrogate(utf16[i])) {
            if (i + 1 == utf16.size() || !isLowSurrogate(utf16[i + 1])) {
                return false;
            }
            ++i;
        }
    }
    return true;
}

std::u16string toWellFormed(std::u16string_view utf16)
{
    std::u16string out(utf16);
    for (std::size_t i = 0; i < out.size(); ++i) {
        const bool pair =
            isHighSurrogate(out[i]) && i + 1 < out.size() && isLowSurrogate(out[i + 1]);
        if (pair) {
            ++i;
        } else if (isHighSurrogate(out[i]) || isLowSurrogate(out[i])) {
            out[i] = kReplacement;
        }
    }
    return out;
}

} // namespace tutti::crdt
