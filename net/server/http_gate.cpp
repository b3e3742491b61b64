// SPDX-License-Identifier: MIT
#include "net/server/http_gate.h"

#include "net/server/socket_poller.h"
#include "net/server/tls_stream.h"

#include <QCryptographicHash>
#include <QSslSocket>
#include <QTimer>

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <optional>
#include <unistd.h>
#include <utility>

namespace tutti::net {

namespace {

/// What a request line and its headers may take; browsers send below 2 KiB.
constexpr qint64 kMaxRequest = 16'384;
/// So long a client may take for its request even when others have no room to come in.
constexpr std::chrono::seconds kLongEnough{1};
/// How long accepting rests when the system has no socket left.
constexpr std::chrono::milliseconds kRest{100};

int openSpare() { return ::open("/dev/null", O_RDONLY | O_CLOEXEC); }

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

/// Whether a header that is a list names that word.
bool hasWord(const std::optional<QByteArray>& list, const QByteArray& word)
{
    return list && std::ranges::any_of(list->split(','), [&word](const QByteArray& entry) {
        return entry.trimmed().toLower() == word;
    });
}

/// What proves that we mean it (RFC 6455, 1.3).
QByteArray acceptFor(const QByteArray& key)
{
    return QCryptographicHash::hash(
        key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11", QCryptographicHash::Sha1)
        .toBase64();
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

void HttpGate::Listener::incomingConnection(qintptr descriptor)
{
    if (!tls) {
        QTcpServer::incomingConnection(descriptor);
        return;
    }
    auto* socket = new QSslSocket(this);
    if (!socket->setSocketDescriptor(descriptor)) {
        ::close(static_cast<int>(descriptor));
        delete socket;
        return;
    }
    socket->setSslConfiguration(*tls);
    socket->startServerEncryption();
    addPendingConnection(socket);
}

HttpGate::HttpGate(QObject* parent)
    : QObject(parent)
    , m_poller(std::make_shared<SocketPoller>())
    , m_spare(openSpare())
{
    connect(&m_listener, &QTcpServer::newConnection, this, &HttpGate::onNewConnection);
    connect(
        &m_listener, &QTcpServer::acceptError, this, [this] { rest(m_listener.errorString()); });
    m_rest.setSingleShot(true);
    connect(&m_rest, &QTimer::timeout, this, &HttpGate::endRest);
}

HttpGate::~HttpGate()
{
    if (m_spare >= 0) {
        ::close(m_spare);
    }
}

void HttpGate::onNewConnection()
{
    while (QTcpSocket* socket = m_listener.nextPendingConnection()) {
        if (m_waiting.size() >= m_maxWaiting) {
            dropOldest();
        }
        m_waiting.append(socket);
        auto* patience = new QTimer(socket);
        patience->setSingleShot(true);
        connect(patience, &QTimer::timeout, this, [socket] { socket->abort(); });
        patience->start(kPatience);
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] { onReadyRead(socket); });
        connect(socket, &QTcpSocket::disconnected, this, [this, socket] {
            forget(socket);
            socket->deleteLater();
        });
        if (auto* secure = qobject_cast<QSslSocket*>(socket)) {
            // A handshake that fails leaves the connection open.
            connect(secure, &QSslSocket::errorOccurred, this, [socket] { socket->abort(); });
        }
        if (socket->state() != QAbstractSocket::ConnectedState) { // gone already
            forget(socket);
            socket->deleteLater();
        } else {
            onReadyRead(socket);
        }
    }
    if (!m_rest.isActive() && !hasRoom()) {
        rest(qt_error_string(EMFILE));
    }
}

void HttpGate::keepSpare()
{
    if (m_spare < 0) {
        m_spare = openSpare();
    }
}

/// Whether there is a descriptor for one more.
bool HttpGate::hasRoom()
{
    keepSpare();
    const int probe = openSpare();
    if (probe >= 0) {
        ::close(probe);
    }
    return m_spare >= 0 && probe >= 0;
}

/// Accepts nobody until there is room. To be called before accept() fails: once QTcpServer has seen
/// "nobody there any more" it takes each later failure for that (QNativeSocketEngine keeps its
/// first error), and tries again at once, forever.
void HttpGate::rest(const QString& failure)
{
    m_listener.pauseAccepting();
    noteScarcity(failure);
    makeRoom();
    m_rest.start(kRest);
}

void HttpGate::endRest()
{
    if (!m_listener.isListening()) {
        return;
    }
    if (!hasRoom()) {
        makeRoom();
        m_rest.start(kRest);
        return;
    }
    noteScarcity({});
    m_listener.resumeAccepting();
}

/// Drops those who have had time enough.
void HttpGate::makeRoom()
{
    while (!m_waiting.isEmpty()) {
        const auto* patience =
            m_waiting.first()->findChild<QTimer*>(QString(), Qt::FindDirectChildrenOnly);
        if (patience != nullptr && patience->remainingTimeAsDuration() > kPatience - kLongEnough) {
            return;
        }
        dropOldest();
    }
}

void HttpGate::noteScarcity(const QString& failure)
{
    if (std::exchange(m_isScarce, !failure.isEmpty()) == failure.isEmpty() && onScarcity) {
        onScarcity(failure);
    }
}

void HttpGate::forget(QTcpSocket* socket)
{
    m_waiting.removeOne(socket);
    socket->disconnect(this);
    if (auto* patience = socket->findChild<QTimer*>(QString(), Qt::FindDirectChildrenOnly)) {
        patience->stop();
        patience->deleteLater(); // this may be its slot
    }
}

void HttpGate::dropOldest()
{
    QTcpSocket* socket = m_waiting.first();
    forget(socket);
    socket->abort();
    socket->deleteLater();
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
    const auto key = header(request, "sec-websocket-key");
    if (!hasWord(header(request, "upgrade"), "websocket")) {
        turnAway(socket, "426 Upgrade Required",
            "This is a room for shared editing. Open it in Tutti or another Yjs editor.\n");
    } else if (header(request, "sec-websocket-version") != "13") {
        turnAway(socket, "426 Upgrade Required\r\nSec-WebSocket-Version: 13",
            "Only version 13 of WebSockets is spoken here.\n");
    } else if (!hasWord(header(request, "connection"), "upgrade") || !key || key->isEmpty()) {
        turnAway(socket, "400 Bad Request", "This is half a request for a WebSocket.\n");
    } else {
        letThrough(socket, *room, *key);
    }
}

/// A second descriptor of a connection, which Qt is to close then. Negative where the system gives
/// none.
int HttpGate::copyDescriptor(const QTcpSocket& socket)
{
    const auto copy = [&socket] {
        return ::fcntl(static_cast<int>(socket.socketDescriptor()), F_DUPFD_CLOEXEC, 0);
    };
    int descriptor = copy();
    if (descriptor < 0 && m_spare >= 0) {
        // When those at the door have all there are, they would keep each other out.
        ::close(std::exchange(m_spare, -1));
        descriptor = copy();
    }
    return descriptor;
}

void HttpGate::letThrough(QTcpSocket* socket, RoomRequest request, const QByteArray& key)
{
    auto* const secure = qobject_cast<QSslSocket*>(socket);
    // What is not under TLS is not Qt's from here on: an idle QTcpSocket holds some 60 kB.
    const int descriptor = secure ? -1 : copyDescriptor(*socket);
    if (!secure && descriptor < 0) {
        rest(qt_error_string(errno));
        turnAway(socket, "503 Service Unavailable\r\nRetry-After: 1",
            "This server has no connection left. Try again later.\n");
        return;
    }
    forget(socket);
    Passed passed{std::move(request),
        {socket->peerAddress(), socket->peerPort(), socket->localAddress()}, nullptr};
    const qsizetype head = socket->peek(kMaxRequest).indexOf("\r\n\r\n") + 4;
    socket->skip(head);
    const QByteArray unread = socket->readAll();
    socket->write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                  "Connection: Upgrade\r\nSec-WebSocket-Accept: "
        + acceptFor(key) + "\r\n\r\n");
    socket->flush();
    if (secure) {
        passed.stream = makeTlsStream(std::unique_ptr<QSslSocket>(secure), unread);
    } else {
        const bool isSent = socket->bytesToWrite() == 0;
        socket->abort();
        socket->deleteLater();
        keepSpare();
        if (!isSent) {
            ::close(descriptor);
            return;
        }
        passed.stream = m_poller->take(descriptor, unread);
    }
    if (onPassed) {
        onPassed(std::move(passed));
    }
}

void HttpGate::turnAway(QTcpSocket* socket, const QByteArray& status, const QByteArray& text)
{
    // It still waits: until it has read the answer, or for as long as it may.
    QObject::disconnect(socket, &QTcpSocket::readyRead, this, nullptr);
    socket->readAll();
    socket->write("HTTP/1.1 " + status
        + "\r\nConnection: close\r\nUpgrade: websocket\r\nContent-Type: text/plain\r\n"
          "Content-Length: "
        + QByteArray::number(text.size()) + "\r\n\r\n" + text);
    socket->disconnectFromHost();
}

} // namespace tutti::net
