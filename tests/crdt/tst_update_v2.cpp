// SPDX-License-Identifier: MIT
//
// Format v2 and the work on updates as bytes. The literals were made with Yjs 13.6.33.
#include "crdt/detail/columns.h"
#include "crdt/detail/wire_v2.h"
#include "crdt/update.h"
#include "crdt/utf.h"
#include "tests/crdt/support.h"

#include <QTest>

#include <chrono>

using namespace tutti::crdt;
using namespace tutti::crdt::test;
using namespace Qt::StringLiterals;

namespace {

Bytes fromBase64(const char* text)
{
    return fromHex(QByteArray::fromBase64(QByteArray(text)).toHex());
}

QByteArray base64(BytesView bytes) { return QByteArray::fromHex(hex(bytes)).toBase64(); }

/// A text of one client, an embed {u: undefined, n: NaN, z: -0, i: 10n, b: bytes, a: [undefined]}
/// and a format with the value -0.
constexpr const char* kValues =
    "AAIAAgJHBQIBAQMCQgQJBACEAMUARgDGCAV0YWJra0EDAQEAAAEFAHYGAXV/AW57f/gAAAAAAAABen1AAWl6AAAAAAAA"
    "AAoBYnQCAQIBYXUBf31AfgA=";

/// Three updates that build on each other; the second one holds {u: undefined, z: -0}.
constexpr const char* kChain[] = {"AAABBwAAAQQFAnRhQQABAQAAAQEAAA==",
    "AAACRwABAAABhQEAAAAAAQEBdgIBdX8Ben1AAA==", "AAACRwABAgABhAMBYwEAAAABAQIA"};

/// A hundred updates, some merged from others, in no order; and all of them merged.
constexpr const char* kMany =
    "AAEHAWYB AQYHUsQHPAdCA3l5ecQHFAcVAnp6xAdUB0ICYWEKA8QHCgcWA2ZmZsQHCAcvA2dnZwA= "
    "AQIHW8QHUAdRAWXEBwoHFgNmZmYA AAEHAQoB AQEHM8QHMgchA2hoaAA= AQEHBUQHAwJjYwA= "
    "AQEHTMQHSAdJA3Z2dgA= AQEHL8QHCAcnAWYA AQMHVcQHFAcVAnp6xAdUB0ICYWHEBzkHOgFiAA== "
    "AQEHX8QHCAcvA2dnZwA= AQEHQ8QHPQcGA3FxcQA= AQEHHMQHGgcbAnNzAA== AQEHRsQHPQdDAnJyAA== "
    "AQEHDMQHAAcBAmhoAA== AQIHJ8QHCAcPAmFhxAcEBxcBYgA= AQEHMMQHHAchA2dnZwA= AAEHAS8B "
    "AQEHSMQHKwcPAnR0AA== AQIHV8QHVAdCAmFhxAc5BzoBYgA= AQEHDkQHBwFpAQcBAwE= AQEHSsQHOgc7AnV1AA== "
    "AQMHa8QHOQdZAW/EByQHJgFwxAcGB0EDcXFxAA== AQEHPsQHGAcZA21tbQEHAUAB AQEHVcQHFAcVAnp6AA== "
    "AQUHUsQHPAdCA3l5ecQHFAcVAnp6CgXEBwoHFgNmZmbEBwgHLwNnZ2cA "
    "AQMHNkQHDgNqamrEBwUHBgNra2vEBzsHBgJsbAA= AQEHCIQHAgJmZgA= AQEHDkQHBwFpAA== "
    "AQEHEMQHDgcHA2xsbAA= AQEHT8QHQwdEA3d3dwA= AAEHASkB AQIHIcQHHAcdAnd3xAchByIDeHh4AQcBAgE= "
    "AQEHFsQHCgcLAW4A AQEHXMQHCgcWA2ZmZgA= AQEHB0QHBQFkAA== AQEHacQHUwdUAm5uAA== "
    "AQEHZ8QHOAcOAmxsAA== AQIHWcQHOQc6AWLEB1IHUwFkAQcBAAE= AQEHGMQHFwcAAnFxAA== AQEHQsQHPAc9AXAA "
    "AQEHNkQHDgNqamoA AQEHGsQHBgcKAnJyAA== AQEHW8QHUAdRAWUA AQEHWsQHUgdTAWQA "
    "AQIHVcQHFAcVAnp6xAdUB0ICYWEA AQEHIMQHBgcaAXYA AQEHIcQHHAcdAnd3AA== AQEHJsQHJAclAXoA "
    "AQIHHsQHGQcAAnV1xAcGBxoBdgA= AQEHKsQHKAcPAmNjAA== AQEHA0QHAAJiYgA= AQEHJsQHJAclAXoBBwECAQ== "
    "AQEHOcQHBQcGA2trawA= AQIHUsQHPAdCA3l5ecQHFAcVAnp6AA== AAEHAQAB AQEHUsQHPAdCA3l5eQA= "
    "AQIHV8QHVAdCAmFhxAc5BzoBYgA= AQEHPsQHGAcZA21tbQA= AQMHA0QHAAJiYkQHAwJjY0QHBQFkAA== "
    "AQMHWsQHUgdTAWTEB1AHUQFlxAcKBxYDZmZmAA== AQEHDkQHBwFpAQcBAwE= AAEHARQB AQEHCsQHBgcDAmdnAA== "
    "AQEHNkQHDgNqamoBBwEaAQ== AQEHLMQHHgcfA2VlZQA= AQEHPMQHOwcGAmxsAA== "
    "AQIHXMQHCgcWA2ZmZsQHCAcvA2dnZwA= AQEHHsQHGQcAAnV1AA== AQEHbMQHJAcmAXAA AAEHARsB "
    "AQEHY8QHBwcFAmpqAA== AQUHJ8QHCAcPAmFhxAcEBxcBYgotxAdUB0ICYWHEBzkHOgFiAA== AQEHYsQHXQdeAWkA "
    "AQIHD8QHCAcJAWvEBw4HBwNsbGwBBwEDAQ== AQEHKcQHBAcXAWIA AQIHGsQHBgcKAnJyxAcaBxsCc3MBBwEbAQ== "
    "AAEHAUcB AQEHD8QHCAcJAWsA AQEHWcQHOQc6AWIA AQEHAAQBAXQDYWFhAA== AQEHZcQHSAdMAmtrAA== "
    "AAEHARoB AQEHE4QHCQNtbW0A AQEHbcQHBgdBA3FxcQA= AQIHUsQHPAdCA3l5ecQHFAcVAnp6AA== "
    "AQEHJ8QHCAcPAmFhAA== AQEHI8QHIQciA3h4eAA= AQEHQcQHBgcgAW8A AQIHD8QHCAcJAWvEBw4HBwNsbGwA "
    "AAEHAQQB AQEHF8QHBAcAAXAA AAEHAUAB AQIHbMQHJAcmAXDEBwYHQQNxcXEBBwFmAQ== AQEHa8QHOQdZAW8A "
    "AQIHNkQHDgNqamrEBwUHBgNra2sBBwEaAQ== AQEHV8QHVAdCAmFhAA== AAEHASwB "
    "AQIHPMQHOwcGAmxsxAcYBxkDbW1tAQcBQAE= AAEHAQMB AAEHAQIB ";
constexpr const char* kManyMerged =
    "ATgHAAQBAXQDYWFhRAcAAmJiRAcDAmNjRAcFAWSEBwICZmbEBwYHAwJnZ8QHAAcBAmhoRAcHAWnEBwgHCQFrxAcOBwcD"
    "bGxshAcJA21tbcQHCgcLAW7EBwQHAAFwxAcXBwACcXHEBwYHCgJycsQHGgcbAnNzxAcZBwACdXXEBwYHGgF2xAccBx0C"
    "d3fEByEHIgN4eHjEByQHJQF6xAcIBw8CYWHEBwQHFwFixAcoBw8CY2PEBx4HHwNlZWXEBwgHJwFmxAccByEDZ2dnxAcy"
    "ByEDaGhoRAcOA2pqasQHBQcGA2tra8QHOwcGAmxsxAcYBxkDbW1txAcGByABb8QHPAc9AXDEBz0HBgNxcXHEBz0HQwJy"
    "csQHKwcPAnR0xAc6BzsCdXXEB0gHSQN2dnbEB0MHRAN3d3fEBzwHQgN5eXnEBxQHFQJ6esQHVAdCAmFhxAc5BzoBYsQH"
    "UgdTAWTEB1AHUQFlxAcKBxYDZmZmxAcIBy8DZ2dnxAddB14BacQHBwcFAmpqxAdIB0wCa2vEBzgHDgJsbMQHUwdUAm5u"
    "xAc5B1kBb8QHJAcmAXDEBwYHQQNxcXEBBwsAAQIDCgEUARoCKQEsAS8BQAFHAWYB";

/// An update in format v2 from its columns.
struct Columns
{
    detail::IntDiffOptRleEncoder keyClock;
    detail::UintOptRleEncoder client;
    detail::IntDiffOptRleEncoder leftClock;
    detail::IntDiffOptRleEncoder rightClock;
    Bytes info;
    Bytes string = bytes({0});
    detail::RleEncoder parentInfo;
    detail::UintOptRleEncoder typeRef;
    Bytes length;
    Encoder rest;

