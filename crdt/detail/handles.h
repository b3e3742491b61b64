// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/detail/store.h"
#include "crdt/detail/text_units.h"
#include "crdt/doc.h"
#include "crdt/events.h"
#include "crdt/shared_type.h"
#include "crdt/subdocument.h"
#include "crdt/value.h"

#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace tutti::crdt::detail {

/// Between the public handles and what they stand for.
struct Handles
{
    [[nodiscard]] static SharedType type(Store& store, TypeIndex index)
    {
        return {store, index, store.graph.types[index].generation};
    }
    template <typename T>
    [[nodiscard]] static T typeAs(Store& store, TypeIndex index)
    {
        return T(store, index, store.graph.types[index].generation);
    }
    [[nodiscard]] static Store& store(const SharedType& type) noexcept { return *type.m_store; }
    [[nodiscard]] static Store& store(const Doc& doc) noexcept { return *doc.m_store; }
    /// kNone when the type is gone.
    [[nodiscard]] static TypeIndex index(const SharedType& type) noexcept
    {
        return type.isKnown() ? type.m_type : kNone;
    }

    [[nodiscard]] static Subdocument subdocument(std::shared_ptr<SubdocumentState> state)
    {
        return Subdocument(std::move(state));
    }
    [[nodiscard]] static const std::shared_ptr<SubdocumentState>& state(const Subdocument& document)
    {
        return document.m_state;
    }

    /// One unit of an item as what it means: of a deleted item as long as it is not forgotten.
    [[nodiscard]] static Value value(Store& store, const Item& item, std::uint32_t unit);
    /// What stands at a key, or nothing.
    [[nodiscard]] static std::optional<Value> valueAt(
        Store& store, TypeIndex type, std::string_view key);
    /// All keys that have a value, with it, in the order they came.
    [[nodiscard]] static std::vector<std::pair<std::string, Value>> entries(
        Store& store, TypeIndex type);
    /// Of a text or an element; nothing is done when it is gone. Errors: as Map::set.
    static Result<void> setAttribute(
        const SharedType& type, std::string_view name, const Prelim& value);
    static void removeAttribute(const SharedType& type, std::string_view name);
    /// The elements [begin, end) of a list, clamped.
    [[nodiscard]] static std::vector<Value> elements(
        Store& store, TypeIndex type, std::uint32_t begin, std::uint32_t end);
    /// The next or previous live element after an item, or nothing.
    [[nodiscard]] static std::optional<Value> sibling(const SharedType& type, bool next);

    [[nodiscard]] static TransactionInfo info(Store& store, TransactionRecord& record)
    {
        return {store, record};
    }
    [[nodiscard]] static TransactionEvent event(
        Store& store, TransactionRecord& record, BytesView update)
    {
        return {store, record, update};
    }
};

/// Joins the open transaction or makes one of its own, for one writing call.
class Edit
{
public:
    explicit Edit(Store& store)
        : m_store(store)
    {
        store.begin({});
    }
    Edit(const Edit&) = delete;
    Edit& operator=(const Edit&) = delete;
    ~Edit() noexcept(false)
    {
        m_store.end();
        m_store.throwObserverError();
    }

private:
    Store& m_store;
};

} // namespace tutti::crdt::detail
