// SPDX-License-Identifier: MIT
#pragma once

#include "net/channel.h"

#include <memory>
#include <utility>

namespace tutti::net {

/// One of two connected ends inside one process: for tests, for examples, and for the editor of
/// the person who hosts the server.
///
/// The link is up while both ends have asked for it with open(); when either closes or is
/// destroyed, both are closed and both must open() again. Frames are delivered through the event
/// loop, in order, each in its own turn; those on their way when the link closes are lost.
/// Cost: a frame is shared, not copied.
class MemoryChannel final : public Channel
{
    Q_OBJECT

public:
    using End = std::unique_ptr<MemoryChannel>;

    /// Two ends of a new link. Both start closed. Both live in the calling thread.
    [[nodiscard]] static std::pair<End, End> makePair(
        const QString& path = QStringLiteral("/"), const QString& host = {});
    ~MemoryChannel() override;

    /// Whether the other end has been destroyed: this one will never open again.
    [[nodiscard]] bool isOrphan() const noexcept;

    [[nodiscard]] QString path() const override;
    [[nodiscard]] QString host() const override;
    void open() override;
    [[nodiscard]] bool isOpen() const override;
    void send(const QByteArray& frame) override;
    void close(int code = CloseInfo::kNormal, const QString& reason = {}) override;
    [[nodiscard]] qint64 queuedBytes() const override;

private:
    enum class State { Closed, Opening, Open, Closing };
    struct Link;

    MemoryChannel(std::shared_ptr<Link> link, int side);
    [[nodiscard]] MemoryChannel* other() const noexcept;
    void later(void (MemoryChannel::*what)(const CloseInfo&), const CloseInfo& info);
    void closeAsPeer(const CloseInfo& info);
    void finish(const CloseInfo& info);

    std::shared_ptr<Link> m_link;
    int m_side;
    State m_state = State::Closed;
    qint64 m_queued = 0;
};

} // namespace tutti::net
