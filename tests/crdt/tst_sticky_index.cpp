// SPDX-License-Identifier: MIT
#include "crdt/sticky_index.h"
#include "crdt/undo_manager.h"
#include "tests/crdt/support.h"

#include <QTest>

using namespace tutti::crdt;
using namespace tutti::crdt::test;
using namespace Qt::StringLiterals;

namespace {

std::optional<std::uint32_t> offset(const StickyIndex& index, const Text& text)
{
    const auto found = index.offsetIn(text);
    return found ? std::optional(found->value()) : std::nullopt;
}

QString json(const StickyIndex& index) { return qString(index.toJson().toJson()); }

} // namespace

class TestStickyIndex : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void staysInPlace();
    void atTheEnds();
    void deletedAround();
    void everyPlaceThroughRandomEdits();
    void followsUndoneDeletions();
    void onOtherCopies();
    void binaryForm();
    void jsonForm();
    void jsonOfEditors_data();
    void jsonOfEditors();
    void hostileBytes_data();
    void hostileBytes();
    void hostileJson_data();
    void hostileJson();
    void notHere();
};

void TestStickyIndex::staysInPlace()
{
    Doc doc = makeDoc(1);
    Text text = doc.get<Text>("t");
    text.insert(at(0), u"hello");
    const StickyIndex after = StickyIndex::at(text, at(2));
    const StickyIndex before = StickyIndex::at(text, at(2), Assoc::Before);
    QVERIFY(after.assoc() == Assoc::After && before.assoc() == Assoc::Before);
    text.insert(at(0), u">>");
    QCOMPARE(offset(after, text), 4U);
    QCOMPARE(offset(before, text), 4U);
    text.insert(at(4), u"|"); // exactly there: one on each side
    QCOMPARE(offset(after, text), 5U);
    QCOMPARE(offset(before, text), 4U);
    text.insert(at(8), u"<<");
    QCOMPARE(offset(after, text), 5U);
    QCOMPARE(offset(before, text), 4U);
}

