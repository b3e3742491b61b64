// SPDX-License-Identifier: MIT
#include "ui/shell/status_label.h"

#include "ui/presence/tool_tip_text.h"

#include <QAccessible>
#include <QGuiApplication>
#include <QPainter>
#include <QStyle>

namespace tutti::ui {

namespace {

constexpr int kIcon = 16;
constexpr int kMargin = 8;

} // namespace

QString leftToRight(const QString& name)
{
    constexpr QChar kIsolate(0x2066); // LEFT-TO-RIGHT ISOLATE, and the end of it
    constexpr QChar kEnd(0x2069);
    return QGuiApplication::layoutDirection() == Qt::LeftToRight || name.isEmpty()
        ? name
        : kIsolate + name + kEnd;
}

StatusLabel::StatusLabel(QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
}

void StatusLabel::setContent(const QIcon& icon, const QString& text)
{
    m_icon = icon;
    if (m_text != text) {
        m_text = text;
        setToolTip(toolTipText(text));
        setAccessibleName(text);
        QAccessibleEvent event(this, QAccessible::NameChanged);
        QAccessible::updateAccessibility(&event);
        updateGeometry();
    }
    update();
}

int StatusLabel::iconRoom() const { return m_icon.isNull() ? 0 : kIcon + kMargin; }

QSize StatusLabel::sizeHint() const
{
    const QFontMetrics metrics(font());
    return {kMargin * 2 + iconRoom() + metrics.horizontalAdvance(m_text),
        qMax(24, metrics.height() + 8)};
}

QSize StatusLabel::minimumSizeHint() const
{
    return {kMargin * 2 + kIcon + 64, sizeHint().height()};
}

void StatusLabel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const auto mirrored = [this](const QRect& place) {
        return QStyle::visualRect(layoutDirection(), rect(), place);
    };
    m_icon.paint(&painter, mirrored({kMargin, (height() - kIcon) / 2, kIcon, kIcon}));
    const QRect words = mirrored(rect().marginsRemoved({kMargin + iconRoom(), 0, kMargin, 0}));
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(words,
        QStyle::visualAlignment(layoutDirection(), Qt::AlignLeading | Qt::AlignVCenter),
        fontMetrics().elidedText(m_text, m_elide, words.width()));
}

} // namespace tutti::ui
