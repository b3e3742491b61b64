// SPDX-License-Identifier: MIT
//
// The second half of a bulk load: Yjs's Item.integrate and Item.delete on singly linked lists, then
// what the end of a transaction would do anyway, and the trees.
#include "crdt/detail/any_codec.h"
#include "crdt/detail/bulk_load.h"
#include "crdt/detail/read_content.h"
#include "crdt/utf.h"

#include <algorithm>
#include <cassert>

namespace tutti::crdt::detail {

std::optional<std::vector<WireRange>> Store::BulkLoader::place()
{
    m_placed = true;
    m_settled = maySettle();
    if (!integrateAll()) {
        takeBack();
        return std::nullopt;
    }
    m_store.m_open->settled = m_settled;
    std::vector<WireRange> waiting = applyDeletions();
    if (m_settled && m_store.m_options.gc) {
        collectGarbage();
    }
    for (const Block& block : m_blocks) {
        m_graph.peers[block.peer].end = block.end;
    }
    layOut();
    buildSequences();
    moveItems();
    linkChains();
    return waiting;
}

/// False when the searches for places took so many steps that the tree path, which passes over
/// crowds at once, is the better one.
bool Store::BulkLoader::integrateAll()
{
    const std::uint64_t mostSteps = 65'536 + 16 * std::uint64_t{m_nodes.size()};
    PeerIndex writer = kNone;
    for (const auto& [first, last] : m_order) {
        for (ItemRef ref = first; ref < last;) {
            if (const PeerIndex peer = m_graph.items[ref].id.peer; peer != writer) {
                m_store.noteGrowth(peer);
                writer = peer;
            }
            const ItemRef behind = behindStruct(ref);
            integrate(ref, behind);
            ref = behind;
            if (m_stamp > mostSteps) {
                return false;
            }
        }
    }
    return true;
}

/// Undoes integrateAll. The document held no items, so the transaction has recorded nothing else;
/// roots and their keys stay, since the update names them on any path.
void Store::BulkLoader::takeBack()
{
    for (ItemRef ref = 0; ref < m_graph.items.extent(); ++ref) {
        if (m_graph.items[ref].kind == Kind::Type && m_nodes[ref].list != kNone) {
            m_graph.dropLists(m_graph.items[ref].content);
        }
    }
    TransactionRecord& record = *m_store.m_open;
    m_graph.items.truncate(0);
    m_graph.peers.truncate(m_peersBefore);
    for (PeerIndex peer = 0; peer < m_peersBefore; ++peer) {
        m_graph.peers[peer].touchedIn = 0;
        m_graph.peers[peer].deletedIn = 0;
    }
    record.growth.clear();
    record.deletes.clear();
    record.deletedPeers.clear();
}

/// Whether what is deleted can be forgotten and runs be joined at once: the transaction ends with
/// this, nobody looks before its clean-up, and no marks have to be looked at in it.
bool Store::BulkLoader::maySettle() const
{
    return m_store.m_depth == 1 && !m_hasMarks && !m_store.m_options.gcFilter
        && m_store.afterTransaction.empty()
        && std::ranges::all_of(m_store.m_typeObservers, [](const auto& entry) {
               return entry.second.direct.empty() && entry.second.deep.empty();
           });
}

// --- lists ---

std::uint32_t Store::BulkLoader::listOf(TypeIndex type, std::uint32_t chain)
{
    std::vector<std::uint32_t>& lists = chain == kNone ? m_sequenceOf : m_chainOf;
    const std::uint32_t index = chain == kNone ? type : chain;
    if (index >= lists.size()) {
        lists.resize(std::max<std::size_t>(index + 1U, lists.size() * 2), kNone);
    }
    if (lists[index] == kNone) {
        lists[index] = static_cast<std::uint32_t>(m_lists.size());
        m_lists.push_back({type, chain, m_graph.types[type].item, kNone});
        m_store.noteChanged(type, chain);
    }
    return lists[index];
}

/// The list a parent means; kNone when the parent is gone or no type.
std::uint32_t Store::BulkLoader::listFor(const Parent& parent)
{
    TypeIndex type = kNone;
    if (parent.isRoot) {
        type = m_store.root(parent.root);
    } else {
        const Item& holder = m_graph.items[find(*blockOf(parent.holder.peer), parent.holder.clock)];
        if (holder.kind != Kind::Type) {
            return kNone;
        }
        type = holder.content;
    }
    return listOf(type, parent.hasKey ? m_graph.types.findOrAddChain(type, parent.key) : kNone);
}

// --- integration ---

/// Places a struct, which may be several items: they follow each other.
void Store::BulkLoader::integrate(ItemRef first, ItemRef last)
{
    const Item& item = m_graph.items[first];
    if (item.kind == Kind::Gc) {
        return;
    }
    ItemRef left = m_left[first];
    ItemRef right = m_nodes[first].next;
    std::uint32_t list = kNone; // stays so when a neighbour is gone, or the parent
    if (left != kNone) {
        list = m_nodes[left].list;
        if (right != kNone && m_nodes[right].list != list) {
            // Only a broken peer names neighbours in two lists; the left one counts.
            list = m_nodes[right].list == kNone ? kNone : list;
            right = kNone;
        }
    } else {
        list = right != kNone ? m_nodes[right].list : listFor(m_parents[item.place]);
    }
    if (list == kNone) {
        for (ItemRef ref = first; ref < last; ++ref) {
            m_graph.items[ref].kind = Kind::Gc;
        }
        return;
    }
    ItemRef& head = m_lists[list].head;
    if ((left == kNone ? head : m_nodes[left].next) != right) {
        left = resolveConflicts(first, left, right, head);
    }
    ItemRef& before = left == kNone ? head : m_nodes[left].next;
    m_nodes[last - 1].next = before;
    before = first;
    for (ItemRef ref = first; ref < last; ++ref) {
        enter(ref, list);
        if (ref + 1 < last) {
            m_nodes[ref].next = ref + 1;
        }
    }

    const ItemRef holder = m_lists[list].holder;
    const bool isValue = m_lists[list].chain != kNone;
    const bool newest = m_nodes[last - 1].next == kNone;
    if (isValue && newest && left != kNone) {
        erase(left); // the value this one replaces
    }
    if ((holder != kNone && m_graph.items[holder].deleted()) || (isValue && !newest)) {
        for (ItemRef ref = last; ref > first; --ref) {
            erase(ref - 1);
        }
    }
}

/// What it takes to be in a list, by kind.
void Store::BulkLoader::enter(ItemRef ref, std::uint32_t list)
{
    Item& item = m_graph.items[ref];
    m_nodes[ref].list = list;
    if (item.kind == Kind::Deleted) {
        item.set(Item::kDeleted);
        m_store.noteDeleted(item);
    } else if (item.kind == Kind::Type) {
        NewContent content = readContent(wireOf(item), 0, m_wide);
        item.content = m_store.addNestedType(content.typeRef, std::move(content.typeName), ref);
    } else if (item.kind == Kind::Format) {
        m_graph.types[m_lists[list].owner].hasFormatting = true;
    }
}

WireStruct Store::BulkLoader::wireOf(const Item& item) const
{
    WireStruct wire;
    wire.kind = item.kind;
    wire.length = item.length;
    wire.codec = m_codec;
    wire.content = m_update.subspan(item.content);
    return wire;
}

/// See Store::resolveConflicts: membership in Yjs's two sets is a matter of when the search passed.
ItemRef Store::BulkLoader::resolveConflicts(ItemRef ref, ItemRef left, ItemRef right, ItemRef head)
{
    m_stamps.resize(m_nodes.size(), 0);
    const Item& item = m_graph.items[ref];
    const std::uint64_t client = m_graph.peers[item.id.peer].client;
    const ItemRef initialLeft = left;
    const std::uint64_t before = m_stamp;
    for (ItemRef other = left == kNone ? head : m_nodes[left].next;
        other != kNone && other != right; other = m_nodes[other].next) {
        m_stamps[other] = ++m_stamp;
        const Item& conflicting = m_graph.items[other];
        if (conflicting.origin == item.origin) {
            if (m_graph.peers[conflicting.id.peer].client < client) {
                left = other;
            } else if (conflicting.rightOrigin == item.rightOrigin) {
                break;
            }
            continue;
        }
        const ItemRef origin = m_left[other];
        if (origin == kNone || m_stamps[origin] <= before) {
            break;
        }
        if (left != initialLeft && m_stamps[origin] <= m_stamps[left]) {
            left = other;
        }
    }
    return left;
}

// --- deletion ---

/// See Store::remove.
void Store::BulkLoader::erase(ItemRef first)
{
    std::vector<ItemRef> pending;
    const auto eraseOne = [this, &pending](ItemRef ref) {
        Item& item = m_graph.items[ref];
        if (item.deleted()) {
            return;
        }
        item.set(Item::kDeleted);
        m_store.noteDeleted(item);
        if (item.kind != Kind::Type) {
            item.kind = m_settled && m_store.m_options.gc ? Kind::Deleted : item.kind;
            return;
        }
        m_deletedTypes.push_back(ref);
        forEachList(item.content, [this, &pending](const List& list) {
            for (ItemRef child = list.head; child != kNone; child = m_nodes[child].next) {
                // Of a key only the newest value is left to delete.
                if (!m_graph.items[child].deleted()
                    && (list.chain == kNone || m_nodes[child].next == kNone)) {
                    pending.push_back(child);
                }
            }
        });
    };
    eraseOne(first);
    while (!pending.empty()) {
        const ItemRef next = pending.back();
        pending.pop_back();
        eraseOne(next);
    }
}

/// The sequence of a type, then its map chains.
template <typename Visit>
void Store::BulkLoader::forEachList(TypeIndex type, Visit visit)
{
    if (type < m_sequenceOf.size() && m_sequenceOf[type] != kNone) {
        visit(m_lists[m_sequenceOf[type]]);
    }
    for (const std::uint32_t chain : m_graph.types[type].chains) {
        visit(m_lists[m_chainOf[chain]]);
    }
}

/// See Store::applyDeletes.
std::vector<WireRange> Store::BulkLoader::applyDeletions()
{
    std::vector<WireRange> waiting;
    for (const WireRange& range : m_deletions) {
        if (range.length == 0) {
            continue;
        }
        const Block* const block = blockOf(m_graph.peers.find(range.client));
        const std::uint64_t known = block == nullptr ? 0 : block->end;
        if (known < range.end()) {
            const std::uint64_t from = std::max(known, range.clock);
            waiting.push_back({range.client, from, range.end() - from});
        }
        if (range.clock >= known) {
            continue;
        }
        // Live items were cut at both ends of the range.
        for (ItemRef ref = find(*block, static_cast<std::uint32_t>(range.clock));
            ref < block->last && m_graph.items[ref].id.clock < range.end(); ++ref) {
            if (m_graph.items[ref].kind != Kind::Gc) {
                erase(ref);
            }
        }
    }
    return waiting;
}

/// See Store::forget: of deleted items the content goes, what is in deleted types becomes Gc.
void Store::BulkLoader::collectGarbage()
{
    std::vector<TypeIndex> types;
    for (const ItemRef ref : m_deletedTypes) {
        if (m_graph.items[ref].kind != Kind::Type) {
            continue; // gone with the type it was in
        }
        types.push_back(m_graph.items[ref].content);
        while (!types.empty()) {
            const TypeIndex type = types.back();
            types.pop_back();
            forEachList(type, [this, &types](List& list) {
                for (ItemRef child = list.head; child != kNone; child = m_nodes[child].next) {
                    Item& item = m_graph.items[child];
                    if (item.kind == Kind::Type) {
                        types.push_back(item.content);
                    }
                    item.kind = Kind::Gc;
                }
                list.head = kNone;
            });
            m_graph.dropLists(type);
        }
        m_graph.items[ref].kind = Kind::Deleted;
    }
    m_deletedTypes.clear();
}

// --- the end ---

/// See Graph::fits.
bool Store::BulkLoader::joins(ItemRef leftRef, ItemRef rightRef) const noexcept
{
    const Item& left = m_graph.items[leftRef];
    const Item& right = m_graph.items[rightRef];
    return m_nodes[leftRef].next == rightRef && right.origin == left.lastId()
        && right.rightOrigin == left.rightOrigin && right.kind == left.kind
        && isSplittable(left.kind) && right.deleted() == left.deleted();
}

/// Decides which items are joined and where each goes in the pool: down, if anywhere. Leaves in
/// m_ends how much it adds to the length of its sequence.
void Store::BulkLoader::layOut()
{
    ItemRef to = 0;
    for (const Block& block : m_blocks) {
        bool continues = false;
        for (ItemRef first = block.first; first < block.last;) {
            Item& item = m_graph.items[first];
            ItemRef behind = first + 1;
            if (item.kind == Kind::Gc) {
                m_left[first] = kNone;
                first = behind;
                continues = false;
                continue;
            }
            (continues ? item.set(Item::kContinues) : item.clear(Item::kContinues));
            std::uint32_t length = item.length;
            continues = false;
            for (; behind < block.last && joins(behind - 1, behind); ++behind) {
                const Item& next = m_graph.items[behind];
                if (!m_settled || (next.kind != Kind::Deleted && length + next.length > kMaxRun)) {
                    continues = m_settled || next.has(Item::kContinues);
                    break;
                }
                length += next.length;
                m_left[behind] = kNone;
            }
            m_left[first] = to++;
            m_ends[first] = item.visible() == 0 ? 0 : length;
            first = behind;
        }
    }
}

void Store::BulkLoader::buildSequences()
{
    for (const List& list : m_lists) {
        if (list.chain != kNone || list.head == kNone) {
            continue;
        }
        SequenceTree::Builder builder(m_graph.tree, list.owner);
        for (ItemRef ref = list.head; ref != kNone;) {
            Node& node = m_nodes[ref];
            if (m_left[ref] != kNone) {
                node.list = builder.append(m_left[ref], m_ends[ref]);
            }
            ref = node.next;
        }
        builder.finish();
    }
}

/// Carries out what was laid out. None is overwritten before its turn.
void Store::BulkLoader::moveItems()
{
    ItemRef extent = 0;
    for (const Block& block : m_blocks) {
        PeerRuns& runs = m_graph.peers[block.peer].runs;
        for (ItemRef first = block.first; first < block.last;) {
            Item item = m_graph.items[first];
            ItemRef behind = first + 1;
            const bool isGc = item.kind == Kind::Gc;
            for (; behind < block.last && m_left[behind] == kNone
                && (m_graph.items[behind].kind == Kind::Gc) == isGc && (m_settled || !isGc);
                ++behind) {
                item.length += m_graph.items[behind].length;
            }
            if (isGc) {
                runs.append({item.id.clock, RunEntry::kGc});
                first = behind;
                continue;
            }
            const ItemRef to = m_left[first];
            item.place = m_nodes[first].list;
            fill(item, first, behind);
            if (item.kind == Kind::Type) {
                m_graph.types[item.content].item = to;
            }
            runs.append({item.id.clock, to});
            m_graph.items[to] = item;
            extent = to + 1;
            first = behind;
        }
    }
    m_graph.items.truncate(extent);
}

/// Gives an item the content of what it was made of.
void Store::BulkLoader::fill(Item& item, ItemRef first, ItemRef behind)
{
    switch (item.kind) {
    case Kind::String:
        fillText(item, first, behind);
        break;
    case Kind::Any:
    case Kind::Json: {
        Any::Array values;
        values.reserve(item.length);
        for (ItemRef ref = first; ref < behind; ++ref) {
            Reader reader(m_update);
            reader.seek(m_graph.items[ref].content);
            for (std::uint32_t i = 0; i < m_graph.items[ref].length; ++i) {
                values.push_back(item.kind == Kind::Any
                        ? readAny(reader)
                        : Any::fromJson(readText(reader, m_codec)).value_or(Any()));
            }
        }
        m_graph.setValue(item, std::move(values));
        break;
    }
    case Kind::Binary:
    case Kind::Embed:
    case Kind::Format:
        m_store.setPayload(item, std::move(readContent(wireOf(item), 0, m_wide).value));
        break;
    case Kind::Type:
        break;
    default:
        item.content = kNone;
        break;
    }
}

void Store::BulkLoader::fillText(Item& item, ItemRef first, ItemRef behind)
{
    const std::string_view update(reinterpret_cast<const char*>(m_update.data()), m_update.size());
    const auto utf8 = [this, update](const Item& part) {
        bool ignored = false;
        return update.substr(part.content, behindContent(part, ignored) - part.content);
    };
    bool isWide = false;
    for (ItemRef ref = first; ref < behind; ++ref) {
        isWide = isWide || m_graph.items[ref].has(Item::kWide);
    }
    if (isWide) {
        m_wide.clear();
        for (ItemRef ref = first; ref < behind; ++ref) {
            m_wide += toUtf16(utf8(m_graph.items[ref]));
        }
        m_graph.text.assign(item, m_wide);
    } else if (behind == first + 1) {
        m_graph.text.assignAscii(item, update.substr(item.content, item.length));
    } else {
        m_text.clear();
        for (ItemRef ref = first; ref < behind; ++ref) {
            m_text += utf8(m_graph.items[ref]);
        }
        m_graph.text.assignAscii(item, m_text);
    }
}

void Store::BulkLoader::linkChains()
{
    for (const List& list : m_lists) {
        ItemRef before = kNone;
        for (ItemRef ref = list.chain == kNone ? kNone : list.head; ref != kNone;
            ref = m_nodes[ref].next) {
            if (m_left[ref] != kNone) {
                m_graph.linkInChain(list.chain, before, m_left[ref]);
                before = m_left[ref];
            }
        }
    }
}

} // namespace tutti::crdt::detail
