// SPDX-License-Identifier: MIT
#include "ui/presence/follow.h"

#include "ui/editor/code_editor.h"
#include "ui/editor/document_binding.h"
#include "ui/presence/follow_frame.h"
#include "ui/presence/presence_colors.h"

#include <QAccessible>
#include <QEvent>
#include <QKeyEvent>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextDocument>

#include <algorithm>
#include <utility>

namespace tutti::ui {

namespace {

constexpr int kMargin = 10; ///< between the badge and the bottom of the view

} // namespace

Follow::Follow(PeerTracker& tracker, QObject* parent)
    : QObject(parent)
    , m_tracker(&tracker)
    , m_editor(&tracker.editor())
    , m_frame(new FollowFrame(m_editor))
    , m_badge(new FollowBadge(m_editor))
{
    m_editor->installEventFilter(this);
    m_editor->viewport()->installEventFilter(this);
    connect(m_badge, &QAbstractButton::clicked, this, &Follow::stop);
    connect(m_editor, &CodeEditor::themeChanged, this, &Follow::dress);
    connect(m_editor, &CodeEditor::selectionsChanged, this, [this] {
        if (!m_applying) {
            stop(); // or the view would be torn between two carets
        }
    });
    connect(m_editor, &CodeEditor::bindingChanged, this, &Follow::watchBinding);
    watchBinding();
    connect(&tracker, &PeerTracker::peerChanged, this, [this](int row) {
        if (m_leader && m_tracker->peers().at(row).client == *m_leader) {
            dress();
            trackLater();
            if (const bool here = m_tracker->peers().at(row).here;
                std::exchange(m_here, here) != here) {
                Q_EMIT leaderMoved();
            }
        }
    });
    connect(&tracker, &PeerTracker::peerActive, this, [this](crdt::ClientId client) {
        if (m_leader == client) {
            m_isActive = true;
            trackLater();
        }
    });
    connect(&tracker, &PeerTracker::peerLeft, this, [this](const Peer& peer) {
        if (m_leader == peer.client) {
            end(End::LeaderLeft);
        }
    });
}

Follow::~Follow()
{
    delete m_badge;
    delete m_frame;
}

void Follow::watchBinding()
{
    stop();
    m_applying = false;
    if (const DocumentBinding* binding = m_editor->binding()) {
        connect(binding, &DocumentBinding::locallyEdited, this, &Follow::stop);
        connect(binding, &DocumentBinding::selectionRestored, this, &Follow::stop); // an undo
        connect(binding, &DocumentBinding::aboutToApply, this, [this] { m_applying = true; });
        // The editor's own slot comes first and has put the carets back by then.
        connect(binding, &DocumentBinding::applied, this, [this] { m_applying = false; });
    }
}

void Follow::start(crdt::ClientId leader)
{
    const Peer* peer = m_tracker->find(leader);
    if (peer == nullptr || peer->self || m_leader == leader) {
        return;
    }
    stop();
    m_leader = leader;
    m_here = peer->here;
    m_looks.reset();
    m_isActive = false;
    dress();
    m_frame->show();
    m_badge->show();
    layOut();
    track();
    QAccessibleAnnouncementEvent said(m_editor, m_badge->accessibleName());
    QAccessible::updateAccessibility(&said);
    Q_EMIT started(leader);
}

void Follow::stop() { end(End::ByUser); }

bool Follow::next()
{
    const QList<Peer>& peers = m_tracker->peers();
    const auto isOther = [](const Peer& peer) { return !peer.self; };
    const auto current =
        std::ranges::find_if(peers, [this](const Peer& peer) { return m_leader == peer.client; });
    const auto from = current == peers.end() ? peers.begin() : current + 1;
    const auto found = std::find_if(from, peers.end(), isOther);
    if (found != peers.end()) {
        start(found->client);
    } else {
        stop();
    }
    return std::ranges::any_of(peers, isOther);
}

void Follow::end(End end)
{
    if (!m_leader) {
        return;
    }
    m_leader.reset();
    m_frame->hide();
    m_badge->hide();
    Q_EMIT ended(end, m_name);
}

void Follow::dress()
{
    const Peer* peer = m_leader ? m_tracker->find(*m_leader) : nullptr;
    if (peer == nullptr) {
        return;
    }
    m_name = peer->name;
    const Shade shade = shadeFor(peer->color, m_editor->theme().background);
    m_frame->setColor(shade.caret);
    m_badge->setPerson(m_name, shade, peer->here);
    layOut();
}

void Follow::layOut()
{
    const QRect view = m_editor->viewport()->geometry();
    m_frame->setGeometry(QRect(QPoint(0, 0), view.bottomRight())); // line numbers, too
    const QSize size = m_badge->sizeHint().boundedTo(view.size());
    m_badge->setGeometry(view.center().x() - size.width() / 2,
        view.bottom() + 1 - kMargin - size.height(), size.width(), size.height());
    m_frame->raise();
    m_badge->raise();
}

void Follow::trackLater()
{
    // Not while the text changes: places on the screen are not known then.
    if (!std::exchange(m_trackScheduled, true)) {
        QMetaObject::invokeMethod(
            this,
            [this] {
                m_trackScheduled = false;
                track();
            },
            Qt::QueuedConnection);
    }
}

void Follow::track()
{
    const Peer* peer = m_leader ? m_tracker->find(*m_leader) : nullptr;
    if (peer == nullptr) {
        return;
    }
    const bool scrolled = peer->top && m_looks != peer->looks;
    const bool moved = std::exchange(m_isActive, false);
    m_looks = peer->looks;
    if (scrolled) {
        scrollTo(*peer->top);
    }
    // Who only scrolls looks somewhere else than at their own caret.
    if (!peer->caret || (peer->top && !moved) || (scrolled && !isInViewOf(*peer))) {
        return; // elsewhere, as far as anybody knows: where they were is as good as anything
    }
    const QRectF view(m_editor->viewport()->rect());
    const QRectF caret = m_editor->caretRect(*peer->caret);
    if (caret.top() < 0 || caret.bottom() > view.height() || caret.left() < 0
        || caret.right() > view.width()) {
        m_editor->reveal(*peer->caret);
    }
}

bool Follow::isInViewOf(const Peer& peer) const
{
    // How much they see is not on the wire; nobody sees more lines than this.
    constexpr int kTallView = 120;
    const auto lineOf = [this](int position) {
        return m_editor->document()->findBlock(position).blockNumber();
    };
    const int below = lineOf(*peer.caret) - lineOf(*peer.top);
    return below >= 0 && below < kTallView;
}

void Follow::scrollTo(int position)
{
    const QTextDocument& document = *m_editor->document();
    const QTextBlock block =
        document.findBlock(std::clamp(position, 0, document.characterCount() - 1));
    m_editor->verticalScrollBar()->setValue(block.firstLineNumber());
}

bool Follow::eventFilter(QObject* watched, QEvent* event)
{
    if (!m_leader) {
        return false;
    }
    if (watched == m_editor->viewport()) {
        if (event->type() == QEvent::MouseButtonPress) {
            stop();
        } else if (event->type() == QEvent::Resize) {
            layOut();
            trackLater();
        }
        return false;
    }
    switch (event->type()) {
    case QEvent::ShortcutOverride:
    case QEvent::KeyPress:
        if (static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
            event->accept(); // ours before it is anybody's shortcut
            if (event->type() == QEvent::KeyPress) {
                stop();
            }
            return true;
        }
        return false;
    case QEvent::Hide:
        if (!event->spontaneous()) { // another document, not a window that is put aside
            stop();
        }
        return false;
    default:
        return false;
    }
}

} // namespace tutti::ui
