// SPDX-License-Identifier: MIT
//
// Any bytes as a frame: sync messages, awareness, and the functions on updates as bytes.
#include "crdt/awareness.h"
#include "crdt/doc.h"
#include "crdt/sticky_index.h"
#include "crdt/sync_protocol.h"
#include "crdt/update.h"

#include <cstdint>

using namespace tutti::crdt;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const BytesView bytes(reinterpret_cast<const std::byte*>(data), size);
    Doc doc;
    static_cast<void>(handleSyncMessage(bytes, doc));
    Awareness awareness(ClientId(1), [] { return Awareness::Milliseconds(0); });
    static_cast<void>(awareness.applyUpdate(bytes));
    static_cast<void>(awareness.encodeUpdate());
    static_cast<void>(StickyIndex::decode(bytes));
    static_cast<void>(decodeUpdate(bytes));
    static_cast<void>(getState(bytes));
    const BytesView both[] = {bytes, bytes};
    static_cast<void>(mergeUpdates(both));
    static_cast<void>(getUpdate(bytes, doc.getState()));
    return 0;
}
