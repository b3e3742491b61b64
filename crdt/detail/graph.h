// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/any.h"
#include "crdt/detail/item.h"
#include "crdt/detail/peer_table.h"
#include "crdt/detail/sequence_tree.h"
#include "crdt/detail/slab_pool.h"
#include "crdt/detail/subdocument_state.h"
#include "crdt/detail/text_heap.h"
#include "crdt/detail/type_table.h"

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

namespace tutti::crdt::detail {

/// A Format item: from here on, `key` has `value` (null ends it).
struct FormatMark
{
    std::string key;
    Any value;
    /// Which object the value is, as far as JavaScript would tell: marks that share one because
    /// one was made from the other have the same number. 0 where it does not matter.
    std::uint32_t identity = 0;
};

/// What an item holds when it is neither text, nor a type, nor deleted: bytes (Binary), a value
/// (Embed), values (Any, Json), a mark or a subdocument.
using Payload = std::variant<std::monostate, Bytes, Any, Any::Array, FormatMark,
    std::shared_ptr<SubdocumentState>>;

/// The items of a document, where they stand, and what they hold, with the structural operations
/// that keep all of that consistent: find, split, merge, link, unlink.
///
/// Knows nothing of transactions except the log of split points that their end wants to re-join.
/// Invariants: every clock of every peer below its end lies in exactly one run; every item is in
/// one sequence or one map chain; a run marked kContinues follows its predecessor in clock and in
/// place.
class Graph
{
public:
    PeerTable peers;
    ItemPool items;
    TextHeap text;
    SequenceTree tree{items};
    TypeTable types;
    /// What redid an item, for undo and for sticky positions. Only local history has entries.
    std::unordered_map<std::uint64_t, LocalId> redone;
    /// Starts of runs that were cut since the transaction began (Yjs: _mergeStructs).
    std::vector<LocalId> cuts;
    /// Second halves of surrogate pairs that were cut since: both halves read U+FFFD from then on.
    std::vector<LocalId> cutPairs;

    // --- looking up ---

    /// Whether the unit is known. Cost: O(1).
    [[nodiscard]] bool knows(LocalId id) const noexcept { return id.clock < peers[id.peer].end; }
    /// The item that holds a known unit, or kNone when it was garbage-collected.
    [[nodiscard]] ItemRef find(LocalId id) const noexcept
    {
        const PeerRuns& runs = peers[id.peer].runs;
        return runs[runs.find(id.clock)].item;
    }
    /// The end clock of a run.
    [[nodiscard]] std::uint32_t endOf(const Peer& peer, PeerRuns::Position at) const noexcept;

    [[nodiscard]] ItemRef leftOf(ItemRef item) const noexcept;
    [[nodiscard]] ItemRef rightOf(ItemRef item) const noexcept;
    [[nodiscard]] TypeIndex ownerOf(ItemRef item) const noexcept;
    /// The chain of an item with kInMap.
    [[nodiscard]] std::uint32_t chainOf(ItemRef item) const noexcept
    {
        return types.links()[items[item].place].chain;
    }
    /// Whether both are in the same sequence or the same chain.
    [[nodiscard]] bool sameList(ItemRef a, ItemRef b) const noexcept;
    /// Visible units to the left of an item of a sequence.
    [[nodiscard]] std::uint32_t visibleBefore(ItemRef item) const noexcept
    {
        return tree.visibleBefore(tree.cursorOf(item));
    }
    [[nodiscard]] std::uint32_t length(TypeIndex type) const noexcept
    {
        return tree.visibleTotal(type);
    }

    // --- cutting (Yjs: getItemCleanStart, getItemCleanEnd) ---

    /// Makes a struct begin at the unit and returns it; kNone when it was garbage-collected.
    ItemRef startingAt(LocalId id);
    /// Makes a struct end with the unit and returns it; kNone when it was garbage-collected.
    ItemRef endingAt(LocalId id);
    /// Cuts an item in two; returns the right part. Requires: 0 < at < length, splittable.
    ItemRef split(ItemRef item, std::uint32_t at);

    // --- joining (Yjs: tryToMergeWithLefts) ---

    struct Joined
    {
        PeerRuns::Position at; ///< where the run stands now
        std::uint32_t structs = 0; ///< how many structs were joined, as Yjs counts them
    };
    /// Joins the run with those to its left for as long as they fit.
    Joined joinLeftwards(PeerIndex peer, PeerRuns::Position at);

    // --- content ---

    [[nodiscard]] Payload& value(const Item& item) noexcept { return m_values[item.content]; }
    [[nodiscard]] const Payload& value(const Item& item) const noexcept
    {
        return m_values[item.content];
    }
    void setValue(Item& item, Payload value);
    /// Frees what the item holds. A type's items must be gone or become unreachable with it.
    void releaseContent(Item& item);

    // --- linking ---

    /// A new item at the end of its peer's history, not yet in any list.
    ItemRef append(Item item);
    /// A garbage-collected run at the end of a peer's history.
    void appendGc(PeerIndex peer, std::uint32_t length);
    /// Puts an item of a sequence behind `left` (kNone: first).
    void linkInSequence(TypeIndex owner, ItemRef left, ItemRef item);
    /// Puts an item into a chain behind `left` (kNone: first). Sets kInMap.
    void linkInChain(std::uint32_t chain, ItemRef left, ItemRef item);
    /// The leftmost item of a chain, or kNone.
    [[nodiscard]] ItemRef firstInChain(std::uint32_t chain) const noexcept;
    /// Forgets an item but for its place in its peer's runs, which becomes a Gc run. It is not
    /// unlinked: its whole list goes with it (see dropLists).
    void turnIntoGc(ItemRef item);
    /// Forgets the sequence and the chains of a type. Requires: all their items are Gc runs now.
    void dropLists(TypeIndex type);

    /// Aborts when an invariant does not hold. For tests. Cost: O(n).
    void check() const;

    [[nodiscard]] static std::uint64_t key(LocalId id) noexcept
    {
        return (static_cast<std::uint64_t>(id.peer) << 32) | id.clock;
    }

private:
    ItemRef splitAt(PeerRuns& runs, PeerRuns::Position at, std::uint32_t offset);
    enum class Fit { No, AsOne, Continuing };
    [[nodiscard]] Fit fits(const RunEntry& left, const RunEntry& right) const;
    void absorb(ItemRef left, ItemRef right);
    void unlinkFromChain(ItemRef item);

    std::deque<Payload> m_values;
    std::vector<std::uint32_t> m_freeValues;
};

} // namespace tutti::crdt::detail
