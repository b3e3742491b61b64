// SPDX-License-Identifier: MIT
#include "crdt/id_set.h"
#include "crdt/snapshot.h"
#include "crdt/update.h"
#include "tests/crdt/support.h"

#include <QTest>

#include <set>

using namespace tutti::crdt;
using namespace tutti::crdt::test;
using namespace Qt::StringLiterals;

namespace {

IdRange range(std::uint64_t client, std::uint32_t clock, std::uint32_t length)
{
    return {ClientId(client), Clock(clock), length};
}

/// The slow and obvious set.
using Model = std::set<std::pair<std::uint64_t, std::uint32_t>>;

void insert(Model& model, const IdRange& range)
{
    for (std::uint32_t i = 0; i < range.length; ++i) {
        model.emplace(range.client.value(), range.clock.value() + i);
    }
}

Model modelOf(const IdSet& set)
{
    Model model;
    for (const IdRange& range : set) {
        insert(model, range);
    }
    return model;
}

/// Sorted as on the wire, no range empty or touching the next.
bool isNormal(const IdSet& set)
{
    const auto ranges = set.ranges();
    return std::ranges::none_of(ranges, [](const IdRange& entry) {
        return entry.length == 0;
    }) && std::ranges::adjacent_find(ranges, [](const IdRange& a, const IdRange& b) {
        return a.client == b.client ? a.end() >= b.clock : a.client < b.client;
    }) == ranges.end();
}

IdRange randomRange(Random& random)
{
    return range(random.between(1, 3), random.below(60), random.below(7));
}

} // namespace

class TestIdSet : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void joining();
    void againstAModel();
    void bytesOfBothFormats();
    void refused_data();
    void refused();
    void snapshots();
    void containsUpdate();
};

void TestIdSet::joining()
{
    IdSet set;
    QVERIFY(set.empty());
    set.insert(range(1, 5, 2));
    set.insert(range(1, 9, 1));
    set.insert(range(2, 0, 1));
    QCOMPARE(set.ranges().size(), std::size_t(3));
    QVERIFY(set.ranges().front() == range(2, 0, 1)); // the highest client first
    set.insert(range(1, 7, 2)); // fills the gap
    QCOMPARE(set.ranges().size(), std::size_t(2));
    QVERIFY(set.rangesOf(ClientId(1)).front() == range(1, 5, 5));
    QVERIFY(set.rangesOf(ClientId(3)).empty());
    QVERIFY(set.contains(Id{ClientId(1), Clock(9)}));
    QVERIFY(!set.contains(Id{ClientId(1), Clock(10)}));
    QVERIFY(!set.contains(Id{ClientId(3), Clock(0)}));
    QVERIFY(set.contains(range(1, 6, 4)));
    QVERIFY(!set.contains(range(1, 6, 5)));
    QVERIFY(set.contains(range(9, 6, 0)));
    set.insert(range(4, 4, 0)); // nothing
    QCOMPARE(set.ranges().size(), std::size_t(2));
    set.clear();
    QVERIFY(set == IdSet());
}

void TestIdSet::againstAModel()
{
    for (const std::uint64_t seed : seeds({1, 2, 3, 4, 5})) {
        Random random(seed);
        for (int round = 0; round < 200; ++round) {
            IdSet a;
            Model modelA;
            std::vector<IdRange> others;
            Model modelB;
            for (std::uint32_t i = random.below(20); i > 0; --i) {
                const IdRange next = randomRange(random);
                a.insert(next);
                insert(modelA, next);
                others.push_back(randomRange(random));
                insert(modelB, others.back());
            }
            const IdSet b(others);
            QVERIFY(isNormal(a) && isNormal(b));
            QVERIFY(modelOf(a) == modelA && modelOf(b) == modelB);
            Model both;
            Model onlyA;
            for (const auto& id : modelA) {
                (modelB.contains(id) ? both : onlyA).insert(id);
            }
            const IdSet intersection = IdSet::intersection(a, b);
            const IdSet difference = IdSet::difference(a, b);
            QVERIFY(isNormal(intersection) && isNormal(difference));
            QVERIFY(modelOf(intersection) == both);
            QVERIFY(modelOf(difference) == onlyA);
            IdSet united = a;
            united.insert(b);
            QVERIFY(isNormal(united));
            QVERIFY(united.contains(a) && united.contains(b));
            QCOMPARE(a.contains(b), modelOf(united) == modelA);
            for (std::uint32_t clock = 0; clock < 70; ++clock) {
                QCOMPARE(a.contains(Id{ClientId(2), Clock(clock)}), modelA.contains({2, clock}));
            }
            // The way in does not matter.
            IdSet again = difference;
            again.insert(intersection);
            QVERIFY(again == a);
            QVERIFY(*IdSet::decode(united.encode()) == united);
            QVERIFY(*IdSet::decodeV2(united.encodeV2()) == united);
        }
    }
}

