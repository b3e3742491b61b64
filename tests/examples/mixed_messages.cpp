// SPDX-License-Identifier: MIT
// One frame with messages of several kinds, and a reader that goes on to its end.
#include "check.h"
#include "crdt/awareness.h"
#include "crdt/doc.h"
#include "crdt/encoding.h"
#include "crdt/sync_protocol.h"
#include "crdt/text.h"

using namespace tutti::crdt;

int main()
{
    Doc author;
    Awareness authorsPresence(author.clientId());
    Encoder frame;
    const Subscription subscription = author.observe([&frame](const TransactionEvent& event) {
        frame.writeRaw(createUpdateMessage(event.update));
    });
    frame.writeRaw(createSyncMessage(author));
    author.get<Text>("codemirror").insert(Offset(0), u"Hello");
    authorsPresence.setLocalState(Any::object({{"name", "Ada"}}));
    frame.writeRaw(createAwarenessMessage(authorsPresence.encodeUpdate()));
    author.get<Text>("codemirror").insert(Offset(5), u", world");
    const Bytes stream = frame.take();

    Doc reader;
    Awareness readersPresence(reader.clientId());
    int syncs = 0;
    int answers = 0;
    int presences = 0;
    Decoder decoder(stream);
    while (!decoder.atEnd()) {
        const auto type = decoder.readVarUint();
        check(type.has_value(), "a message begins with its type");
        if (static_cast<MessageType>(*type) == MessageType::Sync) {
            // Reads what follows the type, and leaves the decoder behind it.
            const auto outcome = handleSyncPayload(decoder, reader, Origin("wire"));
            check(outcome.has_value(), "a sync message is handled");
            ++syncs;
            answers += outcome->reply ? 1 : 0;
        } else if (static_cast<MessageType>(*type) == MessageType::Awareness) {
            const auto update = decoder.readMessage();
            check(update && readersPresence.applyUpdate(*update), "so is an awareness message");
            ++presences;
        }
    }
    check(syncs == 3 && presences == 1, "three were about the text, one about who is there");
    check(answers == 1, "the first of them asks for an answer");
    check(reader.get<Text>("codemirror").toString() == u"Hello, world", "the text is complete");
    check(readersPresence.states().contains(author.clientId()), "the author is present");
    return 0;
}
