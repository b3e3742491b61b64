// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/subscription.h"

#include <algorithm>
#include <exception>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

namespace tutti::crdt::detail {

/// Callbacks that may come and go at any time, also while they are being called.
template <typename Event>
class ObserverList
{
public:
    using Callback = std::function<void(Event&)>;

    [[nodiscard]] bool empty() const noexcept
    {
        return m_state == nullptr || m_state->slots.empty();
    }

    [[nodiscard]] Subscription add(Callback callback)
    {
        if (m_state == nullptr) {
            m_state = std::make_shared<State>();
        }
        auto slot = std::make_shared<Slot>(Slot{std::move(callback)});
        m_state->slots.push_back(slot);
        return Subscription([state = std::weak_ptr(m_state), slot] {
            slot->live = false;
            if (const auto list = state.lock()) {
                std::erase(list->slots, slot);
            }
        });
    }

    /// Calls those that were registered when the call began and still are. One that throws does
    /// not stop the others; the first exception is kept in `error`, unless one is there.
    void notify(Event& event, std::exception_ptr& error) const
    {
        if (empty()) {
            return;
        }
        const auto state = m_state;
        if (state->slots.size() == 1) {
            const std::shared_ptr<Slot> only = state->slots.front();
            call(*only, event, error);
            return;
        }
        const std::vector<std::shared_ptr<Slot>> slots = state->slots;
        for (const auto& slot : slots) {
            if (slot->live) {
                call(*slot, event, error);
            }
        }
    }

private:
    struct Slot
    {
        Callback callback;
        bool live = true;
    };

    static void call(Slot& slot, Event& event, std::exception_ptr& error)
    {
        try {
            slot.callback(event);
        } catch (...) {
            if (error == nullptr) {
                error = std::current_exception();
            }
        }
    }

    struct State
    {
        std::vector<std::shared_ptr<Slot>> slots;
    };

    std::shared_ptr<State> m_state;
};

} // namespace tutti::crdt::detail
