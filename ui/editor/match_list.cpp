// SPDX-License-Identifier: MIT
#include "ui/editor/match_list.h"

#include <algorithm>
#include <iterator>

namespace tutti::ui {

void MatchList::clear()
{
    m_runs.clear();
    m_size = 0;
}

MatchList::Run MatchList::makeRun(std::span<const TextMatch> matches)
{
    Run run;
    run.base = matches.front().start;
    run.matches.reserve(matches.size());
    for (const TextMatch& match : matches) {
        run.matches.push_back({match.start - run.base, match.length});
        run.longest = std::max(run.longest, match.length);
    }
    return run;
}

void MatchList::addRuns(std::vector<Run>& runs, std::span<const TextMatch> matches) const
{
    while (!matches.empty()) {
        const std::size_t count = std::min(matches.size(), kRun);
        runs.push_back(makeRun(matches.first(count)));
        matches = matches.subspan(count);
    }
}

std::vector<TextMatch> MatchList::absolute(const Run& run)
{
    std::vector<TextMatch> matches = run.matches;
    for (TextMatch& match : matches) {
        match.start += run.base;
    }
    return matches;
}

TextMatch MatchList::at(std::size_t index) const
{
    for (const Run& run : m_runs) {
        if (index < run.matches.size()) {
            return {run.base + run.matches[index].start, run.matches[index].length};
        }
        index -= run.matches.size();
    }
    return {};
}

/// The last run that begins at or before the position; 0 where all begin later.
std::size_t MatchList::runOf(int position) const
{
    const auto after = std::upper_bound(m_runs.begin(), m_runs.end(), position,
        [](int value, const Run& run) { return value < run.base; });
    return after == m_runs.begin() ? 0 : static_cast<std::size_t>(after - m_runs.begin()) - 1;
}

std::size_t MatchList::firstFrom(int position) const
{
    std::size_t before = 0;
    for (const Run& run : m_runs) {
        if (run.base + run.matches.back().start >= position) {
            const auto found =
                std::lower_bound(run.matches.begin(), run.matches.end(), position - run.base,
                    [](const TextMatch& match, int value) { return match.start < value; });
            return before + static_cast<std::size_t>(found - run.matches.begin());
        }
        before += run.matches.size();
    }
    return m_size;
}

std::optional<std::size_t> MatchList::indexOf(const TextMatch& match) const
{
    const std::size_t index = firstFrom(match.start);
    return index < m_size && at(index) == match ? std::optional(index) : std::nullopt;
}

std::vector<TextMatch> MatchList::touching(int from, int to) const
{
    std::vector<TextMatch> found;
    if (m_runs.empty()) {
        return found;
    }
    std::size_t first = runOf(from);
    while (first > 0
        && m_runs[first - 1].base + m_runs[first - 1].matches.back().start
                + m_runs[first - 1].longest
            >= from) {
        --first; // one that begins there may reach into the range
    }
    for (std::size_t i = first; i < m_runs.size() && m_runs[i].base <= to; ++i) {
        const Run& run = m_runs[i];
        auto match =
            std::lower_bound(run.matches.begin(), run.matches.end(), from - run.base - run.longest,
                [](const TextMatch& candidate, int value) { return candidate.start < value; });
        for (; match != run.matches.end() && run.base + match->start <= to; ++match) {
            if (run.base + match->end() >= from) {
                found.push_back({run.base + match->start, match->length});
            }
        }
    }
    return found;
}

std::vector<TextMatch> MatchList::all() const
{
    std::vector<TextMatch> result;
    result.reserve(m_size);
    for (const Run& run : m_runs) {
        for (const TextMatch& match : run.matches) {
            result.push_back({run.base + match.start, match.length});
        }
    }
    return result;
}

void MatchList::replace(int from, int to, std::span<const TextMatch> found)
{
    // the runs that the range touches are made anew, together with what they hold besides
    const auto first = std::find_if(m_runs.begin(), m_runs.end(),
        [from](const Run& run) { return run.base + run.matches.back().start >= from; });
    const auto last =
        std::find_if(first, m_runs.end(), [to](const Run& run) { return run.base >= to; });
    std::vector<TextMatch> merged;
    std::vector<TextMatch> behind;
    // a small run in front is filled up rather than followed by another small one
    const auto begin = first != m_runs.begin() && std::prev(first)->matches.size() < kRun / 2
        ? std::prev(first)
        : first;
    for (auto run = begin; run != last; ++run) {
        m_size -= run->matches.size();
        for (const TextMatch& match : absolute(*run)) {
            if (match.start < from) {
                merged.push_back(match);
            } else if (match.start >= to) {
                behind.push_back(match);
            }
        }
    }
    merged.insert(merged.end(), found.begin(), found.end());
    merged.insert(merged.end(), behind.begin(), behind.end());
    m_size += merged.size();
    std::vector<Run> runs;
    addRuns(runs, merged);
    const auto place = m_runs.erase(begin, last);
    m_runs.insert(
        place, std::make_move_iterator(runs.begin()), std::make_move_iterator(runs.end()));
}

void MatchList::edit(int position, int removed, int added)
{
    if (removed == added || m_runs.empty()) {
        return;
    }
    const int end = position + removed;
    const int shift = added - removed;
    for (std::size_t i = m_runs.size(); i-- > 0;) {
        Run& run = m_runs[i];
        if (run.base >= end) {
            run.base += shift;
            continue;
        }
        if (run.base + run.matches.back().start + run.longest < position) {
            continue;
        }
        std::vector<TextMatch> matches = absolute(run);
        m_size -= matches.size();
        std::erase_if(matches, [&](TextMatch& match) {
            if (match.start >= end) {
                match.start += shift;
                return false;
            }
            return match.end() > position;
        });
        m_size += matches.size();
        if (matches.empty()) {
            m_runs.erase(m_runs.begin() + static_cast<std::ptrdiff_t>(i));
        } else {
            run = makeRun(matches);
        }
    }
}

} // namespace tutti::ui
