// SPDX-License-Identifier: MIT
#include "net/room_address.h"

#include <QFileInfo>
#include <QRandomGenerator>
#include <QStringList>

#include <utility>

namespace tutti::net {

namespace {

constexpr quint16 kPlainPort = 80;
constexpr quint16 kSecurePort = 443;

bool isHexDigit(QChar c)
{
    return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f') || (c >= u'A' && c <= u'F');
}

/// What Chromium leaves alone in the path of a WebSocket's address.
bool staysInPath(uchar byte)
{
    return byte > 0x20 && byte < 0x7f && QByteArrayView("\"<>`{}|^").indexOf(char(byte)) < 0;
}

/// The same for the query; `'` is encoded there because ws is one of the web's own schemes.
bool staysInQuery(uchar byte)
{
    return byte > 0x20 && byte < 0x7f && QByteArrayView("\"<>'").indexOf(char(byte)) < 0;
}

/// What is safe in every part of an address, for names and tokens that are put into one.
bool isUnreserved(uchar byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z')
        || (byte >= '0' && byte <= '9') || QByteArrayView("-._~").indexOf(char(byte)) >= 0;
}

const auto kHocuspocus = QStringLiteral("hocuspocus+");

template <typename Stays>
QString percentEncoded(const QString& text, Stays stays)
{
    static constexpr char kHex[] = "0123456789ABCDEF";
    QString out;
    const QByteArray bytes = text.toUtf8();
    for (const char c : bytes) {
        const auto byte = static_cast<uchar>(c);
        if (stays(byte)) {
            out += QLatin1Char(c);
        } else {
            out += u'%';
            out += QLatin1Char(kHex[byte >> 4]);
            out += QLatin1Char(kHex[byte & 15]);
        }
    }
    return out;
}

/// A path with `.` and `..` gone, as the web's URL standard has it.
QString collapsed(const QString& path)
{
    const QStringList segments = path.split(u'/').mid(1);
    QStringList out;
    for (qsizetype i = 0; i < segments.size(); ++i) {
        const bool last = i + 1 == segments.size();
        const QString plain =
            QString(segments[i])
                .replace(QStringLiteral("%2e"), QStringLiteral("."), Qt::CaseInsensitive);
        if (plain == QStringLiteral("..")) {
            if (!out.isEmpty()) {
                out.removeLast();
            }
            if (last) {
                out += QString();
            }
        } else if (plain == QStringLiteral(".")) {
            if (last) {
                out += QString();
            }
        } else {
            out += segments[i];
        }
    }
    return u'/' + out.join(u'/');
}

/// The first piece of an encoded part that QUrl would rewrite on its way to the wire, where a
/// browser would send it as it is; empty when there is none. Servers compare bytes, so a
/// rewritten name would silently be another room.
QString firstRewritten(const QString& part)
{
    for (qsizetype i = part.indexOf(u'%'); i >= 0; i = part.indexOf(u'%', i + 1)) {
        if (i + 2 >= part.size() || !isHexDigit(part[i + 1]) || !isHexDigit(part[i + 2])) {
            return QStringLiteral("%");
        }
        const QString escape = part.mid(i, 3);
        const char32_t code = escape.mid(1).toUInt(nullptr, 16);
        const bool unreserved = (code < 0x80 && QChar(code).isLetterOrNumber()) || code == u'-'
            || code == u'.' || code == u'_' || code == u'~';
        if (unreserved || escape != escape.toUpper()) {
            return escape;
        }
    }
    return {};
}

} // namespace

std::expected<RoomAddress, QString> RoomAddress::parse(const QString& text)
{
    QString rest = text.trimmed();
    // The web's URL standard takes line breaks and tabs out, which is what a pasted link needs.
    rest.remove(u'\n').remove(u'\r').remove(u'\t');
    if (rest.isEmpty()) {
        return std::unexpected(tr("The address is empty"));
    }
    RoomAddress address;
    const qsizetype colon = rest.indexOf(QStringLiteral("://"));
    const QString fullScheme = colon < 0 ? QString() : rest.left(colon).toLower();
    const bool hocuspocus = fullScheme.startsWith(kHocuspocus);
    const QString scheme = hocuspocus ? fullScheme.mid(kHocuspocus.size()) : fullScheme;
    if (scheme != QStringLiteral("ws") && scheme != QStringLiteral("wss")) {
        return std::unexpected(
            tr("“%1” is not the address of a room: it must begin with ws:// or wss://").arg(rest));
    }
    address.m_secure = scheme == QStringLiteral("wss");
    rest = rest.mid(colon + 3);
    const qsizetype hash = rest.indexOf(u'#');
    if (hocuspocus) {
        address.m_protocol = Protocol::Hocuspocus;
        if (hash >= 0) {
            address.m_document = QUrl::fromPercentEncoding(rest.mid(hash + 1).toUtf8());
            rest.truncate(hash);
        }
        if (address.m_document.isEmpty()) {
            return std::unexpected(
                tr("The address names no document: write it at the end, as in %1://%2#DOCUMENT")
                    .arg(fullScheme, rest));
        }
        if (address.m_document.contains(QChar(u'\0'))) {
            return std::unexpected(tr("The name of a document must not contain a zero byte"));
        }
    } else if (hash >= 0) {
        return std::unexpected(tr("The address must not contain a “#”"));
    }
    const qsizetype question = rest.indexOf(u'?');
    if (question >= 0) {
        address.m_query = percentEncoded(rest.mid(question + 1), staysInQuery);
        rest.truncate(question);
    }
    rest.replace(u'\\', u'/');
    const qsizetype slash = rest.indexOf(u'/');
    const QString authority = slash < 0 ? rest : rest.left(slash);
    if (authority.contains(u'@')) {
        return std::unexpected(tr("The address must not contain a user name or password"));
    }

    // QUrl knows host names, international ones and IPv6; the path is ours.
    qsizetype portColon = authority.lastIndexOf(u':');
    if (authority.endsWith(u']') || portColon < authority.lastIndexOf(u']')) {
        portColon = -1;
    }
    const QString hostPart = portColon < 0 ? authority : authority.left(portColon);
    if (hostPart.isEmpty()) {
        return std::unexpected(tr("The address names no host"));
    }
    address.m_port = address.m_secure ? kSecurePort : kPlainPort;
    if (portColon >= 0 && portColon + 1 < authority.size()) {
        const QString digits = authority.mid(portColon + 1);
        bool ok = false;
        const uint port = digits.toUInt(&ok);
        if (!ok || port == 0 || port > 65535 || digits.startsWith(u'+')) {
            return std::unexpected(
                tr("“%1” is not a port: it must be a number from 1 to 65535").arg(digits));
        }
        address.m_port = static_cast<quint16>(port);
    }
    const QUrl probe(QStringLiteral("ws://") + hostPart, QUrl::StrictMode);
    if (!probe.isValid() || probe.host().isEmpty()) {
        return std::unexpected(tr("“%1” is not the name of a host").arg(hostPart));
    }
    address.m_host = probe.host(QUrl::FullyEncoded);

    if (slash >= 0) {
        address.m_path = collapsed(percentEncoded(rest.mid(slash), staysInPath));
    }
    if (hocuspocus && address.m_path.isEmpty()) {
        address.m_path = QStringLiteral("/");
    }
    if (!hocuspocus && address.m_path.size() < 2) {
        return std::unexpected(
            tr("The address names no room: write it after the host, as in %1://%2/ROOM")
                .arg(scheme, authority));
    }
    for (const QString& part : {address.m_path, address.m_query}) {
        const QString rewritten = firstRewritten(part);
        if (rewritten == QStringLiteral("%")) {
            return std::unexpected(
                tr("A “%” in the address must be followed by two hexadecimal digits"));
        }
        if (!rewritten.isEmpty()) {
            return std::unexpected(tr(
                "“%1” in the address cannot be sent as it is written: write the character itself")
                    .arg(rewritten));
        }
    }
    return address;
}

std::expected<RoomAddress, QString> RoomAddress::make(
    const QString& host, quint16 port, const QString& room, bool secure)
{
    // What a person may write in a name, but an address would take for something else.
    QString escaped = room;
    escaped.replace(u'%', QStringLiteral("%25"));
    escaped.replace(u'?', QStringLiteral("%3F"));
    escaped.replace(u'#', QStringLiteral("%23"));
    const bool bare6 = host.contains(u':') && !host.startsWith(u'[');
    return parse(QStringLiteral("%1://%2:%3/%4")
            .arg(secure ? QStringLiteral("wss") : QStringLiteral("ws"),
                bare6 ? u'[' + host + u']' : host, QString::number(port), escaped));
}

QString RoomAddress::roomNameFor(const QString& fileName)
{
    const QString base = QFileInfo(fileName).fileName();
    QString name;
    for (const QChar c : base) {
        const char16_t u = c.unicode();
        const bool kept = (u >= u'a' && u <= u'z') || (u >= u'A' && u <= u'Z')
            || (u >= u'0' && u <= u'9') || u == u'.' || u == u'_' || u == u'~' || u == u'-';
        if (kept) {
            name += c;
        } else if (!name.isEmpty() && !name.endsWith(u'-')) {
            name += u'-';
        }
    }
    while (name.endsWith(u'-')) {
        name.chop(1);
    }
    // Names of dots alone mean folders to a URL.
    if (name.count(u'.') == name.size()) {
        return QStringLiteral("untitled");
    }
    return name;
}

QString RoomAddress::uniqueRoomNameFor(const QString& fileName)
{
    // Without the characters that people mix up when they read a link aloud.
    static constexpr char16_t kAlphabet[] = u"abcdefghjkmnpqrstuvwxyz23456789";
    constexpr int kLetters = static_cast<int>(std::size(kAlphabet)) - 1;
    QString name = roomNameFor(fileName) + u'-';
    for (int i = 0; i < 8; ++i) {
        name += QChar(kAlphabet[QRandomGenerator::system()->bounded(kLetters)]);
    }
    return name;
}

bool RoomAddress::looksLikeOne(const QString& text)
{
    for (const char* scheme : {"ws://", "wss://", "hocuspocus+ws://", "hocuspocus+wss://"}) {
        if (text.startsWith(QLatin1StringView(scheme), Qt::CaseInsensitive)) {
            return true;
        }
    }
    return false;
}

QString RoomAddress::room() const
{
    return m_protocol == Protocol::Hocuspocus ? m_document
                                              : QUrl::fromPercentEncoding(m_path.mid(1).toLatin1());
}

QString RoomAddress::hostAndPort() const
{
    const QString host = m_host.contains(u':') ? u'[' + m_host + u']' : m_host;
    return m_port == (m_secure ? kSecurePort : kPlainPort) ? host
                                                           : host + u':' + QString::number(m_port);
}

RoomAddress RoomAddress::withoutQuery() const
{
    RoomAddress address = *this;
    address.m_query.clear();
    return address;
}

RoomAddress RoomAddress::withToken(const QString& token) const
{
    QStringList parameters = m_query.split(u'&', Qt::SkipEmptyParts);
    parameters.removeIf([](const QString& parameter) {
        return parameter == QStringLiteral("token")
            || parameter.startsWith(QStringLiteral("token="));
    });
    parameters += QStringLiteral("token=") + percentEncoded(token, isUnreserved);
    RoomAddress address = *this;
    address.m_query = parameters.join(u'&');
    return address;
}

QUrl RoomAddress::url() const { return QUrl(socketAddress(), QUrl::StrictMode); }

QString RoomAddress::socketAddress() const
{
    QString text =
        (m_secure ? QStringLiteral("wss://") : QStringLiteral("ws://")) + hostAndPort() + m_path;
    if (!m_query.isEmpty()) {
        text += u'?' + m_query;
    }
    return text;
}

QString RoomAddress::toString() const
{
    if (m_protocol == Protocol::YWebSocket) {
        return socketAddress();
    }
    QString text = socketAddress();
    if (m_path == QStringLiteral("/") && m_query.isEmpty()) {
        text.chop(1);
    }
    // A slash is common in names and harmless here.
    return kHocuspocus + text + u'#'
        + percentEncoded(m_document, [](uchar byte) { return isUnreserved(byte) || byte == '/'; });
}

} // namespace tutti::net
