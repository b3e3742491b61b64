// SPDX-License-Identifier: MIT
#include "app/ctl/text_diff.h"

#include "crdt/utf.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <ranges>
#include <span>
#include <unordered_map>

namespace tutti::app::ctl {

namespace {

/// Differences after which looking for the smallest script is no longer worth it.
constexpr std::ptrdiff_t kMostLineDifferences = 2'000;
constexpr std::ptrdiff_t kMostCodePointDifferences = 200;

/// A stretch of the old sequence and what takes its place, as index ranges.
struct Hunk
{
    std::size_t fromBegin = 0;
    std::size_t fromEnd = 0;
    std::size_t toBegin = 0;
    std::size_t toEnd = 0;
};

/// Myers' greedy algorithm ("An O(ND) difference algorithm", 1986): the differences of two
/// sequences, or nothing when there are more than `most`. Cost: O((n + m) · d) time, O(d²) memory.
template <typename T>
std::optional<std::vector<Hunk>> differences(
    std::span<const T> from, std::span<const T> to, std::ptrdiff_t most)
{
    const auto n = std::ssize(from);
    const auto m = std::ssize(to);
    most = std::min(most, n + m);
    // furthest[d] holds, for each diagonal k in [-d, d], how far along `from` d differences lead.
    std::vector<std::vector<std::ptrdiff_t>> furthest;
    const auto start = [&furthest](std::ptrdiff_t d, std::ptrdiff_t k) -> std::ptrdiff_t {
        if (d == 0) {
            return 0;
        }
        const auto& last = furthest[static_cast<std::size_t>(d - 1)];
        const auto at = [&last, d](std::ptrdiff_t diagonal) {
            return last[static_cast<std::size_t>(diagonal + d - 1)];
        };
        // One step down (an insertion) from the diagonal above, or right (a deletion).
        if (k == -d || (k != d && at(k - 1) < at(k + 1))) {
            return at(k + 1);
        }
        return at(k - 1) + 1;
    };
    std::optional<std::ptrdiff_t> found;
    for (std::ptrdiff_t d = 0; d <= most && !found; ++d) {
        std::vector<std::ptrdiff_t> row(static_cast<std::size_t>(2 * d + 1), -1);
        for (std::ptrdiff_t k = -d; k <= d; k += 2) {
            std::ptrdiff_t x = start(d, k);
            std::ptrdiff_t y = x - k;
            while (x < n && y < m && x >= 0 && y >= 0
                && from[static_cast<std::size_t>(x)] == to[static_cast<std::size_t>(y)]) {
                ++x;
                ++y;
            }
            row[static_cast<std::size_t>(k + d)] = x;
            if (x >= n && y >= m) {
                found = d;
            }
        }
        furthest.push_back(std::move(row));
    }
    if (!found) {
        return std::nullopt;
    }
    // Back from the end; neighbouring single steps become one hunk.
    std::vector<Hunk> hunks;
    std::ptrdiff_t x = n;
    std::ptrdiff_t y = m;
    for (std::ptrdiff_t d = *found; d > 0; --d) {
        const std::ptrdiff_t k = x - y;
        const std::ptrdiff_t after = start(d, k); // right behind the d-th difference
        const auto& last = furthest[static_cast<std::size_t>(d - 1)];
        const bool down = k == -d
            || (k != d
                && last[static_cast<std::size_t>(k - 1 + d - 1)]
                    < last[static_cast<std::size_t>(k + 1 + d - 1)]);
        const std::ptrdiff_t beforeX = down ? after : after - 1;
        const std::ptrdiff_t beforeY = down ? after - k - 1 : after - k;
        const Hunk step{static_cast<std::size_t>(beforeX), static_cast<std::size_t>(after),
            static_cast<std::size_t>(beforeY), static_cast<std::size_t>(after - k)};
        if (!hunks.empty() && hunks.back().fromBegin == step.fromEnd
            && hunks.back().toBegin == step.toEnd) {
            hunks.back().fromBegin = step.fromBegin;
            hunks.back().toBegin = step.toBegin;
        } else {
            hunks.push_back(step);
        }
        x = beforeX;
        y = beforeY;
    }
    std::ranges::reverse(hunks);
    return hunks;
}

bool insidePair(std::u16string_view text, std::size_t at)
{
    return at > 0 && at < text.size() && crdt::isHighSurrogate(text[at - 1])
        && crdt::isLowSurrogate(text[at]);
}

/// Cuts off what two texts have in common at both ends, at code points.
Hunk trimmed(std::u16string_view from, std::u16string_view to)
{
    const auto [a, b] = std::ranges::mismatch(from, to);
    auto begin = static_cast<std::size_t>(a - from.begin());
    if (insidePair(from, begin) || insidePair(to, begin)) {
        --begin;
    }
    const auto tailFrom = from.substr(begin);
    const auto tailTo = to.substr(begin);
    const auto back =
        std::ranges::mismatch(tailFrom | std::views::reverse, tailTo | std::views::reverse);
    auto end = static_cast<std::size_t>(back.in1 - (tailFrom | std::views::reverse).begin());
    if (insidePair(from, from.size() - end) || insidePair(to, to.size() - end)) {
        --end;
    }
    return {begin, from.size() - end, begin, to.size() - end};
}

/// Offsets at which the parts of a text begin, and its length.
std::vector<std::size_t> lineStarts(std::u16string_view text)
{
    std::vector<std::size_t> starts{0};
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == u'\n' && i + 1 < text.size()) {
            starts.push_back(i + 1);
        }
    }
    if (!text.empty()) {
        starts.push_back(text.size());
    }
    return starts;
}

