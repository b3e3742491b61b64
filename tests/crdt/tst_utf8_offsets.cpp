// SPDX-License-Identifier: MIT
//
// Docs whose texts count bytes of UTF-8: every offset in and out, against a UTF-8 string.
#include "crdt/doc.h"
#include "crdt/sticky_index.h"
#include "crdt/utf.h"
#include "support.h"

#include <QTest>

#include <string>

using namespace Qt::StringLiterals;
using namespace tutti::crdt;
using namespace tutti::crdt::test;

class TestUtf8Offsets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void editing();
    void insideACodePoint();
    void deltasAndEvents();
    void stickyPositions();
    void peersOfTheOtherKind();
    void randomEdits();
};

namespace {

Doc utf8Doc(std::uint64_t client)
{
    Doc::Options options;
    options.clientId = ClientId(client);
    options.offsetKind = OffsetKind::Utf8;
    return Doc(std::move(options));
}

/// The start of the code point that a byte is in.
std::size_t boundary(const std::string& text, std::size_t at)
{
    at = std::min(at, text.size());
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) {
        --at;
    }
    return at;
}

std::size_t boundaryUp(const std::string& text, std::size_t at)
{
    at = std::min(at, text.size());
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) {
        ++at;
    }
    return at;
}

std::string utf8(const Text& text) { return toUtf8(text.toString()); }

} // namespace

void TestUtf8Offsets::editing()
{
    Doc doc = utf8Doc(1);
    QCOMPARE(doc.offsetKind(), OffsetKind::Utf8);
    Text text = doc.get<Text>("t");
    text.insert(at(0), "aé中\U0001F600z");
    QCOMPARE(text.length(), at(11));
    text.insert(at(3), "|");
    QCOMPARE(qString(text), u"aé|中\U0001F600z"_s);
    text.erase(at(4), at(3));
    QCOMPARE(qString(text), u"aé|\U0001F600z"_s);
    QCOMPARE(qString(text.slice(at(1), at(4))), u"é|"_s);
    text.format(at(4), at(4), {{"b", true}});
    QCOMPARE(text.toDelta()[1].length, at(4));
    QCOMPARE(qString(text.toDelta()[1].text), u"\U0001F600"_s);
    text.insert(at(99), "end");
    QVERIFY(utf8(text).ends_with("zend"));
}

void TestUtf8Offsets::insideACodePoint()
{
    Doc doc = utf8Doc(1);
    Text text = doc.get<Text>("t");
    text.insert(at(0), "a中b");
    text.insert(at(2), "x"); // moves to the start of 中
    QCOMPARE(qString(text), u"ax中b"_s);
    text.erase(at(2), at(1)); // takes all of it
    QCOMPARE(qString(text), u"axb"_s);
}

void TestUtf8Offsets::deltasAndEvents()
{
    Doc doc = utf8Doc(1);
    Text text = doc.get<Text>("t");
    text.insert(at(0), "é中\U0001F600");
    std::vector<DeltaOp> delta;
    const auto watch = text.observe(
        [&](const TypeEvent& event) { delta.assign(event.delta.begin(), event.delta.end()); });
    text.applyDelta(std::vector<DeltaEdit>{
        DeltaEdit::retain(at(2)), DeltaEdit::erase(at(3)), DeltaEdit::insert(u"ß!")});
    QCOMPARE(qString(text), u"éß!\U0001F600"_s);
    QCOMPARE(delta.size(), std::size_t(3));
    QCOMPARE(delta[0].length, at(2));
    QVERIFY(delta[1].length == at(3) || delta[2].length == at(3));
    const DeltaOp& inserted = delta[1].kind == DeltaOp::Kind::Insert ? delta[1] : delta[2];
    QCOMPARE(inserted.length, at(3));
}

void TestUtf8Offsets::stickyPositions()
{
    Doc doc = utf8Doc(1);
    Text text = doc.get<Text>("t");
    text.insert(at(0), "é中z");
    const StickyIndex before = StickyIndex::at(text, at(5), Assoc::Before);
    const StickyIndex after = StickyIndex::at(text, at(5), Assoc::After);
    QCOMPARE(before.offsetIn(text), at(5));
    text.insert(at(5), "ü");
    QCOMPARE(before.offsetIn(text), at(5));
    QCOMPARE(after.offsetIn(text), at(7));
    text.insert(at(0), "\U0001F600");
    QCOMPARE(before.offsetIn(text), at(9));
    QCOMPARE(StickyIndex::at(text, at(99)).offsetIn(text), text.length());
}

void TestUtf8Offsets::peersOfTheOtherKind()
{
    // What offsets count is a matter of each copy; the bytes are the same.
    Doc bytes = utf8Doc(1);
    Doc units = makeDoc(1);
    bytes.get<Text>("t").insert(at(0), "é中");
    units.get<Text>("t").insert(at(0), u"é中");
    bytes.get<Text>("t").insert(at(2), "x");
    units.get<Text>("t").insert(at(1), u"x");
    QCOMPARE(hex(bytes.getUpdate()), hex(units.getUpdate()));
    Doc reader = makeDoc(2);
    QVERIFY(reader.applyUpdate(bytes.getUpdate()));
    QCOMPARE(qString(reader.get<Text>("t")), u"éx中"_s);
}

void TestUtf8Offsets::randomEdits()
{
    for (const std::uint64_t seed : seeds({21, 22, 23})) {
        Random random(seed);
        Doc doc = utf8Doc(1);
        Text text = doc.get<Text>("t");
        std::string model;
        std::string mirror;
        bool fits = true;
        const auto watch = text.observe([&](const TypeEvent& event) {
            std::size_t position = 0;
            for (const DeltaOp& op : event.delta) {
                const std::size_t length = op.length.value();
                fits = fits
                    && (op.kind == DeltaOp::Kind::Insert || position + length <= mirror.size());
                if (op.kind == DeltaOp::Kind::Delete) {
                    mirror.erase(position, length);
                    continue;
                }
                if (op.kind == DeltaOp::Kind::Insert) {
                    mirror.insert(position, toUtf8(op.text));
                }
                position += length;
            }
        });
        for (int round = 0; round < 600; ++round) {
            const auto place = static_cast<std::uint32_t>(random.below(model.size() + 3));
            if (random.oneIn(3)) {
                const auto count = static_cast<std::uint32_t>(random.below(9));
                text.erase(at(place), at(count));
                const std::size_t begin = boundary(model, place);
                const std::size_t end = boundaryUp(model, begin + count);
                if (count > 0) {
                    model.erase(begin, end - begin);
                }
            } else if (random.oneIn(8)) {
                text.format(at(place), at(random.below(5)), {{"b", random.oneIn(2)}});
                model = utf8(text); // beyond the end it adds line ends
            } else {
                const std::u16string added = randomText(random, random.between(1, 5));
                text.insert(at(place), added);
                model.insert(boundary(model, place), toUtf8(added));
            }
            QVERIFY2(
                utf8(text) == model, qPrintable(u"TUTTI_SEED=%1, round %2"_s.arg(seed).arg(round)));
            QVERIFY2(fits && mirror == model,
                qPrintable(u"TUTTI_SEED=%1, round %2"_s.arg(seed).arg(round)));
            QCOMPARE(text.length().value(), static_cast<std::uint32_t>(model.size()));
        }
        checkInvariants(doc);
    }
}

QTEST_GUILESS_MAIN(TestUtf8Offsets)
#include "tst_utf8_offsets.moc"
