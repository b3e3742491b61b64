// SPDX-License-Identifier: MIT
//
// documents.json, fuzz.json and undo.json. Level A applies the recorded updates and compares what
// comes of them; level B carries out the operations and compares every update they cause.
#include "tests/conformance/operations.h"
#include "tests/conformance/scenario.h"
#include "tests/conformance/states.h"

#include <vector>

namespace tutti::conformance {

namespace {

using crdt::Bytes;
using crdt::Doc;

/// Nobody's id in the vectors.
constexpr crdt::ClientId kObserver{4242424242};

/// `json` unless it is absent.
Json orElse(const Json& json, const Json& otherwise)
{
    return json.isUndefined() ? otherwise : json;
}

Failure replay(const Json& test, const std::vector<Bytes>& updates)
{
    const Json roots = test[QStringLiteral("roots")];
    const Json client = test[QStringLiteral("clients")][0];
    const Json expect = test[QStringLiteral("expect")][0];
    const Json replayed = test[QStringLiteral("replay")];
    Doc doc = makeDoc(kObserver, client, roots);
    for (const Bytes& update : updates) {
        if (Failure failure = applyTo(doc, update)) {
            return failure;
        }
    }
    if (Failure failure = compareBytes(QStringLiteral("replay v1"), doc.getUpdate(),
            orElse(replayed[QStringLiteral("v1")], expect[QStringLiteral("v1")]))) {
        return failure;
    }
    // Where replaying gives something else, nobody says what it is in v2.
    if (replayed.isUndefined()) {
        if (Failure failure = compareBytes(
                QStringLiteral("replay v2"), doc.getUpdateV2(), expect[QStringLiteral("v2")])) {
            return failure;
        }
    }
    if (Failure failure = compareBytes(
            QStringLiteral("replay sv"), doc.getState(), expect[QStringLiteral("sv")])) {
        return failure;
    }
    const Json state = orElse(replayed[QStringLiteral("state")], expect[QStringLiteral("state")]);
    if (Failure failure = compareState(QStringLiteral("replay state"), doc, roots, state)) {
        return failure;
    }
    // The whole document at once, in the other format.
    Doc loaded = makeDoc(kObserver, client, roots);
    if (const auto applied = loaded.applyUpdateV2(fromBase64(expect[QStringLiteral("v2")]));
        !applied) {
        return QStringLiteral("v2 is refused: %1")
            .arg(QString::fromStdString(applied.error().message));
    }
    return compareState(QStringLiteral("v2 state"), loaded, roots,
        orElse(replayed[QStringLiteral("v2state")], state));
}

Failure observe(const Json& test, const std::vector<Bytes>& updates)
{
    const Json roots = test[QStringLiteral("roots")];
    for (const Json& observer : test[QStringLiteral("observers")].toArray()) {
        const crdt::ClientId id = readClient(observer[QStringLiteral("id")]);
        Doc doc = makeDoc(id, observer, roots);
        const JsonArray order = observer[QStringLiteral("order")].toArray();
        std::size_t applied = 0;
        for (const Json& check : observer[QStringLiteral("checks")].toArray()) {
            for (; applied < static_cast<std::size_t>(check[QStringLiteral("n")].toInt());
                ++applied) {
                const auto index = static_cast<std::size_t>(order[applied].toInt());
                if (Failure failure = applyTo(doc, updates.at(index))) {
                    return failure;
                }
            }
            const QString what =
                QStringLiteral("observer %1 after %2").arg(id.value()).arg(applied);
            if (Failure failure =
                    compareDoc(what, doc, roots, check, test[QStringLiteral("expect")][0])) {
                return failure;
            }
        }
    }
    return std::nullopt;
}

Failure carryOutAll(const Json& test, const std::vector<Bytes>& updates, const Run& run)
{
    Scenario scenario(test, updates);
    if (Failure failure = scenario.run()) {
        return failure;
    }
    if (const QString reason = scenario.cutShort(); !reason.isEmpty()) {
        run.report.note(reason);
        return std::nullopt;
    }
    const Json wanted = test[QStringLiteral("subdocs")];
    return wanted.isUndefined() && scenario.subdocumentEvents().empty()
        ? Failure()
        : compareWritten(QStringLiteral("subdocument events"), scenario.subdocumentEvents(),
              wanted.isUndefined() ? crdt::Any(crdt::Any::Array()) : normalized(wanted));
}

Failure check(const Json& test, const Run& run)
{
    const std::vector<Bytes> updates = readUpdates(test[QStringLiteral("updates")]);
    // With several writers each update carries what its writer had forgotten or cleaned up by
    // then, so only the observers' copies are defined.
    const bool oneWriter = test[QStringLiteral("clients")].toArray().size() == 1;
    if (const Failure failure = oneWriter ? replay(test, updates) : std::nullopt) {
        return QStringLiteral("level A: %1").arg(*failure);
    }
    if (const Failure failure = observe(test, updates)) {
        return QStringLiteral("level A: %1").arg(*failure);
    }
    if (const Failure failure = carryOutAll(test, updates, run)) {
        return QStringLiteral("level B: %1").arg(*failure);
    }
    return std::nullopt;
}

/// What a case is about: its category, and for "fuzz-text_unicode-SEED-3" the middle too.
QString categoryOf(const Json& test)
{
    const QString category = test[QStringLiteral("cat")].toString();
    return category == QLatin1String("fuzz")
        ? test[QStringLiteral("id")].toString().section(QLatin1Char('-'), 0, 1)
        : category;
}

} // namespace

void runDocuments(const Run& run)
{
    for (const Json& test : run.content[QStringLiteral("cases")].toArray()) {
        if (run.selection.has(categoryOf(test))) {
            run.report.add(run.file, test[QStringLiteral("id")].toString(), check(test, run));
        }
    }
}

} // namespace tutti::conformance
