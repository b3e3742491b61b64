// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <utility>

namespace tutti::crdt {

/// Keeps an observer registered for as long as it lives. Move-only. It may outlive what it
/// observes, and may be dropped inside the callback it registered.
class [[nodiscard]] Subscription
{
public:
    /// Keeps nothing.
    Subscription() noexcept = default;
    /// `unsubscribe` is called once, at the end of the registration; it must not throw.
    explicit Subscription(std::function<void()> unsubscribe) noexcept
        : m_unsubscribe(std::move(unsubscribe))
    { }
    /// The registration goes on in the new place; one that was there before ends.
    Subscription(Subscription&& other) noexcept
        : m_unsubscribe(std::exchange(other.m_unsubscribe, nullptr))
    { }
    Subscription& operator=(Subscription&& other) noexcept
    {
        if (this != &other) {
            reset();
            m_unsubscribe = std::exchange(other.m_unsubscribe, nullptr);
        }
        return *this;
    }
    ~Subscription() { reset(); }

    /// Ends the registration now.
    void reset() noexcept
    {
        if (auto unsubscribe = std::exchange(m_unsubscribe, nullptr)) {
            unsubscribe();
        }
    }
    /// Whether there is a registration that this object keeps.
    [[nodiscard]] bool active() const noexcept { return m_unsubscribe != nullptr; }

private:
    std::function<void()> m_unsubscribe;
};

} // namespace tutti::crdt
