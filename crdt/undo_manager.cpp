// SPDX-License-Identifier: MIT
//
// Undo per user, by Yjs's rules (UndoManager.js; Item.js: redoItem, keepItem).
#include "crdt/undo_manager.h"

#include "crdt/detail/each_run.h"
#include "crdt/detail/handles.h"

#include <algorithm>
#include <cassert>
#include <unordered_set>

namespace tutti::crdt {

namespace {

using detail::forEachRun;
using detail::Graph;
using detail::Handles;
using detail::Item;
using detail::ItemRef;
using detail::Kind;
using detail::kNone;
using detail::LocalId;
using detail::LocalRange;
using detail::PeerIndex;
using detail::PeerRuns;
using detail::Store;
using detail::TransactionRecord;
using detail::TypeIndex;

void append(std::vector<LocalRange>& ranges, const std::vector<LocalRange>& more)
{
    ranges.insert(ranges.end(), more.begin(), more.end());
    detail::normalize(ranges);
}

} // namespace

class UndoManager::Impl
{
public:
    /// A step: what it inserted and what it deleted.
    struct Step
    {
        std::vector<LocalRange> deletions;
        /// Whose units they are, in the order that began: the order in which they come back.
        std::vector<PeerIndex> deletedPeers;
        std::vector<LocalRange> insertions;
        std::any meta;
    };

    /// Without a scope everything is in it.
    Impl(Store& store, std::optional<std::vector<SharedType>> scope, Options options)
        : m_store(store)
        , m_graph(store.graph)
        , m_scope(std::move(scope))
        , m_options(std::move(options))
    {
        restore(m_undo, m_options.undoStack);
        restore(m_redo, m_options.redoStack);
        m_subscription =
            store.afterTransaction.add([this](TransactionRecord& record) { capture(record); });
    }

    void addToScope(const SharedType& type)
    {
        if (m_scope && !std::ranges::contains(*m_scope, type)) {
            m_scope->push_back(type);
        }
    }
    [[nodiscard]] std::vector<Origin>& trackedOrigins() noexcept
    {
        return m_options.trackedOrigins;
    }
    [[nodiscard]] std::vector<StackItem> items(Stack which)
    {
        std::vector<StackItem> result;
        for (const Step& step : stepsOf(which)) {
            result.push_back(itemOf(step));
        }
        return result;
    }

    bool pop(Stack which)
    {
        std::vector<Step>& stack = stepsOf(which);
        (which == Stack::Undo ? m_undoing : m_redoing) = true;
        bool changed = false;
        Step step;
        m_store.begin(origin());
        while (!stack.empty() && !changed) {
            step = std::move(stack.back());
            stack.pop_back();
            changed = revert(step);
        }
        m_store.end();
        m_undoing = false;
        m_redoing = false;
        if (changed && onPopped) {
            StackItem item = itemOf(step);
            onPopped(item, which);
        }
        m_store.throwObserverError();
        return changed;
    }

    void clear(bool undo, bool redo)
    {
        undo = undo && !m_undo.empty();
        redo = redo && !m_redo.empty();
        if (!undo && !redo) {
            return;
        }
        m_store.begin({});
        if (undo) {
            letGo(m_undo);
        }
        if (redo) {
            letGo(m_redo);
        }
        if (onCleared) {
            onCleared(undo, redo);
        }
        m_store.end();
    }

    [[nodiscard]] std::vector<Step>& stepsOf(Stack which)
    {
        return which == Stack::Undo ? m_undo : m_redo;
    }
    [[nodiscard]] Origin origin() const { return Origin(static_cast<const void*>(this)); }
    void stopCapturing() { m_lastChange.reset(); }

    std::function<void(StackItem&, Stack, bool)> onAdded;
    std::function<void(StackItem&, Stack)> onPopped;
    std::function<void(bool, bool)> onCleared;

private:
    [[nodiscard]] IdSet idsOf(const std::vector<LocalRange>& ranges) const
    {
        IdSet ids;
        for (const LocalRange& range : ranges) {
            ids.insert(m_store.wireRange(range));
        }
        return ids;
    }
    [[nodiscard]] std::vector<LocalRange> rangesOf(const IdSet& ids)
    {
        std::vector<LocalRange> ranges;
        for (const IdRange& range : ids.ranges()) {
            ranges.push_back(
                {m_graph.peers.findOrAdd(range.client.value()), range.clock.value(), range.length});
        }
        detail::normalize(ranges);
        return ranges;
    }
    [[nodiscard]] StackItem itemOf(const Step& step) const
    {
        return {idsOf(step.insertions), idsOf(step.deletions), step.meta};
    }

