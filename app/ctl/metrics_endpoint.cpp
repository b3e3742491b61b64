// SPDX-License-Identifier: MIT
#include "app/ctl/metrics_endpoint.h"

#include <QCoreApplication>
#include <QTcpSocket>
#include <QTimer>

namespace tutti::app::ctl {

namespace {

constexpr int kMostAtOnce = 16;
constexpr qint64 kLongestRequest = 8'192;
constexpr std::chrono::seconds kPatience{5};

} // namespace

MetricsEndpoint::MetricsEndpoint(std::function<QByteArray()> text, QObject* parent)
    : QObject(parent)
    , m_text(std::move(text))
{
    connect(&m_listener, &QTcpServer::newConnection, this, &MetricsEndpoint::onNewConnection);
    // Without a socket left Qt stops accepting, for good.
    connect(&m_listener, &QTcpServer::acceptError, this, [this] {
        QTimer::singleShot(kPatience, &m_listener, [this] { m_listener.resumeAccepting(); });
    });
}

std::expected<void, QString> MetricsEndpoint::listen(const ListenAddress& where)
{
    if (!m_listener.listen(where.address, where.port)) {
        return std::unexpected(QCoreApplication::translate(
            "tuttictl", "Cannot listen for questions about metrics on %1:%2: %3")
                .arg(where.address.toString())
                .arg(where.port)
                .arg(m_listener.errorString()));
    }
    return {};
}

void MetricsEndpoint::onNewConnection()
{
    while (QTcpSocket* socket = m_listener.nextPendingConnection()) {
        if (m_open >= kMostAtOnce) {
            socket->abort();
            socket->deleteLater();
            continue;
        }
        ++m_open;
        connect(socket, &QObject::destroyed, this, [this] { --m_open; });
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] { onReadyRead(socket); });
        QTimer::singleShot(kPatience, socket, [socket] { socket->abort(); });
        socket->setReadBufferSize(kLongestRequest);
        onReadyRead(socket);
    }
}

void MetricsEndpoint::onReadyRead(QTcpSocket* socket)
{
    const QByteArray request = socket->peek(kLongestRequest);
    if (!request.contains("\r\n\r\n")) {
        if (request.size() >= kLongestRequest) {
            answer(socket, "431 Request Header Fields Too Large", "The request is too long.\n");
        }
        return;
    }
    const QList<QByteArray> words = request.left(request.indexOf("\r\n")).split(' ');
    const QByteArray path = words.value(1).left(words.value(1).indexOf('?'));
    if (words.size() != 3 || !words[2].startsWith("HTTP/1.")) {
        answer(socket, "400 Bad Request", "This is not HTTP/1.1.\n");
    } else if (words[0] != "GET") {
        answer(socket, "405 Method Not Allowed", "Only GET is understood.\n");
    } else if (path != "/metrics" && words[1] != "/metrics") {
        answer(socket, "404 Not Found", "There is only /metrics.\n");
    } else {
        answer(socket, "200 OK", m_text());
    }
}

void MetricsEndpoint::answer(QTcpSocket* socket, const QByteArray& status, const QByteArray& text)
{
    QObject::disconnect(socket, &QTcpSocket::readyRead, this, nullptr);
    socket->readAll();
    socket->write("HTTP/1.1 " + status
        + "\r\nConnection: close\r\nCache-Control: no-store\r\n"
          "Content-Type: text/plain; version=0.0.4; charset=utf-8\r\nContent-Length: "
        + QByteArray::number(text.size()) + "\r\n\r\n" + text);
    socket->disconnectFromHost();
}

} // namespace tutti::app::ctl
