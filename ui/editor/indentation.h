// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <QStringView>

namespace tutti::ui {

/// How a text is indented.
struct IndentStyle
{
    int width = 4; ///< columns of one level
    int tabWidth = 4; ///< columns between tab stops
    bool spaces = true; ///< else tabs, with spaces for what is left

    bool operator==(const IndentStyle&) const = default;

    /// White space that fills the columns from `from` up to `to`.
    [[nodiscard]] QString fill(int from, int to) const;
    /// One level, from the beginning of a line.
    [[nodiscard]] QString unit() const { return fill(0, width); }
    /// The column (from 0) behind these units, tabs expanded, a surrogate pair as one.
    [[nodiscard]] int columnAfter(QStringView units) const;
};

/// Units of blanks and tabs at the beginning.
[[nodiscard]] int indentLength(QStringView line);

} // namespace tutti::ui
