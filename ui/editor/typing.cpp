// SPDX-License-Identifier: MIT
#include "ui/editor/typing.h"

#include "ui/editor/document_units.h"
#include "ui/editor/edit_plan.h"

#include <QTextBlock>
#include <QTextDocument>

#include <algorithm>
#include <optional>
#include <utility>

namespace tutti::ui {

namespace {

struct Pair
{
    QChar open;
    QChar close;
};

constexpr Pair kPairs[]{
    {u'(', u')'}, {u'[', u']'}, {u'{', u'}'}, {u'"', u'"'}, {u'\'', u'\''}, {u'`', u'`'}};

const Pair* pairOpenedBy(QChar unit)
{
    const auto* found = std::ranges::find(kPairs, unit, &Pair::open);
    return found == std::end(kPairs) ? nullptr : found;
}

const Pair* pairClosedBy(QChar unit)
{
    const auto* found = std::ranges::find(kPairs, unit, &Pair::close);
    return found == std::end(kPairs) ? nullptr : found;
}

bool isWord(QChar unit) { return unit.isLetterOrNumber() || unit == u'_'; }

QChar unitAt(const QTextDocument& document, int position)
{
    return position >= 0 && position < documentLength(document) ? document.characterAt(position)
                                                                : QChar();
}

/// Whether an opening bracket or quote here wants its other half at once.
bool wantsClosing(const QTextDocument& document, int position, const Pair& pair)
{
    const QChar next = unitAt(document, position);
    const bool free = next.isNull() || next.isSpace() || next == QChar::ParagraphSeparator
        || (pairClosedBy(next) != nullptr && pairOpenedBy(next) == nullptr) || next == u','
        || next == u';' || next == u':';
    if (!free) {
        return false;
    }
    if (pair.open != pair.close) {
        return true;
    }
    // "don't", and the end of a string that has begun already
    const QChar previous = unitAt(document, position - 1);
    if (isWord(previous) || previous == pair.open || previous == u'\\') {
        return false;
    }
    const QTextBlock block = document.findBlock(position);
    return block.text().left(position - block.position()).count(pair.open) % 2 == 0;
}

bool contains(const AutoClosed& closed, int position)
{
    return std::ranges::binary_search(closed, position);
}

QStringView beforeCaret(const QString& line, const QTextBlock& block, int position)
{
    return QStringView(line).left(position - block.position());
}

bool opensBlock(QStringView before)
{
    const QStringView text = before.trimmed();
    return !text.isEmpty() && (text.back() == u'{' || text.back() == u'(' || text.back() == u'[');
}

} // namespace

EditPlan insertEverywhere(const Selections& selections, const QString& text)
{
    return planEach(
        selections, [&text](const EditorSelection& s) { return Piece{s.start(), s.end(), text}; });
}

EditPlan insertEach(const Selections& selections, const QStringList& texts)
{
    qsizetype next = 0;
    return planEach(selections,
        [&](const EditorSelection& s) { return Piece{s.start(), s.end(), texts.at(next++)}; });
}

PairTyping typeWithPairs(
    QTextDocument& document, const Selections& selections, QChar typed, const AutoClosed& closed)
{
    const Pair* opened = pairOpenedBy(typed);
    if (pairClosedBy(typed) != nullptr
        && std::ranges::all_of(selections, [&](const EditorSelection& s) {
               return s.isEmpty() && contains(closed, s.caret)
                   && unitAt(document, s.caret) == typed;
           })) {
        PairTyping passed{true, {}, {}};
        passed.plan.after = selections.mapped(
            [](const EditorSelection& s) { return EditorSelection::at(s.caret + 1); });
        return passed;
    }
    if (opened == nullptr) {
        return {};
    }
    const bool all = std::ranges::all_of(selections, [&](const EditorSelection& s) {
        return !s.isEmpty() || wantsClosing(document, s.caret, *opened);
    });
    if (!all) {
        return {};
    }
    PairTyping result{true, {}, {}};
    std::vector<EditorSelection> after;
    int shift = 1;
    for (const EditorSelection& s : selections) {
        if (s.isEmpty()) {
            result.plan.edits.push_back({s.caret, 0, QString(opened->open) + opened->close});
        } else { // what is between is left to those who write in it
            result.plan.edits.push_back({s.start(), 0, QString(opened->open)});
            result.plan.edits.push_back({s.end(), 0, QString(opened->close)});
        }
        after.push_back({s.anchor + shift, s.caret + shift});
        shift += 2;
    }
    result.plan.after = Selections(std::move(after), selections.mainIndex());
    for (const EditorSelection& s : result.plan.after) {
        if (s.isEmpty()) {
            result.closed.push_back(s.caret);
        }
    }
    return result;
}

EditPlan insertNewLine(
    QTextDocument& document, const Selections& selections, const IndentStyle& style)
{
    return planEach(selections, [&](const EditorSelection& s) {
        const QTextBlock block = document.findBlock(s.start());
        const QString line = block.text();
        const QStringView before = beforeCaret(line, block, s.start());
        const QString indent = before.left(indentLength(before)).toString();
        if (!opensBlock(before)) {
            return Piece{s.start(), s.end(), u'\n' + indent};
        }
        const int column = style.columnAfter(indent);
        const QString deeper = indent + style.fill(column, column + style.width);
        const QString text = u'\n' + deeper;
        const Pair* pair = pairOpenedBy(before.trimmed().back());
        if (unitAt(document, s.end()) == pair->close) {
            const int caret = static_cast<int>(text.size());
            return Piece{s.start(), s.end(), text + u'\n' + indent, caret, caret};
        }
        return Piece{s.start(), s.end(), text};
    });
}

EditPlan openLine(
    QTextDocument& document, const Selections& selections, const IndentStyle& style, bool above)
{
    return planEach(selections, [&](const EditorSelection& s) {
        const QTextBlock block = document.findBlock(s.caret);
        const QString line = block.text();
        QString indent = line.left(indentLength(line));
        if (above) {
            const int caret = static_cast<int>(indent.size());
            return Piece{block.position(), block.position(), indent + u'\n', caret, caret};
        }
        if (opensBlock(line)) {
            const int column = style.columnAfter(indent);
            indent += style.fill(column, column + style.width);
        }
        const int end = block.position() + block.length() - 1;
        return Piece{end, end, u'\n' + indent};
    });
}

EditPlan typeClosingBracket(QTextDocument& document, const Selections& selections, QChar typed)
{
    const Pair* pair = pairClosedBy(typed);
    if (pair == nullptr || pair->open == pair->close) {
        return {};
    }
    const auto openingIndent = [&](const EditorSelection& s) -> std::optional<QString> {
        const QTextBlock block = document.findBlock(s.start());
        const QString line = block.text();
        const QStringView before = beforeCaret(line, block, s.start());
        if (!s.isEmpty() || indentLength(before) != before.size()) {
            return std::nullopt;
        }
        constexpr int kMaxLines = 2'000;
        int depth = 1;
        int lines = 0;
        for (QTextBlock b = block.previous(); b.isValid() && lines < kMaxLines;
            b = b.previous(), ++lines) {
            const QString text = b.text();
            for (auto unit = text.crbegin(); unit != text.crend(); ++unit) {
                depth += *unit == pair->close ? 1 : *unit == pair->open ? -1 : 0;
                if (depth == 0) {
                    return text.left(indentLength(text));
                }
            }
        }
        return std::nullopt;
    };
    bool changes = false;
    EditPlan plan = planEach(selections, [&](const EditorSelection& s) {
        const QTextBlock block = document.findBlock(s.start());
        const auto indent = openingIndent(s);
        if (!indent) {
            return Piece{s.start(), s.end(), QString(typed)};
        }
        const QString line = block.text();
        changes = changes || beforeCaret(line, block, s.start()) != *indent;
        return Piece{block.position(), s.start(), *indent + typed};
    });
    return changes ? plan : EditPlan{};
}

EditPlan insertTab(QTextDocument& document, const Selections& selections, const IndentStyle& style)
{
    return planEach(selections, [&](const EditorSelection& s) {
        const QTextBlock block = document.findBlock(s.start());
        const QString line = block.text();
        const QStringView before = beforeCaret(line, block, s.start());
        const int column = style.columnAfter(before);
        if (!style.spaces && indentLength(before) != before.size()) {
            return Piece{s.start(), s.end(), QStringLiteral("\t")};
        }
        const int stop = (column / style.width + 1) * style.width;
        return Piece{s.start(), s.end(), style.fill(column, stop)};
    });
}

EditPlan deleteBy(
    QTextDocument& document, const Selections& selections, QTextCursor::MoveOperation movement)
{
    return planEach(selections, [&](const EditorSelection& s) {
        if (!s.isEmpty()) {
            return Piece{s.start(), s.end(), {}};
        }
        QTextCursor cursor(&document);
        cursor.setPosition(s.caret);
        cursor.movePosition(movement, QTextCursor::KeepAnchor);
        if (movement == QTextCursor::EndOfBlock && !cursor.hasSelection()) {
            cursor.movePosition(QTextCursor::NextCharacter, QTextCursor::KeepAnchor);
        }
        return Piece{cursor.selectionStart(), cursor.selectionEnd(), {}};
    });
}

EditPlan backspace(QTextDocument& document, const Selections& selections, const IndentStyle& style,
    const AutoClosed& closed)
{
    return planEach(selections, [&](const EditorSelection& s) {
        if (!s.isEmpty()) {
            return Piece{s.start(), s.end(), {}};
        }
        const Pair* pair = pairOpenedBy(unitAt(document, s.caret - 1));
        if (pair != nullptr && contains(closed, s.caret)
            && unitAt(document, s.caret) == pair->close) {
            return Piece{s.caret - 1, s.caret + 1, {}};
        }
        const QTextBlock block = document.findBlock(s.caret);
        const QString line = block.text();
        const QStringView before = beforeCaret(line, block, s.caret);
        if (style.spaces && before.endsWith(u' ') && indentLength(before) == before.size()) {
            const int column = style.columnAfter(before);
            const int stop = (column - 1) / style.width * style.width;
            int from = s.caret;
            while (from > block.position() && line.at(from - 1 - block.position()) == u' '
                && style.columnAfter(before.left(from - block.position())) > stop) {
                --from;
            }
            return Piece{from, s.caret, {}};
        }
        QTextCursor cursor(&document);
        cursor.setPosition(s.caret);
        if (cursor.positionInBlock() > 0) {
            // one code point, as Qt's own: an accent can be taken away without its letter
            const bool pairOfUnits = cursor.positionInBlock() > 1
                && line.at(cursor.positionInBlock() - 1).isLowSurrogate()
                && line.at(cursor.positionInBlock() - 2).isHighSurrogate();
            return Piece{s.caret - (pairOfUnits ? 2 : 1), s.caret, {}};
        }
        return Piece{std::max(s.caret - 1, 0), s.caret, {}};
    });
}

} // namespace tutti::ui
