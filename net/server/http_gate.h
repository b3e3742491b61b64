// SPDX-License-Identifier: MIT
#pragma once

#include "net/server/accepted_channel.h"
#include "net/server/access_policy.h"
#include "net/server/byte_stream.h"

#include <QList>
#include <QObject>
#include <QSslConfiguration>
#include <QTcpServer>
#include <QTimer>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

class QTcpSocket;

namespace tutti::net {

class SocketPoller;

/// The door of the server: takes TCP connections, does TLS where it is asked to, shakes hands with
/// those that ask for a WebSocket (RFC 6455, 4.2) and lets them through. Others get a short HTTP
/// answer.
///
/// A room's name is the path byte by byte, as the request line has it.
///
/// Who says nothing, or says it byte by byte, is gone after `kPatience`, and sooner when others
/// come: of those who wait the oldest go first, so that no crowd of silent ones keeps anybody out.
/// When the system has no socket left (or this process may have no more), that is told, those who
/// are in the door already still come through, and it goes on as soon as there is one: it looks
/// ten times a second.
///
/// Threads: one, with an event loop.
class HttpGate final : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::seconds kPatience{10};

    explicit HttpGate(QObject* parent = nullptr);
    ~HttpGate() override;

    [[nodiscard]] QTcpServer& listener() noexcept { return m_listener; }
    /// No more than that may wait at the door at once; at least 1.
    void setMaxWaiting(qsizetype most) { m_maxWaiting = most; }
    /// Speaks TLS from now on, with that certificate and key.
    void setTls(const QSslConfiguration& tls) { m_listener.tls = tls; }
    [[nodiscard]] bool isSecure() const { return m_listener.tls.has_value(); }

    /// What came through.
    struct Passed
    {
        RoomRequest request;
        AcceptedChannel::Ends ends;
        std::unique_ptr<ByteStream> stream;
    };
    std::function<void(Passed)> onPassed;
    /// There is no socket left for those who come, with the system's words; or there is one again
    /// (`failure` is empty). Each is told once, not for everybody who comes meanwhile.
    std::function<void(const QString& failure)> onScarcity;

private:
    class Listener final : public QTcpServer
    {
    public:
        std::optional<QSslConfiguration> tls;

    protected:
        void incomingConnection(qintptr descriptor) override;
    };

    void onNewConnection();
    void onReadyRead(QTcpSocket* socket);
    void keepSpare();
    [[nodiscard]] bool hasRoom();
    void rest(const QString& failure);
    void endRest();
    void letThrough(QTcpSocket* socket, RoomRequest request, const QByteArray& key);
    void turnAway(QTcpSocket* socket, const QByteArray& status, const QByteArray& text);
    /// Lets go of a socket that waits; it is the caller's then.
    void forget(QTcpSocket* socket);
    void dropOldest();
    void makeRoom();
    void noteScarcity(const QString& failure);
    [[nodiscard]] int copyDescriptor(const QTcpSocket& socket);

    std::shared_ptr<SocketPoller> m_poller;
    QList<QTcpSocket*> m_waiting; ///< the oldest first
    qsizetype m_maxWaiting = 1'000;
    bool m_isScarce = false;
    QTimer m_rest; ///< runs while nobody is accepted
    int m_spare = -1; ///< a descriptor, for copyDescriptor() when there is no other
    Listener m_listener; ///< last: the sockets that die with it report to the others
};

} // namespace tutti::net
