// SPDX-License-Identifier: MIT
#include "ui/shell/avatar_strip.h"

#include "ui/presence/participants_model.h"
#include "ui/shell/theme.h"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace tutti::ui {

namespace {

constexpr int kSize = 24;
constexpr int kStep = 28;
constexpr int kRing = 2;

} // namespace

AvatarStrip::AvatarStrip(QWidget* parent)
    : QAbstractButton(parent)
{
    setObjectName(QStringLiteral("avatarStrip"));
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
    hide();
}

void AvatarStrip::setModel(ParticipantsModel* model)
{
    if (m_model == model) {
        return;
    }
    if (m_model) {
        m_model->disconnect(this);
    }
    m_model = model;
    if (model != nullptr) {
        connect(model, &QAbstractItemModel::rowsInserted, this, &AvatarStrip::refresh);
        connect(model, &QAbstractItemModel::rowsRemoved, this, &AvatarStrip::refresh);
        connect(model, &QAbstractItemModel::modelReset, this, &AvatarStrip::refresh);
        connect(model, &QAbstractItemModel::dataChanged, this, qOverload<>(&QWidget::update));
    }
    refresh();
}

QSize AvatarStrip::sizeHint() const
{
    const int badges = qMin(people(), kMostShown + 1);
    return {badges == 0 ? 0 : kSize + kStep * (badges - 1) + 2 * kRing, kSize + 2 * kRing};
}

void AvatarStrip::paintEvent(QPaintEvent*)
{
    const ThemeColors& colors = ThemeColors::current();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const auto badge = [&](int row, const QString& text, const QColor& fill, const QColor& pen) {
        const QRect area = badgeRect(row);
        painter.setPen(Qt::NoPen);
        painter.setBrush(hasFocus() ? colors.accent : colors.chrome);
        painter.drawEllipse(area.marginsAdded({kRing, kRing, kRing, kRing}));
        painter.drawPixmap(area, avatarPixmap(text, fill, pen, kSize, devicePixelRatioF()));
    };
    const int shown = qMin(people(), kMostShown);
    for (int row = 0; row < shown; ++row) {
        const QModelIndex person = m_model->index(row);
        badge(row, person.data(ParticipantsModel::InitialsRole).toString(),
            person.data(ParticipantsModel::ColorRole).value<QColor>(),
            person.data(ParticipantsModel::LabelTextRole).value<QColor>());
    }
    if (people() > kMostShown) {
        badge(kMostShown, QStringLiteral("+%1").arg(people() - kMostShown), colors.hover,
            colors.text);
    }
}

QRect AvatarStrip::badgeRect(int row) const
{
    return {kRing + row * kStep, (height() - kSize) / 2, kSize, kSize};
}

int AvatarStrip::rowAt(const QPoint& place) const
{
    for (int row = 0; row < qMin(people(), kMostShown); ++row) {
        if (badgeRect(row).contains(place)) {
            return row;
        }
    }
    return -1;
}

bool AvatarStrip::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int row = rowAt(help->pos());
        QToolTip::showText(help->globalPos(),
            row < 0 ? toolTip() : m_model->index(row).data(Qt::ToolTipRole).toString(), this);
        return true;
    }
    return QAbstractButton::event(event);
}

void AvatarStrip::contextMenuEvent(QContextMenuEvent* event)
{
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const int row = byKey ? qMin(people() - 1, 1) : rowAt(event->pos()); // 0 is oneself
    if (row >= 0) {
        const QPoint place = byKey ? badgeRect(row).bottomLeft() : event->pos();
        Q_EMIT menuRequested(
            crdt::ClientId(m_model->index(row).data(ParticipantsModel::ClientIdRole).toULongLong()),
            mapToGlobal(place));
    }
}

int AvatarStrip::people() const { return m_model ? m_model->rowCount() : 0; }

void AvatarStrip::refresh()
{
    const int count = people();
    setVisible(count > 0);
    const QString words = count == 1 ? tr("Only you") : tr("%n people here", nullptr, count);
    setAccessibleName(words);
    setToolTip(words);
    updateGeometry();
    update();
}

} // namespace tutti::ui
