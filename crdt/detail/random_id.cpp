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

} // namespace

std::uint64_t randomClientId() { return random32(); }

std::string randomUuid()
{
    constexpr std::string_view kHex = "0123456789abcdef";
    constexpr std::string_view kPattern = "xxxxxxxx-xxxx-4xxx-vxxx-xxxxxxxxxxxx";
    std::string uuid;
    for (const char c : kPattern) {
        const std::uint32_t nibble = random32() & 0xF;
        switch (c) {
        case 'x':
            uuid += kHex[nibble];
            break;
        case 'v':
            uuid += kHex[8 + (nibble & 3)];
            break;
        default:
            uuid += c;
        }
    }
    return uuid;
}

} // namespace tutti::crdt::detail
