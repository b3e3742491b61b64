// SPDX-License-Identifier: MIT
#include "crdt/id_map.h"
#include "tests/crdt/allocation_cap.h"
#include "tests/crdt/support.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTest>

#include <array>
#include <functional>
#include <limits>
#include <map>
#include <set>
#include <stdexcept>

using namespace tutti::crdt;
using namespace tutti::crdt::test;

namespace {

IdRange range(std::uint64_t client, std::uint32_t clock, std::uint32_t length)
{
    return {ClientId(client), Clock(clock), length};
}

ContentAttribute attribute(std::string_view name, Any value)
{
    return ContentAttribute::make(name, std::move(value)).value();
}

ContentAttributes by(const char* author) { return {attribute("author", author)}; }

/// The slow and obvious map: for each id the names and values.
using Model = std::map<std::pair<std::uint64_t, std::uint32_t>, std::set<std::string>>;

void insert(Model& model, const IdRange& range, const ContentAttributes& attributes)
{
    for (std::uint32_t i = 0; i < range.length; ++i) {
        auto& entry = model[{range.client.value(), range.clock.value() + i}];
        for (const ContentAttribute& each : attributes) {
            entry.insert(each.name() + "=" + each.value().toJson());
        }
    }
}

Model modelOf(std::span<const AttrRange> ranges)
{
    Model model;
    for (const auto& [range, attributes] : ranges) {
        insert(model, range, attributes);
    }
    return model;
}

/// Sorted, nothing empty or overlapping, no two ranges that could be one.
bool isNormal(const IdMap& map)
{
    const auto ranges = map.ranges();
    return std::ranges::none_of(ranges, [](const AttrRange& entry) {
        return entry.range.length == 0;
    }) && std::ranges::adjacent_find(ranges, [](const AttrRange& a, const AttrRange& b) {
        if (a.range.client != b.range.client) {
            return a.range.client > b.range.client;
        }
        return a.range.end() > b.range.clock
            || (a.range.end() == b.range.clock && a.attributes == b.attributes);
    }) == ranges.end();
}

ContentAttributes randomAttributes(Random& random)
{
    std::vector<ContentAttribute> list;
    for (std::uint32_t i = random.below(4); i > 0; --i) {
        const char* name = random.oneIn(2) ? "author" : "at";
        list.push_back(random.oneIn(3) ? attribute(name, "alice")
                                       : attribute(name, static_cast<int>(random.below(3))));
    }
    return ContentAttributes(list);
}

IdRange randomRange(Random& random)
{
    return range(random.between(0, 3), random.below(40), random.below(9));
}

// --- the vectors ---

const Any::Array& listOf(const Any& object, std::string_view key)
{
    return *object.find(key)->arrayIf();
}

std::string textOf(const Any& object, std::string_view key)
{
    return *object.find(key)->stringIf();
}

/// In hexadecimal.
QByteArray bytesOf(const Any& object, std::string_view key)
{
    return QByteArray::fromBase64(QByteArray::fromStdString(textOf(object, key))).toHex();
}

std::uint64_t numberOf(const Any& value) { return static_cast<std::uint64_t>(*value.numberIf()); }

/// [client, clock, length, …]
IdRange rangeOf(std::span<const Any> list)
{
    return range(numberOf(list[0]), static_cast<std::uint32_t>(numberOf(list[1])),
        static_cast<std::uint32_t>(numberOf(list[2])));
}

/// Understands a case by its list of attributes.
class VectorReader
{
public:
    explicit VectorReader(const Any& test)
    {
        for (const Any& pair : listOf(test, "attrs")) {
            const Any::Array& parts = *pair.arrayIf();
            const Bytes raw = fromHex(QByteArray::fromStdString(*parts[1].stringIf()));
            Decoder decoder(raw);
            m_attributes.push_back(attribute(*parts[0].stringIf(), Any::decode(decoder).value()));
        }
    }

