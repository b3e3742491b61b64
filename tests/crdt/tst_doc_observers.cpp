// SPDX-License-Identifier: MIT
#include "crdt/doc.h"
#include "tests/crdt/support.h"

#include <QTest>

#include <memory>

using namespace tutti::crdt;
using namespace tutti::crdt::test;
using namespace Qt::StringLiterals;

class TestDocObservers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void deltas();
    void deltasOfRandomEdits();
    void embedsInDeltas();
    void pairsCutByOthers();
    void textsBeforeDoc();
    void addedAndRemovedInside();
    void removesItself();
    void subscriptionsMoveAndEnd();
    void subscriptionOutlivesTheDoc();
    void changesMadeInsideAreTheNextTransaction();
    void severalTransactionsMadeInside();
    void changesToAnotherTextMadeInside();
    void updatesAppliedInside();
    void updatesOfNestedTransactionsSuffice();
    void replyingForEver();
};

void TestDocObservers::deltas()
{
    Doc doc = makeDoc(1);
    Text text = doc.get<Text>("t");
    QString last;
    const auto subscription = text.observe([&last](const TypeEvent& event) {
        last.clear();
        for (const DeltaOp& op : event.delta) {
            switch (op.kind) {
            case DeltaOp::Kind::Retain:
                last += u"="_s + QString::number(op.length.value());
                break;
            case DeltaOp::Kind::Delete:
                last += u"-"_s + QString::number(op.length.value());
                break;
            case DeltaOp::Kind::Insert:
                last += u"+"_s + qString(op.text);
                break;
            }
            last += u" "_s;
        }
    });
    text.insert(at(0), u"hello");
    QCOMPARE(last, u"+hello "_s);
    text.insert(at(5), u" world");
    QCOMPARE(last, u"=5 + world "_s);
    text.erase(at(0), at(1));
    QCOMPARE(last, u"-1 "_s);
    doc.transact({}, [&text] {
        text.insert(at(0), u"J");
        text.erase(at(5), at(6));
        text.insert(text.length(), u"!");
    });
    QCOMPARE(last, u"+J =4 -6 +! "_s);
    doc.transact({}, [&text] { // what comes and goes is not seen
        text.insert(at(2), u"gone");
        text.erase(at(2), at(4));
        text.insert(at(1), u"x");
    });
    QCOMPARE(last, u"=1 +x "_s);
}

void TestDocObservers::deltasOfRandomEdits()
{
    for (const std::uint64_t seed : seeds({1, 2, 3, 4})) {
        Random random(seed);
        Doc docs[] = {makeDoc(100, random.oneIn(2)), makeDoc(200), makeDoc(300)};
        std::vector<std::unique_ptr<UpdateLog>> logs;
        std::vector<std::unique_ptr<Mirror>> mirrors;
        for (Doc& doc : docs) {
            logs.push_back(std::make_unique<UpdateLog>(doc));
            mirrors.push_back(std::make_unique<Mirror>(doc.get<Text>("t")));
        }
        for (int step = 0; step < 600; ++step) {
            const std::size_t who = random.below(std::size(docs));
            Text text = docs[who].get<Text>("t");
            docs[who].transact({}, [&] {
                for (std::uint32_t edits = random.between(1, 5); edits > 0; --edits) {
                    const std::uint32_t length = text.length().value();
                    if (random.below(5) < 3) {
                        text.insert(
                            at(random.below(length + 1)), randomText(random, random.below(8)));
                    } else {
                        text.erase(at(random.below(length + 1)), at(random.below(12)));
                    }
                    // An update may come in the middle of a transaction of one's own.
                    const std::size_t from = random.below(std::size(docs));
                    if (random.oneIn(12) && from != who) {
                        QVERIFY(docs[who].applyUpdate(docs[from].getUpdate()).has_value());
                    }
                }
            });
            const std::size_t from = random.below(std::size(docs));
            if (random.oneIn(3)) {
                QVERIFY(
                    docs[who].applyUpdate(*docs[from].getUpdate(docs[who].getState())).has_value());
            }
            for (std::size_t i = 0; i < std::size(docs); ++i) {
                QVERIFY2(mirrors[i]->fits && mirrors[i]->text == docs[i].get<Text>("t").toString(),
                    qPrintable(u"seed %1, step %2, doc %3"_s.arg(seed).arg(step).arg(i)));
            }
            checkInvariants(docs[who]);
        }
    }
}

