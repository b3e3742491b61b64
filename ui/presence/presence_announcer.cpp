// SPDX-License-Identifier: MIT
#include "ui/presence/presence_announcer.h"

#include "ui/editor/code_editor.h"

#include <QAccessible>
#include <QStringList>

#include <algorithm>

namespace tutti::ui {

PresenceAnnouncer::PresenceAnnouncer(PeerTracker& tracker, QObject* parent)
    : QObject(parent)
    , m_tracker(&tracker)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &PresenceAnnouncer::tick);
    connect(&tracker, &PeerTracker::peerJoined, this,
        [this](int row) { note(m_tracker->peers().at(row), true); });
    connect(
        &tracker, &PeerTracker::peerLeft, this, [this](const Peer& peer) { note(peer, false); });
}

void PresenceAnnouncer::setConnected(bool connected)
{
    if (connected == m_connectedAt.has_value()) {
        return;
    }
    m_news.clear();
    m_timer.stop();
    m_connectedAt.reset();
    if (connected) {
        m_connectedAt = m_tracker->now();
    }
}

bool PresenceAnnouncer::isFirstList() const
{
    return m_tracker->now() < *m_connectedAt + kFirstList;
}

void PresenceAnnouncer::note(const Peer& peer, bool joined)
{
    if (peer.self || !m_speaks || !m_connectedAt || isFirstList()) {
        return;
    }
    const auto before = std::ranges::find(m_news, peer.client, &News::client);
    if (before != m_news.end()) {
        m_news.erase(before); // came and went, or the other way round: nothing has changed
    } else {
        m_news.append({peer.client, peer.name, joined});
    }
    // Later, even where it may be said at once: several often come together.
    if (!m_timer.isActive()) {
        m_timer.start(0);
    }
}

void PresenceAnnouncer::tick()
{
    if (m_news.isEmpty()) {
        return;
    }
    const Milliseconds now = m_tracker->now();
    if (m_saidAt && now < *m_saidAt + kBetween) {
        m_timer.start(*m_saidAt + kBetween - now);
        return;
    }
    m_saidAt = now;
    QAccessibleAnnouncementEvent said(&m_tracker->editor(), words());
    m_news.clear();
    QAccessible::updateAccessibility(&said);
}

QString PresenceAnnouncer::words() const
{
    QStringList joined;
    QStringList left;
    for (const News& news : m_news) {
        (news.joined ? joined : left).append(news.name);
    }
    QStringList sentences;
    if (joined.size() == 1) {
        sentences << tr("%1 joined.").arg(joined.first());
    } else if (joined.size() == 2) {
        sentences << tr("%1 and %2 joined.").arg(joined.first(), joined.last());
    } else if (!joined.isEmpty()) {
        sentences << tr("%n people joined.", nullptr, static_cast<int>(joined.size()));
    }
    if (left.size() == 1) {
        sentences << tr("%1 left.").arg(left.first());
    } else if (left.size() == 2) {
        sentences << tr("%1 and %2 left.").arg(left.first(), left.last());
    } else if (!left.isEmpty()) {
        sentences << tr("%n people left.", nullptr, static_cast<int>(left.size()));
    }
    return sentences.join(QChar(u' '));
}

} // namespace tutti::ui
