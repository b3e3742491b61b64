// SPDX-License-Identifier: MIT
// Two providers on a channel: edits at the same time, where they come from, who is there.
#include "check.h"
#include "crdt/doc.h"
#include "crdt/text.h"
#include "net/memory_channel.h"
#include "net/provider.h"

#include <string>

using namespace tutti;
using State = net::ProviderStatus::State;

int main(int argc, char** argv)
{
    QCoreApplication app(argc, argv);
    auto [left, right] = net::MemoryChannel::makePair();
    crdt::Doc ada;
    crdt::Doc bob;
    crdt::Text adasText = ada.get<crdt::Text>("codemirror");
    crdt::Text bobsText = bob.get<crdt::Text>("codemirror");
    net::Provider adas(ada, std::move(left));
    net::Provider bobs(bob, std::move(right));
    adas.awareness().setLocalState(
        crdt::Any::object({{"user", crdt::Any::object({{"name", "Ada"}})}}));
    adas.start();
    bobs.start();
    adasText.insert(crdt::Offset(0), u"one two three");
    check(waitUntil([&] { return bobsText.length().value() == 13; }), "Bob has the text");

    // Every change has an origin. What came through a provider has that provider's.
    int fromTheWire = 0;
    int fromHere = 0;
    const crdt::Subscription subscription = ada.observe([&](const crdt::TransactionEvent& event) {
        (event.origin == adas.origin() ? fromTheWire : fromHere) += 1;
    });

    // Both edit before either hears of the other.
    adasText.insert(crdt::Offset(4), u"AND ");
    bobsText.erase(crdt::Offset(0), crdt::Offset(4));
    bobsText.insert(crdt::Offset(9), u"!");
    check(adasText.toString() != bobsText.toString(), "for a moment they differ");
    check(waitUntil([&] {
        return adasText.toString() == bobsText.toString() && adas.status().state == State::Synced
            && bobs.status().state == State::Synced;
    }),
        "then they agree, and each knows that the other has everything");
    check(adasText.toString() == u"AND two three!", "and nobody's change is lost");
    check(fromHere == 1 && fromTheWire == 2, "one change was Ada's, two came over the wire");

    check(waitUntil([&] { return bobs.status().peers == 1; }), "Bob sees that somebody is there");
    const crdt::Any& state = bobs.awareness().states().at(ada.clientId());
    check(*state.find("user")->find("name")->stringIf() == "Ada", "namely Ada");
    adas.stop();
    check(waitUntil([&] { return bobs.status().peers == 0; }), "and sees her leave");
    return 0;
}
