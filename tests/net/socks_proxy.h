// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QHostAddress>
#include <QList>
#include <QObject>
#include <QTcpServer>
#include <QTcpSocket>

namespace tutti::net::test {

/// A SOCKS5 proxy (RFC 1928, 1929) that knows CONNECT alone. Whatever host it is asked for, it
/// connects to this computer.
class SocksProxy
{
public:
    /// With a name, who comes has to know it and the password.
    explicit SocksProxy(const QByteArray& name = {}, const QByteArray& password = {})
        : m_name(name)
        , m_password(password)
    {
        if (!server.listen(QHostAddress::LocalHost)) {
            qFatal("cannot listen");
        }
        QObject::connect(&server, &QTcpServer::newConnection, &server, [this] {
            QTcpSocket* near = server.nextPendingConnection();
            auto* far = new QTcpSocket(near);
            near->setProperty("phase", int{Greeting});
            QObject::connect(
                near, &QTcpSocket::readyRead, near, [this, near, far] { read(*near, *far); });
            QObject::connect(far, &QTcpSocket::connected, near, [near, far] {
                near->setProperty("phase", int{Relaying});
                near->write(QByteArray::fromHex("05000001000000000000"));
                far->write(near->readAll());
            });
            QObject::connect(
                far, &QTcpSocket::readyRead, near, [near, far] { near->write(far->readAll()); });
            QObject::connect(near, &QTcpSocket::disconnected, far, &QTcpSocket::disconnectFromHost);
        });
    }

    QTcpServer server;
    QList<QByteArray> targets; ///< HOST:PORT, as they were asked for
    char refusal = 0; ///< what it answers to who wants to go on; 0: it connects

private:
    enum Phase { Greeting, Authenticating, Requesting, Connecting, Relaying };

    /// Clients send each message whole and wait for the answer.
    void read(QTcpSocket& near, QTcpSocket& far)
    {
        const int phase = near.property("phase").toInt();
        if (phase == Connecting) {
            return; // what follows waits in the socket
        }
        const QByteArray bytes = near.readAll();
        if (phase == Relaying) {
            far.write(bytes);
        } else if (phase == Greeting) {
            const char wanted = m_name.isEmpty() ? 0 : 2;
            const bool offered = bytes.startsWith('\5') && bytes.mid(2).contains(wanted);
            near.setProperty("phase", int{m_name.isEmpty() ? Requesting : Authenticating});
            answer(near, QByteArray("\5") + (offered ? wanted : '\xff'), offered);
        } else if (phase == Authenticating) {
            const QByteArray right = '\1' + sized(m_name) + sized(m_password);
            near.setProperty("phase", int{Requesting});
            answer(near, QByteArray("\1") + (bytes == right ? '\0' : '\1'), bytes == right);
        } else {
            request(near, far, bytes);
        }
    }

    void request(QTcpSocket& near, QTcpSocket& far, const QByteArray& bytes)
    {
        const qsizetype size = bytes.size();
        const bool byName = size > 7 && bytes[3] == 3;
        const auto port = static_cast<quint16>(
            (static_cast<uchar>(bytes[size - 2]) << 8) | static_cast<uchar>(bytes[size - 1]));
        targets.append((byName ? bytes.mid(5, size - 7) : QByteArray("an address")) + ':'
            + QByteArray::number(port));
        if (refusal != 0) {
            answer(
                near, QByteArray("\5") + refusal + QByteArray::fromHex("0001000000000000"), false);
            return;
        }
        near.setProperty("phase", int{Connecting});
        far.connectToHost(QHostAddress::LocalHost, port);
    }

    static QByteArray sized(const QByteArray& text)
    {
        return static_cast<char>(text.size()) + text;
    }
    static void answer(QTcpSocket& near, const QByteArray& bytes, bool goesOn)
    {
        near.write(bytes);
        if (!goesOn) {
            near.disconnectFromHost();
        }
    }

    QByteArray m_name;
    QByteArray m_password;
};

} // namespace tutti::net::test
