// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/awareness.h"
#include "ui/presence/follow.h"
#include "ui/presence/participants_model.h"
#include "ui/presence/peer_tracker.h"
#include "ui/presence/remote_cursors.h"

namespace tutti::ui {

class CodeEditor;

/// Who is in a room, as one editor shows them: a document that is open in two views has two.
///
/// Threads: the GUI's. Requires: awareness and editor outlive it, the editor is bound.
class SessionView
{
public:
    SessionView(crdt::Awareness& awareness, CodeEditor& editor)
        : m_tracker(awareness, editor)
        , m_participants(m_tracker)
        , m_cursors(m_tracker)
        , m_follow(m_tracker)
    {
        const auto mark = [this] { m_participants.setFollowed(m_follow.leader()); };
        QObject::connect(&m_follow, &Follow::started, &m_participants, mark);
        QObject::connect(&m_follow, &Follow::ended, &m_participants, mark);
    }

    [[nodiscard]] CodeEditor& editor() const noexcept { return m_tracker.editor(); }
    [[nodiscard]] PeerTracker& tracker() noexcept { return m_tracker; }
    [[nodiscard]] ParticipantsModel& participants() noexcept { return m_participants; }
    [[nodiscard]] RemoteCursors& cursors() noexcept { return m_cursors; }
    [[nodiscard]] Follow& follow() noexcept { return m_follow; }

private:
    PeerTracker m_tracker;
    ParticipantsModel m_participants;
    RemoteCursors m_cursors;
    Follow m_follow;
};

} // namespace tutti::ui
