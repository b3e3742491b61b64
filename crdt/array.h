// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/error.h"
#include "crdt/shared_type.h"

#include <initializer_list>
#include <optional>
#include <vector>

namespace tutti::crdt {

class Snapshot;

/// A shared list of values, shared types and subdocuments. Positions and lengths count elements.
class Array : public SharedType
{
public:
    /// Whether as() gives such a handle for a type of that kind.
    [[nodiscard]] static constexpr bool accepts(TypeKind kind) noexcept
    {
        return kind == TypeKind::Array;
    }

    /// Cost: O(1).
    [[nodiscard]] Offset length() const noexcept;
    /// The element at `at`, or nothing beyond the end. Cost: O(log n).
    [[nodiscard]] std::optional<Value> get(Offset at) const;
    /// Nothing when there is no element, or one of another kind.
    template <typename T>
    [[nodiscard]] std::optional<T> get(Offset at) const;
    /// The elements in [begin, end), clamped. Cost: O(log n + elements).
    [[nodiscard]] std::vector<Value> slice(Offset begin, Offset end) const;
    /// All elements. Cost: O(n).
    [[nodiscard]] std::vector<Value> values() const;
    /// The elements at a snapshot of a Doc without gc, as Yjs tells them: elements that are one
    /// struct by now show together or not at all. Cost: O(n).
    [[nodiscard]] std::vector<Value> values(const Snapshot& snapshot) const;

    /// Inserts before the element at `at`. Errors: OutOfRange when `at` is beyond the end,
    /// Unsupported for undefined and BigInt, which Yjs refuses in lists; then nothing is done.
    /// Cost: O(log n + elements).
    Result<void> insert(Offset at, std::vector<Prelim> values);
    Result<void> insert(Offset at, Prelim value);
    /// Inserts behind everything that ever was there, as Yjs's push.
    Result<void> push(std::vector<Prelim> values);
    Result<void> push(Prelim value);
    /// Inserts at the start.
    Result<void> unshift(std::vector<Prelim> values);
    /// Removes `count` elements. Errors: OutOfRange when there are fewer; those are removed.
    /// Cost: O(log n) per run touched.
    Result<void> erase(Offset at, Offset count = Offset(1));
    /// Removes the element at `at`, or the last one, and returns it as a plain value. Nothing when
    /// there is none.
    std::optional<Any> pop(std::optional<Offset> at = {});
    /// Removes all elements.
    void clear();

protected:
    using SharedType::SharedType;
    friend class SharedType;
    friend class Doc;
    friend struct detail::Handles;
};

} // namespace tutti::crdt