    [[nodiscard]] Bytes take()
    {
        Encoder out;
        out.writeVarUint(0);
        for (const Bytes& column : {keyClock.take(), client.take(), leftClock.take(),
                 rightClock.take(), info, string, parentInfo.take(), typeRef.take(), length}) {
            out.writeMessage(column);
        }
        out.writeRaw(rest.view());
        return out.take();
    }
};

/// One block of `structs` structs of client 1 from clock 0 on, all with the same info byte.
Columns block(std::uint64_t structs, int info)
{
    Columns columns;
    columns.client.write(1);
    columns.info = bytes({info});
    columns.rest.writeVarUint(1);
    columns.rest.writeVarUint(structs);
    columns.rest.writeVarUint(0);
    return columns;
}

/// A run of that many equal numbers.
Bytes run(std::int64_t value, std::uint64_t count)
{
    Encoder out;
    out.writeVarInt(-value, true);
    out.writeVarUint(count - 2);
    return out.take();
}

constexpr std::uint64_t kAskedFor = (std::uint64_t{1} << 53) - 1;

} // namespace

class TestUpdateV2 : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void columnsReadBack();
    void columnsEnd();
    void tornPairs();
    void stringsBeyondTheText();
    void documents();
    void valuesSurvive();
    void valuesSurviveWaiting();
    void valuesGoThroughTheUtilities();
    void conversionsAgree();
    void mergingMany();
    void mergingInTwoFormats();
    void meta();
    void obfuscatorOptions();
    void unsupported();
    void spellingOutTooMuch_data();
    void spellingOutTooMuch();
    void regularAndLongIsFine();
    void keysByNumber();
};

