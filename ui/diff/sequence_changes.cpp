// SPDX-License-Identifier: MIT
#include "ui/diff/sequence_changes.h"

#include <algorithm>
#include <utility>

namespace tutti::ui {

namespace {

/// How far along the old sequence a number of differences leads, for each diagonal: row d has the
/// diagonals from -d to d.
class Frontier
{
public:
    [[nodiscard]] std::ptrdiff_t at(std::ptrdiff_t d, std::ptrdiff_t diagonal) const
    {
        return m_rows[static_cast<std::size_t>(d)][static_cast<std::size_t>(diagonal + d)];
    }
    /// Whether the d-th difference on that diagonal is an insertion. Requires: d > 0.
    [[nodiscard]] bool isInsertion(std::ptrdiff_t d, std::ptrdiff_t diagonal) const
    {
        return diagonal == -d
            || (diagonal != d && at(d - 1, diagonal - 1) < at(d - 1, diagonal + 1));
    }
    /// Right behind the d-th difference on that diagonal.
    [[nodiscard]] std::ptrdiff_t behind(std::ptrdiff_t d, std::ptrdiff_t diagonal) const
    {
        if (d == 0) {
            return 0;
        }
        return isInsertion(d, diagonal) ? at(d - 1, diagonal + 1) : at(d - 1, diagonal - 1) + 1;
    }
    void add(std::vector<std::ptrdiff_t> row) { m_rows.push_back(std::move(row)); }

private:
    std::vector<std::vector<std::ptrdiff_t>> m_rows;
};

/// Back from the end; neighbouring single steps become one change.
std::vector<SequenceChange> traceBack(
    const Frontier& frontier, std::ptrdiff_t d, std::ptrdiff_t x, std::ptrdiff_t y)
{
    std::vector<SequenceChange> changes;
    for (; d > 0; --d) {
        const std::ptrdiff_t diagonal = x - y;
        const std::ptrdiff_t end = frontier.behind(d, diagonal);
        const bool insertion = frontier.isInsertion(d, diagonal);
        x = insertion ? end : end - 1;
        y = insertion ? end - diagonal - 1 : end - diagonal;
        const SequenceChange step{static_cast<std::size_t>(x), static_cast<std::size_t>(end),
            static_cast<std::size_t>(y), static_cast<std::size_t>(end - diagonal)};
        if (!changes.empty() && changes.back().oldBegin == step.oldEnd
            && changes.back().newBegin == step.newEnd) {
            changes.back().oldBegin = step.oldBegin;
            changes.back().newBegin = step.newBegin;
        } else {
            changes.push_back(step);
        }
    }
    std::ranges::reverse(changes);
    return changes;
}

} // namespace

std::optional<std::vector<SequenceChange>> sequenceChanges(std::span<const std::uint32_t> before,
    std::span<const std::uint32_t> after, std::ptrdiff_t most)
{
    const auto n = std::ssize(before);
    const auto m = std::ssize(after);
    most = std::min(most, n + m);
    Frontier frontier;
    for (std::ptrdiff_t d = 0; d <= most; ++d) {
        std::vector<std::ptrdiff_t> row(static_cast<std::size_t>(2 * d + 1), -1);
        bool done = false;
        for (std::ptrdiff_t diagonal = -d; diagonal <= d; diagonal += 2) {
            std::ptrdiff_t x = frontier.behind(d, diagonal);
            std::ptrdiff_t y = x - diagonal;
            while (x < n && y < m && x >= 0 && y >= 0
                && before[static_cast<std::size_t>(x)] == after[static_cast<std::size_t>(y)]) {
                ++x;
                ++y;
            }
            row[static_cast<std::size_t>(diagonal + d)] = x;
            done = done || (x >= n && y >= m);
        }
        frontier.add(std::move(row));
        if (done) {
            return traceBack(frontier, d, n, m);
        }
    }
    return std::nullopt;
}

} // namespace tutti::ui
