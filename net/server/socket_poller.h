// SPDX-License-Identifier: MIT
#pragma once

#include "net/server/byte_stream.h"

#include <QObject>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

class QSocketNotifier;

namespace tutti::net {

/// Watches thousands of TCP sockets at the cost of those on which something happens (epoll), inside
/// Qt's event loop, whose own watch over n sockets takes n steps each time.
///
/// What is sent in one round is written at its end, all frames of a socket in one go: the more
/// there is to do, the fewer calls it takes. Sockets share one buffer to read into; an idle one
/// holds some hundred bytes.
///
/// Threads: one, with an event loop. Lives in a shared_ptr: the streams it gave out keep it. Linux.
class SocketPoller final : public QObject, public std::enable_shared_from_this<SocketPoller>
{
public:
    SocketPoller();
    ~SocketPoller() override;

    /// Takes over a connected socket, by its file descriptor. `unread` is what was already read
    /// from it; onRead will have it.
    [[nodiscard]] std::unique_ptr<ByteStream> take(int socket, QByteArray unread);

private:
    class Stream;
    using StreamId = std::uint64_t;

    void onReady();
    void read(StreamId id);
    void flushSoon(Stream& stream);
    void flushAll();
    void watch(const Stream& stream, std::uint32_t events);
    void forget(StreamId id);
    [[nodiscard]] Stream* find(StreamId id) const;

    int m_epoll = -1;
    QSocketNotifier* m_notifier = nullptr;
    StreamId m_nextId = 1;
    std::unordered_map<StreamId, Stream*> m_streams;
    std::vector<StreamId> m_dirty; ///< that have something to write, or to tell
    bool m_flushIsDue = false; ///< at the end of the round, or of this turn of the event loop
    bool m_inRound = false;
    std::vector<char> m_buffer;
};

} // namespace tutti::net
