// SPDX-License-Identifier: MIT
//
// Whatever update an empty document is given, it is the same whether it came by the tree path or
// in bulk: bytes, record, deltas, emitted update, and everything that is done to it afterwards.
// Built three times: as it is, with tree nodes of four slots, and with runs of four units.
#include "crdt/doc.h"
#include "crdt/update.h"
#include "tests/crdt/support.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <algorithm>
#include <array>
#include <memory>

using namespace tutti::crdt;
using namespace tutti::crdt::test;
using namespace Qt::StringLiterals;

namespace {

using LoadPath = detail::Store::LoadPath;

constexpr std::array<std::string_view, 5> kRoots = {"a", "b", "t", "x", "text"};

/// Who looks on while the update is applied.
enum Watch : unsigned {
    kNobody = 0,
    kUpdates = 1,
    kTexts = 2,
    kRecords = 4,
    kKeeps = 8, ///< as an undo manager does: some of what is deleted must not be forgotten
    kNested = 16, ///< the update is applied inside a transaction that then goes on
    kWatches = 32,
};

/// A document, and everything an observer of it was told, as text that can be compared.
class Witness
{
public:
    Witness(LoadPath path, bool gc, unsigned watch)
        : doc(makeDoc(1'000'000, gc))
        , m_watch(watch)
    {
        storeOf(doc).loadPath = path;
        for (const std::string_view root : kRoots) {
            m_texts.push_back(doc.get<Text>(root));
        }
        if ((watch & kUpdates) != 0) {
            m_subscriptions.push_back(doc.observe([this](const TransactionEvent& event) {
                told += "update " + hex(event.update) + '\n';
            }));
        }
        for (Text& text : m_texts) {
            if ((watch & kTexts) != 0) {
                m_subscriptions.push_back(
                    text.observe([this](const TypeEvent& event) { see(event); }));
            }
        }
        if ((watch & (kRecords | kKeeps)) != 0) {
            m_subscriptions.push_back(storeOf(doc).afterTransaction.add(
                [this](detail::TransactionRecord& record) { see(record); }));
        }
    }
    Witness(Witness&&) = delete;

    void load(BytesView update)
    {
        if ((m_watch & kNested) != 0) {
            const Transaction transaction = doc.transact();
            apply(update);
            m_texts.front().erase(at(2), at(7)); // inserting would look like another's doing
        } else {
            apply(update);
        }
    }
    void apply(BytesView update)
    {
        const Result<void> result = doc.applyUpdate(update);
        told +=
            result ? "applied\n" : "refused " + QByteArray::fromStdString(result.error().message);
        checkInvariants(doc);
    }
    void edit(Random random)
    {
        for (int i = 0; i < 12; ++i) {
            Text& text = m_texts[random.below(m_texts.size())];
            const std::uint32_t length = text.length().value();
            if (random.oneIn(2)) {
                text.insert(at(random.below(length + 1)), randomText(random, 3));
            } else {
                text.erase(at(random.below(length + 1)), at(random.below(9)));
            }
            checkInvariants(doc);
        }
    }
    [[nodiscard]] QByteArray state()
    {
        QByteArray result = hex(doc.getUpdate()) + '\n' + hex(doc.getState()) + '\n';
        for (const detail::WireId& id : storeOf(doc).missing()) {
            result += "missing " + QByteArray::number(id.client) + '\n';
        }
        for (const Text& text : m_texts) {
            result += qString(text).toUtf8() + '\n' + (text.isPlain() ? "plain\n" : "rich\n");
        }
        return result;
    }

