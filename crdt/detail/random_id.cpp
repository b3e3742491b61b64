// SPDX-License-Identifier: MIT
#include "crdt/detail/random_id.h"

#include <format>
#include <random>

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
    // Where the processor makes the bits they are dear: each is used, save those RFC 9562 fixes.
    const std::uint64_t high = (std::uint64_t{random32()} << 32) | random32();
    const std::uint64_t low = (std::uint64_t{random32()} << 32) | random32();
    return std::format("{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}", high >> 32, (high >> 16) & 0xFFFF,
        high & 0xFFF, 0x8000 | (low >> 50), low & 0xFFFF'FFFF'FFFF);
}

} // namespace tutti::crdt::detail
