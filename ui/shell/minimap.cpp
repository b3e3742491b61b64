// SPDX-License-Identifier: MIT
#include "ui/shell/minimap.h"

#include "ui/editor/block_syntax.h"
#include "ui/editor/code_editor.h"
#include "ui/editor/highlighter.h"
#include "ui/editor/marker_scroll_bar.h"

#include <QApplication>
#include <QMouseEvent>
#include <QPainter>
#include <QTextBlock>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace tutti::ui {

namespace {

constexpr int kLeft = 4;
constexpr int kInk = 150; ///< of 255: letters do not fill their boxes
constexpr int kSliderInk = 22;
constexpr int kSliderInkHovered = 38;
constexpr int kMarkWidth = 8;

} // namespace

Minimap::Minimap(CodeEditor& editor, QWidget* parent)
    : QWidget(parent)
    , m_editor(&editor)
{
    setObjectName(QStringLiteral("minimap"));
    setAccessibleName(tr("Overview of the text"));
    setFixedWidth(kWidth);
    setAttribute(Qt::WA_OpaquePaintEvent);
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPauseMs);
    connect(&m_pause, &QTimer::timeout, this, qOverload<>(&QWidget::update));
    connect(editor.document(), &QTextDocument::contentsChange, this, &Minimap::redrawSoon);
    connect(&editor.highlighter(), &Highlighter::looked, this, &Minimap::redrawSoon);
    connect(&editor.highlighter(), &Highlighter::appearanceChanged, this, &Minimap::redrawSoon);
    connect(&editor, &CodeEditor::themeChanged, this, &Minimap::redrawSoon);
    connect(&editor, &CodeEditor::viewChanged, this, qOverload<>(&QWidget::update));
    connect(editor.markerScrollBar(), &MarkerScrollBar::markersChanged, this,
        qOverload<>(&QWidget::update));
    hide();
}

void Minimap::setMode(MinimapMode mode)
{
    m_mode = mode;
    showIfWanted();
}

void Minimap::setRoom(int width)
{
    m_room = width;
    showIfWanted();
}

void Minimap::showIfWanted()
{
    setVisible(
        m_mode == MinimapMode::Always || (m_mode == MinimapMode::WhereWide && m_room >= kWide));
}

void Minimap::redrawSoon()
{
    m_outOfDate = true;
    if (isVisible() && !m_pause.isActive()) {
        m_pause.start();
    }
}

// Lines and pixels

int Minimap::lineCount() const
{
    return m_editor ? std::min(m_editor->blockCount(), std::max(height() / kLineHeight, 1)) : 0;
}

int Minimap::firstLine() const
{
    if (!m_editor) {
        return 0;
    }
    const int hidden = m_editor->blockCount() - lineCount();
    const QScrollBar* bar = m_editor->markerScrollBar();
    const double share =
        bar->maximum() > 0 ? static_cast<double>(bar->value()) / bar->maximum() : 0.0;
    return static_cast<int>(std::lround(hidden * std::clamp(share, 0.0, 1.0)));
}

QRect Minimap::slider() const
{
    if (!m_editor) {
        return {};
    }
    const QTextDocument& document = *m_editor->document();
    const int top = document.findBlock(m_editor->firstVisiblePosition()).blockNumber();
    const int bottom = document.findBlock(m_editor->lastVisiblePosition()).blockNumber();
    const int first = firstLine();
    return {0, (top - first) * kLineHeight, width(), (bottom - top + 1) * kLineHeight};
}

// Painting

