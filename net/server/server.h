// SPDX-License-Identifier: MIT
#pragma once

#include "net/channel.h"
#include "net/server/access_policy.h"
#include "net/server/http_gate.h"
#include "net/server/refusals.h"
#include "net/server/server_event.h"
#include "net/server/server_metrics.h"
#include "net/server/token_bucket.h"

#include <QHostAddress>
#include <QLoggingCategory>
#include <QObject>
#include <QString>
#include <QTimer>

#include <chrono>
#include <expected>
#include <map>
#include <memory>
#include <optional>
#include <vector>

class QSslConfiguration;

namespace tutti::net {

Q_DECLARE_LOGGING_CATEGORY(serverLog) // "tutti.net.server"

class MemoryChannel;
class ReceiveBudget;
class Room;
class UpdateLog;

/// A y-websocket-compatible server inside the process: any Yjs editor that speaks to
/// y-websocket speaks to it.
///
/// A room is a path, compared as the wire carries it, and is made by the first who enters it. It
/// lives as long as the server, or until the last has left when nothing was ever written in it.
/// With a store (setStore) it is read from there when somebody enters, written at most `flushEvery`
/// after a change, and freed when the last has left. A client has its receipt (the echo of its
/// update) when the store has the update, not before; while the store cannot be written, rooms go
/// on, and receipts wait.
///
/// Updates and awareness go to all in the room and back to their sender too, as y-websocket
/// does it: its JavaScript client hangs up after 30 s in which not even its own awareness came
/// back, and our Provider takes the echo of an update as its receipt. An update that does not
/// decode is neither kept nor sent on; its sender is closed with 1007.
///
/// What one connection does harms no other: bad frames close it with 1002 or 1007, frames above
/// `maxFrame` with 1009, one that sends more than `maxRate` with 1008; where all unfinished
/// messages together are more than `maxReceiving`, the one that holds most goes with 1013; one that
/// stops reading is dropped when more than `maxQueued` waits for it, one that does not answer a
/// ping is dropped at the second; where there are too many rooms or clients, the last is sent away
/// with 1013. However a connection ends, the awareness states it brought are withdrawn.
///
/// Who may enter is the AccessPolicy's to say; who may only read is told so (Room::enter).
///
/// Threads: one, with an event loop. Cost: an update is decoded once and encoded once, then sent
/// to each.
class Server final : public QObject
{
    Q_OBJECT

public:
    struct Options
    {
        std::chrono::milliseconds pingEvery{30'000};
        /// Largest message taken from a client, in bytes.
        quint64 maxFrame = quint64{64} << 20;
        /// Most bytes of memory for the messages of all clients that have begun and not ended; 0:
        /// 512 MiB, or four times `maxFrame` if that is more. When it is used up, whoever holds
        /// most is sent away (1013): the fairest that can be, for nobody goes who holds no more
        /// than an equal share, whatever the others do.
        qint64 maxReceiving = 0;
        /// Most bytes that may wait for one client, what it asked for last not counted.
        qint64 maxQueued = qint64{32} << 20;
        int maxConnections = 10'000;
        int maxConnectionsPerRoom = 1'000;
        int maxRooms = 10'000;
        /// Messages a client may send in a second in the long run, and ten times that at once; 0:
        /// no limit. A y-websocket page sends everybody's awareness on, so a full room needs many.
        int maxRate = 2'000;
        /// Bytes a second that are read from a client in the long run, and four times that at once;
        /// who sends more is slowed down. 0: no limit.
        qint64 maxBytesRate = qint64{16} << 20;
        /// Largest document, as an update; 0: no limit. A client has it in one message.
        qint64 maxDocument = qint64{64} << 20;
        /// Who was refused some times in a minute is told only after so long.
        std::chrono::milliseconds refusalPause{2'000};
        /// With a store: how long an update may wait to be written.
        std::chrono::milliseconds flushEvery{50};
    };

    explicit Server(QObject* parent = nullptr);
    explicit Server(const Options& options, QObject* parent = nullptr);
    /// Closes every connection with 1001.
    ~Server() override;

    /// Keeps the rooms in a store from now on. Requires: no room yet.
    void setStore(std::unique_ptr<UpdateLog> store);
    /// Who may enter over a socket from now on; at first everybody. A client says its token in the
    /// room's address, `ws://HOST:PORT/ROOM?token=…`. Who may not is let in as far as to be told
    /// why, with 4401 or 4403: browsers cannot see an HTTP status, and would try for ever.
    [[nodiscard]] AccessPolicy& access() noexcept { return m_access; }
    /// The same with other rules, which hold for those who are in as well: who may not be in any
    /// more is closed with 4401 or 4403, who may only read from now on is told so, as on entering.
    /// (Who may edit from now on has to come again.)
    void setAccess(AccessPolicy access);

    /// Speaks wss, with that certificate and key, to those who come from now on.
    void setTls(const QSslConfiguration& tls);
    /// Starts listening; port 0 picks a free one. The error is one sentence for a person.
    /// Requires: not listening.
    [[nodiscard]] std::expected<void, QString> listen(const QHostAddress& address, quint16 port);
    /// Listens on another address, on the same port. Sockets that came over an address that is not
    /// listened on any more are closed with 1001. The error is one sentence for a person; then
    /// nothing has changed. Requires: listening.
    [[nodiscard]] std::expected<void, QString> listenInstead(const QHostAddress& address);
    /// Stops listening, writes what is to be written, and closes every socket: with 1001 (going
    /// away), or with another code and its reason. Rooms, and the channels that attach() gave out,
    /// stay.
    void close();
    void close(int code, const QString& reason);
    [[nodiscard]] bool isListening() const;
    [[nodiscard]] quint16 port() const;
    [[nodiscard]] QHostAddress address() const;
    /// "ws://127.0.0.1:1234", or "wss://…"; an address that means "any" is shown as 127.0.0.1.
    [[nodiscard]] QString url() const;

    /// A channel into a room without a socket, for the host's own editor; works whether or not
    /// the server listens. `roomPath` is as on the wire (RoomAddress::path). The server may be
    /// destroyed first; the channel then closes.
    [[nodiscard]] std::unique_ptr<Channel> attach(const QString& roomPath);

    /// What was done since the server was made, and what it holds now.
    [[nodiscard]] const ServerMetrics& metrics() const noexcept { return m_metrics; }
    [[nodiscard]] ServerGauges gauges() const;

    [[nodiscard]] int roomCount() const;
    /// Channels in rooms, sockets and attached ones.
    [[nodiscard]] int connectionCount() const;
    /// The sockets among them.
    [[nodiscard]] int socketCount() const;

Q_SIGNALS:
    /// Somebody entered or left some room.
    void connectionsChanged();
    /// The store could not be written, with the reason; it is tried again every second. Not
    /// repeated until it worked again.
    void storeFailed(const QString& reason);
    /// It worked again.
    void storeRecovered();
    /// For a log. Warnings go to the category serverLog as well.
    void logged(const tutti::net::ServerEvent& event);

private:
    struct Seat
    {
        Room* room = nullptr;
        std::optional<Bearer> bearer; ///< nothing: the host
        Right right = Right::Edit;
        TokenBucket rate;
    };

    bool flush();
    [[nodiscard]] std::expected<void, QString> flushStore();
    void report(const ServerEvent& event);
    /// Sends somebody away; `event` is for the log.
    void refuse(Channel& channel, int code, const QString& reason,
        QLatin1StringView event = QLatin1StringView("client-refused"));
    void onPassed(HttpGate::Passed passed);
    void dropLargestMessage();
    void turnDown(AcceptedChannel& channel, const AccessPolicy::Refusal& refusal);
    void onAttachedClosed(MemoryChannel* channel, const CloseInfo& info);
    void enter(
        Channel* channel, std::optional<Bearer> bearer = std::nullopt, Right right = Right::Edit);
    [[nodiscard]] Room* roomFor(Channel* channel);
    void onReceived(Channel* channel, const QByteArray& frame);
    void leave(Channel* channel, const CloseInfo& info);
    void dispose(Channel* channel);
    void freeDeserted();

    Options m_options;
    AccessPolicy m_access;
    Refusals m_refusals;
    int m_heldBack = 0; ///< who is refused, and has not been told yet
    ServerMetrics m_metrics;
    std::shared_ptr<ReceiveBudget> m_receiving; ///< never null
    std::unique_ptr<HttpGate> m_gate;
    QTimer m_tick;
    QTimer m_flush;
    bool m_storeFailing = false;
    std::unique_ptr<UpdateLog> m_store; ///< outlives the rooms
    std::map<QString, std::unique_ptr<Room>> m_rooms;
    std::map<Channel*, Seat> m_seats; ///< who is in which room
    std::vector<std::unique_ptr<Channel>> m_channels; ///< our ends, of sockets and of attach()
};

} // namespace tutti::net
