// SPDX-License-Identifier: MIT
//
// Whatever bytes come in: an error or a document that holds together, never a crash, nothing
// half-done, no memory that the input does not account for.
#include "crdt/any.h"
#include "crdt/doc.h"
#include "crdt/sync_protocol.h"
#include "crdt/update.h"
#include "tests/crdt/allocation_cap.h"
#include "tests/crdt/support.h"
#include "tests/crdt/vector_samples.h"

#include <QTest>

using namespace tutti::crdt;
using namespace tutti::crdt::test;
using namespace Qt::StringLiterals;

namespace {

/// A document with some of everything that an update may run into.
Doc makeTarget(const std::vector<Sample>& samples)
{
    Doc doc = makeDoc(4242);
    doc.get<Text>("t").insert(at(0), u"text that was here");
    doc.get<Text>("t").erase(at(3), at(4));
    static_cast<void>(doc.applyUpdate(samples[samples.size() / 2].update));
    return doc;
}

constexpr std::size_t allowance(std::size_t inputBytes) { return 1000 * inputBytes + 1024 * 1024; }

/// Feeds bytes to everything that reads updates; says what went wrong, or nothing.
QString feed(Doc& doc, BytesView input, bool& accepted)
{
    const Bytes before = doc.getUpdate();
    static_cast<void>(takeLargestAllocation());
    const auto result = doc.applyUpdate(input);
    if (const std::size_t largest = takeLargestAllocation();
        largest > allowance(input.size() + before.size())) {
        return u"allocates %1 bytes at once"_s.arg(largest);
    }
    checkInvariants(doc);
    accepted = result.has_value();
    if (!accepted) {
        if (result.error().message.empty()) {
            return u"says nothing about the error"_s;
        }
        if (doc.getUpdate() != before) {
            return u"refused, but the document changed"_s;
        }
    } else {
        // What came out of it can be read again, and gives the same.
        const Bytes after = doc.getUpdate();
        Doc copy = makeDoc(4343);
        if (const auto copied = copy.applyUpdate(after); !copied) {
            return u"cannot be read again: "_s + qString(copied.error().message);
        }
        checkInvariants(copy);
        // What is pending may contradict what is there; then it is open what a copy takes first.
        if (!doc.hasPending() && copy.getState() != doc.getState()) {
            return u"a copy has another state"_s;
        }
    }
    static_cast<void>(takeLargestAllocation());
    const auto decoded = decodeUpdate(input);
    const auto state = getState(input);
    const BytesView both[] = {input, before};
    const auto merged = mergeUpdates(both);
    const auto difference = getUpdate(input, doc.getState());
    static_cast<void>(decodeState(input));
    static_cast<void>(doc.getUpdate(input));
    Encoder message;
    message.writeVarUint(0);
    message.writeVarUint(2);
    message.writeMessage(input);
    if (const std::size_t largest = takeLargestAllocation();
        largest > allowance(input.size() + before.size())) {
        return u"allocates %1 bytes at once outside a document"_s.arg(largest);
    }
    if (decoded.has_value() != accepted || state.has_value() != accepted
        || merged.has_value() != accepted || difference.has_value() != accepted) {
        return u"is accepted in one place and refused in another"_s;
    }
    if (merged) {
        Doc copy = makeDoc(4444);
        if (!copy.applyUpdate(*merged)) {
            return u"merged, it cannot be read"_s;
        }
        checkInvariants(copy);
    }
    return {};
}

} // namespace

class TestMalformed : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void truncatedAtEveryByte();
    void everyBitFlipped();
    void randomChanges_data();
    void randomChanges();
    void randomBytes();
    void bombs_data();
    void bombs();
    void editingGoesOn();
    void hostileStateVectors();

private:
    std::vector<Sample> m_samples;
};

void TestMalformed::initTestCase()
{
    m_samples = readSamples(u"documents.json"_s, 500);
    QVERIFY(m_samples.size() > 100);
}

void TestMalformed::truncatedAtEveryByte()
{
    Doc doc = makeTarget(m_samples);
    const Bytes before = doc.getUpdate();
    for (std::size_t i = 0; i < m_samples.size(); i += 4) {
        const Sample& sample = m_samples[i];
        for (std::size_t length = 0; length < sample.update.size(); ++length) {
            // In memory of its own, so that reading on is found out.
            const Bytes cut(
                sample.update.begin(), sample.update.begin() + static_cast<std::ptrdiff_t>(length));
            QVERIFY2(!doc.applyUpdate(cut).has_value(),
                qPrintable(u"%1 at %2"_s.arg(sample.name).arg(length)));
        }
        QVERIFY2(doc.getUpdate() == before, qPrintable(sample.name));
        checkInvariants(doc);
    }
}

