// SPDX-License-Identifier: MIT
//
// Undo beyond plain text: other scopes, filters, what can be taken over by another manager.
#include "crdt/doc.h"
#include "crdt/undo_manager.h"
#include "support.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace tutti::crdt;
using namespace tutti::crdt::test;

class TestUndoOptions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void maps();
    void listsInMaps();
    void wholeDocument();
    void scopesGrow();
    void captureFilter();
    void deleteFilter();
    void remoteMapChanges();
    void origins();
    void stacksCanBeReadAndRestored();
    void mergedItems();
    void typedBehindWhatIsKept();
    void cleared();
    void formatting();
};

namespace {

UndoManager::Options eachItsOwn()
{
    UndoManager::Options options;
    options.captureTimeout = UndoManager::Milliseconds(0);
    return options;
}

QString asJson(const SharedType& type) { return qString(type.toJson().toJson()); }

} // namespace

void TestUndoOptions::maps()
{
    Doc doc = makeDoc(1);
    Map map = doc.get<Map>("m");
    UndoManager undo(doc, {map}, eachItsOwn());
    QVERIFY(map.set("k", 1));
    QVERIFY(map.set("k", 2));
    QVERIFY(map.erase("k"));
    QVERIFY(undo.undo());
    QCOMPARE(asJson(map), uR"({"k":2})"_s);
    QVERIFY(undo.undo());
    QCOMPARE(asJson(map), uR"({"k":1})"_s);
    QVERIFY(undo.undo());
    QCOMPARE(asJson(map), u"{}"_s);
    QVERIFY(!undo.undo());
    QVERIFY(undo.redo() && undo.redo() && undo.redo());
    QCOMPARE(asJson(map), u"{}"_s);
    checkInvariants(doc);
}

void TestUndoOptions::listsInMaps()
{
    Doc doc = makeDoc(1);
    Map map = doc.get<Map>("m");
    UndoManager undo(doc, {map}, eachItsOwn());
    Array list = map.set<Array>("l", ArrayPrelim{{1, TextPrelim(u"text")}});
    list.get<Text>(at(1))->insert(at(4), u"!");
    QVERIFY(map.erase("l"));
    QVERIFY(undo.undo());
    QCOMPARE(asJson(map), uR"({"l":[1,"text!"]})"_s);
    QVERIFY(!list.isLive()); // it came back as another one
    Array back = *map.get<Array>("l");
    QVERIFY(back.erase(at(0)));
    QVERIFY(undo.undo());
    QCOMPARE(asJson(map), uR"({"l":[1,"text!"]})"_s);
    checkInvariants(doc);
}

void TestUndoOptions::wholeDocument()
{
    Doc doc = makeDoc(1);
    UndoManager undo(doc, eachItsOwn());
    doc.get<Text>("t").insert(at(0), u"x");
    QVERIFY(doc.get<Map>("m").set("k", 1));
    QVERIFY(undo.undo());
    QCOMPARE(doc.get<Map>("m").size(), std::size_t(0));
    QVERIFY(undo.undo());
    QCOMPARE(doc.get<Text>("t").length(), at(0));
    QVERIFY(undo.redo());
    QCOMPARE(qString(doc.get<Text>("t")), u"x"_s);
}

void TestUndoOptions::scopesGrow()
{
    Doc doc = makeDoc(1);
    Text text = doc.get<Text>("t");
    Map map = doc.get<Map>("m");
    UndoManager undo(doc, {text}, eachItsOwn());
    QVERIFY(map.set("k", 1));
    QVERIFY(!undo.canUndo());
    undo.addToScope(map);
    QVERIFY(map.set("k", 2));
    QVERIFY(undo.undo());
    QCOMPARE(asJson(map), uR"({"k":1})"_s);
}