void TestUpdateV2::columnsReadBack()
{
    for (const std::uint64_t seed : seeds({1, 2, 3, 4})) {
        Random random(seed);
        for (int round = 0; round < 200; ++round) {
            std::vector<std::int64_t> numbers;
            for (std::uint32_t i = random.below(40); i > 0; --i) {
                const std::int64_t last = numbers.empty() ? 0 : numbers.back();
                const auto any =
                    static_cast<std::int64_t>(random.bits() >> (11 + random.below(53)));
                numbers.push_back(random.oneIn(3) ? any : last + random.below(2));
            }
            const auto check = [&numbers](auto encoder, auto make) {
                for (const std::int64_t number : numbers) {
                    encoder.write(static_cast<decltype(make(BytesView()).read())>(number));
                }
                const Bytes bytes = encoder.take();
                auto decoder = make(bytes);
                return std::ranges::all_of(numbers, [&decoder](std::int64_t number) {
                    using Value = decltype(decoder.read());
                    return decoder.read() == static_cast<Value>(number) && decoder.ok();
                });
            };
            using namespace detail;
            QVERIFY(check(RleEncoder(), [](BytesView view) { return RleDecoder(view); }));
            QVERIFY(check(UintOptRleEncoder(), [](BytesView v) { return UintOptRleDecoder(v); }));
            QVERIFY(
                check(IncUintOptRleEncoder(), [](BytesView v) { return IncUintOptRleDecoder(v); }));
            QVERIFY(
                check(IntDiffOptRleEncoder(), [](BytesView v) { return IntDiffOptRleDecoder(v); }));
            QVERIFY(check(IntDiffEncoder(), [](BytesView v) { return IntDiffDecoder(v); }));
            QVERIFY(check(RleIntDiffEncoder(), [](BytesView v) { return RleIntDiffDecoder(v); }));
        }
    }
}

