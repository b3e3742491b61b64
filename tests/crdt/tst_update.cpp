// SPDX-License-Identifier: MIT
#include "crdt/update.h"
#include "tests/crdt/support.h"

#include <QElapsedTimer>
#include <QTest>

using namespace tutti::crdt;
using namespace tutti::crdt::test;
using namespace Qt::StringLiterals;

namespace {

Result<Bytes> merge(const std::vector<Bytes>& updates)
{
    const std::vector<BytesView> views(updates.begin(), updates.end());
    return mergeUpdates(views);
}

QString textOf(BytesView update)
{
    Doc doc = makeDoc(999);
    if (!doc.applyUpdate(update)) {
        return u"<refused>"_s;
    }
    return qString(doc.get<Text>("t")) + (doc.hasPending() ? u"…"_s : QString());
}

/// The updates of some writers who all see everything at once.
std::vector<Bytes> session(Random& random, int writers, int edits)
{
    std::vector<Doc> docs;
    for (int i = 0; i < writers; ++i) {
        docs.push_back(makeDoc(static_cast<std::uint64_t>(1000 - i * 37)));
    }
    std::vector<Bytes> updates;
    for (int i = 0; i < edits; ++i) {
        const std::size_t who = random.below(docs.size());
        Text text = docs[who].get<Text>("t");
        {
            UpdateLog log(docs[who]);
            const std::uint32_t length = text.length().value();
            if (length == 0 || random.below(3) != 0) {
                text.insert(at(random.below(length + 1)), randomText(random, random.between(1, 6)));
            } else {
                text.erase(at(random.below(length)), at(random.between(1, 5)));
            }
            updates.insert(updates.end(), log.updates.begin(), log.updates.end());
        }
        for (std::size_t other = 0; other < docs.size(); ++other) {
            if (other != who) {
                static_cast<void>(docs[other].applyUpdate(updates.back()));
            }
        }
    }
    updates.push_back(docs.front().getUpdate());
    return updates;
}

} // namespace

class TestUpdate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void mergingNothingAndOne();
    void mergedEqualsApplied();
    void mergeKeepsGaps();
    void mergeWithOverlaps();
    void stateOfAnUpdate();
    void differenceOfAnUpdate();
    void differenceOverAGap();
    void refusals_data();
    void refusals();
    void manySmallUpdates();
    void decode();
    void decodeStateVectors();
};

void TestUpdate::mergingNothingAndOne()
{
    QCOMPARE(hex(*merge({})), QByteArray("0000"));
    // One comes back as it is, whatever its form.
    const Bytes odd = fromHex("01010180000401017401610000");
    QVERIFY(makeDoc(9).applyUpdate(odd).has_value());
    QCOMPARE(hex(*merge({odd})), hex(odd));
}

void TestUpdate::mergedEqualsApplied()
{
    for (const std::uint64_t seed : seeds({1, 2, 3, 4})) {
        Random random(seed);
        std::vector<Bytes> updates = session(random, 3, 120);
        const Bytes everything = updates.back();
        updates.pop_back();
        const QString expected = textOf(everything);
        for (int round = 0; round < 4; ++round) {
            const auto merged = merge(updates);
            QVERIFY(merged.has_value());
            QCOMPARE(textOf(*merged), expected);
            QCOMPARE(hex(*getState(*merged)), hex(*getState(everything)));
            // Merging what was merged says nothing new.
            QCOMPARE(textOf(*merge({*merged, everything, *merged})), expected);
            for (std::size_t i = updates.size(); i > 1; --i) {
                std::swap(updates[i - 1], updates[random.below(i)]);
            }
            updates.push_back(updates[random.below(updates.size())]);
        }
    }
}

