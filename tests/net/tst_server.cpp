// SPDX-License-Identifier: MIT
#include "raw_client.h"
#include "server_harness.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>
#include <QWebSocket>

// The QTRY_ macros of Qt 6.8 convert inside.
#pragma GCC diagnostic ignored "-Wconversion"

using namespace std::chrono_literals;
using namespace tutti;
using namespace tutti::net::test;
using net::Channel;
using net::CloseInfo;
using net::Server;
using State = net::ProviderStatus::State;

class TestServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void threeClientsOfOneRoom()
    {
        Running running;
        Client host(1, running.server.attach(QStringLiteral("/room"))); // no socket to itself
        insert(host.doc, 0, u"# Notes\n");
        Client ada(2, running.channel());
        Client bob(3, running.channel());
        QTRY_COMPARE(host.state(), State::Synced);
        QTRY_COMPARE(ada.state(), State::Synced);
        QTRY_COMPARE(bob.state(), State::Synced);
        QCOMPARE(textOf(bob.doc), QStringLiteral("# Notes\n"));
        QCOMPARE(running.server.connectionCount(), 3);
        QCOMPARE(running.server.socketCount(), 2);

        host.provider.awareness().setLocalState(named("Host"));
        ada.provider.awareness().setLocalState(named("Ada"));
        insert(ada.doc, 8, u"ada🙂");
        insert(bob.doc, 8, u"bob");
        erase(host.doc, 0, 2);
        QTRY_COMPARE(textOf(ada.doc), textOf(bob.doc));
        QTRY_COMPARE(textOf(host.doc), textOf(bob.doc));
        QTRY_COMPARE(textOf(host.doc).size(), 14);
        QTRY_COMPARE(bob.provider.status().peers, 2);
        QCOMPARE(nameOf(bob.provider.awareness(), crdt::ClientId(2)), QStringLiteral("Ada"));
        QTRY_COMPARE(ada.state(), State::Synced);

        ada.provider.stop();
        QTRY_COMPARE(bob.provider.status().peers, 1);
        QTRY_COMPARE(running.server.connectionCount(), 2);
    }

    void itOpensAsYWebsocketDoes()
    {
        Running running;
        Client ada(2, running.channel());
        ada.provider.awareness().setLocalState(named("Ada"));
        QTRY_COMPARE(ada.state(), State::Synced);
        insert(ada.doc, 0, u"x");
        QTRY_COMPARE(ada.state(), State::Synced);
        Bare late(running.channel());
        QTRY_COMPARE(late.received.size(), 2);
        QVERIFY(late.frame(0).startsWith(QByteArray("\0\0", 2)));
        QVERIFY(late.frame(1).startsWith('\1'));
        QVERIFY(late.frame(1).contains("Ada"));
    }

    void whatOneSaysComesBackToAll()
    {
        // y-websocket's client hangs up when not even its own awareness comes back.
        Running running;
        Bare sender(running.channel());
        Bare other(running.channel());
        QTRY_COMPARE(sender.received.size(), 1);
        QTRY_COMPARE(other.received.size(), 1);
        const QByteArray update = QByteArray::fromHex("00021901 01e9070004010a") + "codemirror"
            + QByteArray::fromHex("05") + "Hello" + QByteArray(1, '\0');
        sender.channel->send(update);
        QTRY_COMPARE(sender.received.size(), 2);
        QTRY_COMPARE(other.received.size(), 2);
        QCOMPARE(sender.frame(1), update);
        QCOMPARE(other.frame(1), update);

        crdt::Awareness awareness{crdt::ClientId(1'001)};
        awareness.setLocalState(named("Ada"));
        sender.say(awareness);
        QTRY_COMPARE(sender.received.size(), 3);
        QTRY_COMPARE(other.received.size(), 3);
        awareness.setLocalState(named("Ada")); // a renewal, which others must see too
        sender.say(awareness);
        QTRY_COMPARE(sender.received.size(), 4);
        sender.say(awareness); // and the same again, which says nothing
        sender.channel->send(QByteArray::fromHex("00000100"));
        QTRY_COMPARE(sender.received.size(), 5);
        QVERIFY(sender.frame(4).startsWith(QByteArray("\0\1", 2)));
    }

    void aRoomIsAPathByteByByte()
    {
        Running running;
        const char* const paths[] = {
            "/a", "/A", "/a/", "//a", "/a//b", "/a%2Fb", "/a/b", "/%41", "/a%zz", "/a%25zz"};
        std::vector<std::unique_ptr<RawClient>> clients;
        for (const char* path : paths) {
            clients.push_back(std::make_unique<RawClient>(running.server.port(), path));
            QTRY_VERIFY(clients.back()->answer.contains("101"));
        }
        QTRY_COMPARE(running.server.connectionCount(), int(std::size(paths)));
        QCOMPARE(running.server.roomCount(), int(std::size(paths)));
        RawClient again(running.server.port(), "/a?token=secret");
        QTRY_COMPARE(running.server.connectionCount(), int(std::size(paths)) + 1);
        QCOMPARE(running.server.roomCount(), int(std::size(paths)));
    }

    void aRoomOutlivesItsGuests()
    {
        Running running;
        {
            Client ada(2, running.channel("kept"));
            Client bob(3, running.channel("blank"));
            insert(ada.doc, 0, u"kept");
            QTRY_COMPARE(ada.state(), State::Synced);
            QTRY_COMPARE(bob.state(), State::Synced);
            QCOMPARE(running.server.roomCount(), 2);
        }
        QTRY_COMPARE(running.server.connectionCount(), 0);
        QCOMPARE(running.server.roomCount(), 1); // nobody needs the blank one
        Client late(4, running.channel("kept"));
        QTRY_COMPARE(late.state(), State::Synced);
        QCOMPARE(textOf(late.doc), QStringLiteral("kept"));
    }

    void noGhosts_data()
    {
        QTest::addColumn<QString>("exit");
        QTest::newRow("a clean close") << QStringLiteral("close");
        QTest::newRow("a connection that breaks") << QStringLiteral("break");
        QTest::newRow("gone, back, and broken") << QStringLiteral("null and back");
        QTest::newRow("two states on one connection") << QStringLiteral("two");
    }

    void noGhosts()
    {
        QFETCH(QString, exit);
        Running running;
        Client watcher(1, running.channel());
        QTRY_COMPARE(watcher.state(), State::Synced);
        Bare guest(running.channel());
        QTRY_COMPARE(guest.opened.size(), 1);
        crdt::Awareness awareness{crdt::ClientId(7)};
        awareness.setLocalState(named("Guest"));
        guest.say(awareness);
        QTRY_COMPARE(watcher.provider.status().peers, 1);
        if (exit == QStringLiteral("null and back")) {
            awareness.setLocalState(std::nullopt);
            guest.say(awareness);
            QTRY_COMPARE(watcher.provider.status().peers, 0);
            awareness.setLocalState(named("Guest"));
            guest.say(awareness);
            QTRY_COMPARE(watcher.provider.status().peers, 1);
        } else if (exit == QStringLiteral("two")) {
            crdt::Awareness second{crdt::ClientId(8)};
            second.setLocalState(named("Second"));
            guest.say(second);
            QTRY_COMPARE(watcher.provider.status().peers, 2);
        }
        if (exit == QStringLiteral("close")) {
            guest.channel->close();
        } else {
            guest.channel->findChild<QWebSocket*>()->abort();
        }
        QTRY_COMPARE(watcher.provider.status().peers, 0);
    }

    void whoComesBackIsNotWithdrawnWithTheOldConnection()
    {
        Running running;
        Client watcher(1, running.channel());
        QTRY_COMPARE(watcher.state(), State::Synced);
        crdt::Awareness awareness{crdt::ClientId(7)};
        Bare before(running.channel());
        QTRY_COMPARE(before.opened.size(), 1);
        awareness.setLocalState(named("Guest"));
        before.say(awareness);
        QTRY_COMPARE(watcher.provider.status().peers, 1);
        Bare after(running.channel());
        QTRY_COMPARE(after.opened.size(), 1);
        awareness.setLocalState(named("Guest, again"));
        after.say(awareness);
        QTRY_COMPARE(nameOf(watcher.provider.awareness(), crdt::ClientId(7)),
            QStringLiteral("Guest, again"));
        before.channel->close();
        QTRY_COMPARE(running.server.connectionCount(), 2);
        insert(watcher.doc, 0, u"x"); // what came of the close has been heard when this is back
        QTRY_COMPARE(watcher.state(), State::Synced);
        QCOMPARE(watcher.provider.status().peers, 1);
        after.channel->close();
        QTRY_COMPARE(watcher.provider.status().peers, 0);
    }

    void aBadUpdateIsNeitherKeptNorSentOn_data()
    {
        QTest::addColumn<QByteArray>("frame");
        QTest::newRow("update of rubbish") << QByteArray::fromHex("000205ffffffffff");
        QTest::newRow("update cut short") << QByteArray::fromHex("00022001");
        QTest::newRow("step 1 of rubbish") << QByteArray::fromHex("000002ffff");
        QTest::newRow("unknown kind of sync") << QByteArray::fromHex("000900");
        QTest::newRow("awareness of rubbish") << QByteArray::fromHex("0103ffffff");
        QTest::newRow("half a number") << QByteArray::fromHex("ff");
    }

    void aBadUpdateIsNeitherKeptNorSentOn()
    {
        QFETCH(QByteArray, frame);
        Running running;
        Client bystander(1, running.channel());
        insert(bystander.doc, 0, u"good");
        QTRY_COMPARE(bystander.state(), State::Synced);
        QSignalSpy heard(&bystander.provider.channel(), &Channel::received);
        Bare bad(running.channel());
        QTRY_COMPARE(bad.received.size(), 1);
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("client-dropped")));
        bad.channel->send(frame);
        QTRY_COMPARE(bad.closed.size(), 1);
        QCOMPARE(bad.closeCode(), CloseInfo::kBadData);
        QVERIFY(!bad.closed.at(0).at(0).value<CloseInfo>().reason.isEmpty());
        QCOMPARE(heard.size(), 0);
        Client late(2, running.channel());
        QTRY_COMPARE(late.state(), State::Synced);
        QCOMPARE(textOf(late.doc), QStringLiteral("good"));
        QCOMPARE(running.server.connectionCount(), 2);
    }

    void whatItDoesNotKnowItLetsPass()
    {
        Running running;
        Bare client(running.channel());
        QTRY_COMPARE(client.received.size(), 1);
        for (const char* hex : {"", "020103616263", "6601", "2a"}) {
            client.channel->send(QByteArray::fromHex(hex));
        }
        client.channel->send(QByteArray::fromHex("00000100"));
        QTRY_COMPARE(client.received.size(), 2);
        QCOMPARE(client.closed.size(), 0);
    }

    void theSilentAreDropped()
    {
        Server::Options options;
        options.pingEvery = 30ms;
        Running running(options);
        Client alive(1, running.channel());
        QTRY_COMPARE(alive.state(), State::Synced);
        RawClient dead(running.server.port(), "/room"); // answers no ping
        QTRY_COMPARE(running.server.connectionCount(), 2);
        QTRY_COMPARE(running.server.connectionCount(), 1);
        QTRY_COMPARE(dead.socket.state(), QAbstractSocket::UnconnectedState);
        QVERIFY(std::ranges::find(dead.frames, 9, &RawClient::Frame::opcode) != dead.frames.end());
        QCOMPARE(alive.state(), State::Synced);
    }

    void whoStopsReadingIsDropped()
    {
        Server::Options options;
        options.maxQueued = 1'000'000;
        Running running(options);
        Client writer(1, running.channel());
        QTRY_COMPARE(writer.state(), State::Synced);
        RawClient stuck(running.server.port(), "/room");
        QTRY_COMPARE(running.server.connectionCount(), 2);
        stuck.reads = false;
        stuck.socket.setReadBufferSize(1'000);
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("eads too slowly")));
        const std::u16string page(200'000, u'x');
        for (int i = 0; i < 200 && running.server.connectionCount() > 1; ++i) {
            insert(writer.doc, 0, page);
            QTRY_COMPARE(writer.state(), State::Synced); // and nobody else has to wait
        }
        QTRY_COMPARE(running.server.connectionCount(), 1);
    }

    void aLargeDocumentMayTakeItsTime()
    {
        // What a client asked for does not count as being slow.
        Server::Options options;
        options.maxQueued = 10'000;
        Running running(options);
        Client writer(1, running.server.attach(QStringLiteral("/room")));
        QTRY_COMPARE(writer.state(), State::Synced);
        insert(writer.doc, 0, std::u16string(20'000'000, u'x'));
        Client reader(2, running.channel());
        for (int i = 0; i < 20; ++i) {
            insert(writer.doc, 0, u"y");
            QCoreApplication::processEvents();
        }
        QTRY_COMPARE_WITH_TIMEOUT(reader.state(), State::Synced, 30'000);
        QTRY_COMPARE(textOf(reader.doc).size(), 20'000'020);
    }

    void limits()
    {
        Server::Options options;
        options.maxConnections = 2;
        options.maxRooms = 1;
        Running running(options);
        Bare first(running.channel());
        QTRY_COMPARE(first.received.size(), 1);
        Bare elsewhere(running.channel("another"));
        QTRY_COMPARE(elsewhere.closed.size(), 1);
        Bare second(running.channel());
        QTRY_COMPARE(second.received.size(), 1);
        RawClient third(running.server.port(), "/room");
        QTRY_VERIFY(third.closeCode());
        QCOMPARE(*third.closeCode(), 1013); // try again later
        QCOMPARE(running.server.connectionCount(), 2);
        QCOMPARE(running.server.roomCount(), 1);
    }

    void onlyWebSocketsAreLetIn_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<QByteArray>("status");
        QTest::newRow("a browser")
            << QByteArray("GET /room HTTP/1.1\r\nHost: h\r\n\r\n") << QByteArray("426");
        QTest::newRow("a post") << QByteArray("POST /room HTTP/1.1\r\nHost: h\r\n\r\n")
                                << QByteArray("400");
        QTest::newRow("another protocol")
            << QByteArray("EHLO example.org\r\n\r\n") << QByteArray("400");
        QTest::newRow("without end") << QByteArray(20'000, 'x') << QByteArray("431");
        const QByteArray upgrade = "GET /room HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\n";
        QTest::newRow("an older version")
            << upgrade + "Connection: Upgrade\r\nSec-WebSocket-Version: 8\r\n\r\n"
            << QByteArray("426");
        QTest::newRow("no key") << upgrade
                + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n\r\n"
                                << QByteArray("400");
        QTest::newRow("half asked for")
            << upgrade + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: x\r\n\r\n"
            << QByteArray("400");
    }

    void onlyWebSocketsAreLetIn()
    {
        QFETCH(QByteArray, request);
        QFETCH(QByteArray, status);
        Running running;
        QTcpSocket socket;
        QSignalSpy gone(&socket, &QTcpSocket::disconnected);
        socket.connectToHost(QHostAddress::LocalHost, running.server.port());
        socket.write(request);
        QTRY_COMPARE(gone.size(), 1);
        const QByteArray answer = socket.readAll();
        QVERIFY2(answer.startsWith("HTTP/1.1 " + status), answer.constData());
        QCOMPARE(running.server.connectionCount(), 0);
    }

    void listenErrorsAreInWords()
    {
        Running running;
        Server second;
        const auto inUse = second.listen(QHostAddress::LocalHost, running.server.port());
        QVERIFY(!inUse);
        QVERIFY2(inUse.error().contains(QString::number(running.server.port())),
            qPrintable(inUse.error()));
        QVERIFY(!second.isListening());
        const auto notOurs = second.listen(QHostAddress(QStringLiteral("192.0.2.1")), 0);
        QVERIFY(!notOurs);
        QVERIFY2(
            notOurs.error().contains(QStringLiteral("192.0.2.1")), qPrintable(notOurs.error()));
        QVERIFY(second.listen(QHostAddress::Any, 0));
        QVERIFY(second.url().startsWith(QStringLiteral("ws://127.0.0.1:")));
    }

    void closing()
    {
        Running running;
        Client host(1, running.server.attach(QStringLiteral("/room")));
        Bare guest(running.channel());
        QTRY_COMPARE(guest.received.size(), 1);
        QTRY_COMPARE(host.state(), State::Synced);
        running.server.close();
        QTRY_COMPARE(guest.closed.size(), 1);
        QCOMPARE(guest.closeCode(), CloseInfo::kGoingAway);
        QVERIFY(!running.server.isListening());
        insert(host.doc, 0, u"still here");
        QTRY_COMPARE(host.state(), State::Synced);

        QVERIFY(running.server.listen(QHostAddress::LocalHost, 0)); // and open again
        Client back(2, running.channel());
        QTRY_COMPARE(textOf(back.doc), QStringLiteral("still here"));
    }

    void theHostMayLeaveAndComeBack()
    {
        Running running;
        Client host(1, running.server.attach(QStringLiteral("/room")));
        insert(host.doc, 0, u"a");
        QTRY_COMPARE(host.state(), State::Synced);
        host.provider.stop();
        QTRY_COMPARE(running.server.connectionCount(), 0);
        insert(host.doc, 1, u"b");
        host.provider.start();
        QTRY_COMPARE(host.state(), State::Synced);
        QCOMPARE(running.server.connectionCount(), 1);
        Client guest(2, running.channel());
        QTRY_COMPARE(textOf(guest.doc), QStringLiteral("ab"));
    }

    void theServerMayDieFirst()
    {
        auto running = std::make_unique<Running>();
        Client host(1, running->server.attach(QStringLiteral("/room")));
        Client guest(2, running->channel());
        QTRY_COMPARE(host.state(), State::Synced);
        QTRY_COMPARE(guest.state(), State::Synced);
        running.reset();
        QTRY_COMPARE(host.state(), State::Offline);
        QTRY_COMPARE(guest.state(), State::Offline);
    }
};

QTEST_GUILESS_MAIN(TestServer)
#include "tst_server.moc"
