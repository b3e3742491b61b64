// SPDX-License-Identifier: MIT
#pragma once

#include "net/server/access_policy.h"

#include <QHash>
#include <QHostAddress>
#include <QList>
#include <QObject>
#include <QPointer>
#include <QSslConfiguration>
#include <QTcpServer>
#include <QTcpSocket>

#include <chrono>
#include <optional>
#include <utility>

namespace tutti::net {

/// The door of the server: takes TCP connections, does TLS where it is asked to, and lets those
/// through that ask for a WebSocket.
///
/// It is there because a room's name is the path byte by byte, as the request line has it, and
/// QWebSocket only tells it as a QUrl, which rewrites some (`//x`, `%41`, `%zz`). It looks at the
/// request without taking it, and hands the untouched socket on. Others get a short HTTP answer.
///
/// Who says nothing, or says it byte by byte, is gone after `kPatience`, and sooner when others
/// come: of those who wait the oldest go first, so that no crowd of silent ones keeps anybody out.
/// When the system has no socket left it goes on as soon as there is one.
///
/// Threads: one, with an event loop.
class HttpGate final : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::seconds kPatience{10};

    explicit HttpGate(QObject* parent = nullptr);

    [[nodiscard]] QTcpServer& listener() noexcept { return m_listener; }
    /// No more than that may wait at the door at once; at least 1.
    void setMaxWaiting(qsizetype most) { m_maxWaiting = most; }
    /// Speaks TLS from now on, with that certificate and key.
    void setTls(const QSslConfiguration& tls) { m_listener.tls = tls; }
    [[nodiscard]] bool isSecure() const { return m_listener.tls.has_value(); }

    /// What came through: the request, and the socket that QWebSocket works on.
    struct Passed
    {
        RoomRequest request;
        QPointer<QTcpSocket> socket;
    };
    /// The one that came from there; forgets it. Empty when nobody did.
    [[nodiscard]] Passed take(const QHostAddress& peer, quint16 port);

Q_SIGNALS:
    /// The request is in the socket's buffer, whole and unread. The receiver owns the socket.
    void upgradeRequested(QTcpSocket* socket);

private:
    using Peer = std::pair<QHostAddress, quint16>;

    class Listener final : public QTcpServer
    {
    public:
        std::optional<QSslConfiguration> tls;

    protected:
        void incomingConnection(qintptr descriptor) override;
    };

    void onNewConnection();
    void onReadyRead(QTcpSocket* socket);
    void onAcceptError();
    void turnAway(QTcpSocket* socket, const QByteArray& status, const QByteArray& text);
    /// Lets go of a socket that waits; it is the caller's then.
    void forget(QTcpSocket* socket);
    void dropOldest();

    QHash<Peer, Passed> m_passed;
    QList<QTcpSocket*> m_waiting; ///< the oldest first
    qsizetype m_maxWaiting = 1'000;
    Listener m_listener; ///< last: the sockets that die with it report to the others
};

} // namespace tutti::net