void TestIdSet::bytesOfBothFormats()
{
    IdSet set;
    set.insert(range(7, 2, 3));
    set.insert(range(7, 10, 1));
    set.insert(range(300, 0, 200));
    QCOMPARE(hex(set.encode()), QByteArray("02ac020100c801070202030a01"));
    QCOMPARE(hex(set.encodeV2()), QByteArray("02ac020100c701070202020500"));
    // As others may write it: clients and ranges in any order, overlapping, empty.
    const auto overlapping = IdSet::decode(fromHex("0207040a01020203021e00ac020100c801"));
    QVERIFY(overlapping.has_value());
    QVERIFY(isNormal(*overlapping));
    QVERIFY(*overlapping == set);
}

void TestIdSet::refused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("code");
    const auto row = [](const char* name, const char* bytes, ErrorCode code) {
        QTest::newRow(name) << QByteArray(bytes) << static_cast<int>(code);
    };
    row("nothing", "", ErrorCode::Truncated);
    row("cut", "0107", ErrorCode::Truncated);
    row("many clients", "ffffffffffffff0f", ErrorCode::Truncated);
    row("many ranges", "0107ffffffffffffff0f", ErrorCode::Truncated);
    row("a high clock", "010701ffffffff0f01", ErrorCode::OutOfRange);
    row("a high client", "01ffffffffffffff1f010001", ErrorCode::OutOfRange);
}

void TestIdSet::refused()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, code);
    const auto v1 = IdSet::decode(fromHex(bytes));
    QVERIFY(!v1.has_value());
    QCOMPARE(static_cast<int>(v1.error().code), code);
    const auto v2 = IdSet::decodeV2(fromHex(bytes));
    QVERIFY(!v2.has_value());
    QCOMPARE(static_cast<int>(v2.error().code), code);
    QVERIFY(!Snapshot::decode(fromHex(bytes)).has_value());
    QVERIFY(!Snapshot::decodeV2(fromHex(bytes)).has_value());
}

void TestIdSet::snapshots()
{
    QVERIFY(Snapshot().empty());
    QCOMPARE(hex(Snapshot().encode()), QByteArray("0000"));
    IdSet deletes;
    deletes.insert(range(7, 1, 2));
    const Snapshot snapshot(deletes, {{ClientId(7), Clock(5)}, {ClientId(9), Clock(1)}});
    QCOMPARE(hex(snapshot.encode()), QByteArray("01070101020209010705"));
    QCOMPARE(hex(snapshot.encodeV2()), QByteArray("01070101010209010705"));
    QVERIFY(*Snapshot::decode(snapshot.encode()) == snapshot);
    QVERIFY(*Snapshot::decodeV2(snapshot.encodeV2()) == snapshot);
    QVERIFY(snapshot != Snapshot());
    const auto visible = [&snapshot](std::uint64_t client, std::uint32_t clock) {
        return snapshot.isVisible({ClientId(client), Clock(clock)});
    };
    QVERIFY(visible(7, 0));
    QVERIFY(!visible(7, 1));
    QVERIFY(!visible(7, 2));
    QVERIFY(visible(7, 4));
    QVERIFY(!visible(7, 5));
    QVERIFY(!visible(8, 0));
    QCOMPARE(snapshot.stateOf(ClientId(9)).value(), 1U);
    // A state vector that is cut.
    QVERIFY(!Snapshot::decode(fromHex("0107010102020901")).has_value());
}

void TestIdSet::containsUpdate()
{
    Doc doc = makeDoc(7);
    UpdateLog log(doc);
    Text text = doc.get<Text>("t");
    text.insert(at(0), u"abc");
    text.erase(at(1), at(1));
    text.insert(at(0), u"x");
    IdSet deletes;
    const Snapshot early(deletes, {{ClientId(7), Clock(3)}});
    deletes.insert(range(7, 1, 1));
    const Snapshot late(deletes, {{ClientId(7), Clock(4)}});
    const auto contains = [&log](const Snapshot& snapshot, std::size_t index) {
        const auto v1 = snapshotContainsUpdate(snapshot, log.updates[index]);
        const auto v2 = snapshotContainsUpdateV2(snapshot, *convertV1ToV2(log.updates[index]));
        return v1 && v2 && *v1 == *v2 ? static_cast<int>(*v1) : -1;
    };
    QCOMPARE(contains(early, 0), 1);
    QCOMPARE(contains(early, 1), 0); // deletes what was there
    QCOMPARE(contains(early, 2), 0);
    for (std::size_t i = 0; i < 3; ++i) {
        QCOMPARE(contains(late, i), 1);
    }
    QCOMPARE(contains(Snapshot(), 0), 0);
    QVERIFY(!snapshotContainsUpdate(late, bytes({1})).has_value());
    QVERIFY(!snapshotContainsUpdateV2(late, bytes({1})).has_value());
}

QTEST_APPLESS_MAIN(TestIdSet)
#include "tst_id_set.moc"
