// SPDX-License-Identifier: MIT
#pragma once

#include "net/channel.h"
#include "net/room_address.h"

#include <QTimer>

#include <chrono>
#include <memory>
#include <optional>

class QWebSocket;

namespace tutti::net {

/// A room on a server, over ws:// or wss://.
///
/// Certificates are checked against the system's; a TLS error closes the channel with the host
/// and the reason, and is never ignored. Silence is probed with pings: a connection that has died
/// without a word is closed within `pingAfter + pongTimeout`. Frames above `maxFrame` close it
/// with 1009, which is terminal.
class WebSocketChannel final : public Channel
{
    Q_OBJECT

public:
    struct Options
    {
        /// How long connecting, TLS and the handshake may take together.
        std::chrono::milliseconds connectTimeout { 10'000 };
        /// After so much silence a ping goes out.
        std::chrono::milliseconds pingAfter { 2'000 };
        /// So long may its answer take, or anything else arrive, before the link counts as dead.
        std::chrono::milliseconds pongTimeout { 3'000 };
        /// The same while a large answer is expected (Channel::setExpectingBulk): a pong waits
        /// behind the frame that is being received.
        std::chrono::milliseconds bulkTimeout { 60'000 };
        /// Largest frame, and largest message of several frames, that is taken, in bytes.
        quint64 maxFrame = quint64 { 100 } << 20;
    };

    explicit WebSocketChannel(RoomAddress address, QObject* parent = nullptr);
    WebSocketChannel(RoomAddress address, const Options& options, QObject* parent = nullptr);
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

    void connectSocket();
    void onConnected();
    void onDisconnected();
    void onHeard();
    void onSilence();
    void giveUp(CloseInfo info);
    void finish(CloseInfo info);

    RoomAddress m_address;
    Options m_options;
    std::unique_ptr<QWebSocket> m_socket;
    Phase m_phase = Phase::Closed;
    std::optional<CloseInfo> m_failure; ///< the first error of this connection, in words
    QTimer m_deadline; ///< connecting or closing takes too long
    QTimer m_silence; ///< time for a ping, or the ping went unanswered
    bool m_pinged = false;
    bool m_expectingBulk = false;
    qint64 m_unsentAtPing = 0;
};

} // namespace tutti::net