void TestUpdateV2::columnsEnd()
{
    detail::UintOptRleDecoder empty{BytesView()};
    static_cast<void>(empty.read());
    QVERIFY(!empty.ok());
    const Bytes three = run(7, 3);
    detail::UintOptRleDecoder numbers(three);
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(numbers.read(), std::uint64_t(7));
    }
    QVERIFY(numbers.ok());
    static_cast<void>(numbers.read());
    QVERIFY(!numbers.ok());
    // The last run of bytes has no count and no end.
    const Bytes byte = bytes({9});
    detail::RleDecoder forEver(byte);
    for (int i = 0; i < 1000; ++i) {
        QCOMPARE(forEver.read(), std::uint8_t(9));
    }
    QVERIFY(forEver.ok());
    // Differences that leave what a number can be.
    Encoder steep;
    steep.writeVarInt((std::int64_t{1} << 52) * 2 + 1);
    steep.writeVarUint(100);
    detail::IntDiffOptRleDecoder differences(steep.view());
    static_cast<void>(differences.read());
    QVERIFY(differences.ok());
    static_cast<void>(differences.read());
    QVERIFY(!differences.ok());
}

void TestUpdateV2::tornPairs()
{
    // Halves that meet are a pair in the bytes and halves again for those who read them.
    detail::StringEncoder encoder;
    encoder.write(toWtf8(u"a\xD83D"));
    encoder.write(toWtf8(u"\xDE00z\xD83D"));
    encoder.write(toWtf8(u"\xDE00"));
    encoder.write(toWtf8(u"\xDE00\xE9"));
    const Bytes bytes = encoder.take();
    detail::StringDecoder decoder(bytes);
    QVERIFY(toUtf16(decoder.read()) == u"a\xD83D");
    QVERIFY(toUtf16(decoder.read()) == u"\xDE00z\xD83D");
    QVERIFY(toUtf16(decoder.read()) == u"\xDE00");
    QVERIFY(toUtf16(decoder.read()) == u"\xFFFD\xE9"); // this half found no other
    QVERIFY(decoder.ok());
}

void TestUpdateV2::stringsBeyondTheText()
{
    detail::StringEncoder encoder;
    encoder.write("ab");
    encoder.write("cde");
    Bytes bytes = encoder.take();
    bytes.erase(bytes.begin() + 5); // the text is one letter shorter now
    bytes[0] = std::byte{4};
    detail::StringDecoder decoder(bytes);
    QCOMPARE(decoder.read(), "ab");
    QCOMPARE(decoder.read(), "cd");
    QVERIFY(decoder.ok());
    static_cast<void>(decoder.read()); // and there is no third length
    QVERIFY(!decoder.ok());
}

