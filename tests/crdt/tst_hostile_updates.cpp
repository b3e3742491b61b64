// SPDX-License-Identifier: MIT
//
// Updates that no honest peer writes, each of which once did harm.
#include "crdt/any.h"
#include "crdt/sticky_index.h"
#include "crdt/update.h"
#include "tests/crdt/support.h"

#include <QElapsedTimer>
#include <QTest>

#include <algorithm>

using namespace tutti::crdt;
using namespace tutti::crdt::test;

namespace {

/// The head of an update with one client block.
Encoder block(std::uint64_t structs, std::uint64_t client, std::uint64_t clock)
{
    Encoder update;
    update.writeVarUint(1);
    update.writeVarUint(structs);
    update.writeVarUint(client);
    update.writeVarUint(clock);
    return update;
}

} // namespace

class TestHostileUpdates : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void touchingDeletedRanges();
    void clocksUsedUp();
    void ownClocksUsedUp();
    void blocksOutOfOrder();
    void multiUnitMapValue();
    void manyKeysCompared();
    void jsonThatIsNoText();
    void sidesTooLarge();
    void rootNamesWithHalfAPair();
    void originsBeyondAnyClock();
    void valuesThatOnlyV2CanSay();
};

void TestHostileUpdates::touchingDeletedRanges()
{
    // Each range ends below 2^53; joined they must as well.
    constexpr std::uint64_t kHuge = (std::uint64_t{1} << 53) - 1;
    Encoder update;
    update.writeVarUint(0);
    update.writeVarUint(1);
    update.writeVarUint(1);
    update.writeVarUint(2);
    update.writeVarUint(0);
    update.writeVarUint(kHuge);
    update.writeVarUint(kHuge);
    update.writeVarUint(kHuge);
    Doc doc;
    QVERIFY(!doc.applyUpdate(update.view()));
    const BytesView both[] = {update.view(), update.view()};
    QVERIFY(!mergeUpdates(both));
    Doc other;
    other.get<Text>("t").insert(Offset(0), u"fine");
    QVERIFY(doc.applyUpdate(other.getUpdate()));
    QCOMPARE(qString(doc.get<Text>("t")), QStringLiteral("fine"));
}

void TestHostileUpdates::clocksUsedUp()
{
    constexpr std::uint64_t kLength = 0xFFFFFFFFU - 11;
    Encoder update = block(2, 7, 0);
    update.writeUint8(0);
    update.writeVarUint(kLength);
    update.writeUint8(4);
    update.writeVarUint(1);
    update.writeVarString(std::string_view("t"));
    update.writeVarString(std::string_view("a"));
    update.writeVarUint(0);
    Doc doc;
    QVERIFY(doc.applyUpdate(update.view()));

    Encoder more = block(1, 7, kLength + 1);
    more.writeUint8(0x84);
    more.writeVarUint(7);
    more.writeVarUint(kLength);
    more.writeVarString(std::string_view("twenty more units …"));
    more.writeVarUint(0);
    QVERIFY(!doc.applyUpdate(more.view()));
    QCOMPARE(qString(doc.get<Text>("t")), QStringLiteral("a"));
    checkInvariants(doc);
}

void TestHostileUpdates::ownClocksUsedUp()
{
    Doc doc({.clientId = ClientId(7), .guid = {}, .gc = true});
    Encoder update = block(1, 8, 0);
    update.writeUint8(0);
    update.writeVarUint(0xFFFFFFFFU - 3);
    update.writeVarUint(0);
    QVERIFY(doc.applyUpdate(update.view()));
    doc.setClientId(ClientId(8));
    Text text = doc.get<Text>("t");
    text.insert(Offset(0), u"too long for what is left");
    QVERIFY(doc.clientId() != ClientId(8));
    QCOMPARE(qString(text), QStringLiteral("too long for what is left"));
    checkInvariants(doc);
}

