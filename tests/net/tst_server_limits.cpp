// SPDX-License-Identifier: MIT
// The server's limits, each with its close code and reason; and the same server behind TLS.
#include "crdt/sync_protocol.h"
#include "net/server/close_codes.h"
#include "net/server/token_bucket.h"
#include "net/store/update_log.h"
#include "raw_client.h"
#include "server_harness.h"

#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QSslKey>
#include <QSslSocket>
#include <QTemporaryDir>
#include <QTest>

// The QTRY_ macros of Qt 6.8 convert inside.
#pragma GCC diagnostic ignored "-Wconversion"

using namespace std::chrono_literals;
using namespace tutti;
using namespace tutti::net::test;
using namespace Qt::StringLiterals;
using net::Server;
using net::TokenBucket;
using State = net::ProviderStatus::State;

namespace {

/// A text of 1,000 letters after one that nobody has, as an update.
crdt::Bytes textAfterNothing(std::uint64_t client)
{
    crdt::Encoder update;
    update.writeVarUint(1); // client,
    update.writeVarUint(1); // struct
    update.writeVarUint(client);
    update.writeVarUint(5);
    update.writeUint8(0x84); // a string, after
    update.writeVarUint(client);
    update.writeVarUint(4);
    update.writeVarString(std::string(1'000, 'x'));
    update.writeVarUint(0);
    return update.take();
}

/// The deletion of 250 letters that nobody has, as an update of about 1,000 bytes.
crdt::Bytes deletionOfNothing(std::uint64_t client)
{
    crdt::Encoder update;
    update.writeVarUint(0);
    update.writeVarUint(1);
    update.writeVarUint(client);
    update.writeVarUint(250);
    for (std::uint64_t i = 0; i < 250; ++i) {
        update.writeVarUint(20'000 + 2 * i);
        update.writeVarUint(1);
    }
    return update.take();
}

/// The reason in the close frame that came.
QByteArray reasonFor(const RawClient& client) { return client.frames.back().payload.mid(2); }

} // namespace

class TestServerLimits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tokenBucket();
    void rate();
    void theHostHasNoRate();
    void unfinishedMessages();
    void clientsAndRooms_data();
    void clientsAndRooms();
    void documentsSize();
    void storedDocumentsSize();
    void whatWaitsCounts_data();
    void whatWaitsCounts();
    void growthIsLookedAtAgain();
    void closesWithItsCode();
    void tls();
    void slowUnderTls();
    void tooManyBytes_data();
    void tooManyBytes();
    void slowedDownIsNotDead();
};

void TestServerLimits::tokenBucket()
{
    const TokenBucket::Clock::time_point start;
    TokenBucket bucket(10, 3, start);
    for (int i = 0; i < 3; ++i) {
        QVERIFY(bucket.take(start));
    }
    QVERIFY(!bucket.take(start));
    QVERIFY(!bucket.take(start + 50ms));
    QVERIFY(bucket.take(start + 100ms)); // a tenth of a second, one more
    QVERIFY(!bucket.take(start + 100ms));
    for (int i = 0; i < 3; ++i) {
        QVERIFY(bucket.take(start + 1h)); // never more than the burst
    }
    QVERIFY(!bucket.take(start + 1h));
    TokenBucket open(0, 0, start);
    QVERIFY(open.take(start) && open.take(start));
    open.charge(1e9);
    QCOMPARE(open.debt(start).count(), 0.0);
    TokenBucket spent(10, 30, start);
    spent.charge(25);
    QCOMPARE(spent.debt(start).count(), 0.0);
    spent.charge(10);
    QCOMPARE(spent.debt(start).count(), 0.5);
    QCOMPARE(spent.debt(start + 300ms).count(), 0.2);
    QCOMPARE(spent.debt(start + 1h).count(), 0.0);
}

void TestServerLimits::rate()
{
    Server::Options options;
    options.maxRate = 5; // fifty at once
    Running running(options);
    Client bystander(1, running.channel());
    QTRY_COMPARE(bystander.state(), State::Synced);
    RawClient flood(running.server.port(), "/room");
    QTRY_COMPARE(flood.frames.size(), 1UL);
    const QByteArray query = RawClient::frame(0x82, QByteArray::fromHex("00000100"));
    flood.socket.write(query.repeated(40));
    QTRY_COMPARE(flood.frames.size(), 41UL); // each is answered
    flood.socket.write(query.repeated(100));
    QTRY_VERIFY(flood.closeCode());
    QCOMPARE(*flood.closeCode(), net::close_code::kPolicy);
    QCOMPARE(reasonFor(flood), "Too many messages in a short time"_ba);
    insert(bystander.doc, 0, u"undisturbed");
    QTRY_COMPARE(bystander.state(), State::Synced);
}

void TestServerLimits::theHostHasNoRate()
{
    Server::Options options;
    options.maxRate = 5;
    Running running(options);
    Client host(1, running.server.attach(u"/room"_s));
    for (int i = 0; i < 200; ++i) {
        insert(host.doc, 0, u"x");
    }
    QTRY_COMPARE(host.state(), State::Synced);
}

/// Each holds less than it may, and all together more: who holds most goes, nobody else.
void TestServerLimits::unfinishedMessages()
{
    constexpr qsizetype kSize = 1'000'000;
    Server::Options options;
    options.maxFrame = kSize;
    options.maxReceiving = 5'300'000; // five of that size, and some small ones
    Running running(options);
    const QByteArray query = RawClient::frame(0x82, QByteArray::fromHex("00000100"));
    RawClient modest(running.server.port(), "/room");
    QTRY_COMPARE(modest.frames.size(), 1UL);
    modest.socket.write(query.left(query.size() - 1));

    // Of a type that nobody knows, so that it is passed over when it is whole.
    const QByteArray large = RawClient::frame(0x82, QByteArray(kSize, '\x63'));
    const qsizetype part = large.size() - 100;
    for (int i = 0; i < 3; ++i) {
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"Too much is on its way"_s));
    }
    std::vector<std::unique_ptr<RawClient>> greedy;
    for (int i = 0; i < 8; ++i) {
        greedy.push_back(std::make_unique<RawClient>(running.server.port(), "/room"));
        QTRY_COMPARE(greedy.back()->frames.size(), 1UL);
        greedy.back()->socket.write(large.left(part));
    }
    const auto gone = [&greedy] {
        return std::ranges::count_if(greedy, [](const auto& client) {
            return client->socket.state() == QAbstractSocket::UnconnectedState;
        });
    };
    QTRY_COMPARE(gone(), 3);
    QTRY_VERIFY(running.server.gauges().receivingBytes > 4 * kSize);
    QVERIFY(running.server.gauges().receivingBytes <= options.maxReceiving);
    for (const auto& client : greedy) {
        if (client->socket.state() == QAbstractSocket::UnconnectedState) {
            QVERIFY(client->closeCode());
            QCOMPARE(*client->closeCode(), 1013);
            QCOMPARE(reasonFor(*client), "Too much is on its way to this server"_ba);
        } else {
            client->socket.write(large.mid(part)); // the others get through
        }
    }
    modest.socket.write(query.last(1));
    QTRY_COMPARE(modest.frames.size(), 2UL);
    QTRY_COMPARE(running.server.gauges().receivingBytes, 0);
    QCOMPARE(gone(), 3);
    QCOMPARE(running.server.connectionCount(), 6);
}

