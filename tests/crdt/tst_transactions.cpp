// SPDX-License-Identifier: MIT
//
// Who is called when in a transaction, what they are told, and what happens when one of them fails.
#include "crdt/doc.h"
#include "crdt/undo_manager.h"
#include "support.h"

#include <QTest>

#include <stdexcept>

using namespace Qt::StringLiterals;
using namespace tutti::crdt;
using namespace tutti::crdt::test;

class TestTransactions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void order();
    void rowsOfTransactions();
    void whatItDid();
    void states();
    void meta();
    void observersThatThrow();
    void exceptionsAreThrownOnce();
    void anotherExceptionOnItsWay();
    void origins();
    void reading();
    void keyChanges();
    void deepEvents();
    void deepOrder();
    void emptyDeltas();
    void destroyed();
    void movedDocs();
};

namespace {

QString pathOf(const TypeEvent& event)
{
    QStringList steps;
    for (const PathStep& step : event.path) {
        const Offset* index = std::get_if<Offset>(&step);
        steps << (index != nullptr ? QString::number(index->value())
                                   : qString(std::get<std::string>(step)));
    }
    return steps.join(u'/');
}

QString changesOf(std::span<const KeyChange> keys)
{
    QStringList changes;
    for (const KeyChange& change : keys) {
        static constexpr const char* kSigns[] = {"+", "~", "-"};
        changes << QLatin1StringView(kSigns[static_cast<int>(change.action)]) + qString(change.key)
                + u':' + (change.oldValue ? qString(change.oldValue->toJson().toJson()) : QString())
                + u'>'
                + (change.newValue ? qString(change.newValue->toJson().toJson()) : QString());
    }
    return changes.join(u' ');
}

} // namespace

void TestTransactions::order()
{
    Doc doc = makeDoc(1);
    Map map = doc.get<Map>("m");
    Text text = map.set<Text>("t", TextPrelim());
    QStringList calls;
    std::vector<Subscription> all;
    const auto phase = [&](Phase which, const char* name) {
        all.push_back(doc.observe(
            which, [&calls, name](const TransactionInfo&) { calls << QLatin1StringView(name); }));
    };
    phase(Phase::AfterAllTransactions, "afterAll");
    phase(Phase::AfterTransactionCleanup, "cleaned");
    phase(Phase::AfterTransaction, "after");
    phase(Phase::BeforeObserverCalls, "beforeObservers");
    phase(Phase::BeforeTransaction, "before");
    phase(Phase::BeforeAllTransactions, "beforeAll");
    all.push_back(doc.observe([&](const TransactionEvent&) { calls << u"update"_s; }));
    all.push_back(map.observeDeep([&](std::span<const TypeEvent>) { calls << u"deep"_s; }));
    all.push_back(map.observe([&](const TypeEvent&) { calls << u"map"_s; }));
    all.push_back(text.observe([&](const TypeEvent&) { calls << u"text"_s; }));
    doc.transact({}, [&] {
        calls << u"body"_s;
        text.insert(at(0), u"x");
        static_cast<void>(map.set("k", 1));
    });
    QCOMPARE(calls.join(u' '),
        u"beforeAll before body beforeObservers text map deep after cleaned update afterAll"_s);
}

void TestTransactions::rowsOfTransactions()
{
    // What an observer changes is the next transaction, and a row of them ends once.
    Doc doc = makeDoc(1);
    Text text = doc.get<Text>("t");
    QStringList calls;
    UpdateLog log(doc);
    const auto all = doc.observe(
        Phase::AfterAllTransactions, [&](const TransactionInfo&) { calls << u"all"_s; });
    const auto watch = text.observe([&](const TypeEvent& event) {
        calls << QString::number(event.delta.back().length.value());
        if (text.length() < at(3)) {
            text.insert(text.length(), u"yy");
        }
    });
    text.insert(at(0), u"x");
    QCOMPARE(calls.join(u' '), u"1 2 all"_s);
    QCOMPARE(log.updates.size(), std::size_t(2));
    QCOMPARE(qString(text), u"xyy"_s);
}

