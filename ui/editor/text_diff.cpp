// SPDX-License-Identifier: MIT
#include "ui/editor/text_diff.h"

#include "ui/editor/document_units.h"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace tutti::ui {

namespace {

/// More changed lines than this on one path are not worth the search.
constexpr int kMaxLineEdits = 400;
/// The product of lengths up to which a common piece inside a line is looked for.
constexpr qsizetype kMaxPieceWork = 4'000'000;
/// A shorter common piece is taken for chance.
constexpr qsizetype kMinPiece = 4;

struct Span
{
    qsizetype begin = 0;
    qsizetype end = 0;

    [[nodiscard]] qsizetype size() const { return end - begin; }
};

struct Lines
{
    std::vector<qsizetype> starts; ///< one more than lines: the end of the last
    [[nodiscard]] int count() const { return static_cast<int>(starts.size()) - 1; }
    [[nodiscard]] Span at(int line) const
    {
        const auto index = static_cast<std::size_t>(line);
        return {starts[index], starts[index + 1]};
    }
    [[nodiscard]] Span between(int first, int last) const
    {
        return {starts[static_cast<std::size_t>(first)], starts[static_cast<std::size_t>(last)]};
    }
};

bool endsLine(QChar c) { return c == QChar::ParagraphSeparator || c == u'\n'; }

Lines linesOf(QStringView text, Span span)
{
    Lines lines;
    lines.starts.push_back(span.begin);
    for (qsizetype i = span.begin; i < span.end; ++i) {
        if (endsLine(text.at(i)) && i + 1 < span.end) {
            lines.starts.push_back(i + 1);
        }
    }
    if (lines.starts.back() != span.end) {
        lines.starts.push_back(span.end);
    }
    return lines;
}

class Differ
{
public:
    Differ(QStringView oldText, QStringView newText)
        : m_old(oldText)
        , m_new(newText)
    { }

    std::vector<Replacement> run()
    {
        lines({0, m_old.size()}, {0, m_new.size()});
        return std::move(m_result);
    }

private:
    /// Leaves out what both have at their ends, never half a pair. False when nothing is left.
    bool trim(Span& a, Span& b) const
    {
        while (a.size() > 0 && b.size() > 0 && m_old.at(a.begin) == m_new.at(b.begin)) {
            ++a.begin;
            ++b.begin;
        }
        if (splitsPair(m_old, a.begin) || splitsPair(m_new, b.begin)) {
            --a.begin;
            --b.begin;
        }
        while (a.size() > 0 && b.size() > 0 && m_old.at(a.end - 1) == m_new.at(b.end - 1)) {
            --a.end;
            --b.end;
        }
        if (splitsPair(m_old, a.end) || splitsPair(m_new, b.end)) {
            ++a.end;
            ++b.end;
        }
        return a.size() > 0 || b.size() > 0;
    }

    /// Takes back of what is common as much as makes whole lines of both.
    void widenToLines(Span& a, Span& b) const
    {
        while (a.begin > 0 && b.begin > 0 && !endsLine(m_old.at(a.begin - 1))) {
            --a.begin;
            --b.begin;
        }
        while (a.end < m_old.size() && b.end < m_new.size()
            && !(a.size() > 0 && b.size() > 0 && endsLine(m_old.at(a.end - 1))
                && endsLine(m_new.at(b.end - 1)))) {
            ++a.end;
            ++b.end;
        }
    }

    void replace(Span a, Span b)
    {
        m_result.push_back({static_cast<int>(a.begin), static_cast<int>(a.size()),
            m_new.mid(b.begin, b.size()).toString()});
    }

    void lines(Span a, Span b)
    {
        if (!trim(a, b)) {
            return;
        }
        if (a.size() == 0 || b.size() == 0) {
            replace(a, b);
            return;
        }
        widenToLines(a, b);
        const Lines oldLines = linesOf(m_old, a);
        const Lines newLines = linesOf(m_new, b);
        if (oldLines.count() == 1 && newLines.count() == 1) {
            pieces(a, b);
            return;
        }
        const auto matches = matchLines(oldLines, newLines);
        int oldLine = 0;
        int newLine = 0;
        const auto hunk = [&](int oldEnd, int newEnd) {
            changedLines(oldLines, oldLine, oldEnd, newLines, newLine, newEnd);
        };
        for (const auto& [oldMatch, newMatch] : matches) {
            hunk(oldMatch, newMatch);
            oldLine = oldMatch + 1;
            newLine = newMatch + 1;
        }
        hunk(oldLines.count(), newLines.count());
    }

