// SPDX-License-Identifier: MIT
#pragma once

#include <qtypes.h>

#include <functional>

namespace tutti::net {

/// Bounds what all connections of a server hold together of messages that have begun and not
/// ended: each may be within its own limit, and a thousand of them still be too much.
///
/// It only counts. Who has to go when it is exceeded is the server's to say (Server::Options has
/// the rule). Shared by connections, since those may outlive the server by a turn of the event
/// loop. Threads: one.
class ReceiveBudget
{
public:
    explicit ReceiveBudget(qint64 most)
        : m_most(most)
    { }

    /// A connection holds so many bytes more, or less.
    void add(qint64 bytes) noexcept { m_held += bytes; }
    [[nodiscard]] qint64 held() const noexcept { return m_held; }
    [[nodiscard]] bool isExceeded() const noexcept { return m_held > m_most; }

    /// Called by whoever made it exceeded, when that connection can be closed.
    std::function<void()> onExceeded;

private:
    qint64 m_most;
    qint64 m_held = 0; ///< bytes
};

} // namespace tutti::net
