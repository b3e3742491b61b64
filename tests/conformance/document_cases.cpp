// SPDX-License-Identifier: MIT
//
// documents.json, fuzz.json and undo.json. Level A applies the recorded updates and compares bytes;
// level B carries out the operations and compares every update they cause.
#include "crdt/doc.h"
#include "crdt/undo_manager.h"
#include "crdt/update.h"
#include "tests/conformance/values.h"

#include <QSet>

#include <memory>
#include <vector>

namespace tutti::conformance {

namespace {

using crdt::Bytes;
using crdt::Doc;
using crdt::Offset;
using crdt::Text;

/// Nobody's id in the vectors.
constexpr crdt::ClientId kObserver{4242424242};

Doc makeDoc(crdt::ClientId id, const Json& client, const Json& roots)
{
    Doc doc({.clientId = id, .guid = {}, .gc = client[QStringLiteral("gc")].toBool(true)});
    for (const Json& root : roots.toArray()) {
        if (root[1].toString() == QLatin1String("text")) {
            static_cast<void>(doc.get<Text>(root[0].toString().toStdString()));
        }
    }
    return doc;
}

Failure compareBytes(const QString& what, const QString& got, const Json& wanted)
{
    if (wanted.isUndefined() || got == wanted.toString()) {
        return std::nullopt;
    }
    return QStringLiteral("%1: got %2, wanted %3").arg(what, got, wanted.toString());
}

Failure compareDoc(const QString& what, const Doc& doc, const Json& expect)
{
    if (const Failure failure = compareBytes(what + QStringLiteral(" v1"),
            toBase64(doc.getUpdate()), expect[QStringLiteral("v1")])) {
        return failure;
    }
    return compareBytes(
        what + QStringLiteral(" sv"), toBase64(doc.getState()), expect[QStringLiteral("sv")]);
}

Failure applyTo(Doc& doc, const Bytes& update)
{
    const auto applied = doc.applyUpdate(update, crdt::Origin("remote"));
    return applied ? Failure()
                   : QStringLiteral("an update is refused: %1")
                         .arg(QString::fromStdString(applied.error().message));
}

std::vector<Bytes> readUpdates(const Json& json)
{
    std::vector<Bytes> updates;
    for (const Json& update : json.toArray()) {
        updates.push_back(fromBase64(update));
    }
    return updates;
}

Failure replay(const Json& test, const std::vector<Bytes>& updates)
{
    Doc doc = makeDoc(kObserver, test[QStringLiteral("clients")][0], test[QStringLiteral("roots")]);
    for (const Bytes& update : updates) {
        if (const Failure failure = applyTo(doc, update)) {
            return failure;
        }
    }
    const Json expect = test[QStringLiteral("expect")][0];
    const Json replayed = test[QStringLiteral("replay")][QStringLiteral("v1")];
    if (const Failure failure = compareBytes(QStringLiteral("replay v1"), toBase64(doc.getUpdate()),
            replayed.isUndefined() ? expect[QStringLiteral("v1")] : replayed)) {
        return failure;
    }
    return compareBytes(
        QStringLiteral("replay sv"), toBase64(doc.getState()), expect[QStringLiteral("sv")]);
}

Failure observe(const Json& test, const std::vector<Bytes>& updates)
{
    for (const Json& observer : test[QStringLiteral("observers")].toArray()) {
        const crdt::ClientId id(static_cast<quint64>(observer[QStringLiteral("id")].toDouble()));
        Doc doc = makeDoc(id, observer, test[QStringLiteral("roots")]);
        const JsonArray order = observer[QStringLiteral("order")].toArray();
        std::size_t applied = 0;
        for (const Json& check : observer[QStringLiteral("checks")].toArray()) {
            for (; applied < static_cast<std::size_t>(check[QStringLiteral("n")].toInt());
                ++applied) {
                const auto index = static_cast<std::size_t>(order[applied].toInt());
                if (const Failure failure = applyTo(doc, updates.at(index))) {
                    return failure;
                }
            }
            const QString what =
                QStringLiteral("observer %1 after %2").arg(id.value()).arg(applied);
            if (const Failure failure = compareDoc(what, doc, check)) {
                return failure;
            }
        }
    }
    return std::nullopt;
}

/// Carries out the operations of a scenario that edits plain text only.
class Scenario
{
public:
    Scenario(const Json& test, const std::vector<Bytes>& updates)
        : m_test(test)
        , m_updates(updates)
    {
        for (const Json& client : test[QStringLiteral("clients")].toArray()) {
            const crdt::ClientId id(static_cast<quint64>(client[QStringLiteral("id")].toDouble()));
            auto member =
                std::make_unique<Member>(makeDoc(id, client, test[QStringLiteral("roots")]));
            member->subscription = member->doc.observe([this](const crdt::TransactionEvent& event) {
                m_emitted.emplace_back(event.update.begin(), event.update.end());
            });
            if (const Json config = client[QStringLiteral("um")]; !config.isUndefined()) {
                member->undo = makeUndo(member->doc, config);
            }
            m_members.push_back(std::move(member));
        }
    }

