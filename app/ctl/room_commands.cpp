// SPDX-License-Identifier: MIT
#include "app/ctl/commands.h"
#include "app/ctl/input.h"
#include "app/ctl/inspect_report.h"
#include "app/ctl/room_session.h"
#include "crdt/update.h"
#include "crdt/utf.h"
#include "net/bytes.h"
#include "ui/diff/text_changes.h"

#include <QCoreApplication>

#include <cstdint>
#include <functional>
#include <ranges>
#include <span>
#include <utility>

namespace tutti::app::ctl {

namespace {

QString tr(const char* words) { return QCoreApplication::translate("tuttictl", words); }

/// Visits a room, runs `work` on its text, and leaves when the server has what that changed.
/// `work` returns false after it has complained.
int visit(const RoomArguments& room, const std::function<bool(RoomSession&)>& work)
{
    RoomSession session(
        {room.address, room.rootName, room.timeout, false, room.token, room.authorities});
    int status = kFailure;
    QObject::connect(&session, &RoomSession::ready, &session, [&] {
        if (!session.text().isPlain()) {
            complain(tr("“%1” in %2 holds more than plain text, and is not touched")
                    .arg(QString::fromStdString(room.rootName),
                        room.address.withoutQuery().toString()));
            session.leave();
        } else if (work(session)) {
            status = kSuccess;
            session.finish();
        } else {
            session.leave();
        }
    });
    QObject::connect(&session, &RoomSession::failed, &session, [&](const QString& reason) {
        complain(reason);
        QCoreApplication::exit(kFailure);
    });
    QObject::connect(
        &session, &RoomSession::finished, &session, [&] { QCoreApplication::exit(status); });
    session.start();
    return QCoreApplication::exec();
}

std::expected<std::u16string, QString> readText(const QString& file)
{
    return readInput(file).and_then(
        [&file](const QByteArray& bytes) { return textFromFile(bytes, file); });
}

} // namespace

int runCat(const RoomArguments& room)
{
    return visit(room, [](RoomSession& session) {
        const std::string utf8 = crdt::toUtf8(session.text().toString());
        if (writeOutput(QByteArray(utf8.data(), static_cast<qsizetype>(utf8.size())))) {
            return true;
        }
        complain(tr("Cannot write to standard output"));
        return false;
    });
}

int runPut(const RoomArguments& room, const QString& file)
{
    const auto wanted = readText(file);
    if (!wanted) {
        complain(wanted.error());
        return kFailure;
    }
    return visit(room, [&wanted](RoomSession& session) {
        crdt::Text text = session.text();
        const auto changes = ui::textChanges(text.toString(), *wanted);
        session.doc().transact({}, [&] {
            // From the back, so that the offsets in front stay right.
            for (const ui::TextChange& change : changes | std::views::reverse) {
                const crdt::Offset at(static_cast<std::uint32_t>(change.at));
                text.erase(at, crdt::Offset(static_cast<std::uint32_t>(change.removed)));
                text.insert(at, std::u16string_view(*wanted).substr(change.newAt, change.added));
            }
        });
        return true;
    });
}

int runAppend(const RoomArguments& room, const QString& file)
{
    const auto added = readText(file);
    if (!added) {
        complain(added.error());
        return kFailure;
    }
    return visit(room, [&added](RoomSession& session) {
        if (!added->empty()) {
            crdt::Text text = session.text();
            text.insert(text.length(), *added);
        }
        return true;
    });
}

int runInspect(const QString& file, bool json)
{
    const auto bytes = readInput(file);
    if (!bytes) {
        complain(bytes.error());
        return kFailure;
    }
    const auto update = crdt::decodeUpdate(net::view(*bytes));
    if (!update) {
        complain(tr("%1 is not an update: %2")
                .arg(file, QString::fromStdString(update.error().message)));
        return kFailure;
    }
    const QByteArray report = json ? inspectJson(*update) + '\n' : inspectText(*update).toUtf8();
    if (!writeOutput(report)) {
        complain(tr("Cannot write to standard output"));
        return kFailure;
    }
    return kSuccess;
}

} // namespace tutti::app::ctl
