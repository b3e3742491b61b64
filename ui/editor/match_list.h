// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace tutti::ui {

/// A piece of a document that fits a search, in UTF-16 units. It may be empty.
struct TextMatch
{
    int start = 0;
    int length = 0;

    [[nodiscard]] int end() const noexcept { return start + length; }
    bool operator==(const TextMatch&) const = default;
};

/// All matches of a search, by their starts, which move with the document. A pure value.
/// Cost: millions of them are held in runs, so that an edit moves some thousand numbers.
class MatchList
{
public:
    [[nodiscard]] std::size_t size() const noexcept { return m_size; }
    [[nodiscard]] bool isEmpty() const noexcept { return m_size == 0; }
    void clear();

    /// Requires: index < size(). Cost: O(runs).
    [[nodiscard]] TextMatch at(std::size_t index) const;
    /// The index of the first that starts there or later; size() where there is none.
    [[nodiscard]] std::size_t firstFrom(int position) const;
    [[nodiscard]] std::optional<std::size_t> indexOf(const TextMatch& match) const;
    /// Those that touch [from, to], in order. Cost: O(log n + their number).
    [[nodiscard]] std::vector<TextMatch> touching(int from, int to) const;
    /// All of them. Cost: O(n).
    [[nodiscard]] std::vector<TextMatch> all() const;

    /// Puts `found` in place of those that start in [from, to). Requires: `found` is sorted, and
    /// starts in there.
    void replace(int from, int to, std::span<const TextMatch> found);
    /// The document has `removed` units at `position` replaced with `added` ones: what is behind
    /// moves along, what was cut into goes. Where as many came as went, all stay: it may have been
    /// the same text in other colours.
    void edit(int position, int removed, int added);

private:
    static constexpr std::size_t kRun = 2048;

    /// Matches with starts relative to `base`; never empty.
    struct Run
    {
        int base = 0;
        int longest = 0;
        std::vector<TextMatch> matches;
    };

    [[nodiscard]] static Run makeRun(std::span<const TextMatch> matches);
    [[nodiscard]] std::size_t runOf(int position) const;
    void addRuns(std::vector<Run>& runs, std::span<const TextMatch> matches) const;
    [[nodiscard]] static std::vector<TextMatch> absolute(const Run& run);

    std::vector<Run> m_runs;
    std::size_t m_size = 0;
};

} // namespace tutti::ui
