// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/doc.h"
#include "crdt/origin.h"
#include "crdt/sticky_index.h"
#include "crdt/text.h"
#include "crdt/undo_manager.h"

#include <QObject>

#include <cstddef>
#include <optional>
#include <vector>

namespace tutti::ui {

/// What this user can take back in one text, whichever of its views it was written in: never what
/// others wrote. A step knows where the user was before it.
///
/// Threads: the GUI's. Requires: `doc` outlives it.
class UndoHistory : public QObject
{
    Q_OBJECT

public:
    /// Everything that was selected, kept to where it is in the text.
    struct Place
    {
        struct Ends
        {
            crdt::StickyIndex anchor;
            crdt::StickyIndex caret;
        };
        std::vector<Ends> all;
        std::size_t main = 0;
    };

    /// What a step back or forth did.
    struct Outcome
    {
        bool done = false;
        std::optional<Place> place; ///< where the user was
    };

    UndoHistory(crdt::Doc& doc, const crdt::Text& text);

    /// Transactions of this origin are the user's from now on.
    void track(const crdt::Origin& origin) { m_manager.addTrackedOrigin(origin); }
    void untrack(const crdt::Origin& origin) { m_manager.removeTrackedOrigin(origin); }

    /// Where the user is before the transaction that follows; forget it after that.
    void setPlace(std::optional<Place> place) { m_before = std::move(place); }

    [[nodiscard]] Outcome undo() { return step(false); }
    [[nodiscard]] Outcome redo() { return step(true); }
    [[nodiscard]] bool canUndo() const noexcept { return m_manager.canUndo(); }
    [[nodiscard]] bool canRedo() const noexcept { return m_manager.canRedo(); }
    /// The next edit starts a new step.
    void stopCapturing() noexcept { m_manager.stopCapturing(); }
    void clear();
    /// Says what has changed since the last time; after each edit.
    void report();

Q_SIGNALS:
    void undoAvailable(bool available);
    void redoAvailable(bool available);

private:
    Outcome step(bool redo);

    crdt::UndoManager m_manager;
    std::optional<Place> m_before;
    std::optional<Place> m_popped; ///< what the step just undone remembered
    bool m_canUndo = false;
    bool m_canRedo = false;
};

} // namespace tutti::ui
