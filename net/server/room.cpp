// SPDX-License-Identifier: MIT
#include "net/server/room.h"

#include "crdt/sync_protocol.h"
#include "net/bytes.h"
#include "net/channel.h"
#include "net/server/close_codes.h"
#include "net/store/update_log.h"

#include <QCoreApplication>

#include <algorithm>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace tutti::net {

namespace {

/// Auth, Authenticated, its scope; as Hocuspocus has it, without the document's name.
crdt::Bytes readOnlyMessage()
{
    constexpr std::uint64_t kAuthenticated = 2;
    crdt::Encoder encoder;
    encoder.writeVarUint(std::to_underlying(crdt::MessageType::Auth));
    encoder.writeVarUint(kAuthenticated);
    encoder.writeVarString("readonly");
    return encoder.take();
}

QString tr(const char* words) { return QCoreApplication::translate("Room", words); }

constexpr QLatin1StringView kClientDropped("client-dropped");

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

/// Whether an update is the one with neither structs nor deletions.
bool saysNothing(crdt::BytesView update)
{
    return update.size() <= 2
        && std::ranges::all_of(update, [](std::byte b) { return b == std::byte{0}; });
}

} // namespace

Room::Room(QString path, Options options)
    : m_path(std::move(path))
    , m_options(std::move(options))
    , m_awareness(std::make_unique<crdt::Awareness>(m_doc.clientId()))
{
    m_docSubscription =
        m_doc.observe([this](const crdt::TransactionEvent& event) { onDocChanged(event); });
    m_awarenessSubscription = m_awareness->observe(
        [this](const crdt::Awareness::Change& change) { onAwarenessChanged(change); });
}

bool Room::isBlank() const { return m_doc.getState().size() <= 1 && !m_doc.hasPending(); }

std::expected<void, QString> Room::load()
{
    if (m_options.log == nullptr) {
        return {};
    }
    m_loading = true;
    const auto updates = m_options.log->loadInto(m_doc, m_path);
    m_loading = false;
    if (!updates) {
        return std::unexpected(updates.error());
    }
    constexpr std::size_t kManyUpdates = 500; // from then on loading them all takes time
    m_bytes = updates->bytes;
    if (updates->updates >= kManyUpdates) {
        const QByteArray whole = toByteArray(m_doc.getUpdate());
        m_bytes = whole.size();
        // If it cannot be written now, it will be the next time.
        static_cast<void>(m_options.log->compact(m_path, whole));
    }
    return {};
}

void Room::settle()
{
    for (auto& [channel, member] : m_members) {
        for (const QByteArray& frame : std::exchange(member.owed, {})) {
            deliver(*channel, member, frame);
        }
    }
}

void Room::onDocChanged(const crdt::TransactionEvent& event)
{
    if (m_loading) {
        return;
    }
    m_bytes += static_cast<qint64>(event.update.size());
    const crdt::Bytes message = crdt::createUpdateMessage(event.update);
    if (m_options.log == nullptr) {
        broadcast(message);
        return;
    }
    m_options.log->append(m_path, toByteArray(event.update));
    const QByteArray frame = toByteArray(message);
    for (auto& [channel, member] : m_members) {
        if (channel == event.origin.object()) {
            member.owed.push_back(frame);
        } else {
            deliver(*channel, member, frame);
        }
    }
    m_options.flushSoon();
}

void Room::enter(Channel& channel, Right right)
{
    Member& member = m_members[&channel];
    member.right = right;
    if (right == Right::Read) {
        deliver(channel, member, toByteArray(readOnlyMessage()));
    }
    deliver(channel, member, toByteArray(crdt::createSyncMessage(m_doc)));
    if (!m_awareness->states().empty()) {
        deliver(channel, member,
            toByteArray(crdt::createAwarenessMessage(m_awareness->encodeUpdate())));
    }
}

void Room::leave(Channel& channel)
{
    m_members.erase(&channel);
    std::vector<crdt::ClientId> gone;
    for (const auto& [client, bringer] : m_bringers) {
        if (bringer == &channel) {
            gone.push_back(client);
        }
    }
    for (const crdt::ClientId client : gone) {
        m_bringers.erase(client);
    }
    if (!gone.empty()) {
        m_awareness->removeStates(gone);
    }
}

void Room::receive(Channel& channel, const QByteArray& frame)
{
    if (m_options.metrics != nullptr) {
        ++m_options.metrics->messagesIn;
        m_options.metrics->bytesIn += static_cast<std::uint64_t>(frame.size());
    }
    crdt::Decoder decoder(view(frame));
    while (!decoder.atEnd() && channel.isOpen()) {
        if (const auto done = readMessage(channel, decoder); !done) {
            dismiss(channel, kClientDropped, CloseInfo::kBadData,
                QString::fromStdString(done.error().message));
        }
    }
}

void Room::dismiss(Channel& channel, QLatin1StringView event, int code, const QString& reason)
{
    if (m_options.metrics != nullptr) {
        ++m_options.metrics->closedByUs[code];
    }
    if (m_options.report) {
        m_options.report({.level = ServerEvent::Level::Warning,
            .event = event,
            .room = m_path,
            .peer = channel.host(),
            .code = code,
            .reason = reason});
    }
    // A close frame has room for 123 bytes, and a letter may take three.
    channel.close(code, reason.left(40));
}

