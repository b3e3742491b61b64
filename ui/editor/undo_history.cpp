// SPDX-License-Identifier: MIT
#include "ui/editor/undo_history.h"

#include <any>
#include <utility>

namespace tutti::ui {

namespace {

crdt::UndoManager::Options withoutOrigins()
{
    crdt::UndoManager::Options options;
    options.trackedOrigins = {};
    return options;
}

} // namespace

UndoHistory::UndoHistory(crdt::Doc& doc, const crdt::Text& text)
    : m_manager(doc, std::vector<crdt::SharedType>{text}, withoutOrigins())
{
    m_manager.setOnStackItemAdded(
        [this](crdt::UndoManager::StackItem& item, crdt::UndoManager::Stack, bool extended) {
            if (!extended && m_before) {
                item.meta = *m_before;
            }
        });
    m_manager.setOnStackItemPopped(
        [this](crdt::UndoManager::StackItem& item, crdt::UndoManager::Stack) {
            const auto* place = std::any_cast<Place>(&item.meta);
            m_popped = place != nullptr ? std::optional(*place) : std::nullopt;
        });
}

UndoHistory::Outcome UndoHistory::step(bool redo)
{
    m_popped.reset();
    const bool done = redo ? m_manager.redo() : m_manager.undo();
    return {done, std::exchange(m_popped, {})};
}

void UndoHistory::clear()
{
    m_manager.clear();
    report();
}

void UndoHistory::report()
{
    if (std::exchange(m_canUndo, canUndo()) != canUndo()) {
        Q_EMIT undoAvailable(m_canUndo);
    }
    if (std::exchange(m_canRedo, canRedo()) != canRedo()) {
        Q_EMIT redoAvailable(m_canRedo);
    }
}

} // namespace tutti::ui
