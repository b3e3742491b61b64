// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/detail/graph.h"
#include "crdt/detail/observer_list.h"
#include "crdt/detail/wire.h"
#include "crdt/error.h"
#include "crdt/events.h"
#include "crdt/ids.h"
#include "crdt/origin.h"

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace tutti::crdt::detail {

/// Units of one peer that were deleted.
struct LocalRange
{
    PeerIndex peer = kNone;
    std::uint32_t clock = 0;
    std::uint32_t length = 0;

    [[nodiscard]] std::uint32_t end() const noexcept { return clock + length; }
};

/// Sorts by peer and clock and joins ranges that touch or overlap.
void normalize(std::vector<LocalRange>& ranges);
/// Whether the unit lies in one of the ranges. Requires: normalised. Cost: O(log n).
[[nodiscard]] bool contains(const std::vector<LocalRange>& ranges, LocalId id) noexcept;

/// What a transaction did, kept until its clean-up is through.
struct TransactionRecord
{
    /// How much of a peer is new. Only peers that wrote something.
    struct Growth
    {
        PeerIndex peer = kNone;
        std::uint32_t before = 0;
        std::uint32_t after = 0; ///< set when the transaction ends
    };

    std::uint64_t serial = 0;
    bool local = true;
    Origin origin;
    std::vector<Growth> growth;
    std::vector<LocalRange> deletes; ///< normalised when the transaction ends
    std::vector<PeerIndex> deletedPeers; ///< whose units were deleted, in the order that began
    std::vector<TypeIndex> changedTypes;
    std::vector<LocalId> cuts;
    std::vector<LocalId> cutPairs;
    using TextDelta = std::pair<TypeIndex, std::vector<DeltaOp>>;
    /// What observers will be told, made when the transaction ends: by the time they are told,
    /// other observers may have changed the texts again.
    std::vector<TextDelta> deltas;

    /// The peer's end before the transaction.
    [[nodiscard]] std::uint32_t endBefore(const PeerTable& peers, PeerIndex peer) const noexcept;
    [[nodiscard]] bool isNew(const PeerTable& peers, LocalId id) const noexcept
    {
        return id.clock >= endBefore(peers, id.peer);
    }
    [[nodiscard]] bool changedAnything() const noexcept
    {
        return !growth.empty() || !deletes.empty();
    }
};

/// The body of a Doc: the item graph plus everything that is about time: transactions, what is
/// pending, who is told.
class Store
{
public:
    Store(std::uint64_t clientId, std::string guid, bool gc);
    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;

    Graph graph;

    // --- identity ---

    [[nodiscard]] std::uint64_t clientId() const noexcept { return graph.peers[m_self].client; }
    void setClientId(std::uint64_t id);
    [[nodiscard]] PeerIndex self() const noexcept { return m_self; }
    [[nodiscard]] const std::string& guid() const noexcept { return m_guid; }
    [[nodiscard]] bool gc() const noexcept { return m_gc; }

    /// The root of that name, made when it is not there.
    [[nodiscard]] TypeIndex root(std::string_view name);
    [[nodiscard]] TypeIndex addNestedType(TypeRef ref, std::string name, ItemRef item);

    // --- transactions (transaction.cpp) ---

    void begin(const Origin& origin);
    void end();
    /// Requires: a transaction is open.
    [[nodiscard]] TransactionRecord& record() noexcept { return *m_open; }
    [[nodiscard]] bool inTransaction() const noexcept { return m_open != nullptr; }

    // --- changing the graph in a transaction ---

    /// What a new struct carries. Views must outlive the call that places it.
    struct NewContent
    {
        Kind kind = Kind::String;
        std::uint32_t length = 0; ///< units
        std::string_view ascii; ///< of a String whose units are all below 0x80
        std::u16string_view wide; ///< of any other String
        Any::Array values; ///< of Any and Json
        Value value; ///< of Binary, Embed, Format and Doc
        TypeRef typeRef = TypeRef::Untyped;
        std::string typeName;
    };
    /// A new struct and where its writer saw it.
    struct Placement
    {
        LocalId id;
        LocalId origin;
        LocalId rightOrigin;
        ItemRef left = kNone; ///< the item that ends with `origin`
        ItemRef right = kNone; ///< the item that begins with `rightOrigin`
        TypeIndex parent = kNone; ///< used when there is neither left nor right
        bool inMap = false;
        std::string_view key; ///< with inMap
        NewContent content;
    };
    /// Links a new struct where Yjs's Item.integrate puts it, at the end of its peer's history.
    void integrate(Placement& placement);
    void integrateGc(PeerIndex peer, std::uint32_t length);
    /// Deletes one run, and with a type everything in it. Iterative: nesting costs no stack.
    void remove(ItemRef item);

    // --- text (text_edit.cpp) ---

    void insertText(TypeIndex type, std::uint32_t index, std::u16string_view text);
    void eraseText(TypeIndex type, std::uint32_t index, std::uint32_t count);

    // --- bytes in and out (apply.cpp, encode.cpp) ---

    [[nodiscard]] Result<void> apply(BytesView update, const Origin& origin);
    [[nodiscard]] Bytes encodeAll() const;
    [[nodiscard]] Result<Bytes> encodeDifference(BytesView stateVector) const;
    [[nodiscard]] Bytes encodeState() const;
    /// The same in format v2.
    [[nodiscard]] Result<void> applyV2(BytesView update, const Origin& origin);
    [[nodiscard]] Bytes encodeAllV2() const;
    [[nodiscard]] Result<Bytes> encodeDifferenceV2(BytesView stateVector) const;
    [[nodiscard]] bool hasPending() const noexcept
    {
        return m_pendingStructs.has_value() || m_pendingDeletes.has_value();
    }
    /// The update that carries a transaction. Requires: it has ended and its deletes are in order.
    [[nodiscard]] Bytes encodeTransactionV2(const TransactionRecord& record) const;
    /// The clocks pending structs wait for; for tests.
    [[nodiscard]] std::vector<WireId> missing() const;

    // --- observers ---

    /// A transaction's record between its observers and its clean-up, for the undo manager.
    ObserverList<TransactionRecord> afterTransaction;
    ObserverList<const TransactionEvent> updates;
    [[nodiscard]] ObserverList<const TextEvent>& textObservers(TypeIndex type)
    {
        return m_textObservers[type];
    }
    /// What the transaction did to one text, in Yjs's form (delta.cpp).
    [[nodiscard]] std::vector<DeltaOp> deltaOf(
        TypeIndex type, const TransactionRecord& record) const;

private:
    struct PendingStructs
    {
        std::unordered_map<std::uint64_t, std::uint64_t, ClientHash> missing; ///< client → clock
        Bytes update; ///< ValueCodec::Any
    };
    class Applier;

    [[nodiscard]] std::uint32_t pairStart(TypeIndex type, std::uint32_t index) const;
    void makeRoomForClocks(std::size_t units);
    bool growRun(TypeIndex type, const SequenceTree::Hit& gap, std::u16string_view text);
    void skipEqualFormats(TypeIndex type, Placement& placement) const;

    void noteGrowth(PeerIndex peer);
    void noteChanged(TypeIndex type);
    void noteDeleted(const Item& item);
    void addRun(Placement& placement, std::uint32_t from, std::uint32_t units, ItemRef left);
    [[nodiscard]] ItemRef resolveConflicts(const Placement& placement, std::uint32_t chain) const;
    void removeWholeStruct(ItemRef item);
    void startCleaningUp();

    void noteDeltas(TransactionRecord& record) const;
    void cleanUp(TransactionRecord& record);
    void notifyTexts(const TransactionRecord& record);
    [[nodiscard]] bool needsFormatCleanup(const TransactionRecord& record) const;
    void cleanUpFormats(const TransactionRecord& record);
    void dropRepeatedMarks(ItemRef item, std::unordered_set<ItemRef>& swept);
    void dropLeadingMarks(TypeIndex type);
    void collectGarbage(const TransactionRecord& record);
    void forget(ItemRef item);
    void joinRuns(TransactionRecord& record);
    void emitUpdate(const TransactionRecord& record);

    bool applyTyping(BytesView update, const Origin& origin);
    [[nodiscard]] Result<void> applyWire(BytesView update, ValueCodec codec, const Origin& origin);
    void applyDecoded(BytesView update, const UpdateOutline& outline);
    [[nodiscard]] std::vector<WireRange> applyDeletes(const std::vector<WireRange>& ranges);

    [[nodiscard]] Bytes encodeFrom(const std::vector<WireId>& known, ValueCodec codec) const;
    void writeTransaction(
        Encoder& encoder, const TransactionRecord& record, ValueCodec codec) const;
    void writeRuns(
        Encoder& encoder, PeerIndex peer, std::uint32_t fromClock, ValueCodec codec) const;
    void writeStructs(Encoder& encoder, std::vector<std::pair<PeerIndex, std::uint32_t>>& from,
        ValueCodec codec) const;
    void writeRun(Encoder& encoder, const Peer& peer, PeerRuns::Position& at, std::uint32_t offset,
        ValueCodec codec) const;

    PeerIndex m_self = kNone;
    std::string m_guid;
    bool m_gc;

    TransactionRecord* m_open = nullptr; ///< the one at m_queue's end, while it is open
    int m_depth = 0;
    bool m_cleaning = false;
    std::uint64_t m_serial = 0;
    std::deque<std::unique_ptr<TransactionRecord>> m_queue; ///< ended ones wait here
    std::vector<std::unique_ptr<TransactionRecord>> m_spare;

    std::optional<PendingStructs> m_pendingStructs;
    std::optional<Bytes> m_pendingDeletes; ///< an update without structs

    std::unordered_map<TypeIndex, ObserverList<const TextEvent>> m_textObservers;
    Encoder m_scratch;
};

} // namespace tutti::crdt::detail
