// SPDX-License-Identifier: MIT
//
// Any bytes as an update, to a document that is empty and to one that is not (see
// checkApplyAnywhere).
#include "tests/fuzz/fuzz.h"

using namespace tutti::crdt;
using namespace tutti::crdt::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    checkApplyAnywhere(view(data, size), Format::V1);
    return 0;
}