    void restore(std::vector<Step>& stack, const std::vector<StackItem>& items)
    {
        for (const StackItem& item : items) {
            Step step{rangesOf(item.deletions), {}, rangesOf(item.insertions), item.meta};
            for (const LocalRange& range : step.deletions) {
                if (!std::ranges::contains(step.deletedPeers, range.peer)) {
                    step.deletedPeers.push_back(range.peer);
                }
            }
            m_store.begin({});
            forEachRun(m_graph, step.deletions, [this](ItemRef run) { keep(run, true); });
            m_store.end();
            stack.push_back(std::move(step));
        }
    }

    void letGo(std::vector<Step>& stack)
    {
        for (const Step& step : stack) {
            forEachRun(m_graph, step.deletions, [this](ItemRef item) {
                if (itemInScope(item)) {
                    keep(item, false);
                }
            });
        }
        stack.clear();
    }

    [[nodiscard]] bool isTracked(const Origin& candidate) const
    {
        return candidate == origin()
            || std::ranges::find(m_options.trackedOrigins, candidate)
            != m_options.trackedOrigins.end();
    }
    [[nodiscard]] bool typeInScope(TypeIndex type) const
    {
        if (!m_scope) {
            return true;
        }
        for (;;) {
            const bool listed = std::ranges::any_of(*m_scope,
                [type](const SharedType& scope) { return Handles::index(scope) == type; });
            if (listed) {
                return true;
            }
            const ItemRef holder = m_graph.types[type].item;
            if (holder == kNone) {
                return false;
            }
            type = m_graph.ownerOf(holder);
        }
    }
    [[nodiscard]] bool itemInScope(ItemRef item) const
    {
        return typeInScope(m_graph.ownerOf(item));
    }

    /// Pins an item's content, and what it is in, or lets go of them.
    void keep(ItemRef item, bool pinned)
    {
        while (item != kNone && m_graph.items[item].has(Item::kKeep) != pinned) {
            if (pinned) {
                m_graph.items[item].set(Item::kKeep);
            } else {
                m_graph.items[item].clear(Item::kKeep);
            }
            item = m_graph.types[m_graph.ownerOf(item)].item;
        }
    }

    void capture(TransactionRecord& record)
    {
        // With the whole document as its scope Yjs takes empty transactions, too.
        const bool touched = !m_scope
            || std::ranges::any_of(
                record.changedTypes, [this](TypeIndex type) { return typeInScope(type); });
        if (!touched || !isTracked(record.origin)
            || (m_options.captureTransaction
                && !m_options.captureTransaction(Handles::info(m_store, record)))) {
            return;
        }
        const Stack which = m_undoing ? Stack::Redo : Stack::Undo;
        if (m_undoing) {
            stopCapturing();
        } else if (!m_redoing) {
            clear(false, true);
        }
        std::vector<LocalRange> insertions;
        for (const TransactionRecord::Growth& growth : record.growth) {
            insertions.push_back({growth.peer, growth.before, growth.after - growth.before});
        }
        std::vector<Step>& stack = stepsOf(which);
        const Milliseconds now = m_options.now();
        const bool extend = m_lastChange && now - *m_lastChange < m_options.captureTimeout
            && !stack.empty() && !m_undoing && !m_redoing;
        if (extend) {
            append(stack.back().deletions, record.deletes);
            for (const PeerIndex peer : record.deletedPeers) {
                if (!std::ranges::contains(stack.back().deletedPeers, peer)) {
                    stack.back().deletedPeers.push_back(peer);
                }
            }
            append(stack.back().insertions, insertions);
        } else {
            stack.push_back({record.deletes, record.deletedPeers, std::move(insertions), {}});
        }
        if (!m_undoing && !m_redoing) {
            m_lastChange = now;
        }
        forEachRun(m_graph, record.deletes, [this](ItemRef item) {
            if (itemInScope(item)) {
                keep(item, true);
            }
        });
        if (onAdded) {
            StackItem item = itemOf(stack.back());
            onAdded(item, which, extend);
            stack.back().meta = std::move(item.meta);
        }
    }

