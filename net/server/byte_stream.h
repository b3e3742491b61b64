// SPDX-License-Identifier: MIT
#pragma once

#include "net/server/frame_parser.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <functional>

namespace tutti::net {

/// The bytes of one connection, both ways: what an AcceptedChannel frames messages on.
///
/// `onRead` and `onEnd` are never called from inside its functions, which may be called from inside
/// onRead. `onEnd` comes once, when the connection is gone, whoever ended it, with a sentence for a
/// log when it was neither side but the system; nothing comes after it. The stream may be destroyed
/// at any time but inside these two; that ends the connection at once. Threads: one, with an event
/// loop.
class ByteStream
{
public:
    ByteStream() = default;
    ByteStream(const ByteStream&) = delete;
    ByteStream& operator=(const ByteStream&) = delete;
    virtual ~ByteStream() = default;

    std::function<void(QByteArrayView)> onRead;
    std::function<void(const QString& failure)> onEnd;

    /// Sends a frame, if not now, then soon. The payload is shared, not copied, where that can be.
    virtual void send(const FrameHead& head, const QByteArray& payload) = 0;
    /// While it does not read, what comes waits where it was sent from. Reads at first. The end of
    /// the connection may be noticed late then.
    virtual void setReading(bool reading) = 0;
    /// Writes now what the system takes at once.
    virtual void flush() = 0;
    /// Bytes that were given to send() and have not left this process.
    [[nodiscard]] virtual qint64 queuedBytes() const = 0;
    /// Sends what is queued, and then says that no more will come. The connection ends when the
    /// other side does the same; whoever does not trust it to calls abort() after a while.
    virtual void finish() = 0;
    /// Ends the connection now.
    virtual void abort() = 0;
};

} // namespace tutti::net
