// SPDX-License-Identifier: MIT
// Who is let into a room, what the others are told, and what a reader may do.
#include "net/server/refusals.h"
#include "raw_client.h"
#include "server_harness.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QTest>
#include <QUrl>

// The QTRY_ macros of Qt 6.8 convert inside.
#pragma GCC diagnostic ignored "-Wconversion"

using namespace tutti;
using namespace tutti::net::test;
using namespace Qt::StringLiterals;
using net::AccessPolicy;
using net::Right;
using net::RoomRequest;
using State = net::ProviderStatus::State;

namespace {

const QByteArray kReadOnly = QByteArray::fromHex("020208") + "readonly";

void expectRefusal() { QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"refused"_s)); }

} // namespace

class TestServerAccess : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tokensInQueries_data();
    void tokensInQueries();
    void policy_data();
    void policy();
    void refusedWithWords_data();
    void refusedWithWords();
    void refusalsDoNotTellTokens();
    void guessingTakesTime();
    void withATokenOneEdits();
    void aReaderReads();
    void aReaderChangesNothing_data();
    void aReaderChangesNothing();
    void aReaderIsSeen();
    void rightsAreWithdrawn();
    void theHostNeedsNoToken();
    void originsOfBrowsers_data();
    void originsOfBrowsers();
    void oddRequests_data();
    void oddRequests();
};

void TestServerAccess::tokensInQueries_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QByteArray>("token");
    QTest::newRow("none") << QByteArray() << QByteArray();
    QTest::newRow("alone") << "token=abc"_ba << "abc"_ba;
    QTest::newRow("among others") << "a=1&token=abc&b=2"_ba << "abc"_ba;
    QTest::newRow("another's end") << "xtoken=abc"_ba << QByteArray();
    QTest::newRow("empty") << "token="_ba << QByteArray();
    QTest::newRow("encoded") << "token=a%2Fb%3D%26%C3%BC"_ba << "a/b=&\xc3\xbc"_ba;
    QTest::newRow("with equals signs") << "token=YWI=="_ba << "YWI=="_ba;
    QTest::newRow("the first counts") << "token=a&token=b"_ba << "a"_ba;
}

void TestServerAccess::tokensInQueries()
{
    QFETCH(QByteArray, query);
    QTEST((RoomRequest{u"/r"_s, query, {}}.token()), "token");
}

void TestServerAccess::policy_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<int>("code"); ///< 0: let in
    QTest::addColumn<bool>("edits");
    const auto row = [](const char* path, const char* token, int code, bool edits = false) {
        QTest::addRow("%s with %s", path, token)
            << QString::fromLatin1(path) << QByteArray(token) << code << edits;
    };
    row("/a", "", 4401);
    row("/a", "wrong", 4403);
    row("/a", "edit", 0, true);
    row("/b", "edit", 0, true);
    row("/a", "read", 0);
    row("/a", "edit-a", 0, true);
    row("/b", "edit-a", 4403);
    row("/a/", "edit-a", 4403);
    row("/b", "read-b", 0);
    row("/a", "read-b", 4403);
    row("/a", "both", 0, true);
    row("/b", "both", 0); // edits in /a, reads elsewhere
    row("/a", "edi", 4403);
    row("/a", "edit ", 4403);
    row("/a", "EDIT", 4403);
}

void TestServerAccess::policy()
{
    QFETCH(QString, path);
    QFETCH(QByteArray, token);
    QFETCH(int, code);
    AccessPolicy policy;
    QVERIFY(!policy.needsToken());
    QVERIFY(policy.check({path, {}, {}}) == Right::Edit); // open at first
    policy.allowToken("edit", Right::Edit);
    policy.allowToken("read", Right::Read);
    policy.allowToken("edit-a", Right::Edit, u"/a"_s);
    policy.allowToken("read-b", Right::Read, u"/b"_s);
    policy.allowToken("both", Right::Edit, u"/a"_s);
    policy.allowToken("both", Right::Read);
    QVERIFY(policy.needsToken());
    const auto right = policy.check(
        {path, token.isEmpty() ? QByteArray() : "token=" + token.toPercentEncoding(), {}});
    QCOMPARE(right.has_value(), code == 0);
    if (right) {
        QTEST(*right == Right::Edit, "edits");
    } else {
        QCOMPARE(right.error().code, code);
        QVERIFY(!right.error().reason.isEmpty() && !right.error().reason.endsWith(u'.'));
    }
}

