// SPDX-License-Identifier: MIT
#pragma once

#include "net/server/byte_stream.h"

#include <QObject>
#include <QTimer>

#include <chrono>
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
/// What is sent in one round is written at its end, all frames of a socket in one go. A socket is
/// written a hundred times a second in the long run, and some times more at once: where more
/// frames come, they wait some ms for each other, since a call costs the kernel about as much as a
/// hundred frames cost us. Sockets share one buffer to read into; an idle one holds some hundred
/// bytes.
///
/// Threads: one, with an event loop. Lives in a shared_ptr: the streams it gave out keep it. Linux.
class SocketPoller final : public QObject, public std::enable_shared_from_this<SocketPoller>
{
public:
    SocketPoller();
    ~SocketPoller() override;

    /// Takes over a connected socket, by its file descriptor. `unread` is what was already read
    /// from it; onRead will have it. A socket that the system cannot watch, now or later, ends with
    /// the reason.
    [[nodiscard]] std::unique_ptr<ByteStream> take(int socket, QByteArray unread);

private:
    class Stream;
    using StreamId = std::uint64_t;

    void onReady();
    void read(StreamId id);
    void flushSoon(Stream& stream);
    void flushAll();
    void settle(std::size_t index, std::chrono::steady_clock::time_point now);
    [[nodiscard]] int watch(const Stream& stream, std::uint32_t events);
    void unwatch(const Stream& stream);
    void forget(const Stream& stream);
    [[nodiscard]] Stream* find(StreamId id) const;

    int m_epoll = -1;
    QSocketNotifier* m_notifier = nullptr;
    StreamId m_nextId = 1;
    std::unordered_map<StreamId, Stream*> m_streams;
    QTimer m_pace; ///< runs while some wait in m_paced
    std::vector<Stream*> m_paced; ///< that have been written often of late
    std::vector<Stream*> m_dirty; ///< that have something to write, or to tell
    std::vector<Stream*> m_round; ///< of these, whom it is the turn of; null: gone
    bool m_flushIsDue = false; ///< at the end of the round, or of this turn of the event loop
    bool m_inRound = false;
    std::vector<char> m_buffer;
};

} // namespace tutti::net
