// SPDX-License-Identifier: MIT
//
// Format v2 from whoever: an error or a document that holds together, and memory that does not
// depend on what the run-length columns claim.
#include "crdt/any.h"
#include "crdt/detail/columns.h"
#include "crdt/doc.h"
#include "crdt/update.h"
#include "tests/crdt/allocation_cap.h"
#include "tests/crdt/support.h"
#include "tests/crdt/vector_samples.h"

#include <QTest>

#include <chrono>

using namespace tutti::crdt;
using namespace tutti::crdt::test;
using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t kMebibyte = std::size_t{1} << 20;
/// What any update of up to a mebibyte may take beside the document.
constexpr std::size_t kMostMemory = 64 * kMebibyte;

/// The samples in format v2, small enough for every truncation to be tried.
std::vector<Bytes> samplesInV2()
{
    std::vector<Bytes> samples;
    for (const Sample& sample : readSamples(u"documents.json"_s)) {
        if (auto v2 = convertV1ToV2(sample.update); v2 && v2->size() < 1500) {
            samples.push_back(std::move(*v2));
        }
    }
    return samples;
}

/// Feeds bytes to everything that reads format v2; says what went wrong, or nothing.
QString feed(Doc& doc, BytesView input)
{
    const Bytes before = doc.getUpdateV2();
    const MemoryPeak applying;
    const auto result = doc.applyUpdateV2(input);
    if (applying.peak() > kMostMemory) {
        return u"takes %1 bytes"_s.arg(applying.peak());
    }
    checkInvariants(doc);
    if (!result && result.error().message.empty()) {
        return u"says nothing about the error"_s;
    }
    if (!result && doc.getUpdateV2() != before) {
        return u"refused, but the document changed"_s;
    }
    const auto decoded = decodeUpdateV2(input);
    const auto state = getStateV2(input);
    const BytesView both[] = {input, before};
    const auto merged = mergeUpdatesV2(both);
    const auto difference = getUpdateV2(input, doc.getState());
    const auto converted = convertV2ToV1(input);
    const auto obfuscated = obfuscateUpdateV2(input);
    for (const bool accepted : {decoded.has_value(), state.has_value(), merged.has_value(),
             difference.has_value(), converted.has_value(), obfuscated.has_value()}) {
        if (accepted != result.has_value()) {
            return u"is accepted in one place and refused in another"_s;
        }
    }
    if (result) {
        Doc viaV1 = makeDoc(4343);
        Doc viaV2 = makeDoc(4343);
        if (!viaV1.applyUpdate(*converted) || !viaV2.applyUpdateV2(input)) {
            return u"cannot be read after conversion"_s;
        }
        if (viaV1.getState() != viaV2.getState()) {
            return u"gives another state in format v1"_s;
        }
        checkInvariants(viaV2);
        if (!makeDoc(4444).applyUpdateV2(*merged) || !makeDoc(4444).applyUpdateV2(*obfuscated)) {
            return u"merged or obfuscated, it cannot be read"_s;
        }
    }
    return {};
}

/// A run of that many equal numbers.
Bytes run(std::int64_t value, std::uint64_t count)
{
    Encoder out;
    out.writeVarInt(-value, true);
    out.writeVarUint(count - 2);
    return out.take();
}

Bytes update(std::initializer_list<Bytes> columns, std::uint64_t structs)
{
    Encoder out;
    out.writeVarUint(0);
    for (const Bytes& column : columns) {
        out.writeMessage(column);
    }
    out.writeVarUint(1);
    out.writeVarUint(structs);
    out.writeVarUint(0);
    out.writeVarUint(0);
    return out.take();
}

constexpr std::uint64_t kAskedFor = (std::uint64_t{1} << 53) - 1;
constexpr std::uint64_t kManyRuns = std::uint64_t{1} << 40;

} // namespace

class TestMalformedV2 : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void truncated();
    void changed();
    void bombs_data();
    void bombs();
    void longKeyManyTimes();

private:
    std::vector<Bytes> m_samples;
};

void TestMalformedV2::initTestCase()
{
    m_samples = samplesInV2();
    QVERIFY(m_samples.size() > 100);
}

void TestMalformedV2::truncated()
{
    for (std::size_t i = 0; i < m_samples.size(); i += 25) {
        for (std::size_t length = 0; length < m_samples[i].size(); ++length) {
            Doc doc = makeDoc(1);
            const QString wrong = feed(doc, BytesView(m_samples[i]).first(length));
            QVERIFY2(wrong.isEmpty(), qPrintable(u"%1 of %2: %3"_s.arg(length).arg(i).arg(wrong)));
        }
    }
}

