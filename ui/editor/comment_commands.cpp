// SPDX-License-Identifier: MIT
// Line commands: comments, and changes of what is selected.
#include "ui/editor/document_units.h"
#include "ui/editor/edit_plan.h"
#include "ui/editor/line_commands.h"

#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocument>

#include <algorithm>
#include <limits>

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
        const QString content = text.trimmed();
        if (!content.isEmpty()) {
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
                    plan.edits.push_back(withoutEndMarker(line, markers.close));
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
    for (const EditorSelection& s : selections) {
        const QString inside = readDocument(document, s.start(), s.end());
        const QString around = readDocument(document, s.start() - opening, s.end() + closing);
        if (inside.size() >= opening + closing && inside.startsWith(markers.open)
            && inside.endsWith(markers.close)) {
            plan.edits.push_back({s.start(), opening, {}});
            plan.edits.push_back({s.end() - closing, closing, {}});
        } else if (s.start() >= opening && around.startsWith(markers.open)
            && around.endsWith(markers.close)) {
            plan.edits.push_back({s.start() - opening, opening, {}});
            plan.edits.push_back({s.end(), closing, {}});
        } else {
            plan.edits.push_back({s.start(), 0, markers.open});
            if (s.isEmpty()) {
                plan.edits.back().inserted += markers.close;
            } else {
                plan.edits.push_back({s.end(), 0, markers.close});
            }
        }
    }
    PositionMap map(plan.edits);
    plan.after = selections.mapped([&](const EditorSelection& s) {
        if (s.isEmpty()) {
            return EditorSelection::at(map(s.caret, Side::Before)
                + (readDocument(document, s.caret - opening, s.caret) == markers.open ? 0
                                                                                      : opening));
        }
        const int start = map(s.start(), Side::After);
        return s.withEnds(start, std::max(start, map(s.end(), Side::Before)));
    });
    return plan;
}

EditPlan changeText(QTextDocument& document, const Selections& selections,
    const std::function<QString(const QString&)>& change)
{
    return planEach(selections, [&](const EditorSelection& s) {
        QTextCursor cursor(&document);
        cursor.setPosition(s.start());
        cursor.setPosition(s.end(), QTextCursor::KeepAnchor);
        if (s.isEmpty()) {
            cursor.select(QTextCursor::WordUnderCursor);
        }
        const int from = cursor.selectionStart();
        const int to = cursor.selectionEnd();
        QString text = readDocument(document, from, to);
        text.replace(QChar(QChar::ParagraphSeparator), u'\n');
        const QString changed = change(text);
        if (s.isEmpty()) {
            const int caret = std::min(s.caret - from, static_cast<int>(changed.size()));
            return Piece{from, to, changed, caret, caret};
        }
        const EditorSelection all = s.withEnds(0, static_cast<int>(changed.size()));
        return Piece{from, to, changed, all.anchor, all.caret};
    });
}

} // namespace tutti::ui
