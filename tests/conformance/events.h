// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/events.h"

#include <span>
#include <string>

namespace tutti::conformance {

/// What a deep observer of a root was told, in the notation of the vectors: the root, whether the
/// change was local, and of each event path, type, delta and keys.
[[nodiscard]] crdt::Any::Object writeEvents(
    const std::string& root, std::span<const crdt::TypeEvent> events);

} // namespace tutti::conformance
