// SPDX-License-Identifier: MIT
#include "harness.h"
#include "net/server/server.h"
#include "net/websocket_channel.h"
#include "raw_client.h"

#include <QRegularExpression>
#include <QTest>

#include <sys/resource.h>

// The QTRY_ macros of Qt 6.8 convert inside.
#pragma GCC diagnostic ignored "-Wconversion"

using namespace tutti;
using namespace tutti::net::test;
using namespace Qt::StringLiterals;
using State = net::ProviderStatus::State;

/// What ends the whole Node server ends one connection here, with the right code, and somebody
/// else in the same room does not notice.
class TestServerHostile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void oneConnectionEnds_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("code");
        const auto frame = &RawClient::frame;
        constexpr int kFin = 0x80;
        constexpr quint64 kMiB = 1 << 20;

        QTest::newRow("RSV1") << frame(kFin | 0x40 | 2, "x") << 1002;
        QTest::newRow("RSV2") << frame(kFin | 0x20 | 2, "x") << 1002;
        QTest::newRow("RSV3") << frame(kFin | 0x10 | 2, "x") << 1002;
        QTest::newRow("reserved opcode 3") << frame(kFin | 3, "x") << 1002;
        QTest::newRow("reserved opcode 7") << frame(kFin | 7, "x") << 1002;
        QTest::newRow("reserved opcode 11") << frame(kFin | 11, "x") << 1002;
        QTest::newRow("reserved opcode 15") << frame(kFin | 15, "x") << 1002;
        QTest::newRow("orphan continuation") << frame(kFin | 0, "x") << 1002;
        QTest::newRow("message inside a message") << frame(2, "x") + frame(kFin | 2, "y") << 1002;
        QTest::newRow("ping of 126 bytes") << frame(kFin | 9, QByteArray(126, 'x')) << 1002;
        QTest::newRow("ping in pieces") << frame(9, "x") << 1002;
        QTest::newRow("close with 1005") << frame(kFin | 8, QByteArray::fromHex("03ed")) << 1002;
        QTest::newRow("close with 1006") << frame(kFin | 8, QByteArray::fromHex("03ee")) << 1002;
        QTest::newRow("close with 999") << frame(kFin | 8, QByteArray::fromHex("03e7")) << 1002;
        QTest::newRow("close with half a code") << frame(kFin | 8, "x") << 1002;
        QTest::newRow("101 MiB announced")
            << QByteArray(1, char(0x82)) + RawClient::longHeader(101 * kMiB) + QByteArray(4, 0)
            << 1009;
        QTest::newRow("2^62 bytes announced") << QByteArray(1, char(0x82))
                + RawClient::longHeader(quint64{1} << 62)
                + QByteArray(4, 0) << 1009;
        QTest::newRow("2^63 bytes announced") << QByteArray(1, char(0x82))
                + RawClient::longHeader(quint64{1} << 63)
                + QByteArray(4, 0) << 1002;
        QByteArray pieces = frame(2, QByteArray(kMiB, 'x'));
        for (int i = 0; i < 3; ++i) {
            pieces += frame(0, QByteArray(kMiB, 'x'));
        }
        QTest::newRow("4 MiB in pieces, 3 allowed") << pieces << 1009;
        QTest::newRow("text that is not UTF-8") << frame(kFin | 1, "\xff\xfe") << 1007;
        QTest::newRow("text") << frame(kFin | 1, "hello") << 1003;
        QTest::newRow("an update of rubbish")
            << frame(kFin | 2, QByteArray::fromHex("000205ffffffffff")) << 1007;
    }

    void oneConnectionEnds()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, code);
        net::Server::Options options;
        if (QByteArray(QTest::currentDataTag()).contains("3 allowed")) {
            options.maxFrame = 3 << 20;
        }
        net::Server server(options);
        QVERIFY(server.listen(QHostAddress::LocalHost, 0));
        crdt::Doc doc = makeDoc(1);
        net::Provider bystander(doc,
            std::make_unique<net::WebSocketChannel>(
                *net::RoomAddress::parse(server.url() + QStringLiteral("/room"))));
        bystander.start();
        QTRY_COMPARE(bystander.status().state, State::Synced);

        RawClient hostile(server.port(), "/room");
        QTRY_COMPARE(server.connectionCount(), 2);
        QTRY_COMPARE(hostile.frames.size(), 1UL); // the server's SyncStep1
        hostile.socket.write(bytes);
        QTRY_COMPARE(server.connectionCount(), 1);
        QTRY_COMPARE(hostile.socket.state(), QAbstractSocket::UnconnectedState);
        QVERIFY2(hostile.closeCode(), "no close frame came");
        QCOMPARE(*hostile.closeCode(), code);

        insert(doc, 0, u"undisturbed");
        QTRY_COMPARE(bystander.status().state, State::Synced);
        RawClient next(server.port(), "/room");
        QTRY_COMPARE(server.connectionCount(), 2);
    }

    void closingWithoutACodeIsFine()
    {
        net::Server server;
        QVERIFY(server.listen(QHostAddress::LocalHost, 0));
        RawClient client(server.port(), "/room");
        QTRY_COMPARE(client.frames.size(), 1UL);
        client.socket.write(RawClient::frame(0x88, {}));
        QTRY_COMPARE(server.connectionCount(), 0);
        QTRY_COMPARE(client.socket.state(), QAbstractSocket::UnconnectedState);
    }

    void goneInTheMiddleOfAFrame()
    {
        net::Server server;
        QVERIFY(server.listen(QHostAddress::LocalHost, 0));
        RawClient client(server.port(), "/room");
        QTRY_COMPARE(client.frames.size(), 1UL);
        client.socket.write(RawClient::frame(0x82, QByteArray(1'000, 'x')).left(500));
        QVERIFY(client.socket.flush());
        client.socket.abort();
        QTRY_COMPARE(server.connectionCount(), 0);
    }

    void aThousandHalfOpenSockets_data()
    {
        QTest::addColumn<QByteArray>("says");
        QTest::newRow("silent") << QByteArray();
        QTest::newRow("half a request") << "GET /room HTTP/1.1\r\nHost: h\r\n"_ba;
    }

    /// They keep nobody out, and the server holds a limited number of them.
    void aThousandHalfOpenSockets()
    {
        QFETCH(QByteArray, says);
        constexpr int kMany = 1'200;
        rlimit files{};
        QCOMPARE(::getrlimit(RLIMIT_NOFILE, &files), 0);
        files.rlim_cur = files.rlim_max;
        if (files.rlim_max < 3 * kMany || ::setrlimit(RLIMIT_NOFILE, &files) != 0) {
            QSKIP("a process may not open as many sockets here");
        }
        net::Server server;
        QVERIFY(server.listen(QHostAddress::LocalHost, 0));
        std::vector<std::unique_ptr<QTcpSocket>> crowd;
        int lost = 0;
        for (int i = 0; i < kMany; ++i) {
            crowd.push_back(std::make_unique<QTcpSocket>());
            connect(crowd.back().get(), &QTcpSocket::disconnected, this, [&lost] { ++lost; });
            crowd.back()->connectToHost(QHostAddress::LocalHost, server.port());
            crowd.back()->write(says);
            if (i % 50 == 0) {
                QTest::qWait(0);
            }
        }
        QTRY_COMPARE(lost, kMany - 1'000); // the oldest
        QCOMPARE(crowd.front()->state(), QAbstractSocket::UnconnectedState);
        QCOMPARE(crowd.back()->state(), QAbstractSocket::ConnectedState);
        RawClient guest(server.port(), "/room");
        QTRY_COMPARE(server.connectionCount(), 1);
        QTRY_COMPARE(lost, kMany - 1'000 + 1); // one more made room for it
    }

    /// Pings are answered below the room; who does not read the answers is dropped all the same.
    void pingsAndNoReading_data()
    {
        QTest::addColumn<int>("size");
        QTest::newRow("as long as may be") << 125;
        QTest::newRow("empty") << 0; // what is kept of each is more than what is sent
    }
    void pingsAndNoReading()
    {
        QFETCH(int, size);
        net::Server::Options options;
        options.maxQueued = 1'000'000;
        net::Server server(options);
        QVERIFY(server.listen(QHostAddress::LocalHost, 0));
        RawClient flood(server.port(), "/room");
        QTRY_COMPARE(flood.frames.size(), 1UL);
        flood.reads = false;
        flood.socket.setReadBufferSize(1'000);
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"eads too slowly"_s));
        const QByteArray pings = RawClient::frame(0x89, QByteArray(size, 'p')).repeated(20'000);
        for (int i = 0; i < 200 && server.connectionCount() == 1; ++i) {
            flood.socket.write(pings);
            QTRY_VERIFY(flood.socket.bytesToWrite() == 0 || server.connectionCount() == 0);
        }
        QTRY_COMPARE(server.connectionCount(), 0);
    }

    /// One frame may hold several messages, but not so many that the others wait for them.
    void manyMessagesInOneFrame()
    {
        net::Server server;
        QVERIFY(server.listen(QHostAddress::LocalHost, 0));
        RawClient client(server.port(), "/room");
        QTRY_COMPARE(client.frames.size(), 1UL);
        const QByteArray step1 = QByteArray::fromHex("00000100");
        client.socket.write(RawClient::frame(0x82, step1.repeated(1'000)));
        client.socket.write(RawClient::frame(0x82, QByteArray::fromHex("03"))); // who is here?
        QTRY_COMPARE(client.frames.size(), 3UL);
        QCOMPARE(client.frames[1].payload, QByteArray::fromHex("0001020000")); // one answer
        QCOMPARE(client.frames[2].payload[0], '\1');
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"Too many messages"_s));
        client.socket.write(RawClient::frame(0x82, step1.repeated(1'001)));
        QTRY_VERIFY(client.closeCode());
        QCOMPARE(*client.closeCode(), 1008);
    }

    /// Not the size of one message makes a slow reader.
    void aMessageLargerThanTheQueue()
    {
        net::Server::Options options;
        options.maxQueued = 1'000'000;
        net::Server server(options);
        QVERIFY(server.listen(QHostAddress::LocalHost, 0));
        crdt::Doc doc = makeDoc(1);
        crdt::Doc other = makeDoc(2);
        const auto address = *net::RoomAddress::parse(server.url() + u"/room"_s);
        net::Provider writer(doc, std::make_unique<net::WebSocketChannel>(address));
        net::Provider reader(other, std::make_unique<net::WebSocketChannel>(address));
        writer.start();
        reader.start();
        QTRY_VERIFY(
            writer.status().state == State::Synced && reader.status().state == State::Synced);
        insert(doc, 0, std::u16string(3'000'000, u'x'));
        insert(doc, 0, u"and more");
        QTRY_COMPARE(textOf(other).size(), 3'000'008);
        QTRY_COMPARE(writer.status().state, State::Synced);
        QCOMPARE(server.connectionCount(), 2);
    }
};

QTEST_GUILESS_MAIN(TestServerHostile)
#include "tst_server_hostile.moc"
