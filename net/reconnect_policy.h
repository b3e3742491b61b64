// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <functional>

namespace tutti::net {

/// When to try again: exponential back-off with full jitter, so that a thousand clients of a
/// server that restarts do not come back in one herd.
///
/// Pure: it owns no timer and reads no clock; randomness is injected. A value type.
class ReconnectPolicy
{
public:
    using Milliseconds = std::chrono::milliseconds;
    /// A number in [0, 1), uniformly distributed.
    using Random = std::function<double()>;

    struct Limits
    {
        Milliseconds first{100}; ///< the ceiling of the first wait
        Milliseconds most{30'000}; ///< no ceiling is higher
    };

    /// Without `random`, QRandomGenerator::global() is used.
    ReconnectPolicy();
    explicit ReconnectPolicy(Limits limits, Random random = {});

    /// The wait before the next attempt: uniform in [0, ceiling()). Counts as an attempt.
    [[nodiscard]] Milliseconds next();
    /// What the next wait stays below: doubled by every attempt, up to the limit.
    [[nodiscard]] Milliseconds ceiling() const noexcept;
    [[nodiscard]] int attempts() const noexcept { return m_attempts; }
    /// Starts over. To be called after a successful synchronization, and not merely after a
    /// connection: a server that accepts and then drops everybody must be left in peace too.
    void reset() noexcept { m_attempts = 0; }

private:
    Limits m_limits;
    Random m_random;
    int m_attempts = 0;
};

} // namespace tutti::net
