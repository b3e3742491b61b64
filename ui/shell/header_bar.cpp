// SPDX-License-Identifier: MIT
#include "ui/shell/header_bar.h"

#include "ui/shell/avatar_strip.h"
#include "ui/shell/icons.h"
#include "ui/shell/theme.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QStyle>
#include <QTabBar>

namespace tutti::ui {

HeaderBar::HeaderBar(QWidget* parent)
    : QWidget(parent)
    , m_tabs(new QTabBar(this))
    , m_avatars(new AvatarStrip(this))
    , m_share(new QPushButton(this))
{
    m_tabs->setObjectName(QStringLiteral("tabs"));
    m_tabs->setAccessibleName(tr("Documents"));
    m_tabs->setMovable(true);
    m_tabs->setUsesScrollButtons(true);
    m_tabs->setExpanding(false);
    m_tabs->setDrawBase(false);
    m_tabs->setElideMode(Qt::ElideNone);
    m_tabs->setIconSize(QSize(16, 16));
    m_share->setObjectName(QStringLiteral("shareButton"));
    m_share->setProperty("compact", true);
    m_share->setAutoDefault(false);

    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 0, 8, 0);
    layout->setSpacing(8);
    layout->addWidget(m_tabs, 1, Qt::AlignBottom);
    layout->addWidget(m_avatars, 0, Qt::AlignVCenter);
    layout->addWidget(m_share, 0, Qt::AlignVCenter);
    connect(m_share, &QPushButton::clicked, this, &HeaderBar::shareClicked);
    connect(m_avatars, &QAbstractButton::clicked, this, &HeaderBar::avatarsClicked);
    setParticipants(nullptr);
}

void HeaderBar::setParticipants(ParticipantsModel* model)
{
    const bool shared = model != nullptr;
    m_avatars->setModel(model);
    m_share->setText(shared ? tr("Link") : tr("Share"));
    m_share->setToolTip(
        shared ? tr("Show the link to this room") : tr("Write together with others"));
    m_share->setIcon(shared ? icon(QStringLiteral("link"), IconTone::Text)
                            : icon(QStringLiteral("share"), IconTone::OnAccent));
    m_share->setProperty("primary", !shared);
    m_share->style()->unpolish(m_share);
    m_share->style()->polish(m_share);
}

void HeaderBar::paintEvent(QPaintEvent*)
{
    // a line to the text, which the current tab, lying over it, interrupts
    QPainter painter(this);
    painter.fillRect(0, height() - 1, width(), 1, ThemeColors::current().border);
}

} // namespace tutti::ui