void TestUpdateV2::documents()
{
    for (const std::uint64_t seed : seeds({11, 12, 13})) {
        Random random(seed);
        Doc a = makeDoc(5);
        Doc b = makeDoc(6);
        for (int round = 0; round < 60; ++round) {
            for (Doc* doc : {&a, &b}) {
                Text text = doc->get<Text>("t");
                const std::uint32_t length = text.length().value();
                text.insert(at(random.below(length + 1)), randomText(random, random.below(6)));
                text.erase(at(random.below(length + 1)), at(random.below(3)));
            }
            if (random.oneIn(3)) {
                QVERIFY(a.applyUpdateV2(*b.getUpdateV2(a.getState())).has_value());
                QVERIFY(b.applyUpdateV2(*a.getUpdateV2(b.getState())).has_value());
                QCOMPARE(hex(a.getState()), hex(b.getState()));
                QVERIFY(a.get<Text>("t").toString() == b.get<Text>("t").toString());
            }
        }
        checkInvariants(a);
        Doc viaV1 = makeDoc(7);
        Doc viaV2 = makeDoc(7);
        QVERIFY(viaV1.applyUpdate(a.getUpdate()).has_value());
        QVERIFY(viaV2.applyUpdateV2(a.getUpdateV2()).has_value());
        checkInvariants(viaV2);
        QCOMPARE(hex(viaV2.getUpdate()), hex(viaV1.getUpdate()));
        QCOMPARE(hex(viaV2.getUpdateV2()), hex(viaV1.getUpdateV2()));
        QVERIFY(a.getUpdateV2().size() < a.getUpdate().size());
    }
}

void TestUpdateV2::valuesSurvive()
{
    Doc doc = makeDoc(1);
    const auto applied = doc.applyUpdateV2(fromBase64(kValues));
    QVERIFY2(applied.has_value(), applied ? "" : applied.error().message.c_str());
    checkInvariants(doc);
    QCOMPARE(base64(doc.getUpdateV2()), QByteArray(kValues));
    QCOMPARE(base64(*doc.getUpdateV2(bytes({0}))), QByteArray(kValues));
    // In v1 they are what JSON.stringify makes of them.
    const auto shown = decodeUpdate(doc.getUpdate());
    QVERIFY(shown.has_value());
    const auto embed = std::ranges::find(shown->structs, "Embed", &StructInfo::kind);
    QVERIFY(embed != shown->structs.end());
    QCOMPARE(qString(embed->content),
        u"{\"n\":null,\"z\":0,\"i\":10,\"b\":{\"0\":1,\"1\":2},\"a\":[null]}"_s);
}

void TestUpdateV2::valuesSurviveWaiting()
{
    Doc doc = makeDoc(1);
    QVERIFY(doc.applyUpdateV2(fromBase64(kChain[1])).has_value());
    QVERIFY(doc.hasPending());
    QCOMPARE(base64(doc.getUpdateV2()), QByteArray(kChain[1]));
    QCOMPARE(base64(doc.getUpdate()), QByteArray("AQEHAYUHAAd7InoiOjB9AA=="));
    QVERIFY(doc.applyUpdateV2(fromBase64(kChain[2])).has_value());
    QVERIFY(doc.hasPending());
    QCOMPARE(base64(doc.getUpdateV2()), QByteArray("AAACRwECAAIAA4UAhAMBYwEAAAABAgF2AgF1fwF6fUAA"));
    QVERIFY(doc.applyUpdateV2(fromBase64(kChain[0])).has_value());
    QVERIFY(!doc.hasPending());
    checkInvariants(doc);
    QCOMPARE(base64(doc.getUpdateV2()),
        QByteArray("AAACRwECAAIABQQAhQCEBgN0YWNBAQEBAAABAwB2AgF1fwF6fUAA"));
}

