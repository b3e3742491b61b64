// SPDX-License-Identifier: MIT
#include "app/room_host.h"
#include "crdt/doc.h"
#include "net/provider.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>

// The QTRY_ macros of Qt 6.8 convert inside.
#pragma GCC diagnostic ignored "-Wconversion"

using namespace tutti;
using State = net::ProviderStatus::State;

namespace {

quint16 portOf(const QString& link) { return net::RoomAddress::parse(link)->port(); }
bool isFree(quint16 port) { return QTcpServer().listen(QHostAddress::LocalHost, port); }

} // namespace

/// Hosting over real sockets on this computer.
class TestRoomHost : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aGuestGetsTheText();
    void everyRoomIsItsOwn();
    void aClosedRoomIsGone();
    void strangersMakeNoRooms();
    void theLinkIsTheKey();
    void reachIsTheUsersChoice();
    void roomsOnOnePort();
    void aPortThatIsTaken();
    void addressesForLinks_data();
    void addressesForLinks();
};

void TestRoomHost::aGuestGetsTheText()
{
    app::RoomHost host(QHostAddress::LocalHost, 0);
    auto room = host.host(QStringLiteral("my notes.md"), ui::Reach::Network);
    QVERIFY(room);
    const auto address = net::RoomAddress::parse(room->link);
    QVERIFY(address);
    QCOMPARE(address->host(), QStringLiteral("127.0.0.1"));
    QVERIFY(address->port() > 0);

    crdt::Doc hostDoc;
    auto hostText = hostDoc.get<crdt::Text>("codemirror");
    hostText.insert({}, u"shared");
    net::Provider hosting(hostDoc, std::move(room->channel));
    hosting.start();
    crdt::Doc guestDoc;
    auto guestText = guestDoc.get<crdt::Text>("codemirror");
    net::Provider joined(guestDoc, host.channelTo(*address, {}));
    joined.start();
    QTRY_VERIFY(guestText.toString() == u"shared");
    guestText.insert(crdt::Offset(6), u"!");
    QTRY_VERIFY(hostText.toString() == u"shared!");
    QTRY_COMPARE(joined.status().state, State::Synced);
    QTRY_COMPARE(hosting.status().state, State::Synced);
}

void TestRoomHost::everyRoomIsItsOwn()
{
    app::RoomHost host(QHostAddress::LocalHost, 0);
    const auto first = host.host(QStringLiteral("a.txt"), ui::Reach::Network);
    const auto second = host.host(QStringLiteral("a.txt"), ui::Reach::Network);
    QVERIFY(first && second);
    const auto a = net::RoomAddress::parse(first->link);
    const auto b = net::RoomAddress::parse(second->link);
    QVERIFY(a && b);
    QVERIFY(a->path() != b->path());
    QVERIFY(a->port() != b->port());
}

void TestRoomHost::aClosedRoomIsGone()
{
    app::RoomHost host(QHostAddress::LocalHost, 0);
    const auto first = host.host(QStringLiteral("a.txt"), ui::Reach::Network);
    const auto second = host.host(QStringLiteral("b.txt"), ui::Reach::Network);
    QVERIFY(first && second);
    crdt::Doc doc;
    net::Provider guest(doc, host.channelTo(*net::RoomAddress::parse(first->link), {}));
    guest.start();
    QTRY_COMPARE(guest.status().state, State::Synced);
    QVERIFY(!isFree(portOf(first->link)));

    host.close(first->link);
    QTRY_COMPARE(guest.status().state, State::Offline);
    QVERIFY2(guest.status().reason.contains(QStringLiteral("host"), Qt::CaseInsensitive),
        qPrintable(guest.status().reason));
    QTRY_VERIFY(isFree(portOf(first->link)));
    QVERIFY(!isFree(portOf(second->link))); // the other goes on
}

void TestRoomHost::strangersMakeNoRooms()
{
    app::RoomHost host(QHostAddress::LocalHost, 0);
    auto room = host.host(QStringLiteral("a.txt"), ui::Reach::Network);
    QVERIFY(room);
    crdt::Doc hostDoc;
    net::Provider hosting(hostDoc, std::move(room->channel));
    hosting.start();
    QTRY_COMPARE(hosting.status().state, State::Synced);
    const auto other = net::RoomAddress::make(
        QStringLiteral("127.0.0.1"), portOf(room->link), QStringLiteral("another"));
    QVERIFY(other);
    crdt::Doc doc;
    doc.get<crdt::Text>("codemirror").insert({}, u"store this for me");
    net::Provider stranger(doc, host.channelTo(*other, {}));
    QSignalSpy synced(&stranger, &net::Provider::synced);
    stranger.start();
    QTRY_VERIFY(
        stranger.status().state == State::Offline || stranger.status().state == State::Denied);
    QCOMPARE(synced.size(), 0);
}

void TestRoomHost::theLinkIsTheKey()
{
    app::RoomHost host(QHostAddress::LocalHost, 0);
    const auto room = host.host(QStringLiteral("a.txt"), ui::Reach::Network);
    QVERIFY(room);
    const auto address = net::RoomAddress::parse(room->link);
    QVERIFY(address);
    static const QRegularExpression token(QStringLiteral("^token=[A-Za-z0-9_-]{22}$"));
    QVERIFY2(token.match(address->query()).hasMatch(), qPrintable(address->query()));
    const auto other = host.host(QStringLiteral("a.txt"), ui::Reach::Network);
    QVERIFY(net::RoomAddress::parse(other->link)->query() != address->query());

    for (const QString& link : {room->link.left(room->link.indexOf(u'?')), room->link + u'x'}) {
        crdt::Doc doc;
        net::Provider guest(doc, host.channelTo(*net::RoomAddress::parse(link), {}));
        guest.start();
        QTRY_COMPARE(guest.status().state, State::Denied);
        QVERIFY2(guest.status().reason.contains(QStringLiteral("access token")),
            qPrintable(guest.status().reason));
    }
}

