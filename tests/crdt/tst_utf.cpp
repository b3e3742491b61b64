// SPDX-License-Identifier: MIT
#include "crdt/utf.h"
#include "tests/crdt/support.h"

#include <QTest>

using namespace tutti::crdt;
using namespace tutti::crdt::test;
using namespace Qt::StringLiterals;

class TestUtf : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void validity_data();
    void validity();
    void everyCodePoint();
    void loneSurrogates();
    void brokenSequences();
    void wellFormed();
    void agreesWithQt();
};

void TestUtf::validity_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("valid");
    const auto row = [](const char* name, const char* digits, bool valid) {
        QTest::newRow(name) << QByteArray::fromHex(digits) << valid;
    };
    row("empty", "", true);
    row("ascii", "6162006364656667686970", true);
    row("two bytes", "c3a9", true);
    row("smallest of two", "c280", true);
    row("overlong of two", "c1bf", false);
    row("overlong nul", "c080", false);
    row("smallest of three", "e0a080", true);
    row("overlong of three", "e09fbf", false);
    row("last before the surrogates", "ed9fbf", true);
    row("first surrogate", "eda080", false);
    row("last surrogate", "edbfbf", false);
    row("first behind the surrogates", "ee8080", true);
    row("byte order mark", "efbbbf", true);
    row("noncharacter", "efbfbf", true);
    row("smallest of four", "f0908080", true);
    row("overlong of four", "f08fbfbf", false);
    row("largest", "f48fbfbf", true);
    row("too large", "f4908080", false);
    row("f5", "f5808080", false);
    row("five bytes", "f888808080", false);
    row("ff", "ff", false);
    row("lone continuation", "80", false);
    row("cut after one of two", "c3", false);
    row("cut after two of three", "e4b8", false);
    row("cut after three of four", "f09f98", false);
    row("ascii instead of a continuation", "e4b861", false);
    row("broken behind eight good ones", "6162636465666768ff", false);
    row("broken within a word", "616263ff65666768", false);
}

void TestUtf::validity()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, valid);
    QCOMPARE(isValidUtf8({bytes.constData(), static_cast<std::size_t>(bytes.size())}), valid);
}

void TestUtf::everyCodePoint()
{
    for (char32_t code = 0; code <= 0x10FFFF; ++code) {
        if (code >= 0xD800 && code <= 0xDFFF) {
            continue;
        }
        const QString expected = QString::fromUcs4(&code, 1);
        const std::u16string units = expected.toStdU16String();
        const std::string utf8 = toUtf8(units);
        if (!isValidUtf8(utf8) || QByteArray::fromStdString(utf8) != expected.toUtf8()
            || toUtf16(utf8) != units) {
            QFAIL(qPrintable(u"code point %1"_s.arg(static_cast<uint>(code), 0, 16)));
        }
    }
}

void TestUtf::loneSurrogates()
{
    constexpr char16_t kHigh = 0xD83D;
    constexpr char16_t kLow = 0xDE00;
    const std::u16string high{u'a', kHigh, u'b'};
    const std::u16string low{kLow, u'b'};
    const std::u16string swapped{kLow, kHigh};
    QCOMPARE(qString(toUtf8(high)), u"a\uFFFDb"_s);
    QCOMPARE(qString(toUtf8(low)), u"\uFFFDb"_s);
    QCOMPARE(qString(toUtf8(swapped)), u"\uFFFD\uFFFD"_s);
    QCOMPARE(qString(toUtf8(std::u16string{kHigh})), u"\uFFFD"_s);
    // Two highs, the second with its low: only the first is alone.
    QCOMPARE(qString(toUtf8(std::u16string{kHigh, kHigh, kLow})), u"\uFFFD\U0001F600"_s);
    // WTF-8, as Any keeps it, is read back as the unit it was.
    QCOMPARE(toUtf16("a\xED\xA0\xBD"), (std::u16string{u'a', kHigh}));
}

void TestUtf::brokenSequences()
{
    QCOMPARE(qString(toUtf16("a\xFFz")), u"a\uFFFDz"_s);
    QCOMPARE(toUtf16("\xE4\xB8").size(), std::size_t(2));
    QVERIFY(toUtf16("").empty());
    QVERIFY(toUtf8(u"").empty());
    // A NUL is a character like any other.
    QCOMPARE(toUtf16(std::string_view("a\0b", 3)), std::u16string(u"a\0b", 3));
}

void TestUtf::wellFormed()
{
    constexpr char16_t kHigh = 0xD83D;
    constexpr char16_t kLow = 0xDE00;
    QVERIFY(isWellFormed(u""));
    QVERIFY(isWellFormed(u"a\U0001F600z"));
    for (const std::u16string& broken :
        {std::u16string{kHigh}, std::u16string{kLow}, std::u16string{kLow, kHigh},
            std::u16string{kHigh, kHigh, kLow}, std::u16string{kHigh, u'a', kLow}}) {
        QVERIFY(!isWellFormed(broken));
        const std::u16string mended = toWellFormed(broken);
        QCOMPARE(mended.size(), broken.size());
        QVERIFY(isWellFormed(mended));
    }
    QCOMPARE(qString(toWellFormed(std::u16string{kHigh, kHigh, kLow})), u"\uFFFD\U0001F600"_s);
}

void TestUtf::agreesWithQt()
{
    for (const std::uint64_t seed : seeds({1, 2, 3})) {
        Random random(seed);
        for (int i = 0; i < 2000; ++i) {
            const std::u16string text = randomText(random, random.below(60));
            const std::string utf8 = toUtf8(text);
            QCOMPARE(QByteArray::fromStdString(utf8), qString(text).toUtf8());
            QCOMPARE(toUtf16(utf8), text);
            QVERIFY(isValidUtf8(utf8));
            // Cut inside a sequence it is not valid any more.
            for (std::size_t cut = 0; cut < utf8.size(); ++cut) {
                const bool inside = (static_cast<unsigned char>(utf8[cut]) & 0xC0) == 0x80;
                QCOMPARE(isValidUtf8(std::string_view(utf8).substr(0, cut)), !inside);
            }
        }
    }
}

QTEST_APPLESS_MAIN(TestUtf)
#include "tst_utf.moc"
