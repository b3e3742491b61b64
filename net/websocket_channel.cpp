// SPDX-License-Identifier: MIT
#include "net/websocket_channel.h"

#include "net/close_reason.h"

#include <QCoreApplication>
#include <QLoggingCategory>
#include <QNetworkProxy>
#include <QRegularExpression>
#include <QSslConfiguration>
#include <QSslError>
#include <QStringList>
#include <QWebSocket>

#include <algorithm>
#include <utility>

namespace tutti::net {

namespace {

Q_LOGGING_CATEGORY(channelLog, "tutti.net.channel")

/// The proxy for a server, where there is one. Asked as for a page of the web, for QWebSocket asks
/// as for any socket, and the https_proxy would never be found.
QNetworkProxy proxyFor(const RoomAddress& address)
{
    QUrl url = address.withoutQuery().url();
    url.setScheme(address.isSecure() ? QStringLiteral("https") : QStringLiteral("http"));
    url.setPort(address.port());
    const QList<QNetworkProxy> proxies =
        QNetworkProxyFactory::proxyForQuery(QNetworkProxyQuery(url));
    for (QNetworkProxy proxy : proxies) {
        if (proxy.type() == QNetworkProxy::HttpCachingProxy) { // it can make tunnels as well
            proxy.setType(QNetworkProxy::HttpProxy);
        }
        if (proxy.type() == QNetworkProxy::NoProxy
            || proxy.capabilities().testFlag(QNetworkProxy::TunnelingCapability)) {
            return proxy;
        }
    }
    return QNetworkProxy(QNetworkProxy::NoProxy);
}

/// Words of Qt's in the language it speaks. They are in its catalogue, so not for lupdate to find.
QString wordsOfQt(const char* context, const char* words)
{
    return QCoreApplication::translate(context, words);
}

/// Whether that part of Qt says by `detail` that nobody listens.
bool saysRefused(const QString& detail, const char* context)
{
    return detail == wordsOfQt(context, "Connection refused");
}

/// Why a proxy gives no connection; empty when it is not the proxy's doing.
QString proxyWords(
    const QNetworkProxy& proxy, QAbstractSocket::SocketError error, const QString& detail)
{
    if (proxy.type() == QNetworkProxy::NoProxy) {
        return {};
    }
    const bool isOfProxies = (error >= QAbstractSocket::ProxyAuthenticationRequiredError
                                 && error <= QAbstractSocket::ProxyProtocolError
                                 && error != QAbstractSocket::SslHandshakeFailedError)
        || error == QAbstractSocket::SocketAccessError; // it denies the connection
    if (error == QAbstractSocket::HostNotFoundError) {
        // Proxies of SOCKS look the name up themselves, and Qt says this of all their refusals.
        return WebSocketChannel::tr("there is no such host, or it may not be reached");
    }
    const bool isRefused = error == QAbstractSocket::ConnectionRefusedError
        && (saysRefused(detail, "QSocks5SocketEngine") || saysRefused(detail, "QAbstractSocket"));
    return isOfProxies || isRefused ? detail : QString();
}

} // namespace

WebSocketChannel::WebSocketChannel(RoomAddress address, QObject* parent)
    : WebSocketChannel(std::move(address), Options{}, parent)
{ }

WebSocketChannel::WebSocketChannel(RoomAddress address, const Options& options, QObject* parent)
    : Channel(parent)
    , m_address(std::move(address))
    , m_options(options)
    , m_bulkPatience(options.pongTimeout)
{
    m_deadline.setSingleShot(true);
    m_silence.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, &WebSocketChannel::onDeadline);
    connect(&m_silence, &QTimer::timeout, this, &WebSocketChannel::onSilence);
}

WebSocketChannel::~WebSocketChannel()
{
    if (m_socket) {
        m_socket->disconnect(this);
        if (m_phase == Phase::Open) {
            m_socket->flush();
            m_socket->close(QWebSocketProtocol::CloseCodeGoingAway);
        }
        delete m_socket;
    }
}

QString WebSocketChannel::path() const { return m_address.path(); }

