// SPDX-License-Identifier: MIT
#pragma once

#include "net/access_token.h"
#include "net/channel.h"
#include "net/room_address.h"

#include <QAbstractSocket>
#include <QList>
#include <QSslCertificate>
#include <QTimer>

#include <chrono>
#include <cstdint>

class QWebSocket;

namespace tutti::net {

/// A room on a server, over ws:// or wss://.
///
/// Certificates are checked against the system's, and `authorities`; a TLS error closes the channel
/// with the host and the reason, and is never ignored. A proxy is used where QNetworkProxyFactory
/// names one (the programs let it name the system's). An access token goes into the address as the
/// query's `token`. Silence is probed with pings: a connection that has died
/// without a word is closed within `pingAfter + pongTimeout`. Messages above `maxMessage` are
/// neither taken nor sent: they close it with 1009, which is terminal.
class WebSocketChannel final : public Channel
{
    Q_OBJECT

public:
    struct Options
    {
        /// How long connecting, TLS and the handshake may take together.
        std::chrono::milliseconds connectTimeout{10'000};
        /// After so much silence a ping goes out.
        std::chrono::milliseconds pingAfter{2'000};
        /// So long may its answer take, or any byte arrive, before the link counts as dead.
        std::chrono::milliseconds pongTimeout{3'000};
        /// A server may be silent while it makes a large answer (Channel::setExpectingBulk). A link
        /// that was taken for dead meanwhile is given twice the time at the next attempt, up to
        /// this; so a dead one is noticed as fast as ever, and a slow one answers in the end.
        std::chrono::milliseconds bulkTimeout{60'000};
        /// How long the other side may take to say goodbye.
        std::chrono::milliseconds closeTimeout{2'000};
        /// Largest message, in bytes. The Node servers die of anything above 100 MiB.
        qint64 maxMessage = qint64{100} << 20;
        /// Asked for a token before each attempt; time it takes counts for no limit above.
        TokenSource token;
        /// Certificate authorities that are trusted like the system's own.
        QList<QSslCertificate> authorities;
    };

    explicit WebSocketChannel(RoomAddress address, QObject* parent = nullptr);
    WebSocketChannel(RoomAddress address, const Options& options, QObject* parent = nullptr);
    /// Says goodbye when open, as far as that goes without an event loop.
    ~WebSocketChannel() override;

    [[nodiscard]] const RoomAddress& address() const noexcept { return m_address; }

    [[nodiscard]] QString path() const override;
    [[nodiscard]] QString host() const override;
    void open() override;
    [[nodiscard]] bool isOpen() const override;
    void send(const QByteArray& frame) override;
    void close(int code = CloseInfo::kNormal, const QString& reason = {}) override;
    [[nodiscard]] qint64 queuedBytes() const override;
    void setExpectingBulk(bool expecting) override;

private:
    enum class Phase { Closed, Opening, Open, Closing };

    void askForToken();
    void connectSocket(const RoomAddress& address);
    void onConnected();
    void onDisconnected();
    void onError(QAbstractSocket::SocketError error);
    void onDeadline();
    void onHeard();
    void onSilence();
    void finish(const CloseInfo& info);
    void finishLater(const CloseInfo& info);
    [[nodiscard]] QString inWords(QAbstractSocket::SocketError error) const;

    RoomAddress m_address;
    Options m_options;
    QWebSocket* m_socket = nullptr; ///< a new one for each open()
    Phase m_phase = Phase::Closed;
    QString m_failure; ///< what went wrong with this connection first, in words
    bool m_saidGoodbye = false; ///< a close frame came
    int m_closeCode = CloseInfo::kNormal; ///< what close() was called with
    std::uint64_t m_attempt = 0; ///< counts calls of open()
    std::uint64_t m_askedFor = 0; ///< the attempt whose token was asked for
    QTimer m_deadline; ///< connecting, or closing, takes too long
    QTimer m_silence; ///< time for a ping, or a ping went unanswered
    bool m_pinged = false;
    bool m_expectingBulk = false;
    std::chrono::milliseconds m_bulkPatience{0}; ///< as pongTimeout, while bulk is expected
    qint64 m_unsent = 0; ///< bytes waiting when it was looked last
};

} // namespace tutti::net
