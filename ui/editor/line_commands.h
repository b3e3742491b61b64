// SPDX-License-Identifier: MIT
#pragma once

#include "ui/editor/indentation.h"
#include "ui/editor/selections.h"

#include <QString>

#include <functional>
#include <vector>

class QTextDocument;

/// Commands on whole lines, as plans: nothing is changed here. They concern the lines that a
/// selection touches; one that ends where a line begins does not touch that line.
///
/// Every plan writes as little as it can, so that what others do to the same lines at the same
/// time survives: moving lines takes the one line they pass to their other side, sorting leaves
/// lines alone that need not move.
namespace tutti::ui {

/// Lines [first, last] by number from 0.
struct LineRange
{
    int first = 0;
    int last = 0;

    bool operator==(const LineRange&) const = default;
};

/// The lines that the selections touch, from the first to the last, neighbours united.
[[nodiscard]] std::vector<LineRange> touchedLines(
    const QTextDocument& document, const Selections& selections);

[[nodiscard]] EditPlan moveLinesUp(const QTextDocument& document, const Selections& selections);
[[nodiscard]] EditPlan moveLinesDown(const QTextDocument& document, const Selections& selections);
/// The user goes on in the lower copy, or in the upper one.
[[nodiscard]] EditPlan copyLinesDown(const QTextDocument& document, const Selections& selections);
[[nodiscard]] EditPlan copyLinesUp(const QTextDocument& document, const Selections& selections);
[[nodiscard]] EditPlan deleteLines(const QTextDocument& document, const Selections& selections);
/// The lines become one, or, where there is only one, it and the next: a blank between them, none
/// beside an empty line.
[[nodiscard]] EditPlan joinLines(const QTextDocument& document, const Selections& selections);
/// By code points.
[[nodiscard]] EditPlan sortLines(
    const QTextDocument& document, const Selections& selections, Qt::SortOrder order);
/// Keeps the first of equal lines.
[[nodiscard]] EditPlan removeDuplicateLines(
    const QTextDocument& document, const Selections& selections);

/// One level, whatever the indent was, so that lines keep their places to each other; empty lines
/// stay empty.
[[nodiscard]] EditPlan indentLines(
    const QTextDocument& document, const Selections& selections, const IndentStyle& style);
[[nodiscard]] EditPlan outdentLines(
    const QTextDocument& document, const Selections& selections, const IndentStyle& style);

/// What begins a comment up to the end of the line, and what stands around one of any size; empty
/// where the language has none.
struct CommentMarkers
{
    QString line;
    QString open;
    QString close;
};

/// Takes the markers away when every line that is not blank has one, else puts one before each.
/// A language without a marker for lines gets its other ones around each line.
[[nodiscard]] EditPlan toggleLineComment(
    const QTextDocument& document, const Selections& selections, const CommentMarkers& markers);
/// Around each selection, or gone from around it.
[[nodiscard]] EditPlan toggleBlockComment(
    const QTextDocument& document, const Selections& selections, const CommentMarkers& markers);

/// Each selection as `change` makes it; with nothing selected the word at the caret.
[[nodiscard]] EditPlan changeText(QTextDocument& document, const Selections& selections,
    const std::function<QString(const QString&)>& change);
/// The two characters around each caret change places.
[[nodiscard]] EditPlan transpose(const QTextDocument& document, const Selections& selections);

} // namespace tutti::ui