void TestDocObservers::embedsInDeltas()
{
    Doc doc = makeDoc(9);
    Text text = doc.get<Text>("t");
    std::vector<DeltaOp> ops;
    const auto subscription = text.observe(
        [&ops](const TypeEvent& event) { ops.assign(event.delta.begin(), event.delta.end()); });
    Mirror mirror(text);
    // "a", {"a":1}, a nested text, "b"
    QVERIFY(
        doc.applyUpdate(fromHex("01040100040101740161850100077b2261223a317d"
                                "87010102"
                                "840102016200"))
            .has_value());
    QCOMPARE(ops.size(), std::size_t(4));
    QVERIFY(ops[0].values.empty() && ops[0].text == u"a");
    QVERIFY(ops[1].values.size() == 1 && ops[1].values[0].toJson().isObject());
    QCOMPARE(ops[1].length, at(1));
    QVERIFY(ops[2].values.size() == 1 && ops[2].values[0].typeIf() != nullptr);
    QVERIFY(ops[3].values.empty() && ops[3].text == u"b");
    QCOMPARE(qString(mirror.text), u"a\uFFFC\uFFFCb"_s);
    text.erase(at(1), at(2));
    QVERIFY(mirror.fits);
    QCOMPARE(qString(mirror.text), u"ab"_s);
    QVERIFY(text.isPlain());
}

void TestDocObservers::pairsCutByOthers()
{
    // JavaScript editors can take one half of a surrogate pair; the other one becomes U+FFFD, and
    // observers are told.
    for (const int half : {0, 1}) {
        Doc doc = makeDoc(1);
        Text text = doc.get<Text>("t");
        text.insert(at(0), u"a\U0001F600b");
        Mirror mirror(text);
        // Client 1's clock 1 or 2 is deleted.
        QVERIFY(doc.applyUpdate(bytes({0, 1, 1, 1, 1 + half, 1})).has_value());
        QCOMPARE(qString(text), u"a\uFFFDb"_s);
        QVERIFY(mirror.fits);
        QCOMPARE(qString(mirror.text), u"a\uFFFDb"_s);
    }
    // Somebody writes between the halves.
    Doc doc = makeDoc(1);
    Text text = doc.get<Text>("t");
    text.insert(at(0), u"\U0001F600\U0001F601");
    Mirror mirror(text);
    QVERIFY(doc.applyUpdate(fromHex("01010500c401000101017800")).has_value());
    QVERIFY(doc.applyUpdate(fromHex("01010501c401020103017900")).has_value());
    QCOMPARE(qString(text), u"\uFFFDx\uFFFD\uFFFDy\uFFFD"_s);
    QVERIFY(mirror.fits);
    QCOMPARE(qString(mirror.text), qString(text));
    checkInvariants(doc);

    // A struct that is known by its id, and says otherwise where it belongs, cuts and does nothing.
    text.insert(at(0), u"\U0001F602");
    QVERIFY(
        doc.applyUpdate(fromHex("01010500c4010401050178"
                                "00"))
            .has_value());
    QCOMPARE(qString(text), u"\uFFFD\uFFFD\uFFFDx\uFFFD\uFFFDy\uFFFD"_s);
    QVERIFY(mirror.fits);
    QCOMPARE(qString(mirror.text), qString(text));
}

void TestDocObservers::textsBeforeDoc()
{
    Doc doc = makeDoc(1);
    Text a = doc.get<Text>("a");
    Text b = doc.get<Text>("b");
    QStringList order;
    const auto onDoc = doc.observe([&](const TransactionEvent&) { order << u"doc"_s; });
    const auto onB = b.observe([&](const TypeEvent&) { order << u"b"_s; });
    const auto onA = a.observe([&](const TypeEvent&) { order << u"a1"_s; });
    const auto onA2 = a.observe([&](const TypeEvent&) { order << u"a2"_s; });
    doc.transact({}, [&] {
        a.insert(at(0), u"1");
        b.insert(at(0), u"1");
        a.insert(at(0), u"2");
    });
    QCOMPARE(order, (QStringList{u"a1"_s, u"a2"_s, u"b"_s, u"doc"_s}));
}

