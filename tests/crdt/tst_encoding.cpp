// SPDX-License-Identifier: MIT
#include "crdt/encoding.h"
#include "tests/crdt/support.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace tutti::crdt;
using namespace tutti::crdt::test;

namespace {

constexpr std::uint64_t kMaxSafe = (std::uint64_t{1} << 53) - 1;

} // namespace

class TestEncoding : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void varUint_data();
    void varUint();
    void varUintRainyDays_data();
    void varUintRainyDays();
    void varInt_data();
    void varInt();
    void varIntRandom();
    void writeVarUintBounds();
    void strings();
    void brokenStrings_data();
    void brokenStrings();
    void messages();
    void numbers();
    void truncatedAtEveryByte();
    void failedReadStaysWhereItWas();
    void encoderHousekeeping();
};

void TestEncoding::varUint_data()
{
    QTest::addColumn<quint64>("value");
    QTest::addColumn<QByteArray>("digits");
    QTest::newRow("0") << quint64(0) << QByteArray("00");
    QTest::newRow("127") << quint64(127) << QByteArray("7f");
    QTest::newRow("128") << quint64(128) << QByteArray("8001");
    QTest::newRow("16383") << quint64(16383) << QByteArray("ff7f");
    QTest::newRow("16384") << quint64(16384) << QByteArray("808001");
    QTest::newRow("2^32 - 1") << quint64(0xFFFFFFFF) << QByteArray("ffffffff0f");
    QTest::newRow("2^53 - 1") << quint64(kMaxSafe) << QByteArray("ffffffffffffff0f");
}

void TestEncoding::varUint()
{
    QFETCH(quint64, value);
    QFETCH(QByteArray, digits);
    Encoder encoder;
    encoder.writeVarUint(value);
    QCOMPARE(hex(encoder.view()), digits);
    const auto one = writeVarUint(static_cast<std::int64_t>(value));
    QVERIFY(one.has_value());
    QCOMPARE(hex(*one), digits);
    Decoder decoder(encoder.view());
    const auto read = decoder.readVarUint();
    QVERIFY(read.has_value());
    QCOMPARE(*read, value);
    QVERIFY(decoder.atEnd());
}

void TestEncoding::varUintRainyDays_data()
{
    QTest::addColumn<QByteArray>("digits");
    QTest::addColumn<int>("code"); // -1: accepted
    QTest::addColumn<quint64>("value");
    const int truncated = static_cast<int>(ErrorCode::Truncated);
    const int range = static_cast<int>(ErrorCode::OutOfRange);
    QTest::newRow("nothing") << QByteArray("") << truncated << quint64(0);
    QTest::newRow("continues into nothing") << QByteArray("80") << truncated << quint64(0);
    QTest::newRow("continues twice") << QByteArray("ffff") << truncated << quint64(0);
    QTest::newRow("not minimal") << QByteArray("8000") << -1 << quint64(0);
    QTest::newRow("not minimal at all") << QByteArray("818080808000") << -1 << quint64(1);
    // lib0 checks the range only while bytes follow.
    QTest::newRow("2^53") << QByteArray("8080808080808010") << -1 << (quint64(1) << 53);
    QTest::newRow("largest that is read")
        << QByteArray("ffffffffffffff7f") << -1 << (quint64(1) << 56) - 1;
    QTest::newRow("2^53 and on") << QByteArray("808080808080809000") << range << quint64(0);
    QTest::newRow("for ever") << QByteArray(64, 'f') << range << quint64(0);
    QTest::newRow("zeros for ever") << QByteArray("80").repeated(40) << -2 << quint64(0);
}

void TestEncoding::varUintRainyDays()
{
    QFETCH(QByteArray, digits);
    QFETCH(int, code);
    QFETCH(quint64, value);
    const Bytes input = fromHex(digits);
    Decoder decoder(input);
    const auto read = decoder.readVarUint();
    if (code == -1) {
        QVERIFY(read.has_value());
        QCOMPARE(*read, value);
        QVERIFY(decoder.atEnd());
        return;
    }
    QVERIFY(!read.has_value());
    QVERIFY(!read.error().message.empty());
    QCOMPARE(decoder.position(), std::size_t(0));
    if (code >= 0) {
        QCOMPARE(static_cast<int>(read.error().code), code);
    }
}

