// SPDX-License-Identifier: MIT
//
// Values and types nested deeper than anyone means well.
#include "crdt/any.h"
#include "crdt/doc.h"
#include "crdt/undo_manager.h"
#include "crdt/update.h"
#include "tests/crdt/support.h"

#include <QTest>
#include <QThread>

#include <memory>

using namespace tutti::crdt;
using namespace tutti::crdt::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int kDeep = 5'000; ///< what Yjs's own tests and some documents reach
constexpr int kTooDeep = 100'000;

/// `[[…[null]…]]` or `{"k":{"k":…}}` as lib0 writes it.
Bytes nestedValue(int depth, bool objects)
{
    Encoder encoder;
    for (int i = 0; i < depth; ++i) {
        encoder.writeUint8(objects ? 118 : 117);
        encoder.writeVarUint(1);
        if (objects) {
            encoder.writeVarString("k");
        }
    }
    encoder.writeUint8(126);
    return encoder.take();
}

std::string nestedJson(int depth, bool objects)
{
    std::string text;
    for (int i = 0; i < depth; ++i) {
        text += objects ? "{\"k\":" : "[";
    }
    text += "null";
    text.append(static_cast<std::size_t>(depth), objects ? '}' : ']');
    return text;
}

/// One struct of that content in root "t".
template <typename Write>
Bytes update(int kind, Write write)
{
    Encoder encoder;
    encoder.writeRaw(fromHex("01010900"));
    encoder.writeUint8(static_cast<std::uint8_t>(kind));
    encoder.writeVarUint(1);
    encoder.writeVarString("t");
    write(encoder);
    encoder.writeVarUint(0);
    return encoder.take();
}

/// A type in a type in a type, by client 9, with a word at the bottom.
Bytes nestedTypes(int depth, int typeRef, bool inMap)
{
    Encoder encoder;
    encoder.writeVarUint(1);
    encoder.writeVarUint(static_cast<std::uint64_t>(depth) + 1);
    encoder.writeVarUint(9);
    encoder.writeVarUint(0);
    for (int i = 0; i <= depth; ++i) {
        const bool bottom = i == depth;
        encoder.writeUint8(
            static_cast<std::uint8_t>((bottom ? 4 : 7) | (inMap && i > 0 && !bottom ? 0x20 : 0)));
        if (i == 0) {
            encoder.writeVarUint(1);
            encoder.writeVarString("t");
        } else {
            encoder.writeVarUint(0);
            encoder.writeVarUint(9);
            encoder.writeVarUint(static_cast<std::uint64_t>(i) - 1);
            if (inMap && !bottom) {
                encoder.writeVarString("child");
            }
        }
        if (bottom) {
            encoder.writeVarString("bottom");
        } else {
            encoder.writeVarUint(static_cast<std::uint64_t>(typeRef));
            if (typeRef == 3) {
                encoder.writeVarString("p");
            }
        }
    }
    encoder.writeVarUint(0);
    return encoder.take();
}

} // namespace

class TestNesting : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void values_data();
    void values();
    void json_data();
    void json();
    void inUpdates_data();
    void inUpdates();
    void types_data();
    void types();
    void refusalNeedsNoStack();
    void typesArrivingBackwards();
    void undoOfADeepDeletion();
};

void TestNesting::values_data()
{
    QTest::addColumn<bool>("objects");
    QTest::newRow("arrays") << false;
    QTest::newRow("objects") << true;
}

void TestNesting::values()
{
    QFETCH(bool, objects);
    const Bytes deep = nestedValue(kDeep, objects);
    Decoder decoder(deep);
    auto value = Any::decode(decoder);
    QVERIFY(value.has_value());
    Encoder encoder;
    value->encode(encoder);
    QCOMPARE(hex(encoder.view()), hex(deep));
    const Any copy = *value;
    QVERIFY(copy == *value);
    QCOMPARE(copy.toJson().size(), nestedJson(kDeep, objects).size());

    for (const int depth : {Any::kMaxDepth + 2, kTooDeep, 10 * kTooDeep}) {
        const Bytes bomb = nestedValue(depth, objects);
        Decoder refused(bomb);
        QVERIFY(!Any::decode(refused).has_value());
        QCOMPARE(refused.position(), std::size_t(0));
    }
}

