// SPDX-License-Identifier: MIT
#include "net/server/room.h"

#include "crdt/sync_protocol.h"
#include "net/bytes.h"
#include "net/channel.h"
#include "net/close_reason.h"
#include "net/server/close_codes.h"
#include "net/store/update_log.h"

#include <algorithm>
#include <optional>
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
    m_unwritten = false;
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
    log(toByteArray(event.update));
    const QByteArray frame = toByteArray(message);
    for (auto& [channel, member] : m_members) {
        if (channel == event.origin.object()) {
            member.owed.push_back(frame);
        } else {
            deliver(*channel, member, frame);
        }
    }
}

void Room::log(const QByteArray& update)
{
    m_unwritten = true;
    m_options.log->append(m_path, update);
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

void Room::demote(Channel& channel)
{
    if (const auto member = m_members.find(&channel); member != m_members.end()) {
        member->second.right = Right::Read;
        deliver(channel, member->second, toByteArray(readOnlyMessage()));
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

double Room::receive(Channel& channel, const QByteArray& frame)
{
    constexpr int kMostMessages = 1'000; // of clients that put several into one, most put two
    if (m_options.metrics != nullptr) {
        ++m_options.metrics->messagesIn;
        m_options.metrics->bytesIn += static_cast<std::uint64_t>(frame.size());
    }
    crdt::Decoder decoder(view(frame));
    Questions questions;
    int messages = 0;
    while (!decoder.atEnd() && channel.isOpen()) {
        if (++messages > kMostMessages) {
            dismiss(channel, close_code::kPolicy,
                closeReason(QT_TRANSLATE_NOOP("CloseReason", "Too many messages in one")));
        } else if (const auto done = readMessage(channel, decoder, questions); !done) {
            dismiss(channel, CloseInfo::kBadData, QString::fromStdString(done.error().message));
        }
    }
    const auto cost = channel.isOpen() ? answer(channel, questions) : 0;
    if (!cost) {
        dismiss(channel, CloseInfo::kBadData, QString::fromStdString(cost.error().message));
    }
    return messages + cost.value_or(0);
}

/// As the document is after all of the frame. Returns what that was worth.
crdt::Result<double> Room::answer(Channel& channel, const Questions& questions)
{
    constexpr double kBytesAMessage = 65'536;
    const auto found = m_members.find(&channel);
    if (found == m_members.end()) {
        return 0;
    }
    Member& member = found->second;
    double cost = 0;
    if (questions.awareness) {
        const crdt::Bytes states = crdt::createAwarenessMessage(m_awareness->encodeUpdate());
        cost += static_cast<double>(states.size()) / kBytesAMessage;
        deliver(channel, member, toByteArray(states));
    }
    if (!questions.stateVector || member.refused) {
        return cost;
    }
    // To whoever has something of the document the answer is a receipt. If it cannot be given, it
    // is left out: whoever needs one asks again. Who has nothing need not wait for the disk.
    const bool isReceipt = questions.stateVector->size() > 1;
    if (isReceipt && m_unwritten && !m_options.flushNow()) {
        return cost;
    }
    const auto reply = crdt::createSyncReply(m_doc, *questions.stateVector);
    if (!reply) {
        return std::unexpected(reply.error());
    }
    deliver(channel, member, toByteArray(*reply));
    return cost + static_cast<double>(reply->size()) / kBytesAMessage;
}

void Room::dismiss(Channel& channel, int code, const QString& reason)
{
    if (m_options.metrics != nullptr) {
        ++m_options.metrics->closedByUs[code];
    }
    if (m_options.report) {
        m_options.report({.level = ServerEvent::Level::Warning,
            .event = QLatin1StringView("client-dropped"),
            .room = m_path,
            .peer = channel.host(),
            .code = code,
            .reason = reason});
    }
    // A close frame has room for 123 bytes, and a letter may take three.
    channel.close(code, reason.left(40));
}

crdt::Result<void> Room::readSync(
    Channel& channel, Member& member, crdt::Decoder& decoder, Questions& questions)
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
    case crdt::SyncMessageType::SyncStep1:
        questions.stateVector.emplace(body->begin(), body->end());
        return {};
    case crdt::SyncMessageType::SyncStep2:
    case crdt::SyncMessageType::Update:
        if (member.right == Right::Read) {
            member.refused = member.refused || !saysNothing(*body);
            return {};
        }
        if (!hasRoomFor(*body)) {
            dismiss(channel, close_code::kDocumentFull,
                closeReason(
                    QT_TRANSLATE_NOOP("CloseReason", "This document may not grow any more")));
            return {};
        }
        return apply(channel, *body);
    }
    return crdt::fail(
        crdt::ErrorCode::Unsupported, "there is no sync message of type " + std::to_string(*kind));
}

crdt::Result<void> Room::apply(Channel& channel, crdt::BytesView update)
{
    std::optional<LatencyTimer> timer;
    if (m_options.metrics != nullptr) {
        timer.emplace(m_options.metrics->apply);
    }
    auto applied = m_doc.applyUpdate(update, crdt::Origin(&channel));
    if (m_doc.hasPending()) {
        m_bytes += static_cast<qint64>(update.size()); // perhaps it waits; that is kept as well
        if (applied && m_options.log != nullptr) {
            log(toByteArray(update)); // answers have what waits, so it has to last
        }
    }
    return applied;
}

crdt::Result<void> Room::readMessage(Channel& channel, crdt::Decoder& decoder, Questions& questions)
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
        return readSync(channel, member->second, decoder, questions);
    case crdt::MessageType::Awareness: {
        const auto update = decoder.readMessage();
        if (!update) {
            return std::unexpected(update.error());
        }
        return readAwareness(channel, member->second, *update);
    }
    case crdt::MessageType::QueryAwareness:
        questions.awareness = true;
        return {};
    case crdt::MessageType::Auth:
        break;
    }
    // As y-websocket does: what it does not know, it lets pass.
    return decoder.readRaw(decoder.rest().size()).transform([](crdt::BytesView) { });
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
    member.allowance = std::max<qint64>(member.allowance, frame.size());
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
    dismiss(channel, CloseInfo::kTryAgainLater,
        closeReason(QT_TRANSLATE_NOOP("CloseReason", "Reads too slowly")));
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
    // Unless it is about something that nobody has, a deletion makes room.
    const bool onlyDeletes = (update.empty() || update[0] == std::byte{0}) && !m_doc.hasPending();
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
