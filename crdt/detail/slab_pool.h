// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/detail/item.h"

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <type_traits>
#include <vector>

namespace tutti::crdt::detail {

/// Plain structs addressed by 32-bit index. Addresses stay valid while others come and go; a
/// freed index is used again. Cost: O(1) each, no allocation except one per 2^ChunkBits objects.
template <typename T, unsigned ChunkBits>
class SlabPool
{
    static_assert(std::is_trivially_destructible_v<T>);
    static constexpr std::uint32_t kChunk = 1U << ChunkBits;

public:
    [[nodiscard]] std::uint32_t allocate()
    {
        if (!m_free.empty()) {
            const std::uint32_t index = m_free.back();
            m_free.pop_back();
            (*this)[index] = T{};
            return index;
        }
        return extend();
    }
    void release(std::uint32_t index) { m_free.push_back(index); }
    /// One behind the highest index that was ever given out.
    [[nodiscard]] std::uint32_t extent() const noexcept { return m_used; }
    /// The object at extent(), whatever else is free.
    [[nodiscard]] std::uint32_t extend()
    {
        if ((m_used >> ChunkBits) == m_chunks.size()) {
            m_chunks.push_back(std::make_unique<T[]>(kChunk));
        }
        assert(m_used < kNone);
        return m_used++;
    }
    /// Gives up all from that index on. Requires: none below it is free.
    void truncate(std::uint32_t extent)
    {
        assert(m_free.empty() && extent <= m_used);
        m_chunks.resize((extent + kChunk - 1) >> ChunkBits);
        const std::uint32_t end =
            std::min(m_used, static_cast<std::uint32_t>(m_chunks.size()) << ChunkBits);
        for (m_used = extent; extent < end; ++extent) {
            m_chunks[extent >> ChunkBits][extent & (kChunk - 1)] = T{};
        }
    }

    [[nodiscard]] T& operator[](std::uint32_t index) noexcept
    {
        assert(index < m_used);
        return m_chunks[index >> ChunkBits][index & (kChunk - 1)];
    }
    [[nodiscard]] const T& operator[](std::uint32_t index) const noexcept
    {
        assert(index < m_used);
        return m_chunks[index >> ChunkBits][index & (kChunk - 1)];
    }
    /// Objects in use.
    [[nodiscard]] std::size_t size() const noexcept { return m_used - m_free.size(); }

private:
    std::vector<std::unique_ptr<T[]>> m_chunks;
    std::vector<std::uint32_t> m_free;
    std::uint32_t m_used = 0;
};

using ItemPool = SlabPool<Item, 9>;

} // namespace tutti::crdt::detail