    /// Deletes what the step inserted and brings back what it deleted. Whether anything changed.
    bool revert(const Step& step)
    {
        std::vector<ItemRef> toDelete;
        forEachRun(m_graph, step.insertions, [this, &toDelete](ItemRef item) {
            if (!m_graph.items[item].has(Item::kRedone)) {
                addLive(toDelete, item);
            } else if (!m_graph.items[item].has(Item::kContinues)) {
                // Deleted and redone since. Yjs takes the struct that begins where this one's copy
                // begins, whole, whatever runs it is kept in here.
                for (const ItemRef run : runsOfStruct(latestOf(item))) {
                    addLive(toDelete, run);
                }
            }
        });
        std::vector<ItemRef> toRedo; // the first run of each struct
        std::unordered_set<ItemRef> redoSet;
        const auto wish = [this, &step, &toRedo, &redoSet](ItemRef item) {
            // What came and went within the step stays gone.
            if (itemInScope(item) && !detail::contains(step.insertions, m_graph.items[item].id)
                && !m_graph.items[item].has(Item::kContinues)) {
                toRedo.push_back(item);
                redoSet.insert(item);
            }
        };
        for (const PeerIndex peer : step.deletedPeers) {
            const auto ofPeer =
                std::ranges::equal_range(step.deletions, peer, {}, &LocalRange::peer);
            forEachRun(m_graph, {ofPeer.begin(), ofPeer.end()}, wish);
        }
        bool changed = false;
        for (const ItemRef item : toRedo) {
            changed = redo(item, redoSet, step.insertions) != kNone || changed;
        }
        for (auto item = toDelete.rbegin(); item != toDelete.rend(); ++item) {
            if (!m_options.deleteFilter
                || m_options.deleteFilter(m_store.wireId(m_graph.items[*item].id))) {
                m_store.remove(*item);
                changed = true;
            }
        }
        return changed;
    }

    void addLive(std::vector<ItemRef>& out, ItemRef item) const
    {
        if (!m_graph.items[item].deleted() && itemInScope(item)) {
            out.push_back(item);
        }
    }

    /// The run and those that continue it. None of kNone.
    [[nodiscard]] std::vector<ItemRef> runsOfStruct(ItemRef first) const
    {
        std::vector<ItemRef> runs;
        if (first == kNone) {
            return runs;
        }
        runs.push_back(first);
        const Item& item = m_graph.items[first];
        const detail::Peer& peer = m_graph.peers[item.id.peer];
        for (PeerRuns::Position at = peer.runs.find(item.id.clock); peer.runs.next(at)
            && !peer.runs[at].isGc() && m_graph.items[peer.runs[at].item].has(Item::kContinues);) {
            runs.push_back(peer.runs[at].item);
        }
        return runs;
    }

    [[nodiscard]] ItemRef lastRunOf(ItemRef item) const { return runsOfStruct(item).back(); }
    [[nodiscard]] ItemRef firstRunOf(ItemRef item) const
    {
        while (m_graph.items[item].has(Item::kContinues)) {
            item = m_graph.leftOf(item);
        }
        return item;
    }

    /// What the item was redone as, and that again, to the end; cut to begin with the same unit.
    [[nodiscard]] ItemRef latestOf(ItemRef item)
    {
        LocalId id = m_graph.items[item].id;
        while (item != kNone && m_graph.items[item].has(Item::kRedone)) {
            const LocalId own = m_graph.items[item].id;
            id = m_graph.redone.at(Graph::key(own)).plus(id.clock - own.clock);
            item = m_graph.find(id);
        }
        return m_graph.startingAt(id); // what is passed on the way is not cut
    }

    /// The holder of the list an item is in; kNone for a root.
    [[nodiscard]] ItemRef holderOf(ItemRef item) const
    {
        return m_graph.types[m_graph.ownerOf(item)].item;
    }

    /// Follows an item through its redone forms until it is in the list of that holder.
    [[nodiscard]] ItemRef traceInto(ItemRef item, ItemRef holder)
    {
        while (item != kNone && holderOf(item) != holder) {
            item = m_graph.items[item].has(Item::kRedone)
                ? m_graph.startingAt(m_graph.redone.at(Graph::key(m_graph.items[item].id)))
                : kNone;
        }
        return item;
    }

