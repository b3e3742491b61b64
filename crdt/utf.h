// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

/// Conversions between the wire's UTF-8 and the core's UTF-16.
namespace tutti::crdt {

/// Whether it is the first half of a surrogate pair.
[[nodiscard]] constexpr bool isHighSurrogate(char16_t unit) noexcept
{
    return (unit & 0xFC00) == 0xD800;
}
/// Whether it is the second half of a surrogate pair.
[[nodiscard]] constexpr bool isLowSurrogate(char16_t unit) noexcept
{
    return (unit & 0xFC00) == 0xDC00;
}

/// Lone surrogates become U+FFFD, as lib0 writes them. Cost: O(n).
[[nodiscard]] std::string toUtf8(std::u16string_view utf16);
/// The same with lone surrogates kept, as three bytes each (WTF-8). Cost: O(n).
[[nodiscard]] std::string toWtf8(std::u16string_view utf16);
/// Requires: UTF-8, or WTF-8 as Any keeps it. Broken sequences become U+FFFD. Cost: O(n).
[[nodiscard]] std::u16string toUtf16(std::string_view utf8);
/// Whether the bytes are UTF-8 as TextDecoder's fatal mode accepts it. Cost: O(n).
[[nodiscard]] bool isValidUtf8(std::string_view bytes) noexcept;
/// Whether all bytes are below 0x80: nearly always, so it is asked before anything else. Cost:
/// O(n).
[[nodiscard]] inline bool isAscii(std::string_view bytes) noexcept
{
    const auto wordAt = [&bytes](std::size_t at) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes.data() + at, sizeof word);
        return word;
    };
    std::uint64_t all = 0;
    if (bytes.size() < sizeof all) {
        for (const char byte : bytes) {
            all |= static_cast<std::uint8_t>(byte);
        }
        return all < 0x80;
    }
    for (std::size_t at = 0; at + sizeof all < bytes.size(); at += sizeof all) {
        all |= wordAt(at);
    }
    all |= wordAt(bytes.size() - sizeof all); // overlaps the one before
    return (all & 0x8080808080808080U) == 0;
}
/// The text with every surrogate that lacks its other half replaced by U+FFFD; the length stays.
[[nodiscard]] std::u16string toWellFormed(std::u16string_view utf16);
/// The length in UTF-16 units. Requires: UTF-8 or WTF-8. Cost: O(n).
[[nodiscard]] std::uint64_t utf16Length(std::string_view utf8) noexcept;
/// Whether every surrogate has its other half. Cost: O(n).
[[nodiscard]] bool isWellFormed(std::u16string_view utf16) noexcept;

} // namespace tutti::crdt
