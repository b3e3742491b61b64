// SPDX-License-Identifier: MIT
#include "net/server/http_gate.h"

#include <QTcpSocket>
#include <QTimer>

namespace tutti::net {

namespace {

/// What a request line and its headers may take; browsers send below 2 KiB.
constexpr qint64 kMaxRequest = 16'384;
constexpr std::chrono::seconds kPatience{10};

bool asksForWebSocket(const QByteArray& request)
{
    for (const QByteArray& line : request.split('\n')) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0 && line.left(colon).trimmed().toLower() == "upgrade"
            && line.mid(colon + 1).trimmed().toLower() == "websocket") {
            return true;
        }
    }
    return false;
}

/// The path in "GET /path?query HTTP/1.1"; empty when the line is not of that form.
QByteArray pathOf(const QByteArray& request)
{
    const QByteArray line = request.left(request.indexOf("\r\n"));
    const QList<QByteArray> words = line.split(' ');
    if (words.size() != 3 || words[0] != "GET" || !words[2].startsWith("HTTP/1.1")) {
        return {};
    }
    QByteArray target = words[1];
    if (const qsizetype scheme = target.indexOf("://"); scheme > 0 && !target.startsWith('/')) {
        const qsizetype slash = target.indexOf('/', scheme + 3); // as some proxies ask
        target = slash < 0 ? QByteArray("/") : target.mid(slash);
    }
    const qsizetype end = target.indexOf('?');
    return target.startsWith('/') ? (end < 0 ? target : target.left(end)) : QByteArray();
}

} // namespace

HttpGate::HttpGate(QObject* parent)
    : QObject(parent)
{
    connect(&m_listener, &QTcpServer::newConnection, this, &HttpGate::onNewConnection);
}

QString HttpGate::takePath(const QHostAddress& peer, quint16 port)
{
    return m_paths.take({peer, port});
}

void HttpGate::onNewConnection()
{
    while (QTcpSocket* socket = m_listener.nextPendingConnection()) {
        if (m_waiting >= m_maxWaiting) {
            socket->abort();
            socket->deleteLater();
            continue;
        }
        ++m_waiting;
        auto* patience = new QTimer(socket);
        patience->setSingleShot(true);
        connect(patience, &QTimer::timeout, this, [socket] { socket->abort(); });
        patience->start(kPatience);
        connect(patience, &QObject::destroyed, this, [this] { --m_waiting; });
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] { onReadyRead(socket); });
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        onReadyRead(socket);
    }
}

void HttpGate::onReadyRead(QTcpSocket* socket)
{
    const QByteArray request = socket->peek(kMaxRequest);
    if (!request.contains("\r\n\r\n")) {
        if (request.size() >= kMaxRequest) {
            turnAway(socket, "431 Request Header Fields Too Large", "The request is too long.\n");
        }
        return;
    }
    const QByteArray path = pathOf(request);
    if (path.isEmpty()) {
        turnAway(socket, "400 Bad Request", "This is not a request for a room.\n");
        return;
    }
    if (!asksForWebSocket(request)) {
        turnAway(socket, "426 Upgrade Required",
            "This is a room for shared editing. Open it in Tutti or another Yjs editor.\n");
        return;
    }
    socket->disconnect(this);
    QObject::disconnect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
    delete socket->findChild<QTimer*>(QString(), Qt::FindDirectChildrenOnly);
    const Peer peer{socket->peerAddress(), socket->peerPort()};
    m_paths.insert(peer, QString::fromLatin1(path));
    connect(socket, &QTcpSocket::disconnected, this, [this, peer] { m_paths.remove(peer); });
    Q_EMIT upgradeRequested(socket);
}

void HttpGate::turnAway(QTcpSocket* socket, const QByteArray& status, const QByteArray& text)
{
    socket->disconnect(this);
    socket->readAll();
    socket->write("HTTP/1.1 " + status
        + "\r\nConnection: close\r\nUpgrade: websocket\r\nContent-Type: text/plain\r\n"
          "Content-Length: "
        + QByteArray::number(text.size()) + "\r\n\r\n" + text);
    socket->disconnectFromHost();
}

} // namespace tutti::net