void TestUndoOptions::captureFilter()
{
    Doc doc = makeDoc(1);
    Text text = doc.get<Text>("t");
    UndoManager::Options options = eachItsOwn();
    options.captureTransaction = [](const TransactionInfo& info) {
        return !info.meta().contains("quiet");
    };
    UndoManager undo(doc, {text}, options);
    const auto mark = doc.observe(Phase::BeforeTransaction, [&](const TransactionInfo& info) {
        if (text.length() == at(1)) {
            info.meta()["quiet"] = true;
        }
    });
    text.insert(at(0), u"a");
    text.insert(at(1), u"b"); // not captured
    text.insert(at(2), u"c");
    QCOMPARE(undo.undoStack().size(), std::size_t(2));
    QVERIFY(undo.undo());
    QVERIFY(undo.undo());
    QCOMPARE(qString(text), u"b"_s);
}

void TestUndoOptions::deleteFilter()
{
    Doc doc = makeDoc(1);
    Text text = doc.get<Text>("t");
    UndoManager::Options options;
    options.deleteFilter = [](Id id) { return id.clock != Clock(0); };
    UndoManager undo(doc, {text}, options);
    doc.transact({}, [&] {
        text.insert(at(0), u"a");
        QVERIFY(text.insertEmbed(at(1), 1));
        text.insert(at(2), u"b");
    });
    QVERIFY(undo.undo());
    QCOMPARE(qString(text), u"a"_s);
    QVERIFY(text.isPlain());
}

void TestUndoOptions::remoteMapChanges()
{
    for (const bool ignore : {false, true}) {
        Doc doc = makeDoc(1);
        Map map = doc.get<Map>("m");
        UndoManager::Options options = eachItsOwn();
        options.ignoreRemoteMapChanges = ignore;
        UndoManager undo(doc, {map}, options);
        QVERIFY(map.set("k", "first"));
        QVERIFY(map.set("k", "second"));
        Doc other = makeDoc(2);
        QVERIFY(other.applyUpdate(doc.getUpdate()));
        QVERIFY(other.get<Map>("m").set("k", "theirs"));
        QVERIFY(doc.applyUpdate(other.getUpdate(), Origin("remote")));
        undo.undo();
        QCOMPARE(asJson(map), ignore ? uR"({"k":"first"})"_s : uR"({"k":"theirs"})"_s);
    }
}

void TestUndoOptions::origins()
{
    Doc doc = makeDoc(1);
    Text text = doc.get<Text>("t");
    UndoManager undo(doc, {text}, eachItsOwn());
    const auto write = [&](const Origin& origin) {
        doc.transact(origin, [&] { text.insert(at(0), u"x"); });
    };
    write(Origin("tool"));
    QVERIFY(!undo.canUndo());
    undo.addTrackedOrigin(Origin("tool"));
    write(Origin("tool"));
    write(Origin());
    QCOMPARE(undo.undoStack().size(), std::size_t(2));
    undo.removeTrackedOrigin(Origin());
    write(Origin());
    QCOMPARE(undo.undoStack().size(), std::size_t(2));
}

void TestUndoOptions::stacksCanBeReadAndRestored()
{
    Doc doc = makeDoc(1, false);
    Text text = doc.get<Text>("t");
    std::vector<UndoManager::StackItem> steps;
    std::vector<UndoManager::StackItem> undone;
    {
        UndoManager undo(doc, {text}, eachItsOwn());
        undo.setOnStackItemAdded([](UndoManager::StackItem& item, UndoManager::Stack, bool) {
            item.meta = std::string("here");
        });
        text.insert(at(0), u"one ");
        text.insert(at(4), u"two");
        text.erase(at(0), at(4));
        QVERIFY(undo.undo());
        steps = undo.undoStack();
        undone = undo.redoStack();
    }
    QCOMPARE(steps.size(), std::size_t(2));
    QCOMPARE(undone.size(), std::size_t(1));
    QVERIFY(steps[0].insertions.contains(Id{ClientId(1), Clock(3)}));
    QVERIFY(!steps[0].insertions.contains(Id{ClientId(1), Clock(4)}));
    QVERIFY(steps[0].deletions.empty());
    QCOMPARE(std::any_cast<std::string>(steps[1].meta), std::string("here"));
    UndoManager::Options options = eachItsOwn();
    options.undoStack = steps;
    options.redoStack = undone;
    UndoManager next(doc, {text}, options);
    QVERIFY(next.redo());
    QCOMPARE(qString(text), u"two"_s);
    QVERIFY(next.undo());
    QVERIFY(next.undo());
    QCOMPARE(qString(text), u"one "_s);
    QVERIFY(next.undo());
    QCOMPARE(qString(text), QString());
    checkInvariants(doc);
}

