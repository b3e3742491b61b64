// SPDX-License-Identifier: MIT
#include "ui/diff/text_changes.h"

#include "ui/diff/sequence_changes.h"

#include <algorithm>
#include <cstdint>
#include <unordered_map>
#include <utility>

namespace tutti::ui {

namespace {

/// More changed lines than this are not worth the search.
constexpr std::ptrdiff_t kMostLines = 2'000;
/// The product of lengths up to which a common piece inside a line is looked for.
constexpr std::size_t kMostPieceWork = 4'000'000;
/// A shorter common piece is taken for chance.
constexpr std::size_t kLeastPiece = 4;

struct Span
{
    std::size_t begin = 0;
    std::size_t end = 0;

    [[nodiscard]] std::size_t size() const { return end - begin; }
};

bool endsLine(char16_t unit) { return unit == u'\n' || unit == u'\u2029'; }

/// Where the lines of a stretch begin, and its end.
std::vector<std::size_t> lineStarts(std::u16string_view text, Span span)
{
    std::vector<std::size_t> starts{span.begin};
    for (std::size_t i = span.begin; i < span.end; ++i) {
        if (endsLine(text[i]) && i + 1 < span.end) {
            starts.push_back(i + 1);
        }
    }
    if (starts.back() != span.end) {
        starts.push_back(span.end);
    }
    return starts;
}

class Differ
{
public:
    Differ(std::u16string_view before, std::u16string_view after)
        : m_old(before)
        , m_new(after)
    { }

    std::vector<TextChange> run()
    {
        lines({0, m_old.size()}, {0, m_new.size()});
        return std::move(m_changes);
    }

private:
    /// Leaves out what both have at their ends, never half a pair. False when nothing is left.
    bool trim(Span& a, Span& b) const
    {
        while (a.size() > 0 && b.size() > 0 && m_old[a.begin] == m_new[b.begin]) {
            ++a.begin;
            ++b.begin;
        }
        if (partsPair(m_old, a.begin) || partsPair(m_new, b.begin)) {
            --a.begin;
            --b.begin;
        }
        while (a.size() > 0 && b.size() > 0 && m_old[a.end - 1] == m_new[b.end - 1]) {
            --a.end;
            --b.end;
        }
        if (partsPair(m_old, a.end) || partsPair(m_new, b.end)) {
            ++a.end;
            ++b.end;
        }
        return a.size() > 0 || b.size() > 0;
    }

    /// Takes back of what is common as much as makes whole lines of both.
    void widenToLines(Span& a, Span& b) const
    {
        while (a.begin > 0 && b.begin > 0 && !endsLine(m_old[a.begin - 1])) {
            --a.begin;
            --b.begin;
        }
        while (a.end < m_old.size() && b.end < m_new.size()
            && !(a.size() > 0 && b.size() > 0 && endsLine(m_old[a.end - 1])
                && endsLine(m_new[b.end - 1]))) {
            ++a.end;
            ++b.end;
        }
    }

    void change(Span a, Span b) { m_changes.push_back({a.begin, a.size(), b.begin, b.size()}); }

    void lines(Span a, Span b)
    {
        if (!trim(a, b)) {
            return;
        }
        if (a.size() == 0 || b.size() == 0) {
            change(a, b);
            return;
        }
        const Span oldCore = a;
        const Span newCore = b;
        widenToLines(a, b);
        const std::vector<std::size_t> oldStarts = lineStarts(m_old, a);
        const std::vector<std::size_t> newStarts = lineStarts(m_new, b);
        std::unordered_map<std::u16string_view, std::uint32_t> names;
        const auto hunks = sequenceChanges(
            named(m_old, oldStarts, names), named(m_new, newStarts, names), kMostLines);
        if (!hunks) {
            change(oldCore, newCore);
            return;
        }
        for (const SequenceChange& hunk : *hunks) {
            const std::size_t count = hunk.oldEnd - hunk.oldBegin;
            if (count != hunk.newEnd - hunk.newBegin) {
                pieces({oldStarts[hunk.oldBegin], oldStarts[hunk.oldEnd]},
                    {newStarts[hunk.newBegin], newStarts[hunk.newEnd]});
                continue;
            }
            // As many as before: each line was changed, indented for example.
            for (std::size_t i = 0; i < count; ++i) {
                pieces({oldStarts[hunk.oldBegin + i], oldStarts[hunk.oldBegin + i + 1]},
                    {newStarts[hunk.newBegin + i], newStarts[hunk.newBegin + i + 1]});
            }
        }
    }

    static std::vector<std::uint32_t> named(std::u16string_view text,
        const std::vector<std::size_t>& starts,
        std::unordered_map<std::u16string_view, std::uint32_t>& names)
    {
        std::vector<std::uint32_t> lines;
        lines.reserve(starts.size());
        for (std::size_t i = 0; i + 1 < starts.size(); ++i) {
            lines.push_back(names
                    .try_emplace(text.substr(starts[i], starts[i + 1] - starts[i]),
                        static_cast<std::uint32_t>(names.size()))
                    .first->second);
        }
        return lines;
    }

    /// Inside a line: keeps long common pieces, as when something was moved by dragging.
    void pieces(Span a, Span b)
    {
        if (!trim(a, b)) {
            return;
        }
        Span oldPiece;
        Span newPiece;
        if (!longestPiece(a, b, oldPiece, newPiece)) {
            change(a, b);
            return;
        }
        pieces({a.begin, oldPiece.begin}, {b.begin, newPiece.begin});
        pieces({oldPiece.end, a.end}, {newPiece.end, b.end});
    }

    bool longestPiece(Span a, Span b, Span& oldPiece, Span& newPiece) const
    {
        const std::size_t least = std::min(a.size(), b.size());
        if (least < kLeastPiece || a.size() > kMostPieceWork / b.size()) {
            return false;
        }
        std::vector<std::size_t> lengths(b.size() + 1, 0);
        std::size_t best = 0;
        for (std::size_t i = a.begin; i < a.end; ++i) {
            for (std::size_t column = b.size(); column-- > 0;) {
                const std::size_t j = b.begin + column;
                lengths[column + 1] = m_old[i] == m_new[j] ? lengths[column] + 1 : 0;
                if (lengths[column + 1] > best) {
                    best = lengths[column + 1];
                    oldPiece = {i + 1 - best, i + 1};
                    newPiece = {j + 1 - best, j + 1};
                }
            }
        }
        if (best > 0 && (partsPair(m_old, oldPiece.begin) || partsPair(m_new, newPiece.begin))) {
            ++oldPiece.begin;
            ++newPiece.begin;
        }
        if (oldPiece.size() > 0
            && (partsPair(m_old, oldPiece.end) || partsPair(m_new, newPiece.end))) {
            --oldPiece.end;
            --newPiece.end;
        }
        return oldPiece.size() >= std::max(kLeastPiece, least / 4);
    }

    std::u16string_view m_old;
    std::u16string_view m_new;
    std::vector<TextChange> m_changes;
};

} // namespace

bool partsPair(std::u16string_view text, std::size_t index) noexcept
{
    return index > 0 && index < text.size() && (text[index - 1] & 0xfc00) == 0xd800
        && (text[index] & 0xfc00) == 0xdc00;
}

std::vector<TextChange> textChanges(std::u16string_view before, std::u16string_view after)
{
    return Differ(before, after).run();
}

} // namespace tutti::ui
