// SPDX-License-Identifier: MIT
#include "ui/shell/recent_places.h"

#include <QSettings>

namespace tutti::ui {

namespace {

const auto kFiles = QStringLiteral("recent/files");
const auto kRooms = QStringLiteral("recent/rooms");

QStringList listOf(const QString& key)
{
    QStringList list = QSettings().value(key).toStringList();
    list.removeAll(QString()); // settings are edited by hand as well
    return list;
}

void putFirst(const QString& key, const QString& entry)
{
    QStringList list = listOf(key);
    list.removeAll(entry);
    list.prepend(entry);
    QSettings().setValue(key, list.first(qMin(list.size(), RecentPlaces::kMax)));
}

} // namespace

QStringList RecentPlaces::files() const { return listOf(kFiles); }

QStringList RecentPlaces::rooms() const { return listOf(kRooms); }

void RecentPlaces::addFile(const QString& path) { putFirst(kFiles, path); }

void RecentPlaces::addRoom(const net::RoomAddress& address)
{
    putFirst(kRooms, address.withoutQuery().toString());
}

void RecentPlaces::removeFile(const QString& path)
{
    QStringList list = listOf(kFiles);
    list.removeAll(path);
    QSettings().setValue(kFiles, list);
}

void RecentPlaces::clear()
{
    QSettings settings;
    settings.remove(kFiles);
    settings.remove(kRooms);
}

} // namespace tutti::ui
