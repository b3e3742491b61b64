// SPDX-License-Identifier: MIT
#include "tests/fuzz/fuzz.h"

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <sanitizer/allocator_interface.h>
#include <utility>

namespace tutti::crdt::fuzz {

namespace {

// libFuzzer has a thread of its own, for its clock.
std::atomic<std::ptrdiff_t> s_alive{0};
std::atomic<std::ptrdiff_t> s_most{0};

void allocated(const volatile void* /*block*/, std::size_t size)
{
    const auto alive = s_alive += static_cast<std::ptrdiff_t>(size);
    if (alive > s_most) {
        s_most = alive;
    }
}

void freed(const volatile void* block)
{
    if (block != nullptr) {
        s_alive -= static_cast<std::ptrdiff_t>(
            __sanitizer_get_allocated_size(const_cast<const void*>(block)));
    }
}

[[maybe_unused]] const int s_watching = __sanitizer_install_malloc_and_free_hooks(allocated, freed);

} // namespace

void require(bool isSo, const char* what)
{
    if (!isSo) {
        std::fprintf(stderr, "WRONG: not so: %s\n", what);
        std::abort();
    }
}

MemoryWatch::MemoryWatch()
    : m_start(s_alive)
{
    s_most = m_start;
}

std::size_t MemoryWatch::now() const noexcept
{
    const std::ptrdiff_t more = s_alive - m_start;
    return more > 0 ? static_cast<std::size_t>(more) : 0;
}

std::size_t MemoryWatch::peak() const noexcept
{
    return static_cast<std::size_t>(s_most - m_start);
}

Sight Sight::of(const Doc& doc) { return {doc.getUpdate(), doc.getState(), doc.hasPending()}; }

Doc seededDoc(bool gc)
{
    Doc doc({.clientId = kSeedClient, .guid = "fuzz", .gc = gc});
    Text text = doc.get<Text>("t");
    text.insert(Offset(0), u"seed \U0001F642 text");
    text.erase(Offset(2), Offset(2));
    return doc;
}

Mirror::Mirror(Doc& doc)
    : m_text(doc.get<Text>("t"))
    , m_copy(m_text.slice(Offset(0), m_text.length()))
    , m_subscription(m_text.observe([this](const TypeEvent& event) { follow(event.delta); }))
{ }

void Mirror::follow(std::span<const DeltaOp> delta)
{
    std::size_t at = 0;
    for (const DeltaOp& op : delta) {
        const std::size_t length = op.length.value();
        if (op.kind == DeltaOp::Kind::Insert) {
            const std::u16string inserted =
                op.text.empty() ? std::u16string(length, u'\uFFFC') : op.text;
            require(inserted.size() == length, "an insert is as long as it says");
            require(at <= m_copy.size(), "a delta inserts inside the text");
            m_copy.insert(at, inserted);
            at += length;
            continue;
        }
        require(at + length <= m_copy.size(), "a delta stays inside the text");
        if (op.kind == DeltaOp::Kind::Delete) {
            m_copy.erase(at, length);
        } else {
            at += length;
        }
    }
}

void Mirror::check() const
{
    require(m_copy == m_text.slice(Offset(0), m_text.length()), "the deltas add up to the text");
}

void checkRoundTrip(Doc& doc)
{
    const Bytes nothing(2);
    require(doc.applyUpdate(nothing).has_value(), "what waits is looked at once more");
    storeOf(doc).graph.check();
    // Not the same bytes: what Yjs joins when it loads depends on the order it loads in. Nor the
    // same text: its rules give one only where origins are such as an honest peer writes. An item
    // whose right origin is in a deleted type is in the text of whoever had it before the type
    // went.
    Bytes update = doc.getUpdate();
    for (const Format format : {Format::V1, Format::V2}) {
        Doc copy({.clientId = ClientId(2), .guid = "copy", .gc = storeOf(doc).gc()});
        const auto loaded =
            format == Format::V1 ? copy.applyUpdate(update) : copy.applyUpdateV2(update);
        if (!loaded) {
            std::fprintf(stderr, "%s\n", loaded.error().message.c_str());
        }
        require(loaded.has_value(), "what a Doc writes can be loaded");
        storeOf(copy).graph.check();
        update = copy.getUpdateV2();
        if (doc.hasPending()) { // of units told twice, and differently, another telling may win
            continue;
        }
        require(!copy.hasPending(), "loading it leaves nothing waiting");
        require(copy.getState() == doc.getState(), "loading it gives the same state");
    }
}

void checkApply(Doc& doc, BytesView update, Format format)
{
    const auto apply = [&] {
        return (format == Format::V1 ? doc.applyUpdate(update) : doc.applyUpdateV2(update))
            .has_value();
    };
    const Sight before = Sight::of(doc);
    const Mirror mirror(doc);
    const MemoryWatch memory;
    const bool applied = apply();
    // v2 may spell out many structs with few bytes: there the limit is the same for all sizes.
    require(memory.peak()
            <= memory.now() + (format == Format::V1 ? memoryFor(update.size()) : kMemoryLimit),
        "applying takes memory by the size of the update");
    mirror.check();
    if (!applied) {
        require(Sight::of(doc) == before, "a refused update leaves no trace");
        return;
    }
    const Bytes state = doc.getState();
    checkRoundTrip(doc);
    require(apply(), "what was applied can be applied again");
    require(doc.getState() == state, "and says nothing new");
    mirror.check();
}

void checkApplyAnywhere(BytesView update, Format format)
{
    const bool gc = update.empty() || (update[update.size() / 2] & std::byte{1}) == std::byte{0};
    Doc empty({.clientId = ClientId(1), .guid = "fuzz", .gc = gc});
    checkApply(empty, update, format);
    Doc seeded = seededDoc(gc);
    checkApply(seeded, update, format);
}

std::vector<BytesView> pieces(BytesView input, std::size_t most)
{
    std::vector<BytesView> result;
    Decoder decoder(input);
    while (!decoder.atEnd() && result.size() < most) {
        const auto piece = decoder.readMessage();
        if (!piece) {
            break;
        }
        result.push_back(*piece);
    }
    return result;
}

} // namespace tutti::crdt::fuzz
