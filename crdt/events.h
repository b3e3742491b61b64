// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/any.h"
#include "crdt/id_set.h"
#include "crdt/ids.h"
#include "crdt/origin.h"
#include "crdt/shared_type.h"
#include "crdt/value.h"

#include <any>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace tutti::crdt {

namespace detail {
struct TransactionRecord;
}

/// One step of a delta, read from left to right over the old content. In a text an insertion is
/// either text or one embed, in a list it is values.
struct DeltaOp
{
    /// Keep what is there, insert something new, delete what is there.
    enum class Kind { Retain, Insert, Delete };

    Kind kind = Kind::Retain; ///< what is done
    /// What this step covers: kept, removed or inserted; in the Doc's offset unit in a text,
    /// where an embed counts 1, else in elements.
    Offset length;
    /// What an insertion of text inserts.
    std::u16string text;
    /// What an insertion of anything else inserts.
    std::vector<Value> values;
    /// Of an insertion: the attributes it has. Of a Retain: those that changed, null where one
    /// was taken away.
    Attributes attributes;

    bool operator==(const DeltaOp&) const = default;
};

/// What became of one key of a map, or one attribute of an element.
struct KeyChange
{
    /// It got a value, got another one, or lost it.
    enum class Action { Add, Update, Delete };

    std::string key; ///< of the map, or the attribute's name
    Action action = Action::Add; ///< what became of it
    std::optional<Value> oldValue; ///< of an Update or Delete
    std::optional<Value> newValue; ///< of an Add or Update

    bool operator==(const KeyChange&) const = default;
};

/// A step from a type to one in it: a key, or a position in the Doc's offset unit or in elements.
using PathStep = std::variant<std::string, Offset>;

/// What one transaction did to one shared type. Valid during the callback only.
struct TypeEvent
{
    SharedType target; ///< the type that changed
    /// Changes of the list or the text, in the coordinates Yjs uses; the trailing retain is left
    /// out. Empty when only keys changed, or when what came went again.
    std::span<const DeltaOp> delta;
    /// Changes of the map or of attributes, in the order in which the keys were first changed.
    std::span<const KeyChange> keys;
    /// From the observed type to the target; empty when they are the same.
    std::span<const PathStep> path;
    const Origin& origin; ///< of the transaction
    /// Whether the transaction came from this Doc's own writer, not from an update.
    bool local = true;
};

/// How much of each client is known: client → next clock.
using StateVector = std::map<ClientId, Clock, std::greater<>>;

/// A transaction as those see it who watch the whole document. Valid during the callback only.
class TransactionInfo
{
public:
    const Origin& origin; ///< who asked for it
    /// False when the transaction applied an update that came from elsewhere.
    const bool local;

    /// The units it deleted, and those it inserted. Complete from Phase::BeforeObserverCalls on.
    [[nodiscard]] IdSet deletions() const;
    [[nodiscard]] IdSet insertions() const;
    /// What was known when it began, and when it ended. Cost: O(clients).
    [[nodiscard]] StateVector beforeState() const;
    [[nodiscard]] StateVector afterState() const;
    /// The types it changed that were there before, in the order of their first changes.
    [[nodiscard]] std::vector<SharedType> changedTypes() const;
    /// The keys of a map, or the attributes, that it changed, in the order of their first changes.
    [[nodiscard]] std::vector<std::string> changedKeys(const SharedType& type) const;
    /// The changed types, and everything they are in.
    [[nodiscard]] std::vector<SharedType> changedParentTypes() const;
    /// Room for what observers want to tell each other.
    [[nodiscard]] std::map<std::string, std::any>& meta() const;

protected:
    friend struct detail::Handles;
    TransactionInfo(detail::Store& store, detail::TransactionRecord& record) noexcept;

    detail::Store* m_store;
    detail::TransactionRecord* m_record;
};

/// What one transaction did to a document, ready to be sent. Valid during the callback only.
class TransactionEvent : public TransactionInfo
{
public:
    /// What the others need to follow: an update in the v1 format.
    const BytesView update;
    /// The same in the v2 format. Cost: O(what changed) at each call.
    [[nodiscard]] Bytes updateV2() const;

private:
    friend struct detail::Handles;
    TransactionEvent(
        detail::Store& store, detail::TransactionRecord& record, BytesView bytes) noexcept
        : TransactionInfo(store, record)
        , update(bytes)
    { }
};

/// What became of the subdocuments of a document. Valid during the callback only.
struct SubdocumentsEvent
{
    std::span<const Subdocument> added; ///< stand in the document now
    std::span<const Subdocument> removed; ///< stood in it
    /// Those whose content is wanted now.
    std::span<const Subdocument> loaded;
};

} // namespace tutti::crdt
