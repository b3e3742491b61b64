// SPDX-License-Identifier: MIT
//
// Any bytes as a sticky index, in its binary form and as JSON: what can be read can be written, and
// whatever it names, looking for it ends well.
#include "crdt/sticky_index.h"
#include "tests/fuzz/fuzz.h"

#include <string_view>

using namespace tutti::crdt;
using namespace tutti::crdt::fuzz;

namespace {

void check(const StickyIndex& index, const Doc& doc, const Text& text)
{
    const auto same = StickyIndex::decode(index.encode());
    // the bytes name one of type, root and item
    require(same && same->encode() == index.encode(), "what is written in bytes is read back");
    const auto sameJson = StickyIndex::fromJson(index.toJson());
    require(
        sameJson && sameJson->toJson() == index.toJson(), "what is written as JSON is read back");
    const Sight before = Sight::of(doc);
    if (const auto offset = index.offsetIn(text)) {
        require(*offset <= text.length(), "it is somewhere in the text");
    }
    require(Sight::of(doc) == before, "looking changes nothing");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    Doc doc = seededDoc(size % 2 == 0);
    const Text text = doc.get<Text>("t");
    if (const auto index = StickyIndex::decode(view(data, size))) {
        check(*index, doc, text);
    }
    const auto json = Any::fromJson({reinterpret_cast<const char*>(data), size});
    if (json) {
        if (const auto index = StickyIndex::fromJson(*json)) {
            check(*index, doc, text);
        }
    }
    return 0;
}
