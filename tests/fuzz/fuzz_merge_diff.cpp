// SPDX-License-Identifier: MIT
//
// Work on updates as bytes. The input is a row of length-prefixed updates: each is looked at alone,
// then all are merged; what comes out must be what a document would make of them.
#include "crdt/update.h"
#include "tests/fuzz/fuzz.h"

using namespace tutti::crdt;
using namespace tutti::crdt::fuzz;

namespace {

/// Whether the update can be read; if so, that all functions agree about it.
bool checkAlone(BytesView update)
{
    const MemoryWatch memory;
    const auto state = getState(update);
    const auto decoded = decodeUpdate(update);
    require(state.has_value() == decoded.has_value(), "who can decode it can tell its state");
    Doc doc({.clientId = ClientId(1), .guid = "fuzz", .gc = true});
    const bool applied = doc.applyUpdate(update).has_value();
    require(applied || !state, "what Docs refuse is refused here");
    const Bytes nothing{std::byte{0}};
    const auto all = getUpdate(update, nothing);
    require(all.has_value() == state.has_value(), "and can be cut");
    if (!all) {
        return false;
    }
    require(decodeUpdate(*all).has_value(), "what was cut can be read");
    const auto rest = getUpdate(update, *state);
    require(rest && getState(*rest).has_value(), "what a peer with its state lacks can be told");
    return applied;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto updates = pieces(view(data, size), 8);
    bool allFine = true;
    for (const BytesView update : updates) {
        allFine = checkAlone(update) && allFine;
    }
    // any bytes as a state vector
    const Bytes empty(2);
    static_cast<void>(getUpdate(empty, view(data, size)));
    static_cast<void>(decodeState(view(data, size)));

    const MemoryWatch memory;
    const auto merged = mergeUpdates(updates);
    require(memory.peak() <= memoryFor(size), "merging takes memory by the size of the updates");
    require(!allFine || updates.empty() || merged.has_value(), "what can be read can be merged");
    if (!merged || updates.size() < 2) {
        return 0;
    }
    Doc doc({.clientId = ClientId(1), .guid = "fuzz", .gc = true});
    require(doc.applyUpdate(*merged).has_value(), "what was merged can be applied");
    checkRoundTrip(doc);
    const BytesView twice[] = {*merged, *merged};
    const auto again = mergeUpdates(twice);
    const auto state = getState(*merged);
    const auto stateAgain = again ? getState(*again) : again;
    require(state && stateAgain && *state == *stateAgain, "merged with itself it says the same");
    return 0;
}