    Doc doc;
    QByteArray told;

private:
    void see(const TypeEvent& event)
    {
        told += "type " + QByteArray::fromStdString(event.target.rootName());
        for (const DeltaOp& op : event.delta) {
            told += ' ' + QByteArray::number(static_cast<int>(op.kind)) + ':'
                + QByteArray::number(op.length.value()) + qString(op.text).toUtf8();
            for (const Value& value : op.values) {
                told += ' ' + QByteArray::fromStdString(value.toJson().toJson());
            }
            for (const auto& [key, value] : op.attributes) {
                told += ' ' + QByteArray::fromStdString(key + value.toJson());
            }
        }
        for (const KeyChange& change : event.keys) {
            told += " key " + QByteArray::fromStdString(change.key)
                + QByteArray::number(static_cast<int>(change.action));
        }
        told += '\n';
    }
    void see(const detail::TransactionRecord& record)
    {
        detail::Graph& graph = storeOf(doc).graph;
        const auto client = [&graph](detail::PeerIndex peer) {
            return QByteArray::number(static_cast<quint64>(graph.peers[peer].client));
        };
        QByteArrayList lines;
        for (const auto& growth : record.growth) {
            lines << "grew " + client(growth.peer) + ' ' + QByteArray::number(growth.before) + ' '
                    + QByteArray::number(growth.after);
        }
        for (const detail::LocalRange& range : record.deletes) {
            lines << "deleted " + client(range.peer) + ' ' + QByteArray::number(range.clock) + ' '
                    + QByteArray::number(range.length);
        }
        std::ranges::sort(lines); // peers are numbered as they come
        for (const detail::PeerIndex peer : record.deletedPeers) {
            lines << "first " + client(peer);
        }
        for (const detail::TypeIndex type : record.changedTypes) {
            lines << "changed " + QByteArray::fromStdString(graph.types[type].name);
        }
        for (const auto& [type, chain] : record.changedKeys) {
            lines << "key " + QByteArray::fromStdString(graph.types.chain(chain).key);
        }
        told += lines.join('\n') + (record.local ? " local\n" : " remote\n");
        if ((m_watch & kKeeps) == 0) {
            return;
        }
        for (const detail::LocalRange& range : record.deletes) {
            for (std::uint32_t clock = range.clock; clock < range.end();) {
                const detail::ItemRef item = graph.find({range.peer, clock});
                if (item == detail::kNone) {
                    ++clock;
                    continue;
                }
                clock = graph.items[item].end();
                if (range.clock % 3 != 0) {
                    graph.items[item].set(detail::Item::kKeep);
                }
            }
        }
    }

    unsigned m_watch;
    std::vector<Text> m_texts;
    std::vector<Subscription> m_subscriptions;
};

int g_bulkLoads = 0;
int g_loads = 0;

/// Loads both ways, edits both, gives both what another peer says; true when nothing differs.
bool sameBothWays(
    const Bytes& update, std::span<const Bytes> later, bool gc, unsigned watch, std::uint64_t seed)
{
    Witness tree(LoadPath::Tree, gc, watch);
    Witness bulk(LoadPath::Bulk, gc, watch);
    for (Witness* witness : {&tree, &bulk}) {
        witness->load(update);
        witness->told += witness->state();
        witness->edit(Random(seed));
        for (const Bytes& more : later) {
            witness->apply(more);
        }
        witness->told += witness->state();
    }
    ++g_loads;
    g_bulkLoads += static_cast<int>(storeOf(bulk.doc).bulkLoads);
    if (tree.told != bulk.told) {
        const QByteArrayList ofTree = tree.told.split('\n');
        const QByteArrayList ofBulk = bulk.told.split('\n');
        for (qsizetype i = 0; i < std::min(ofTree.size(), ofBulk.size()); ++i) {
            if (ofTree[i] != ofBulk[i]) {
                qWarning("watch %u, gc %d, line %lld\n  tree %s\n  bulk %s", watch, gc,
                    static_cast<long long>(i), ofTree[i].left(2000).constData(),
                    ofBulk[i].left(2000).constData());
                break;
            }
        }
        qWarning("update %s", hex(update).constData());
        return false;
    }
    return true;
}

/// Several writers of two texts, some of whose updates come late.
struct Writers
{
    Writers(Random& random, int count, int steps, bool gc)
    {
        for (int i = 0; i < count; ++i) {
            docs.push_back(makeDoc(1 + static_cast<std::uint64_t>(i) * 7, gc));
            logs.push_back(std::make_unique<UpdateLog>(docs.back()));
        }
        const bool wide = random.oneIn(2);
        for (int step = 0; step < steps; ++step) {
            Doc& doc = docs[random.below(docs.size())];
            Text text = doc.get<Text>(random.oneIn(4) ? "b" : "a");
            const std::uint32_t length = text.length().value();
            const auto transaction = doc.transact();
            if (random.below(100) < 60) {
                const std::uint32_t size = random.oneIn(15) ? 60 : random.between(1, 6);
                text.insert(at(random.below(length + 1)),
                    wide ? randomText(random, size) : std::u16string(size, u'w'));
            } else {
                text.erase(at(random.below(length + 1)), at(random.between(1, 9)));
            }
            if (random.oneIn(3)) {
                Doc& other = docs[random.below(docs.size())];
                if (&other != &doc) {
                    static_cast<void>(other.applyUpdate(doc.getUpdate()));
                }
            }
        }
    }
    /// Everything one writer knows after hearing of all the others.
    [[nodiscard]] Bytes all()
    {
        for (Doc& doc : docs) {
            static_cast<void>(docs.front().applyUpdate(doc.getUpdate()));
        }
        return docs.front().getUpdate();
    }
    /// Every single update, merged on the bytes: nothing is joined.
    [[nodiscard]] Bytes pieces() const
    {
        std::vector<BytesView> views;
        for (const auto& log : logs) {
            views.insert(views.end(), log->updates.begin(), log->updates.end());
        }
        return mergeUpdates(views).value_or(Bytes());
    }

