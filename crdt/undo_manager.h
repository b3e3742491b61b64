// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/doc.h"
#include "crdt/ids.h"
#include "crdt/origin.h"

#include <any>
#include <chrono>
#include <functional>
#include <memory>
#include <vector>

namespace tutti::crdt {

/// Undo and redo of the changes of some origins, and of no others: each user's own undo.
///
/// A change made within the capture timeout after the previous one joins it as one step, as Yjs
/// does it. What an undo brings back is new content for the peers, at the place of the old.
/// Requires: outlived by the Doc of its scopes; undo() and redo() are called while no transaction
/// is open and from no observer. Threads: the Doc's.
class UndoManager
{
public:
    using Milliseconds = std::chrono::milliseconds; ///< since any fixed point, or between two

    /// One step: what it inserted and deleted, with room for what the editor wants to remember
    /// with it (caret, selection).
    struct StackItem
    {
        IdSet insertions; ///< the units it inserted
        IdSet deletions; ///< the units it deleted
        std::any meta; ///< whatever the program keeps with it

        /// Two steps as one; `meta` is the earlier one's, unless `mergeMeta` makes another.
        [[nodiscard]] static StackItem merge(StackItem earlier, const StackItem& later,
            const std::function<std::any(const std::any&, const std::any&)>& mergeMeta = {});
    };
    /// The steps that can be taken back, and those that can be done again.
    enum class Stack { Undo, Redo };

    /// What is recorded, and how it is put into steps.
    struct Options
    {
        /// Zero: every transaction is a step of its own.
        Milliseconds captureTimeout{500};
        /// Changes of these origins are recorded. Default: those without an origin.
        std::vector<Origin> trackedOrigins = {Origin{}};
        /// Milliseconds since any fixed point. Default: the steady clock.
        std::function<Milliseconds()> now = {};
        /// Whether a transaction of a tracked origin becomes (part of) a step. Default: all.
        std::function<bool(const TransactionInfo&)> captureTransaction = {};
        /// Which of the units that a step inserted an undo may delete. Default: all.
        std::function<bool(Id)> deleteFilter = {};
        /// Whether a value that came back by undo overrides one somebody else has set since.
        bool ignoreRemoteMapChanges = false;
        /// Steps of an earlier manager of the same document, oldest first.
        std::vector<StackItem> undoStack = {};
        std::vector<StackItem> redoStack = {};
    };

    /// Changes of these types, and of everything in them, are undone.
    UndoManager(Doc& doc, std::vector<SharedType> scope);
    UndoManager(Doc& doc, std::vector<SharedType> scope, Options options);
    /// All changes of the Doc.
    explicit UndoManager(Doc& doc);
    UndoManager(Doc& doc, Options options);
    UndoManager(UndoManager&&) = delete;
    ~UndoManager();

    /// Changes of this type are undone as well, from now on.
    void addToScope(const SharedType& type);
    /// Changes of this origin are recorded, or no longer, from now on.
    void addTrackedOrigin(Origin origin);
    void removeTrackedOrigin(const Origin& origin);

    /// Takes back the last step that still has an effect. False when there is none.
    bool undo();
    /// The same for what was undone, until something else is done.
    bool redo();
    /// Whether there are steps.
    [[nodiscard]] bool canUndo() const noexcept;
    [[nodiscard]] bool canRedo() const noexcept;
    /// The steps, oldest first: to be shown, or to be given to another manager.
    [[nodiscard]] std::vector<StackItem> undoStack() const;
    [[nodiscard]] std::vector<StackItem> redoStack() const;
    /// The next change starts a new step, however soon it comes.
    void stopCapturing() noexcept;
    /// Forgets all steps; what they kept alive may be forgotten by the Doc.
    void clear();
    /// The same for one of the two.
    void clear(Stack stack);

    /// The origin of the transactions undo and redo make.
    [[nodiscard]] Origin origin() const noexcept;

    /// A step was pushed or extended: remember in `meta` where the user was.
    void setOnStackItemAdded(std::function<void(StackItem&, Stack, bool extended)> callback);
    /// A step was undone or redone (`stack` says which it was taken from).
    void setOnStackItemPopped(std::function<void(StackItem&, Stack)> callback);
    /// Steps were forgotten.
    void setOnStackCleared(std::function<void(bool undoCleared, bool redoCleared)> callback);

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace tutti::crdt
