// SPDX-License-Identifier: MIT
#include "crdt/detail/random_id.h"

#include <random>
#include <string_view>

namespace tutti::crdt::detail {

namespace {

std::uint32_t random32()
{
    // Opening the device costs more than reading it.
    thread_local std::random_device device;
    return std::uniform_int_distribution<std::uint32_t>{}(device);
}

/// 16 hexadecimal digits.
std::string hex(std::uint64_t bits)
{
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string digits(16, '0');
    for (std::size_t i = digits.size(); i-- > 0; bits >>= 4) {
        digits[i] = kDigits[bits & 0xF];
    }
    return digits;
}

} // namespace

std::uint64_t randomClientId() { return random32(); }

std::string randomUuid()
{
    // Where the processor makes the bits they are dear: each is used, save those RFC 9562 fixes.
    const std::uint64_t high = (std::uint64_t{random32()} << 32) | random32();
    const std::uint64_t low = (std::uint64_t{random32()} << 32) | random32();
    const std::string first = hex((high & ~0xF000ULL) | 0x4000ULL); // version 4
    const std::string last = hex((low >> 2) | (1ULL << 63)); // variant 10
    return first.substr(0, 8) + '-' + first.substr(8, 4) + '-' + first.substr(12) + '-'
        + last.substr(0, 4) + '-' + last.substr(4);
}

} // namespace tutti::crdt::detail
