// SPDX-License-Identifier: MIT
//
// Structs of many clients at the same places, naming any neighbours: such as an editor saw, and
// such as none can have seen. They stand where Yjs's rule puts them, here written down once more
// with its two sets; and the search that remembers siblings (ConflictMemo) finds the same.
#include "crdt/update.h"
#include "tests/crdt/support.h"

#include <QTest>

#include <algorithm>
#include <list>
#include <map>
#include <optional>
#include <set>

using namespace tutti::crdt;
using namespace tutti::crdt::test;

namespace {

constexpr std::uint8_t kLetters = 4;
constexpr std::uint8_t kHasOrigin = 0x80;
constexpr std::uint8_t kHasRightOrigin = 0x40;
constexpr std::uint8_t kInMap = 0x20;

struct Unit
{
    std::uint64_t client = 0;
    std::uint64_t clock = 0;
    auto operator<=>(const Unit&) const = default;
};

/// A run of letters that one client wrote in one go.
struct Struct
{
    Unit id;
    std::size_t length = 0;
    std::optional<Unit> origin;
    std::optional<Unit> right;

    [[nodiscard]] bool holds(const Unit& unit) const
    {
        return unit.client == id.client && unit.clock >= id.clock && unit.clock < id.clock + length;
    }
};

/// Structs as they are on the wire, in the order in which they were written.
class Writers
{
public:
    /// Adds letters; with neither neighbour, at the beginning of the root or of its key.
    void write(std::uint64_t client, std::size_t length, std::optional<Unit> origin,
        std::optional<Unit> right)
    {
        std::uint64_t& clock = m_ends[client];
        structs.push_back({{client, clock}, length, origin, right});
        for (std::size_t i = 0; i < length; ++i) {
            units.push_back({client, clock++});
        }
    }
    /// All structs in one update, the highest client first.
    [[nodiscard]] Bytes update() const { return updateOf(structs); }
    /// Some of them; of each client, what it wrote without a gap.
    [[nodiscard]] Bytes updateOf(std::span<const Struct> some) const
    {
        std::map<std::uint64_t, std::vector<const Struct*>, std::greater<>> blocks;
        for (const Struct& one : some) {
            blocks[one.id.client].push_back(&one);
        }
        Encoder encoder;
        encoder.writeVarUint(blocks.size());
        for (const auto& [client, block] : blocks) {
            encoder.writeVarUint(block.size());
            encoder.writeVarUint(client);
            encoder.writeVarUint(block.front()->id.clock);
            for (const Struct* one : block) {
                write(encoder, *one);
            }
        }
        encoder.writeVarUint(0);
        return encoder.take();
    }

    bool inMap = false;
    std::vector<Struct> structs;
    std::vector<Unit> units; ///< all that were written

private:
    void write(Encoder& encoder, const Struct& one) const
    {
        const bool bare = !one.origin && !one.right;
        encoder.writeUint8(static_cast<std::uint8_t>(kLetters | (one.origin ? kHasOrigin : 0)
            | (one.right ? kHasRightOrigin : 0) | (bare && inMap ? kInMap : 0)));
        for (const std::optional<Unit>& neighbour : {one.origin, one.right}) {
            if (neighbour) {
                encoder.writeVarUint(neighbour->client);
                encoder.writeVarUint(neighbour->clock);
            }
        }
        if (bare) {
            encoder.writeVarUint(1);
            encoder.writeVarString(std::string_view("t"));
            if (inMap) {
                encoder.writeVarString(std::string_view("k"));
            }
        }
        encoder.writeVarString(std::string(one.length, 'x'));
    }

