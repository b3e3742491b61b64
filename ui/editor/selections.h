// SPDX-License-Identifier: MIT
#pragma once

#include "ui/editor/replacement.h"

#include <cstddef>
#include <span>
#include <vector>

namespace tutti::ui {

class PendingEdits;

/// A caret and the other end of what is selected, in document positions (UTF-16 units). Equal when
/// nothing is selected.
struct EditorSelection
{
    int anchor = 0;
    int caret = 0;

    [[nodiscard]] static constexpr EditorSelection at(int position) noexcept
    {
        return {position, position};
    }
    [[nodiscard]] constexpr int start() const noexcept { return anchor < caret ? anchor : caret; }
    [[nodiscard]] constexpr int end() const noexcept { return anchor < caret ? caret : anchor; }
    [[nodiscard]] constexpr bool isEmpty() const noexcept { return anchor == caret; }
    /// The same direction, other ends.
    [[nodiscard]] constexpr EditorSelection withEnds(int start, int end) const noexcept
    {
        return anchor <= caret ? EditorSelection{start, end} : EditorSelection{end, start};
    }

    bool operator==(const EditorSelection&) const = default;

    /// Where this is once others' edits are applied: a caret stays before what comes in exactly at
    /// it, a selection does not grow.
    [[nodiscard]] EditorSelection movedBy(const PendingEdits& edits) const;
};

/// All the places where one user edits at once: at least one, in the order of the document, none
/// overlapping another. One of them is the main one: the view follows it, the others see it.
///
/// A value. Cost: O(n log n) to make, O(1) to ask.
class Selections
{
public:
    /// One caret at the beginning.
    Selections();
    Selections(EditorSelection only); // NOLINT(google-explicit-constructor): one is a case of many
    /// Sorts, and unites what overlaps or is one caret twice. `main` counts in `all` as given.
    /// Requires: all is not empty, main < all.size().
    Selections(std::vector<EditorSelection> all, std::size_t main);

    [[nodiscard]] std::size_t size() const noexcept { return m_all.size(); }
    [[nodiscard]] bool isSingle() const noexcept { return m_all.size() == 1; }
    [[nodiscard]] const EditorSelection& operator[](std::size_t index) const
    {
        return m_all[index];
    }
    [[nodiscard]] auto begin() const noexcept { return m_all.begin(); }
    [[nodiscard]] auto end() const noexcept { return m_all.end(); }
    [[nodiscard]] const EditorSelection& main() const { return m_all[m_main]; }
    [[nodiscard]] std::size_t mainIndex() const noexcept { return m_main; }
    [[nodiscard]] bool anyText() const noexcept;

    /// With one more, which becomes the main one.
    [[nodiscard]] Selections with(EditorSelection added) const;
    /// Each as `f(selection)` says, the main one staying the main one.
    template <typename F>
    [[nodiscard]] Selections mapped(F f) const
    {
        std::vector<EditorSelection> all;
        all.reserve(m_all.size());
        for (const EditorSelection& selection : m_all) {
            all.push_back(f(selection));
        }
        return {std::move(all), m_main};
    }

    bool operator==(const Selections&) const = default;

private:
    std::vector<EditorSelection> m_all;
    std::size_t m_main = 0;
};

/// Which way a position goes when units come in exactly there.
enum class Side { Before, After };

/// Where positions are after replacements, asked in ascending order.
/// Cost: O(replacements + questions) together.
class PositionMap
{
public:
    /// Borrows.
    explicit PositionMap(std::span<const Replacement> edits) noexcept
        : m_edits(edits)
    { }

    /// A position inside something removed goes to the beginning (Before) or end (After) of what
    /// replaced it. Requires: `position` is no less than in the call before.
    [[nodiscard]] int operator()(int position, Side side);

private:
    std::span<const Replacement> m_edits;
    std::size_t m_passed = 0; ///< edits that end before every further question
    int m_shift = 0; ///< what they did to positions
};

/// What one command does to a text, and where the user is afterwards: a pure value, so that
/// commands can be tested without a window.
struct EditPlan
{
    std::vector<Replacement> edits;
    Selections after; ///< in positions after the edits

    [[nodiscard]] bool isEmpty() const noexcept { return edits.empty(); }
};

/// Where the parts of selections go when something comes in exactly at them. As it stands: what
/// was done elsewhere leaves carets before it, and a selection holds what it held.
struct Sides
{
    Side caret = Side::Before; ///< with nothing selected
    Side start = Side::After;
    Side end = Side::Before;
};

/// The selections after edits; ends inside something that was replaced go to its edges.
[[nodiscard]] Selections movedBy(
    const Selections& selections, std::span<const Replacement> edits, Sides sides = {});

} // namespace tutti::ui