    std::vector<Doc> docs;
    std::vector<std::unique_ptr<UpdateLog>> logs;
};

void collectUpdates(const QJsonValue& value, std::vector<Bytes>& updates)
{
    if (value.isString()) {
        const auto decoded = QByteArray::fromBase64Encoding(
            value.toString().toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
        const QByteArray& raw = *decoded;
        const BytesView view = asBytes({raw.constData(), static_cast<std::size_t>(raw.size())});
        if (decoded && raw.size() > 2 && getState(view)) {
            updates.emplace_back(view.begin(), view.end());
        }
    } else if (value.isArray()) {
        for (const auto& element : value.toArray()) {
            collectUpdates(element, updates);
        }
    } else if (value.isObject()) {
        const QJsonObject object = value.toObject();
        for (const auto& member : object) {
            collectUpdates(member, updates);
        }
    }
}

} // namespace

class TestBulkLoad : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void randomDocuments_data();
    void randomDocuments();
    void vectors_data();
    void vectors();
    void damagedUpdates();
    void longRuns();
    void malformedLeavesNothing();
    void manyWritersInTurn();
    void cleanupTestCase();
};

void TestBulkLoad::randomDocuments_data()
{
    QTest::addColumn<int>("writers");
    QTest::addColumn<int>("steps");
    QTest::newRow("one") << 1 << 150;
    QTest::newRow("two") << 2 << 120;
    QTest::newRow("many") << 6 << 160;
}

void TestBulkLoad::randomDocuments()
{
    QFETCH(const int, writers);
    QFETCH(const int, steps);
    for (const std::uint64_t seed : seeds({1, 2, 3, 4, 5, 6, 7, 8})) {
        Random random(seed * 31 + static_cast<std::uint64_t>(writers));
        Writers group(random, writers, steps, random.oneIn(3));
        const Bytes pieces = group.pieces();
        const Bytes all = group.all();
        Doc late = makeDoc(3);
        QVERIFY(late.applyUpdate(all));
        UpdateLog later(late);
        late.get<Text>("a").insert(at(0), u"later");
        late.get<Text>("a").erase(at(1), at(6));
        for (const Bytes& update : {all, pieces}) {
            for (const bool gc : {true, false}) {
                const unsigned watch = random.below(kWatches);
                for (const unsigned watched : {unsigned{kNobody}, watch}) {
                    QVERIFY2(sameBothWays(update, later.updates, gc, watched, seed),
                        "TUTTI_SEED=" + QByteArray::number(static_cast<quint64>(seed)));
                }
            }
        }
    }
}

void TestBulkLoad::vectors_data()
{
    QTest::addColumn<QString>("file");
    for (const char* name : {"documents", "fuzz", "undo"}) {
        QTest::newRow(name) << QStringLiteral(TUTTI_TEST_DATA) + "/vectors/"_L1
                + QLatin1StringView(name) + ".json"_L1;
    }
}

/// Maps, arrays, XML, formats, subdocuments, of all that Yjs writes.
void TestBulkLoad::vectors()
{
    QFETCH(const QString, file);
    QFile vectors(file);
    QVERIFY2(vectors.open(QIODevice::ReadOnly), qPrintable(file));
    const QJsonObject set = QJsonDocument::fromJson(vectors.readAll()).object();
    Random random(9);
    int cases = 0;
    for (const auto& entry : set.value("cases"_L1).toArray()) {
        std::vector<Bytes> updates;
        collectUpdates(entry, updates);
        if (updates.empty()) {
            continue;
        }
        const std::vector<BytesView> views(updates.begin(), updates.end());
        const Bytes merged = mergeUpdates(views).value_or(Bytes());
        const std::vector<Bytes> later(updates.end() - 1, updates.end());
        for (const Bytes& update :
            {merged, updates.back(), updates[random.below(updates.size())]}) {
            const unsigned watch = random.below(kWatches);
            QVERIFY2(sameBothWays(update, later, random.oneIn(2), watch, 1),
                qPrintable(entry.toObject().value("id"_L1).toString()));
        }
        ++cases;
    }
    QVERIFY(cases > 20);
}

