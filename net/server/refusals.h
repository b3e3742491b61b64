// SPDX-License-Identifier: MIT
#pragma once

#include <QHash>
#include <QHostAddress>

#include <chrono>

namespace tutti::net {

/// How often somebody was refused lately, by address. A value; the caller's clock.
///
/// Who guesses tokens, and clients that come back at once whatever they are told (y-websocket
/// before 1.5), are made to wait by it.
class Refusals
{
public:
    using Clock = std::chrono::steady_clock;
    static constexpr std::chrono::minutes kMemory{1}; ///< without a refusal, all is forgotten
    static constexpr qsizetype kMostAddresses = 10'000;

    /// Counts one more; the sum, this one included.
    [[nodiscard]] int add(const QHostAddress& address, Clock::time_point now)
    {
        if (m_entries.size() >= kMostAddresses && !m_entries.contains(address)) {
            m_entries.clear(); // a crowd; it has to begin again too
        }
        Entry& entry = m_entries[address];
        if (now - entry.last > kMemory) {
            entry.count = 0;
        }
        entry.last = now;
        return ++entry.count;
    }

private:
    struct Entry
    {
        int count = 0;
        Clock::time_point last;
    };
    QHash<QHostAddress, Entry> m_entries;
};

} // namespace tutti::net
