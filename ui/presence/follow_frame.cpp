// SPDX-License-Identifier: MIT
#include "ui/presence/follow_frame.h"

#include <QFontMetrics>
#include <QPainter>
#include <QRegion>

namespace tutti::ui {

namespace {

constexpr int kHeight = 26;
constexpr int kPadding = 12;
constexpr int kMostNameWidth = 240;

QFont badgeFont(const QWidget& widget)
{
    QFont font = widget.font();
    font.setWeight(QFont::DemiBold);
    return font;
}

} // namespace

FollowFrame::FollowFrame(QWidget* parent)
    : QWidget(parent)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    hide();
}

void FollowFrame::setColor(const QColor& color)
{
    m_color = color;
    update();
}

void FollowFrame::paintEvent(QPaintEvent*) { QPainter(this).fillRect(rect(), m_color); }

void FollowFrame::resizeEvent(QResizeEvent*)
{
    // A hole in place of the text, or every key would paint this anew.
    setMask(QRegion(rect()) - QRegion(rect().adjusted(kWidth, kWidth, -kWidth, -kWidth)));
}

FollowBadge::FollowBadge(QWidget* parent)
    : QAbstractButton(parent)
{
    setObjectName(QStringLiteral("followBadge"));
    setFocusPolicy(Qt::NoFocus); // the text keeps the keyboard, and with it Escape
    setCursor(Qt::PointingHandCursor);
    setToolTip(tr("Stop following"));
    setAccessibleDescription(toolTip());
    hide();
}

void FollowBadge::setPerson(const QString& name, const Shade& shade, bool here)
{
    m_shade = shade;
    const QString shown =
        QFontMetrics(badgeFont(*this)).elidedText(name, Qt::ElideRight, kMostNameWidth);
    const QString words = here ? tr("Following %1, Esc to stop")
                               : tr("%1 is in another document, Esc to stop following");
    setText(words.arg(shown));
    setAccessibleName(words.arg(name));
    updateGeometry();
    update();
}

QSize FollowBadge::sizeHint() const
{
    return {QFontMetrics(badgeFont(*this)).horizontalAdvance(text()) + 2 * kPadding, kHeight};
}

void FollowBadge::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_shade.label);
    painter.drawRoundedRect(rect(), kHeight / 2.0, kHeight / 2.0);
    if (isDown() || underMouse()) {
        QColor veil = m_shade.labelText;
        veil.setAlphaF(0.14f);
        painter.setBrush(veil);
        painter.drawRoundedRect(rect(), kHeight / 2.0, kHeight / 2.0);
    }
    painter.setFont(badgeFont(*this));
    painter.setPen(m_shade.labelText);
    painter.drawText(rect().adjusted(kPadding / 2, 0, -kPadding / 2, 0), Qt::AlignCenter, text());
}

void FollowBadge::enterEvent(QEnterEvent*) { update(); }

void FollowBadge::leaveEvent(QEvent*) { update(); }

} // namespace tutti::ui
