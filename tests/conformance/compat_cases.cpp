// SPDX-License-Identifier: MIT
//
// compat.json: documents that older versions and other implementations have written.
#include "crdt/doc.h"
#include "crdt/update.h"
#include "tests/conformance/operations.h"
#include "tests/conformance/states.h"
#include "tests/conformance/values.h"

#include <algorithm>

namespace tutti::conformance {

namespace {

/// Nobody's id in the vectors.
constexpr crdt::ClientId kObserver{4242424242};

/// Whether structs wait, not only deletions: then updates reach further than the state.
bool hasPendingStructs(const crdt::Doc& doc)
{
    const auto state = crdt::decodeState(doc.getState());
    const auto spans = crdt::parseUpdateMeta(doc.getUpdate());
    return state && spans && std::ranges::any_of(*spans, [&state](const crdt::ClientSpan& span) {
        const auto known = std::ranges::find(*state, span.client, &crdt::Id::client);
        return known == state->end() || known->clock < span.to;
    });
}

Failure check(const Json& test)
{
    crdt::Doc doc = makeDoc(kObserver, {}, test[QStringLiteral("roots")]);
    JsonArray updates = test[QStringLiteral("seq")].toArray();
    if (updates.empty()) {
        updates.push_back(test[QStringLiteral("u")]);
    }
    const bool isV2 = test[QStringLiteral("v")].toInt() == 2;
    for (const Json& json : updates) {
        const crdt::Bytes update = fromBase64(json);
        const auto applied = isV2 ? doc.applyUpdateV2(update) : doc.applyUpdate(update);
        if (!applied) {
            return QStringLiteral("refused: %1")
                .arg(QString::fromStdString(applied.error().message));
        }
    }
    const auto compare = [&test](const QString& key, const crdt::Bytes& got) -> Failure {
        const Json wanted = test[key];
        if (wanted.isUndefined() || toBase64(got) == wanted.toString()) {
            return std::nullopt;
        }
        return QStringLiteral("%1: got %2, wanted %3").arg(key, toBase64(got), wanted.toString());
    };
    if (const Failure failure = compare(QStringLiteral("v1"), doc.getUpdate())) {
        return failure;
    }
    if (const Failure failure = compare(QStringLiteral("v2"), doc.getUpdateV2())) {
        return failure;
    }
    if (const Failure failure = compare(QStringLiteral("sv"), doc.getState())) {
        return failure;
    }
    if (const Json state = test[QStringLiteral("state")]; !state.isUndefined()) {
        if (Failure failure =
                compareState(QStringLiteral("state"), doc, test[QStringLiteral("roots")], state)) {
            return failure;
        }
    }
    const Json pending = test[QStringLiteral("pending")];
    return pending.isUndefined() || pending.toBool(false) == hasPendingStructs(doc)
        ? Failure()
        : QStringLiteral("what is pending differs");
}

} // namespace

void runCompat(const Run& run)
{
    const JsonArray cases = run.content[QStringLiteral("cases")].toArray();
    for (std::size_t i = 0; i < cases.size(); ++i) {
        run.report.add(run.file,
            QStringLiteral("%1 %2").arg(i).arg(cases[i][QStringLiteral("src")].toString()),
            check(cases[i]));
    }
}

} // namespace tutti::conformance
