// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/error.h"
#include "crdt/shared_type.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tutti::crdt {

class Snapshot;

/// A shared map of strings to values, shared types and subdocuments. Of two who set one key at
/// the same time one wins, the same one everywhere.
class Map : public SharedType
{
public:
    /// Whether as() gives such a handle for a type of that kind.
    [[nodiscard]] static constexpr bool accepts(TypeKind kind) noexcept
    {
        return kind == TypeKind::Map || kind == TypeKind::XmlHook; // Yjs's hooks are maps
    }

    /// How many keys have a value. Cost: O(keys ever set).
    [[nodiscard]] std::size_t size() const noexcept;
    /// Whether the key has a value. Cost: O(1) on average.
    [[nodiscard]] bool contains(std::string_view key) const noexcept;
    /// Nothing when the key has no value. Cost: O(1) on average.
    [[nodiscard]] std::optional<Value> get(std::string_view key) const;
    /// Nothing when the key has no value, or one of another kind.
    template <typename T>
    [[nodiscard]] std::optional<T> get(std::string_view key) const;
    /// The value at a snapshot of a Doc without gc, as Yjs tells it: values that are one struct by
    /// now count as the last of them. Cost: O(values the key ever had).
    [[nodiscard]] std::optional<Value> get(std::string_view key, const Snapshot& snapshot) const;
    /// In the order the keys first came to this copy of the document.
    [[nodiscard]] std::vector<std::string> keys() const;
    [[nodiscard]] std::vector<std::pair<std::string, Value>> entries() const;
    [[nodiscard]] std::vector<std::pair<std::string, Value>> entries(
        const Snapshot& snapshot) const;

    /// Sets a key and returns what stands there now: for a shared type, its handle.
    /// Errors: Unsupported when a list in it holds what Yjs refuses in lists; then nothing is done.
    /// Cost: O(1) on average, O(content) for a filled shared type.
    Result<Value> set(std::string_view key, Prelim value);
    /// Sets a key to a shared type of that kind: `map.set<Text>("title", TextPrelim(u"…"))`.
    /// Requires: the map is live and the value makes such a type.
    template <typename T>
    T set(std::string_view key, Prelim value);
    /// Sets several keys, in one transaction. Errors: as set, and then nothing is done.
    Result<void> update(std::vector<std::pair<std::string, Prelim>> entries);
    /// False when there was no value.
    bool erase(std::string_view key);
    /// Removes a key and returns what it had as a plain value. Nothing when it had none.
    std::optional<Any> pop(std::string_view key);
    /// Removes all keys.
    void clear();

protected:
    using SharedType::SharedType;
    friend class SharedType;
    friend class Doc;
    friend struct detail::Handles;
};

} // namespace tutti::crdt