void TestStickyIndex::atTheEnds()
{
    Doc doc = makeDoc(1);
    Text text = doc.get<Text>("t");
    const StickyIndex startOfNothing = StickyIndex::at(text, at(0), Assoc::Before);
    const StickyIndex endOfNothing = StickyIndex::at(text, at(0));
    QCOMPARE(offset(startOfNothing, text), 0U);
    QCOMPARE(offset(endOfNothing, text), 0U);
    text.insert(at(0), u"abc");
    QCOMPARE(offset(startOfNothing, text), 0U);
    QCOMPARE(offset(endOfNothing, text), 3U);
    const StickyIndex end = StickyIndex::at(text, at(3));
    const StickyIndex beyond = StickyIndex::at(text, at(4'000'000'000U));
    const StickyIndex behindLast = StickyIndex::at(text, at(3), Assoc::Before);
    QVERIFY(end == beyond);
    text.insert(at(3), u"def");
    QCOMPARE(offset(end, text), 6U);
    QCOMPARE(offset(behindLast, text), 3U);
}

void TestStickyIndex::deletedAround()
{
    for (const bool gc : {true, false}) {
        Doc doc = makeDoc(1, gc);
        Text text = doc.get<Text>("t");
        text.insert(at(0), u"0123456789");
        const StickyIndex after = StickyIndex::at(text, at(5));
        const StickyIndex before = StickyIndex::at(text, at(5), Assoc::Before);
        text.erase(at(3), at(4)); // takes the units on both sides
        QCOMPARE(offset(after, text), 3U);
        QCOMPARE(offset(before, text), 3U);
        text.insert(at(0), u"xx");
        QCOMPARE(offset(after, text), 5U);
        text.erase(at(0), text.length());
        QCOMPARE(offset(after, text), 0U);
        QCOMPARE(offset(before, text), 0U);
        text.insert(at(0), u"new");
        QVERIFY(offset(after, text).has_value());
    }
}

void TestStickyIndex::everyPlaceThroughRandomEdits()
{
    // Against a list in which every unit has a name.
    for (const std::uint64_t seed : seeds({1, 2, 3})) {
        Random random(seed);
        Doc doc = makeDoc(1);
        Text text = doc.get<Text>("t");
        std::vector<int> names;
        int next = 0;
        struct Held
        {
            StickyIndex index;
            int unit;
        };
        std::vector<Held> held;
        for (int step = 0; step < 400; ++step) {
            const std::uint32_t length = text.length().value();
            if (length == 0 || random.below(5) < 3) {
                const std::uint32_t place = random.below(length + 1);
                const std::uint32_t count = random.between(1, 6);
                text.insert(at(place), std::u16string(count, random.oneIn(2) ? u'x' : u'é'));
                for (std::uint32_t i = 0; i < count; ++i) {
                    names.insert(names.begin() + place + i, next++);
                }
            } else {
                const std::uint32_t place = random.below(length);
                const std::uint32_t count = std::min(random.between(1, 5), length - place);
                text.erase(at(place), at(count));
                names.erase(names.begin() + place, names.begin() + place + count);
            }
            if (!names.empty()) {
                const std::uint32_t place = random.below(names.size());
                held.push_back({StickyIndex::at(text, at(place)), names[place]});
                held.push_back({StickyIndex::at(text, at(place + 1), Assoc::Before), names[place]});
            }
            for (const Held& one : held) {
                const auto found = std::ranges::find(names, one.unit);
                if (found != names.end()) {
                    const auto place = static_cast<std::uint32_t>(found - names.begin());
                    QCOMPARE(offset(one.index, text),
                        one.index.assoc() == Assoc::After ? place : place + 1);
                } else {
                    const auto place = offset(one.index, text);
                    QVERIFY(place.has_value() && *place <= names.size());
                }
            }
        }
    }
}

void TestStickyIndex::followsUndoneDeletions()
{
    Doc doc = makeDoc(1);
    Text text = doc.get<Text>("t");
    text.insert(at(0), u"hello world");
    UndoManager undo(doc, {text},
        {.captureTimeout = std::chrono::milliseconds(0), .trackedOrigins = {Origin{}}, .now = {}});
    const StickyIndex index = StickyIndex::at(text, at(8));
    const StickyIndex inside = StickyIndex::at(text, at(9), Assoc::Before);
    text.erase(at(6), at(5));
    QCOMPARE(offset(index, text), 6U);
    QVERIFY(undo.undo());
    QCOMPARE(qString(text), u"hello world"_s);
    QCOMPARE(offset(index, text), 8U);
    QCOMPARE(offset(inside, text), 9U);
    text.insert(at(7), u"--"); // cuts what was brought back
    QCOMPARE(offset(index, text), 10U);
    text.erase(at(5), at(8));
    QVERIFY(undo.undo());
    QCOMPARE(offset(index, text), 10U); // redone twice
    QVERIFY(undo.redo());
    QVERIFY(offset(index, text).has_value());
}

void TestStickyIndex::onOtherCopies()
{
    Doc a = makeDoc(1);
    Doc b = makeDoc(2);
    a.get<Text>("t").insert(at(0), u"shared text");
    const StickyIndex index = StickyIndex::at(a.get<Text>("t"), at(7));
    QCOMPARE(offset(index, b.get<Text>("t")), std::nullopt); // not known there yet
    QVERIFY(b.applyUpdate(a.getUpdate()).has_value());
    b.get<Text>("t").insert(at(0), u"well, ");
    const auto travelled = StickyIndex::decode(index.encode());
    QVERIFY(travelled.has_value());
    QVERIFY(*StickyIndex::fromJson(index.toJson()) == index); // the bytes name the unit alone
    QCOMPARE(offset(*travelled, b.get<Text>("t")), 13U);
    QCOMPARE(offset(*StickyIndex::fromJson(index.toJson()), b.get<Text>("t")), 13U);
}

void TestStickyIndex::binaryForm()
{
    Doc doc = makeDoc(300);
    Text text = doc.get<Text>("t");
    text.insert(at(0), u"abc");
    QCOMPARE(hex(StickyIndex::at(text, at(1)).encode()), QByteArray("00ac020100"));
    QCOMPARE(hex(StickyIndex::at(text, at(1), Assoc::Before).encode()), QByteArray("00ac020041"));
    QCOMPARE(hex(StickyIndex::at(text, at(3)).encode()), QByteArray("01017400"));
    QCOMPARE(hex(StickyIndex::at(text, at(0), Assoc::Before).encode()), QByteArray("01017441"));
    // Before Yjs 13.5 there was no side; it means "after".
    const auto old = StickyIndex::decode(fromHex("00ac0201"));
    QVERIFY(old.has_value());
    QVERIFY(old->assoc() == Assoc::After);
    QCOMPARE(offset(*old, text), 1U);
    // Numbers other than 0 and -1 are kept.
    QCOMPARE(hex(StickyIndex::decode(fromHex("00ac020147"))->encode()), QByteArray("00ac020147"));
    QVERIFY(StickyIndex::decode(fromHex("02050700")).has_value());
}

void TestStickyIndex::jsonForm()
{
    Doc doc = makeDoc(300);
    Text text = doc.get<Text>("t");
    text.insert(at(0), u"abc");
    QCOMPARE(json(StickyIndex::at(text, at(1))),
        u"{\"type\":null,\"tname\":\"t\",\"item\":{\"client\":300,\"clock\":1},\"assoc\":0}"_s);
    QCOMPARE(json(StickyIndex::at(text, at(3))),
        u"{\"type\":null,\"tname\":\"t\",\"item\":null,\"assoc\":0}"_s);
    QCOMPARE(json(StickyIndex::at(text, at(0), Assoc::Before)),
        u"{\"type\":null,\"tname\":\"t\",\"item\":null,\"assoc\":-1}"_s);
}

void TestStickyIndex::jsonOfEditors_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("place");
    QTest::newRow("item alone, as yrs")
        << QByteArray(R"({"item":{"client":300,"clock":1},"assoc":0})") << 1;
    QTest::newRow("item and name")
        << QByteArray(R"({"type":null,"tname":"t","item":{"client":300,"clock":2},"assoc":-1})")
        << 3;
    QTest::newRow("no assoc") << QByteArray(R"({"item":{"client":300,"clock":0}})") << 0;
    QTest::newRow("the end") << QByteArray(R"({"tname":"t","item":null,"assoc":0})") << 3;
    QTest::newRow("the start") << QByteArray(R"({"tname":"t","assoc":-1})") << 0;
    QTest::newRow("another text") << QByteArray(R"({"tname":"other"})") << -1;
    QTest::newRow("a nested type") << QByteArray(R"({"type":{"client":1,"clock":0}})") << -1;
    QTest::newRow("nobody") << QByteArray(R"({"item":{"client":77,"clock":0}})") << -1;
    QTest::newRow("not yet") << QByteArray(R"({"item":{"client":300,"clock":3}})") << -1;
}

void TestStickyIndex::jsonOfEditors()
{
    QFETCH(QByteArray, text);
    QFETCH(int, place);
    Doc doc = makeDoc(300);
    Text content = doc.get<Text>("t");
    content.insert(at(0), u"abc");
    const auto index = StickyIndex::fromJson(*Any::fromJson(text.toStdString()));
    QVERIFY2(index.has_value(), index ? "" : index.error().message.c_str());
    const auto found = offset(*index, content);
    QCOMPARE(found ? static_cast<int>(*found) : -1, place);
}

void TestStickyIndex::hostileBytes_data()
{
    QTest::addColumn<QByteArray>("digits");
    for (const char* digits :
        {"", "03", "ff", "00", "0001", "000180", "0101", "0102ff00", "0101ff", "02", "0205",
            "00ffffffffffffff7f0000", "0001808080808080808010 00", "000102c0", "7f0000"}) {
        QTest::newRow(*digits == '\0' ? "nothing" : digits) << QByteArray(digits).replace(' ', "");
    }
}

void TestStickyIndex::hostileBytes()
{
    QFETCH(QByteArray, digits);
    const auto index = StickyIndex::decode(fromHex(digits));
    QVERIFY(!index.has_value());
    QVERIFY(!index.error().message.empty());
}

void TestStickyIndex::hostileJson_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char* text : {"null", "5", "[]", "\"x\"", "{}", "{\"assoc\":0}", "{\"item\":5}",
             "{\"item\":{}}", "{\"item\":{\"client\":1}}", "{\"item\":{\"client\":-1,\"clock\":0}}",
             "{\"item\":{\"client\":1.5,\"clock\":0}}",
             "{\"item\":{\"client\":1,\"clock\":9007199254740992}}",
             "{\"item\":{\"client\":1e300,\"clock\":0}}",
             "{\"item\":{\"client\":\"1\",\"clock\":0}}", "{\"tname\":5}",
             "{\"type\":{\"client\":null,\"clock\":0}}"}) {
        QTest::newRow(text) << QByteArray(text);
    }
}

