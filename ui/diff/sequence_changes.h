// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

/// What differs between two texts: for edits that touch only that, and to be shown. Standard
/// library only, so that programs without windows may use it (tutti_diff).
namespace tutti::ui {

/// A stretch of the old sequence, and what stands in its place in the new one; each may be empty,
/// not both. Several are in order and do not touch.
struct SequenceChange
{
    std::size_t oldBegin = 0;
    std::size_t oldEnd = 0;
    std::size_t newBegin = 0;
    std::size_t newEnd = 0;

    bool operator==(const SequenceChange&) const = default;
};

/// The fewest insertions and deletions that turn one sequence into the other (E. W. Myers, "An
/// O(ND) difference algorithm", 1986); nothing when they are more than `most`.
/// Cost: O((n + m) · d) time, O(d²) memory.
[[nodiscard]] std::optional<std::vector<SequenceChange>> sequenceChanges(
    std::span<const std::uint32_t> before, std::span<const std::uint32_t> after,
    std::ptrdiff_t most);

} // namespace tutti::ui
