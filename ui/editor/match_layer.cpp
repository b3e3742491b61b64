// SPDX-License-Identifier: MIT
#include "ui/editor/match_layer.h"

#include "ui/editor/marker_scroll_bar.h"
#include "ui/editor/text_search.h"

#include <QPainter>
#include <QTextBlock>
#include <QTimer>

#include <algorithm>

namespace tutti::ui {

namespace {

constexpr int kTickDelayMs = 40;
constexpr float kFillAlpha = 0.28F;
constexpr double kRadius = 2.0;
/// An empty match, as ^ finds, is shown as a sliver.
constexpr double kMinimumWidth = 2.0;

} // namespace

MatchLayer::MatchLayer(CodeEditor& editor, TextSearch& search, QObject* parent)
    : QObject(parent)
    , m_editor(&editor)
    , m_search(search)
{
    editor.addLayer(this);
    connect(&search, &TextSearch::changed, this, &MatchLayer::schedule);
}

void MatchLayer::setColor(const QColor& color)
{
    m_color = color;
    schedule();
}

void MatchLayer::setShown(bool shown)
{
    if (m_shown != shown) {
        m_shown = shown;
        schedule();
    }
}

void MatchLayer::paintBelowText(QPainter& painter, const QRect& dirty)
{
    if (!m_shown || m_search.matches().isEmpty()) {
        return;
    }
    const QTextBlock last = m_editor->lastPaintedBlock();
    std::vector<TextMatch> visible = m_search.matches().touching(
        m_editor->firstVisiblePosition(), last.position() + last.length());
    visible.resize(std::min<std::size_t>(visible.size(), kMaxPainted));
    QColor fill = m_color;
    fill.setAlphaF(kFillAlpha);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(fill);
    for (const TextMatch& match : visible) {
        if (match.length == 0) {
            QRectF caret = m_editor->caretRect(match.start);
            caret.setWidth(kMinimumWidth);
            painter.drawRect(caret);
            continue;
        }
        const QList<QRectF> rects = m_editor->selectionRects(match.start, match.end());
        for (const QRectF& rect : rects) {
            if (rect.intersects(dirty)) {
                painter.drawRoundedRect(rect, kRadius, kRadius);
            }
        }
    }
}

void MatchLayer::schedule()
{
    if (!m_editor) {
        return;
    }
    m_editor->viewport()->update();
    if (!m_scheduled) {
        m_scheduled = true;
        QTimer::singleShot(kTickDelayMs, this, [this] {
            m_scheduled = false;
            placeTicks();
        });
    }
}

void MatchLayer::placeTicks()
{
    if (!m_editor) {
        return;
    }
    QList<double> ticks;
    const MatchList& matches = m_search.matches();
    const QTextDocument& document = *m_editor->document();
    const int lines = std::max(document.blockCount(), 1);
    const int rows = std::max(m_editor->markerScrollBar()->height(), 1);
    // one tick a row of pixels is all there is room for
    for (std::size_t next = 0; m_shown && next < matches.size();) {
        const int line = document.findBlock(matches.at(next).start).blockNumber();
        const int row = static_cast<int>(static_cast<qint64>(line) * rows / lines);
        ticks << static_cast<double>(line) / std::max(lines - 1, 1);
        const auto nextLine =
            static_cast<int>((static_cast<qint64>(row + 1) * lines + rows - 1) / rows);
        const QTextBlock block = document.findBlockByNumber(std::max(nextLine, line + 1));
        next = block.isValid() ? matches.firstFrom(block.position()) : matches.size();
    }
    m_editor->markerScrollBar()->setTicks(ticks, m_color);
}

} // namespace tutti::ui
