// SPDX-License-Identifier: MIT
#include "crdt/text.h"
#include "tests/crdt/support.h"

#include <QTest>

#include <set>

using namespace tutti::crdt;
using namespace tutti::crdt::test;
using namespace Qt::StringLiterals;

namespace {

constexpr char16_t kHigh = 0xD83D;
constexpr char16_t kLow = 0xDE00;
constexpr std::u16string_view kSmile = u"\U0001F600";

/// What the text's contract says of an insertion, on a plain string.
void modelInsert(std::u16string& text, std::size_t index, std::u16string_view added)
{
    index = std::min(index, text.size());
    if (index > 0 && index < text.size() && isLowSurrogate(text[index])
        && isHighSurrogate(text[index - 1])) {
        --index;
    }
    text.insert(index, toWellFormed(added));
}

void modelErase(std::u16string& text, std::size_t index, std::size_t count)
{
    if (index >= text.size() || count == 0) {
        return;
    }
    std::size_t end = count > text.size() - index ? text.size() : index + count;
    const auto cuts = [&text](std::size_t place) {
        return place > 0 && place < text.size() && isLowSurrogate(text[place])
            && isHighSurrogate(text[place - 1]);
    };
    end += cuts(end) ? 1 : 0;
    index -= cuts(index) ? 1 : 0;
    text.erase(index, end - index);
}

/// A doc with one text that must equal a string after every step.
struct Pair
{
    Pair() = default;

    void insert(std::size_t index, std::u16string_view added)
    {
        text.insert(at(index), added);
        modelInsert(model, index, added);
        compare();
    }
    void erase(std::size_t index, std::size_t count)
    {
        text.erase(at(index), at(count));
        modelErase(model, index, count);
        compare();
    }
    void compare()
    {
        checkInvariants(doc);
        equal = equal && text.toString() == model && text.length() == at(model.size())
            && text.slice(at(0), text.length()) == model;
    }

    Doc doc = makeDoc(1);
    Text text = doc.get<Text>("t");
    std::u16string model;
    bool equal = true;
};

} // namespace

class TestText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void simple();
    void edges();
    void surrogatePairs();
    void loneSurrogates();
    void slices();
    void sizesAroundTheLongestRun_data();
    void sizesAroundTheLongestRun();
    void pairsAcrossTheLongestRun();
    void widening();
    void typingGrowsOneStruct();
    void randomAgainstString();
    void handlesAndRoots();
    void isPlain_data();
    void isPlain();
    void writingIntoFormattedText();
};

void TestText::simple()
{
    Pair pair;
    pair.insert(0, u"hello");
    pair.insert(5, u" world");
    pair.insert(5, u",");
    pair.erase(0, 1);
    pair.insert(0, u"H");
    QVERIFY(pair.equal);
    QCOMPARE(qString(pair.text), u"Hello, world"_s);
    pair.erase(0, 12);
    QVERIFY(pair.equal);
    QCOMPARE(pair.text.length().value(), 0U);
}

