// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/awareness.h"
#include "crdt/ids.h"
#include "crdt/subscription.h"
#include "ui/presence/awareness_codec.h"

#include <QColor>
#include <QList>
#include <QObject>
#include <QPointer>
#include <QSet>
#include <QString>
#include <QTimer>

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <vector>

namespace tutti::ui {

class CodeEditor;
class PendingEdits;

/// Somebody in the room, this user included.
struct Peer
{
    crdt::ClientId client;
    bool self = false;
    QString name;
    QString initials;
    /// As chosen, clashes resolved for this view; shadeFor() makes it paintable.
    QColor color;
    bool idle = false;
    /// Document positions; nothing while unknown, elsewhere, or not to be resolved. Both or none.
    /// They may lag behind the document within one turn of the event loop: clamp them.
    std::optional<int> anchor;
    std::optional<int> caret;
    /// The document position of the first line they see; nothing while unknown.
    std::optional<int> top;
    int looks = 0; ///< goes up when they scroll
    /// Whether they look at this document (see Whereabouts); those who do not say it do.
    bool here = true;
    QString person; ///< the same in other rooms; empty when unknown

    bool operator==(const Peer&) const = default;
};

/// Who is in the room and where in the document, from Awareness and the shared text alone.
///
/// Order: this user first, then as they came. Positions follow the text as it changes.
/// Threads: the GUI's. Requires: awareness outlives it.
class PeerTracker : public QObject
{
    Q_OBJECT

public:
    using Milliseconds = std::chrono::milliseconds;
    using Now = std::function<Milliseconds()>;
    static constexpr Milliseconds kIdleAfter{60'000};
    static constexpr Milliseconds kAskedAgain{5'000};

    /// The editor may be unbound; positions are known while it is bound to a text. `now` is for
    /// tests: the steady clock by default.
    PeerTracker(
        crdt::Awareness& awareness, CodeEditor& editor, Now now = {}, QObject* parent = nullptr);
    ~PeerTracker() override;

    [[nodiscard]] const QList<Peer>& peers() const noexcept { return m_peers; }
    [[nodiscard]] const Peer* find(crdt::ClientId client) const;
    /// Requires: the editor is still there.
    [[nodiscard]] CodeEditor& editor() const noexcept;
    [[nodiscard]] Milliseconds now() const { return m_now(); }
    /// When this peer last moved, selected or edited.
    [[nodiscard]] Milliseconds lastActive(crdt::ClientId client) const;

    /// Whether who comes later is shown in another colour than the one they chose, where somebody
    /// has that already. On from the beginning.
    void setKeepsColorsApart(bool on);

    /// Looks at the clock and the text again. Signals and a timer do that by themselves, once per
    /// turn of the event loop; a test with a clock of its own calls it.
    void refresh();

Q_SIGNALS:
    void peerAboutToJoin(int row);
    void peerJoined(int row);
    void peerAboutToLeave(int row);
    /// After it was taken out of peers().
    void peerLeft(const tutti::ui::Peer& peer);
    /// Name, colour, idleness or position of the peer in that row.
    void peerChanged(int row);
    /// It moved, selected or edited.
    void peerActive(tutti::crdt::ClientId client);
    /// It asks everybody to come to where it is: not again for what was asked before somebody came
    /// or came back, and not more often than every kAskedAgain.
    void peerAsks(tutti::crdt::ClientId client);

private:
    /// What is remembered of a peer besides what others may see.
    struct Known
    {
        PeerState state;
        Milliseconds lastActive{0};
        std::optional<ResolvedSelection> resolved;
    };

    void watchBinding();
    void onAwareness(const crdt::Awareness::Change& change);
    void join(crdt::ClientId client);
    void leave(crdt::ClientId client);
    void readState(int row);
    void noteEdits(const PendingEdits& edits);
    void noteAsking(const Peer& peer, int asks);
    void markActive(int row);
    void resolvePositions();
    void resolvePosition(int row);
    void recolour();
    void setPeer(int row, const Peer& peer);
    void scheduleRefresh();
    [[nodiscard]] int rowOf(crdt::ClientId client) const;
    [[nodiscard]] std::optional<ResolvedSelection> ownSelection() const;

    crdt::Awareness* m_awareness;
    QPointer<CodeEditor> m_editor;
    Now m_now;
    QList<QColor> m_published; ///< the colours that were shifted apart last, a peer each
    QList<Peer> m_peers;
    std::vector<Known> m_known; ///< row by row beside m_peers
    /// How often each has asked, as far as is known; kept when somebody leaves.
    struct Asked
    {
        int times = 0;
        std::optional<Milliseconds> told;
    };
    std::map<crdt::ClientId, Asked> m_asked;
    QSet<int> m_editedAt; ///< text positions where remote edits ended since the last look
    crdt::Subscription m_subscription;
    QTimer m_idleTimer;
    bool m_keepsColorsApart = true;
    bool m_refreshScheduled = false;
    bool m_joining = false;
};

} // namespace tutti::ui