void TestServerAccess::refusedWithWords_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<int>("code");
    QTest::newRow("without a token") << QString() << 4401;
    QTest::newRow("with a wrong one") << u"?token=guess"_s << 4403;
    QTest::newRow("with that of another room") << u"?token=other"_s << 4403;
}

/// Not by an HTTP status, which a browser's JavaScript never sees; and no room is made for them.
void TestServerAccess::refusedWithWords()
{
    QFETCH(QString, query);
    QFETCH(int, code);
    Running running;
    running.server.access().allowToken("secret", Right::Edit);
    running.server.access().allowToken("other", Right::Edit, u"/other"_s);
    expectRefusal();
    RawClient raw(running.server.port(), "/room" + query.toLatin1());
    QTRY_VERIFY(raw.closeCode());
    QVERIFY(raw.answer.startsWith("HTTP/1.1 101"));
    QCOMPARE(*raw.closeCode(), code);
    QCOMPARE(raw.frames.size(), 1UL); // nothing of the room
    QCOMPARE(running.server.roomCount(), 0);
    QCOMPARE(running.server.connectionCount(), 0);
    QTRY_COMPARE(raw.socket.state(), QAbstractSocket::UnconnectedState);

    expectRefusal();
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"given up"_s));
    const QByteArray room = "room" + query.toLatin1();
    Client client(1, running.channel(room.constData()));
    QTRY_COMPARE(client.state(), State::Denied); // final, and in words
    QVERIFY2(client.provider.status().reason.contains(u"access token"_s),
        qPrintable(client.provider.status().reason));
}

void TestServerAccess::refusalsDoNotTellTokens()
{
    Running running;
    running.server.access().allowToken("secret", Right::Edit);
    QTest::failOnWarning(QRegularExpression(u"guess|secret"_s));
    expectRefusal();
    RawClient raw(running.server.port(), "/room?token=guess");
    QTRY_VERIFY(raw.closeCode());
    QVERIFY(!raw.frames[0].payload.contains("guess"));
}

/// Who guesses waits; who knows does not, nor do those from elsewhere.
void TestServerAccess::guessingTakesTime()
{
    net::Refusals refusals;
    const QHostAddress here(QHostAddress::LocalHost);
    const net::Refusals::Clock::time_point start = net::Refusals::Clock::now();
    QCOMPARE(refusals.add(here, start), 1);
    QCOMPARE(refusals.add(here, start + std::chrono::seconds(50)), 2);
    QCOMPARE(refusals.add(QHostAddress(u"192.0.2.1"_s), start), 1);
    QCOMPARE(refusals.add(here, start + std::chrono::seconds(100)), 3);
    QCOMPARE(refusals.add(here, start + std::chrono::seconds(200)), 1);

    const auto guess = [](const Running& running) {
        expectRefusal();
        return std::make_unique<RawClient>(running.server.port(), "/room?token=guess");
    };
    for (const bool waits : {true, false}) { // for ever, or some milliseconds
        net::Server::Options options;
        options.refusalPause = waits ? std::chrono::hours(1) : std::chrono::milliseconds(300);
        Running running(options);
        running.server.access().allowToken("secret", Right::Edit);
        for (int i = 0; i < 5; ++i) {
            const auto early = guess(running);
            QTRY_VERIFY(early->closeCode());
            QCOMPARE(*early->closeCode(), 4403);
        }
        QElapsedTimer clock;
        clock.start();
        const auto late = waits
            ? std::make_unique<RawClient>(running.server.port(), "/room?token=guess")
            : guess(running);
        Client ada(1, running.channel("room?token=secret"));
        insert(ada.doc, 0, u"x");
        QTRY_COMPARE(ada.state(), State::Synced);
        if (waits) {
            QVERIFY(late->frames.empty());
        } else {
            QTRY_VERIFY(late->closeCode());
            QCOMPARE(*late->closeCode(), 4403);
            QVERIFY(clock.elapsed() >= 300);
        }
    }
}

