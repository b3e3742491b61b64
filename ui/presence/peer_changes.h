// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/awareness.h"
#include "crdt/change_log.h"
#include "crdt/doc.h"
#include "crdt/subscription.h"
#include "crdt/text.h"
#include "ui/presence/awareness_codec.h"

#include <QList>
#include <QString>

#include <map>
#include <optional>
#include <span>

namespace tutti::ui {

/// What the people in a room changed lately, by the names they have there.
///
/// A person is whoever publishes a name; what somebody did who left is theirs still, also when they
/// came back as another client with the same name. A deletion that does not say whose it is belongs
/// to the only other one in the room, or to the one whose caret stands where it was; else to
/// nobody. Threads: the GUI's. Requires: doc and awareness outlive it.
class PeerChanges
{
public:
    using Change = crdt::ChangeLog::Change;

    /// Somebody with something to take back.
    struct Person
    {
        crdt::ClientId client;
        QString name;
        bool isHere = false; ///< false: has left
    };

    /// Records what comes with that origin from now on. `now` is for tests: the steady clock by
    /// default.
    PeerChanges(crdt::Doc& doc, crdt::Text text, crdt::Awareness& awareness, crdt::Origin remote,
        std::function<crdt::ChangeLog::Milliseconds()> now = {});

    /// What this person did last and has an effect still.
    [[nodiscard]] std::optional<Change> lastOf(crdt::ClientId client) const;
    /// Those who have such a change: who is here first, then who left.
    [[nodiscard]] QList<Person> people() const;
    /// As it is published, or was.
    [[nodiscard]] QString nameOf(crdt::ClientId client) const;
    [[nodiscard]] crdt::ChangeLog& log() noexcept { return m_log; }
    /// How long ago the last part of it came.
    [[nodiscard]] std::chrono::milliseconds ageOf(const Change& change) const;

private:
    struct Known
    {
        PeerState state;
        bool isStale = false; ///< there is a newer state
        bool isHere = true;
    };

    void note(const crdt::Awareness::Change& change);
    void refresh(crdt::ClientId client, Known& known);
    [[nodiscard]] std::optional<crdt::ClientId> whoDeleted(std::span<const crdt::Offset> places);
    /// The client, and those who left and had the same name.
    [[nodiscard]] std::vector<crdt::ClientId> clientsOf(crdt::ClientId client) const;

    crdt::Text m_text;
    crdt::Awareness* m_awareness;
    std::function<crdt::ChangeLog::Milliseconds()> m_now;
    std::map<crdt::ClientId, Known> m_known;
    crdt::Subscription m_subscription;
    crdt::ChangeLog m_log;
};

} // namespace tutti::ui