QString WebSocketChannel::host() const { return m_address.hostAndPort(); }

void WebSocketChannel::open()
{
    if (m_phase != Phase::Closed) {
        return;
    }
    m_phase = Phase::Opening;
    ++m_attempt;
    m_failure.clear();
    m_saidGoodbye = false;
    // A socket may fail, and say so, inside its open(); our callers are promised that it does not.
    QMetaObject::invokeMethod(this, &WebSocketChannel::askForToken, Qt::QueuedConnection);
}

void WebSocketChannel::askForToken()
{
    if (m_phase != Phase::Opening || m_socket || m_askedFor == m_attempt) {
        return;
    }
    m_askedFor = m_attempt;
    if (!m_options.token) {
        connectSocket(m_address);
        return;
    }
    m_options.token(this, [this, attempt = m_attempt](const Token& token) {
        if (m_phase != Phase::Opening || attempt != m_attempt || m_socket) {
            return;
        }
        if (token) {
            connectSocket(token->isEmpty() ? m_address : m_address.withToken(*token));
        } else {
            finish({CloseInfo::kAbnormal, token.error(), false});
        }
    });
}

void WebSocketChannel::connectSocket(const RoomAddress& address)
{
    m_deadline.start(m_options.connectTimeout);
    m_socket = new QWebSocket(QString(), QWebSocketProtocol::VersionLatest, this);
    m_socket->setMaxAllowedIncomingFrameSize(static_cast<quint64>(m_options.maxMessage));
    m_socket->setMaxAllowedIncomingMessageSize(static_cast<quint64>(m_options.maxMessage));
    connect(m_socket, &QWebSocket::connected, this, &WebSocketChannel::onConnected);
    connect(m_socket, &QWebSocket::disconnected, this, &WebSocketChannel::onDisconnected);
    connect(m_socket, &QWebSocket::errorOccurred, this, &WebSocketChannel::onError);
    connect(m_socket, &QWebSocket::aboutToClose, this, [this] { m_saidGoodbye = true; });
    connect(m_socket, &QWebSocket::pong, this, &WebSocketChannel::onHeard);
    connect(m_socket, &QWebSocket::binaryFrameReceived, this, &WebSocketChannel::onHeard);
    connect(m_socket, &QWebSocket::binaryMessageReceived, this, [this](const QByteArray& message) {
        if (m_phase == Phase::Open) {
            Q_EMIT received(message);
        }
    });
    connect(m_socket, &QWebSocket::textMessageReceived, this, [this](const QString& message) {
        onHeard();
        qCDebug(channelLog, "ignored a text message of %lld characters", qlonglong(message.size()));
    });
    connect(m_socket, &QWebSocket::sslErrors, this, [this](const QList<QSslError>& errors) {
        // Never ignored; the socket fails right after this. Said here because only here the
        // reasons are all known.
        QStringList reasons;
        for (const QSslError& error : errors) {
            if (!reasons.contains(error.errorString())) {
                reasons += error.errorString();
            }
        }
        m_failure = tr("The identity of %1 could not be verified: %2")
                        .arg(host(), reasons.join(QStringLiteral("; ")));
    });
    if (!m_options.authorities.isEmpty()) {
        QSslConfiguration tls = m_socket->sslConfiguration();
        tls.setCaCertificates(QSslConfiguration::systemCaCertificates() + m_options.authorities);
        m_socket->setSslConfiguration(tls);
    }
    m_socket->setProxy(proxyFor(address));
    m_socket->open(address.url());
    // A pong waits behind the message that is being received; its bytes are a sign of life as well.
    if (const auto* line = m_socket->findChild<QAbstractSocket*>()) {
        connect(line, &QAbstractSocket::readyRead, this, &WebSocketChannel::onHeard);
    }
}

bool WebSocketChannel::isOpen() const { return m_phase == Phase::Open; }

