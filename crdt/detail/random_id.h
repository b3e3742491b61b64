// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>

namespace tutti::crdt::detail {

/// 32 random bits, as Yjs makes its client ids; from the system's generator.
[[nodiscard]] std::uint64_t randomClientId();
/// A random UUID (version 4).
[[nodiscard]] std::string randomUuid();

} // namespace tutti::crdt::detail
