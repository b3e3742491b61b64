// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/error.h"

#include <cstdint>
#include <string>
#include <vector>

namespace tutti::bench {

/// One change of an editing trace, in UTF-16 units of the text as it is then.
struct Patch
{
    std::uint32_t position = 0;
    std::uint32_t erased = 0;
    std::u16string inserted;
};

/// A recorded editing session of one writer.
struct Trace
{
    std::string name;
    std::u16string start;
    std::u16string end;
    std::vector<Patch> patches;
};

/// Reads a sequential trace as the editing-traces collection has them: JSON, plain or gzipped,
/// with positions in code points. Errors: unreadable, malformed, or with several writers.
[[nodiscard]] crdt::Result<Trace> readTrace(const std::string& path);

} // namespace tutti::bench
