// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/detail/random_id.h"

#include <cstddef>
#include <cstdint>

namespace tutti::crdt::detail {

/// Hashes client ids, which a hostile peer chooses: with a secret of this process, so that nobody
/// can aim at one bucket. (splitmix64's mixer, by Steele, Lea and Flood.)
struct ClientHash
{
    std::size_t operator()(std::uint64_t client) const noexcept
    {
        static const std::uint64_t secret = (randomClientId() << 32) | randomClientId();
        std::uint64_t mixed = client ^ secret;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9U;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBU;
        return static_cast<std::size_t>(mixed ^ (mixed >> 31));
    }
};

} // namespace tutti::crdt::detail
