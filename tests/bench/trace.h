// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/error.h"

#include <cstdint>
#include <string>
#include <vector>

namespace tutti::bench {

/// One change of a text, in UTF-16 units of the text as it is then.
struct Patch
{
    std::uint32_t position = 0;
    std::uint32_t erased = 0;
    std::u16string inserted;
};

/// One transaction: who wrote it, on top of what, and its changes.
struct Step
{
    std::uint32_t writer = 0; ///< each writer has a Doc and a client id of its own
    std::vector<std::uint32_t> merges; ///< earlier steps whose updates the writer takes in first
    std::vector<Patch> patches;
};

/// A recorded editing session, made ready to be replayed by writers that exchange updates.
struct Trace
{
    std::string name;
    std::u16string start;
    std::u16string end;
    std::uint32_t writers = 1;
    std::vector<Step> steps; ///< of a sequential trace: one patch each
};

/// Reads a trace as the editing-traces collection has them: JSON, plain or gzipped, positions in
/// code points; sequential, or concurrent with agents and parents. A writer stands for an agent
/// for as long as what the agent knew only grew. Errors: unreadable, malformed.
[[nodiscard]] crdt::Result<Trace> readTrace(const std::string& path);

/// The whole of a file. Errors: Malformed when it cannot be read.
[[nodiscard]] crdt::Result<std::string> readFile(const std::string& path);

} // namespace tutti::bench
