// SPDX-License-Identifier: MIT
#pragma once

#include "ui/shell/nearby_rooms.h"

/// A network on which these rooms are announced.
class ListedRooms : public tutti::ui::NearbyRooms
{
public:
    void setLooking(bool on) override
    {
        if (on) {
            Q_EMIT changed();
        }
    }
    [[nodiscard]] QList<tutti::ui::NearbyRoom> rooms() const override { return list; }

    QList<tutti::ui::NearbyRoom> list;
};

/// Two rooms of other people, one of which wants a token.
[[nodiscard]] inline QList<tutti::ui::NearbyRoom> twoRoomsNearby()
{
    using tutti::net::RoomAddress;
    return {
        {*RoomAddress::make(QStringLiteral("192.168.1.20"), 40123, QStringLiteral("minutes.md")),
            QStringLiteral("Grace Hopper"), QStringLiteral("harvard"), false},
        {*RoomAddress::make(QStringLiteral("192.168.1.31"), 40777, QStringLiteral("budget.csv")),
            QStringLiteral("Joan Clarke"), QStringLiteral("hut-eight"), true}};
}
