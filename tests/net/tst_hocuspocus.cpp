// SPDX-License-Identifier: MIT
// The Hocuspocus protocol, against a small server that says what the real ones were seen to say.
#include "hocuspocus_server.h"
#include "net/connector.h"
#include "net/hocuspocus_channel.h"
#include "net/provider.h"

#include <QProcess>
#include <QSignalSpy>
#include <QTest>

#include <memory>

// The QTRY_ macros of Qt 6.8 convert inside.
#pragma GCC diagnostic ignored "-Wconversion"

using namespace tutti;
using namespace tutti::net;
using namespace tutti::net::test;
using namespace std::chrono_literals;
using State = ProviderStatus::State;

namespace {

const QString kDoc = QStringLiteral("ts");

/// A document, and its Provider on that server.
struct Peer
{
    Peer(Connector& connector, const RoomAddress& address, const QString& token = {},
        std::uint64_t client = 1001)
        : doc(makeDoc(client))
        , provider(doc, connector.channelTo(address, fixedToken(token)), options())
    {
        provider.start();
    }
    static Provider::Options options()
    {
        Provider::Options options;
        options.confirmAfter = 1ms; // where nothing is to be asked, it would be by then
        return options;
    }
    [[nodiscard]] const ProviderStatus& status() const { return provider.status(); }
    HocuspocusChannel& channel() { return static_cast<HocuspocusChannel&>(provider.channel()); }

    crdt::Doc doc;
    Provider provider;
};

/// Bytes as written in hex, spaces allowed.
QByteArray bytes(const char* hex) { return QByteArray::fromHex(hex); }

/// Whether messages went to the server and back a few times.
bool roundTrips(HocuspocusServer& server, Peer& peer)
{
    QSignalSpy back(&peer.channel(), &HocuspocusChannel::stateless);
    for (int i = 1; i <= 5; ++i) {
        peer.channel().sendStateless(QStringLiteral("%1").arg(i));
        const QByteArray sent = "\5\1" + QByteArray::number(i);
        if (!QTest::qWaitFor([&] { return server.heard(kDoc).contains(sent); })) {
            return false;
        }
        server.tell(kDoc, sent);
        if (!QTest::qWaitFor([&] { return back.size() == i; })) {
            return false;
        }
    }
    return true;
}

CloseInfo closeInfo(const QSignalSpy& spy) { return spy.at(0).at(0).value<CloseInfo>(); }

} // namespace

