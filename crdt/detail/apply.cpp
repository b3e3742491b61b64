// SPDX-License-Identifier: MIT
//
// From bytes to the graph: Yjs's readUpdate and integrateStructs. The bytes are checked from end
// to end before the first struct is placed, so an update is applied whole or not at all.
#include "crdt/detail/any_codec.h"
#include "crdt/detail/bulk_load.h"
#include "crdt/detail/read_content.h"
#include "crdt/detail/store.h"
#include "crdt/detail/wire_v2.h"
#include "crdt/utf.h"

#include <algorithm>
#include <cassert>

namespace tutti::crdt::detail {

namespace {

constexpr std::uint64_t kClockLimit = kNone; ///< ends must stay at or below this

/// Steps that the searches for places of one update may take. What editors write takes a few for
/// each struct; with neighbours that none can have seen, n structs take n²/2.
[[nodiscard]] constexpr std::uint64_t stepsFor(std::size_t bytes) noexcept
{
    return (std::uint64_t{1} << 24) + 8 * std::uint64_t{bytes};
}

} // namespace

Store::NewContent readContent(
    const WireStruct& source, std::uint32_t offset, std::u16string& wideBuffer)
{
    Store::NewContent content;
    content.kind = source.kind;
    content.length = static_cast<std::uint32_t>(source.length) - offset;
    Reader reader(source.content);
    switch (source.kind) {
    case Kind::String:
        if (source.utf8.size() == source.length) {
            content.ascii = source.utf8.substr(offset);
        } else {
            wideBuffer = toUtf16(source.utf8);
            if (offset > 0 && isHighSurrogate(wideBuffer[offset - 1])) {
                wideBuffer[offset] = u'\uFFFD'; // the other half was known already
            }
            content.wide = std::u16string_view(wideBuffer).substr(offset);
        }
        break;
    case Kind::Any:
    case Kind::Json: {
        const std::uint64_t count = reader.varUint();
        for (std::uint64_t i = 0; i < count; ++i) {
            Any value;
            if (source.kind == Kind::Any) {
                value = readAny(reader);
            } else {
                value = Any::fromJson(readText(reader, source.codec)).value_or(Any());
            }
            if (i >= offset) {
                content.values.push_back(std::move(value));
            }
        }
        break;
    }
    case Kind::Binary: {
        const BytesView bytes = reader.message();
        content.value = Bytes(bytes.begin(), bytes.end());
        break;
    }
    case Kind::Embed:
        content.value = readValue(reader, source.codec);
        break;
    case Kind::Format: {
        std::string key(readText(reader, source.codec));
        content.value = FormatMark{std::move(key), readValue(reader, source.codec)};
        break;
    }
    case Kind::Type:
        content.typeRef = static_cast<TypeRef>(reader.varUint());
        if (content.typeRef == TypeRef::XmlElement || content.typeRef == TypeRef::XmlHook) {
            content.typeName = readText(reader, source.codec);
        }
        break;
    case Kind::Doc: {
        std::string guid(readText(reader, source.codec));
        Any options = documentOptions(readAny(reader));
        const Any* autoLoad = options.find("autoLoad");
        content.value = std::make_shared<SubdocumentState>(
            std::move(guid), std::move(options), autoLoad != nullptr);
        break;
    }
    case Kind::Deleted:
    case Kind::Gc:
    case Kind::Skip:
        break;
    }
    return content;
}

/// Integrates the structs of one update in Yjs's order: the highest client first, and before a
/// struct what it depends on, as far as the update has it. What cannot be placed is put aside.
class Store::Applier
{
public:
    Applier(Store& store, BytesView update, const UpdateOutline& outline)
        : m_store(store)
        , m_graph(store.graph)
        , m_update(update)
        , m_codec(outline.codec)
        , m_blocks(outline.blocks.begin(), outline.blocks.end())
    {
        std::ranges::sort(m_blocks, {}, [](const Block& block) { return block.outline.client; });
        m_store.m_conflicts = &m_conflicts;
    }
    ~Applier() { m_store.m_conflicts = nullptr; }
    Applier(const Applier&) = delete;
    Applier& operator=(const Applier&) = delete;

    void run()
    {
        WireStruct head;
        for (bool more = takeNext(head); more; more = takeNext(head)) {
            while (placeOrWait(head)) {
                // A struct it depends on is in this update and comes first.
            }
        }
    }

