// SPDX-License-Identifier: MIT
#include "crdt/awareness.h"

#include "crdt/detail/observer_list.h"
#include "crdt/encoding.h"

#include <algorithm>
#include <exception>
#include <utility>

namespace tutti::crdt {

struct Awareness::Observers
{
    detail::ObserverList<const Change> list;
};

namespace {

/// No client counts that far. Somebody who claims so of the own id lies, and to follow would
/// leave no clock that peers can read.
constexpr std::uint64_t kMaxOwnClock = std::uint64_t{1} << 52;

/// One client's entry in an update.
struct Entry
{
    ClientId client;
    std::uint64_t clock = 0;
    Any state; ///< null: the client left
};

Result<std::vector<Entry>> decodeEntries(BytesView update)
{
    Decoder decoder(update);
    const auto count = decoder.readVarUint();
    if (!count) {
        return std::unexpected(count.error());
    }
    std::vector<Entry> entries;
    for (std::uint64_t i = 0; i < *count; ++i) {
        const auto client = decoder.readVarUint();
        if (!client) {
            return std::unexpected(client.error());
        }
        const auto clock = decoder.readVarUint();
        if (!clock) {
            return std::unexpected(clock.error());
        }
        const auto json = decoder.readVarString();
        if (!json) {
            return std::unexpected(json.error());
        }
        if (*client > kMaxClientId || *clock > kMaxClientId) {
            return fail(ErrorCode::OutOfRange, "a number is larger than 2^53 - 1");
        }
        Result<Any> state = Any::fromJson(*json);
        if (!state) {
            return std::unexpected(state.error());
        }
        entries.push_back({ClientId(*client), *clock, std::move(*state)});
    }
    return entries;
}

} // namespace

Awareness::Awareness(ClientId clientId, Now now, std::optional<Any> initial)
    : m_clientId(clientId)
    , m_now(now ? std::move(now)
                : [] {
                      return std::chrono::duration_cast<Milliseconds>(
                          std::chrono::steady_clock::now().time_since_epoch());
                  })
    , m_observers(std::make_shared<Observers>())
{
    if (initial) {
        m_states.emplace(clientId, std::move(*initial));
        m_meta[clientId].lastUpdated = m_now();
    }
}

void Awareness::setClientId(ClientId id)
{
    if (id == m_clientId) {
        return;
    }
    std::optional<Any> state;
    if (const Any* local = localState()) {
        state = *local;
        setLocalState(std::nullopt);
    }
    m_clientId = id;
    if (state) {
        setLocalState(std::move(state));
    }
}

const Any* Awareness::localState() const noexcept
{
    const auto found = m_states.find(m_clientId);
    return found == m_states.end() ? nullptr : &found->second;
}

void Awareness::notify(Change& change)
{
    const std::shared_ptr<Observers> observers = m_observers;
    std::exception_ptr error;
    observers->list.notify(change, error);
    if (error != nullptr) {
        std::rethrow_exception(error);
    }
}

void Awareness::setLocalState(std::optional<Any> state)
{
    const auto known = m_states.find(m_clientId);
    if (!state && !m_meta.contains(m_clientId)) {
        return; // nobody has heard of it
    }
    static const Origin kLocal("local");
    Change change{{}, {}, {}, {}, kLocal};
    Meta& meta = m_meta[m_clientId];
    ++meta.clock;
    meta.lastUpdated = m_now();
    if (!state) {
        if (known != m_states.end()) {
            m_states.erase(known);
        }
        change.removed.push_back(m_clientId);
    } else if (known == m_states.end()) {
        m_states.emplace(m_clientId, std::move(*state));
        change.added.push_back(m_clientId);
    } else {
        (known->second == *state ? change.renewed : change.updated).push_back(m_clientId);
        known->second = std::move(*state);
    }
    notify(change);
}

void Awareness::setLocalStateField(std::string_view key, Any value)
{
    if (const Any* local = localState()) {
        Any state = *local;
        state.set(std::string(key), std::move(value));
        setLocalState(std::move(state));
    }
}

Bytes Awareness::encodeUpdate(std::span<const ClientId> clients) const
{
    std::vector<ClientId> known;
    std::ranges::copy_if(clients, std::back_inserter(known),
        [this](ClientId client) { return m_meta.contains(client); });
    Encoder encoder;
    encoder.writeVarUint(known.size());
    for (const ClientId client : known) {
        const auto state = m_states.find(client);
        encoder.writeVarUint(client.value());
        encoder.writeVarUint(m_meta.at(client).clock);
        encoder.writeVarString(
            state == m_states.end() ? std::string("null") : state->second.toJson());
    }
    return encoder.take();
}

Bytes Awareness::encodeUpdate() const
{
    std::vector<ClientId> present;
    for (const auto& [client, state] : m_states) {
        present.push_back(client);
    }
    return encodeUpdate(present);
}

Result<void> Awareness::applyUpdate(BytesView update, const Origin& origin)
{
    Result<std::vector<Entry>> entries = decodeEntries(update);
    if (!entries) {
        return std::unexpected(entries.error());
    }
    Change change{{}, {}, {}, {}, origin};
    const Milliseconds now = m_now();
    for (auto& [client, clock, state] : *entries) {
        const auto meta = m_meta.find(client);
        const bool hadMeta = meta != m_meta.end();
        const std::uint64_t knownClock = hadMeta ? meta->second.clock : 0;
        const auto known = m_states.find(client);
        const bool present = known != m_states.end();
        if (!(knownClock < clock || (knownClock == clock && state.isNull() && present))) {
            continue;
        }
        if (client == m_clientId && clock > kMaxOwnClock) {
            continue;
        }
        if (state.isNull()) {
            if (client == m_clientId && present) {
                ++clock; // somebody thinks this client has left: outbid them
            } else if (present) {
                m_states.erase(known);
            }
            m_meta[client] = {clock, now};
            if (hadMeta) {
                change.removed.push_back(client);
            }
            continue;
        }
        m_meta[client] = {clock, now};
        if (present && known->second == state) {
            change.renewed.push_back(client);
        } else {
            (hadMeta ? change.updated : change.added).push_back(client);
            m_states.insert_or_assign(client, std::move(state));
        }
    }
    if (!change.added.empty() || !change.updated.empty() || !change.removed.empty()
        || !change.renewed.empty()) {
        notify(change);
    }
    return {};
}

void Awareness::removeStates(std::span<const ClientId> clients, const Origin& origin)
{
    Change change{{}, {}, {}, {}, origin};
    for (const ClientId client : clients) {
        if (m_states.erase(client) == 0) {
            continue;
        }
        if (client == m_clientId) {
            Meta& meta = m_meta[client];
            ++meta.clock;
            meta.lastUpdated = m_now();
        }
        change.removed.push_back(client);
    }
    if (!change.removed.empty()) {
        notify(change);
    }
}

void Awareness::tick()
{
    const Milliseconds now = m_now();
    if (const Any* local = localState();
        local != nullptr && now - m_meta[m_clientId].lastUpdated >= kRenewAfter) {
        setLocalState(*local);
    }
    std::vector<ClientId> silent;
    for (const auto& [client, meta] : m_meta) {
        if (client != m_clientId && now - meta.lastUpdated >= kOutdated
            && m_states.contains(client)) {
            silent.push_back(client);
        }
    }
    if (!silent.empty()) {
        removeStates(silent, Origin("timeout"));
    }
}

Subscription Awareness::observe(std::function<void(const Change&)> callback)
{
    return m_observers->list.add(std::move(callback));
}

Result<Bytes> modifyAwarenessUpdate(BytesView update, const std::function<Any(Any)>& modify)
{
    Result<std::vector<Entry>> entries = decodeEntries(update);
    if (!entries) {
        return std::unexpected(entries.error());
    }
    Encoder encoder;
    encoder.writeVarUint(entries->size());
    for (auto& [client, clock, state] : *entries) {
        encoder.writeVarUint(client.value());
        encoder.writeVarUint(clock);
        encoder.writeVarString(modify(std::move(state)).toJson());
    }
    return encoder.take();
}

} // namespace tutti::crdt
