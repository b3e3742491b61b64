// SPDX-License-Identifier: MIT
#pragma once

#include "net/channel.h"
#include "net/server/byte_stream.h"
#include "net/server/token_bucket.h"

#include <QBasicTimer>
#include <QHostAddress>

#include <chrono>
#include <memory>
#include <vector>

namespace tutti::net {

class ReceiveBudget;

/// The server's end of a WebSocket that a client opened. Open from the start; once closed it
/// stays closed.
///
/// Bad frames and text messages close it (1002, 1003, 1007, 1009) and nothing else. Every
/// `pingEvery` a ping goes out; when not a word came since the last one, the client is gone. One
/// that sends too many bytes is read with pauses.
class AcceptedChannel final : public Channel
{
    Q_OBJECT

public:
    struct Options
    {
        std::chrono::milliseconds pingEvery{30'000};
        quint64 maxFrame = quint64{64} << 20; ///< and largest message of several frames
        /// Bytes that are read in a second in the long run, and four times that at once; 0: all.
        qint64 maxBytesRate = 0;
        /// So long a client may take to answer our goodbye, or to read what comes before it.
        std::chrono::milliseconds closeTimeout{2'000};
        /// Shared with others, if any: all unfinished messages together.
        std::shared_ptr<ReceiveBudget> budget;
    };
    /// Who is at the other end, and which of this computer's addresses it came to.
    struct Ends
    {
        QHostAddress peer;
        quint16 peerPort = 0;
        QHostAddress local;
    };

    /// Takes over a connection on which the handshake is done.
    AcceptedChannel(std::unique_ptr<ByteStream> stream, Ends ends, QString path,
        const Options& options, QObject* parent = nullptr);
    /// Says goodbye (1001) when open, as far as that goes at once.
    ~AcceptedChannel() override;

    [[nodiscard]] QString path() const override { return m_path; }
    [[nodiscard]] QString host() const override;
    [[nodiscard]] const QHostAddress& peerAddress() const noexcept { return m_ends.peer; }
    [[nodiscard]] const QHostAddress& localAddress() const noexcept { return m_ends.local; }
    void open() override { }
    [[nodiscard]] bool isOpen() const override { return m_open; }
    void send(const QByteArray& frame) override;
    void close(int code = CloseInfo::kNormal, const QString& reason = {}) override;
    [[nodiscard]] qint64 queuedBytes() const override;
    /// Bytes that are held of a message which has begun and not ended.
    [[nodiscard]] qint64 heldBytes() const noexcept { return m_held; }

Q_SIGNALS:
    /// Bytes came and were handled, perhaps without a frame for the receiver: pings are answered
    /// here, so this is when a queue may have grown that nobody reads.
    void heard();

protected:
    void timerEvent(QTimerEvent* event) override;

private:
    void onRead(QByteArrayView bytes);
    void handle(const FrameParser::Message& message);
    void onEnd(const QString& failure);
    void control(Opcode opcode, const QByteArray& payload);
    void farewell(const QByteArray& payload);
    void countHeld();
    void pauseIfFast(qsizetype bytes);

    std::unique_ptr<ByteStream> m_stream;
    FrameParser m_parser;
    Ends m_ends;
    QString m_path;
    std::chrono::milliseconds m_closeTimeout;
    std::shared_ptr<ReceiveBudget> m_budget; ///< may be null
    qint64 m_held = 0; ///< of it
    QBasicTimer m_ping;
    QBasicTimer m_deadline;
    QBasicTimer m_pause; ///< runs while nothing is read
    TokenBucket m_bytes;
    bool m_open = true;
    bool m_heard = true; ///< since the last ping
    CloseInfo m_end{CloseInfo::kAbnormal, {}, false}; ///< what closed() will say
};

} // namespace tutti::net
