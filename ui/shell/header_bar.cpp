// SPDX-License-Identifier: MIT
#include "ui/shell/header_bar.h"

#include "ui/shell/avatar_strip.h"
#include "ui/shell/icons.h"
#include "ui/shell/status_label.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QStyle>

namespace tutti::ui {

HeaderBar::HeaderBar(QWidget* parent)
    : TabRow(parent)
    , m_row(new QHBoxLayout(this))
    , m_place(new StatusLabel(this))
    , m_avatars(new AvatarStrip(this))
    , m_share(new QPushButton(this))
{
    m_place->setObjectName(QStringLiteral("documentPlace"));
    m_place->setElideMode(Qt::ElideMiddle);
    m_share->setObjectName(QStringLiteral("shareButton"));
    m_share->setProperty("compact", true);
    m_share->setAutoDefault(false);

    setMinimumHeight(36); // as with tabs
    m_row->setContentsMargins(8, 0, 8, 0);
    m_row->setSpacing(8);
    m_row->addWidget(m_place, 1, Qt::AlignVCenter);
    m_row->addWidget(m_avatars, 0, Qt::AlignVCenter);
    m_row->addWidget(m_share, 0, Qt::AlignVCenter);
    connect(m_share, &QPushButton::clicked, this, &HeaderBar::shareClicked);
    connect(m_avatars, &QAbstractButton::clicked, this, &HeaderBar::avatarsClicked);
    setParticipants(nullptr);
}

void HeaderBar::setTabs(QWidget* tabs)
{
    if (m_tabs != nullptr) {
        m_row->removeWidget(m_tabs);
    }
    m_tabs = tabs;
    if (tabs != nullptr) {
        m_row->insertWidget(0, tabs, 1, Qt::AlignBottom);
        tabs->show();
    }
    m_place->setVisible(tabs == nullptr);
}

void HeaderBar::setPlace(const QString& place) { m_place->setContent(QIcon(), leftToRight(place)); }

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

} // namespace tutti::ui