void TestNesting::json_data() { values_data(); }

void TestNesting::json()
{
    QFETCH(bool, objects);
    const std::string deep = nestedJson(kDeep, objects);
    const auto value = Any::fromJson(deep);
    QVERIFY(value.has_value());
    QCOMPARE(qString(value->toJson()), qString(deep));
    for (const int depth : {Any::kMaxDepth + 2, kTooDeep, 10 * kTooDeep}) {
        QVERIFY(!Any::fromJson(nestedJson(depth, objects)).has_value());
        QVERIFY(!Any::fromJson(std::string(static_cast<std::size_t>(depth), '[')).has_value());
    }
}

void TestNesting::inUpdates_data()
{
    QTest::addColumn<int>("kind");
    QTest::newRow("JSON") << 2;
    QTest::newRow("embed") << 5;
    QTest::newRow("format") << 6;
    QTest::newRow("values") << 8;
    QTest::newRow("options of a subdocument") << 9;
}

void TestNesting::inUpdates()
{
    QFETCH(int, kind);
    const auto make = [kind](int depth) {
        return update(kind, [kind, depth](Encoder& encoder) {
            if (kind == 8) {
                encoder.writeVarUint(1);
                encoder.writeRaw(nestedValue(depth, false));
            } else if (kind == 9) {
                encoder.writeVarString("guid");
                encoder.writeRaw(fromHex("7601046d657461")); // {"meta": …}
                encoder.writeRaw(nestedValue(depth, true));
            } else {
                if (kind == 2) {
                    encoder.writeVarUint(1);
                } else if (kind == 6) {
                    encoder.writeVarString("key");
                }
                encoder.writeVarString(nestedJson(depth, true));
            }
        });
    };
    Doc doc = makeDoc(1);
    const Bytes deep = make(kDeep);
    QVERIFY(doc.applyUpdate(deep).has_value());
    QCOMPARE(hex(doc.getUpdate()), hex(deep));
    QVERIFY(decodeUpdate(deep).has_value());
    const Bytes bomb = make(kTooDeep);
    QVERIFY(!doc.applyUpdate(bomb).has_value());
    QVERIFY(!decodeUpdate(bomb).has_value());
    QCOMPARE(hex(doc.getUpdate()), hex(deep));
    checkInvariants(doc);
}

void TestNesting::types_data()
{
    QTest::addColumn<int>("typeRef");
    QTest::addColumn<bool>("inMap");
    QTest::addColumn<bool>("gc");
    for (const bool gc : {true, false}) {
        const char* suffix = gc ? "" : ", kept";
        QTest::addRow("arrays%s", suffix) << 0 << false << gc;
        QTest::addRow("maps%s", suffix) << 1 << true << gc;
        QTest::addRow("texts%s", suffix) << 2 << false << gc;
        QTest::addRow("elements%s", suffix) << 3 << false << gc;
    }
}

