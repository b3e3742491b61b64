// SPDX-License-Identifier: MIT
//
// Documents at earlier moments: what the conformance vectors do not show, which check the bytes and
// texts of moments that Yjs saw.
#include "crdt/doc.h"
#include "crdt/history.h"
#include "tests/crdt/support.h"

#include <QTest>

using namespace tutti::crdt;
using namespace tutti::crdt::test;

namespace {

QString shownAt(Doc& doc, const TextView& view)
{
    QString shown;
    for (const DeltaOp& op : doc.get<Text>("t").toDelta(view)) {
        shown += u'[' + qString(op.text) + u']';
    }
    return shown;
}

Snapshot momentOf(std::uint64_t client, std::uint32_t clock)
{
    return {IdSet(), Snapshot::State{{ClientId(client), Clock(clock)}}};
}

} // namespace

class TestHistory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void momentsInsidePairs();
    void momentsOfOthers();
    void lookingChangesNothing();
};

void TestHistory::momentsInsidePairs()
{
    // "a", both halves of an emoji, "b": nobody saw clock 2, but bytes can name it. As in Yjs
    // 13.6.33 there is U+FFFD on each side of it.
    Doc doc = makeDoc(1, false);
    doc.get<Text>("t").insert(at(0), u"a\U0001F642b");
    const Snapshot between = momentOf(1, 2);
    QCOMPARE(shownAt(doc, {.at = &between}), QStringLiteral("[a\uFFFD]"));
    const Snapshot now = snapshot(doc);
    QCOMPARE(shownAt(doc, {.at = &now, .since = &between}), QStringLiteral("[a\uFFFD][\uFFFDb]"));
    QCOMPARE(shownAt(doc, {.at = &now}), QStringLiteral("[a\U0001F642b]"));
    auto past = docFromSnapshot(doc, between);
    QVERIFY(past);
    QCOMPARE(qString(past->get<Text>("t")), QStringLiteral("a\uFFFD"));
    QCOMPARE(qString(doc.get<Text>("t")), QStringLiteral("a\U0001F642b"));
}

void TestHistory::momentsOfOthers()
{
    Doc doc = makeDoc(1, false);
    doc.get<Text>("t").insert(at(0), u"abc");
    QVERIFY(docFromSnapshot(doc, momentOf(1, 3)));
    QVERIFY(docFromSnapshot(doc, momentOf(2, 0)));
    for (const Snapshot& moment : {momentOf(1, 4), momentOf(2, 1)}) {
        const auto past = docFromSnapshot(doc, moment);
        QVERIFY(!past);
        QCOMPARE(past.error().code, ErrorCode::OutOfRange);
    }
    Doc forgetful = makeDoc(1);
    const auto past = docFromSnapshot(forgetful, Snapshot());
    QVERIFY(!past);
    QCOMPARE(past.error().code, ErrorCode::Unsupported);
}

void TestHistory::lookingChangesNothing()
{
    Doc doc = makeDoc(1, false);
    Text text = doc.get<Text>("t");
    text.insert(at(0), u"one two");
    text.erase(at(2), at(3));
    const Bytes before = doc.getUpdate();
    const Snapshot early = momentOf(1, 5);
    QCOMPARE(shownAt(doc, {.at = &early}), QStringLiteral("[one t]"));
    QVERIFY(docFromSnapshot(doc, early));
    QCOMPARE(hex(doc.getUpdate()), hex(before));
    checkInvariants(doc);
}

QTEST_GUILESS_MAIN(TestHistory)
#include "tst_history.moc"
