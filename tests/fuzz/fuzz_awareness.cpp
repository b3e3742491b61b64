// SPDX-License-Identifier: MIT
//
// Any bytes as an awareness update: refused without a trace, or taken over so that a peer that is
// told the result knows the same.
#include "crdt/awareness.h"
#include "crdt/sync_protocol.h"
#include "tests/fuzz/fuzz.h"

using namespace tutti::crdt;
using namespace tutti::crdt::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const BytesView update = view(data, size);
    static_cast<void>(isAwarenessDisconnect(update));
    const auto now = [] { return Awareness::Milliseconds(1); };
    Awareness awareness(ClientId(1), now);
    awareness.setLocalState(Any::object({{"user", Any::object({{"name", "Ada"}})}}));
    std::size_t told = 0;
    const Subscription subscription = awareness.observe([&told](const Awareness::Change& change) {
        told += change.added.size() + change.updated.size() + change.removed.size()
            + change.renewed.size();
    });
    const Bytes before = awareness.encodeUpdate();
    const std::size_t known = awareness.meta().size();

    const MemoryWatch memory;
    const bool applied = awareness.applyUpdate(update).has_value();
    require(memory.peak() <= memory.now() + memoryFor(size),
        "applying takes memory by the size of the update");
    if (!applied) {
        require(awareness.encodeUpdate() == before && awareness.meta().size() == known && told == 0,
            "a refused update leaves no trace");
        return 0;
    }
    require(awareness.localState() != nullptr, "no peer can make this client leave");
    Awareness peer(ClientId(2), now);
    require(peer.applyUpdate(awareness.encodeUpdate()).has_value(), "a peer takes what it writes");
    for (const auto& [client, state] : awareness.states()) {
        // a first state with clock 0 is not heard; 1e999 is Infinity, and that is written as null
        const std::string json = state.toJson();
        if (client == peer.clientId() || awareness.meta().at(client).clock == 0 || json == "null") {
            continue;
        }
        const auto there = peer.states().find(client);
        require(there != peer.states().end() && there->second.toJson() == json,
            "the peer knows the same of everybody but itself");
    }
    awareness.tick();
    return 0;
}
