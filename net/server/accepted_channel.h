// SPDX-License-Identifier: MIT
#pragma once

#include "net/channel.h"

#include <QHostAddress>
#include <QPointer>
#include <QTcpSocket>
#include <QTimer>

#include <chrono>

class QWebSocket;

namespace tutti::net {

/// The server's end of a WebSocket that a client opened. Open from the start; once closed it
/// stays closed.
///
/// Bad frames and text messages close it (1002, 1003, 1007, 1009) and nothing else. Every
/// `pingEvery` a ping goes out; when not a word came since the last one, the client is gone.
class AcceptedChannel final : public Channel
{
    Q_OBJECT

public:
    struct Options
    {
        std::chrono::milliseconds pingEvery{30'000};
        quint64 maxFrame = quint64{64} << 20; ///< and largest message of several frames
        /// So long a client may take to answer our goodbye, or to read what comes before it.
        std::chrono::milliseconds closeTimeout{2'000};
    };

    /// Takes the socket over, which works on that `wire`. Requires: it is connected.
    AcceptedChannel(QWebSocket* socket, QTcpSocket* wire, const QString& path,
        const Options& options, QObject* parent = nullptr);
    ~AcceptedChannel() override;

    [[nodiscard]] QString path() const override { return m_path; }
    [[nodiscard]] QString host() const override { return m_host; }
    /// Over which of this computer's addresses it came.
    [[nodiscard]] QHostAddress localAddress() const;
    void open() override { }
    [[nodiscard]] bool isOpen() const override { return m_open; }
    void send(const QByteArray& frame) override;
    void close(int code = CloseInfo::kNormal, const QString& reason = {}) override;
    /// Under TLS also what is encrypted and has not left yet, which QWebSocket does not tell.
    [[nodiscard]] qint64 queuedBytes() const override;

Q_SIGNALS:
    /// Bytes came and were handled, perhaps without a frame for us. QWebSocket answers pings by
    /// itself, so this is when a queue may have grown that nobody reads.
    void heard();

private:
    void onPingTime();
    void finish();

    QWebSocket* m_socket;
    QPointer<QTcpSocket> m_wire;
    QString m_path;
    QString m_host;
    Options m_options;
    QTimer m_ping;
    QTimer m_deadline;
    bool m_open = true;
    bool m_heard = true; ///< since the last ping
    bool m_finished = false;
};

} // namespace tutti::net
