// SPDX-License-Identifier: MIT
#include "tests/ui/support/qt_test.h"
#include "tests/ui/support/shared_room.h"
#include "ui/presence/participants_model.h"
#include "ui/presence/peer_tracker.h"
#include "ui/presence/presence_colors.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>

using namespace tutti;
using namespace tutti::test;
using ui::ParticipantsModel;
using ui::Peer;
using ui::PeerTracker;
using namespace std::chrono_literals;

namespace {

constexpr std::uint64_t kAda = 20;
constexpr std::uint64_t kBo = 10; // came later, has the smaller id

crdt::ClientId id(std::uint64_t value) { return crdt::ClientId(value); }

} // namespace

class TestPeerTracker : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void inOrderOfArrival();
    void positionsFollowTheText();
    void positionsWhileEditsWait();
    void unresolvedIsHidden();
    void resolvesWhenTheTextArrives();
    void clashesGiveWay();
    void clashesAsThePersonWantsThem();
    void whoAsksEverybody();
    void nameless();
    void idleAfterAMinute();
    void activity();
    void activityAtTheEndOfTheText();
    void renewalIsNoActivity();
    void leaving();
    void unboundEditor();
    void model();
};

void TestPeerTracker::inOrderOfArrival()
{
    SharedRoom room(QStringLiteral("text"));
    room.publish(kAda, QStringLiteral("Ada"), ui::hueColor(0), 0, 0);
    PeerTracker tracker(room.awareness, room.editor, room.clock());
    QSignalSpy joined(&tracker, &PeerTracker::peerJoined);
    room.publish(kBo, QStringLiteral("Bo"), ui::hueColor(1), 1, 1);
    room.awareness.setLocalState(
        crdt::Any::object({{"user", ui::userToAny({QStringLiteral("Me"), {}, ui::hueColor(2)})}}));
    QStringList names;
    for (const Peer& peer : tracker.peers()) {
        names << peer.name;
    }
    QCOMPARE(
        names, QStringList({QStringLiteral("Me"), QStringLiteral("Ada"), QStringLiteral("Bo")}));
    QVERIFY(tracker.peers().first().self);
    QCOMPARE(joined.count(), 2);
    QCOMPARE(tracker.find(id(kBo))->initials, QStringLiteral("B"));
    QCOMPARE(tracker.find(id(77)), nullptr);
}

void TestPeerTracker::positionsFollowTheText()
{
    SharedRoom room(QStringLiteral("hello world"));
    PeerTracker tracker(room.awareness, room.editor, room.clock());
    room.publish(kAda, QStringLiteral("Ada"), ui::hueColor(0), 6, 11);
    QCOMPARE(tracker.find(id(kAda))->anchor, 6);
    QCOMPARE(tracker.find(id(kAda))->caret, 11);
    setCaret(room.editor, 0);
    QTest::keyClicks(&room.editor, QStringLiteral("oh, "));
    QTRY_COMPARE(tracker.find(id(kAda))->anchor, 10);
    room.text.erase(at(0), at(15));
    QTRY_COMPARE(tracker.find(id(kAda))->anchor, 0);
    QCOMPARE(tracker.find(id(kAda))->caret, 0);
}

void TestPeerTracker::positionsWhileEditsWait()
{
    SharedRoom room(QStringLiteral("hello world"));
    PeerTracker tracker(room.awareness, room.editor, room.clock());
    insert(room.text, 0, QStringLiteral("12345"));
    QVERIFY(room.editor.binding()->hasPending());
    room.publish(kAda, QStringLiteral("Ada"), ui::hueColor(0), 8, 8); // in the new text
    QCOMPARE(tracker.find(id(kAda))->caret, 3); // in what is still shown
    room.editor.binding()->flush();
    QTRY_COMPARE(tracker.find(id(kAda))->caret, 8);
}