void TestText::edges()
{
    Pair pair;
    pair.insert(0, u"");
    pair.erase(0, 1);
    pair.insert(1000, u"beyond the end is the end");
    pair.insert(4'000'000'000U, u"!");
    pair.erase(26, 1);
    pair.erase(4'000'000'000U, 4'000'000'000U);
    pair.erase(3, 0);
    pair.insert(3, u"");
    QVERIFY(pair.equal);
    pair.erase(25, 0xFFFFFFFFU); // does not wrap
    QVERIFY(pair.equal);
    QCOMPARE(qString(pair.text), u"beyond the end is the end"_s);
    pair.erase(0, 0xFFFFFFFFU);
    QVERIFY(pair.equal && pair.model.empty());
    pair.insert(7, u"again");
    QVERIFY(pair.equal);
}

void TestText::surrogatePairs()
{
    Pair pair;
    pair.insert(0, u"a\U0001F600b\U0001F601");
    pair.insert(2, u"x"); // inside the first pair: before it
    QCOMPARE(qString(pair.text), u"ax\U0001F600b\U0001F601"_s);
    pair.insert(6, u"y"); // inside the second
    QCOMPARE(qString(pair.text), u"ax\U0001F600by\U0001F601"_s);
    QVERIFY(pair.equal);
    pair.erase(3, 1); // the second half takes all of it
    QCOMPARE(qString(pair.text), u"axby\U0001F601"_s);
    pair.erase(4, 1); // the first half too
    QCOMPARE(qString(pair.text), u"axby"_s);
    QVERIFY(pair.equal);

    pair.insert(4, u"\U0001F600\U0001F601\U0001F602");
    pair.erase(5, 4); // from the middle of the first to the middle of the last
    QCOMPARE(qString(pair.text), u"axby"_s);
    QVERIFY(pair.equal);

    pair.insert(4, kSmile);
    pair.erase(3, 2); // a unit and half a pair
    QCOMPARE(qString(pair.text), u"axb"_s);
    QVERIFY(pair.equal);
}

void TestText::loneSurrogates()
{
    Pair pair;
    pair.insert(0, std::u16string{u'a', kHigh});
    QCOMPARE(qString(pair.text), u"a\uFFFD"_s);
    pair.insert(2, std::u16string{kLow, u'b'}); // does not complete anything
    QCOMPARE(qString(pair.text), u"a\uFFFD\uFFFDb"_s);
    pair.insert(0, std::u16string{kLow, kHigh, kHigh, kLow});
    QVERIFY(pair.equal);
    // What was written is what others read.
    Doc other = makeDoc(2);
    QVERIFY(other.applyUpdate(pair.doc.getUpdate()).has_value());
    QCOMPARE(qString(other.get<Text>("t")), qString(pair.text));
    // A NUL is text.
    pair.insert(1, std::u16string_view(u"\0", 1));
    QVERIFY(pair.equal);
}

void TestText::slices()
{
    Pair pair;
    pair.insert(0, u"0123\U0001F600789");
    pair.erase(2, 1);
    pair.insert(2, u"zz");
    const std::u16string& model = pair.model;
    for (std::size_t begin = 0; begin <= model.size() + 2; ++begin) {
        for (std::size_t end = 0; end <= model.size() + 2; ++end) {
            const std::size_t last = std::min(end, model.size());
            const std::u16string expected =
                begin < last ? model.substr(begin, last - begin) : std::u16string();
            QCOMPARE(pair.text.slice(at(begin), at(end)), expected);
        }
    }
    QCOMPARE(pair.text.slice(at(4), at(0xFFFFFFFFU)), model.substr(4));
}

void TestText::sizesAroundTheLongestRun_data()
{
    QTest::addColumn<quint32>("size");
    QTest::addColumn<bool>("wide");
    constexpr quint32 kRun = detail::kMaxRun;
    for (const bool wide : {false, true}) {
        for (const quint32 size : std::set{1U, 2U, 3U, 4U, 5U, 7U, 8U, 9U, kRun - 1, kRun, kRun + 1,
                 2 * kRun - 1, 2 * kRun, 2 * kRun + 1, 5 * kRun + 3}) {
            QTest::addRow("%u %s", size, wide ? "wide" : "ascii") << size << wide;
        }
    }
}

void TestText::sizesAroundTheLongestRun()
{
    QFETCH(quint32, size);
    QFETCH(bool, wide);
    std::u16string content;
    for (quint32 i = 0; i < size; ++i) {
        content += static_cast<char16_t>((wide && i % 3 == 0 ? 0x4E00 : u'a') + i % 26);
    }
    const std::size_t places[] = {
        0, 1, size / 2, detail::kMaxRun - 1, detail::kMaxRun, detail::kMaxRun + 1, size - 1, size};
    for (const std::size_t place : places) {
        Pair pair;
        pair.insert(0, content);
        pair.insert(place, u"X");
        pair.insert(place, content);
        pair.erase(place, size / 2);
        pair.erase(0, 1);
        QVERIFY(pair.equal);
        // All of it is one struct for others: what they make of it is the same.
        Doc other = makeDoc(2);
        QVERIFY(other.applyUpdate(pair.doc.getUpdate()).has_value());
        QCOMPARE(qString(other.get<Text>("t")), qString(pair.model));
        QCOMPARE(hex(other.getUpdate()), hex(pair.doc.getUpdate()));
        checkInvariants(other);
        pair.erase(0, pair.model.size());
        QVERIFY(pair.equal);
    }
    // One piece, however long, is one struct.
    Doc doc = makeDoc(1);
    doc.get<Text>("t").insert(at(0), content);
    const QByteArray bytes = hex(doc.getUpdate());
    QVERIFY2(bytes.startsWith("01010100040101"), bytes.left(40).constData());
}

void TestText::pairsAcrossTheLongestRun()
{
    // Every way a pair can lie over the boundary between runs.
    for (std::size_t before = 0; before < detail::kMaxRun + 2;
        before += before + 6 < detail::kMaxRun ? 5 : 1) {
        Pair pair;
        std::u16string content(before, u'a');
        for (std::size_t i = 0; i < detail::kMaxRun; ++i) {
            content += kSmile;
        }
        pair.insert(0, content);
        pair.insert(before + 1, u"x");
        pair.erase(before + detail::kMaxRun, 3);
        pair.insert(before + detail::kMaxRun, kSmile);
        QVERIFY2(pair.equal, qPrintable(QString::number(before)));
        QVERIFY(isWellFormed(pair.text.toString()));
    }
}

void TestText::widening()
{
    Pair pair;
    pair.insert(0, u"ab");
    pair.insert(2, u"é"); // the run becomes wide where it stands
    pair.insert(3, u"cd");
    pair.insert(1, u"中");
    pair.erase(1, 1);
    pair.insert(5, u"\U0001F600");
    pair.erase(2, 1); // ASCII on both sides, wide blocks
    pair.insert(2, u"plain");
    QVERIFY(pair.equal);
    // Joined from halves of both kinds.
    Doc writer = makeDoc(5);
    Text text = writer.get<Text>("t");
    writer.transact({}, [&text] {
        text.insert(at(0), u"ascii");
        text.insert(at(5), u"wéité");
        text.insert(at(10), u"ascii");
    });
    QCOMPARE(qString(text), u"asciiwéitéascii"_s);
    Doc reader = makeDoc(6);
    QVERIFY(reader.applyUpdate(writer.getUpdate()).has_value());
    QCOMPARE(qString(reader.get<Text>("t")), qString(text));
}

void TestText::typingGrowsOneStruct()
{
    Doc doc = makeDoc(1);
    Text text = doc.get<Text>("t");
    std::u16string typed;
    for (std::size_t i = 0; i < 3000; ++i) {
        const char16_t unit = i % 7 == 3 ? u'é' : u'x';
        text.insert(at(i), std::u16string(1, unit));
        typed += unit;
    }
    QCOMPARE(text.toString(), typed);
    const Bytes update = doc.getUpdate();
    QCOMPARE(hex(update).left(8), QByteArray("01010100")); // one client, one struct
    checkInvariants(doc);
}

void TestText::randomAgainstString()
{
    for (const std::uint64_t seed : seeds({1, 2, 3, 4, 5, 6})) {
        Random random(seed);
        Pair pair;
        for (int step = 0; step < 1500; ++step) {
            const std::size_t size = pair.model.size();
            if (random.below(100) < (size > 4000 ? 30 : 58)) {
                const std::size_t length = random.oneIn(40) ? random.below(3000) : random.below(12);
                pair.insert(random.below(size + 3), randomText(random, length));
            } else {
                const std::size_t count =
                    random.oneIn(30) ? random.below(size + 10) : random.below(9);
                pair.erase(random.below(size + 3), count);
            }
            QVERIFY2(pair.equal, qPrintable(u"seed %1, step %2"_s.arg(seed).arg(step)));
            const std::uint32_t begin = random.below(pair.model.size() + 1);
            const std::uint32_t end = begin + random.below(60);
            QCOMPARE(pair.text.slice(at(begin), at(end)), pair.model.substr(begin, end - begin));
        }
        Doc reader = makeDoc(2);
        QVERIFY(reader.applyUpdate(pair.doc.getUpdate()).has_value());
        QCOMPARE(qString(reader.get<Text>("t")), qString(pair.model));
        QCOMPARE(hex(reader.getUpdate()), hex(pair.doc.getUpdate()));
    }
}

void TestText::handlesAndRoots()
{
    Doc doc = makeDoc(1);
    Text a = doc.get<Text>("a");
    Text sameA = doc.get<Text>("a");
    Text b = doc.get<Text>("b");
    Text unnamed = doc.get<Text>("");
    QVERIFY(a == sameA && !(a == b) && !(a == unnamed));
    QCOMPARE(qString(a.rootName()), u"a"_s);
    a.insert(at(0), u"in a");
    unnamed.insert(at(0), u"in nothing");
    QCOMPARE(qString(sameA), u"in a"_s);
    QVERIFY(b.toString().empty());
    Text copy = b;
    copy.insert(at(0), u"by a copy");
    QCOMPARE(qString(b), u"by a copy"_s);
    Doc reader = makeDoc(2);
    QVERIFY(reader.applyUpdate(doc.getUpdate()).has_value());
    QCOMPARE(qString(reader.get<Text>("")), u"in nothing"_s);
    QCOMPARE(qString(reader.get<Text>("a")), u"in a"_s);
}

void TestText::isPlain_data()
{
    QTest::addColumn<QByteArray>("update");
    QTest::addColumn<bool>("plain");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("slice");
    // Client 1, root "t", after the format's rules.
    QTest::newRow("text") << QByteArray("010101000401017402616200") << true << u"ab"_s << u"ab"_s;
    QTest::newRow("bold text") << QByteArray(
        "010301000601017404626f6c640474727565840100026869860102"
        "04626f6c64046e756c6c00")
                               << true << u"hi"_s << u"hi"_s;
    QTest::newRow("embed") << QByteArray("0101010005010174077b2261223a317d00") << false << u""_s
                           << u"\uFFFC"_s;
    QTest::newRow("nested type") << QByteArray("01010100070101740200") << false << u""_s
                                 << u"\uFFFC"_s;
    QTest::newRow("values") << QByteArray("0101010008010174027d017d0200") << false << u""_s
                            << u"\uFFFC\uFFFC"_s;
    QTest::newRow("deleted") << QByteArray("01010100010101740500") << true << u""_s << u""_s;
}

void TestText::isPlain()
{
    QFETCH(QByteArray, update);
    QFETCH(bool, plain);
    QFETCH(QString, text);
    QFETCH(QString, slice);
    Doc doc = makeDoc(9);
    const auto applied = doc.applyUpdate(fromHex(update));
    QVERIFY2(applied.has_value(), applied ? "" : applied.error().message.c_str());
    const Text root = doc.get<Text>("t");
    QCOMPARE(root.isPlain(), plain);
    QCOMPARE(qString(root), text);
    QCOMPARE(qString(root.slice(at(0), root.length())), slice);
    QCOMPARE(root.length().value(), static_cast<quint32>(slice.size()));
}

void TestText::writingIntoFormattedText()
{
    // "hi" in bold. What is written inside takes that on; what is written behind it does not.
    const Bytes bold =
        fromHex("010301000601017404626f6c64047472756584010002686986010204626f6c64046e756c6c00");
    Doc doc = makeDoc(9);
    QVERIFY(doc.applyUpdate(bold).has_value());
    Text text = doc.get<Text>("t");
    Mirror mirror(text);
    text.insert(at(1), u"--");
    text.insert(at(4), u"end");
    text.insert(at(0), u"start");
    text.erase(at(4), at(3));
    QCOMPARE(qString(text), u"star-iend"_s);
    QVERIFY(mirror.fits && mirror.text == text.toString());
    QVERIFY(text.isPlain());
    checkInvariants(doc);
    Doc reader = makeDoc(10);
    QVERIFY(reader.applyUpdate(doc.getUpdate()).has_value());
    QCOMPARE(qString(reader.get<Text>("t")), qString(text));
}

QTEST_APPLESS_MAIN(TestText)
#include "tst_text.moc"
