// SPDX-License-Identifier: MIT
//
// oracle_peer: documents driven by commands on standard input, one a line, for yjs_oracle.cjs. Each
// line is answered by one line. Strings and bytes are hex, documents are named by numbers.
//
//   doc N CLIENT GC          a new document; forgets all others when N is 0
//   text N ROOT              makes the root a text
//   apply N UPDATE           ok, or the error
//   insert N ROOT AT UTF8    what it emitted: updates, separated by commas
//   erase N ROOT AT COUNT    likewise
//   begin N / end N          a transaction around what comes between
//   sync N STATE             the update for that state vector
//   undoer N ROOT TIMEOUT    an undo manager that tracks changes without an origin
//   undo N / redo N          0 or 1, then what it emitted
//   tick N MS / stop N       moves its clock, ends its step
//   bytes N                  getUpdate and getState
//   read N ROOT              the text
//   merge UPDATE…            mergeUpdates
#include "crdt/doc.h"
#include "crdt/undo_manager.h"
#include "crdt/update.h"
#include "tests/crdt/support.h"

#include <QByteArrayList>
#include <QTextStream>

#include <chrono>
#include <map>
#include <memory>
#include <optional>

using namespace tutti::crdt;
using namespace tutti::crdt::test;

namespace {

struct Member
{
    explicit Member(Doc made)
        : doc(std::move(made))
        , log(doc.observe([this](const TransactionEvent& event) { emitted << hex(event.update); }))
    { }

    Doc doc;
    QByteArrayList emitted;
    Subscription log;
    std::optional<Transaction> transaction;
    std::chrono::milliseconds now{1'000'000};
    std::unique_ptr<UndoManager> undoer;
};

class Peer
{
public:
    QByteArray answer(const QByteArrayList& words)
    {
        const QByteArray& verb = words[0];
        if (verb == "merge") {
            return merge(words.mid(1));
        }
        const int name = words[1].toInt();
        if (verb == "doc") {
            if (name == 0) {
                m_members.clear();
            }
            m_members[name] =
                std::make_unique<Member>(makeDoc(words[2].toULongLong(), words[3] == "1"));
            return "ok";
        }
        Member& member = *m_members.at(name);
        const QByteArray result = carryOut(member, words);
        checkInvariants(member.doc);
        return result;
    }

private:
    static Text textOf(Member& member, const QByteArray& root)
    {
        return member.doc.get<Text>(QByteArray::fromHex(root).toStdString());
    }

    static QByteArray merge(const QByteArrayList& parts)
    {
        std::vector<Bytes> updates;
        for (const QByteArray& part : parts) {
            updates.push_back(fromHex(part));
        }
        const std::vector<BytesView> views(updates.begin(), updates.end());
        const auto merged = mergeUpdates(views);
        return merged ? hex(*merged) : QByteArray("refused");
    }

    static QByteArray carryOut(Member& member, const QByteArrayList& words)
    {
        const QByteArray& verb = words[0];
        const auto emitted = [&member] { return std::exchange(member.emitted, {}).join(','); };
        if (verb == "text") {
            static_cast<void>(textOf(member, words[2]));
            return "ok";
        }
        if (verb == "apply") {
            const auto applied = member.doc.applyUpdate(fromHex(words[2]), Origin("remote"));
            member.emitted.clear();
            return applied ? QByteArray("ok") : QByteArray::fromStdString(applied.error().message);
        }
        if (verb == "insert") {
            textOf(member, words[2])
                .insert(at(words[3].toULongLong()),
                    toUtf16(QByteArray::fromHex(words[4]).toStdString()));
            return emitted();
        }
        if (verb == "erase") {
            textOf(member, words[2]).erase(at(words[3].toULongLong()), at(words[4].toULongLong()));
            return emitted();
        }
        if (verb == "begin") {
            member.transaction.emplace(member.doc.transact());
            return "ok";
        }
        if (verb == "end") {
            member.transaction.reset();
            return emitted();
        }
        if (verb == "sync") {
            const auto update = member.doc.getUpdate(fromHex(words[2]));
            return update ? hex(*update) : QByteArray("refused");
        }
        if (verb == "undoer") {
            member.undoer = std::make_unique<UndoManager>(member.doc,
                std::vector<SharedType>{textOf(member, words[2])},
                UndoManager::Options{.captureTimeout = std::chrono::milliseconds(words[3].toInt()),
                    .trackedOrigins = {Origin{}},
                    .now = [&member] { return member.now; }});
            return "ok";
        }
        if (verb == "undo" || verb == "redo") {
            const bool done = verb == "undo" ? member.undoer->undo() : member.undoer->redo();
            return (done ? "1 " : "0 ") + emitted();
        }
        if (verb == "tick") {
            member.now += std::chrono::milliseconds(words[2].toInt());
            return "ok";
        }
        if (verb == "stop") {
            member.undoer->stopCapturing();
            return "ok";
        }
        if (verb == "bytes") {
            return hex(member.doc.getUpdate()) + ' ' + hex(member.doc.getState());
        }
        if (verb == "read") {
            return QByteArray::fromStdString(toUtf8(textOf(member, words[2]).toString())).toHex();
        }
        return "unknown command";
    }

    std::map<int, std::unique_ptr<Member>> m_members;
};

} // namespace

int main()
{
    QTextStream in(stdin);
    QTextStream out(stdout);
    Peer peer;
    for (QString line = in.readLine(); !line.isNull(); line = in.readLine()) {
        out << peer.answer(line.toLatin1().split(' ')) << '\n';
    }
    return 0;
}
