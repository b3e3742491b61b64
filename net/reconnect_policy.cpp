// SPDX-License-Identifier: MIT
#include "net/reconnect_policy.h"

#include <QRandomGenerator>

#include <algorithm>
#include <utility>

namespace tutti::net {

ReconnectPolicy::ReconnectPolicy()
    : ReconnectPolicy(Limits{})
{ }

ReconnectPolicy::ReconnectPolicy(Limits limits, Random random)
    : m_limits(limits)
    , m_random(std::move(random))
{
    if (!m_random) {
        m_random = [] { return QRandomGenerator::global()->generateDouble(); };
    }
}

ReconnectPolicy::Milliseconds ReconnectPolicy::ceiling() const noexcept
{
    // Doubling in a loop cannot overflow, however many attempts there were.
    Milliseconds ceiling = std::min(m_limits.first, m_limits.most);
    for (int i = 0; i < m_attempts && ceiling < m_limits.most; ++i) {
        ceiling = std::min(ceiling * 2, m_limits.most);
    }
    return ceiling;
}

ReconnectPolicy::Milliseconds ReconnectPolicy::next()
{
    const double share = std::clamp(m_random(), 0.0, 1.0);
    const Milliseconds below = ceiling();
    const Milliseconds wait{
        static_cast<Milliseconds::rep>(share * static_cast<double>(below.count()))};
    ++m_attempts;
    return std::min(wait, std::max(below - Milliseconds{1}, Milliseconds{0}));
}

} // namespace tutti::net
