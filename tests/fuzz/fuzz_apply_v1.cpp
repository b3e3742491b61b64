// SPDX-License-Identifier: MIT
//
// Any bytes as an update: refused without a trace, or applied so that the result is sound, can be
// written, read by another document and is the same there; in memory by the size of the input.
#include "tests/fuzz/fuzz.h"

using namespace tutti::crdt;
using namespace tutti::crdt::fuzz;

namespace {

void applyTo(Doc& doc, BytesView update)
{
    const Sight before = Sight::of(doc);
    const Mirror mirror(doc);
    const MemoryWatch memory;
    const bool applied = doc.applyUpdate(update).has_value();
    require(memory.peak() <= memory.now() + memoryFor(update.size()),
        "applying takes memory by the size of the update");
    mirror.check();
    if (!applied) {
        require(Sight::of(doc) == before, "a refused update leaves no trace");
        return;
    }
    const Sight after = Sight::of(doc);
    checkRoundTrip(doc);
    require(doc.applyUpdate(update).has_value(), "what was applied can be applied again");
    require(Sight::of(doc).state == after.state, "and says nothing new");
    mirror.check();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const BytesView update = view(data, size);
    // by the content, not by the length, so that mutations try both
    const bool gc = size == 0 || (data[size / 2] & 1) == 0;
    Doc empty({.clientId = ClientId(1), .guid = "fuzz", .gc = gc});
    applyTo(empty, update);
    Doc seeded = seededDoc(gc);
    applyTo(seeded, update);
    return 0;
}
