// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/ids.h"
#include "ui/presence/peer_tracker.h"

#include <QObject>
#include <QString>

#include <optional>

namespace tutti::ui {

class FollowBadge;
class FollowFrame;

/// Goes along with somebody: the view is outlined in that person's colour, says whom it follows,
/// scrolls to the lines they scroll to, and whenever their caret leaves the view. The own caret
/// stays where it is.
///
/// Ends on Escape, an edit or a move of the own caret, a click in the text, another document in
/// the window, and when the other one leaves; not on a mouse that only moves, nor on scrolling.
/// Where they look is on the wire if they use Tutti; of others the caret is followed. Somebody who
/// looks at another document is waited for; whoever has more documents may follow them there
/// (leaderMoved).
/// Threads: the GUI's. Requires: tracker and its editor outlive it.
class Follow : public QObject
{
    Q_OBJECT

public:
    enum class End {
        ByUser, ///< whatever that user did, or stop()
        LeaderLeft, ///< the view stays where it was
    };

    explicit Follow(PeerTracker& tracker, QObject* parent = nullptr);
    ~Follow() override;

    /// Instead of whomever was followed before. Without effect for oneself and for strangers.
    void start(crdt::ClientId leader);
    void stop();
    /// The next in the order of the tracker; after the last one nobody. False when nobody else is
    /// there.
    bool next();
    /// Nothing while nobody is followed.
    [[nodiscard]] std::optional<crdt::ClientId> leader() const noexcept { return m_leader; }

Q_SIGNALS:
    void started(tutti::crdt::ClientId leader);
    /// The leader looks at another document now, or at this one again.
    void leaderMoved();
    /// `name`: whom one has followed.
    void ended(tutti::ui::Follow::End end, const QString& name);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void end(End end);
    void trackLater();
    void track();
    void scrollTo(int position);
    /// Whether their caret may be among the lines they see. Requires: both are known.
    [[nodiscard]] bool isInViewOf(const Peer& peer) const;
    void layOut();
    void dress();
    void watchBinding();

    PeerTracker* m_tracker;
    CodeEditor* m_editor;
    FollowFrame* m_frame;
    FollowBadge* m_badge;
    std::optional<crdt::ClientId> m_leader;
    QString m_name; ///< the leader's
    std::optional<int> m_looks; ///< the leader's Peer::looks when the view was last put there
    bool m_isActive = false; ///< they have moved, selected or edited since
    bool m_here = true; ///< they look at this document
    bool m_applying = false; ///< the text changes, and the own caret with it
    bool m_trackScheduled = false;
};

} // namespace tutti::ui
