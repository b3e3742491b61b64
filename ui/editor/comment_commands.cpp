// SPDX-License-Identifier: MIT
// Line commands: comments, and changes of what is selected.
#include "ui/editor/document_units.h"
#include "ui/editor/line_commands.h"
#include "ui/editor/text_diff.h"

#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocument>

#include <algorithm>
#include <limits>
#include <utility>

namespace tutti::ui {

namespace {

/// A line that is not blank, and where its text begins and ends, in document positions.
struct Content
{
    QString text;
    int start = 0;
    int end = 0;
};

std::vector<Content> contents(const QTextDocument& document, LineRange range)
{
    std::vector<Content> result;
    for (int number = range.first; number <= range.last; ++number) {
        const QTextBlock line = document.findBlockByNumber(number);
        const QString text = line.text();
        const int indent = indentLength(text);
        auto length = text.size();
        while (length > indent && text.at(length - 1).isSpace()) {
            --length;
        }
        if (length > indent) {
            const QString content = text.mid(indent, length - indent);
            const int start = line.position() + indent;
            result.push_back({content, start, start + static_cast<int>(content.size())});
        }
    }
    return result;
}

/// Takes a marker at the beginning away, and the blank after it.
Replacement withoutMarker(const Content& line, const QString& marker)
{
    const bool blank = line.text.size() > marker.size() && line.text.at(marker.size()) == u' ';
    return {line.start, static_cast<int>(marker.size()) + (blank ? 1 : 0), {}};
}

Replacement withoutEndMarker(const Content& line, const QString& marker)
{
    const qsizetype before = line.text.size() - marker.size() - 1;
    const int length =
        static_cast<int>(marker.size()) + (before >= 0 && line.text.at(before) == u' ' ? 1 : 0);
    return {line.end - length, length, {}};
}

/// Where the markers go: one column for all lines, the smallest indent, in units where the lines
/// are indented alike.
int commonIndent(const QTextDocument& document, const std::vector<Content>& lines)
{
    int indent = std::numeric_limits<int>::max();
    for (const Content& line : lines) {
        indent = std::min(indent, line.start - document.findBlock(line.start).position());
    }
    return indent;
}

} // namespace

EditPlan toggleLineComment(
    const QTextDocument& document, const Selections& selections, const CommentMarkers& markers)
{
    EditPlan plan;
    const bool byLine = !markers.line.isEmpty();
    std::vector<int> closed; // where a comment is closed: carets there stay inside it
    if (!byLine && (markers.open.isEmpty() || markers.close.isEmpty())) {
        return plan;
    }
    const auto isComment = [&](const Content& line) {
        return byLine ? line.text.startsWith(markers.line)
                      : line.text.startsWith(markers.open) && line.text.endsWith(markers.close)
                && line.text.size() >= markers.open.size() + markers.close.size();
    };
    for (const LineRange& range : touchedLines(document, selections)) {
        const std::vector<Content> lines = contents(document, range);
        const bool remove = std::ranges::all_of(lines, isComment);
        const int indent = lines.empty() ? 0 : commonIndent(document, lines);
        for (const Content& line : lines) {
            if (remove) {
                plan.edits.push_back(withoutMarker(line, byLine ? markers.line : markers.open));
                if (!byLine) {
                    // one blank between the two markers goes with the first
                    const int passed = plan.edits.back().position + plan.edits.back().removed;
                    const Replacement end = withoutEndMarker(line, markers.close);
                    const int from = std::max(end.position, passed);
                    plan.edits.push_back({from, end.position + end.removed - from, {}});
                }
            } else if (byLine) {
                plan.edits.push_back(
                    {document.findBlock(line.start).position() + indent, 0, markers.line + u' '});
            } else {
                plan.edits.push_back({line.start, 0, markers.open + u' '});
                plan.edits.push_back({line.end, 0, u' ' + markers.close});
                closed.push_back(line.end);
            }
        }
    }
    PositionMap map(plan.edits);
    plan.after = selections.mapped([&](const EditorSelection& s) {
        if (s.isEmpty()) {
            const bool inside = std::ranges::binary_search(closed, s.caret);
            return EditorSelection::at(map(s.caret, inside ? Side::Before : Side::After));
        }
        const int start = map(s.start(), Side::Before);
        return s.withEnds(start, std::max(start, map(s.end(), Side::After)));
    });
    return plan;
}

EditPlan toggleBlockComment(
    const QTextDocument& document, const Selections& selections, const CommentMarkers& markers)
{
    if (markers.open.isEmpty() || markers.close.isEmpty()) {
        return {};
    }
    const int opening = static_cast<int>(markers.open.size());
    const int closing = static_cast<int>(markers.close.size());
    EditPlan plan;
    std::vector<int> carets; // where they go from the beginning of what is put in at them
    for (const EditorSelection& s : selections) {
        carets.push_back(0);
        const int last =
            plan.edits.empty() ? 0 : plan.edits.back().position + plan.edits.back().removed;
        if (s.start() < last) {
            continue; // in a marker that the selection before it takes away
        }
        const QString inside = readDocument(document, s.start(), s.end());
        const QString around = readDocument(document, s.start() - opening, s.end() + closing);
        const bool hasRoom =
            s.start() - opening >= last && around.size() == opening + inside.size() + closing;
        if (inside.size() >= opening + closing && inside.startsWith(markers.open)
            && inside.endsWith(markers.close)) {
            plan.edits.push_back({s.start(), opening, {}});
            plan.edits.push_back({s.end() - closing, closing, {}});
        } else if (hasRoom && around.startsWith(markers.open) && around.endsWith(markers.close)) {
            plan.edits.push_back({s.start() - opening, opening, {}});
            plan.edits.push_back({s.end(), closing, {}});
        } else {
            plan.edits.push_back({s.start(), 0, markers.open});
            if (s.isEmpty()) {
                plan.edits.back().inserted += markers.close;
                carets.back() = opening;
            } else {
                plan.edits.push_back({s.end(), 0, markers.close});
            }
        }
    }
    PositionMap map(plan.edits);
    auto inserted = carets.cbegin();
    plan.after = selections.mapped([&](const EditorSelection& s) {
        const int onward = *inserted++;
        if (s.isEmpty()) {
            return EditorSelection::at(map(s.caret, Side::Before) + onward);
        }
        const int start = map(s.start(), Side::After);
        return s.withEnds(start, std::max(start, map(s.end(), Side::Before)));
    });
    return plan;
}

EditPlan changeText(QTextDocument& document, const Selections& selections,
    const std::function<QString(const QString&)>& change)
{
    EditPlan plan;
    std::vector<EditorSelection> after;
    int shift = 0;
    int last = 0;
    for (const EditorSelection& s : selections) {
        QTextCursor cursor(&document);
        cursor.setPosition(s.start());
        cursor.setPosition(s.end(), QTextCursor::KeepAnchor);
        if (s.isEmpty()) {
            cursor.select(QTextCursor::WordUnderCursor);
        }
        const int from = cursor.selectionStart();
        const int to = cursor.selectionEnd();
        if (from < last) { // a second caret in a word
            after.push_back(EditorSelection::at(std::min(s.caret, last) + shift));
            continue;
        }
        last = to;
        const QString text = readText(document, from, to);
        const QString changed = change(text);
        for (Replacement& edit : smallEdits(text, changed)) {
            edit.position += from;
            plan.edits.push_back(std::move(edit));
        }
        const int start = from + shift;
        const int length = static_cast<int>(changed.size());
        after.push_back(s.isEmpty() ? EditorSelection::at(start + std::min(s.caret - from, length))
                                    : s.withEnds(start, start + length));
        shift += length - (to - from);
    }
    plan.after = Selections(std::move(after), selections.mainIndex());
    return plan;
}

} // namespace tutti::ui
