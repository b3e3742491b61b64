// SPDX-License-Identifier: MIT
#include "net/awareness_hub.h"

#include <chrono>
#include <utility>

namespace tutti::net {

namespace {

/// A tenth of the time after which the silent are dropped, as y-protocols looks.
constexpr std::chrono::milliseconds kTick = crdt::Awareness::kOutdated / 10;

} // namespace

AwarenessHub::AwarenessHub(crdt::ClientId clientId, crdt::Awareness::Now now, QObject* parent)
    : QObject(parent)
    , m_awareness(clientId, std::move(now))
{
    m_subscription = m_awareness.observe([this](const crdt::Awareness::Change& change) {
        if (!change.added.empty() || !change.updated.empty() || !change.removed.empty()) {
            Q_EMIT changed({change.added, change.updated, change.removed});
        }
    });
    m_tick.setInterval(kTick);
    connect(&m_tick, &QTimer::timeout, this, [this] { m_awareness.tick(); });
    m_tick.start();
}

int AwarenessHub::peerCount() const
{
    const auto& states = m_awareness.states();
    return static_cast<int>(states.size()) - (states.contains(m_awareness.clientId()) ? 1 : 0);
}

void AwarenessHub::removeOthers(const crdt::Origin& origin)
{
    std::vector<crdt::ClientId> others;
    for (const auto& [client, state] : m_awareness.states()) {
        if (client != m_awareness.clientId()) {
            others.push_back(client);
        }
    }
    m_awareness.removeStates(others, origin);
}

} // namespace tutti::net
