// SPDX-License-Identifier: MIT
#pragma once

#include "net/server/access_policy.h"

#include <QHash>
#include <QHostAddress>
#include <QObject>
#include <QString>
#include <QTcpServer>

#include <chrono>
#include <utility>

class QTcpSocket;

namespace tutti::net {

/// The door of the server: takes TCP connections and lets those through that ask for a WebSocket.
///
/// It is there because a room's name is the path byte by byte, as the request line has it, and
/// QWebSocket only tells it as a QUrl, which rewrites some (`//x`, `%41`, `%zz`). It looks at the
/// request without taking it, and hands the untouched socket on. Others get a short HTTP answer.
///
/// Threads: one, with an event loop.
class HttpGate final : public QObject
{
    Q_OBJECT

public:
    explicit HttpGate(QObject* parent = nullptr);

    [[nodiscard]] QTcpServer& listener() noexcept { return m_listener; }
    /// No more than that may wait at the door at once; the next are turned away.
    void setMaxWaiting(int most) { m_maxWaiting = most; }

    /// The request with which that peer came; forgets it. Empty when nobody came from there.
    [[nodiscard]] RoomRequest takeRequest(const QHostAddress& peer, quint16 port);

Q_SIGNALS:
    /// The request is in the socket's buffer, whole and unread. The receiver owns the socket.
    void upgradeRequested(QTcpSocket* socket);

private:
    using Peer = std::pair<QHostAddress, quint16>;

    void onNewConnection();
    void onReadyRead(QTcpSocket* socket);
    void turnAway(QTcpSocket* socket, const QByteArray& status, const QByteArray& text);

    QHash<Peer, RoomRequest> m_requests;
    int m_maxWaiting = 1'000;
    int m_waiting = 0;
    QTcpServer m_listener; ///< last: the sockets that die with it report to the others
};

} // namespace tutti::net
