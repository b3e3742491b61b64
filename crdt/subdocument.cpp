// SPDX-License-Identifier: MIT
#include "crdt/subdocument.h"

#include "crdt/detail/handles.h"
#include "crdt/detail/random_id.h"

#include <utility>

namespace tutti::crdt {

using detail::SubdocumentState;

Subdocument::Subdocument()
    : Subdocument(Options{})
{ }

Subdocument::Subdocument(Options options)
{
    Any::Object shared;
    if (!options.gc) {
        shared.emplace_back("gc", false);
    }
    if (options.autoLoad) {
        shared.emplace_back("autoLoad", true);
    }
    if (options.meta) {
        shared.emplace_back("meta", std::move(*options.meta));
    }
    if (options.guid.empty()) {
        options.guid = detail::randomUuid();
    }
    // Who makes a document wants its content; others ask for it.
    m_state = std::make_shared<SubdocumentState>(
        std::move(options.guid), Any::object(std::move(shared)), true);
}

const std::string& Subdocument::guid() const noexcept { return m_state->guid; }

Any Subdocument::options() const { return m_state->options; }

bool Subdocument::autoLoad() const noexcept { return m_state->options.find("autoLoad") != nullptr; }

bool Subdocument::shouldLoad() const noexcept { return m_state->shouldLoad; }

void Subdocument::load()
{
    if (m_state->parent == nullptr) {
        m_state->shouldLoad = true;
        return;
    }
    detail::Store& parent = *m_state->parent;
    parent.loadSubdocument(m_state);
    parent.throwObserverError();
}

void Subdocument::destroy()
{
    if (m_state->parent != nullptr) {
        detail::Store& parent = *m_state->parent;
        parent.destroySubdocument(m_state);
        parent.throwObserverError();
    }
    m_state->doc.reset();
}

Doc& Subdocument::doc() const
{
    if (m_state->doc == nullptr) {
        Doc::Options options;
        options.guid = m_state->guid;
        options.gc = m_state->options.find("gc") == nullptr;
        if (m_state->parent != nullptr) {
            options.clientId = ClientId(m_state->parent->clientId());
        }
        m_state->doc = std::make_shared<Doc>(std::move(options));
    }
    return *m_state->doc;
}

} // namespace tutti::crdt