    std::map<std::uint64_t, std::uint64_t> m_ends;
};

/// One list by Yjs's rule (Item.integrate), as it is written there: with two sets, step by step.
class Reference
{
public:
    void integrate(Struct one)
    {
        using At = std::list<Struct>::iterator;
        At left = m_items.end(); // stands for none
        if (one.origin) {
            left = splitBehind(*one.origin);
        }
        At right = m_items.end();
        if (one.right) {
            right = splitBefore(*one.right);
        }
        const auto behind = [this](At at) {
            return at == m_items.end() ? m_items.begin() : std::next(at);
        };
        std::set<const Struct*> conflicting;
        std::set<const Struct*> passed;
        if (behind(left) != right) {
            for (At other = behind(left); other != m_items.end() && other != right; ++other) {
                passed.insert(&*other);
                conflicting.insert(&*other);
                if (other->origin == one.origin) {
                    if (other->id.client < one.id.client) {
                        left = other;
                        conflicting.clear();
                    } else if (other->right == one.right) {
                        break;
                    }
                } else if (other->origin && passed.contains(holder(*other->origin))) {
                    if (!conflicting.contains(holder(*other->origin))) {
                        left = other;
                        conflicting.clear();
                    }
                } else {
                    break;
                }
            }
        }
        m_items.insert(behind(left), std::move(one));
    }
    [[nodiscard]] std::vector<Unit> order() const
    {
        std::vector<Unit> units;
        for (const Struct& one : m_items) {
            for (std::size_t i = 0; i < one.length; ++i) {
                units.push_back({one.id.client, one.id.clock + i});
            }
        }
        return units;
    }

private:
    [[nodiscard]] std::list<Struct>::iterator find(const Unit& unit)
    {
        return std::ranges::find_if(
            m_items, [&unit](const Struct& one) { return one.holds(unit); });
    }
    [[nodiscard]] const Struct* holder(const Unit& unit) { return &*find(unit); }
    std::list<Struct>::iterator splitBefore(const Unit& unit)
    {
        const auto whole = find(unit);
        const std::uint64_t kept = unit.clock - whole->id.clock;
        if (kept == 0) {
            return whole;
        }
        Struct part = *whole;
        part.id = unit;
        part.length -= kept;
        part.origin = Unit{unit.client, unit.clock - 1};
        whole->length = kept;
        return m_items.insert(std::next(whole), part);
    }
    std::list<Struct>::iterator splitBehind(const Unit& unit)
    {
        const auto whole = find(unit);
        if (unit.clock + 1 < whole->id.clock + whole->length) {
            splitBefore({unit.client, unit.clock + 1});
        }
        return whole;
    }

    std::list<Struct> m_items;
};

/// The letters of the root's sequence, or those at its key, from left to right, deleted ones too.
std::vector<Unit> order(Doc& doc, bool inMap)
{
    const detail::Graph& graph = storeOf(doc).graph;
    const detail::TypeIndex type = graph.types.findRoot("t");
    std::vector<Unit> units;
    const auto add = [&](detail::ItemRef ref) {
        const detail::Item& item = graph.items[ref];
        for (std::uint32_t i = 0; i < item.length; ++i) {
            units.push_back({graph.peers[item.id.peer].client, item.id.clock + i});
        }
    };
    if (inMap) {
        const std::uint32_t chain = graph.types.findChain(type, "k");
        for (detail::ItemRef ref = graph.firstInChain(chain); ref != detail::kNone;
            ref = graph.rightOf(ref)) {
            add(ref);
        }
    } else {
        for (auto at = graph.tree.first(type); !at.isNone(); at = graph.tree.next(at)) {
            add(graph.tree.itemAt(at));
        }
    }
    return units;
}

/// The same structs, an update for each, in one transaction: nothing is joined meanwhile.
std::vector<Unit> orderOneByOne(const Writers& writers)
{
    Doc doc = makeDoc(1, false);
    {
        const Transaction transaction = doc.transact();
        for (const Struct& one : writers.structs) {
            if (!doc.applyUpdate(writers.updateOf(std::span(&one, 1)))) {
                return {};
            }
        }
    }
    checkInvariants(doc);
    return order(doc, writers.inMap);
}

/// What a document says that applied the update on one path.
Bytes stateAfter(const Bytes& update, detail::Store::LoadPath path)
{
    Doc doc = makeDoc(1);
    storeOf(doc).loadPath = path;
    if (!doc.applyUpdate(update)) {
        return {};
    }
    checkInvariants(doc);
    return doc.getUpdate();
}

std::vector<Unit> orderAfter(const Bytes& update, bool inMap, std::uint32_t crowd)
{
    Doc doc = makeDoc(1, false);
    storeOf(doc).loadPath = detail::Store::LoadPath::Tree;
    storeOf(doc).crowd = crowd;
    if (!doc.applyUpdate(update)) {
        return {};
    }
    checkInvariants(doc);
    return order(doc, inMap);
}

} // namespace

class TestConflicts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anyNeighbours_data();
    void anyNeighbours();
    void asEditorsWrite();
    void bothBackwards_data();
    void bothBackwards();
};

void TestConflicts::anyNeighbours_data()
{
    QTest::addColumn<bool>("inMap");
    QTest::newRow("text") << false;
    QTest::newRow("key") << true;
}

