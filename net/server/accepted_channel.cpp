// SPDX-License-Identifier: MIT
#include "net/server/accepted_channel.h"

#include "net/close_reason.h"
#include "net/server/receive_budget.h"

#include <QTimerEvent>

#include <algorithm>
#include <chrono>
#include <utility>

namespace tutti::net {

namespace {

QString wordsFor(int fault)
{
    switch (fault) {
    case CloseInfo::kTooBig:
        return closeReason(QT_TRANSLATE_NOOP("CloseReason", "The message is too large"));
    case CloseInfo::kBadData:
        return closeReason(QT_TRANSLATE_NOOP("CloseReason", "The text is not UTF-8"));
    default:
        return closeReason(QT_TRANSLATE_NOOP("CloseReason", "This is not how WebSockets speak"));
    }
}

constexpr double kBurstSeconds = 4;

} // namespace

AcceptedChannel::AcceptedChannel(std::unique_ptr<ByteStream> stream, Ends ends, QString path,
    const Options& options, QObject* parent)
    : Channel(parent)
    , m_stream(std::move(stream))
    , m_parser(options.maxFrame)
    , m_ends(std::move(ends))
    , m_path(std::move(path))
    , m_closeTimeout(options.closeTimeout)
    , m_budget(options.budget)
    , m_bytes(static_cast<double>(options.maxBytesRate),
          static_cast<double>(options.maxBytesRate) * kBurstSeconds, TokenBucket::Clock::now())
{
    m_stream->onRead = [this](QByteArrayView bytes) { onRead(bytes); };
    m_stream->onEnd = [this](const QString& failure) { onEnd(failure); };
    m_ping.start(options.pingEvery, this);
}

AcceptedChannel::~AcceptedChannel()
{
    close(CloseInfo::kGoingAway);
    m_stream->flush();
    m_parser.stop();
    countHeld();
}

QString AcceptedChannel::host() const
{
    return m_ends.peer.toString() + u':' + QString::number(m_ends.peerPort);
}

void AcceptedChannel::send(const QByteArray& frame)
{
    if (m_open) {
        m_stream->send(FrameHead(Opcode::Binary, static_cast<quint64>(frame.size())), frame);
    }
}

void AcceptedChannel::close(int code, const QString& reason)
{
    if (!m_open) {
        return;
    }
    m_open = false;
    m_end = {code, reason, false};
    farewell(closePayload(code, reason));
}

void AcceptedChannel::farewell(const QByteArray& payload)
{
    control(Opcode::Close, payload);
    m_stream->finish();
    // What it says from now on is of no use, not even its own goodbye: then the stream ends.
    m_parser.stop();
    countHeld();
    m_pause.stop();
    m_stream->setReading(true);
    // A client that does not read never sees the goodbye, and would keep its queue alive.
    m_deadline.start(m_closeTimeout, this);
}

/// What is not read waits in the client's own queue, in the end.
void AcceptedChannel::pauseIfFast(qsizetype bytes)
{
    constexpr std::chrono::milliseconds kLeast{10}; // shorter ones cost more than they are worth
    m_bytes.charge(static_cast<double>(bytes));
    const auto debt = m_bytes.debt(TokenBucket::Clock::now());
    if (m_open && debt.count() > 0) {
        m_stream->setReading(false);
        m_pause.start(std::max(kLeast, std::chrono::ceil<std::chrono::milliseconds>(debt)), this);
    }
}

void AcceptedChannel::countHeld()
{
    const qint64 held = m_parser.heldBytes();
    if (m_budget) {
        m_budget->add(held - m_held);
    }
    m_held = held;
}

qint64 AcceptedChannel::queuedBytes() const { return m_stream->queuedBytes(); }

void AcceptedChannel::control(Opcode opcode, const QByteArray& payload)
{
    m_stream->send(FrameHead(opcode, static_cast<quint64>(payload.size())), payload);
}

void AcceptedChannel::onRead(QByteArrayView bytes)
{
    m_heard = true;
    std::vector<FrameParser::Message> messages;
    m_parser.feed(bytes, messages);
    for (const FrameParser::Message& message : messages) {
        if (m_open) {
            handle(message);
        }
    }
    if (m_parser.fault() != 0) {
        close(m_parser.fault(), wordsFor(m_parser.fault()));
    }
    countHeld();
    if (m_budget && m_budget->isExceeded() && m_budget->onExceeded) {
        m_budget->onExceeded();
    }
    pauseIfFast(bytes.size());
    if (m_open) {
        Q_EMIT heard();
    }
}

void AcceptedChannel::handle(const FrameParser::Message& message)
{
    switch (message.opcode) {
    case Opcode::Binary:
        Q_EMIT received(message.payload);
        return;
    case Opcode::Text:
        close(CloseInfo::kUnsupportedData,
            closeReason(QT_TRANSLATE_NOOP("CloseReason", "Only binary messages are understood")));
        return;
    case Opcode::Ping:
        control(Opcode::Pong, message.payload);
        return;
    case Opcode::Close:
        m_open = false;
        m_end = {message.closeCode, QString::fromUtf8(message.payload), false};
        farewell(message.closeCode == CloseInfo::kNoCode ? QByteArray()
                                                         : closePayload(message.closeCode, {}));
        return;
    case Opcode::Pong:
    case Opcode::Continuation:
        return;
    }
}

void AcceptedChannel::onEnd(const QString& failure)
{
    if (m_open) {
        m_end.reason = failure;
    }
    m_open = false;
    m_ping.stop();
    m_pause.stop();
    m_deadline.stop();
    Q_EMIT closed(m_end);
}

void AcceptedChannel::timerEvent(QTimerEvent* event)
{
    if (event->timerId() == m_deadline.timerId()) {
        m_deadline.stop();
        m_stream->abort();
    } else if (event->timerId() == m_pause.timerId()) {
        m_pause.stop();
        m_heard = true; // what it says now, it said long ago
        m_stream->setReading(true);
    } else if (event->timerId() == m_ping.timerId() && m_open) {
        if (m_heard || m_pause.isActive()) { // else it is we who do not listen
            m_heard = false;
            control(Opcode::Ping, {});
        } else {
            m_open = false;
            m_stream->abort();
        }
    }
}

} // namespace tutti::net
