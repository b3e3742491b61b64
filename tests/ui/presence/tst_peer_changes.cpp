// SPDX-License-Identifier: MIT
#include "tests/ui/support/qt_test.h"
#include "tests/ui/support/shared_room.h"
#include "ui/presence/peer_changes.h"
#include "ui/presence/presence_colors.h"

using namespace tutti;
using namespace tutti::test;
using ui::PeerChanges;

namespace {

constexpr std::uint64_t kAda = 20;
constexpr std::uint64_t kBo = 30;

crdt::ClientId id(std::uint64_t value) { return crdt::ClientId(value); }

/// A text of four words, Ada behind the first and Bo behind the last.
struct Scene
{
    Scene()
    {
        room.editor.binding()->flush();
        publish(kAda, QStringLiteral("Ada"), 3);
        publish(kBo, QStringLiteral("Bo"), 18);
    }
    void publish(std::uint64_t client, const QString& name, int caret)
    {
        room.publish(client, name, ui::hueColor(0), caret, caret);
    }
    /// Somebody writes with that client id.
    template <typename Edit>
    void remote(std::uint64_t client, Edit edit)
    {
        room.now += std::chrono::seconds(5);
        crdt::Doc doc({.clientId = id(client), .guid = {}, .gc = true});
        QVERIFY(doc.applyUpdate(room.doc.getUpdate()).has_value());
        crdt::Text text = doc.get<crdt::Text>("content");
        edit(text);
        const auto update = doc.getUpdate(room.doc.getState());
        QVERIFY(update && room.doc.applyUpdate(*update, crdt::Origin("net")).has_value());
    }
    [[nodiscard]] QString shown()
    {
        room.editor.binding()->flush();
        return room.editor.toPlainText();
    }
    [[nodiscard]] QStringList names() const
    {
        QStringList names;
        for (const PeerChanges::Person& person : changes.people()) {
            names << (person.isHere ? person.name : QStringLiteral("(%1)").arg(person.name));
        }
        return names;
    }

    SharedRoom room{QStringLiteral("one two three four")};
    PeerChanges changes{room.doc, room.text, room.awareness, crdt::Origin("net"), room.clock()};
};

} // namespace

class TestPeerChanges : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void insertionsHaveAnAuthor();
    void deletionsByTheCaret();
    void deletionsWithOneOther();
    void whoLeftIsStillNamed();
    void undoneAsAStepOfMine();
};

void TestPeerChanges::insertionsHaveAnAuthor()
{
    Scene scene;
    QVERIFY(scene.changes.people().isEmpty());
    scene.remote(kBo, [](crdt::Text& text) { text.insert(at(18), u" five"); });
    QCOMPARE(scene.names(), QStringList{QStringLiteral("Bo")});
    QVERIFY(!scene.changes.lastOf(id(kAda)));
    const auto change = scene.changes.lastOf(id(kBo));
    QVERIFY(change);
    scene.room.now += std::chrono::seconds(70);
    QCOMPARE(scene.changes.ageOf(*change), std::chrono::seconds(70));
}

void TestPeerChanges::deletionsByTheCaret()
{
    Scene scene;
    scene.remote(kAda, [](crdt::Text& text) { text.erase(at(0), at(3)); });
    QCOMPARE(scene.names(), QStringList{QStringLiteral("Ada")}); // her caret was behind it
    scene.remote(kBo, [](crdt::Text& text) { text.erase(at(5), at(2)); });
    QCOMPARE(scene.names(), QStringList{QStringLiteral("Ada")}); // nobody's was there

    scene.publish(kAda, QStringLiteral("Ada"), 2);
    scene.publish(kBo, QStringLiteral("Bo"), 2);
    const auto before = scene.changes.lastOf(id(kAda));
    scene.remote(kBo, [](crdt::Text& text) { text.erase(at(2), at(1)); });
    QCOMPARE(scene.changes.lastOf(id(kAda)), before); // both were: it is not said whose it is
    QVERIFY(!scene.changes.lastOf(id(kBo)));
}

void TestPeerChanges::deletionsWithOneOther()
{
    Scene scene;
    scene.room.leave(kBo);
    scene.remote(kAda, [](crdt::Text& text) { text.erase(at(9), at(2)); });
    QCOMPARE(scene.names(), QStringList{QStringLiteral("Ada")});
}

void TestPeerChanges::whoLeftIsStillNamed()
{
    Scene scene;
    scene.remote(kBo, [](crdt::Text& text) { text.insert(at(0), u"Bo was here. "); });
    scene.room.leave(kBo);
    QCOMPARE(scene.names(), QStringList{QStringLiteral("(Bo)")});
    QCOMPARE(scene.changes.nameOf(id(kBo)), QStringLiteral("Bo"));
    scene.publish(40, QStringLiteral("Bo"), 0); // back, in another program
    QCOMPARE(scene.names(), QStringList{QStringLiteral("Bo")});
    QVERIFY(scene.changes.lastOf(id(40)));
    QCOMPARE(scene.changes.lastOf(id(40)), scene.changes.lastOf(id(kBo)));
}

void TestPeerChanges::undoneAsAStepOfMine()
{
    Scene scene;
    ui::DocumentBinding& binding = *scene.room.editor.binding();
    QTest::keyClicks(&scene.room.editor, QStringLiteral("me "));
    scene.remote(kAda, [](crdt::Text& text) {
        text.erase(at(3), at(4));
        text.insert(at(3), u"ADA ");
    });
    QTest::keyClicks(&scene.room.editor, QStringLiteral("too "));
    const QString both = scene.shown();
    QCOMPARE(both, QStringLiteral("me too ADA two three four"));
    const auto change = scene.changes.lastOf(id(kAda));
    QVERIFY(binding.takeBack(scene.changes.log(), *change));
    QCOMPARE(scene.shown(), QStringLiteral("me one too two three four"));
    QVERIFY(binding.canUndo());
    QVERIFY(!binding.takeBack(scene.changes.log(), *change)); // done already
    scene.room.editor.undo();
    QCOMPARE(scene.shown(), both); // a step of its own
    scene.room.editor.redo();
    QCOMPARE(scene.shown(), QStringLiteral("me one too two three four"));
    scene.room.editor.undo();
    scene.room.editor.undo();
    QVERIFY(scene.shown().contains(QStringLiteral("ADA"))); // one's own typing, and only that
    QVERIFY(!scene.shown().contains(QStringLiteral("too")));
}

QTEST_MAIN(TestPeerChanges)
#include "tst_peer_changes.moc"
