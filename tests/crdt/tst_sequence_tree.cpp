// SPDX-License-Identifier: MIT
//
// The B+tree alone, against a vector. Built again with nodes of four slots.
#include "crdt/detail/sequence_tree.h"
#include "tests/crdt/support.h"

#include <QTest>

using namespace tutti::crdt;
using namespace tutti::crdt::test;
using namespace tutti::crdt::detail;
using namespace Qt::StringLiterals;

namespace {

/// Some sequences over one pool, and what they should hold.
struct Model
{
    explicit Model(std::size_t count)
        : lists(count)
    {
        for (std::size_t i = 0; i < count; ++i) {
            tree.add(static_cast<TypeIndex>(i));
        }
    }

    ItemRef make(std::uint32_t length, bool deleted)
    {
        const ItemRef ref = items.allocate();
        items[ref].kind = Kind::String;
        items[ref].length = length;
        if (deleted) {
            items[ref].set(Item::kDeleted);
        }
        return ref;
    }
    void insert(TypeIndex owner, std::size_t place, ItemRef item)
    {
        std::vector<ItemRef>& list = lists[owner];
        const auto left = place == 0 ? SequenceTree::Cursor{} : tree.cursorOf(list[place - 1]);
        const auto made = tree.insertAfter(owner, left, item);
        list.insert(list.begin() + static_cast<std::ptrdiff_t>(place), item);
        cursorsRight = cursorsRight && tree.itemAt(made) == item;
    }
    void remove(TypeIndex owner, std::size_t place)
    {
        std::vector<ItemRef>& list = lists[owner];
        tree.remove(list[place]);
        items.release(list[place]);
        list.erase(list.begin() + static_cast<std::ptrdiff_t>(place));
    }

    /// Whether every question about a sequence is answered as the vector answers it.
    [[nodiscard]] bool agrees(TypeIndex owner, Random& random) const
    {
        tree.check(owner);
        const std::vector<ItemRef>& list = lists[owner];
        std::uint32_t before = 0;
        auto cursor = tree.first(owner);
        for (std::size_t i = 0; i < list.size(); ++i, cursor = tree.next(cursor)) {
            const bool right = !cursor.isNone() && tree.itemAt(cursor) == list[i]
                && tree.visibleAt(cursor) == items[list[i]].visible()
                && tree.visibleBefore(cursor) == before && tree.ownerOf(list[i]) == owner
                && tree.previous(list[i]) == (i == 0 ? kNone : list[i - 1])
                && tree.next(list[i]) == (i + 1 == list.size() ? kNone : list[i + 1]);
            if (!right) {
                return false;
            }
            before += items[list[i]].visible();
        }
        const auto last = tree.last(owner);
        if (!cursor.isNone() || tree.visibleTotal(owner) != before
            || tree.empty(owner) != list.empty()
            || (list.empty() ? !last.isNone() : tree.itemAt(last) != list.back())) {
            return false;
        }
        for (int i = 0; i < 8 && before > 0; ++i) {
            const std::uint32_t index = random.below(before);
            const auto unit = tree.unitAt(owner, index);
            const ItemRef item = tree.itemAt(unit.at);
            const auto gap = tree.gapAt(owner, index + 1);
            if (tree.visibleBefore(unit.at) + unit.offset != index
                || unit.offset >= items[item].visible() || tree.itemAt(gap.at) != item
                || gap.offset != unit.offset + 1) {
                return false;
            }
            const std::size_t a = random.below(list.size());
            const std::size_t b = random.below(list.size());
            if (a != b && tree.isBefore(list[a], list[b]) != (a < b)) {
                return false;
            }
        }
        return tree.gapAt(owner, 0).at.isNone();
    }

    ItemPool items;
    SequenceTree tree{items};
    std::vector<std::vector<ItemRef>> lists;
    bool cursorsRight = true;
};

} // namespace

class TestSequenceTree : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void emptySequence();
    void atOneEnd_data();
    void atOneEnd();
    void randomEdits();
    void clearing();
};

