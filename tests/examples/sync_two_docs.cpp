// SPDX-License-Identifier: MIT
// Two documents become equal through the sync protocol, with no network at all.
#include "check.h"
#include "crdt/doc.h"
#include "crdt/sync_protocol.h"
#include "crdt/text.h"
#include "crdt/update.h"

#include <array>

using namespace tutti::crdt;

int main()
{
    Doc ada;
    Doc bob;
    Text adasText = ada.get<Text>("codemirror");
    Text bobsText = bob.get<Text>("codemirror");
    adasText.insert(Offset(0), u"Ada was here. ");
    bobsText.insert(Offset(0), u"Bob was here. ");

    // Step 1 says what Ada has; Bob's answer, step 2, is what she lacks.
    auto asked = handleSyncMessage(createSyncMessage(ada), bob);
    check(asked && asked->type == SyncMessageType::SyncStep1 && asked->reply.has_value(),
        "Bob answers step 1 with step 2");
    check(handleSyncMessage(*asked->reply, ada).has_value(), "Ada takes the answer");
    // And the other way round.
    asked = handleSyncMessage(createSyncMessage(bob), ada);
    check(asked && handleSyncMessage(*asked->reply, bob).has_value(), "Bob takes Ada's");
    check(adasText.toString() == bobsText.toString(), "both hold the same text");

    // From here on every change goes out as an update.
    const Subscription subscription = ada.observe([&bob](const TransactionEvent& event) {
        const auto done = handleSyncMessage(createUpdateMessage(event.update), bob, Origin("wire"));
        check(done.has_value(), "Bob takes an update");
    });
    ada.transact({}, [&] { // one transaction, one update
        adasText.erase(Offset(0), Offset(3));
        adasText.insert(Offset(0), u"Lady Lovelace");
    });
    check(adasText.toString() == bobsText.toString(), "still the same text");

    // The same on bytes alone: what a store or a relay does, without a Doc.
    Doc late;
    const Bytes everything = ada.getUpdate();
    const auto missing = getUpdate(everything, late.getState());
    check(missing && late.applyUpdate(*missing).has_value(), "a late one catches up");
    check(late.get<Text>("codemirror").toString() == adasText.toString(), "with the same text");
    const std::array<BytesView, 2> both{BytesView(everything), BytesView(*missing)};
    const auto merged = mergeUpdates(both);
    check(merged && getState(*merged) == ada.getState(), "merged twice is still once");
    return 0;
}
