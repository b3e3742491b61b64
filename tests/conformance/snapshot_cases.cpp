// SPDX-License-Identifier: MIT
//
// snapshots.json: snapshots and their bytes, documents made from them, what types held then.
#include "crdt/history.h"
#include "crdt/snapshot.h"
#include "tests/conformance/operations.h"
#include "tests/conformance/scenario.h"
#include "tests/conformance/states.h"

#include <utility>
#include <vector>

namespace tutti::conformance {

namespace {

using crdt::Any;
using crdt::Snapshot;

/// Nobody's id in the vectors.
constexpr crdt::ClientId kReader{4242424242};

Failure compareSnapshot(const Snapshot& taken, const Json& record)
{
    const Json v1 = record[QStringLiteral("v1")];
    const Json v2 = record[QStringLiteral("v2")];
    if (Failure failure = compareBytes(QStringLiteral("v1"), taken.encode(), v1)) {
        return failure;
    }
    if (Failure failure = compareBytes(QStringLiteral("v2"), taken.encodeV2(), v2)) {
        return failure;
    }
    const auto fromV1 = Snapshot::decode(fromBase64(v1));
    const auto fromV2 = Snapshot::decodeV2(fromBase64(v2));
    return fromV1 && fromV2 && *fromV1 == taken && *fromV2 == taken
        ? Failure()
        : QStringLiteral("its bytes are read as another snapshot");
}

/// The update as a fresh document with these roots has it.
crdt::Bytes settled(crdt::BytesView update, const Json& roots)
{
    static const Any keeping = Any::object({{"gc", false}});
    crdt::Doc doc = makeDoc(kReader, Json(&keeping), roots);
    return doc.applyUpdate(update) ? doc.getUpdate() : crdt::Bytes();
}

Failure compareRestored(
    crdt::Doc& doc, const Json& roots, const Snapshot& taken, const Json& record)
{
    crdt::Doc::Options options;
    options.clientId = kReader;
    options.gc = false;
    auto restored = crdt::docFromSnapshot(doc, taken, std::move(options));
    if (!restored) {
        return QString::fromStdString(restored.error().message);
    }
    if (Failure failure = compareState(
            QStringLiteral("restored"), *restored, roots, record[QStringLiteral("state")])) {
        return failure;
    }
    // Yjs writes the clients in the order in which its map has them, so only the content counts.
    const crdt::Bytes got = settled(restored->getUpdate(), roots);
    const crdt::Bytes wanted = settled(fromBase64(record[QStringLiteral("docV1")]), roots);
    return got == wanted && !wanted.empty()
        ? Failure()
        : QStringLiteral("restored: got %1, wanted %2").arg(toBase64(got), toBase64(wanted));
}

Any describeChange(bool removed, crdt::Id id)
{
    return Any::object({{"type", removed ? "removed" : "added"},
        {"user", static_cast<double>(id.client.value())}});
}

/// What the types held at the snapshot, and what changed in texts since the one before it.
Failure compareReads(crdt::Doc& doc, const Json& roots, const Snapshot& taken,
    const Snapshot* previous, const Json& record)
{
    for (const Json& root : roots.toArray()) {
        const crdt::SharedType type = rootOf(doc, roots, root[0]);
        if (const auto text = type.as<crdt::Text>()) {
            const auto compare = [&](const QString& what, const Snapshot* since) -> Failure {
                const Json wanted = record[what];
                return wanted.isUndefined()
                    ? Failure()
                    : compareWritten(what,
                          writeDelta(text->toDelta(crdt::TextView{
                              .at = &taken, .since = since, .describeChange = describeChange})),
                          normalizedDelta(wanted));
            };
            if (Failure failure = compare(QStringLiteral("delta"), nullptr)) {
                return failure;
            }
            if (Failure failure = compare(QStringLiteral("deltaPrev"), previous)) {
                return failure;
            }
        }
        if (const Json wanted = record[QStringLiteral("array")]; !wanted.isUndefined()) {
            if (Failure failure = compareWritten(QStringLiteral("array"),
                    writeElements(type.as<crdt::Array>()->values(taken)), normalized(wanted))) {
                return failure;
            }
        }
        if (const Json wanted = record[QStringLiteral("map")]; !wanted.isUndefined()) {
            if (Failure failure = compareWritten(QStringLiteral("map"),
                    writeEntries(type.as<crdt::Map>()->entries(taken)),
                    sortedByKey(*normalized(wanted).arrayIf()))) {
                return failure;
            }
        }
    }
    return std::nullopt;
}

Failure compareSets(const std::vector<Snapshot>& all, std::size_t index,
    const std::vector<crdt::Bytes>& updates, const Json& record)
{
    const Json equals = record[QStringLiteral("equals")];
    for (std::size_t i = 0; i < all.size(); ++i) {
        if ((all[i] == all[index]) != (equals[i].toInt() == 1)) {
            return QStringLiteral("equality with snapshot %1").arg(i);
        }
    }
    const Json contains = record[QStringLiteral("contains")];
    for (std::size_t i = 0; i < updates.size(); ++i) {
        const auto got = crdt::snapshotContainsUpdate(all[index], updates[i]);
        if (!got || *got != (contains[i].toInt() == 1)) {
            return QStringLiteral("whether it contains update %1").arg(i);
        }
    }
    return std::nullopt;
}

Failure check(const Json& test, const Run& run)
{
    const Json roots = test[QStringLiteral("roots")];
    const JsonArray records = test[QStringLiteral("snapshots")].toArray();
    const std::vector<crdt::Bytes> updates = readUpdates(test[QStringLiteral("updates")]);
    Scenario scenario(test, updates);
    std::vector<Snapshot> taken;
    const Failure failed = scenario.run([&](std::size_t done) -> Failure {
        for (; taken.size() < records.size()
            && static_cast<std::size_t>(records[taken.size()][QStringLiteral("after")].toInt())
                == done;) {
            const Json& record = records[taken.size()];
            taken.push_back(crdt::snapshot(scenario.member(0).doc));
            if (Failure failure = compareSnapshot(taken.back(), record)) {
                return QStringLiteral("snapshot %1: %2").arg(taken.size() - 1).arg(*failure);
            }
        }
        return std::nullopt;
    });
    if (failed) {
        return failed;
    }
    if (const QString reason = scenario.cutShort(); !reason.isEmpty()) {
        run.report.note(reason);
        return std::nullopt;
    }
    crdt::Doc& doc = scenario.member(0).doc;
    for (std::size_t i = 0; i < records.size(); ++i) {
        Failure failure = compareRestored(doc, roots, taken.at(i), records[i]);
        if (!failure) {
            failure =
                compareReads(doc, roots, taken[i], i == 0 ? nullptr : &taken[i - 1], records[i]);
        }
        if (!failure) {
            failure = compareSets(taken, i, updates, records[i]);
        }
        if (failure) {
            return QStringLiteral("snapshot %1: %2").arg(i).arg(*failure);
        }
    }
    return std::nullopt;
}

} // namespace

void runSnapshots(const Run& run)
{
    for (const Json& test : run.content[QStringLiteral("cases")].toArray()) {
        if (run.selection.has(test[QStringLiteral("sub")].toString())) {
            run.report.add(run.file, test[QStringLiteral("id")].toString(), check(test, run));
        }
    }
}

} // namespace tutti::conformance
