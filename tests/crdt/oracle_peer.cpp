// SPDX-License-Identifier: MIT
//
// oracle_peer: documents driven by commands on standard input, one a line, for yjs_oracle.cjs. Each
// line is answered by one line. Bytes are hex, documents are named by numbers; operations, states
// and events are in the notation of the conformance vectors.
//
//   reset                    forgets all documents
//   doc N SPEC               a new document: {id, gc, roots, watch, um?}
//   do N OPERATION           what it emitted: v1:v2 of each update, separated by commas
//   apply1 N UPDATE          likewise (apply2: format v2)
//   sync1 N STATE            the update for that state vector
//   merge1 UPDATE…           mergeUpdates
//   undo N / redo N          0 or 1, then what it emitted
//   stop N / clear N / tick MS / depth N
//   bytes N                  v1, v2 and the state vector
//   pending N                1 when something waits for what it builds on
//   state N JSON             ok, or what differs; likewise:
//   events N JSON            what deep observers of all roots were told since the last time
//   position N JSON          the binary form of {at, index, assoc}
//   place N POSITION         the offset, or none
//   snapshot N               v1 and v2
//   restore N SNAPSHOT JSON  the state of the document as it was then: ok, or what differs
#include "crdt/doc.h"
#include "crdt/history.h"
#include "crdt/snapshot.h"
#include "crdt/sticky_index.h"
#include "crdt/undo_manager.h"
#include "crdt/update.h"
#include "tests/conformance/events.h"
#include "tests/conformance/operations.h"
#include "tests/conformance/states.h"
#include "tests/crdt/support.h"

#include <QByteArrayList>
#include <QFile>

#include <chrono>
#include <map>
#include <memory>
#include <utility>

using namespace tutti::crdt;
using namespace tutti::crdt::test;
using namespace tutti::conformance;

namespace {

std::chrono::milliseconds now{1'000'000};

QByteArray answer(const Result<Bytes>& bytes)
{
    return bytes ? hex(*bytes) : QByteArray::fromStdString("refused: " + bytes.error().message);
}

QByteArray answer(const Failure& failure) { return failure ? failure->toUtf8() : "ok"; }

Any parse(const QByteArray& json)
{
    const auto value = Any::fromJson({json.constData(), static_cast<std::size_t>(json.size())});
    return value ? *value : Any("not JSON");
}

/// A document, with all that was emitted and told.
class Member
{
public:
    explicit Member(const QByteArray& specification)
        : m_spec(parse(specification))
        , m_roots(Json(&m_spec)[QStringLiteral("roots")])
        , m_doc(tutti::conformance::makeDoc(
              readClient(Json(&m_spec)[QStringLiteral("id")]), Json(&m_spec), m_roots))
    {
        m_subscriptions.push_back(m_doc.observe([this](const TransactionEvent& event) {
            m_emitted << hex(event.update) + ':' + hex(event.updateV2());
        }));
        const Json spec(&m_spec);
        if (spec[QStringLiteral("watch")].toBool(false)) {
            watch();
        }
        if (const Json config = spec[QStringLiteral("um")]; !config.isUndefined()) {
            makeUndo(config);
        }
    }
    Member(Member&&) = delete;

    QByteArray carryOut(const QByteArray& verb, const QByteArray& rest)
    {
        const QByteArray result = verb == "do" ? edit(rest) : other(verb, rest);
        checkInvariants(m_doc);
        return result;
    }

private:
    void watch()
    {
        for (const Json& root : m_roots.toArray()) {
            const std::string name = root[0].toString().toStdString();
            m_subscriptions.push_back(rootOf(m_doc, m_roots, root[0])
                    .observeDeep([this, name](std::span<const TypeEvent> events) {
                        m_events.push_back(Any::object(writeEvents(name, events)));
                    }));
        }
    }

