// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/awareness.h"
#include "crdt/doc.h"
#include "crdt/encoding.h"
#include "crdt/sync_protocol.h"
#include "harness.h"
#include "net/room_address.h"

#include <QHash>
#include <QSet>
#include <QWebSocket>
#include <QWebSocketServer>

#include <map>
#include <memory>

namespace tutti::net::test {

/// A Hocuspocus server in as few lines as show what one says: tokens, the answer to SyncStep1
/// (SyncStep1, then SyncStep2), a status for every change, echoes, closing one document. Its
/// awareness is not remembered, and a null state is swallowed, as version 4 does.
class HocuspocusServer : public QObject
{
public:
    HocuspocusServer()
    {
        connect(&m_server, &QWebSocketServer::newConnection, this, &HocuspocusServer::onConnection);
        listen();
    }
    ~HocuspocusServer() override { stop(); }

    /// On the same port as before, if there was one.
    void listen()
    {
        if (!m_server.listen(QHostAddress::LocalHost, m_port)) {
            qFatal("cannot listen");
        }
        m_port = m_server.serverPort();
    }
    /// As a crash does it.
    void stop()
    {
        m_server.close();
        for (QWebSocket* socket : std::exchange(m_sockets, {})) {
            socket->disconnect(this);
            socket->abort();
            socket->deleteLater();
        }
        m_open.clear();
    }
    [[nodiscard]] RoomAddress address(const QString& document) const
    {
        return *RoomAddress::parse(
            QStringLiteral("hocuspocus+ws://127.0.0.1:%1#%2").arg(m_port).arg(document));
    }
    [[nodiscard]] crdt::Doc& doc(const QString& name)
    {
        auto& doc = m_docs[name];
        if (!doc) {
            doc = std::make_unique<crdt::Doc>(makeDoc(9'000 + m_docs.size()));
        }
        return *doc;
    }
    /// To every connection that has the document open; `body` follows the name.
    void tell(const QString& document, const QByteArray& body)
    {
        for (QWebSocket* socket : std::as_const(m_sockets)) {
            if (m_open.value(socket).contains(document)) {
                socket->sendBinaryMessage(named(document + suffix, body));
            }
        }
    }
    /// As it stands, to all.
    void tellRaw(const QByteArray& frame)
    {
        for (QWebSocket* socket : std::as_const(m_sockets)) {
            socket->sendBinaryMessage(frame);
        }
    }
    void closeSockets(int code, const QString& reason)
    {
        for (QWebSocket* socket : QList<QWebSocket*>(m_sockets)) {
            socket->close(static_cast<QWebSocketProtocol::CloseCode>(code), reason);
        }
    }
    [[nodiscard]] int connections() const { return static_cast<int>(m_sockets.size()); }
    /// The messages that came for a document, without its name.
    [[nodiscard]] QList<QByteArray> heard(const QString& document) const
    {
        return m_heard.value(document);
    }
    static QByteArray named(const QString& document, const QByteArray& body)
    {
        crdt::Encoder encoder;
        encoder.writeVarString(document.toStdU16String());
        return toByteArray(encoder.view()) + body;
    }

    QSet<QString> allowed{QString(), QStringLiteral("secret")}; ///< tokens
    QSet<QString> readers{QStringLiteral("readonly")};
    QString refusal = QStringLiteral("permission-denied");
    QString suffix; ///< behind the name of what it sends, as version 4 may do
    bool saves = true; ///< sends a status for each change
    bool judges = true; ///< answers tokens
    bool answersClose = true;
    int totalConnections = 0;

private:
    void onConnection()
    {
        QWebSocket* socket = m_server.nextPendingConnection();
        m_sockets.append(socket);
        ++totalConnections;
        connect(socket, &QWebSocket::binaryMessageReceived, this,
            [this, socket](const QByteArray& frame) { onFrame(socket, frame); });
        connect(socket, &QWebSocket::disconnected, this, [this, socket] {
            m_sockets.removeAll(socket);
            m_open.remove(socket);
            socket->deleteLater();
        });
    }
    void onFrame(QWebSocket* socket, const QByteArray& frame)
    {
        crdt::Decoder decoder(view(frame));
        const std::string_view utf8 = decoder.readVarString().value_or(std::string_view());
        const QString name = QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
        const QByteArray body = toByteArray(decoder.rest());
        m_heard[name].append(body);
        const auto reply = [&](const QByteArray& what) {
            socket->sendBinaryMessage(named(name + suffix, what));
        };
        if (body.startsWith(QByteArray("\2\0", 2))) {
            crdt::Decoder auth(view(body).subspan(2));
            const std::string_view token = auth.readVarString().value_or(std::string_view());
            const QString given =
                QString::fromUtf8(token.data(), static_cast<qsizetype>(token.size()));
            if (m_open[socket].contains(name) || !judges) {
                return; // a fresh one
            }
            if (!allowed.contains(given) && !readers.contains(given)) {
                reply(QByteArray("\2\1", 2) + named(refusal, {}));
                return;
            }
            m_open[socket].insert(name);
            m_readOnly[socket] = readers.contains(given);
            reply(QByteArray("\2\2", 2)
                + named(
                    m_readOnly[socket] ? QStringLiteral("readonly") : QStringLiteral("read-write"),
                    {}));
        } else if (!m_open[socket].contains(name)) {
            return;
        } else if (body.startsWith('\0')) {
            onSync(socket, name, body);
        } else if (body.startsWith('\1')) {
            if (!body.endsWith("null")) {
                tell(name, body);
            }
        } else if (body == QByteArray("\7")) {
            m_open[socket].remove(name);
            if (answersClose) {
                reply(QByteArray("\7") + named(QStringLiteral("provider_initiated"), {}));
            }
        }
    }
    void onSync(QWebSocket* socket, const QString& name, const QByteArray& body)
    {
        crdt::Doc& document = doc(name);
        const bool change = body.at(1) != '\0';
        if (change) {
            const bool empty = body.endsWith(QByteArray("\2\0\0", 3));
            if (saves) {
                socket->sendBinaryMessage(named(name + suffix,
                    m_readOnly[socket] && !empty ? QByteArray("\10\0", 2)
                                                 : QByteArray("\10\1", 2)));
            }
            if (m_readOnly[socket]) {
                return;
            }
        }
        const auto outcome = crdt::handleSyncMessage(view(body), document);
        if (outcome && outcome->reply) {
            const auto send = [&](const crdt::Bytes& what) {
                socket->sendBinaryMessage(named(name + suffix, toByteArray(what)));
            };
            send(crdt::createSyncMessage(document));
            send(*outcome->reply);
        } else if (outcome && body.at(1) == '\2') {
            tell(name, body);
        }
    }

    QWebSocketServer m_server{QStringLiteral("hocuspocus"), QWebSocketServer::NonSecureMode};
    quint16 m_port = 0;
    QList<QWebSocket*> m_sockets;
    QHash<QWebSocket*, QSet<QString>> m_open;
    QHash<QWebSocket*, bool> m_readOnly;
    QHash<QString, QList<QByteArray>> m_heard;
    std::map<QString, std::unique_ptr<crdt::Doc>> m_docs;
};

} // namespace tutti::net::test
