// SPDX-License-Identifier: MIT
#pragma once

#include "net/provider.h"
#include "ui/presence/local_presence.h"
#include "ui/presence/peer_changes.h"
#include "ui/presence/presence_announcer.h"
#include "ui/shell/connection_status.h"
#include "ui/shell/offline_copy.h"
#include "ui/shell/session_view.h"
#include "ui/shell/settings.h"

#include <QElapsedTimer>
#include <QObject>
#include <QString>
#include <QTimer>

#include <memory>
#include <vector>

namespace tutti::ui {

class CodeEditor;
class EditorDocument;

/// One document in one room: the connection, who is there, and how that is shown in the editors.
/// Made when sharing or joining starts, destroyed when it ends; the document lives on.
///
/// A document may be open in several editors. The others see the caret of the active one.
/// Threads: the GUI's. Requires: document and editors outlive it, or are removed; they are bound.
class DocumentSession : public QObject
{
    Q_OBJECT

public:
    enum class Role { Host, Guest };

    /// Connects at once.
    DocumentSession(EditorDocument& document, CodeEditor& editor,
        std::unique_ptr<net::Channel> channel, Role role, const QString& link,
        const Identity& identity, QObject* parent = nullptr);
    /// Withdraws the own presence and closes the connection.
    ~DocumentSession() override;

    [[nodiscard]] Role role() const noexcept { return m_role; }
    [[nodiscard]] const QString& link() const noexcept { return m_link; }
    /// The host's room has another link now.
    void setLink(const QString& link) { m_link = link; }
    [[nodiscard]] ConnectionFacts facts() const;
    [[nodiscard]] const net::ProviderStatus& status() const noexcept { return m_provider.status(); }

    /// Another editor shows this document.
    void addView(CodeEditor& editor);
    /// It does not any more. Requires: it is not the only one.
    void removeView(CodeEditor& editor);
    /// The user is in this editor now.
    void setActiveView(const CodeEditor& editor);
    /// Requires: the editor was added.
    [[nodiscard]] SessionView& viewOf(const CodeEditor& editor);
    /// Of the active view.
    [[nodiscard]] ParticipantsModel& participants() noexcept { return m_active->participants(); }
    [[nodiscard]] RemoteCursors& cursors() noexcept { return m_active->cursors(); }
    [[nodiscard]] Follow& follow() noexcept { return m_active->follow(); }

    /// Why the text cannot be edited here; empty when it can.
    [[nodiscard]] const QString& viewOnlyReason() const noexcept { return m_viewOnlyReason; }
    /// Whether the room lacks something that was written here.
    [[nodiscard]] bool hasUnsentChanges() const;
    /// Whether the text was complete once.
    [[nodiscard]] bool wasSynced() const noexcept { return m_wasSynced; }

    /// What the others changed since the text was complete for the first time; null before.
    [[nodiscard]] PeerChanges* changes() const noexcept { return m_changes.get(); }

    /// Whether a screen reader is told who comes and goes.
    void setSpeaksOfPeople(bool on);
    void setIdentity(const Identity& identity);
    /// See LocalPresence.
    [[nodiscard]] LocalPresence& presence() noexcept { return m_presence; }
    void retryNow();
    /// See Provider::rejoin.
    void rejoin();

Q_SIGNALS:
    /// Anything facts() says, the count-down included.
    void changed();
    /// Somebody came, or has news of where they are.
    void peerMoved(tutti::crdt::ClientId client);
    /// See PeerTracker.
    void peerAsks(tutti::crdt::ClientId client);
    /// The room's text is here for the first time.
    void firstSynced();

private:
    void activate(SessionView& view);
    void announceThrough(SessionView& view);
    void onStatus();
    void showWhetherEditable();
    void onSynced();

    EditorDocument& m_document;
    Role m_role;
    QString m_link;
    net::Provider m_provider;
    LocalPresence m_presence;
    std::vector<std::unique_ptr<SessionView>> m_views;
    SessionView* m_active = nullptr; ///< of m_views
    SessionView* m_announcing = nullptr; ///< of m_views: who comes and goes is said once
    std::unique_ptr<PresenceAnnouncer> m_announcer;
    std::unique_ptr<PeerChanges> m_changes;
    OfflineCopy m_copy;
    QString m_viewOnlyReason;
    bool m_speaksOfPeople = true;
    bool m_isPlain = true;
    bool m_wasSynced = false;
    QElapsedTimer m_sinceStatus;
    QTimer m_countDown;
};

} // namespace tutti::ui
