// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/detail/store.h"
#include "crdt/detail/wire.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tutti::crdt::detail {

/// Loads an update into a document that has no items yet, with the outcome of Store::Applier but
/// without a tree to search and to split.
///
/// The structs are decoded once, straight into the ItemPool, where a client's items stand in the
/// order of their clocks, and integrated on singly linked lists; an item is found by its clock
/// through a coarse index. Where a struct will be cut is known before it is placed, since all that
/// refers to it is at hand. Only then are values read, texts copied, runs joined, and each tree
/// built once, from left to right.
///
/// Not for this path, and left to the tree path before anything has changed: updates of which
/// something would have to wait, Skip structs, cuts through surrogate pairs, subdocuments, map
/// values of more than one unit, structs between two neighbours in the wrong order. And what turns
/// out to have so many structs at one place that they must not be passed one by one: that is taken
/// back.
class Store::BulkLoader
{
public:
    /// The update outlives this. Requires: no peer has written anything.
    BulkLoader(Store& store, BytesView update, ValueCodec codec);
    BulkLoader(const BulkLoader&) = delete;
    BulkLoader& operator=(const BulkLoader&) = delete;
    /// Takes back what was decoded, unless it was placed.
    ~BulkLoader();

    /// Checks and decodes the whole update. False when it is malformed or not for this path; the
    /// document is as it was. Cost: O(bytes).
    [[nodiscard]] bool read();
    /// Places everything that was read; returns the deletions that wait for their structs. None
    /// when it is not for this path; the document and the transaction are as they were.
    /// Requires: read() was true; a transaction is open. Cost: O(structs + text).
    [[nodiscard]] std::optional<std::vector<WireRange>> place();

private:
    /// What one client wrote: consecutive items of the pool.
    struct Block
    {
        std::uint64_t client = 0;
        PeerIndex peer = kNone;
        ItemRef first = 0;
        ItemRef last = 0; ///< one behind its last item
        std::uint32_t end = 0; ///< one behind its last clock
        unsigned shift = 0; ///< clocks that share an entry of the index, as a power of two
        std::size_t index = 0; ///< its first entry in m_index
        ItemRef next = 0; ///< the first item without a turn yet
    };
    /// Where an item goes that has no neighbours to tell it.
    struct Parent
    {
        bool isRoot = false;
        bool hasKey = false;
        LocalId holder; ///< unless isRoot
        std::string_view root;
        std::string_view key;
    };
    /// A sequence or a map chain in the making.
    struct List
    {
        TypeIndex owner = kNone;
        std::uint32_t chain = kNone; ///< of the values of a key
        ItemRef holder = kNone; ///< the item of the owner
        ItemRef head = kNone;
    };
    /// Where an item is in its list. Apart from the items, since these are looked at in random
    /// order, and many fit into a cache.
    struct Node
    {
        /// The next item of the list; before it is in one, the item that begins with its right
        /// origin.
        ItemRef next = kNone;
        std::uint32_t list = kNone; ///< in m_lists; in the end the item's leaf
    };
    /// An item that begins a new one at an offset.
    using Cut = std::pair<ItemRef, std::uint32_t>;
    using Range = std::pair<ItemRef, ItemRef>;

    // --- reading ---
    [[nodiscard]] bool readBlock(Reader& reader);
    [[nodiscard]] bool addPlain(Reader& reader, LocalId id);
    void add(const WireStruct& wire, PeerIndex peer);
    [[nodiscard]] LocalId local(const WireId& id);
    void indexClocks();
    [[nodiscard]] bool resolve();
    [[nodiscard]] bool resolveItem(ItemRef ref, const Block& block);
    void cutAt(ItemRef ref, std::uint32_t begin, std::uint32_t clock);
    [[nodiscard]] std::uint32_t beginOf(const Block& block, ItemRef ref) const noexcept
    {
        return ref == block.first ? 0 : m_ends[ref - 1];
    }
    void cutAtDeletions();
    void cutToRuns(ItemRef ref);
    [[nodiscard]] std::uint32_t behindContent(const Item& item, bool& cutsPair) const;
    [[nodiscard]] bool carryOutCuts();
    [[nodiscard]] bool putInOrder();
    [[nodiscard]] std::uint32_t missing(
        ItemRef ref, const std::vector<std::uint32_t>& placed) const;
    [[nodiscard]] bool mapValuesAreSingle();

    // --- looking up ---
    [[nodiscard]] ItemRef find(const Block& block, std::uint32_t clock) const noexcept;
    [[nodiscard]] Block* blockOf(PeerIndex peer) noexcept;
    [[nodiscard]] const Block* blockOf(PeerIndex peer) const noexcept;
    [[nodiscard]] ItemRef behindStruct(ItemRef ref) const noexcept;

    // --- placing ---
    [[nodiscard]] bool maySettle() const;
    [[nodiscard]] bool integrateAll();
    void takeBack();
    void integrate(ItemRef first, ItemRef last);
    [[nodiscard]] std::uint32_t listFor(const Parent& parent);
    [[nodiscard]] std::uint32_t listOf(TypeIndex type, std::uint32_t chain);
    [[nodiscard]] ItemRef resolveConflicts(ItemRef ref, ItemRef left, ItemRef right, ItemRef head);
    void enter(ItemRef ref, std::uint32_t list);
    [[nodiscard]] WireStruct wireOf(const Item& item) const;
    void erase(ItemRef ref);
    template <typename Visit>
    void forEachList(TypeIndex type, Visit visit);
    [[nodiscard]] std::vector<WireRange> applyDeletions();
    void collectGarbage();
    [[nodiscard]] bool joins(ItemRef left, ItemRef right) const noexcept;
    void layOut();
    void buildSequences();
    void moveItems();
    void fill(Item& item, ItemRef first, ItemRef behind);
    void fillText(Item& item, ItemRef first, ItemRef behind);
    void linkChains();

    Store& m_store;
    Graph& m_graph;
    BytesView m_update;
    ValueCodec m_codec;
    std::uint32_t m_peersBefore;
    bool m_placed = false;
    bool m_settled = false; ///< whether the clean-up is done here
    bool m_hasKeys = false;
    bool m_hasMarks = false;

    std::vector<Block> m_blocks; ///< as they came; the highest client first, as a rule
    std::vector<std::uint32_t> m_blockOf; ///< by peer
    std::vector<Parent> m_parents; ///< Item::place is the index until the item is integrated
    std::vector<WireRange> m_deletions;
    std::vector<ItemRef> m_index; ///< the item of every 2^shift-th clock of a block
    std::vector<Cut> m_cuts;
    std::vector<Range> m_order; ///< items in the order in which they are integrated

    std::vector<std::uint32_t> m_ends; ///< by item: one behind its last clock
    std::vector<Node> m_nodes; ///< by item
    /// By item: the item that ends with its origin; in the end, where it goes (kNone: joined to
    /// the one before, or Gc).
    std::vector<ItemRef> m_left;
    std::vector<std::uint64_t> m_stamps; ///< by item: when a search for a place passed it
    std::uint64_t m_stamp = 0; ///< the latest: how many steps all searches took
    std::vector<List> m_lists;
    std::vector<std::uint32_t> m_sequenceOf; ///< list by type
    std::vector<std::uint32_t> m_chainOf; ///< list by map chain
    std::vector<ItemRef> m_deletedTypes;
    std::string m_text;
    std::u16string m_wide;
};

} // namespace tutti::crdt::detail
