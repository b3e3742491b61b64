// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/detail/graph.h"
#include "crdt/ids.h"

#include <cstdint>

/// UTF-8 offsets of Docs that were made with them; everything inside counts UTF-16.
namespace tutti::crdt::detail {

/// Bytes that units [begin, end) of a live or deleted item take in UTF-8; 1 a unit for anything
/// that is no text. Cost: O(units), O(1) for ASCII.
[[nodiscard]] std::uint32_t utf8Length(
    const Graph& graph, const Item& item, std::uint32_t begin, std::uint32_t end);
/// The same for the visible units [begin, end) of a sequence. Cost: O(log n + runs).
[[nodiscard]] std::uint32_t utf8Length(
    const Graph& graph, TypeIndex type, std::uint32_t begin, std::uint32_t end);
/// The UTF-16 offset of the code point that holds byte `bytes` behind unit `from`; the end when
/// there are fewer. `from` must begin a code point. Cost: O(log n + runs).
[[nodiscard]] std::uint32_t utf16Offset(
    const Graph& graph, TypeIndex type, std::uint32_t from, std::uint32_t bytes);

} // namespace tutti::crdt::detail