void TestHostileUpdates::blocksOutOfOrder()
{
    // Merged with an honest update, one whose clients ascend must not hide the honest structs.
    Doc writer({.clientId = ClientId(9), .guid = {}, .gc = true});
    writer.get<Text>("t").insert(Offset(0), u"0123456789");
    const Bytes honest = writer.getUpdate();
    Encoder ascending;
    ascending.writeVarUint(2);
    for (const std::uint64_t client : {1U, 9U}) {
        ascending.writeVarUint(1);
        ascending.writeVarUint(client);
        ascending.writeVarUint(0);
        ascending.writeUint8(0);
        ascending.writeVarUint(2);
    }
    ascending.writeVarUint(0);
    const BytesView both[] = {honest, ascending.view()};
    const auto merged = mergeUpdates(both);
    QVERIFY(merged);
    Doc reader;
    QVERIFY(reader.applyUpdate(*merged));
    QVERIFY(!reader.hasPending());
    const auto state = decodeState(reader.getState());
    QVERIFY(state);
    QCOMPARE(state->size(), std::size_t(2));
    QCOMPARE(state->front().clock, Clock(10));
}

void TestHostileUpdates::multiUnitMapValue()
{
    // A map holds values of one unit; this one has so many that they are kept in several runs.
    for (const bool gc : {true, false}) {
        Doc doc({.clientId = ClientId(1), .guid = {}, .gc = gc});
        Encoder update = block(2, 5, 0);
        update.writeUint8(7); // a Map in the text "t"
        update.writeVarUint(1);
        update.writeVarString(std::string_view("t"));
        update.writeVarUint(1);
        update.writeUint8(4 | 0x20); // a String under the key "k" of that map
        update.writeVarUint(0);
        update.writeVarUint(5);
        update.writeVarUint(0);
        update.writeVarString(std::string_view("k"));
        update.writeVarString(std::string(1500, 'v'));
        update.writeVarUint(0);
        QVERIFY(doc.applyUpdate(update.view()));
        checkInvariants(doc);
        Text text = doc.get<Text>("t");
        QCOMPARE(text.length(), Offset(1));
        text.erase(Offset(0), Offset(1));
        checkInvariants(doc);
        const auto decoded = decodeUpdate(doc.getUpdate());
        QVERIFY(decoded);
        QCOMPARE(decoded->deletions.size(), std::size_t(1));
        QCOMPARE(decoded->deletions.front().length, 1501U);
    }
}

