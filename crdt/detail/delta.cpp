// SPDX-License-Identifier: MIT
//
// What a transaction did to a text, as the delta Yjs's YEvent computes, without walking the text:
// the new runs and the deleted ranges are known, and the tree knows where they stand.
#include "crdt/detail/format_attributes.h"
#include "crdt/detail/handles.h"
#include "crdt/detail/store.h"
#include "crdt/detail/text_units.h"

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

/// Collects steps; lengths are UTF-16 units, but for deletions, which are given as they will be
/// told.
class DeltaBuilder
{
public:
    void retain(std::uint32_t units) { m_retained += units; }
    void insertText(
        const Graph& graph, const Item& item, std::uint32_t offset, std::uint32_t length)
    {
        DeltaOp& op = last(DeltaOp::Kind::Insert, Joins::Text);
        graph.text.appendTo(op.text, item, offset, offset + length);
        op.length += Offset(length);
    }
    void insertValue(Value value, bool inList)
    {
        DeltaOp& op = last(DeltaOp::Kind::Insert, inList ? Joins::Values : Joins::Nothing);
        op.values.push_back(std::move(value));
        op.length += Offset(1);
    }
    void erase(std::uint32_t units)
    {
        last(DeltaOp::Kind::Delete, Joins::Any).length += Offset(units);
    }
    [[nodiscard]] std::vector<DeltaOp> take() { return std::move(m_ops); }

private:
    /// What the step at the end must be for more to join it.
    enum class Joins { Nothing, Text, Values, Any };

    /// The step at the end when it can be extended, else a new one.
    DeltaOp& last(DeltaOp::Kind kind, Joins joins)
    {
        if (m_retained > 0) {
            m_ops.push_back({DeltaOp::Kind::Retain, Offset(m_retained), {}, {}, {}});
            m_retained = 0;
        }
        const bool extends = joins != Joins::Nothing && !m_ops.empty() && m_ops.back().kind == kind
            && (joins == Joins::Any || (joins == Joins::Text) == m_ops.back().values.empty());
        if (!extends) {
            m_ops.push_back({kind, Offset(0), {}, {}, {}});
        }
        return m_ops.back();
    }

    std::vector<DeltaOp> m_ops;
    std::uint32_t m_retained = 0;
};

bool isText(TypeRef ref) { return ref == TypeRef::Text || ref == TypeRef::XmlText; }

/// From UTF-16 to the Doc's UTF-8, but for deletions, which are right already.
void convertToUtf8(const Graph& graph, TypeIndex type, std::vector<DeltaOp>& delta)
{
    std::uint32_t position = 0;
    for (DeltaOp& op : delta) {
        if (op.kind == DeltaOp::Kind::Delete) {
            continue;
        }
        const std::uint32_t units = op.length.value();
        op.length = Offset(utf8Length(graph, type, position, position + units));
        position += units;
    }
}

} // namespace

std::vector<DeltaOp> Store::deltaOf(TypeIndex type, const TransactionRecord& record)
{
    const bool text = isText(graph.types[type].ref);
    const bool inUtf8 = utf8() && text;
    if (text && graph.types[type].hasFormatting) {
        std::vector<DeltaOp> delta = formattedDeltaOf(type, record);
        if (inUtf8) {
            convertToUtf8(graph, type, delta);
        }
        return delta;
    }
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
        const Item& item = graph.items[stretch.item];
        const std::uint32_t end = stretch.offset + stretch.length;
        if (stretch.change != Touched::Change::Added) {
            builder.erase(inUtf8 ? utf8Length(graph, item, stretch.offset, end) : stretch.length);
        }
        if (stretch.change == Touched::Change::Deleted) {
            continue;
        }
        if (item.kind == Kind::String) {
            builder.insertText(graph, item, stretch.offset, stretch.length);
        } else {
            for (std::uint32_t unit = stretch.offset; unit < end; ++unit) {
                builder.insertValue(Handles::value(*this, item, unit), !text);
            }
        }
        reached += stretch.length;
    }
    std::vector<DeltaOp> delta = builder.take();
    if (inUtf8) {
        convertToUtf8(graph, type, delta);
    }
    return delta;
}

namespace {

/// The walk over a formatted text that tells its changes: which steps there are, and which
/// attributes each inserted or kept stretch has or had (Yjs: YTextEvent.delta).
class FormattedWalk
{
public:
    void insertText(const Graph& graph, const Item& item, std::uint32_t from, std::uint32_t to)
    {
        if (m_kind != DeltaOp::Kind::Insert || !m_open) {
            start(DeltaOp::Kind::Insert);
        }
        graph.text.appendTo(m_op.text, item, from, to);
        m_op.length += Offset(to - from);
    }
    void insertValue(Value value)
    {
        start(DeltaOp::Kind::Insert);
        m_op.values.push_back(std::move(value));
        m_op.length = Offset(1);
        finish();
    }
    void erase(std::uint32_t told) { extend(DeltaOp::Kind::Delete, told); }
    void retain(std::uint32_t units)
    {
        if (units > 0) {
            extend(DeltaOp::Kind::Retain, units);
        }
    }