void TestSequenceTree::emptySequence()
{
    Model model(2);
    Random random(1);
    QVERIFY(model.agrees(0, random));
    model.insert(0, 0, model.make(3, false));
    QVERIFY(model.agrees(0, random) && model.agrees(1, random));
    model.remove(0, 0);
    QVERIFY(model.agrees(0, random));
    model.insert(0, 0, model.make(1, true));
    QVERIFY(model.agrees(0, random));
    QCOMPARE(model.tree.visibleTotal(0), 0U);
}

void TestSequenceTree::atOneEnd_data()
{
    QTest::addColumn<bool>("front");
    QTest::addColumn<bool>("takeFront");
    QTest::newRow("in at the end, out at the end") << false << false;
    QTest::newRow("in at the end, out at the front") << false << true;
    QTest::newRow("in at the front, out at the end") << true << false;
    QTest::newRow("in at the front, out at the front") << true << true;
}

void TestSequenceTree::atOneEnd()
{
    QFETCH(bool, front);
    QFETCH(bool, takeFront);
    Model model(1);
    Random random(2);
    constexpr std::size_t kCount = 4000;
    for (std::size_t i = 0; i < kCount; ++i) {
        model.insert(0, front ? 0 : i, model.make(1 + random.below(5), random.oneIn(3)));
        if (i % 97 == 0) {
            QVERIFY(model.agrees(0, random));
        }
    }
    QVERIFY(model.agrees(0, random));
    for (std::size_t i = kCount; i > 0; --i) {
        model.remove(0, takeFront ? 0 : i - 1);
        if (i % 97 == 0) {
            QVERIFY(model.agrees(0, random));
        }
    }
    QVERIFY(model.agrees(0, random));
}

void TestSequenceTree::randomEdits()
{
    for (const std::uint64_t seed : seeds({1, 2, 3, 4})) {
        Random random(seed);
        Model model(3);
        int growing = 1;
        for (int step = 0; step < 12'000; ++step) {
            const auto owner =
                static_cast<TypeIndex>(random.below(8) < 6 ? 0 : random.between(1, 2));
            std::vector<ItemRef>& list = model.lists[owner];
            if (step % 2500 == 0) {
                growing = 1 - growing; // phases in which it shrinks to nearly nothing
            }
            const std::uint32_t dice = random.below(10);
            if (dice < (growing != 0 ? 3U : 6U) || list.empty()) {
                // Near where the last one went, as people write, or anywhere.
                const std::size_t place = random.below(list.size() + 1);
                for (std::uint32_t burst = random.between(1, 6), i = 0; i < burst; ++i) {
                    model.insert(
                        owner, place + i, model.make(random.between(1, 9), random.oneIn(4)));
                }
            } else if (dice < 8) {
                const std::size_t place = random.below(list.size());
                for (std::uint32_t burst = random.between(1, 6); burst > 0 && place < list.size();
                    --burst) {
                    model.remove(owner, place);
                }
            } else {
                Item& item = model.items[list[random.below(list.size())]];
                if (random.oneIn(2)) {
                    item.set(Item::kDeleted);
                } else {
                    item.length = random.between(1, 30);
                }
                model.tree.update(static_cast<ItemRef>(std::ranges::find_if(
                    list, [&](ItemRef ref) { return &model.items[ref] == &item; })[0]));
            }
            if (step % 40 == 0 || list.size() < 12) {
                QVERIFY2(model.cursorsRight && model.agrees(owner, random),
                    qPrintable(u"seed %1, step %2"_s.arg(seed).arg(step)));
            }
        }
        for (TypeIndex owner = 0; owner < 3; ++owner) {
            QVERIFY(model.agrees(owner, random));
        }
    }
}

void TestSequenceTree::clearing()
{
    Model model(2);
    Random random(3);
    for (int round = 0; round < 6; ++round) {
        for (std::size_t i = 0; i < 700U << round % 3; ++i) {
            model.insert(0, random.below(model.lists[0].size() + 1), model.make(2, false));
            model.insert(1, i, model.make(1, false));
        }
        QVERIFY(model.agrees(0, random));
        model.tree.clear(0);
        for (const ItemRef item : model.lists[0]) {
            model.items.release(item);
        }
        model.lists[0].clear();
        model.tree.add(0);
        QVERIFY(model.agrees(0, random) && model.agrees(1, random));
    }
}

QTEST_APPLESS_MAIN(TestSequenceTree)
#include "tst_sequence_tree.moc"
