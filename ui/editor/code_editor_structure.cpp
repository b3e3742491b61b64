// SPDX-License-Identifier: MIT
// CodeEditor: brackets that match, and regions that are folded.
#include "ui/editor/code_editor_painted.h"
#include "ui/editor/document_units.h"
#include "ui/editor/folding.h"
#include "ui/editor/gutter.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QTextBlock>
#include <QTextLayout>

#include <algorithm>
#include <utility>

namespace tutti::ui {

// Brackets

void CodeEditor::matchBrackets()
{
    const auto before = std::exchange(m_brackets, bracketsAt(*document(), textCursor().position()));
    if (before != m_brackets) {
        viewport()->update();
    }
}

void CodeEditor::paintBrackets(QPainter& painter)
{
    if (!m_brackets) {
        return;
    }
    for (const int position : {m_brackets->open, m_brackets->close}) {
        if (position >= documentLength(*document())) {
            continue; // gone, and the caret has not been told yet
        }
        for (const QRectF& rect : selectionRects(position, position + 1)) {
            painter.fillRect(rect, m_theme.bracketMatch);
        }
    }
}

void CodeEditor::goToBracket()
{
    moveTo(m_selections.mapped([this](const EditorSelection& s) {
        const auto pair = bracketsAt(*document(), s.caret);
        if (!pair) {
            const auto around = bracketsAround(*document(), s.caret);
            return around ? EditorSelection::at(around->open) : s;
        }
        // from inside one to inside the other, from outside to outside
        const int caret = s.caret;
        if (caret == pair->open) {
            return EditorSelection::at(pair->close + 1);
        }
        if (caret == pair->open + 1) {
            return EditorSelection::at(pair->close);
        }
        return EditorSelection::at(caret == pair->close ? pair->open + 1 : pair->open);
    }));
}

void CodeEditor::selectToBracket()
{
    moveTo(m_selections.mapped([this](const EditorSelection& s) {
        const auto pair = bracketsAround(*document(), s.start());
        if (!pair || pair->close < s.end()) {
            return s;
        }
        const EditorSelection inside{pair->open + 1, pair->close};
        return inside == s ? EditorSelection{pair->open, pair->close + 1} : inside;
    }));
}

// Folding

QList<int> CodeEditor::foldedLines() const { return m_folding->foldedLines(); }

void CodeEditor::setFoldedLines(const QList<int>& lines) { m_folding->setFoldedLines(lines); }

void CodeEditor::fold()
{
    const QTextBlock header = m_folding->headerAround(textCursor().block());
    if (header.isValid()) {
        (void)m_folding->fold(header);
    }
}

void CodeEditor::unfold() { (void)m_folding->unfold(textCursor().block()); }

void CodeEditor::foldAll() { m_folding->foldAll(); }

void CodeEditor::unfoldAll() { m_folding->unfoldAll(); }

/// Carets that moved into folded lines go on to what is behind them, or before them.
Selections CodeEditor::pastFolds(const Selections& moved, const Selections& before) const
{
    if (!m_folding->anyFolded()) {
        return moved;
    }
    const bool onward = moved.main().caret > before.main().caret;
    return moved.mapped([&](const EditorSelection& s) {
        QTextBlock block = document()->findBlock(s.caret);
        if (block.isVisible()) {
            return s;
        }
        while (block.isValid() && !block.isVisible()) {
            block = onward ? block.next() : block.previous();
        }
        if (!block.isValid()) {
            return s; // folded to the end: going there unfolds it
        }
        const int caret = onward ? block.position() : block.position() + block.length() - 1;
        return EditorSelection{s.isEmpty() ? caret : s.anchor, caret};
    });
}

void CodeEditor::revealCarets()
{
    if (!m_folding->anyFolded()) {
        return;
    }
    std::vector<QTextBlock> hidden;
    for (const EditorSelection& s : m_selections) {
        if (const QTextBlock block = document()->findBlock(s.caret); !block.isVisible()) {
            hidden.push_back(block);
        }
    }
    m_folding->reveal(hidden);
}

void CodeEditor::onFoldingChanged()
{
    // carets do not stay where nobody sees them
    const auto visible = [this](int position) {
        QTextBlock block = document()->findBlock(position);
        if (block.isVisible()) {
            return position;
        }
        while (block.isValid() && !block.isVisible()) {
            block = block.previous();
        }
        return block.position() + block.length() - 1;
    };
    setSelections(m_selections.mapped([&visible](const EditorSelection& s) {
        return EditorSelection{visible(s.anchor), visible(s.caret)};
    }));
    viewport()->update();
    m_gutter->update();
    Q_EMIT viewChanged();
}

void CodeEditor::gutterHovered(bool hovered)
{
    m_gutterHovered = hovered;
    m_gutter->update();
}

QRectF CodeEditor::foldMarkOf(const QTextBlock& header) const
{
    const QTextLayout* layout = header.layout();
    if (layout->lineCount() == 0) {
        return {};
    }
    const QTextLine line = layout->lineAt(layout->lineCount() - 1);
    const QRectF area = areaOf(header);
    const double space = QFontMetricsF(font()).horizontalAdvance(u' ');
    return {area.left() + line.naturalTextRect().right() + space, area.top() + line.y() + 2,
        space * 3, line.height() - 4};
}

QTextBlock CodeEditor::foldMarkAt(const QPoint& position) const
{
    const QTextBlock header = blockAt(position.y());
    return m_folding->isFolded(header) && foldMarkOf(header).contains(position) ? header
                                                                                : QTextBlock();
}

void CodeEditor::paintFolds(QPainter& painter)
{
    if (!m_folding->anyFolded()) {
        return;
    }
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    forEachPainted(viewport()->height(), [&](const QTextBlock& block, const QRectF&) {
        if (!m_folding->isFolded(block)) {
            return;
        }
        const QRectF mark = foldMarkOf(block);
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme.gutterBorder);
        painter.drawRoundedRect(mark, 3, 3);
        painter.setBrush(m_theme.text);
        for (const double x : {0.25, 0.5, 0.75}) {
            painter.drawEllipse(
                mark.topLeft() + QPointF(mark.width() * x, mark.height() / 2), 1.2, 1.2);
        }
    });
    painter.restore();
}