    /// What structs wait for that could not be placed; empty when there are none.
    [[nodiscard]] const PendingUpdates::Clocks& missing() const noexcept { return m_missing; }
    /// Those structs. Requires: there are some.
    [[nodiscard]] PendingUpdates::Part rest() const
    {
        PendingUpdates::Part part;
        Encoder encoder;
        const auto asideCount = std::ranges::count_if(
            m_blocks, [](const Block& block) { return block.aside.has_value(); });
        encoder.writeVarUint(static_cast<std::uint64_t>(asideCount));
        for (auto block = m_blocks.rbegin(); block != m_blocks.rend(); ++block) {
            if (!block->aside) {
                continue;
            }
            BlockReader reader(m_update, *block->aside, m_codec);
            encoder.writeVarUint(block->aside->count);
            encoder.writeVarUint(block->aside->client);
            encoder.writeVarUint(block->aside->clock);
            for (; !reader.atEnd(); reader.advance()) {
                const WireStruct& wire = reader.current();
                writeStruct(encoder, wire, 0, ValueCodec::Any);
                if (wire.kind == Kind::Skip) {
                    continue;
                }
                const WireRange range{wire.id.client, wire.id.clock, wire.length};
                if (!part.ranges.empty() && part.ranges.back().client == range.client
                    && part.ranges.back().end() == range.clock) {
                    part.ranges.back().length += range.length;
                } else {
                    part.ranges.push_back(range);
                }
            }
        }
        encoder.writeVarUint(0);
        part.update = encoder.take();
        return part;
    }

private:
    struct Block
    {
        explicit Block(const ClientBlock& from)
            : outline(from)
        { }

        ClientBlock outline;
        std::optional<BlockReader> reader; ///< open while structs of it are being taken
        bool spent = false;
        std::optional<ClientBlock> aside; ///< what was put aside of it
    };
    /// A struct that waits for another one of the same update.
    struct Waiting
    {
        WireStruct wire;
        std::size_t block = 0;
    };

    [[nodiscard]] bool take(std::size_t index, WireStruct& head)
    {
        Block& block = m_blocks[index];
        if (block.spent) {
            return false;
        }
        if (!block.reader) {
            block.reader.emplace(m_update, block.outline, m_codec);
        } else {
            block.reader->advance();
        }
        if (block.reader->atEnd()) {
            block.reader.reset();
            block.spent = true;
            return false;
        }
        head = block.reader->current();
        m_headBlock = index;
        return true;
    }

    [[nodiscard]] bool takeNext(WireStruct& head)
    {
        if (!m_waiting.empty()) {
            head = m_waiting.back().wire;
            m_headBlock = m_waiting.back().block;
            m_waiting.pop_back();
            return true;
        }
        for (; m_left > 0; --m_left) {
            if (take(m_left - 1, head)) {
                return true;
            }
        }
        return false;
    }

    void miss(std::uint64_t client, std::uint64_t clock)
    {
        const auto [entry, added] = m_missing.try_emplace(client, clock);
        if (!added) {
            entry->second = std::min(entry->second, clock);
        }
    }

    /// Gives up on everything that waits, and on what follows it in its blocks.
    void putAside()
    {
        for (const Waiting& waiting : m_waiting) {
            Block& block = m_blocks[waiting.block];
            const ClientBlock& outline = block.outline;
            if (!block.aside || waiting.wire.id.clock < block.aside->clock) {
                // Count again from the start of the block: rare, and it keeps structs small.
                ClientBlock rest = outline;
                BlockReader reader(m_update, outline, m_codec);
                while (reader.current().id.clock != waiting.wire.id.clock) {
                    rest.position = reader.endPosition();
                    rest.clock = reader.current().end();
                    --rest.count;
                    reader.advance();
                }
                block.aside = rest;
            }
            block.reader.reset();
            block.spent = true;
        }
        m_waiting.clear();
    }

