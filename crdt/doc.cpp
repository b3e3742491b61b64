// SPDX-License-Identifier: MIT
#include "crdt/doc.h"

#include "crdt/detail/handles.h"
#include "crdt/detail/random_id.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace tutti::crdt {

namespace {

using detail::Handles;
using detail::Store;
using detail::TypeIndex;
using detail::TypeRef;

/// Merges an update by one of the Store's readers, and then tells what observers threw.
Result<void> applyWith(Store& store, Result<void> (Store::*read)(BytesView, const Origin&),
    BytesView update, const Origin& origin)
{
    if (store.readers > 0) {
        return fail(ErrorCode::Unsupported, "a document that is being read cannot be changed");
    }
    Result<void> applied = (store.*read)(update, origin);
    store.throwObserverError();
    return applied;
}

} // namespace

Transaction::~Transaction() noexcept(false)
{
    if (m_store != nullptr) {
        m_store->end();
        m_store->throwObserverError();
    }
}

ReadTransaction::ReadTransaction(detail::Store& store) noexcept
    : m_store(&store)
{
    ++store.readers;
}

ReadTransaction::~ReadTransaction()
{
    if (m_store != nullptr) {
        --m_store->readers;
    }
}

Doc::Doc()
    : Doc(Options{})
{ }

Doc::Doc(Options options)
{
    const std::uint64_t id =
        options.clientId ? options.clientId->value() : detail::randomClientId();
    assert(id <= kMaxClientId);
    if (options.guid.empty()) {
        options.guid = detail::randomUuid();
    }
    m_store = std::make_unique<detail::Store>(id,
        detail::Store::Options{std::move(options.guid), options.gc, std::move(options.gcFilter),
            options.offsetKind, std::move(options.collectionId)});
}

Doc::Doc(Doc&&) noexcept = default;
Doc& Doc::operator=(Doc&&) noexcept = default;
Doc::~Doc() = default;

ClientId Doc::clientId() const noexcept { return ClientId(m_store->clientId()); }

void Doc::setClientId(ClientId id)
{
    assert(!m_store->inTransaction());
    m_store->setClientId(id.value());
}

const std::string& Doc::guid() const noexcept { return m_store->guid(); }

bool Doc::gc() const noexcept { return m_store->gc(); }

const std::string& Doc::collectionId() const noexcept { return m_store->collectionId(); }

OffsetKind Doc::offsetKind() const noexcept { return m_store->offsetKind(); }

// --- roots ---

namespace {

TypeIndex rootAs(detail::Store& store, std::string_view name, TypeRef ref)
{
    const TypeIndex root = store.root(name);
    store.graph.types[root].ref = ref;
    return root;
}

} // namespace

template <>
Text Doc::get<Text>(std::string_view rootName)
{
    return Handles::typeAs<Text>(*m_store, rootAs(*m_store, rootName, TypeRef::Text));
}

template <>
Array Doc::get<Array>(std::string_view rootName)
{
    return Handles::typeAs<Array>(*m_store, rootAs(*m_store, rootName, TypeRef::Array));
}

template <>
Map Doc::get<Map>(std::string_view rootName)
{
    return Handles::typeAs<Map>(*m_store, rootAs(*m_store, rootName, TypeRef::Map));
}

template <>
XmlFragment Doc::get<XmlFragment>(std::string_view rootName)
{
    return Handles::typeAs<XmlFragment>(*m_store, rootAs(*m_store, rootName, TypeRef::XmlFragment));
}

template <>
XmlElement Doc::get<XmlElement>(std::string_view rootName)
{
    return Handles::typeAs<XmlElement>(*m_store, rootAs(*m_store, rootName, TypeRef::XmlElement));
}

template <>
XmlText Doc::get<XmlText>(std::string_view rootName)
{
    return Handles::typeAs<XmlText>(*m_store, rootAs(*m_store, rootName, TypeRef::XmlText));
}

std::vector<SharedType> Doc::roots() const
{
    std::vector<SharedType> result;
    for (const TypeIndex root : m_store->graph.types.roots()) {
        result.push_back(Handles::type(*m_store, root));
    }
    return result;
}

Any Doc::toJson() const
{
    Any::Object members;
    for (const SharedType& root : roots()) {
        if (root.kind() != TypeKind::Untyped) {
            members.emplace_back(root.rootName(), root.toJson());
        }
    }
    return Any::object(std::move(members));
}

// --- transactions ---

