// SPDX-License-Identifier: MIT
#pragma once

namespace tutti::load {

/// What a process took, from /proc; ends the program when there is none. Linux.
[[nodiscard]] double cpuSeconds(int pid);
[[nodiscard]] double residentBytes(int pid);
/// Of this process.
[[nodiscard]] double ownCpuSeconds();

} // namespace tutti::load
