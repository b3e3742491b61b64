// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/any.h"
#include "crdt/detail/item.h"
#include "crdt/detail/reader.h"
#include "crdt/encoding.h"
#include "crdt/error.h"
#include "crdt/ids.h"
#include "crdt/update.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

/// The v1 update format, struct by struct, without a document.
namespace tutti::crdt::detail {

/// How strings and the values of Embed and Format stand in the framing of v1.
enum class ValueCodec : std::uint8_t {
    /// The v1 format: UTF-8, and values as JSON text, which cannot say everything a value can be
    /// (undefined, big integers, -0, NaN, bytes).
    Json,
    /// Made by this program alone, for what came or will go as v2: WTF-8, so that lone surrogates
    /// survive, and values as lib0's Any. What is pending in a document is kept so.
    Any,
};

/// Bits of a struct's first byte above the content kind.
inline constexpr std::uint8_t kInfoOrigin = 0x80;
inline constexpr std::uint8_t kInfoRightOrigin = 0x40;
inline constexpr std::uint8_t kInfoParentSub = 0x20;
inline constexpr std::uint8_t kInfoKind = 0x1F;

/// An id as the wire has it.
struct WireId
{
    std::uint64_t client = 0;
    std::uint64_t clock = 0;

    bool operator==(const WireId&) const noexcept = default;
};

/// One struct of an update; views point into the update's bytes.
struct WireStruct
{
    enum class Parent : std::uint8_t { Copied, Root, Item };

    Kind kind = Kind::Gc;
    std::uint8_t info = 0;
    Parent parent = Parent::Copied;
    bool hasParentSub = false; ///< and it is written; bit kInfoParentSub may be set without
    ValueCodec codec = ValueCodec::Json;
    WireId id;
    std::uint64_t length = 0;
    WireId origin;
    WireId rightOrigin;
    WireId parentItem;
    std::string_view parentRoot;
    std::string_view parentSub;
    BytesView content; ///< what follows the head, as it came
    std::string_view utf8; ///< of a String; WTF-8 with ValueCodec::Any

    [[nodiscard]] bool hasOrigin() const noexcept { return (info & kInfoOrigin) != 0; }
    [[nodiscard]] bool hasRightOrigin() const noexcept { return (info & kInfoRightOrigin) != 0; }
    [[nodiscard]] std::uint64_t end() const noexcept { return id.clock + length; }
    [[nodiscard]] bool isItem() const noexcept { return kind != Kind::Gc && kind != Kind::Skip; }
};

/// Reads one struct that starts at `id`; checks everything that can be checked without a
/// document. Failures stay in the reader. Cost: O(bytes).
[[nodiscard]] WireStruct readStruct(Reader& reader, WireId id, ValueCodec codec);

/// The head of an item: the info byte, origins, and the parent where no origin tells it.
struct ItemHead
{
    Kind kind = Kind::Deleted;
    std::optional<WireId> origin;
    std::optional<WireId> rightOrigin;
    bool hasParentSub = false;
    std::optional<std::string_view> parentRoot;
    WireId parentItem;
    std::string_view parentSub;
};
void writeItemHead(Encoder& encoder, const ItemHead& head, ValueCodec codec);

/// Writes a struct without its first `offset` units, as Yjs re-encodes what it decoded, with its
/// values in that form. Requires: offset < length; 0 for kinds that cannot be split.
void writeStruct(
    Encoder& encoder, const WireStruct& source, std::uint64_t offset, ValueCodec codec);

/// A string, a value of an Embed or Format. Failures stay in the reader.
[[nodiscard]] std::string_view readText(Reader& reader, ValueCodec codec);
[[nodiscard]] Any readValue(Reader& reader, ValueCodec codec);
/// Requires: UTF-8 or WTF-8. What cannot be said in UTF-8 is written as U+FFFD with Json.
void writeText(Encoder& encoder, std::string_view text, ValueCodec codec);
void writeText(Encoder& encoder, std::u16string_view text, ValueCodec codec);
void writeValue(Encoder& encoder, const Any& value, ValueCodec codec);

/// The options that Yjs keeps of a subdocument (ContentDoc), in its order: gc when it is off,
/// autoLoad when it is on, meta when there is any.
[[nodiscard]] Any documentOptions(const Any& read);

/// Where the structs of one client stand in an update.
struct ClientBlock
{
    std::uint64_t client = 0;
    std::uint64_t clock = 0; ///< of the first struct
    std::uint64_t count = 0;
    std::size_t position = 0; ///< of the first struct in the bytes
};

/// A range of deleted units. Lengths are as they came: they may reach beyond any clock.
struct WireRange
{
    std::uint64_t client = 0;
    std::uint64_t clock = 0;
    std::uint64_t length = 0;

