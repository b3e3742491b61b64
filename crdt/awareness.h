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
    /// Clients by what happened to them, in y-protocols' sense. Its event `change` tells the first
    /// three and is left out when there are none; `update` tells all.
    struct Change
    {
        std::vector<ClientId> added; ///< heard of for the first time
        std::vector<ClientId> updated; ///< with another state than before, or back again
        /// Said to have left. The own client may be among them and yet be present: nobody else can
        /// withdraw it, but peers have to be told again that it is here.
        std::vector<ClientId> removed;
        std::vector<ClientId> renewed; ///< whose state came again unchanged
        const Origin& origin; ///< who asked for it; "timeout" when tick() did
    };

    /// `now` defaults to the steady clock. Without `initial` there is no local state at first. With
    /// it there is that one, with clock 0, and nobody is told: how y-protocols starts, with {}.
    explicit Awareness(ClientId clientId, Now now = {}, std::optional<Any> initial = std::nullopt);

    /// Whose state localState() is.
    [[nodiscard]] ClientId clientId() const noexcept { return m_clientId; }
    /// Follows the Doc when that took a new client id: the old state is withdrawn.
    void setClientId(ClientId id);

    /// The own state, or nothing when this client shows itself to nobody.
    [[nodiscard]] const Any* localState() const noexcept;
    /// Publishes a state, an object as a rule; nothing withdraws it, also when it is withdrawn
    /// already (but not when there never was one). The clock goes up by one each time, so that it
    /// is not 0, which peers would ignore.
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

/// The update with each state replaced by what `modify` makes of it (null: the client left); for
/// a server that decides what clients may say. Errors: Truncated, Malformed, OutOfRange.
[[nodiscard]] Result<Bytes> modifyAwarenessUpdate(
    BytesView update, const std::function<Any(Any)>& modify);

} // namespace tutti::crdt
