// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/error.h"
#include "crdt/ids.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Work on updates (v1 format) as bytes, without a Doc.
namespace tutti::crdt {

/// The state vector of what the update holds without gaps. Errors: as Doc::applyUpdate.
[[nodiscard]] Result<Bytes> getState(BytesView update);
/// The part of the update that a peer with that state vector lacks, with all its deletions.
[[nodiscard]] Result<Bytes> getUpdate(BytesView update, BytesView stateVector);
/// One update with the content of all. Gaps are kept as such. One input is returned unchanged.
[[nodiscard]] Result<Bytes> mergeUpdates(std::span<const BytesView> updates);

/// One struct of an update, for display.
struct StructInfo
{
    Id id; ///< of its first unit
    std::uint32_t length = 0; ///< units
    /// "GC", "Skip", "Deleted", "JSON", "Binary", "String", "Embed", "Format", "Type", "Any",
    /// "Doc".
    std::string_view kind;
    std::optional<Id> origin; ///< the unit to its left when it was written
    std::optional<Id> rightOrigin; ///< the unit to its right when it was written
    /// The root's name, when it is written in the struct.
    std::optional<std::string> parentRoot;
    std::optional<Id> parentItem; ///< what it is in, when that is written in the struct
    std::optional<std::string> parentSub; ///< the key, of what is in a map
    /// The content in words: text as it is, values as JSON.
    std::string content;
};

/// Units that the update deletes.
struct DeletedRange
{
    Id id; ///< of the first unit
    std::uint32_t length = 0; ///< units
};

/// An update for display.
struct DecodedUpdate
{
    std::vector<StructInfo> structs; ///< in the order of the bytes
    std::vector<DeletedRange> deletions; ///< in the order of the bytes
};

/// Takes an update apart for people to read. Errors: as Doc::applyUpdate.
[[nodiscard]] Result<DecodedUpdate> decodeUpdate(BytesView update);

/// A state vector as pairs, in the order of the bytes. Errors: Truncated, Malformed.
[[nodiscard]] Result<std::vector<Id>> decodeState(BytesView stateVector);

} // namespace tutti::crdt
