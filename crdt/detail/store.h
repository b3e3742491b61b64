// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/detail/graph.h"
#include "crdt/detail/observer_list.h"
#include "crdt/detail/pending_updates.h"
#include "crdt/detail/sibling_row.h"
#include "crdt/detail/wire.h"
#include "crdt/error.h"
#include "crdt/events.h"
#include "crdt/ids.h"
#include "crdt/origin.h"
#include "crdt/prelim.h"

#include <any>
#include <array>
#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace tutti::crdt {
class Snapshot;
}

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
    bool settled = false; ///< nothing is left to collect or to join
    Origin origin;
    std::vector<Growth> growth;
    std::vector<LocalRange> deletes; ///< normalised when the transaction ends
    std::vector<PeerIndex> deletedPeers; ///< whose units were deleted, in the order that began
    std::vector<TypeIndex> changedTypes;
    std::vector<LocalId> cuts;
    std::vector<LocalId> cutPairs;
    /// Keys of maps that were changed: the type and the chain.
    std::vector<std::pair<TypeIndex, std::uint32_t>> changedKeys;
    /// What observers will be told of one type, made when the transaction ends: by the time they
    /// are told, other observers may have changed it again.
    struct TypeChange
    {
        TypeIndex type = kNone;
        std::uint32_t generation = 0;
        std::vector<DeltaOp> delta;
        std::vector<KeyChange> keys;
    };
    std::vector<TypeChange> changes;
    std::vector<std::shared_ptr<SubdocumentState>> subdocumentsAdded;
    std::vector<std::shared_ptr<SubdocumentState>> subdocumentsRemoved;
    std::vector<std::shared_ptr<SubdocumentState>> subdocumentsLoaded;
    std::map<std::string, std::any> meta;

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
    struct Options
    {
        std::string guid;
        bool gc = true;
        std::function<bool(Id)> gcFilter;
        OffsetKind offsetKind = OffsetKind::Utf16;
        std::string collectionId;
    };
    Store(std::uint64_t clientId, Options options);
    ~Store();
    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;

    Graph graph;

    // --- identity ---

    [[nodiscard]] std::uint64_t clientId() const noexcept { return graph.peers[m_self].client; }
    void setClientId(std::uint64_t id);
    [[nodiscard]] PeerIndex self() const noexcept { return m_self; }
    [[nodiscard]] const std::string& guid() const noexcept { return m_options.guid; }
    [[nodiscard]] bool gc() const noexcept { return m_options.gc; }
    [[nodiscard]] OffsetKind offsetKind() const noexcept { return m_options.offsetKind; }
    [[nodiscard]] const std::string& collectionId() const noexcept
    {
        return m_options.collectionId;
    }
    [[nodiscard]] bool utf8() const noexcept { return m_options.offsetKind == OffsetKind::Utf8; }
    [[nodiscard]] IdRange wireRange(const LocalRange& range) const
    {
        return {ClientId(graph.peers[range.peer].client), Clock(range.clock), range.length};
    }
    [[nodiscard]] Id wireId(LocalId id) const
    {
        return {ClientId(graph.peers[id.peer].client), Clock(id.clock)};
    }

    /// The root of that name, made when it is not there.
    [[nodiscard]] TypeIndex root(std::string_view name);
    [[nodiscard]] TypeIndex addNestedType(TypeRef ref, std::string name, ItemRef item);

    // --- transactions (transaction.cpp) ---

    /// Opens a transaction, or joins the open one. Throws TransactionError while somebody reads.
    void begin(const Origin& origin);
    void end();
    /// Throws on what an observer threw, when nothing is under way any more.
    void throwObserverError();
    int readers = 0; ///< open ReadTransactions
    bool loaded = false;
    bool synced = false;
    void collectAllGarbage();
    /// Forgets what is deleted of these and kept by nobody. Requires: no open transaction.
    void collect(std::vector<LocalRange> deleted);
    /// Everything that is deleted, by descending client, then clock. Cost: O(runs).
    [[nodiscard]] std::vector<LocalRange> deletedRanges() const;
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
        Payload value; ///< of Binary, Embed, Format and Doc
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

    // --- lists, maps, new types (local_edit.cpp) ---

    /// Where a new local struct goes: behind `left` and before `right`, or to a key.
    struct LocalPlace
    {
        TypeIndex parent = kNone;
        ItemRef left = kNone;
        ItemRef right = kNone;
        const std::string_view* key = nullptr;
    };
    /// Returns the (first) item of the new struct.
    ItemRef insertLocal(const LocalPlace& place, NewContent content);
    [[nodiscard]] static NewContent textContent(std::u16string_view text, std::string& ascii);
    Result<void> insertList(TypeIndex type, std::uint32_t index, const std::vector<Prelim>& values);
    /// Inserts behind everything, tombstones included.
    Result<void> pushList(TypeIndex type, const std::vector<Prelim>& values);
    /// Inserts behind an item of the list (kNone: first).
    void insertElements(TypeIndex type, ItemRef left, const std::vector<Prelim>& values);
    Result<void> eraseList(TypeIndex type, std::uint32_t index, std::uint32_t count);
    ItemRef setKey(TypeIndex type, std::string_view key, const Prelim& value);
    bool eraseKey(TypeIndex type, std::string_view key);
    /// The live item at a key, or kNone.
    [[nodiscard]] ItemRef valueAt(TypeIndex type, std::string_view key) const;
    /// Whether something can be an element of a list, or the value of a key.
    [[nodiscard]] static Result<void> checkElement(const Prelim& value, bool inXml);
    [[nodiscard]] static Result<void> checkElements(const std::vector<Prelim>& values, bool inXml);
    [[nodiscard]] static Result<void> checkValue(const Prelim& value);
    [[nodiscard]] bool isXmlList(TypeIndex type) const;

    // --- formatted text (local_edit.cpp, text_cursor.cpp); units are UTF-16 ---

    void insertFormatted(TypeIndex type, std::uint32_t index, std::u16string_view text,
        const Any::Object& attributes);
    Result<void> insertEmbed(
        TypeIndex type, std::uint32_t index, const Prelim& value, const Any::Object& attributes);
    void formatText(
        TypeIndex type, std::uint32_t index, std::uint32_t count, const Any::Object& attributes);
    void applyDelta(TypeIndex type, std::span<const DeltaEdit> delta, bool sanitize);
    /// Deletes marks that mean nothing; returns how many (format_cleanup.cpp).
    std::size_t dropLeadingMarks(TypeIndex type);
    /// A new FormatMark::identity.
    [[nodiscard]] std::uint32_t nextIdentity() noexcept { return ++m_identities; }

    // --- text (text_edit.cpp) ---

    void insertText(TypeIndex type, std::uint32_t index, std::u16string_view text);
    void eraseText(TypeIndex type, std::uint32_t index, std::uint32_t count);

    // --- bytes in and out (apply.cpp, encode.cpp) ---

    [[nodiscard]] Result<void> apply(BytesView update, const Origin& origin);
    [[nodiscard]] Bytes encodeAll() const;
    [[nodiscard]] Result<Bytes> encodeDifference(BytesView stateVector) const;
    [[nodiscard]] Bytes encodeState() const;
    [[nodiscard]] StateVector stateVector() const;
    [[nodiscard]] Bytes encodeUntil(const Snapshot& moment);
    /// The same in format v2.
    [[nodiscard]] Result<void> applyV2(BytesView update, const Origin& origin);
    [[nodiscard]] Bytes encodeAllV2() const;
    [[nodiscard]] Result<Bytes> encodeDifferenceV2(BytesView stateVector) const;
    [[nodiscard]] bool hasPending() const noexcept
    {
        return !m_pendingStructs.empty() || m_pendingDeletes.has_value();
    }
    /// The update that carries a transaction. Requires: it has ended and its deletes are in order.
    [[nodiscard]] Bytes encodeTransactionV2(const TransactionRecord& record) const;
    /// How updates are applied: as it fits, or, for tests, always one way (see BulkLoader, which
    /// leaves what it cannot do to the tree path all the same).
    enum class LoadPath : std::uint8_t { Auto, Tree, Bulk };
    LoadPath loadPath = LoadPath::Auto;
    std::uint32_t bulkLoads = 0; ///< updates that were; for tests
    /// How many items a search for a place passes before its outcome is worth remembering.
    std::uint32_t crowd = 16;
    /// The clocks pending structs wait for; for tests.
    [[nodiscard]] std::vector<WireId> missing() const;

    // --- observers ---

    /// A transaction's record between its observers and its clean-up, for the undo manager.
    ObserverList<TransactionRecord> afterTransaction;
    ObserverList<const TransactionEvent> updates;
    std::array<ObserverList<const TransactionInfo>, 6> phases; ///< by Phase
    ObserverList<const SubdocumentsEvent> subdocumentObservers;
    ObserverList<Store> destroyObservers;
    ObserverList<Store> loadObservers;
    ObserverList<Store> syncObservers;
    void tell(ObserverList<Store>& observers);
    struct TypeObservers
    {
        ObserverList<const TypeEvent> direct;
        ObserverList<const std::span<const TypeEvent>> deep;
    };
    [[nodiscard]] TypeObservers& typeObservers(TypeIndex type) { return m_typeObservers[type]; }
    /// What the transaction did to a list or a text, in Yjs's form (delta.cpp).
    [[nodiscard]] std::vector<DeltaOp> deltaOf(TypeIndex type, const TransactionRecord& record);

    // --- subdocuments (subdocuments.cpp) ---

    void loadSubdocument(const std::shared_ptr<SubdocumentState>& state);
    void destroySubdocument(const std::shared_ptr<SubdocumentState>& state);
    [[nodiscard]] const std::vector<std::shared_ptr<SubdocumentState>>& liveSubdocuments() const
    {
        return m_subdocuments;
    }

