// SPDX-License-Identifier: MIT
//
// Any bytes as a delete set and as an id map, in both formats: what can be read can be written, is
// the same when it is read again, and the operations on sets and maps agree with each other.
#include "crdt/id_map.h"
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

void check(const IdMap& map)
{
    const auto same = IdMap::decode(map.encode());
    require(same && *same == map && same->encode() == map.encode(),
        "a map that is written in v1 is read back");
    const auto sameV2 = IdMap::decodeV2(map.encodeV2());
    require(sameV2 && *sameV2 == map && sameV2->encodeV2() == map.encodeV2(),
        "a map that is written in v2 is read back");
    const IdSet set = map.asIdSet();
    require(IdMap::difference(map, *same).empty() && IdMap::intersection(map, *sameV2) == map
            && IdMap::intersection(map, set) == map,
        "a map is itself");
    check(set);

    // half of its ranges, and the other half
    IdMap some;
    for (std::size_t i = 0; i < map.ranges().size(); i += 2) {
        const AttrRange& entry = map.ranges()[i];
        some.insert(IdMap::fromSet(IdSet({&entry.range, 1}), entry.attributes));
        require(map.contains({entry.range.client, entry.range.clock})
                && map.attributions(entry.range) == std::vector{entry},
            "a map holds its ranges");
    }
    IdMap rest = IdMap::difference(map, some);
    require(IdMap::intersection(some, rest).empty(), "parts of a map are apart");
    rest.insert(some);
    require(rest == map, "and make the whole map");
    for (const AttrRange& entry : some) {
        rest.remove(entry.range);
    }
    require(rest == IdMap::difference(map, some.asIdSet()), "what is removed is the difference");
    require(rest.filter([](const ContentAttributes&) { return true; }) == rest, "a filter keeps");
}

void checkMaps(BytesView bytes)
{
    const MemoryWatch memory;
    const auto map = IdMap::decode(bytes);
    const auto mapV2 = IdMap::decodeV2(bytes);
    require(
        memory.peak() <= memoryFor(bytes.size()), "a map takes memory by the size of its bytes");
    if (map && bytes.size() <= 4096) {
        check(*map);
    }
    if (mapV2 && bytes.size() <= 4096) {
        check(*mapV2);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    checkMaps(view(data, size));
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
