// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/doc.h"
#include "crdt/ids.h"
#include "crdt/origin.h"
#include "crdt/text.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace tutti::crdt {

/// What each of the others did to a text lately, so that one change of one of them can be taken
/// back: as a new edit, which leaves alone what anybody else wrote in the same place.
///
/// Transactions of the tracked origins are recorded, which are those of the providers. What comes
/// in a burst from one client is one change. Whose an insertion is stands in its ids. A deletion
/// on the wire does not say who made it: one that came with insertions of a single client is that
/// client's, for one that came alone `whoDeleted` is asked, and what nobody owns up to is left out.
///
/// What others deleted is kept as long as a change of the log holds it, so the log has bounds: of
/// changes for each client, of clients, and of deleted units; the oldest goes first.
/// Threads: the Doc's. Requires: the Doc outlives it; offsets of the Doc are UTF-16 units; called
/// from no observer of the Doc.
class ChangeLog
{
public:
    using Milliseconds = std::chrono::milliseconds; ///< since any fixed point, or between two

    static constexpr std::size_t kMaxClients = 64; ///< who is recorded at a time

    /// What is recorded, and how much of it.
    struct Options
    {
        /// Changes of these origins are recorded; others never are.
        std::vector<Origin> trackedOrigins = {};
        /// What comes this soon after the last part of a change belongs to it.
        Milliseconds captureTimeout{1'000};
        /// Of one client.
        std::size_t maxChanges = 20;
        /// UTF-16 units of all changes together.
        std::size_t maxDeletedUnits = 1U << 20U;
        /// Who deleted something at these places of the text as it is now. Default: nobody knows.
        std::function<std::optional<ClientId>(std::span<const Offset>)> whoDeleted = {};
        /// Milliseconds since any fixed point. Default: the steady clock.
        std::function<Milliseconds()> now = {};
    };

    /// One change, by a name that is good for as long as the log has it.
    struct Change
    {
        std::uint64_t number = 0; ///< the later, the higher
        ClientId author; ///< who made it
        Milliseconds at{0}; ///< when its last part came

        bool operator==(const Change&) const noexcept = default;
    };

    /// A part of what taking back a change would do to the text as it is now.
    struct Piece
    {
        /// Text that is there and would go, or was deleted and would come back.
        enum class Kind { Goes, Returns };

        Kind kind = Kind::Goes; ///< which of them
        Offset at; ///< in the text as it is now
        std::u16string text; ///< what goes or returns

        bool operator==(const Piece&) const = default;
    };

    /// Records from now on.
    ChangeLog(Doc& doc, Text text, Options options);
    ChangeLog(ChangeLog&&) = delete;
    /// What it kept may be forgotten by the Doc.
    ~ChangeLog();

    /// The newest change of one of these clients that still has an effect: something to take out,
    /// or something to bring back. Cost: O(the changes looked at · log n).
    [[nodiscard]] std::optional<Change> last(std::span<const ClientId> clients) const;
    /// Those who have such a change. Cost: as last().
    [[nodiscard]] std::vector<ClientId> authors() const;
    /// In the order of the text; empty when the change has no effect any more, or the log has
    /// dropped it. Cost: O(change · log n).
    [[nodiscard]] std::vector<Piece> effectOf(const Change& change) const;
    /// Does it, as one transaction of origin(), and drops the change from the log. False when there
    /// was nothing to do. Requires: no transaction is open.
    bool takeBack(const Change& change);
    /// The origin of what takeBack() does: an undo manager that tracks it can undo that again.
    [[nodiscard]] Origin origin() const noexcept;
    /// Deleted units it keeps from being forgotten.
    [[nodiscard]] std::size_t keptUnits() const noexcept;

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace tutti::crdt