void TestDocObservers::addedAndRemovedInside()
{
    Doc doc = makeDoc(1);
    Text text = doc.get<Text>("t");
    int first = 0;
    int second = 0;
    int late = 0;
    Subscription onSecond;
    Subscription onLate;
    const auto onFirst = text.observe([&](const TypeEvent&) {
        ++first;
        onSecond.reset(); // registered after this one: not called any more
        if (!onLate.active()) {
            onLate = text.observe([&](const TypeEvent&) { ++late; }); // from the next change on
        }
    });
    onSecond = text.observe([&](const TypeEvent&) { ++second; });
    text.insert(at(0), u"a");
    QCOMPARE(first, 1);
    QCOMPARE(second, 0);
    QCOMPARE(late, 0);
    text.insert(at(0), u"b");
    QCOMPARE(first, 2);
    QCOMPARE(late, 1);

    int docLate = 0;
    std::vector<Subscription> more;
    const auto onDoc = doc.observe([&](const TransactionEvent&) {
        more.push_back(doc.observe([&](const TransactionEvent&) { ++docLate; }));
    });
    for (int i = 0; i < 4; ++i) {
        text.insert(at(0), u"c");
    }
    QCOMPARE(docLate, 0 + 1 + 2 + 3);
}

void TestDocObservers::removesItself()
{
    Doc doc = makeDoc(1);
    Text text = doc.get<Text>("t");
    int calls = 0;
    auto counter = std::make_shared<int>(0); // dies with the callback
    const std::weak_ptr<int> alive = counter;
    auto subscription = std::make_unique<Subscription>();
    *subscription = text.observe([&calls, &subscription, counter](const TypeEvent&) {
        subscription.reset();
        ++calls;
        ++*counter; // what the callback holds is still there
    });
    counter.reset();
    text.insert(at(0), u"a");
    text.insert(at(0), u"b");
    QCOMPARE(calls, 1);
    QVERIFY(alive.expired());
}

void TestDocObservers::subscriptionsMoveAndEnd()
{
    Doc doc = makeDoc(1);
    Text text = doc.get<Text>("t");
    int calls = 0;
    Subscription kept;
    {
        Subscription made = text.observe([&calls](const TypeEvent&) { ++calls; });
        QVERIFY(made.active());
        kept = std::move(made);
    }
    text.insert(at(0), u"a");
    QCOMPARE(calls, 1);
    kept = text.observe([&calls](const TypeEvent&) { calls += 10; });
    text.insert(at(0), u"b");
    QCOMPARE(calls, 11);
    kept.reset();
    kept.reset();
    QVERIFY(!kept.active());
    text.insert(at(0), u"c");
    QCOMPARE(calls, 11);
}

void TestDocObservers::subscriptionOutlivesTheDoc()
{
    Subscription onText;
    Subscription onDoc;
    {
        Doc doc = makeDoc(1);
        onText = doc.get<Text>("t").observe([](const TypeEvent&) { QFAIL("nobody calls"); });
        onDoc = doc.observe([](const TransactionEvent&) { QFAIL("nobody calls"); });
    }
    QVERIFY(onText.active());
    onText.reset();
    onDoc.reset();
}

void TestDocObservers::changesMadeInsideAreTheNextTransaction()
{
    Doc doc = makeDoc(1);
    Text text = doc.get<Text>("t");
    UpdateLog log(doc);
    Mirror before(text);
    int calls = 0;
    const auto subscription = text.observe([&](const TypeEvent& event) {
        ++calls;
        if (event.origin == Origin("user")) {
            doc.transact(Origin("answer"), [&text] {
                text.insert(at(0), u"[");
                text.insert(text.length(), u"]");
            });
            // It is done already, but nobody was told yet.
            QCOMPARE(calls, 1);
        }
    });
    Mirror behind(text);
    doc.transact(Origin("user"), [&text] { text.insert(at(0), u"x"); });
    QCOMPARE(calls, 2);
    QCOMPARE(log.updates.size(), std::size_t(2));
    QCOMPARE(qString(text), u"[x]"_s);
    QVERIFY(before.fits && before.text == text.toString());
    QVERIFY(behind.fits && behind.text == text.toString());
    checkInvariants(doc);
}

