// SPDX-License-Identifier: MIT
// CodeEditor: several carets, how the mouse makes them, how they look.
#include "ui/editor/code_editor.h"
#include "ui/editor/document_units.h"
#include "ui/editor/folding.h"

#include <QGuiApplication>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QStyleHints>
#include <QTextBlock>
#include <QTextLayout>
#include <QTimerEvent>

#include <algorithm>
#include <utility>

namespace tutti::ui {

namespace {

constexpr int kCaretWidth = 2;

} // namespace

// Selections

void CodeEditor::setSelections(const Selections& selections)
{
    const int length = documentLength(*document());
    const auto within = [&](int position) {
        position = std::clamp(position, 0, length);
        const bool splits = position > 0 && document()->characterAt(position).isLowSurrogate()
            && document()->characterAt(position - 1).isHighSurrogate();
        return splits ? position - 1 : position;
    };
    const Selections clamped = selections.mapped([&within](const EditorSelection& s) {
        return EditorSelection{within(s.anchor), within(s.caret)};
    });
    const bool wasSingle = m_selections.isSingle();
    const bool changed = m_selections != clamped;
    m_selections = clamped;
    revealCarets();
    const EditorSelection& main = m_selections.main();
    QTextCursor cursor = textCursor();
    if (cursor.anchor() != main.anchor || cursor.position() != main.caret) {
        ++m_keepSelections;
        cursor.setPosition(main.anchor);
        cursor.setPosition(main.caret, QTextCursor::KeepAnchor);
        setTextCursor(cursor);
        --m_keepSelections;
    }
    if (wasSingle != m_selections.isSingle()) {
        setCursorWidth(wasSingle ? 0 : kCaretWidth); // several blink together, so we paint them
    }
    if (changed) {
        m_columns.clear();
        if (!wasSingle || !m_selections.isSingle()) {
            showCarets();
            viewport()->update();
        }
        Q_EMIT selectionsChanged();
    }
}

void CodeEditor::moveTo(const Selections& selections)
{
    setSelections(selections);
    ensureCursorVisible();
}

void CodeEditor::noteSelection()
{
    const QTextCursor cursor = textCursor();
    const EditorSelection main{cursor.anchor(), cursor.position()};
    if (m_keepSelections == 0 && main != m_selections.main()) {
        setSelections(main);
    }
}

// Mouse

void CodeEditor::mousePressEvent(QMouseEvent* event)
{
    Q_EMIT userActed();
    endComposition();
    if (m_binding) {
        m_binding->stopCapturing();
    }
    const bool alt = event->modifiers().testFlag(Qt::AltModifier);
    if (event->button() == Qt::LeftButton && alt) {
        if (event->modifiers().testFlag(Qt::ShiftModifier)) {
            m_drag = Drag::Column;
            const QTextCursor from = textCursor();
            const QTextLine line =
                from.block().layout()->lineForTextPosition(from.positionInBlock());
            const double x = line.isValid() ? line.cursorToX(from.positionInBlock()) : 0;
            m_columnStart = {static_cast<int>(x), from.blockNumber()};
            selectColumn(event->position().toPoint());
        } else {
            m_drag = Drag::Caret;
            addCaret(event->position().toPoint());
        }
        event->accept();
        return;
    }
    m_drag = Drag::None;
    if (const QTextBlock header = foldMarkAt(event->position().toPoint());
        header.isValid() && event->button() == Qt::LeftButton) {
        (void)m_folding->unfold(header);
        event->accept();
        return;
    }
    if (event->button() == Qt::LeftButton && !m_selections.isSingle()) {
        setSelections(m_selections.main());
    }
    QPlainTextEdit::mousePressEvent(event);
}

void CodeEditor::mouseMoveEvent(QMouseEvent* event)
{
    if (m_drag == Drag::None || !event->buttons().testFlag(Qt::LeftButton)) {
        QPlainTextEdit::mouseMoveEvent(event);
        return;
    }
    const QPoint position = event->position().toPoint();
    if (position.y() < 0 || position.y() > viewport()->height()) {
        verticalScrollBar()->setValue(verticalScrollBar()->value() + (position.y() < 0 ? -1 : 1));
    }
    if (m_drag == Drag::Column) {
        selectColumn(position);
    } else {
        const int caret = cursorForPosition(position).position();
        std::vector<EditorSelection> all(m_selections.begin(), m_selections.end());
        const std::size_t main = m_selections.mainIndex();
        all[main].caret = caret;
        moveTo(Selections(std::move(all), main));
    }
    event->accept();
}

void CodeEditor::mouseReleaseEvent(QMouseEvent* event)
{
    if (std::exchange(m_drag, Drag::None) == Drag::None) {
        QPlainTextEdit::mouseReleaseEvent(event);
    }
}

void CodeEditor::addCaret(const QPoint& position)
{
    const int caret = cursorForPosition(position).position();
    const auto there = std::ranges::find(m_selections, EditorSelection::at(caret));
    if (there == m_selections.end()) {
        setSelections(m_selections.with(EditorSelection::at(caret)));
    } else if (!m_selections.isSingle()) { // a second click takes it away
        std::vector<EditorSelection> rest(m_selections.begin(), m_selections.end());
        rest.erase(rest.begin() + (there - m_selections.begin()));
        const std::size_t last = rest.size() - 1;
        setSelections(Selections(std::move(rest), last));
    }
}

void CodeEditor::selectColumn(const QPoint& position)
{
    const QTextBlock to = blockAt(std::clamp(position.y(), 0, viewport()->height()));
    const double offset = contentOffset().x() + document()->documentMargin();
    const double x1 = m_columnStart.x();
    const double x2 = std::max(position.x() - offset, 0.0);
    const bool down = m_columnStart.y() <= to.blockNumber();
    const int lines = std::abs(to.blockNumber() - m_columnStart.y()) + 1;
    QTextBlock block = document()->findBlockByNumber(m_columnStart.y());
    std::vector<EditorSelection> all;
    for (int i = 0; i < lines && block.isValid() && i < kMaxSelections; ++i) {
        (void)blockBoundingRect(block); // lays it out
        const QTextLine line = block.layout()->lineAt(0);
        const bool reached = line.isValid() && line.naturalTextWidth() >= std::min(x1, x2) - 1;
        if (block.isVisible() && (reached || all.empty())) {
            const auto positionAt = [&](double x) {
                return block.position() + (line.isValid() ? line.xToCursor(x) : 0);
            };
            all.push_back({positionAt(x1), positionAt(x2)});
        }
        block = down ? block.next() : block.previous();
    }
    if (all.empty()) {
        return; // somebody has deleted the line where it began
    }
    const std::size_t main = all.size() - 1;
    moveTo(Selections(std::move(all), main));
}

// Painting

void CodeEditor::paintExtraSelections(QPainter& painter)
{
    if (m_selections.isSingle()) {
        return; // QPlainTextEdit paints the one
    }
    const int first = firstVisiblePosition();
    const int last = lastVisiblePosition();
    for (std::size_t i = 0; i < m_selections.size(); ++i) {
        const EditorSelection& s = m_selections[i];
        if (i != m_selections.mainIndex() && !s.isEmpty() && s.end() >= first
            && s.start() <= last) {
            for (const QRectF& rect : selectionRects(s.start(), s.end())) {
                painter.fillRect(rect, m_theme.selection);
            }
        }
    }
}

void CodeEditor::paintCarets(QPainter& painter)
{
    if (m_selections.isSingle() || !m_caretsShown || !hasFocus()) {
        return;
    }
    const int first = firstVisiblePosition();
    const int last = lastVisiblePosition();
    for (const EditorSelection& s : m_selections) {
        if (s.caret >= first && s.caret <= last) {
            QRectF rect = caretRect(s.caret);
            rect.setWidth(kCaretWidth);
            painter.fillRect(rect, m_theme.text);
        }
    }
}

void CodeEditor::showCarets()
{
    m_caretsShown = true;
    const int period = QGuiApplication::styleHints()->cursorFlashTime();
    if (m_selections.isSingle() || period < 2 || !hasFocus()) {
        m_blink.stop();
    } else {
        m_blink.start(period / 2, this);
    }
}

void CodeEditor::timerEvent(QTimerEvent* event)
{
    if (event->timerId() != m_blink.timerId()) {
        QPlainTextEdit::timerEvent(event);
        return;
    }
    m_caretsShown = !m_caretsShown;
    viewport()->update();
}

void CodeEditor::focusInEvent(QFocusEvent* event)
{
    QPlainTextEdit::focusInEvent(event);
    showCarets();
}

} // namespace tutti::ui
