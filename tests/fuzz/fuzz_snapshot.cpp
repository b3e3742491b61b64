// SPDX-License-Identifier: MIT
//
// Snapshots: any bytes in both formats, and documents shown as they were at such moments. The input
// is a row of length-prefixed pieces: an update, then snapshots. The document that they are looked
// up in has a little history of its own, and what the update brings.
#include "crdt/array.h"
#include "crdt/history.h"
#include "crdt/map.h"
#include "crdt/update.h"
#include "crdt/xml.h"
#include "tests/fuzz/fuzz.h"

#include <algorithm>
#include <optional>

using namespace tutti::crdt;
using namespace tutti::crdt::fuzz;

namespace {

/// Two clients, all types, text that came, was marked and went. It keeps everything.
Doc documentWithHistory()
{
    Doc doc = seededDoc(false);
    Text text = doc.get<Text>("t");
    text.format(Offset(1), Offset(4), {{"b", true}});
    Array list = doc.get<Array>("a");
    require(list.push({1, "two", TextPrelim(u"three"), 4}).has_value(), "a list can be filled");
    require(list.erase(Offset(1), Offset(2)).has_value(), "and cut");
    Map map = doc.get<Map>("m");
    require(map.set("k", 1) && map.set("k", "2") && map.set("gone", true), "a map can be filled");
    map.erase("gone");
    XmlFragment xml = doc.get<XmlFragment>("x");
    require(xml.push(XmlElementPrelim{"p", {{"id", "7"}}, {XmlTextPrelim{u"xml"}}}).has_value(),
        "a fragment can be filled");
    doc.setClientId(ClientId(7));
    text.insert(Offset(3), u"another writer");
    text.erase(Offset(2), Offset(6));
    text.format(Offset(0), Offset(3), {{"b", nullptr}, {"i", true}});
    require(map.set("k", 3).has_value(), "a map can be filled");
    return doc;
}

std::u16string textOf(const std::vector<DeltaOp>& delta)
{
    std::u16string text;
    for (const DeltaOp& op : delta) {
        text += op.text;
    }
    return text;
}

/// What was read can be written and read again, in both formats, and is the same.
void checkBytes(const Snapshot& moment)
{
    const Bytes v1 = moment.encode();
    const auto fromV1 = Snapshot::decode(v1);
    require(fromV1 && *fromV1 == moment, "v1 says what was read");
    require(fromV1->encode() == v1, "and the same bytes each time");
    const Bytes v2 = moment.encodeV2();
    const auto fromV2 = Snapshot::decodeV2(v2);
    require(fromV2 && *fromV2 == moment, "v2 says what was read");
    require(fromV2->encodeV2() == v2, "and the same bytes each time");
    for (const auto& [client, clock] : moment.state()) {
        require(moment.stateOf(client) == clock, "each client's clock is found");
    }
}

/// The bytes as a snapshot of either format.
std::optional<Snapshot> read(BytesView bytes)
{
    const MemoryWatch memory;
    const auto v1 = Snapshot::decode(bytes);
    const auto v2 = Snapshot::decodeV2(bytes);
    require(memory.peak() <= memoryFor(bytes.size()),
        "reading a snapshot takes memory by the size of its bytes");
    if (v2) {
        checkBytes(*v2);
    }
    if (v1) {
        checkBytes(*v1);
        return *v1;
    }
    return v2 ? std::optional(*v2) : std::nullopt;
}

/// Whether nobody has written more by `a` than by `b`.
bool isWithin(const Snapshot& a, const Snapshot& b)
{
    return std::ranges::all_of(
        a.state(), [&b](const auto& entry) { return entry.second <= b.stateOf(entry.first); });
}

/// The document as it was then, by a copy and by looking at it.
void checkMoment(Doc& doc, const Snapshot& moment, bool honest)
{
    const Text text = doc.get<Text>("t");
    const auto shown = text.toDelta({.at = &moment});
    static_cast<void>(doc.get<Array>("a").values(moment));
    static_cast<void>(doc.get<Map>("m").entries(moment));

    auto past = docFromSnapshot(doc, moment, {.clientId = ClientId(1), .guid = "then"});
    require(past.has_value() == isWithin(moment, snapshot(doc)),
        "a moment is shown when it is one of its history");
    if (!past) {
        return;
    }
    storeOf(*past).graph.check();
    checkRoundTrip(*past);
    // A moment that nobody saw may have a unit without what it was written beside: that waits.
    if (honest && !past->hasPending()) {
        const Snapshot copied = snapshot(*past);
        require(
            isWithin(copied, moment) && isWithin(moment, copied), "the copy has what there was");
        require(past->get<Text>("t").toString() == textOf(shown), "and shows the same text");
    }
}

void checkDocument(Doc& doc, std::span<const Snapshot> moments, bool honest)
{
    const Sight before = Sight::of(doc);
    const Text text = doc.get<Text>("t");
    for (const Snapshot& moment : moments) {
        checkMoment(doc, moment, honest);
    }
    if (moments.size() >= 2) {
        const auto changes = text.toDelta({.at = &moments[0], .since = &moments[1]});
        std::size_t marked = 0;
        for (const DeltaOp& op : changes) {
            marked += op.text.size();
        }
        require(marked >= textOf(text.toDelta({.at = &moments[0]})).size(),
            "what went is shown beside what there is");
    }
    require(Sight::of(doc) == before, "looking back changes nothing");
    storeOf(doc).graph.check();

    const Snapshot now = snapshot(doc);
    checkBytes(now);
    const auto update = snapshotContainsUpdate(now, before.update);
    require(update.has_value(), "what a Doc writes can be looked up in a snapshot");
    require(doc.hasPending() || *update, "and by now the document has it");
    require(textOf(text.toDelta({.at = &now})) == text.toString(), "now is as it is");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const BytesView input = view(data, size);
    static_cast<void>(read(input));
    const auto parts = pieces(input, 4);
    std::vector<Snapshot> moments;
    for (std::size_t i = 1; i < parts.size(); ++i) {
        if (auto moment = read(parts[i])) {
            moments.push_back(std::move(*moment));
        }
    }
    Doc doc = documentWithHistory();
    checkDocument(doc, moments, true);
    if (!parts.empty() && doc.applyUpdate(parts[0])) {
        checkDocument(doc, moments, false);
    }
    Doc forgetful = seededDoc(true);
    for (const Snapshot& moment : moments) {
        require(!docFromSnapshot(forgetful, moment), "what is forgotten cannot be shown");
        if (!parts.empty()) {
            const auto v1 = snapshotContainsUpdate(moment, parts[0]);
            const auto v2 = convertV1ToV2(parts[0]);
            require(v1.has_value() == v2.has_value(), "who can convert an update can look it up");
            const auto inV2 = v2 ? snapshotContainsUpdateV2(moment, *v2) : v1;
            require(inV2.has_value() == v1.has_value() && (!v1 || *inV2 == *v1),
                "alike in both formats");
        }
    }
    return 0;
}
