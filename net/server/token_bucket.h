// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <chrono>

namespace tutti::net {

/// Limits how often something is done: so many times a second in the long run, and more at once
/// after a pause. A value; the caller's clock.
class TokenBucket
{
public:
    using Clock = std::chrono::steady_clock;

    /// Starts full. `perSecond` 0: no limit.
    TokenBucket(double perSecond, double burst, Clock::time_point now)
        : m_perSecond(perSecond)
        , m_burst(burst)
        , m_left(burst)
        , m_last(now)
    { }

    /// Whether it may be done once more now.
    [[nodiscard]] bool take(Clock::time_point now)
    {
        if (m_perSecond <= 0) {
            return true;
        }
        refill(now);
        if (m_left < 1) {
            return false;
        }
        m_left -= 1;
        return true;
    }

    /// Takes more, whether it is there or not: then the next ones wait.
    void charge(double amount) { m_left -= m_perSecond > 0 ? amount : 0; }

    /// How long it takes until what was charged in excess is made up for.
    [[nodiscard]] std::chrono::duration<double> debt(Clock::time_point now)
    {
        if (m_perSecond <= 0) {
            return {};
        }
        refill(now);
        return std::chrono::duration<double>(std::max(0.0, -m_left / m_perSecond));
    }

private:
    void refill(Clock::time_point now)
    {
        const std::chrono::duration<double> passed = now - m_last;
        m_last = now;
        m_left = std::min(m_burst, m_left + passed.count() * m_perSecond);
    }

    double m_perSecond;
    double m_burst;
    double m_left;
    Clock::time_point m_last;
};

} // namespace tutti::net