void TestUpdateV2::valuesGoThroughTheUtilities()
{
    const Bytes chain[] = {fromBase64(kChain[0]), fromBase64(kChain[1]), fromBase64(kChain[2])};
    const BytesView all[] = {chain[2], chain[0], chain[1]};
    const auto merged = mergeUpdatesV2(all);
    QVERIFY(merged.has_value());
    QCOMPARE(base64(*merged), QByteArray("AAACRwECAAIABQQAhQCEBgN0YWNBAQEBAAABAwB2AgF1fwF6fUAA"));
    const auto difference = getUpdateV2(*merged, bytes({1, 7, 1}));
    QVERIFY(difference.has_value());
    QCOMPARE(base64(*difference), QByteArray("AAACRwECAAIAA4UAhAMBYwEAAAABAgF2AgF1fwF6fUAA"));
    QCOMPARE(hex(*getStateV2(*merged)), QByteArray("010703"));
    // One input is given back as it is, but looked at.
    const BytesView one[] = {chain[0]};
    QCOMPARE(hex(*mergeUpdatesV2(one)), hex(chain[0]));
    const Bytes cut(chain[0].begin(), chain[0].end() - 2);
    const BytesView broken[] = {cut};
    QVERIFY(!mergeUpdatesV2(broken).has_value());
}

void TestUpdateV2::conversionsAgree()
{
    Doc doc = makeDoc(3);
    doc.get<Text>("t").insert(at(0), u"some text, 文字, \U0001F600");
    doc.get<Text>("t").erase(at(2), at(5));
    QCOMPARE(hex(*convertV1ToV2(doc.getUpdate())), hex(doc.getUpdateV2()));
    QCOMPARE(hex(*convertV2ToV1(doc.getUpdateV2())), hex(doc.getUpdate()));
    const auto v1 = decodeUpdate(doc.getUpdate());
    const auto v2 = decodeUpdateV2(doc.getUpdateV2());
    QVERIFY(v1.has_value() && v2.has_value());
    QCOMPARE(v2->structs.size(), v1->structs.size());
    QCOMPARE(v2->deletions.size(), v1->deletions.size());
    for (std::size_t i = 0; i < v1->structs.size(); ++i) {
        QCOMPARE(v2->structs[i].content, v1->structs[i].content);
        QVERIFY(v2->structs[i].id == v1->structs[i].id);
    }
}

void TestUpdateV2::mergingMany()
{
    std::vector<Bytes> updates;
    for (const QByteArray& text : QByteArray(kMany).split(' ')) {
        if (!text.isEmpty()) {
            updates.push_back(fromBase64(text.constData()));
        }
    }
    QCOMPARE(updates.size(), std::size_t(100));
    const std::vector<BytesView> views(updates.begin(), updates.end());
    const auto merged = mergeUpdates(views);
    QVERIFY(merged.has_value());
    QCOMPARE(base64(*merged), QByteArray(kManyMerged));
}

void TestUpdateV2::mergingInTwoFormats()
{
    std::vector<Bytes> v1;
    std::vector<Bytes> v2;
    for (const QByteArray& text : QByteArray(kMany).split(' ')) {
        if (!text.isEmpty()) {
            v1.push_back(fromBase64(text.constData()));
            v2.push_back(*convertV1ToV2(v1.back()));
        }
    }
    for (const std::uint64_t seed : seeds({21, 22, 23})) {
        Random random(seed);
        std::vector<BytesView> views;
        std::vector<BytesView> viewsV2;
        for (std::uint32_t i = random.between(2, 150); i > 0; --i) {
            const std::size_t index = random.below(v1.size());
            views.emplace_back(v1[index]);
            viewsV2.emplace_back(v2[index]);
        }
        QCOMPARE(hex(*convertV2ToV1(*mergeUpdatesV2(viewsV2))), hex(*mergeUpdates(views)));
    }
}

