// SPDX-License-Identifier: MIT
#include "ui/shell/document_session.h"

#include "ui/editor/code_editor.h"
#include "ui/shell/editor_document.h"

#include <algorithm>

namespace tutti::ui {

using State = net::ProviderStatus::State;

DocumentSession::DocumentSession(EditorDocument& document, CodeEditor& editor,
    std::unique_ptr<net::Channel> channel, Role role, const QString& link, const Identity& identity,
    QObject* parent)
    : QObject(parent)
    , m_document(document)
    , m_role(role)
    , m_link(link)
    , m_provider(document.doc(), std::move(channel))
    , m_presence(m_provider.awareness(), editor)
    , m_copy(document, link)
{
    addView(editor);
    activate(*m_views.front());
    announceThrough(*m_views.front());
    setIdentity(identity);
    m_countDown.setInterval(250); // finer than the seconds shown, so that none is skipped
    connect(&m_countDown, &QTimer::timeout, this, &DocumentSession::changed);
    connect(&m_provider, &net::Provider::statusChanged, this, &DocumentSession::onStatus);
    connect(&m_provider, &net::Provider::synced, this, &DocumentSession::onSynced);
    connect(&m_copy, &OfflineCopy::keptChanged, this, &DocumentSession::changed);
    m_sinceStatus.start();
    m_provider.start();
}

DocumentSession::~DocumentSession()
{
    m_provider.disconnect(this);
    m_copy.disconnect(this);
    if (!m_viewOnlyReason.isEmpty()) {
        for (const auto& view : m_views) {
            view->editor().setReadOnly(false);
        }
    }
}

void DocumentSession::addView(CodeEditor& editor)
{
    m_views.push_back(std::make_unique<SessionView>(m_provider.awareness(), editor));
    if (!m_viewOnlyReason.isEmpty()) {
        editor.setReadOnly(true);
    }
}

void DocumentSession::removeView(CodeEditor& editor)
{
    Q_ASSERT(m_views.size() > 1);
    const auto gone =
        std::ranges::find(m_views, &viewOf(editor), &std::unique_ptr<SessionView>::get);
    const auto view = std::move(*gone);
    m_views.erase(gone);
    if (view.get() == m_active) {
        activate(*m_views.front());
    }
    if (view.get() == m_announcing) {
        announceThrough(*m_views.front());
    }
}

void DocumentSession::setActiveView(const CodeEditor& editor)
{
    if (&m_active->editor() != &editor) {
        activate(viewOf(editor));
    }
}

void DocumentSession::activate(SessionView& view)
{
    m_active = &view;
    m_presence.setEditor(view.editor());
}

void DocumentSession::announceThrough(SessionView& view)
{
    if (m_announcing != nullptr) {
        m_announcing->tracker().disconnect(this);
    }
    m_announcing = &view;
    PeerTracker& tracker = view.tracker();
    const auto tell = [this, &tracker](
                          int row) { Q_EMIT peerMoved(tracker.peers().at(row).client); };
    connect(&tracker, &PeerTracker::peerJoined, this, tell);
    connect(&tracker, &PeerTracker::peerChanged, this, tell);
    connect(&tracker, &PeerTracker::peerAsks, this, &DocumentSession::peerAsks);
    m_announcer = std::make_unique<PresenceAnnouncer>(view.tracker());
    m_announcer->setConnected(status().isConnected());
    m_announcer->setSpeaks(m_speaksOfPeople);
}

void DocumentSession::setSpeaksOfPeople(bool on)
{
    m_speaksOfPeople = on;
    m_announcer->setSpeaks(on);
}

SessionView& DocumentSession::viewOf(const CodeEditor& editor)
{
    const auto view = std::ranges::find_if(
        m_views, [&editor](const auto& candidate) { return &candidate->editor() == &editor; });
    Q_ASSERT(view != m_views.end());
    return **view;
}

ConnectionFacts DocumentSession::facts() const
{
    ConnectionFacts facts;
    facts.provider = m_provider.status();
    const auto passed = std::chrono::milliseconds(m_sinceStatus.elapsed());
    facts.untilRetry = std::max(facts.provider->nextTry - passed, std::chrono::milliseconds(0));
    facts.viewOnly = !m_viewOnlyReason.isEmpty();
    facts.keptOnDisk = m_copy.isKept();
    return facts;
}

bool DocumentSession::hasUnsentChanges() const
{
    // After a rebuilding this copy may be all there is of the old text.
    return status().pendingChanges > 0 || status().state == State::Rebuilt;
}

void DocumentSession::setIdentity(const Identity& identity)
{
    m_presence.setUser(identity.name, QColor(identity.color));
}

void DocumentSession::retryNow() { m_provider.retryNow(); }

void DocumentSession::rejoin() { m_provider.rejoin(); }

void DocumentSession::onStatus()
{
    m_sinceStatus.restart();
    showWhetherEditable();
    m_announcer->setConnected(status().isConnected());
    if (status().state == State::Offline && status().nextTry.count() > 0) {
        m_countDown.start();
    } else {
        m_countDown.stop();
    }
    switch (status().state) {
    case State::Offline:
    case State::Failed:
    case State::Denied:
    case State::Rebuilt:
        m_copy.setNeeded(true);
        break;
    case State::Synced:
        m_copy.setNeeded(false);
        break;
    case State::Stopped:
    case State::Connecting:
    case State::Synchronizing:
    case State::Pending:
        break; // back, perhaps, but not everything has arrived
    }
    Q_EMIT changed();
}

void DocumentSession::onSynced()
{
    m_isPlain = m_document.text().isPlain();
    showWhetherEditable();
    if (!m_wasSynced) {
        m_wasSynced = true;
        m_changes = std::make_unique<PeerChanges>(
            m_document.doc(), m_document.text(), m_provider.awareness(), m_provider.origin());
        Q_EMIT firstSynced();
    }
}

void DocumentSession::showWhetherEditable()
{
    QString reason;
    if (!m_isPlain) {
        // Plain edits would break the pages that edit it as such.
        reason = tr("This room holds rich text, which Tutti would damage by editing it as plain "
                    "text. You can read along.");
    } else if (status().readOnly) {
        reason = hasUnsentChanges()
            ? tr("You may read this room, but not change it. What you changed here is not in the "
                 "room; save a copy to keep it.")
            : tr("You may read this room, but not change it.");
    }
    if (reason == m_viewOnlyReason) {
        return;
    }
    m_viewOnlyReason = reason;
    for (const auto& view : m_views) {
        view->editor().setReadOnly(!reason.isEmpty());
    }
    Q_EMIT changed();
}

} // namespace tutti::ui
