// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/any.h"
#include "crdt/doc.h"
#include "crdt/error.h"
#include "crdt/ids.h"

#include <cstdint>
#include <optional>
#include <string>

namespace tutti::crdt {

/// On which side of a position it stays when somebody inserts exactly there. On the wire it is any
/// number, below zero for Before; what another program wrote there stays.
enum class Assoc : std::int64_t {
    Before = -1, ///< with the unit to its left
    After = 0, ///< with the unit to its right
};

/// A position that stays at its place in the text while others edit: Yjs's relative position.
/// A plain value; it names units by id, so it can travel to peers and be stored.
class StickyIndex
{
public:
    /// Names nothing: it is nowhere.
    StickyIndex() = default;

    /// The sticky form of a position in a text or a list. Beyond the end means at the end.
    /// Cost: O(log n).
    [[nodiscard]] static StickyIndex at(
        const SharedType& list, Offset offset, Assoc assoc = Assoc::After);

    /// Where it is now in that text or list; nothing when it is of another type or names units
    /// the Doc does not know (yet). Undone deletions are followed. Cost: O(log n).
    [[nodiscard]] std::optional<Offset> offsetIn(const SharedType& list) const;

    /// A position in a shared type.
    struct Place
    {
        SharedType type; ///< a text or a list
        Offset offset; ///< in the Doc's offset unit, or in elements
    };
    /// Where it is now, and in what. Without `followUndone` a unit that was deleted and brought
    /// back by undo counts as deleted (Yjs: followUndoneDeletions).
    [[nodiscard]] std::optional<Place> resolve(Doc& doc, bool followUndone = true) const;

    /// Its side.
    [[nodiscard]] Assoc assoc() const noexcept;

    /// Yjs's binary form. Errors: Truncated, Malformed.
    [[nodiscard]] Bytes encode() const;
    [[nodiscard]] static Result<StickyIndex> decode(BytesView bytes);
    /// The JSON form that editors put into awareness, all four keys present:
    /// `{"type":…,"tname":…,"item":…,"assoc":…}`, as JSON.stringify has it.
    [[nodiscard]] Any toJson() const;
    /// Only the keys that say something, as Yjs's relativePositionToJSON.
    [[nodiscard]] Any toCompactJson() const;
    /// Reads any form Yjs editors write: keys may be absent or null. Errors: Malformed.
    [[nodiscard]] static Result<StickyIndex> fromJson(const Any& json);

    [[nodiscard]] bool operator==(const StickyIndex&) const = default;

private:
    [[nodiscard]] std::optional<Place> resolveIn(detail::Store& store, bool followUndone) const;

    /// The name of a unit, perhaps of one that no Doc of ours can hold: any JavaScript integer.
    struct UnitName
    {
        std::uint64_t client = 0;
        std::uint64_t clock = 0;

        UnitName() = default;
        UnitName(std::uint64_t byClient, std::uint64_t atClock)
            : client(byClient)
            , clock(atClock)
        { }
        UnitName(const Id& id)
            : client(id.client.value())
            , clock(id.clock.value())
        { }
        bool operator==(const UnitName&) const = default;
    };
    static Any toJson(const std::optional<UnitName>& name);
    static Result<std::optional<UnitName>> nameFromJson(const Any* json);
    static Result<UnitName> readName(Decoder& decoder);

    std::optional<UnitName> m_type; ///< the item of the nested type it is in
    std::optional<std::string> m_rootName;
    std::optional<UnitName> m_item; ///< none: the end of the type
    std::int64_t m_assoc = 0; ///< >= 0 after, < 0 before
};

} // namespace tutti::crdt
