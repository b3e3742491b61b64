// SPDX-License-Identifier: MIT
// Updates that lack what they build on: they are kept as they come and merged when somebody asks,
// and nobody can tell (but by the time it takes).
#include "allocation_cap.h"
#include "crdt/update.h"
#include "support.h"

#include <QElapsedTimer>
#include <QTest>

#include <algorithm>
#include <vector>

using namespace tutti::crdt;
using namespace tutti::crdt::test;

namespace {

/// Random sessions of some writers, who sometimes hear of each other: all their updates.
std::vector<Bytes> sessions(Random& random)
{
    std::vector<Bytes> all;
    std::vector<Doc> docs;
    std::vector<Subscription> subscriptions;
    docs.reserve(3);
    for (std::uint64_t id = 1; id <= 3; ++id) {
        docs.push_back(makeDoc(100 * id));
        subscriptions.push_back(docs.back().observe([&all](const TransactionEvent& event) {
            all.emplace_back(event.update.begin(), event.update.end());
        }));
    }
    for (int step = 0; step < 60; ++step) {
        Doc& doc = docs[random.below(docs.size())];
        Text text = doc.get<Text>("t");
        const auto length = text.length().value();
        if (random.oneIn(6)) {
            const Bytes theirs = docs[random.below(docs.size())].getUpdate();
            static_cast<void>(doc.applyUpdate(theirs));
        } else if (length > 3 && random.oneIn(4)) {
            text.erase(Offset(random.below(length - 2)), Offset(2));
        } else {
            text.insert(Offset(random.below(length + 1)), randomText(random, random.between(1, 8)));
        }
    }
    return all;
}

} // namespace

class TestPendingUpdates : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void askedOftenOrOnce_data();
    void askedOftenOrOnce();
    void manyLargeOnes();
    void theSameAgainAndAgain();
};

void TestPendingUpdates::askedOftenOrOnce_data()
{
    QTest::addColumn<bool>("v2");
    QTest::newRow("v1") << false;
    QTest::newRow("v2") << true;
}

/// One reader is asked after each update, which is what Yjs does by itself; another one at times;
/// a third one at the end. Updates come shuffled, some of them twice, some of them merged with
/// others, so that they overlap; most of them wait, until in the end nothing does.
void TestPendingUpdates::askedOftenOrOnce()
{
    QFETCH(const bool, v2);
    for (const std::uint64_t seed : seeds({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})) {
        Random random(seed);
        std::vector<Bytes> updates = sessions(random);
        for (std::size_t i = 0, count = updates.size(); i < count / 2; ++i) {
            const auto pick = [&]() -> const Bytes& { return updates[random.below(count)]; };
            const std::vector<Bytes> some{pick(), pick(), pick()};
            const std::vector<BytesView> views(some.begin(), some.end());
            updates.push_back(random.oneIn(2) ? *mergeUpdates(views) : some.front());
        }
        for (std::size_t i = updates.size() - 1; i > 0; --i) {
            std::swap(updates[i], updates[random.below(i + 1)]);
        }
        Doc often = makeDoc(1);
        Doc now = makeDoc(1);
        Doc once = makeDoc(1);
        bool waited = false;
        for (const Bytes& update : updates) {
            for (Doc* doc : {&often, &now, &once}) {
                QVERIFY(doc->applyUpdate(update));
            }
            const auto ask = [v2](const Doc& doc) {
                return v2 ? hex(doc.getUpdateV2()) : hex(doc.getUpdate());
            };
            const QByteArray asked = ask(often);
            if (random.oneIn(8)) {
                QVERIFY2(ask(now) == asked, QByteArray::number(quint64{seed}).constData());
            }
            QCOMPARE(once.hasPending(), often.hasPending());
            waited = waited || once.hasPending();
        }
        QVERIFY(waited);
        QCOMPARE(hex(once.getUpdate()), hex(often.getUpdate()));
        QVERIFY(!once.hasPending());

        // The same with some of them lost, so that much still waits in the end.
        Doc eager = makeDoc(1);
        Doc lazy = makeDoc(1);
        for (const Bytes& update : updates) {
            if (random.oneIn(3)) {
                continue;
            }
            QVERIFY(eager.applyUpdate(update));
            static_cast<void>(eager.getUpdate());
            QVERIFY(lazy.applyUpdate(update));
        }
        QVERIFY2(hex(lazy.getUpdate()) == hex(eager.getUpdate()),
            QByteArray::number(quint64{seed}).constData());
    }
}

/// n large updates that wait take time by their size, not by its square.
void TestPendingUpdates::manyLargeOnes()
{
    constexpr std::size_t kUpdates = 60;
    constexpr std::size_t kSize = 300'000;
    Doc writer = makeDoc(7);
    Text text = writer.get<Text>("t");
    UpdateLog log(writer);
    for (std::size_t i = 0; i <= kUpdates; ++i) {
        text.insert(Offset(static_cast<std::uint32_t>(i * kSize)),
            std::u16string(kSize, static_cast<char16_t>(u'a' + i % 26)));
    }
    QElapsedTimer timer;
    timer.start();
    Bytes merged = log.updates[1]; // as it would be one by one
    for (std::size_t i = 2; i <= kUpdates; ++i) {
        const BytesView both[] = {merged, log.updates[i]};
        merged = *mergeUpdates(both);
    }
    const qint64 oneByOne = timer.restart();
    Doc reader = makeDoc(1);
    for (std::size_t i = 1; i <= kUpdates; ++i) {
        QVERIFY(reader.applyUpdate(log.updates[i]));
    }
    const qint64 applied = timer.restart();
    QVERIFY(hex(reader.getUpdate()) == hex(merged));
    const qint64 asked = timer.elapsed();
    qInfo("%zu updates of %zu bytes: one by one %lld ms, applied in %lld ms, asked for in %lld ms",
        kUpdates, kSize, oneByOne, applied, asked);
    QVERIFY2(applied * 3 < oneByOne, "takes time by the square");
    QVERIFY(reader.applyUpdate(log.updates[0]));
    QVERIFY(!reader.hasPending());
    QVERIFY(hex(reader.getUpdate()) == hex(writer.getUpdate()));
}

/// Who asks again and again for what is missing gets the rest again and again.
void TestPendingUpdates::theSameAgainAndAgain()
{
    Doc writer = makeDoc(7);
    UpdateLog log(writer);
    writer.get<Text>("t").insert(Offset(0), u"a");
    writer.get<Text>("t").insert(Offset(1), std::u16string(200'000, u'b'));
    const MemoryPeak memory;
    Doc reader = makeDoc(1);
    for (int i = 0; i < 200; ++i) {
        QVERIFY(reader.applyUpdate(log.updates[1]));
    }
    QVERIFY2(memory.now() < 1'000'000, QByteArray::number(quint64{memory.now()}).constData());
    QVERIFY2(memory.peak() < 3'000'000, QByteArray::number(quint64{memory.peak()}).constData());
    QVERIFY(reader.applyUpdate(log.updates[0]));
    QVERIFY(hex(reader.getUpdate()) == hex(writer.getUpdate()));
}

QTEST_APPLESS_MAIN(TestPendingUpdates)
#include "tst_pending_updates.moc"