void TestMalformed::everyBitFlipped()
{
    int refused = 0;
    int taken = 0;
    for (std::size_t i = 0; i < m_samples.size(); i += 97) {
        const Sample& sample = m_samples[i];
        const std::size_t bits = std::min<std::size_t>(sample.update.size(), 120) * 8;
        Doc doc = makeTarget(m_samples);
        for (std::size_t bit = 0; bit < bits; ++bit) {
            Bytes flipped = sample.update;
            flipped[bit / 8] ^= static_cast<std::byte>(1U << (bit % 8));
            bool accepted = false;
            const QString wrong = feed(doc, flipped, accepted);
            QVERIFY2(wrong.isEmpty(),
                qPrintable(u"%1, bit %2: %3, %4"_s.arg(sample.name)
                        .arg(bit)
                        .arg(wrong, QString::fromLatin1(hex(flipped)))));
            ++(accepted ? taken : refused);
            if (accepted && storeOf(doc).graph.items.size() > 2000) {
                doc = makeTarget(m_samples);
            }
        }
    }
    qInfo("%d refused, %d taken", refused, taken);
    QVERIFY(refused > 100 && taken > 100);
}

void TestMalformed::randomChanges_data()
{
    QTest::addColumn<quint64>("seed");
    for (const std::uint64_t seed : seeds({1, 2, 3, 4})) {
        QTest::addRow("seed %llu", static_cast<unsigned long long>(seed)) << quint64(seed);
    }
}

void TestMalformed::randomChanges()
{
    QFETCH(quint64, seed);
    Random random(seed);
    Doc doc = makeTarget(m_samples);
    for (int round = 0; round < 250; ++round) {
        Bytes input = m_samples[random.below(m_samples.size())].update;
        for (std::uint32_t changes = random.between(1, 4); changes > 0; --changes) {
            const auto place = static_cast<std::ptrdiff_t>(random.below(input.size()));
            switch (random.below(6)) {
            case 0:
                input[static_cast<std::size_t>(place)] = static_cast<std::byte>(random.bits());
                break;
            case 1:
                input.erase(input.begin() + place);
                break;
            case 2:
                input.insert(input.begin() + place, static_cast<std::byte>(random.bits()));
                break;
            case 3: { // a number that is larger than anything
                const Bytes huge = fromHex(random.oneIn(2) ? "ffffffffffffff0f" : "ffffffff0f");
                input.insert(input.begin() + place, huge.begin(), huge.end());
                break;
            }
            case 4: { // a piece of it again
                const Bytes piece(input.begin() + place, input.end());
                input.insert(
                    input.begin() + random.below(input.size()), piece.begin(), piece.end());
                break;
            }
            default: { // the end of another one
                const Bytes& other = m_samples[random.below(m_samples.size())].update;
                input.resize(static_cast<std::size_t>(place));
                input.insert(input.end(), other.begin() + random.below(other.size()), other.end());
                break;
            }
            }
            if (input.empty()) {
                input.push_back(std::byte{0});
            }
        }
        bool accepted = false;
        const QString wrong = feed(doc, input, accepted);
        QVERIFY2(wrong.isEmpty(),
            qPrintable(u"TUTTI_SEED=%1, round %2: %3, %4"_s.arg(seed).arg(round).arg(
                wrong, QString::fromLatin1(hex(input)))));
        if (random.oneIn(25)) {
            doc = makeTarget(m_samples);
        }
    }
}

void TestMalformed::randomBytes()
{
    for (const std::uint64_t seed : seeds({5, 6})) {
        Random random(seed);
        Doc doc = makeTarget(m_samples);
        for (int round = 0; round < 1500; ++round) {
            Bytes input(random.below(40));
            for (std::byte& byte : input) {
                byte = static_cast<std::byte>(random.oneIn(2) ? random.below(12) : random.bits());
            }
            bool accepted = false;
            const QString wrong = feed(doc, input, accepted);
            QVERIFY2(wrong.isEmpty(),
                qPrintable(u"TUTTI_SEED=%1, round %2: %3, %4"_s.arg(seed).arg(round).arg(
                    wrong, QString::fromLatin1(hex(input)))));
        }
    }
}

