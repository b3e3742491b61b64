// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/error.h"
#include "crdt/events.h"
#include "crdt/ids.h"
#include "crdt/origin.h"
#include "crdt/prelim.h"
#include "crdt/subscription.h"
#include "crdt/text.h"

#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace tutti::crdt {

class Doc;

/// An open transaction. Everything done to the Doc until it ends is one change for observers,
/// one update for peers. Ends when it is destroyed; inside another one it just joins.
///
/// Exceptions: when the outermost one ends, observers are called. One that throws stops neither
/// the others nor the clean-up; when all is done the first exception is thrown on from here,
/// unless another one is on its way already.
class [[nodiscard]] Transaction
{
public:
    /// The new object is the one that ends it.
    Transaction(Transaction&& other) noexcept
        : m_store(std::exchange(other.m_store, nullptr))
    { }
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction() noexcept(false);

private:
    friend class Doc;
    explicit Transaction(detail::Store& store) noexcept
        : m_store(&store)
    { }

    detail::Store* m_store;
};

/// Keeps a Doc as it is while it is being read: opening a writing transaction meanwhile throws.
class [[nodiscard]] ReadTransaction
{
public:
    /// The new object is the one that ends it.
    ReadTransaction(ReadTransaction&& other) noexcept
        : m_store(std::exchange(other.m_store, nullptr))
    { }
    ReadTransaction& operator=(ReadTransaction&&) = delete;
    ~ReadTransaction();

private:
    friend class Doc;
    explicit ReadTransaction(detail::Store& store) noexcept;

    detail::Store* m_store;
};

/// A wrong use of transactions: one inside another of a different origin, or writing while reading.
class TransactionError : public std::logic_error
{
public:
    using std::logic_error::logic_error;
};

/// When an observer of transactions is called, in this order (Yjs: Transaction.js).
enum class Phase {
    BeforeAllTransactions, ///< the first of a row of transactions begins
    BeforeTransaction, ///< nothing was changed yet
    BeforeObserverCalls, ///< what it changed is final; observers of types come next
    AfterTransaction, ///< observers of types were called; deleted content is still there
    AfterTransactionCleanup, ///< deleted content was forgotten; observers of updates come next
    AfterAllTransactions, ///< nothing waits any more; told about the last of the row
};

/// A shared document: named roots, the whole history needed to merge with any peer, and the
/// updates that make peers equal. Bytes in and out are Yjs updates, v1 unless a name says V2.
///
/// Observers: what they change forms the next transaction. Their exceptions: see Transaction.
/// Threads: one thread at a time. A fresh Doc may be loaded by a worker and moved to its owner;
/// handles and observers stay valid over a move.
/// Errors: bytes from elsewhere give a Result; an update is applied whole or not at all.
class Doc
{
public:
    /// What cannot be changed once a Doc is made.
    struct Options
    {
        /// Default: a random 32-bit id. Never reuse one after a crash: two histories under one
        /// id corrupt every peer silently.
        std::optional<ClientId> clientId = {};
        /// Default: a random UUID.
        std::string guid = {};
        /// Whether deleted content is forgotten at the end of the transaction that deleted it.
        bool gc = true;
        /// With gc: which of the deleted units may be forgotten. Default: all.
        std::function<bool(Id)> gcFilter = {};
        /// What positions in texts count.
        OffsetKind offsetKind = OffsetKind::Utf16;
        /// What the program files the document under; local, Yjs's collectionid.
        std::string collectionId = {};
    };

    Doc();
    /// An empty document.
    explicit Doc(Options options);
    /// Handles and observers stay valid. What was moved from may only be assigned to or destroyed.
    Doc(Doc&&) noexcept;
    Doc& operator=(Doc&&) noexcept;
    ~Doc();

    /// The writer of what is done here. It may change by itself, at the end of a transaction:
    /// when another writer turns out to use the same.
    [[nodiscard]] ClientId clientId() const noexcept;
    /// Requires: no open transaction; id <= kMaxClientId.
    void setClientId(ClientId id);
    /// As the Options said.
    [[nodiscard]] const std::string& guid() const noexcept;
    [[nodiscard]] bool gc() const noexcept;
    [[nodiscard]] OffsetKind offsetKind() const noexcept;
    [[nodiscard]] const std::string& collectionId() const noexcept;

    // --- roots ---

    /// The root of that name, made when it is not there yet; T is Text, Array, Map, XmlFragment,
    /// XmlElement or XmlText. A root has one kind: a name that was asked for as another one keeps
    /// its content, read in the new way (Yjs throws there). Cost: O(1).
    template <typename T>
    [[nodiscard]] T get(std::string_view rootName);
    /// The roots that are known by name, in the order they came; their kind may be Untyped.
    [[nodiscard]] std::vector<SharedType> roots() const;
    /// All roots as one object (see SharedType::toJson); untyped ones are left out.
    [[nodiscard]] Any toJson() const;

    // --- transactions ---

