// SPDX-License-Identifier: MIT
#include "crdt/detail/pending_updates.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace tutti::crdt::detail {

namespace {

std::size_t memoryOf(const PendingUpdates::Part& part) noexcept
{
    constexpr std::size_t kAllocation = 16;
    return sizeof part + part.update.size() + part.ranges.size() * sizeof(WireRange)
        + 2 * kAllocation;
}

/// Whether no struct is in two of the updates; their ranges together are then in `all`, in order.
bool areDisjoint(const std::vector<PendingUpdates::Part>& parts, std::vector<WireRange>& all)
{
    std::uint64_t length = 0;
    for (const PendingUpdates::Part& part : parts) {
        all.insert(all.end(), part.ranges.begin(), part.ranges.end());
    }
    for (const WireRange& range : all) {
        length += range.length;
    }
    normalize(all);
    for (const WireRange& range : all) {
        length -= range.length;
    }
    return length == 0;
}

} // namespace

void PendingUpdates::add(Part part, const Clocks& missing)
{
    for (const auto& [client, clock] : missing) {
        const auto [entry, added] = m_missing.try_emplace(client, clock);
        if (!added) {
            entry->second = std::min(entry->second, clock);
        }
    }
    if (!m_parts.empty()) {
        m_unmerged += memoryOf(part);
    }
    m_parts.push_back(std::move(part));
    if (m_unmerged > kSlack && m_unmerged > memoryOf(m_parts.front())) {
        merge(); // what came again and again takes no room after that
    }
}

BytesView PendingUpdates::merged() const
{
    assert(!empty());
    merge();
    return m_parts.front().update;
}

Bytes PendingUpdates::take()
{
    assert(!empty());
    merge();
    Bytes update = std::move(m_parts.front().update);
    *this = {};
    return update;
}

void PendingUpdates::merge() const
{
    if (m_parts.size() < 2) {
        return;
    }
    Part whole;
    const bool disjoint = areDisjoint(m_parts, whole.ranges);
    if (disjoint) {
        std::vector<BytesView> views;
        views.reserve(m_parts.size());
        for (const Part& part : m_parts) {
            views.emplace_back(part.update);
        }
        if (Result<Bytes> update = mergeWire(views, ValueCodec::Any)) {
            whole.update = std::move(*update);
        }
    }
    if (whole.update.empty()) {
        // Which of two overlapping structs is cut depends on the order: one by one, as in Yjs.
        whole.update = std::move(m_parts.front().update);
        for (std::size_t i = 1; i < m_parts.size(); ++i) {
            const BytesView both[] = {whole.update, m_parts[i].update};
            if (Result<Bytes> update = mergeWire(both, ValueCodec::Any)) {
                whole.update = std::move(*update);
            }
        }
    }
    m_parts.clear();
    m_parts.push_back(std::move(whole));
    m_unmerged = 0;
}

} // namespace tutti::crdt::detail
