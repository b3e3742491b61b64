// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/id_set.h"

#include <algorithm>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace tutti::crdt::detail {

// Union, intersection and difference of two lists of id ranges, which IdSet and IdMap share. A Rule
// says what an entry of a list is and what is done with it:
//   Entry                                  a range, and what belongs to it
//   range(entry)                           its IdRange, to read or to change
//   before(client, client)                 the order of clients
//   unite(entry, const other, otherFirst)  gives an entry what belongs to another of the same range
//   append(list, entry)                    adds an entry that does not begin before the last one's
//                                          end, or makes the last one longer

/// Which parts of two lists stay.
struct Keep
{
    bool onlyA;
    bool onlyB;
    bool both;
};
inline constexpr Keep kUnion{true, true, true};
inline constexpr Keep kIntersection{false, false, true};
inline constexpr Keep kDifference{true, false, false};

/// Goes over a list in pieces as short as asked for.
template <typename Rule>
class Pieces
{
public:
    using Entry = typename Rule::Entry;

    explicit Pieces(std::span<const Entry> entries)
        : m_entries(entries)
    {
        load();
    }

    [[nodiscard]] bool done() const noexcept { return m_entries.empty(); }
    /// What is left of the range at hand. Requires: !done().
    [[nodiscard]] const IdRange& rest() const noexcept { return m_rest; }
    /// Whether a part of that range was taken already.
    [[nodiscard]] bool begun() const noexcept { return m_begun; }
    /// The part before `to`, or all that is left. Requires: !done(), `to` is behind its begin.
    Entry take(std::optional<Clock> to = {})
    {
        Entry piece = m_entries.front();
        Rule::range(piece) = m_rest;
        if (to && *to < m_rest.end()) {
            Rule::range(piece).length = (*to - m_rest.clock).value();
            m_rest.length -= Rule::range(piece).length;
            m_rest.clock = *to;
            m_begun = true;
        } else {
            m_entries = m_entries.subspan(1);
            load();
        }
        return piece;
    }

private:
    void load() noexcept
    {
        m_begun = false;
        if (!done()) {
            m_rest = Rule::range(m_entries.front());
        }
    }

    std::span<const Entry> m_entries;
    IdRange m_rest{};
    bool m_begun = false;
};

/// Requires: both lists are sorted, without empty or overlapping ranges. Cost: O(n + m).
template <typename Rule>
std::vector<typename Rule::Entry> combined(std::span<const typename Rule::Entry> entriesA,
    std::span<const typename Rule::Entry> entriesB, Keep keep)
{
    std::vector<typename Rule::Entry> result;
    Pieces<Rule> a(entriesA);
    Pieces<Rule> b(entriesB);
    while ((!a.done() && !b.done()) || (keep.onlyA && !a.done()) || (keep.onlyB && !b.done())) {
        const bool together = !a.done() && !b.done() && a.rest().client == b.rest().client;
        if (together && a.rest().clock == b.rest().clock) {
            // The order of attributes in a union: the range that began first (Yjs: getIds).
            const bool otherFirst = keep.onlyB && b.begun() && !a.begun();
            const Clock to = std::min(a.rest().end(), b.rest().end());
            auto piece = a.take(to);
            const auto other = b.take(to);
            if (keep.both) {
                Rule::unite(piece, other, otherFirst);
                Rule::append(result, std::move(piece));
            }
            continue;
        }
        const bool aFirst = together
            ? a.rest().clock < b.rest().clock
            : b.done() || (!a.done() && Rule::before(a.rest().client, b.rest().client));
        Pieces<Rule>& first = aFirst ? a : b;
        const Pieces<Rule>& second = aFirst ? b : a;
        auto piece = first.take(together ? std::optional(second.rest().clock) : std::nullopt);
        if (aFirst ? keep.onlyA : keep.onlyB) {
            Rule::append(result, std::move(piece));
        }
    }
    return result;
}

} // namespace tutti::crdt::detail
