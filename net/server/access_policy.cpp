// SPDX-License-Identifier: MIT
#include "net/server/access_policy.h"

#include "net/close_reason.h"
#include "net/server/close_codes.h"

#include <QCoreApplication>
#include <QCryptographicHash>

#include <utility>

namespace tutti::net {

namespace {

QByteArray digestOf(const QByteArray& token)
{
    return QCryptographicHash::hash(token, QCryptographicHash::Sha256);
}

/// Takes as long whether the first byte differs or the last. Requires: equal sizes.
bool areEqual(const QByteArray& a, const QByteArray& b)
{
    volatile unsigned difference = 0;
    for (qsizetype i = 0; i < a.size(); ++i) {
        difference = difference | (static_cast<uchar>(a[i]) ^ static_cast<uchar>(b[i]));
    }
    return difference == 0;
}

/// Scheme and host know no case, and people write a slash at the end.
QString normalized(const QString& origin)
{
    QString text = origin.trimmed().toLower();
    while (text.endsWith(u'/')) {
        text.chop(1);
    }
    return text;
}

} // namespace

QByteArray RoomRequest::token() const
{
    for (const QByteArray& pair : query.split('&')) {
        if (pair.startsWith("token=")) {
            return QByteArray::fromPercentEncoding(pair.mid(6));
        }
    }
    return {};
}

Bearer::Bearer(const RoomRequest& request)
    : path(request.path)
    , origin(request.origin)
{
    if (const QByteArray token = request.token(); !token.isEmpty()) {
        tokenDigest = digestOf(token);
    }
}

void AccessPolicy::allowToken(const QByteArray& token, Right right, const QString& room)
{
    Q_ASSERT(!token.isEmpty());
    m_tokens.push_back({digestOf(token), right, room});
}

void AccessPolicy::allowOrigin(const QString& origin) { m_origins.append(normalized(origin)); }

std::expected<Right, AccessPolicy::Refusal> AccessPolicy::check(const Bearer& bearer) const
{
    if (!m_origins.isEmpty() && !bearer.origin.isEmpty()
        && !m_origins.contains(normalized(QString::fromLatin1(bearer.origin)))) {
        return std::unexpected(Refusal{close_code::kForbidden,
            closeReason(
                QT_TRANSLATE_NOOP("CloseReason", "Pages of that origin may not use this server"))});
    }
    if (m_tokens.empty()) {
        return Right::Edit;
    }
    if (bearer.tokenDigest.isEmpty()) {
        return std::unexpected(Refusal{close_code::kNoToken,
            closeReason(QT_TRANSLATE_NOOP("CloseReason", "This room needs an access token"))});
    }
    bool reads = false;
    bool edits = false;
    for (const Token& known : m_tokens) {
        const bool same = areEqual(known.digest, bearer.tokenDigest)
            && (known.room.isEmpty() || known.room == bearer.path);
        reads = reads || same;
        edits = edits || (same && known.right == Right::Edit);
    }
    if (!reads) {
        return std::unexpected(Refusal{close_code::kForbidden,
            closeReason(
                QT_TRANSLATE_NOOP("CloseReason", "That access token does not open this room"))});
    }
    return edits ? Right::Edit : Right::Read;
}

} // namespace tutti::net