crdt::Result<void> Room::readSync(Channel& channel, Member& member, crdt::Decoder& decoder)
{
    const auto kind = decoder.readVarUint();
    if (!kind) {
        return std::unexpected(kind.error());
    }
    const auto body = decoder.readMessage();
    if (!body) {
        return std::unexpected(body.error());
    }
    switch (static_cast<crdt::SyncMessageType>(*kind)) {
    case crdt::SyncMessageType::SyncStep1: {
        const auto reply = crdt::createSyncReply(m_doc, *body);
        if (!reply) {
            return std::unexpected(reply.error());
        }
        if (member.refused || (!member.owed.empty() && !m_options.flushNow())) {
            return {}; // it would be a receipt; whoever needs one asks again
        }
        const QByteArray frame = toByteArray(*reply);
        deliver(channel, member, frame);
        member.allowance = frame.size();
        return {};
    }
    case crdt::SyncMessageType::SyncStep2:
    case crdt::SyncMessageType::Update:
        if (member.right == Right::Read) {
            member.refused = member.refused || !saysNothing(*body);
            return {};
        }
        if (!hasRoomFor(*body)) {
            dismiss(channel, kClientDropped, close_code::kDocumentFull,
                tr("This document may not grow any more"));
            return {};
        }
        if (m_options.metrics != nullptr) {
            const LatencyTimer timer(m_options.metrics->apply);
            return m_doc.applyUpdate(*body, crdt::Origin(&channel));
        }
        return m_doc.applyUpdate(*body, crdt::Origin(&channel));
    }
    return crdt::fail(
        crdt::ErrorCode::Unsupported, "there is no sync message of type " + std::to_string(*kind));
}

crdt::Result<void> Room::readMessage(Channel& channel, crdt::Decoder& decoder)
{
    const auto member = m_members.find(&channel);
    const auto type = decoder.readVarUint();
    if (!type) {
        return std::unexpected(type.error());
    }
    if (member == m_members.end()) {
        return decoder.readRaw(decoder.rest().size()).transform([](crdt::BytesView) { });
    }
    switch (static_cast<crdt::MessageType>(*type)) {
    case crdt::MessageType::Sync:
        return readSync(channel, member->second, decoder);
    case crdt::MessageType::Awareness: {
        const auto update = decoder.readMessage();
        if (!update) {
            return std::unexpected(update.error());
        }
        return readAwareness(channel, member->second, *update);
    }
    case crdt::MessageType::QueryAwareness:
        deliver(channel, member->second,
            toByteArray(crdt::createAwarenessMessage(m_awareness->encodeUpdate())));
        return {};
    case crdt::MessageType::Auth:
        break;
    }
    // As y-websocket does: what it does not know, it lets pass.
    return decoder.readRaw(decoder.rest().size()).transform([](crdt::BytesView) { });
}

crdt::Result<void> Room::readAwareness(Channel& channel, Member& member, crdt::BytesView update)
{
    if (update.size() > kLongestAwareness) {
        dismiss(channel, kClientDropped, CloseInfo::kTooBig, tr("Too much about presence"));
        return {};
    }
    if (!hasRoomForStates(update)) {
        dismiss(channel, kClientDropped, close_code::kPolicy, tr("Too many presences"));
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

void Room::broadcast(crdt::BytesView message)
{
    const QByteArray frame = toByteArray(message);
    for (auto& [channel, member] : m_members) {
        deliver(*channel, member, frame);
    }
}

void Room::deliver(Channel& channel, Member& member, const QByteArray& frame)
{
    if (dropIfSlow(channel, member)) {
        return;
    }
    if (m_options.metrics != nullptr) {
        ++m_options.metrics->messagesOut;
        m_options.metrics->bytesOut += static_cast<std::uint64_t>(frame.size());
    }
    channel.send(frame);
}

void Room::checkQueue(Channel& channel)
{
    if (const auto member = m_members.find(&channel); member != m_members.end()) {
        dropIfSlow(channel, member->second);
    }
}

/// Whether it is dropped, now or before.
bool Room::dropIfSlow(Channel& channel, Member& member)
{
    if (member.dropped || channel.queuedBytes() <= m_options.maxQueued + member.allowance) {
        return member.dropped;
    }
    member.dropped = true;
    dismiss(channel, kClientDropped, CloseInfo::kTryAgainLater, tr("Reads too slowly"));
    return true;
}

/// Whether that may be added. What an update adds is not known before; a bound is kept by adding
/// up, and the document measured only when that is too high. As this costs O(document), a twentieth
/// of the time goes into it at most.
bool Room::hasRoomFor(crdt::BytesView update)
{
    constexpr int kRest = 20;
    const qint64 most = m_options.maxDocument;
    const auto size = static_cast<qint64>(update.size());
    const bool onlyDeletes = update.empty() || update[0] == std::byte{0};
    if (most == 0 || m_bytes + size <= most || onlyDeletes) {
        return true;
    }
    const auto before = std::chrono::steady_clock::now();
    if (before < m_mayMeasure) {
        return false;
    }
    m_bytes = static_cast<qint64>(m_doc.getUpdate().size());
    const auto after = std::chrono::steady_clock::now();
    m_mayMeasure = after + kRest * (after - before);
    return m_bytes + size <= most;
}

} // namespace tutti::net
