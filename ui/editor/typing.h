// SPDX-License-Identifier: MIT
#pragma once

#include "ui/editor/indentation.h"
#include "ui/editor/selections.h"

#include <QString>
#include <QStringList>
#include <QTextCursor>

#include <vector>

class QTextDocument;

/// What keys do to a text with one caret or many, as plans: nothing is changed here.
/// Positions are the document's; lines end with LF in what is inserted.
namespace tutti::ui {

/// Every selection gives way to the text; the carets go behind it.
[[nodiscard]] EditPlan insertEverywhere(const Selections& selections, const QString& text);
/// The first selection gives way to the first text, and so on. Requires: as many of each.
[[nodiscard]] EditPlan insertEach(const Selections& selections, const QStringList& texts);

/// Brackets and quotes that the editor has closed by itself and the user has not passed yet, in
/// document positions, ascending. Typing the same there passes them.
using AutoClosed = std::vector<int>;

/// What typing one of the pairs does, where it does more than to insert it: surrounds what is
/// selected, passes what was closed automatically, or comes with its other half. Nothing to plan,
/// and no caret moved, when the character is to be inserted as any other.
struct PairTyping
{
    bool handled = false;
    EditPlan plan;
    AutoClosed closed; ///< new ones, in positions after the plan
};
[[nodiscard]] PairTyping typeWithPairs(
    QTextDocument& document, const Selections& selections, QChar typed, const AutoClosed& closed);

/// A new line, indented as the one before, one level more behind an opening bracket, and with
/// the closing one put on a line of its own.
[[nodiscard]] EditPlan insertNewLine(
    QTextDocument& document, const Selections& selections, const IndentStyle& style);
/// An empty line above or below each caret's line, with the caret in it.
[[nodiscard]] EditPlan openLine(
    QTextDocument& document, const Selections& selections, const IndentStyle& style, bool above);

/// A closing bracket typed as the first on its line goes back to the indent of the line that
/// opens it. Nothing to do: an empty plan, and the character is to be inserted as any other.
[[nodiscard]] EditPlan typeClosingBracket(
    QTextDocument& document, const Selections& selections, QChar typed);

/// Tab with nothing selected: up to the next stop.
[[nodiscard]] EditPlan insertTab(
    QTextDocument& document, const Selections& selections, const IndentStyle& style);

/// Deletes what is selected; where nothing is, what the movement passes.
[[nodiscard]] EditPlan deleteBy(
    QTextDocument& document, const Selections& selections, QTextCursor::MoveOperation movement);
/// Backspace: back to the last level where only white space is before the caret, both halves
/// where a pair was just closed automatically, else one character.
[[nodiscard]] EditPlan backspace(QTextDocument& document, const Selections& selections,
    const IndentStyle& style, const AutoClosed& closed);

} // namespace tutti::ui
