// SPDX-License-Identifier: MIT
#include "crdt/history.h"

#include "crdt/detail/format_attributes.h"
#include "crdt/detail/handles.h"
#include "crdt/utf.h"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

namespace tutti::crdt {

namespace {

using detail::AttributeMap;
using detail::Graph;
using detail::Handles;
using detail::Item;
using detail::ItemRef;
using detail::Kind;
using detail::kNone;
using detail::PeerIndex;
using detail::Store;

/// Whether a unit shows at a moment; null means now.
bool isVisible(const Store& store, const Item& item, std::uint32_t unit, const Snapshot* moment)
{
    return moment == nullptr ? !item.deleted()
                             : moment->isVisible(store.wireId(item.id.plus(unit)));
}

/// Where, within an item, its visibility at a moment may change.
void addBoundaries(
    const Store& store, const Item& item, const Snapshot* moment, std::vector<std::uint32_t>& out)
{
    if (moment == nullptr) {
        return;
    }
    const Id id = store.wireId(item.id);
    const auto add = [&item, &out](std::uint64_t clock) {
        if (clock > item.id.clock && clock < item.end()) {
            out.push_back(static_cast<std::uint32_t>(clock) - item.id.clock);
        }
    };
    add(moment->stateOf(id.client).value());
    const auto ranges = moment->deletes().rangesOf(id.client);
    for (auto range = std::ranges::partition_point(
             ranges, [&id](const IdRange& candidate) { return candidate.end() <= id.clock; });
        range != ranges.end() && range->clock.value() < item.end(); ++range) {
        add(range->clock.value());
        add(range->end().value());
    }
}

/// Calls visit(begin, end) for stretches of an item that are visible, or not, as a whole.
template <typename Visit>
void forEachStretch(
    const Store& store, const Item& item, const Snapshot* a, const Snapshot* b, const Visit& visit)
{
    std::vector<std::uint32_t> cuts{0, item.length};
    addBoundaries(store, item, a, cuts);
    addBoundaries(store, item, b, cuts);
    std::ranges::sort(cuts);
    for (std::size_t i = 1; i < cuts.size(); ++i) {
        if (cuts[i - 1] < cuts[i]) {
            visit(cuts[i - 1], cuts[i]);
        }
    }
}

class DeltaAt
{
public:
    DeltaAt(Store& store, const TextView& view)
        : m_store(store)
        , m_graph(store.graph)
        , m_view(view)
    { }

    std::vector<DeltaOp> of(detail::TypeIndex type)
    {
        for (auto at = m_graph.tree.first(type); !at.isNone(); at = m_graph.tree.next(at)) {
            const Item& item = m_graph.items[m_graph.tree.itemAt(at)];
            forEachStretch(m_store, item, m_view.at, m_view.since,
                [this, &item](std::uint32_t begin, std::uint32_t end) { add(item, begin, end); });
        }
        return std::move(m_delta);
    }

private:
    void add(const Item& item, std::uint32_t begin, std::uint32_t end)
    {
        const bool now = isVisible(m_store, item, begin, m_view.at);
        const bool before =
            m_view.since != nullptr && isVisible(m_store, item, begin, m_view.since);
        if (!now && !before) {
            return;
        }
        switch (item.kind) {
        case Kind::String:
            mark(!now, m_view.since != nullptr && !before, m_store.wireId(item.id.plus(begin)));
            addText(item, begin, end);
            break;
        case Kind::Embed:
        case Kind::Type:
            m_delta.push_back({DeltaOp::Kind::Insert, Offset(1), {},
                {Handles::value(m_store, item, begin)}, m_attributes.toObject()});
            m_open = false;
            break;
        case Kind::Format:
            if (now) {
                m_attributes.fold(std::get<detail::FormatMark>(m_graph.value(item)));
                m_open = false;
            }
            break;
        default:
            break;
        }
    }

    /// Notes in the attributes whether text went or came, and whose it was.
    void mark(bool removed, bool added, Id unit)
    {
        const detail::AttributeValue* current = m_attributes.find(kChange);
        if (!removed && !added) {
            if (current != nullptr) {
                m_attributes.erase(kChange);
                m_open = false;
            }
            return;
        }
        const char* type = removed ? "removed" : "added";
        Any value = m_view.describeChange ? m_view.describeChange(removed, unit)
                                          : Any(Any::object({{"type", type}}));
        if (current == nullptr || !(current->value == value)) {
            m_attributes.set(kChange, {std::move(value), 0});
            m_open = false;
        }
    }

