// SPDX-License-Identifier: MIT
#pragma once

#include "net/access_token.h"
#include "net/channel.h"
#include "net/room_address.h"
#include "net/websocket_channel.h"

#include <QHash>
#include <QList>
#include <QString>

#include <expected>
#include <memory>

class QSslCertificate;

namespace tutti::net {

class HocuspocusSocket;

/// Makes the channel that an address asks for. Documents of one Hocuspocus server share a socket.
///
/// Threads: one, with an event loop. It may be destroyed before the channels it made.
class Connector
{
public:
    /// Trusts the authorities in SSL_CERT_FILE, which Qt does not read, like the system's.
    Connector();
    /// Trusts these and the system's.
    explicit Connector(QList<QSslCertificate> authorities);
    ~Connector();
    Connector(Connector&&) noexcept;
    Connector& operator=(Connector&&) noexcept;

    /// Nothing is connected before Channel::open. `token` is asked at each attempt; a token that is
    /// in the address itself needs none.
    [[nodiscard]] std::unique_ptr<Channel> channelTo(
        const RoomAddress& address, const TokenSource& token = {});

private:
    QList<QSslCertificate> m_authorities;
    QHash<QString, QList<std::weak_ptr<HocuspocusSocket>>> m_sockets; ///< by address of the server
};

/// The certificates in a PEM file. Errors: one sentence for a person, the file's name in it.
[[nodiscard]] std::expected<QList<QSslCertificate>, QString> readAuthorities(const QString& file);
/// Those in the file that SSL_CERT_FILE names; none when it names none, or one that cannot be read.
[[nodiscard]] QList<QSslCertificate> authoritiesOfEnvironment();

} // namespace tutti::net