void TestEncoding::varInt_data()
{
    QTest::addColumn<qint64>("value");
    QTest::addColumn<bool>("negativeZero");
    QTest::addColumn<QByteArray>("digits");
    QTest::newRow("0") << qint64(0) << false << QByteArray("00");
    QTest::newRow("-0") << qint64(0) << true << QByteArray("40");
    QTest::newRow("1") << qint64(1) << false << QByteArray("01");
    QTest::newRow("-1") << qint64(-1) << false << QByteArray("41");
    QTest::newRow("63") << qint64(63) << false << QByteArray("3f");
    QTest::newRow("-63") << qint64(-63) << false << QByteArray("7f");
    QTest::newRow("64") << qint64(64) << false << QByteArray("8001");
    QTest::newRow("-64") << qint64(-64) << false << QByteArray("c001");
    QTest::newRow("2^31 - 1") << qint64(0x7FFFFFFF) << false << QByteArray("bfffffff0f");
    QTest::newRow("-(2^53 - 1)") << -qint64(kMaxSafe) << false << QByteArray("ffffffffffffff1f");
}

void TestEncoding::varInt()
{
    QFETCH(qint64, value);
    QFETCH(bool, negativeZero);
    QFETCH(QByteArray, digits);
    Encoder encoder;
    encoder.writeVarInt(value, negativeZero);
    QCOMPARE(hex(encoder.view()), digits);
    Decoder decoder(encoder.view());
    const auto read = decoder.readVarInt();
    QVERIFY(read.has_value());
    QCOMPARE(read->value, value);
    QCOMPARE(read->negativeZero, negativeZero);
}

void TestEncoding::varIntRandom()
{
    for (const std::uint64_t seed : seeds({1, 2})) {
        Random random(seed);
        for (int i = 0; i < 20000; ++i) {
            const auto magnitude =
                static_cast<std::int64_t>((random.bits() & kMaxSafe) >> random.below(53));
            const std::int64_t value = random.oneIn(2) ? -magnitude : magnitude;
            Encoder encoder;
            encoder.writeVarInt(value);
            encoder.writeVarUint(static_cast<std::uint64_t>(magnitude));
            Decoder decoder(encoder.view());
            QCOMPARE(decoder.readVarInt()->value, value);
            QCOMPARE(*decoder.readVarUint(), static_cast<std::uint64_t>(magnitude));
            QVERIFY(decoder.atEnd());
        }
    }
}

void TestEncoding::writeVarUintBounds()
{
    const auto negative = writeVarUint(-1);
    QVERIFY(!negative.has_value());
    QVERIFY(negative.error().code == ErrorCode::OutOfRange);
    QVERIFY(!writeVarUint(std::numeric_limits<std::int64_t>::min()).has_value());
    QVERIFY(writeVarUint(static_cast<std::int64_t>(kMaxSafe)).has_value());
    QVERIFY(!writeVarUint(static_cast<std::int64_t>(kMaxSafe) + 1).has_value());
}

void TestEncoding::strings()
{
    for (const char16_t* text : {u"", u"plain", u"é中\U0001F600", u"\uFEFFmarked", u"\x1b"}) {
        const std::u16string units(text);
        Encoder encoder;
        encoder.writeVarString(units);
        Decoder decoder(encoder.view());
        const auto read = decoder.readVarString();
        QVERIFY(read.has_value());
        QCOMPARE(qString(*read), qString(units));
        QVERIFY(decoder.atEnd());
    }
    Encoder encoder;
    encoder.writeVarString(std::u16string{0xD83D}); // a lone surrogate
    QCOMPARE(hex(encoder.view()), QByteArray("03efbfbd"));
}

void TestEncoding::brokenStrings_data()
{
    QTest::addColumn<QByteArray>("digits");
    QTest::addColumn<bool>("truncated");
    QTest::newRow("longer than the bytes") << QByteArray("056162") << true;
    QTest::newRow("as long as can be said") << QByteArray("ffffffffffffff0f6162") << true;
    QTest::newRow("encoded surrogate") << QByteArray("03eda080") << false;
    QTest::newRow("overlong") << QByteArray("02c080") << false;
    QTest::newRow("cut sequence") << QByteArray("02e4b8") << false;
}

void TestEncoding::brokenStrings()
{
    QFETCH(QByteArray, digits);
    QFETCH(bool, truncated);
    const Bytes input = fromHex(digits);
    Decoder decoder(input);
    const auto read = decoder.readVarString();
    QVERIFY(!read.has_value());
    QVERIFY(read.error().code == (truncated ? ErrorCode::Truncated : ErrorCode::Malformed));
    QCOMPARE(decoder.position(), std::size_t(0));
}

