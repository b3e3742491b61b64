// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/detail/item.h"

#include <array>
#include <cstdint>
#include <map>
#include <utility>

namespace tutti::crdt::detail {

/// Where the search for the place of a value in a map chain may begin, so that n clients that set
/// one key do not cost n²/2 steps. (For sequences, whose items can compare their places:
/// SiblingRow.)
///
/// Siblings have the same chain, origin and right origin. They stand in the order of their clients,
/// so the search for the place of one passes every sibling of a smaller client and takes it as
/// the left neighbour: it can as well begin there. This holds as long as nothing whose origin lies
/// to the left of theirs, or to the right of itself, comes to stand before them, which only a
/// broken peer makes: then `clear`.
/// Items must not be unlinked or joined meanwhile.
/// Cost: O(log n) for each operation.
class PlacedSiblings
{
public:
    struct Place
    {
        std::uint32_t chain = kNone;
        LocalId origin;
        LocalId rightOrigin;
    };

    /// The sibling of the greatest client below `client`, or kNone.
    [[nodiscard]] ItemRef before(const Place& place, std::uint64_t client) const
    {
        const Key wanted = key(place);
        auto next = m_siblings.lower_bound({wanted, client});
        if (next == m_siblings.begin()) {
            return kNone;
        }
        --next;
        return next->first.first == wanted ? next->second : kNone;
    }
    void add(const Place& place, std::uint64_t client, ItemRef item)
    {
        m_siblings.try_emplace({key(place), client}, item);
    }
    void clear() { m_siblings.clear(); }
    [[nodiscard]] bool empty() const noexcept { return m_siblings.empty(); }

private:
    using Key = std::array<std::uint32_t, 5>;
    [[nodiscard]] static Key key(const Place& place) noexcept
    {
        return {place.chain, place.origin.peer, place.origin.clock, place.rightOrigin.peer,
            place.rightOrigin.clock};
    }

    std::map<std::pair<Key, std::uint64_t>, ItemRef> m_siblings;
};

} // namespace tutti::crdt::detail
