// SPDX-License-Identifier: MIT
#pragma once

#include "ui/diff/text_changes.h"

#include <cstddef>
#include <string_view>
#include <vector>

namespace tutti::ui {

/// Two texts beside each other, so that lines which are the same stand in the same row.
struct SideBySide
{
    static constexpr int kNone = -1;

    struct Row
    {
        int left = kNone; ///< a line's number from 0, or none: nothing stands there
        int right = kNone;
        bool differs = false;
        /// What differs inside the two lines, in units from their beginnings; empty: all of them.
        std::vector<TextChange> inside;
    };
    /// Rows that differ and follow each other.
    struct Difference
    {
        int first = 0;
        int count = 0;
    };

    std::vector<std::u16string_view> leftLines; ///< without their ends
    std::vector<std::u16string_view> rightLines;
    std::vector<Row> rows;
    std::vector<Difference> differences;
};

/// Lines end with LF. The result refers to the texts.
/// Cost: as sequenceChanges() with the lines of both; lines that differ are paired by how much they
/// have in common where there are not too many.
[[nodiscard]] SideBySide sideBySide(std::u16string_view left, std::u16string_view right);

} // namespace tutti::ui
