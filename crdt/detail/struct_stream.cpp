// SPDX-License-Identifier: MIT
#include "crdt/detail/struct_stream.h"

#include <utility>

namespace tutti::crdt::detail {

StructReader::StructReader(BytesView update, const UpdateOutline& outline, Skips skips)
    : m_update(update)
    , m_blocks(outline.blocks)
    , m_codec(outline.codec)
    , m_skips(skips)
{
    openBlock();
}

void StructReader::advance()
{
    m_reader->advance();
    passUnwanted();
}

void StructReader::openBlock()
{
    m_reader.reset();
    if (m_next < m_blocks.size()) {
        m_reader.emplace(m_update, m_blocks[m_next++], m_codec);
        passUnwanted();
    }
}

void StructReader::passUnwanted()
{
    while (m_reader && !m_reader->atEnd() && m_skips == Skips::Pass
        && m_reader->current().kind == Kind::Skip) {
        m_reader->advance();
    }
    if (m_reader && m_reader->atEnd()) {
        openBlock();
    }
}

void BlockWriter::write(const WireStruct& source, std::uint64_t offset)
{
    if (m_count == 0 || source.id.client != m_client) {
        closeBlock();
        m_client = source.id.client;
        m_clock = source.id.clock + offset;
    }
    writeStruct(m_structs, source, offset, m_codec);
    ++m_count;
}

Bytes BlockWriter::finish(std::vector<WireRange> deletions)
{
    closeBlock();
    Encoder update;
    update.writeVarUint(m_blocks);
    update.writeRaw(m_done.view());
    normalize(deletions);
    writeDeleteSet(update, deletions);
    return update.take();
}

void BlockWriter::closeBlock()
{
    if (m_count == 0) {
        return;
    }
    m_done.writeVarUint(m_count);
    m_done.writeVarUint(m_client);
    m_done.writeVarUint(m_clock);
    m_done.writeRaw(m_structs.view());
    m_structs.clear();
    m_count = 0;
    ++m_blocks;
}

} // namespace tutti::crdt::detail