    [[nodiscard]] std::uint64_t end() const noexcept { return clock + length; }
};

/// An update whose every byte was checked, and where its parts are.
struct UpdateOutline
{
    std::vector<ClientBlock> blocks;
    std::vector<WireRange> deletions;
    ValueCodec codec = ValueCodec::Json; ///< of the bytes
};

/// Checks a whole update. Errors: Truncated, Malformed, OutOfRange, Unsupported.
/// Memory: O(clients + deleted ranges), bounded by the bytes. Cost: O(bytes).
[[nodiscard]] Result<UpdateOutline> outlineUpdate(
    BytesView update, ValueCodec codec = ValueCodec::Json);

/// Appends pairs of client and clock. Failures stay in the reader.
void readStateVector(Reader& reader, std::vector<WireId>& state);
/// Reads pairs of client and clock. Errors: Truncated, Malformed, OutOfRange.
[[nodiscard]] Result<std::vector<WireId>> readStateVector(BytesView bytes);

/// Why an update of another version of Yjs is refused.
inline constexpr const char* kUnknownContent =
    "the update holds a kind of content that Yjs 13 does not have (a move?)";
inline constexpr const char* kUnknownType =
    "the update holds a type that Yjs 13 does not have (a weak link?)";

/// Reads a client id; above 2^53 - 1 is a failure.
[[nodiscard]] std::uint64_t readClient(Reader& reader);
/// Appends the ranges of a delete set as they come. Failures stay in the reader.
void readDeleteSet(Reader& reader, std::vector<WireRange>& ranges);
/// Sorts by client, highest first, then clock, and joins ranges that touch or overlap.
void normalize(std::vector<WireRange>& ranges);
/// Writes the frame of a delete set; `writeRange(range, isFirstOfClient)` writes each range.
template <typename WriteRange>
void writeByClient(Encoder& encoder, std::span<const WireRange> ranges, WriteRange writeRange)
{
    const auto startsClient = [ranges](std::size_t i) {
        return i == 0 || ranges[i].client != ranges[i - 1].client;
    };
    std::uint64_t clients = 0;
    for (std::size_t i = 0; i < ranges.size(); ++i) {
        clients += startsClient(i) ? 1 : 0;
    }
    encoder.writeVarUint(clients);
    for (std::size_t i = 0; i < ranges.size();) {
        const std::size_t first = i;
        std::size_t end = i + 1;
        while (end < ranges.size() && !startsClient(end)) {
            ++end;
        }
        encoder.writeVarUint(ranges[i].client);
        encoder.writeVarUint(end - i);
        for (; i < end; ++i) {
            writeRange(ranges[i], i == first);
        }
    }
}
/// Writes a delete set. Requires: normalised.
void writeDeleteSet(Encoder& encoder, std::span<const WireRange> ranges);

/// Reads the structs of one client block one by one.
class BlockReader
{
public:
    /// Requires: the update was outlined without error and outlives this.
    BlockReader(BytesView update, const ClientBlock& block, ValueCodec codec);

    /// The struct at hand. Requires: !atEnd().
    [[nodiscard]] const WireStruct& current() const noexcept { return m_current; }
    [[nodiscard]] bool atEnd() const noexcept { return m_left == 0; }
    void advance();
    /// Where the struct at hand ends in the bytes.
    [[nodiscard]] std::size_t endPosition() const noexcept { return m_reader.position(); }

private:
    Reader m_reader;
    std::uint64_t m_left;
    ValueCodec m_codec;
    WireStruct m_current;
};

/// What the public functions of update.h do, for bytes in either codec; the result is in the same.
[[nodiscard]] Result<Bytes> mergeWire(std::span<const BytesView> updates, ValueCodec codec);
[[nodiscard]] Result<Bytes> differenceWire(
    BytesView update, const std::vector<WireId>& state, ValueCodec codec);
/// The same structs and deletions in the other codec. Errors: as outlineUpdate.
[[nodiscard]] Result<Bytes> recodeWire(BytesView update, ValueCodec from, ValueCodec to);
[[nodiscard]] Result<Bytes> obfuscateWire(
    BytesView update, const ObfuscatorOptions& options, ValueCodec codec);
[[nodiscard]] Result<DecodedUpdate> decodeWire(BytesView update, ValueCodec codec);

} // namespace tutti::crdt::detail
