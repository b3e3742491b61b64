// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>

/// Watches every allocation of the program: include it in one source file's test program only,
/// together with allocation_cap.cpp, which replaces operator new.
namespace tutti::crdt::test {

/// The largest single allocation since the last call, in bytes.
[[nodiscard]] std::size_t takeLargestAllocation() noexcept;

} // namespace tutti::crdt::test
