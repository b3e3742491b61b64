// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/text.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tutti::app::ctl {

/// One replacement in a text; offsets and lengths in UTF-16 units.
struct TextEdit
{
    std::size_t at = 0; ///< in the old text
    std::size_t erased = 0;
    std::u16string inserted;

    bool operator==(const TextEdit&) const = default;
};

/// What turns `from` into `to`, as few and small replacements as is cheap to find: first by lines,
/// then by code points inside the lines that differ. In ascending order, not touching each other,
/// never inside a surrogate pair.
/// Cost: O((n + m) · d) with d the number of differences, bounded: beyond some thousand
/// differences what lies between the common beginning and end is replaced as a whole.
[[nodiscard]] std::vector<TextEdit> textDiff(std::u16string_view from, std::u16string_view to);

/// Applies what textDiff() found, as part of the open transaction or one of its own for each.
void applyEdits(crdt::Text& text, const std::vector<TextEdit>& edits);

} // namespace tutti::app::ctl