    [[nodiscard]] IdMap madeByOps(const Any& map) const
    {
        IdMap result;
        for (const Any& each : listOf(map, "ops")) {
            const std::span<const Any> op = *each.arrayIf();
            if (*op[0].stringIf() == "insert") {
                result.insert(rangeOf(op.subspan(1)), attributesOf(op[4]));
            } else {
                result.remove(rangeOf(op.subspan(1)));
            }
        }
        return result;
    }
    [[nodiscard]] bool sameRanges(const Any& map, const IdMap& other) const
    {
        std::vector<AttrRange> ranges;
        for (const Any& each : listOf(map, "ranges")) {
            const Any::Array& parts = *each.arrayIf();
            ranges.push_back({rangeOf(parts), attributesOf(parts[3])});
        }
        return std::ranges::equal(ranges, other.ranges());
    }
    /// Of what was asked: [client, clock, length, pieces]. Those that Yjs has nothing about are
    /// null.
    [[nodiscard]] std::vector<AttrRange> piecesOf(const Any::Array& asked) const
    {
        std::vector<AttrRange> result;
        for (const Any& each : *asked[3].arrayIf()) {
            const Any::Array& piece = *each.arrayIf();
            result.push_back({rangeOf(std::array{asked[0], piece[0], piece[1]}),
                piece[2].isNull() ? ContentAttributes() : attributesOf(piece[2])});
        }
        return result;
    }

private:
    [[nodiscard]] ContentAttributes attributesOf(const Any& numbers) const
    {
        std::vector<ContentAttribute> list;
        for (const Any& number : *numbers.arrayIf()) {
            list.push_back(m_attributes.at(numberOf(number)));
        }
        return ContentAttributes(list);
    }

    std::vector<ContentAttribute> m_attributes;
};

// --- hostile bytes ---

constexpr std::size_t kSmall = 250'000;
constexpr std::size_t kLarge = 1'000'000;
constexpr std::size_t kMemoryLimit = 64'000'000;

/// Writes one range of a client, in format v1; its number is given.
using Shape = std::function<void(Encoder&, std::uint32_t)>;

/// One client with as many of these ranges as make about that many bytes.
Bytes rangesOf(const Shape& shape, std::size_t size)
{
    Encoder ranges;
    std::uint32_t count = 0;
    for (; ranges.size() < size; ++count) {
        ranges.writeVarUint(2 * count); // with gaps
        ranges.writeVarUint(1);
        shape(ranges, count);
    }
    Encoder encoder;
    encoder.writeVarUint(1);
    encoder.writeVarUint(7);
    encoder.writeVarUint(count);
    encoder.writeRaw(ranges.view());
    return encoder.take();
}

} // namespace

class TestIdMap : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void attributes();
    void refusedValues_data();
    void refusedValues();
    void inserting();
    void attributionsFillGaps();
    void sets();
    void filtering();
    void whoWroteWhat();
    void againstAModel();
    void vectorsOfYjs_data();
    void vectorsOfYjs();
    void refused_data();
    void refused();
    void oddBytes();
    void hostileSizes_data();
    void hostileSizes();
    void longValues();
    void highestClock();

private:
    static void isKept(const Any& test);

    Any::Array m_vectors;
};

void TestIdMap::attributes()
{
    const ContentAttribute a = attribute("author", "alice");
    QCOMPARE(a.name(), std::string("author"));
    QVERIFY(a.value() == Any("alice"));
    const ContentAttribute same = attribute("author", "alice");
    QVERIFY(a == same && a.hash() == same.hash());
    QVERIFY(a != attribute("author", "bob"));
    QVERIFY(a != attribute("editor", "alice"));
    const Any ab = Any::object({{"a", 1}, {"b", Any::Array{true}}});
    const Any ba = Any::object({{"b", Any::Array{true}}, {"a", 1}});
    QVERIFY(attribute("k", ab) == attribute("k", ba));
    QCOMPARE(attribute("k", ab).hash(), attribute("k", ba).hash());
    QVERIFY(attribute("k", 0.0) == attribute("k", -0.0));
    QCOMPARE(attribute("k", 0.0).hash(), attribute("k", -0.0).hash());
    // Sets of attributes: no repeats, any order.
    const ContentAttribute b = attribute("rev", 1);
    const ContentAttributes both{a, b, same};
    QCOMPARE(both.size(), std::size_t(2));
    QVERIFY((both == ContentAttributes{b, a}));
    QVERIFY((both != ContentAttributes{a}));
    QVERIFY(ContentAttributes::united({a}, {b, a}) == both);
    // Long ones take another way.
    std::vector<ContentAttribute> many;
    for (int i = 0; i < 50; ++i) {
        many.push_back(attribute("n", i));
        many.push_back(attribute("n", i));
    }
    const ContentAttributes forwards(many);
    std::ranges::reverse(many);
    const ContentAttributes backwards(many);
    QCOMPARE(forwards.size(), std::size_t(50));
    QVERIFY(forwards == backwards);
    many.front() = attribute("n", -1);
    many[1] = attribute("n", -1);
    QCOMPARE(ContentAttributes(many).size(), std::size_t(50));
    QVERIFY(forwards != ContentAttributes(many));
    QCOMPARE(ContentAttributes::united(forwards, ContentAttributes(many)).size(), std::size_t(51));
}