    /// Brings back a deleted struct as a new one at its place. kNone when that cannot be.
    ItemRef redo(ItemRef first, const std::unordered_set<ItemRef>& redoSet,
        const std::vector<LocalRange>& insertions)
    {
        if (m_graph.items[first].has(Item::kRedone)) {
            return m_graph.startingAt(m_graph.redone.at(Graph::key(m_graph.items[first].id)));
        }
        ItemRef holder = holderOf(first);
        if (holder != kNone && m_graph.items[holder].deleted()) {
            if (!m_graph.items[holder].has(Item::kRedone)
                && (!redoSet.contains(holder) || redo(holder, redoSet, insertions) == kNone)) {
                return kNone;
            }
            holder = latestOf(holder);
            if (holder == kNone) {
                return kNone;
            }
        }
        Store::Placement placement;
        const bool movedParent = holder != holderOf(first);
        placement.parent = movedParent ? m_graph.items[holder].content : m_graph.ownerOf(first);
        if (m_graph.items[first].has(Item::kInMap)) {
            placement.inMap = true;
            placement.key = m_graph.types.chain(m_graph.chainOf(first)).key;
            if (m_graph.rightOf(lastRunOf(first)) != kNone && !m_options.ignoreRemoteMapChanges) {
                placement.left = mapPlace(first, insertions);
                if (placement.left == kNone) {
                    return kNone;
                }
            }
            // A value of the map that was deleted is no neighbour in the one that came back.
            if (placement.left == kNone || holderOf(placement.left) != holder) {
                const std::uint32_t chain =
                    m_graph.types.findChain(placement.parent, placement.key);
                placement.left = chain == kNone ? kNone : m_graph.types.chain(chain).current;
            }
        } else {
            // Neighbours are whole structs, whatever runs they are kept in, and a copy may be kept
            // in others.
            for (ItemRef left = m_graph.leftOf(first); left != kNone; left = m_graph.leftOf(left)) {
                left = firstRunOf(left);
                if (const ItemRef traced = traceInto(left, holder); traced != kNone) {
                    placement.left = traced;
                    break;
                }
            }
            for (ItemRef right = first; right != kNone; right = m_graph.rightOf(lastRunOf(right))) {
                if (const ItemRef traced = traceInto(right, holder); traced != kNone) {
                    placement.right = traced;
                    break;
                }
            }
            // Tracing to the right may have cut what was found to the left.
            if (placement.left != kNone) {
                placement.left = lastRunOf(placement.left);
            }
        }
        return copyTo(placement, first);
    }

    /// Where a map value comes back: behind what replaced it, if all of that is undone as well.
    [[nodiscard]] ItemRef mapPlace(ItemRef first, const std::vector<LocalRange>& insertions)
    {
        const auto deletedBySteps = [](const std::vector<Step>& steps, LocalId id) {
            return std::ranges::any_of(
                steps, [id](const Step& step) { return detail::contains(step.deletions, id); });
        };
        ItemRef left = lastRunOf(first);
        for (ItemRef right = m_graph.rightOf(left); right != kNone; right = m_graph.rightOf(left)) {
            const Item& next = m_graph.items[right];
            if (!next.has(Item::kRedone) && !detail::contains(insertions, next.id)
                && !deletedBySteps(m_undo, next.id) && !deletedBySteps(m_redo, next.id)) {
                return kNone; // somebody else's value stands there
            }
            left = latestOf(right);
            if (left == kNone) {
                return kNone;
            }
            left = lastRunOf(left);
        }
        return left;
    }

    /// Places a copy of a whole struct (which may be several runs).
    ItemRef copyTo(Store::Placement& placement, ItemRef first)
    {
        const std::vector<ItemRef> runs = runsOfStruct(first);
        Store::NewContent& content = placement.content;
        content.kind = m_graph.items[first].kind;
        std::u16string units;
        for (const ItemRef run : runs) {
            const Item& item = m_graph.items[run];
            content.length += item.length;
            switch (item.kind) {
            case Kind::String:
                m_graph.text.appendTo(units, item, 0, item.length);
                break;
            case Kind::Any:
            case Kind::Json: {
                const Any::Array& values = std::get<Any::Array>(m_graph.value(item));
                content.values.insert(content.values.end(), values.begin(), values.end());
                break;
            }
            case Kind::Type:
                content.typeRef = m_graph.types[item.content].ref;
                content.typeName = m_graph.types[item.content].name;
                break;
            case Kind::Binary:
            case Kind::Embed:
            case Kind::Format:
            case Kind::Doc:
                content.value = m_graph.value(item);
                break;
            default:
                break;
            }
        }
        content.wide = units;
        placement.id = {m_store.self(), m_graph.peers[m_store.self()].end};
        if (placement.left != kNone) {
            placement.left = m_graph.endingAt(m_graph.items[placement.left].lastId());
            placement.origin = m_graph.items[placement.left].lastId();
        }
        if (placement.right != kNone) {
            placement.rightOrigin = m_graph.items[placement.right].id;
        }
        const LocalId madeId = placement.id;
        std::uint32_t offset = 0;
        for (const ItemRef run : runs) {
            Item& item = m_graph.items[run];
            item.set(Item::kRedone);
            m_graph.redone.insert_or_assign(Graph::key(item.id), madeId.plus(offset));
            offset += item.length;
        }
        m_store.integrate(placement);
        std::vector<LocalRange> made{{madeId.peer, madeId.clock, offset}};
        forEachRun(m_graph, made, [this](ItemRef item) { keep(item, true); });
        return m_graph.find(madeId);
    }