void TestServerAccess::withATokenOneEdits()
{
    Running running;
    running.server.access().allowToken("s e/c=r&t", Right::Edit);
    Client ada(1, running.channel("room?token=s%20e%2Fc%3Dr%26t"));
    Client bob(2, running.channel("room?other=1&token=s%20e%2Fc%3Dr%26t"));
    insert(ada.doc, 0, u"hello");
    QTRY_COMPARE(ada.state(), State::Synced);
    QTRY_COMPARE(textOf(bob.doc), u"hello"_s);
    QCOMPARE(running.server.roomCount(), 1);
}

void TestServerAccess::aReaderReads()
{
    Running running;
    running.server.access().allowToken("write", Right::Edit);
    running.server.access().allowToken("look", Right::Read);
    Client writer(1, running.channel("room?token=write"));
    insert(writer.doc, 0, u"before ");
    QTRY_COMPARE(writer.state(), State::Synced);
    Bare told(running.channel("room?token=look"));
    QTRY_COMPARE(told.received.size(), 2);
    QCOMPARE(told.frame(0), kReadOnly); // before anything else
    QVERIFY(told.frame(1).startsWith(QByteArray("\0\0", 2)));
    Client reader(2, running.channel("room?token=look"));
    QTRY_COMPARE(textOf(reader.doc), u"before "_s);
    insert(writer.doc, 7, u"and after");
    QTRY_COMPARE(textOf(reader.doc), u"before and after"_s);
    Bare editor(running.channel("room?token=write"));
    QTRY_VERIFY(!editor.received.isEmpty());
    QVERIFY(editor.frame(0) != kReadOnly);
}

void TestServerAccess::aReaderChangesNothing_data()
{
    QTest::addColumn<int>("kind");
    QTest::newRow("by a step 2") << 1;
    QTest::newRow("by an update") << 2;
}