void TestUpdate::mergeKeepsGaps()
{
    Doc writer = makeDoc(1);
    Text text = writer.get<Text>("t");
    UpdateLog log(writer);
    text.insert(at(0), u"a");
    text.insert(at(1), u"b");
    text.insert(at(2), u"c");
    text.insert(at(3), u"d");
    const auto gappy = merge({log.updates[3], log.updates[0]});
    QVERIFY(gappy.has_value());
    QCOMPARE(textOf(*gappy), u"a…"_s);
    QCOMPARE(hex(*getState(*gappy)), QByteArray("010101"));
    const auto decoded = decodeUpdate(*gappy);
    QCOMPARE(decoded->structs.size(), std::size_t(3));
    QCOMPARE(decoded->structs[1].kind, std::string_view("Skip"));
    QCOMPARE(decoded->structs[1].length, 2U);
    // What was missing fills the gap.
    const auto whole = merge({*gappy, log.updates[1], log.updates[2]});
    QCOMPARE(textOf(*whole), u"abcd"_s);
    QCOMPARE(hex(*getState(*whole)), QByteArray("010104"));
}

void TestUpdate::mergeWithOverlaps()
{
    Doc writer = makeDoc(1);
    Text text = writer.get<Text>("t");
    std::vector<Bytes> snapshots;
    for (int i = 0; i < 12; ++i) {
        text.insert(text.length(), u"word "); // grows one struct, so that snapshots overlap
        snapshots.push_back(writer.getUpdate());
        snapshots.push_back(*writer.getUpdate(fromHex("010103")));
    }
    for (std::size_t i = 0; i < snapshots.size(); ++i) {
        for (std::size_t k = 0; k < snapshots.size(); ++k) {
            const auto merged = merge({snapshots[i], snapshots[k], snapshots[0]});
            QVERIFY(merged.has_value());
            QCOMPARE(textOf(*merged),
                QString(u"word "_s).repeated(static_cast<qsizetype>(std::max(i, k) / 2 + 1)));
        }
    }
    // A cut through a surrogate pair costs the pair, as in Yjs, never the rest.
    Doc emoji = makeDoc(2);
    emoji.get<Text>("t").insert(at(0), u"a\U0001F600b");
    const Bytes tail = *emoji.getUpdate(fromHex("010202"));
    Doc half = makeDoc(3);
    QVERIFY(half.applyUpdate(tail).has_value());
    QVERIFY(half.hasPending());
    QVERIFY(half.applyUpdate(emoji.getUpdate()).has_value());
    QVERIFY(!half.hasPending());
    QCOMPARE(half.get<Text>("t").length().value(), 4U);
}

void TestUpdate::stateOfAnUpdate()
{
    Random random(5);
    const std::vector<Bytes> updates = session(random, 4, 80);
    Doc doc = makeDoc(1);
    QVERIFY(doc.applyUpdate(updates.back()).has_value());
    QCOMPARE(hex(*getState(updates.back())), hex(doc.getState()));
    QCOMPARE(hex(*getState(bytes({0, 0}))), QByteArray("00"));
    // What does not begin at the beginning counts for nothing.
    const Bytes tail = *getUpdate(updates.back(), doc.getState());
    QCOMPARE(hex(*getState(tail)), QByteArray("00"));
}

void TestUpdate::differenceOfAnUpdate()
{
    for (const std::uint64_t seed : seeds({1, 2, 3})) {
        Random random(seed);
        const std::vector<Bytes> updates = session(random, 3, 100);
        const Bytes& everything = updates.back();
        const QString expected = textOf(everything);
        Doc behind = makeDoc(1);
        for (std::size_t i = 0; i + 1 < updates.size(); ++i) {
            QVERIFY(behind.applyUpdate(updates[i]).has_value());
            if (i % 10 != 3) {
                continue;
            }
            const auto difference = getUpdate(everything, behind.getState());
            QVERIFY(difference.has_value());
            Doc caughtUp = makeDoc(2);
            QVERIFY(caughtUp.applyUpdate(behind.getUpdate()).has_value());
            QVERIFY(caughtUp.applyUpdate(*difference).has_value());
            QVERIFY(!caughtUp.hasPending());
            QCOMPARE(qString(caughtUp.get<Text>("t")), expected);
            checkInvariants(caughtUp);
        }
    }
}

