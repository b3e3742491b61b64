// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/detail/store.h"
#include "crdt/doc.h"
#include "crdt/encoding.h"
#include "crdt/events.h"
#include "crdt/ids.h"
#include "crdt/text.h"
#include "crdt/utf.h"

#include <QByteArray>
#include <QString>

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// What the tests of crdt share: random numbers, bytes and strings in QtTest's terms, a view of a
/// Doc's inside.
namespace tutti::crdt::test {

// --- random ---

/// The same numbers on every machine for one seed (splitmix64).
class Random
{
public:
    explicit Random(std::uint64_t seed) noexcept
        : m_state(seed)
    { }

    [[nodiscard]] std::uint64_t bits() noexcept
    {
        m_state += 0x9E3779B97F4A7C15U;
        std::uint64_t z = m_state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
        return z ^ (z >> 31);
    }
    /// In [0, bound); 0 when there is nothing to choose from.
    [[nodiscard]] std::uint32_t below(std::size_t bound) noexcept
    {
        return bound == 0 ? 0 : static_cast<std::uint32_t>(bits() % bound);
    }
    /// In [from, to].
    [[nodiscard]] std::uint32_t between(std::uint32_t from, std::uint32_t to) noexcept
    {
        return from + below(to - from + 1);
    }
    [[nodiscard]] bool oneIn(std::uint32_t n) noexcept { return below(n) == 0; }

private:
    std::uint64_t m_state;
};

/// The seeds of a random test: fixed ones, or the one TUTTI_SEED names.
[[nodiscard]] inline std::vector<std::uint64_t> seeds(std::initializer_list<std::uint64_t> fixed)
{
    bool given = false;
    const QByteArray text = qgetenv("TUTTI_SEED");
    const quint64 seed = text.toULongLong(&given);
    return given ? std::vector<std::uint64_t>{seed} : std::vector<std::uint64_t>(fixed);
}

/// Well-formed text of about that many units: ASCII, two-byte, CJK, emoji, line ends.
[[nodiscard]] inline std::u16string randomText(Random& random, std::size_t units)
{
    static constexpr std::u16string_view kPieces[] = {u"a", u"b", u"xyz", u" ", u"0", u"\n",
        u"\r\n", u"\r", u"é", u"ß", u"中", u"文字", u"\u2029", u"\U0001F600",
        u"\U0001F468\u200D\U0001F4BB", u"e\u0301", u"\uFEFF", u"\uFFFD"};
    const bool asciiOnly = random.oneIn(2);
    std::u16string text;
    while (text.size() < units) {
        text += asciiOnly ? std::u16string(1, static_cast<char16_t>(u'a' + random.below(26)))
                          : std::u16string(kPieces[random.below(std::size(kPieces))]);
    }
    return text;
}

// --- bytes and strings ---

[[nodiscard]] inline Bytes bytes(std::initializer_list<int> values)
{
    Bytes result;
    for (const int value : values) {
        result.push_back(static_cast<std::byte>(value));
    }
    return result;
}
[[nodiscard]] inline QByteArray hex(BytesView bytes)
{
    return QByteArray(
        reinterpret_cast<const char*>(bytes.data()), static_cast<qsizetype>(bytes.size()))
        .toHex();
}
[[nodiscard]] inline Bytes fromHex(const QByteArray& text)
{
    const QByteArray raw = QByteArray::fromHex(text);
    const BytesView view = asBytes({raw.constData(), static_cast<std::size_t>(raw.size())});
    return {view.begin(), view.end()};
}
/// Unit for unit: QString::fromUtf16 would eat a byte order mark.
[[nodiscard]] inline QString qString(std::u16string_view text)
{
    return QString(
        reinterpret_cast<const QChar*>(text.data()), static_cast<qsizetype>(text.size()));
}
[[nodiscard]] inline QString qString(const Text& text) { return qString(text.toString()); }
[[nodiscard]] inline QString qString(std::string_view utf8) { return qString(toUtf16(utf8)); }

[[nodiscard]] constexpr Offset at(std::size_t value)
{
    return Offset(static_cast<std::uint32_t>(value));
}

// --- documents ---

/// Naming a private member in an explicit instantiation is allowed, which opens it to friends of
/// the template.
template <auto Member>
struct Opened
{
    friend detail::Store& storeOf(Doc& doc) { return *(doc.*Member); }
};
template struct Opened<&Doc::m_store>;
/// The inside of a Doc.
detail::Store& storeOf(Doc& doc);

/// Aborts when an invariant of the Doc does not hold.
inline void checkInvariants(Doc& doc) { storeOf(doc).graph.check(); }

[[nodiscard]] inline Doc makeDoc(std::uint64_t clientId, bool gc = true)
{
    return Doc({.clientId = ClientId(clientId), .guid = {}, .gc = gc});
}

/// Collects the updates a Doc emits.
class UpdateLog
{
public:
    explicit UpdateLog(Doc& doc)
        : m_subscription(doc.observe([this](const TransactionEvent& event) {
            updates.emplace_back(event.update.begin(), event.update.end());
        }))
    { }
    UpdateLog(UpdateLog&&) = delete;

    std::vector<Bytes> updates;

private:
    Subscription m_subscription;
};

/// Carries out a delta; false when it does not fit the text. Embeds become U+FFFC.
[[nodiscard]] inline bool applyDelta(std::u16string& text, std::span<const DeltaOp> delta)
{
    std::size_t at = 0;
    for (const DeltaOp& op : delta) {
        const std::size_t length = op.length.value();
        if (length == 0) {
            return false;
        }
        if (op.kind == DeltaOp::Kind::Insert) {
            const std::u16string inserted =
                op.values.empty() ? op.text : std::u16string(length, u'\uFFFC');
            if (inserted.size() != length || at > text.size()) {
                return false;
            }
            text.insert(at, inserted);
            at += length;
            continue;
        }
        if (at + length > text.size()) {
            return false;
        }
        if (op.kind == DeltaOp::Kind::Delete) {
            text.erase(at, length);
        } else {
            at += length;
        }
    }
    // Only a change of attributes is worth telling about text that stays at the end.
    return delta.empty() || delta.back().kind != DeltaOp::Kind::Retain
        || !delta.back().attributes.empty();
}

/// A copy of a text that is kept by its deltas alone.
class Mirror
{
public:
    explicit Mirror(Text watched)
        : text(watched.slice(at(0), watched.length()))
        , m_subscription(watched.observe([this](const TypeEvent& event) {
            fits = applyDelta(text, event.delta) && fits;
            ++events;
        }))
    { }
    Mirror(Mirror&&) = delete;

    std::u16string text;
    bool fits = true;
    int events = 0;

private:
    Subscription m_subscription;
};

} // namespace tutti::crdt::test
