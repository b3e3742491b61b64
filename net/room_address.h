// SPDX-License-Identifier: MIT
#pragma once

#include <QCoreApplication>
#include <QString>
#include <QUrl>

#include <expected>

namespace tutti::net {

/// The address of a room; a valid one by construction:
///
///     ws://HOST[:PORT]/ROOM                          a y-websocket server, or wss://…
///     hocuspocus+ws://HOST[:PORT][/PATH]#DOCUMENT    a Hocuspocus server, or hocuspocus+wss://…
///
/// The path is kept as the wire carries it, encoded as a browser would encode it, since servers
/// compare rooms byte by byte: `my room` becomes `/my%20room`, `./x` becomes `/x`, `a\b` becomes
/// `/a/b`. A Hocuspocus document is named inside the messages, as plain text; its path only matters
/// to what stands before the server.
///
/// The query may hold an access token (`?token=…`, by which a link gives access). So an address is
/// stored, logged or shown only as withoutQuery(), and copied whole only where the person asks for
/// the link. An immutable value.
class RoomAddress
{
    Q_DECLARE_TR_FUNCTIONS(tutti::net::RoomAddress)

public:
    enum class Protocol { YWebSocket, Hocuspocus };

    /// Reads what a person typed or pasted. The error is one sentence for that person, without a
    /// trailing full stop.
    [[nodiscard]] static std::expected<RoomAddress, QString> parse(const QString& text);
    /// An address from its parts; `room` is taken as a person writes it (no leading slash).
    [[nodiscard]] static std::expected<RoomAddress, QString> make(
        const QString& host, quint16 port, const QString& room, bool secure = false);

    /// A room name from a file name, in characters that every client encodes the same way:
    /// [A-Za-z0-9._~/-]. Others become '-'. Never empty.
    [[nodiscard]] static QString roomNameFor(const QString& fileName);
    /// A room name nobody will guess: roomNameFor(fileName), '-', and eight random characters.
    [[nodiscard]] static QString uniqueRoomNameFor(const QString& fileName);

    /// Whether text looks like the address of a room, right or wrong: it has one of the schemes.
    [[nodiscard]] static bool looksLikeOne(const QString& text);

    [[nodiscard]] Protocol protocol() const noexcept { return m_protocol; }
    [[nodiscard]] bool isSecure() const noexcept { return m_secure; }
    /// Without brackets where it is an IPv6 address.
    [[nodiscard]] const QString& host() const noexcept { return m_host; }
    /// The port given, else 80 or 443.
    [[nodiscard]] quint16 port() const noexcept { return m_port; }
    /// As on the wire: encoded, with its leading slash, without the query.
    [[nodiscard]] const QString& path() const noexcept { return m_path; }
    /// The query as on the wire, without the question mark; often empty. May hold a secret.
    [[nodiscard]] const QString& query() const noexcept { return m_query; }
    /// The room for people: the path decoded, without the leading slash; Hocuspocus: the document.
    [[nodiscard]] QString room() const;
    /// Hocuspocus: the document's name as the messages carry it. Otherwise empty.
    [[nodiscard]] const QString& document() const noexcept { return m_document; }
    /// "example.org:1234", or "example.org" where the port is the scheme's own.
    [[nodiscard]] QString hostAndPort() const;

    /// The same room, without what may be secret.
    [[nodiscard]] RoomAddress withoutQuery() const;
    /// The same room with that access token as the query's `token`, in the place of any other.
    [[nodiscard]] RoomAddress withToken(const QString& token) const;

    /// What a socket is to be opened with: always ws:// or wss://.
    [[nodiscard]] QUrl url() const;
    /// The whole address as text to copy and paste.
    [[nodiscard]] QString toString() const;

    bool operator==(const RoomAddress&) const = default;

private:
    RoomAddress() = default;

    [[nodiscard]] QString socketAddress() const;

    Protocol m_protocol = Protocol::YWebSocket;
    bool m_secure = false;
    QString m_host;
    quint16 m_port = 0;
    QString m_path;
    QString m_query;
    QString m_document;
};

} // namespace tutti::net
