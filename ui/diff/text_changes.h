// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace tutti::ui {

/// A place where two texts differ; offsets and lengths in UTF-16 units.
struct TextChange
{
    std::size_t at = 0; ///< in the old text
    std::size_t removed = 0;
    std::size_t newAt = 0; ///< in the new text
    std::size_t added = 0;

    bool operator==(const TextChange&) const = default;
};

/// Whether a cut at `index` would part the two halves of a surrogate pair.
[[nodiscard]] bool partsPair(std::u16string_view text, std::size_t index) noexcept;

/// What turns one text into the other: left to right and apart from each other, small rather than
/// minimal. Lines that stay are left alone; inside changed lines, what is common at both ends and
/// long common pieces are. No change starts or ends inside a surrogate pair of either text. Lines
/// end with LF or U+2029.
/// Cost: O(n) where the texts differ in one place; O(n + d²) in general, bounded: where they have
/// little in common, the differing middle is one change.
[[nodiscard]] std::vector<TextChange> textChanges(
    std::u16string_view before, std::u16string_view after);

} // namespace tutti::ui
