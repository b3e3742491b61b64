// SPDX-License-Identifier: MIT
//
// Two people work on one document, first apart, then connected, with the installed library.
#include "crdt/doc.h"
#include "crdt/sync_protocol.h"
#include "crdt/undo_manager.h"
#include "crdt/utf.h"

#include <iostream>

using namespace tutti::crdt;

/// Hands a message to a document; what that answers comes back.
static Bytes deliver(const Bytes& message, Doc& to)
{
    return handleSyncMessage(message, to, Origin("network"))
        .transform([](const auto& outcome) { return outcome.reply.value_or(Bytes{}); })
        .value(); // what honest peers send is never refused
}

static void print(const char* who, const Text& text)
{
    std::cout << who << toUtf8(text.toString()) << '\n';
}

int main()
{
    Doc ada, grace;
    Text adas = ada.get<Text>("note"), graces = grace.get<Text>("note");
    UndoManager undo(ada, {adas});

    // apart: each writes, nobody waits
    adas.insert(Offset(0), u"Shopping: bread");
    deliver(deliver(createSyncMessage(grace), ada), grace);
    adas.insert(Offset(15), u", milk");
    graces.insert(Offset(0), u"\U0001F6D2 ");
    print("Ada:   ", adas);
    print("Grace: ", graces);

    // together: each asks for what it lacks, and from then on hears of every change
    deliver(deliver(createSyncMessage(grace), ada), grace);
    deliver(deliver(createSyncMessage(ada), grace), ada);
    const Subscription live = ada.observe([&grace](const TransactionEvent& event) {
        deliver(createUpdateMessage(event.update), grace);
    });
    print("both:  ", graces);

    // values of all kinds, nested; one transaction is one change
    ada.transact({}, [&] {
        Map item = ada.get<Map>("items").set<Map>("milk", MapPrelim{{{"litres", 2}}});
        item.set<Array>("for", ArrayPrelim{{"Ada", "Grace"}});
    });
    std::cout << "items: " << grace.get<Map>("items").toJson().toJson() << '\n';

    // undo takes back what Ada wrote, and leaves what Grace wrote meanwhile
    undo.undo();
    print("both:  ", graces);
    return adas.toString() == graces.toString() ? 0 : 1;
}