// White space

void CodeEditor::setShowsWhitespace(bool on)
{
    if (std::exchange(m_showsWhitespace, on) != on) {
        viewport()->update();
    }
}

void CodeEditor::paintWhitespace(QPainter& painter)
{
    if (!m_showsWhitespace) {
        return;
    }
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const double space = QFontMetricsF(font()).horizontalAdvance(u' ');
    const int right = viewport()->width();
    forEachPainted(viewport()->height(), [&](const QTextBlock& block, const QRectF& area) {
        const QString text = block.text();
        for (int i = 0; i < block.layout()->lineCount(); ++i) {
            const QTextLine line = block.layout()->lineAt(i);
            const double middle = area.top() + line.y() + line.height() / 2;
            const int end =
                std::min(line.textStart() + line.textLength(), static_cast<int>(text.size()));
            // of a long line, what is in view
            for (int at = std::max(line.xToCursor(-area.left()), line.textStart()); at < end;
                ++at) {
                const QChar unit = text.at(at);
                if (unit != u' ' && unit != u'\t') {
                    continue;
                }
                const double x = area.left() + line.cursorToX(at);
                if (x > right) {
                    break;
                }
                if (unit == u' ') {
                    painter.setPen(Qt::NoPen);
                    painter.setBrush(m_theme.gutterText);
                    painter.drawEllipse(QPointF(x + space / 2, middle), 1, 1);
                } else {
                    const double tip = area.left() + line.cursorToX(at + 1) - 3;
                    painter.setPen(QPen(m_theme.gutterText, 1));
                    painter.drawLine(QPointF(x + 2, middle), QPointF(tip, middle));
                    painter.drawLine(QPointF(tip - 3, middle - 3), QPointF(tip, middle));
                    painter.drawLine(QPointF(tip - 3, middle + 3), QPointF(tip, middle));
                }
            }
        }
    });
    painter.restore();
}

} // namespace tutti::ui