void TestIdMap::refusedValues_data()
{
    QTest::addColumn<QByteArray>("value"); // as lib0's writeAny has it
    QTest::addColumn<bool>("good");
    const auto row = [](const char* name, const char* value, bool good) {
        QTest::newRow(name) << QByteArray(value) << good;
    };
    row("null", "7e", true);
    row("true", "78", true);
    row("an integer", "7d2a", true);
    row("a big integer", "7a0020000000000000", true);
    row("a float", "7b400921fb54442d18", true);
    row("a string", "770161", true);
    row("an array in an object", "7601016175027d0178", true);
    row("an object in an array in an object", "7601016175017601016e78", true);
    row("empty array", "7500", true);
    row("undefined", "7f", false);
    row("bytes", "74020102", false);
    row("NaN", "7b7ff8000000000000", false);
    row("infinity", "7b7ff0000000000000", false);
    row("minus infinity", "7bfff0000000000000", false);
    row("NaN inside", "75017601016e7b7ff8000000000000", false);
    row("undefined inside", "760101617f", false);
}

void TestIdMap::refusedValues()
{
    QFETCH(QByteArray, value);
    QFETCH(bool, good);
    const Bytes raw = fromHex(value);
    Decoder decoder(raw);
    const auto any = Any::decode(decoder);
    QVERIFY(any.has_value());
    const auto made = ContentAttribute::make("k", *any);
    QCOMPARE(made.has_value(), good);
    if (good) {
        IdMap map;
        map.insert(range(7, 3, 4), {*made});
        QVERIFY(*IdMap::decode(map.encode()) == map);
        QVERIFY(*IdMap::decodeV2(map.encodeV2()) == map);
    } else {
        QVERIFY(made.error().code == ErrorCode::Unsupported);
    }
}

void TestIdMap::inserting()
{
    IdMap map;
    QVERIFY(map.empty());
    map.insert(range(1, 0, 5), {});
    map.insert(range(1, 0, 0), by("alice"));
    map.remove(range(1, 0, 9));
    QVERIFY(map.empty());
    map.insert(range(1, 0, 5), by("alice"));
    map.insert(range(1, 5, 3), by("alice")); // touches
    QCOMPARE(map.ranges().size(), std::size_t(1));
    QVERIFY(map.contains({ClientId(1), Clock(7)}));
    QVERIFY(!map.contains({ClientId(1), Clock(8)}));
    QVERIFY(!map.contains({ClientId(2), Clock(0)}));
    map.insert(range(1, 2, 2), {attribute("rev", 1)});
    QCOMPARE(map.ranges().size(), std::size_t(3));
    QVERIFY((map.ranges()[1].attributes
        == ContentAttributes{attribute("author", "alice"), attribute("rev", 1)}));
    QVERIFY(map.ranges()[2].range == range(1, 4, 4));
    map.insert(range(0, 9, 1), by("bob"));
    QVERIFY(map.ranges().front().range == range(0, 9, 1)); // the lowest client first
    QCOMPARE(map.rangesOf(ClientId(1)).size(), std::size_t(3));
    QVERIFY(map.rangesOf(ClientId(5)).empty());
    map.remove(range(1, 1, 4));
    QCOMPARE(map.rangesOf(ClientId(1)).size(), std::size_t(2));
    QVERIFY(map.rangesOf(ClientId(1))[0].range == range(1, 0, 1));
    QVERIFY(map.rangesOf(ClientId(1))[1].range == range(1, 5, 3));
    map.clear();
    QVERIFY(map == IdMap());
}

