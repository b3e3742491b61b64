// SPDX-License-Identifier: MIT
#include "app/room_host.h"

#include "net/server/server.h"

#include <QCoreApplication>
#include <QNetworkInterface>
#include <QRandomGenerator>
#include <QUrl>

#include <array>

namespace tutti::app {

namespace {

constexpr int kMostRooms = 64;

/// 128 bits that nobody can guess, in characters that need no encoding in a link.
QByteArray newToken()
{
    std::array<quint32, 4> bits{};
    QRandomGenerator::system()->fillRange(bits.data(), static_cast<qsizetype>(bits.size()));
    return QByteArray(reinterpret_cast<const char*>(bits.data()), sizeof bits)
        .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

QHostAddress addressFor(ui::Reach reach)
{
    return QHostAddress(reach == ui::Reach::Network ? QHostAddress::Any : QHostAddress::LocalHost);
}

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

RoomHost::RoomHost(std::optional<QHostAddress> address, quint16 port, net::Connector connector)
    : m_address(address)
    , m_port(port)
    , m_connector(std::move(connector))
{ }

RoomHost::~RoomHost() = default;

std::expected<ui::HostedRoom, QString> RoomHost::host(const QString& documentName, ui::Reach reach)
{
    const auto hosting = server(reach);
    if (!hosting) {
        return std::unexpected(hosting.error());
    }
    // A name that was never used: the room is new, so what the host brings cannot double anything.
    const auto address = net::RoomAddress::make(hostForLinks((*hosting)->address()),
        (*hosting)->port(), net::RoomAddress::uniqueRoomNameFor(documentName));
    if (!address) {
        return std::unexpected(address.error());
    }
    const QByteArray token = newToken();
    (*hosting)->access().allowToken(token, net::Right::Edit, address->path());
    const QString link =
        address->toString() + QStringLiteral("?token=") + QString::fromLatin1(token);
    m_open.insert(link, *hosting);
    announce(link, **hosting);
    return ui::HostedRoom{(*hosting)->attach(address->path()), link};
}

std::optional<ui::Reach> RoomHost::reach(const QString& link) const
{
    const auto server = m_open.value(link);
    if (m_address || !server) {
        return std::nullopt;
    }
    return server->address().isLoopback() ? ui::Reach::ThisComputer : ui::Reach::Network;
}

std::expected<QString, QString> RoomHost::setReach(const QString& link, ui::Reach reach)
{
    const auto server = m_open.value(link);
    Q_ASSERT(server);
    if (const auto listens = server->listenInstead(addressFor(reach)); !listens) {
        return std::unexpected(listens.error());
    }
    QUrl url(link, QUrl::StrictMode);
    url.setHost(hostForLinks(server->address()));
    const QString moved = url.toString(QUrl::FullyEncoded);
    withdraw(link);
    m_open.remove(link);
    m_open.insert(moved, server);
    announce(moved, *server);
    return moved;
}

void RoomHost::setNetwork(RoomAnnouncer* announcer, ui::NearbyRooms* nearby)
{
    m_announcer = announcer;
    m_nearby = nearby;
}

void RoomHost::announce(const QString& link, const net::Server& server)
{
    if (m_announcer != nullptr && !server.address().isLoopback()) {
        m_announcer->announce(link);
    }
}

void RoomHost::withdraw(const QString& link)
{
    if (m_announcer != nullptr) {
        m_announcer->withdraw(link);
    }
}

std::unique_ptr<net::Channel> RoomHost::channelTo(
    const net::RoomAddress& address, const net::TokenSource& token)
{
    return m_connector.channelTo(address, token);
}

void RoomHost::close(const QString& link)
{
    withdraw(link);
    const auto server = m_open.take(link);
    if (server.use_count() == 1) {
        server->close(); // its last room: everybody is told, and sent away
    }
}

std::expected<std::shared_ptr<net::Server>, QString> RoomHost::server(ui::Reach reach)
{
    if (auto running = m_onFixedPort.lock()) {
        return running;
    }
    net::Server::Options options;
    options.maxRooms = m_port == 0 ? 1 : kMostRooms;
    auto started = std::make_shared<net::Server>(options);
    const QHostAddress address = m_address.value_or(addressFor(reach));
    if (auto listening = started->listen(address, m_port); !listening) {
        return std::unexpected(listening.error());
    }
    if (m_port != 0) {
        m_onFixedPort = started;
    }
    return started;
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
