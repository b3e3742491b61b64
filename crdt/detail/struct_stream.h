// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/detail/wire.h"
#include "crdt/encoding.h"

#include <cstdint>
#include <optional>
#include <span>

/// The structs of an update as a stream, read and written: what all work on bytes is made of
/// (Yjs: LazyStructReader, LazyStructWriter).
namespace tutti::crdt::detail {

/// Walks all structs of an update in the order of its bytes.
class StructReader
{
public:
    enum class Skips { Show, Pass };

    /// Requires: `outline` is that of `update`, and both outlive this.
    StructReader(BytesView update, const UpdateOutline& outline, Skips skips);

    /// Null at the end.
    [[nodiscard]] const WireStruct* current() const noexcept
    {
        return m_reader ? &m_reader->current() : nullptr;
    }
    void advance();

private:
    void openBlock();
    void passUnwanted();

    BytesView m_update;
    std::span<const ClientBlock> m_blocks;
    ValueCodec m_codec;
    Skips m_skips;
    std::size_t m_next = 0;
    std::optional<BlockReader> m_reader;
};

/// Collects structs into client blocks, whose sizes are only known at their ends.
class BlockWriter
{
public:
    explicit BlockWriter(ValueCodec codec) noexcept
        : m_codec(codec)
    { }

    /// Requires: as writeStruct.
    void write(const WireStruct& source, std::uint64_t offset);
    /// A whole update. The ranges are put in order.
    [[nodiscard]] Bytes finish(std::vector<WireRange> deletions);

private:
    void closeBlock();

    ValueCodec m_codec;
    Encoder m_done;
    Encoder m_structs;
    std::uint64_t m_client = 0;
    std::uint64_t m_clock = 0;
    std::uint64_t m_count = 0;
    std::uint64_t m_blocks = 0;
};

} // namespace tutti::crdt::detail