void TestHostileUpdates::manyKeysCompared()
{
    Any::Object forwards;
    Any::Object backwards;
    constexpr int kKeys = 100'000;
    for (int i = 0; i < kKeys; ++i) {
        forwards.emplace_back("key" + std::to_string(i), i);
        backwards.emplace_back("key" + std::to_string(kKeys - 1 - i), kKeys - 1 - i);
    }
    const Any a = Any::object(std::move(forwards));
    const Any b = Any::object(std::move(backwards));
    QElapsedTimer timer;
    timer.start();
    QVERIFY(a == b);
    QVERIFY(b == a);
    // Quadratic work would be ten billion comparisons: minutes.
    QVERIFY2(timer.elapsed() < 10'000, "comparing takes time out of proportion");
}

void TestHostileUpdates::jsonThatIsNoText()
{
    // A broken sequence, half a surrogate pair in three bytes, one byte too few.
    for (const char* bytes : {"\"\xFF\"", "\"\xED\xA9\x80\"", "\"\xF0\x9F\x98\"", "{\"\xCD\":1}"}) {
        QVERIFY(!Any::fromJson(bytes));
    }
    const auto escaped = Any::fromJson(R"("\ud83d")");
    QVERIFY(escaped);
    QCOMPARE(qString(escaped->toJson()), QStringLiteral(R"("\ud83d")"));
}

void TestHostileUpdates::sidesTooLarge()
{
    // On which side a position stays is a number; JSON holds no more than 53 bits of it.
    for (const std::int64_t side : {std::int64_t{1} << 53, -(std::int64_t{1} << 53)}) {
        Encoder position;
        position.writeVarUint(0);
        position.writeVarUint(1);
        position.writeVarUint(2);
        position.writeVarInt(side);
        QVERIFY(!StickyIndex::decode(position.view()));
    }
    Encoder position;
    position.writeVarUint(0);
    position.writeVarUint(1);
    position.writeVarUint(2);
    position.writeVarInt(-(std::int64_t{1} << 53) + 1);
    const auto index = StickyIndex::decode(position.view());
    QVERIFY(index);
    QCOMPARE(index->assoc(), Assoc::Before);
    const auto same = StickyIndex::fromJson(index->toJson());
    QVERIFY(same && *same == *index);
}

void TestHostileUpdates::rootNamesWithHalfAPair()
{
    const auto json = Any::fromJson(R"({"tname":"n\ud83dm","assoc":1})");
    QVERIFY(json);
    const auto index = StickyIndex::fromJson(*json);
    QVERIFY(index);
    const auto same = StickyIndex::decode(index->encode());
    QVERIFY(same);
    QCOMPARE(qString(*same->toJson().find("tname")->stringIf()), QStringLiteral("n\uFFFDm"));
}

void TestHostileUpdates::originsBeyondAnyClock()
{
    // It would wait for ever, and v2 could not say what for: what the Doc writes must be readable.
    for (const std::uint64_t clock : {(std::uint64_t{1} << 53) - 1, (std::uint64_t{1} << 55) - 1}) {
        Encoder update = block(1, 7, 0);
        update.writeUint8(4 | 0x80);
        update.writeVarUint(8);
        update.writeVarUint(clock);
        update.writeVarString(std::string_view("a"));
        update.writeVarUint(0);
        Doc doc;
        const bool applied = doc.applyUpdate(update.view()).has_value();
        QCOMPARE(applied, clock < (std::uint64_t{1} << 53));
        QCOMPARE(doc.hasPending(), applied);
        Doc copy;
        QVERIFY(copy.applyUpdateV2(doc.getUpdateV2()));
    }
}

void TestHostileUpdates::valuesThatOnlyV2CanSay()
{
    // A mark (kind 6) and an embed (kind 5) that are undefined, placed at once and made to wait:
    // v1 once got a word that is no JSON, in an update that nobody could read again.
    for (const bool isMark : {true, false}) {
        for (const std::uint64_t clock : {0, 1}) {
            Encoder update = block(1, 7, clock);
            update.writeUint8(isMark ? 6 : 5);
            update.writeVarUint(1);
            update.writeVarString(std::string_view("t"));
            if (isMark) {
                update.writeVarString(std::string_view("b"));
            }
            update.writeVarString(std::string_view("true"));
            update.writeVarUint(0);
            Bytes v2 = *convertV1ToV2(update.view());
            constexpr std::byte kTrue{120};
            constexpr std::byte kUndefined{127};
            QVERIFY(std::ranges::count(v2, kTrue) == 1);
            std::ranges::replace(v2, kTrue, kUndefined);

            const auto v1 = convertV2ToV1(v2);
            QVERIFY(v1);
            QVERIFY(decodeUpdate(*v1));
            QCOMPARE(hex(*v1).count(QByteArray("null").toHex()), qsizetype(1));
            Doc doc;
            QVERIFY(doc.applyUpdateV2(v2));
            QCOMPARE(doc.hasPending(), clock > 0);
            QCOMPARE(hex(doc.getUpdate()), hex(*v1));
            Doc copy;
            QVERIFY(copy.applyUpdate(doc.getUpdate()));
            checkInvariants(copy);
        }
    }
}

QTEST_GUILESS_MAIN(TestHostileUpdates)
#include "tst_hostile_updates.moc"