void TestServerAccess::aReaderChangesNothing()
{
    QFETCH(int, kind);
    Running running;
    running.server.access().allowToken("write", Right::Edit);
    running.server.access().allowToken("look", Right::Read);
    Bare witness(running.channel("room?token=write"));
    QTRY_COMPARE(witness.received.size(), 1);
    Bare reader(running.channel("room?token=look"));
    QTRY_COMPARE(reader.received.size(), 2);
    const QByteArray step2 = QByteArray::fromHex("0001") + '\x19'
        + QByteArray::fromHex("0101e9070004010a") + "codemirror\x05Hello" + '\0';
    QByteArray frame = step2;
    frame[1] = static_cast<char>(kind);
    reader.channel->send(QByteArray::fromHex("0001020000")); // as every client begins
    reader.channel->send(QByteArray::fromHex("00000100")); // "what is there?"
    QTRY_COMPARE(reader.received.size(), 3);
    QCOMPARE(reader.frame(2), QByteArray::fromHex("0001020000"));
    reader.channel->send(frame);
    reader.channel->send(QByteArray::fromHex("00000100")); // the answer would be a receipt
    reader.channel->send(QByteArray::fromHex("03")); // so there is but this one
    crdt::Awareness awareness{crdt::ClientId(1'001)};
    awareness.setLocalState(named("Reader"));
    reader.say(awareness);
    QTRY_COMPARE(reader.received.size(), 5);
    QVERIFY(reader.frame(3).startsWith('\1') && reader.frame(4).startsWith('\1'));
    QCOMPARE(reader.closed.size(), 0);
    QCOMPARE(witness.received.size(), 2); // the awareness alone
    witness.channel->send(frame); // the same from one who may
    QTRY_COMPARE(reader.received.size(), 6);
    QCOMPARE(reader.frame(5).left(2), QByteArray::fromHex("0002"));
}

void TestServerAccess::aReaderIsSeen()
{
    Running running;
    running.server.access().allowToken("write", Right::Edit);
    running.server.access().allowToken("look", Right::Read);
    Client writer(1, running.channel("room?token=write"));
    Client reader(2, running.channel("room?token=look"));
    reader.provider.awareness().setLocalState(named("Reader"));
    QTRY_COMPARE(nameOf(writer.provider.awareness(), crdt::ClientId(2)), QStringLiteral("Reader"));
}

/// Other rules hold for those who are in as well, and for nobody else than they are about.
void TestServerAccess::rightsAreWithdrawn()
{
    Running running;
    AccessPolicy before;
    before.allowToken("stays", Right::Edit);
    before.allowToken("sinks", Right::Edit);
    before.allowToken("goes", Right::Edit);
    before.allowToken("rises", Right::Read);
    running.server.setAccess(before);
    Client host(9, running.server.attach(u"/room"_s));
    Client stays(1, running.channel("room?token=stays"));
    Client sinks(2, running.channel("room?token=sinks"));
    Client goes(3, running.channel("room?token=goes"));
    Bare rises(running.channel("room?token=rises"));
    RawClient sinksToo(running.server.port(), "/room?token=sinks");
    insert(sinks.doc, 0, u"mine ");
    QTRY_COMPARE(sinks.state(), State::Synced);
    QTRY_COMPARE(textOf(goes.doc), u"mine "_s);
    QTRY_COMPARE(textOf(stays.doc), u"mine "_s);
    QTRY_COMPARE(host.state(), State::Synced);
    QTRY_COMPARE(running.server.connectionCount(), 6);

    AccessPolicy after;
    after.allowToken("stays", Right::Edit);
    after.allowToken("sinks", Right::Read);
    after.allowToken("rises", Right::Edit);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"withdrawn"_s));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"given up"_s));
    running.server.setAccess(after);
    // What was on its way changes nothing any more, and is not said to be there.
    sinksToo.socket.write(RawClient::frame(0x82,
        QByteArray::fromHex("000219") + QByteArray::fromHex("0101e90700") + QByteArray("\4\1\12")
            + "codemirror" + QByteArray("\5") + "Hello" + QByteArray(1, '\0')));
    QTRY_COMPARE(goes.state(), State::Denied);
    QCOMPARE(running.server.metrics().closedByUs.at(4403), 1U);
    QVERIFY2(goes.provider.status().reason.contains(u"withdrawn"_s),
        qPrintable(goes.provider.status().reason));
    QTRY_VERIFY(sinks.provider.status().readOnly);
    QTRY_VERIFY(std::ranges::any_of(
        sinksToo.frames, [](const auto& frame) { return frame.payload == kReadOnly; }));
    insert(sinks.doc, 0, u"not any more ");
    insert(stays.doc, 0, u"still ");
    QTRY_COMPARE(stays.state(), State::Synced);
    QTRY_COMPARE(textOf(host.doc), u"still mine "_s);
    QVERIFY(!stays.provider.status().readOnly);
    QTRY_COMPARE(running.server.connectionCount(), 5);

    // The same rules once more change nothing.
    const qsizetype told = static_cast<qsizetype>(sinksToo.frames.size());
    running.server.setAccess(after);
    insert(stays.doc, 0, u"x");
    QTRY_COMPARE(sinksToo.frames.size(), static_cast<std::size_t>(told) + 1);
    QVERIFY(sinksToo.frames.back().payload.startsWith(QByteArray("\0\2", 2)));
    QCOMPARE(textOf(host.doc), u"xstill mine "_s);
}

