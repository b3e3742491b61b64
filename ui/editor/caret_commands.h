// SPDX-License-Identifier: MIT
#pragma once

#include "ui/editor/selections.h"

#include <QTextCursor>

#include <optional>
#include <vector>

class QTextDocument;

/// Where carets go and come from, as values: nothing is changed here.
namespace tutti::ui {

/// Each caret moved; `keepAnchor` selects on the way. What is selected and not kept gives way to
/// its edge for a step of one character. `columns` are where carets want to be when they go up
/// and down (QTextCursor::verticalMovementX), one each or none at all; they are brought up to date.
[[nodiscard]] Selections moveCarets(QTextDocument& document, const Selections& selections,
    QTextCursor::MoveOperation operation, bool keepAnchor, std::vector<int>& columns);
/// To the first character that is not white space, or, from there, to the beginning of the line.
[[nodiscard]] Selections moveToLineStart(
    QTextDocument& document, const Selections& selections, bool keepAnchor);

/// One more caret, in the line above the first (or below the last), in the same column. The same
/// selections where there is no such line.
[[nodiscard]] Selections withCaretAbove(QTextDocument& document, const Selections& selections);
[[nodiscard]] Selections withCaretBelow(QTextDocument& document, const Selections& selections);
/// A caret at the end of each selected line.
[[nodiscard]] Selections caretsAtLineEnds(
    const QTextDocument& document, const Selections& selections);

/// Selects the words at carets with nothing selected; else one more of what the main one holds,
/// the next behind it, around the end if need be; `wholeWords` as it was asked for. Nothing when
/// there is no other.
[[nodiscard]] std::optional<Selections> withNextOccurrence(
    QTextDocument& document, const Selections& selections, bool wholeWords);
/// The same, but the main selection is given up for the next one.
[[nodiscard]] std::optional<Selections> skipOccurrence(
    QTextDocument& document, const Selections& selections, bool wholeWords);
/// Everything equal to the main selection or to the word at it, at most `limit`.
[[nodiscard]] Selections allOccurrences(
    QTextDocument& document, const Selections& selections, bool wholeWords, int limit);

/// Whole lines with their line ends; asked again, one line more.
[[nodiscard]] Selections selectLines(const QTextDocument& document, const Selections& selections);

} // namespace tutti::ui
