// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/awareness.h"
#include "crdt/doc.h"
#include "crdt/encoding.h"
#include "crdt/subscription.h"
#include "net/server/access_policy.h"
#include "net/server/server_event.h"
#include "net/server/server_metrics.h"

#include <QByteArray>
#include <QCoreApplication>
#include <QString>

#include <chrono>
#include <expected>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace tutti::net {

class Channel;
class UpdateLog;

/// One room of the server: a document, who is in it, and what they tell each other.
///
/// With a log the room is durable, and what a client takes as a receipt (the echo of its own
/// update, the answer to a SyncStep1 it sent after that) goes out only when the log is on disk.
/// The others hear of an update at once.
///
/// Threads: the server's. Channels are borrowed; the server sees to it that they leave().
class Room
{
public:
    struct Options
    {
        /// Most bytes that may wait for one member, the largest message it was sent not counted.
        qint64 maxQueued = qint64{32} << 20;
        /// Most bytes of the document, as an update; 0: no limit. Beyond it only deletions are
        /// taken, and who writes more is closed with close_code::kDocumentFull.
        qint64 maxDocument = 0;
        /// Most awareness states; who brings more is closed with close_code::kPolicy.
        std::size_t maxStates = 4'000;
        UpdateLog* log = nullptr; ///< borrowed
        /// With a log: there is something to be flushed some time soon.
        std::function<void()> flushSoon;
        /// With a log: flushes it, and settle()s every room. False when that failed.
        std::function<bool()> flushNow;
        ServerMetrics* metrics = nullptr; ///< borrowed; null: nobody counts
        std::function<void(const ServerEvent&)> report; ///< may be null
    };
    Room(QString path, Options options);
    Room(const Room&) = delete;
    Room& operator=(const Room&) = delete;

    [[nodiscard]] const QString& path() const noexcept { return m_path; }
    [[nodiscard]] bool isDeserted() const noexcept { return m_members.empty(); }
    [[nodiscard]] int memberCount() const noexcept { return static_cast<int>(m_members.size()); }
    /// Whether nobody ever wrote anything here.
    [[nodiscard]] bool isBlank() const;

    /// Reads what the log has of this room. To be called first. The error is one sentence for a
    /// person; the room must then not be used.
    [[nodiscard]] std::expected<void, QString> load();
    /// The log has been flushed: sends the receipts that waited for it.
    void settle();

    /// Opens with our SyncStep1, and the awareness states there are, as y-websocket does.
    ///
    /// Who may only read is told so first: `2 2 "readonly"`, the message Authenticated of
    /// Hocuspocus, without a document's name. (y-websocket's own clients pass over it; `2 0`, its
    /// "permission denied", would mean that nothing can be read either.) What it writes is neither
    /// kept nor sent on; its awareness is. As the answer to a later SyncStep1 would be taken for a
    /// receipt, it gets none any more.
    void enter(Channel& channel, Right right = Right::Edit);
    /// From now on it may only read, and is told so as on entering.
    void demote(Channel& channel);
    /// Withdraws the states the channel brought, whatever else it did (interop: ghosts).
    void leave(Channel& channel);
    /// Handles a frame of one or more messages, and answers what it asked, once. What cannot be
    /// read closes the channel with 1007. Returns how many small messages it was as much work as.
    double receive(Channel& channel, const QByteArray& frame);
    /// Drops the member when it does not read what waits for it.
    void checkQueue(Channel& channel);
    /// Drops the awareness states of the silent. To be called every few seconds.
    void tick() { m_awareness->tick(); }

private:
    struct Member
    {
        Right right = Right::Edit;
        bool refused = false; ///< something it wrote was passed over
        qint64 allowance = 0; ///< size of the largest message it was sent
        bool dropped = false;
        bool announced = false; ///< it has said something about awareness
        std::vector<QByteArray> owed; ///< receipts that wait for the log
    };

    /// What a frame asks for.
    struct Questions
    {
        std::optional<crdt::Bytes> stateVector; ///< of the last SyncStep1
        bool awareness = false;
    };
    [[nodiscard]] crdt::Result<void> readMessage(
        Channel& channel, crdt::Decoder& decoder, Questions& questions);
    [[nodiscard]] crdt::Result<double> answer(Channel& channel, const Questions& questions);
    [[nodiscard]] crdt::Result<void> readSync(
        Channel& channel, Member& member, crdt::Decoder& decoder, Questions& questions);
    [[nodiscard]] crdt::Result<void> readAwareness(
        Channel& channel, Member& member, crdt::BytesView update);
    [[nodiscard]] crdt::Result<void> apply(Channel& channel, crdt::BytesView update);
    [[nodiscard]] bool hasRoomFor(crdt::BytesView update);
    [[nodiscard]] bool hasRoomForStates(crdt::BytesView update) const;
    void forgetTheGone();
    void dismiss(Channel& channel, int code, const QString& reason);
    void onAwarenessChanged(const crdt::Awareness::Change& change);
    void onDocChanged(const crdt::TransactionEvent& event);
    void log(const QByteArray& update);
    void broadcast(crdt::BytesView message);
    bool dropIfSlow(Channel& channel, Member& member);
    void deliver(Channel& channel, Member& member, const QByteArray& frame);

    QString m_path;
    Options m_options;
    bool m_loading = false;
    bool m_unwritten = false; ///< the log has something of this room that is not on disk
    qint64 m_bytes = 0; ///< of the document, as an update, at most
    std::chrono::steady_clock::time_point m_mayMeasure; ///< not before
    crdt::Doc m_doc;
    std::unique_ptr<crdt::Awareness> m_awareness; ///< never null
    std::map<Channel*, Member> m_members;
    std::map<crdt::ClientId, Channel*> m_bringers; ///< whose connection brought which state
    crdt::Subscription m_docSubscription;
    crdt::Subscription m_awarenessSubscription;
};

} // namespace tutti::net
