// SPDX-License-Identifier: MIT
//
// The first half of a bulk load: bytes to items, where they will be cut, and their order. Nothing
// here changes the document; the other half is in bulk_place.cpp.
#include "crdt/detail/bulk_load.h"

#include "crdt/detail/any_codec.h"
#include "crdt/utf.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <functional>
#include <numeric>

namespace tutti::crdt::detail {

namespace {

/// Where content begins in an update is kept in an item's 32 bits.
constexpr std::size_t kLargestUpdate = kNone;

/// The bytes that the first `units` of valid UTF-8 (or WTF-8) take up; of a pair that is cut, none.
std::size_t utf8Bytes(const char* text, std::uint32_t units, bool& cutsPair)
{
    const char* at = text;
    while (units > 0) {
        const auto lead = static_cast<std::uint8_t>(*at);
        const std::uint32_t taken = lead >= 0xF0 ? 2 : 1;
        if (taken > units) {
            cutsPair = true;
            break;
        }
        units -= taken;
        at += lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    }
    return static_cast<std::size_t>(at - text);
}

} // namespace

Store::BulkLoader::BulkLoader(Store& store, BytesView update, ValueCodec codec)
    : m_store(store)
    , m_graph(store.graph)
    , m_update(update)
    , m_codec(codec)
    , m_peersBefore(store.graph.peers.size())
{
    assert(m_graph.items.extent() == 0);
}

Store::BulkLoader::~BulkLoader()
{
    if (!m_placed) {
        m_graph.items.truncate(0);
        m_graph.peers.truncate(m_peersBefore);
    }
}

bool Store::BulkLoader::read()
{
    if (m_update.size() > kLargestUpdate) {
        return false;
    }
    Reader reader(m_update);
    const std::uint64_t clients = reader.varUint();
    for (std::uint64_t i = 0; i < clients && reader.ok(); ++i) {
        if (!readBlock(reader)) {
            return false;
        }
    }
    readDeleteSet(reader, m_deletions);
    if (!reader.ok() || m_blocks.empty()) {
        return false;
    }
    indexClocks();
    if (!resolve()) {
        return false;
    }
    cutAtDeletions();
    if (!m_cuts.empty() && (!carryOutCuts() || !resolve())) {
        return false;
    }
    assert(m_cuts.empty());
    return putInOrder() && (!m_hasKeys || mapValuesAreSingle());
}

bool Store::BulkLoader::readBlock(Reader& reader)
{
    Block block;
    const std::uint64_t count = reader.varUint();
    block.client = reader.varUint();
    WireId id{block.client, reader.varUint()};
    if (!reader.ok() || count == 0 || id.clock != 0 || block.client > kMaxClientId) {
        return false;
    }
    block.peer = m_graph.peers.findOrAdd(block.client);
    block.first = block.next = m_graph.items.extent();
    if (blockOf(block.peer) != nullptr) {
        return false;
    }
    for (std::uint64_t i = 0; i < count; ++i) {
        if (addPlain(reader, {block.peer, static_cast<std::uint32_t>(id.clock)})) {
            id.clock += m_graph.items[m_graph.items.extent() - 1].length;
            if (id.clock > kNone) {
                return false;
            }
            continue;
        }
        const WireStruct wire = readStruct(reader, id, m_codec);
        id.clock = wire.end();
        if (!reader.ok() || wire.kind == Kind::Skip || wire.kind == Kind::Doc || id.clock > kNone) {
            return false;
        }
        add(wire, block.peer);
    }
    block.last = m_graph.items.extent();
    block.end = static_cast<std::uint32_t>(id.clock);
    m_blockOf.resize(std::max<std::size_t>(m_blockOf.size(), block.peer + 1U), kNone);
    m_blockOf[block.peer] = static_cast<std::uint32_t>(m_blocks.size());
    m_blocks.push_back(block);
    return true;
}

/// Reads and adds a struct, if it is what nearly all are: ASCII text or deleted units behind
/// something. False, and the reader where it was, when it is not: then readStruct says what it is,
/// or what is wrong with it.
bool Store::BulkLoader::addPlain(Reader& reader, LocalId id)
{
    const std::size_t start = reader.position();
    const std::uint8_t info = reader.uint8();
    const auto kind = static_cast<Kind>(info & kInfoKind);
    bool areClients = true;
    const auto readId = [&reader, &areClients, this] {
        const std::uint64_t client = reader.varUint();
        const std::uint64_t clock = reader.varUint();
        areClients = areClients && client <= kMaxClientId;
        return areClients ? local({client, clock}) : LocalId();
    };
    LocalId origin;
    LocalId rightOrigin;
    std::size_t content = 0;
    std::uint64_t length = 0;
    if ((kind == Kind::String || kind == Kind::Deleted) && (info & kInfoOrigin) != 0) {
        origin = readId();
        if ((info & kInfoRightOrigin) != 0) {
            rightOrigin = readId();
        }
        content = reader.position();
        length = reader.varUint();
        if (kind == Kind::String) {
            content = reader.position();
            const BytesView bytes = reader.raw(length);
            const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
            length = isAscii(text) ? text.size() : 0;
        }
    }
    if (length == 0 || length >= kNone || !areClients || !reader.ok()) {
        reader = Reader(m_update);
        reader.seek(start);
        return false;
    }
    Item& item = m_graph.items[m_graph.items.extend()];
    item.id = id;
    item.kind = kind;
    item.length = static_cast<std::uint32_t>(length);
    item.origin = origin;
    item.rightOrigin = rightOrigin;
    item.content = static_cast<std::uint32_t>(content);
    if (length > kMaxRun && kind == Kind::String) {
        cutToRuns(m_graph.items.extent() - 1);
    }
    return true;
}

/// An item of the pool for the struct, or several when it is longer than a run may be.
void Store::BulkLoader::add(const WireStruct& wire, PeerIndex peer)
{
    Item& item = m_graph.items[m_graph.items.extend()];
    item.id = {peer, static_cast<std::uint32_t>(wire.id.clock)};
    item.kind = wire.kind;
    item.length = static_cast<std::uint32_t>(wire.length);
    if (wire.kind == Kind::Gc) {
        return;
    }
    if (wire.hasOrigin()) {
        item.origin = local(wire.origin);
    }
    if (wire.hasRightOrigin()) {
        item.rightOrigin = local(wire.rightOrigin);
    }
    if (wire.parent != WireStruct::Parent::Copied) {
        item.place = static_cast<std::uint32_t>(m_parents.size());
        Parent parent;
        parent.isRoot = wire.parent == WireStruct::Parent::Root;
        parent.hasKey = wire.hasParentSub;
        parent.root = wire.parentRoot;
        parent.key = wire.parentSub;
        if (!parent.isRoot) {
            parent.holder = local(wire.parentItem);
        }
        m_parents.push_back(parent);
        m_hasKeys = m_hasKeys || wire.hasParentSub;
    }
    m_hasMarks = m_hasMarks || wire.kind == Kind::Format;
    const auto* const base = reinterpret_cast<const char*>(m_update.data());
    const auto* content = reinterpret_cast<const char*>(wire.content.data());
    if (wire.kind == Kind::String) {
        content = wire.utf8.data();
        if (wire.utf8.size() != wire.length) {
            item.set(Item::kWide);
        }
    }
    if (wire.kind == Kind::Any || wire.kind == Kind::Json) {
        Reader values(wire.content);
        static_cast<void>(values.varUint());
        content += values.position();
    }
    item.content = static_cast<std::uint32_t>(content - base);
    if (item.length > kMaxRun && isSplittable(item.kind) && item.kind != Kind::Deleted) {
        cutToRuns(m_graph.items.extent() - 1);
    }
}

/// Cuts an item so that its parts are no longer than a run may be.
void Store::BulkLoader::cutToRuns(ItemRef ref)
{
    const Item& item = m_graph.items[ref];
    const auto* text = reinterpret_cast<const char*>(m_update.data()) + item.content;
    for (std::uint32_t at = 0; item.length - at > kMaxRun;) {
        at += kMaxRun;
        if (item.has(Item::kWide)) {
            bool cutsPair = false;
            text += utf8Bytes(text, kMaxRun, cutsPair);
            at -= cutsPair ? 1 : 0;
        }
        m_cuts.emplace_back(ref, at);
    }
}

LocalId Store::BulkLoader::local(const WireId& id)
{
    // A clock too large to be known is no smaller than any end.
    return {m_graph.peers.findOrAdd(id.client),
        static_cast<std::uint32_t>(std::min<std::uint64_t>(id.clock, kNone))};
}

// --- finding items by clock ---

void Store::BulkLoader::indexClocks()
{
    m_index.clear();
    m_ends.resize(m_graph.items.extent());
    for (Block& block : m_blocks) {
        block.index = m_index.size();
        block.shift = static_cast<unsigned>(std::bit_width(block.end / (block.last - block.first)));
        std::uint64_t clock = 0;
        for (ItemRef ref = block.first; ref < block.last; ++ref) {
            m_ends[ref] = m_graph.items[ref].end();
            for (; clock < m_ends[ref]; clock += std::uint64_t{1} << block.shift) {
                m_index.push_back(ref);
            }
        }
    }
}

ItemRef Store::BulkLoader::find(const Block& block, std::uint32_t clock) const noexcept
{
    assert(clock < block.end);
    ItemRef ref = m_index[block.index + (std::uint64_t{clock} >> block.shift)];
    while (m_ends[ref] <= clock) {
        ++ref;
    }
    return ref;
}

Store::BulkLoader::Block* Store::BulkLoader::blockOf(PeerIndex peer) noexcept
{
    return peer < m_blockOf.size() && m_blockOf[peer] != kNone ? &m_blocks[m_blockOf[peer]]
                                                               : nullptr;
}

const Store::BulkLoader::Block* Store::BulkLoader::blockOf(PeerIndex peer) const noexcept
{
    return peer < m_blockOf.size() && m_blockOf[peer] != kNone ? &m_blocks[m_blockOf[peer]]
                                                               : nullptr;
}

/// One behind the last item of the struct that the item begins.
ItemRef Store::BulkLoader::behindStruct(ItemRef ref) const noexcept
{
    const ItemRef end = m_graph.items.extent();
    for (++ref; ref < end && m_graph.items[ref].has(Item::kContinues); ++ref) { }
    return ref;
}

// --- what the items build on ---

/// Finds the neighbours of all items by their ids, and where those have to be cut for it.
bool Store::BulkLoader::resolve()
{
    const std::size_t count = m_graph.items.extent();
    m_left.resize(count);
    m_nodes.resize(count);
    for (const Block& block : m_blocks) {
        for (ItemRef ref = block.first; ref < block.last; ++ref) {
            if (!resolveItem(ref, block)) {
                return false;
            }
        }
    }
    return true;
}

bool Store::BulkLoader::resolveItem(ItemRef ref, const Block& own)
{
    const Item& item = m_graph.items[ref];
    // Nobody builds on what he writes later, and what is not there at all has to be waited for.
    const auto blockWith = [&](LocalId id) -> const Block* {
        const Block* const block = id.peer == own.peer ? &own : blockOf(id.peer);
        const std::uint32_t end = block == &own ? item.id.clock : block == nullptr ? 0 : block->end;
        return id.clock < end ? block : nullptr;
    };
    ItemRef left = kNone;
    ItemRef right = kNone;
    if (!item.origin.isNone()) {
        const Block* const block = blockWith(item.origin);
        if (block == nullptr) {
            return false;
        }
        left = find(*block, item.origin.clock);
        if (m_ends[left] != item.origin.clock + 1) {
            cutAt(left, beginOf(*block, left), item.origin.clock + 1);
        }
    }
    if (!item.rightOrigin.isNone()) {
        const Block* const block = blockWith(item.rightOrigin);
        if (block == nullptr) {
            return false;
        }
        right = find(*block, item.rightOrigin.clock);
        const std::uint32_t begin = beginOf(*block, right);
        if (begin != item.rightOrigin.clock) {
            cutAt(right, begin, item.rightOrigin.clock);
        }
    }
    if (left != kNone && left == right && item.rightOrigin.clock <= item.origin.clock) {
        return false; // nonsense, and what comes of it depends on how it is cut
    }
    m_left[ref] = left;
    m_nodes[ref] = {right, kNone};
    if (item.place != kNone && !m_parents[item.place].isRoot) {
        return blockWith(m_parents[item.place].holder) != nullptr;
    }
    return true;
}

void Store::BulkLoader::cutAt(ItemRef ref, std::uint32_t begin, std::uint32_t clock)
{
    if (isSplittable(m_graph.items[ref].kind)) {
        m_cuts.emplace_back(ref, clock - begin);
    }
}

void Store::BulkLoader::cutAtDeletions()
{
    for (const WireRange& range : m_deletions) {
        const Block* const block = blockOf(m_graph.peers.find(range.client));
        if (block == nullptr || range.length == 0) {
            continue;
        }
        for (const std::uint64_t at : {range.clock, range.end()}) {
            if (at >= block->end) {
                continue;
            }
            const auto clock = static_cast<std::uint32_t>(at);
            const ItemRef ref = find(*block, clock);
            const std::uint32_t begin = beginOf(*block, ref);
            if (begin != clock && m_graph.items[ref].kind != Kind::Deleted) {
                cutAt(ref, begin, clock);
            }
        }
    }
}

/// Where in the update the content of an item ends.
std::uint32_t Store::BulkLoader::behindContent(const Item& item, bool& cutsPair) const
{
    Reader reader(m_update);
    reader.seek(item.content);
    switch (item.kind) {
    case Kind::String:
        if (item.has(Item::kWide)) {
            const auto* const text = reinterpret_cast<const char*>(m_update.data()) + item.content;
            return item.content
                + static_cast<std::uint32_t>(utf8Bytes(text, item.length, cutsPair));
        }
        return item.content + item.length;
    case Kind::Any:
    case Kind::Json:
        for (std::uint32_t i = 0; i < item.length; ++i) {
            if (item.kind == Kind::Any) {
                static_cast<void>(readAny(reader));
            } else {
                static_cast<void>(readText(reader, m_codec));
            }
        }
        return static_cast<std::uint32_t>(reader.position());
    default:
        return item.content;
    }
}

/// Moves the items apart, from the last one on, to make room for the parts of those that are cut.
/// False when a surrogate pair would be cut.
bool Store::BulkLoader::carryOutCuts()
{
    std::ranges::sort(m_cuts);
    const auto repeated = std::ranges::unique(m_cuts);
    m_cuts.erase(repeated.begin(), repeated.end());
    ItemRef from = m_graph.items.extent();
    for (std::size_t i = 0; i < m_cuts.size(); ++i) {
        static_cast<void>(m_graph.items.extend());
    }
    ItemRef to = m_graph.items.extent();
    auto cut = m_cuts.end();
    bool cutsPair = false;
    for (auto block = m_blocks.rbegin(); block != m_blocks.rend(); ++block) {
        const ItemRef first = block->first;
        block->last = to;
        while (from > first) {
            const Item whole = m_graph.items[--from];
            std::uint32_t end = whole.length;
            auto firstCut = cut;
            while (firstCut != m_cuts.begin() && (firstCut - 1)->first == from) {
                --firstCut;
            }
            for (; cut != firstCut; end = cut->second) {
                --cut;
                Item& part = m_graph.items[--to];
                part = whole;
                part.id = whole.id.plus(cut->second);
                part.origin = whole.id.plus(cut->second - 1);
                part.length = end - cut->second;
                part.place = kNone;
                part.set(Item::kContinues);
            }
            Item& head = m_graph.items[--to];
            head = whole;
            head.length = end;
            // What the parts hold is found from the left.
            for (ItemRef part = to + 1; m_graph.items[part - 1].end() < whole.end(); ++part) {
                m_graph.items[part].content = behindContent(m_graph.items[part - 1], cutsPair);
            }
        }
        block->first = block->next = to;
    }
    m_cuts.clear();
    if (cutsPair) {
        return false;
    }
    indexClocks();
    return true;
}

// --- the order of integration ---

/// Goes through the structs as Store::Applier does: the highest client first, and before a struct
/// what it depends on. False when something would have to wait.
bool Store::BulkLoader::putInOrder()
{
    if (m_blocks.size() == 1) {
        m_order.emplace_back(m_blocks.front().first, m_blocks.front().last);
        return true;
    }
    std::vector<std::uint32_t> descending(m_blocks.size());
    std::iota(descending.begin(), descending.end(), 0U);
    std::ranges::sort(descending, std::ranges::greater{},
        [this](std::uint32_t block) { return m_blocks[block].client; });

    std::vector<ItemRef> waiting;
    std::vector<std::uint32_t> placed(m_blocks.size(), 0); // clocks
    const auto take = [this, &waiting](Block& block) {
        waiting.push_back(block.next);
        block.next = behindStruct(block.next);
    };
    for (const std::uint32_t index : descending) {
        while (m_blocks[index].next < m_blocks[index].last) {
            take(m_blocks[index]);
            while (!waiting.empty()) {
                const ItemRef ref = waiting.back();
                const Item& item = m_graph.items[ref];
                const std::uint32_t own = m_blockOf[item.id.peer];
                if (placed[own] != item.id.clock) {
                    return false;
                }
                if (const std::uint32_t lacking = missing(ref, placed); lacking != kNone) {
                    Block& block = m_blocks[lacking];
                    if (block.next == block.last) {
                        return false;
                    }
                    take(block);
                    continue;
                }
                waiting.pop_back();
                const ItemRef behind = behindStruct(ref);
                placed[own] = m_graph.items[behind - 1].end();
                if (!m_order.empty() && m_order.back().second == ref) {
                    m_order.back().second = behind;
                } else {
                    m_order.emplace_back(ref, behind);
                }
            }
        }
    }
    return true;
}

/// The first block of which the struct needs more than was placed.
std::uint32_t Store::BulkLoader::missing(
    ItemRef ref, const std::vector<std::uint32_t>& placed) const
{
    const Item& item = m_graph.items[ref];
    const auto lacking = [&](LocalId id) {
        const std::uint32_t block = id.isNone() ? kNone : m_blockOf[id.peer];
        return block != kNone && id.peer != item.id.peer && id.clock >= placed[block] ? block
                                                                                      : kNone;
    };
    if (const std::uint32_t block = lacking(item.origin); block != kNone) {
        return block;
    }
    if (const std::uint32_t block = lacking(item.rightOrigin); block != kNone) {
        return block;
    }
    return item.place == kNone ? kNone : lacking(m_parents[item.place].holder);
}

/// Whether no value of a map is more than one unit long; the tree path deletes such values by
/// whole structs.
bool Store::BulkLoader::mapValuesAreSingle()
{
    for (const auto& [first, last] : m_order) {
        for (ItemRef ref = first; ref < last; ++ref) {
            Item& item = m_graph.items[ref];
            const ItemRef neighbour = m_left[ref] != kNone ? m_left[ref] : m_nodes[ref].next;
            const bool inMap = neighbour != kNone
                ? m_graph.items[neighbour].has(Item::kInMap)
                : item.place != kNone && m_parents[item.place].hasKey;
            if (inMap) {
                if (item.length > 1 || item.has(Item::kContinues)) {
                    return false;
                }
                item.set(Item::kInMap);
            }
        }
    }
    return true;
}

} // namespace tutti::crdt::detail
