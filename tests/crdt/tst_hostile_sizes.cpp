// SPDX-License-Identifier: MIT
//
// Updates of a quarter and of a whole megabyte in the shapes that cost most: the time grows with
// the size, and the memory stays within 64 MB of the document that they make.
#include "crdt/update.h"
#include "tests/crdt/allocation_cap.h"
#include "tests/crdt/support.h"

#include <QElapsedTimer>
#include <QTest>

#include <functional>

using namespace tutti::crdt;
using namespace tutti::crdt::test;

namespace {

constexpr std::size_t kSmall = 250'000;
constexpr std::size_t kLarge = 1'000'000;
constexpr std::size_t kMemoryLimit = 64'000'000;

/// Makes an update of about that many bytes.
using Shape = std::function<Bytes(std::size_t)>;

enum Info : std::uint8_t { Gc = 0, String = 4, Format = 6, Type = 7, AnyValues = 8, InMap = 0x20 };
constexpr std::uint8_t kHasOrigin = 0x80;
constexpr std::uint8_t kHasRightOrigin = 0x40;

/// Structs of one client, their number written when it is known.
class Block
{
public:
    Block(std::uint64_t client, std::uint64_t clock)
    {
        m_head.writeVarUint(client);
        m_head.writeVarUint(clock);
    }

    Encoder& add(std::uint8_t info)
    {
        ++m_structs;
        body.writeUint8(info);
        return body;
    }
    /// A struct of one letter or of one value, at the beginning of a root or of a root's key.
    void atRoot(std::string_view root, std::string_view key = {})
    {
        add(static_cast<std::uint8_t>(String | (key.empty() ? 0 : InMap)));
        body.writeVarUint(1);
        body.writeVarString(root);
        if (!key.empty()) {
            body.writeVarString(key);
        }
        body.writeVarString(std::string_view("x"));
    }
    void writeTo(Encoder& update) const
    {
        update.writeVarUint(m_structs);
        update.writeRaw(m_head.view());
        update.writeRaw(body.view());
    }

