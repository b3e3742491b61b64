// SPDX-License-Identifier: MIT
//
// Random peers on a bad network who edit formatted texts, lists, maps and XML, nested in each
// other: whatever is lost, doubled or late, in the end all hold the same, and everything observers
// are told leads from the old content to the new. And one writer alone, against plain models. Built
// three times: as it is, with tree nodes of four slots, and with runs of four units.
#include "crdt/doc.h"
#include "crdt/update.h"
#include "tests/conformance/states.h"
#include "tests/crdt/support.h"

#include <QTest>

#include <algorithm>
#include <map>
#include <memory>
#include <ranges>
#include <variant>

using namespace tutti::crdt;
using namespace tutti::crdt::test;
using tutti::conformance::writeState;

namespace {

// --- copies that are kept by events alone
// ---------------------------------------------------------

/// One unit of a formatted text: a UTF-16 unit or an embed, and its attributes.
struct Unit
{
    std::variant<char16_t, Value> content;
    std::map<std::string, Any> attributes;

    bool operator==(const Unit&) const = default;
};

std::map<std::string, Any> asMap(const Attributes& attributes)
{
    return {attributes.begin(), attributes.end()};
}

std::vector<Unit> unitsOf(const DeltaOp& op)
{
    std::vector<Unit> units;
    for (const char16_t unit : op.text) {
        units.push_back({unit, asMap(op.attributes)});
    }
    for (const Value& value : op.values) {
        units.push_back({value, asMap(op.attributes)});
    }
    return units;
}

std::vector<Unit> unitsOf(const Text& text)
{
    std::vector<Unit> units;
    for (const DeltaOp& op : text.toDelta()) {
        const std::vector<Unit> more = unitsOf(op);
        units.insert(units.end(), more.begin(), more.end());
    }
    return units;
}

/// Carries out a delta on a vector. False when it does not fit.
template <typename T>
bool follow(std::vector<T>& content, std::span<const DeltaOp> delta, auto&& inserted, auto&& kept)
{
    std::size_t at = 0;
    for (const DeltaOp& op : delta) {
        const std::size_t length = op.length.value();
        const auto here = content.begin() + static_cast<std::ptrdiff_t>(at);
        if (op.kind == DeltaOp::Kind::Insert) {
            const std::vector<T> added = inserted(op);
            if (added.size() != length) {
                return false;
            }
            content.insert(here, added.begin(), added.end());
            at += length;
            continue;
        }
        if (length == 0 || at + length > content.size()) {
            return false;
        }
        const auto end = here + static_cast<std::ptrdiff_t>(length);
        if (op.kind == DeltaOp::Kind::Delete) {
            content.erase(here, end);
            continue;
        }
        std::for_each(here, end, [&](T& one) { kept(one, op); });
        at += length;
    }
    return true;
}

/// A copy of a text's units with their attributes.
class TextMirror
{
public:
    explicit TextMirror(const Text& text)
        : m_text(text)
        , m_subscription(m_text.observe([this](const TypeEvent& event) {
            fits = fits
                && follow(
                    m_units, event.delta, [](const DeltaOp& op) { return unitsOf(op); },
                    [](Unit& unit, const DeltaOp& op) {
                        for (const auto& [key, value] : op.attributes) {
                            if (value.isNull()) {
                                unit.attributes.erase(key);
                            } else {
                                unit.attributes[key] = value;
                            }
                        }
                    });
        }))
    { }
    TextMirror(TextMirror&&) = delete;

    [[nodiscard]] bool right() const { return fits && m_units == unitsOf(m_text); }

private:
    Text m_text;
    std::vector<Unit> m_units;
    bool fits = true;
    Subscription m_subscription;
};

/// A copy of a list's elements.
template <typename List>
class ListMirror
{
public:
    explicit ListMirror(const List& list)
        : m_list(list)
        , m_subscription(m_list.observe([this](const TypeEvent& event) {
            m_fits = m_fits
                && follow(
                    m_values, event.delta, [](const DeltaOp& op) { return op.values; },
                    [](Value&, const DeltaOp&) {});
        }))
    { }
    ListMirror(ListMirror&&) = delete;

