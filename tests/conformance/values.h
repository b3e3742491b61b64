// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/any.h"
#include "crdt/ids.h"

#include <QMap>
#include <QString>
#include <QStringList>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// The notation of the conformance vectors, and the report the runner prints.
namespace tutti::conformance {

class Json;
using JsonArray = std::vector<Json>;

/// A view of a value in a file of vectors, forgiving about what is absent. (Qt's own JSON drops a
/// byte order mark at the start of a string, which is text here.)
class Json
{
public:
    Json() noexcept = default;
    explicit Json(const crdt::Any* value) noexcept
        : m_value(value)
    { }

    [[nodiscard]] bool isUndefined() const noexcept { return m_value == nullptr; }
    [[nodiscard]] const crdt::Any* any() const noexcept { return m_value; }
    [[nodiscard]] Json operator[](const QString& key) const;
    [[nodiscard]] Json operator[](std::size_t index) const;
    [[nodiscard]] QString toString(const QString& otherwise = {}) const;
    [[nodiscard]] int toInt(int otherwise = 0) const;
    [[nodiscard]] double toDouble() const;
    [[nodiscard]] bool toBool(bool otherwise) const;
    [[nodiscard]] JsonArray toArray() const;

private:
    const crdt::Any* m_value = nullptr;
};

/// Reads a value: plain JSON, or an object with one tag ($o, $u, $b, $i, $n, $s).
/// Nothing for shared types ($t).
[[nodiscard]] std::optional<crdt::Any> readValue(const Json& json);
/// Reads a string, which may hold lone surrogates ($s).
[[nodiscard]] std::u16string readString(const Json& json);
/// The same in the encoding of Any's strings (WTF-8).
[[nodiscard]] std::string readWtf8(const Json& json);

/// The other way round: a value in the notation of the vectors, the members of objects in the
/// order of their keys.
[[nodiscard]] crdt::Any writeValue(const crdt::Any& value);
/// A string in that notation.
[[nodiscard]] crdt::Any writeString(std::u16string_view units);
/// A list of [key, …] pairs in the order of the keys, for comparing what has no order.
[[nodiscard]] crdt::Any sortedByKey(crdt::Any::Array pairs);

[[nodiscard]] crdt::ClientId readClient(const Json& json);
[[nodiscard]] crdt::Bytes fromBase64(const Json& json);
[[nodiscard]] crdt::Bytes fromHex(const QString& hex);
[[nodiscard]] QString toBase64(crdt::BytesView bytes);
[[nodiscard]] QString toHex(crdt::BytesView bytes);

/// What a case says of itself: nothing when it passed, else why it failed.
using Failure = std::optional<QString>;

/// Counts cases and prints a line for each that failed.
class Report
{
public:
    explicit Report(bool verbose) noexcept
        : m_verbose(verbose)
    { }

    void add(const QString& file, const QString& id, const Failure& failure);
    /// Counts a case of which something had to be left out, and why.
    void note(const QString& reason) { ++m_notes[reason]; }
    [[nodiscard]] const QMap<QString, int>& notes() const noexcept { return m_notes; }
    [[nodiscard]] int passed() const noexcept { return m_passed; }
    [[nodiscard]] int failed() const noexcept { return m_failed; }

private:
    bool m_verbose;
    int m_passed = 0;
    int m_failed = 0;
    QMap<QString, int> m_notes;
};

/// Which cases to run: those whose category is named, all when none is.
struct Selection
{
    QStringList only;
    QStringList skip;

    [[nodiscard]] bool has(const QString& category) const
    {
        return !skip.contains(category) && (only.isEmpty() || only.contains(category));
    }
};

/// What a runner of one kind of file is given.
struct Run
{
    QString file;
    Json content;
    const Selection& selection;
    Report& report;
};

/// A named array of cases in a file, and what checks one of them.
using Kind = std::pair<const char*, Failure (*)(const Json&)>;
/// Checks the cases of each kind that is selected; they are called by kind and index.
void runKinds(const Run& run, std::span<const Kind> kinds);

void runAwareness(const Run& run);
void runCompat(const Run& run);
void runDocuments(const Run& run);
void runEvents(const Run& run);
void runLib0(const Run& run);
void runMalformed(const Run& run);
void runRelativePositions(const Run& run);
void runSnapshots(const Run& run);
void runSync(const Run& run);
void runUpdates(const Run& run);

} // namespace tutti::conformance
