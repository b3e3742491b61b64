// SPDX-License-Identifier: MIT
//
// updates.json: work on updates as bytes, in both formats.
#include "crdt/doc.h"
#include "crdt/update.h"
#include "tests/conformance/operations.h"
#include "tests/conformance/values.h"

#include <algorithm>
#include <vector>

namespace tutti::conformance {

namespace {

/// Nobody's id in the vectors.
constexpr crdt::ClientId kObserver{4242424242};

using crdt::Bytes;
using crdt::BytesView;
using crdt::Result;

Failure compare(const QString& what, const Result<Bytes>& got, const Json& wanted)
{
    if (!got) {
        return QStringLiteral("%1: %2").arg(what, QString::fromStdString(got.error().message));
    }
    if (toBase64(*got) == wanted.toString()) {
        return std::nullopt;
    }
    return QStringLiteral("%1: got %2, wanted %3").arg(what, toBase64(*got), wanted.toString());
}

Failure compareBytes(const QString& what, const Result<Bytes>& got, const Result<Bytes>& wanted)
{
    return got && wanted && *got == *wanted ? Failure()
                                            : QStringLiteral("%1: format v2 differs").arg(what);
}

using Spans = std::vector<crdt::ClientSpan>;

Failure compareMeta(const Result<Spans>& got, const Json& wanted)
{
    Spans spans;
    const JsonArray ends = wanted[QStringLiteral("to")].toArray();
    for (const Json& from : wanted[QStringLiteral("from")].toArray()) {
        const auto to = std::ranges::find_if(ends, [&from](const Json& candidate) {
            return candidate[0].toDouble() == from[0].toDouble();
        });
        const auto clock = [](const Json& json) {
            return crdt::Clock(static_cast<quint32>(json.toDouble()));
        };
        spans.push_back({crdt::ClientId(static_cast<quint64>(from[0].toDouble())), clock(from[1]),
            to == ends.end() ? crdt::Clock() : clock((*to)[1])});
    }
    return got && *got == spans ? Failure() : QStringLiteral("the meta differs");
}

/// Runs checks until one fails.
class Checks
{
public:
    template <typename Check>
    Checks& operator<<(Check check)
    {
        if (!m_failure) {
            m_failure = check();
        }
        return *this;
    }
    [[nodiscard]] const Failure& failure() const noexcept { return m_failure; }

private:
    Failure m_failure;
};

Failure checkFull(const Json& test)
{
    const Bytes full = fromBase64(test[QStringLiteral("full")]);
    const Bytes v2 = fromBase64(test[QStringLiteral("toV2")]);
    const Result<Bytes> obfuscated = crdt::obfuscateUpdate(full);
    Checks checks;
    checks << [&] {
        return compare(
            QStringLiteral("to v2"), crdt::convertV1ToV2(full), test[QStringLiteral("toV2")]);
    } << [&] {
        return compare(QStringLiteral("back to v1"), crdt::convertV2ToV1(v2),
            test[QStringLiteral("backToV1")]);
    } << [&] {
        return compare(
            QStringLiteral("state"), crdt::getState(full), test[QStringLiteral("fullSv")]);
    } << [&] {
        return compare(
            QStringLiteral("v2 state"), crdt::getStateV2(v2), test[QStringLiteral("fullSv")]);
    } << [&] {
        return compareMeta(crdt::parseUpdateMeta(full), test[QStringLiteral("fullMeta")]);
    } << [&] {
        return compareMeta(crdt::parseUpdateMetaV2(v2), test[QStringLiteral("fullMeta")]);
    } << [&] {
        return compare(
            QStringLiteral("obfuscated"), obfuscated, test[QStringLiteral("obfuscated")]);
    } << [&] {
        const Result<Bytes> hidden = crdt::obfuscateUpdateV2(v2);
        return hidden ? compare(QStringLiteral("obfuscated v2"), crdt::convertV2ToV1(*hidden),
                            test[QStringLiteral("obfuscated")])
                      : QStringLiteral("obfuscating v2 fails");
    };
    return checks.failure();
}

Failure checkMerge(const Json& test, const Json& merge)
{
    std::vector<Bytes> parts;
    std::vector<Bytes> partsV2;
    for (const Json& index : merge[QStringLiteral("u")].toArray()) {
        parts.push_back(
            fromBase64(test[QStringLiteral("updates")][static_cast<std::size_t>(index.toInt())]));
        partsV2.push_back(crdt::convertV1ToV2(parts.back()).value_or(Bytes()));
    }
    const std::vector<BytesView> views(parts.begin(), parts.end());
    const std::vector<BytesView> viewsV2(partsV2.begin(), partsV2.end());
    const Bytes merged = fromBase64(merge[QStringLiteral("merged")]);
    const Bytes mergedV2 = fromBase64(merge[QStringLiteral("mergedV2")]);
    Checks checks;
    checks << [&] {
        return compare(
            QStringLiteral("merged"), crdt::mergeUpdates(views), merge[QStringLiteral("merged")]);
    } << [&] {
        return compare(QStringLiteral("merged v2"), crdt::mergeUpdatesV2(viewsV2),
            merge[QStringLiteral("mergedV2")]);
    } << [&] {
        return compare(
            QStringLiteral("state"), crdt::getState(merged), merge[QStringLiteral("sv")]);
    } << [&] {
        return compare(
            QStringLiteral("v2 state"), crdt::getStateV2(mergedV2), merge[QStringLiteral("sv")]);
    } << [&] {
        return compareMeta(crdt::parseUpdateMeta(merged), merge[QStringLiteral("meta")]);
    } << [&] {
        return compareMeta(crdt::parseUpdateMetaV2(mergedV2), merge[QStringLiteral("meta")]);
    };
    return checks.failure();
}

Failure checkDifference(const Bytes& update, const Json& test)
{
    const Bytes state = fromBase64(test[QStringLiteral("sv")]);
    const Result<Bytes> difference = crdt::getUpdate(update, state);
    if (const Failure failure =
            compare(QStringLiteral("difference"), difference, test[QStringLiteral("diff")])) {
        return failure;
    }
    // The bit for a key beside an origin is in a cut struct's bytes, and no conversion keeps it.
    return compareBytes(QStringLiteral("difference"),
        crdt::convertV2ToV1(crdt::getUpdateV2(crdt::convertV1ToV2(update).value_or(Bytes()), state)
                .value_or(Bytes())),
        crdt::convertV2ToV1(crdt::convertV1ToV2(*difference).value_or(Bytes())));
}

Failure checkDocDifference(const Json& test, const Bytes& full, const Json& difference)
{
    crdt::Doc doc = makeDoc(kObserver, {}, test[QStringLiteral("roots")]);
    if (!doc.applyUpdate(full)) {
        return QStringLiteral("the update is refused");
    }
    const Bytes state = fromBase64(difference[QStringLiteral("sv")]);
    const Result<Bytes> update = doc.getUpdate(state);
    if (const Failure failure = compare(
            QStringLiteral("a document's"), update, difference[QStringLiteral("encodeState")])) {
        return failure;
    }
    // The bit for a key beside an origin is in a document's bytes, and no conversion keeps it.
    return compareBytes(QStringLiteral("a document's"),
        crdt::convertV2ToV1(doc.getUpdateV2(state).value_or(Bytes())),
        crdt::convertV2ToV1(crdt::convertV1ToV2(*update).value_or(Bytes())));
}

} // namespace

void runUpdates(const Run& run)
{
    for (const Json& test : run.content[QStringLiteral("cases")].toArray()) {
        const QString id = test[QStringLiteral("id")].toString();
        const auto add = [&run, &id](const QString& part, const Failure& failure) {
            run.report.add(run.file, QStringLiteral("%1 %2").arg(id, part), failure);
        };
        if (run.selection.has(QStringLiteral("convert"))) {
            add(QStringLiteral("convert"), checkFull(test));
        }
        const JsonArray merges = test[QStringLiteral("cases")].toArray();
        for (std::size_t i = 0; i < merges.size(); ++i) {
            if (run.selection.has(QStringLiteral("merge"))) {
                add(QStringLiteral("merge-%1").arg(i), checkMerge(test, merges[i]));
            }
            const JsonArray differences = merges[i][QStringLiteral("diffs")].toArray();
            const Bytes merged = fromBase64(merges[i][QStringLiteral("merged")]);
            for (std::size_t k = 0;
                k < differences.size() && run.selection.has(QStringLiteral("diff")); ++k) {
                add(QStringLiteral("diff-%1-%2").arg(i).arg(k),
                    checkDifference(merged, differences[k]));
            }
        }
        const JsonArray differences = test[QStringLiteral("fullDiffs")].toArray();
        const Bytes full = fromBase64(test[QStringLiteral("full")]);
        for (std::size_t i = 0; i < differences.size() && run.selection.has(QStringLiteral("diff"));
            ++i) {
            Failure failure = checkDifference(full, differences[i]);
            if (!failure) {
                failure = checkDocDifference(test, full, differences[i]);
            }
            add(QStringLiteral("diff-full-%1").arg(i), failure);
        }
    }
}

} // namespace tutti::conformance