void TestPeerTracker::unresolvedIsHidden()
{
    SharedRoom room(QStringLiteral("text"));
    PeerTracker tracker(room.awareness, room.editor, room.clock());
    room.publish(kAda,
        crdt::Any::fromJson(
            R"({"user":{"name":"Ada"},"cursor":{"anchor":{"tname":"other","item":null},"head":{"tname":"other","item":null}}})")
            .value());
    QCOMPARE(tracker.find(id(kAda))->name, QStringLiteral("Ada"));
    QVERIFY(!tracker.find(id(kAda))->caret);
    QVERIFY(!tracker.find(id(kAda))->anchor);
}

void TestPeerTracker::resolvesWhenTheTextArrives()
{
    SharedRoom room(QStringLiteral("text"));
    PeerTracker tracker(room.awareness, room.editor, room.clock());
    crdt::Doc other({.clientId = id(kAda), .guid = {}, .gc = true});
    auto theirs = other.get<crdt::Text>("content");
    insert(theirs, 0, QStringLiteral("new"));
    crdt::Any state = crdt::Any::object({});
    const auto index = crdt::StickyIndex::at(theirs, at(1));
    ui::setSelectionIn(state, ui::StickySelection{index, index});
    room.publish(kAda, state);
    QVERIFY(!tracker.find(id(kAda))->caret); // presence is faster than the text
    QVERIFY(room.doc.applyUpdate(other.getUpdate()).has_value());
    room.editor.binding()->flush();
    QTRY_VERIFY(tracker.find(id(kAda))->caret.has_value());
    QCOMPARE(
        room.text.slice(at(*tracker.find(id(kAda))->caret), at(*tracker.find(id(kAda))->caret + 2)),
        std::u16string(u"ew"));
}

void TestPeerTracker::clashesAsThePersonWantsThem()
{
    SharedRoom room(QStringLiteral("text"));
    PeerTracker tracker(room.awareness, room.editor, room.clock());
    room.publish(kAda, QStringLiteral("Ada"), ui::hueColor(3), 0, 0);
    room.publish(kBo, QStringLiteral("Bo"), ui::hueColor(3), 1, 1);
    QVERIFY(tracker.find(crdt::ClientId(kBo))->color != ui::hueColor(3)); // who came later
    QCOMPARE(tracker.find(crdt::ClientId(kAda))->color, ui::hueColor(3));
    tracker.setKeepsColorsApart(false);
    QCOMPARE(tracker.find(crdt::ClientId(kBo))->color, ui::hueColor(3));
    tracker.setKeepsColorsApart(true);
    QVERIFY(tracker.find(crdt::ClientId(kBo))->color != ui::hueColor(3));
    // In this view only: what is on the wire is as they chose it.
    const auto state = ui::readPeerState(room.awareness.states().at(crdt::ClientId(kBo)));
    QCOMPARE(state.user.color, ui::hueColor(3));
}

void TestPeerTracker::whoAsksEverybody()
{
    SharedRoom room(QStringLiteral("text"));
    PeerTracker tracker(room.awareness, room.editor, room.clock());
    QSignalSpy asks(&tracker, &PeerTracker::peerAsks);
    const auto publish = [&room](int times) {
        crdt::Any state = crdt::Any::object(
            {{"user", ui::userToAny({QStringLiteral("Ada"), {}, ui::hueColor(0)})}});
        ui::setWhereaboutsIn(state, {QStringLiteral("p"), true, std::nullopt, times});
        room.publish(kAda, std::move(state));
    };
    publish(3); // before we came
    QCOMPARE(asks.count(), 0);
    publish(3);
    QCOMPARE(asks.count(), 0);
    publish(4);
    QCOMPARE(asks.count(), 1);
    room.leave(kAda);
    publish(4); // back, after the line was gone
    QCOMPARE(asks.count(), 1);
    publish(5); // at once
    QCOMPARE(asks.count(), 1);
    room.now += PeerTracker::kAskedAgain;
    publish(6);
    QCOMPARE(asks.count(), 2);
}

