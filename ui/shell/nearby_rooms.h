// SPDX-License-Identifier: MIT
#pragma once

#include "net/room_address.h"

#include <QList>
#include <QObject>
#include <QString>

namespace tutti::ui {

/// A room that somebody on this network announces. All of it is their word.
struct NearbyRoom
{
    net::RoomAddress address;
    QString person; ///< who shares it; may be empty
    QString computer; ///< where
    bool needsToken = true; ///< which is never announced
};

/// The rooms that are announced on this network. Threads: the GUI's.
class NearbyRooms : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Looks for rooms while on. Without a service that can, none are found.
    virtual void setLooking(bool on) = 0;
    [[nodiscard]] virtual QList<NearbyRoom> rooms() const = 0;

Q_SIGNALS:
    void changed();
};

} // namespace tutti::ui
