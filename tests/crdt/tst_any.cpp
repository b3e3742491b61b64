// SPDX-License-Identifier: MIT
#include "crdt/any.h"
#include "crdt/utf.h"
#include "tests/crdt/support.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace tutti::crdt;
using namespace tutti::crdt::test;
using namespace Qt::StringLiterals;

namespace {

Bytes encoded(const Any& value)
{
    Encoder encoder;
    value.encode(encoder);
    return encoder.take();
}

Result<Any> decoded(BytesView bytes)
{
    Decoder decoder(bytes);
    return Any::decode(decoder);
}

QString json(const Any& value) { return qString(value.toJson()); }

/// Something of everything, nested.
Any richValue()
{
    return Any::object({{"n", nullptr}, {"u", Any()}, {"t", true}, {"i", -70000}, {"f", 0.1},
        {"s", "é中\U0001F600"}, {"b", bytes({0, 1, 255})}, {"big", Any::bigInt(-9)},
        {"a", Any::Array{1, "two", Any::Array{}, Any::object()}}});
}

Any randomValue(Random& random, int depth)
{
    switch (random.below(depth > 0 ? 10 : 8)) {
    case 0:
        return {};
    case 1:
        return nullptr;
    case 2:
        return random.oneIn(2);
    case 3:
        return static_cast<int>(random.bits());
    case 4:
        return std::bit_cast<double>(random.bits());
    case 5:
        return toUtf8(randomText(random, random.below(12)));
    case 6:
        return Bytes(random.below(9), std::byte{0xAB});
    case 7:
        return Any::bigInt(static_cast<std::int32_t>(random.bits())); // more does not fit JSON
    case 8: {
        Any::Array array;
        for (std::uint32_t i = random.below(5); i > 0; --i) {
            array.push_back(randomValue(random, depth - 1));
        }
        return array;
    }
    default: {
        Any::Object members;
        for (std::uint32_t i = random.below(5); i > 0; --i) {
            members.emplace_back(std::to_string(random.below(20)) + (random.oneIn(2) ? "" : "k"),
                randomValue(random, depth - 1));
        }
        return Any::object(std::move(members));
    }
    }
}

} // namespace

class TestAny : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void kinds();
    void numberForms_data();
    void numberForms();
    void objectOrder();
    void equality();
    void randomRoundTrips();
    void truncatedAtEveryByte();
    void hostileBytes_data();
    void hostileBytes();
    void jsonText_data();
    void jsonText();
    void jsonNumbers_data();
    void jsonNumbers();
    void jsonRefusals_data();
    void jsonRefusals();
    void jsonSurrogates();
    void jsonCutAnywhere();
};

void TestAny::kinds()
{
    QVERIFY(Any().isUndefined());
    QVERIFY(Any(nullptr).isNull());
    QCOMPARE(*Any(true).boolIf(), true);
    QCOMPARE(*Any(5).numberIf(), 5.0);
    QCOMPARE(*Any("x").stringIf(), std::string("x"));
    QCOMPARE(*Any::bigInt(-3).bigIntIf(), std::int64_t(-3));
    QVERIFY(Any(bytes({1})).bytesIf() != nullptr);
    QVERIFY(Any(Any::Array{}).arrayIf() != nullptr);
    const Any object = Any::object({{"a", 1}});
    QVERIFY(object.isObject());
    QCOMPARE(*object.find("a")->numberIf(), 1.0);
    QVERIFY(object.find("b") == nullptr);
    QVERIFY(object.numberIf() == nullptr && object.stringIf() == nullptr
        && object.arrayIf() == nullptr && object.boolIf() == nullptr && !object.isNull());
    QVERIFY(Any(1).find("a") == nullptr);
    Any changed(7);
    changed.set("k", "v"); // anything but an object becomes one
    QCOMPARE(json(changed), u"{\"k\":\"v\"}"_s);
    changed.set("k", 2);
    QCOMPARE(json(changed), u"{\"k\":2}"_s);
}