void TestUpdateV2::meta()
{
    const Bytes merged = fromBase64(kManyMerged);
    const auto spans = parseUpdateMeta(merged);
    QVERIFY(spans.has_value());
    QCOMPARE(spans->size(), std::size_t(1));
    QVERIFY((spans->front() == ClientSpan{ClientId(7), Clock(0), spans->front().to}));
    const auto state = decodeState(*getState(merged));
    QVERIFY(state.has_value());
    QCOMPARE(state->front().clock.value(), spans->front().to.value());
    QVERIFY(*parseUpdateMetaV2(*convertV1ToV2(merged)) == *spans);
    // A gap of 2^40 is no clock that a document takes.
    const auto gap = parseUpdateMeta(fromHex("010107000a80808080802000"));
    QVERIFY(!gap.has_value());
    QCOMPARE(gap.error().code, ErrorCode::OutOfRange);
}

void TestUpdateV2::obfuscatorOptions()
{
    const Bytes v2 = fromBase64(kValues);
    const auto contents = [](const Result<Bytes>& update) {
        QStringList list;
        const auto decoded = decodeUpdateV2(*update);
        for (const StructInfo& info : decoded->structs) {
            list << qString(info.content);
        }
        return list;
    };
    QCOMPARE(contents(obfuscateUpdateV2(v2)),
        (QStringList{u"0"_s, u"1"_s, u"{}"_s, u"3={\"i\":3}"_s, u"3=null"_s}));
    QCOMPARE(contents(obfuscateUpdateV2(v2, {.formatting = false})),
        (QStringList{u"0"_s, u"1"_s, u"{}"_s, u"k=0"_s, u"k=null"_s}));
}

void TestUpdateV2::unsupported()
{
    Doc doc = makeDoc(1);
    doc.get<Text>("t").insert(at(0), u"here");
    const Bytes before = doc.getUpdate();
    Columns move = block(1, 11);
    move.rest.writeVarUint(0);
    Columns link = block(1, 7);
    link.parentInfo.write(1);
    link.string = bytes({1, 't', 1});
    link.typeRef.write(7);
    link.rest.writeVarUint(0);
    for (Columns* columns : {&move, &link}) {
        const Bytes update = columns->take();
        const auto applied = doc.applyUpdateV2(update);
        QVERIFY(!applied.has_value());
        QCOMPARE(applied.error().code, ErrorCode::Unsupported);
        QVERIFY(!applied.error().message.empty());
        QVERIFY(!convertV2ToV1(update).has_value());
        QCOMPARE(hex(doc.getUpdate()), hex(before));
    }
}

void TestUpdateV2::spellingOutTooMuch_data()
{
    QTest::addColumn<QByteArray>("update");
    const auto row = [](const char* name, Columns columns) {
        columns.rest.writeVarUint(0);
        QTest::newRow(name) << hex(columns.take());
    };
    Columns gc = block(kAskedFor, 0);
    gc.length = run(1, kAskedFor);
    row("collected structs", gc);

    Columns deleted = block(kAskedFor, 0x81);
    deleted.client = {};
    for (int i = 0; i < 2; ++i) {
        deleted.client.write(1);
    }
    deleted.length = run(1, kAskedFor);
    row("a column that ends", deleted);

    Columns texts = block(kAskedFor, 4);
    texts.parentInfo.write(1);
    texts.string = bytes({0});
    const Bytes empties = run(0, kAskedFor);
    texts.string.insert(texts.string.end(), empties.begin(), empties.end());
    row("empty texts", texts);

    Columns json = block(kAskedFor, 2);
    json.parentInfo.write(1);
    json.string = texts.string;
    json.length = bytes({0x7F, 0xFF, 0xFF, 0xFF, 0x0F});
    row("legacy values without text", json);

    Columns skips = block(kAskedFor, 10);
    row("gaps without lengths", skips);

    Columns clients = block(1, 0);
    clients.rest = {};
    clients.rest.writeVarUint(kAskedFor);
    row("clients", clients);
}

