// SPDX-License-Identifier: MIT
#include "ui/diff/side_by_side.h"

#include "ui/diff/sequence_changes.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <unordered_map>
#include <utility>

namespace tutti::ui {

namespace {

constexpr std::ptrdiff_t kMostLines = 4'000;
/// The product of numbers of lines up to which they are paired by what they have in common.
constexpr std::size_t kMostPairs = 40'000;
/// Lines that have less in common, of 100, are not the same line changed.
constexpr int kAlike = 45;

std::vector<std::u16string_view> linesOf(std::u16string_view text)
{
    std::vector<std::u16string_view> lines;
    for (;;) {
        const std::size_t end = text.find(u'\n');
        lines.push_back(text.substr(0, end));
        if (end == std::u16string_view::npos) {
            return lines;
        }
        text.remove_prefix(end + 1);
    }
}

/// Which pairs of neighbouring letters a line has, and how often, by a hash; spaces in front do not
/// count.
struct Pairs
{
    std::array<std::uint16_t, 256> counts{};
    std::size_t sum = 0;

    explicit Pairs(std::u16string_view line)
    {
        const std::size_t begin = line.find_first_not_of(u" \t");
        line = begin == std::u16string_view::npos ? std::u16string_view() : line.substr(begin);
        char16_t before = u'\n';
        for (const char16_t unit : line.substr(0, kMost)) {
            ++counts[(before * 31U + unit * 17U + (unit >> 8U)) & 0xffU];
            ++sum;
            before = unit;
        }
    }

private:
    static constexpr std::size_t kMost = 10'000; ///< units that are looked at
};

/// How much two lines have in common, of 100 (Dice's coefficient).
int likeness(const Pairs& a, const Pairs& b)
{
    if (a.sum + b.sum == 0) {
        return 100;
    }
    std::size_t common = 0;
    for (std::size_t i = 0; i < a.counts.size(); ++i) {
        common += std::min(a.counts[i], b.counts[i]);
    }
    return static_cast<int>(200 * common / (a.sum + b.sum));
}

class Builder
{
public:
    Builder(std::u16string_view left, std::u16string_view right)
    {
        m_result.leftLines = linesOf(left);
        m_result.rightLines = linesOf(right);
    }

    SideBySide run()
    {
        std::unordered_map<std::u16string_view, std::uint32_t> names;
        const auto named = [&names](const std::vector<std::u16string_view>& lines) {
            std::vector<std::uint32_t> result;
            result.reserve(lines.size());
            for (const std::u16string_view line : lines) {
                result.push_back(names.try_emplace(line, static_cast<std::uint32_t>(names.size()))
                        .first->second);
            }
            return result;
        };
        const std::vector<std::uint32_t> left = named(m_result.leftLines);
        const std::vector<std::uint32_t> right = named(m_result.rightLines);
        const std::vector<SequenceChange> changes =
            sequenceChanges(left, right, kMostLines).value_or(wholeMiddle(left, right));
        std::size_t at = 0;
        std::size_t rightAt = 0;
        const auto same = [&](std::size_t end) {
            for (; at < end; ++at, ++rightAt) {
                m_result.rows.push_back(
                    {static_cast<int>(at), static_cast<int>(rightAt), false, {}});
            }
        };
        for (const SequenceChange& change : changes) {
            same(change.oldBegin);
            const auto first = static_cast<int>(m_result.rows.size());
            align(change);
            m_result.differences.push_back({first, static_cast<int>(m_result.rows.size()) - first});
            at = change.oldEnd;
            rightAt = change.newEnd;
        }
        same(left.size());
        return std::move(m_result);
    }

private:
    /// Too much differs: everything between what is common at both ends.
    static std::vector<SequenceChange> wholeMiddle(
        const std::vector<std::uint32_t>& left, const std::vector<std::uint32_t>& right)
    {
        const auto front =
            static_cast<std::size_t>(std::ranges::mismatch(left, right).in1 - left.begin());
        std::size_t back = 0;
        while (back < std::min(left.size(), right.size()) - front
            && left[left.size() - 1 - back] == right[right.size() - 1 - back]) {
            ++back;
        }
        return {{front, left.size() - back, front, right.size() - back}};
    }

    /// Puts lines that are alike beside each other, in order, as many and as alike as can be.
    void align(const SequenceChange& change)
    {
        const std::size_t n = change.oldEnd - change.oldBegin;
        const std::size_t m = change.newEnd - change.newBegin;
        std::size_t left = change.oldBegin;
        std::size_t right = change.newBegin;
        if (n > 0 && m > 0 && n <= kMostPairs / m) {
            for (const auto& [i, j] : bestPairs(change, n, m)) {
                apart(left, i, right, j);
                pair(i, j);
                left = i + 1;
                right = j + 1;
            }
        }
        apart(left, change.oldEnd, right, change.newEnd);
    }

    [[nodiscard]] std::vector<std::pair<std::size_t, std::size_t>> bestPairs(
        const SequenceChange& change, std::size_t n, std::size_t m) const
    {
        std::vector<Pairs> left;
        std::vector<Pairs> right;
        for (std::size_t i = 0; i < n; ++i) {
            left.emplace_back(m_result.leftLines[change.oldBegin + i]);
        }
        for (std::size_t j = 0; j < m; ++j) {
            right.emplace_back(m_result.rightLines[change.newBegin + j]);
        }
        std::vector<int> alike(n * m);
        std::vector<int> best((n + 1) * (m + 1), 0); // of what is from (i, j) on
        for (std::size_t i = n; i-- > 0;) {
            for (std::size_t j = m; j-- > 0;) {
                const int score = likeness(left[i], right[j]);
                alike[i * m + j] = score >= kAlike ? score : 0;
                best[i * (m + 1) + j] = std::max({best[(i + 1) * (m + 1) + j],
                    best[i * (m + 1) + j + 1], best[(i + 1) * (m + 1) + j + 1] + alike[i * m + j]});
            }
        }
        std::vector<std::pair<std::size_t, std::size_t>> pairs;
        for (std::size_t i = 0, j = 0; i < n && j < m;) {
            const int here = best[i * (m + 1) + j];
            const int score = alike[i * m + j];
            if (score > 0 && here == best[(i + 1) * (m + 1) + j + 1] + score) {
                pairs.emplace_back(change.oldBegin + i++, change.newBegin + j++);
            } else if (here == best[(i + 1) * (m + 1) + j]) {
                ++i;
            } else {
                ++j;
            }
        }
        return pairs;
    }

    void pair(std::size_t left, std::size_t right)
    {
        m_result.rows.push_back({static_cast<int>(left), static_cast<int>(right), true,
            textChanges(m_result.leftLines[left], m_result.rightLines[right])});
    }

    /// Lines that have nothing to do with each other share rows to save room.
    void apart(std::size_t left, std::size_t leftEnd, std::size_t right, std::size_t rightEnd)
    {
        while (left < leftEnd || right < rightEnd) {
            SideBySide::Row row{SideBySide::kNone, SideBySide::kNone, true, {}};
            if (left < leftEnd) {
                row.left = static_cast<int>(left++);
            }
            if (right < rightEnd) {
                row.right = static_cast<int>(right++);
            }
            m_result.rows.push_back(std::move(row));
        }
    }

    SideBySide m_result;
};

} // namespace

SideBySide sideBySide(std::u16string_view left, std::u16string_view right)
{
    return Builder(left, right).run();
}

} // namespace tutti::ui