    void makeUndo(const Json& config)
    {
        UndoManager::Options options;
        options.captureTimeout =
            std::chrono::milliseconds(config[QStringLiteral("captureTimeout")].toInt());
        options.ignoreRemoteMapChanges =
            config[QStringLiteral("ignoreRemoteMapChanges")].toBool(false);
        options.now = [] { return now; };
        options.trackedOrigins.clear();
        for (const Json& origin : config[QStringLiteral("tracked")].toArray()) {
            options.trackedOrigins.push_back(readOrigin(origin));
        }
        const JsonArray names = config[QStringLiteral("scope")].toArray();
        if (names.empty()) {
            m_undo = std::make_unique<UndoManager>(m_doc, std::move(options));
            return;
        }
        std::vector<SharedType> scope;
        for (const Json& name : names) {
            scope.push_back(rootOf(m_doc, m_roots, name));
        }
        m_undo = std::make_unique<UndoManager>(m_doc, std::move(scope), std::move(options));
    }

    static Origin readOrigin(const Json& json)
    {
        const QString name = json.toString();
        return name.isEmpty() ? Origin() : Origin(name.toStdString());
    }

    QByteArray emitted() { return std::exchange(m_emitted, {}).join(','); }

    QByteArray edit(const QByteArray& json)
    {
        const Any parsed = parse(json);
        const Json operation(&parsed);
        if (operation[QStringLiteral("op")].toString() != QLatin1String("txn")) {
            const QByteArray said = basic(operation);
            return said + emitted();
        }
        QByteArray said;
        {
            const auto transaction =
                m_doc.transact(readOrigin(operation[QStringLiteral("origin")]));
            for (const Json& inner : operation[QStringLiteral("ops")].toArray()) {
                said += basic(inner);
            }
        }
        return said + emitted();
    }

    QByteArray basic(const Json& operation)
    {
        const auto outcome = tutti::conformance::carryOut(m_doc, m_roots, operation);
        if (!outcome) {
            return outcome.error().toUtf8() + ' ';
        }
        switch (*outcome) {
        case Outcome::Refused:
            return "refused ";
        case Outcome::CutsPair:
            return "cuts a pair ";
        case Outcome::Done:
            break;
        }
        return {};
    }

    QByteArray receive(const Result<void>& applied)
    {
        const QByteArray updates = emitted();
        return applied ? updates : QByteArray::fromStdString("refused: " + applied.error().message);
    }

    QByteArray other(const QByteArray& verb, const QByteArray& rest)
    {
        if (verb == "apply1") {
            return receive(m_doc.applyUpdate(fromHex(rest), Origin("remote")));
        }
        if (verb == "apply2") {
            return receive(m_doc.applyUpdateV2(fromHex(rest), Origin("remote")));
        }
        if (verb == "sync1") {
            return answer(m_doc.getUpdate(fromHex(rest)));
        }
        if (verb == "sync2") {
            return answer(m_doc.getUpdateV2(fromHex(rest)));
        }
        if (verb == "undo" || verb == "redo") {
            const bool done = verb == "undo" ? m_undo->undo() : m_undo->redo();
            return (done ? "1 " : "0 ") + emitted();
        }
        if (verb == "stop") {
            m_undo->stopCapturing();
            return "ok";
        }
        if (verb == "clear") {
            m_undo->clear();
            return "ok";
        }
        if (verb == "depth") {
            return QByteArray::number(static_cast<quint64>(m_undo->undoStack().size())) + ' '
                + QByteArray::number(static_cast<quint64>(m_undo->redoStack().size()));
        }
        if (verb == "bytes") {
            return hex(m_doc.getUpdate()) + ' ' + hex(m_doc.getUpdateV2()) + ' '
                + hex(m_doc.getState());
        }
        if (verb == "pending") {
            return m_doc.hasPending() ? "1" : "0";
        }
        return look(verb, rest);
    }

