// SPDX-License-Identifier: MIT
#pragma once

#include "net/connector.h"
#include "ui/shell/room_service.h"

#include <QHash>
#include <QHostAddress>
#include <QString>

#include <memory>

namespace tutti::net {
class Server;
}

namespace tutti::app {

/// Tells others on the network about rooms that they can reach.
class RoomAnnouncer
{
public:
    virtual ~RoomAnnouncer() = default;

    /// `link` has a token, which must not be told.
    virtual void announce(const QString& link) = 0;
    /// Without effect for what was not announced.
    virtual void withdraw(const QString& link) = 0;
};

/// The rooms of the desktop program: servers of its own for those it hosts, a
/// connector to all others.
///
/// Each hosted room has a server and a port of its own, which lets nobody make another room and
/// goes with the room. Only where a port was asked for do all rooms share one server, which goes
/// with the last of them. Each room has a token of its own, 128 random bits, in its link.
class RoomHost : public ui::RoomService
{
public:
    /// Where to listen, and on which port; 0: any, a new one for each room. Without an address the
    /// user says how far a room reaches.
    explicit RoomHost(
        std::optional<QHostAddress> address, quint16 port = 0, net::Connector connector = {});
    ~RoomHost() override;

    /// Announces rooms from now on as long as they reach beyond this computer. Both outlive the
    /// host; null: nobody is told, and none are found.
    void setNetwork(RoomAnnouncer* announcer, ui::NearbyRooms* nearby);
    [[nodiscard]] ui::NearbyRooms* nearby() const override { return m_nearby; }

    [[nodiscard]] std::expected<ui::HostedRoom, QString> host(
        const QString& documentName, ui::Reach reach) override;
    [[nodiscard]] std::optional<ui::Reach> reach(const QString& link) const override;
    [[nodiscard]] std::expected<QString, QString> setReach(
        const QString& link, ui::Reach reach) override;
    [[nodiscard]] std::unique_ptr<net::Channel> channelTo(
        const net::RoomAddress& address, const net::TokenSource& token) override;
    void close(const QString& link) override;

private:
    void announce(const QString& link, const net::Server& server);
    void withdraw(const QString& link);
    [[nodiscard]] std::expected<std::shared_ptr<net::Server>, QString> server(ui::Reach reach);

    std::optional<QHostAddress> m_address;
    quint16 m_port;
    net::Connector m_connector;
    RoomAnnouncer* m_announcer = nullptr;
    ui::NearbyRooms* m_nearby = nullptr;
    QHash<QString, std::shared_ptr<net::Server>> m_open; ///< by link
    std::weak_ptr<net::Server> m_onFixedPort;
};

/// The address others should use for a server that listens there: the address itself, or, where it
/// means "any", one of this computer that is likely to be reached by others on its network, else
/// 127.0.0.1.
[[nodiscard]] QString hostForLinks(const QHostAddress& listening);

} // namespace tutti::app