class TestHocuspocus : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theBytesOfTheTranscripts()
    {
        HocuspocusServer server;
        Connector connector;
        const auto channel =
            connector.channelTo(server.address(kDoc), fixedToken(QStringLiteral("secret")));
        QSignalSpy opened(channel.get(), &Channel::opened);
        QSignalSpy received(channel.get(), &Channel::received);
        QSignalSpy acknowledged(channel.get(), &Channel::acknowledged);
        channel->open();
        QVERIFY(opened.isEmpty());
        QTRY_COMPARE(opened.size(), 1);
        // 02 "ts" 02 00 06 "secret", and back: … 02 02 0a "read-write"
        QCOMPARE(server.heard(kDoc).value(0), bytes("0200 06736563726574"));
        QCOMPARE(received.at(0).at(0).toByteArray(), bytes("0202 0a726561642d7772697465"));

        const QByteArray hello =
            bytes("0002 19 0101e9070004010a636f64656d6972726f72 0548656c6c6f 00");
        channel->send(hello);
        QTRY_COMPARE(acknowledged.size(), 1);
        QVERIFY(acknowledged.at(0).at(0).toBool());
        QCOMPARE(server.heard(kDoc).value(1), hello);
        QCOMPARE(textOf(server.doc(kDoc)), QStringLiteral("Hello"));
        QTRY_COMPARE(received.size(), 2); // the echo
        QCOMPARE(received.at(1).at(0).toByteArray(), hello);

        channel->close();
        QTRY_COMPARE(server.heard(kDoc).last(), bytes("07"));
        QTRY_COMPARE(server.connections(), 0);
    }

    void anEmptyTokenIsSaid()
    {
        HocuspocusServer server;
        Connector connector;
        const auto channel = connector.channelTo(server.address(kDoc));
        QSignalSpy opened(channel.get(), &Channel::opened);
        channel->open();
        QTRY_COMPARE(opened.size(), 1);
        QCOMPARE(server.heard(kDoc).value(0), bytes("020000"));
    }

    void textAndPresenceBothWays()
    {
        HocuspocusServer server;
        insert(server.doc(kDoc), 0, u"there");
        Connector connector;
        Peer ada(connector, server.address(kDoc));
        Connector other;
        Peer grace(other, server.address(kDoc), {}, 2002);
        QTRY_COMPARE(ada.status().state, State::Synced);
        QTRY_COMPARE(grace.status().state, State::Synced);
        QCOMPARE(textOf(ada.doc), QStringLiteral("there"));
        insert(ada.doc, 5, u" and");
        QTRY_COMPARE(textOf(grace.doc), QStringLiteral("there and"));
        insert(grace.doc, 0, u"here, ");
        QTRY_COMPARE(textOf(ada.doc), QStringLiteral("here, there and"));
        QTRY_COMPARE(grace.status().state, State::Synced);
        ada.provider.awareness().setLocalState(test::named("Ada"));
        QTRY_COMPARE(nameOf(grace.provider.awareness(), ada.doc.clientId()), QStringLiteral("Ada"));
        QCOMPARE(textOf(server.doc(kDoc)), textOf(ada.doc));
    }

    void syncedOnlyWhenSaved()
    {
        HocuspocusServer server;
        Connector connector;
        Peer peer(connector, server.address(kDoc));
        QTRY_COMPARE(peer.status().state, State::Synced);
        server.saves = false; // it echoes to others, but says nothing to us
        QSignalSpy acknowledged(&peer.channel(), &Channel::acknowledged);
        insert(peer.doc, 0, u"a");
        erase(peer.doc, 0, 1); // whose echo proves nothing: others may have deleted it too
        QTRY_COMPARE(textOf(server.doc(kDoc)), QString());
        const auto changes = [&server] {
            int count = 0;
            for (const QByteArray& one : server.heard(kDoc)) {
                count += one.startsWith(QByteArray("\0\2", 2)) ? 1 : 0;
            }
            return count;
        };
        QTRY_COMPARE(changes(), 2);
        QVERIFY(roundTrips(server, peer)); // time for the question that would settle it elsewhere
        QCOMPARE(peer.status().state, State::Pending);
        QCOMPARE(acknowledged.size(), 0);
        server.tell(kDoc, bytes("0801"));
        server.tell(kDoc, bytes("0801"));
        QTRY_COMPARE(peer.status().state, State::Synced);
        QCOMPARE(peer.status().pendingChanges, 0);
    }

    void offlineEditsMerge()
    {
        HocuspocusServer server;
        Connector connector;
        Peer ada(connector, server.address(kDoc));
        QTRY_COMPARE(ada.status().state, State::Synced);
        insert(ada.doc, 0, u"one ");
        QTRY_COMPARE(ada.status().state, State::Synced);
        server.stop();
        QTRY_COMPARE(ada.status().state, State::Offline);
        insert(ada.doc, 4, u"mine ");
        insert(server.doc(kDoc), 0, u"theirs ");
        server.listen();
        QTRY_COMPARE(ada.status().state, State::Synced);
        QCOMPARE(textOf(ada.doc), QStringLiteral("theirs one mine "));
        QCOMPARE(textOf(server.doc(kDoc)), textOf(ada.doc));
        QVERIFY(ada.status().merged);
        QCOMPARE(ada.status().merged->mine, 1);
    }

    void deniedIsFinal_data()
    {
        QTest::addColumn<QString>("refusal");
        QTest::addColumn<QString>("words");
        QTest::newRow("plain") << "permission-denied" << "Permission denied";
        QTest::newRow("reason") << "the trial is over" << "Permission denied: the trial is over";
    }

    void deniedIsFinal()
    {
        QFETCH(QString, refusal);
        HocuspocusServer server;
        server.refusal = refusal;
        Connector connector;
        Peer peer(connector, server.address(kDoc), QStringLiteral("wrong"));
        QTRY_COMPARE(peer.status().state, State::Denied);
        QTEST(peer.status().reason, "words");
        QTRY_COMPARE(server.connections(), 0);
        QCOMPARE(server.totalConnections, 1);
        server.allowed.insert(QStringLiteral("wrong"));
        peer.provider.retryNow();
        QTRY_COMPARE(peer.status().state, State::Synced);
    }

    void readOnly()
    {
        HocuspocusServer server;
        insert(server.doc(kDoc), 0, u"look");
        Connector connector;
        Peer peer(connector, server.address(kDoc), QStringLiteral("readonly"));
        QTRY_COMPARE(peer.status().state, State::Synced);
        QVERIFY(peer.status().readOnly);
        QCOMPARE(textOf(peer.doc), QStringLiteral("look"));
        insert(server.doc(kDoc), 4, u" here");
        server.tell(kDoc, toByteArray(crdt::createUpdateMessage(server.doc(kDoc).getUpdate())));
        QTRY_COMPARE(textOf(peer.doc), QStringLiteral("look here"));
        QCOMPARE(peer.status().state, State::Synced);

        insert(peer.doc, 0, u"mine"); // an editor would not allow it
        QTRY_COMPARE(peer.status().state, State::Pending);
        QCOMPARE(peer.status().pendingChanges, 1);
        QVERIFY(roundTrips(server, peer));
        QCOMPARE(peer.status().state, State::Pending);
        QCOMPARE(textOf(server.doc(kDoc)), QStringLiteral("look here"));
    }

    void editsMadeBeforeAreRefused()
    {
        HocuspocusServer server;
        Connector connector;
        crdt::Doc doc = makeDoc(1001);
        insert(doc, 0, u"written before");
        Provider provider(
            doc, connector.channelTo(server.address(kDoc), fixedToken(QStringLiteral("readonly"))));
        QSignalSpy synced(&provider, &Provider::synced);
        provider.start();
        QTRY_COMPARE(synced.size(), 1);
        QTRY_COMPARE(provider.status().state, State::Pending);
        QVERIFY(provider.status().readOnly);
        QCOMPARE(provider.status().pendingChanges, 1);
        QCOMPARE(textOf(server.doc(kDoc)), QString());
    }

    void aRefusalLaterMakesItReadOnly()
    {
        HocuspocusServer server;
        Connector connector;
        Peer peer(connector, server.address(kDoc));
        QTRY_COMPARE(peer.status().state, State::Synced);
        QVERIFY(!peer.status().readOnly);
        server.saves = false;
        erase(peer.doc, 0, 0);
        insert(peer.doc, 0, u"x");
        QTRY_COMPARE(textOf(server.doc(kDoc)), QStringLiteral("x"));
        server.tell(kDoc, bytes("0800"));
        QTRY_VERIFY(peer.status().readOnly);
    }

    void aFreshTokenForEachConnection()
    {
        HocuspocusServer server;
        server.allowed = {QStringLiteral("t1"), QStringLiteral("t2"), QStringLiteral("t3")};
        Connector connector;
        int asked = 0;
        const auto source = [&asked](QObject*, const auto& callBack) {
            callBack(Token(QStringLiteral("t%1").arg(++asked)));
        };
        crdt::Doc doc = makeDoc(1001);
        Provider provider(doc, connector.channelTo(server.address(kDoc), source));
        provider.start();
        QTRY_COMPARE(provider.status().state, State::Synced);
        QCOMPARE(asked, 1);
        server.stop();
        server.listen();
        QTRY_COMPARE(asked, 2);
        QTRY_COMPARE(provider.status().state, State::Synced);
        server.tell(kDoc, bytes("0200")); // it wants one in between
        QTRY_COMPARE(server.heard(kDoc).last(), bytes("0200 027433"));
        QCOMPARE(provider.status().state, State::Synced);
    }

    void noTokenToBeHad()
    {
        HocuspocusServer server;
        Connector connector;
        const auto channel =
            connector.channelTo(server.address(kDoc), tokenFromCommand(QStringLiteral("exit 3")));
        QSignalSpy closed(channel.get(), &Channel::closed);
        channel->open();
        QTRY_COMPARE(closed.size(), 1);
        QVERIFY2(closeInfo(closed).reason.contains(QStringLiteral("status 3")),
            qPrintable(closeInfo(closed).reason));
        QVERIFY(!closeInfo(closed).terminal);
        QVERIFY(server.heard(kDoc).isEmpty());
    }

    void aTokenFromACommand()
    {
        HocuspocusServer server;
        Connector connector;
        const auto channel = connector.channelTo(
            server.address(kDoc), tokenFromCommand(QStringLiteral("printf 'sec'; echo ret")));
        QSignalSpy opened(channel.get(), &Channel::opened);
        channel->open();
        QTRY_COMPARE(opened.size(), 1);
        QCOMPARE(server.heard(kDoc).value(0), bytes("0200 06736563726574"));
    }

    void theServerClosesTheDocument()
    {
        HocuspocusServer server;
        Connector connector;
        Peer peer(connector, server.address(kDoc));
        QTRY_COMPARE(peer.status().state, State::Synced);
        QSignalSpy closed(&peer.channel(), &Channel::closed);
        server.tell(kDoc, bytes("07 07 65787069726564")); // "expired"
        QTRY_COMPARE(closed.size(), 1);
        QVERIFY(closeInfo(closed).reason.endsWith(QStringLiteral("expired")));
        QVERIFY(!closeInfo(closed).terminal);
        QTRY_COMPARE(peer.status().state, State::Synced); // by itself
    }

    void closeCodes_data()
    {
        QTest::addColumn<int>("code");
        QTest::addColumn<bool>("terminal");
        QTest::addColumn<bool>("denied");
        QTest::newRow("reset") << 4205 << false << false;
        QTest::newRow("unauthorized") << 4401 << true << true;
        QTest::newRow("forbidden") << 4403 << true << true;
        QTest::newRow("silent for 120 s") << 4408 << false << false;
        QTest::newRow("too big") << 1009 << true << false;
    }

    void closeCodes()
    {
        QFETCH(int, code);
        HocuspocusServer server;
        Connector connector;
        const auto channel = connector.channelTo(server.address(kDoc));
        QSignalSpy opened(channel.get(), &Channel::opened);
        QSignalSpy closed(channel.get(), &Channel::closed);
        channel->open();
        QTRY_COMPARE(opened.size(), 1);
        server.closeSockets(code, QStringLiteral("why"));
        QTRY_COMPARE(closed.size(), 1);
        QCOMPARE(closeInfo(closed).code, code);
        QCOMPARE(closeInfo(closed).reason, QStringLiteral("why"));
        QTEST(closeInfo(closed).terminal, "terminal");
        QTEST(closeInfo(closed).denied, "denied");
    }

    void severalDocumentsOverOneSocket()
    {
        HocuspocusServer server;
        Connector connector;
        const QString second = QStringLiteral("notes/zwei");
        Peer a(connector, server.address(kDoc));
        Peer b(connector, server.address(second), QStringLiteral("secret"), 2002);
        QTRY_COMPARE(a.status().state, State::Synced);
        QTRY_COMPARE(b.status().state, State::Synced);
        QCOMPARE(server.totalConnections, 1);
        insert(a.doc, 0, u"in a");
        insert(b.doc, 0, u"in b");
        QTRY_COMPARE(textOf(server.doc(kDoc)), QStringLiteral("in a"));
        QTRY_COMPARE(textOf(server.doc(second)), QStringLiteral("in b"));
        QTRY_COMPARE(a.status().state, State::Synced);

        // One leaves and comes back; the other does not notice.
        QSignalSpy closed(&b.channel(), &Channel::closed);
        a.provider.stop();
        QTRY_COMPARE(server.heard(kDoc).last(), bytes("07"));
        a.provider.start();
        QTRY_COMPARE(a.status().state, State::Synced);
        QCOMPARE(closed.size(), 0);
        QCOMPARE(server.totalConnections, 1);
        // One is denied; the other goes on.
        Peer c(connector, server.address(QStringLiteral("third")), QStringLiteral("wrong"), 3003);
        QTRY_COMPARE(c.status().state, State::Denied);
        insert(b.doc, 0, u"still ");
        QTRY_COMPARE(textOf(server.doc(second)), QStringLiteral("still in b"));
        QCOMPARE(server.totalConnections, 1);
        // The socket breaks for all, and all come back over one.
        server.stop();
        server.listen();
        QTRY_COMPARE(a.status().state, State::Offline);
        QTRY_COMPARE(a.status().state, State::Synced);
        QTRY_COMPARE(b.status().state, State::Synced);
        // The same document once more needs another socket.
        Peer d(connector, server.address(kDoc), {}, 4004);
        const int before = server.connections();
        QTRY_COMPARE(d.status().state, State::Synced);
        QCOMPARE(server.connections(), before + 1);
        QTRY_COMPARE(textOf(d.doc), QStringLiteral("in a"));
        a.provider.stop();
        b.provider.stop();
        d.provider.stop();
        QTRY_COMPARE(server.connections(), 0);
    }

    void aSilentGoodbyeIsNotWaitedForLong()
    {
        HocuspocusServer server;
        server.answersClose = false;
        Connector connector;
        Peer a(connector, server.address(kDoc));
        Peer b(connector, server.address(QStringLiteral("b")), {}, 2002);
        QTRY_COMPARE(a.status().state, State::Synced);
        QTRY_COMPARE(b.status().state, State::Synced);
        QSignalSpy stopped(&a.provider, &Provider::stopped);
        a.provider.stop();
        QTRY_COMPARE(stopped.size(), 1);
        QCOMPARE(b.status().state, State::Synced);
    }

    void destroyedFromItsOwnSlot()
    {
        HocuspocusServer server;
        auto connector = std::make_unique<Connector>();
        auto channel = connector->channelTo(server.address(kDoc));
        connector.reset();
        bool done = false;
        connect(channel.get(), &Channel::received, this, [&] {
            QMetaObject::invokeMethod(this, [&] { channel.reset(); });
            done = true;
        });
        channel->open();
        QTRY_VERIFY(done);
        QTRY_COMPARE(server.connections(), 0);
        QVERIFY(!channel);
    }

    void otherMessages()
    {
        HocuspocusServer server;
        Connector connector;
        Peer peer(connector, server.address(kDoc));
        QTRY_COMPARE(peer.status().state, State::Synced);
        QSignalSpy stateless(&peer.channel(), &HocuspocusChannel::stateless);
        server.tell(kDoc, bytes("05 09 68656c6c6f20616c6c"));
        server.tell(kDoc, bytes("06 02 6869"));
        QTRY_COMPARE(stateless.size(), 2);
        QCOMPARE(stateless.at(0).at(0).toString(), QStringLiteral("hello all"));
        QCOMPARE(stateless.at(1).at(0).toString(), QStringLiteral("hi"));
        peer.channel().sendStateless(QStringLiteral("hi"));
        QTRY_COMPARE(server.heard(kDoc).last(), bytes("05 02 6869"));

        // SyncReply: a question that wants an answer and no question back.
        const qsizetype before = server.heard(kDoc).size();
        server.tell(kDoc, bytes("04 00 01 00"));
        QTRY_COMPARE(server.heard(kDoc).size(), before + 1);
        QCOMPARE(server.heard(kDoc).last(), bytes("00 01 02 00 00"));

        // Who is here?
        peer.provider.awareness().setLocalState(test::named("Ada"));
        server.tell(kDoc, bytes("03"));
        QTRY_COMPARE(server.heard(kDoc).size(), before + 3);
        QCOMPARE(server.heard(kDoc).last().front(), '\1');

        // The server's own ping names no document, and its pong neither.
        server.tellRaw(bytes("09"));
        QTRY_COMPARE(server.heard(QString()).size(), 0);
        server.tell(kDoc, bytes("7f 00"));
        server.tellRaw(bytes("ff"));
        server.tellRaw(HocuspocusServer::named(QStringLiteral("strange"), bytes("0801")));
        server.tell(kDoc, {});
        insert(peer.doc, 0, u"fine");
        QTRY_COMPARE(textOf(server.doc(kDoc)), QStringLiteral("fine"));
        QTRY_COMPARE(peer.status().state, State::Synced);
    }

    void sessionsOfVersion4()
    {
        HocuspocusServer server;
        server.suffix = QChar(u'\0') + QStringLiteral("k3j2h1");
        insert(server.doc(kDoc), 0, u"text");
        Connector connector;
        Peer peer(connector, server.address(kDoc));
        QTRY_COMPARE(peer.status().state, State::Synced);
        QCOMPARE(textOf(peer.doc), QStringLiteral("text"));
    }

    void tuttictl_data()
    {
        QTest::addColumn<QStringList>("words"); ///< %1: the address
        QTest::addColumn<QString>("token"); ///< in the environment
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("says");
        QTest::addColumn<QString>("after");
        const auto row = [](const char* name, const char* words, const char* token, int status,
                             const char* says, const char* after) {
            QTest::newRow(name) << QString::fromLatin1(words).split(u' ')
                                << QString::fromLatin1(token) << status << QString::fromLatin1(says)
                                << QString::fromLatin1(after);
        };
        row("cat", "cat %1", "", 0, "text", "text");
        row("cat, token in the environment", "cat %1", "readonly", 0, "text", "text");
        row("append by a token", "append %1 - --auth-token secret", "", 0, "", "text more");
        row("append by a command", "append %1 - --auth-command secret-on-stdout", "", 0, "",
            "text more");
        row("denied", "append %1 - --auth-token wrong", "secret", 1, "Permission denied", "text");
        row("only to read", "append %1 - --auth-token readonly", "", 1, "not change it", "text");
        row("no such authority", "cat %1 --ca /nonexistent.pem", "", 2, "/nonexistent.pem", "text");
    }

    void tuttictl()
    {
        QFETCH(QStringList, words);
        QFETCH(QString, token);
        QFETCH(QString, says);
        HocuspocusServer server;
        insert(server.doc(kDoc), 0, u"text");
        words.replaceInStrings(QStringLiteral("%1"), server.address(kDoc).toString());
        words.replaceInStrings(QStringLiteral("secret-on-stdout"), QStringLiteral("echo se''cret"));
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("TUTTI_AUTH_TOKEN"), token);
        process.setProcessEnvironment(environment);
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(QStringLiteral(TUTTICTL), words);
        process.write(" more");
        process.closeWriteChannel();
        QTRY_COMPARE(process.state(), QProcess::NotRunning);
        const QString said = QString::fromUtf8(process.readAll());
        QTEST(process.exitCode(), "status");
        QVERIFY2(said.contains(says), qPrintable(said));
        QVERIFY2(!said.contains(QStringLiteral("secret")), qPrintable(said));
        QTEST(textOf(server.doc(kDoc)), "after");
    }

    void goesWithoutTheReceiptForTheToken()
    {
        HocuspocusServer server;
        server.judges = false;
        Connector connector;
        const auto channel = connector.channelTo(server.address(kDoc));
        QSignalSpy opened(channel.get(), &Channel::opened);
        QSignalSpy received(channel.get(), &Channel::received);
        channel->open();
        QTRY_COMPARE(server.heard(kDoc).size(), 1);
        server.tellRaw(bytes("027473 00 00 01 00"));
        QTRY_COMPARE(opened.size(), 1);
        QTRY_COMPARE(received.size(), 2);
        QCOMPARE(received.at(1).at(0).toByteArray(), bytes("00 00 01 00"));
    }
};

QTEST_GUILESS_MAIN(TestHocuspocus)
#include "tst_hocuspocus.moc"