    Encoder body;

private:
    Encoder m_head;
    std::uint64_t m_structs = 0;
};

Bytes updateOf(const std::vector<Block>& blocks)
{
    Encoder update;
    update.writeVarUint(blocks.size());
    for (const Block& block : blocks) {
        block.writeTo(update);
    }
    update.writeVarUint(0);
    return update.take();
}

/// One client, struct after struct, until there are enough bytes.
Bytes oneClient(std::size_t size, const std::function<void(Block&, std::uint64_t)>& add)
{
    Block block(900, 0);
    for (std::uint64_t i = 0; block.body.size() < size; ++i) {
        add(block, i);
    }
    return updateOf({std::move(block)});
}

Bytes manyRoots(std::size_t size)
{
    return oneClient(
        size, [](Block& block, std::uint64_t i) { block.atRoot("r" + std::to_string(i)); });
}

Bytes manyKeys(std::size_t size)
{
    return oneClient(
        size, [](Block& block, std::uint64_t i) { block.atRoot("m", "k" + std::to_string(i)); });
}

Bytes oneKey(std::size_t size)
{
    return oneClient(size, [](Block& block, std::uint64_t) { block.atRoot("m", "k"); });
}

/// Every letter before the one before it: nothing can be joined.
Bytes backwards(std::size_t size)
{
    return oneClient(size, [](Block& block, std::uint64_t i) {
        if (i == 0) {
            block.atRoot("t");
            return;
        }
        block.add(String | kHasRightOrigin);
        block.body.writeVarUint(900);
        block.body.writeVarUint(i - 1);
        block.body.writeVarString(std::string_view("y"));
    });
}

Bytes marks(std::size_t size)
{
    return oneClient(size, [](Block& block, std::uint64_t i) {
        if (i == 0) {
            block.atRoot("t");
            return;
        }
        block.add(Format | kHasOrigin);
        block.body.writeVarUint(900);
        block.body.writeVarUint(i - 1);
        block.body.writeVarString("b" + std::to_string(i % 1000));
        block.body.writeVarString(std::string_view("1"));
    });
}

Bytes nestedTypes(std::size_t size)
{
    return oneClient(size, [](Block& block, std::uint64_t i) {
        block.add(Type);
        if (i == 0) {
            block.body.writeVarUint(1);
            block.body.writeVarString("a");
        } else {
            block.body.writeVarUint(0);
            block.body.writeVarUint(900);
            block.body.writeVarUint(i - 1);
        }
        block.body.writeVarUint(0);
    });
}

/// Types side by side, each with a text of one letter.
Bytes manyTypes(std::size_t size)
{
    return oneClient(size, [](Block& block, std::uint64_t i) {
        block.add(Type);
        block.body.writeVarUint(1);
        block.body.writeVarString("a");
        block.body.writeVarUint(2);
        block.add(String);
        block.body.writeVarUint(0);
        block.body.writeVarUint(900);
        block.body.writeVarUint(2 * i);
        block.body.writeVarString(std::string_view("x"));
    });
}

Bytes values(std::size_t size)
{
    return oneClient(size, [size](Block& block, std::uint64_t) {
        block.add(AnyValues);
        block.body.writeVarUint(1);
        block.body.writeVarString("a");
        block.body.writeVarUint(size);
        block.body.writeRaw(Bytes(size, std::byte{127}));
    });
}

Bytes manyClients(std::size_t size)
{
    std::vector<Block> blocks;
    for (std::uint64_t i = 0; blocks.size() * 11 < size; ++i) {
        blocks.emplace_back(2'000'000 - i, 0);
        blocks.back().atRoot("t");
    }
    return updateOf(blocks);
}

/// All at the same place, the lowest client first, because each next one builds on it: whoever
/// looks for the place among those before it, one by one, takes a square.
Bytes conflicts(std::size_t size, std::string_view key)
{
    std::vector<Block> blocks;
    for (std::uint64_t i = 0; blocks.size() * (24 + key.size()) < size; ++i) {
        Block block(1'000'000 + i, 0);
        if (i == 0) {
            block.atRoot("u");
        } else {
            block.add(String | kHasOrigin);
            block.body.writeVarUint(1'000'000 + i - 1);
            block.body.writeVarUint(1);
            block.body.writeVarString(std::string_view("y"));
        }
        block.atRoot("t", key);
        blocks.push_back(std::move(block));
    }
    std::ranges::reverse(blocks);
    return updateOf(blocks);
}

Bytes conflictsInText(std::size_t size) { return conflicts(size, {}); }

Bytes conflictsAtKey(std::size_t size) { return conflicts(size, "k"); }

/// Letters of one client behind one letter, each with a right neighbour of its own, which stands
/// among what was written behind it: no editor can have seen that. What takes too many steps waits.
Bytes rightNeighbours(std::size_t size)
{
    return oneClient(size, [size](Block& block, std::uint64_t i) {
        const std::uint64_t half = size / 28;
        if (i == 0) {
            block.atRoot("t");
            return;
        }
        const bool isNeighbour = i < half;
        block.add(String | kHasOrigin | (isNeighbour ? 0U : kHasRightOrigin));
        block.body.writeVarUint(900);
        block.body.writeVarUint(isNeighbour ? i - 1 : 0);
        if (!isNeighbour) {
            block.body.writeVarUint(900);
            block.body.writeVarUint(half - 1 - (i - half) % (half - 1));
        }
        block.body.writeVarString(std::string_view("y"));
    });
}

/// Two who write at the beginning of one text, each letter before their own last one: the second
/// passes all of the first one's with every letter.
Bytes bothBackwards(std::size_t size)
{
    const std::uint64_t letters = size / 16;
    const auto backwards = [letters](Block& block, std::uint64_t client, std::uint64_t from) {
        block.atRoot("t");
        for (std::uint64_t i = from; i < from + letters; ++i) {
            block.add(String | kHasRightOrigin);
            block.body.writeVarUint(client);
            block.body.writeVarUint(i);
            block.body.writeVarString(std::string_view("y"));
        }
    };
    Block first(800, 0);
    backwards(first, 800, 0);
    first.atRoot("u");
    Block second(900, 0);
    second.add(String | kHasOrigin); // builds on the first one's last letter, so it comes second
    second.body.writeVarUint(800);
    second.body.writeVarUint(letters + 1);
    second.body.writeVarString(std::string_view("y"));
    backwards(second, 900, 1);
    return updateOf({second, first});
}

/// Waits for what never comes, client by client.
Bytes pending(std::size_t size)
{
    std::vector<Block> blocks;
    for (std::uint64_t i = 0; blocks.size() * 8 < size; ++i) {
        Block block(2'000'000 - i, 7);
        block.add(Gc);
        block.body.writeVarUint(1);
        blocks.push_back(std::move(block));
    }
    return updateOf(blocks);
}

/// Deletes every second unit of a client that is unknown.
Bytes deletions(std::size_t size)
{
    Encoder ranges;
    std::uint64_t count = 0;
    for (; ranges.size() < size; ++count) {
        ranges.writeVarUint(2 * count);
        ranges.writeVarUint(1);
    }
    Encoder update;
    update.writeVarUint(0);
    update.writeVarUint(1);
    update.writeVarUint(900);
    update.writeVarUint(count);
    update.writeRaw(ranges.view());
    return update.take();
}

} // namespace

