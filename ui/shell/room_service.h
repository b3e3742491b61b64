// SPDX-License-Identifier: MIT
#pragma once

#include "net/access_token.h"
#include "net/channel.h"
#include "net/room_address.h"

#include <QString>

#include <expected>
#include <memory>
#include <optional>

namespace tutti::ui {

class NearbyRooms;

/// Who can connect to a room that is hosted here; its link says who may enter.
enum class Reach { ThisComputer, Network };

/// What hosting a room gives.
struct HostedRoom
{
    /// The host's own way into the room, which is new and empty.
    std::unique_ptr<net::Channel> channel;
    /// What the others join with: ws://HOST:PORT/ROOM?token=…. Nobody enters without the token.
    QString link;
};

/// Where rooms come from. The window asks for them by this interface; the program decides on
/// servers and sockets.
class RoomService
{
public:
    virtual ~RoomService() = default;

    /// A new room on this computer, its name made from `documentName`, never one that was there
    /// before. It reaches that far, where it is not decided otherwise (reach()). Errors: one
    /// sentence for a person.
    [[nodiscard]] virtual std::expected<HostedRoom, QString> host(
        const QString& documentName, Reach reach) = 0;
    /// How far a hosted room reaches; nothing where the user has no say in it.
    [[nodiscard]] virtual std::optional<Reach> reach(const QString& link) const = 0;
    /// Changes that, and with it the link, which is returned. Who is in over a way that is closed
    /// now is sent away. Errors: one sentence for a person; then it is as it was. Requires:
    /// reach(link).
    [[nodiscard]] virtual std::expected<QString, QString> setReach(
        const QString& link, Reach reach) = 0;
    /// A room somewhere else. Nothing is connected before Channel::open, which asks for a token.
    [[nodiscard]] virtual std::unique_ptr<net::Channel> channelTo(
        const net::RoomAddress& address, const net::TokenSource& token) = 0;
    /// The rooms others announce on this network; null where nobody looks for them.
    [[nodiscard]] virtual NearbyRooms* nearby() const { return nullptr; }
    /// The host has left that room; nobody gets in any more, and who is in is sent away.
    virtual void close(const QString& link) = 0;
};

} // namespace tutti::ui