void WebSocketChannel::send(const QByteArray& frame)
{
    if (m_phase != Phase::Open) {
        return;
    }
    if (frame.size() > m_options.maxMessage) {
        m_failure = tr("The document is too large to be sent: %1 MiB, and at most %2 MiB may go")
                        .arg(frame.size() >> 20)
                        .arg(m_options.maxMessage >> 20);
        m_phase = Phase::Closing;
        finishLater({CloseInfo::kTooBig, m_failure, true});
        return;
    }
    m_socket->sendBinaryMessage(frame);
}

void WebSocketChannel::close(int code, const QString& reason)
{
    if (m_phase == Phase::Closed || m_phase == Phase::Closing) {
        return;
    }
    const bool wasOpen = m_phase == Phase::Open;
    m_phase = Phase::Closing;
    m_closeCode = code;
    m_silence.stop();
    if (!wasOpen) {
        finishLater({code, QString(), false});
        return;
    }
    m_deadline.start(m_options.closeTimeout);
    // QWebSocket does not wait for the other's goodbye, and may be done inside close().
    m_socket->disconnect(this);
    connect(m_socket, &QWebSocket::disconnected, this,
        [this, code] { finishLater({code, QString(), false}); });
    m_socket->flush();
    m_socket->close(static_cast<QWebSocketProtocol::CloseCode>(code), reason);
}

qint64 WebSocketChannel::queuedBytes() const { return m_socket ? m_socket->bytesToWrite() : 0; }

void WebSocketChannel::setExpectingBulk(bool expecting)
{
    m_expectingBulk = expecting;
    if (!expecting) {
        m_bulkPatience = m_options.pongTimeout;
    }
}

void WebSocketChannel::onConnected()
{
    if (m_phase != Phase::Opening) {
        return;
    }
    m_deadline.stop();
    m_phase = Phase::Open;
    onHeard();
    Q_EMIT opened();
}

/// What QWebSocket says of 1012 to 1014, which came later than RFC 6455 (service restart, try again
/// later, bad gateway). It keeps neither code nor reason.
static QString unknownCodeWords()
{
    return wordsOfQt("QWebSocketDataProcessor", "Invalid close code %1 detected.")
        .arg(CloseInfo::kProtocolError);
}

void WebSocketChannel::onDisconnected()
{
    if (m_phase == Phase::Closed || m_phase == Phase::Closing) {
        return;
    }
    if (m_phase == Phase::Opening) {
        // The error, which has the reason, may come after this.
        finishLater({CloseInfo::kAbnormal, QString(), false});
        return;
    }
    if (!m_saidGoodbye) {
        finish({CloseInfo::kAbnormal,
            m_failure.isEmpty() ? tr("The connection to %1 was lost").arg(host()) : m_failure,
            false});
        return;
    }
    int code = m_socket->closeCode();
    QString reason = m_failure.isEmpty() ? shownReason(m_socket->closeReason()) : m_failure;
    if (code == CloseInfo::kProtocolError && reason == unknownCodeWords()) {
        code = CloseInfo::kTryAgainLater;
        reason = tr("%1 closed the connection for now").arg(host());
    }
    if (reason.isEmpty()) {
        reason = code == CloseInfo::kNormal || code == CloseInfo::kGoingAway
            ? tr("%1 closed the connection").arg(host())
            : tr("%1 closed the connection with code %2").arg(host()).arg(code);
    }
    finish({code, reason, CloseInfo::isTerminal(code), CloseInfo::isDenial(code)});
}

void WebSocketChannel::onError(QAbstractSocket::SocketError error)
{
    if (m_failure.isEmpty()) {
        m_failure = inWords(error);
    }
    if (m_phase == Phase::Opening) {
        finish({CloseInfo::kAbnormal, m_failure, false});
    }
}

void WebSocketChannel::onDeadline()
{
    if (m_phase == Phase::Opening) {
        finish({CloseInfo::kAbnormal, tr("%1 does not answer").arg(host()), false});
    } else if (m_phase == Phase::Closing) {
        finish({m_closeCode, QString(), false});
    }
}

void WebSocketChannel::onHeard()
{
    if (m_phase == Phase::Open) {
        m_pinged = false;
        m_silence.start(m_options.pingAfter);
    }
}