void TestEncoding::messages()
{
    Encoder stream;
    const Bytes first = bytes({1, 2, 3});
    stream.writeMessage(first);
    stream.writeMessage({});
    stream.writeMessage(Bytes(300, std::byte{7}));
    const auto all = Decoder(stream.view()).readMessages();
    QVERIFY(all.has_value());
    QCOMPARE(all->size(), std::size_t(3));
    QCOMPARE(hex((*all)[0]), QByteArray("010203"));
    QVERIFY((*all)[1].empty());
    QCOMPARE((*all)[2].size(), std::size_t(300));
    QCOMPARE(hex(writeMessage(first)), QByteArray("03010203"));
    QCOMPARE(hex(*readMessage(stream.view())), QByteArray("010203"));
    QVERIFY(Decoder({}).readMessages()->empty());

    // A stream that is cut is no stream, and nothing of it is taken.
    Decoder cut(stream.view().first(stream.size() - 1));
    const auto none = cut.readMessages();
    QVERIFY(!none.has_value());
    QVERIFY(none.error().code == ErrorCode::Truncated);
    QCOMPARE(cut.position(), std::size_t(0));
    QVERIFY(!readMessage({}).has_value());
    QVERIFY(!readMessage(bytes({2, 1})).has_value());
}

void TestEncoding::numbers()
{
    Encoder encoder;
    encoder.writeUint8(255);
    encoder.writeFloat32(1.5F);
    encoder.writeFloat64(-0.1);
    encoder.writeBigInt64(-2);
    encoder.writeRaw(bytes({9, 8}));
    QCOMPARE(hex(encoder.view()), QByteArray("ff3fc00000bfb999999999999afffffffffffffffe0908"));
    Decoder decoder(encoder.view());
    QCOMPARE(*decoder.readUint8(), std::uint8_t(255));
    QCOMPARE(*decoder.readFloat32(), 1.5F);
    QCOMPARE(*decoder.readFloat64(), -0.1);
    QCOMPARE(*decoder.readBigInt64(), std::int64_t(-2));
    QCOMPARE(decoder.rest().size(), std::size_t(2));
    QVERIFY(!decoder.readRaw(3).has_value());
    QCOMPARE(hex(*decoder.readRaw(2)), QByteArray("0908"));
    QVERIFY(decoder.atEnd());
    QVERIFY(!decoder.readUint8().has_value());
    QVERIFY(decoder.readRaw(0).has_value());
}

void TestEncoding::truncatedAtEveryByte()
{
    const auto write = [](Encoder& encoder) {
        encoder.writeVarUint(300);
        encoder.writeVarInt(-5000);
        encoder.writeVarString(std::u16string_view(u"añ\U0001F600"));
        encoder.writeFloat64(2.5);
        encoder.writeFloat32(2.5F);
        encoder.writeBigInt64(77);
        encoder.writeMessage(bytes({1, 2, 3, 4}));
    };
    const auto readsAll = [](BytesView view) {
        Decoder decoder(view);
        return decoder.readVarUint().has_value() && decoder.readVarInt().has_value()
            && decoder.readVarString().has_value() && decoder.readFloat64().has_value()
            && decoder.readFloat32().has_value() && decoder.readBigInt64().has_value()
            && decoder.readMessage().has_value();
    };
    Encoder encoder;
    write(encoder);
    QVERIFY(readsAll(encoder.view()));
    for (std::size_t length = 0; length < encoder.size(); ++length) {
        // In memory of its own, so that reading on is found out.
        const Bytes cut(
            encoder.view().begin(), encoder.view().begin() + static_cast<std::ptrdiff_t>(length));
        QVERIFY2(!readsAll(cut), qPrintable(QString::number(length)));
    }
}

void TestEncoding::failedReadStaysWhereItWas()
{
    const Bytes input = bytes({0x01, 0x85, 0x80});
    Decoder decoder(input);
    QCOMPARE(*decoder.readVarUint(), std::uint64_t(1));
    QVERIFY(!decoder.readVarUint().has_value());
    QVERIFY(!decoder.readVarString().has_value());
    QVERIFY(!decoder.readMessage().has_value());
    QVERIFY(!decoder.readFloat64().has_value());
    QCOMPARE(decoder.position(), std::size_t(1));
    QCOMPARE(*decoder.readUint8(), std::uint8_t(0x85));
}

void TestEncoding::encoderHousekeeping()
{
    Encoder encoder;
    encoder.reserve(100);
    QCOMPARE(encoder.size(), std::size_t(0));
    encoder.writeVarUint(5);
    encoder.clear();
    QCOMPARE(encoder.size(), std::size_t(0));
    encoder.writeVarUint(6);
    QCOMPARE(hex(encoder.take()), QByteArray("06"));
    QCOMPARE(encoder.size(), std::size_t(0));
    QVERIFY(std::isnan([&encoder] {
        encoder.writeFloat64(std::numeric_limits<double>::quiet_NaN());
        return *Decoder(encoder.view()).readFloat64();
    }()));
}

QTEST_APPLESS_MAIN(TestEncoding)
#include "tst_encoding.moc"
