// SPDX-License-Identifier: MIT
#include "crdt/doc.h"
#include "tests/crdt/support.h"

#include <QTest>

#include <array>
#include <set>
#include <string_view>
#include <thread>

using namespace tutti::crdt;
using namespace tutti::crdt::test;
using namespace Qt::StringLiterals;

class TestDoc : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void identity();
    void guidsAreRandomUuids();
    void transactionsNest();
    void oneUpdatePerTransaction();
    void origins();
    void nothingChangedNothingSaid();
    void updatesAreEnough();
    void outOfOrder();
    void pendingDeletes();
    void pendingIsPassedOn();
    void duplicates();
    void manyOutOfOrder();
    void differences();
    void brokenStateVectors();
    void idTakenBySomebodyElse();
    void setClientId();
    void withoutGarbageCollection();
    void movedWithHandlesAndObservers();
    void loadedByAWorker();
    void applyInsideATransaction();
};

void TestDoc::identity()
{
    Doc a;
    Doc b;
    QVERIFY(a.clientId() != b.clientId());
    QVERIFY(a.clientId().value() <= 0xFFFFFFFFU);
    QVERIFY(a.guid() != b.guid());
    QCOMPARE(a.guid().size(), std::size_t(36));
    Doc named({.clientId = ClientId(kMaxClientId), .guid = "mine", .gc = true});
    QCOMPARE(qString(named.guid()), u"mine"_s);
    QCOMPARE(named.clientId().value(), kMaxClientId);
    named.get<Text>("t").insert(at(0), u"x");
    Doc reader;
    QVERIFY(reader.applyUpdate(named.getUpdate()).has_value());
    QCOMPARE(hex(reader.getState()), QByteArray("01ffffffffffffff0f01"));
    QCOMPARE(hex(Doc().getUpdate()), QByteArray("0000"));
    QCOMPARE(hex(Doc().getState()), QByteArray("00"));
}

void TestDoc::guidsAreRandomUuids()
{
    // RFC 9562, version 4: which digits ever occur at each place.
    std::array<std::set<char>, 36> seen;
    for (int i = 0; i < 500; ++i) {
        const Doc doc;
        QCOMPARE(doc.guid().size(), seen.size());
        for (std::size_t at = 0; at < seen.size(); ++at) {
            seen[at].insert(doc.guid()[at]);
        }
    }
    const std::string_view hexDigits = "0123456789abcdef";
    const std::set<char> all(hexDigits.begin(), hexDigits.end());
    for (std::size_t at = 0; at < seen.size(); ++at) {
        switch (at) {
        case 8:
        case 13:
        case 18:
        case 23:
            QCOMPARE(seen[at], std::set<char>{'-'});
            break;
        case 14:
            QCOMPARE(seen[at], std::set<char>{'4'});
            break;
        case 19:
            QCOMPARE(seen[at], (std::set<char>{'8', '9', 'a', 'b'}));
            break;
        default:
            QCOMPARE(seen[at], all); // a digit is missed with a chance under 10^-10
        }
    }
}

void TestDoc::transactionsNest()
{
    Doc doc = makeDoc(1);
    Text text = doc.get<Text>("t");
    UpdateLog log(doc);
    {
        const auto outer = doc.transact(Origin("outer"));
        text.insert(at(0), u"a");
        {
            const auto inner = doc.transact(Origin("outer"));
            text.insert(at(1), u"b");
        }
        QVERIFY_THROWS_EXCEPTION(
            TransactionError, static_cast<void>(doc.transact(Origin("inner"))));
        QCOMPARE(log.updates.size(), std::size_t(0));
        auto moved = doc.transact();
        const auto kept = std::move(moved);
        text.insert(at(2), u"c");
    }
    QCOMPARE(log.updates.size(), std::size_t(1));
    const int result = doc.transact(Origin("value"), [&text] {
        text.erase(at(0), at(1));
        return 7;
    });
    QCOMPARE(result, 7);
    QCOMPARE(log.updates.size(), std::size_t(2));
    QCOMPARE(qString(text), u"bc"_s);
}