struct CodePoints
{
    std::vector<char32_t> values;
    std::vector<std::size_t> starts;
};

CodePoints codePoints(std::u16string_view text)
{
    CodePoints out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        out.starts.push_back(i);
        char32_t value = text[i];
        if (insidePair(text, i + 1)) {
            value = (value << 16) | text[++i];
        }
        out.values.push_back(value);
    }
    out.starts.push_back(text.size());
    return out;
}

void add(std::vector<TextEdit>& edits, std::size_t at, std::u16string_view erased,
    std::u16string_view inserted)
{
    if (!erased.empty() || !inserted.empty()) {
        edits.push_back({at, erased.size(), std::u16string(inserted)});
    }
}

/// The edits of one stretch of lines, code point by code point.
void refine(
    std::vector<TextEdit>& edits, std::size_t at, std::u16string_view from, std::u16string_view to)
{
    const Hunk core = trimmed(from, to);
    const auto oldCore = from.substr(core.fromBegin, core.fromEnd - core.fromBegin);
    const auto newCore = to.substr(core.toBegin, core.toEnd - core.toBegin);
    at += core.fromBegin;
    const CodePoints a = codePoints(oldCore);
    const CodePoints b = codePoints(newCore);
    const auto hunks = differences<char32_t>(a.values, b.values, kMostCodePointDifferences);
    // Words that have only letters in common are better replaced than woven together.
    if (!hunks || hunks->size() > 1 + std::min(a.values.size(), b.values.size()) / 4) {
        add(edits, at, oldCore, newCore);
        return;
    }
    for (const Hunk& hunk : *hunks) {
        const std::size_t begin = a.starts[hunk.fromBegin];
        const std::size_t toBegin = b.starts[hunk.toBegin];
        add(edits, at + begin, oldCore.substr(begin, a.starts[hunk.fromEnd] - begin),
            newCore.substr(toBegin, b.starts[hunk.toEnd] - toBegin));
    }
}

} // namespace

std::vector<TextEdit> textDiff(std::u16string_view from, std::u16string_view to)
{
    std::vector<TextEdit> edits;
    // Whole lines around what differs, so that lines are compared with lines.
    const Hunk core = trimmed(from, to);
    const auto lineBegin = from.substr(0, core.fromBegin).rfind(u'\n');
    const std::size_t begin = lineBegin == std::u16string_view::npos ? 0 : lineBegin + 1;
    const auto newline = from.find(u'\n', core.fromEnd);
    const std::size_t common = newline == std::u16string_view::npos ? 0 : from.size() - newline - 1;
    const std::u16string_view a = from.substr(begin, from.size() - common - begin);
    const std::u16string_view b = to.substr(begin, to.size() - common - begin);

    std::unordered_map<std::u16string_view, std::uint32_t> names;
    const auto named = [&names](std::u16string_view text, const std::vector<std::size_t>& starts) {
        std::vector<std::uint32_t> lines;
        for (std::size_t i = 0; i + 1 < starts.size(); ++i) {
            lines.push_back(names
                    .try_emplace(text.substr(starts[i], starts[i + 1] - starts[i]),
                        static_cast<std::uint32_t>(names.size()))
                    .first->second);
        }
        return lines;
    };
    const auto startsA = lineStarts(a);
    const auto startsB = lineStarts(b);
    const auto linesA = named(a, startsA);
    const auto linesB = named(b, startsB);
    const auto hunks = differences<std::uint32_t>(linesA, linesB, kMostLineDifferences);
    if (!hunks) {
        add(edits, core.fromBegin, from.substr(core.fromBegin, core.fromEnd - core.fromBegin),
            to.substr(core.toBegin, core.toEnd - core.toBegin));
        return edits;
    }
    for (const Hunk& hunk : *hunks) {
        const std::size_t oldBegin = startsA[hunk.fromBegin];
        const std::size_t newBegin = startsB[hunk.toBegin];
        refine(edits, begin + oldBegin, a.substr(oldBegin, startsA[hunk.fromEnd] - oldBegin),
            b.substr(newBegin, startsB[hunk.toEnd] - newBegin));
    }
    return edits;
}

void applyEdits(crdt::Text& text, const std::vector<TextEdit>& edits)
{
    // From the back, so that the offsets in front stay right.
    for (const TextEdit& edit : edits | std::views::reverse) {
        const crdt::Offset at(static_cast<std::uint32_t>(edit.at));
        if (edit.erased > 0) {
            text.erase(at, crdt::Offset(static_cast<std::uint32_t>(edit.erased)));
        }
        if (!edit.inserted.empty()) {
            text.insert(at, edit.inserted);
        }
    }
}

} // namespace tutti::app::ctl