void TestIdMap::attributionsFillGaps()
{
    IdMap map;
    map.insert(range(1, 2, 2), by("alice"));
    map.insert(range(1, 4, 3), by("bob"));
    const auto pieces = map.attributions(range(1, 0, 6));
    QCOMPARE(pieces.size(), std::size_t(3));
    QVERIFY((pieces[0] == AttrRange{range(1, 0, 2), {}}));
    QVERIFY((pieces[1] == AttrRange{range(1, 2, 2), by("alice")}));
    QVERIFY((pieces[2] == AttrRange{range(1, 4, 2), by("bob")}));
    QCOMPARE(map.attributions(range(1, 5, 9)).size(), std::size_t(2));
    const auto none = map.attributions(range(2, 0, 3));
    QCOMPARE(none.size(), std::size_t(1));
    QVERIFY((none[0] == AttrRange{range(2, 0, 3), {}}));
    QVERIFY(map.attributions(range(1, 3, 0)).empty());
}

void TestIdMap::sets()
{
    IdSet set;
    set.insert(range(1, 0, 5));
    set.insert(range(9, 4, 2));
    set.insert(range(9, 8, 2));
    const IdMap map = IdMap::fromSet(set, by("carol"));
    QVERIFY(isNormal(map));
    QCOMPARE(map.ranges().size(), std::size_t(3));
    QVERIFY(map.asIdSet() == set);
    for (const auto& [range, attributes] : map) {
        QVERIFY(attributes == by("carol"));
    }
    QVERIFY(IdMap::fromSet({}, by("carol")).empty());
    QVERIFY(IdMap::fromSet(set, {}).asIdSet() == set);
    QVERIFY(IdMap::difference(map, set).empty());
    QVERIFY(IdMap::difference(map, IdSet()) == map);
    QVERIFY(IdMap::intersection(map, set) == map);
    QVERIFY(IdMap::merged({}).empty());
}

void TestIdMap::filtering()
{
    IdMap map;
    map.insert(range(1, 0, 2), by("alice"));
    map.insert(range(1, 2, 2), by("bob"));
    const IdMap alice =
        map.filter([](const ContentAttributes& each) { return each == by("alice"); });
    QCOMPARE(alice.ranges().size(), std::size_t(1));
    QVERIFY(alice.ranges().front() == map.ranges().front());
    QVERIFY(map.filter([](const auto&) { return false; }).empty());
    QVERIFY_THROWS_EXCEPTION(std::runtime_error,
        static_cast<void>(map.filter([](const auto&) -> bool { throw std::runtime_error("no"); })));
}

/// What it is for: units and their authors, kept by each peer and put together.
void TestIdMap::whoWroteWhat()
{
    Doc ada = makeDoc(7);
    Doc grace = makeDoc(9);
    IdMap map;
    const auto watch = [&map](Doc& doc, const char* author) {
        return doc.observe([&map, author](const TransactionEvent& event) {
            if (event.local) {
                map.insert(IdMap::fromSet(event.insertions(), by(author)));
                map.insert(IdMap::fromSet(event.deletions(), {attribute("deleted by", author)}));
            }
        });
    };
    const Subscription watching[] = {watch(ada, "ada"), watch(grace, "grace")};
    Text text = ada.get<Text>("t");
    text.insert(at(0), u"hello");
    QVERIFY(grace.applyUpdate(ada.getUpdate()));
    grace.get<Text>("t").insert(at(5), u" all");
    grace.get<Text>("t").erase(at(0), at(2));
    QCOMPARE(map.ranges().size(), std::size_t(3));
    QVERIFY((map.ranges()[0]
        == AttrRange{
            range(7, 0, 2), {attribute("author", "ada"), attribute("deleted by", "grace")}}));
    QVERIFY((map.ranges()[1] == AttrRange{range(7, 2, 3), by("ada")}));
    QVERIFY((map.ranges()[2] == AttrRange{range(9, 0, 4), by("grace")}));
}

