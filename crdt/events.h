// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/any.h"
#include "crdt/ids.h"
#include "crdt/origin.h"

#include <optional>
#include <span>
#include <string>

namespace tutti::crdt {

/// One step of a delta, read from left to right over the old content.
struct DeltaOp
{
    enum class Kind { Retain, Insert, Delete };

    Kind kind = Kind::Retain;
    /// Units this step covers: kept, removed, or (for an insert) the length of `text`, 1 for an
    /// embed.
    Utf16Offset length;
    /// What an insert of text inserts; empty for an embed.
    std::u16string text;
    /// What an insert of something else inserts: an embedded value, or null for a nested type.
    std::optional<Any> embed;

    bool operator==(const DeltaOp&) const = default;
};

/// What one transaction did to one text. Valid during the callback only.
struct TextEvent
{
    /// Steps in the coordinates Yjs uses; the trailing retain is left out. Never empty.
    std::span<const DeltaOp> delta;
    const Origin& origin;
    /// Whether the transaction came from this Doc's own writer, not from an update.
    bool local = true;
};

/// What one transaction did to a document. Valid during the callback only.
struct TransactionEvent
{
    /// What the others need to follow: an update in the v1 format.
    BytesView update;
    const Origin& origin;
    /// False when the transaction applied an update that came from elsewhere.
    bool local = true;
};

} // namespace tutti::crdt
