// SPDX-License-Identifier: MIT
#include "crdt/sync_protocol.h"
#include "crdt/update.h"
#include "net/bytes.h"
#include "net/close_reason.h"
#include "net/provider.h"

#include <algorithm>
#include <ranges>
#include <span>
#include <utility>

namespace tutti::net {

namespace {

using crdt::BytesView;

/// More own updates than these need not wait for an echo: a SyncStep1 will tell.
constexpr std::size_t kMostSent = 256;
/// A server that never answers is not kept account of beyond this.
constexpr std::size_t kMostQuestions = 64;
constexpr std::chrono::milliseconds kLongestResync{30'000};
/// A server that lacks our changes may only be slow; so long at most until it is asked again.
constexpr std::chrono::milliseconds kLongestConfirm{10'000};
/// Answers to our questions may use so much of the line: every answer holds all deletions.
constexpr std::size_t kAnswerBytesPerMillisecond = 100;
/// The permission messages there are (JupyterLab uses the message type for other things). The
/// second one is Hocuspocus's; y-websocket clients pass over it, so that our server says it too.
constexpr std::uint64_t kPermissionDenied = 0;
constexpr std::uint64_t kAuthenticated = 2;
constexpr std::string_view kReadOnlyScope = "readonly";
constexpr std::string_view kReadWriteScope = "read-write";

bool contains(const std::vector<crdt::ClientId>& clients, crdt::ClientId client)
{
    return std::ranges::find(clients, client) != clients.end();
}

/// Whether a SyncStep2 message carries nothing: no structs and no deletions.
bool isEmptyReply(const crdt::Bytes& message)
{
    return message.size() == 5 && message[3] == std::byte{} && message[4] == std::byte{};
}

/// The update in a SyncStep2 message.
BytesView updateIn(const crdt::Bytes& message)
{
    crdt::Decoder decoder{BytesView(message).subspan(2)};
    return decoder.readMessage().value_or(BytesView());
}

/// Runs of text that an update inserts or removes.
int changesIn(BytesView update)
{
    const auto decoded = crdt::decodeUpdate(update);
    return decoded ? static_cast<int>(decoded->structs.size() + decoded->deletions.size()) : 0;
}

} // namespace

void Provider::onReceived(const QByteArray& frame)
{
    crdt::Decoder decoder(view(frame));
    // A slot may stop us between two messages of one frame.
    while (m_phase == Phase::Open && !decoder.atEnd()) {
        if (const auto done = readMessage(decoder); !done) {
            report(tr("A message that cannot be read has come in: %1")
                    .arg(QString::fromStdString(done.error().message)));
            break;
        }
    }
    if (m_phase != Phase::Open) {
        return;
    }
    if (awareness().clientId() != m_doc.clientId()) { // somebody else writes under our id
        awareness().setClientId(m_doc.clientId());
    }
    if (m_doc.hasPending() && !m_resync.isActive()) {
        m_resync.start(m_resyncWait);
    }
    updateStatus();
}

/// Reads one message, or the rest of a frame whose kind we do not know.
crdt::Result<void> Provider::readMessage(crdt::Decoder& decoder)
{
    const auto type = decoder.readVarUint();
    if (!type) {
        return std::unexpected(type.error());
    }
    switch (static_cast<crdt::MessageType>(*type)) {
    case crdt::MessageType::Sync:
        return readSync(decoder);
    case crdt::MessageType::Awareness:
        return readAwareness(decoder);
    case crdt::MessageType::Auth:
        return readAuth(decoder);
    case crdt::MessageType::QueryAwareness:
        send(crdt::createAwarenessMessage(awareness().encodeUpdate()));
        return {};
    }
    // Nobody knows how long it is, so whatever follows it in this frame is lost with it.
    qCDebug(providerLog, "ignored a message of type %llu", static_cast<unsigned long long>(*type));
    return decoder.readRaw(decoder.rest().size()).transform([](BytesView) { });
}

crdt::Result<void> Provider::readSync(crdt::Decoder& decoder)
{
    crdt::Decoder ahead = decoder;
    const auto type = ahead.readVarUint();
    if (!type) {
        return std::unexpected(type.error());
    }
    const auto kind = static_cast<crdt::SyncMessageType>(*type);
    const BytesView body = ahead.readMessage().value_or(BytesView{});
    if (m_checking && kind == crdt::SyncMessageType::Update) {
        decoder = ahead; // the answer to our question holds it as well
        return {};
    }
    if (std::exchange(m_checking, false) && kind == crdt::SyncMessageType::SyncStep1
        && wasRebuilt(body)) {
        giveUp(Phase::Rebuilt, tr("The room was restarted, and has another text now"));
        return {};
    }
    const auto outcome = crdt::handleSyncPayload(decoder, m_doc, origin());
    // A question counts as answered even where the answer is of no use: what we sent before it
    // has been handled.
    if (kind == crdt::SyncMessageType::SyncStep2) {
        onAnswer(outcome.has_value(), body);
    }
    if (!outcome) {
        return std::unexpected(outcome.error());
    }
    if (kind == crdt::SyncMessageType::Update) {
        noteEcho(body);
    } else if (outcome->reply) {
        onAsked(*outcome->reply);
    }
    return {};
}

crdt::Result<void> Provider::readAwareness(crdt::Decoder& decoder)
{
    const auto update = decoder.readMessage();
    if (!update) {
        return std::unexpected(update.error());
    }
    const std::uint64_t clock = ownClock();
    m_ownStateCame = false;
    auto done = awareness().applyUpdate(*update, origin());
    // A clock that rose though no state came: somebody takes us for gone, as a server does that
    // cleans up after our former connection. We are here.
    if (ownClock() != clock && !m_ownStateCame) {
        publishOwnState();
    }
    return done;
}

crdt::Result<void> Provider::readAuth(crdt::Decoder& decoder)
{
    const auto kind = decoder.readVarUint();
    if (!kind) {
        return std::unexpected(kind.error());
    }
    if (*kind == kAuthenticated) {
        crdt::Decoder ahead = decoder;
        const auto scope = ahead.readVarString();
        if (scope && (*scope == kReadOnlyScope || *scope == kReadWriteScope)) {
            decoder = ahead;
            setReadOnly(*scope == kReadOnlyScope);
            return {};
        }
    }
    if (*kind != kPermissionDenied) {
        return decoder.readRaw(decoder.rest().size()).transform([](BytesView) { });
    }
    const auto reason = decoder.readVarString();
    if (!reason) {
        return std::unexpected(reason.error());
    }
    giveUp(Phase::Denied,
        reason->empty() ? tr("Permission denied")
                        : tr("Permission denied: %1")
                              .arg(shownReason(QString::fromUtf8(
                                  reason->data(), static_cast<qsizetype>(reason->size())))));
    return {};
}

void Provider::setReadOnly(bool readOnly)
{
    m_readOnly = readOnly;
    noteSynced();
    updateStatus();
}

/// Whether a room that holds this has nothing in common with the one we knew.
bool Provider::wasRebuilt(BytesView stateVector) const
{
    const auto theirs = crdt::decodeState(stateVector);
    if (!theirs) {
        return false; // it is refused, in words, when it is read
    }
    const crdt::StateVector ours = m_doc.stateVector();
    bool any = false;
    for (const crdt::Id& id : *theirs) {
        if (id.clock.value() > 0) {
            any = true;
            if (ours.contains(id.client)) {
                return false;
            }
        }
    }
    return any;
}

/// The server says of the oldest change on its way whether it took it.
void Provider::onAcknowledged(bool taken)
{
    if (m_phase != Phase::Open || m_unacknowledged.empty()) {
        return;
    }
    const Unacknowledged sent = m_unacknowledged.front();
    m_unacknowledged.pop_front();
    if (taken) {
        m_baseConfirmed = m_baseConfirmed || sent.coversBase;
        confirm(sent.covers);
        noteSynced();
        updateStatus();
    } else {
        m_refused = true;
        setReadOnly(true);
    }
}

void Provider::onDocChanged(const crdt::TransactionEvent& event)
{
    if (event.origin == origin()) {
        m_hadContent = m_hadContent || m_syncedOnce;
        if (m_merging) {
            m_merging->others += changesIn(event.update);
        }
        return;
    }
    ++m_changes;
    m_merged.reset();
    if (m_phase == Phase::Open && m_readOnly) {
        m_refused = true;
    } else if (m_phase == Phase::Open && !m_checking) { // else the answer to come has it
        send(crdt::createUpdateMessage(event.update));
        // Until the server's SyncStep1 is answered it may lack earlier changes, and so an echo
        // says nothing about those.
        if (m_channel->acknowledges()) {
            m_unacknowledged.push_back({m_baseSent ? m_changes : 0, false});
        }
        if (m_baseSent && !m_channel->acknowledges()) {
            m_owed.add(event.update);
            m_sent.push_back({m_changes, toByteArray(event.update)});
            if (m_sent.size() > kMostSent) {
                m_sent.pop_front();
            }
        }
        if (!m_confirm.isActive()) {
            m_confirm.start(m_confirmWait);
        }
    }
    updateStatus();
}

void Provider::onAwarenessChanged(const crdt::Awareness::Change& change)
{
    const crdt::ClientId own = awareness().clientId();
    if (change.origin == origin()) {
        m_ownStateCame =
            m_ownStateCame || contains(change.updated, own) || contains(change.renewed, own);
        return;
    }
    const bool concernsUs = contains(change.added, own) || contains(change.updated, own)
        || contains(change.removed, own) || contains(change.renewed, own);
    if (concernsUs && m_phase == Phase::Open) {
        send(crdt::createAwarenessMessage(awareness().encodeUpdate(std::span(&own, 1))));
    }
}

void Provider::onConfirmTimer()
{
    if (m_phase != Phase::Open || (m_changes == m_confirmed && m_owed.empty())
        || m_channel->acknowledges() || m_readOnly) {
        return;
    }
    const bool asked = std::ranges::any_of(
        m_questions, [this](const Question& question) { return question.covers == m_changes; });
    if (!asked && m_baseSent) {
        ask();
    }
}

void Provider::onResyncTimer()
{
    if (m_phase != Phase::Open || (m_answered && !m_doc.hasPending())) {
        m_resyncWait = m_options.resyncAfter;
        return;
    }
    ask();
    m_resyncWait = std::min(m_resyncWait * 2, kLongestResync);
    m_resync.start(m_resyncWait);
}

/// Asks for what we lack. The answer also shows that everything sent before was handled.
void Provider::ask()
{
    if (m_questions.size() < kMostQuestions) {
        // What was handled may have been refused, where the server can say so.
        const bool proves = m_baseSent && !m_channel->acknowledges() && !m_readOnly;
        m_questions.push_back(
            proves ? Question{m_changes, true, m_owed} : Question{0, false, OwedChanges()});
    }
    send(m_owed.empty() ? crdt::createSyncMessage(m_doc) : m_owed.question(m_doc.stateVector()));
}

void Provider::onAnswer(bool applied, BytesView update)
{
    bool lacking = false;
    if (!m_questions.empty()) { // else it came unasked, as some servers open
        const Question question = std::move(m_questions.front());
        m_questions.pop_front();
        lacking = !question.owed.heldBy(update);
        if (!m_readOnly && !lacking) {
            m_baseConfirmed = m_baseConfirmed || question.coversBase;
            confirm(question.covers);
        }
    }
    if (applied) {
        m_answered = true;
        m_channel->setExpectingBulk(false);
    } else if (!m_resync.isActive()) {
        m_resync.start(m_resyncWait);
    }
    const std::chrono::milliseconds fair{
        static_cast<std::chrono::milliseconds::rep>(update.size() / kAnswerBytesPerMillisecond)};
    m_confirmWait = std::max(
        m_options.confirmAfter, lacking ? std::min(m_confirmWait * 2, kLongestConfirm) : fair);
    if (!m_confirm.isActive() && (m_changes != m_confirmed || lacking)) {
        m_confirm.start(m_confirmWait);
    }
    noteSynced();
}

/// The server told its state and `reply` tells it what it lacks.
void Provider::onAsked(const crdt::Bytes& reply)
{
    send(reply);
    if (m_channel->acknowledges()) {
        m_unacknowledged.push_back({m_changes, true});
    } else if (!m_baseSent && !isEmptyReply(reply)) {
        m_owed.add(updateIn(reply));
    }
    if (std::exchange(m_baseSent, true)) {
        return; // only the first needs care, else two Providers would question each other for ever
    }
    if (isEmptyReply(reply)) {
        m_baseConfirmed = true;
        confirm(m_changes);
        noteSynced();
    } else if (!m_channel->acknowledges() && !m_readOnly) {
        ask();
    }
}

void Provider::noteEcho(BytesView update)
{
    // Deletions may be somebody else's, of the same text; structs are unmistakably ours.
    if (m_sent.empty() || update.empty() || update.front() == std::byte{}) {
        return;
    }
    const auto found = std::ranges::find_if(m_sent,
        [update](const Sent& sent) { return std::ranges::equal(view(sent.update), update); });
    if (found != m_sent.end()) {
        m_baseConfirmed = true;
        confirm(found->change);
        noteSynced();
    }
}

void Provider::confirm(std::uint64_t upTo)
{
    m_confirmed = std::max(m_confirmed, upTo);
    m_hadContent = m_hadContent || (m_syncedOnce && m_confirmed > 0);
    while (!m_sent.empty() && m_sent.front().change <= m_confirmed) {
        m_sent.pop_front();
    }
    if (m_confirmed == m_changes && m_baseConfirmed) {
        m_confirm.stop();
        m_owed.clear();
    }
}

std::uint64_t Provider::ownClock() const
{
    const auto found = awareness().meta().find(awareness().clientId());
    return found == awareness().meta().end() ? 0 : found->second.clock;
}

/// Says the own state again with a higher clock: peers ignore one they have seen.
void Provider::publishOwnState()
{
    if (const crdt::Any* state = awareness().localState()) {
        awareness().setLocalState(crdt::Any(*state)); // sent by onAwarenessChanged
    }
}

void Provider::send(BytesView message)
{
    m_channel->send(toByteArray(message));
    m_keepAlive.start(m_options.keepAlive);
}

} // namespace tutti::net
