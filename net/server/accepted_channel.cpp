// SPDX-License-Identifier: MIT
#include "net/server/accepted_channel.h"

#include <QSslSocket>
#include <QWebSocket>

namespace tutti::net {

AcceptedChannel::AcceptedChannel(QWebSocket* socket, QTcpSocket* wire, const QString& path,
    const Options& options, QObject* parent)
    : Channel(parent)
    , m_socket(socket)
    , m_wire(wire)
    , m_path(path)
    , m_host(socket->peerAddress().toString() + u':' + QString::number(socket->peerPort()))
    , m_options(options)
{
    m_socket->setParent(this);
    m_socket->setMaxAllowedIncomingFrameSize(options.maxFrame);
    m_socket->setMaxAllowedIncomingMessageSize(options.maxFrame);
    connect(m_socket, &QWebSocket::binaryMessageReceived, this, [this](const QByteArray& message) {
        m_heard = true;
        if (m_open) {
            Q_EMIT received(message);
        }
    });
    connect(m_socket, &QWebSocket::binaryFrameReceived, this, [this] { m_heard = true; });
    connect(m_socket, &QWebSocket::pong, this, [this] { m_heard = true; });
    connect(m_socket, &QWebSocket::textMessageReceived, this,
        [this] { close(CloseInfo::kUnsupportedData, tr("Only binary messages are understood")); });
    if (m_wire) { // QWebSocket's own slots come first
        connect(m_wire, &QTcpSocket::readyRead, this, [this] {
            if (m_open) {
                Q_EMIT heard();
            }
        });
    }
    // Queued: a socket may be done inside its close(), and ours must not emit inside it.
    connect(
        m_socket, &QWebSocket::disconnected, this, &AcceptedChannel::finish, Qt::QueuedConnection);

    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        m_socket->abort();
        finish();
    });
    connect(&m_ping, &QTimer::timeout, this, &AcceptedChannel::onPingTime);
    m_ping.start(options.pingEvery);
}

AcceptedChannel::~AcceptedChannel()
{
    m_socket->disconnect(this);
    if (m_open) {
        m_socket->flush();
        m_socket->close(QWebSocketProtocol::CloseCodeGoingAway);
    }
}

void AcceptedChannel::send(const QByteArray& frame)
{
    if (m_open) {
        m_socket->sendBinaryMessage(frame);
    }
}

void AcceptedChannel::close(int code, const QString& reason)
{
    if (!m_open) {
        return;
    }
    m_open = false;
    // A client that does not read never sees the goodbye, and would keep its queue alive.
    m_deadline.start(m_options.closeTimeout);
    m_socket->flush();
    m_socket->close(static_cast<QWebSocketProtocol::CloseCode>(code), reason);
}

QHostAddress AcceptedChannel::localAddress() const { return m_socket->localAddress(); }

qint64 AcceptedChannel::queuedBytes() const
{
    const auto* secure = qobject_cast<const QSslSocket*>(m_wire.data());
    return m_socket->bytesToWrite() + (secure ? secure->encryptedBytesToWrite() : 0);
}

void AcceptedChannel::onPingTime()
{
    if (!m_open) {
        return;
    }
    if (!m_heard) {
        m_open = false;
        m_socket->abort();
        finish();
        return;
    }
    m_heard = false;
    m_socket->ping();
}

void AcceptedChannel::finish()
{
    if (m_finished) {
        return;
    }
    m_finished = true;
    m_open = false;
    m_ping.stop();
    m_deadline.stop();
    Q_EMIT closed({m_socket->closeCode(), m_socket->closeReason(), false});
}

} // namespace tutti::net