class TestHostileSizes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void applied_data();
    void applied();
    void whatEditorsCanWriteNeverWaits();
};

void TestHostileSizes::applied_data()
{
    QTest::addColumn<Shape>("shape");
    QTest::newRow("roots") << Shape(manyRoots);
    QTest::newRow("keys") << Shape(manyKeys);
    QTest::newRow("one key") << Shape(oneKey);
    QTest::newRow("backwards") << Shape(backwards);
    QTest::newRow("marks") << Shape(marks);
    QTest::newRow("nested types") << Shape(nestedTypes);
    QTest::newRow("many types") << Shape(manyTypes);
    QTest::newRow("values") << Shape(values);
    QTest::newRow("clients") << Shape(manyClients);
    QTest::newRow("conflicts") << Shape(conflictsInText);
    QTest::newRow("conflicts at a key") << Shape(conflictsAtKey);
    QTest::newRow("right neighbours") << Shape(rightNeighbours);
    QTest::newRow("both backwards") << Shape(bothBackwards);
    QTest::newRow("pending") << Shape(pending);
    QTest::newRow("deletions") << Shape(deletions);
}

void TestHostileSizes::applied()
{
    QFETCH(const Shape, shape);
    qint64 times[2] = {};
    for (const std::size_t size : {kSmall, kLarge}) {
        const Bytes update = shape(size);
        QVERIFY(update.size() > size * 3 / 4 && update.size() < size * 3 / 2);
        QElapsedTimer timer;
        timer.start();
        MemoryPeak memory;
        {
            Doc doc = makeDoc(1);
            QVERIFY(doc.applyUpdate(update));
            const std::size_t peak = memory.peak();
            const std::size_t document = memory.now();
            times[size == kLarge] = timer.elapsed();
            qInfo("%8zu bytes: %5lld ms, document %6.2f MB, %6.2f MB above it", update.size(),
                times[size == kLarge], double(document) / 1e6, double(peak - document) / 1e6);
            QVERIFY2(peak - document <= kMemoryLimit, "takes more than 64 MB above the document");
            timer.restart();
            checkInvariants(doc);
            Doc copy = makeDoc(2);
            QVERIFY(copy.applyUpdate(doc.getUpdate()));
            if (!doc.hasPending()) { // else the copy may get further
                QCOMPARE(copy.getState(), doc.getState());
            }
            const BytesView twice[] = {update, update};
            QVERIFY(mergeUpdates(twice));
        }
    }
    // Four times the size: four times the time, and as much again for a busy machine and its
    // caches.
    // Work that grows with the square takes minutes here.
    QVERIFY2(times[1] <= 8 * times[0] + 2'000, "takes time out of proportion");
}

/// The bound on steps is for what no editor can have written. Two who wrote 200,000 letters each,
/// backwards, are far from what anybody does, and Yjs needs minutes for it.
void TestHostileSizes::whatEditorsCanWriteNeverWaits()
{
    const Bytes update = bothBackwards(3'200'000);
    Doc doc = makeDoc(1);
    QElapsedTimer timer;
    timer.start();
    QVERIFY(doc.applyUpdate(update));
    qInfo("%zu bytes: %lld ms", update.size(), timer.elapsed());
    QVERIFY(!doc.hasPending());
    QCOMPARE(doc.get<Text>("t").length().value(), 400'002U);
    QVERIFY2(timer.elapsed() < 10'000, "takes steps by the square");
}

QTEST_GUILESS_MAIN(TestHostileSizes)
#include "tst_hostile_sizes.moc"