void TestDocObservers::severalTransactionsMadeInside()
{
    // Each delta must fit what the deltas before it made, however many are queued.
    for (const std::uint64_t seed : seeds({1, 2, 3, 4, 5})) {
        Random random(seed);
        Doc doc = makeDoc(1);
        Text text = doc.get<Text>("t");
        Mirror before(text);
        int budget = 0;
        const auto edit = [&] {
            const std::uint32_t length = text.length().value();
            if (random.oneIn(2)) {
                text.insert(at(random.below(length + 1)), randomText(random, random.between(1, 5)));
            } else {
                text.erase(at(random.below(length + 1)), at(random.between(1, 4)));
            }
        };
        const auto answer = text.observe([&](const TypeEvent&) {
            for (std::uint32_t i = random.below(4); i > 0 && budget > 0; --i) {
                --budget;
                edit();
            }
        });
        Mirror behind(text);
        for (int step = 0; step < 300; ++step) {
            budget = 6;
            edit();
            QVERIFY2(before.fits && before.text == text.toString(),
                qPrintable(u"seed %1, step %2"_s.arg(seed).arg(step)));
            QVERIFY2(behind.fits && behind.text == text.toString(),
                qPrintable(u"seed %1, step %2"_s.arg(seed).arg(step)));
            checkInvariants(doc);
        }
    }
}

void TestDocObservers::changesToAnotherTextMadeInside()
{
    Doc doc = makeDoc(1);
    Text a = doc.get<Text>("a");
    Text b = doc.get<Text>("b");
    Mirror mirrorA(a);
    const auto answer = a.observe([&](const TypeEvent& event) {
        if (event.origin.empty()) {
            doc.transact(Origin("answer"), [&b] {
                b.erase(at(0), at(1));
                b.insert(at(0), u">>");
            });
        }
    });
    Mirror mirrorB(b);
    for (int i = 0; i < 5; ++i) {
        doc.transact({}, [&] {
            a.insert(at(0), u"a");
            b.insert(b.length(), u"b");
        });
        QVERIFY(mirrorA.fits && mirrorA.text == a.toString());
        QVERIFY2(mirrorB.fits && mirrorB.text == b.toString(), qPrintable(qString(mirrorB.text)));
    }
}

void TestDocObservers::updatesAppliedInside()
{
    Doc other = makeDoc(2);
    other.get<Text>("t").insert(at(0), u"theirs");
    Doc doc = makeDoc(1);
    Text text = doc.get<Text>("t");
    Mirror mirror(text);
    UpdateLog log(doc);
    const auto subscription = doc.observe([&](const TransactionEvent& event) {
        const Bytes copy(event.update.begin(), event.update.end());
        if (event.local) {
            QVERIFY(doc.applyUpdate(other.getUpdate()).has_value());
        }
        // What the event shows stays as it was while other transactions run.
        QCOMPARE(hex(event.update), hex(copy));
    });
    text.insert(at(0), u"mine");
    QVERIFY(mirror.fits && mirror.text == text.toString());
    QCOMPARE(text.length().value(), 10U);
    QCOMPARE(log.updates.size(), std::size_t(2));
}

void TestDocObservers::updatesOfNestedTransactionsSuffice()
{
    for (const std::uint64_t seed : seeds({7, 8})) {
        Random random(seed);
        Doc doc = makeDoc(1);
        Text text = doc.get<Text>("t");
        UpdateLog log(doc);
        bool answered = true;
        const auto answer = text.observe([&](const TypeEvent&) {
            if (!answered) {
                answered = true;
                text.erase(at(random.below(text.length().value())), at(2));
                text.insert(at(random.below(text.length().value() + 1)), u"answer");
            }
        });
        Doc copy = makeDoc(2);
        for (int step = 0; step < 100; ++step) {
            answered = random.oneIn(2);
            text.insert(at(random.below(text.length().value() + 1)), randomText(random, 5));
            for (const Bytes& update : log.updates) {
                QVERIFY(copy.applyUpdate(update).has_value());
            }
            log.updates.clear();
            QCOMPARE(qString(copy.get<Text>("t")), qString(text));
        }
        checkInvariants(doc);
        checkInvariants(copy);
    }
}

void TestDocObservers::replyingForEver()
{
    // Ten thousand transactions that cause each other take no stack.
    Doc doc = makeDoc(1);
    Text text = doc.get<Text>("t");
    const auto again = text.observe([&text](const TypeEvent&) {
        if (text.length().value() < 10'000) {
            text.insert(text.length(), u"x");
        }
    });
    text.insert(at(0), u"x");
    QCOMPARE(text.length().value(), 10'000U);
}

QTEST_APPLESS_MAIN(TestDocObservers)
#include "tst_doc_observers.moc"
