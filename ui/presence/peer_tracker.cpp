// SPDX-License-Identifier: MIT
#include "ui/presence/peer_tracker.h"

#include "ui/editor/code_editor.h"
#include "ui/editor/document_binding.h"
#include "ui/presence/presence_colors.h"

#include <QTextCursor>

#include <algorithm>
#include <utility>

namespace tutti::ui {

namespace {

constexpr int kIdleCheckMs = 1'000;
constexpr quint64 kGuestNumbers = 1'000;

PeerTracker::Milliseconds steadyNow()
{
    return std::chrono::duration_cast<PeerTracker::Milliseconds>(
        std::chrono::steady_clock::now().time_since_epoch());
}

} // namespace

PeerTracker::PeerTracker(crdt::Awareness& awareness, CodeEditor& editor, Now now, QObject* parent)
    : QObject(parent)
    , m_awareness(&awareness)
    , m_editor(&editor)
    , m_now(now ? std::move(now) : Now(steadyNow))
{
    connect(&editor, &CodeEditor::bindingChanged, this, &PeerTracker::watchBinding);
    connect(&editor, &QPlainTextEdit::cursorPositionChanged, this, &PeerTracker::scheduleRefresh);
    m_subscription =
        awareness.observe([this](const crdt::Awareness::Change& change) { onAwareness(change); });
    connect(&m_idleTimer, &QTimer::timeout, this, &PeerTracker::refresh);
    m_idleTimer.start(kIdleCheckMs);
    watchBinding();
    for (const auto& [client, state] : awareness.states()) {
        join(client);
    }
    refresh();
}

PeerTracker::~PeerTracker() = default;

CodeEditor& PeerTracker::editor() const noexcept { return *m_editor; }

const Peer* PeerTracker::find(crdt::ClientId client) const
{
    const int row = rowOf(client);
    return row < 0 ? nullptr : &m_peers.at(row);
}

PeerTracker::Milliseconds PeerTracker::lastActive(crdt::ClientId client) const
{
    const int row = rowOf(client);
    return row < 0 ? Milliseconds(0) : m_known[static_cast<std::size_t>(row)].lastActive;
}

int PeerTracker::rowOf(crdt::ClientId client) const
{
    const auto found = std::find_if(m_peers.cbegin(), m_peers.cend(),
        [client](const Peer& peer) { return peer.client == client; });
    return found == m_peers.cend() ? -1 : static_cast<int>(found - m_peers.cbegin());
}

void PeerTracker::watchBinding()
{
    if (DocumentBinding* binding = m_editor ? m_editor->binding() : nullptr) {
        connect(binding, &DocumentBinding::aboutToApply, this, &PeerTracker::noteEdits);
        connect(binding, &DocumentBinding::applied, this, &PeerTracker::scheduleRefresh);
        connect(binding, &DocumentBinding::locallyEdited, this, &PeerTracker::scheduleRefresh);
    }
    m_editedAt.clear();
    scheduleRefresh();
}

void PeerTracker::onAwareness(const crdt::Awareness::Change& change)
{
    for (const crdt::ClientId client : change.removed) {
        if (!m_awareness->states().contains(client)) { // we may be said to have left
            leave(client);
        }
    }
    for (const auto* clients : {&change.added, &change.updated}) {
        for (const crdt::ClientId client : *clients) {
            const int row = rowOf(client);
            if (row < 0) {
                join(client);
            } else {
                readState(row);
            }
        }
    }
    recolour();
}

void PeerTracker::join(crdt::ClientId client)
{
    Peer peer;
    peer.client = client;
    peer.self = client == m_awareness->clientId();
    const int row = peer.self ? 0 : static_cast<int>(m_peers.size());
    Q_EMIT peerAboutToJoin(row);
    m_joining = true; // it is announced as a whole
    m_peers.insert(row, peer);
    m_known.insert(m_known.begin() + row, Known{});
    m_known[static_cast<std::size_t>(row)].lastActive = m_now();
    readState(row);
    m_joining = false;
    Q_EMIT peerJoined(row);
    if (!peer.self) {
        Q_EMIT peerActive(client);
    }
}

void PeerTracker::leave(crdt::ClientId client)
{
    const int row = rowOf(client);
    if (row < 0) {
        return;
    }
    Q_EMIT peerAboutToLeave(row);
    const Peer peer = m_peers.takeAt(row);
    m_known.erase(m_known.begin() + row);
    Q_EMIT peerLeft(peer);
}

void PeerTracker::readState(int row)
{
    const auto state = m_awareness->states().find(m_peers.at(row).client);
    if (state == m_awareness->states().end()) {
        return;
    }
    Known& known = m_known[static_cast<std::size_t>(row)];
    const PeerState before = std::exchange(known.state, readPeerState(state->second));
    Peer peer = m_peers.at(row);
    const PeerUser& user = known.state.user;
    peer.name =
        user.name.isEmpty() ? tr("Guest %1").arg(peer.client.value() % kGuestNumbers) : user.name;
    peer.initials = user.initials.isEmpty() ? initialsOf(peer.name) : user.initials;
    peer.here = known.state.where.here;
    peer.looks += before.where.top != known.state.where.top ? 1 : 0;
    peer.person = known.state.where.person;
    setPeer(row, peer);
    resolvePosition(row);
    noteAsking(m_peers.at(row), known.state.where.asks);
    if (before.selection != known.state.selection) {
        markActive(row);
    }
}

void PeerTracker::noteAsking(const Peer& peer, int asks)
{
    constexpr std::size_t kMostRemembered = 1'000;
    if (m_asked.size() > kMostRemembered) {
        std::erase_if(m_asked, [this](const auto& entry) { return rowOf(entry.first) < 0; });
    }
    const auto [asked, isNew] = m_asked.try_emplace(peer.client, Asked{asks, std::nullopt});
    if (peer.self || isNew || asks <= asked->second.times) {
        asked->second.times = asks; // they may count from the beginning again
        return;
    }
    asked->second.times = asks;
    const Milliseconds now = m_now();
    if (!asked->second.told || now - *asked->second.told >= kAskedAgain) {
        asked->second.told = now;
        Q_EMIT peerAsks(peer.client);
    }
}

void PeerTracker::noteEdits(const PendingEdits& edits)
{
    // Somebody who types at the end of the text publishes the same position again and again. What
    // was written right before a peer's caret was written by that peer, as a rule.
    int text = 0;
    for (const PendingEdits::Step& step : edits.steps()) {
        if (step.kind != PendingEdits::Step::Kind::Delete) {
            text += step.length;
        }
        if (step.kind != PendingEdits::Step::Kind::Retain) {
            m_editedAt.insert(text);
        }
    }
}

void PeerTracker::markActive(int row)
{
    m_known[static_cast<std::size_t>(row)].lastActive = m_now();
    Peer peer = m_peers.at(row);
    peer.idle = false;
    setPeer(row, peer);
    if (!peer.self && !m_joining) {
        Q_EMIT peerActive(peer.client);
    }
}

void PeerTracker::scheduleRefresh()
{
    if (!std::exchange(m_refreshScheduled, true)) {
        QMetaObject::invokeMethod(this, &PeerTracker::refresh, Qt::QueuedConnection);
    }
}

void PeerTracker::refresh()
{
    m_refreshScheduled = false;
    resolvePositions();
    const Milliseconds now = m_now();
    for (int row = 0; row < m_peers.size(); ++row) {
        Peer peer = m_peers.at(row);
        peer.idle =
            !peer.self && now - m_known[static_cast<std::size_t>(row)].lastActive > kIdleAfter;
        setPeer(row, peer);
    }
    recolour();
}

void PeerTracker::resolvePositions()
{
    for (int row = 0; row < m_peers.size(); ++row) {
        resolvePosition(row);
        const auto& resolved = m_known[static_cast<std::size_t>(row)].resolved;
        if (resolved && m_editedAt.contains(static_cast<int>(resolved->head.value()))) {
            markActive(row);
        }
    }
    m_editedAt.clear();
}

std::optional<ResolvedSelection> PeerTracker::ownSelection() const
{
    const QTextCursor cursor = m_editor->textCursor();
    const DocumentBinding* binding = m_editor->binding();
    return ResolvedSelection{binding->toText(cursor.anchor()), binding->toText(cursor.position())};
}

void PeerTracker::resolvePosition(int row)
{
    Known& known = m_known[static_cast<std::size_t>(row)];
    Peer peer = m_peers.at(row);
    known.resolved.reset();
    peer.anchor.reset();
    peer.caret.reset();
    peer.top.reset();
    if (const DocumentBinding* binding = m_editor ? m_editor->binding() : nullptr) {
        if (peer.self) {
            known.resolved = ownSelection();
        } else if (known.state.selection) {
            known.resolved = resolve(*known.state.selection, binding->text());
        }
        if (known.resolved) {
            peer.anchor = binding->toDocument(known.resolved->anchor);
            peer.caret = binding->toDocument(known.resolved->head);
        }
        const auto& top = known.state.where.top;
        if (const auto offset = top ? top->offsetIn(binding->text()) : std::nullopt) {
            peer.top = binding->toDocument(*offset);
        }
    }
    setPeer(row, peer);
}

void PeerTracker::setKeepsColorsApart(bool on)
{
    if (std::exchange(m_keepsColorsApart, on) != on) {
        m_published.clear(); // all anew
        recolour();
    }
}

void PeerTracker::recolour()
{
    QList<QColor> published;
    for (int row = 0; row < m_peers.size(); ++row) {
        const QColor color = m_known[static_cast<std::size_t>(row)].state.user.color;
        published << (color.isValid() ? color : suggestedColor(m_peers.at(row).client.value()));
    }
    if (published == m_published) {
        return; // a caret has moved, as most often
    }
    m_published = published;
    const QList<QColor> shown = m_keepsColorsApart ? withoutClashes(published) : published;
    for (int row = 0; row < m_peers.size(); ++row) {
        Peer peer = m_peers.at(row);
        peer.color = shown.at(row);
        setPeer(row, peer);
    }
}

void PeerTracker::setPeer(int row, const Peer& peer)
{
    if (m_peers.at(row) != peer) {
        m_peers[row] = peer;
        if (!m_joining) {
            Q_EMIT peerChanged(row);
        }
    }
}

} // namespace tutti::ui
