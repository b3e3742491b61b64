// SPDX-License-Identifier: MIT
#include "app/room_host.h"

#include "net/server/server.h"
#include "net/websocket_channel.h"

#include <QCoreApplication>
#include <QNetworkInterface>

namespace tutti::app {

namespace {

/// Interfaces that lead to containers and virtual machines on this computer only.
bool isVirtual(const QString& name)
{
    for (const auto& beginning : {u"docker", u"veth", u"br-", u"virbr", u"lxc", u"vmnet"}) {
        if (name.startsWith(beginning)) {
            return true;
        }
    }
    return false;
}

} // namespace

RoomHost::RoomHost(const QHostAddress& address, quint16 port)
    : m_address(address)
    , m_port(port)
{ }

RoomHost::~RoomHost() = default;

std::expected<ui::HostedRoom, QString> RoomHost::host(const QString& documentName)
{
    if (auto started = startServer(); !started) {
        return std::unexpected(started.error());
    }
    // A name that was never used: the room is new, so what the host brings cannot double anything.
    const QString name = net::RoomAddress::uniqueRoomNameFor(documentName);
    const auto address = net::RoomAddress::make(hostForLinks(m_address), m_server->port(), name);
    if (!address) {
        return std::unexpected(address.error());
    }
    m_open.insert(address->toString());
    return ui::HostedRoom{m_server->attach(address->path()), address->toString()};
}

std::unique_ptr<net::Channel> RoomHost::channelTo(const net::RoomAddress& address)
{
    return std::make_unique<net::WebSocketChannel>(address);
}

void RoomHost::close(const QString& link)
{
    m_open.remove(link);
    if (m_open.isEmpty()) {
        m_server.reset(); // says goodbye to everybody
    }
}

std::expected<void, QString> RoomHost::startServer()
{
    if (m_server) {
        return {};
    }
    auto server = std::make_unique<net::Server>();
    if (auto listening = server->listen(m_address, m_port); !listening) {
        return std::unexpected(listening.error());
    }
    m_port = server->port(); // sharing again later gives links to the same place
    m_server = std::move(server);
    return {};
}

QString hostForLinks(const QHostAddress& listening)
{
    const bool any = listening == QHostAddress(QHostAddress::Any)
        || listening == QHostAddress(QHostAddress::AnyIPv4)
        || listening == QHostAddress(QHostAddress::AnyIPv6);
    if (!any) {
        return listening.toString();
    }
    for (const QNetworkInterface& interface : QNetworkInterface::allInterfaces()) {
        const auto flags = interface.flags();
        if (!flags.testFlag(QNetworkInterface::IsRunning)
            || flags.testFlag(QNetworkInterface::IsLoopBack) || isVirtual(interface.name())) {
            continue;
        }
        for (const QNetworkAddressEntry& entry : interface.addressEntries()) {
            const QHostAddress address = entry.ip();
            if (address.protocol() == QAbstractSocket::IPv4Protocol && !address.isLinkLocal()) {
                return address.toString();
            }
        }
    }
    return QStringLiteral("127.0.0.1");
}

} // namespace tutti::app