void TestDoc::oneUpdatePerTransaction()
{
    Doc doc = makeDoc(1);
    Text a = doc.get<Text>("a");
    Text b = doc.get<Text>("b");
    UpdateLog log(doc);
    Mirror mirrorA(a);
    Mirror mirrorB(b);
    doc.transact({}, [&] {
        for (int i = 0; i < 100; ++i) {
            a.insert(at(0), u"x");
            b.insert(b.length(), u"y");
            a.erase(at(0), at(1));
        }
    });
    QCOMPARE(log.updates.size(), std::size_t(1));
    QCOMPARE(mirrorA.events, 1); // what came went within the transaction: no delta
    QCOMPARE(mirrorB.events, 1);
    QVERIFY(mirrorB.fits && mirrorB.text == b.toString());
    Doc reader;
    QVERIFY(reader.applyUpdate(log.updates.front()).has_value());
    QCOMPARE(qString(reader.get<Text>("b")), qString(b));
}

void TestDoc::origins()
{
    Doc doc = makeDoc(1);
    Text text = doc.get<Text>("t");
    struct Seen
    {
        Origin origin;
        bool local;
    };
    std::vector<Seen> docEvents;
    std::vector<Seen> textEvents;
    const auto onDoc = doc.observe(
        [&](const TransactionEvent& event) { docEvents.push_back({event.origin, event.local}); });
    const auto onText = text.observe(
        [&](const TypeEvent& event) { textEvents.push_back({event.origin, event.local}); });

    text.insert(at(0), u"a");
    doc.transact(Origin("me"), [&text] { text.insert(at(0), u"b"); });
    doc.transact(Origin(static_cast<const void*>(&text)), [&text] { text.insert(at(0), u"c"); });
    Doc other = makeDoc(2);
    other.get<Text>("t").insert(at(0), u"d");
    QVERIFY(doc.applyUpdate(other.getUpdate(), Origin("peer")).has_value());

    const Seen expected[] = {{Origin{}, true}, {Origin("me"), true},
        {Origin(static_cast<const void*>(&text)), true}, {Origin("peer"), false}};
    QCOMPARE(docEvents.size(), std::size(expected));
    QCOMPARE(textEvents.size(), std::size(expected));
    for (std::size_t i = 0; i < std::size(expected); ++i) {
        QVERIFY(docEvents[i].origin == expected[i].origin);
        QCOMPARE(docEvents[i].local, expected[i].local);
        QVERIFY(textEvents[i].origin == expected[i].origin);
        QCOMPARE(textEvents[i].local, expected[i].local);
    }
    QVERIFY(Origin{}.empty());
    QVERIFY(!(Origin("a") == Origin("b")));
    QVERIFY(Origin("a") == Origin(std::string("a")));
}

void TestDoc::nothingChangedNothingSaid()
{
    Doc doc = makeDoc(1);
    Text text = doc.get<Text>("t");
    text.insert(at(0), u"abc");
    const Bytes everything = doc.getUpdate();
    UpdateLog log(doc);
    Mirror mirror(text);
    {
        const auto empty = doc.transact(Origin("nothing"));
    }
    text.insert(at(1), u"");
    text.erase(at(3), at(5));
    text.erase(at(0), at(0));
    QVERIFY(doc.applyUpdate(everything).has_value()); // known already
    QVERIFY(doc.applyUpdate(bytes({0, 0})).has_value());
    QCOMPARE(log.updates.size(), std::size_t(0));
    QCOMPARE(mirror.events, 0);
    QCOMPARE(hex(doc.getUpdate()), hex(everything));
    checkInvariants(doc);
}

void TestDoc::updatesAreEnough()
{
    // A copy that is fed with nothing but the emitted updates has the same bytes.
    for (const std::uint64_t seed : seeds({1, 2, 3})) {
        Random random(seed);
        Doc doc = makeDoc(10);
        Doc copy = makeDoc(20);
        Text text = doc.get<Text>("t");
        UpdateLog log(doc);
        Mirror mirror(copy.get<Text>("t"));
        for (int step = 0; step < 400; ++step) {
            doc.transact({}, [&] {
                for (std::uint32_t edits = random.between(1, 4); edits > 0; --edits) {
                    if (random.below(3) != 0) {
                        text.insert(at(random.below(text.length().value() + 1)),
                            randomText(random, random.below(20)));
                    } else {
                        text.erase(
                            at(random.below(text.length().value() + 1)), at(random.below(15)));
                    }
                }
            });
            for (const Bytes& update : log.updates) {
                QVERIFY(copy.applyUpdate(update).has_value());
            }
            log.updates.clear();
            QCOMPARE(qString(copy.get<Text>("t")), qString(text));
            QVERIFY2(mirror.fits && mirror.text == text.toString(),
                qPrintable(u"seed %1, step %2"_s.arg(seed).arg(step)));
        }
        QCOMPARE(hex(copy.getState()), hex(doc.getState()));
        QCOMPARE(hex(copy.getUpdate()), hex(doc.getUpdate()));
        checkInvariants(copy);
        checkInvariants(doc);
    }
}