void TestAny::numberForms_data()
{
    QTest::addColumn<double>("value");
    QTest::addColumn<QByteArray>("digits");
    QTest::newRow("0") << 0.0 << QByteArray("7d00");
    QTest::newRow("-0") << -0.0 << QByteArray("7d40");
    QTest::newRow("2^31 - 1") << 2147483647.0 << QByteArray("7dbfffffff0f");
    QTest::newRow("-(2^31 - 1)") << -2147483647.0 << QByteArray("7dffffffff0f");
    QTest::newRow("2^31") << 2147483648.0 << QByteArray("7c4f000000");
    QTest::newRow("2^31 + 1") << 2147483649.0 << QByteArray("7b41e0000000200000");
    QTest::newRow("1.5") << 1.5 << QByteArray("7c3fc00000");
    QTest::newRow("0.1") << 0.1 << QByteArray("7b3fb999999999999a");
    QTest::newRow("infinity") << std::numeric_limits<double>::infinity()
                              << QByteArray("7c7f800000");
    QTest::newRow("nan") << std::nan("") << QByteArray("7b7ff8000000000000");
    QTest::newRow("other nan") << -std::nan("7") << QByteArray("7b7ff8000000000000");
}

void TestAny::numberForms()
{
    QFETCH(double, value);
    QFETCH(QByteArray, digits);
    QCOMPARE(hex(encoded(value)), digits);
    const auto back = decoded(fromHex(digits));
    QVERIFY(back.has_value());
    QVERIFY(*back == Any(value));
    QCOMPARE(hex(encoded(*back)), digits);
}

void TestAny::objectOrder()
{
    const Any object = Any::object({{"b", 1}, {"10", 2}, {"a", 3}, {"2", 4}, {"b", 5}, {"01", 6},
        {"4294967294", 7}, {"4294967295", 8}, {"-1", 9}});
    const QString expected =
        u"{\"2\":4,\"10\":2,\"4294967294\":7,\"b\":5,\"a\":3,\"01\":6,\"4294967295\":8,\"-1\":9}"_s;
    QCOMPARE(json(object), expected);
    Any built = Any::object();
    for (const char* key : {"b", "10", "a", "2", "b"}) {
        built.set(key, 0);
    }
    QCOMPARE(json(built), u"{\"2\":0,\"10\":0,\"b\":0,\"a\":0}"_s);
    // As decoding orders them, and JSON text too.
    QCOMPARE(json(*decoded(encoded(object))), expected);
    QCOMPARE(json(*Any::fromJson("{\"b\":1,\"1\":2,\"b\":3}")), u"{\"1\":2,\"b\":3}"_s);
}

void TestAny::equality()
{
    QVERIFY(Any::object({{"a", 1}, {"b", 2}}) == Any::object({{"b", 2}, {"a", 1}}));
    QVERIFY(!(Any::object({{"a", 1}}) == Any::object({{"a", 2}})));
    QVERIFY(!(Any::object({{"a", 1}}) == Any::object({{"a", 1}, {"b", 1}})));
    QVERIFY(Any(std::nan("")) == Any(std::nan("")));
    QVERIFY(Any(0.0) == Any(-0.0));
    QVERIFY(!(Any() == Any(nullptr)));
    QVERIFY(!(Any(1) == Any(true)));
    QVERIFY(!(Any(1) == Any::bigInt(1)));
    QVERIFY(richValue() == richValue());
    QVERIFY(!((Any::Array{1, 2}) == (Any::Array{2, 1})));
}

void TestAny::randomRoundTrips()
{
    for (const std::uint64_t seed : seeds({11, 12, 13})) {
        Random random(seed);
        for (int i = 0; i < 2000; ++i) {
            const Any value = randomValue(random, 4);
            const Bytes first = encoded(value);
            const auto back = decoded(first);
            QVERIFY2(back.has_value(), hex(first).constData());
            QVERIFY2(*back == value, hex(first).constData());
            QCOMPARE(hex(encoded(*back)), hex(first));
            // JSON loses kinds but then stays as it is.
            const std::string text = value.toJson();
            if (text != "undefined") {
                const auto fromText = Any::fromJson(text);
                QVERIFY2(fromText.has_value(), text.c_str());
                QCOMPARE(qString(fromText->toJson()), qString(text));
            }
        }
    }
}

