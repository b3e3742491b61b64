// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/doc.h"
#include "crdt/encoding.h"
#include "crdt/ids.h"
#include "crdt/origin.h"
#include "crdt/subscription.h"
#include "net/awareness_hub.h"
#include "net/channel.h"
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
    std::chrono::milliseconds nextTry { 0 };
    /// Offline, Failed, Denied: why, in plain words, without a trailing full stop.
    QString reason;
    /// Set from the first Synced after a loss until the next local change or loss.
    std::optional<Merged> merged;
    /// Others present in the room; 0 while not connected.
    int peers = 0;

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
/// that it handled them: its echo of the update came back, or it answered a SyncStep1 that was
/// sent after them on the same ordered channel.
///
/// After a loss it connects again with back-off and full jitter, which start over only after a
/// synchronization. Close codes 4400–4499 and 1009, and a denied permission, end in Failed or
/// Denied.
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
        std::chrono::milliseconds keepAlive { 15'000 };
        /// So long an own change waits for its echo before the server is asked.
        std::chrono::milliseconds confirmAfter { 250 };
        /// So long to wait before asking again for structs that stay pending; doubles each time.
        std::chrono::milliseconds resyncAfter { 1'000 };
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
    /// Tries now what is waiting to be tried; in Failed and Denied it tries once more.
    void retryNow();

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
    /// After the first synchronization of each connection: the Doc holds all the server held.
    void synced();
    /// Something in the status differs. Emitted at most once for one turn of the event loop and
    /// change of state.
    void statusChanged(const tutti::net::ProviderStatus& status);
    /// Given up, with the reason: the state is Failed or Denied.
    void failed(const QString& reason);
    /// Something went wrong that did not end the connection, or ended it for now.
    void errorOccurred(const QString& message);
    /// stop() is complete: the channel has closed.
    void stopped();
    void awarenessChanged(const tutti::net::AwarenessChange& change);

private:
    /// A SyncStep1 that is on its way: its answer confirms the changes up to `covers`.
    struct Question
    {
        std::uint64_t covers = 0;
        bool coversBase = false;
    };
    /// An own update that was sent and may come back as an echo.
    struct Unconfirmed
    {
        std::uint64_t number = 0;
        QByteArray update;
    };

    void onOpened();
    void onReceived(const QByteArray& frame);
    void onClosed(const CloseInfo& info);
    void onDocChanged(const crdt::TransactionEvent& event);
    void onAwarenessChanged(const crdt::Awareness::Change& change);
    void onResync();

    [[nodiscard]] bool readMessage(crdt::Decoder& decoder);
    [[nodiscard]] bool readSync(crdt::Decoder& decoder);
    [[nodiscard]] bool readAwareness(crdt::Decoder& decoder);
    [[nodiscard]] bool readAuth(crdt::Decoder& decoder);
    void ask(bool coversWhatWasSent);
    void onAnswer();
    void noteEcho(crdt::BytesView update);
    void confirm(std::uint64_t upTo);
    void send(crdt::BytesView message);
    void sendOwnAwareness();
    void onKeepAlive();
    void openChannel(State state);
    void giveUp(State state, const QString& reason);
    void report(const QString& message);
    void updateStatus();

    crdt::Doc& m_doc;
    std::unique_ptr<Channel> m_channel;
    Options m_options;
    AwarenessHub m_hub;
    crdt::Subscription m_docSubscription;
    crdt::Subscription m_awarenessSubscription;
    std::optional<crdt::Any> m_ownState; ///< kept over a stop

    ProviderStatus m_status;
    State m_phase = State::Stopped; ///< as far as the channel goes; Synchronizing means open
    QString m_reason;
    bool m_stopping = false;

    std::deque<Question> m_questions;
    std::deque<Unconfirmed> m_unconfirmed;
    std::uint64_t m_changes = 0; ///< own changes so far
    std::uint64_t m_confirmed = 0; ///< of these, known to be at the server
    bool m_answered = false; ///< this connection: our first SyncStep1 was answered
    bool m_baseSent = false; ///< this connection: the server's SyncStep1 was answered
    bool m_baseConfirmed = false; ///< this connection: and that answer was handled
    bool m_syncedOnce = false; ///< this connection
    bool m_wasSynced = false; ///< any connection since start()
    std::optional<ProviderStatus::Merged> m_merging; ///< counting, after a loss
    std::optional<ProviderStatus::Merged> m_merged; ///< counted

    QTimer m_retry;
    QTimer m_confirm;
    QTimer m_resync;
    QTimer m_keepAlive;
    std::chrono::milliseconds m_resyncWait { 0 };
};

} // namespace tutti::net

Q_DECLARE_METATYPE(tutti::net::ProviderStatus)
