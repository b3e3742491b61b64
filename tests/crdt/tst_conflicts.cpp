// SPDX-License-Identifier: MIT
//
// Structs of many clients at the same places: the search that begins at siblings it remembers
// (PlacedSiblings) finds what the search from the left neighbour finds, whatever neighbours the
// structs name: such as an editor saw, and such as none can have seen.
#include "crdt/update.h"
#include "tests/crdt/support.h"

#include <QTest>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

using namespace tutti::crdt;
using namespace tutti::crdt::test;

namespace {

constexpr std::uint8_t kLetter = 4;
constexpr std::uint8_t kHasOrigin = 0x80;
constexpr std::uint8_t kHasRightOrigin = 0x40;
constexpr std::uint8_t kInMap = 0x20;

struct Unit
{
    std::uint64_t client = 0;
    std::uint64_t clock = 0;
    auto operator<=>(const Unit&) const = default;
};

/// Structs of one letter each, by client, in the order of their clocks.
class Writers
{
public:
    /// Adds a letter; with neither neighbour, one at the beginning of the root or of its key.
    void write(std::uint64_t client, std::optional<Unit> origin, std::optional<Unit> right)
    {
        Encoder& body = m_bodies[client].body;
        const bool bare = !origin && !right;
        body.writeUint8(static_cast<std::uint8_t>(kLetter | (origin ? kHasOrigin : 0)
            | (right ? kHasRightOrigin : 0) | (bare && inMap ? kInMap : 0)));
        for (const std::optional<Unit>& neighbour : {origin, right}) {
            if (neighbour) {
                body.writeVarUint(neighbour->client);
                body.writeVarUint(neighbour->clock);
            }
        }
        if (bare) {
            body.writeVarUint(1);
            body.writeVarString(std::string_view("t"));
            if (inMap) {
                body.writeVarString(std::string_view("k"));
            }
        }
        const std::string letter(1, static_cast<char>('a' + units.size() % 26));
        body.writeVarString(letter);
        units.push_back({client, m_bodies[client].structs++});
    }
    [[nodiscard]] Bytes update() const
    {
        Encoder encoder;
        encoder.writeVarUint(m_bodies.size());
        for (auto entry = m_bodies.rbegin(); entry != m_bodies.rend(); ++entry) {
            encoder.writeVarUint(entry->second.structs);
            encoder.writeVarUint(entry->first);
            encoder.writeVarUint(0);
            encoder.writeRaw(entry->second.body.view());
        }
        encoder.writeVarUint(0);
        return encoder.take();
    }

    bool inMap = false;
    std::vector<Unit> units; ///< all that were written

private:
    struct Body
    {
        Encoder body;
        std::uint64_t structs = 0;
    };
    std::map<std::uint64_t, Body> m_bodies;
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
};

void TestConflicts::anyNeighbours_data()
{
    QTest::addColumn<bool>("inMap");
    QTest::newRow("text") << false;
    QTest::newRow("key") << true;
}

/// Neighbours out of the blue. Few places and right neighbours, so that siblings meet, and a rate
/// of surprises between none and one in three.
void TestConflicts::anyNeighbours()
{
    QFETCH(const bool, inMap);
    for (const std::uint64_t seed : seeds({1, 2, 3, 4, 5, 6, 7, 8})) {
        Random random(seed);
        for (int round = 0; round < 150; ++round) {
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
                writers.write(client, origin, right);
                if (random.oneIn(8)) {
                    origins.push_back(writers.units.back());
                }
                if (random.oneIn(10)) {
                    rights.push_back(writers.units.back());
                }
            }
            const Bytes update = writers.update();
            const std::vector<Unit> wanted = orderAfter(update, inMap, detail::kNone);
            const std::vector<Unit> got = orderAfter(update, inMap, 0);
            if (got != wanted) {
                QFAIL(qPrintable(QStringLiteral("seed %1, round %2: %3 units in another order")
                        .arg(seed)
                        .arg(round)
                        .arg(writers.units.size())));
            }
            QCOMPARE(std::set(got.begin(), got.end()).size(), got.size());
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

QTEST_APPLESS_MAIN(TestConflicts)
#include "tst_conflicts.moc"
