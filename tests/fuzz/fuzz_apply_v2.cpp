// SPDX-License-Identifier: MIT
//
// Any bytes as an update in format v2, to a document that is empty and to one that is not (see
// checkApply).
#include "tests/fuzz/fuzz.h"

using namespace tutti::crdt;
using namespace tutti::crdt::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    // by the content, not by the length, so that mutations try both
    const bool gc = size == 0 || (data[size / 2] & 1) == 0;
    Doc empty({.clientId = ClientId(1), .guid = "fuzz", .gc = gc});
    checkApply(empty, view(data, size), Format::V2);
    Doc seeded = seededDoc(gc);
    checkApply(seeded, view(data, size), Format::V2);
    return 0;
}
