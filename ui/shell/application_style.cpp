// SPDX-License-Identifier: MIT
#include "ui/shell/application_style.h"

#include "ui/shell/theme.h"

#include <QPainter>
#include <QPainterPath>
#include <QStyleOption>

#include <algorithm>

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

/// A field as those of the style sheet.
void paintField(const QStyleOption& option, QPainter& painter)
{
    const ThemeColors& colors = ThemeColors::current();
    const bool enabled = option.state.testFlag(QStyle::State_Enabled);
    const bool focus = option.state.testFlag(QStyle::State_HasFocus);
    painter.setPen(!enabled ? colors.border : focus ? colors.accent : colors.edge);
    painter.setBrush(enabled ? colors.surface : colors.chrome);
    constexpr double kFieldRadius = 6;
    painter.drawRoundedRect(
        QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5), kFieldRadius, kFieldRadius);
}

void paintChevron(QPainter& painter, const QRect& area, bool down, const QColor& color)
{
    constexpr double kHalf = 3.5;
    const QPointF middle = QRectF(area).center();
    const double tip = down ? kHalf / 2 : -kHalf / 2;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(color, 1.4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolyline(QPolygonF{
        middle + QPointF(-kHalf, -tip), middle + QPointF(0, tip), middle + QPointF(kHalf, -tip)});
}

// Of combo and spin boxes, in pixels.
constexpr int kArrow = 28; // its place at the end
constexpr int kInset = 8; // of the text at the beginning
constexpr int kLabelMargin = 3; // of the label itself, on each side

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

void ApplicationStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option,
    QPainter* painter, const QWidget* widget) const
{
    const ThemeColors& colors = ThemeColors::current();
    const bool enabled = option->state.testFlag(State_Enabled);
    const QColor mark = enabled ? colors.muted : colors.border;
    if (const auto* box = qstyleoption_cast<const QStyleOptionComboBox*>(option);
        control == CC_ComboBox && box != nullptr && !box->editable) {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        paintField(*option, *painter);
        paintChevron(
            *painter, subControlRect(control, option, SC_ComboBoxArrow, widget), true, mark);
        painter->restore();
    } else if (const auto* spin = qstyleoption_cast<const QStyleOptionSpinBox*>(option);
        control == CC_SpinBox && spin != nullptr) {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        paintField(*option, *painter);
        for (const bool down : {false, true}) {
            const bool can = spin->stepEnabled.testFlag(
                down ? QAbstractSpinBox::StepDownEnabled : QAbstractSpinBox::StepUpEnabled);
            paintChevron(*painter,
                subControlRect(control, option, down ? SC_SpinBoxDown : SC_SpinBoxUp, widget), down,
                can ? mark : colors.border);
        }
        painter->restore();
    } else {
        QProxyStyle::drawComplexControl(control, option, painter, widget);
    }
}

QRect ApplicationStyle::subControlRect(ComplexControl control, const QStyleOptionComplex* option,
    SubControl part, const QWidget* widget) const
{
    const QRect all = option->rect;
    QRect place;
    if (control == CC_ComboBox && part == SC_ComboBoxArrow) {
        place = QRect(all.right() + 1 - kArrow, all.top(), kArrow, all.height());
    } else if (control == CC_ComboBox && part == SC_ComboBoxEditField) {
        place = all.adjusted(kInset - kLabelMargin, 1, -kArrow, -1); // the label adds its own
    } else if (control == CC_SpinBox && part == SC_SpinBoxEditField) {
        place = all.adjusted(kInset - 2, 1, -kArrow, -1);
    } else if (control == CC_SpinBox && (part == SC_SpinBoxUp || part == SC_SpinBoxDown)) {
        const int half = all.height() / 2;
        place = QRect(all.right() + 1 - kArrow,
            part == SC_SpinBoxUp ? all.top() + 2 : all.top() + half - 2, kArrow, half);
    } else {
        return QProxyStyle::subControlRect(control, option, part, widget);
    }
    return visualRect(option->direction, all, place);
}

QSize ApplicationStyle::sizeFromContents(ContentsType type, const QStyleOption* option,
    const QSize& contents, const QWidget* widget) const
{
    QSize size = QProxyStyle::sizeFromContents(type, option, contents, widget);
    if (type == CT_ComboBox) { // Fusion's arrow is narrower
        size.setWidth(std::max(size.width(), contents.width() + kInset + kLabelMargin + kArrow));
    }
    return size;
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