void TestStickyIndex::hostileJson()
{
    QFETCH(QByteArray, text);
    const auto index = StickyIndex::fromJson(*Any::fromJson(text.toStdString()));
    QVERIFY(!index.has_value());
}

void TestStickyIndex::notHere()
{
    Doc doc = makeDoc(1);
    Text a = doc.get<Text>("a");
    Text b = doc.get<Text>("b");
    a.insert(at(0), u"abc");
    b.insert(at(0), u"xyz");
    QCOMPARE(offset(StickyIndex::at(a, at(1)), b), std::nullopt);
    QCOMPARE(offset(StickyIndex::at(a, at(3)), b), std::nullopt);
    // A position that says nothing at all is nowhere.
    QCOMPARE(offset(StickyIndex(), a), std::nullopt);
    // A unit that is gone with the nested text it was in.
    QVERIFY(
        doc.applyUpdate(fromHex("010209000701016102040009000162"
                                "00"))
            .has_value());
    const StickyIndex nested = *StickyIndex::decode(fromHex("00090100"));
    QCOMPARE(offset(nested, a), std::nullopt);
    a.erase(at(0), a.length());
    QCOMPARE(offset(nested, a), std::nullopt);
    checkInvariants(doc);
}

QTEST_APPLESS_MAIN(TestStickyIndex)
#include "tst_sticky_index.moc"
