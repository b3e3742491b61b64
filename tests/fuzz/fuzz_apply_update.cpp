// SPDX-License-Identifier: MIT
//
// Any bytes as an update: refused without a trace, or applied so that the result can be written,
// read by another document, and is the same there.
#include "crdt/detail/store.h"

#include <cstdint>
#include <cstdlib>

using namespace tutti::crdt;

namespace {

void require(bool condition)
{
    if (!condition) {
        std::abort();
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const BytesView update(reinterpret_cast<const std::byte*>(data), size);
    detail::Store store(1, "fuzz", true);
    const detail::TypeIndex text = store.root("t");
    store.begin({});
    store.insertText(text, 0, u"seed \U0001F642 text");
    store.eraseText(text, 2, 3);
    store.end();
    const Bytes before = store.encodeAll();
    if (!store.apply(update, {})) {
        require(store.encodeAll() == before);
        return 0;
    }
    store.graph.check();
    const Bytes after = store.encodeAll();
    detail::Store copy(2, "copy", true);
    require(copy.apply(after, {}).has_value());
    copy.graph.check();
    require(copy.encodeState() == store.encodeState());
    return 0;
}
