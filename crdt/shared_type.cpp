// SPDX-License-Identifier: MIT
#include "crdt/shared_type.h"

#include "crdt/detail/handles.h"
#include "crdt/prelim.h"
#include "crdt/utf.h"

#include <algorithm>
#include <utility>

namespace tutti::crdt {

namespace {

using detail::Handles;
using detail::Item;
using detail::ItemRef;
using detail::Kind;
using detail::kNone;
using detail::Store;
using detail::TypeIndex;
using detail::TypeRef;

const std::string kNoName;

} // namespace

bool SharedType::isKnown() const noexcept
{
    return m_store->graph.types[m_type].generation == m_generation;
}

TypeKind SharedType::kind() const noexcept
{
    if (!isKnown()) {
        return TypeKind::Untyped;
    }
    switch (m_store->graph.types[m_type].ref) {
    case TypeRef::Array:
        return TypeKind::Array;
    case TypeRef::Map:
        return TypeKind::Map;
    case TypeRef::Text:
        return TypeKind::Text;
    case TypeRef::XmlElement:
        return TypeKind::XmlElement;
    case TypeRef::XmlFragment:
        return TypeKind::XmlFragment;
    case TypeRef::XmlHook:
        return TypeKind::XmlHook;
    case TypeRef::XmlText:
        return TypeKind::XmlText;
    case TypeRef::Untyped:
        break;
    }
    return TypeKind::Untyped;
}

bool SharedType::isLive() const noexcept
{
    if (!isKnown()) {
        return false;
    }
    const ItemRef holder = m_store->graph.types[m_type].item;
    return holder == kNone || !m_store->graph.items[holder].deleted();
}

bool SharedType::isRoot() const noexcept
{
    return isKnown() && m_store->graph.types[m_type].isRoot();
}

const std::string& SharedType::rootName() const noexcept
{
    return isRoot() ? m_store->graph.types[m_type].name : kNoName;
}

std::optional<Id> SharedType::id() const
{
    if (!isKnown() || isRoot()) {
        return std::nullopt;
    }
    return m_store->wireId(m_store->graph.items[m_store->graph.types[m_type].item].id);
}

std::optional<SharedType> SharedType::parent() const
{
    if (!isKnown() || isRoot()) {
        return std::nullopt;
    }
    return Handles::type(*m_store, m_store->graph.ownerOf(m_store->graph.types[m_type].item));
}

Any SharedType::toJson() const
{
    switch (kind()) {
    case TypeKind::Text:
        return toUtf8(as<Text>()->toString());
    case TypeKind::XmlText:
        return as<XmlText>()->toXml();
    case TypeKind::XmlElement:
    case TypeKind::XmlFragment:
        return as<XmlFragment>()->toString();
    case TypeKind::Array: {
        Any::Array values;
        for (const Value& value : as<Array>()->values()) {
            values.push_back(value.toJson());
        }
        return values;
    }
    case TypeKind::Map: {
        Any::Object members;
        for (const auto& [key, value] : as<Map>()->entries()) {
            members.emplace_back(key, value.toJson());
        }
        return Any::object(std::move(members));
    }
    case TypeKind::XmlHook:
    case TypeKind::Untyped:
        break;
    }
    return {};
}

Any Value::toJson() const
{
    if (const Any* plain = anyIf()) {
        return *plain;
    }
    const SharedType* type = typeIf();
    return type == nullptr ? Any(nullptr) : type->toJson();
}

namespace {

Prelim copyOf(const Value& value)
{
    if (const SharedType* type = value.typeIf()) {
        return type->clone();
    }
    if (const Subdocument* document = value.subdocumentIf()) {
        return *document;
    }
    return *value.anyIf();
}

std::vector<Prelim> copiesOf(const std::vector<Value>& values)
{
    std::vector<Prelim> copies;
    for (const Value& value : values) {
        copies.push_back(copyOf(value));
    }
    return copies;
}

using Members = std::vector<std::pair<std::string, Prelim>>;

Members copiesOf(const std::vector<std::pair<std::string, Value>>& entries)
{
    Members copies;
    for (const auto& [key, value] : entries) {
        copies.emplace_back(key, copyOf(value));
    }
    return copies;
}

template <typename T>
T textCopy(const Text& text)
{
    T copy;
    for (DeltaOp& op : text.toDelta()) {
        if (op.values.empty()) {
            copy.delta.push_back(DeltaEdit::insert(std::move(op.text), std::move(op.attributes)));
        } else {
            copy.delta.push_back(
                DeltaEdit::embed(copyOf(op.values.front()), std::move(op.attributes)));
        }
    }
    copy.attributes = copiesOf(text.attributes());
    return copy;
}

} // namespace

Prelim SharedType::clone() const
{
    switch (kind()) {
    case TypeKind::Array:
        return ArrayPrelim{copiesOf(as<Array>()->values())};
    case TypeKind::Map:
        return MapPrelim{copiesOf(as<Map>()->entries())};
    case TypeKind::XmlElement: {
        const XmlElement element = *as<XmlElement>();
        return XmlElementPrelim{
            element.tag(), copiesOf(element.attributes()), copiesOf(element.children())};
    }
    case TypeKind::XmlFragment:
        return XmlFragmentPrelim{copiesOf(as<XmlFragment>()->children())};
    case TypeKind::XmlText:
        return textCopy<XmlTextPrelim>(*as<XmlText>());
    case TypeKind::Text:
        return textCopy<TextPrelim>(*as<Text>());
    case TypeKind::XmlHook:
    case TypeKind::Untyped:
        break;
    }
    return MapPrelim{};
}

Subscription SharedType::observe(std::function<void(const TypeEvent&)> callback)
{
    return isKnown() ? m_store->typeObservers(m_type).direct.add(std::move(callback))
                     : Subscription();
}

Subscription SharedType::observeDeep(std::function<void(std::span<const TypeEvent>)> callback)
{
    return isKnown() ? m_store->typeObservers(m_type).deep.add(
                           [call = std::move(callback)](
                               const std::span<const TypeEvent>& events) { call(events); })
                     : Subscription();
}

// --- what handles stand for ---

Value detail::Handles::value(Store& store, const Item& item, std::uint32_t unit)
{
    switch (item.kind) {
    case Kind::Any:
    case Kind::Json:
        return std::get<Any::Array>(store.graph.value(item))[unit];
    case Kind::Binary:
        return Any(std::get<Bytes>(store.graph.value(item)));
    case Kind::Embed:
        return std::get<Any>(store.graph.value(item));
    case Kind::Type:
        return type(store, item.content);
    case Kind::Doc:
        return subdocument(std::get<std::shared_ptr<SubdocumentState>>(store.graph.value(item)));
    case Kind::String: {
        std::u16string text;
        store.graph.text.appendTo(text, item, unit, unit + 1);
        return Any(toUtf8(text));
    }
    default:
        return {};
    }
}

std::optional<Value> detail::Handles::valueAt(Store& store, TypeIndex type, std::string_view key)
{
    const ItemRef item = type == kNone ? kNone : store.valueAt(type, key);
    if (item == kNone) {
        return std::nullopt;
    }
    const Item& found = store.graph.items[item];
    return value(store, found, found.length - 1);
}

std::vector<std::pair<std::string, Value>> detail::Handles::entries(Store& store, TypeIndex type)
{
    std::vector<std::pair<std::string, Value>> result;
    if (type == kNone) {
        return result;
    }
    for (const std::uint32_t index : store.graph.types[type].chains) {
        const MapChain& chain = store.graph.types.chain(index);
        if (chain.current != kNone && !store.graph.items[chain.current].deleted()) {
            const Item& item = store.graph.items[chain.current];
            result.emplace_back(chain.key, value(store, item, item.length - 1));
        }
    }
    return result;
}

Result<void> detail::Handles::setAttribute(
    const SharedType& type, std::string_view name, const Prelim& value)
{
    if (Result<void> checked = Store::checkValue(value); !checked || !type.isKnown()) {
        return checked;
    }
    const Edit edit(store(type));
    store(type).setKey(index(type), name, value);
    return {};
}

void detail::Handles::removeAttribute(const SharedType& type, std::string_view name)
{
    if (type.isKnown()) {
        const Edit edit(store(type));
        store(type).eraseKey(index(type), name);
    }
}

std::vector<Value> detail::Handles::elements(
    Store& store, TypeIndex type, std::uint32_t begin, std::uint32_t end)
{
    std::vector<Value> result;
    const Graph& graph = store.graph;
    if (type == kNone) {
        return result;
    }
    end = std::min(end, graph.length(type));
    if (begin >= end) {
        return result;
    }
    result.reserve(end - begin);
    for (auto [at, offset] = graph.tree.unitAt(type, begin); result.size() < end - begin;
        at = graph.tree.next(at), offset = 0) {
        const std::uint32_t visible = graph.tree.visibleAt(at);
        for (std::uint32_t unit = offset; unit < visible && result.size() < end - begin; ++unit) {
            result.push_back(value(store, graph.items[graph.tree.itemAt(at)], unit));
        }
    }
    return result;
}

std::optional<Value> detail::Handles::sibling(const SharedType& type, bool next)
{
    const TypeIndex known = index(type);
    Store& owner = store(type);
    ItemRef item = known == kNone ? kNone : owner.graph.types[known].item;
    if (item == kNone || owner.graph.items[item].has(Item::kInMap)) {
        return std::nullopt;
    }
    do {
        item = next ? owner.graph.rightOf(item) : owner.graph.leftOf(item);
    } while (item != kNone && owner.graph.items[item].visible() == 0);
    if (item == kNone) {
        return std::nullopt;
    }
    return value(owner, owner.graph.items[item], 0);
}

} // namespace tutti::crdt
