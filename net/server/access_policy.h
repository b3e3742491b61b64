// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <expected>
#include <vector>

namespace tutti::net {

/// With what a client asks to be let into a room.
struct RoomRequest
{
    QString path; ///< the room, byte by byte as on the wire, with its leading slash
    QByteArray query; ///< what follows the question mark, undecoded; may hold a secret
    /// The page that asks, which only browsers say: "https://example.org"; empty from others.
    QByteArray origin;

    /// The query parameter `token`, decoded; empty when there is none.
    [[nodiscard]] QByteArray token() const;
};

/// What is kept of a request while somebody is in, so that it can be asked again whether he may.
/// Holds no secret.
struct Bearer
{
    explicit Bearer(const RoomRequest& request);

    QString path;
    QByteArray tokenDigest; ///< empty: there was no token
    QByteArray origin;
};

/// What somebody may do in a room.
enum class Right { Read, Edit };

/// Who may enter which room of a server, and edit it. At first everybody may, from everywhere.
///
/// A token is any row of bytes that was agreed on; once there is one, nobody enters without.
/// Tokens are kept and compared as digests only, all of them and in constant time, so neither a
/// dump of the memory nor the time of an answer tells one.
///
/// A value. Threads: none of its own. Cost: check() O(tokens).
class AccessPolicy
{
public:
    /// Why somebody may not enter: a close code after which no client comes back by itself
    /// (close_code::kNoToken; kForbidden with a token that is not for this room, or from a page
    /// that is not allowed), and the words for the person, without a trailing full stop.
    struct Refusal
    {
        int code = 0;
        QString reason;
    };

    /// Lets the token's bearers into one room (its path), or into every room when `room` is empty.
    /// One that may read and edit edits. Requires: the token is not empty.
    void allowToken(const QByteArray& token, Right right, const QString& room = {});
    /// Lets pages of that origin in ("https://example.org:8443", or "null" for pages in files), and
    /// from then on no others; who is not a browser needs no origin.
    void allowOrigin(const QString& origin);
    [[nodiscard]] bool needsToken() const noexcept { return !m_tokens.empty(); }

    [[nodiscard]] std::expected<Right, Refusal> check(const RoomRequest& request) const
    {
        return check(Bearer(request));
    }
    [[nodiscard]] std::expected<Right, Refusal> check(const Bearer& bearer) const;

private:
    struct Token
    {
        QByteArray digest;
        Right right = Right::Read;
        QString room;
    };

    std::vector<Token> m_tokens;
    QStringList m_origins;
};

} // namespace tutti::net