void TestNesting::types()
{
    QFETCH(int, typeRef);
    QFETCH(bool, inMap);
    QFETCH(bool, gc);
    const Bytes nested = nestedTypes(kTooDeep, typeRef, inMap);
    Doc doc = makeDoc(1, gc);
    UpdateLog log(doc);
    QVERIFY(doc.applyUpdate(nested).has_value());
    QVERIFY(!doc.hasPending());
    checkInvariants(doc);
    QCOMPARE(hex(doc.getUpdate()), hex(nested));
    Text text = doc.get<Text>("t");
    QCOMPARE(text.length().value(), 1U);
    QVERIFY(!text.isPlain());
    text.erase(at(0), at(1)); // and everything below goes with it
    QCOMPARE(text.length().value(), 0U);
    checkInvariants(doc);
    QCOMPARE(log.updates.size(), std::size_t(2));
    if (gc) {
        QVERIFY2(doc.getUpdate().size() < 100, "the collected part is one run");
        QCOMPARE(storeOf(doc).graph.items.size(), std::size_t(1));
    }
    Doc copy = makeDoc(2, gc);
    QVERIFY(copy.applyUpdate(log.updates[0]).has_value());
    QVERIFY(copy.applyUpdate(log.updates[1]).has_value());
    QCOMPARE(hex(copy.getUpdate()), hex(doc.getUpdate()));
    checkInvariants(copy);
    // The same in one update, for one who has nothing yet.
    Doc late = makeDoc(3, gc);
    QVERIFY(late.applyUpdate(doc.getUpdate()).has_value());
    QCOMPARE(hex(late.getUpdate()), hex(doc.getUpdate()));
    text.insert(at(0), u"on top");
    checkInvariants(doc);
}

void TestNesting::refusalNeedsNoStack()
{
    // What is too deep is found out in a thread with a small stack as well.
    bool refused = false;
    std::unique_ptr<QThread> thread(QThread::create([&refused] {
        const Bytes bomb = nestedValue(kTooDeep, true);
        Decoder decoder(bomb);
        refused = !Any::decode(decoder) && !Any::fromJson(nestedJson(kTooDeep, true))
            && !Any::fromJson(nestedJson(kTooDeep, false));
        Doc doc = makeDoc(1);
        const Bytes embed =
            update(5, [](Encoder& encoder) { encoder.writeVarString(nestedJson(kTooDeep, true)); });
        refused = refused && !doc.applyUpdate(embed) && !decodeUpdate(embed);
    }));
    thread->setStackSize(512 * 1024);
    thread->start();
    QVERIFY(thread->wait());
    QVERIFY(refused);
}

void TestNesting::typesArrivingBackwards()
{
    // Each level of another client, so that each waits for the one above it: 5,000 in a row.
    constexpr std::uint64_t kLevels = 5'000;
    Encoder encoder;
    encoder.writeVarUint(kLevels);
    for (std::uint64_t level = kLevels; level > 0; --level) {
        encoder.writeVarUint(1);
        encoder.writeVarUint(level + 100);
        encoder.writeVarUint(0);
        encoder.writeUint8(7);
        if (level == 1) {
            encoder.writeVarUint(1);
            encoder.writeVarString("t");
        } else {
            encoder.writeVarUint(0);
            encoder.writeVarUint(level + 99);
            encoder.writeVarUint(0);
        }
        encoder.writeVarUint(0);
    }
    encoder.writeVarUint(0);
    Doc doc = makeDoc(1);
    QVERIFY(doc.applyUpdate(encoder.view()).has_value());
    QVERIFY(!doc.hasPending());
    QCOMPARE(storeOf(doc).graph.items.size(), std::size_t(kLevels));
    checkInvariants(doc);
    doc.get<Text>("t").erase(at(0), at(1));
    QCOMPARE(storeOf(doc).graph.items.size(), std::size_t(1));
    checkInvariants(doc);
}

void TestNesting::undoOfADeepDeletion()
{
    constexpr int kLevels = 1'000;
    Doc doc = makeDoc(1);
    Text text = doc.get<Text>("t");
    QVERIFY(doc.applyUpdate(nestedTypes(kLevels, 2, false)).has_value());
    UndoManager undo(doc, {text});
    text.erase(at(0), at(1));
    QVERIFY(undo.undo());
    QCOMPARE(text.length().value(), 1U);
    checkInvariants(doc);
    QVERIFY(undo.redo());
    QCOMPARE(text.length().value(), 0U);
    checkInvariants(doc);
}

QTEST_APPLESS_MAIN(TestNesting)
#include "tst_nesting.moc"
