// SPDX-License-Identifier: MIT
//
// Any bytes as a frame of y-websocket: whatever is refused leaves the document as it was.
#include "crdt/sync_protocol.h"
#include "tests/fuzz/fuzz.h"

using namespace tutti::crdt;
using namespace tutti::crdt::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const BytesView frame = view(data, size);
    Doc doc = seededDoc(true);
    const Mirror mirror(doc);
    const Sight before = Sight::of(doc);
    const auto outcome = handleSyncMessage(frame, doc);
    mirror.check();
    if (!outcome) {
        require(Sight::of(doc) == before, "a refused message leaves no trace");
    } else {
        require(outcome->reply.has_value() == (outcome->type == SyncMessageType::SyncStep1),
            "a question is answered, nothing else is");
        if (outcome->reply) {
            require(Sight::of(doc) == before, "a question changes nothing");
            Doc asker({.clientId = ClientId(9), .guid = "asker", .gc = true});
            require(handleSyncMessage(*outcome->reply, asker).has_value(),
                "the answer is one that peers take");
        }
    }
    // a frame may hold several messages
    Decoder payload(frame);
    while (!payload.atEnd()) {
        const std::size_t at = payload.position();
        if (!handleSyncPayload(payload, doc)) {
            break;
        }
        require(payload.position() > at, "a message is read to its end");
    }
    checkRoundTrip(doc);
    return 0;
}
