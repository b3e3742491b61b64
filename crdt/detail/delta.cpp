// SPDX-License-Identifier: MIT
//
// What a transaction did to a text, as the delta Yjs's YEvent computes, without walking the text:
// the new runs and the deleted ranges are known, and the tree knows where they stand.
#include "crdt/detail/store.h"

#include <algorithm>

namespace tutti::crdt::detail {

namespace {

/// A stretch of one run that the transaction added or deleted, or that reads differently now.
struct Touched
{
    enum class Change { Added, Deleted, Replaced };

    ItemRef item = kNone;
    std::uint32_t offset = 0; ///< first unit
    std::uint32_t length = 0;
    std::uint32_t position = 0; ///< visible units to its left
    Change change = Change::Added;
};

class DeltaBuilder
{
public:
    void retain(std::uint32_t units) { m_retained += units; }
    void insertText(
        const Graph& graph, const Item& item, std::uint32_t offset, std::uint32_t length)
    {
        DeltaOp& op = last(DeltaOp::Kind::Insert, true);
        graph.text.appendTo(op.text, item, offset, offset + length);
        op.length += Utf16Offset(length);
    }
    void insertEmbed(Any embed)
    {
        DeltaOp& op = last(DeltaOp::Kind::Insert, false);
        op.embed = std::move(embed);
        op.length = Utf16Offset(1);
    }
    void erase(std::uint32_t units)
    {
        last(DeltaOp::Kind::Delete, true).length += Utf16Offset(units);
    }
    [[nodiscard]] std::vector<DeltaOp> take() { return std::move(m_ops); }

private:
    /// The op at the end when it can be extended, else a new one.
    DeltaOp& last(DeltaOp::Kind kind, bool extend)
    {
        if (m_retained > 0) {
            m_ops.push_back({DeltaOp::Kind::Retain, Utf16Offset(m_retained), {}, {}});
            m_retained = 0;
        }
        if (!extend || m_ops.empty() || m_ops.back().kind != kind || m_ops.back().embed) {
            m_ops.push_back({kind, Utf16Offset(0), {}, {}});
        }
        return m_ops.back();
    }

    std::vector<DeltaOp> m_ops;
    std::uint32_t m_retained = 0;
};

void insertItem(DeltaBuilder& builder, const Graph& graph, const Item& item, std::uint32_t offset,
    std::uint32_t length)
{
    if (item.kind == Kind::String) {
        builder.insertText(graph, item, offset, length);
        return;
    }
    for (std::uint32_t i = offset; i < offset + length; ++i) {
        if (item.kind == Kind::Embed) {
            builder.insertEmbed(std::get<Any>(graph.value(item)));
        } else if (item.kind == Kind::Any || item.kind == Kind::Json) {
            builder.insertEmbed(std::get<Any::Array>(graph.value(item))[i]);
        } else {
            builder.insertEmbed(nullptr);
        }
    }
}

} // namespace

std::vector<DeltaOp> Store::deltaOf(TypeIndex type, const TransactionRecord& record) const
{
    const auto inThisList = [this, type](ItemRef item) {
        return !graph.items[item].has(Item::kInMap) && graph.tree.ownerOf(item) == type;
    };
    std::vector<Touched> touched;
    const auto collect = [&](PeerIndex peerIndex, std::uint32_t from, std::uint32_t to,
                             bool added) {
        const Peer& peer = graph.peers[peerIndex];
        PeerRuns::Position at = peer.runs.find(from);
        do {
            const RunEntry entry = peer.runs[at];
            if (entry.clock >= to) {
                break;
            }
            if (entry.isGc() || !inThisList(entry.item)) {
                continue;
            }
            const Item& item = graph.items[entry.item];
            const std::uint32_t begin = std::max(from, item.id.clock);
            const std::uint32_t end = std::min(to, item.end());
            if (isCountable(item.kind) && item.deleted() != added) {
                touched.push_back({entry.item, begin - item.id.clock, end - begin, 0,
                    added ? Touched::Change::Added : Touched::Change::Deleted});
            }
        } while (peer.runs.next(at));
    };
    for (const TransactionRecord::Growth& growth : record.growth) {
        collect(growth.peer, growth.before, growth.after, true);
    }
    for (const LocalRange& range : record.deletes) {
        // What came and went within the transaction is of no interest.
        const std::uint32_t known =
            std::min(range.end(), record.endBefore(graph.peers, range.peer));
        if (range.clock < known) {
            collect(range.peer, range.clock, known, false);
        }
    }

    for (const LocalId secondHalf : record.cutPairs) {
        for (const LocalId half : {secondHalf.plus(0U - 1U), secondHalf}) {
            const ItemRef item = graph.find(half);
            if (item != kNone && inThisList(item) && !graph.items[item].deleted()
                && !record.isNew(graph.peers, half)) {
                touched.push_back({item, half.clock - graph.items[item].id.clock, 1, 0,
                    Touched::Change::Replaced});
            }
        }
    }

    for (Touched& stretch : touched) {
        stretch.position = graph.visibleBefore(stretch.item)
            + (graph.items[stretch.item].deleted() ? 0 : stretch.offset);
    }
    std::ranges::sort(touched, [this](const Touched& a, const Touched& b) {
        if (a.position != b.position) {
            return a.position < b.position;
        }
        if (a.item == b.item) {
            return a.offset < b.offset;
        }
        return graph.tree.isBefore(a.item, b.item);
    });

    DeltaBuilder builder;
    std::uint32_t reached = 0; // visible units passed so far
    for (const Touched& stretch : touched) {
        builder.retain(stretch.position - reached);
        reached = stretch.position;
        if (stretch.change != Touched::Change::Added) {
            builder.erase(stretch.length);
        }
        if (stretch.change != Touched::Change::Deleted) {
            insertItem(builder, graph, graph.items[stretch.item], stretch.offset, stretch.length);
            reached += stretch.length;
        }
    }
    return builder.take();
}

} // namespace tutti::crdt::detail