void TestPeerTracker::clashesGiveWay()
{
    SharedRoom room(QStringLiteral("text"));
    PeerTracker tracker(room.awareness, room.editor, room.clock());
    room.publish(kAda, QStringLiteral("Ada"), ui::hueColor(3), 0, 0);
    room.publish(kBo, QStringLiteral("Bo"), ui::hueColor(3), 0, 0);
    QCOMPARE(tracker.find(id(kAda))->color, ui::hueColor(3));
    QVERIFY(ui::nearestHue(tracker.find(id(kBo))->color) != 3);
    room.leave(kAda);
    QCOMPARE(tracker.find(id(kBo))->color, ui::hueColor(3));
}

void TestPeerTracker::nameless()
{
    SharedRoom room(QStringLiteral("text"));
    PeerTracker tracker(room.awareness, room.editor, room.clock());
    room.publish(54'321, crdt::Any::object({}));
    const Peer* peer = tracker.find(id(54'321));
    QCOMPARE(peer->name, QStringLiteral("Guest 321"));
    QVERIFY(!peer->initials.isEmpty());
    QVERIFY(peer->color.isValid());
}

void TestPeerTracker::idleAfterAMinute()
{
    SharedRoom room(QStringLiteral("text"));
    PeerTracker tracker(room.awareness, room.editor, room.clock());
    room.publish(kAda, QStringLiteral("Ada"), ui::hueColor(0), 0, 0);
    room.now += 60s;
    tracker.refresh();
    QVERIFY(!tracker.find(id(kAda))->idle);
    room.now += 1ms;
    tracker.refresh();
    QVERIFY(tracker.find(id(kAda))->idle);
    room.publish(kAda, QStringLiteral("Ada"), ui::hueColor(0), 1, 1);
    QVERIFY(!tracker.find(id(kAda))->idle);
}

void TestPeerTracker::activity()
{
    SharedRoom room(QStringLiteral("text"));
    PeerTracker tracker(room.awareness, room.editor, room.clock());
    QSignalSpy active(&tracker, &PeerTracker::peerActive);
    room.publish(kAda, QStringLiteral("Ada"), ui::hueColor(0), 0, 0);
    QCOMPARE(active.count(), 1); // came
    room.publish(kAda, QStringLiteral("Ada"), ui::hueColor(0), 2, 2);
    QCOMPARE(active.count(), 2); // moved
    room.publish(kAda, QStringLiteral("Ada"), ui::hueColor(0), 1, 2);
    QCOMPARE(active.count(), 3); // selected
    room.publish(kAda, QStringLiteral("Ada L."), ui::hueColor(0), 1, 2);
    QCOMPARE(active.count(), 3); // only the name
}

void TestPeerTracker::activityAtTheEndOfTheText()
{
    // whoever types at the end publishes "the end" again and again, which is no change
    SharedRoom room(QStringLiteral("text"));
    PeerTracker tracker(room.awareness, room.editor, room.clock());
    room.publish(kAda, QStringLiteral("Ada"), ui::hueColor(0), 4, 4);
    room.publish(kBo, QStringLiteral("Bo"), ui::hueColor(1), 1, 1);
    QSignalSpy active(&tracker, &PeerTracker::peerActive);
    insert(room.text, 4, QStringLiteral("!"));
    QTRY_COMPARE(active.count(), 1);
    QCOMPARE(active.first().first().value<crdt::ClientId>(), id(kAda));
}

void TestPeerTracker::renewalIsNoActivity()
{
    SharedRoom room(QStringLiteral("text"));
    PeerTracker tracker(room.awareness, room.editor, room.clock());
    room.publish(kAda, QStringLiteral("Ada"), ui::hueColor(0), 2, 2);
    QSignalSpy active(&tracker, &PeerTracker::peerActive);
    room.publish(kAda, QStringLiteral("Ada"), ui::hueColor(0), 2, 2);
    QCOMPARE(active.count(), 0);
}

void TestPeerTracker::leaving()
{
    SharedRoom room(QStringLiteral("text"));
    PeerTracker tracker(room.awareness, room.editor, room.clock());
    room.publish(kAda, QStringLiteral("Ada"), ui::hueColor(0), 0, 0);
    room.publish(kBo, QStringLiteral("Bo"), ui::hueColor(1), 0, 0);
    QSignalSpy left(&tracker, &PeerTracker::peerLeft);
    room.leave(kAda);
    QCOMPARE(left.count(), 1);
    QCOMPARE(left.first().first().value<Peer>().name, QStringLiteral("Ada"));
    QCOMPARE(tracker.peers().size(), 1);
    // the other falls silent: the awareness drops it, and so do we
    room.now += crdt::Awareness::kOutdated + 1s;
    room.awareness.tick();
    QCOMPARE(tracker.peers().size(), 0);
}

void TestPeerTracker::unboundEditor()
{
    SharedRoom room(QStringLiteral("text"));
    PeerTracker tracker(room.awareness, room.editor, room.clock());
    room.publish(kAda, QStringLiteral("Ada"), ui::hueColor(0), 2, 2);
    QVERIFY(tracker.find(id(kAda))->caret);
    room.editor.unbind();
    QTRY_VERIFY(!tracker.find(id(kAda))->caret);
    room.editor.bind(room.doc, room.text);
    QTRY_COMPARE(tracker.find(id(kAda))->caret, 2);
}

void TestPeerTracker::model()
{
    SharedRoom room(QStringLiteral("one\ntwo\nthree"));
    PeerTracker tracker(room.awareness, room.editor, room.clock());
    ParticipantsModel model(tracker);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    room.publish(kAda, QStringLiteral("Ada Lovelace"), ui::hueColor(0), 5, 5);
    room.awareness.setLocalState(
        crdt::Any::object({{"user", ui::userToAny({QStringLiteral("Me"), {}, ui::hueColor(2)})}}));
    room.publish(kBo, QStringLiteral("Bo"), ui::hueColor(1), 13, 13);
    QCOMPARE(model.rowCount(), 3);
    const auto value = [&model](int row, int role) { return model.index(row).data(role); };
    QCOMPARE(value(0, Qt::DisplayRole).toString(), QStringLiteral("Me (you)"));
    QVERIFY(value(0, ParticipantsModel::SelfRole).toBool());
    QCOMPARE(value(1, Qt::DisplayRole).toString(), QStringLiteral("Ada Lovelace"));
    QCOMPARE(value(1, ParticipantsModel::InitialsRole).toString(), QStringLiteral("AL"));
    QCOMPARE(value(1, ParticipantsModel::LineRole).toInt(), 2);
    QCOMPARE(value(1, ParticipantsModel::PositionRole).toInt(), 5);
    QCOMPARE(value(1, ParticipantsModel::ClientIdRole).toULongLong(), kAda);
    QCOMPARE(value(2, ParticipantsModel::LineRole).toInt(), 3);
    QVERIFY(value(2, Qt::ToolTipRole).toString().contains(QStringLiteral("Line 3")));
    QVERIFY(!value(1, Qt::DecorationRole).isNull());

    changed.clear();
    room.publish(kAda, QStringLiteral("Ada Lovelace"), ui::hueColor(0), 0, 0);
    QVERIFY(changed.count() > 0);
    QCOMPARE(value(1, ParticipantsModel::LineRole).toInt(), 1);
    room.now += 2min;
    tracker.refresh();
    QVERIFY(value(1, ParticipantsModel::IdleRole).toBool());
    QVERIFY(!value(0, ParticipantsModel::IdleRole).toBool());

    changed.clear();
    room.editor.setTheme(ui::EditorTheme::darkTheme());
    QVERIFY(changed.count() > 0);
    QCOMPARE(value(1, ParticipantsModel::ColorRole).value<QColor>(), ui::hueColor(0, true));
    room.leave(kAda);
    QCOMPARE(model.rowCount(), 2);
}

QTEST_MAIN(TestPeerTracker)
#include "tst_peer_tracker.moc"
