// SPDX-License-Identifier: MIT
// What clients say of themselves and of others: no ghosts, and no crowds.
#include "harness.h"
#include "net/server/server.h"
#include "raw_client.h"

#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include <unistd.h>

// The QTRY_ macros of Qt 6.8 convert inside.
#pragma GCC diagnostic ignored "-Wconversion"

using namespace tutti;
using namespace tutti::net::test;
using namespace Qt::StringLiterals;
using State = net::ProviderStatus::State;

namespace {

/// An awareness update: that many clients from `first` on, clock 1, all with that state.
QByteArray presences(quint64 first, int count, const QByteArray& state)
{
    crdt::Encoder encoder;
    encoder.writeVarUint(static_cast<quint64>(count));
    for (int i = 0; i < count; ++i) {
        encoder.writeVarUint(first + static_cast<quint64>(i));
        encoder.writeVarUint(1);
        encoder.writeVarString(state.toStdString());
    }
    return toByteArray(encoder.take());
}

QByteArray awareness(const QByteArray& update)
{
    return toByteArray(crdt::createAwarenessMessage(view(update)));
}

qint64 residentBytes()
{
    QFile statm(u"/proc/self/statm"_s);
    return statm.open(QFile::ReadOnly)
        ? statm.readAll().split(' ').value(1).toLongLong() * ::sysconf(_SC_PAGESIZE)
        : 0;
}

} // namespace

class TestServerPresence : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void presence_data()
    {
        QTest::addColumn<QByteArray>("update");
        QTest::addColumn<int>("code");
        QTest::newRow("a crowd") << presences(1, 5'000, "{}") << 1008;
        QTest::newRow("a crowd of those that left") << presences(1, 5'000, "null") << 0;
        QTest::newRow("as many as may be") << presences(1, 4'000, "{}") << 0;
        QTest::newRow("long") << presences(1, 1, '"' + QByteArray(1'000'000, 'x') + '"') << 1009;
        QTest::newRow("more than there are") << QByteArray::fromHex("ffffffff0f") << 1007;
        QTest::newRow("no JSON") << presences(1, 1, "{") << 1007;
    }

    void presence()
    {
        QFETCH(QByteArray, update);
        QFETCH(int, code);
        net::Server server;
        QVERIFY(server.listen(QHostAddress::LocalHost, 0));
        if (code != 0) {
            QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"client-dropped"_s));
        }
        RawClient flood(server.port(), "/room");
        QTRY_COMPARE(flood.frames.size(), 1UL);
        flood.socket.write(RawClient::frame(0x82, awareness(update)));
        flood.socket.write(RawClient::frame(0x82, QByteArray::fromHex("00000100")));
        QTRY_VERIFY(flood.frames.back().opcode == 8
            || flood.frames.back().payload.startsWith(QByteArray("\0\1", 2)));
        QCOMPARE(flood.closeCode().value_or(0), code);
        RawClient next(server.port(), "/room");
        QTRY_VERIFY(!next.frames.empty());
    }

    /// y-protocols keeps a clock for everybody who ever left.
    void presencesThatComeAndGo()
    {
#ifdef __SANITIZE_ADDRESS__
        QSKIP("memory is not to be measured under AddressSanitizer");
#endif
        net::Server server;
        QVERIFY(server.listen(QHostAddress::LocalHost, 0));
        RawClient flood(server.port(), "/room");
        QTRY_COMPARE(flood.frames.size(), 1UL);
        constexpr int kEach = 10'000;
        constexpr int kRounds = 100;
        qint64 after = 0;
        for (int i = 0; i < kRounds; ++i) {
            flood.frames.clear();
            flood.socket.write(RawClient::frame(
                0x82, awareness(presences(1 + static_cast<quint64>(i) * kEach, kEach, "null"))));
            if (i % 20 != 0 && i + 1 < kRounds) {
                continue;
            }
            flood.socket.write(RawClient::frame(0x82, QByteArray::fromHex("00000100")));
            QTRY_VERIFY_WITH_TIMEOUT(!flood.frames.empty()
                    && flood.frames.back().payload.startsWith(QByteArray("\0\1", 2)),
                10'000);
            if (i == 20) {
                after = residentBytes();
            }
        }
        const qint64 grown =
            residentBytes() - after; // for 800,000 clients; some 60 MB if all were kept
        QVERIFY2(grown < 20'000'000, QByteArray::number(grown));
        QCOMPARE(server.connectionCount(), 1);
    }

    /// Its first message tells that it is the same client again, with a clock that is no news.
    void theSameClientOnANewConnection()
    {
        net::Server server;
        QVERIFY(server.listen(QHostAddress::LocalHost, 0));
        crdt::Doc doc = makeDoc(1);
        net::Provider watcher(doc, server.attach(u"/room"_s));
        watcher.start();
        QTRY_COMPARE(watcher.status().state, State::Synced);
        const QByteArray hello = RawClient::frame(0x82, awareness(presences(7, 1, "{}")));
        auto before = std::make_unique<RawClient>(server.port(), "/room");
        QTRY_VERIFY(!before->frames.empty());
        before->socket.write(hello);
        QTRY_COMPARE(watcher.status().peers, 1);
        auto after = std::make_unique<RawClient>(server.port(), "/room");
        QTRY_COMPARE(after->frames.size(), 2UL); // its own state among them
        after->socket.write(hello + RawClient::frame(0x82, QByteArray::fromHex("00000100")));
        QTRY_COMPARE(after->frames.size(), 3UL);
        before->socket.abort();
        QTRY_COMPARE(server.connectionCount(), 2);
        insert(doc, 0, u"x"); // what came of the end has been heard when this is back
        QTRY_COMPARE(watcher.status().state, State::Synced);
        QCOMPARE(watcher.status().peers, 1);
        after->socket.abort();
        QTRY_COMPARE(watcher.status().peers, 0);
    }

    /// As some clients do, all of what one hears said again: that makes it nobody's but the
    /// first's.
    void anEchoIsNotResponsible()
    {
        net::Server server;
        QVERIFY(server.listen(QHostAddress::LocalHost, 0));
        crdt::Doc doc = makeDoc(1);
        net::Provider watcher(doc, server.attach(u"/room"_s));
        watcher.start();
        QTRY_COMPARE(watcher.status().state, State::Synced);
        const QByteArray hello = RawClient::frame(0x82, awareness(presences(7, 1, "{}")));
        RawClient echo(server.port(), "/room");
        QTRY_VERIFY(!echo.frames.empty());
        echo.socket.write(RawClient::frame(0x82, awareness(presences(8, 1, "{}"))));
        QTRY_COMPARE(watcher.status().peers, 1);
        auto guest = std::make_unique<RawClient>(server.port(), "/room");
        QTRY_VERIFY(!guest->frames.empty());
        guest->socket.write(hello);
        QTRY_COMPARE(watcher.status().peers, 2);
        const std::size_t heard = echo.frames.size();
        echo.socket.write(hello + RawClient::frame(0x82, QByteArray::fromHex("00000100")));
        QTRY_VERIFY(echo.frames.size() > heard
            && echo.frames.back().payload.startsWith(QByteArray("\0\1", 2)));
        guest->socket.abort();
        QTRY_COMPARE(watcher.status().peers, 1);
    }
};

QTEST_GUILESS_MAIN(TestServerPresence)
#include "tst_server_presence.moc"