void TestAny::truncatedAtEveryByte()
{
    const Bytes whole = encoded(richValue());
    QVERIFY(decoded(whole).has_value());
    for (std::size_t length = 0; length < whole.size(); ++length) {
        const Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(length));
        Decoder decoder(cut);
        QVERIFY2(!Any::decode(decoder).has_value(), qPrintable(QString::number(length)));
        QCOMPARE(decoder.position(), std::size_t(0));
    }
}

void TestAny::hostileBytes_data()
{
    QTest::addColumn<QByteArray>("digits");
    QTest::addColumn<bool>("accepted");
    QTest::newRow("array of 2^53 - 1") << QByteArray("75ffffffffffffff0f") << false;
    QTest::newRow("object of 2^53 - 1") << QByteArray("76ffffffffffffff0f") << false;
    QTest::newRow("string of 2^32") << QByteArray("77808080801061") << false;
    QTest::newRow("bytes of 2^32") << QByteArray("74808080801061") << false;
    QTest::newRow("unknown tag") << QByteArray("73") << false;
    QTest::newRow("tag 0") << QByteArray("00") << false;
    QTest::newRow("integer beyond 2^53") << QByteArray("7dffffffffffffffff7f") << false;
    QTest::newRow("string that is not UTF-8") << QByteArray("7701ff") << false;
    QTest::newRow("key that is not UTF-8") << QByteArray("760101ff7e") << false;
    QTest::newRow("__proto__ is no property") << QByteArray("7601095f5f70726f746f5f5f7e") << true;
    QTest::newRow("integer of 2^53 - 1") << QByteArray("7dbfffffffffffff1f") << true;
}

void TestAny::hostileBytes()
{
    QFETCH(QByteArray, digits);
    QFETCH(bool, accepted);
    const Bytes input = fromHex(digits);
    QCOMPARE(decoded(input).has_value(), accepted);
    if (digits.startsWith("7601095f5f")) {
        QVERIFY(decoded(input)->objectIf()->empty());
    }
}

void TestAny::jsonText_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("written");
    const auto same = [](const char* text) {
        QTest::newRow(text) << QByteArray(text) << QByteArray(text);
    };
    same("null");
    same("true");
    same("[]");
    same("{}");
    same("\"\"");
    same("[1,[2,[3]],{\"a\":{\"b\":null}}]");
    same("\"\\b\\t\\n\\f\\r\\u0000\\u001f\\\"\\\\\"");
    same("\"/é中\xF0\x9F\x98\x80\xE2\x80\xA8\"");
    QTest::newRow("spaces") << QByteArray(" \t\r\n{ \"a\" : [ 1 , 2 ] } ")
                            << QByteArray("{\"a\":[1,2]}");
    QTest::newRow("escapes that need not be") << QByteArray("\"\\/\\u0041\\u00e9\\ud83d\\ude00\"")
                                              << QByteArray("\"/A\xC3\xA9\xF0\x9F\x98\x80\"");
    QTest::newRow("keys") << QByteArray("{\"b\":1,\"0\":2}") << QByteArray("{\"0\":2,\"b\":1}");
    QTest::newRow("__proto__ by JSON.parse is one")
        << QByteArray("{\"__proto__\":1}") << QByteArray("{\"__proto__\":1}");
}

void TestAny::jsonText()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, written);
    const auto value = Any::fromJson(text.toStdString());
    QVERIFY(value.has_value());
    QCOMPARE(QByteArray::fromStdString(value->toJson()), written);
}

