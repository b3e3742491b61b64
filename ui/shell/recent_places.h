// SPDX-License-Identifier: MIT
#pragma once

#include "net/room_address.h"

#include <QObject>
#include <QStringList>

namespace tutti::ui {

/// The files and rooms that were opened, the newest first, kept in the settings. Rooms are kept
/// without what gives access to them.
///
/// Every call reads or writes through, so that several windows agree. Threads: the GUI's.
class RecentPlaces : public QObject
{
    Q_OBJECT

public:
    static constexpr qsizetype kMax = 20; ///< of each kind

    using QObject::QObject;

    /// Absolute paths.
    [[nodiscard]] QStringList files() const;
    /// Links without their queries.
    [[nodiscard]] QStringList rooms() const;

    void addFile(const QString& path);
    void addRoom(const net::RoomAddress& address);
    void removeFile(const QString& path);
    void clear();
};

} // namespace tutti::ui