void TestDoc::outOfOrder()
{
    Doc writer = makeDoc(1);
    Text text = writer.get<Text>("t");
    UpdateLog log(writer);
    text.insert(at(0), u"one ");
    text.insert(at(4), u"three");
    text.insert(at(4), u"two ");
    Doc reader = makeDoc(2);
    Mirror mirror(reader.get<Text>("t"));
    QVERIFY(reader.applyUpdate(log.updates[2]).has_value());
    QVERIFY(reader.hasPending());
    QVERIFY(reader.get<Text>("t").toString().empty());
    QCOMPARE(mirror.events, 0);
    QVERIFY(reader.applyUpdate(log.updates[0]).has_value());
    QVERIFY(reader.hasPending());
    QCOMPARE(qString(reader.get<Text>("t")), u"one "_s);
    QVERIFY(reader.applyUpdate(log.updates[1]).has_value());
    QVERIFY(!reader.hasPending());
    QCOMPARE(qString(reader.get<Text>("t")), u"one two three"_s);
    QVERIFY(mirror.fits && mirror.text == reader.get<Text>("t").toString());
    QCOMPARE(hex(reader.getUpdate()), hex(writer.getUpdate()));
    checkInvariants(reader);
}

void TestDoc::pendingDeletes()
{
    Doc writer = makeDoc(1);
    Text text = writer.get<Text>("t");
    UpdateLog log(writer);
    text.insert(at(0), u"abcdef");
    text.erase(at(1), at(2));
    text.erase(at(2), at(1));
    Doc reader = makeDoc(2);
    QVERIFY(reader.applyUpdate(log.updates[2]).has_value());
    QVERIFY(reader.applyUpdate(log.updates[1]).has_value());
    QVERIFY(reader.hasPending());
    QVERIFY(reader.applyUpdate(log.updates[0]).has_value());
    QVERIFY(!reader.hasPending());
    QCOMPARE(qString(reader.get<Text>("t")), u"adf"_s);
    QCOMPARE(hex(reader.getUpdate()), hex(writer.getUpdate()));
}

void TestDoc::pendingIsPassedOn()
{
    Doc writer = makeDoc(1);
    Text text = writer.get<Text>("t");
    UpdateLog log(writer);
    text.insert(at(0), u"a");
    text.insert(at(1), u"bc");
    text.erase(at(0), at(1));
    Doc middle = makeDoc(2);
    middle.get<Text>("t").insert(at(0), u"own ");
    QVERIFY(middle.applyUpdate(log.updates[1]).has_value());
    QVERIFY(middle.applyUpdate(log.updates[2]).has_value());
    QVERIFY(middle.hasPending());
    // Somebody who has what is missing gets the rest from here.
    Doc last = makeDoc(3);
    QVERIFY(last.applyUpdate(log.updates[0]).has_value());
    QVERIFY(last.applyUpdate(*middle.getUpdate(last.getState())).has_value());
    QVERIFY(!last.hasPending());
    const QString merged = qString(last.get<Text>("t"));
    QVERIFY2(merged == u"own bc"_s || merged == u"bcown "_s, qPrintable(merged));
    Doc fresh = makeDoc(4);
    QVERIFY(fresh.applyUpdate(middle.getUpdate()).has_value());
    QVERIFY(fresh.hasPending());
    QVERIFY(fresh.applyUpdate(log.updates[0]).has_value());
    QVERIFY(!fresh.hasPending());
    QCOMPARE(qString(fresh.get<Text>("t")), merged);
}