void TestAny::jsonNumbers_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("written");
    const auto row = [](const char* text, const char* written) {
        QTest::newRow(QByteArray(text).left(30).constData())
            << QByteArray(text) << QByteArray(written);
    };
    row("0", "0");
    row("-0", "0");
    row("-1", "-1");
    row("1e3", "1000");
    row("1.5E+2", "150");
    row("123456789012345680000", "123456789012345680000");
    row("1e21", "1e+21");
    row("123e19", "1.23e+21");
    row("0.000001", "0.000001");
    row("0.0000001", "1e-7");
    row("1.5e-9", "1.5e-9");
    row("0.1", "0.1");
    row("5e-324", "5e-324");
    row("1.7976931348623157e308", "1.7976931348623157e+308");
    row("1e400", "null"); // infinity
    row("-1.5e400", "null");
    row("1e-400", "0");
    row("1.5e-400", "0");
    row("0e999", "0");
    row("0.0e-999", "0");
    row("1e99999999999999999999", "null");
    row("1e-99999999999999999999", "0");
    row("0.0001e400", "null");
    row("10000.5e-400", "0");
    row("9007199254740993", "9007199254740992");
    row(QByteArray("1").append(400, '0').constData(), "null");
    row(QByteArray("-0.").append(400, '0').append('1').constData(), "0");
}

void TestAny::jsonNumbers()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, written);
    const auto value = Any::fromJson(text.toStdString());
    QVERIFY(value.has_value());
    QCOMPARE(QByteArray::fromStdString(value->toJson()), written);
    QVERIFY(written == "null" ? std::isinf(*value->numberIf()) : std::isfinite(*value->numberIf()));
    if (text == "-1.5e400") {
        QVERIFY(std::isinf(*value->numberIf()) && *value->numberIf() < 0);
    }
}

void TestAny::jsonRefusals_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char* text :
        {"", " ", "nul", "truee", "undefined", "NaN", "Infinity", "01", "-", "+1", "1.", ".5", "1e",
            "1e+", "0x10", "[", "[1", "[1,", "[1,]", "[,1]", "{", "{\"a\"", "{\"a\":", "{\"a\":1",
            "{\"a\":1,}", "{a:1}", "{1:1}", "'a'", "\"", "\"\\", "\"\\x\"", "\"\\u12\"",
            "\"\\u12G4\"", "\"\\u+123\"", "\"\t\"", "\"\n\"", "1 2", "[] []", "{}x", "/*c*/1",
            "\xEF\xBB\xBF"
            "1",
            "\v1"}) {
        QTest::newRow(*text == '\0' ? "nothing" : text) << QByteArray(text);
    }
    QTest::newRow("zero byte") << QByteArray("1\0", 2);
    QTest::newRow("zero byte in a string") << QByteArray("\"\0\"", 3);
}

void TestAny::jsonRefusals()
{
    QFETCH(QByteArray, text);
    const auto value = Any::fromJson(text.toStdString());
    QVERIFY(!value.has_value());
    QVERIFY(!value.error().message.empty());
}

void TestAny::jsonSurrogates()
{
    // JavaScript keeps a lone half; so does the text, and the wire makes it U+FFFD.
    const auto lone = Any::fromJson("\"a\\ud83d\"");
    QVERIFY(lone.has_value());
    QCOMPARE(json(*lone), u"\"a\\ud83d\""_s);
    QCOMPARE(hex(encoded(*lone)), QByteArray("770461efbfbd"));
    QCOMPARE(json(*Any::fromJson("\"\\udE00x\"")), u"\"\\ude00x\""_s);
    QCOMPARE(json(*Any::fromJson("\"\\ud83d\\u0041\"")), u"\"\\ud83dA\""_s);
    QCOMPARE(json(*Any::fromJson("\"\\ud83d\\ud83d\\ude00\"")), u"\"\\ud83d\U0001F600\""_s);
    QCOMPARE(json(*Any::fromJson("{\"\\udfff\":1}")), u"{\"\\udfff\":1}"_s);
}

void TestAny::jsonCutAnywhere()
{
    const std::string whole =
        R"({"a":[1,-2.5e3,true,false,null,"x\u00e9\"\\"],"b":{"c":{}},"d":""})";
    QVERIFY(Any::fromJson(whole).has_value());
    for (std::size_t length = 0; length < whole.size(); ++length) {
        const std::string cut = whole.substr(0, length);
        QVERIFY2(!Any::fromJson(cut).has_value(), cut.c_str());
    }
}

QTEST_APPLESS_MAIN(TestAny)
#include "tst_any.moc"
