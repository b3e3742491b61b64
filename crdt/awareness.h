// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/any.h"
#include "crdt/error.h"
#include "crdt/ids.h"
#include "crdt/origin.h"
#include "crdt/subscription.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace tutti::crdt {

/// Who is here and where: one small state per client, last writer wins, never stored.
/// The rules and bytes are those of y-protocols/awareness.
///
/// Threads: one. It has no timer of its own: call tick() every few seconds.
class Awareness
{
public:
    using Milliseconds = std::chrono::milliseconds; ///< since any fixed point
    /// A clock that goes forward only.
    using Now = std::function<Milliseconds()>;

    /// The own state is renewed when it is that old.
    static constexpr Milliseconds kRenewAfter{15'000};
    /// Others' states are dropped when nothing was heard for that long.
    static constexpr Milliseconds kOutdated{30'000};

    /// What is known of a client besides its state; it stays when the client leaves.
    struct Meta
    {
        std::uint64_t clock = 0; ///< counts the states it has set; the higher one is the newer
        Milliseconds lastUpdated{0}; ///< when it was last heard of, by `Now`
    };
    /// Clients by what happened to them. `renewed` holds those whose state came again unchanged.
    struct Change
    {
        std::vector<ClientId> added; ///< had no state before
        std::vector<ClientId> updated; ///< their state is another one now
        std::vector<ClientId> removed; ///< left, or fell silent
        std::vector<ClientId> renewed; ///< say the same as before
        const Origin& origin; ///< who asked for it; "timeout" when tick() did
    };

    /// Starts without a local state. `now` defaults to the steady clock.
    explicit Awareness(ClientId clientId, Now now = {});

    /// Whose state localState() is.
    [[nodiscard]] ClientId clientId() const noexcept { return m_clientId; }
    /// Follows the Doc when that took a new client id: the old state is withdrawn.
    void setClientId(ClientId id);

    /// The own state, or nothing when this client shows itself to nobody.
    [[nodiscard]] const Any* localState() const noexcept;
    /// Publishes a state, an object as a rule; nothing withdraws it. The clock goes up by one
    /// each time and is never 0, since peers ignore a first state with clock 0.
    void setLocalState(std::optional<Any> state);
    /// Sets one member of the own state; without effect while there is none.
    void setLocalStateField(std::string_view key, Any value);

    /// Everybody who is here, the own client included.
    [[nodiscard]] const std::map<ClientId, Any>& states() const noexcept { return m_states; }
    /// Everybody who was ever heard of.
    [[nodiscard]] const std::map<ClientId, Meta>& meta() const noexcept { return m_meta; }

    /// The states of these clients (null for those that left); clients never heard of are
    /// skipped.
    [[nodiscard]] Bytes encodeUpdate(std::span<const ClientId> clients) const;
    /// All present clients.
    [[nodiscard]] Bytes encodeUpdate() const;
    /// Takes over what is newer. Errors: Truncated, Malformed; then nothing is changed.
    [[nodiscard]] Result<void> applyUpdate(BytesView update, const Origin& origin = {});
    /// Removes states here (and for peers when the own client is among them).
    void removeStates(std::span<const ClientId> clients, const Origin& origin = {});

    /// Renews the own state and drops the silent, with origin "timeout".
    void tick();

    /// Calls back after each change, renewals included; must not throw.
    [[nodiscard]] Subscription observe(std::function<void(const Change&)> callback);

private:
    struct Observers;

    void notify(Change& change);

    ClientId m_clientId;
    Now m_now;
    std::map<ClientId, Any> m_states;
    std::map<ClientId, Meta> m_meta;
    std::shared_ptr<Observers> m_observers;
};

} // namespace tutti::crdt