void TestServerAccess::theHostNeedsNoToken()
{
    Running running;
    running.server.access().allowToken("write", Right::Edit);
    Client host(1, running.server.attach(u"/room"_s));
    insert(host.doc, 0, u"mine");
    QTRY_COMPARE(host.state(), State::Synced);
    Client guest(2, running.channel("room?token=write"));
    QTRY_COMPARE(textOf(guest.doc), u"mine"_s);
}

void TestServerAccess::originsOfBrowsers_data()
{
    QTest::addColumn<QByteArray>("origin");
    QTest::addColumn<bool>("allowed");
    QTest::newRow("no browser") << QByteArray() << true;
    QTest::newRow("listed") << "https://example.org"_ba << true;
    QTest::newRow("in capitals") << "HTTPS://Example.Org"_ba << true;
    QTest::newRow("listed, with a port") << "http://localhost:5173"_ba << true;
    QTest::newRow("another port") << "http://localhost:5174"_ba << false;
    QTest::newRow("another scheme") << "http://example.org"_ba << false;
    QTest::newRow("a longer host") << "https://example.org.evil.test"_ba << false;
    QTest::newRow("a file") << "null"_ba << false;
}

void TestServerAccess::originsOfBrowsers()
{
    QFETCH(QByteArray, origin);
    QFETCH(bool, allowed);
    Running running;
    running.server.access().allowOrigin(u"https://example.org/"_s);
    running.server.access().allowOrigin(u"http://localhost:5173"_s);
    if (!allowed) {
        expectRefusal();
    }
    RawClient client(
        running.server.port(), "/room", origin.isEmpty() ? origin : "Origin: " + origin + "\r\n");
    QTRY_VERIFY(!client.frames.empty());
    QCOMPARE(client.closeCode().value_or(0), allowed ? 0 : 4403);
}

void TestServerAccess::oddRequests_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("status");
    QTest::addColumn<int>("code");
    QTest::newRow("a path out of any folder") << "/../../../etc/passwd"_ba << "101"_ba << 0;
    QTest::newRow("the same, encoded") << "/%2e%2e%2f%00"_ba << "101"_ba << 0;
    QTest::newRow("the root") << "/"_ba << "101"_ba << 0;
    QTest::newRow("as a proxy asks") << "http://host/room"_ba << "101"_ba << 0;
    QTest::newRow("a zero byte") << QByteArray("/a\0b", 4) << "400"_ba << 0;
    QTest::newRow("an escape") << "/a\033[31m"_ba << "400"_ba << 0;
    QTest::newRow("a line of its own") << "/a\nb"_ba << "400"_ba << 0;
    QTest::newRow("no path") << "room"_ba << "400"_ba << 0;
    QTest::newRow("the longest name") << '/' + QByteArray(1'023, 'x') << "101"_ba << 0;
    QTest::newRow("one longer") << '/' + QByteArray(1'024, 'x') << "101"_ba << 4400;
}

void TestServerAccess::oddRequests()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, status);
    QFETCH(int, code);
    Running running;
    RawClient client(running.server.port(), target);
    QTRY_VERIFY(!client.answer.isEmpty());
    QVERIFY2(client.answer.startsWith("HTTP/1.1 " + status), client.answer);
    if (status == "101") {
        QTRY_VERIFY(!client.frames.empty());
    }
    QCOMPARE(client.closeCode().value_or(0), code);
    QCOMPARE(running.server.roomCount(), status == "101" && code == 0 ? 1 : 0);
    Client bystander(1, running.channel());
    QTRY_COMPARE(bystander.state(), State::Synced);
}

QTEST_GUILESS_MAIN(TestServerAccess)
#include "tst_server_access.moc"