    /// A mark that the transaction added.
    void addMark(const FormatMark& mark)
    {
        const AttributeValue value{mark.value, mark.identity};
        if (!equalAttributes(m_current.valueOf(mark.key), value)) {
            finish(DeltaOp::Kind::Retain);
            if (equalAttributes(value, m_old.valueOf(mark.key))) {
                m_changed.erase(mark.key);
            } else {
                m_changed.set(mark.key, value);
            }
        } else if (!mark.value.isNull()) {
            return; // says nothing new: Yjs deletes it now, so it parts no text
        }
        passMark(mark);
    }
    /// A mark that the transaction deleted.
    void removeMark(const FormatMark& mark)
    {
        const AttributeValue value{mark.value, mark.identity};
        m_old.set(mark.key, value);
        const AttributeValue current = m_current.valueOf(mark.key);
        if (!equalAttributes(current, value)) {
            finish(DeltaOp::Kind::Retain);
            m_changed.set(mark.key, current);
        }
    }
    /// A mark that was there and still is.
    void keepMark(const FormatMark& mark)
    {
        const AttributeValue value{mark.value, mark.identity};
        m_old.set(mark.key, value);
        if (const AttributeValue* changed = m_changed.find(mark.key); changed != nullptr) {
            if (!equalAttributes(*changed, value)) {
                finish(DeltaOp::Kind::Retain);
                if (value.value.isNull()) {
                    m_changed.erase(mark.key);
                } else {
                    m_changed.set(mark.key, value);
                }
            } else if (!value.value.isNull()) {
                return; // says nothing new any more: Yjs deletes it now, so it parts no text
            }
        }
        passMark(mark);
    }

    [[nodiscard]] std::vector<DeltaOp> take()
    {
        finish();
        while (!m_ops.empty() && m_ops.back().kind == DeltaOp::Kind::Retain
            && m_ops.back().attributes.empty()) {
            m_ops.pop_back();
        }
        return std::move(m_ops);
    }

private:
    void passMark(const FormatMark& mark)
    {
        finish(DeltaOp::Kind::Insert);
        m_current.fold(mark);
    }
    void extend(DeltaOp::Kind kind, std::uint32_t units)
    {
        if (!m_open || m_kind != kind) {
            start(kind);
        }
        m_op.length += Offset(units);
    }
    void start(DeltaOp::Kind kind)
    {
        finish();
        m_open = true;
        m_kind = kind;
        m_op = {kind, Offset(0), {}, {}, {}};
    }
    void finish(DeltaOp::Kind onlyIf)
    {
        if (m_open && m_kind == onlyIf) {
            finish();
        }
    }
    void finish()
    {
        if (m_open && m_op.length.value() > 0) {
            if (m_kind == DeltaOp::Kind::Insert) {
                m_op.attributes = m_current.toObject();
            } else if (m_kind == DeltaOp::Kind::Retain) {
                for (const auto& [key, value] : m_changed) {
                    m_op.attributes.emplace_back(key, value.value);
                }
                m_op.attributes = *Any::object(std::move(m_op.attributes)).objectIf();
            }
            m_ops.push_back(std::move(m_op));
        }
        m_open = false;
    }

    AttributeMap m_current; ///< in force now
    AttributeMap m_old; ///< what marks said before
    AttributeMap m_changed; ///< what retained text got
    std::vector<DeltaOp> m_ops;
    DeltaOp m_op;
    DeltaOp::Kind m_kind = DeltaOp::Kind::Retain;
    bool m_open = false;
};

} // namespace

std::vector<DeltaOp> Store::formattedDeltaOf(TypeIndex type, const TransactionRecord& record)
{
    FormattedWalk walk;
    std::vector<LocalId> halves; // of surrogate pairs that were cut
    for (const LocalId secondHalf : record.cutPairs) {
        halves.push_back(secondHalf.plus(0U - 1U));
        halves.push_back(secondHalf);
    }
    std::ranges::sort(halves, {}, &Graph::key);
    for (auto at = graph.tree.first(type); !at.isNone(); at = graph.tree.next(at)) {
        const Item& item = graph.items[graph.tree.itemAt(at)];
        const bool added = record.isNew(graph.peers, item.id);
        const bool removed = contains(record.deletes, item.id);
        if (item.deleted() && (added || !removed)) {
            continue; // gone before, or came and went
        }
        if (item.kind == Kind::Format) {
            const FormatMark& mark = std::get<FormatMark>(graph.value(item));
            if (removed) {
                walk.removeMark(mark);
            } else if (added) {
                walk.addMark(mark);
            } else {
                walk.keepMark(mark);
            }
        } else if (!isCountable(item.kind)) {
            continue;
        } else if (!added) {
            // A run of the open transaction's writer may have grown in place.
            const std::uint32_t before = record.endBefore(graph.peers, item.id.peer);
            const std::uint32_t known = std::min(item.length, before - item.id.clock);
            if (removed) {
                walk.erase(utf8() ? utf8Length(graph, item, 0, known) : known);
                continue;
            }
            std::uint32_t unit = 0;
            const std::uint64_t end = Graph::key(item.id.plus(known));
            for (auto half = std::ranges::lower_bound(halves, Graph::key(item.id), {}, &Graph::key);
                half != halves.end() && Graph::key(*half) < end; ++half) {
                walk.retain(half->clock - item.id.clock - unit);
                unit = half->clock - item.id.clock;
                walk.erase(utf8() ? utf8Length(graph, item, unit, unit + 1) : 1);
                walk.insertText(graph, item, unit, unit + 1); // it reads otherwise now
                ++unit;
            }
            walk.retain(known - unit);
            if (known < item.length) {
                walk.insertText(graph, item, known, item.length);
            }
        } else if (item.kind == Kind::String) {
            walk.insertText(graph, item, 0, item.length);
        } else {
            for (std::uint32_t unit = 0; unit < item.length; ++unit) {
                walk.insertValue(Handles::value(*this, item, unit));
            }
        }
    }
    return walk.take();
}

} // namespace tutti::crdt::detail