    Failure run()
    {
        const JsonArray steps = m_test[QStringLiteral("steps")].toArray();
        const Json mid = m_test[QStringLiteral("mid")];
        for (std::size_t i = 0; i < steps.size(); ++i) {
            if (mid[QStringLiteral("afterSteps")].toInt(-1) == static_cast<int>(i)) {
                if (const Failure failure =
                        compareAll(QStringLiteral("mid"), mid[QStringLiteral("clients")])) {
                    return failure;
                }
            }
            if (const Failure failure = step(steps[i])) {
                return QStringLiteral("step %1: %2").arg(i).arg(*failure);
            }
        }
        return compareAll(QStringLiteral("end"), m_test[QStringLiteral("expect")]);
    }

private:
    struct Member
    {
        explicit Member(Doc made)
            : doc(std::move(made))
        { }
        Doc doc;
        crdt::Subscription subscription;
        std::unique_ptr<crdt::UndoManager> undo;
    };

    static std::unique_ptr<crdt::UndoManager> makeUndo(Doc& doc, const Json& config)
    {
        std::vector<crdt::SharedType> scope;
        for (const Json& root : config[QStringLiteral("scope")].toArray()) {
            scope.push_back(doc.get<Text>(root.toString().toStdString()));
        }
        crdt::UndoManager::Options options;
        options.captureTimeout = std::chrono::milliseconds(
            static_cast<qint64>(config[QStringLiteral("captureTimeout")].toDouble()));
        options.trackedOrigins.clear();
        for (const Json& origin : config[QStringLiteral("tracked")].toArray()) {
            options.trackedOrigins.emplace_back(origin.toString().toStdString());
        }
        return std::make_unique<crdt::UndoManager>(doc, std::move(scope), std::move(options));
    }

    Failure undoOrRedo(const QString& name, const Json& operation)
    {
        crdt::UndoManager* undo = memberOf(operation).undo.get();
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
        return done == operation[QStringLiteral("r")].toBool(!done)
            ? Failure()
            : QStringLiteral("%1 says %2").arg(name).arg(done);
    }

    Member& memberOf(const Json& operation)
    {
        return *m_members[static_cast<std::size_t>(operation[QStringLiteral("c")].toInt())];
    }

    Failure compareAll(const QString& when, const Json& expect)
    {
        for (std::size_t i = 0; i < m_members.size(); ++i) {
            const QString what = QStringLiteral("%1, client %2").arg(when).arg(i);
            if (const Failure failure = compareDoc(what, m_members[i]->doc, expect[i])) {
                return failure;
            }
        }
        return std::nullopt;
    }

    Failure step(const Json& operation)
    {
        m_emitted.clear();
        if (const Failure failure = carryOut(memberOf(operation).doc, operation)) {
            return failure;
        }
        const auto wanted = static_cast<std::size_t>(operation[QStringLiteral("e")].toInt());
        if (m_emitted.size() != wanted) {
            return QStringLiteral("%1 updates, wanted %2").arg(m_emitted.size()).arg(wanted);
        }
        for (const Bytes& update : m_emitted) {
            const Bytes& expected = m_updates.at(m_nextUpdate++);
            if (update != expected) {
                return QStringLiteral("update %1: got %2, wanted %3")
                    .arg(m_nextUpdate - 1)
                    .arg(toBase64(update), toBase64(expected));
            }
        }
        return std::nullopt;
    }