/// People on the network and this computer only, while somebody is in.
void TestRoomHost::reachIsTheUsersChoice()
{
    app::RoomHost fixed(QHostAddress::LocalHost, 0);
    const auto decided = fixed.host(QStringLiteral("a.txt"), ui::Reach::Network);
    QVERIFY(decided && !fixed.reach(decided->link)); // --listen was said

    app::RoomHost host(std::nullopt);
    auto room = host.host(QStringLiteral("a.txt"), ui::Reach::ThisComputer);
    QVERIFY(room);
    const QString onlyHere = room->link;
    QVERIFY(host.reach(onlyHere) == ui::Reach::ThisComputer);
    QCOMPARE(net::RoomAddress::parse(onlyHere)->host(), QStringLiteral("127.0.0.1"));
    net::Provider::Options options;
    options.reconnect = false;
    crdt::Doc doc;
    net::Provider guest(doc, host.channelTo(*net::RoomAddress::parse(onlyHere), {}), options);
    guest.start();
    QTRY_COMPARE(guest.status().state, State::Synced);

    const auto wide = host.setReach(onlyHere, ui::Reach::Network);
    QVERIFY(wide);
    QVERIFY(host.reach(*wide) == ui::Reach::Network);
    const auto address = net::RoomAddress::parse(*wide);
    QCOMPARE(address->host(), app::hostForLinks(QHostAddress(QHostAddress::Any)));
    QCOMPARE(address->port(), portOf(onlyHere));
    QCOMPARE(address->query(), net::RoomAddress::parse(onlyHere)->query());
    crdt::Doc otherDoc;
    net::Provider other(otherDoc, host.channelTo(*address, {}), options);
    other.start();
    QTRY_COMPARE(other.status().state, State::Synced);

    const auto narrow = host.setReach(*wide, ui::Reach::ThisComputer);
    QVERIFY(narrow);
    QCOMPARE(*narrow, onlyHere);
    QVERIFY(host.reach(onlyHere) == ui::Reach::ThisComputer);
    QCOMPARE(guest.status().state, State::Synced); // came over 127.0.0.1 all along
    if (address->host() != QStringLiteral("127.0.0.1")) {
        QTRY_COMPARE(other.status().state, State::Failed);
        QVERIFY2(other.status().reason.contains(QStringLiteral("one computer")),
            qPrintable(other.status().reason));
    }
    QCOMPARE(guest.status().state, State::Synced);
    host.close(onlyHere);
    QTRY_COMPARE(guest.status().state, State::Failed);
}

void TestRoomHost::roomsOnOnePort()
{
    QTcpServer probe;
    QVERIFY(probe.listen(QHostAddress::LocalHost));
    const quint16 port = probe.serverPort();
    probe.close();

    app::RoomHost host(QHostAddress::LocalHost, port);
    const auto first = host.host(QStringLiteral("a.txt"), ui::Reach::Network);
    const auto second = host.host(QStringLiteral("b.txt"), ui::Reach::Network);
    QVERIFY(first && second);
    QCOMPARE(portOf(first->link), port);
    QCOMPARE(portOf(second->link), port);
    QVERIFY(first->link != second->link);
    host.close(first->link);
    QVERIFY(!isFree(port));
    host.close(second->link);
    QTRY_VERIFY(isFree(port));
    const auto third =
        host.host(QStringLiteral("a.txt"), ui::Reach::Network); // at the same place again
    QVERIFY(third);
    QCOMPARE(portOf(third->link), port);
}

void TestRoomHost::aPortThatIsTaken()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    app::RoomHost host(QHostAddress::LocalHost, other.serverPort());
    const auto room = host.host(QStringLiteral("a.txt"), ui::Reach::Network);
    QVERIFY(!room);
    QVERIFY(!room.error().isEmpty());
}

void TestRoomHost::addressesForLinks_data()
{
    QTest::addColumn<QString>("listening");
    QTest::addColumn<bool>("same");
    QTest::newRow("loopback") << QStringLiteral("127.0.0.1") << true;
    QTest::newRow("IPv6 loopback") << QStringLiteral("::1") << true;
    QTest::newRow("any IPv4") << QStringLiteral("0.0.0.0") << false;
    QTest::newRow("any IPv6") << QStringLiteral("::") << false;
}

void TestRoomHost::addressesForLinks()
{
    QFETCH(const QString, listening);
    QFETCH(const bool, same);
    const QString host = app::hostForLinks(QHostAddress(listening));
    if (same) {
        QCOMPARE(host, listening);
    } else { // one that can be connected to
        const QHostAddress address(host);
        QCOMPARE(address.protocol(), QAbstractSocket::IPv4Protocol);
        QVERIFY(!address.isNull() && address != QHostAddress(QHostAddress::AnyIPv4));
    }
}

QTEST_GUILESS_MAIN(TestRoomHost)
#include "tst_room_host.moc"
