// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/error.h"
#include "crdt/events.h"
#include "crdt/ids.h"
#include "crdt/origin.h"
#include "crdt/subscription.h"
#include "crdt/text.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace tutti::crdt {

class Doc;

/// An open transaction. Everything done to the Doc until it ends is one change for observers,
/// one update for peers. Ends when it is destroyed; inside another one it just joins, and the
/// outer one's origin stands.
class [[nodiscard]] Transaction
{
public:
    Transaction(Transaction&& other) noexcept
        : m_store(std::exchange(other.m_store, nullptr))
    { }
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();

private:
    friend class Doc;
    explicit Transaction(detail::Store& store) noexcept
        : m_store(&store)
    { }

    detail::Store* m_store;
};

/// A shared document: named roots, the whole history needed to merge with any peer, and the
/// updates that make peers equal. Bytes in and out are Yjs updates in the v1 format.
///
/// Threads: one thread at a time. A fresh Doc may be loaded by a worker and moved to its owner;
/// handles and observers stay valid over a move.
/// Errors: bytes from elsewhere give a Result; an update is applied whole or not at all.
class Doc
{
public:
    struct Options
    {
        /// Default: a random 32-bit id. Never reuse one after a crash: two histories under one
        /// id corrupt every peer silently.
        std::optional<ClientId> clientId;
        /// Default: a random UUID.
        std::string guid;
        /// Whether deleted content is forgotten at the end of the transaction that deleted it.
        bool gc = true;
    };

    Doc();
    explicit Doc(Options options);
    Doc(Doc&&) noexcept;
    Doc& operator=(Doc&&) noexcept;
    ~Doc();

    [[nodiscard]] ClientId clientId() const noexcept;
    /// Requires: no open transaction; id <= kMaxClientId.
    void setClientId(ClientId id);
    [[nodiscard]] const std::string& guid() const noexcept;

    /// The root of that name, made when it is not there yet. Cost: O(1).
    template <typename T>
    [[nodiscard]] T get(std::string_view rootName);

    /// Opens a transaction, or joins the open one.
    [[nodiscard]] Transaction transact(Origin origin = {});
    /// Runs `body` inside a transaction and returns what it returns.
    template <typename Body>
    decltype(auto) transact(Origin origin, Body&& body)
    {
        const Transaction transaction = transact(std::move(origin));
        return std::forward<Body>(body)();
    }

    /// Merges an update. Structs and deletions whose predecessors are missing wait until those
    /// arrive (see hasPending). Errors: Truncated, Malformed, OutOfRange, Unsupported (moves and
    /// weak links); then the Doc is as it was. Cost: O(bytes · log n).
    [[nodiscard]] Result<void> applyUpdate(BytesView update, Origin origin = {});
    /// Everything, as one update; what is pending is included.
    [[nodiscard]] Bytes getUpdate() const;
    /// What a peer with that state vector lacks, and all deletions. Errors: Truncated, Malformed.
    [[nodiscard]] Result<Bytes> getUpdate(BytesView stateVector) const;
    /// The same three in format v2, which is smaller, most of all for histories of many small
    /// edits. Errors of applyUpdateV2 also: OutOfRange when a few bytes spell out far more structs
    /// than an update of that size may hold (half a million and one more for each byte).
    [[nodiscard]] Result<void> applyUpdateV2(BytesView update, Origin origin = {});
    [[nodiscard]] Bytes getUpdateV2() const;
    [[nodiscard]] Result<Bytes> getUpdateV2(BytesView stateVector) const;
    /// The state vector: for each client, how much of it is known. Cost: O(clients).
    [[nodiscard]] Bytes getState() const;
    /// Whether something that arrived still waits for what it builds on: ask peers again.
    [[nodiscard]] bool hasPending() const noexcept;

    /// Calls back at the end of each transaction that changed anything, after the observers of
    /// texts, with the update that carries the change. It must not throw.
    [[nodiscard]] Subscription observe(std::function<void(const TransactionEvent&)> callback);

private:
    friend class Awareness;
    friend class StickyIndex;
    friend class UndoManager;

    std::unique_ptr<detail::Store> m_store;
};

template <>
[[nodiscard]] Text Doc::get<Text>(std::string_view rootName);

} // namespace tutti::crdt
