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

/// Work on updates as bytes, without a Doc. The names that end in V2 take and give updates in
/// format v2, the others v1; state vectors have one form. The bytes are those Yjs gives.
///
/// Errors, where nothing else is said: as Doc::applyUpdate and Doc::applyUpdateV2.
/// Cost: linear in the bytes; merging, times the logarithm of the number of updates.
/// Threads: any; nothing is shared.
namespace tutti::crdt {

/// The state vector of what the update holds without gaps (Yjs: encodeStateVectorFromUpdate).
[[nodiscard]] Result<Bytes> getState(BytesView update);
/// The same of an update in format v2.
[[nodiscard]] Result<Bytes> getStateV2(BytesView update);

/// The part of the update that a peer with that state vector lacks, with all its deletions (Yjs:
/// diffUpdate).
[[nodiscard]] Result<Bytes> getUpdate(BytesView update, BytesView stateVector);
[[nodiscard]] Result<Bytes> getUpdateV2(BytesView update, BytesView stateVector);

/// One update with the content of all. Gaps are kept as such. One input is returned unchanged.
/// Where a struct is in several updates cut differently, the bytes depend on the order of the
/// updates, as in Yjs. With 64 updates and more, the choice between a collected struct and the
/// same one with its content may differ from the one Yjs makes, which depends on its sorting.
[[nodiscard]] Result<Bytes> mergeUpdates(std::span<const BytesView> updates);
[[nodiscard]] Result<Bytes> mergeUpdatesV2(std::span<const BytesView> updates);

/// The same structs and deletions in the other format (Yjs: convertUpdateFormatV1ToV2, …V2ToV1).
/// v1 has embedded and format values as JSON text, so going there undefined, -0, NaN and bytes
/// become what JSON.stringify makes of them.
[[nodiscard]] Result<Bytes> convertV1ToV2(BytesView update);
[[nodiscard]] Result<Bytes> convertV2ToV1(BytesView update);

/// What an update holds of one client.
struct ClientSpan
{
    ClientId client;
    Clock from; ///< of the first struct
    Clock to; ///< where the last struct ends; there may be gaps between

    bool operator==(const ClientSpan&) const noexcept = default;
};

/// From where to where the update reaches, in the order of its bytes (Yjs: parseUpdateMeta).
/// Errors also: OutOfRange when a gap reaches beyond the clocks that a Doc takes.
[[nodiscard]] Result<std::vector<ClientSpan>> parseUpdateMeta(BytesView update);
[[nodiscard]] Result<std::vector<ClientSpan>> parseUpdateMetaV2(BytesView update);

/// What obfuscateUpdate hides besides texts, values, binaries, embeds and map keys.
struct ObfuscatorOptions
{
    bool formatting = true; ///< keys and values of formats; null stays, it ends a format
    bool subdocuments = true; ///< guids and options
    bool xml = true; ///< names of elements and hooks
};

/// The same structure with other content, to show a broken document to others without showing
/// what it says. Names of roots stay, and who wrote when can still be seen.
[[nodiscard]] Result<Bytes> obfuscateUpdate(
    BytesView update, const ObfuscatorOptions& options = {});
[[nodiscard]] Result<Bytes> obfuscateUpdateV2(
    BytesView update, const ObfuscatorOptions& options = {});

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

/// Takes an update apart for people to read. Clocks and lengths above 2^32 - 1, which only gaps
/// and deletions of hostile updates have, are shown as that.
[[nodiscard]] Result<DecodedUpdate> decodeUpdate(BytesView update);
[[nodiscard]] Result<DecodedUpdate> decodeUpdateV2(BytesView update);

/// A state vector as pairs, in the order of the bytes. Errors: Truncated, Malformed, OutOfRange.
[[nodiscard]] Result<std::vector<Id>> decodeState(BytesView stateVector);

} // namespace tutti::crdt