void TestTransactions::whatItDid()
{
    Doc doc = makeDoc(1);
    Text text = doc.get<Text>("t");
    text.insert(at(0), u"abcdef");
    int calls = 0;
    const auto watch = doc.observe([&](const TransactionEvent& event) {
        ++calls;
        QVERIFY(event.local);
        QVERIFY(event.origin == Origin("me"));
        QCOMPARE(event.deletions().ranges().size(), std::size_t(1));
        QVERIFY(event.deletions().contains(Id{ClientId(1), Clock(2)}));
        QVERIFY(!event.deletions().contains(Id{ClientId(1), Clock(1)}));
        QCOMPARE(event.insertions().ranges().size(), std::size_t(1));
        QCOMPARE(event.insertions().ranges()[0].clock, Clock(6));
        QCOMPARE(event.changedTypes().size(), std::size_t(1));
        QVERIFY(event.changedTypes()[0] == static_cast<const SharedType&>(text));
        Doc copy = makeDoc(2);
        QVERIFY(copy.applyUpdateV2(event.updateV2()));
        QVERIFY(copy.hasPending()); // it builds on what came before
    });
    doc.transact(Origin("me"), [&] {
        text.erase(at(2), at(2));
        text.insert(at(0), u"x");
    });
    QCOMPARE(calls, 1);
}

void TestTransactions::states()
{
    Doc doc = makeDoc(1);
    doc.get<Text>("t").insert(at(0), u"abc");
    Doc other = makeDoc(7);
    other.get<Text>("t").insert(at(0), u"zz");
    StateVector before;
    StateVector after;
    const auto watch = doc.observe(Phase::AfterTransaction, [&](const TransactionInfo& info) {
        before = info.beforeState();
        after = info.afterState();
        QVERIFY(!info.local);
    });
    QVERIFY(doc.applyUpdate(other.getUpdate()));
    QCOMPARE(before, (StateVector{{ClientId(1), Clock(3)}}));
    QCOMPARE(after, (StateVector{{ClientId(1), Clock(3)}, {ClientId(7), Clock(2)}}));
    QCOMPARE(doc.stateVector(), after);
}

void TestTransactions::meta()
{
    Doc doc = makeDoc(1);
    int seen = 0;
    const auto write = doc.observe(
        Phase::BeforeTransaction, [](const TransactionInfo& info) { info.meta()["mark"] = 5; });
    const auto read = doc.observe(Phase::AfterTransactionCleanup, [&](const TransactionInfo& info) {
        seen = std::any_cast<int>(info.meta().at("mark"));
        info.meta()["left"] = 1;
    });
    doc.get<Text>("t").insert(at(0), u"x");
    QCOMPARE(seen, 5);
    const auto next = doc.observe(Phase::BeforeTransaction,
        [&](const TransactionInfo& info) { QVERIFY(!info.meta().contains("left")); });
    doc.get<Text>("t").insert(at(0), u"x");
}

void TestTransactions::observersThatThrow()
{
    Doc doc = makeDoc(1);
    Text text = doc.get<Text>("t");
    QStringList calls;
    std::vector<Subscription> all;
    all.push_back(text.observe([](const TypeEvent&) { throw std::runtime_error("first"); }));
    all.push_back(text.observe([&](const TypeEvent&) { calls << u"text"_s; }));
    all.push_back(doc.observe(Phase::AfterTransaction,
        [](const TransactionInfo&) { throw std::runtime_error("second"); }));
    UpdateLog log(doc);
    try {
        text.insert(at(0), u"x");
        QFAIL("nothing was thrown");
    } catch (const std::runtime_error& error) {
        QCOMPARE(QLatin1StringView(error.what()), "first"_L1);
    }
    QCOMPARE(calls, QStringList{u"text"_s});
    QCOMPARE(log.updates.size(), std::size_t(1));
    QCOMPARE(qString(text), u"x"_s);
    checkInvariants(doc);
    // The same for what comes from elsewhere.
    Doc other = makeDoc(2);
    other.get<Text>("t").insert(at(0), u"y");
    QVERIFY_THROWS_EXCEPTION(
        std::runtime_error, static_cast<void>(doc.applyUpdate(other.getUpdate())));
    QCOMPARE(text.length(), at(2));
    QVERIFY_THROWS_EXCEPTION(std::runtime_error, doc.transact({}, [&] { text.clear(); }));
    QCOMPARE(text.length(), at(0));
}