    /// Places the struct, drops it when it is known, or waits. True when `head` is now another
    /// struct that must come first.
    [[nodiscard]] bool placeOrWait(WireStruct& head)
    {
        if (head.kind == Kind::Skip) {
            return false;
        }
        const PeerIndex peer = m_graph.peers.findOrAdd(head.id.client);
        const std::uint64_t known = m_graph.peers[peer].end;
        if (known < head.id.clock || head.end() > kClockLimit) {
            m_waiting.push_back({head, m_headBlock});
            miss(head.id.client, head.id.clock == 0 ? 0 : head.id.clock - 1);
            putAside();
            return false;
        }
        if (const std::optional<std::uint64_t> clock = ownFuture(head)) {
            // No honest peer writes that. It waits, and all behind it, like anything that lacks
            // what it builds on.
            m_waiting.push_back({head, m_headBlock});
            miss(head.id.client, *clock);
            putAside();
            return false;
        }
        if (const std::optional<std::uint64_t> client = missingClient(head)) {
            m_waiting.push_back({head, m_headBlock});
            const auto block = std::ranges::lower_bound(m_blocks, *client, {},
                [](const Block& candidate) { return candidate.outline.client; });
            const bool has = block != m_blocks.end() && block->outline.client == *client;
            if (has && take(static_cast<std::size_t>(block - m_blocks.begin()), head)) {
                return true;
            }
            const PeerIndex missing = m_graph.peers.find(*client);
            miss(*client, missing == kNone ? 0 : m_graph.peers[missing].end);
            putAside();
            return false;
        }
        if (m_conflicts.steps > stepsFor(m_update.size())) {
            m_waiting.push_back({head, m_headBlock});
            miss(head.id.client, head.id.clock);
            putAside();
            return false;
        }
        place(head, peer, static_cast<std::uint32_t>(known - head.id.clock));
        return false;
    }

    [[nodiscard]] bool isKnown(const WireId& id) const
    {
        const PeerIndex peer = m_graph.peers.find(id.client);
        return peer != kNone && id.clock < m_graph.peers[peer].end;
    }

    /// The clock of its own client that a struct builds on although it comes no earlier.
    [[nodiscard]] static std::optional<std::uint64_t> ownFuture(const WireStruct& head)
    {
        const auto isFuture = [&head](const WireId& id) {
            return id.client == head.id.client && id.clock >= head.id.clock;
        };
        if (head.hasOrigin() && isFuture(head.origin)) {
            return head.origin.clock;
        }
        if (head.hasRightOrigin() && isFuture(head.rightOrigin)) {
            return head.rightOrigin.clock;
        }
        if (head.parent == WireStruct::Parent::Item && isFuture(head.parentItem)) {
            return head.parentItem.clock;
        }
        return std::nullopt;
    }

    /// The first client of which the struct needs more than is known.
    [[nodiscard]] std::optional<std::uint64_t> missingClient(const WireStruct& head) const
    {
        const auto lacks = [this, &head](const WireId& id) {
            return id.client != head.id.client && !isKnown(id);
        };
        if (head.hasOrigin() && lacks(head.origin)) {
            return head.origin.client;
        }
        if (head.hasRightOrigin() && lacks(head.rightOrigin)) {
            return head.rightOrigin.client;
        }
        if (head.parent == WireStruct::Parent::Item && lacks(head.parentItem)) {
            return head.parentItem.client;
        }
        return std::nullopt;
    }

    [[nodiscard]] LocalId local(const WireId& id) const
    {
        return {m_graph.peers.find(id.client), static_cast<std::uint32_t>(id.clock)};
    }

    /// Places the units from `offset` on. All dependencies are known.
    void place(const WireStruct& head, PeerIndex peer, std::uint32_t offset)
    {
        if (head.kind == Kind::Gc) {
            if (offset < head.length) {
                m_store.integrateGc(peer, static_cast<std::uint32_t>(head.length) - offset);
            }
            return;
        }
        Placement placement;
        placement.id = {peer, static_cast<std::uint32_t>(head.id.clock) + offset};
        bool parentGone = false;
        // Yjs cuts at the neighbours even when the struct turns out to be known, and what is cut
        // is joined again at the end; equal bytes need equal cuts.
        if (head.hasOrigin()) {
            placement.origin = local(head.origin);
            placement.left = m_graph.endingAt(placement.origin);
            parentGone = placement.left == kNone;
        }
        if (head.hasRightOrigin()) {
            placement.rightOrigin = local(head.rightOrigin);
            placement.right = m_graph.startingAt(placement.rightOrigin);
            parentGone = parentGone || placement.right == kNone;
        }
        if (offset >= head.length) {
            return;
        }
        if (head.parent == WireStruct::Parent::Root) {
            placement.parent = m_store.root(head.parentRoot);
        } else if (head.parent == WireStruct::Parent::Item) {
            const ItemRef holder = m_graph.find(local(head.parentItem));
            parentGone = holder == kNone || m_graph.items[holder].kind != Kind::Type;
            if (!parentGone) {
                placement.parent = m_graph.items[holder].content;
            }
        }
        if (offset > 0 && !parentGone) {
            placement.origin = placement.id.plus(0U - 1U);
            placement.left = m_graph.endingAt(placement.origin);
            parentGone = placement.left == kNone;
        }
        if (parentGone) {
            m_store.integrateGc(peer, static_cast<std::uint32_t>(head.length) - offset);
            return;
        }
        placement.inMap = head.hasParentSub;
        placement.key = head.parentSub;
        placement.content = readContent(head, offset, m_wideBuffer);
        m_store.integrate(placement);
    }