/// Neighbours out of the blue, for the tree path and for the bulk path. Few places and right
/// neighbours, so that siblings meet, and a rate of surprises between none and one in three.
void TestConflicts::anyNeighbours()
{
    QFETCH(const bool, inMap);
    for (const std::uint64_t seed : seeds({1, 2, 3, 4, 5, 6, 7, 8})) {
        Random random(seed);
        for (int round = 0; round < 80; ++round) {
            Writers writers;
            writers.inMap = inMap;
            const std::uint32_t clients = random.between(2, 12);
            const std::uint32_t surprises = random.between(3, 40);
            std::vector<std::optional<Unit>> origins = {std::nullopt};
            std::vector<std::optional<Unit>> rights = {std::nullopt};
            for (std::uint32_t i = random.between(5, 60); i > 0; --i) {
                const std::uint64_t client = 100 + random.below(clients);
                const auto anyUnit = [&]() -> std::optional<Unit> {
                    return writers.units[random.below(writers.units.size())];
                };
                const bool surprise = !writers.units.empty() && random.oneIn(surprises);
                const auto origin = surprise ? anyUnit() : origins[random.below(origins.size())];
                const auto right = !writers.units.empty() && random.oneIn(surprises)
                    ? anyUnit()
                    : rights[random.below(rights.size())];
                writers.write(client, random.between(1, random.oneIn(2) ? 1 : 4), origin, right);
                if (random.oneIn(8)) {
                    origins.push_back(writers.units.back());
                }
                if (random.oneIn(10)) {
                    rights.push_back(writers.units.back());
                }
            }
            const auto check = [&](const std::vector<Unit>& got, const std::vector<Unit>& wanted) {
                const QString where = QStringLiteral("seed %1, round %2, %3 units")
                                          .arg(seed)
                                          .arg(round)
                                          .arg(writers.units.size());
                QVERIFY2(got == wanted, qPrintable(where));
            };
            Reference reference;
            for (const Struct& one : writers.structs) {
                reference.integrate(one);
            }
            check(orderOneByOne(writers), reference.order());
            const Bytes update = writers.update();
            check(orderAfter(update, inMap, 0), orderAfter(update, inMap, detail::kNone));
            QCOMPARE(stateAfter(update, detail::Store::LoadPath::Bulk),
                stateAfter(update, detail::Store::LoadPath::Tree));
            if (QTest::currentTestFailed()) {
                return;
            }
        }
    }
}

/// Many clients that type at few places of what they have seen of each other, delivered in one.
void TestConflicts::asEditorsWrite()
{
    for (const std::uint64_t seed : seeds({1, 2, 3})) {
        Random random(seed);
        std::vector<Doc> docs;
        for (std::uint64_t i = 0; i < 30; ++i) {
            docs.push_back(makeDoc(100 + i * 7 % 30));
        }
        for (int i = 0; i < 600; ++i) {
            Doc& doc = docs[random.below(docs.size())];
            Text text = doc.get<Text>("t");
            const std::uint32_t length = std::min(text.length().value(), 4U);
            text.insert(at(random.below(length + 1)), u"ab");
            if (random.oneIn(4)) {
                QVERIFY(doc.applyUpdate(docs[random.below(docs.size())].getUpdate()));
            }
        }
        std::vector<Bytes> updates;
        for (const Doc& doc : docs) {
            updates.push_back(doc.getUpdate());
        }
        const std::vector<BytesView> views(updates.begin(), updates.end());
        const Result<Bytes> all = mergeUpdates(views);
        QVERIFY(all);
        const std::vector<Unit> wanted = orderAfter(*all, false, detail::kNone);
        QCOMPARE(wanted.size(), 1200U);
        QVERIFY(orderAfter(*all, false, 0) == wanted);
    }
}

void TestConflicts::bothBackwards_data()
{
    QTest::addColumn<int>("letters");
    QTest::addColumn<bool>("inBulk");
    QTest::newRow("few") << 100 << true;
    QTest::newRow("many") << 600 << false; // begun in bulk, and taken back
}

/// Two who write at the beginning of one text, each letter before their own last one.
void TestConflicts::bothBackwards()
{
    QFETCH(const int, letters);
    QFETCH(const bool, inBulk);
    Writers writers;
    writers.write(800, 1, std::nullopt, std::nullopt);
    const Unit first = writers.units.back();
    for (int i = 0; i < letters; ++i) {
        writers.write(800, 1, std::nullopt, writers.units.back());
    }
    writers.write(800, 1, first, std::nullopt);
    writers.write(900, 1, writers.units.back(), std::nullopt); // so that 900 comes second
    writers.write(900, 1, std::nullopt, first);
    for (int i = 0; i < letters; ++i) {
        writers.write(900, 1, std::nullopt, writers.units.back());
    }
    Reference reference;
    for (const Struct& one : writers.structs) {
        reference.integrate(one);
    }
    Doc doc = makeDoc(1, false);
    int events = 0;
    const Subscription subscription =
        doc.get<Text>("t").observe([&events](const TypeEvent&) { ++events; });
    QVERIFY(doc.applyUpdate(writers.update()));
    QCOMPARE(storeOf(doc).bulkLoads, inBulk ? 1U : 0U);
    QCOMPARE(events, 1);
    checkInvariants(doc);
    QVERIFY(order(doc, false) == reference.order());
    QVERIFY(orderAfter(writers.update(), false, detail::kNone) == reference.order());
    QCOMPARE(doc.getUpdate(), writers.update());
}

QTEST_APPLESS_MAIN(TestConflicts)
#include "tst_conflicts.moc"