void Minimap::draw(int first)
{
    const EditorTheme& theme = m_editor->theme();
    const double ratio = devicePixelRatioF();
    const QSize size(width(), std::max(height(), 1));
    m_picture = QImage(size * ratio, QImage::Format_RGB32);
    m_picture.setDevicePixelRatio(ratio);
    m_picture.fill(theme.background);
    m_pictureFirst = first;
    m_outOfDate = false;

    QPainter painter(&m_picture);
    const int tab = std::max(m_editor->indentStyle().tabWidth, 1);
    const Highlighter& highlighter = m_editor->highlighter();
    const int last = first + lineCount();
    int y = 0;
    for (QTextBlock block = m_editor->document()->findBlockByNumber(first);
        block.isValid() && block.blockNumber() < last; block = block.next(), y += kLineHeight) {
        // a long line is never copied: only its beginning is on the map
        const QString text = block.text().left(kMaxColumns);
        const BlockSyntax* syntax = BlockSyntax::of(block);
        std::size_t span = 0;
        int column = 0;
        int from = 0;
        QColor color;
        const auto flush = [&](int to) {
            if (color.isValid() && to > from) {
                painter.fillRect(kLeft + from, y, to - from, kLineHeight - 1, color);
            }
            color = QColor();
        };
        for (int i = 0; i < text.size() && column < kMaxColumns; ++i) {
            const QChar unit = text.at(i);
            if (unit.isSpace()) {
                flush(column);
                column += unit == u'\t' ? tab - column % tab : 1;
                continue;
            }
            QColor ink = theme.text;
            if (syntax != nullptr) {
                while (span < syntax->spans.size()
                    && syntax->spans[span].offset + syntax->spans[span].length <= i) {
                    ++span;
                }
                if (span < syntax->spans.size() && syntax->spans[span].offset <= i) {
                    const QBrush brush =
                        highlighter.charFormat(syntax->spans[span].format).foreground();
                    ink = brush.style() == Qt::NoBrush ? ink : brush.color();
                }
            }
            ink.setAlpha(kInk);
            if (ink != color) {
                flush(column);
                color = ink;
                from = column;
            }
            ++column;
        }
        flush(std::min(column, kMaxColumns));
    }
}

void Minimap::paintMarks(QPainter& painter, int first) const
{
    const MarkerScrollBar* bar = m_editor->markerScrollBar();
    const double lines = std::max(m_editor->blockCount() - 1, 1);
    const int count = lineCount();
    const auto row = [&](double place) {
        const auto line = static_cast<int>(std::lround(place * lines)) - first;
        return line >= 0 && line < count ? line * kLineHeight : -1;
    };
    for (const double place : bar->ticks()) {
        if (const int y = row(place); y >= 0) {
            painter.fillRect(width() - kMarkWidth, y, kMarkWidth, kLineHeight, bar->tickColor());
        }
    }
    for (const MarkerScrollBar::Marker& marker : bar->markers()) {
        if (const int y = row(marker.place); y >= 0) {
            painter.fillRect(0, y, width(), kLineHeight, marker.color);
        }
    }
}

void Minimap::paintEvent(QPaintEvent*)
{
    if (!m_editor) {
        return;
    }
    const int first = firstLine();
    const bool fits = m_picture.size() == size() * devicePixelRatioF();
    if (!fits || first != m_pictureFirst || (m_outOfDate && !m_pause.isActive())) {
        draw(first);
    }
    QPainter painter(this);
    painter.drawImage(0, 0, m_picture);
    paintMarks(painter, first);
    QColor ink = m_editor->theme().text;
    ink.setAlpha(underMouse() ? kSliderInkHovered : kSliderInk);
    painter.fillRect(slider(), ink);
}

void Minimap::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    m_pictureFirst = -1;
}

// Mouse

void Minimap::goTo(int y)
{
    if (!m_editor) {
        return;
    }
    // the slider's top follows the mouse: a share of the way it can go is the same share of the
    // text
    QScrollBar* bar = m_editor->markerScrollBar();
    const int way = std::max(lineCount() * kLineHeight - slider().height(), 1);
    const double share = std::clamp(static_cast<double>(y - m_grip) / way, 0.0, 1.0);
    bar->setValue(static_cast<int>(std::lround(share * bar->maximum())));
}

void Minimap::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || !m_editor) {
        return;
    }
    const int y = event->position().toPoint().y();
    const QRect now = slider();
    if (now.contains(1, y)) {
        m_grip = y - now.top();
    } else {
        m_grip = now.height() / 2;
        const QTextBlock block = m_editor->document()->findBlockByNumber(
            std::min(firstLine() + y / kLineHeight, m_editor->blockCount() - 1));
        m_editor->reveal(block.position());
    }
}

void Minimap::mouseMoveEvent(QMouseEvent* event)
{
    if (event->buttons().testFlag(Qt::LeftButton)) {
        goTo(event->position().toPoint().y());
    }
}

void Minimap::wheelEvent(QWheelEvent* event)
{
    if (m_editor) {
        QApplication::sendEvent(m_editor->markerScrollBar(), event);
    }
}

void Minimap::enterEvent(QEnterEvent* event)
{
    QWidget::enterEvent(event);
    update();
}

void Minimap::leaveEvent(QEvent* event)
{
    QWidget::leaveEvent(event);
    update();
}

} // namespace tutti::ui
