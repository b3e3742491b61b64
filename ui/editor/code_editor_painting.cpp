// SPDX-License-Identifier: MIT
// CodeEditor: what is painted, and what stays where it is while others edit.
#include "ui/editor/code_editor_painted.h"
#include "ui/editor/document_units.h"
#include "ui/editor/editor_layer.h"
#include "ui/editor/folding.h"
#include "ui/editor/gutter.h"
#include "ui/editor/highlighter.h"
#include "ui/editor/marker_scroll_bar.h"
#include "ui/editor/scroll_anchor.h"

#include <QFontMetricsF>
#include <QPaintEvent>
#include <QPainter>
#include <QScopeGuard>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextLayout>

#include <algorithm>
#include <cmath>

namespace tutti::ui {

namespace {

constexpr int kGutterLeft = 14;
constexpr int kGutterRight = 22; ///< with the marks of regions that can be folded
constexpr int kMinimumDigits = 3;

/// Points down where a region is open, to the right where it is folded.
void paintChevron(QPainter& painter, const QRectF& place, bool folded, const QColor& color)
{
    constexpr double kSize = 3.5;
    const QPointF c = place.center();
    const QPolygonF line = folded ? QPolygonF{c + QPointF(-kSize / 2, -kSize),
                                        c + QPointF(kSize / 2, 0), c + QPointF(-kSize / 2, kSize)}
                                  : QPolygonF{c + QPointF(-kSize, -kSize / 2),
                                        c + QPointF(0, kSize / 2), c + QPointF(kSize, -kSize / 2)};
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(color, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolyline(line);
    painter.restore();
}

} // namespace

// View anchoring

void CodeEditor::rememberView(const PendingEdits& edits)
{
    const QTextBlock block = firstVisibleBlock();
    ScrollAnchor now;
    now.selections = m_selections;
    now.top = block.position();
    now.lineInBlock = verticalScrollBar()->value() - block.firstLineNumber();
    now.horizontal = horizontalScrollBar()->value();
    now.wasEmpty = document()->isEmpty();
    *m_anchor = now.movedBy(edits);
    for (int& position : m_autoClosed) {
        position = edits.toText(position, PendingEdits::Stay::After);
    }
    ++m_keepSelections; // until restoreView()
}

void CodeEditor::restoreView()
{
    const ScrollAnchor& anchor = *m_anchor;
    --m_keepSelections;
    setSelections(anchor.selections);
    if (anchor.wasEmpty) {
        verticalScrollBar()->setValue(0);
    } else {
        const QTextBlock top = document()->findBlock(anchor.top);
        verticalScrollBar()->setValue(top.firstLineNumber()
            + std::clamp(anchor.lineInBlock, 0, std::max(top.lineCount() - 1, 0)));
    }
    horizontalScrollBar()->setValue(anchor.horizontal);
    if (!m_languageKnown && anchor.wasEmpty) {
        detectLanguage();
    }
    onCursorMoved();
}

void CodeEditor::reveal(int position)
{
    const QTextBlock block =
        document()->findBlock(std::clamp(position, 0, documentLength(*document())));
    const int lines = verticalScrollBar()->pageStep();
    verticalScrollBar()->setValue(block.firstLineNumber() - lines / 2);
    const QRectF rect = caretRect(position);
    const int width = viewport()->width();
    if (rect.left() < 0 || rect.right() > width) {
        horizontalScrollBar()->setValue(horizontalScrollBar()->value()
            + static_cast<int>(std::lround(rect.left())) - width / 2);
    }
}

// Geometry

QRectF CodeEditor::areaOf(const QTextBlock& block) const
{
    const int number = m_areas.empty() ? -1 : block.blockNumber();
    const auto found =
        std::ranges::lower_bound(m_areas, number, {}, &std::pair<int, QRectF>::first);
    return found != m_areas.end() && found->first == number
        ? found->second
        : blockBoundingGeometry(block).translated(contentOffset());
}

QRectF CodeEditor::caretRect(int position) const
{
    position = std::clamp(position, 0, documentLength(*document()));
    const QTextBlock block = document()->findBlock(position);
    const QTextLayout* layout = block.layout();
    const int inBlock = position - block.position();
    const QTextLine line = layout->lineForTextPosition(inBlock);
    if (!line.isValid() || !block.isVisible() || !layout->preeditAreaText().isEmpty()) {
        QTextCursor cursor(document());
        cursor.setPosition(position);
        return QRectF(cursorRect(cursor));
    }
    // what cursorRect() says, without a QTextCursor, which the document would have to keep
    const QRectF area = areaOf(block);
    return QRectF(QRectF(
        area.left() + line.cursorToX(inBlock), area.top() + line.y(), cursorWidth(), line.height())
            .toRect());
}

QList<QRectF> CodeEditor::selectionRects(int from, int to) const
{
    QList<QRectF> rects;
    const int length = documentLength(*document());
    from = std::clamp(from, 0, length);
    to = std::clamp(to, 0, length);
    const int bottom = viewport()->height();
    for (QTextBlock block = std::max(document()->findBlock(from), firstVisibleBlock());
        block.isValid() && block.position() <= to; block = block.next()) {
        const QRectF area = areaOf(block);
        if (area.top() > bottom) {
            break;
        }
        if (!block.isVisible()) {
            continue;
        }
        const QTextLayout* layout = block.layout();
        for (int i = 0; i < layout->lineCount(); ++i) {
            const QTextLine line = layout->lineAt(i);
            const int start = block.position() + line.textStart();
            const int end = start + line.textLength();
            const int first = std::max(from, start);
            const int last = std::min(to, end);
            if (first > last || (first == last && !(to > end && first == end))) {
                continue;
            }
            const bool lastLine = i + 1 == layout->lineCount();
            const double x1 = line.cursorToX(first - block.position());
            double x2 = line.cursorToX(last - block.position());
            if (lastLine && to > end) {
                x2 += QFontMetricsF(font()).horizontalAdvance(u' ') / 2; // the line break
            }
            rects << QRectF(area.left() + std::min(x1, x2), area.top() + line.y(),
                std::abs(x2 - x1), line.height());
        }
    }
    return rects;
}

int CodeEditor::firstVisiblePosition() const { return firstVisibleBlock().position(); }

int CodeEditor::lastVisiblePosition() const
{
    QTextBlock last = firstVisibleBlock();
    const int bottom = viewport()->height();
    forEachPainted(bottom, [&](const QTextBlock& block, const QRectF& area) {
        if (area.bottom() <= bottom) {
            last = block;
        }
    });
    while (last.next().isValid() && !last.next().isVisible()) {
        last = last.next(); // what is folded away beneath it
    }
    return last.position() + last.length() - 1;
}

QTextBlock CodeEditor::lastPaintedBlock() const
{
    const QTextBlock last = document()->findBlock(lastVisiblePosition() + 1);
    return last.isValid() ? last : document()->lastBlock();
}

// Painting

void CodeEditor::paintEvent(QPaintEvent* event)
{
    const QTextBlock last = lastPaintedBlock();
    m_lastPainted = last.blockNumber();
    m_highlighter->show(firstVisibleBlock(), last);
    forEachPainted(viewport()->height(), [this](const QTextBlock& block, const QRectF& area) {
        m_areas.emplace_back(block.blockNumber(), area);
    });
    const auto forget = qScopeGuard([this] { m_areas.clear(); }); // any edit may move them
    {
        QPainter painter(viewport());
        paintCurrentLine(painter);
        paintBrackets(painter);
        paintExtraSelections(painter);
        for (EditorLayer* layer : m_layers) {
            painter.save();
            layer->paintBelowText(painter, event->rect());
            painter.restore();
        }
    }
    QPlainTextEdit::paintEvent(event);
    QPainter painter(viewport());
    paintWhitespace(painter);
    paintFolds(painter);
    paintCarets(painter);
    for (EditorLayer* layer : m_layers) {
        painter.save();
        layer->paintAboveText(painter, event->rect());
        painter.restore();
    }
}

void CodeEditor::paintCurrentLine(QPainter& painter)
{
    const QTextBlock block = textCursor().block();
    if (!block.isVisible() || textCursor().hasSelection()) {
        return;
    }
    QRectF area = areaOf(block);
    area.setLeft(0);
    area.setRight(viewport()->width());
    painter.fillRect(area, m_theme.currentLine);
}

void CodeEditor::scrollContentsBy(int dx, int dy)
{
    QPlainTextEdit::scrollContentsBy(dx, dy);
    if (!m_layers.empty()) {
        // labels stand at other sides of their lines near the edges, so blitting is not enough
        viewport()->update();
    }
    Q_EMIT viewChanged();
}

void CodeEditor::resizeEvent(QResizeEvent* event)
{
    QPlainTextEdit::resizeEvent(event);
    layOutGutter();
    Q_EMIT viewChanged();
}

// Gutter

int CodeEditor::gutterWidth() const
{
    int digits = 1;
    for (int rest = std::max({blockCount(), m_expectedLines, 1}); rest >= 10; rest /= 10) {
        ++digits;
    }
    const QFontMetricsF metrics(font());
    return kGutterLeft + kGutterRight
        + static_cast<int>(
            std::ceil(metrics.horizontalAdvance(u'9') * std::max(digits, kMinimumDigits)));
}

void CodeEditor::layOutGutter()
{
    const int width = gutterWidth();
    if (viewportMargins().left() != width) {
        setViewportMargins(width, 0, 0, 0);
    }
    const QRect area = contentsRect();
    m_gutter->setGeometry(area.left(), area.top(), width, viewport()->height());
}

void CodeEditor::updateGutter(const QRect& rect, int dy)
{
    if (dy != 0) {
        m_gutter->scroll(0, dy);
    } else {
        m_gutter->update(0, rect.y(), m_gutter->width(), rect.height());
    }
}

void CodeEditor::paintGutter(QPainter& painter, const QRect& dirty)
{
    painter.fillRect(dirty, m_theme.gutterBackground);
    const int width = m_gutter->width();
    const int current = textCursor().blockNumber();
    forEachPainted(dirty.bottom(), [&](const QTextBlock& block, const QRectF& area) {
        if (area.bottom() < dirty.top()) {
            return;
        }
        const bool isCurrent = block.blockNumber() == current;
        if (isCurrent && !textCursor().hasSelection()) {
            painter.fillRect(QRectF(0, area.top(), width, area.height()), m_theme.currentLine);
        }
        const QTextLine line = block.layout()->lineAt(0);
        const double height = line.isValid() ? line.height() : area.height();
        painter.setPen(isCurrent ? m_theme.gutterCurrentText : m_theme.gutterText);
        painter.drawText(QRectF(0, area.top(), width - kGutterRight, height),
            Qt::AlignRight | Qt::AlignAbsolute | Qt::AlignVCenter,
            QString::number(block.blockNumber() + 1));
        const bool folded = m_folding->isFolded(block);
        if (folded || (m_gutterHovered && m_folding->canFold(block))) {
            const QRectF place(width - kGutterRight, area.top(), kGutterRight, height);
            paintChevron(
                painter, place, folded, folded ? m_theme.gutterCurrentText : m_theme.gutterText);
        }
    });
}

QTextBlock CodeEditor::blockAt(int y) const
{
    QTextBlock found = firstVisibleBlock();
    forEachPainted(y, [&found](const QTextBlock& block, const QRectF&) { found = block; });
    return found;
}

void CodeEditor::gutterPressed(const QPoint& position, bool extend)
{
    if (!extend && position.x() >= m_gutter->width() - kGutterRight) {
        if (const QTextBlock header = blockAt(position.y());
            m_folding->canFold(header) || m_folding->isFolded(header)) {
            m_folding->toggle(header);
            return;
        }
    }
    setFocus(Qt::MouseFocusReason);
    const QTextBlock block = blockAt(position.y());
    if (!extend) {
        m_gutterAnchor = block.position();
    }
    const QTextBlock anchor = document()->findBlock(m_gutterAnchor);
    const auto endOf = [this](const QTextBlock& b) {
        return std::min(b.position() + b.length(), documentLength(*document()));
    };
    if (block.position() >= anchor.position()) {
        setSelections(EditorSelection{anchor.position(), endOf(block)});
    } else {
        setSelections(EditorSelection{endOf(anchor), block.position()});
    }
    Q_EMIT userActed();
}

} // namespace tutti::ui
