// SPDX-License-Identifier: MIT
#pragma once

#include "ui/shell/room_service.h"

#include <QHostAddress>
#include <QSet>
#include <QString>

#include <memory>

namespace tutti::net {
class Server;
}

namespace tutti::app {

/// The rooms of the desktop program: its own server for those it hosts, WebSockets to all others.
/// The server starts with the first room that is hosted.
class RoomHost : public ui::RoomService
{
public:
    RoomHost(const QHostAddress& address, quint16 port);
    ~RoomHost() override;

    [[nodiscard]] std::expected<ui::HostedRoom, QString> host(const QString& documentName) override;
    [[nodiscard]] std::unique_ptr<net::Channel> channelTo(const net::RoomAddress& address) override;
    void close(const QString& link) override;

private:
    [[nodiscard]] std::expected<void, QString> startServer();

    QHostAddress m_address;
    quint16 m_port;
    std::unique_ptr<net::Server> m_server;
    QSet<QString> m_open; ///< links of rooms that are hosted now
};

/// The address others should use for a server that listens there: the address itself, or, where it
/// means "any", one of this computer that is likely to be reached by others on its network, else
/// 127.0.0.1.
[[nodiscard]] QString hostForLinks(const QHostAddress& listening);

} // namespace tutti::app
