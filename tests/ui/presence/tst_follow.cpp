// SPDX-License-Identifier: MIT
#include "tests/ui/support/qt_test.h"
#include "tests/ui/support/shared_room.h"
#include "ui/presence/follow.h"
#include "ui/presence/follow_frame.h"
#include "ui/presence/peer_tracker.h"
#include "ui/presence/presence_colors.h"

#include <QScrollBar>
#include <QSignalSpy>

using namespace tutti;
using namespace tutti::test;
using ui::Follow;

namespace {

constexpr std::uint64_t kAda = 20;
constexpr std::uint64_t kBo = 30;

crdt::ClientId id(std::uint64_t value) { return crdt::ClientId(value); }

const auto kLine = QStringLiteral("this is one line of some text\n");

/// A shown editor with two hundred lines, Ada in the first and Bo in the second.
struct Scene
{
    Scene()
        : room(kLine.repeated(200))
    {
        room.editor.setTheme(ui::EditorTheme::light());
        room.editor.show();
        isReady = QTest::qWaitForWindowActive(&room.editor);
        ada(0);
        room.publish(kBo, QStringLiteral("Bo"), ui::hueColor(6), lineStart(1), lineStart(1));
        QCoreApplication::processEvents();
    }

    void ada(int position)
    {
        room.publish(kAda, QStringLiteral("Ada"), ui::hueColor(0), position, position);
    }
    [[nodiscard]] static int lineStart(int line) { return line * static_cast<int>(kLine.size()); }
    /// In heights of the view, from its top; outside 0 to 1 it is out of sight.
    [[nodiscard]] double heightOf(int position) const
    {
        return room.editor.caretRect(position).center().y() / room.editor.viewport()->height();
    }
    [[nodiscard]] bool follows(std::uint64_t client) const { return follow.leader() == id(client); }

    SharedRoom room;
    bool isReady = false;
    ui::PeerTracker tracker{room.awareness, room.editor, room.clock()};
    Follow follow{tracker};
    ui::FollowBadge* badge = room.editor.findChild<ui::FollowBadge*>();
    ui::FollowFrame* frame = room.editor.findChild<ui::FollowFrame*>();
    QSignalSpy ended{&follow, &Follow::ended};
};

} // namespace

class TestFollow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void startsAndSaysSo();
    void nobodyFollowsThemselves();
    void jumpsToWhoIsElsewhere();
    void goesAlong();
    void staysWhileTheCaretIsSeen();
    void goesAlongWithWhatTheyWrite();
    void ends_data();
    void ends();
    void theMouseThatOnlyMoves();
    void scrollingDoesNotEndIt();
    void whatOthersWriteDoesNotEndIt();
    void theLeaderLeaves();
    void aNewNameAndColour();
    void oneAfterTheOther();
};

void TestFollow::startsAndSaysSo()
{
    Scene scene;
    QVERIFY(!scene.badge->isVisible() && !scene.frame->isVisible());
    scene.follow.start(id(kAda));
    QVERIFY(scene.follows(kAda));
    QVERIFY(scene.badge->isVisible() && scene.frame->isVisible());
    QCOMPARE(scene.badge->accessibleName(), QStringLiteral("Following Ada, Esc to stop"));
    const ui::Shade shade = ui::shadeFor(ui::hueColor(0), scene.room.editor.theme().background);
    QCOMPARE(scene.frame->color(), shade.caret);
    const QImage shown = scene.room.editor.grab().toImage();
    QCOMPARE(shown.pixelColor(1, shown.height() / 2), shade.caret);
    QCOMPARE(shown.pixelColor(shown.width() / 2, 1), shade.caret);
    // not upon the text
    QCOMPARE(
        scene.frame->mask().contains(scene.room.editor.viewport()->geometry().center()), false);
    QTest::mouseClick(scene.badge, Qt::LeftButton);
    QVERIFY(!scene.follow.leader());
    QVERIFY(!scene.badge->isVisible() && !scene.frame->isVisible());
}

void TestFollow::nobodyFollowsThemselves()
{
    Scene scene;
    scene.room.awareness.setLocalState(
        crdt::Any::object({{"user", ui::userToAny({QStringLiteral("Me"), {}, Qt::red})}}));
    scene.follow.start(id(1));
    scene.follow.start(id(99));
    QVERIFY(!scene.follow.leader());
    QVERIFY(scene.badge->isHidden());
}

void TestFollow::jumpsToWhoIsElsewhere()
{
    Scene scene;
    const int place = Scene::lineStart(150);
    scene.ada(place);
    QCoreApplication::processEvents();
    QVERIFY(scene.heightOf(place) > 1);
    scene.follow.start(id(kAda));
    QVERIFY(scene.heightOf(place) > 1 / 3.0 && scene.heightOf(place) < 2 / 3.0);
    QCOMPARE(scene.room.editor.textCursor().position(), 0);
}

void TestFollow::goesAlong()
{
    Scene scene;
    scene.follow.start(id(kAda));
    for (const int line : {60, 199, 100, 101, 3}) {
        const int place = Scene::lineStart(line) + 5;
        scene.ada(place);
        QTRY_VERIFY(scene.heightOf(place) > 0 && scene.heightOf(place) < 1);
    }
    scene.ada(Scene::lineStart(120));
    QTRY_VERIFY(scene.heightOf(Scene::lineStart(120)) > 1 / 3.0
        && scene.heightOf(Scene::lineStart(120)) < 2 / 3.0);
    QVERIFY(scene.follows(kAda));
    QCOMPARE(scene.room.editor.textCursor().position(), 0);
}

