// SPDX-License-Identifier: MIT
//
// relpos.json: relative positions, what they are written as and where they are later.
#include "crdt/sticky_index.h"
#include "tests/conformance/operations.h"
#include "tests/conformance/scenario.h"
#include "tests/conformance/states.h"

#include <utility>
#include <vector>

namespace tutti::conformance {

namespace {

using crdt::Any;
using crdt::StickyIndex;

/// One position in each of its forms.
struct Position
{
    std::vector<StickyIndex> forms;
};

crdt::Result<StickyIndex> fromBinary(const Json& json)
{
    return StickyIndex::decode(fromBase64(json));
}

Failure refused(const crdt::Error& error)
{
    return QStringLiteral("a position is refused: %1").arg(QString::fromStdString(error.message));
}

std::expected<Position, QString> makePosition(crdt::Doc& doc, const Json& roots, const Json& json)
{
    const auto type = resolve(doc, roots, json[QStringLiteral("at")]);
    if (!type) {
        return std::unexpected(QStringLiteral("the path of a position leads nowhere"));
    }
    const crdt::Offset index(static_cast<std::uint32_t>(json[QStringLiteral("index")].toDouble()));
    const StickyIndex made = StickyIndex::at(
        *type, index, static_cast<crdt::Assoc>(json[QStringLiteral("assoc")].toInt()));
    if (Failure failure = compareBytes(
            QStringLiteral("binary form"), made.encode(), json[QStringLiteral("bin")])) {
        return std::unexpected(*failure);
    }
    if (Failure failure = compareWritten(QStringLiteral("JSON form"), made.toCompactJson(),
            *json[QStringLiteral("json")].any())) {
        return std::unexpected(*failure);
    }
    const auto binary = fromBinary(json[QStringLiteral("bin")]);
    const auto read = StickyIndex::fromJson(*json[QStringLiteral("json")].any());
    if (!binary || !read) {
        return std::unexpected(*refused((binary ? read : binary).error()));
    }
    if (*read != made) {
        return std::unexpected(QStringLiteral("the JSON form is read as something else"));
    }
    if (const auto here = made.offsetIn(*type);
        !here || static_cast<int>(here->value()) != json[QStringLiteral("abs")].toInt()) {
        return std::unexpected(QStringLiteral("a fresh position is elsewhere in its type"));
    }
    return Position{{made, *binary, *read}};
}

Failure comparePlaces(
    crdt::Doc& doc, const std::vector<Position>& positions, const Json& wanted, bool followUndone)
{
    for (std::size_t i = 0; i < positions.size(); ++i) {
        const Any expected = wanted[i].isUndefined() ? Any() : *wanted[i].any();
        for (const StickyIndex& form : positions[i].forms) {
            const auto place = form.resolve(doc, followUndone);
            const Any got = place ? Any(static_cast<double>(place->offset.value())) : Any(nullptr);
            if (Failure failure =
                    compareWritten(QStringLiteral("position %1").arg(i), got, expected)) {
                return failure;
            }
        }
    }
    return std::nullopt;
}

Failure checkScenario(const Json& test)
{
    const Json roots = test[QStringLiteral("roots")];
    const auto phase1 = static_cast<std::size_t>(test[QStringLiteral("phase1")].toInt());
    std::vector<Position> positions;
    Scenario scenario(test, {});
    const auto take = [&](crdt::Doc& doc) -> Failure {
        for (const Json& json : test[QStringLiteral("positions")].toArray()) {
            auto position = makePosition(doc, roots, json);
            if (!position) {
                return position.error();
            }
            positions.push_back(std::move(*position));
            const Any at = *json[QStringLiteral("abs")].any();
            const Any list = Any::Array{at};
            if (Failure failure = comparePlaces(doc, {positions.back()}, Json(&list), true)) {
                return failure;
            }
        }
        return compareBytes(QStringLiteral("base"), doc.getUpdate(), test[QStringLiteral("base")]);
    };
    return scenario.run([&](std::size_t done) -> Failure {
        crdt::Doc& doc = scenario.member(0).doc;
        if (done == phase1) {
            if (Failure failure = take(doc)) {
                return failure;
            }
        }
        for (const Json& later : test[QStringLiteral("later")].toArray()) {
            if (static_cast<std::size_t>(later[QStringLiteral("n")].toInt()) != done) {
                continue;
            }
            const Json absolute = later[QStringLiteral("abs")];
            const Json plain = later[QStringLiteral("nofollow")];
            if (Failure failure = comparePlaces(doc, positions, absolute, true)) {
                return failure;
            }
            if (Failure failure =
                    comparePlaces(doc, positions, plain.isUndefined() ? absolute : plain, false)) {
                return QStringLiteral("not following: %1").arg(*failure);
            }
        }
        return std::nullopt;
    });
}

/// A binary form, and what reading it gives.
Failure checkDecoded(const Json& row)
{
    const auto decoded = fromBinary(row[QStringLiteral("bin")]);
    return decoded ? compareWritten(QStringLiteral("decoded"), decoded->toCompactJson(),
                         *row[QStringLiteral("decoded")].any())
                   : refused(decoded.error());
}

/// JSON to binary and back.
Failure checkRow(const Json& row)
{
    const auto read = StickyIndex::fromJson(*row[QStringLiteral("json")].any());
    if (!read) {
        return refused(read.error());
    }
    if (Failure failure = compareWritten(
            QStringLiteral("JSON"), read->toCompactJson(), *row[QStringLiteral("json")].any())) {
        return failure;
    }
    if (Failure failure = compareBytes(
            QStringLiteral("binary form"), read->encode(), row[QStringLiteral("bin")])) {
        return failure;
    }
    return checkDecoded(row);
}

} // namespace

void runRelativePositions(const Run& run)
{
    for (const Json& test : run.content[QStringLiteral("scenarios")].toArray()) {
        if (run.selection.has(test[QStringLiteral("sub")].toString())) {
            run.report.add(run.file, test[QStringLiteral("id")].toString(), checkScenario(test));
        }
    }
    const auto rows = [&run](const QString& name, Failure (*check)(const Json&)) {
        if (!run.selection.has(name)) {
            return;
        }
        int i = 0;
        for (const Json& row : run.content[name].toArray()) {
            run.report.add(run.file, QStringLiteral("%1-%2").arg(name).arg(i++), check(row));
        }
    };
    rows(QStringLiteral("table"), checkRow);
    rows(QStringLiteral("legacyWithoutAssoc"), checkDecoded);
}

} // namespace tutti::conformance
