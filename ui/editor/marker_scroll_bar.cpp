// SPDX-License-Identifier: MIT
#include "ui/editor/marker_scroll_bar.h"

#include <QPainter>
#include <QStyle>
#include <QStyleOptionSlider>

#include <algorithm>
#include <utility>

namespace tutti::ui {

namespace {

constexpr double kTickHeight = 3.0;
constexpr double kTickInset = 2.0;
constexpr double kSmallTickHeight = 2.0;
constexpr double kSmallTickWidth = 4.0;

} // namespace

MarkerScrollBar::MarkerScrollBar(QWidget* parent)
    : QScrollBar(Qt::Vertical, parent)
{ }

void MarkerScrollBar::setMarkers(const QList<Marker>& markers)
{
    if (m_markers != markers) {
        m_markers = markers;
        update();
        Q_EMIT markersChanged();
    }
}

void MarkerScrollBar::setTicks(const QList<double>& places, const QColor& color)
{
    if (m_ticks != places || m_tickColor != color) {
        m_ticks = places;
        m_tickColor = color;
        update();
        Q_EMIT markersChanged();
    }
}

void MarkerScrollBar::paintEvent(QPaintEvent* event)
{
    QScrollBar::paintEvent(event);
    if (m_markers.isEmpty() && m_ticks.isEmpty()) {
        return;
    }
    QStyleOptionSlider option;
    initStyleOption(&option);
    const QRectF groove =
        style()->subControlRect(QStyle::CC_ScrollBar, &option, QStyle::SC_ScrollBarGroove, this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_tickColor);
    for (const double place : std::as_const(m_ticks)) {
        const double y =
            groove.top() + std::clamp(place, 0.0, 1.0) * (groove.height() - kSmallTickHeight);
        painter.drawRect(
            QRectF(width() - kSmallTickWidth - 1, y, kSmallTickWidth, kSmallTickHeight));
    }
    for (const Marker& marker : m_markers) {
        const double y =
            groove.top() + std::clamp(marker.place, 0.0, 1.0) * (groove.height() - kTickHeight);
        painter.setBrush(marker.color);
        painter.drawRoundedRect(QRectF(kTickInset, y, width() - 2 * kTickInset, kTickHeight), 1, 1);
    }
}

} // namespace tutti::ui
