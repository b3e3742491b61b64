// SPDX-License-Identifier: MIT
#include "app/lan_rooms.h"
#include "ui/shell/join_dialog.h"

#include <QLineEdit>
#include <QListWidget>
#include <QTest>

using namespace tutti;

namespace {

/// Remembers what is announced at the moment.
class FakeAnnouncer : public app::RoomAnnouncer
{
public:
    void announce(const QString& link) override { links.append(link); }
    void withdraw(const QString& link) override { links.removeAll(link); }

    QStringList links;
};

/// Rooms that the test puts there.
class FakeNearby : public ui::NearbyRooms
{
public:
    void setLooking(bool on) override { isLooking = on; }
    [[nodiscard]] QList<ui::NearbyRoom> rooms() const override { return found; }

    bool isLooking = false;
    QList<ui::NearbyRoom> found;
};

} // namespace

class TestLanRooms : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theTokenIsNotToldAnybody();
    void longNamesFit();
    void whatARecordSays();
    void onlyWhatReachesBeyondThisComputer();
    void listedWhenOneJoins();
    void withoutAvahi();
};

void TestLanRooms::theTokenIsNotToldAnybody()
{
    const auto link =
        QStringLiteral("ws://192.168.1.5:4321/notes.md-abcdefgh?token=SECRET-OF-THE-ROOM");
    const auto address = net::RoomAddress::parse(link);
    QVERIFY(address);
    const app::TextRecord record = app::textRecordOf(*address, QStringLiteral("Ada Lovelace"));
    for (const QByteArray& value : record) {
        QVERIFY(!value.contains("SECRET"));
        QVERIFY(value.size() < 250);
    }
    const auto room = app::nearbyRoomOf(record, QStringLiteral("engine.local"), 4321);
    QVERIFY(room);
    QCOMPARE(room->address.toString(), QStringLiteral("ws://192.168.1.5:4321/notes.md-abcdefgh"));
    QCOMPARE(room->person, QStringLiteral("Ada Lovelace"));
    QCOMPARE(room->computer, QStringLiteral("engine.local"));
    QVERIFY(room->needsToken);
    const auto longest = app::textRecordOf(*address, QStringLiteral("ä").repeated(1'000));
    QVERIFY(longest.value(QStringLiteral("user")).size() <= 240);
    const auto emoji = app::textRecordOf(*address, u'a' + QStringLiteral("😀").repeated(100));
    const QByteArray user = emoji.value(QStringLiteral("user"));
    QVERIFY(user.size() > 236 && user.size() <= 240);
    QCOMPARE(QString::fromUtf8(user).toUtf8(), user); // no half character at its end
    QVERIFY(!user.contains('?') && !user.contains("\xEF\xBF\xBD"));
}

void TestLanRooms::longNamesFit()
{
    const auto name = [](const QString& room, const QString& computer) {
        return app::serviceNameOf(room, computer);
    };
    const auto engine = QStringLiteral("engine");
    QCOMPARE(name(QStringLiteral("notes.md-abcdefgh"), engine),
        QStringLiteral("notes.md-abcdefgh on engine"));
    const QString end = QStringLiteral("-abcdefgh");
    const QString latin = name(QStringLiteral("n").repeated(200) + end, engine);
    QCOMPARE(latin.toUtf8().size(), 63); // RFC 6763, 4.1.1
    QVERIFY(latin.endsWith(QStringLiteral("nn-abcdefgh on engine")));
    const QString wide = name(QStringLiteral("ä").repeated(100) + end, engine);
    QVERIFY(wide.toUtf8().size() <= 63 && wide.toUtf8().size() >= 62);
    QVERIFY(wide.endsWith(QStringLiteral("ää-abcdefgh on engine")));
    QVERIFY(name(end, QStringLiteral("h").repeated(64)).toUtf8().size() <= 63);
}

void TestLanRooms::whatARecordSays()
{
    const auto read = [](const app::TextRecord& record, quint16 port = 80) {
        return app::nearbyRoomOf(record, QStringLiteral("engine.local"), port);
    };
    QVERIFY(!read({}));
    QVERIFY(!read({{QStringLiteral("room"), "notes"}}, 0));
    const auto named = read({{QStringLiteral("room"), "notes"}, {QStringLiteral("user"), "A\nd\ta"},
        {QStringLiteral("address"), "no address"}});
    QVERIFY(named); // then the computer's name is asked for
    QCOMPARE(named->address.host(), QStringLiteral("engine.local"));
    QCOMPARE(named->person, QStringLiteral("A d a"));
}

void TestLanRooms::onlyWhatReachesBeyondThisComputer()
{
    FakeAnnouncer announcer;
    app::RoomHost here(QHostAddress::LocalHost, 0);
    here.setNetwork(&announcer, nullptr);
    const auto local = here.host(QStringLiteral("notes.md"), ui::Reach::Network);
    QVERIFY(local);
    QVERIFY(announcer.links.isEmpty());

    // 127.0.0.1 first: what the user lets out is announced, and taken back with it.
    app::RoomHost host(std::nullopt);
    host.setNetwork(&announcer, nullptr);
    const auto room = host.host(QStringLiteral("notes.md"), ui::Reach::ThisComputer);
    QVERIFY(room);
    QVERIFY(announcer.links.isEmpty());
    const auto out = host.setReach(room->link, ui::Reach::Network);
    QVERIFY(out);
    QCOMPARE(announcer.links, QStringList{*out});
    const auto back = host.setReach(*out, ui::Reach::ThisComputer);
    QVERIFY(back && announcer.links.isEmpty());
    const auto again = host.setReach(*back, ui::Reach::Network);
    QVERIFY(again);
    host.close(*again);
    QVERIFY(announcer.links.isEmpty());
}

void TestLanRooms::listedWhenOneJoins()
{
    FakeNearby nearby;
    {
        ui::JoinDialog dialog({}, QStringLiteral("codemirror"),
            {QStringLiteral("Grace"), QStringLiteral("#e32631")}, false, &nearby);
        QVERIFY(nearby.isLooking);
        auto* list = dialog.findChild<QListWidget*>(QStringLiteral("joinNearby"));
        QVERIFY(list != nullptr && list->isHidden()); // nothing there, nothing shown
        nearby.found = {
            {*net::RoomAddress::make(QStringLiteral("192.168.1.5"), 4321, QStringLiteral("notes")),
                QStringLiteral("Ada"), QStringLiteral("engine.local"), true}};
        Q_EMIT nearby.changed();
        QVERIFY(!list->isHidden());
        QCOMPARE(list->count(), 1);
        QCOMPARE(list->item(0)->text(),
            QStringLiteral(
                "notes, shared by Ada on engine.local\n(ask them for the access token)"));
        nearby.found.first().person = QStringLiteral("<img src=/dev/zero>");
        Q_EMIT nearby.changed();
        QVERIFY(!list->item(0)->toolTip().contains(QStringLiteral("<img"))); // a name is no markup
        list->setCurrentRow(0);
        const auto* link = dialog.findChild<QLineEdit*>(QStringLiteral("joinLink"));
        QCOMPARE(link->text(), QStringLiteral("ws://192.168.1.5:4321/notes"));
        dialog.show();
        if (const QString folder = qEnvironmentVariable("TUTTI_PICTURES"); !folder.isEmpty()) {
            dialog.grab().save(folder + QStringLiteral("/nearby.png"));
        }
    }
    QVERIFY(!nearby.isLooking);
}

void TestLanRooms::withoutAvahi()
{
    app::LanRooms rooms([] { return QStringLiteral("Ada"); });
    rooms.setLooking(true);
    rooms.announce(QStringLiteral("ws://192.168.1.5:4321/notes?token=x"));
    rooms.withdraw(QStringLiteral("ws://192.168.1.5:4321/notes?token=x"));
    rooms.setLooking(false);
    QVERIFY(rooms.rooms().isEmpty());
}

QTEST_MAIN(TestLanRooms)
#include "tst_lan_rooms.moc"