void TestDoc::duplicates()
{
    Doc writer = makeDoc(1);
    Text text = writer.get<Text>("t");
    UpdateLog log(writer);
    for (int i = 0; i < 20; ++i) {
        text.insert(at(static_cast<std::size_t>(i) / 2), u"word ");
        text.erase(at(static_cast<std::size_t>(i)), at(2));
    }
    Doc reader = makeDoc(2);
    UpdateLog said(reader);
    for (const Bytes& update : log.updates) {
        QVERIFY(reader.applyUpdate(update).has_value());
        QVERIFY(reader.applyUpdate(update).has_value());
    }
    QCOMPARE(said.updates.size(), log.updates.size());
    for (const Bytes& update : log.updates) {
        QVERIFY(reader.applyUpdate(update).has_value());
    }
    QVERIFY(reader.applyUpdate(writer.getUpdate()).has_value());
    QCOMPARE(said.updates.size(), log.updates.size());
    QCOMPARE(hex(reader.getUpdate()), hex(writer.getUpdate()));
}

void TestDoc::manyOutOfOrder()
{
    for (const std::uint64_t seed : seeds({21, 22, 23})) {
        Random random(seed);
        Doc writer = makeDoc(1);
        Text text = writer.get<Text>("t");
        UpdateLog log(writer);
        for (int i = 0; i < 150; ++i) {
            text.insert(
                at(random.below(text.length().value() + 1)), randomText(random, random.below(9)));
            text.erase(at(random.below(text.length().value() + 1)), at(random.below(5)));
        }
        std::vector<Bytes> shuffled = log.updates;
        for (std::size_t i = shuffled.size(); i > 1; --i) {
            std::swap(shuffled[i - 1], shuffled[random.below(i)]);
        }
        Doc reader = makeDoc(2);
        Mirror mirror(reader.get<Text>("t"));
        for (const Bytes& update : shuffled) {
            QVERIFY(reader.applyUpdate(update).has_value());
            checkInvariants(reader);
        }
        QVERIFY(!reader.hasPending());
        QCOMPARE(qString(reader.get<Text>("t")), qString(text));
        QCOMPARE(hex(reader.getState()), hex(writer.getState()));
        QVERIFY2(mirror.fits && mirror.text == text.toString(), qPrintable(u"seed %1"_s.arg(seed)));
    }
}

void TestDoc::differences()
{
    Doc a = makeDoc(1);
    Doc b = makeDoc(2);
    a.get<Text>("t").insert(at(0), u"from a \U0001F600");
    b.get<Text>("t").insert(at(0), u"from b");
    QVERIFY(a.applyUpdate(*b.getUpdate(a.getState())).has_value());
    QVERIFY(b.applyUpdate(*a.getUpdate(b.getState())).has_value());
    QCOMPARE(qString(a.get<Text>("t")), qString(b.get<Text>("t")));
    QCOMPARE(hex(*a.getUpdate(b.getState())), QByteArray("0000"));
    a.get<Text>("t").insert(at(0), u"more");
    a.get<Text>("t").erase(at(6), at(2));
    const Bytes difference = *a.getUpdate(b.getState());
    QVERIFY(difference.size() < a.getUpdate().size());
    QVERIFY(b.applyUpdate(difference).has_value());
    QCOMPARE(hex(b.getUpdate()), hex(a.getUpdate()));
    // A state that is ahead of us, or knows clients we do not, is no error.
    QCOMPARE(hex(*a.getUpdate(fromHex("0301ffff0302090705"))).left(2), QByteArray("00"));
}

void TestDoc::brokenStateVectors()
{
    Doc doc = makeDoc(1);
    doc.get<Text>("t").insert(at(0), u"abc");
    for (const char* broken : {"", "01", "0101", "02010203", "ffffffffffffff0f", "80"}) {
        const auto result = doc.getUpdate(fromHex(broken));
        QVERIFY2(!result.has_value(), broken);
    }
    QVERIFY(doc.getUpdate(fromHex("00")).has_value());
    QCOMPARE(hex(*doc.getUpdate(fromHex("010101"))), QByteArray("0101010184010002626300"));
}

void TestDoc::idTakenBySomebodyElse()
{
    Doc impostor = makeDoc(7);
    impostor.get<Text>("t").insert(at(0), u"not you");
    Doc doc = makeDoc(7);
    QVERIFY(doc.applyUpdate(impostor.getUpdate()).has_value());
    QVERIFY(doc.clientId() != ClientId(7));
    doc.get<Text>("t").insert(at(0), u"mine, ");
    QVERIFY(impostor.applyUpdate(doc.getUpdate()).has_value());
    QCOMPARE(impostor.clientId(), ClientId(7));
    QCOMPARE(qString(impostor.get<Text>("t")), u"mine, not you"_s);
    // One's own words that come back are no sign of a second writer.
    Doc alone = makeDoc(8);
    alone.get<Text>("t").insert(at(0), u"echo");
    QVERIFY(alone.applyUpdate(alone.getUpdate()).has_value());
    QCOMPARE(alone.clientId(), ClientId(8));
}

