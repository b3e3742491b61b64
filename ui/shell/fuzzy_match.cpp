// SPDX-License-Identifier: MIT
#include "ui/shell/fuzzy_match.h"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>
#include <vector>

namespace tutti::ui {

namespace {

constexpr int kMaxUnits = 256; ///< of a text
constexpr int kNone = std::numeric_limits<int>::min() / 2;

// What a letter's place is worth.
constexpr int kBeginning = 10;
constexpr int kWordStart = 8;
constexpr int kHump = 6; ///< a capital inside camelCase
constexpr int kNextToLast = 10;
constexpr int kSameCase = 1;
constexpr int kGap = 3; ///< taken away where letters are left out, and one more for each of them
constexpr int kMaxLate = 4; ///< taken away at most for what stands before the first letter

QString caseFolded(const QString& text)
{
    QString result = text;
    for (QChar& unit : result) {
        unit = unit.toLower(); // of one unit, so that positions stay what they are
    }
    return result;
}

quint64 lettersOf(const QString& text)
{
    quint64 letters = 0;
    for (const QChar unit : text) {
        letters |= quint64(1) << (unit.unicode() & 63);
    }
    return letters;
}

int worth(QStringView text, int at, QChar typed)
{
    const QChar here = text[at];
    const int sameCase = here == typed ? kSameCase : 0;
    if (at == 0) {
        return kBeginning + sameCase;
    }
    const QChar before = text[at - 1];
    if (!before.isLetterOrNumber()) {
        return (here.isLetterOrNumber() ? kWordStart : 0) + sameCase;
    }
    return (here.isUpper() && before.isLower() ? kHump : 0) + sameCase;
}

/// The best way to find the query: `found` gets where each letter's predecessor was, a row of the
/// text's length for each letter, if it is wanted. The result is the best end and its score.
std::optional<std::pair<int, int>> bestPath(QStringView typed, QStringView letters,
    QStringView text, QStringView lower, std::vector<int>* found)
{
    const auto queryUnits = static_cast<int>(letters.size());
    const auto units = static_cast<int>(text.size());
    if (queryUnits == 0 || queryUnits > units) {
        return std::nullopt;
    }
    // Where each letter can be at the earliest and at the latest.
    // (Static: as much of them as is used is written first, so there is nothing to clear.)
    thread_local std::array<int, kMaxUnits> earliest;
    thread_local std::array<int, kMaxUnits> latest;
    int at = 0;
    for (int i = 0; i < queryUnits; ++i, ++at) {
        while (at < units && lower[at] != letters[i]) {
            ++at;
        }
        if (at == units) {
            return std::nullopt;
        }
        earliest[static_cast<std::size_t>(i)] = at;
    }
    at = units - 1;
    for (int i = queryUnits - 1; i >= 0; --i, --at) {
        while (lower[at] != letters[i]) {
            --at;
        }
        latest[static_cast<std::size_t>(i)] = at;
    }
    // before[j]: the best score of the letters so far with the last of them at j
    thread_local std::array<int, kMaxUnits> before;
    thread_local std::array<int, kMaxUnits> now;
    if (found != nullptr) {
        found->assign(static_cast<std::size_t>(queryUnits * units), -1);
    }
    int previousFrom = 0;
    int previousTo = -1;
    for (int i = 0; i < queryUnits; ++i) {
        const int from = earliest[static_cast<std::size_t>(i)];
        const int to = latest[static_cast<std::size_t>(i)];
        int apart = kNone; // the best that ends two or more before j, gap taken away
        int apartAt = -1;
        int read = previousFrom; // what of `before` is in `apart`
        for (int j = from; j <= to; ++j) {
            for (apart -= 1; i > 0 && read <= j - 2 && read <= previousTo; ++read) {
                const int candidate =
                    before[static_cast<std::size_t>(read)] - kGap - (j - 2 - read);
                if (candidate > apart) {
                    apart = candidate;
                    apartAt = read;
                }
            }
            int& score = now[static_cast<std::size_t>(j)];
            score = kNone;
            if (lower[j] != letters[i]) {
                continue;
            }
            const int here = worth(text, j, typed[i]);
            int last = -1;
            if (i == 0) {
                score = here - std::min(j, kMaxLate);
            } else {
                const int next = j - 1 >= previousFrom && j - 1 <= previousTo
                    ? before[static_cast<std::size_t>(j - 1)] + kNextToLast
                    : kNone;
                score = here + std::max(next, apart);
                last = next >= apart ? j - 1 : apartAt;
            }
            if (found != nullptr) {
                (*found)[static_cast<std::size_t>(i * units + j)] = last;
            }
        }
        std::copy(now.begin() + from, now.begin() + to + 1, before.begin() + from);
        previousFrom = from;
        previousTo = to;
    }
    const auto best =
        std::max_element(before.begin() + previousFrom, before.begin() + previousTo + 1);
    return std::pair(static_cast<int>(best - before.begin()), *best);
}

std::optional<std::pair<int, int>> searchIn(
    const FuzzyQuery& query, const FuzzyText& text, std::vector<int>* found, qsizetype& skipped)
{
    const FuzzyText& letters = query.letters();
    if ((letters.letters() & ~text.letters()) != 0) {
        return std::nullopt;
    }
    skipped = std::max<qsizetype>(0, text.text().size() - kMaxUnits);
    return bestPath(letters.text(), letters.folded(), QStringView(text.text()).sliced(skipped),
        QStringView(text.folded()).sliced(skipped), found);
}

} // namespace

FuzzyText::FuzzyText(const QString& text)
    : m_text(text)
    , m_folded(caseFolded(text))
    , m_letters(lettersOf(m_folded))
{ }

FuzzyQuery::FuzzyQuery(const QString& typed)
{
    QString letters = typed;
    letters.removeIf([](QChar unit) { return unit.isSpace(); });
    m_letters = FuzzyText(letters);
}

std::optional<int> fuzzyScore(const FuzzyQuery& query, const FuzzyText& text)
{
    if (query.isEmpty()) {
        return 0;
    }
    qsizetype skipped = 0;
    const auto best = searchIn(query, text, nullptr, skipped);
    return best ? std::optional(best->second) : std::nullopt;
}

QList<int> fuzzyPositions(const FuzzyQuery& query, const FuzzyText& text)
{
    QList<int> positions;
    std::vector<int> found;
    qsizetype skipped = 0;
    const auto best = searchIn(query, text, &found, skipped);
    if (!best) {
        return positions;
    }
    const auto units = static_cast<int>(text.text().size() - skipped);
    int at = best->first;
    for (auto i = static_cast<int>(query.size()) - 1; i >= 0 && at >= 0; --i) {
        positions.prepend(at + static_cast<int>(skipped));
        at = found[static_cast<std::size_t>(i * units + at)];
    }
    return positions;
}

} // namespace tutti::ui
