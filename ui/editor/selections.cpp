// SPDX-License-Identifier: MIT
#include "ui/editor/selections.h"

#include "ui/editor/pending_edits.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace tutti::ui {

EditorSelection EditorSelection::movedBy(const PendingEdits& edits) const
{
    using Stay = PendingEdits::Stay;
    if (isEmpty()) {
        return at(edits.toText(caret, Stay::Before));
    }
    const int last = edits.toText(end(), Stay::Before);
    return withEnds(std::min(last, edits.toText(start(), Stay::After)), last);
}

// Selections

Selections::Selections()
    : m_all(1)
{ }

Selections::Selections(EditorSelection only)
    : m_all{only}
{ }

Selections::Selections(std::vector<EditorSelection> all, std::size_t main)
{
    std::vector<std::size_t> order(all.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(
        order, {}, [&](std::size_t i) { return std::pair(all[i].start(), all[i].end()); });
    m_all.reserve(all.size());
    for (const std::size_t index : order) {
        const EditorSelection& next = all[index];
        // carets at the edge of a selection belong to it; selections that only touch stay two
        const bool unites = !m_all.empty()
            && (next.start() < m_all.back().end()
                || (next.start() == m_all.back().end()
                    && (next.isEmpty() || m_all.back().isEmpty())));
        if (unites) {
            EditorSelection& last = m_all.back();
            const EditorSelection& leading = index == main || last.isEmpty() ? next : last;
            last = leading.withEnds(last.start(), std::max(last.end(), next.end()));
        } else {
            m_all.push_back(next);
        }
        if (index == main) {
            m_main = m_all.size() - 1;
        }
    }
}

bool Selections::anyText() const noexcept
{
    return std::ranges::any_of(m_all, [](const EditorSelection& s) { return !s.isEmpty(); });
}

Selections Selections::with(EditorSelection added) const
{
    std::vector<EditorSelection> all = m_all;
    all.push_back(added);
    const std::size_t main = all.size() - 1;
    return {std::move(all), main};
}

// Positions

int PositionMap::operator()(int position, Side side)
{
    while (m_passed < m_edits.size()) {
        const Replacement& edit = m_edits[m_passed];
        const int end = edit.position + edit.removed;
        const int inserted = static_cast<int>(edit.inserted.size());
        if (position < edit.position) {
            break;
        }
        if (position > end || (position == end && edit.removed > 0)) {
            m_shift += inserted - edit.removed;
            ++m_passed;
            continue;
        }
        const int start = edit.position + m_shift;
        if (position == edit.position && edit.removed > 0) {
            return start; // the end of what stays before it
        }
        return side == Side::Before ? start : start + inserted;
    }
    return position + m_shift;
}

Selections movedBy(const Selections& selections, std::span<const Replacement> edits, Sides sides)
{
    PositionMap map(edits);
    return selections.mapped([&](const EditorSelection& selection) {
        if (selection.isEmpty()) {
            return EditorSelection::at(map(selection.caret, sides.caret));
        }
        const int start = map(selection.start(), sides.start);
        return selection.withEnds(start, std::max(start, map(selection.end(), sides.end)));
    });
}

} // namespace tutti::ui