void TestServerLimits::clientsAndRooms_data()
{
    QTest::addColumn<int>("all");
    QTest::addColumn<int>("perRoom");
    QTest::addColumn<int>("rooms");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("reason");
    QTest::newRow("in all") << 2 << 9 << 9 << "/b"_ba << "Too many connections"_ba;
    QTest::newRow("in a room") << 9 << 2 << 9 << "/a"_ba << "This room is full"_ba;
    QTest::newRow("rooms") << 9 << 9 << 1 << "/b"_ba << "Too many rooms"_ba;
}

void TestServerLimits::clientsAndRooms()
{
    QFETCH(int, all);
    QFETCH(int, perRoom);
    QFETCH(int, rooms);
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, reason);
    Server::Options options;
    options.maxConnections = all;
    options.maxConnectionsPerRoom = perRoom;
    options.maxRooms = rooms;
    Running running(options);
    auto first = std::make_unique<RawClient>(running.server.port(), "/a");
    RawClient second(running.server.port(), "/a");
    QTRY_COMPARE(running.server.connectionCount(), 2);
    {
        RawClient third(running.server.port(), path);
        QTRY_VERIFY(third.closeCode());
        QCOMPARE(*third.closeCode(), 1013);
        QCOMPARE(reasonFor(third), reason);
        QCOMPARE(running.server.connectionCount(), 2);
    }
    first.reset();
    QTRY_COMPARE(running.server.connectionCount(), 1);
    RawClient next(running.server.port(), rooms == 1 ? "/a" : path); // there is room again
    QTRY_COMPARE(running.server.connectionCount(), 2);
}

