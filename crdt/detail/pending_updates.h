// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/detail/client_hash.h"
#include "crdt/detail/wire.h"
#include "crdt/encoding.h"

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

namespace tutti::crdt::detail {

/// Structs of which something is missing that they build on, until it is there (Yjs:
/// StructStore.pendingStructs).
///
/// Yjs merges each update into what waits already, so that n of them take n² steps. Here they are
/// a list, and merged when somebody asks; the bytes are those that Yjs has.
///
/// Memory: at most twice what the merged ones take, and kSlack.
/// Cost: add() O(its size), amortised, where no update overlaps another; merged() O(size).
/// Threads: as the document's; merged() changes what is cached, const or not.
class PendingUpdates
{
public:
    using Clocks = std::unordered_map<std::uint64_t, std::uint64_t, ClientHash>; ///< by client

    /// Structs as an update without deletions.
    struct Part
    {
        Bytes update; ///< ValueCodec::Any
        std::vector<WireRange> ranges; ///< of its structs, gaps not counted
    };

    [[nodiscard]] bool empty() const noexcept { return m_parts.empty(); }
    /// The least clock of each client that something waits for.
    [[nodiscard]] const Clocks& missing() const noexcept { return m_missing; }
    /// Requires: `missing` is what `part` waits for.
    void add(Part part, const Clocks& missing);
    /// All as one update, ValueCodec::Any. Requires: !empty(). Valid until the next call of
    /// another function.
    [[nodiscard]] BytesView merged() const;
    /// The same, and nothing waits any more. Requires: !empty().
    [[nodiscard]] Bytes take();

private:
    static constexpr std::size_t kSlack = 65'536; ///< bytes

    void merge() const;

    Clocks m_missing;
    mutable std::vector<Part> m_parts; ///< as they came; what was merged is the first
    mutable std::size_t m_unmerged = 0; ///< bytes that all but the first take
};

} // namespace tutti::crdt::detail
