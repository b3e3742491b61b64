// SPDX-License-Identifier: MIT
#include "net/server/socket_poller.h"

#include "net/server/token_bucket.h"

#include <QSocketNotifier>

#include <algorithm>
#include <array>
#include <cerrno>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <optional>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>
#include <utility>

namespace tutti::net {

namespace {

constexpr std::size_t kReadBuffer = 65'536; ///< bytes
constexpr int kEventsAtOnce = 256;
constexpr double kWritesPerSecond = 100;
constexpr double kWritesAtOnce = 8;
constexpr qint64 kLargeQueue = 65'536; ///< bytes; worth a call at any time
constexpr std::chrono::milliseconds kPace{2};

bool isForLater(int error) noexcept
{
    return error == EAGAIN || error == EWOULDBLOCK || error == EINTR;
}

} // namespace

class SocketPoller::Stream final : public ByteStream
{
public:
    Stream(std::shared_ptr<SocketPoller> poller, StreamId id, int socket, QByteArray unread)
        : m_poller(std::move(poller))
        , m_id(id)
        , m_socket(socket)
        , m_unread(std::move(unread))
        , m_writes(kWritesPerSecond, kWritesAtOnce, TokenBucket::Clock::now())
    { }
    ~Stream() override
    {
        m_poller->forget(*this);
        ::close(m_socket);
    }

    void send(const FrameHead& head, const QByteArray& payload) override
    {
        if (m_state != State::Open) {
            return;
        }
        m_queue.push_back({head, payload});
        m_queuedBytes += head.size + payload.size();
        m_poller->flushSoon(*this);
    }
    void setReading(bool reading) override
    {
        if (m_state != State::Ended && std::exchange(m_reading, reading) != reading) {
            watchAgain();
        }
    }
    [[nodiscard]] qint64 queuedBytes() const override
    {
        // The smallest frames take more here than on the wire.
        return m_queuedBytes + static_cast<qint64>((m_queue.size() - m_first) * sizeof(Frame));
    }
    void finish() override
    {
        if (m_state == State::Open) {
            m_state = State::Finishing;
            m_poller->flushSoon(*this);
        }
    }
    /// The system does not let us go on with this connection.
    void fail(int error)
    {
        if (m_failure.isEmpty()) {
            m_failure = QStringLiteral("The system cannot watch this connection: ")
                + qt_error_string(error);
        }
        abort();
    }
    void abort() override
    {
        if (m_state != State::Ended) {
            m_state = State::Aborted;
            m_poller->flushSoon(*this);
        }
    }

    /// What there is to read. Nothing more to come: nullopt.
    [[nodiscard]] std::optional<std::size_t> readInto(std::vector<char>& buffer) const
    {
        const ssize_t got = ::recv(m_socket, buffer.data(), buffer.size(), 0);
        if (got > 0) {
            return static_cast<std::size_t>(got);
        }
        return got < 0 && isForLater(errno) ? std::optional<std::size_t>(0) : std::nullopt;
    }
    [[nodiscard]] bool hasUnread() const noexcept { return !m_unread.isEmpty(); }
    void tellUnread()
    {
        if (const QByteArray unread = std::exchange(m_unread, {}); onRead) {
            onRead(unread);
        }
    }
    [[nodiscard]] bool isBroken() const noexcept { return m_state == State::Aborted; }
    /// Whether it was not yet.
    [[nodiscard]] bool becomesDirty() noexcept { return !std::exchange(m_isDirty, true); }
    void setClean() noexcept { m_isDirty = false; }
    [[nodiscard]] bool isDirty() const noexcept { return m_isDirty; }
    /// Whether what is queued should wait for more.
    [[nodiscard]] bool shouldWait(TokenBucket::Clock::time_point now)
    {
        return m_state == State::Open && !m_writing && m_first < m_queue.size()
            && m_queuedBytes < kLargeQueue && !m_writes.take(now);
    }
    [[nodiscard]] bool hasEnded() const noexcept { return m_state == State::Ended; }
    /// The last word; the stream may be gone after it.
    void end()
    {
        m_state = State::Ended;
        m_poller->unwatch(*this);
        if (const auto tell = std::exchange(onEnd, {})) {
            tell(m_failure);
        }
    }

    void flush() override
    {
        while (m_first < m_queue.size() && m_state != State::Aborted) {
            const std::optional<std::size_t> written = writeSome();
            if (!written) {
                m_state = State::Aborted;
                return;
            }
            if (*written == 0) {
                setWriting(true);
                return;
            }
            drop(*written);
        }
        if (m_state == State::Aborted) {
            return;
        }
        setWriting(false);
        if (m_state == State::Finishing) {
            m_state = State::Finished;
            ::shutdown(m_socket, SHUT_WR);
        }
    }

