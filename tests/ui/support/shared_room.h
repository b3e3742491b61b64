// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/awareness.h"
#include "crdt/doc.h"
#include "crdt/sticky_index.h"
#include "tests/ui/support/bound_editor.h"
#include "ui/editor/code_editor.h"
#include "ui/presence/awareness_codec.h"

#include <QString>

#include <chrono>
#include <map>

namespace tutti::test {

/// An editor bound to a text, an awareness with a clock of its own, and peers that exist only in
/// that awareness. No network.
class SharedRoom
{
public:
    using Milliseconds = std::chrono::milliseconds;

    explicit SharedRoom(const QString& content = {})
    {
        if (!content.isEmpty()) {
            insert(text, 0, content);
        }
        editor.bind(doc, text);
        editor.resize(640, 400);
    }

    [[nodiscard]] auto clock()
    {
        return [this] { return now; };
    }

    /// What a peer publishes; positions in the text as it is now.
    void publish(
        std::uint64_t client, const QString& name, const QColor& color, int anchor, int head)
    {
        crdt::Any state =
            crdt::Any::object({{"user", ui::userToAny({name, ui::initialsOf(name), color})}});
        ui::setSelectionIn(state,
            ui::StickySelection{
                crdt::StickyIndex::at(text, at(anchor)), crdt::StickyIndex::at(text, at(head))});
        publish(client, std::move(state));
    }

    void publish(std::uint64_t client, crdt::Any state)
    {
        peer(client).setLocalState(std::move(state));
        carry(client);
    }

    void leave(std::uint64_t client)
    {
        peer(client).setLocalState(std::nullopt);
        carry(client);
    }

    Milliseconds now{1'000'000};
    crdt::Doc doc{{.clientId = crdt::ClientId(1), .guid = {}, .gc = true}};
    crdt::Text text = doc.get<crdt::Text>("content");
    crdt::Awareness awareness{crdt::ClientId(1), [this] { return now; }};
    ui::CodeEditor editor;

private:
    crdt::Awareness& peer(std::uint64_t client)
    {
        return m_peers.try_emplace(client, crdt::ClientId(client)).first->second;
    }

    void carry(std::uint64_t client)
    {
        const crdt::ClientId clients[]{crdt::ClientId(client)};
        const auto done = awareness.applyUpdate(peer(client).encodeUpdate(clients));
        Q_ASSERT(done.has_value());
    }

    std::map<std::uint64_t, crdt::Awareness> m_peers;
};

} // namespace tutti::test