void TestUndoOptions::mergedItems()
{
    Doc doc = makeDoc(1);
    Text text = doc.get<Text>("t");
    UndoManager undo(doc, {text}, eachItsOwn());
    text.insert(at(0), u"a");
    text.insert(at(1), u"b");
    const auto steps = undo.undoStack();
    const auto merged = UndoManager::StackItem::merge(
        steps[0], steps[1], [](const std::any&, const std::any&) { return std::any(7); });
    QCOMPARE(merged.insertions.ranges().size(), std::size_t(1));
    QCOMPARE(merged.insertions.ranges()[0].length, 2U);
    QCOMPARE(std::any_cast<int>(merged.meta), 7);
    UndoManager::Options options;
    options.undoStack = {merged};
    UndoManager other(doc, {text}, options);
    QVERIFY(other.undo());
    QCOMPARE(text.length(), at(0));
}

/// Text behind what was redone, which is kept, is not kept itself: what of it is deleted at once is
/// forgotten at once.
void TestUndoOptions::typedBehindWhatIsKept()
{
    Doc doc = makeDoc(1);
    Map map = doc.get<Map>("m");
    UndoManager undo(doc, {map});
    map.set<Text>("k", TextPrelim(u"abcdef"));
    undo.stopCapturing();
    QVERIFY(map.erase("k"));
    QVERIFY(undo.undo());
    Text text = *map.get<Text>("k");
    QCOMPARE(qString(text), u"abcdef"_s);
    Bytes update;
    const Subscription subscription = doc.observe([&update](const TransactionEvent& event) {
        update.assign(event.update.begin(), event.update.end());
    });
    {
        const Transaction transaction = doc.transact(Origin("another"));
        text.insert(at(6), u"xy");
        text.erase(at(6), at(1));
    }
    QCOMPARE(hex(update), QByteArray("0102010e81010d0184010e01790101010e01"));
}

void TestUndoOptions::cleared()
{
    Doc doc = makeDoc(1);
    Text text = doc.get<Text>("t");
    UndoManager undo(doc, {text}, eachItsOwn());
    QStringList calls;
    undo.setOnStackCleared(
        [&](bool undoToo, bool redoToo) { calls << u"%1%2"_s.arg(undoToo).arg(redoToo); });
    text.insert(at(0), u"a");
    text.insert(at(1), u"b");
    QVERIFY(undo.undo());
    undo.clear(UndoManager::Stack::Redo);
    QVERIFY(undo.canUndo() && !undo.canRedo());
    QVERIFY(undo.undo());
    text.insert(at(0), u"c"); // a new change ends what could be redone
    QVERIFY(!undo.canRedo());
    undo.clear();
    QVERIFY(!undo.canUndo());
    undo.clear();
    QCOMPARE(calls, (QStringList{u"01"_s, u"01"_s, u"10"_s}));
}

void TestUndoOptions::formatting()
{
    Doc doc = makeDoc(1);
    Text text = doc.get<Text>("t");
    UndoManager undo(doc, {text}, eachItsOwn());
    text.insert(at(0), u"abc");
    text.format(at(0), at(2), {{"b", true}});
    QCOMPARE(text.toDelta().size(), std::size_t(2));
    QVERIFY(undo.undo());
    QCOMPARE(text.toDelta().size(), std::size_t(1));
    QVERIFY(text.toDelta()[0].attributes.empty());
    QVERIFY(undo.redo());
    QCOMPARE(qString(text.toDelta()[0].text), u"ab"_s);
}

QTEST_GUILESS_MAIN(TestUndoOptions)
#include "tst_undo_options.moc"