    void changedLines(const Lines& oldLines, int oldFrom, int oldTo, const Lines& newLines,
        int newFrom, int newTo)
    {
        if (oldFrom == oldTo && newFrom == newTo) {
            return;
        }
        if (oldTo - oldFrom == newTo - newFrom) {
            // as many as before: each line was changed, indented for example
            for (int i = 0; i < oldTo - oldFrom; ++i) {
                pieces(oldLines.at(oldFrom + i), newLines.at(newFrom + i));
            }
            return;
        }
        pieces(oldLines.between(oldFrom, oldTo), newLines.between(newFrom, newTo));
    }

    /// Pairs of equal lines in order, as many as a bounded Myers search finds.
    std::vector<std::pair<int, int>> matchLines(const Lines& a, const Lines& b) const
    {
        const int n = a.count();
        const int m = b.count();
        const auto equal = [&](int i, int j) {
            const Span x = a.at(i);
            const Span y = b.at(j);
            return m_old.mid(x.begin, x.size()) == m_new.mid(y.begin, y.size());
        };
        const int limit = std::min(n + m, kMaxLineEdits);
        std::vector<std::vector<int>> trace;
        std::vector<int> furthest(static_cast<std::size_t>(2 * limit + 3), 0);
        const auto at = [limit](int k) { return static_cast<std::size_t>(k + limit + 1); };
        int distance = -1;
        for (int d = 0; d <= limit && distance < 0; ++d) {
            trace.push_back(furthest);
            for (int k = -d; k <= d; k += 2) {
                const bool down = k == -d || (k != d && furthest[at(k - 1)] < furthest[at(k + 1)]);
                int x = down ? furthest[at(k + 1)] : furthest[at(k - 1)] + 1;
                int y = x - k;
                while (x < n && y < m && equal(x, y)) {
                    ++x;
                    ++y;
                }
                furthest[at(k)] = x;
                if (x >= n && y >= m) {
                    distance = d;
                    break;
                }
            }
        }
        std::vector<std::pair<int, int>> matches;
        int x = n;
        int y = m;
        for (int d = distance; d >= 0; --d) {
            const std::vector<int>& before = trace[static_cast<std::size_t>(d)];
            const int k = x - y;
            const bool down = k == -d || (k != d && before[at(k - 1)] < before[at(k + 1)]);
            const int previousK = down ? k + 1 : k - 1;
            const int previousX = d == 0 ? 0 : before[at(previousK)];
            const int previousY = d == 0 ? 0 : previousX - previousK;
            while (x > previousX && y > previousY) {
                matches.emplace_back(--x, --y);
            }
            x = previousX;
            y = previousY;
        }
        std::reverse(matches.begin(), matches.end());
        return matches;
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
            replace(a, b);
            return;
        }
        pieces({a.begin, oldPiece.begin}, {b.begin, newPiece.begin});
        pieces({oldPiece.end, a.end}, {newPiece.end, b.end});
    }

    bool longestPiece(Span a, Span b, Span& oldPiece, Span& newPiece) const
    {
        if (std::min(a.size(), b.size()) < kMinPiece || a.size() > kMaxPieceWork / b.size()) {
            return false;
        }
        std::vector<int> lengths(static_cast<std::size_t>(b.size() + 1), 0);
        qsizetype best = 0;
        for (qsizetype i = a.begin; i < a.end; ++i) {
            for (qsizetype j = b.end; j-- > b.begin;) {
                const auto column = static_cast<std::size_t>(j - b.begin);
                lengths[column + 1] = m_old.at(i) == m_new.at(j) ? lengths[column] + 1 : 0;
                if (lengths[column + 1] > best) {
                    best = lengths[column + 1];
                    oldPiece = {i + 1 - best, i + 1};
                    newPiece = {j + 1 - best, j + 1};
                }
            }
        }
        const auto shrinkAt = [&](bool front) {
            (front ? oldPiece.begin : oldPiece.end) += front ? 1 : -1;
            (front ? newPiece.begin : newPiece.end) += front ? 1 : -1;
        };
        if (best > 0 && (splitsPair(m_old, oldPiece.begin) || splitsPair(m_new, newPiece.begin))) {
            shrinkAt(true);
        }
        if (best > 0 && (splitsPair(m_old, oldPiece.end) || splitsPair(m_new, newPiece.end))) {
            shrinkAt(false);
        }
        return oldPiece.size() >= std::max(kMinPiece, std::min(a.size(), b.size()) / 4);
    }

    QStringView m_old;
    QStringView m_new;
    std::vector<Replacement> m_result;
};

} // namespace

std::vector<Replacement> smallEdits(QStringView oldText, QStringView newText)
{
    return Differ(oldText, newText).run();
}

} // namespace tutti::ui
