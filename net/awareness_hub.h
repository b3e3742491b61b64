// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/awareness.h"
#include "crdt/ids.h"
#include "crdt/subscription.h"

#include <QObject>
#include <QTimer>

#include <vector>

namespace tutti::net {

/// Whose state came, changed or went. Renewals without a change are not told.
struct AwarenessChange
{
    std::vector<crdt::ClientId> added;
    std::vector<crdt::ClientId> updated;
    std::vector<crdt::ClientId> removed;
};

/// A crdt::Awareness with a timer that renews and expires, and a Qt signal.
///
/// Threads: one, with an event loop.
class AwarenessHub final : public QObject
{
    Q_OBJECT

public:
    /// `now` is for tests; the default is the steady clock.
    explicit AwarenessHub(
        crdt::ClientId clientId, crdt::Awareness::Now now = {}, QObject* parent = nullptr);

    [[nodiscard]] crdt::Awareness& awareness() noexcept { return m_awareness; }
    [[nodiscard]] const crdt::Awareness& awareness() const noexcept { return m_awareness; }

    /// How many others are present.
    [[nodiscard]] int peerCount() const;
    /// Removes every state but the own one, here only.
    void removeOthers(const crdt::Origin& origin);

Q_SIGNALS:
    /// Emitted from inside the call that made the change.
    void changed(const tutti::net::AwarenessChange& change);

private:
    crdt::Awareness m_awareness;
    crdt::Subscription m_subscription;
    QTimer m_tick;
};

} // namespace tutti::net

Q_DECLARE_METATYPE(tutti::net::AwarenessChange)