void TestUpdateV2::spellingOutTooMuch()
{
    QFETCH(QByteArray, update);
    const Bytes bytes = fromHex(update);
    QVERIFY(bytes.size() < 64);
    Doc doc = makeDoc(1);
    const auto start = std::chrono::steady_clock::now();
    const auto applied = doc.applyUpdateV2(bytes);
    QVERIFY(!applied.has_value());
    QVERIFY(!applied.error().message.empty());
    QVERIFY(!mergeUpdatesV2(std::vector<BytesView>{bytes, bytes}).has_value());
    QVERIFY(!getStateV2(bytes).has_value());
    QVERIFY(!parseUpdateMetaV2(bytes).has_value());
    QCOMPARE(hex(doc.getUpdate()), QByteArray("0000"));
    // Without a bound this would take years.
    QVERIFY(std::chrono::steady_clock::now() - start < std::chrono::seconds(30));
}

void TestUpdateV2::regularAndLongIsFine()
{
    // Text that was typed backwards and deleted: a hundred thousand structs in a few bytes.
    constexpr std::uint64_t kStructs = 100'000;
    Columns columns = block(kStructs, 0x41); // each left of the one before
    columns.client = {};
    for (std::uint64_t i = 0; i < kStructs; ++i) {
        columns.client.write(1);
    }
    Encoder info;
    info.writeUint8(1);
    info.writeVarUint(0);
    info.writeUint8(0x41);
    columns.info = info.take();
    columns.parentInfo.write(1);
    columns.string = bytes({1, 't', 1});
    for (std::uint64_t i = 0; i + 1 < kStructs; ++i) {
        columns.rightClock.write(static_cast<std::int64_t>(i));
    }
    columns.length = run(1, kStructs);
    columns.rest.writeVarUint(1);
    columns.rest.writeVarUint(1);
    columns.rest.writeVarUint(1);
    columns.rest.writeVarUint(0);
    columns.rest.writeVarUint(kStructs - 1);
    const Bytes update = columns.take();
    QVERIFY(update.size() < 64);
    Doc doc = makeDoc(2);
    const auto applied = doc.applyUpdateV2(update);
    QVERIFY2(applied.has_value(), applied ? "" : applied.error().message.c_str());
    checkInvariants(doc);
    QCOMPARE(hex(doc.getUpdateV2()), hex(update));
    QVERIFY(doc.getUpdate().size() > 5 * kStructs);
}

void TestUpdateV2::keysByNumber()
{
    // Yjs never names a key by its number, but reads it.
    Columns columns = block(3, 0x86);
    columns.client = {};
    for (int i = 0; i < 3; ++i) {
        columns.client.write(1);
    }
    columns.info = bytes({6, 0, 0x86});
    columns.parentInfo.write(1);
    for (const std::int64_t clock : {0, 1}) {
        columns.leftClock.write(clock);
    }
    for (const std::int64_t number : {0, 0, 1}) {
        columns.keyClock.write(number);
    }
    detail::StringEncoder strings;
    for (const char* text : {"t", "bold", "it"}) {
        strings.write(text);
    }
    columns.string = strings.take();
    for (int i = 0; i < 3; ++i) {
        Any(i).encode(columns.rest);
    }
    columns.rest.writeVarUint(0);
    const auto decoded = decodeUpdateV2(columns.take());
    QVERIFY2(decoded.has_value(), decoded ? "" : decoded.error().message.c_str());
    QStringList contents;
    for (const StructInfo& info : decoded->structs) {
        contents << qString(info.content);
    }
    QCOMPARE(contents, (QStringList{u"bold=0"_s, u"bold=1"_s, u"it=2"_s}));
}

QTEST_APPLESS_MAIN(TestUpdateV2)
#include "tst_update_v2.moc"