void TestFollow::staysWhileTheCaretIsSeen()
{
    Scene scene;
    scene.follow.start(id(kAda));
    scene.ada(Scene::lineStart(100));
    QTRY_VERIFY(scene.room.editor.verticalScrollBar()->value() > 0);
    const int before = scene.room.editor.verticalScrollBar()->value();
    scene.ada(Scene::lineStart(103));
    QCoreApplication::processEvents();
    QCOMPARE(scene.room.editor.verticalScrollBar()->value(), before);
}

void TestFollow::goesAlongWithWhatTheyWrite()
{
    Scene scene;
    scene.follow.start(id(kAda));
    // lines above Ada's caret, which does not move by itself
    scene.ada(Scene::lineStart(1));
    insert(scene.room.text, 0, kLine.repeated(80));
    const int place = Scene::lineStart(81);
    QTRY_VERIFY(scene.heightOf(place) > 0 && scene.heightOf(place) < 1);
    QVERIFY(scene.follows(kAda));
}

void TestFollow::ends_data()
{
    using Act = std::function<void(Scene&)>;
    QTest::addColumn<Act>("act");
    QTest::newRow("Escape") << Act(
        [](Scene& scene) { QTest::keyClick(&scene.room.editor, Qt::Key_Escape); });
    QTest::newRow("typing") << Act(
        [](Scene& scene) { QTest::keyClick(&scene.room.editor, Qt::Key_X); });
    QTest::newRow("moving the caret")
        << Act([](Scene& scene) { QTest::keyClick(&scene.room.editor, Qt::Key_Down); });
    QTest::newRow("a click") << Act([](Scene& scene) {
        QTest::mouseClick(scene.room.editor.viewport(), Qt::LeftButton, {}, QPoint(4, 4));
    });
    QTest::newRow("another document") << Act([](Scene& scene) { scene.room.editor.hide(); });
    QTest::newRow("another text") << Act(
        [](Scene& scene) { scene.room.editor.bind(scene.room.doc, scene.room.text); });
    QTest::newRow("stop") << Act([](Scene& scene) { scene.follow.stop(); });
}

void TestFollow::ends()
{
    QFETCH(std::function<void(Scene&)>, act);
    Scene scene;
    scene.follow.start(id(kAda));
    act(scene);
    QVERIFY(!scene.follow.leader());
    QVERIFY(scene.badge->isHidden() && scene.frame->isHidden());
    QCOMPARE(scene.ended.size(), 1);
    QCOMPARE(scene.ended.at(0).at(0).value<Follow::End>(), Follow::End::ByUser);
    const int before = scene.room.editor.verticalScrollBar()->value();
    scene.ada(Scene::lineStart(150));
    QCoreApplication::processEvents();
    QCOMPARE(scene.room.editor.verticalScrollBar()->value(), before);
}

void TestFollow::theMouseThatOnlyMoves()
{
    Scene scene;
    scene.follow.start(id(kAda));
    QTest::mouseMove(scene.room.editor.viewport(), QPoint(50, 50));
    QTest::mouseMove(scene.room.editor.viewport(), QPoint(150, 80));
    QTest::keyClick(&scene.room.editor, Qt::Key_Shift);
    QVERIFY(scene.follows(kAda));
}

void TestFollow::scrollingDoesNotEndIt()
{
    Scene scene;
    scene.follow.start(id(kAda));
    scene.room.editor.verticalScrollBar()->setValue(50);
    QVERIFY(scene.follows(kAda));
    scene.ada(4);
    QTRY_COMPARE(scene.room.editor.verticalScrollBar()->value(), 0);
}

void TestFollow::whatOthersWriteDoesNotEndIt()
{
    Scene scene;
    setCaret(scene.room.editor, 40, 50);
    scene.follow.start(id(kAda));
    insert(scene.room.text, 45, QStringLiteral("middle"));
    insert(scene.room.text, 0, QStringLiteral("before"));
    QTRY_COMPARE(scene.room.editor.textCursor().anchor(), 46);
    QVERIFY(scene.follows(kAda));
}

void TestFollow::theLeaderLeaves()
{
    Scene scene;
    scene.ada(Scene::lineStart(100));
    scene.follow.start(id(kAda));
    const int before = scene.room.editor.verticalScrollBar()->value();
    QVERIFY(before > 0);
    scene.room.leave(kBo);
    QVERIFY(scene.follows(kAda));
    scene.room.leave(kAda);
    QVERIFY(!scene.follow.leader());
    QCOMPARE(scene.ended.size(), 1);
    QCOMPARE(scene.ended.at(0).at(0).value<Follow::End>(), Follow::End::LeaderLeft);
    QCOMPARE(scene.ended.at(0).at(1).toString(), QStringLiteral("Ada"));
    QCOMPARE(scene.room.editor.verticalScrollBar()->value(), before);
}

void TestFollow::aNewNameAndColour()
{
    Scene scene;
    scene.follow.start(id(kAda));
    scene.room.publish(kAda, QStringLiteral("Countess"), ui::hueColor(3), 0, 0);
    QCOMPARE(scene.badge->accessibleName(), QStringLiteral("Following Countess, Esc to stop"));
    QCOMPARE(scene.frame->color(),
        ui::shadeFor(ui::hueColor(3), scene.room.editor.theme().background).caret);
}

void TestFollow::oneAfterTheOther()
{
    Scene scene;
    QVERIFY(scene.follow.next());
    QVERIFY(scene.follows(kAda));
    QVERIFY(scene.follow.next());
    QVERIFY(scene.follows(kBo));
    QVERIFY(scene.follow.next());
    QVERIFY(!scene.follow.leader());
    scene.room.leave(kAda);
    scene.room.leave(kBo);
    QVERIFY(!scene.follow.next());
    QVERIFY(!scene.follow.leader());
}

QTEST_MAIN(TestFollow)
#include "tst_follow.moc"