void TestTransactions::exceptionsAreThrownOnce()
{
    Doc doc = makeDoc(1);
    Text text = doc.get<Text>("t");
    {
        const auto watch = text.observe([](const TypeEvent&) { throw std::runtime_error("once"); });
        const auto lines = [&] {
            const Transaction outer = doc.transact();
            text.insert(at(0), u"x"); // nothing is told yet
            text.insert(at(0), u"x");
        };
        QVERIFY_THROWS_EXCEPTION(std::runtime_error, lines());
    }
    text.insert(at(0), u"x");
    QCOMPARE(text.length(), at(3));
}

void TestTransactions::anotherExceptionOnItsWay()
{
    Doc doc = makeDoc(1);
    Text text = doc.get<Text>("t");
    const auto watch = text.observe([](const TypeEvent&) { throw std::runtime_error("theirs"); });
    const auto lines = [&] {
        const Transaction transaction = doc.transact();
        text.insert(at(0), u"x");
        throw std::logic_error("mine");
    };
    QVERIFY_THROWS_EXCEPTION(std::logic_error, lines());
    QCOMPARE(qString(text), u"x"_s);
}

void TestTransactions::origins()
{
    Doc doc = makeDoc(1);
    Text text = doc.get<Text>("t");
    const auto nest = [&](const Origin& outer, const Origin& inner) {
        const Transaction first = doc.transact(outer);
        const Transaction second = doc.transact(inner);
        text.insert(at(0), u"x");
    };
    nest(Origin("a"), Origin("a"));
    nest(Origin("a"), Origin());
    QVERIFY_THROWS_EXCEPTION(TransactionError, nest(Origin("a"), Origin("b")));
    QVERIFY_THROWS_EXCEPTION(TransactionError, nest(Origin(), Origin("b")));
    QCOMPARE(text.length(), at(2));
    nest(Origin("c"), Origin("c")); // and it goes on
    QCOMPARE(text.length(), at(3));
}

void TestTransactions::reading()
{
    Doc doc = makeDoc(1);
    Text text = doc.get<Text>("t");
    text.insert(at(0), u"x");
    Doc other = makeDoc(2);
    other.get<Text>("t").insert(at(0), u"y");
    {
        const ReadTransaction reading = doc.read();
        const ReadTransaction again = doc.read();
        QCOMPARE(qString(text), u"x"_s);
        QVERIFY_THROWS_EXCEPTION(TransactionError, text.insert(at(0), u"no"));
        QVERIFY_THROWS_EXCEPTION(TransactionError, static_cast<void>(doc.transact()));
        QVERIFY(!doc.applyUpdate(other.getUpdate()));
        QVERIFY(!doc.applyUpdateV2(other.getUpdateV2()));
    }
    QCOMPARE(qString(text), u"x"_s);
    QVERIFY(doc.applyUpdate(other.getUpdate()));
    QCOMPARE(text.length(), at(2));
}

void TestTransactions::keyChanges()
{
    Doc doc = makeDoc(1);
    Map map = doc.get<Map>("m");
    QVERIFY(map.set("old", 1));
    QVERIFY(map.set("gone", "x"));
    QString changes;
    const auto watch = map.observe([&](const TypeEvent& event) {
        changes = changesOf(event.keys);
        QVERIFY(event.delta.empty());
    });
    doc.transact({}, [&] {
        QVERIFY(map.set("new", 1));
        QVERIFY(map.set("new", 2));
        QVERIFY(map.set("old", 3));
        QVERIFY(map.erase("gone"));
        QVERIFY(map.set("passing", 4));
        QVERIFY(map.erase("passing"));
    });
    QCOMPARE(changes, u"+new:>2 ~old:1>3 -gone:\"x\">"_s);
    QVERIFY(map.set("gone", ArrayPrelim{{1}}));
    QCOMPARE(changes, u"+gone:>[1]"_s);
    QVERIFY(map.erase("gone"));
    QCOMPARE(changes.left(6), u"-gone:"_s);
}