void WebSocketChannel::onSilence()
{
    if (m_phase != Phase::Open) {
        return;
    }
    const qint64 unsent = m_socket->bytesToWrite();
    // A ping waits behind what is being sent; as long as that gets less, somebody takes it.
    if (m_pinged && (unsent == 0 || unsent >= m_unsent)) {
        if (m_expectingBulk) {
            m_bulkPatience = std::min(m_bulkPatience * 2, m_options.bulkTimeout);
        }
        finish({CloseInfo::kAbnormal, tr("%1 does not answer any more").arg(host()), false});
        return;
    }
    if (!m_pinged) {
        m_pinged = true;
        m_socket->ping();
    }
    m_unsent = m_socket->bytesToWrite();
    m_silence.start(m_expectingBulk ? m_bulkPatience : m_options.pongTimeout);
}

void WebSocketChannel::finish(const CloseInfo& info)
{
    if (m_phase == Phase::Closed) {
        return;
    }
    m_phase = Phase::Closed;
    m_deadline.stop();
    m_silence.stop();
    m_pinged = false;
    m_expectingBulk = false;
    if (QWebSocket* socket = std::exchange(m_socket, nullptr)) {
        // We may be inside one of its signals.
        socket->disconnect(this);
        socket->abort();
        socket->deleteLater();
    }
    Q_EMIT closed(info);
}

void WebSocketChannel::finishLater(const CloseInfo& info)
{
    m_deadline.stop();
    QMetaObject::invokeMethod(
        this,
        [this, info, attempt = m_attempt] {
            if (attempt != m_attempt) { // it has been finished, and opened again
                return;
            }
            CloseInfo complete = info;
            if (m_phase == Phase::Opening && m_socket) {
                complete.reason = m_failure.isEmpty() ? inWords(m_socket->error()) : m_failure;
            }
            finish(complete);
        },
        Qt::QueuedConnection);
}

QString WebSocketChannel::inWords(QAbstractSocket::SocketError error) const
{
    const QString detail = m_socket->errorString();
    static const QRegularExpression httpStatus(
        QStringLiteral("http status code: (\\d+)(?: \\((.*?)\\))?"),
        QRegularExpression::CaseInsensitiveOption);
    const QRegularExpressionMatch match = httpStatus.match(detail);
    if (match.hasMatch() && !match.captured(1).startsWith(u'2')) {
        return tr("%1 refused the connection with HTTP status %2")
            .arg(host(), QString(match.captured(1) + u' ' + match.captured(2)).trimmed());
    }
    if (match.hasMatch() || detail.contains(QStringLiteral("QWebSocket"))) {
        return tr("%1 does not answer as a WebSocket server").arg(host());
    }
    const QNetworkProxy proxy = m_socket->proxy();
    if (const QString words = proxyWords(proxy, error, detail); !words.isEmpty()) {
        return tr("The proxy %1:%2 gives no connection to %3: %4")
            .arg(proxy.hostName())
            .arg(proxy.port())
            .arg(host(), words);
    }
    switch (error) {
    case QAbstractSocket::ConnectionRefusedError:
        // QWebSocket uses this error for handshakes it does not understand, too.
        if (!saysRefused(detail, "QNativeSocketEngine")
            && !saysRefused(detail, "QAbstractSocket")) {
            return tr("%1 does not answer as a WebSocket server").arg(host());
        }
        return tr("%1 refused the connection: no server is running there").arg(host());
    case QAbstractSocket::HostNotFoundError:
        return tr("There is no host named %1").arg(m_address.host());
    case QAbstractSocket::RemoteHostClosedError:
        return tr("%1 closed the connection").arg(host());
    case QAbstractSocket::SocketTimeoutError:
        return tr("%1 does not answer").arg(host());
    case QAbstractSocket::SslHandshakeFailedError:
        return tr("No secure connection to %1: %2").arg(host(), detail);
    default:
        return tr("No connection to %1: %2").arg(host(), detail);
    }
}

} // namespace tutti::net