    Store& m_store;
    Graph& m_graph;
    std::optional<std::vector<SharedType>> m_scope;
    Options m_options;
    std::vector<Step> m_undo;
    std::vector<Step> m_redo;
    bool m_undoing = false;
    bool m_redoing = false;
    std::optional<Milliseconds> m_lastChange;
    Subscription m_subscription;
};

namespace {

UndoManager::Options withClock(UndoManager::Options options)
{
    if (!options.now) {
        options.now = [] {
            return std::chrono::duration_cast<UndoManager::Milliseconds>(
                std::chrono::steady_clock::now().time_since_epoch());
        };
    }
    return options;
}

} // namespace

UndoManager::UndoManager(Doc& doc, std::vector<SharedType> scope)
    : UndoManager(doc, std::move(scope), Options{})
{ }

UndoManager::UndoManager(Doc& doc, std::vector<SharedType> scope, Options options)
    : m_impl(std::make_unique<Impl>(*doc.m_store, std::move(scope), withClock(std::move(options))))
{ }

UndoManager::UndoManager(Doc& doc)
    : UndoManager(doc, Options{})
{ }

UndoManager::UndoManager(Doc& doc, Options options)
    : m_impl(std::make_unique<Impl>(*doc.m_store, std::nullopt, withClock(std::move(options))))
{ }

UndoManager::~UndoManager() = default;

bool UndoManager::undo() { return m_impl->pop(Stack::Undo); }

bool UndoManager::redo() { return m_impl->pop(Stack::Redo); }

bool UndoManager::canUndo() const noexcept { return !m_impl->stepsOf(Stack::Undo).empty(); }

bool UndoManager::canRedo() const noexcept { return !m_impl->stepsOf(Stack::Redo).empty(); }

void UndoManager::stopCapturing() noexcept { m_impl->stopCapturing(); }

void UndoManager::clear() { m_impl->clear(true, true); }

void UndoManager::clear(Stack stack) { m_impl->clear(stack == Stack::Undo, stack == Stack::Redo); }

void UndoManager::addToScope(const SharedType& type) { m_impl->addToScope(type); }

void UndoManager::addTrackedOrigin(Origin origin)
{
    std::vector<Origin>& origins = m_impl->trackedOrigins();
    if (!std::ranges::contains(origins, origin)) {
        origins.push_back(std::move(origin));
    }
}

void UndoManager::removeTrackedOrigin(const Origin& origin)
{
    std::erase(m_impl->trackedOrigins(), origin);
}

std::vector<UndoManager::StackItem> UndoManager::undoStack() const
{
    return m_impl->items(Stack::Undo);
}

std::vector<UndoManager::StackItem> UndoManager::redoStack() const
{
    return m_impl->items(Stack::Redo);
}

UndoManager::StackItem UndoManager::StackItem::merge(StackItem earlier, const StackItem& later,
    const std::function<std::any(const std::any&, const std::any&)>& mergeMeta)
{
    earlier.insertions.insert(later.insertions);
    earlier.deletions.insert(later.deletions);
    if (mergeMeta) {
        earlier.meta = mergeMeta(earlier.meta, later.meta);
    }
    return earlier;
}

Origin UndoManager::origin() const noexcept { return m_impl->origin(); }

void UndoManager::setOnStackItemAdded(std::function<void(StackItem&, Stack, bool)> callback)
{
    m_impl->onAdded = std::move(callback);
}

void UndoManager::setOnStackItemPopped(std::function<void(StackItem&, Stack)> callback)
{
    m_impl->onPopped = std::move(callback);
}

void UndoManager::setOnStackCleared(std::function<void(bool, bool)> callback)
{
    m_impl->onCleared = std::move(callback);
}

} // namespace tutti::crdt