    QByteArray look(const QByteArray& verb, const QByteArray& rest)
    {
        if (verb == "state") {
            const Any wanted = parse(rest);
            return answer(compareState(QStringLiteral("root"), m_doc, m_roots, Json(&wanted)));
        }
        if (verb == "events") {
            const Any wanted = parse(rest);
            return answer(compareWritten(QStringLiteral("events"), Any(std::exchange(m_events, {})),
                normalized(Json(&wanted))));
        }
        if (verb == "position") {
            const Any parsed = parse(rest);
            const Json json(&parsed);
            const auto type = resolve(m_doc, m_roots, json[QStringLiteral("at")]);
            const auto index = static_cast<std::uint32_t>(json[QStringLiteral("index")].toInt());
            return type
                ? hex(StickyIndex::at(*type, Offset(index),
                      json[QStringLiteral("assoc")].toInt() < 0 ? Assoc::Before : Assoc::After)
                          .encode())
                : QByteArray("the path leads nowhere");
        }
        if (verb == "place") {
            const auto position = StickyIndex::decode(fromHex(rest));
            const auto place = position ? position->resolve(m_doc) : std::nullopt;
            return place ? QByteArray::number(place->offset.value()) : QByteArray("none");
        }
        if (verb == "snapshot") {
            const Snapshot taken = snapshot(m_doc);
            return hex(taken.encode()) + ' ' + hex(taken.encodeV2());
        }
        if (verb == "restore") {
            const qsizetype space = rest.indexOf(' ');
            const auto taken = Snapshot::decode(fromHex(rest.first(space)));
            if (!taken) {
                return "refused";
            }
            auto restored = docFromSnapshot(m_doc, *taken);
            const Any wanted = parse(rest.sliced(space + 1));
            return restored
                ? answer(compareState(QStringLiteral("root"), *restored, m_roots, Json(&wanted)))
                : QByteArray::fromStdString(restored.error().message);
        }
        return "unknown command";
    }

    const Any m_spec;
    const Json m_roots;
    Doc m_doc;
    QByteArrayList m_emitted;
    Any::Array m_events;
    std::unique_ptr<UndoManager> m_undo;
    std::vector<Subscription> m_subscriptions;
};

QByteArray merge(const QByteArray& verb, const QByteArray& rest)
{
    std::vector<Bytes> updates;
    for (const QByteArray& part : rest.split(' ')) {
        updates.push_back(fromHex(part));
    }
    const std::vector<BytesView> views(updates.begin(), updates.end());
    return answer(verb == "merge2" ? mergeUpdatesV2(views) : mergeUpdates(views));
}

class Peer
{
public:
    QByteArray carryOut(const QByteArray& line)
    {
        const auto [verb, rest] = cut(line);
        if (verb == "reset") {
            m_members.clear();
            now = std::chrono::milliseconds(1'000'000);
            return "ok";
        }
        if (verb == "tick") {
            now += std::chrono::milliseconds(rest.toInt());
            return "ok";
        }
        if (verb.startsWith("merge")) {
            return merge(verb, rest);
        }
        const auto [name, more] = cut(rest);
        if (verb == "doc") {
            m_members[name] = std::make_unique<Member>(more);
            return "ok";
        }
        const auto member = m_members.find(name);
        return member == m_members.end() ? QByteArray("no such document")
                                         : member->second->carryOut(verb, more);
    }

private:
    /// The first word, and what follows.
    static std::pair<QByteArray, QByteArray> cut(const QByteArray& line)
    {
        const qsizetype space = line.indexOf(' ');
        return space < 0 ? std::pair(line, QByteArray())
                         : std::pair(line.first(space), line.sliced(space + 1));
    }

    std::map<QByteArray, std::unique_ptr<Member>> m_members;
};

} // namespace

int main()
{
    QFile input;
    QFile output;
    if (!input.open(stdin, QIODevice::ReadOnly) || !output.open(stdout, QIODevice::WriteOnly)) {
        return 1;
    }
    Peer peer;
    while (!input.atEnd()) {
        QByteArray line = input.readLine();
        if (line.endsWith('\n')) {
            line.chop(1);
        }
        output.write(peer.carryOut(line) + '\n');
    }
    return 0;
}