void TestIdMap::againstAModel()
{
    for (const std::uint64_t seed : seeds({1, 2, 3, 4, 5})) {
        Random random(seed);
        for (int round = 0; round < 200; ++round) {
            const QByteArray where = "TUTTI_SEED=" + QByteArray::number(quint64(seed)) + ", round "
                + QByteArray::number(round);
            std::vector<IdMap> maps(3);
            std::vector<Model> models(3);
            for (std::uint32_t i = random.below(30); i > 0; --i) {
                const std::uint32_t at = random.below(3);
                const IdRange next = randomRange(random);
                if (random.oneIn(5)) {
                    maps[at].remove(next);
                    for (std::uint32_t k = 0; k < next.length; ++k) {
                        models[at].erase({next.client.value(), next.clock.value() + k});
                    }
                } else if (const auto attributes = randomAttributes(random); !attributes.empty()) {
                    maps[at].insert(next, attributes);
                    insert(models[at], next, attributes);
                }
                QVERIFY2(isNormal(maps[at]), where.constData());
                QVERIFY2(modelOf(maps[at].ranges()) == models[at], where.constData());
            }
            const IdMap& a = maps[0];
            const IdMap& b = maps[1];
            Model both;
            Model onlyA;
            Model intersectionWithSet;
            for (const auto& [id, attributes] : models[0]) {
                if (const auto other = models[1].find(id); other != models[1].end()) {
                    both[id] = attributes;
                    both[id].insert(other->second.begin(), other->second.end());
                    intersectionWithSet[id] = attributes;
                } else {
                    onlyA[id] = attributes;
                }
            }
            Model all;
            for (const Model& model : models) {
                for (const auto& [id, attributes] : model) {
                    all[id].insert(attributes.begin(), attributes.end());
                }
            }
            const IdSet setB = b.asIdSet();
            const IdMap merged = IdMap::merged(maps);
            const IdMap intersection = IdMap::intersection(a, b);
            const IdMap difference = IdMap::difference(a, b);
            const IdMap insideB = IdMap::intersection(a, setB);
            QVERIFY2(isNormal(merged) && isNormal(intersection) && isNormal(difference),
                where.constData());
            QVERIFY2(modelOf(merged.ranges()) == all, where.constData());
            QVERIFY2(modelOf(intersection.ranges()) == both, where.constData());
            QVERIFY2(modelOf(difference.ranges()) == onlyA, where.constData());
            QVERIFY2(isNormal(insideB) && modelOf(insideB.ranges()) == intersectionWithSet,
                where.constData());
            QVERIFY2(IdMap::difference(a, setB) == difference, where.constData());
            // The way in does not matter.
            IdMap again = insideB;
            again.insert(difference);
            QVERIFY2(again == a, where.constData());
            IdMap backwards = maps[2];
            backwards.insert(b);
            backwards.insert(a);
            QVERIFY2(backwards == merged, where.constData());
            for (std::uint32_t clock = 0; clock < 50; ++clock) {
                QVERIFY2(a.contains({ClientId(2), Clock(clock)}) == models[0].contains({2, clock}),
                    where.constData());
            }
            const IdRange asked = randomRange(random);
            Model pieces = modelOf(a.attributions(asked));
            QVERIFY2(pieces.size() == asked.length, where.constData());
            for (const auto& [id, attributes] : pieces) {
                const auto known = models[0].find(id);
                QVERIFY2(
                    known == models[0].end() ? attributes.empty() : attributes == known->second,
                    where.constData());
            }
            QVERIFY2(*IdMap::decode(merged.encode()) == merged, where.constData());
            QVERIFY2(*IdMap::decodeV2(merged.encodeV2()) == merged, where.constData());
            QVERIFY2(
                IdMap::decodeV2(merged.encodeV2())->encode() == merged.encode(), where.constData());
            // Every cut is noticed.
            Bytes cut = merged.encode();
            cut.resize(random.below(cut.size()));
            QVERIFY2(!IdMap::decode(cut).has_value(), where.constData());
        }
    }
}

