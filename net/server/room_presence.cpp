// SPDX-License-Identifier: MIT
// Who is in a room: what its members say of themselves, and what is left of those that went.
#include "crdt/encoding.h"
#include "crdt/sync_protocol.h"
#include "net/channel.h"
#include "net/close_reason.h"
#include "net/server/close_codes.h"
#include "net/server/room.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace tutti::net {

namespace {

/// Of clients that left a clock stays behind, for y-protocols' sake; of that many at most.
constexpr std::size_t kMostGone = 20'000;
/// A message about awareness holds a cursor, or everybody's; nobody needs more.
constexpr std::size_t kLongestAwareness = 1'000'000;

/// What an awareness update says of one client.
struct Entry
{
    crdt::ClientId client;
    std::uint64_t clock = 0;
    bool isHere = false;
};

/// Calls back for every entry; false when the update cannot be read to its end.
template <typename Callback>
bool forEachEntry(crdt::BytesView update, Callback&& callback)
{
    crdt::Decoder decoder(update);
    const auto count = decoder.readVarUint();
    if (!count) {
        return false;
    }
    for (std::uint64_t i = 0; i < *count; ++i) {
        const auto client = decoder.readVarUint();
        const auto clock = client ? decoder.readVarUint() : client;
        if (!clock) {
            return false;
        }
        const auto state = decoder.readVarString();
        if (!state) {
            return false;
        }
        callback(Entry{crdt::ClientId(*client), *clock, *state != "null"});
    }
    return true;
}

} // namespace

crdt::Result<void> Room::readAwareness(Channel& channel, Member& member, crdt::BytesView update)
{
    if (update.size() > kLongestAwareness) {
        dismiss(channel, CloseInfo::kTooBig,
            closeReason(QT_TRANSLATE_NOOP("CloseReason", "Too much about presence")));
        return {};
    }
    if (!hasRoomForStates(update)) {
        dismiss(channel, close_code::kPolicy,
            closeReason(QT_TRANSLATE_NOOP("CloseReason", "Too many presences")));
        return {};
    }
    if (!std::exchange(member.announced, true)) {
        // A connection begins with its own state. y-websocket's client says it with the clock it
        // had on the last one, which nobody takes for news; but from now on this one answers for
        // it, or the end of the last would take it away.
        std::vector<Entry> entries;
        forEachEntry(update, [&entries](const Entry& entry) { entries.push_back(entry); });
        const auto known = entries.size() == 1 ? m_awareness->meta().find(entries[0].client)
                                               : m_awareness->meta().end();
        if (known != m_awareness->meta().end() && known->second.clock == entries[0].clock
            && entries[0].isHere && m_awareness->states().contains(entries[0].client)) {
            m_bringers[entries[0].client] = &channel;
        }
    }
    return m_awareness->applyUpdate(update, crdt::Origin(&channel)).transform([this] {
        if (m_awareness->meta().size() > m_awareness->states().size() + kMostGone) {
            forgetTheGone();
        }
    });
}

/// Whether there may be as many states as there would be then. What cannot be read has none.
bool Room::hasRoomForStates(crdt::BytesView update) const
{
    const auto here = m_awareness->states().size();
    crdt::Decoder decoder(update);
    const auto count = decoder.readVarUint();
    if (!count || here + *count <= m_options.maxStates) {
        return true;
    }
    std::size_t added = 0;
    const bool whole = forEachEntry(update, [this, &added](const Entry& entry) {
        added += entry.isHere && !m_awareness->states().contains(entry.client) ? 1 : 0;
    });
    return !whole || here + added <= m_options.maxStates;
}

void Room::forgetTheGone()
{
    auto fresh = std::make_unique<crdt::Awareness>(m_doc.clientId());
    if (!fresh->applyUpdate(m_awareness->encodeUpdate())) {
        return; // our own bytes
    }
    m_awarenessSubscription = fresh->observe(
        [this](const crdt::Awareness::Change& change) { onAwarenessChanged(change); });
    m_awareness = std::move(fresh);
}

void Room::onAwarenessChanged(const crdt::Awareness::Change& change)
{
    std::vector<crdt::ClientId> clients;
    for (const auto* list : {&change.added, &change.updated, &change.removed, &change.renewed}) {
        clients.insert(clients.end(), list->begin(), list->end());
    }
    for (const crdt::ClientId client : clients) {
        if (!m_awareness->states().contains(client)) {
            m_bringers.erase(client);
        } else if (change.origin.object()) {
            // The last who brought a state answers for it: one that comes back on a new
            // connection before the old one is known dead must not be withdrawn with the old.
            const auto bringer = std::ranges::find_if(m_members,
                [&change](const auto& entry) { return entry.first == change.origin.object(); });
            if (bringer != m_members.end()) {
                m_bringers[client] = bringer->first;
            }
        }
    }
    broadcast(crdt::createAwarenessMessage(m_awareness->encodeUpdate(clients)));
}

} // namespace tutti::net