    [[nodiscard]] int socket() const noexcept { return m_socket; }
    [[nodiscard]] StreamId id() const noexcept { return m_id; }

private:
    enum class State : std::uint8_t { Open, Finishing, Finished, Aborted, Ended };
    struct Frame
    {
        FrameHead head;
        QByteArray payload;

        [[nodiscard]] std::size_t size() const noexcept
        {
            return head.size + static_cast<std::size_t>(payload.size());
        }
    };

    /// Nullopt: the connection is broken. 0: not now.
    [[nodiscard]] std::optional<std::size_t> writeSome()
    {
        constexpr std::size_t kFrames = 128;
        std::array<iovec, 2 * kFrames> parts; // written before it is read
        std::size_t count = 0;
        std::size_t skip = m_sentOfFirst;
        const auto add = [&](const char* data, std::size_t size) {
            const std::size_t skipped = std::min(skip, size);
            skip -= skipped;
            if (size > skipped) {
                parts[count++] = {const_cast<char*>(data) + skipped, size - skipped};
            }
        };
        const std::size_t last = std::min(m_queue.size(), m_first + kFrames);
        for (std::size_t i = m_first; i < last; ++i) {
            const Frame& frame = m_queue[i];
            add(frame.head.bytes.data(), frame.head.size);
            add(frame.payload.constData(), static_cast<std::size_t>(frame.payload.size()));
        }
        msghdr message{};
        message.msg_iov = parts.data();
        message.msg_iovlen = count;
        const ssize_t sent = ::sendmsg(m_socket, &message, MSG_NOSIGNAL);
        if (sent >= 0) {
            return static_cast<std::size_t>(sent);
        }
        return isForLater(errno) ? std::optional<std::size_t>(0) : std::nullopt;
    }

    void drop(std::size_t bytes)
    {
        m_queuedBytes -= static_cast<qint64>(bytes);
        bytes += m_sentOfFirst;
        while (m_first < m_queue.size() && bytes >= m_queue[m_first].size()) {
            bytes -= m_queue[m_first].size();
            m_queue[m_first++].payload.clear();
        }
        m_sentOfFirst = bytes;
        constexpr std::size_t kKept = 16; // frames
        if (m_first == m_queue.size()) {
            m_first = 0;
            if (m_queue.capacity() > kKept) {
                std::vector<Frame>().swap(m_queue);
            } else {
                m_queue.clear();
            }
        } else if (m_first >= 1024 && m_first * 2 > m_queue.size()) {
            m_queue.erase(m_queue.begin(), m_queue.begin() + static_cast<std::ptrdiff_t>(m_first));
            m_first = 0;
        }
    }

    void setWriting(bool writing)
    {
        if (std::exchange(m_writing, writing) != writing) {
            watchAgain();
        }
    }

    void watchAgain()
    {
        const std::uint32_t events = (m_reading ? EPOLLIN : 0U) | (m_writing ? EPOLLOUT : 0U);
        if (const int error = m_poller->watch(*this, events); error != 0) {
            fail(error); // or it would never go on, and nobody would know
        }
    }