    void addText(const Item& item, std::uint32_t begin, std::uint32_t end)
    {
        if (!m_open) {
            m_delta.push_back({DeltaOp::Kind::Insert, {}, {}, {}, m_attributes.toObject()});
            m_open = true;
        }
        std::u16string& text = m_delta.back().text;
        const std::size_t from = text.size();
        m_graph.text.appendTo(text, item, begin, end);
        // A moment between the halves of a pair leaves U+FFFD on both sides (ContentString.splice).
        if (partsPair(item, begin)) {
            text[from] = u'\uFFFD';
        }
        if (partsPair(item, end)) {
            text.back() = u'\uFFFD';
        }
        m_delta.back().length +=
            Offset(m_store.utf8() ? detail::utf8Length(m_graph, item, begin, end) : end - begin);
    }

    [[nodiscard]] bool partsPair(const Item& item, std::uint32_t at) const
    {
        return at > 0 && at < item.length && isHighSurrogate(m_graph.text.unitAt(item, at - 1))
            && isLowSurrogate(m_graph.text.unitAt(item, at));
    }

    static constexpr std::string_view kChange = "ychange";

    Store& m_store;
    const Graph& m_graph;
    const TextView& m_view;
    AttributeMap m_attributes;
    std::vector<DeltaOp> m_delta;
    bool m_open = false; ///< whether the last op may be carried on
};

} // namespace

Snapshot snapshot(const Doc& doc)
{
    const Store& store = Handles::store(doc);
    IdSet deletes;
    for (const detail::LocalRange& range : store.deletedRanges()) {
        deletes.insert(store.wireRange(range));
    }
    return {std::move(deletes), doc.stateVector()};
}

Result<Doc> docFromSnapshot(Doc& doc, const Snapshot& moment, Doc::Options options)
{
    if (doc.gc()) {
        return fail(ErrorCode::Unsupported,
            "a document that forgets what is deleted cannot be taken back to a snapshot");
    }
    Store& store = Handles::store(doc);
    for (const auto& [client, clock] : moment.state()) {
        const PeerIndex peer = store.graph.peers.find(client.value());
        if (clock.value() > 0 && (peer == kNone || clock.value() > store.graph.peers[peer].end)) {
            return fail(ErrorCode::OutOfRange, "the snapshot is not of this document");
        }
    }
    Doc past(std::move(options));
    if (Result<void> applied = past.applyUpdateV2(store.encodeUntil(moment), Origin("snapshot"));
        !applied) {
        return std::unexpected(applied.error());
    }
    return past;
}

std::vector<DeltaOp> Text::toDelta(const TextView& view) const
{
    return isKnown() ? DeltaAt(*m_store, view).of(m_type) : std::vector<DeltaOp>();
}

std::vector<Value> Array::values(const Snapshot& snapshot) const
{
    std::vector<Value> result;
    if (!isKnown()) {
        return result;
    }
    const Graph& graph = m_store->graph;
    bool visible = false;
    for (auto at = graph.tree.first(m_type); !at.isNone(); at = graph.tree.next(at)) {
        const Item& item = graph.items[graph.tree.itemAt(at)];
        if (!item.has(Item::kContinues)) {
            // As in Yjs (typeListToArraySnapshot) a struct shows as a whole or not at all.
            visible = isVisible(*m_store, item, 0, &snapshot);
        }
        for (std::uint32_t unit = 0; visible && isCountable(item.kind) && unit < item.length;
            ++unit) {
            result.push_back(Handles::value(*m_store, item, unit));
        }
    }
    return result;
}

namespace {

/// The newest value of a chain that was there at the moment, if it was not deleted then. As in Yjs
/// (typeMapGetSnapshot) a struct is there from its first unit on, also when it has grown since.
std::optional<Value> valueThen(Store& store, std::uint32_t chain, const Snapshot& moment)
{
    const Graph& graph = store.graph;
    for (ItemRef ref = graph.types.chain(chain).current; ref != kNone; ref = graph.leftOf(ref)) {
        const Item& item = graph.items[ref];
        const Id id = store.wireId(item.id);
        if (id.clock < moment.stateOf(id.client)) {
            return moment.isVisible(id)
                ? std::optional<Value>(Handles::value(store, item, item.length - 1))
                : std::nullopt;
        }
    }
    return std::nullopt;
}

} // namespace

std::optional<Value> Map::get(std::string_view key, const Snapshot& snapshot) const
{
    const std::uint32_t chain = isKnown() ? m_store->graph.types.findChain(m_type, key) : kNone;
    return chain == kNone ? std::nullopt : valueThen(*m_store, chain, snapshot);
}

std::vector<std::pair<std::string, Value>> Map::entries(const Snapshot& snapshot) const
{
    std::vector<std::pair<std::string, Value>> result;
    if (!isKnown()) {
        return result;
    }
    for (const std::uint32_t chain : m_store->graph.types[m_type].chains) {
        const std::string& key = m_store->graph.types.chain(chain).key;
        if (std::optional<Value> value = get(key, snapshot)) {
            result.emplace_back(key, std::move(*value));
        }
    }
    return result;
}

} // namespace tutti::crdt
