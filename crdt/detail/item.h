// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <limits>

/// The unit of the document's memory: a run of units that one client wrote in one go.
namespace tutti::crdt::detail {

/// "No such thing" for every 32-bit index of the core.
inline constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

using ItemRef = std::uint32_t; ///< index into the ItemPool
using PeerIndex = std::uint32_t; ///< index into the PeerTable; stands for a 53-bit client id
using TypeIndex = std::uint32_t; ///< index into the TypeTable

/// The longest run of text or values kept in one item, in units. Splits and in-place growth copy
/// at most this much. Peers never see it: neighbours that Yjs would hold as one struct are marked
/// Item::kContinues and written as one.
#ifdef TUTTI_MAX_RUN
inline constexpr std::uint32_t kMaxRun = TUTTI_MAX_RUN;
#else
inline constexpr std::uint32_t kMaxRun = 1024;
#endif

/// An Id in 8 bytes: the client by its index in the PeerTable.
struct LocalId
{
    PeerIndex peer = kNone;
    std::uint32_t clock = 0;

    [[nodiscard]] constexpr bool isNone() const noexcept { return peer == kNone; }
    [[nodiscard]] constexpr LocalId plus(std::uint32_t units) const noexcept
    {
        return {peer, clock + units};
    }
    constexpr bool operator==(const LocalId&) const noexcept = default;
};

/// The content kinds with their numbers on the wire.
enum class Kind : std::uint8_t {
    Gc = 0,
    Deleted = 1,
    Json = 2,
    Binary = 3,
    String = 4,
    Embed = 5,
    Format = 6,
    Type = 7,
    Any = 8,
    Doc = 9,
    Skip = 10,
};

/// Whether live units of that kind count in the length of what holds them.
[[nodiscard]] constexpr bool isCountable(Kind kind) noexcept
{
    return kind != Kind::Deleted && kind != Kind::Format;
}

/// Whether runs of that kind can be split and merged.
[[nodiscard]] constexpr bool isSplittable(Kind kind) noexcept
{
    return kind == Kind::String || kind == Kind::Any || kind == Kind::Json || kind == Kind::Deleted;
}

/// Invariants: length > 0; lies either in a leaf of the SequenceTree or, with kInMap, in a map
/// chain; has exactly one entry in its peer's runs.
struct Item
{
    enum Flag : std::uint8_t {
        kDeleted = 1,
        kKeep = 2, ///< an undo step may need the content: not to be forgotten
        kInMap = 4,
        kWide = 8, ///< text is char16_t; otherwise one byte per unit, all below 0x80
        kContinues = 16, ///< one struct with its predecessor in clock and list order
        kRedone = 32, ///< the Store's redone table says by what
    };

    LocalId id;
    LocalId origin; ///< the unit to its left when it was written
    LocalId rightOrigin; ///< the unit to its right when it was written
    std::uint32_t length = 0;
    std::uint32_t place = kNone; ///< leaf index, or map link index with kInMap
    std::uint32_t content = kNone; ///< text block, inline text, value slot or type index
    Kind kind = Kind::Deleted;
    std::uint8_t flags = 0;
    std::uint8_t textClass = 0; ///< size class of the text block, 0 for inline text
    std::uint8_t slot = 0; ///< in the leaf, as far as is known (see SequenceTree::cursorOf)

    [[nodiscard]] constexpr bool has(Flag flag) const noexcept { return (flags & flag) != 0; }
    void set(Flag flag) noexcept { flags = static_cast<std::uint8_t>(flags | flag); }
    void clear(Flag flag) noexcept
    {
        flags = static_cast<std::uint8_t>(flags & static_cast<std::uint8_t>(~flag));
    }
    [[nodiscard]] constexpr bool deleted() const noexcept { return has(kDeleted); }
    [[nodiscard]] constexpr std::uint32_t end() const noexcept { return id.clock + length; }
    [[nodiscard]] constexpr LocalId lastId() const noexcept { return id.plus(length - 1); }
    /// Units it adds to the length of the sequence it is in.
    [[nodiscard]] constexpr std::uint32_t visible() const noexcept
    {
        return deleted() || !isCountable(kind) ? 0 : length;
    }
};
static_assert(sizeof(Item) == 40);

} // namespace tutti::crdt::detail
