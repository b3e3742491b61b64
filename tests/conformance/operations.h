// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/doc.h"
#include "tests/conformance/values.h"

#include <QString>

#include <expected>
#include <optional>

/// The operations of the vectors, carried out through the public API.
namespace tutti::conformance {

/// A document as the vectors start with it: collecting unless `client` says otherwise, with all
/// roots declared in their order.
[[nodiscard]] crdt::Doc makeDoc(crdt::ClientId id, const Json& client, const Json& roots);

/// The root of that name, as the kind the list of roots gives it.
[[nodiscard]] crdt::SharedType rootOf(crdt::Doc& doc, const Json& roots, const Json& name);

/// What a path of the vectors leads to: a root name, then keys and positions.
[[nodiscard]] std::optional<crdt::SharedType> resolve(
    crdt::Doc& doc, const Json& roots, const Json& path);

/// A value or a description of a shared type, to be inserted.
[[nodiscard]] crdt::Prelim readPrelim(const Json& json);

/// How an operation went.
enum class Outcome {
    Done,
    Refused, ///< it reported an error
    /// Not carried out: Yjs works on half of a surrogate pair there, and our local operations
    /// take whole code points.
    CutsPair,
};

/// Carries out one basic operation on a document. Errors: an operation this does not know, a path
/// that leads nowhere.
[[nodiscard]] std::expected<Outcome, QString> carryOut(
    crdt::Doc& doc, const Json& roots, const Json& operation);

} // namespace tutti::conformance
