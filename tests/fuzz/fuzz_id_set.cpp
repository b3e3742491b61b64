// SPDX-License-Identifier: MIT
//
// Any bytes as a delete set, in both formats: what can be read can be written, is the same when it
// is read again, and the operations on sets agree with each other.
#include "crdt/id_set.h"
#include "tests/fuzz/fuzz.h"

using namespace tutti::crdt;
using namespace tutti::crdt::fuzz;

namespace {

void check(const IdSet& set)
{
    const auto same = IdSet::decode(set.encode());
    require(same && *same == set, "what is written in v1 is read back");
    const auto sameV2 = IdSet::decodeV2(set.encodeV2());
    require(sameV2 && *sameV2 == set, "what is written in v2 is read back");
    require(set.contains(set) && IdSet::difference(set, set).empty()
            && IdSet::intersection(set, set) == set,
        "a set is itself");

    // half of its ranges, and the other half
    IdSet some;
    for (std::size_t i = 0; i < set.ranges().size(); i += 2) {
        some.insert(set.ranges()[i]);
    }
    IdSet rest = IdSet::difference(set, some);
    require(set.contains(some) && IdSet::intersection(some, rest).empty(), "parts are apart");
    rest.insert(some);
    require(rest == set, "and make the whole");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const MemoryWatch memory;
    const auto set = IdSet::decode(view(data, size));
    const auto setV2 = IdSet::decodeV2(view(data, size));
    require(memory.peak() <= memoryFor(size), "a set takes memory by the size of its bytes");
    if (set && size <= 4096) { // inserting ranges one by one takes a square
        check(*set);
    }
    if (setV2 && size <= 4096) {
        check(*setV2);
    }
    return 0;
}
