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
    using Milliseconds = std::chrono::milliseconds;

    /// One step, with room for what the editor wants to remember with it (caret, selection).
    struct StackItem
    {
        std::any meta;
    };
    enum class Stack { Undo, Redo };

    struct Options
    {
        /// Zero: every transaction is a step of its own.
        Milliseconds captureTimeout{500};
        /// Changes of these origins are recorded. Default: those without an origin.
        std::vector<Origin> trackedOrigins = {Origin{}};
        /// Milliseconds since any fixed point. Default: the steady clock.
        std::function<Milliseconds()> now;
    };

    UndoManager(Doc& doc, std::vector<Text> scope);
    UndoManager(Doc& doc, std::vector<Text> scope, Options options);
    UndoManager(UndoManager&&) = delete;
    ~UndoManager();

    /// Takes back the last step that still has an effect. False when there is none.
    bool undo();
    bool redo();
    [[nodiscard]] bool canUndo() const noexcept;
    [[nodiscard]] bool canRedo() const noexcept;
    /// The next change starts a new step, however soon it comes.
    void stopCapturing() noexcept;
    /// Forgets all steps; what they kept alive may be forgotten by the Doc.
    void clear();

    /// The origin of the transactions undo and redo make.
    [[nodiscard]] Origin origin() const noexcept;

    /// A step was pushed or extended: remember in `meta` where the user was. Must not throw.
    void setOnStackItemAdded(std::function<void(StackItem&, Stack, bool extended)> callback);
    /// A step was undone or redone (`stack` says which it was taken from).
    void setOnStackItemPopped(std::function<void(StackItem&, Stack)> callback);

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace tutti::crdt