    std::shared_ptr<SocketPoller> m_poller;
    StreamId m_id;
    int m_socket;
    State m_state = State::Open;
    QString m_failure;
    bool m_isDirty = false; ///< is in SocketPoller::m_dirty
    bool m_reading = true;
    bool m_writing = false; ///< waits for the socket to take more
    std::vector<Frame> m_queue;
    std::size_t m_first = 0; ///< of m_queue, not wholly sent
    std::size_t m_sentOfFirst = 0; ///< bytes
    qint64 m_queuedBytes = 0;
    QByteArray m_unread;
    TokenBucket m_writes;
};

SocketPoller::SocketPoller()
    : m_epoll(::epoll_create1(EPOLL_CLOEXEC))
    , m_buffer(kReadBuffer)
{
    if (m_epoll < 0) {
        qFatal("epoll_create1: %s", qPrintable(qt_error_string(errno)));
    }
    m_notifier = new QSocketNotifier(m_epoll, QSocketNotifier::Read, this);
    connect(m_notifier, &QSocketNotifier::activated, this, &SocketPoller::onReady);
    m_pace.setTimerType(Qt::PreciseTimer);
    m_pace.setSingleShot(true);
    connect(&m_pace, &QTimer::timeout, this, [this] {
        m_dirty.insert(m_dirty.end(), m_paced.begin(), m_paced.end());
        m_paced.clear();
        flushAll();
    });
}

SocketPoller::~SocketPoller()
{
    m_notifier->setEnabled(false);
    ::close(m_epoll);
}

std::unique_ptr<ByteStream> SocketPoller::take(int socket, QByteArray unread)
{
    const int on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    const StreamId id = m_nextId++;
    const bool hasUnread = !unread.isEmpty();
    auto stream = std::make_unique<Stream>(shared_from_this(), id, socket, std::move(unread));
    m_streams.emplace(id, stream.get());
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = id;
    if (::epoll_ctl(m_epoll, EPOLL_CTL_ADD, socket, &event) != 0) {
        stream->fail(errno);
    } else if (hasUnread) {
        flushSoon(*stream);
    }
    return stream;
}

/// Returns errno.
int SocketPoller::watch(const Stream& stream, std::uint32_t events)
{
    epoll_event event{};
    event.events = events;
    event.data.u64 = stream.id();
    return ::epoll_ctl(m_epoll, EPOLL_CTL_MOD, stream.socket(), &event) == 0 ? 0 : errno;
}

void SocketPoller::unwatch(const Stream& stream)
{
    // If it cannot be done, it was not watched; and events for a stream that ended go nowhere.
    epoll_event event{};
    ::epoll_ctl(m_epoll, EPOLL_CTL_DEL, stream.socket(), &event);
}

SocketPoller::Stream* SocketPoller::find(StreamId id) const
{
    const auto found = m_streams.find(id);
    return found == m_streams.end() ? nullptr : found->second;
}

void SocketPoller::forget(const Stream& stream)
{
    m_streams.erase(stream.id());
    if (!stream.isDirty()) {
        return;
    }
    for (std::vector<Stream*>* list : {&m_dirty, &m_paced, &m_round}) {
        std::ranges::replace(*list, const_cast<Stream*>(&stream), nullptr);
    }
}

void SocketPoller::onReady()
{
    std::array<epoll_event, kEventsAtOnce> events;
    const int count = ::epoll_wait(m_epoll, events.data(), kEventsAtOnce, 0);
    m_inRound = true;
    for (int i = 0; i < count; ++i) {
        const epoll_event& event = events[static_cast<std::size_t>(i)];
        if ((event.events & EPOLLOUT) != 0) {
            if (Stream* const stream = find(event.data.u64)) {
                flushSoon(*stream);
            }
        }
        if ((event.events & ~static_cast<std::uint32_t>(EPOLLOUT)) != 0) {
            read(event.data.u64);
        }
    }
    m_inRound = false;
    flushAll();
}

void SocketPoller::read(StreamId id)
{
    Stream* const stream = find(id);
    if (stream == nullptr || stream->hasEnded()) {
        return;
    }
    const std::optional<std::size_t> size = stream->readInto(m_buffer);
    if (!size) {
        stream->end();
    } else if (*size > 0 && stream->onRead) {
        // The buffer is read out at once: nobody reads into it meanwhile.
        stream->onRead(QByteArrayView(m_buffer.data(), static_cast<qsizetype>(*size)));
    }
}

void SocketPoller::flushSoon(Stream& stream)
{
    if (stream.becomesDirty()) {
        m_dirty.push_back(&stream);
    }
    if (!m_inRound && !std::exchange(m_flushIsDue, true)) {
        QMetaObject::invokeMethod(this, &SocketPoller::flushAll, Qt::QueuedConnection);
    }
}

/// Hands out what was read before, writes what is queued, tells of the end.
void SocketPoller::settle(std::size_t index, std::chrono::steady_clock::time_point now)
{
    Stream& stream = *m_round[index];
    if (stream.hasEnded()) {
        return;
    }
    if (stream.hasUnread()) {
        stream.tellUnread();
        if (m_round[index] == nullptr) {
            return;
        }
    }
    if (stream.shouldWait(now)) {
        m_paced.push_back(&stream);
        return;
    }
    stream.setClean();
    stream.flush();
    if (stream.isBroken()) {
        stream.end();
    }
}

void SocketPoller::flushAll()
{
    m_flushIsDue = false;
    if (!m_round.empty()) { // an event loop inside a slot: the round goes on when it is over
        m_flushIsDue = true;
        QMetaObject::invokeMethod(this, &SocketPoller::flushAll, Qt::QueuedConnection);
        return;
    }
    const auto now = TokenBucket::Clock::now();
    // Telling makes others dirty in turn: they come in the next turn of the event loop.
    m_round.swap(m_dirty);
    for (std::size_t i = 0; i < m_round.size(); ++i) {
        if (m_round[i] != nullptr) {
            settle(i, now);
        }
    }
    m_round.clear();
    if (!m_paced.empty() && !m_pace.isActive()) {
        m_pace.start(kPace);
    }
}

} // namespace tutti::net
