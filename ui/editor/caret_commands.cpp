// SPDX-License-Identifier: MIT
#include "ui/editor/caret_commands.h"

#include "ui/editor/document_units.h"
#include "ui/editor/indentation.h"

#include <QTextBlock>
#include <QTextDocument>

#include <algorithm>
#include <utility>

namespace tutti::ui {

namespace {

EditorSelection selectionOf(const QTextCursor& cursor)
{
    return {cursor.anchor(), cursor.position()};
}

QTextCursor cursorOf(QTextDocument& document, const EditorSelection& selection)
{
    QTextCursor cursor(&document);
    cursor.setPosition(selection.anchor);
    cursor.setPosition(selection.caret, QTextCursor::KeepAnchor);
    return cursor;
}

EditorSelection wordAt(QTextDocument& document, int position)
{
    QTextCursor cursor = cursorOf(document, EditorSelection::at(position));
    cursor.select(QTextCursor::WordUnderCursor);
    return {cursor.selectionStart(), cursor.selectionEnd()};
}

bool isVertical(QTextCursor::MoveOperation operation)
{
    return operation == QTextCursor::Up || operation == QTextCursor::Down;
}

Selections withCaretBeside(
    QTextDocument& document, const Selections& selections, QTextCursor::MoveOperation direction)
{
    const bool up = direction == QTextCursor::Up;
    const EditorSelection& edge = up ? selections[0] : selections[selections.size() - 1];
    QTextCursor cursor = cursorOf(document, edge);
    const auto move = [direction](QTextCursor& moved, int position) {
        moved.setPosition(position);
        return moved.movePosition(direction);
    };
    // what is selected becomes a column: the same ends one line further
    QTextCursor anchor(&document);
    if (!move(cursor, edge.caret) || !move(anchor, edge.anchor)) {
        return selections;
    }
    return selections.with({anchor.position(), cursor.position()});
}

QTextDocument::FindFlags flagsFor(bool wholeWords)
{
    QTextDocument::FindFlags flags = QTextDocument::FindCaseSensitively;
    flags.setFlag(QTextDocument::FindWholeWords, wholeWords);
    return flags;
}

QString textOf(QTextDocument& document, const EditorSelection& selection)
{
    return readDocument(document, selection.start(), selection.end());
}

/// The next text equal to `wanted` behind `from` that is no selection yet, around the end.
std::optional<EditorSelection> nextOccurrence(QTextDocument& document, const Selections& selections,
    const QString& wanted, int from, bool wholeWords)
{
    const auto taken = [&selections](const QTextCursor& found) {
        return std::ranges::any_of(selections, [&found](const EditorSelection& s) {
            return s.start() < found.selectionEnd() && found.selectionStart() < s.end();
        });
    };
    for (int round = 0; round < 2; ++round, from = 0) {
        QTextCursor found = document.find(wanted, from, flagsFor(wholeWords));
        while (!found.isNull() && taken(found)) {
            found = document.find(wanted, found.selectionEnd(), flagsFor(wholeWords));
        }
        if (!found.isNull()) {
            return EditorSelection{found.selectionStart(), found.selectionEnd()};
        }
    }
    return std::nullopt;
}

bool spansLines(const QString& text) { return text.contains(QChar(QChar::ParagraphSeparator)); }

} // namespace

Selections moveCarets(QTextDocument& document, const Selections& selections,
    QTextCursor::MoveOperation operation, bool keepAnchor, std::vector<int>& columns)
{
    if (!isVertical(operation) || columns.size() != selections.size()) {
        columns.assign(selections.size(), -1);
    }
    const bool back = operation == QTextCursor::Left || operation == QTextCursor::Up;
    std::vector<int> reached;
    Selections moved = selections.mapped([&](const EditorSelection& s) {
        QTextCursor cursor = cursorOf(document, s);
        const bool gives = !keepAnchor && !s.isEmpty();
        if (gives && (operation == QTextCursor::Left || operation == QTextCursor::Right)) {
            reached.push_back(-1);
            return EditorSelection::at(back ? s.start() : s.end());
        }
        cursor.setVerticalMovementX(columns[reached.size()]);
        cursor.movePosition(
            operation, keepAnchor ? QTextCursor::KeepAnchor : QTextCursor::MoveAnchor);
        reached.push_back(cursor.verticalMovementX());
        return selectionOf(cursor);
    });
    columns = moved.size() == reached.size() && isVertical(operation) ? std::move(reached)
                                                                      : std::vector<int>{};
    return moved;
}

Selections moveToLineStart(QTextDocument& document, const Selections& selections, bool keepAnchor)
{
    return selections.mapped([&](const EditorSelection& s) {
        QTextCursor cursor = cursorOf(document, s);
        const auto mode = keepAnchor ? QTextCursor::KeepAnchor : QTextCursor::MoveAnchor;
        const int before = cursor.position();
        cursor.movePosition(QTextCursor::StartOfLine, mode); // of a wrapped line, its visual start
        if (cursor.positionInBlock() == 0) {
            const int indent = cursor.block().position() + indentLength(cursor.block().text());
            if (before != indent) {
                cursor.setPosition(indent, mode);
            }
        }
        return selectionOf(cursor);
    });
}

Selections withCaretAbove(QTextDocument& document, const Selections& selections)
{
    return withCaretBeside(document, selections, QTextCursor::Up);
}

Selections withCaretBelow(QTextDocument& document, const Selections& selections)
{
    return withCaretBeside(document, selections, QTextCursor::Down);
}

Selections caretsAtLineEnds(const QTextDocument& document, const Selections& selections)
{
    std::vector<EditorSelection> all;
    std::size_t main = 0;
    for (const EditorSelection& s : selections) {
        QTextBlock block = document.findBlock(s.start());
        do {
            const int end = block.position() + block.length() - 1;
            all.push_back(EditorSelection::at(std::min(end, s.isEmpty() ? end : s.end())));
            block = block.next();
        } while (block.isValid() && block.position() < s.end());
        if (s == selections.main()) {
            main = all.size() - 1;
        }
    }
    return {std::move(all), main};
}

std::optional<Selections> withNextOccurrence(
    QTextDocument& document, const Selections& selections, bool wholeWords)
{
    if (!std::ranges::all_of(selections, [](const auto& s) { return !s.isEmpty(); })) {
        const Selections words = selections.mapped([&document](const EditorSelection& s) {
            return s.isEmpty() ? wordAt(document, s.caret) : s;
        });
        return words == selections ? std::nullopt : std::optional(words);
    }
    const QString wanted = textOf(document, selections.main());
    if (spansLines(wanted)) {
        return std::nullopt; // QTextDocument finds nothing across lines
    }
    const auto found =
        nextOccurrence(document, selections, wanted, selections.main().end(), wholeWords);
    return found ? std::optional(selections.with(*found)) : std::nullopt;
}

std::optional<Selections> skipOccurrence(
    QTextDocument& document, const Selections& selections, bool wholeWords)
{
    const auto more = withNextOccurrence(document, selections, wholeWords);
    if (!more || selections.main().isEmpty()) {
        return more;
    }
    std::vector<EditorSelection> all(more->begin(), more->end());
    std::erase(all, selections.main());
    const auto main = std::ranges::find(all, more->main());
    const auto index = static_cast<std::size_t>(main - all.begin());
    return Selections(std::move(all), index);
}

Selections allOccurrences(
    QTextDocument& document, const Selections& selections, bool wholeWords, int limit)
{
    EditorSelection main = selections.main();
    if (main.isEmpty()) {
        main = wordAt(document, main.caret);
        wholeWords = true;
    }
    const QString wanted = textOf(document, main);
    if (wanted.isEmpty() || spansLines(wanted)) {
        return selections;
    }
    std::vector<EditorSelection> all;
    std::size_t index = 0;
    QTextCursor found = document.find(wanted, 0, flagsFor(wholeWords));
    while (!found.isNull() && static_cast<int>(all.size()) < limit) {
        if (found.selectionStart() <= main.start()) {
            index = all.size();
        }
        all.push_back({found.selectionStart(), found.selectionEnd()});
        found = document.find(wanted, found.selectionEnd(), flagsFor(wholeWords));
    }
    return all.empty() ? selections : Selections(std::move(all), index);
}

Selections selectLines(const QTextDocument& document, const Selections& selections)
{
    const int length = documentLength(document);
    return selections.mapped([&](const EditorSelection& s) {
        const QTextBlock first = document.findBlock(s.start());
        const QTextBlock last = document.findBlock(s.end());
        return EditorSelection{first.position(), std::min(last.position() + last.length(), length)};
    });
}

} // namespace tutti::ui
