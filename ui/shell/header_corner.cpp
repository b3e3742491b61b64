// SPDX-License-Identifier: MIT
#include "ui/shell/header_corner.h"

#include "ui/shell/avatar_strip.h"
#include "ui/shell/icons.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QStyle>

namespace tutti::ui {

HeaderCorner::HeaderCorner(QWidget* parent)
    : QWidget(parent)
    , m_avatars(new AvatarStrip(this))
    , m_share(new QPushButton(this))
{
    m_share->setObjectName(QStringLiteral("shareButton"));
    m_share->setProperty("compact", true);
    m_share->setAutoDefault(false);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 4, 8, 4);
    layout->setSpacing(8);
    layout->addWidget(m_avatars);
    layout->addWidget(m_share);
    connect(m_share, &QPushButton::clicked, this, &HeaderCorner::shareClicked);
    connect(m_avatars, &QAbstractButton::clicked, this, &HeaderCorner::avatarsClicked);
    setParticipants(nullptr);
}

void HeaderCorner::setParticipants(ParticipantsModel* model)
{
    const bool shared = model != nullptr;
    m_avatars->setModel(model);
    m_share->setText(shared ? tr("Link") : tr("Share"));
    m_share->setToolTip(shared ? tr("Show the link to this room") : tr("Write together with others"));
    m_share->setIcon(shared ? icon(QStringLiteral("link"), IconTone::Text)
                            : icon(QStringLiteral("share"), IconTone::OnAccent));
    m_share->setProperty("primary", !shared);
    m_share->style()->unpolish(m_share);
    m_share->style()->polish(m_share);
}

} // namespace tutti::ui