void TestUpdate::differenceOverAGap()
{
    Doc writer = makeDoc(1);
    Text text = writer.get<Text>("t");
    UpdateLog log(writer);
    text.insert(at(0), u"ab");
    text.insert(at(0), u"cd");
    text.insert(at(0), u"ef");
    const Bytes gappy = *merge({log.updates[0], log.updates[2]});
    // Knowing the first part, only what is behind the gap is news.
    const auto rest = getUpdate(gappy, fromHex("010102"));
    const auto decoded = decodeUpdate(*rest);
    QCOMPARE(decoded->structs.size(), std::size_t(1));
    QCOMPARE(decoded->structs[0].id.clock.value(), 4U);
    const auto inside = decodeUpdate(*getUpdate(gappy, fromHex("010101")));
    QCOMPARE(inside->structs.size(), std::size_t(3));
    QCOMPARE(qString(inside->structs[0].content), u"b"_s);
}

void TestUpdate::refusals_data()
{
    QTest::addColumn<QByteArray>("digits");
    QTest::newRow("nothing") << QByteArray("");
    QTest::newRow("no delete set") << QByteArray("00");
    QTest::newRow("cut struct") << QByteArray("010101000401");
    QTest::newRow("empty string") << QByteArray("010101000401017400"
                                                "00");
    QTest::newRow("unknown content") << QByteArray("01010100"
                                                   "1f01017400");
    QTest::newRow("a move") << QByteArray("010101000b0101740000000000");
    QTest::newRow("a weak link") << QByteArray("0101010007010174070000000000");
    QTest::newRow("broken JSON") << QByteArray("0101010005010174017b00");
    QTest::newRow("2^53 clients") << QByteArray("ffffffffffffff0f");
    QTest::newRow("2^53 structs") << QByteArray("01ffffffffffffff0f0100");
    QTest::newRow("2^53 ranges") << QByteArray("000101ffffffffffffff0f");
}

void TestUpdate::refusals()
{
    QFETCH(QByteArray, digits);
    const Bytes broken = fromHex(digits);
    const Bytes good = bytes({0, 0});
    QVERIFY(!merge({broken}).has_value());
    QVERIFY(!merge({good, broken}).has_value());
    QVERIFY(!getState(broken).has_value());
    QVERIFY(!getUpdate(broken, bytes({0})).has_value());
    QVERIFY(!decodeUpdate(broken).has_value());
    Doc doc = makeDoc(1);
    const auto applied = doc.applyUpdate(broken);
    QVERIFY(!applied.has_value());
    QVERIFY(!applied.error().message.empty());
    QVERIFY(!getUpdate(good, fromHex("01")).has_value());
    QVERIFY(!getUpdate(good, {}).has_value());
}

