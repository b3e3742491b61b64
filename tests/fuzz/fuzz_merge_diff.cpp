// SPDX-License-Identifier: MIT
//
// Work on updates as bytes. The input is a row of length-prefixed updates, read in both formats
// alike (hardly anything is fine in both): each is looked at alone and converted to the other
// format, then all are merged; what comes out must be what a document would make of them. The input
// is also what two honest peers type; of their updates everything can be asked.
#include "crdt/update.h"
#include "tests/fuzz/fuzz.h"

#include <algorithm>
#include <optional>
#include <string_view>

using namespace tutti::crdt;
using namespace tutti::crdt::fuzz;

namespace {

/// The functions of one format.
struct Tools
{
    Format format;
    Result<Bytes> (*getState)(BytesView);
    Result<Bytes> (*getUpdate)(BytesView, BytesView);
    Result<Bytes> (*merge)(std::span<const BytesView>);
    Result<Bytes> (*convert)(BytesView); ///< to the other format
    Result<DecodedUpdate> (*decode)(BytesView);
    Result<std::vector<ClientSpan>> (*meta)(BytesView);

    [[nodiscard]] bool apply(Doc& doc, BytesView update) const
    {
        return (format == Format::V1 ? doc.applyUpdate(update) : doc.applyUpdateV2(update))
            .has_value();
    }
    /// v2 may spell out many structs with few bytes: there the limit is the same for all sizes.
    [[nodiscard]] std::size_t memory(std::size_t inputBytes) const
    {
        return format == Format::V1 ? memoryFor(inputBytes) : kMemoryLimit;
    }
};

constexpr Tools kV1{
    Format::V1, getState, getUpdate, mergeUpdates, convertV1ToV2, decodeUpdate, parseUpdateMeta};
constexpr Tools kV2{Format::V2, getStateV2, getUpdateV2, mergeUpdatesV2, convertV2ToV1,
    decodeUpdateV2, parseUpdateMetaV2};

const Tools& otherOf(const Tools& tools) { return tools.format == Format::V1 ? kV2 : kV1; }

Doc emptyDoc(bool gc = true) { return Doc({.clientId = ClientId(1), .guid = "fuzz", .gc = gc}); }

/// Whether there is half a surrogate pair somewhere, for which v1 has U+FFFD. Two halves become a
/// pair again in a Doc, two of those do not.
bool hasReplacements(BytesView update)
{
    constexpr std::byte kReplacement[] = {std::byte{0xEF}, std::byte{0xBF}, std::byte{0xBD}};
    return !std::ranges::search(update, kReplacement).empty();
}

/// A readable update says the same in the other format, and still does when it comes back.
void checkConversion(const Tools& tools, BytesView update, const Bytes& state)
{
    const MemoryWatch memory;
    const auto converted = tools.convert(update);
    require(memory.peak() <= kMemoryLimit, "converting takes no more memory than applying");
    require(converted.has_value(), "what can be read can be converted");
    const Tools& other = otherOf(tools);
    const auto stateThere = other.getState(*converted);
    require(stateThere && *stateThere == state, "it has the same state in the other format");
    const auto back = other.convert(*converted);
    require(back.has_value(), "what was converted can be converted back");
    // v1 as we write it loses nothing more on its way through v2.
    const Bytes& written = tools.format == Format::V1 ? *back : *converted;
    const auto there = convertV1ToV2(written);
    require(there && convertV2ToV1(*there) == written, "what v1 can say survives in v2");

    Doc doc = emptyDoc();
    Doc copy = emptyDoc();
    const bool applied = tools.apply(doc, update);
    require(applied == other.apply(copy, *converted), "Docs take both or none");
    const BytesView v1 = tools.format == Format::V1 ? update : BytesView(*converted);
    require(
        hasReplacements(v1) || Sight::of(doc) == Sight::of(copy), "both make the same document");
}

/// Whether the update can be read and applied; if so, that all functions agree about it.
bool checkAlone(const Tools& tools, BytesView update)
{
    const auto state = tools.getState(update);
    const auto decoded = tools.decode(update);
    require(state.has_value() == decoded.has_value(), "who can decode it can tell its state");
    Doc doc = emptyDoc();
    const bool applied = tools.apply(doc, update);
    require(applied || !state, "what Docs refuse is refused here");
    const Bytes nothing{std::byte{0}};
    const auto all = tools.getUpdate(update, nothing);
    require(all.has_value() == state.has_value(), "and can be cut");
    if (!all) {
        require(!tools.convert(update), "what cannot be read cannot be converted");
        return false;
    }
    require(tools.decode(*all).has_value(), "what was cut can be read");
    const auto rest = tools.getUpdate(update, *state);
    require(
        rest && tools.getState(*rest).has_value(), "what a peer with its state lacks can be told");
    checkConversion(tools, update, *state);
    return applied;
}

/// Whether some unit is in two of them, or might be.
bool overlap(const Tools& tools, std::span<const BytesView> updates)
{
    std::vector<ClientSpan> spans;
    for (const BytesView update : updates) {
        const auto meta = tools.meta(update);
        if (!meta) {
            return true;
        }
        spans.insert(spans.end(), meta->begin(), meta->end());
    }
    std::ranges::sort(spans, {},
        [](const ClientSpan& span) { return std::pair(span.client.value(), span.from.value()); });
    return std::ranges::adjacent_find(spans, [](const ClientSpan& a, const ClientSpan& b) {
        return a.client == b.client && b.from < a.to;
    }) != spans.end();
}

/// Updates from anywhere, all of them readable or not.
void checkTogether(
    const Tools& tools, std::span<const BytesView> updates, bool allFine, std::size_t inputBytes)
{
    const MemoryWatch memory;
    const auto merged = tools.merge(updates);
    require(memory.peak() <= tools.memory(inputBytes),
        "merging takes memory by the size of the updates");
    require(!allFine || updates.empty() || merged.has_value(), "what can be read can be merged");
    if (!merged || updates.size() < 2) {
        return;
    }
    const BytesView twice[] = {*merged, *merged};
    const auto again = tools.merge(twice);
    const auto state = tools.getState(*merged);
    const auto stateAgain = again ? tools.getState(*again) : again;
    require(state && stateAgain && *state == *stateAgain, "merged with itself it says the same");

    Doc doc = emptyDoc();
    require(tools.apply(doc, *merged), "what was merged can be applied");
    if (allFine && !overlap(tools, updates)) { // of what is told twice one telling is kept
        Doc oneByOne = emptyDoc();
        for (const BytesView update : updates) {
            require(tools.apply(oneByOne, update), "what can be read can be applied in any order");
        }
        require(doc.getState() == oneByOne.getState(), "it brings what each of them brings");
        require(doc.hasPending() == oneByOne.hasPending(), "and leaves the same waiting");
    }
    checkRoundTrip(doc);
}

// --- honest peers ---

/// What two peers that never lose anything write, an update a change.
struct History
{
    std::vector<Bytes> updates;
    std::u16string text;
    Bytes state;
};

/// The bytes say who does what: three each.
History typed(const Tools& tools, BytesView script)
{
    History history;
    Doc ann({.clientId = ClientId(5), .guid = "ann", .gc = true});
    Doc bob({.clientId = ClientId(900), .guid = "bob", .gc = true});
    const auto sinceThen = [&tools](const Doc& doc, BytesView state) {
        return tools.format == Format::V1 ? doc.getUpdate(state) : doc.getUpdateV2(state);
    };
    const auto exchange = [&] {
        require(
            tools.apply(ann, *sinceThen(bob, ann.getState())), "one takes what the other wrote");
        require(tools.apply(bob, *sinceThen(ann, bob.getState())), "and the other way round");
    };
    constexpr std::size_t kMostSteps = 24;
    for (std::size_t i = 0; i + 2 < script.size() && i < 3 * kMostSteps; i += 3) {
        const auto what = std::to_integer<unsigned>(script[i]);
        const auto where = std::to_integer<unsigned>(script[i + 1]);
        const auto unit = std::to_integer<unsigned>(script[i + 2]);
        Doc& doc = (what & 1U) != 0 ? bob : ann;
        Text text = doc.get<Text>("t");
        const Offset at(where % (text.length().value() + 1));
        const Bytes before = doc.getState();
        switch (what / 2 % 6) {
        case 0:
        case 1:
            text.insert(at, std::u16string(1 + unit % 3, static_cast<char16_t>(0x40 + unit)));
            break;
        case 2:
            text.insert(at, u"\U0001F642");
            break;
        case 3:
            text.erase(at, Offset(1 + unit % 5));
            break;
        case 4:
            static_cast<void>(text.format(
                at, Offset(1 + unit % 7), {{"b", unit % 2 == 0 ? Any(true) : Any(nullptr)}}));
            break;
        default:
            exchange();
            continue;
        }
        history.updates.push_back(*sinceThen(doc, before));
    }
    exchange();
    require(ann.getState() == bob.getState(), "after an exchange both know the same");
    history.text = ann.get<Text>("t").toString();
    require(history.text == bob.get<Text>("t").toString(), "and have the same text");
    history.state = ann.getState();
    return history;
}

/// Merged, cut and converted in any way, honest updates make the same document.
void checkHonest(const Tools& tools, BytesView script)
{
    const History history = typed(tools, script);
    if (history.updates.size() < 2) {
        return;
    }
    const auto isTheDocument = [&history](Doc& doc) {
        return !doc.hasPending() && doc.getState() == history.state
            && doc.get<Text>("t").toString() == history.text;
    };
    std::vector<BytesView> updates(history.updates.begin(), history.updates.end());
    // A number out of the script parts them, and turns them round.
    const auto dice = std::to_integer<std::size_t>(script[script.size() / 2]);
    const std::size_t half = dice % updates.size();
    if (dice % 2 == 1) {
        std::ranges::reverse(updates);
    }
    const auto merged = tools.merge(updates);
    require(merged.has_value(), "honest updates can be merged");
    require(tools.getState(*merged) == history.state, "merged, nothing is missing");
    Doc whole = emptyDoc();
    require(tools.apply(whole, *merged) && isTheDocument(whole), "merged, they are the document");

    const std::span all(updates);
    const auto first = half > 0 ? tools.merge(all.first(half))
                                : Result<Bytes>(Bytes(updates[0].begin(), updates[0].end()));
    const auto second = tools.merge(all.subspan(half));
    require(first && second, "parts can be merged");
    Doc parts = emptyDoc();
    require(tools.apply(parts, *second) && tools.apply(parts, *first) && isTheDocument(parts),
        "merged in parts, too");

    // What a peer with the first part lacks.
    Doc behind = emptyDoc();
    require(tools.apply(behind, *first), "a part can be applied");
    const auto lacking = tools.getUpdate(*merged, behind.getState());
    require(lacking && tools.apply(behind, *lacking) && isTheDocument(behind),
        "what a peer lacks makes its document whole");

    const auto converted = tools.convert(*merged);
    require(converted.has_value(), "they can be converted");
    Doc elsewhere = emptyDoc();
    require(otherOf(tools).apply(elsewhere, *converted) && isTheDocument(elsewhere),
        "converted, they are the document");
    require(otherOf(tools).convert(*converted) == *merged, "and back they are the same bytes");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const BytesView input = view(data, size);
    // any bytes as a state vector
    const Bytes empty(2);
    static_cast<void>(getUpdate(empty, input));
    static_cast<void>(decodeState(input));

    const auto updates = pieces(input, 8);
    for (const Tools& tools : {kV1, kV2}) {
        bool allFine = true;
        for (const BytesView update : updates) {
            allFine = checkAlone(tools, update) && allFine;
        }
        checkTogether(tools, updates, allFine, size);
        checkHonest(tools, input);
    }
    return 0;
}