void TestDoc::setClientId()
{
    Doc doc = makeDoc(1);
    Text text = doc.get<Text>("t");
    text.insert(at(0), u"first");
    doc.setClientId(ClientId(2));
    text.insert(at(5), u" second");
    doc.setClientId(ClientId(1));
    text.insert(at(0), u"again ");
    QCOMPARE(qString(text), u"again first second"_s);
    Doc reader = makeDoc(3);
    QVERIFY(reader.applyUpdate(doc.getUpdate()).has_value());
    QCOMPARE(qString(reader.get<Text>("t")), qString(text));
    QCOMPARE(hex(reader.getState()), QByteArray("020207010b"));
}

void TestDoc::withoutGarbageCollection()
{
    const std::u16string secret = u"secret words";
    for (const bool gc : {true, false}) {
        Doc doc = makeDoc(1, gc);
        Text text = doc.get<Text>("t");
        text.insert(at(0), secret);
        text.erase(at(0), at(7));
        const Bytes update = doc.getUpdate();
        const std::string raw(reinterpret_cast<const char*>(update.data()), update.size());
        QCOMPARE(raw.contains("secret"), !gc);
        // Whoever collects forgets it on loading.
        Doc reader = makeDoc(2);
        QVERIFY(reader.applyUpdate(update).has_value());
        QCOMPARE(qString(reader.get<Text>("t")), u"words"_s);
        const Bytes forgotten = reader.getUpdate();
        QVERIFY(!std::string(reinterpret_cast<const char*>(forgotten.data()), forgotten.size())
                .contains("secret"));
        checkInvariants(reader);
        Doc keeper = makeDoc(3, false);
        QVERIFY(keeper.applyUpdate(update).has_value());
        QCOMPARE(hex(keeper.getUpdate()), hex(update));
    }
}

void TestDoc::movedWithHandlesAndObservers()
{
    Doc first = makeDoc(1);
    Text text = first.get<Text>("t");
    UpdateLog log(first);
    Mirror mirror(text);
    text.insert(at(0), u"before");
    Doc second = std::move(first);
    text.insert(at(6), u", after");
    QCOMPARE(qString(second.get<Text>("t")), u"before, after"_s);
    QCOMPARE(log.updates.size(), std::size_t(2));
    Doc third;
    third = std::move(second);
    third.get<Text>("t").insert(at(0), u"still ");
    QCOMPARE(qString(text), u"still before, after"_s);
    QVERIFY(mirror.fits && mirror.text == text.toString());
}

void TestDoc::loadedByAWorker()
{
    Doc writer = makeDoc(1);
    writer.get<Text>("t").insert(at(0), std::u16string(100'000, u'x'));
    const Bytes update = writer.getUpdate();
    std::optional<Doc> loaded;
    std::thread worker([&loaded, &update] {
        Doc doc = makeDoc(2);
        if (doc.applyUpdate(update)) {
            loaded.emplace(std::move(doc));
        }
    });
    worker.join();
    QVERIFY(loaded.has_value());
    QCOMPARE(loaded->get<Text>("t").length().value(), 100'000U);
    loaded->get<Text>("t").insert(at(5), u"y");
    checkInvariants(*loaded);
}

void TestDoc::applyInsideATransaction()
{
    Doc other = makeDoc(2);
    other.get<Text>("t").insert(at(0), u"theirs");
    Doc doc = makeDoc(1);
    Text text = doc.get<Text>("t");
    UpdateLog log(doc);
    Mirror mirror(text);
    doc.transact(Origin("both"), [&] {
        text.insert(at(0), u"mine ");
        QVERIFY(doc.applyUpdate(other.getUpdate()).has_value());
        text.insert(text.length(), u"!");
    });
    QCOMPARE(log.updates.size(), std::size_t(1));
    QCOMPARE(mirror.events, 1);
    QVERIFY(mirror.fits && mirror.text == text.toString());
    QVERIFY(other.applyUpdate(log.updates.front()).has_value());
    QCOMPARE(qString(other.get<Text>("t")), qString(text));
}

QTEST_APPLESS_MAIN(TestDoc)
#include "tst_doc.moc"
