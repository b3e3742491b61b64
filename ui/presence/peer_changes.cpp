// SPDX-License-Identifier: MIT
#include "ui/presence/peer_changes.h"

#include <algorithm>
#include <utility>

namespace tutti::ui {

namespace {

/// Of those who left, names are kept of as many as the log can have changes of.
constexpr std::size_t kMaxKnown = 4 * crdt::ChangeLog::kMaxClients;

crdt::ChangeLog::Milliseconds steadyNow()
{
    return std::chrono::duration_cast<crdt::ChangeLog::Milliseconds>(
        std::chrono::steady_clock::now().time_since_epoch());
}

} // namespace

PeerChanges::PeerChanges(crdt::Doc& doc, crdt::Text text, crdt::Awareness& awareness,
    crdt::Origin remote, std::function<crdt::ChangeLog::Milliseconds()> now)
    : m_text(text)
    , m_awareness(&awareness)
    , m_now(now ? std::move(now) : steadyNow)
    , m_log(doc, text,
          {.trackedOrigins = {std::move(remote)},
              .whoDeleted =
                  [this](std::span<const crdt::Offset> places) { return whoDeleted(places); },
              .now = m_now})
{
    for (const auto& [client, state] : awareness.states()) {
        refresh(client, m_known[client]);
    }
    m_subscription =
        awareness.observe([this](const crdt::Awareness::Change& change) { note(change); });
}

void PeerChanges::note(const crdt::Awareness::Change& change)
{
    for (const crdt::ClientId client : change.removed) {
        const auto known = m_known.find(client);
        if (known != m_known.end() && !m_awareness->states().contains(client)) {
            known->second.isHere = false;
        }
    }
    for (const crdt::ClientId client : change.added) {
        refresh(client, m_known[client]);
    }
    for (const crdt::ClientId client : change.updated) {
        m_known[client].isStale = true; // read when somebody asks: carets move all the time
    }
    if (m_known.size() > kMaxKnown) {
        std::erase_if(m_known, [](const auto& entry) { return !entry.second.isHere; });
    }
}

void PeerChanges::refresh(crdt::ClientId client, Known& known)
{
    const auto state = m_awareness->states().find(client);
    if (state != m_awareness->states().end()) {
        known.state = readPeerState(state->second);
        known.isHere = true;
    }
    known.isStale = false;
}

std::optional<crdt::ClientId> PeerChanges::whoDeleted(std::span<const crdt::Offset> places)
{
    std::vector<crdt::ClientId> others;
    for (const auto& [client, state] : m_awareness->states()) {
        if (client != m_awareness->clientId()) {
            others.push_back(client);
        }
    }
    if (others.size() == 1) {
        return others.front();
    }
    std::optional<crdt::ClientId> found;
    for (const crdt::ClientId client : others) {
        Known& known = m_known[client];
        if (known.isStale) {
            refresh(client, known);
        }
        const auto selection =
            known.state.selection ? resolve(*known.state.selection, m_text) : std::nullopt;
        if (selection && std::ranges::contains(places, selection->head)) {
            if (found) {
                return std::nullopt; // two are there: it may have been either
            }
            found = client;
        }
    }
    return found;
}

std::vector<crdt::ClientId> PeerChanges::clientsOf(crdt::ClientId client) const
{
    std::vector<crdt::ClientId> clients{client};
    const QString name = nameOf(client);
    for (const auto& [other, known] : m_known) {
        if (other != client && !known.isHere && !name.isEmpty() && known.state.user.name == name) {
            clients.push_back(other);
        }
    }
    return clients;
}

std::optional<PeerChanges::Change> PeerChanges::lastOf(crdt::ClientId client) const
{
    return m_log.last(clientsOf(client));
}

QString PeerChanges::nameOf(crdt::ClientId client) const
{
    const auto state = m_awareness->states().find(client);
    if (state != m_awareness->states().end()) {
        return readPeerState(state->second).user.name;
    }
    const auto known = m_known.find(client);
    return known == m_known.end() ? QString() : known->second.state.user.name;
}

QList<PeerChanges::Person> PeerChanges::people() const
{
    QList<Person> people;
    const auto add = [this, &people](crdt::ClientId client, bool isHere) {
        const QString name = nameOf(client);
        const bool listed = std::ranges::any_of(people, [&](const Person& person) {
            return person.name == name && !(isHere && person.isHere);
        });
        if (!name.isEmpty() && !listed && lastOf(client)) {
            people.append({client, name, isHere});
        }
    };
    for (const auto& [client, state] : m_awareness->states()) {
        if (client != m_awareness->clientId()) {
            add(client, true);
        }
    }
    for (const crdt::ClientId client : m_log.authors()) {
        if (!m_awareness->states().contains(client)) {
            add(client, false);
        }
    }
    return people;
}

std::chrono::milliseconds PeerChanges::ageOf(const Change& change) const
{
    return m_now() - change.at;
}

} // namespace tutti::ui
