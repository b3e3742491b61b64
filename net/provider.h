// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/doc.h"
#include "crdt/encoding.h"
#include "crdt/ids.h"
#include "crdt/origin.h"
#include "crdt/subscription.h"
#include "net/awareness_hub.h"
#include "net/channel.h"
#include "net/owed_changes.h"
#include "net/reconnect_policy.h"

#include <QLoggingCategory>
#include <QObject>
#include <QString>
#include <QTimer>

#include <chrono>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>

namespace tutti::net {

Q_DECLARE_LOGGING_CATEGORY(providerLog) // "tutti.net.provider"

/// How a Provider stands, complete enough to be put into words. A plain value.
struct ProviderStatus
{
    enum class State {
        Stopped, ///< not started, or stopped
        Connecting, ///< the first attempt, or one right after retryNow()
        Synchronizing, ///< connected; the two copies are not known to be equal yet
        Synced, ///< connected, and the server has every change made here
        Pending, ///< connected; own changes are on their way, not known to be at the server
        Offline, ///< not connected; trying again by itself
        Failed, ///< given up: see `reason`; retryNow() tries once more
        Denied, ///< the server said that we may not: see `reason`
        Rebuilt, ///< the room is another one now, and nothing was merged: see Provider::rejoin()
    };
    /// What came together when the connection came back.
    struct Merged
    {
        int mine = 0; ///< own changes (transactions) made while offline
        int others = 0; ///< the others' changes that arrived: runs of text inserted or removed
        bool operator==(const Merged&) const = default;
    };

    State state = State::Stopped;
    /// "example.org:1234"; empty for a channel without a host.
    QString host;
    /// Own changes (transactions) not known to be at the server.
    int pendingChanges = 0;
    /// Offline: how long the next attempt is away, from the moment this status was made; zero
    /// while an attempt is being made.
    std::chrono::milliseconds nextTry{0};
    /// Offline, Failed, Denied, Rebuilt: why, in plain words, without a trailing full stop.
    QString reason;
    /// Set from the first Synced after a loss until the next own change or loss.
    std::optional<Merged> merged;
    /// Others present in the room; 0 while not connected.
    int peers = 0;
    /// The server takes no changes from us. Those that were made all the same stay pending.
    bool readOnly = false;

    [[nodiscard]] bool isConnected() const noexcept
    {
        return state == State::Synchronizing || state == State::Synced || state == State::Pending;
    }
    bool operator==(const ProviderStatus&) const = default;
};

/// Keeps a Doc equal to a room: the y-protocols client on any Channel.
///
/// On every opening it sends SyncStep1 and its awareness state with a higher clock; it answers
/// SyncStep1 with SyncStep2; applies updates with itself as origin, and sends on every change of
/// any other origin, one message a frame. It reads frames that hold several messages. Malformed
/// messages are reported and change nothing. The Doc may be edited at any time, connected or not.
///
/// Synced is only said when it is so. Own changes count as pending until the server has shown
/// that it has them: its echo of the update came back, or they are in its answer to a SyncStep1
/// that asks for them (OwedChanges); or, where Channel::acknowledges(), only that it said so. A
/// server that takes messages and drops what they hold leaves them pending.
///
/// A server may say that we are only to read (auth `2 2 "readonly"`, as Hocuspocus does), or refuse
/// a change: then nothing more is sent, and changes made here count as pending for good.
///
/// After a loss it connects again with back-off and full jitter, which start over only after a
/// synchronization. Close codes 4400–4499 and 1009, and a denied permission, end in Failed or
/// Denied.
///
/// A room that was rebuilt is noticed before anything is merged either way. After a loss the
/// server's state vector is looked at first; meanwhile nothing is applied and nothing sent. The
/// room counts as rebuilt when it held history that we hold as well, and now holds some, but none
/// that we know: no client in common. Then somebody has written its text anew, or another text, and
/// merging would double or mix them; the state is Rebuilt until rejoin(), and editing goes on
/// locally. What is no rebuilding, and is merged as ever:
/// - a room that is empty. A server without a store forgets when it restarts, and one with a store
/// may
///   say so before it has loaded (facts of y-websocket with LevelDB, of Hocuspocus over Redis).
///   Filling it again with the history it had can double nothing.
/// - a room that lacks a part of what it had: a backup, or a server that was killed before it
/// wrote,
///   or another client that came back before us and filled it. The same items are the same there.
///
/// Requires: the Doc outlives it. Threads: the Doc's, with an event loop.
class Provider final : public QObject
{
    Q_OBJECT

public:
    using State = ProviderStatus::State;