void TestServerLimits::documentsSize()
{
    Server::Options options;
    options.maxDocument = 20'000;
    Running running(options);
    Client witness(1, running.channel());
    insert(witness.doc, 0, std::u16string(15'000, u'x'));
    QTRY_COMPARE(witness.state(), State::Synced);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"given up"_s));
    Client greedy(2, running.channel());
    QTRY_COMPARE(greedy.state(), State::Synced);
    insert(greedy.doc, 0, std::u16string(10'000, u'y'));
    QTRY_COMPARE(greedy.state(), State::Failed); // for good: it would only come back with the same
    QVERIFY2(greedy.provider.status().reason.contains(u"may not grow"_s),
        qPrintable(greedy.provider.status().reason));
    QCOMPARE(textOf(greedy.doc).size(), 25'000); // and keeps what it wrote

    insert(witness.doc, 0, u"small ");
    QTRY_COMPARE(witness.state(), State::Synced);
    erase(witness.doc, 0, 10'000); // deleting is always possible, and makes room
    QTRY_COMPARE(witness.state(), State::Synced);
    insert(witness.doc, 0, std::u16string(10'000, u'z'));
    QTRY_COMPARE(witness.state(), State::Synced);
    Client late(3, running.channel());
    QTRY_COMPARE(late.state(), State::Synced);
    QCOMPARE(textOf(late.doc), textOf(witness.doc));
    QVERIFY(!textOf(late.doc).contains(u'y'));
}

void TestServerLimits::storedDocumentsSize()
{
    QTemporaryDir dir;
    for (int round = 0; round < 2; ++round) {
        Server::Options options;
        options.maxDocument = 20'000;
        Running running(options);
        running.server.setStore(net::UpdateLog::open(dir.filePath(u"r.sqlite"_s)).value());
        Client writer(10 + static_cast<std::uint64_t>(round), running.channel());
        QTRY_COMPARE(writer.state(), State::Synced);
        if (round == 1) {
            QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"given up"_s));
        }
        insert(writer.doc, 0, std::u16string(12'000, u'x'));
        QTRY_COMPARE(writer.state(), round == 0 ? State::Synced : State::Failed);
    }
}

void TestServerLimits::whatWaitsCounts_data()
{
    QTest::addColumn<bool>("deletes");
    QTest::newRow("texts") << false;
    QTest::newRow("deletions") << true;
}

/// What builds on something that never comes takes room as well.
void TestServerLimits::whatWaitsCounts()
{
    QFETCH(bool, deletes);
    Server::Options options;
    options.maxDocument = 20'000;
    Running running(options);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"client-dropped"_s));
    RawClient client(running.server.port(), "/room");
    QTRY_COMPARE(client.frames.size(), 1UL);
    for (std::uint64_t id = 1; id <= 40; ++id) {
        const crdt::Bytes update = deletes ? deletionOfNothing(id) : textAfterNothing(id);
        client.socket.write(RawClient::frame(0x82, toByteArray(crdt::createUpdateMessage(update))));
    }
    QTRY_VERIFY(client.closeCode());
    QCOMPARE(*client.closeCode(), net::close_code::kDocumentFull);
    QCOMPARE(reasonFor(client), "This document may not grow any more"_ba);
}

/// Writing and deleting does not use the room up.
void TestServerLimits::growthIsLookedAtAgain()
{
    Server::Options options;
    options.maxDocument = 20'000;
    Running running(options);
    Client writer(1, running.channel());
    for (int i = 0; i < 6; ++i) {
        insert(writer.doc, 0, std::u16string(5'000, u'x'));
        erase(writer.doc, 0, 5'000);
        QTRY_COMPARE(writer.state(), State::Synced);
    }
}

void TestServerLimits::closesWithItsCode()
{
    Running running;
    RawClient guest(running.server.port(), "/room");
    QTRY_COMPARE(running.server.connectionCount(), 1);
    running.server.close(net::close_code::kServiceRestart, u"Back in a minute"_s);
    QTRY_VERIFY(guest.closeCode());
    QCOMPARE(*guest.closeCode(), 1012);
    QCOMPARE(reasonFor(guest), "Back in a minute"_ba);
    QTRY_COMPARE(running.server.socketCount(), 0);
}

namespace {

/// A certificate for 127.0.0.1 of this test's own; nothing where openssl is missing.
std::optional<QSslConfiguration> ownCertificate(const QTemporaryDir& dir)
{
    QProcess openssl;
    openssl.setWorkingDirectory(dir.path());
    openssl.start(u"openssl"_s,
        {u"req"_s, u"-x509"_s, u"-newkey"_s, u"rsa:2048"_s, u"-nodes"_s, u"-subj"_s,
            u"/CN=127.0.0.1"_s, u"-addext"_s, u"subjectAltName=IP:127.0.0.1"_s, u"-keyout"_s,
            u"key"_s, u"-out"_s, u"cert"_s});
    QFile key(dir.filePath(u"key"_s));
    if (!openssl.waitForFinished() || openssl.exitCode() != 0 || !key.open(QFile::ReadOnly)) {
        return std::nullopt;
    }
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setLocalCertificateChain(QSslCertificate::fromPath(dir.filePath(u"cert"_s)));
    tls.setPrivateKey(QSslKey(&key, QSsl::Rsa));
    tls.setPeerVerifyMode(QSslSocket::VerifyNone);
    return tls;
}

/// A WebSocket client over TLS that can stop reading.
class SecureClient
{
public:
    explicit SecureClient(quint16 port)
    {
        socket.setPeerVerifyMode(QSslSocket::VerifyNone);
        QObject::connect(&socket, &QSslSocket::encrypted, &socket, [this] {
            socket.write("GET /room HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                         "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                         "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        });
        socket.connectToHostEncrypted(u"127.0.0.1"_s, port);
    }
    QSslSocket socket;
};

} // namespace

void TestServerLimits::tls()
{
    const QTemporaryDir dir;
    const auto own = ownCertificate(dir);
    if (!own) {
        QSKIP("openssl is needed to make a certificate");
    }
    Server server;
    server.setTls(*own);
    QVERIFY(server.listen(QHostAddress::LocalHost, 0));
    QVERIFY2(server.url().startsWith(u"wss://127.0.0.1:"_s), qPrintable(server.url()));
    SecureClient guest(server.port());
    QTRY_VERIFY(guest.socket.bytesAvailable() > 0);
    QVERIFY(guest.socket.peek(100).startsWith("HTTP/1.1 101"));
    QTRY_COMPARE(server.connectionCount(), 1);

    // Those who speak no TLS are sent away, and harm nobody.
    RawClient plain(server.port(), "/room");
    QTRY_COMPARE(plain.socket.state(), QAbstractSocket::UnconnectedState);
    QVERIFY(plain.frames.empty());
    SecureClient other(server.port());
    QTRY_COMPARE(server.connectionCount(), 2);
}

/// What is encrypted and not yet sent counts as waiting.
void TestServerLimits::slowUnderTls()
{
    const QTemporaryDir dir;
    const auto own = ownCertificate(dir);
    if (!own) {
        QSKIP("openssl is needed to make a certificate");
    }
    Server::Options options;
    options.maxQueued = 1'000'000;
    Server server(options);
    server.setTls(*own);
    QVERIFY(server.listen(QHostAddress::LocalHost, 0));
    Client writer(1, server.attach(u"/room"_s));
    QTRY_COMPARE(writer.state(), State::Synced);
    SecureClient stuck(server.port());
    QTRY_COMPARE(server.connectionCount(), 2);
    stuck.socket.setReadBufferSize(1'000);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"eads too slowly"_s));
    const std::u16string page(1'000'000, u'x');
    for (int i = 0; i < 200 && server.connectionCount() > 1; ++i) {
        insert(writer.doc, 0, page);
        QTRY_COMPARE(writer.state(), State::Synced);
    }
    QTRY_COMPARE(server.connectionCount(), 1);
}

void TestServerLimits::tooManyBytes_data()
{
    QTest::addColumn<bool>("secure");
    QTest::newRow("plain") << false;
    QTest::newRow("TLS") << true;
}

/// Who sends more than may be is not closed: the bytes stay with him, and nobody else waits.
void TestServerLimits::tooManyBytes()
{
    QFETCH(bool, secure);
    constexpr qsizetype kMessage = 100'000;
    constexpr int kMessages = 400;
    const QTemporaryDir dir;
    Server::Options options;
    options.maxBytesRate = 2'000'000;
    Server server(options);
    if (secure) {
        const auto own = ownCertificate(dir);
        if (!own) {
            QSKIP("openssl is needed to make a certificate");
        }
        server.setTls(*own);
    }
    QVERIFY(server.listen(QHostAddress::LocalHost, 0));
    std::unique_ptr<RawClient> raw;
    std::unique_ptr<SecureClient> overTls;
    if (secure) {
        overTls = std::make_unique<SecureClient>(server.port());
        QTRY_VERIFY(overTls->socket.bytesAvailable() > 0);
    } else {
        raw = std::make_unique<RawClient>(server.port(), "/room");
    }
    QTRY_COMPARE(server.connectionCount(), 1);
    QTcpSocket& socket = secure ? overTls->socket : raw->socket;
    const QByteArray message = RawClient::frame(0x82, QByteArray(kMessage, '\x63'));
    QElapsedTimer clock;
    clock.start();
    socket.write(message.repeated(kMessages));
    // Four seconds' worth come at once; when one more is there, a second has passed.
    QTRY_VERIFY(server.metrics().bytesIn >= 100 * kMessage);
    QVERIFY2(clock.elapsed() >= 950, QByteArray::number(clock.elapsed()).constData());
    const qint64 left =
        socket.bytesToWrite() + (secure ? overTls->socket.encryptedBytesToWrite() : 0);
    QVERIFY2(left > kMessage * kMessages / 2, QByteArray::number(left).constData());
    QCOMPARE(server.connectionCount(), 1);

    Client other(1, server.attach(u"/room"_s));
    clock.restart();
    QTRY_COMPARE(other.state(), State::Synced);
    QVERIFY(clock.elapsed() < 500);
}

/// Pauses are longer than two pings, and what comes in the end is answered.
void TestServerLimits::slowedDownIsNotDead()
{
    Server::Options options;
    options.maxBytesRate = 100'000;
    options.pingEvery = 100ms;
    Running running(options);
    RawClient client(running.server.port(), "/room");
    QTRY_VERIFY(!client.frames.empty());
    client.socket.write(RawClient::frame(0x82, QByteArray(500'000, '\x63'))
        + RawClient::frame(0x82, QByteArray::fromHex("00000100")));
    QTRY_VERIFY(std::ranges::any_of(
        client.frames, [](const auto& frame) { return frame.payload.startsWith("\0\1"_ba); }));
    QVERIFY(!client.closeCode());
}

QTEST_GUILESS_MAIN(TestServerLimits)
#include "tst_server_limits.moc"