/// tests/data/make_id_map.mjs says what is in them.
void TestIdMap::vectorsOfYjs_data()
{
    QTest::addColumn<qsizetype>("index");
    QFile file(QStringLiteral(TUTTI_TEST_DATA "/id_map.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto json = Any::fromJson(file.readAll().toStdString());
    QVERIFY(json.has_value());
    m_vectors = *json->find("cases")->arrayIf();
    for (std::size_t i = 0; i < m_vectors.size(); ++i) {
        QTest::newRow(textOf(m_vectors[i], "id").c_str()) << qsizetype(i);
    }
}

void TestIdMap::vectorsOfYjs()
{
    QFETCH(qsizetype, index);
    const Any& test = m_vectors[static_cast<std::size_t>(index)];
    if (test.find("noJson") != nullptr) {
        isKept(test);
        return;
    }
    const VectorReader reader(test);
    std::vector<IdMap> maps;
    for (const Any& each : listOf(test, "maps")) {
        const IdMap map = reader.madeByOps(each);
        QVERIFY(isNormal(map));
        QVERIFY(reader.sameRanges(each, map));
        // The same bytes, in and out.
        QCOMPARE(hex(map.encode()), bytesOf(each, "v1"));
        QCOMPARE(hex(map.encodeV2()), bytesOf(each, "v2"));
        const auto read = IdMap::decode(fromHex(bytesOf(each, "v1")));
        const auto readV2 = IdMap::decodeV2(fromHex(bytesOf(each, "v2")));
        QVERIFY(read && readV2);
        QVERIFY(*read == map && *readV2 == map);
        QCOMPARE(hex(read->encode()), bytesOf(each, "v1"));
        QCOMPARE(hex(readV2->encodeV2()), bytesOf(each, "v2"));
        for (const Any& slice : listOf(each, "slices")) {
            const Any::Array& asked = *slice.arrayIf();
            const auto pieces = map.attributions(rangeOf(asked));
            QVERIFY(pieces == reader.piecesOf(asked));
            for (std::uint32_t i = 0; i < numberOf(asked[2]); ++i) {
                const Id id{ClientId(numberOf(asked[0])), rangeOf(asked).clock + Clock(i)};
                QCOMPARE(map.contains(id), read->contains(id));
            }
        }
        maps.push_back(map);
    }
    if (maps.size() < 2) {
        return;
    }
    IdMap both = maps[0];
    both.insert(maps[1]);
    const auto check = [&](const char* name, const IdMap& map, bool sameBytes) {
        const Any& wanted = *test.find(name);
        QVERIFY2(reader.sameRanges(wanted, map), name);
        // Yjs may write an attribute twice, and others in another order.
        const auto read = IdMap::decodeV2(fromHex(bytesOf(wanted, "v2")));
        QVERIFY2(read && *read == map, name);
        if (sameBytes) {
            QCOMPARE(hex(map.encode()), bytesOf(wanted, "v1"));
            QCOMPARE(hex(map.encodeV2()), bytesOf(wanted, "v2"));
        }
    };
    check("merged2", both, true);
    check("merged", IdMap::merged(maps), false);
    check("intersection", IdMap::intersection(maps[0], maps[1]), false);
    check("difference", IdMap::difference(maps[0], maps[1]), true);
    check("differenceSet", IdMap::difference(maps[0], maps[1].asIdSet()), true);
}

/// Values that JSON cannot hold are not made here, but stay what they are; Yjs writes them.
void TestIdMap::isKept(const Any& test)
{
    const Any& wanted = listOf(test, "maps").front();
    const auto read = IdMap::decode(fromHex(bytesOf(wanted, "v1")));
    const auto readV2 = IdMap::decodeV2(fromHex(bytesOf(wanted, "v2")));
    QVERIFY(read && readV2);
    QVERIFY(*read == *readV2);
    QCOMPARE(hex(read->encode()), bytesOf(wanted, "v1"));
    QCOMPARE(hex(read->encodeV2()), bytesOf(wanted, "v2"));
    const Any value = read->ranges().front().attributes.list().front().value();
    const auto made = ContentAttribute::make("v", value);
    QVERIFY(!made);
    QVERIFY(made.error().code == ErrorCode::Unsupported);
}

void TestIdMap::refused_data()
{
    QTest::addColumn<QByteArray>("v1");
    QTest::addColumn<QByteArray>("v2");
    QTest::addColumn<int>("code");
    const auto row = [](const char* name, const char* v1, const char* v2, ErrorCode code) {
        QTest::newRow(name) << QByteArray(v1) << QByteArray(v2) << static_cast<int>(code);
    };
    row("nothing", "", "", ErrorCode::Truncated);
    row("many clients", "ffffffff0f", "ffffffff0f", ErrorCode::Truncated);
    row("many ranges", "0101ffffffffffff0f", "0101ffffffffffff0f", ErrorCode::Truncated);
    row("many attributes", "0101010001ffffffffffff0f", "0101010000ffffffffffff0f",
        ErrorCode::Truncated);
    row("no attribute yet", "010101000101010061", "010101000001010061", ErrorCode::Malformed);
    row("no name yet", "010101000101000178", "010101000001000178", ErrorCode::Malformed);
    row("an unknown value", "0101010001010000016101", "0101010000010000016101",
        ErrorCode::Malformed);
    row("a name that is not UTF-8", "010101000101000001ff78", "010101000001000001ff78",
        ErrorCode::Malformed);
    row("a client twice", "0201000000", "0201000000", ErrorCode::Malformed);
    row("out of order", "010102050100010100", "", ErrorCode::Malformed);
    row("overlapping", "010102050200060100", "", ErrorCode::Malformed);
    row("a high clock", "010101ffffffff0f0100", "010101ffffffff0f0000", ErrorCode::OutOfRange);
    row("a high client", "02ffffffffffffff0f000100", "02ffffffffffffff0f000100",
        ErrorCode::OutOfRange);
}

void TestIdMap::refused()
{
    QFETCH(QByteArray, v1);
    QFETCH(QByteArray, v2);
    QFETCH(int, code);
    const auto decoded = IdMap::decode(fromHex(v1));
    QVERIFY(!decoded.has_value());
    QCOMPARE(static_cast<int>(decoded.error().code), code);
    if (!v2.isEmpty()) {
        const auto decodedV2 = IdMap::decodeV2(fromHex(v2));
        QVERIFY(!decodedV2.has_value());
        QCOMPARE(static_cast<int>(decodedV2.error().code), code);
    }
}

/// Nobody should write these, but they can be read.
void TestIdMap::oddBytes()
{
    // Two equal attributes under two numbers and two equal names; the first range is empty, the
    // next two touch.
    const auto map = IdMap::decode(fromHex("010103"
                                           "000000"
                                           "0002"
                                           "02"
                                           "0000016178"
                                           "0101016178"
                                           "0203"
                                           "01"
                                           "01"));
    QVERIFY(map.has_value());
    QCOMPARE(map->ranges().size(), std::size_t(1));
    QVERIFY((map->ranges().front()
        == AttrRange{range(1, 0, 5), ContentAttributes{attribute("a", true)}}));
    QCOMPARE(hex(map->encode()),
        QByteArray("01010100050100000161"
                   "78"));
}

void TestIdMap::hostileSizes_data()
{
    QTest::addColumn<Shape>("shape");
    const auto row = [](const char* name, Shape shape) { QTest::newRow(name) << std::move(shape); };
    row("nothing said", [](Encoder& encoder, std::uint32_t) { encoder.writeVarUint(0); });
    row("one attribute for all", [](Encoder& encoder, std::uint32_t i) {
        encoder.writeVarUint(1);
        encoder.writeVarUint(0);
        if (i == 0) {
            encoder.writeVarUint(0);
            encoder.writeVarString(std::string_view("a"));
            Any(1).encode(encoder);
        }
    });
    row("attributes of their own", [](Encoder& encoder, std::uint32_t i) {
        encoder.writeVarUint(1);
        encoder.writeVarUint(i);
        encoder.writeVarUint(0);
        if (i == 0) {
            encoder.writeVarString(std::string_view("a"));
        }
        Any(static_cast<int>(i)).encode(encoder);
    });
    row("names of their own", [](Encoder& encoder, std::uint32_t i) {
        encoder.writeVarUint(1);
        encoder.writeVarUint(i);
        encoder.writeVarUint(i);
        encoder.writeVarString(std::string_view(std::to_string(i)));
        Any(true).encode(encoder);
    });
    row("the same attribute again and again", [](Encoder& encoder, std::uint32_t i) {
        encoder.writeVarUint(1);
        encoder.writeVarUint(i);
        encoder.writeVarUint(i);
        encoder.writeVarString(std::string_view());
        Any(true).encode(encoder);
    });
    row("many attributes", [](Encoder& encoder, std::uint32_t i) {
        encoder.writeVarUint(1'000);
        for (std::uint32_t k = 0; k < 1'000; ++k) {
            encoder.writeVarUint(k);
            if (i == 0) {
                encoder.writeVarUint(0);
                if (k == 0) {
                    encoder.writeVarString(std::string_view("a"));
                }
                Any(static_cast<int>(k)).encode(encoder);
            }
        }
    });
    row("long lists", [](Encoder& encoder, std::uint32_t i) {
        encoder.writeVarUint(1);
        encoder.writeVarUint(i);
        encoder.writeVarUint(0);
        if (i == 0) {
            encoder.writeVarString(std::string_view("a"));
        }
        Any(Any::Array(50'000 + i, Any(true))).encode(encoder);
    });
}

/// The time grows with the size, the memory stays in the bounds of updates.
void TestIdMap::hostileSizes()
{
    QFETCH(const Shape, shape);
    qint64 times[2] = {};
    for (const std::size_t size : {kSmall, kLarge}) {
        const Bytes bytes = rangesOf(shape, size);
        QElapsedTimer timer;
        timer.start();
        MemoryPeak memory;
        const auto map = IdMap::decode(bytes);
        QVERIFY(map.has_value());
        const std::size_t peak = memory.peak();
        QVERIFY(IdMap::merged(std::array{*map, *IdMap::decode(bytes)}) == *map);
        QVERIFY(*IdMap::decodeV2(map->encodeV2()) == *map);
        times[size == kLarge] = timer.elapsed();
        qInfo("%zu bytes: %lld ms, %.1f MB", bytes.size(), timer.elapsed(), double(peak) / 1e6);
        QVERIFY2(peak <= kMemoryLimit, "takes more than 64 MB");
    }
    // As in tst_hostile_sizes: what grows with the square takes longer.
    QVERIFY2(times[1] <= 8 * times[0] + 2'000, "takes time out of proportion");
}

/// Small bytes that stand for much must neither copy it nor read it again and again: a long name
/// and value that all ranges have cost as much as short ones, but for once.
void TestIdMap::longValues()
{
    qint64 times[2] = {};
    for (const std::size_t length : {std::size_t(1), kLarge}) {
        const std::string text(length, 'x');
        Bytes bytes = rangesOf(
            [&text](Encoder& encoder, std::uint32_t i) {
                encoder.writeVarUint(2);
                encoder.writeVarUint(0); // the same long attribute each time
                if (i == 0) {
                    encoder.writeVarUint(0);
                    encoder.writeVarString(std::string_view(text));
                    Any(text).encode(encoder);
                }
                encoder.writeVarUint(i + 1); // another value under the same long name
                encoder.writeVarUint(0);
                Any(static_cast<int>(i)).encode(encoder);
            },
            kLarge + 2 * length);
        QElapsedTimer timer;
        timer.start();
        MemoryPeak memory;
        const auto map = IdMap::decode(bytes);
        QVERIFY(map.has_value());
        QVERIFY(memory.peak() < kMemoryLimit);
        QVERIFY(map->ranges().size() > 50'000);
        QCOMPARE(map->ranges().back().attributes.size(), std::size_t(2));
        QVERIFY(map->encode() == bytes);
        // Put together with one that has the same attributes, but does not share them.
        const auto other = IdMap::decode(bytes);
        QVERIFY(IdMap::intersection(*map, *other).encode() == bytes);
        IdMap both = *map;
        both.insert(*other);
        QVERIFY(both.encode() == bytes);
        times[length > 1] = timer.elapsed();
    }
    qInfo("short %lld ms, long %lld ms", times[0], times[1]);
    QVERIFY(times[1] <= 4 * times[0] + 1'000);
}

void TestIdMap::highestClock()
{
    constexpr std::uint32_t kMax = std::numeric_limits<std::uint32_t>::max();
    IdMap map;
    map.insert(range(1, kMax - 2, 9), by("alice"));
    map.insert(range(1, kMax, 9), by("alice"));
    QCOMPARE(map.ranges().size(), std::size_t(1));
    QVERIFY(map.ranges().front().range == range(1, kMax - 2, 2));
    QCOMPARE(map.attributions(range(1, kMax - 1, kMax)).size(), std::size_t(1));
    QVERIFY(*IdMap::decode(map.encode()) == map);
    QVERIFY(*IdMap::decodeV2(map.encodeV2()) == map);
    map.remove(range(1, 1, kMax));
    QVERIFY(map.empty());
}

QTEST_APPLESS_MAIN(TestIdMap)
#include "tst_id_map.moc"
