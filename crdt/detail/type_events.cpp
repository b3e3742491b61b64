// SPDX-License-Identifier: MIT
//
// What observers of shared types are told, and in which order: Yjs's YEvent.js and the part of
// Transaction.js that calls observers.
#include "crdt/detail/handles.h"
#include "crdt/detail/store.h"

#include <algorithm>
#include <cassert>

namespace tutti::crdt::detail {

/// Whether an observer would be told of a change of this type.
bool Store::isWatched(TypeIndex type) const
{
    const auto watches = [this](TypeIndex candidate, bool deepOnly) {
        const auto found = m_typeObservers.find(candidate);
        return found != m_typeObservers.end()
            && (!found->second.deep.empty() || (!deepOnly && !found->second.direct.empty()));
    };
    if (watches(type, false)) {
        return true;
    }
    for (ItemRef holder = graph.types[type].item; holder != kNone;
        holder = graph.types[type].item) {
        type = graph.ownerOf(holder);
        if (watches(type, true)) {
            return true;
        }
    }
    return false;
}

void Store::noteTypeChanges(TransactionRecord& record)
{
    if (m_typeObservers.empty()) {
        return;
    }
    const auto note = [this, &record](TypeIndex type) {
        if (isWatched(type)) {
            record.changes.push_back({type, graph.types[type].generation, deltaOf(type, record),
                keyChangesOf(type, record)});
        }
    };
    for (const TypeIndex type : record.changedTypes) {
        const ItemRef holder = graph.types[type].item;
        if (holder == kNone || !graph.items[holder].deleted()) {
            note(type);
        }
    }
    for (const LocalId half : record.cutPairs) {
        // A struct that was known already can cut a pair and change nothing else.
        const ItemRef item = graph.find(half);
        const TypeIndex type = item == kNone ? kNone : graph.ownerOf(item);
        if (type != kNone && !std::ranges::contains(record.changedTypes, type)
            && !std::ranges::contains(record.changes, type, &TransactionRecord::TypeChange::type)) {
            note(type);
        }
    }
}

/// The value of a key is its newest item; what it was before, the newest of the older ones.
std::vector<KeyChange> Store::keyChangesOf(TypeIndex type, const TransactionRecord& record)
{
    const auto added = [this, &record](ItemRef item) {
        return record.isNew(graph.peers, graph.items[item].id);
    };
    const auto removed = [this, &record](ItemRef item) {
        return contains(record.deletes, graph.items[item].id);
    };
    const auto lastValue = [this](ItemRef item) {
        const Item& found = graph.items[item];
        return Handles::value(*this, found, found.length - 1);
    };
    std::vector<KeyChange> changes;
    for (const auto& [owner, chain] : record.changedKeys) {
        if (owner != type) {
            continue;
        }
        const MapChain& found = graph.types.chain(chain);
        const ItemRef item = found.current;
        if (item == kNone) {
            continue;
        }
        KeyChange change;
        change.key = found.key;
        if (added(item)) {
            ItemRef before = graph.leftOf(item);
            while (before != kNone && added(before)) {
                before = graph.leftOf(before);
            }
            const bool replaced = before != kNone && removed(before);
            const bool gone = removed(item);
            if (gone && !replaced) {
                continue; // came and went
            }
            change.action = gone ? KeyChange::Action::Delete
                : replaced       ? KeyChange::Action::Update
                                 : KeyChange::Action::Add;
            if (replaced) {
                change.oldValue = lastValue(before);
            }
            if (!gone) {
                change.newValue = lastValue(item);
            }
        } else if (removed(item)) {
            change.action = KeyChange::Action::Delete;
            change.oldValue = lastValue(item);
        } else {
            continue;
        }
        changes.push_back(std::move(change));
    }
    return changes;
}

std::vector<PathStep> Store::pathTo(TypeIndex from, TypeIndex to) const
{
    std::vector<PathStep> path;
    while (to != from) {
        const ItemRef holder = graph.types[to].item;
        assert(holder != kNone);
        to = graph.ownerOf(holder);
        if (graph.items[holder].has(Item::kInMap)) {
            path.emplace_back(graph.types.chain(graph.chainOf(holder)).key);
            continue;
        }
        std::uint32_t before = graph.visibleBefore(holder);
        const TypeRef ref = graph.types[to].ref;
        if (utf8() && (ref == TypeRef::Text || ref == TypeRef::XmlText)) {
            before = utf8Length(graph, to, 0, before);
        }
        path.emplace_back(Offset(before));
    }
    std::ranges::reverse(path);
    return path;
}

void Store::notifyTypes(const TransactionRecord& record)
{
    for (const TransactionRecord::TypeChange& change : record.changes) {
        const auto observers = m_typeObservers.find(change.type);
        if (observers == m_typeObservers.end() || observers->second.direct.empty()
            || graph.types[change.type].generation != change.generation) {
            continue;
        }
        const TypeEvent event{Handles::type(*this, change.type), change.delta, change.keys, {},
            record.origin, record.local};
        observers->second.direct.notify(event, m_observerError);
    }
    notifyDeep(record);
}

/// Each observed type gets the events of itself and of what is in it, those nearest first. Types
/// take their turns in the order in which Yjs comes upon them: from each changed type outwards.
void Store::notifyDeep(const TransactionRecord& record)
{
    using Change = const TransactionRecord::TypeChange*;
    std::vector<std::pair<TypeIndex, std::vector<Change>>> observed;
    for (const TransactionRecord::TypeChange& change : record.changes) {
        for (TypeIndex type = change.type;;) {
            const auto known = std::ranges::find(
                observed, type, &std::pair<TypeIndex, std::vector<Change>>::first);
            if (known != observed.end()) {
                known->second.push_back(&change);
            } else if (const auto found = m_typeObservers.find(type);
                found != m_typeObservers.end() && !found->second.deep.empty()) {
                observed.push_back({type, {&change}});
            }
            const ItemRef holder = graph.types[type].item;
            if (holder == kNone) {
                break;
            }
            type = graph.ownerOf(holder);
        }
    }
    for (const auto& [type, changes] : observed) {
        const ItemRef holder = graph.types[type].item;
        if (holder != kNone && graph.items[holder].deleted()) {
            continue;
        }
        struct Step
        {
            Change change = nullptr;
            std::vector<PathStep> path;
        };
        std::vector<Step> steps;
        for (const Change change : changes) {
            const ItemRef holds = graph.types[change->type].item;
            if (graph.types[change->type].generation == change->generation
                && (holds == kNone || !graph.items[holds].deleted())) {
                steps.push_back({change, pathTo(type, change->type)});
            }
        }
        std::ranges::stable_sort(steps, {}, [](const Step& step) { return step.path.size(); });
        std::vector<TypeEvent> events;
        for (const Step& step : steps) {
            events.push_back({Handles::type(*this, step.change->type), step.change->delta,
                step.change->keys, step.path, record.origin, record.local});
        }
        const std::span<const TypeEvent> view(events);
        if (!events.empty()) {
            m_typeObservers.at(type).deep.notify(view, m_observerError);
        }
    }
}

} // namespace tutti::crdt::detail