void TestMalformedV2::changed()
{
    for (const std::uint64_t seed : seeds({1, 2, 3})) {
        Random random(seed);
        for (int round = 0; round < 700; ++round) {
            Bytes input = m_samples[random.below(m_samples.size())];
            for (std::uint32_t changes = random.between(1, 3); changes > 0; --changes) {
                const std::size_t place = random.below(input.size());
                const auto byte = static_cast<std::byte>(random.bits());
                if (random.oneIn(4)) {
                    input.insert(input.begin() + static_cast<std::ptrdiff_t>(place), byte);
                } else {
                    input[place] = byte;
                }
            }
            Doc doc = makeDoc(1);
            static_cast<void>(doc.applyUpdateV2(m_samples[random.below(m_samples.size())]));
            const QString wrong = feed(doc, input);
            QVERIFY2(wrong.isEmpty(),
                qPrintable(u"TUTTI_SEED=%1, round %2: %3"_s.arg(seed).arg(round).arg(wrong)));
        }
    }
}

void TestMalformedV2::bombs_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const auto row = [](const char* name, const Bytes& update) {
        QVERIFY(update.size() < 80);
        QTest::newRow(name) << hex(update);
    };
    const Bytes none;
    const Bytes client = bytes({1});
    const Bytes clients = run(1, kManyRuns);
    const Bytes ascending = bytes({3, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F}); // +1 each
    const Bytes ones = run(1, kManyRuns);
    const Bytes names = bytes({1, 't', 1});
    const Bytes one = bytes({1});
    row("collected",
        update({none, client, none, none, bytes({0}), none, none, none, ones}, kAskedFor));
    row("gaps", update({none, client, none, none, bytes({10}), none, none, none, none}, kAskedFor));
    row("deleted in a row",
        update({none, clients, ascending, none, bytes({1, 0, 0x81}), names, one, none, ones},
            kAskedFor));
    row("half a million deleted in a row",
        update({none, clients, bytes({0, 3, 0xFF, 0xFF, 0x7F}), none, bytes({1, 0, 0x81}), names,
                   one, none, ones},
            500'000));
    row("empty texts",
        update({none, clients, none, none, bytes({4}), bytes({0, 0x40, 0xFF, 0xFF, 0x7F}), one,
                   none, none},
            kAskedFor));
    row("types",
        update({none, clients, none, none, bytes({7}), bytes({1, 't', 0x41, 0xFF, 0xFF, 0x7F}), one,
                   run(1, kManyRuns), none},
            kAskedFor));
    row("legacy values",
        update({none, client, none, none, bytes({2}), bytes({0, 0x40, 0xFF, 0xFF, 0x7F}), one, none,
                   bytes({0xBF, 0xFF, 0xFF, 0xFF, 0x7F})},
            1));
}

void TestMalformedV2::bombs()
{
    QFETCH(QByteArray, bytes);
    const auto start = std::chrono::steady_clock::now();
    Doc doc = makeDoc(1);
    const QString wrong = feed(doc, fromHex(bytes));
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    QVERIFY(std::chrono::steady_clock::now() - start < std::chrono::seconds(60));
}

void TestMalformedV2::longKeyManyTimes()
{
    // A key is written once and named by its number for every mark.
    const std::string key(kMebibyte / 2, 'k');
    detail::StringEncoder strings;
    strings.write("t");
    strings.write(key);
    Encoder rest;
    constexpr std::uint64_t kMarks = 100'000;
    rest.writeVarUint(1);
    rest.writeVarUint(kMarks);
    rest.writeVarUint(0);
    for (std::uint64_t i = 0; i < kMarks; ++i) {
        Any(true).encode(rest);
    }
    rest.writeVarUint(0);
    Encoder out;
    out.writeVarUint(0);
    for (const Bytes& column :
        {bytes({1, 0xFF, 0xFF, 0x7F}), run(1, kManyRuns), bytes({1, 0xFF, 0xFF, 0x7F}), Bytes(),
            bytes({6, 0, 0x86}), strings.take(), bytes({1}), Bytes(), Bytes()}) {
        out.writeMessage(column);
    }
    out.writeRaw(rest.view());
    QVERIFY(out.size() < kMebibyte);
    Doc doc = makeDoc(1);
    const MemoryPeak applying;
    QVERIFY(!doc.applyUpdateV2(out.view()).has_value());
    QVERIFY(applying.peak() <= kMostMemory);
}

QTEST_APPLESS_MAIN(TestMalformedV2)
#include "tst_malformed_v2.moc"