    [[nodiscard]] bool right() const
    {
        return m_fits && m_values == m_list.slice(at(0), m_list.length());
    }

private:
    List m_list;
    std::vector<Value> m_values;
    bool m_fits = true;
    Subscription m_subscription;
};

/// A copy of a map's entries.
class MapMirror
{
public:
    explicit MapMirror(const Map& map)
        : m_map(map)
        , m_subscription(m_map.observe([this](const TypeEvent& event) {
            for (const KeyChange& change : event.keys) {
                const auto found = m_entries.find(change.key);
                const bool had = found != m_entries.end();
                m_fits = m_fits && had == (change.action != KeyChange::Action::Add)
                    && (!had || change.oldValue.has_value());
                if (change.action == KeyChange::Action::Delete) {
                    m_entries.erase(change.key);
                } else {
                    m_entries.insert_or_assign(change.key, change.newValue.value_or(Value()));
                }
            }
        }))
    { }
    MapMirror(MapMirror&&) = delete;

    [[nodiscard]] bool right() const
    {
        const auto entries = m_map.entries();
        return m_fits && m_entries == std::map<std::string, Value>(entries.begin(), entries.end());
    }

private:
    Map m_map;
    std::map<std::string, Value> m_entries;
    bool m_fits = true;
    Subscription m_subscription;
};

// --- random content
// -------------------------------------------------------------------------------

std::string randomKey(Random& random)
{
    static constexpr const char* kKeys[] = {"a", "b", "c", "1", "é"};
    return kKeys[random.below(std::size(kKeys))];
}

Attributes randomMarks(Random& random, bool mayTakeAway)
{
    Any marks = Any::object();
    for (std::uint32_t n = random.between(1, 2); n > 0; --n) {
        static constexpr const char* kKeys[] = {"bold", "italic", "color"};
        const char* key = kKeys[random.below(std::size(kKeys))];
        if (mayTakeAway && random.oneIn(3)) {
            marks.set(key, nullptr);
        } else if (*key == 'c') {
            marks.set(key, random.oneIn(2) ? "red" : "blue");
        } else {
            marks.set(key, true);
        }
    }
    return *marks.objectIf();
}

Any randomPlain(Random& random)
{
    switch (random.below(7)) {
    case 0:
        return nullptr;
    case 1:
        return random.oneIn(2);
    case 2:
        return Bytes(random.below(5), std::byte{7});
    case 3:
        return Any::Array{1, "two", nullptr};
    case 4:
        return toUtf8(randomText(random, random.below(6)));
    default:
        return static_cast<double>(random.between(0, 100'000));
    }
}

Prelim randomNode(Random& random, int depth)
{
    if (depth == 0 || random.oneIn(2)) {
        return XmlTextPrelim(randomText(random, random.below(6)));
    }
    XmlElementPrelim element;
    element.tag = random.oneIn(2) ? "p" : "div";
    if (random.oneIn(2)) {
        element.attributes.emplace_back("id", "x");
    }
    for (std::uint32_t n = random.below(3); n > 0; --n) {
        element.children.push_back(randomNode(random, depth - 1));
    }
    return element;
}

Prelim randomValue(Random& random, int depth)
{
    if (depth == 0 || !random.oneIn(4)) {
        return randomPlain(random);
    }
    if (random.oneIn(3)) {
        return TextPrelim(randomText(random, random.below(6)));
    }
    if (random.oneIn(2)) {
        ArrayPrelim array;
        for (std::uint32_t n = random.below(4); n > 0; --n) {
            array.values.push_back(randomValue(random, depth - 1));
        }
        return array;
    }
    MapPrelim map;
    for (std::uint32_t n = random.below(3); n > 0; --n) {
        map.entries.emplace_back(std::to_string(n), randomValue(random, depth - 1));
    }
    return map;
}

// --- peers
// ----------------------------------------------------------------------------------------

/// One edit in both formats.
struct Sent
{
    Bytes v1;
    Bytes v2;
};

/// One writer, and what it has sent and nobody got yet.
class Peer
{
public:
    Peer(std::uint64_t id, bool gc)
        : doc(makeDoc(id, gc))
        , text(doc.get<Text>("t"))
        , list(doc.get<Array>("a"))
        , map(doc.get<Map>("m"))
        , xml(doc.get<XmlFragment>("x"))
        , m_log(doc.observe([this](const TransactionEvent& event) {
            if (event.local) {
                sent.push_back({{event.update.begin(), event.update.end()}, event.updateV2()});
            }
        }))
        , m_text(text)
        , m_list(list)
        , m_map(map)
        , m_xml(xml)
    { }
    Peer(Peer&&) = delete;

    /// One transaction of one or several edits.
    void edit(Random& random)
    {
        const auto transaction = doc.transact(Origin("edit"));
        for (std::uint32_t edits = random.oneIn(4) ? random.between(2, 6) : 1; edits > 0; --edits) {
            const SharedType roots[] = {text, list, map, xml};
            editType(random, inside(random, roots[random.below(4)]));
        }
    }

    [[nodiscard]] Result<void> receive(Random& random, const Sent& update)
    {
        return random.oneIn(2) ? doc.applyUpdate(update.v1, Origin("net"))
                               : doc.applyUpdateV2(update.v2, Origin("net"));
    }

    [[nodiscard]] bool mirrored() const
    {
        return m_text.right() && m_list.right() && m_map.right() && m_xml.right();
    }

    [[nodiscard]] QByteArray state() const
    {
        const Any all = Any::Array{writeState(SharedType(text)), writeState(SharedType(list)),
            writeState(SharedType(map)), writeState(SharedType(xml))};
        return QByteArray::fromStdString(all.toJson());
    }

    Doc doc;
    Text text;
    Array list;
    Map map;
    XmlFragment xml;
    std::vector<Sent> sent;

private:
    /// The type itself, or one somewhere in it.
    static SharedType inside(Random& random, SharedType type)
    {
        while (random.oneIn(2)) {
            std::vector<SharedType> nested;
            const auto take = [&nested](const Value& value) {
                if (const SharedType* inner = value.typeIf()) {
                    nested.push_back(*inner);
                }
            };
            if (const auto array = type.as<Array>()) {
                std::ranges::for_each(array->values(), take);
            } else if (const auto entries = type.as<Map>()) {
                std::ranges::for_each(entries->entries() | std::views::values, take);
            } else if (const auto nodes = type.as<XmlFragment>()) {
                std::ranges::for_each(nodes->children(), take);
            }
            if (nested.empty()) {
                break;
            }
            type = nested[random.below(nested.size())];
        }
        return type;
    }

    static void editType(Random& random, const SharedType& type)
    {
        if (auto formatted = type.as<Text>()) {
            editText(random, *formatted);
        } else if (auto array = type.as<Array>()) {
            const std::uint32_t length = array->length().value();
            if (length > 0 && random.below(length > 30 ? 2 : 3) == 0) {
                const std::uint32_t begin = random.below(length);
                QVERIFY(
                    array->erase(at(begin), at(random.between(1, std::min(4U, length - begin)))));
            } else {
                std::vector<Prelim> values;
                for (std::uint32_t n = random.between(1, 3); n > 0; --n) {
                    values.push_back(randomValue(random, 2));
                }
                QVERIFY(array->insert(at(random.below(length + 1)), std::move(values)));
            }
        } else if (auto entries = type.as<Map>()) {
            if (random.oneIn(4)) {
                static_cast<void>(entries->erase(randomKey(random)));
            } else {
                static_cast<void>(entries->set(randomKey(random), randomValue(random, 2)));
            }
        } else {
            editNodes(random, type);
        }
    }

    static void editNodes(Random& random, const SharedType& type)
    {
        if (auto element = type.as<XmlElement>(); element && random.oneIn(3)) {
            if (random.oneIn(3)) {
                element->removeAttribute("class");
            } else {
                QVERIFY(element->setAttribute("class", toUtf8(randomText(random, 2))));
            }
            return;
        }
        XmlFragment nodes = *type.as<XmlFragment>();
        const std::uint32_t length = nodes.length().value();
        if (length > 0 && random.below(length > 12 ? 2 : 3) == 0) {
            QVERIFY(nodes.erase(at(random.below(length))));
        } else {
            QVERIFY(nodes.insert(at(random.below(length + 1)), randomNode(random, 2)));
        }
    }

    static void editText(Random& random, Text& text)
    {
        const std::uint32_t length = text.length().value();
        const Offset place = at(random.below(length + 1));
        switch (random.below(length > 400 ? 16 : 8)) {
        case 0:
        case 1:
            return text.insert(place, randomText(random, random.between(1, 9)));
        case 2:
            return text.insert(
                place, randomText(random, random.between(1, 5)), randomMarks(random, false));
        case 3:
        case 4:
            return text.format(place, at(random.between(1, 9)), randomMarks(random, true));
        case 5:
            QVERIFY(text.insertEmbed(place, Any::object({{"image", "x"}})));
            return;
        default:
            return text.erase(place, at(random.between(1, 7)));
        }
    }

    Subscription m_log;
    TextMirror m_text;
    ListMirror<Array> m_list;
    MapMirror m_map;
    ListMirror<XmlFragment> m_xml;
};

QByteArray where(std::uint64_t seed, int step)
{
    return "TUTTI_SEED=" + QByteArray::number(static_cast<quint64>(seed)) + ", step "
        + QByteArray::number(step);
}

/// The update without what depends on who forgot what when: as a fresh Doc writes it that collects.
Bytes canonical(Bytes update)
{
    // Twice: what came as one update is collected and joined in one go.
    for (const std::uint64_t id : {0xFFFF'FFFF'FFFFU, 0xFFFF'FFFF'FFFEU}) {
        Doc doc = makeDoc(id);
        if (!doc.applyUpdate(update)) {
            return {};
        }
        update = doc.getUpdate();
    }
    return update;
}

using Peers = std::vector<std::unique_ptr<Peer>>;

/// Everybody with everybody, until nobody has anything new: receivers clean up formatting, and what
/// they took away is news for the others.
void settle(Peers& all)
{
    for (int round = 0; round < 8; ++round) {
        bool news = false;
        for (const auto& to : all) {
            for (const auto& from : all) {
                if (to == from) {
                    continue;
                }
                const Bytes before = to->doc.getUpdate();
                const auto update = from->doc.getUpdate(to->doc.getState());
                QVERIFY(update.has_value());
                QVERIFY(to->doc.applyUpdate(*update, Origin("net")));
                news = news || to->doc.getUpdate() != before;
            }
        }
        if (!news) {
            return;
        }
    }
}

} // namespace

class TestTypesConvergence : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void peers_data();
    void peers();
    void listModel();
    void mapModel();
    void formattedModel();
};

void TestTypesConvergence::peers_data()
{
    QTest::addColumn<quint64>("seed");
    for (const std::uint64_t seed : seeds({1, 2, 3, 4, 5, 6, 7, 8})) {
        QTest::addRow("seed %llu", static_cast<unsigned long long>(seed)) << quint64(seed);
    }
}

void TestTypesConvergence::peers()
{
    QFETCH(quint64, seed);
    Random random(seed);
    const std::uint32_t count = random.between(2, 5);
    Peers all;
    for (std::uint32_t i = 0; i < count; ++i) {
        const std::uint64_t id =
            random.oneIn(4) ? random.bits() & kMaxClientId : random.bits() >> 32;
        all.push_back(std::make_unique<Peer>(id, !random.oneIn(4)));
    }
    // Not yet arrived: (receiver, update).
    std::vector<std::pair<std::size_t, Sent>> wire;
    const auto deliver = [&](std::size_t which) {
        const auto [to, update] = wire[which];
        if (random.below(10) != 0) { // else it arrives once more later
            wire.erase(wire.begin() + static_cast<std::ptrdiff_t>(which));
        }
        QVERIFY(all[to]->receive(random, update));
        checkInvariants(all[to]->doc);
    };
    constexpr int kSteps = 140;
    for (int step = 1; step <= kSteps; ++step) {
        Peer& peer = *all[random.below(count)];
        peer.edit(random);
        checkInvariants(peer.doc);
        for (std::uint32_t arrivals = random.below(2 * count); arrivals > 0 && !wire.empty();
            --arrivals) {
            deliver(random.oneIn(3) ? random.below(wire.size()) : 0);
        }
        for (std::size_t who = 0; who < count; ++who) {
            QVERIFY2(all[who]->mirrored(), where(seed, step).constData());
            for (const Sent& update : std::exchange(all[who]->sent, {})) {
                for (std::size_t to = 0; to < count; ++to) {
                    if (to != who && random.below(100) >= 12) { // some are lost
                        wire.emplace_back(to, update);
                    }
                }
            }
        }
        if (!random.oneIn(30) && step != kSteps) {
            continue;
        }
        while (!wire.empty() && random.below(5) != 0) {
            deliver(random.below(wire.size()));
        }
        wire.clear();
        settle(all);
        const QByteArray state = all[0]->state();
        const QByteArray bytes = hex(canonical(all[0]->doc.getUpdate()));
        QVERIFY(bytes.size() > 4);
        for (const auto& one : all) {
            one->sent.clear();
            checkInvariants(one->doc);
            QVERIFY2(one->mirrored(), where(seed, step).constData());
            QVERIFY2(!one->doc.hasPending(), where(seed, step).constData());
            QVERIFY2(one->state() == state, where(seed, step).constData());
            QCOMPARE(hex(one->doc.getState()), hex(all[0]->doc.getState()));
            QVERIFY2(hex(canonical(one->doc.getUpdate())) == bytes, where(seed, step).constData());
        }
        // A latecomer gets it all at once, in either format. What he cleans up is news for all.
        const Peer& first = *all[0];
        const Sent everything{first.doc.getUpdate(), first.doc.getUpdateV2()};
        all.push_back(std::make_unique<Peer>(0xFFFF'FFFF'FFF0 + static_cast<unsigned>(step), true));
        QVERIFY(all.back()->receive(random, everything));
        settle(all);
        checkInvariants(all.back()->doc);
        QVERIFY2(all.back()->mirrored(), where(seed, step).constData());
        QVERIFY2(all.back()->state() == first.state(), where(seed, step).constData());
        all.pop_back();
        for (const auto& one : all) {
            one->sent.clear();
        }
    }
}

void TestTypesConvergence::listModel()
{
    for (const std::uint64_t seed : seeds({11, 12, 13})) {
        Random random(seed);
        Doc doc = makeDoc(1, random.oneIn(2));
        Array list = doc.get<Array>("a");
        std::vector<Value> model;
        for (int step = 0; step < 1200; ++step) {
            const std::uint32_t place = random.below(model.size() + 1);
            if (random.below(100) < (model.size() > 400 ? 30 : 60)) {
                std::vector<Prelim> values;
                std::vector<Value> added;
                for (std::uint32_t n = random.between(1, 5); n > 0; --n) {
                    const Any value = randomPlain(random);
                    values.emplace_back(value);
                    added.emplace_back(value);
                }
                const bool end = random.oneIn(4);
                QVERIFY(
                    end ? list.push(std::move(values)) : list.insert(at(place), std::move(values)));
                model.insert(
                    model.begin() + static_cast<std::ptrdiff_t>(end ? model.size() : place),
                    added.begin(), added.end());
            } else {
                const std::uint32_t count = random.between(1, 6);
                const auto begin = model.begin() + static_cast<std::ptrdiff_t>(place);
                const auto left = static_cast<std::uint32_t>(model.end() - begin);
                QCOMPARE(list.erase(at(place), at(count)).has_value(), count <= left);
                model.erase(begin, begin + std::min(count, left));
            }
            checkInvariants(doc);
            QCOMPARE(list.length().value(), static_cast<std::uint32_t>(model.size()));
            QVERIFY2(list.values() == model, where(seed, step).constData());
        }
    }
}

void TestTypesConvergence::mapModel()
{
    for (const std::uint64_t seed : seeds({21, 22, 23})) {
        Random random(seed);
        Doc doc = makeDoc(1, random.oneIn(2));
        Map map = doc.get<Map>("m");
        std::map<std::string, Value> model;
        for (int step = 0; step < 1500; ++step) {
            const std::string key = randomKey(random);
            if (random.oneIn(40)) {
                map.clear();
                model.clear();
            } else if (random.oneIn(4)) {
                QCOMPARE(map.erase(key), model.erase(key) == 1);
            } else {
                const Any value = randomPlain(random);
                QVERIFY(map.set(key, value) == Value(value));
                model.insert_or_assign(key, Value(value));
            }
            checkInvariants(doc);
            QCOMPARE(map.size(), model.size());
            QCOMPARE(map.contains(key), model.contains(key));
            const auto entries = map.entries();
            QVERIFY2((std::map<std::string, Value>(entries.begin(), entries.end()) == model),
                where(seed, step).constData());
        }
    }
}

void TestTypesConvergence::formattedModel()
{
    for (const std::uint64_t seed : seeds({31, 32, 33})) {
        Random random(seed);
        Doc doc = makeDoc(1, random.oneIn(2));
        Text text = doc.get<Text>("t");
        std::vector<Unit> model;
        for (int step = 0; step < 900; ++step) {
            const std::uint32_t place = random.below(model.size() + 1);
            const auto begin = model.begin() + static_cast<std::ptrdiff_t>(place);
            if (model.empty() || random.below(100) < (model.size() > 300 ? 20 : 40)) {
                const Attributes marks =
                    random.oneIn(3) ? Attributes() : randomMarks(random, false);
                const std::u16string added(random.between(1, 6), u'x');
                text.insert(at(place), added, marks);
                model.insert(begin, added.size(), Unit{u'x', asMap(marks)});
            } else {
                const auto count = std::min<std::uint32_t>(
                    random.between(1, 9), static_cast<std::uint32_t>(model.end() - begin));
                if (random.oneIn(2)) {
                    text.erase(at(place), at(count));
                    model.erase(begin, begin + count);
                } else if (count > 0) {
                    const Attributes marks = randomMarks(random, true);
                    text.format(at(place), at(count), marks);
                    std::for_each(begin, begin + count, [&marks](Unit& unit) {
                        for (const auto& [key, value] : marks) {
                            if (value.isNull()) {
                                unit.attributes.erase(key);
                            } else {
                                unit.attributes[key] = value;
                            }
                        }
                    });
                }
            }
            checkInvariants(doc);
            QVERIFY2(unitsOf(text) == model, where(seed, step).constData());
        }
    }
}

QTEST_APPLESS_MAIN(TestTypesConvergence)
#include "tst_types_convergence.moc"