void TestTransactions::deepEvents()
{
    Doc doc = makeDoc(1);
    Map map = doc.get<Map>("m");
    Array list = map.set<Array>("list", ArrayPrelim{{0, MapPrelim{}, TextPrelim(u"abc")}});
    Map inner = *list.get<Map>(at(1));
    Text text = *list.get<Text>(at(2));
    QStringList seen;
    const auto watch = map.observeDeep([&](std::span<const TypeEvent> events) {
        for (const TypeEvent& event : events) {
            seen << pathOf(event) + u' ' + changesOf(event.keys)
                    + QString::number(event.delta.size());
        }
    });
    QVERIFY(inner.set("k", 1));
    text.insert(at(1), u"X");
    QVERIFY(list.insert(at(0), "before"));
    QVERIFY(inner.set("k", 2));
    QCOMPARE(
        seen, (QStringList{u"list/1 +k:>10"_s, u"list/2 2"_s, u"list 1"_s, u"list/2 ~k:1>20"_s}));
    // A type that came in the transaction is part of what its holder tells.
    seen.clear();
    doc.transact({}, [&] { map.set<Text>("t", TextPrelim(u"x")).insert(at(0), u"y"); });
    QCOMPARE(seen, QStringList{u" +t:>\"yx\"0"_s});
}

void TestTransactions::deepOrder()
{
    Doc doc = makeDoc(1);
    Map map = doc.get<Map>("m");
    Map child = map.set<Map>("c", MapPrelim{{{"d", MapPrelim{}}}});
    Map grandchild = *child.get<Map>("d");
    QStringList seen;
    const auto watch = map.observeDeep([&](std::span<const TypeEvent> events) {
        for (const TypeEvent& event : events) {
            seen << pathOf(event);
        }
    });
    doc.transact({}, [&] {
        QVERIFY(grandchild.set("k", 1));
        QVERIFY(child.set("k", 1));
        QVERIFY(map.set("k", 1));
    });
    QCOMPARE(seen, (QStringList{QString(), u"c"_s, u"c/d"_s}));
    seen.clear();
    doc.transact({}, [&] {
        QVERIFY(grandchild.set("k", 2));
        QVERIFY(map.erase("c"));
    });
    QCOMPARE(seen, QStringList{QString()}); // what is gone has no voice
}

void TestTransactions::emptyDeltas()
{
    Doc doc = makeDoc(1);
    Array array = doc.get<Array>("a");
    int events = 0;
    const auto watch = array.observe([&](const TypeEvent& event) {
        ++events;
        QVERIFY(event.delta.empty() && event.keys.empty());
    });
    doc.transact({}, [&] {
        QVERIFY(array.push(1));
        QVERIFY(array.erase(at(0)));
    });
    QCOMPARE(events, 1);
    doc.transact({}, [] { });
    QCOMPARE(events, 1);
}

void TestTransactions::destroyed()
{
    QString last;
    Subscription watch;
    {
        Doc doc = makeDoc(1);
        Text text = doc.get<Text>("t");
        text.insert(at(0), u"x");
        watch = doc.observeDestroy([&last, text] { last = qString(text); });
    }
    QCOMPARE(last, u"x"_s);
}

void TestTransactions::movedDocs()
{
    Doc doc = makeDoc(1);
    Map map = doc.get<Map>("m");
    int events = 0;
    const auto watch = map.observeDeep([&](std::span<const TypeEvent>) { ++events; });
    const Doc moved = std::move(doc);
    QVERIFY(map.set("k", 1));
    QCOMPARE(events, 1);
    QCOMPARE(qString(moved.toJson().toJson()), uR"({"m":{"k":1}})"_s);
}

QTEST_GUILESS_MAIN(TestTransactions)
#include "tst_transactions.moc"
