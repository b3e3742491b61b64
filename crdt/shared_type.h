// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/any.h"
#include "crdt/ids.h"
#include "crdt/subscription.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace tutti::crdt {

namespace detail {
class Store;
struct Handles;
} // namespace detail

class Prelim;
class Value;
struct TypeEvent;

/// The kinds of shared types.
enum class TypeKind {
    Array,
    Map,
    Text,
    XmlElement,
    XmlFragment,
    XmlHook, ///< only older Yjs programs make them
    XmlText,
    Untyped, ///< a root that an update named and nobody has asked for yet
};

/// What is common to everything shared: a handle onto a part of a Doc, cheap to copy, valid as
/// long as the Doc lives. Two handles are equal when they mean the same part.
///
/// A nested type can be deleted, by anybody. Its handles then read as empty, and writing through
/// them does nothing (isLive).
/// Every writing call joins the Doc's open transaction, or is one of its own.
/// Threads: the Doc's.
class SharedType
{
public:
    /// What it was made as, or for a root, what it was last asked for as.
    [[nodiscard]] TypeKind kind() const noexcept;
    /// False once it, or something it is in, was deleted.
    [[nodiscard]] bool isLive() const noexcept;
    /// Whether it is known by a name of its own, and not nested in another type.
    [[nodiscard]] bool isRoot() const noexcept;
    /// The name it has in its Doc; empty for a nested type.
    [[nodiscard]] const std::string& rootName() const noexcept;
    /// The unit that holds it; nothing for a root.
    [[nodiscard]] std::optional<Id> id() const;
    /// What it is in; nothing for a root. Cost: O(1).
    [[nodiscard]] std::optional<SharedType> parent() const;

    /// This handle as one of its own kind: `type.as<Map>()`. Nothing when it is of another kind;
    /// an XmlElement is an XmlFragment too, an XmlText a Text.
    template <typename T>
    [[nodiscard]] std::optional<T> as() const
    {
        static_assert(std::is_base_of_v<SharedType, T>);
        return T::accepts(kind()) ? std::optional<T>(T(*m_store, m_type, m_generation))
                                  : std::nullopt;
    }

    /// The content as a plain value, as Yjs's toJSON: a string for texts and XML, an array, an
    /// object. Bytes stay bytes, subdocuments become null. Cost: O(content).
    [[nodiscard]] Any toJson() const;
    /// A copy that can be inserted elsewhere: content, formatting and attributes, not the
    /// history. Cost: O(content).
    [[nodiscard]] Prelim clone() const;

    /// Calls back at the end of each transaction that changed this type, with what changed. What
    /// the callback changes forms the next transaction. Exceptions: see Doc.
    [[nodiscard]] Subscription observe(std::function<void(const TypeEvent&)> callback);
    /// The same for this type and everything in it, to any depth: one call a transaction, with
    /// an event for each changed type, those nearest to this type first.
    [[nodiscard]] Subscription observeDeep(
        std::function<void(std::span<const TypeEvent>)> callback);

    [[nodiscard]] bool operator==(const SharedType&) const noexcept = default;

protected:
    SharedType(detail::Store& store, std::uint32_t type, std::uint32_t generation) noexcept
        : m_store(&store)
        , m_type(type)
        , m_generation(generation)
    { }

    /// Whether the slot still belongs to the type this is a handle of.
    [[nodiscard]] bool isKnown() const noexcept;

    friend class Doc;
    friend class StickyIndex;
    friend class UndoManager;
    friend struct detail::Handles;

    detail::Store* m_store;
    std::uint32_t m_type;
    std::uint32_t m_generation;
};

/// Named values that stay in JavaScript's key order: attributes of text and of elements.
using Attributes = Any::Object;

} // namespace tutti::crdt
