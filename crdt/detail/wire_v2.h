// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/detail/wire.h"
#include "crdt/encoding.h"
#include "crdt/error.h"
#include "crdt/ids.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

/// Format v2: the same structs as v1, each field of them in a column of its own, run-length coded
/// (Yjs: UpdateEncoderV2, UpdateDecoderV2). All work on updates is done in the framing of v1 with
/// ValueCodec::Any; these two functions are the way in and out.
namespace tutti::crdt::detail {

/// Run-length columns can spell out any number of structs in a few bytes, so what may come out is
/// bounded by what went in: this many structs and bytes, and so many more for each byte of the
/// update. An honest writer needs about a byte for each struct; only structs without content in
/// regular order (empty types, text that was typed backwards and deleted) take less, and the
/// first half million of those is free.
inline constexpr std::uint64_t kFreeStructs = std::uint64_t{1} << 19;
inline constexpr std::uint64_t kStructsPerByte = 1;
inline constexpr std::uint64_t kFreeBytes = std::uint64_t{16} << 20;
inline constexpr std::uint64_t kBytesPerByte = 24;

/// The update in the framing of v1 with ValueCodec::Any. What the structs say is not checked yet:
/// outlineUpdate does that. Errors: Truncated, Malformed, OutOfRange (also when more would come out
/// than the bounds above allow), Unsupported.
/// Memory: no more than the result, and that is bounded. Cost: O(bytes in and out).
[[nodiscard]] Result<Bytes> unpackUpdate(BytesView v2);

/// The update as Yjs writes it in format v2. Requires: an update with ValueCodec::Any that
/// outlineUpdate takes. Cost: O(bytes).
[[nodiscard]] Bytes packUpdate(BytesView wire);

/// Delete sets as they stand in v2: distances and lengths less one.
void readDeleteSetV2(Reader& reader, std::vector<WireRange>& ranges);
/// Requires: normalised; no empty ranges.
void writeDeleteSetV2(Encoder& encoder, std::span<const WireRange> ranges);

} // namespace tutti::crdt::detail