void TestMalformed::bombs_data()
{
    QTest::addColumn<QByteArray>("digits");
    QTest::addColumn<bool>("accepted");
    const auto row = [](const char* name, const char* digits, bool accepted) {
        QTest::newRow(name) << QByteArray(digits) << accepted;
    };
    row("2^32 clients", "8080808010", false);
    row("2^53 clients", "ffffffffffffff0f0101000401017401 6100", false);
    row("2^32 structs", "01808080801001000401017401 6100", false);
    row("string of 2^32", "0101010004010174808080801061", false);
    row("string of 2^53", "01010100040101 74ffffffffffffff0f61", false);
    row("root name of 2^32", "01010100040180808080 1061", false);
    row("2^32 values", "0101010008010174808080 80107e", false);
    row("2^32 JSON values", "01010100020101748080808010027b7d", false);
    row("array of 2^32 in a value", "010101000801017401758080808010 7e", false);
    row("object of 2^32 in a value", "0101010008010174017680808080107e", false);
    row("bytes of 2^32", "0101010003010174808080801000", false);
    row("format key of 2^32", "010101000601017480808080106100", false);
    row("subdocument of 2^32", "0101010009010174808080801061", false);
    row("2^32 ranges", "00010180808080100001", false);
    row("2^32 deleters", "0080808080100101", false);
    row("range of 2^53", "0001090100ffffffffffffff0f", true);
    row("range beyond 2^53", "00010901ffffffffffffff0fffffffffffffff0f", false);
    row("collected run of 2^32 - 1", "0101090000ffffffff0f00", true);
    row("deleted run of 2^32 - 1", "0101090001010174ffffffff0f00", true);
    row("collected run beyond 2^32", "0101090000818080801000", false);
    row("clock of 2^53", "010109ffffffffffffff0f0401017401 6100", false);
    row("skip of 2^53", "010109000affffffffffffff0f00", true);
    row("two skips of 2^52", "020109000a80808080808080080109000a808080808080800800", true);
    row("client of 2^53", "0101808080808080801000040101740161 00", false);
}

void TestMalformed::bombs()
{
    QFETCH(QByteArray, digits);
    QFETCH(bool, accepted);
    const Bytes input = fromHex(digits.replace(' ', ""));
    Doc doc = makeTarget(m_samples);
    bool taken = false;
    const QString wrong = feed(doc, input, taken);
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    QCOMPARE(taken, accepted);
    // And after one that is taken the same document takes all the others.
    for (const Sample& sample : m_samples) {
        QVERIFY(doc.applyUpdate(sample.update).has_value());
    }
    checkInvariants(doc);
}

void TestMalformed::editingGoesOn()
{
    // After a hail of junk the text can still be written, synced and undone.
    for (const std::uint64_t seed : seeds({7, 8, 9})) {
        Random random(seed);
        Doc doc = makeDoc(1);
        Text text = doc.get<Text>("t");
        Mirror mirror(text);
        for (int round = 0; round < 400; ++round) {
            Bytes input = m_samples[random.below(m_samples.size())].update;
            input[random.below(input.size())] = static_cast<std::byte>(random.bits());
            static_cast<void>(doc.applyUpdate(input));
            const std::uint32_t length = text.length().value();
            text.insert(at(random.below(length + 1)), randomText(random, random.between(1, 4)));
            text.erase(at(random.below(length + 1)), at(random.below(3)));
            QVERIFY2(
                mirror.fits && qString(mirror.text) == qString(text.slice(at(0), text.length())),
                qPrintable(u"TUTTI_SEED=%1, round %2"_s.arg(seed).arg(round)));
            checkInvariants(doc);
        }
        Doc copy = makeDoc(2);
        QVERIFY(copy.applyUpdate(doc.getUpdate()).has_value());
        checkInvariants(copy);
    }
}

void TestMalformed::hostileStateVectors()
{
    Doc doc = makeTarget(m_samples);
    const Bytes everything = doc.getUpdate();
    const Bytes state = doc.getState();
    for (std::size_t length = 0; length < state.size(); ++length) {
        const Bytes cut(state.begin(), state.begin() + static_cast<std::ptrdiff_t>(length));
        QVERIFY(!doc.getUpdate(cut).has_value());
        QVERIFY(!getUpdate(everything, cut).has_value());
    }
    Random random(1);
    for (int round = 0; round < 4000; ++round) {
        Bytes changed = state;
        for (std::uint32_t changes = random.between(1, 3); changes > 0; --changes) {
            changed[random.below(changed.size())] = static_cast<std::byte>(random.bits());
        }
        static_cast<void>(takeLargestAllocation());
        if (const auto difference = doc.getUpdate(changed)) {
            QVERIFY(decodeUpdate(*difference).has_value());
        }
        static_cast<void>(getUpdate(everything, changed));
        QVERIFY(takeLargestAllocation() <= allowance(everything.size() + changed.size()));
    }
    for (const char* huge : {"01ffffffffffffff0fffffffffffffff0f", "0101ffffffffffffff0f",
             "0101ffffffff0f", "01018080808010"}) {
        const auto difference = doc.getUpdate(fromHex(huge));
        QVERIFY(!difference || decodeUpdate(*difference).has_value());
        const auto ofBytes = getUpdate(everything, fromHex(huge));
        QVERIFY(!ofBytes || decodeUpdate(*ofBytes).has_value());
    }
}

QTEST_APPLESS_MAIN(TestMalformed)
#include "tst_malformed.moc"