    /// Opens a transaction, or joins the open one. Throws TransactionError when that has another
    /// origin (an empty one always joins), or while a ReadTransaction is open.
    [[nodiscard]] Transaction transact(Origin origin = {});
    /// Runs `body` inside a transaction and returns what it returns.
    template <typename Body>
    decltype(auto) transact(Origin origin, Body&& body)
    {
        const Transaction transaction = transact(std::move(origin));
        return std::forward<Body>(body)();
    }
    /// Keeps writers out until the result is destroyed.
    [[nodiscard]] ReadTransaction read() const;

    // --- bytes in and out ---

    /// Merges an update. Structs and deletions whose predecessors are missing wait until those
    /// arrive (see hasPending). Joins an open transaction, whatever its origin.
    /// Errors: Truncated, Malformed, OutOfRange, Unsupported (moves and weak links); then the Doc
    /// is as it was. Cost: O(bytes · log n).
    [[nodiscard]] Result<void> applyUpdate(BytesView update, Origin origin = {});
    /// In format v2. Errors also: OutOfRange when a few bytes spell out far more structs than an
    /// update of that size may hold (half a million and one more for each byte).
    [[nodiscard]] Result<void> applyUpdateV2(BytesView update, Origin origin = {});
    /// Everything, as one update; what is pending is included.
    [[nodiscard]] Bytes getUpdate() const;
    [[nodiscard]] Bytes getUpdateV2() const;
    /// What a peer with that state vector lacks, and all deletions. Errors: Truncated, Malformed.
    [[nodiscard]] Result<Bytes> getUpdate(BytesView stateVector) const;
    [[nodiscard]] Result<Bytes> getUpdateV2(BytesView stateVector) const;
    /// The state vector: for each client, how much of it is known. Cost: O(clients).
    [[nodiscard]] Bytes getState() const;
    [[nodiscard]] StateVector stateVector() const;
    /// Whether something that arrived still waits for what it builds on: ask peers again.
    [[nodiscard]] bool hasPending() const noexcept;
    /// Of each client whose units something waits for, the highest clock that is known to be
    /// there and missing. Deletions that wait are not counted.
    [[nodiscard]] StateVector missing() const;

    /// Forgets deleted content that nothing keeps (an undo step, the gcFilter), also in a Doc made
    /// with gc off. Cost: O(runs).
    void collectGarbage();

    // --- what is known of its content elsewhere ---

    /// Whether the content was loaded from where it is stored, or is the same as a server's. Said
    /// by storage and providers; a new Doc is neither.
    [[nodiscard]] bool isLoaded() const noexcept;
    [[nodiscard]] bool isSynced() const noexcept;
    /// Tell it, and those who observe it when it is news. Synced means loaded, too.
    void markLoaded();
    void markSynced(bool synced);
    [[nodiscard]] Subscription observeLoaded(std::function<void()> callback);
    [[nodiscard]] Subscription observeSynced(std::function<void(bool synced)> callback);

    // --- subdocuments ---

    /// Those that stand somewhere in it now.
    [[nodiscard]] std::vector<Subdocument> subdocuments() const;
    [[nodiscard]] std::vector<std::string> subdocumentGuids() const;

    // --- observers ---

    /// Calls back at the end of each transaction that changed anything, after the observers of
    /// types, with the update that carries the change.
    [[nodiscard]] Subscription observe(std::function<void(const TransactionEvent&)> callback);
    [[nodiscard]] Subscription observe(
        Phase phase, std::function<void(const TransactionInfo&)> callback);
    [[nodiscard]] Subscription observeSubdocuments(
        std::function<void(const SubdocumentsEvent&)> callback);
    /// Calls back when the Doc is about to end; handles are still valid then.
    [[nodiscard]] Subscription observeDestroy(std::function<void()> callback);

private:
    friend class Awareness;
    friend class StickyIndex;
    friend class UndoManager;
    friend struct detail::Handles;

    std::unique_ptr<detail::Store> m_store;
};

/// Merges an update only if `check` has nothing against what the document would become: it is
/// given a copy that has the update in it (pycrdt: Model). Errors: the check's; as applyUpdate.
/// Cost: O(document).
[[nodiscard]] Result<void> applyUpdateIf(Doc& doc, BytesView update,
    const std::function<Result<void>(Doc& after)>& check, Origin origin = {});

/// See the declaration in Doc.
template <>
[[nodiscard]] Text Doc::get<Text>(std::string_view rootName);
template <>
[[nodiscard]] Array Doc::get<Array>(std::string_view rootName);
template <>
[[nodiscard]] Map Doc::get<Map>(std::string_view rootName);
template <>
[[nodiscard]] XmlFragment Doc::get<XmlFragment>(std::string_view rootName);
template <>
[[nodiscard]] XmlElement Doc::get<XmlElement>(std::string_view rootName);
template <>
[[nodiscard]] XmlText Doc::get<XmlText>(std::string_view rootName);

} // namespace tutti::crdt
