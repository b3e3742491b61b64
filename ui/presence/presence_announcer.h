// SPDX-License-Identifier: MIT
#pragma once

#include "ui/presence/peer_tracker.h"

#include <QList>
#include <QObject>
#include <QString>
#include <QTimer>

#include <optional>

namespace tutti::ui {

/// Tells a screen reader who comes and who goes, by name and at most once a second.
///
/// Not those who are there already when one comes, nor all of them when the connection is lost or
/// back; and nobody who goes and is back before it was said.
/// Threads: the GUI's. Requires: tracker and its editor outlive it.
class PresenceAnnouncer : public QObject
{
    Q_OBJECT

public:
    using Milliseconds = PeerTracker::Milliseconds;
    static constexpr Milliseconds kBetween{1'000};
    /// The first list is what arrives within this time of the connection.
    static constexpr Milliseconds kFirstList{1'000};

    /// Silent until setConnected(true).
    explicit PresenceAnnouncer(PeerTracker& tracker, QObject* parent = nullptr);

    /// Whether one knows who is there.
    void setConnected(bool connected);
    /// Whether it is said at all. On from the beginning.
    void setSpeaks(bool on) noexcept { m_speaks = on; }
    /// Says what is to be said, if it is time by the tracker's clock; called by a timer, and by
    /// tests.
    void tick();

private:
    struct News
    {
        crdt::ClientId client;
        QString name;
        bool joined;
    };

    void note(const Peer& peer, bool joined);
    [[nodiscard]] bool isFirstList() const;
    [[nodiscard]] QString words() const;

    PeerTracker* m_tracker;
    bool m_speaks = true;
    QList<News> m_news; ///< not said yet, a person once
    std::optional<Milliseconds> m_connectedAt;
    std::optional<Milliseconds> m_saidAt;
    QTimer m_timer;
};

} // namespace tutti::ui
