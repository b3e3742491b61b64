// SPDX-License-Identifier: MIT
#include "tests/ui/support/qt_test.h"
#include "tests/ui/support/shared_room.h"
#include "ui/presence/peer_tracker.h"
#include "ui/presence/presence_announcer.h"
#include "ui/presence/presence_colors.h"

#include <QAccessible>
#include <QStringList>

using namespace tutti;
using namespace tutti::test;
using namespace std::chrono_literals;
using ui::PresenceAnnouncer;

namespace {

QStringList said; // NOLINT: the handler is a plain function

void listen(QAccessibleEvent* event)
{
    if (event->type() == QAccessible::Announcement) {
        said << static_cast<QAccessibleAnnouncementEvent*>(event)->message();
    }
}

struct Scene
{
    void join(std::uint64_t client, const char* name)
    {
        room.publish(client, QString::fromLatin1(name), ui::hueColor(0), 0, 0);
    }
    void leave(std::uint64_t client) { room.leave(client); }
    /// What was said since the last time.
    [[nodiscard]] QStringList hear()
    {
        announcer.tick();
        return std::exchange(said, {});
    }
    void connect()
    {
        announcer.setConnected(true);
        room.now += PresenceAnnouncer::kFirstList;
    }

    SharedRoom room{QStringLiteral("text")};
    ui::PeerTracker tracker{room.awareness, room.editor, room.clock()};
    PresenceAnnouncer announcer{tracker};
};

} // namespace

class TestPresenceAnnouncer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void init() { said.clear(); }

    void byName();
    void notWhereNobodyWantsIt();
    void byItself();
    void notTheFirstList();
    void notALostConnection();
    void onceASecond();
    void severalAtOnce();
    void whoIsBackAtOnce();
    void notOneself();

private:
    QAccessible::UpdateHandler m_before = nullptr;
};

void TestPresenceAnnouncer::initTestCase()
{
    QAccessible::setActive(true);
    m_before = QAccessible::installUpdateHandler(listen);
}

void TestPresenceAnnouncer::cleanupTestCase() { QAccessible::installUpdateHandler(m_before); }

void TestPresenceAnnouncer::byName()
{
    Scene scene;
    scene.connect();
    scene.join(20, "Ada");
    QCOMPARE(scene.hear(), QStringList{QStringLiteral("Ada joined.")});
    scene.room.now += 5s;
    scene.leave(20);
    QCOMPARE(scene.hear(), QStringList{QStringLiteral("Ada left.")});
    QCOMPARE(scene.hear(), QStringList{});
}

void TestPresenceAnnouncer::notWhereNobodyWantsIt()
{
    Scene scene;
    scene.announcer.setSpeaks(false);
    scene.connect();
    scene.join(20, "Ada");
    QCOMPARE(scene.hear(), QStringList{});
    scene.announcer.setSpeaks(true);
    scene.room.now += 5s;
    scene.leave(20);
    QCOMPARE(scene.hear(), QStringList{QStringLiteral("Ada left.")});
}

void TestPresenceAnnouncer::byItself()
{
    Scene scene;
    scene.connect();
    scene.join(20, "Ada");
    QTRY_COMPARE(said, QStringList{QStringLiteral("Ada joined.")});
}

void TestPresenceAnnouncer::notTheFirstList()
{
    Scene scene;
    scene.join(20, "Ada"); // before there is a connection
    scene.announcer.setConnected(true);
    scene.room.now += 200ms;
    scene.join(21, "Bo");
    scene.room.now += 5s;
    QCOMPARE(scene.hear(), QStringList{});
    scene.join(22, "Cy");
    QCOMPARE(scene.hear(), QStringList{QStringLiteral("Cy joined.")});
}

void TestPresenceAnnouncer::notALostConnection()
{
    Scene scene;
    scene.connect();
    scene.join(20, "Ada");
    QCOMPARE(scene.hear().size(), 1);
    scene.room.now += 5s;
    scene.join(21, "Bo"); // not said yet when the line goes
    scene.announcer.setConnected(false);
    scene.leave(20);
    scene.leave(21);
    scene.announcer.setConnected(true);
    scene.join(20, "Ada");
    scene.room.now += 5s;
    QCOMPARE(scene.hear(), QStringList{});
}

void TestPresenceAnnouncer::onceASecond()
{
    Scene scene;
    scene.connect();
    scene.join(20, "Ada");
    QCOMPARE(scene.hear().size(), 1);
    scene.room.now += 999ms;
    scene.join(21, "Bo");
    QCOMPARE(scene.hear(), QStringList{});
    scene.room.now += 1ms;
    QCOMPARE(scene.hear(), QStringList{QStringLiteral("Bo joined.")});
}

void TestPresenceAnnouncer::severalAtOnce()
{
    Scene scene;
    scene.connect();
    scene.join(20, "Ada");
    scene.join(21, "Bo");
    QCOMPARE(scene.hear(), QStringList{QStringLiteral("Ada and Bo joined.")});
    scene.room.now += 1s;
    scene.leave(20);
    scene.leave(21);
    scene.join(22, "Cy");
    QCOMPARE(scene.hear(), QStringList{QStringLiteral("Cy joined. Ada and Bo left.")});
    scene.room.now += 1s;
    for (std::uint64_t client = 30; client < 34; ++client) {
        scene.join(client, "Guest");
    }
    const QStringList many = scene.hear();
    QCOMPARE(many.size(), 1);
    QVERIFY(many.first().startsWith(u'4'));
}

void TestPresenceAnnouncer::whoIsBackAtOnce()
{
    Scene scene;
    scene.connect();
    scene.join(20, "Ada");
    QCOMPARE(scene.hear().size(), 1);
    scene.room.now += 5s;
    scene.leave(20);
    scene.join(20, "Ada");
    QCOMPARE(scene.hear(), QStringList{});
}

void TestPresenceAnnouncer::notOneself()
{
    Scene scene;
    scene.connect();
    scene.room.awareness.setLocalState(
        crdt::Any::object({{"user", ui::userToAny({QStringLiteral("Me"), {}, Qt::red})}}));
    QCOMPARE(scene.hear(), QStringList{});
}

QTEST_MAIN(TestPresenceAnnouncer)
#include "tst_presence_announcer.moc"
