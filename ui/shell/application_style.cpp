// SPDX-License-Identifier: MIT
#include "ui/shell/application_style.h"

#include "ui/shell/theme.h"

#include <QPainter>
#include <QPainterPath>
#include <QStyleOption>

namespace tutti::ui {

namespace {

constexpr double kRadius = 4;

/// The square or the ring, and the inside where it is on.
void paintIndicator(const QStyleOption& option, QPainter& painter, bool round)
{
    const ThemeColors& colors = ThemeColors::current();
    const bool enabled = option.state.testFlag(QStyle::State_Enabled);
    const bool on = option.state.testFlag(QStyle::State_On);
    const bool some = option.state.testFlag(QStyle::State_NoChange);
    const double side = qMin(option.rect.width(), option.rect.height());
    QRectF box(0, 0, side, side);
    box.moveCenter(QRectF(option.rect).center());
    box.adjust(0.5, 0.5, -0.5, -0.5);

    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor fill = !enabled ? colors.chrome : on || some ? colors.accent : colors.surface;
    const bool focus = option.state.testFlag(QStyle::State_HasFocus);
    const QColor edge = !enabled ? colors.border
        : on || some || focus    ? colors.accent
                                 : colors.edge;
    painter.setPen(QPen(edge, focus ? 1.5 : 1));
    painter.setBrush(fill);
    if (round) {
        painter.drawEllipse(box);
    } else {
        painter.drawRoundedRect(box, kRadius, kRadius);
    }
    const QColor mark = enabled ? colors.onAccent : colors.muted;
    if (round && on) {
        const double inset = side * 0.3;
        painter.setPen(Qt::NoPen);
        painter.setBrush(mark);
        painter.drawEllipse(box.adjusted(inset, inset, -inset, -inset));
    } else if (some || on) {
        const auto at = [&box](double x, double y) {
            return QPointF(box.left() + x * box.width(), box.top() + y * box.height());
        };
        QPainterPath path(some ? at(0.25, 0.5) : at(0.22, 0.52));
        if (some) {
            path.lineTo(at(0.75, 0.5));
        } else {
            path.lineTo(at(0.43, 0.73));
            path.lineTo(at(0.79, 0.29));
        }
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(mark, side / 8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPath(path);
    }
    painter.restore();
}

} // namespace

ApplicationStyle::ApplicationStyle()
    : QProxyStyle(QStringLiteral("Fusion"))
{ }

int ApplicationStyle::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
    QStyleHintReturn* returned) const
{
    if (hint == SH_Widget_Animation_Duration && m_reducedMotion) {
        return 0;
    }
    return QProxyStyle::styleHint(hint, option, widget, returned);
}

void ApplicationStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option,
    QPainter* painter, const QWidget* widget) const
{
    switch (element) {
    case PE_IndicatorCheckBox:
    case PE_IndicatorRadioButton:
        paintIndicator(*option, *painter, element == PE_IndicatorRadioButton);
        return;
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

} // namespace tutti::ui