private:
    class Applier;
    class BulkLoader;

    [[nodiscard]] std::uint32_t pairStart(TypeIndex type, std::uint32_t index) const;
    void makeRoomForClocks(std::size_t units);
    bool growRun(TypeIndex type, const SequenceTree::Hit& gap, std::u16string_view text);
    void eraseUnits(TypeIndex type, std::uint32_t begin, std::uint32_t end);
    [[nodiscard]] static NewContent contentOf(const Prelim& prelim);
    [[nodiscard]] static NewContent embedOf(const Prelim& value);
    [[nodiscard]] static Result<void> checkEmbed(const Prelim& value);
    void fill(ItemRef item, const Prelim& prelim);

    void noteGrowth(PeerIndex peer);
    void noteChanged(TypeIndex type, std::uint32_t chain = kNone);
    void noteDeleted(const Item& item);
    void setPayload(Item& item, Payload payload);
    void addRun(Placement& placement, std::uint32_t from, std::uint32_t units, ItemRef left);
    /// The left neighbour of a new struct among those written at the same place (conflicts.cpp).
    /// Cost: O(log n) for each item that stands there; at crowded places, while an update is
    /// applied, siblings are passed over at once.
    [[nodiscard]] ItemRef resolveConflicts(const Placement& placement, std::uint32_t chain);
    /// To be called with the item that was placed.
    void rememberSibling(const Placement& placement, std::uint32_t chain, ItemRef item);
    void removeWholeStruct(ItemRef item);
    void startCleaningUp();

    void noteTypeChanges(TransactionRecord& record);
    [[nodiscard]] bool isWatched(TypeIndex type) const;
    [[nodiscard]] std::vector<DeltaOp> formattedDeltaOf(
        TypeIndex type, const TransactionRecord& record);
    [[nodiscard]] std::vector<KeyChange> keyChangesOf(
        TypeIndex type, const TransactionRecord& record);
    [[nodiscard]] std::vector<PathStep> pathTo(TypeIndex from, TypeIndex to) const;
    void cleanUp(TransactionRecord& record);
    void notifyPhase(std::size_t phase, TransactionRecord& record);
    void notifyTypes(const TransactionRecord& record);
    void notifyDeep(const TransactionRecord& record);
    void placeSubdocument(const std::shared_ptr<SubdocumentState>& state, LocalId place);
    void removeSubdocument(const std::shared_ptr<SubdocumentState>& state);
    void notifySubdocuments(TransactionRecord& record);
    [[nodiscard]] bool needsFormatCleanup(const TransactionRecord& record) const;
    void cleanUpFormats(const TransactionRecord& record);
    void dropRepeatedMarks(ItemRef item, std::unordered_set<ItemRef>& swept);
    void collectGarbage(const TransactionRecord& record);
    [[nodiscard]] bool mayForget(ItemRef item) const;
    void forget(ItemRef item);
    void joinRuns(TransactionRecord& record);
    void emitUpdate(TransactionRecord& record);

    bool applyTyping(BytesView update, const Origin& origin);
    [[nodiscard]] Result<void> applyWire(BytesView update, ValueCodec codec, const Origin& origin);
    [[nodiscard]] bool applyInBulk(BytesView update, ValueCodec codec, const Origin& origin);
    void applyDecoded(BytesView update, const UpdateOutline& outline);
    void keepWaiting(std::vector<WireRange> ranges);
    [[nodiscard]] std::vector<WireRange> applyDeletes(const std::vector<WireRange>& ranges);

    [[nodiscard]] Bytes encodeFrom(const std::vector<WireId>& known, ValueCodec codec) const;
    /// What encoding a peer's history needs to know before it begins.
    struct RunCounts
    {
        std::size_t structs = 0; ///< as Yjs would hold them
        std::size_t deletedRanges = 0;
    };
    /// Of the runs from there on. Cost: O(runs).
    [[nodiscard]] RunCounts countRuns(const Peer& peer, PeerRuns::Position from) const;
    /// A client block to be written: what the peer wrote from a clock on.
    struct PeerPart
    {
        PeerIndex peer = kNone;
        std::uint32_t clock = 0;
        std::size_t structs = 0; ///< 0: not counted yet
    };
    [[nodiscard]] std::byte* putId(std::byte* at, LocalId id) const noexcept;
    void writeId(Encoder& encoder, LocalId id) const;
    void writeParent(Encoder& encoder, ItemRef item, ValueCodec codec) const;
    void writeDeletions(Encoder& encoder, const std::vector<PeerIndex>& order,
        const std::vector<RunCounts>& counts) const;
    void writeTransaction(
        Encoder& encoder, const TransactionRecord& record, ValueCodec codec) const;
    void writeRuns(Encoder& encoder, const PeerPart& part, ValueCodec codec) const;
    void writeStructs(Encoder& encoder, std::vector<PeerPart>& from, ValueCodec codec) const;
    [[nodiscard]] bool writePlainRun(Encoder& encoder, const Item& item) const;
    void writeRun(Encoder& encoder, const Peer& peer, PeerRuns::Position& at, std::uint32_t offset,
        ValueCodec codec) const;

    PeerIndex m_self = kNone;
    Options m_options;
    std::uint32_t m_identities = 0;
    std::exception_ptr m_observerError; ///< the first one

    TransactionRecord* m_open = nullptr; ///< the one at m_queue's end, while it is open
    int m_depth = 0;
    bool m_cleaning = false;
    std::uint64_t m_serial = 0;
    std::deque<std::unique_ptr<TransactionRecord>> m_queue; ///< ended ones wait here
    std::vector<std::unique_ptr<TransactionRecord>> m_spare;

    PendingUpdates m_pendingStructs;
    std::optional<Bytes> m_pendingDeletes; ///< an update without structs

    std::unordered_map<TypeIndex, TypeObservers> m_typeObservers;
    std::vector<std::shared_ptr<SubdocumentState>> m_subdocuments; ///< in the order they came
    std::vector<LocalId> m_continued; ///< runs forgotten since, that continued others
    ConflictMemo* m_conflicts = nullptr; ///< while an update is being applied
    bool m_crowded = false; ///< the latest search in a chain was long
    Encoder m_scratch;
};

} // namespace tutti::crdt::detail