    struct Options
    {
        ReconnectPolicy policy;
        /// Reconnect by itself after a loss. Without: every loss ends in Failed.
        bool reconnect = true;
        /// Something is said at least that often, since servers drop the silent.
        std::chrono::milliseconds keepAlive{15'000};
        /// So long an own change waits for its echo before the server is asked.
        std::chrono::milliseconds confirmAfter{250};
        /// So long to wait before asking again for structs that stay pending; doubles each time.
        std::chrono::milliseconds resyncAfter{1'000};
        /// The awareness's clock, for tests.
        crdt::Awareness::Now now;
    };

    Provider(crdt::Doc& doc, std::unique_ptr<Channel> channel, QObject* parent = nullptr);
    Provider(crdt::Doc& doc, std::unique_ptr<Channel> channel, Options options,
        QObject* parent = nullptr);
    /// Stops. What was queued is sent as far as the channel can send it without an event loop.
    ~Provider() override;

    /// Connects, and stays connected. Without effect unless Stopped.
    void start();
    /// Withdraws the own awareness state, closes, and forgets the others' states. The own state
    /// is published again by the next start().
    void stop();
    /// Tries now what is waiting to be tried; in Failed, Denied and Rebuilt it tries once more.
    void retryNow();
    /// In Rebuilt: goes in all the same, and merges what is there with what is here. Text that is
    /// in both is there twice then.
    void rejoin();

    [[nodiscard]] const ProviderStatus& status() const noexcept { return m_status; }
    /// Whether this connection has been synchronized at least once, whatever is pending now.
    [[nodiscard]] bool hasSynced() const noexcept { return m_syncedOnce; }
    [[nodiscard]] crdt::Doc& doc() noexcept { return m_doc; }
    [[nodiscard]] Channel& channel() noexcept { return *m_channel; }
    /// The origin of the changes it applies.
    [[nodiscard]] crdt::Origin origin() const noexcept { return crdt::Origin(this); }

    /// Who is here. Set the own state at any time; it is published while connected.
    [[nodiscard]] crdt::Awareness& awareness() noexcept { return m_hub.awareness(); }
    [[nodiscard]] const crdt::Awareness& awareness() const noexcept { return m_hub.awareness(); }

Q_SIGNALS:
    /// The channel is open and the first message is sent.
    void started();
    /// Once for each connection: the Doc holds what the server held, and the server what the Doc
    /// held.
    void synced();
    /// Something in the status differs. However much happens in one turn of the event loop, this
    /// is emitted once, afterwards, and not at all when nothing differs in the end.
    void statusChanged(const tutti::net::ProviderStatus& status);
    /// Given up, with the reason: the state is Failed, Denied or Rebuilt.
    void failed(const QString& reason);
    /// Something went wrong that did not end the connection, or ended it for now.
    void errorOccurred(const QString& message);
    /// stop() is complete: the channel has closed.
    void stopped();
    void awarenessChanged(const tutti::net::AwarenessChange& change);

private:
    /// How far the channel is, as we want it.
    enum class Phase { Stopped, Connecting, Open, Waiting, Retrying, Failed, Denied, Rebuilt };
    /// A SyncStep1 on its way. Its answer shows whether the server has what was sent before it.
    struct Question
    {
        std::uint64_t covers = 0; ///< own changes up to this one
        bool coversBase = false; ///< and our answer to the server's own SyncStep1
        OwedChanges owed; ///< what its answer has to hold for that
    };
    /// An own SyncStep2 or update on its way, on a channel that acknowledges.
    struct Unacknowledged
    {
        std::uint64_t covers = 0; ///< own changes up to this one
        bool coversBase = false; ///< it is an answer to the server's own SyncStep1
    };
    /// An own update on its way, which may come back as an echo.
    struct Sent
    {
        std::uint64_t change = 0;
        QByteArray update;
    };

    // provider.cpp: the life of the connection
    void openChannel(Phase phase);
    void onOpened();
    void onClosed(const CloseInfo& info);
    void giveUp(Phase phase, const QString& reason);
    void forgetConnection();
    void onKeepAlive();
    void report(const QString& message);
    void updateStatus();
    void noteSynced();
    [[nodiscard]] ProviderStatus currentStatus() const;

    // provider_messages.cpp: what goes over it
    void onReceived(const QByteArray& frame);
    void onAcknowledged(bool taken);
    [[nodiscard]] bool wasRebuilt(crdt::BytesView stateVector) const;
    void setReadOnly(bool readOnly);
    [[nodiscard]] crdt::Result<void> readMessage(crdt::Decoder& decoder);
    [[nodiscard]] crdt::Result<void> readSync(crdt::Decoder& decoder);
    [[nodiscard]] crdt::Result<void> readAwareness(crdt::Decoder& decoder);
    [[nodiscard]] crdt::Result<void> readAuth(crdt::Decoder& decoder);
    void onDocChanged(const crdt::TransactionEvent& event);
    void onAwarenessChanged(const crdt::Awareness::Change& change);
    void onConfirmTimer();
    void onResyncTimer();
    void ask();
    void onAnswer(bool applied, crdt::BytesView update);
    void onAsked(const crdt::Bytes& reply);
    void noteEcho(crdt::BytesView update);
    void confirm(std::uint64_t upTo);
    [[nodiscard]] std::uint64_t ownClock() const;
    void publishOwnState();
    void send(crdt::BytesView message);

    crdt::Doc& m_doc;
    std::unique_ptr<Channel> m_channel;
    Options m_options;
    AwarenessHub m_hub;
    crdt::Subscription m_docSubscription;
    crdt::Subscription m_awarenessSubscription;
    std::optional<crdt::Any> m_ownState; ///< kept from stop() to start()

    Phase m_phase = Phase::Stopped;
    QString m_reason;
    bool m_channelBusy = false; ///< open() was called, closed() has not come yet
    bool m_openWhenClosed = false;
    ProviderStatus m_status;
    bool m_statusTold = true;
    ProviderStatus m_lastTold;

    std::uint64_t m_changes = 0; ///< own changes so far
    std::uint64_t m_confirmed = 0; ///< of these, known to be at the server
    bool m_wasSynced = false; ///< on some connection since start()
    bool m_hadContent = false; ///< the room held some of this Doc's history, since start()
    bool m_mergesAnyway = false; ///< rejoin() was called, and has not come to a sync yet
    std::optional<ProviderStatus::Merged> m_merging; ///< being counted, after a loss
    std::optional<ProviderStatus::Merged> m_merged; ///< counted

    // Of this connection:
    std::deque<Question> m_questions;
    OwedChanges m_owed; ///< since the server was known to have everything
    std::deque<Sent> m_sent;
    std::deque<Unacknowledged> m_unacknowledged;
    bool m_readOnly = false; ///< kept over a loss, until the next connection
    bool m_refused = false; ///< the server lacks something and will not take it
    bool m_checking = false; ///< the server's state vector is waited for, before anything else
    bool m_answered = false; ///< a SyncStep1 of ours was answered
    bool m_baseSent = false; ///< the server's first SyncStep1 was answered
    bool m_baseConfirmed = false; ///< and that answer has been handled
    bool m_syncedOnce = false;
    bool m_ownStateCame = false; ///< while a message is read: it held a state of this client

    QTimer m_retry;
    QTimer m_confirm;
    QTimer m_resync;
    QTimer m_keepAlive;
    std::chrono::milliseconds m_confirmWait{0};
    std::chrono::milliseconds m_resyncWait{0};
};

} // namespace tutti::net

Q_DECLARE_METATYPE(tutti::net::ProviderStatus)
