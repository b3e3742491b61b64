// SPDX-License-Identifier: MIT
//
// Transactions: what they record, and the clean-up at their end, in the order of Yjs's
// Transaction.js (cleanupTransactions), since the bytes of the next update depend on it.
#include "crdt/detail/handles.h"
#include "crdt/detail/random_id.h"
#include "crdt/detail/store.h"

#include <algorithm>
#include <cassert>
#include <exception>
#include <utility>

namespace tutti::crdt::detail {

void normalize(std::vector<LocalRange>& ranges)
{
    const auto isBefore = [](const LocalRange& a, const LocalRange& b) {
        return a.peer != b.peer ? a.peer < b.peer : a.clock < b.clock;
    };
    if (!std::ranges::is_sorted(ranges, isBefore)) {
        std::ranges::sort(ranges, isBefore);
    }
    std::size_t kept = 0;
    for (std::size_t i = 1; i < ranges.size(); ++i) {
        LocalRange& last = ranges[kept];
        if (ranges[i].peer == last.peer && ranges[i].clock <= last.end()) {
            last.length = std::max(last.end(), ranges[i].end()) - last.clock;
        } else {
            ranges[++kept] = ranges[i];
        }
    }
    if (!ranges.empty()) {
        ranges.resize(kept + 1);
    }
}

std::uint32_t TransactionRecord::endBefore(const PeerTable& peers, PeerIndex peer) const noexcept
{
    const auto found = std::ranges::lower_bound(growth, peer, {}, &Growth::peer);
    return found != growth.end() && found->peer == peer ? found->before : peers[peer].end;
}

bool contains(const std::vector<LocalRange>& ranges, LocalId id) noexcept
{
    const auto after = std::ranges::upper_bound(
        ranges, id,
        [](LocalId a, LocalId b) { return a.peer != b.peer ? a.peer < b.peer : a.clock < b.clock; },
        [](const LocalRange& range) { return LocalId{range.peer, range.clock}; });
    if (after == ranges.begin()) {
        return false;
    }
    const LocalRange& range = *(after - 1);
    return range.peer == id.peer && id.clock < range.end();
}

void Store::begin(const Origin& origin)
{
    if (readers > 0) {
        throw TransactionError("a document that is being read cannot be changed");
    }
    if (m_open != nullptr) {
        ++m_depth;
        return;
    }
    const bool isFirst = m_queue.empty();
    if (m_spare.empty()) {
        m_spare.push_back(std::make_unique<TransactionRecord>());
    }
    m_queue.push_back(std::move(m_spare.back()));
    m_spare.pop_back();
    m_open = m_queue.back().get();
    m_open->serial = ++m_serial;
    m_open->origin = origin;
    m_depth = 1;
    if (isFirst) {
        notifyPhase(static_cast<std::size_t>(Phase::BeforeAllTransactions), *m_open);
    }
    notifyPhase(static_cast<std::size_t>(Phase::BeforeTransaction), *m_open);
}

void Store::end()
{
    assert(m_open != nullptr);
    if (--m_depth > 0) {
        return;
    }
    TransactionRecord& record = *m_open;
    for (TransactionRecord::Growth& growth : record.growth) {
        growth.after = graph.peers[growth.peer].end;
    }
    if (record.growth.size() > 1) {
        std::ranges::sort(record.growth, {}, &TransactionRecord::Growth::peer);
    }
    normalize(record.deletes);
    std::swap(record.cuts, graph.cuts);
    std::swap(record.cutPairs, graph.cutPairs);
    noteTypeChanges(record);
    m_open = nullptr;
    startCleaningUp();
}

/// Observers may open transactions of their own; those run at once, their clean-up waits here.
void Store::startCleaningUp()
{
    if (m_cleaning) {
        return;
    }
    m_cleaning = true;
    while (!m_queue.empty() && m_queue.front().get() != m_open) {
        TransactionRecord& record = *m_queue.front();
        cleanUp(record);
        if (m_queue.size() == 1) {
            notifyPhase(static_cast<std::size_t>(Phase::AfterAllTransactions), record);
        }
        record.local = true;
        record.settled = false;
        record.growth.clear();
        record.deletes.clear();
        record.deletedPeers.clear();
        record.changedTypes.clear();
        record.cuts.clear();
        record.cutPairs.clear();
        record.changedKeys.clear();
        record.changes.clear();
        record.subdocumentsAdded.clear();
        record.subdocumentsRemoved.clear();
        record.subdocumentsLoaded.clear();
        record.meta.clear();
        m_spare.push_back(std::move(m_queue.front()));
        m_queue.pop_front();
    }
    m_cleaning = false;
}

void Store::cleanUp(TransactionRecord& record)
{
    notifyPhase(static_cast<std::size_t>(Phase::BeforeObserverCalls), record);
    notifyTypes(record);
    afterTransaction.notify(record, m_observerError);
    notifyPhase(static_cast<std::size_t>(Phase::AfterTransaction), record);
    if (needsFormatCleanup(record)) {
        cleanUpFormats(record);
    }
    if (!record.settled && (record.changedAnything() || !record.cuts.empty())) {
        if (m_options.gc) {
            collectGarbage(record);
        }
        joinRuns(record);
    }
    const bool ownHistoryGrewElsewhere = !record.local
        && std::ranges::contains(record.growth, m_self, &TransactionRecord::Growth::peer);
    if (ownHistoryGrewElsewhere) {
        // Somebody else writes under this id; going on with it would corrupt both histories.
        setClientId(randomClientId());
    }
    notifyPhase(static_cast<std::size_t>(Phase::AfterTransactionCleanup), record);
    if (record.changedAnything() && !updates.empty()) {
        emitUpdate(record);
    }
    notifySubdocuments(record);
}

void Store::notifyPhase(std::size_t phase, TransactionRecord& record)
{
    if (phases[phase].empty()) {
        return;
    }
    const TransactionInfo info = Handles::info(*this, record);
    phases[phase].notify(info, m_observerError);
}

void Store::throwObserverError()
{
    if (m_observerError == nullptr || m_open != nullptr || m_cleaning) {
        return;
    }
    const std::exception_ptr error = std::exchange(m_observerError, nullptr);
    if (std::uncaught_exceptions() == 0) {
        std::rethrow_exception(error);
    }
}

void Store::noteGrowth(PeerIndex peerIndex)
{
    Peer& peer = graph.peers[peerIndex];
    if (peer.touchedIn != m_open->serial) {
        peer.touchedIn = m_open->serial;
        peer.endBefore = peer.end;
        m_open->growth.push_back({peerIndex, peer.end, peer.end});
    }
}

void Store::noteChanged(TypeIndex type, std::uint32_t chain)
{
    TypeEntry& entry = graph.types[type];
    if (entry.changedIn != m_open->serial || chain != kNone) {
        // A type that came or went with the transaction has no observers who could know it.
        if (!entry.isRoot()) {
            const Item& holder = graph.items[entry.item];
            const Peer& peer = graph.peers[holder.id.peer];
            const bool isNew =
                peer.touchedIn == m_open->serial && holder.id.clock >= peer.endBefore;
            if (isNew || holder.deleted()) {
                return;
            }
        }
        if (entry.changedIn != m_open->serial) {
            entry.changedIn = m_open->serial;
            m_open->changedTypes.push_back(type);
        }
        if (chain != kNone && graph.types.chain(chain).changedIn != m_open->serial) {
            graph.types.chain(chain).changedIn = m_open->serial;
            m_open->changedKeys.emplace_back(type, chain);
        }
    }
}

void Store::noteDeleted(const Item& item)
{
    Peer& peer = graph.peers[item.id.peer];
    if (peer.deletedIn != m_open->serial) {
        peer.deletedIn = m_open->serial;
        m_open->deletedPeers.push_back(item.id.peer);
    }
    std::vector<LocalRange>& deletes = m_open->deletes;
    if (!deletes.empty() && deletes.back().peer == item.id.peer
        && deletes.back().end() == item.id.clock) {
        deletes.back().length += item.length;
    } else {
        deletes.push_back({item.id.peer, item.id.clock, item.length});
    }
}

// --- clean-up ---

void Store::collectGarbage(const TransactionRecord& record)
{
    for (const LocalRange& range : record.deletes) {
        const PeerRuns& runs = graph.peers[range.peer].runs;
        PeerRuns::Position at = runs.find(range.clock);
        do {
            const RunEntry entry = runs[at];
            if (entry.clock >= range.end()) {
                break;
            }
            if (!entry.isGc() && graph.items[entry.item].deleted()
                && !graph.items[entry.item].has(Item::kKeep) && mayForget(entry.item)) {
                forget(entry.item);
            }
        } while (runs.next(at));
    }
    // What was one struct becomes one Gc run, whatever else is joined (Item.gc).
    for (const LocalId id : std::exchange(m_continued, {})) {
        PeerRuns& runs = graph.peers[id.peer].runs;
        const PeerRuns::Position at = runs.find(id.clock);
        PeerRuns::Position before = at;
        if (runs[at].isGc() && runs[at].clock == id.clock && runs.previous(before)
            && runs[before].isGc()) {
            runs.erase(at);
        }
    }
}

bool Store::mayForget(ItemRef item) const
{
    return !m_options.gcFilter || m_options.gcFilter(wireId(graph.items[item].id));
}

/// Drops what a deleted item holds; everything in a deleted type becomes Gc runs.
void Store::forget(ItemRef ref)
{
    Item& item = graph.items[ref];
    if (item.kind == Kind::Type) {
        std::vector<TypeIndex> types{item.content};
        std::vector<ItemRef> doomed;
        while (!types.empty()) {
            const TypeIndex type = types.back();
            types.pop_back();
            doomed.clear();
            for (auto at = graph.tree.first(type); !at.isNone(); at = graph.tree.next(at)) {
                doomed.push_back(graph.tree.itemAt(at));
            }
            for (const std::uint32_t chain : graph.types[type].chains) {
                for (ItemRef link = graph.types.chain(chain).current; link != kNone;
                    link = graph.leftOf(link)) {
                    doomed.push_back(link);
                }
            }
            for (const ItemRef child : doomed) {
                if (graph.items[child].kind == Kind::Type) {
                    types.push_back(graph.items[child].content);
                }
                if (graph.items[child].has(Item::kContinues)) {
                    m_continued.push_back(graph.items[child].id);
                }
                graph.turnIntoGc(child);
            }
            graph.dropLists(type);
            m_typeObservers.erase(type);
        }
    }
    graph.releaseContent(item);
    item.kind = Kind::Deleted;
}

std::vector<LocalRange> Store::deletedRanges() const
{
    std::vector<LocalRange> ranges;
    for (const PeerIndex index : graph.peers.descending()) {
        const Peer& peer = graph.peers[index];
        PeerRuns::Position at = peer.runs.first();
        do {
            const RunEntry entry = peer.runs[at];
            if (entry.isGc() || graph.items[entry.item].deleted()) {
                ranges.push_back({index, entry.clock, graph.endOf(peer, at) - entry.clock});
            }
        } while (peer.runs.next(at));
    }
    return ranges;
}

void Store::collectAllGarbage() { collect(deletedRanges()); }

void Store::collect(std::vector<LocalRange> deleted)
{
    begin({});
    TransactionRecord all;
    all.deletes = std::move(deleted);
    normalize(all.deletes);
    collectGarbage(all);
    joinRuns(all);
    end();
}

void Store::tell(ObserverList<Store>& observers)
{
    observers.notify(*this, m_observerError);
    throwObserverError();
}

void Store::joinRuns(TransactionRecord& record)
{
    // The run behind, when another struct begins there. Where the struct at hand goes on instead,
    // its far end has not changed, or has a cut of its own.
    const auto nextStruct = [this](const PeerRuns& runs, PeerRuns::Position& at) {
        PeerRuns::Position next = at;
        if (!runs.next(next)
            || (!runs[next].isGc() && graph.items[runs[next].item].has(Item::kContinues))) {
            return false;
        }
        at = next;
        return true;
    };
    const auto joinDownTo = [this](PeerIndex peer, PeerRuns::Position at, std::uint32_t clock) {
        const PeerRuns& runs = graph.peers[peer].runs;
        while (at != runs.first() && runs[at].clock >= clock) {
            at = graph.joinLeftwards(peer, at).at;
            if (!runs.previous(at)) {
                break;
            }
        }
    };

    for (auto range = record.deletes.rbegin(); range != record.deletes.rend(); ++range) {
        const PeerRuns& runs = graph.peers[range->peer].runs;
        PeerRuns::Position at = runs.find(range->end() - 1);
        nextStruct(runs, at);
        joinDownTo(range->peer, at, range->clock);
    }
    for (const TransactionRecord::Growth& growth : record.growth) {
        const PeerRuns& runs = graph.peers[growth.peer].runs;
        joinDownTo(growth.peer, runs.last(), runs[runs.find(growth.before)].clock);
    }
    for (auto cut = record.cuts.rbegin(); cut != record.cuts.rend(); ++cut) {
        const PeerRuns& runs = graph.peers[cut->peer].runs;
        PeerRuns::Position at = runs.find(cut->clock);
        if (PeerRuns::Position next = at; nextStruct(runs, next)) {
            const std::uint32_t joined = graph.joinLeftwards(cut->peer, next).structs;
            if (joined > 1) {
                continue; // both sides of the cut are joined already
            }
            at = joined > 0 ? runs.find(cut->clock) : at;
        }
        if (at != runs.first()) {
            graph.joinLeftwards(cut->peer, at);
        }
    }
}

void Store::emitUpdate(TransactionRecord& record)
{
    // An observer may cause another update while this one is being read.
    Encoder encoder;
    std::swap(encoder, m_scratch);
    encoder.clear();
    writeTransaction(encoder, record, ValueCodec::Json);
    const TransactionEvent event = Handles::event(*this, record, encoder.view());
    updates.notify(event, m_observerError);
    constexpr std::size_t kKept = 64 * 1024; // a paste should not hold its bytes for ever
    if (encoder.size() <= kKept) {
        std::swap(encoder, m_scratch);
    }
}

} // namespace tutti::crdt::detail
