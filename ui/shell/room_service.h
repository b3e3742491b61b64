// SPDX-License-Identifier: MIT
#pragma once

#include "net/channel.h"
#include "net/room_address.h"

#include <QString>

#include <expected>
#include <memory>

namespace tutti::ui {

/// What hosting a room gives.
struct HostedRoom
{
    /// The host's own way into the room, which is new and empty.
    std::unique_ptr<net::Channel> channel;
    /// What the others join with: ws://HOST:PORT/ROOM.
    QString link;
};

/// Where rooms come from. The window asks for them by this interface; the program decides on
/// servers and sockets.
class RoomService
{
public:
    virtual ~RoomService() = default;

    /// A new room on this computer, its name made from `documentName`, never one that was there
    /// before. Errors: one sentence for a person.
    [[nodiscard]] virtual std::expected<HostedRoom, QString> host(const QString& documentName) = 0;
    /// A room somewhere else. Nothing is connected before Channel::open.
    [[nodiscard]] virtual std::unique_ptr<net::Channel> channelTo(
        const net::RoomAddress& address) = 0;
    /// The host has left that room; nobody gets in any more, and who is in is sent away.
    virtual void close(const QString& link) = 0;
};

} // namespace tutti::ui
