// SPDX-License-Identifier: MIT
#include "crdt/detail/sibling_row.h"

#include <algorithm>
#include <iterator>

namespace tutti::crdt::detail {

namespace {

[[nodiscard]] std::uint64_t keyOf(LocalId id) noexcept
{
    return (std::uint64_t{id.peer} << 32) | id.clock;
}

} // namespace

ItemRef SiblingRow::limit(LocalId rightOrigin, std::uint64_t client) const
{
    const auto found = m_limits.lower_bound({keyOf(rightOrigin), client});
    return found != m_limits.end() && found->first.first == keyOf(rightOrigin) ? found->second
                                                                               : kNone;
}

std::size_t SiblingRow::blockFor(ItemRef item, const SequenceTree& tree) const
{
    const auto behind = std::ranges::partition_point(m_blocks, [&](const Block& block) {
        const ItemRef first = block.siblings.front().item;
        return first == item || tree.isBefore(first, item);
    });
    return behind == m_blocks.begin() ? 0 : static_cast<std::size_t>(behind - m_blocks.begin()) - 1;
}

SiblingRow::Taken SiblingRow::lastBelow(
    std::uint64_t client, ItemRef stop, const SequenceTree& tree) const
{
    if (m_blocks.empty()) {
        return {};
    }
    const auto isBelow = [client](const Sibling& sibling) { return sibling.client < client; };
    const std::size_t start = stop == kNone ? m_blocks.size() - 1 : blockFor(stop, tree);
    std::size_t block = start;
    const std::vector<Sibling>& last = m_blocks[block].siblings;
    auto end = stop == kNone ? last.end() : std::ranges::find(last, stop, &Sibling::item);
    for (;;) {
        const std::vector<Sibling>& siblings = m_blocks[block].siblings;
        const auto found = std::find_if(std::make_reverse_iterator(end), siblings.rend(), isBelow);
        if (found != siblings.rend()) {
            const auto next = found.base();
            const bool isLast = next == siblings.end();
            const ItemRef behind = !isLast     ? next->item
                : block + 1 == m_blocks.size() ? kNone
                                               : m_blocks[block + 1].siblings.front().item;
            return {found->item, behind, start - block + 1};
        }
        do {
            if (block == 0) {
                return {kNone, kNone, start + 1};
            }
            --block;
        } while (m_blocks[block].least >= client);
        end = m_blocks[block].siblings.end();
    }
}

void SiblingRow::append(ItemRef item, LocalId rightOrigin, std::uint64_t client)
{
    m_limits.try_emplace({keyOf(rightOrigin), client}, item);
    if (m_blocks.empty() || m_blocks.back().siblings.size() >= kBlock) {
        m_blocks.push_back({client, {}});
    }
    m_blocks.back().least = std::min(m_blocks.back().least, client);
    m_blocks.back().siblings.push_back({client, item});
}

void SiblingRow::insert(
    ItemRef item, LocalId rightOrigin, std::uint64_t client, const SequenceTree& tree)
{
    // Of two by the same client, the later one stopped at the earlier one.
    m_limits.insert_or_assign({keyOf(rightOrigin), client}, item);
    if (m_blocks.empty()) {
        m_blocks.push_back({client, {{client, item}}});
        return;
    }
    const std::size_t index = blockFor(item, tree);
    Block& block = m_blocks[index];
    const auto at = std::ranges::partition_point(
        block.siblings, [&](const Sibling& sibling) { return tree.isBefore(sibling.item, item); });
    block.siblings.insert(at, {client, item});
    block.least = std::min(block.least, client);
    splitIfFull(index);
}

void SiblingRow::splitIfFull(std::size_t index)
{
    if (m_blocks[index].siblings.size() <= kBlock) {
        return;
    }
    const auto least = [](const std::vector<Sibling>& siblings) {
        return std::ranges::min(siblings, {}, &Sibling::client).client;
    };
    std::vector<Sibling>& full = m_blocks[index].siblings;
    const auto half = full.begin() + kBlock / 2;
    std::vector<Sibling> rest(half, full.end());
    full.erase(half, full.end());
    m_blocks[index].least = least(full);
    Block behind{least(rest), std::move(rest)};
    m_blocks.insert(m_blocks.begin() + static_cast<std::ptrdiff_t>(index) + 1, std::move(behind));
}

} // namespace tutti::crdt::detail
