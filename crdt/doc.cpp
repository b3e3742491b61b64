// SPDX-License-Identifier: MIT
#include "crdt/doc.h"

#include "crdt/detail/random_id.h"
#include "crdt/detail/store.h"

#include <cassert>

namespace tutti::crdt {

Transaction::~Transaction()
{
    if (m_store != nullptr) {
        m_store->end();
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
    m_store = std::make_unique<detail::Store>(id, std::move(options.guid), options.gc);
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

template <>
Text Doc::get<Text>(std::string_view rootName)
{
    const detail::TypeIndex root = m_store->root(rootName);
    m_store->graph.types[root].ref = detail::TypeRef::Text;
    return Text(*m_store, root);
}

Transaction Doc::transact(Origin origin)
{
    m_store->begin(origin);
    return Transaction(*m_store);
}

Result<void> Doc::applyUpdate(BytesView update, Origin origin)
{
    return m_store->apply(update, origin);
}

Bytes Doc::getUpdate() const { return m_store->encodeAll(); }

Result<Bytes> Doc::getUpdate(BytesView stateVector) const
{
    return m_store->encodeDifference(stateVector);
}

Result<void> Doc::applyUpdateV2(BytesView update, Origin origin)
{
    return m_store->applyV2(update, origin);
}

Bytes Doc::getUpdateV2() const { return m_store->encodeAllV2(); }

Result<Bytes> Doc::getUpdateV2(BytesView stateVector) const
{
    return m_store->encodeDifferenceV2(stateVector);
}

Bytes Doc::getState() const { return m_store->encodeState(); }

bool Doc::hasPending() const noexcept { return m_store->hasPending(); }

Subscription Doc::observe(std::function<void(const TransactionEvent&)> callback)
{
    return m_store->updates.add(std::move(callback));
}

} // namespace tutti::crdt
