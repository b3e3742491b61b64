// SPDX-License-Identifier: MIT
#include "tests/conformance/scenario.h"

#include "crdt/update.h"
#include "tests/conformance/events.h"
#include "tests/conformance/operations.h"
#include "tests/conformance/states.h"

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

namespace tutti::conformance {

namespace {

using crdt::Bytes;
using crdt::Doc;
using crdt::UndoManager;

const QString kCutsPair = QStringLiteral("an operation cuts a surrogate pair");

crdt::Origin readOrigin(const Json& json)
{
    const QString name = json.toString();
    return name.isEmpty() ? crdt::Origin() : crdt::Origin(name.toStdString());
}

std::unique_ptr<UndoManager> makeUndo(Doc& doc, const Json& config, const Json& roots)
{
    UndoManager::Options options;
    options.captureTimeout = std::chrono::milliseconds(
        static_cast<std::int64_t>(config[QStringLiteral("captureTimeout")].toDouble()));
    options.ignoreRemoteMapChanges = config[QStringLiteral("ignoreRemoteMapChanges")].toBool(false);
    options.trackedOrigins.clear();
    for (const Json& origin : config[QStringLiteral("tracked")].toArray()) {
        options.trackedOrigins.push_back(readOrigin(origin));
    }
    std::vector<crdt::SharedType> scope;
    for (const Json& root : config[QStringLiteral("scope")].toArray()) {
        if (root.toString() == QLatin1String("$doc")) {
            return std::make_unique<UndoManager>(doc, std::move(options));
        }
        scope.push_back(rootOf(doc, roots, root));
    }
    return std::make_unique<UndoManager>(doc, std::move(scope), std::move(options));
}

Failure comparePending(const QString& what, const Doc& doc, const Json& expect)
{
    const bool wanted = !expect[QStringLiteral("missing")].isUndefined()
        || !expect[QStringLiteral("pendingDs")].isUndefined();
    return doc.hasPending() == wanted
        ? Failure()
        : QStringLiteral("%1: hasPending() says %2").arg(what).arg(doc.hasPending());
}

Failure compareDepth(const QString& what, std::size_t got, const Json& wanted)
{
    const auto depth = static_cast<int>(got);
    return wanted.toInt(depth) == depth
        ? Failure()
        : QStringLiteral("%1: got %2, wanted %3").arg(what).arg(depth).arg(wanted.toInt());
}

crdt::Any guidsOf(std::span<const crdt::Subdocument> documents)
{
    crdt::Any::Array guids;
    for (const crdt::Subdocument& document : documents) {
        guids.emplace_back(document.guid());
    }
    return guids;
}

} // namespace

std::vector<Bytes> readUpdates(const Json& json)
{
    std::vector<Bytes> updates;
    for (const Json& update : json.toArray()) {
        updates.push_back(fromBase64(update));
    }
    return updates;
}

Failure applyTo(Doc& doc, crdt::BytesView update)
{
    const auto applied = doc.applyUpdate(update, crdt::Origin("remote"));
    return applied ? Failure()
                   : QStringLiteral("an update is refused: %1")
                         .arg(QString::fromStdString(applied.error().message));
}

Failure compareBytes(const QString& what, crdt::BytesView got, const Json& wanted)
{
    if (wanted.isUndefined()) {
        return std::nullopt;
    }
    const QString written = toBase64(got);
    return written == wanted.toString()
        ? Failure()
        : QStringLiteral("%1: got %2, wanted %3").arg(what, written, wanted.toString());
}

Failure compareDoc(
    const QString& what, Doc& doc, const Json& roots, const Json& expect, const Json& first)
{
    if (Failure failure = compareBytes(
            what + QStringLiteral(" v1"), doc.getUpdate(), expect[QStringLiteral("v1")])) {
        return failure;
    }
    if (const Json v2 = expect[QStringLiteral("v2")]; !v2.isUndefined()) {
        if (Failure failure = compareBytes(what + QStringLiteral(" v2"), doc.getUpdateV2(), v2)) {
            return failure;
        }
    }
    if (Failure failure = compareBytes(
            what + QStringLiteral(" sv"), doc.getState(), expect[QStringLiteral("sv")])) {
        return failure;
    }
    // A record that says nothing of bytes says nothing of what is pending either.
    if (!expect[QStringLiteral("v1")].isUndefined()) {
        if (Failure failure = comparePending(what, doc, expect)) {
            return failure;
        }
    }
    const Json state = expect[QStringLiteral("state")];
    return compareState(what + QStringLiteral(" state"), doc, roots,
        state.toString() == QLatin1String("=") ? first[QStringLiteral("state")] : state);
}

Scenario::Scenario(const Json& test, std::vector<Bytes> updates, Options options)
    : m_test(test)
    , m_roots(test[QStringLiteral("roots")])
    , m_updates(std::move(updates))
    , m_options(options)
{
    for (const Json& client : test[QStringLiteral("clients")].toArray()) {
        m_members.push_back(std::make_unique<Member>(
            makeDoc(readClient(client[QStringLiteral("id")]), client, m_roots)));
        watch(m_members.size() - 1);
        if (const Json config = client[QStringLiteral("um")]; !config.isUndefined()) {
            Member& member = *m_members.back();
            member.undo = makeUndo(member.doc, config, m_roots);
        }
    }
}

void Scenario::watch(std::size_t index)
{
    Member& member = *m_members[index];
    const auto client = static_cast<int>(index);
    member.subscriptions.push_back(member.doc.observe([this](const crdt::TransactionEvent& event) {
        m_emitted.emplace_back(event.update.begin(), event.update.end());
    }));
    member.subscriptions.push_back(
        member.doc.observeSubdocuments([this, client](const crdt::SubdocumentsEvent& event) {
            m_subdocuments.push_back(crdt::Any::object(
                {{"c", client}, {"s", static_cast<int>(m_done)}, {"added", guidsOf(event.added)},
                    {"removed", guidsOf(event.removed)}, {"loaded", guidsOf(event.loaded)}}));
        }));
    if (!m_options.recordEvents) {
        return;
    }
    for (const Json& root : m_roots.toArray()) {
        const std::string name = root[0].toString().toStdString();
        member.subscriptions.push_back(rootOf(member.doc, m_roots, root[0])
                .observeDeep([this, client, name](std::span<const crdt::TypeEvent> events) {
                    crdt::Any::Object written = writeEvents(name, events);
                    written.emplace_back("c", client);
                    written.emplace_back("s", static_cast<int>(m_done));
                    m_events.push_back(crdt::Any::object(std::move(written)));
                }));
    }
}

Failure Scenario::run(const AfterSteps& after)
{
    const JsonArray steps = m_test[QStringLiteral("steps")].toArray();
    const Json mid = m_test[QStringLiteral("mid")];
    for (m_done = 0;; ++m_done) {
        if (mid[QStringLiteral("afterSteps")].toInt(-1) == static_cast<int>(m_done)) {
            if (Failure failure =
                    compareAll(QStringLiteral("mid"), mid[QStringLiteral("clients")])) {
                return failure;
            }
        }
        if (Failure failure = after ? after(m_done) : std::nullopt) {
            return QStringLiteral("after %1 steps: %2").arg(m_done).arg(*failure);
        }
        if (m_done == steps.size()) {
            break;
        }
        const Failure failure = step(steps[m_done]);
        if (!m_cutShort.isEmpty()) {
            return std::nullopt;
        }
        if (failure) {
            return QStringLiteral("step %1: %2").arg(m_done).arg(*failure);
        }
    }
    if (!m_updates.empty() && m_nextUpdate != m_updates.size()) {
        return QStringLiteral("%1 updates, wanted %2").arg(m_nextUpdate).arg(m_updates.size());
    }
    return compareAll(QStringLiteral("end"), m_test[QStringLiteral("expect")]);
}

Failure Scenario::compareAll(const QString& when, const Json& expect)
{
    for (std::size_t i = 0; i < m_members.size(); ++i) {
        const Json record = expect[i];
        const QString what = QStringLiteral("%1, client %2").arg(when).arg(i);
        if (record.isUndefined()) {
            continue;
        }
        if (Failure failure = compareDoc(what, m_members[i]->doc, m_roots, record, expect[0])) {
            return failure;
        }
        if (const UndoManager* undo = m_members[i]->undo.get()) {
            if (Failure failure = compareDepth(what + QStringLiteral(" undo depth"),
                    undo->undoStack().size(), record[QStringLiteral("undoDepth")])) {
                return failure;
            }
            if (Failure failure = compareDepth(what + QStringLiteral(" redo depth"),
                    undo->redoStack().size(), record[QStringLiteral("redoDepth")])) {
                return failure;
            }
        }
    }
    return std::nullopt;
}

Failure Scenario::step(const Json& operation)
{
    m_emitted.clear();
    Member& who = member(static_cast<std::size_t>(operation[QStringLiteral("c")].toInt()));
    if (Failure failure = carryOut(who, operation); failure || !m_cutShort.isEmpty()) {
        return failure;
    }
    const auto wanted = static_cast<std::size_t>(operation[QStringLiteral("e")].toInt());
    if (m_emitted.size() < wanted && readingDeletedMarks()) {
        m_cutShort = QStringLiteral("reading a delta deletes marks in Yjs");
        return std::nullopt;
    }
    if (m_emitted.size() != wanted) {
        return QStringLiteral("%1 updates, wanted %2").arg(m_emitted.size()).arg(wanted);
    }
    for (const Bytes& update : m_emitted) {
        const std::size_t index = m_nextUpdate++;
        if (!m_updates.empty() && update != m_updates.at(index)) {
            return QStringLiteral("update %1: got %2, wanted %3")
                .arg(index)
                .arg(toBase64(update), toBase64(m_updates[index]));
        }
    }
    return std::nullopt;
}

bool Scenario::readingDeletedMarks() const
{
    if (!m_options.recordEvents) {
        return false;
    }
    const auto isOfThisStep = [this](const Json& call) {
        return call[QStringLiteral("s")].toInt() == static_cast<int>(m_done);
    };
    // What it deletes is told as a local change of a text in which nothing changed.
    const auto isBare = [](const Json& call) {
        return call[QStringLiteral("local")].toBool(false)
            && std::ranges::all_of(call[QStringLiteral("ev")].toArray(), [](const Json& event) {
                   return event[QStringLiteral("type")].toString().endsWith(QLatin1String("text"))
                       && event[QStringLiteral("delta")].isUndefined()
                       && event[QStringLiteral("keys")].isUndefined();
               });
    };
    std::ptrdiff_t bare = 0;
    std::ptrdiff_t wanted = 0;
    for (const Json& call : m_test[QStringLiteral("events")].toArray()) {
        wanted += isOfThisStep(call) ? 1 : 0;
        bare += isOfThisStep(call) && isBare(call) ? 1 : 0;
    }
    const auto got = std::ranges::count_if(
        m_events, [&](const crdt::Any& call) { return isOfThisStep(Json(&call)); });
    return got < wanted && got >= wanted - bare;
}

Failure Scenario::carryOut(Member& member, const Json& operation)
{
    const QString name = operation[QStringLiteral("op")].toString();
    if (name == QLatin1String("txn")) {
        return transaction(member.doc, operation);
    }
    if (name == QLatin1String("apply") || name == QLatin1String("sync")
        || name == QLatin1String("merged")) {
        return receive(member.doc, name, operation);
    }
    if (name == QLatin1String("undo") || name == QLatin1String("redo")
        || name.startsWith(QLatin1String("um."))) {
        return undoOrRedo(member, name, operation);
    }
    return basic(member.doc, operation, !operation[QStringLiteral("throws")].isUndefined());
}

Failure Scenario::basic(Doc& doc, const Json& operation, bool mayThrow)
{
    const auto outcome = conformance::carryOut(doc, m_roots, operation);
    if (!outcome) {
        return outcome.error();
    }
    if (*outcome == Outcome::CutsPair) {
        m_cutShort = kCutsPair;
        return std::nullopt;
    }
    const bool refused = *outcome == Outcome::Refused;
    return refused == mayThrow
        ? Failure()
        : QStringLiteral("%1 %2").arg(operation[QStringLiteral("op")].toString(),
              refused ? QStringLiteral("is refused") : QStringLiteral("reports no error"));
}

Failure Scenario::transaction(Doc& doc, const Json& operation)
{
    const auto open = doc.transact(readOrigin(operation[QStringLiteral("origin")]));
    const bool mayThrow = !operation[QStringLiteral("throws")].isUndefined();
    bool refused = false;
    for (const Json& inner : operation[QStringLiteral("ops")].toArray()) {
        const auto outcome = conformance::carryOut(doc, m_roots, inner);
        if (!outcome) {
            return outcome.error();
        }
        if (*outcome == Outcome::CutsPair) {
            m_cutShort = kCutsPair;
            return std::nullopt;
        }
        // An error in Yjs ends the transaction's body.
        refused = *outcome == Outcome::Refused;
        if (refused) {
            break;
        }
    }
    return refused == mayThrow
        ? Failure()
        : QStringLiteral("a transaction %1")
              .arg(refused ? QStringLiteral("is refused") : QStringLiteral("reports no error"));
}

Failure Scenario::undoOrRedo(Member& member, const QString& name, const Json& operation)
{
    UndoManager* undo = member.undo.get();
    if (undo == nullptr) {
        return QStringLiteral("%1 without an undo manager").arg(name);
    }
    if (name == QLatin1String("um.stop")) {
        undo->stopCapturing();
        return std::nullopt;
    }
    if (name == QLatin1String("um.clear")) {
        undo->clear();
        return std::nullopt;
    }
    const bool done = name == QLatin1String("undo") ? undo->undo() : undo->redo();
    if (done != operation[QStringLiteral("r")].toBool(done)) {
        return QStringLiteral("%1 says %2").arg(name).arg(done);
    }
    return compareState(name + QStringLiteral(" state"), m_members.front()->doc, m_roots,
        operation[QStringLiteral("st")]);
}

Failure Scenario::receive(Doc& doc, const QString& name, const Json& operation)
{
    if (name == QLatin1String("sync")) {
        const auto from = static_cast<std::size_t>(operation[QStringLiteral("from")].toInt());
        const auto difference = member(from).doc.getUpdate(doc.getState());
        if (!difference) {
            return QString::fromStdString(difference.error().message);
        }
        if (Failure failure = compareBytes(
                QStringLiteral("difference"), *difference, operation[QStringLiteral("diff")])) {
            return failure;
        }
        return applyTo(doc, *difference);
    }
    std::vector<crdt::BytesView> parts;
    for (const Json& index : operation[QStringLiteral("u")].toArray()) {
        parts.emplace_back(m_updates.at(static_cast<std::size_t>(index.toInt())));
    }
    if (name == QLatin1String("apply")) {
        for (const crdt::BytesView part : parts) {
            if (Failure failure = applyTo(doc, part)) {
                return failure;
            }
        }
        return std::nullopt;
    }
    const auto merged = crdt::mergeUpdates(parts);
    if (!merged) {
        return QString::fromStdString(merged.error().message);
    }
    if (Failure failure =
            compareBytes(QStringLiteral("merged"), *merged, operation[QStringLiteral("m")])) {
        return failure;
    }
    return applyTo(doc, *merged);
}

} // namespace tutti::conformance
