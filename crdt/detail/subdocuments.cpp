// SPDX-License-Identifier: MIT
//
// Documents in documents: which there are, which come, go and are wanted (Yjs: ContentDoc.js,
// Doc.load and Doc.destroy, the end of Transaction.js).
#include "crdt/detail/handles.h"
#include "crdt/detail/store.h"

#include <algorithm>

namespace tutti::crdt::detail {

namespace {

using States = std::vector<std::shared_ptr<SubdocumentState>>;

void add(States& states, const std::shared_ptr<SubdocumentState>& state)
{
    if (!std::ranges::contains(states, state)) {
        states.push_back(state);
    }
}

std::vector<Subdocument> handles(const States& states)
{
    std::vector<Subdocument> result;
    for (const auto& state : states) {
        result.push_back(Handles::subdocument(state));
    }
    return result;
}

} // namespace

/// A Doc item came.
void Store::placeSubdocument(const std::shared_ptr<SubdocumentState>& state, LocalId place)
{
    state->parent = this;
    state->place = place;
    add(m_open->subdocumentsAdded, state);
    if (state->shouldLoad) {
        add(m_open->subdocumentsLoaded, state);
    }
}

/// A Doc item was deleted.
void Store::removeSubdocument(const std::shared_ptr<SubdocumentState>& state)
{
    if (std::erase(m_open->subdocumentsAdded, state) == 0) {
        add(m_open->subdocumentsRemoved, state);
    }
}

void Store::loadSubdocument(const std::shared_ptr<SubdocumentState>& state)
{
    if (state->shouldLoad) {
        return;
    }
    state->shouldLoad = true;
    begin({});
    add(m_open->subdocumentsLoaded, state);
    end();
}

void Store::destroySubdocument(const std::shared_ptr<SubdocumentState>& state)
{
    if (state->parent == nullptr) {
        return;
    }
    state->parent = nullptr;
    begin({});
    const ItemRef ref = graph.find(state->place);
    if (ref != kNone && graph.items[ref].kind == Kind::Doc) {
        auto fresh = std::make_shared<SubdocumentState>(state->guid, state->options, false);
        fresh->parent = this;
        fresh->place = state->place;
        graph.value(graph.items[ref]) = fresh;
        if (!graph.items[ref].deleted()) {
            add(m_open->subdocumentsAdded, fresh);
        }
    }
    add(m_open->subdocumentsRemoved, state);
    end();
}

void Store::notifySubdocuments(TransactionRecord& record)
{
    if (record.subdocumentsAdded.empty() && record.subdocumentsRemoved.empty()
        && record.subdocumentsLoaded.empty()) {
        return;
    }
    for (const auto& state : record.subdocumentsAdded) {
        add(m_subdocuments, state);
    }
    for (const auto& state : record.subdocumentsRemoved) {
        std::erase(m_subdocuments, state);
    }
    const std::vector<Subdocument> added = handles(record.subdocumentsAdded);
    const std::vector<Subdocument> removed = handles(record.subdocumentsRemoved);
    const std::vector<Subdocument> wanted = handles(record.subdocumentsLoaded);
    const SubdocumentsEvent event{added, removed, wanted};
    subdocumentObservers.notify(event, m_observerError);
    for (const auto& state : record.subdocumentsRemoved) {
        destroySubdocument(state);
    }
}

} // namespace tutti::crdt::detail
