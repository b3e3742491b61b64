// SPDX-License-Identifier: MIT
// What the server's watch over sockets does when the system does not play along; that it works is
// what all other tests of the server are about.
#include "net/server/byte_stream.h"
#include "net/server/socket_poller.h"

#include <QTemporaryFile>
#include <QTest>

#include <array>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

// The QTRY_ macros of Qt 6.8 convert inside.
#pragma GCC diagnostic ignored "-Wconversion"

using namespace tutti::net;

namespace {

/// Two sockets that are connected to each other; the first does not block.
class SocketPair
{
public:
    SocketPair()
    {
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, m_ends.data()) != 0) {
            qFatal("socketpair: %s", qPrintable(qt_error_string(errno)));
        }
        ::fcntl(m_ends[0], F_SETFL, O_NONBLOCK);
    }
    SocketPair(const SocketPair&) = delete;
    SocketPair& operator=(const SocketPair&) = delete;
    ~SocketPair()
    {
        if (!m_isGiven) {
            ::close(m_ends[0]);
        }
        ::close(m_ends[1]);
    }
    /// The first, for whoever closes it.
    [[nodiscard]] int give()
    {
        m_isGiven = true;
        return m_ends[0];
    }
    [[nodiscard]] int first() const { return m_ends[0]; }
    [[nodiscard]] int second() const { return m_ends[1]; }

private:
    std::array<int, 2> m_ends{};
    bool m_isGiven = false;
};

void send(ByteStream& stream, const QByteArray& payload)
{
    stream.send(FrameHead(Opcode::Binary, static_cast<quint64>(payload.size())), payload);
}

} // namespace

class TestSocketPoller : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void carriesBytesAndEnds()
    {
        const auto poller = std::make_shared<SocketPoller>();
        SocketPair pair;
        auto stream = poller->take(pair.give(), "unread ");
        QByteArray read;
        QString failure = QStringLiteral("not yet");
        stream->onRead = [&read](QByteArrayView bytes) { read += bytes; };
        stream->onEnd = [&failure](const QString& why) { failure = why; };
        QCOMPARE(::write(pair.second(), "and new", 7), 7);
        QTRY_COMPARE(read, QByteArray("unread and new"));
        send(*stream, "hello");
        std::array<char, 16> got{};
        QTRY_COMPARE(::recv(pair.second(), got.data(), got.size(), MSG_DONTWAIT | MSG_PEEK), 7);
        QCOMPARE(QByteArray(got.data() + 2, 5), QByteArray("hello"));
        ::shutdown(pair.second(), SHUT_RDWR);
        QTRY_COMPARE(failure, QString());
    }

    /// What cannot be watched from the start, as an ordinary file.
    void cannotBeWatched()
    {
        const auto poller = std::make_shared<SocketPoller>();
        QTemporaryFile file;
        QVERIFY(file.open());
        auto stream = poller->take(::dup(file.handle()), {});
        QString failure;
        stream->onEnd = [&failure](const QString& why) { failure = why; };
        QTRY_VERIFY(!failure.isEmpty());
        QVERIFY2(failure.startsWith(QStringLiteral("The system cannot watch this connection: ")),
            qPrintable(failure));
    }

    /// What cannot be watched any more when its queue has to wait: nobody would ever write the
    /// rest. (Another socket, which is full and which nobody watches, takes its place.)
    void cannotBeWatchedAnyMore()
    {
        const auto poller = std::make_shared<SocketPoller>();
        SocketPair full;
        const QByteArray stuffing(65'536, 'x');
        while (::send(full.first(), stuffing.constData(), 65'536, MSG_DONTWAIT) > 0) { }
        SocketPair pair;
        const int socket = pair.give();
        auto stream = poller->take(socket, {});
        QString failure;
        stream->onEnd = [&failure](const QString& why) { failure = why; };
        QCOMPARE(::dup2(full.first(), socket), socket);
        send(*stream, "this cannot be sent now");
        QTRY_VERIFY(!failure.isEmpty());
        QVERIFY2(failure.startsWith(QStringLiteral("The system cannot watch this connection: ")),
            qPrintable(failure));
    }
};

QTEST_GUILESS_MAIN(TestSocketPoller)
#include "tst_socket_poller.moc"
