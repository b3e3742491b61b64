// SPDX-License-Identifier: MIT
#include "crdt/sticky_index.h"

#include "crdt/detail/handles.h"
#include "crdt/encoding.h"
#include "crdt/utf.h"

#include <algorithm>
#include <cmath>

namespace tutti::crdt {

namespace {

using detail::Handles;
using detail::Item;
using detail::kNone;
using detail::LocalId;
using detail::TypeIndex;

/// The leading number of the binary form.
enum Form : std::uint64_t { kItem = 0, kRoot = 1, kType = 2 };

/// What JavaScript can tell from its neighbours, so that both forms hold the same.
constexpr std::int64_t kMaxAssoc = (std::int64_t{1} << 53) - 1;

std::optional<std::uint64_t> wholeNumber(const Any* value, std::uint64_t max)
{
    const double* number = value == nullptr ? nullptr : value->numberIf();
    if (number == nullptr || *number < 0 || *number > static_cast<double>(max)
        || *number != std::trunc(*number)) {
        return std::nullopt;
    }
    return static_cast<std::uint64_t>(*number);
}

/// Whether offsets in it are bytes of UTF-8.
bool countsUtf8(const SharedType& type)
{
    return Handles::store(type).utf8() && Text::accepts(type.kind());
}

/// Follows a unit through undone deletions to where it stands now.
LocalId followRedone(const detail::Graph& graph, LocalId id)
{
    for (;;) {
        const detail::ItemRef ref = graph.find(id);
        if (ref == kNone || !graph.items[ref].has(Item::kRedone)) {
            return id;
        }
        const Item& item = graph.items[ref];
        id = graph.redone.at(detail::Graph::key(item.id)).plus(id.clock - item.id.clock);
    }
}

} // namespace

Any StickyIndex::toJson(const std::optional<UnitName>& name)
{
    if (!name) {
        return nullptr;
    }
    return Any::object({{"client", static_cast<double>(name->client)},
        {"clock", static_cast<double>(name->clock)}});
}

/// Nothing for an absent or null member. Errors: anything that is no name.
Result<std::optional<StickyIndex::UnitName>> StickyIndex::nameFromJson(const Any* json)
{
    if (json == nullptr || json->isNull() || json->isUndefined()) {
        return std::nullopt;
    }
    const auto client = wholeNumber(json->find("client"), kMaxClientId);
    const auto clock = wholeNumber(json->find("clock"), kMaxClientId);
    if (!client || !clock) {
        return fail(ErrorCode::Malformed, "a position names no unit");
    }
    return UnitName(*client, *clock);
}

Result<StickyIndex::UnitName> StickyIndex::readName(Decoder& decoder)
{
    const auto client = decoder.readVarUint();
    if (!client) {
        return std::unexpected(client.error());
    }
    const auto clock = decoder.readVarUint();
    if (!clock) {
        return std::unexpected(clock.error());
    }
    if (*client > kMaxClientId || *clock > kMaxClientId) {
        return fail(ErrorCode::OutOfRange, "a position names a unit that cannot exist");
    }
    return UnitName(*client, *clock);
}

StickyIndex StickyIndex::at(const SharedType& list, Offset offset, Assoc assoc)
{
    StickyIndex result;
    result.m_assoc = static_cast<std::int64_t>(assoc);
    const TypeIndex type = Handles::index(list);
    if (type == kNone) {
        result.m_type = list.id(); // gone: a position that resolves nowhere
        return result;
    }
    const detail::Store& store = *list.m_store;
    const detail::Graph& graph = store.graph;
    if (list.isRoot()) {
        result.m_rootName = list.rootName();
    } else {
        result.m_type = list.id();
    }
    const bool inUtf8 = countsUtf8(list);
    const std::uint32_t wanted =
        inUtf8 ? detail::utf16Offset(graph, type, 0, offset.value()) : offset.value();
    const std::uint32_t length = graph.length(type);
    std::uint32_t index = std::min(wanted, length);
    if (result.m_assoc < 0) {
        if (wanted == 0 || graph.tree.empty(type)) {
            return result; // the start
        }
        if (wanted > length || (inUtf8 && length == 0)) {
            const detail::ItemRef last = graph.tree.itemAt(graph.tree.last(type));
            result.m_item = store.wireId(graph.items[last].lastId());
            return result;
        }
        --index;
    } else if (index == length) {
        return result; // the end
    }
    const auto hit = graph.tree.unitAt(type, index);
    result.m_item = store.wireId(graph.items[graph.tree.itemAt(hit.at)].id.plus(hit.offset));
    return result;
}

std::optional<Offset> StickyIndex::offsetIn(const SharedType& list) const
{
    const std::optional<Place> place = resolveIn(*list.m_store, true);
    return place && place->type == list ? std::optional(place->offset) : std::nullopt;
}

std::optional<StickyIndex::Place> StickyIndex::resolve(Doc& doc, bool followUndone) const
{
    return resolveIn(*doc.m_store, followUndone);
}

std::optional<StickyIndex::Place> StickyIndex::resolveIn(
    detail::Store& store, bool followUndone) const
{
    const detail::Graph& graph = store.graph;
    const auto known = [&](const UnitName& name) -> std::optional<LocalId> {
        const detail::PeerIndex peer = graph.peers.find(name.client);
        if (peer == kNone || name.clock >= kNone) {
            return std::nullopt;
        }
        const LocalId local{peer, static_cast<std::uint32_t>(name.clock)};
        if (!graph.knows(local)) {
            return std::nullopt;
        }
        return followUndone ? followRedone(graph, local) : local;
    };
    const auto placeIn = [&store](TypeIndex type, std::uint32_t units) {
        const SharedType handle = Handles::type(store, type);
        return Place{handle,
            Offset(countsUtf8(handle) ? detail::utf8Length(store.graph, type, 0, units) : units)};
    };
    if (!m_item) {
        TypeIndex type = kNone;
        if (m_rootName) {
            type = graph.types.findRoot(*m_rootName);
        } else if (const auto holder = m_type ? known(*m_type) : std::nullopt) {
            const detail::ItemRef item = graph.find(*holder);
            if (item != kNone && graph.items[item].kind == detail::Kind::Type) {
                type = graph.items[item].content;
            }
        }
        if (type == kNone) {
            return std::nullopt;
        }
        return placeIn(type, m_assoc >= 0 ? graph.length(type) : 0);
    }
    const std::optional<LocalId> id = known(*m_item);
    const detail::ItemRef ref = id ? graph.find(*id) : kNone;
    if (ref == kNone || graph.items[ref].has(Item::kInMap)) {
        return std::nullopt;
    }
    const TypeIndex type = graph.tree.ownerOf(ref);
    const detail::ItemRef holder = graph.types[type].item;
    if (holder != kNone && graph.items[holder].deleted()) {
        return placeIn(type, 0);
    }
    const Item& item = graph.items[ref];
    std::uint32_t index = graph.visibleBefore(ref);
    if (item.visible() > 0) {
        index += id->clock - item.id.clock + (m_assoc >= 0 ? 0 : 1);
    }
    return placeIn(type, index);
}

Assoc StickyIndex::assoc() const noexcept { return m_assoc >= 0 ? Assoc::After : Assoc::Before; }

Bytes StickyIndex::encode() const
{
    Encoder encoder;
    if (m_item) {
        encoder.writeVarUint(kItem);
        encoder.writeVarUint(m_item->client);
        encoder.writeVarUint(m_item->clock);
    } else if (m_rootName) {
        encoder.writeVarUint(kRoot);
        encoder.writeVarString(toUtf16(*m_rootName)); // half a pair, from JSON, becomes U+FFFD
    } else if (m_type) {
        encoder.writeVarUint(kType);
        encoder.writeVarUint(m_type->client);
        encoder.writeVarUint(m_type->clock);
    }
    encoder.writeVarInt(m_assoc);
    return encoder.take();
}

Result<StickyIndex> StickyIndex::decode(BytesView bytes)
{
    Decoder decoder(bytes);
    StickyIndex result;
    const auto form = decoder.readVarUint();
    if (!form) {
        return std::unexpected(form.error());
    }
    if (*form == kItem || *form == kType) {
        const Result<UnitName> id = readName(decoder);
        if (!id) {
            return std::unexpected(id.error());
        }
        (*form == kItem ? result.m_item : result.m_type) = *id;
    } else if (*form == kRoot) {
        const auto name = decoder.readVarString();
        if (!name) {
            return std::unexpected(name.error());
        }
        result.m_rootName = std::string(*name);
    } else {
        return fail(ErrorCode::Malformed, "a position is of an unknown form");
    }
    if (!decoder.atEnd()) { // written without it before Yjs 13.5
        const auto assoc = decoder.readVarInt();
        if (!assoc) {
            return std::unexpected(assoc.error());
        }
        if (assoc->value > kMaxAssoc || assoc->value < -kMaxAssoc) {
            return fail(ErrorCode::OutOfRange, "a position's side is a number too large");
        }
        result.m_assoc = assoc->value;
    }
    return result;
}

Any StickyIndex::toJson() const
{
    return Any::object(
        {{"type", toJson(m_type)}, {"tname", m_rootName ? Any(*m_rootName) : Any(nullptr)},
            {"item", toJson(m_item)}, {"assoc", static_cast<double>(m_assoc)}});
}

Any StickyIndex::toCompactJson() const
{
    Any::Object members;
    if (m_type) {
        members.emplace_back("type", toJson(m_type));
    }
    if (m_rootName && !m_rootName->empty()) {
        members.emplace_back("tname", *m_rootName);
    }
    if (m_item) {
        members.emplace_back("item", toJson(m_item));
    }
    members.emplace_back("assoc", static_cast<double>(m_assoc));
    return Any::object(std::move(members));
}

Result<StickyIndex> StickyIndex::fromJson(const Any& json)
{
    if (!json.isObject()) {
        return fail(ErrorCode::Malformed, "a position is not a JSON object");
    }
    StickyIndex result;
    const auto type = nameFromJson(json.find("type"));
    const auto item = nameFromJson(json.find("item"));
    if (!type) {
        return std::unexpected(type.error());
    }
    if (!item) {
        return std::unexpected(item.error());
    }
    result.m_type = *type;
    result.m_item = *item;
    if (const Any* name = json.find("tname"); name != nullptr && !name->isNull()) {
        const std::string* text = name->stringIf();
        if (text == nullptr) {
            return fail(ErrorCode::Malformed, "a position's tname is not a string");
        }
        result.m_rootName = *text;
    }
    if (!result.m_type && !result.m_item && !result.m_rootName) {
        return fail(ErrorCode::Malformed, "a position says nothing");
    }
    if (const Any* assoc = json.find("assoc")) {
        if (const double* number = assoc->numberIf();
            number != nullptr && std::abs(*number) <= static_cast<double>(kMaxAssoc)) {
            result.m_assoc = static_cast<std::int64_t>(*number);
        }
    }
    return result;
}

} // namespace tutti::crdt