/// What no writer would write: both ways refuse, wait, or make the same of it.
void TestBulkLoad::damagedUpdates()
{
    for (const std::uint64_t seed : seeds({11, 12, 13, 14})) {
        Random random(seed);
        Writers group(random, 3, 40, false);
        for (const Bytes& whole : {group.pieces(), group.all()}) {
            for (int i = 0; i < 250; ++i) {
                Bytes update = whole;
                for (std::uint32_t flips = random.between(1, 3); flips > 0; --flips) {
                    update[random.below(update.size())] = static_cast<std::byte>(
                        random.oneIn(2) ? random.below(8) : random.below(256));
                }
                if (random.oneIn(20)) {
                    update.resize(random.below(update.size()));
                }
                QVERIFY2(sameBothWays(update, {}, true, random.below(kWatches), seed),
                    "TUTTI_SEED=" + QByteArray::number(static_cast<quint64>(seed)));
            }
        }
    }
}

/// Structs longer than a run, cut in two, with pairs where a run would end.
void TestBulkLoad::longRuns()
{
    Random random(5);
    for (int round = 0; round < 12; ++round) {
        Doc writer = makeDoc(5, round % 2 == 0);
        UpdateLog log(writer);
        Text text = writer.get<Text>("a");
        std::u16string pairs(round % 3 == 0 ? u"x" : u"");
        while (pairs.size() < 3500) {
            pairs += u"\U0001F600";
        }
        text.insert(at(0), round % 4 == 0 ? pairs : std::u16string(5000, u'l'));
        for (int i = 0; i < round; ++i) {
            text.insert(at(random.below(text.length().value())), u"cut");
            text.erase(at(random.below(text.length().value())), at(random.below(900)));
        }
        std::vector<BytesView> views(log.updates.begin(), log.updates.end());
        for (const Bytes& update : {writer.getUpdate(), *mergeUpdates(views)}) {
            QVERIFY(sameBothWays(update, {}, round % 2 == 0, random.below(kWatches), 2));
        }
    }
}

void TestBulkLoad::malformedLeavesNothing()
{
    Doc writer = makeDoc(5);
    writer.get<Text>("a").insert(at(0), std::u16string(3000, u'm'));
    Bytes update = writer.getUpdate();
    update.pop_back();
    Doc doc = makeDoc(6);
    storeOf(doc).loadPath = LoadPath::Bulk;
    QVERIFY(!doc.applyUpdate(update));
    QCOMPARE(storeOf(doc).graph.items.extent(), 0U);
    QCOMPARE(storeOf(doc).graph.peers.size(), 1U);
    QCOMPARE(hex(doc.getUpdate()), QByteArray("0000"));
}

/// A document in which each of many people wrote a line at the beginning, as in a log that has the
/// newest on top, is loaded in bulk: they are many, but at one place there are few.
void TestBulkLoad::manyWritersInTurn()
{
    Doc doc = makeDoc(1);
    for (std::uint64_t i = 0; i < 200; ++i) {
        Doc writer = makeDoc(10 + (i * 37) % 200);
        QVERIFY(writer.applyUpdate(doc.getUpdate()));
        writer.get<Text>("t").insert(at(0), u"line\n");
        if (i % 3 == 0) {
            writer.get<Text>("t").erase(at(7), at(1));
        }
        QVERIFY(doc.applyUpdate(writer.getUpdate()));
    }
    Doc reader = makeDoc(2);
    QVERIFY(reader.applyUpdate(doc.getUpdate()));
    QCOMPARE(storeOf(reader).bulkLoads, 1U);
    QCOMPARE(hex(reader.getUpdate()), hex(doc.getUpdate()));
}

/// That the comparison was one: most damaged updates are refused either way.
void TestBulkLoad::cleanupTestCase()
{
    QVERIFY2(g_bulkLoads > g_loads / 4,
        QByteArray::number(g_bulkLoads) + " of " + QByteArray::number(g_loads) + " in bulk");
}

QTEST_APPLESS_MAIN(TestBulkLoad)
#include "tst_bulk_load.moc"
