// SPDX-License-Identifier: MIT
#include "net/server/http_gate.h"

#include <QTcpSocket>
#include <QTimer>

#include <algorithm>
#include <optional>

namespace tutti::net {

namespace {

/// What a request line and its headers may take; browsers send below 2 KiB.
constexpr qint64 kMaxRequest = 16'384;
constexpr std::chrono::seconds kPatience{10};

/// The value of the first header of that name (small letters), or nothing.
std::optional<QByteArray> header(const QByteArray& request, const QByteArray& name)
{
    const QByteArray headers = request.left(request.indexOf("\r\n\r\n"));
    for (const QByteArray& line : headers.split('\n').mid(1)) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0 && line.left(colon).trimmed().toLower() == name) {
            return line.mid(colon + 1).trimmed();
        }
    }
    return std::nullopt;
}

/// What "GET /path?query HTTP/1.1" asks for; nothing when the line is not of that form.
std::optional<RoomRequest> roomRequest(const QByteArray& request)
{
    const QByteArray line = request.left(request.indexOf("\r\n"));
    const QList<QByteArray> words = line.split(' ');
    if (words.size() != 3 || words[0] != "GET" || !words[2].startsWith("HTTP/1.1")) {
        return std::nullopt;
    }
    QByteArray target = words[1];
    if (const qsizetype scheme = target.indexOf("://"); scheme > 0 && !target.startsWith('/')) {
        const qsizetype slash = target.indexOf('/', scheme + 3); // as some proxies ask
        target = slash < 0 ? QByteArray("/") : target.mid(slash);
    }
    // Rooms' names are shown to people and written to logs.
    const bool plain = std::ranges::none_of(
        target, [](char c) { return static_cast<uchar>(c) <= 0x20 || c == 0x7f; });
    if (!target.startsWith('/') || !plain) {
        return std::nullopt;
    }
    RoomRequest room;
    const qsizetype question = target.indexOf('?');
    room.path = QString::fromLatin1(question < 0 ? target : target.left(question));
    room.query = question < 0 ? QByteArray() : target.mid(question + 1);
    room.origin = header(request, "origin").value_or(QByteArray());
    return room;
}

} // namespace

HttpGate::HttpGate(QObject* parent)
    : QObject(parent)
{
    connect(&m_listener, &QTcpServer::newConnection, this, &HttpGate::onNewConnection);
}

RoomRequest HttpGate::takeRequest(const QHostAddress& peer, quint16 port)
{
    return m_requests.take({peer, port});
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
    const auto room = roomRequest(request);
    if (!room) {
        turnAway(socket, "400 Bad Request", "This is not a request for a room.\n");
        return;
    }
    if (header(request, "upgrade").value_or(QByteArray()).toLower() != "websocket") {
        turnAway(socket, "426 Upgrade Required",
            "This is a room for shared editing. Open it in Tutti or another Yjs editor.\n");
        return;
    }
    socket->disconnect(this);
    QObject::disconnect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
    delete socket->findChild<QTimer*>(QString(), Qt::FindDirectChildrenOnly);
    const Peer peer{socket->peerAddress(), socket->peerPort()};
    m_requests.insert(peer, *room);
    connect(socket, &QTcpSocket::disconnected, this, [this, peer] { m_requests.remove(peer); });
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
