// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/any.h"
#include "crdt/doc.h"
#include "crdt/error.h"
#include "crdt/ids.h"
#include "crdt/snapshot.h"

#include <functional>

/// A document at other moments of its history. What was deleted can only be shown while it is kept:
/// in a Doc with gc off.
namespace tutti::crdt {

/// This moment. Cost: O(runs).
[[nodiscard]] Snapshot snapshot(const Doc& doc);

/// A new document with what there was at that moment, as one transaction of origin "snapshot".
/// Errors: Unsupported when the document forgets what is deleted (gc), OutOfRange when the moment
/// is none of its history. Cost: O(content).
[[nodiscard]] Result<Doc> docFromSnapshot(
    Doc& doc, const Snapshot& moment, Doc::Options options = {});

/// What Text::toDelta shows.
struct TextView
{
    /// The text as it was then; null: as it is now.
    const Snapshot* at = nullptr;
    /// And what changed since that earlier moment: text that came gets the attribute `ychange`, and
    /// text that went is shown with it too.
    const Snapshot* since = nullptr;
    /// The value of `ychange` for a unit that was removed or added. Default: `{"type":"removed"}`
    /// and `{"type":"added"}`.
    std::function<Any(bool removed, Id unit)> describeChange = {};
};

} // namespace tutti::crdt
