// SPDX-License-Identifier: MIT
#include "app/ctl/store.h"

#include "app/ctl/commands.h"
#include "app/ctl/input.h"
#include "crdt/doc.h"
#include "net/bytes.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QTimeZone>

#include <vector>

namespace tutti::app::ctl {

namespace {

QString tr(const char* words) { return QCoreApplication::translate("tuttictl", words); }

int failed(const QString& why)
{
    complain(why);
    return kFailure;
}

int output(const QByteArray& bytes)
{
    return writeOutput(bytes) ? kSuccess : failed(tr("Cannot write to standard output"));
}

/// A room's whole history as one update.
std::expected<QByteArray, QString> wholeOf(const net::UpdateLog& store, const QString& room)
{
    crdt::Doc doc;
    const auto updates = store.loadInto(doc, room);
    if (!updates) {
        return std::unexpected(updates.error());
    }
    if (updates->updates == 0) {
        return std::unexpected(tr("There is no room %1 in this store").arg(room));
    }
    return net::toByteArray(doc.getUpdate());
}

/// A store, and what is in it.
struct OpenStore
{
    std::unique_ptr<net::UpdateLog> log;
    std::vector<net::UpdateLog::Document> rooms;
};

std::expected<OpenStore, QString> openWithRooms(const QString& folder)
{
    auto log = openStore(folder, IfMissing::Complain);
    if (!log) {
        return std::unexpected(log.error());
    }
    auto rooms = (*log)->documents();
    if (!rooms) {
        return std::unexpected(rooms.error());
    }
    return OpenStore{*std::move(log), *std::move(rooms)};
}

} // namespace

std::expected<std::unique_ptr<net::UpdateLog>, QString> openStore(
    const QString& folder, IfMissing ifMissing)
{
    const QDir dir(folder);
    const QString file = dir.filePath(QStringLiteral("rooms.sqlite"));
    const QString shown = QDir::toNativeSeparators(folder);
    if (ifMissing == IfMissing::Complain && !QFileInfo::exists(file)) {
        return std::unexpected(tr("There is no store in %1").arg(shown));
    }
    if (!dir.mkpath(QStringLiteral("."))) {
        return std::unexpected(tr("The folder %1 cannot be made").arg(shown));
    }
    return net::UpdateLog::open(file);
}

int runStoreList(const QString& folder)
{
    const auto store = openWithRooms(folder);
    if (!store) {
        return failed(store.error());
    }
    QByteArray lines;
    for (const net::UpdateLog::Document& room : store->rooms) {
        lines += QByteArray::number(static_cast<qlonglong>(room.updates)) + '\t'
            + QByteArray::number(static_cast<qlonglong>(room.bytes)) + '\t'
            + QDateTime::fromMSecsSinceEpoch(room.changed, QTimeZone::UTC)
                  .toString(Qt::ISODateWithMs)
                  .toUtf8()
            + '\t' + room.name.toUtf8() + '\n';
    }
    return output(lines);
}

int runStoreVerify(const QString& folder)
{
    const auto store = openWithRooms(folder);
    if (!store) {
        return failed(store.error());
    }
    auto findings = store->log->verify();
    if (!findings) {
        return failed(findings.error());
    }
    if (findings->empty()) { // what is not damaged must also make sense
        for (const net::UpdateLog::Document& room : store->rooms) {
            if (const auto whole = wholeOf(*store->log, room.name); !whole) {
                findings->push_back(whole.error());
            }
        }
    }
    for (const QString& finding : *findings) {
        complain(finding);
    }
    if (!findings->empty()) {
        return kFailure;
    }
    return output(tr("%1 rooms, nothing damaged\n").arg(store->rooms.size()).toUtf8());
}

int runStoreExport(const QString& room, const QString& folder)
{
    const auto store = openStore(folder, IfMissing::Complain);
    if (!store) {
        return failed(store.error());
    }
    const QString path = room.startsWith(u'/') ? room : u'/' + room;
    const auto whole = wholeOf(**store, path);
    return whole ? output(*whole) : failed(whole.error());
}

int runStoreCompact(const QString& folder)
{
    const auto store = openWithRooms(folder);
    if (!store) {
        return failed(store.error());
    }
    QByteArray lines;
    for (const net::UpdateLog::Document& room : store->rooms) {
        const auto whole = wholeOf(*store->log, room.name);
        if (!whole) {
            return failed(whole.error());
        }
        if (const auto done = store->log->compact(room.name, *whole); !done) {
            return failed(done.error());
        }
        lines += tr("%1: %2 updates, %3 bytes → %4 bytes\n")
                     .arg(room.name)
                     .arg(room.updates)
                     .arg(room.bytes)
                     .arg(whole->size())
                     .toUtf8();
    }
    return output(lines);
}

} // namespace tutti::app::ctl
