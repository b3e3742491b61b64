// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/detail/item.h"
#include "crdt/detail/slab_pool.h"

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace tutti::crdt::detail {

/// The numbers of shared types on the wire.
enum class TypeRef : std::uint8_t {
    Array = 0,
    Map = 1,
    Text = 2,
    XmlElement = 3,
    XmlFragment = 4,
    XmlHook = 5,
    XmlText = 6,
    /// A root that came by an update and was not asked for yet. Never on the wire.
    Untyped = 255,
};

/// The items of one key of one type, oldest to the left. The rightmost one is the value.
struct MapChain
{
    TypeIndex owner = kNone;
    std::string key;
    ItemRef first = kNone; ///< the leftmost item
    ItemRef current = kNone; ///< the rightmost item
    std::uint64_t changedIn = 0; ///< serial of the last transaction that changed it
};

/// Neighbours of an item in a map chain.
struct MapLink
{
    ItemRef left = kNone;
    ItemRef right = kNone;
    std::uint32_t chain = kNone;
};

/// A shared type: its list is a sequence of the same index in the SequenceTree, its map is here.
struct TypeEntry
{
    TypeRef ref = TypeRef::Untyped;
    /// Whether a Format item was ever integrated: only then are attributes worth a walk.
    bool hasFormatting = false;
    ItemRef item = kNone; ///< what holds it; none for a root
    std::string name; ///< the root's name, the element's tag or the hook's name
    std::vector<std::uint32_t> chains; ///< map chains, in the order their keys came
    std::uint64_t changedIn = 0; ///< serial of the last transaction that changed it
    std::uint32_t generation = 0; ///< how many types had this slot before: old handles are told

    [[nodiscard]] bool isRoot() const noexcept { return item == kNone; }
};

/// All shared types of a document and the chains of their maps.
class TypeTable
{
public:
    [[nodiscard]] TypeEntry& operator[](TypeIndex type) noexcept { return m_types[type]; }
    [[nodiscard]] const TypeEntry& operator[](TypeIndex type) const noexcept
    {
        return m_types[type];
    }
    [[nodiscard]] std::uint32_t size() const noexcept
    {
        return static_cast<std::uint32_t>(m_types.size());
    }

    /// The root of that name, or kNone. Cost: O(1).
    [[nodiscard]] TypeIndex findRoot(std::string_view name) const;
    [[nodiscard]] TypeIndex addRoot(std::string name);
    [[nodiscard]] TypeIndex addNested(TypeRef ref, std::string name, ItemRef item);
    /// The roots, in the order they came.
    [[nodiscard]] const std::vector<TypeIndex>& roots() const noexcept { return m_rootOrder; }
    /// Forgets a nested type and its chains. Requires: its items are gone.
    void removeNested(TypeIndex type);

    /// The chain of a key, or kNone. Cost: O(1) on average.
    [[nodiscard]] std::uint32_t findChain(TypeIndex type, std::string_view key) const;
    [[nodiscard]] std::uint32_t findOrAddChain(TypeIndex type, std::string_view key);
    [[nodiscard]] MapChain& chain(std::uint32_t index) noexcept { return m_chains[index]; }
    [[nodiscard]] const MapChain& chain(std::uint32_t index) const noexcept
    {
        return m_chains[index];
    }
    [[nodiscard]] SlabPool<MapLink, 6>& links() noexcept { return m_links; }
    [[nodiscard]] const SlabPool<MapLink, 6>& links() const noexcept { return m_links; }

private:
    struct KeyHash
    {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const noexcept
        {
            return std::hash<std::string_view>{}(text);
        }
    };
    using KeyIndex = std::unordered_map<std::string, std::uint32_t, KeyHash, std::equal_to<>>;

    std::deque<TypeEntry> m_types;
    std::vector<TypeIndex> m_freeTypes;
    std::deque<MapChain> m_chains;
    std::vector<std::uint32_t> m_freeChains;
    SlabPool<MapLink, 6> m_links;
    KeyIndex m_roots;
    std::vector<TypeIndex> m_rootOrder;
    /// Only for types with many keys; the others are searched linearly.
    std::unordered_map<TypeIndex, KeyIndex> m_keyIndexes;
};

} // namespace tutti::crdt::detail