    Store& m_store;
    Graph& m_graph;
    BytesView m_update;
    ValueCodec m_codec;
    std::vector<Block> m_blocks; ///< by ascending client
    std::size_t m_left = m_blocks.size(); ///< blocks that may have structs to start with
    std::size_t m_headBlock = 0;
    std::vector<Waiting> m_waiting;
    std::unordered_map<std::uint64_t, std::uint64_t, ClientHash> m_missing;
    std::u16string m_wideBuffer;
    ConflictMemo m_conflicts;
};

/// Applies an update that only carries on with the newest run of its writer, which is what typing
/// sends, without the machinery below. False, and nothing done, when it is anything else.
bool Store::applyTyping(BytesView update, const Origin& origin)
{
    Reader reader(update);
    if (reader.varUint() != 1 || reader.varUint() != 1) {
        return false;
    }
    const PeerIndex peerIndex = graph.peers.find(reader.varUint());
    const std::uint64_t clock = reader.varUint();
    const std::uint8_t info = reader.uint8();
    if (peerIndex == kNone || clock == 0 || graph.peers[peerIndex].end != clock
        || (info & (kInfoKind | kInfoOrigin))
            != (static_cast<unsigned>(Kind::String) | kInfoOrigin)) {
        return false;
    }
    const Peer& peer = graph.peers[peerIndex];
    const RunEntry newest = peer.runs[peer.runs.last()];
    const bool followsItself = reader.varUint() == peer.client && reader.varUint() == clock - 1;
    LocalId rightOrigin;
    if ((info & kInfoRightOrigin) != 0) {
        rightOrigin.peer = graph.peers.find(reader.varUint());
        const std::uint64_t rightClock = reader.varUint();
        rightOrigin.clock = static_cast<std::uint32_t>(rightClock);
        if (rightOrigin.isNone() || rightClock >= kNone) {
            return false;
        }
    }
    const BytesView bytes = reader.message();
    const std::string_view text{reinterpret_cast<const char*>(bytes.data()), bytes.size()};
    const bool ends = reader.varUint() == 0;
    if (!reader.ok() || !ends || !followsItself || newest.isGc() || text.empty()
        || std::ranges::any_of(text, [](char c) { return (c & '\x80') != 0; })) {
        return false;
    }
    Item& item = graph.items[newest.item];
    if (clock + text.size() > kClockLimit || item.kind != Kind::String || item.deleted()
        || item.has(Item::kInMap) || item.has(Item::kRedone) || item.rightOrigin != rightOrigin
        || item.length + text.size() > kMaxRun) {
        return false;
    }
    const SequenceTree::Cursor at = graph.tree.cursorOf(newest.item);
    const SequenceTree::Cursor behind = graph.tree.next(at);
    const LocalId right = behind.isNone() ? LocalId{} : graph.items[graph.tree.itemAt(behind)].id;
    const TypeIndex owner = graph.tree.ownerOf(newest.item);
    const ItemRef holder = graph.types[owner].item;
    if (right != rightOrigin || (holder != kNone && graph.items[holder].deleted())) {
        return false;
    }
    begin(origin);
    m_open->local = false;
    noteGrowth(peerIndex);
    noteChanged(owner);
    graph.text.appendAscii(item, text);
    graph.peers[peerIndex].end += static_cast<std::uint32_t>(text.size());
    graph.tree.update(at);
    end();
    return true;
}

Result<void> Store::apply(BytesView update, const Origin& origin)
{
    // In a transaction that goes on, runs must stay apart until its end: others may name them.
    if (!hasPending() && !inTransaction() && applyTyping(update, origin)) {
        return {};
    }
    return applyWire(update, ValueCodec::Json, origin);
}

Result<void> Store::applyV2(BytesView update, const Origin& origin)
{
    const Result<Bytes> wire = unpackUpdate(update);
    if (!wire) {
        return std::unexpected(wire.error());
    }
    return applyWire(*wire, ValueCodec::Any, origin);
}

Result<void> Store::applyWire(BytesView update, ValueCodec codec, const Origin& origin)
{
    if (applyInBulk(update, codec, origin)) {
        return {};
    }
    const Result<UpdateOutline> outline = outlineUpdate(update, codec);
    if (!outline) {
        return std::unexpected(outline.error());
    }
    begin(origin);
    m_open->local = false;
    applyDecoded(update, *outline);
    end();
    return {};
}

/// Applies an update to an empty document. False, and nothing done, when that is not what it is.
bool Store::applyInBulk(BytesView update, ValueCodec codec, const Origin& origin)
{
    constexpr std::size_t kWorthIt = 1024; // bytes
    if (loadPath == LoadPath::Tree || (loadPath == LoadPath::Auto && update.size() < kWorthIt)
        || hasPending() || graph.items.extent() > 0 || !graph.peers.descending().empty()
        || std::ranges::any_of(phases, [](const auto& watchers) { return !watchers.empty(); })) {
        return false; // who watches a transaction begin could fill the document
    }
    std::optional<std::vector<WireRange>> waiting;
    {
        BulkLoader loader(*this, update, codec);
        if (!loader.read()) {
            return false;
        }
        begin(origin);
        m_open->local = false;
        waiting = loader.place();
    }
    if (waiting) {
        ++bulkLoads;
        keepWaiting(std::move(*waiting));
    } else if (const Result<UpdateOutline> outline = outlineUpdate(update, codec)) {
        applyDecoded(update, *outline);
    }
    end();
    return true;
}

/// Keeps deletions of what is not known yet.
void Store::keepWaiting(std::vector<WireRange> ranges)
{
    if (ranges.empty()) {
        return;
    }
    normalize(ranges);
    Encoder encoder;
    encoder.writeVarUint(0);
    writeDeleteSet(encoder, ranges);
    m_pendingDeletes = encoder.take();
}

void Store::applyDecoded(BytesView update, const UpdateOutline& outline)
{
    bool retry = false;
    const auto isThere = [this](const auto& missing) {
        const PeerIndex peer = graph.peers.find(missing.first);
        return peer != kNone && missing.second < graph.peers[peer].end;
    };
    if (outline.blocks.empty()) {
        retry = std::ranges::any_of(m_pendingStructs.missing(), isThere);
    } else {
        Applier applier(*this, update, outline);
        applier.run();
        // (What this update itself waits for is not there: it has just been looked for.)
        retry = std::ranges::any_of(m_pendingStructs.missing(), isThere);
        if (!applier.missing().empty()) {
            m_pendingStructs.add(applier.rest(), applier.missing());
        }
    }

    std::vector<WireRange> waiting = applyDeletes(outline.deletions);
    if (m_pendingDeletes) {
        if (const Result<UpdateOutline> earlier =
                outlineUpdate(*m_pendingDeletes, ValueCodec::Any)) {
            const std::vector<WireRange> still = applyDeletes(earlier->deletions);
            waiting.insert(waiting.end(), still.begin(), still.end());
        }
        m_pendingDeletes.reset();
    }
    keepWaiting(std::move(waiting));

    if (retry) {
        const Bytes pending = m_pendingStructs.take();
        if (const auto pendingOutline = outlineUpdate(pending, ValueCodec::Any)) {
            applyDecoded(pending, *pendingOutline);
        }
    }
}

/// Deletes what is known of the ranges; returns what has to wait for its structs.
std::vector<WireRange> Store::applyDeletes(const std::vector<WireRange>& ranges)
{
    std::vector<WireRange> waiting;
    for (const WireRange& range : ranges) {
        if (range.length == 0) {
            continue;
        }
        const PeerIndex peerIndex = graph.peers.find(range.client);
        const std::uint64_t known = peerIndex == kNone ? 0 : graph.peers[peerIndex].end;
        if (known < range.end()) {
            const std::uint64_t from = std::max(known, range.clock);
            waiting.push_back({range.client, from, range.end() - from});
        }
        const auto end = static_cast<std::uint32_t>(std::min(known, range.end()));
        for (std::uint64_t clock = range.clock; clock < end;) {
            const auto at = static_cast<std::uint32_t>(clock);
            const Peer& peer = graph.peers[peerIndex];
            const PeerRuns::Position run = peer.runs.find(at);
            const ItemRef found = peer.runs[run].item;
            clock = graph.endOf(peer, run);
            if (found == kNone || graph.items[found].deleted()) {
                continue;
            }
            const ItemRef item = graph.startingAt({peerIndex, at});
            if (clock >= end) {
                graph.endingAt({peerIndex, end - 1});
                clock = end;
            }
            remove(item);
        }
    }
    return waiting;
}

std::vector<WireId> Store::missing() const
{
    std::vector<WireId> result;
    for (const auto& [client, clock] : m_pendingStructs.missing()) {
        result.push_back({client, clock});
    }
    return result;
}

} // namespace tutti::crdt::detail