void TestUpdate::manySmallUpdates()
{
    // What a server does that keeps each keystroke. Measured, and held to a generous bound.
    Doc writer = makeDoc(1);
    Text text = writer.get<Text>("t");
    UpdateLog log(writer);
    for (std::size_t i = 0; i < 5000; ++i) {
        text.insert(at(i % 50 == 0 ? i / 2 : text.length().value()), u"x");
    }
    const auto time = [&log](std::size_t count) {
        const std::vector<Bytes> first(
            log.updates.begin(), log.updates.begin() + static_cast<std::ptrdiff_t>(count));
        QElapsedTimer timer;
        timer.start();
        const auto merged = merge(first);
        const qint64 spent = timer.elapsed();
        return merged && textOf(*merged).size() == static_cast<qsizetype>(count) ? spent : -1;
    };
    const qint64 quarter = time(1250);
    const qint64 all = time(5000);
    qInfo("merging 1250 updates: %lld ms, 5000: %lld ms", quarter, all);
    QVERIFY(quarter >= 0 && all >= 0);
    QVERIFY2(all < 20'000, "5000 small updates take far too long");

    // And all of them one by one, in the worst order.
    QElapsedTimer timer;
    timer.start();
    Doc reader = makeDoc(2);
    for (std::size_t i = 1000; i > 0; --i) {
        QVERIFY(reader.applyUpdate(log.updates[i - 1]).has_value());
    }
    qInfo("1000 updates, last first: %lld ms", timer.elapsed());
    QVERIFY(!reader.hasPending());
    QCOMPARE(reader.get<Text>("t").length().value(), 1000U);
}

void TestUpdate::decode()
{
    Doc doc = makeDoc(5);
    Text text = doc.get<Text>("t");
    text.insert(at(0), u"héllo");
    text.insert(at(2), u"XY");
    text.erase(at(0), at(1));
    const auto decoded = decodeUpdate(doc.getUpdate());
    QVERIFY(decoded.has_value());
    const auto& structs = decoded->structs;
    QCOMPARE(structs.size(), std::size_t(4));
    QCOMPARE(structs[0].kind, std::string_view("Deleted"));
    QCOMPARE(structs[0].length, 1U);
    QCOMPARE(qString(*structs[0].parentRoot), u"t"_s);
    QVERIFY(!structs[0].origin && !structs[0].rightOrigin && !structs[0].parentItem);
    QCOMPARE(qString(structs[1].content), u"é"_s);
    QCOMPARE(structs[1].origin->clock.value(), 0U);
    QCOMPARE(qString(structs[2].content), u"llo"_s);
    QCOMPARE(qString(structs[3].content), u"XY"_s);
    QCOMPARE(structs[3].id.clock.value(), 5U);
    QCOMPARE(structs[3].rightOrigin->clock.value(), 2U);
    QCOMPARE(decoded->deletions.size(), std::size_t(1));
    QCOMPARE(decoded->deletions[0].id, (Id{ClientId(5), Clock(0)}));
    QCOMPARE(decoded->deletions[0].length, 1U);

    // One of each kind in root "r", written by hand.
    Encoder update;
    const auto head = [&update](int kind, int clock) {
        update.writeUint8(static_cast<std::uint8_t>(0x80 | kind));
        update.writeVarUint(1);
        update.writeVarUint(static_cast<std::uint64_t>(clock));
    };
    update.writeRaw(fromHex("010a0100"
                            "02010172020131057472756520"));
    head(3, 1);
    update.writeMessage(bytes({1, 2, 3}));
    head(5, 2);
    update.writeVarString("{\"a\":1}");
    head(6, 3);
    update.writeVarString("bold");
    update.writeVarString("true");
    head(7, 4);
    update.writeRaw(fromHex("030170")); // an XmlElement <p>
    head(8, 5);
    update.writeRaw(fromHex("027d01770178"));
    head(9, 7);
    update.writeVarString("guid");
    Any::object({{"gc", false}}).encode(update);
    update.writeRaw(fromHex("2701017201"
                            "6b"
                            "01"
                            "0003"
                            "0a02")); // a Map at a key; GC; Skip
    update.writeRaw(fromHex("00"));
    const auto kinds = decodeUpdate(update.view());
    QVERIFY2(kinds.has_value(), kinds ? "" : kinds.error().message.c_str());
    QStringList said;
    for (const StructInfo& info : kinds->structs) {
        said << u"%1 %2 %3"_s.arg(qString(info.kind)).arg(info.length).arg(qString(info.content));
    }
    QCOMPARE(said,
        (QStringList{u"JSON 2 [1,true ]"_s, u"Binary 1 3 bytes"_s, u"Embed 1 {\"a\":1}"_s,
            u"Format 1 bold=true"_s, u"Type 1 XmlElement p"_s, u"Any 2 [1,\"x\"]"_s,
            u"Doc 1 guid {\"gc\":false}"_s, u"Type 1 Map"_s, u"GC 3 "_s, u"Skip 2 "_s}));
    QCOMPARE(qString(kinds->structs[7].parentSub.value_or("")), u"k"_s);
}

void TestUpdate::decodeStateVectors()
{
    const auto state = decodeState(fromHex("0209050103"));
    QVERIFY(state.has_value());
    QCOMPARE(state->size(), std::size_t(2));
    QCOMPARE((*state)[0], (Id{ClientId(9), Clock(5)}));
    QCOMPARE((*state)[1], (Id{ClientId(1), Clock(3)}));
    QVERIFY(decodeState(fromHex("00"))->empty());
    for (const char* broken : {"", "02", "020905", "ffffffffffffff0f", "01018080808010"}) {
        QVERIFY2(!decodeState(fromHex(broken)).has_value(), broken);
    }
}

QTEST_APPLESS_MAIN(TestUpdate)
#include "tst_update.moc"
