// SPDX-License-Identifier: MIT
#include "ui/editor/line_commands.h"

#include "ui/editor/document_units.h"
#include "ui/editor/text_diff.h"

#include <QSet>
#include <QStringList>
#include <QTextBlock>
#include <QTextDocument>

#include <algorithm>
#include <optional>
#include <utility>

namespace tutti::ui {

namespace {

QTextBlock lineAt(const QTextDocument& document, int number)
{
    return document.findBlockByNumber(number);
}

int startOf(const QTextBlock& block) { return block.position(); }

int endOf(const QTextBlock& block) { return block.position() + block.length() - 1; }

bool isLast(const QTextBlock& block) { return !block.next().isValid(); }

QString textOf(const QTextDocument& document, LineRange range)
{
    return readText(
        document, startOf(lineAt(document, range.first)), endOf(lineAt(document, range.last)));
}

/// For carets that go along with lines in front of which others come in.
constexpr Sides kPushed{.caret = Side::After, .start = Side::After, .end = Side::Before};
/// For selections that take in what comes in at their ends.
constexpr Sides kGrown{.caret = Side::After, .start = Side::Before, .end = Side::After};

/// Plans `edit(line, its text, whether it is the only one of its range)` for each touched line,
/// where there is one.
template <typename Edit>
EditPlan forEachLine(
    const QTextDocument& document, const Selections& selections, Sides sides, Edit edit)
{
    EditPlan plan;
    for (const LineRange& range : touchedLines(document, selections)) {
        QTextBlock line = lineAt(document, range.first);
        for (int number = range.first; number <= range.last; ++number, line = line.next()) {
            if (std::optional<Replacement> one =
                    edit(line, line.text(), range.first == range.last)) {
                plan.edits.push_back(*std::move(one));
            }
        }
    }
    plan.after = movedBy(selections, plan.edits, sides);
    return plan;
}

/// Plans a replacement of whole lines by others, of what differs only.
void replaceLines(const QTextDocument& document, LineRange range, const QStringList& lines,
    std::vector<Replacement>& edits)
{
    const int start = startOf(lineAt(document, range.first));
    for (Replacement edit : smallEdits(textOf(document, range), lines.join(u'\n'))) {
        edit.position += start;
        edits.push_back(std::move(edit));
    }
}

/// Plans `change(lines)` for each range of more than one line.
template <typename Change>
EditPlan rearrange(const QTextDocument& document, const Selections& selections, Change change)
{
    EditPlan plan;
    for (const LineRange& range : touchedLines(document, selections)) {
        if (range.first < range.last) {
            replaceLines(document, range, change(textOf(document, range).split(u'\n')), plan.edits);
        }
    }
    plan.after = movedBy(selections, plan.edits);
    return plan;
}

} // namespace

std::vector<LineRange> touchedLines(const QTextDocument& document, const Selections& selections)
{
    std::vector<LineRange> ranges;
    for (const EditorSelection& s : selections) {
        const QTextBlock first = document.findBlock(s.start());
        QTextBlock last = document.findBlock(s.end());
        if (last != first && s.end() == startOf(last)) {
            last = last.previous();
        }
        const LineRange range{first.blockNumber(), last.blockNumber()};
        if (!ranges.empty() && range.first <= ranges.back().last + 1) {
            ranges.back().last = std::max(ranges.back().last, range.last);
        } else {
            ranges.push_back(range);
        }
    }
    return ranges;
}

// Moving and copying

EditPlan moveLinesUp(const QTextDocument& document, const Selections& selections)
{
    EditPlan plan;
    for (const LineRange& range : touchedLines(document, selections)) {
        if (range.first == 0) {
            continue;
        }
        const QTextBlock above = lineAt(document, range.first - 1);
        const QTextBlock last = lineAt(document, range.last);
        plan.edits.push_back({startOf(above), above.length(), {}});
        if (isLast(last)) {
            plan.edits.push_back({endOf(last), 0, u'\n' + above.text()});
        } else {
            plan.edits.push_back({startOf(last.next()), 0, above.text() + u'\n'});
        }
    }
    plan.after = movedBy(selections, plan.edits);
    return plan;
}

EditPlan moveLinesDown(const QTextDocument& document, const Selections& selections)
{
    EditPlan plan;
    for (const LineRange& range : touchedLines(document, selections)) {
        const QTextBlock last = lineAt(document, range.last);
        const QTextBlock below = last.next();
        if (!below.isValid()) {
            continue;
        }
        plan.edits.push_back({startOf(lineAt(document, range.first)), 0, below.text() + u'\n'});
        if (isLast(below)) {
            plan.edits.push_back({endOf(last), below.length(), {}});
        } else {
            plan.edits.push_back({startOf(below), below.length(), {}});
        }
    }
    plan.after = movedBy(selections, plan.edits, kPushed);
    return plan;
}

EditPlan copyLinesDown(const QTextDocument& document, const Selections& selections)
{
    EditPlan plan;
    for (const LineRange& range : touchedLines(document, selections)) {
        plan.edits.push_back(
            {startOf(lineAt(document, range.first)), 0, textOf(document, range) + u'\n'});
    }
    plan.after = movedBy(selections, plan.edits, kPushed);
    return plan;
}

EditPlan copyLinesUp(const QTextDocument& document, const Selections& selections)
{
    EditPlan plan;
    for (const LineRange& range : touchedLines(document, selections)) {
        plan.edits.push_back(
            {endOf(lineAt(document, range.last)), 0, u'\n' + textOf(document, range)});
    }
    plan.after = movedBy(selections, plan.edits);
    return plan;
}

EditPlan deleteLines(const QTextDocument& document, const Selections& selections)
{
    EditPlan plan;
    for (const LineRange& range : touchedLines(document, selections)) {
        const QTextBlock first = lineAt(document, range.first);
        const QTextBlock last = lineAt(document, range.last);
        int from = startOf(first);
        int to = endOf(last);
        if (!isLast(last)) {
            ++to;
        } else if (range.first > 0) {
            --from; // the line break before it
        }
        plan.edits.push_back({from, to - from, {}});
    }
    PositionMap map(plan.edits);
    plan.after = selections.mapped([&map](const EditorSelection& s) {
        return EditorSelection::at(map(s.start(), Side::Before));
    });
    return plan;
}

EditPlan joinLines(const QTextDocument& document, const Selections& selections)
{
    EditPlan plan;
    for (LineRange range : touchedLines(document, selections)) {
        if (range.first == range.last) {
            ++range.last;
        }
        const auto trimmedLength = [](const QString& text) {
            auto length = text.size();
            while (length > 0 && text.at(length - 1).isSpace()) {
                --length;
            }
            return static_cast<int>(length);
        };
        const QTextBlock first = lineAt(document, range.first);
        int kept = trimmedLength(first.text());
        int from = startOf(first) + kept;
        for (QTextBlock line = first.next(); line.isValid() && line.blockNumber() <= range.last;
            line = line.next()) {
            const QString text = line.text();
            const bool blank = indentLength(text) == text.size();
            if (blank && line.blockNumber() < range.last) {
                continue;
            }
            const int to = startOf(line) + indentLength(text);
            plan.edits.push_back(
                {from, to - from, kept > 0 && !blank ? QStringLiteral(" ") : QString()});
            kept = trimmedLength(text);
            from = startOf(line) + kept;
        }
    }
    plan.after = movedBy(selections, plan.edits);
    return plan;
}

// Order

EditPlan sortLines(const QTextDocument& document, const Selections& selections, Qt::SortOrder order)
{
    return rearrange(document, selections, [order](QStringList lines) {
        std::ranges::stable_sort(lines, [order](const QString& a, const QString& b) {
            // UTF-16 would put the astral planes before U+E000
            const auto less = [](const QString& x, const QString& y) {
                return x.toUcs4() < y.toUcs4();
            };
            return order == Qt::AscendingOrder ? less(a, b) : less(b, a);
        });
        return lines;
    });
}

EditPlan removeDuplicateLines(const QTextDocument& document, const Selections& selections)
{
    return rearrange(document, selections, [](const QStringList& lines) {
        QStringList kept;
        QSet<QString> seen;
        for (const QString& line : lines) {
            if (!seen.contains(line)) {
                seen.insert(line);
                kept << line;
            }
        }
        return kept;
    });
}

// Indentation

EditPlan indentLines(
    const QTextDocument& document, const Selections& selections, const IndentStyle& style)
{
    // what is selected grows by its first line's indent
    return forEachLine(document, selections, kGrown,
        [&style](
            const QTextBlock& line, const QString& text, bool alone) -> std::optional<Replacement> {
            const int units = indentLength(text);
            if (text.isEmpty() || (units == text.size() && !alone)) {
                return std::nullopt;
            }
            const int column = style.columnAfter(QStringView(text).left(units));
            return Replacement{startOf(line) + units, 0, style.fill(column, column + style.width)};
        });
}

EditPlan outdentLines(
    const QTextDocument& document, const Selections& selections, const IndentStyle& style)
{
    return forEachLine(document, selections, {},
        [&style](const QTextBlock& line, const QString& text, bool) -> std::optional<Replacement> {
            const int units = indentLength(text);
            const int column = style.columnAfter(QStringView(text).left(units));
            if (column == 0) {
                return std::nullopt;
            }
            const int stop = std::max(column - style.width, 0);
            int kept = units;
            while (kept > 0 && style.columnAfter(QStringView(text).left(kept)) > stop) {
                --kept;
            }
            const int reached = style.columnAfter(QStringView(text).left(kept));
            return Replacement{startOf(line) + kept, units - kept, style.fill(reached, stop)};
        });
}

// Case and characters

EditPlan transpose(const QTextDocument& document, const Selections& selections)
{
    EditPlan plan;
    std::vector<EditorSelection> after;
    for (const EditorSelection& s : selections) {
        after.push_back(s);
        const QTextBlock line = document.findBlock(s.caret);
        const QString text = line.text();
        int inLine = s.caret - startOf(line);
        if (!s.isEmpty() || inLine == 0 || text.size() < 2) {
            continue;
        }
        inLine -= inLine == text.size() ? 1 : 0; // at the end: the last two
        const auto before = QStringView(text).left(inLine).toUcs4();
        const auto behind = QStringView(text).mid(inLine).toUcs4();
        if (before.isEmpty() || behind.isEmpty()) {
            continue;
        }
        const QString left =
            QString::fromUcs4(reinterpret_cast<const char32_t*>(&before.back()), 1);
        const QString right =
            QString::fromUcs4(reinterpret_cast<const char32_t*>(&behind.front()), 1);
        const int from = startOf(line) + inLine - static_cast<int>(left.size());
        const int length = static_cast<int>(left.size() + right.size());
        if (!plan.edits.empty() && plan.edits.back().position + plan.edits.back().removed > from) {
            continue; // that character is being moved already
        }
        plan.edits.push_back({from, length, right + left});
        after.back() = EditorSelection::at(from + length);
    }
    plan.after = Selections(std::move(after), selections.mainIndex());
    return plan;
}

} // namespace tutti::ui