    Failure carryOut(Doc& doc, const Json& operation)
    {
        const QString name = operation[QStringLiteral("op")].toString();
        if (name == QLatin1String("txn")) {
            const auto transaction = doc.transact(
                crdt::Origin(operation[QStringLiteral("origin")].toString().toStdString()));
            for (const Json& inner : operation[QStringLiteral("ops")].toArray()) {
                if (const Failure failure = carryOut(doc, inner)) {
                    return failure;
                }
            }
            return std::nullopt;
        }
        if (name == QLatin1String("apply")) {
            for (const Json& index : operation[QStringLiteral("u")].toArray()) {
                if (const Failure failure =
                        applyTo(doc, m_updates.at(static_cast<std::size_t>(index.toInt())))) {
                    return failure;
                }
            }
            return std::nullopt;
        }
        if (name == QLatin1String("sync")) {
            const auto from = static_cast<std::size_t>(operation[QStringLiteral("from")].toInt());
            const auto difference = m_members[from]->doc.getUpdate(doc.getState());
            return compareAndApply(
                doc, QStringLiteral("difference"), *difference, operation[QStringLiteral("diff")]);
        }
        if (name == QLatin1String("merged")) {
            std::vector<crdt::BytesView> parts;
            for (const Json& index : operation[QStringLiteral("u")].toArray()) {
                parts.emplace_back(m_updates.at(static_cast<std::size_t>(index.toInt())));
            }
            const auto merged = crdt::mergeUpdates(parts);
            if (!merged) {
                return QString::fromStdString(merged.error().message);
            }
            return compareAndApply(
                doc, QStringLiteral("merged"), *merged, operation[QStringLiteral("m")]);
        }
        if (name == QLatin1String("undo") || name == QLatin1String("redo")
            || name.startsWith(QLatin1String("um."))) {
            return undoOrRedo(name, operation);
        }
        return editText(doc, name, operation);
    }

    Failure compareAndApply(Doc& doc, const QString& what, const Bytes& update, const Json& wanted)
    {
        if (const Failure failure = compareBytes(what, toBase64(update), wanted)) {
            return failure;
        }
        return applyTo(doc, update);
    }

    Failure editText(Doc& doc, const QString& name, const Json& operation)
    {
        const JsonArray path = operation[QStringLiteral("at")].toArray();
        if (path.size() != 1 || !operation[QStringLiteral("a")].isUndefined()) {
            return QStringLiteral("%1 on this cannot be run yet").arg(name);
        }
        Text text = doc.get<Text>(path[0].toString().toStdString());
        const Offset at(static_cast<quint32>(operation[QStringLiteral("i")].toInt()));
        if (name == QLatin1String("t.ins")) {
            text.insert(at, readString(operation[QStringLiteral("s")]));
        } else if (name == QLatin1String("t.del")) {
            text.erase(at, Offset(static_cast<quint32>(operation[QStringLiteral("n")].toInt())));
        } else {
            return QStringLiteral("%1 cannot be run yet").arg(name);
        }
        return std::nullopt;
    }

    const Json& m_test;
    const std::vector<Bytes>& m_updates;
    std::vector<std::unique_ptr<Member>> m_members;
    std::vector<Bytes> m_emitted;
    std::size_t m_nextUpdate = 0;
};

/// Whether all operations are among those that level B can carry out.
bool editsPlainTextOnly(const Json& steps)
{
    const QSet<QString> known{QStringLiteral("t.ins"), QStringLiteral("t.del"),
        QStringLiteral("apply"), QStringLiteral("sync"), QStringLiteral("merged"),
        QStringLiteral("undo"), QStringLiteral("redo"), QStringLiteral("um.stop"),
        QStringLiteral("um.clear")};
    for (const Json& step : steps.toArray()) {
        const QString name = step[QStringLiteral("op")].toString();
        if (name == QLatin1String("txn")) {
            if (!editsPlainTextOnly(step[QStringLiteral("ops")])) {
                return false;
            }
        } else if (!known.contains(name) || !step[QStringLiteral("a")].isUndefined()
            || !step[QStringLiteral("throws")].isUndefined()
            || step[QStringLiteral("at")].toArray().size() > 1) {
            return false;
        }
    }
    return true;
}

QString categoryOf(const Json& test)
{
    const QString category = test[QStringLiteral("cat")].toString();
    if (category != QLatin1String("fuzz")) {
        return category;
    }
    // "fuzz-text_unicode-SEED-3" says what it is about in the middle.
    return test[QStringLiteral("id")].toString().section(QLatin1Char('-'), 0, 1);
}

Failure check(const Json& test, bool local)
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
    if (local) {
        if (const Failure failure = Scenario(test, updates).run()) {
            return QStringLiteral("level B: %1").arg(*failure);
        }
    }
    return std::nullopt;
}

} // namespace

void runDocuments(const Run& run)
{
    for (const Json& test : run.content[QStringLiteral("cases")].toArray()) {
        const QString category = categoryOf(test);
        if (!run.selection.has(category)) {
            continue;
        }
        const bool local = !test[QStringLiteral("steps")].isUndefined()
            && editsPlainTextOnly(test[QStringLiteral("steps")])
            // Where Yjs cuts surrogate pairs, and its copies differ, local edits of ours clamp.
            && !test[QStringLiteral("id")].toString().contains(QLatin1String("surrogate"));
        run.report.add(run.file, test[QStringLiteral("id")].toString(), check(test, local));
    }
}

} // namespace tutti::conformance
