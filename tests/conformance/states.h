// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/doc.h"
#include "tests/conformance/values.h"

#include <string>
#include <utility>
#include <vector>

/// What documents hold, in the notation of the vectors, read through the public API.
///
/// Both sides of a comparison are brought into one form: the members of objects, attributes and
/// map entries sorted, neighbouring pieces of text with the same attributes joined.
namespace tutti::conformance {

[[nodiscard]] crdt::Any writeState(const crdt::SharedType& type);
[[nodiscard]] crdt::Any writeState(const crdt::Value& value);
[[nodiscard]] crdt::Any writeElements(const std::vector<crdt::Value>& values);
/// Keys and values, in the order of the keys.
[[nodiscard]] crdt::Any writeEntries(
    const std::vector<std::pair<std::string, crdt::Value>>& entries);
/// An element that is known by its kind alone: what a deleted type is in an event.
[[nodiscard]] crdt::Any writeKind(const crdt::Value& value);
/// The kind of a type as the vectors call it.
[[nodiscard]] const char* kindName(crdt::TypeKind kind) noexcept;
/// [[piece, attributes|null]…]
[[nodiscard]] crdt::Any writeDelta(const std::vector<crdt::DeltaOp>& delta);
/// Attributes as a sorted list of [key, value].
[[nodiscard]] crdt::Any writeAttributes(const crdt::Attributes& attributes);

/// A value, a state or anything made of them, as the vectors have it, in the form of the above.
[[nodiscard]] crdt::Any normalized(const Json& json);
/// The same for a list of pieces of text.
[[nodiscard]] crdt::Any normalizedDelta(const Json& json);

/// Compares all roots with the recorded states.
[[nodiscard]] Failure compareState(
    const QString& what, crdt::Doc& doc, const Json& roots, const Json& wanted);
/// Compares two values in that notation.
[[nodiscard]] Failure compareWritten(
    const QString& what, const crdt::Any& got, const crdt::Any& wanted);

} // namespace tutti::conformance
