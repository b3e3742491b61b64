// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>

/// Watches every allocation of the program: include it in one source file's test program only,
/// together with allocation_cap.cpp, which replaces operator new.
namespace tutti::crdt::test {

/// The largest single allocation since the last call, in bytes.
[[nodiscard]] std::size_t takeLargestAllocation() noexcept;

/// How much is allocated now, and was at most, while this object lives (one at a time, one thread).
class MemoryPeak
{
public:
    MemoryPeak() noexcept;
    /// Bytes above what was allocated when it was made, as the allocator counts them.
    [[nodiscard]] std::size_t now() const noexcept;
    [[nodiscard]] std::size_t peak() const noexcept;

private:
    std::size_t m_start;
};

} // namespace tutti::crdt::test
