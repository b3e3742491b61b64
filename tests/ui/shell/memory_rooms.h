// SPDX-License-Identifier: MIT
#pragma once

#include "net/server/server.h"
#include "ui/shell/room_service.h"

#include <QStringList>

#include <memory>

/// Rooms without sockets: what one window hosts, another in the same process joins.
class MemoryRooms : public tutti::ui::RoomService
{
public:
    std::expected<tutti::ui::HostedRoom, QString> host(
        const QString& documentName, tutti::ui::Reach asked) override
    {
        if (!refusal.isEmpty()) {
            return std::unexpected(refusal);
        }
        const auto address = tutti::net::RoomAddress::make(QStringLiteral("rooms.test"), 80,
            tutti::net::RoomAddress::uniqueRoomNameFor(documentName));
        reached = asked;
        return tutti::ui::HostedRoom{server->attach(address->path()), address->toString()};
    }

    std::optional<tutti::ui::Reach> reach(const QString&) const override { return reached; }

    std::expected<QString, QString> setReach(const QString& link, tutti::ui::Reach asked) override
    {
        if (!refusal.isEmpty()) {
            return std::unexpected(refusal);
        }
        reached = asked;
        return QString(link).replace(QStringLiteral("rooms.test"),
            asked == tutti::ui::Reach::Network ? QStringLiteral("network.test")
                                               : QStringLiteral("computer.test"));
    }

    std::unique_ptr<tutti::net::Channel> channelTo(
        const tutti::net::RoomAddress& address, const tutti::net::TokenSource&) override
    {
        return server->attach(address.path());
    }

    tutti::ui::NearbyRooms* nearby() const override { return network; }

    void close(const QString& link) override { closed.append(link); }

    /// How far it reaches; nothing: the user has no say in it.
    std::optional<tutti::ui::Reach> reached;
    /// Why hosting fails; empty: it does not.
    QString refusal;
    QStringList closed;
    /// Where rooms are announced; null: nowhere.
    tutti::ui::NearbyRooms* network = nullptr;
    std::unique_ptr<tutti::net::Server> server = std::make_unique<tutti::net::Server>();
};
