// SPDX-License-Identifier: MIT
#include "net/memory_channel.h"

#include <QMetaObject>

#include <array>
#include <cstdint>

namespace tutti::net {

/// What the two ends have in common. `generation` counts the times the link went up, so that what
/// was sent over an earlier one does not arrive on a later one.
struct MemoryChannel::Link
{
    QString path;
    QString host;
    std::array<MemoryChannel*, 2> ends{};
    std::uint64_t generation = 0;
};

std::pair<MemoryChannel::End, MemoryChannel::End> MemoryChannel::makePair(
    const QString& path, const QString& host)
{
    auto link = std::make_shared<Link>();
    link->path = path;
    link->host = host;
    return {End(new MemoryChannel(link, 0)), End(new MemoryChannel(link, 1))};
}

MemoryChannel::MemoryChannel(std::shared_ptr<Link> link, int side)
    : m_link(std::move(link))
    , m_side(side)
{
    m_link->ends[m_side == 0 ? 0 : 1] = this;
}

MemoryChannel::~MemoryChannel()
{
    m_link->ends[m_side == 0 ? 0 : 1] = nullptr;
    if (MemoryChannel* peer = other()) {
        peer->later(&MemoryChannel::closeAsPeer,
            {CloseInfo::kGoingAway, tr("The other side is gone"), false});
    }
}

MemoryChannel* MemoryChannel::other() const noexcept { return m_link->ends[m_side == 0 ? 1 : 0]; }

bool MemoryChannel::isOrphan() const noexcept { return other() == nullptr; }

QString MemoryChannel::path() const { return m_link->path; }

QString MemoryChannel::host() const { return m_link->host; }

void MemoryChannel::open()
{
    if (m_state != State::Closed) {
        return;
    }
    m_state = State::Opening;
    MemoryChannel* peer = other();
    if (!peer) {
        later(&MemoryChannel::closeAsPeer,
            {CloseInfo::kGoingAway, tr("The other side is gone"), false});
        return;
    }
    if (peer->m_state != State::Opening) {
        return;
    }
    ++m_link->generation;
    for (MemoryChannel* end : {peer, this}) {
        end->m_state = State::Open;
        end->m_queued = 0;
        QMetaObject::invokeMethod(
            end,
            [end, generation = m_link->generation] {
                if (end->m_state == State::Open && end->m_link->generation == generation) {
                    Q_EMIT end->opened();
                }
            },
            Qt::QueuedConnection);
    }
}

bool MemoryChannel::isOpen() const { return m_state == State::Open; }

void MemoryChannel::send(const QByteArray& frame)
{
    MemoryChannel* peer = other();
    if (m_state != State::Open || !peer) {
        return;
    }
    m_queued += frame.size();
    QMetaObject::invokeMethod(
        peer,
        [peer, frame, generation = m_link->generation] {
            if (peer->m_link->generation != generation) {
                return;
            }
            if (MemoryChannel* sender = peer->other()) {
                sender->m_queued -= frame.size();
            }
            if (peer->m_state == State::Open) {
                Q_EMIT peer->received(frame);
            }
        },
        Qt::QueuedConnection);
}

void MemoryChannel::close(int code, const QString& reason)
{
    if (m_state != State::Opening && m_state != State::Open) {
        return;
    }
    MemoryChannel* peer = other();
    if (m_state == State::Open && peer) {
        // Through the queue, behind the frames that were sent before.
        peer->later(&MemoryChannel::closeAsPeer, {code, reason, CloseInfo::isTerminal(code)});
    }
    m_state = State::Closing;
    later(&MemoryChannel::finish, {code, QString(), false});
}

qint64 MemoryChannel::queuedBytes() const { return m_queued; }

void MemoryChannel::later(void (MemoryChannel::*what)(const CloseInfo&), const CloseInfo& info)
{
    QMetaObject::invokeMethod(
        this,
        [this, what, info, generation = m_link->generation] {
            if (m_link->generation == generation) {
                (this->*what)(info);
            }
        },
        Qt::QueuedConnection);
}

void MemoryChannel::closeAsPeer(const CloseInfo& info)
{
    if (m_state == State::Opening || m_state == State::Open) {
        finish(info);
    }
}

void MemoryChannel::finish(const CloseInfo& info)
{
    m_state = State::Closed;
    Q_EMIT closed(info);
}

} // namespace tutti::net