Transaction Doc::transact(Origin origin)
{
    if (m_store->inTransaction() && !origin.empty() && origin != m_store->record().origin) {
        throw TransactionError("a transaction inside another one must have the same origin");
    }
    m_store->begin(origin);
    return Transaction(*m_store);
}

ReadTransaction Doc::read() const { return ReadTransaction(*m_store); }

// --- bytes in and out ---

Result<void> Doc::applyUpdate(BytesView update, Origin origin)
{
    return applyWith(*m_store, &Store::apply, update, origin);
}

Bytes Doc::getUpdate() const { return m_store->encodeAll(); }

Result<Bytes> Doc::getUpdate(BytesView stateVector) const
{
    return m_store->encodeDifference(stateVector);
}

Result<void> Doc::applyUpdateV2(BytesView update, Origin origin)
{
    return applyWith(*m_store, &Store::applyV2, update, origin);
}

Bytes Doc::getUpdateV2() const { return m_store->encodeAllV2(); }

Result<Bytes> Doc::getUpdateV2(BytesView stateVector) const
{
    return m_store->encodeDifferenceV2(stateVector);
}

Bytes Doc::getState() const { return m_store->encodeState(); }

StateVector Doc::stateVector() const { return m_store->stateVector(); }

bool Doc::hasPending() const noexcept { return m_store->hasPending(); }

StateVector Doc::missing() const
{
    StateVector clocks;
    for (const detail::WireId& id : m_store->missing()) {
        clocks.emplace(ClientId(id.client),
            Clock(static_cast<std::uint32_t>(std::min<std::uint64_t>(id.clock, detail::kNone))));
    }
    return clocks;
}

void Doc::collectGarbage()
{
    m_store->collectAllGarbage();
    m_store->throwObserverError();
}

Result<void> applyUpdateIf(
    Doc& doc, BytesView update, const std::function<Result<void>(Doc& after)>& check, Origin origin)
{
    Doc after({.guid = doc.guid(), .offsetKind = doc.offsetKind()});
    for (const SharedType& root : doc.roots()) {
        Handles::store(after).graph.types[Handles::store(after).root(root.rootName())].ref =
            Handles::store(doc).graph.types[Handles::index(root)].ref;
    }
    Result<void> applied = after.applyUpdate(doc.getUpdate());
    applied = applied ? after.applyUpdate(update) : applied;
    applied = applied ? check(after) : applied;
    return applied ? doc.applyUpdate(update, std::move(origin)) : applied;
}

// --- what is known of its content elsewhere ---

bool Doc::isLoaded() const noexcept { return m_store->loaded; }

bool Doc::isSynced() const noexcept { return m_store->synced; }

void Doc::markLoaded()
{
    if (!std::exchange(m_store->loaded, true)) {
        m_store->tell(m_store->loadObservers);
    }
}

void Doc::markSynced(bool synced)
{
    if (synced) {
        markLoaded();
    }
    if (std::exchange(m_store->synced, synced) != synced) {
        m_store->tell(m_store->syncObservers);
    }
}

Subscription Doc::observeLoaded(std::function<void()> callback)
{
    return m_store->loadObservers.add([call = std::move(callback)](detail::Store&) { call(); });
}

Subscription Doc::observeSynced(std::function<void(bool synced)> callback)
{
    return m_store->syncObservers.add(
        [call = std::move(callback)](detail::Store& store) { call(store.synced); });
}

// --- subdocuments ---

std::vector<Subdocument> Doc::subdocuments() const
{
    std::vector<Subdocument> result;
    for (const auto& state : m_store->liveSubdocuments()) {
        result.push_back(Handles::subdocument(state));
    }
    return result;
}

std::vector<std::string> Doc::subdocumentGuids() const
{
    std::vector<std::string> guids;
    for (const auto& state : m_store->liveSubdocuments()) {
        if (!std::ranges::contains(guids, state->guid)) {
            guids.push_back(state->guid);
        }
    }
    return guids;
}

// --- observers ---

Subscription Doc::observe(std::function<void(const TransactionEvent&)> callback)
{
    return m_store->updates.add(std::move(callback));
}

Subscription Doc::observe(Phase phase, std::function<void(const TransactionInfo&)> callback)
{
    return m_store->phases[static_cast<std::size_t>(phase)].add(std::move(callback));
}

Subscription Doc::observeSubdocuments(std::function<void(const SubdocumentsEvent&)> callback)
{
    return m_store->subdocumentObservers.add(std::move(callback));
}

Subscription Doc::observeDestroy(std::function<void()> callback)
{
    return m_store->destroyObservers.add([call = std::move(callback)](detail::Store&) { call(); });
}

} // namespace tutti::crdt
