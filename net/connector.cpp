// SPDX-License-Identifier: MIT
#include "net/connector.h"

#include "net/hocuspocus_channel.h"
#include "net/hocuspocus_socket.h"

#include <QCoreApplication>
#include <QFile>
#include <QLoggingCategory>
#include <QSslCertificate>

#include <tuple>
#include <utility>

namespace tutti::net {

namespace {

Q_LOGGING_CATEGORY(connectorLog, "tutti.net.connector")

class Words
{
    Q_DECLARE_TR_FUNCTIONS(tutti::net::Connector)
};

} // namespace

Connector::Connector()
    : Connector(authoritiesOfEnvironment())
{ }

Connector::Connector(QList<QSslCertificate> authorities)
    : m_authorities(std::move(authorities))
{ }

Connector::~Connector() = default;
Connector::Connector(Connector&&) noexcept = default;
Connector& Connector::operator=(Connector&&) noexcept = default;

std::unique_ptr<Channel> Connector::channelTo(const RoomAddress& address, const TokenSource& token)
{
    WebSocketChannel::Options options;
    options.authorities = m_authorities;
    if (address.protocol() == RoomAddress::Protocol::YWebSocket) {
        options.token = token;
        return std::make_unique<WebSocketChannel>(address, options);
    }
    QList<std::weak_ptr<HocuspocusSocket>>& sockets = m_sockets[address.url().toString()];
    sockets.removeIf([](const std::weak_ptr<HocuspocusSocket>& one) { return one.expired(); });
    std::shared_ptr<HocuspocusSocket> socket;
    for (const auto& one : std::as_const(sockets)) {
        // A document is reserved by the channel that was made for it, open or not.
        if (auto known = one.lock(); known && known->reserve(address.document())) {
            socket = std::move(known);
            break;
        }
    }
    if (!socket) {
        socket = HocuspocusSocket::make(address, options);
        std::ignore = socket->reserve(address.document());
        sockets.append(socket);
    }
    HocuspocusChannel::Options channelOptions;
    channelOptions.token = token;
    return std::make_unique<HocuspocusChannel>(
        std::move(socket), address.document(), std::move(channelOptions));
}

std::expected<QList<QSslCertificate>, QString> readAuthorities(const QString& file)
{
    QFile source(file);
    if (!source.open(QIODevice::ReadOnly)) {
        return std::unexpected(Words::tr("Cannot read %1: %2").arg(file, source.errorString()));
    }
    QList<QSslCertificate> found = QSslCertificate::fromData(source.readAll(), QSsl::Pem);
    if (found.isEmpty()) {
        return std::unexpected(
            Words::tr("There is no certificate in %1 (PEM is wanted)").arg(file));
    }
    return found;
}

QList<QSslCertificate> authoritiesOfEnvironment()
{
    const QString file = qEnvironmentVariable("SSL_CERT_FILE");
    if (file.isEmpty()) {
        return {};
    }
    auto found = readAuthorities(file);
    if (!found) {
        qCWarning(connectorLog).noquote() << "SSL_CERT_FILE:" << found.error();
        return {};
    }
    return *std::move(found);
}

} // namespace tutti::net
