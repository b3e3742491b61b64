// SPDX-License-Identifier: MIT
#include "ui/presence/remote_cursors.h"

#include "ui/editor/code_editor.h"
#include "ui/editor/marker_scroll_bar.h"
#include "ui/presence/edge_chips.h"
#include "ui/presence/label_layout.h"

#include <QFontMetricsF>
#include <QGuiApplication>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QPixmap>
#include <QStyle>
#include <QTextBlock>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace tutti::ui {

namespace {

constexpr int kFrameMs = 16;
constexpr double kCaretWidth = 2;
constexpr double kDotRadius = 3.5;
constexpr double kDotExtent = 4; ///< half a side of its picture
constexpr qsizetype kMaxDots = 200;
constexpr double kLabelPaddingX = 6;
constexpr double kLabelPaddingY = 2;
constexpr double kLabelRadius = 4;
constexpr double kMaxLabelWidth = 220;

/// Two pixels between the characters, not on the one to the right.
QRectF caretBar(const QRectF& place)
{
    return {place.left() - kCaretWidth / 2, place.top(), kCaretWidth, place.height()};
}

bool isOutside(const QRectF& rect, const QSize& view)
{
    return rect.bottom() <= 0 || rect.top() >= view.height();
}

} // namespace

RemoteCursors::RemoteCursors(PeerTracker& tracker, QObject* parent)
    : QObject(parent)
    , m_tracker(&tracker)
    , m_editor(&tracker.editor())
    , m_chips(new EdgeChips(tracker.editor(), this))
{
    m_editor->addLayer(this);
    m_editor->installEventFilter(this);
    m_editor->viewport()->installEventFilter(this);
    m_animation.setSingleShot(true);

    connect(&m_animation, &QTimer::timeout, this, &RemoteCursors::tick);
    connect(m_chips, &EdgeChips::clicked, this, &RemoteCursors::jumpTo);
    connect(m_editor, &CodeEditor::viewChanged, this, &RemoteCursors::updateLater);
    connect(m_editor, &CodeEditor::themeChanged, this, &RemoteCursors::updateLater);
    connect(&tracker, &PeerTracker::peerActive, this, &RemoteCursors::showLabel);
    connect(&tracker, &PeerTracker::peerChanged, this, &RemoteCursors::updateLater);
    connect(&tracker, &PeerTracker::peerJoined, this, &RemoteCursors::updateLater);
    connect(&tracker, &PeerTracker::peerLeft, this, [this](const Peer& peer) {
        m_shownUntil.remove(peer.client.value());
        updateLater();
    });
    updateLater();
}

RemoteCursors::~RemoteCursors() { m_editor->markerScrollBar()->setMarkers({}); }

void RemoteCursors::setLabelMode(LabelMode mode)
{
    m_mode = mode;
    updateLater();
}

void RemoteCursors::setVisible(bool visible)
{
    m_visible = visible;
    updateLater();
}

// When labels are shown

double RemoteCursors::labelOpacity(crdt::ClientId client) const
{
    if (m_mode == LabelMode::Never) {
        return 0;
    }
    if (m_mode == LabelMode::Always) {
        return 1;
    }
    const Peer* peer = m_tracker->find(client);
    if (peer != nullptr && isHovered(*peer)) {
        return 1;
    }
    const auto until = m_shownUntil.constFind(client.value());
    if (until == m_shownUntil.constEnd()) {
        return 0;
    }
    const auto past = m_tracker->now() - *until;
    if (past.count() > 0
        && m_editor->style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, m_editor)
            == 0) {
        return 0; // nothing is to move: it goes at once
    }
    return std::clamp(
        1.0 - static_cast<double>(past.count()) / static_cast<double>(kLabelFades.count()), 0.0,
        1.0);
}

void RemoteCursors::showFor(crdt::ClientId client, Milliseconds duration)
{
    m_shownUntil.insert(client.value(), m_tracker->now() + duration);
    tick();
}

void RemoteCursors::showLabel(crdt::ClientId client) { showFor(client, kLabelStays); }

void RemoteCursors::showAllLabels()
{
    for (const Peer* peer : shownPeers()) {
        showLabel(peer->client);
    }
}

void RemoteCursors::tick()
{
    const Milliseconds now = m_tracker->now();
    auto next = Milliseconds::max();
    m_shownUntil.removeIf([&](const auto& entry) {
        if (now >= entry.value() + kLabelFades) {
            return true;
        }
        next = std::min(next, now < entry.value() ? entry.value() - now : Milliseconds(kFrameMs));
        return false;
    });
    if (next != Milliseconds::max()) {
        m_animation.start(next);
    }
    m_editor->viewport()->update();
}

bool RemoteCursors::isHovered(const Peer& peer) const
{
    if (!m_hover || !peer.caret) {
        return false;
    }
    const QRectF caret = m_editor->caretRect(*peer.caret);
    return caret.adjusted(-kHoverDistance, -kHoverDistance, kHoverDistance, kHoverDistance)
        .contains(*m_hover);
}

void RemoteCursors::setHover(std::optional<QPoint> position)
{
    const auto hovered = [this] {
        QList<crdt::ClientId> clients;
        for (const Peer* peer : shownPeers()) {
            if (isHovered(*peer)) {
                clients << peer->client;
            }
        }
        return clients;
    };
    const QList<crdt::ClientId> before = hovered();
    m_hover = position;
    const QList<crdt::ClientId> after = hovered();
    if (before == after) {
        return;
    }
    for (const crdt::ClientId client : before) {
        if (!after.contains(client)
            && m_shownUntil.value(client.value(), Milliseconds(0)) < m_tracker->now()) {
            showFor(client, Milliseconds(0)); // the pointer left: fade from here
        }
    }
    m_editor->viewport()->update();
}

bool RemoteCursors::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_editor) {
        if (event->type() == QEvent::FocusIn) {
            showAllLabels();
        }
        return false;
    }
    switch (event->type()) {
    case QEvent::MouseMove:
        setHover(static_cast<QMouseEvent*>(event)->position().toPoint());
        break;
    case QEvent::Leave:
        setHover(std::nullopt);
        break;
    default:
        break;
    }
    return false;
}

// What is shown

QList<const Peer*> RemoteCursors::shownPeers() const
{
    QList<const Peer*> shown;
    if (!m_visible) {
        return shown;
    }
    for (const Peer& peer : m_tracker->peers()) {
        if (!peer.self && peer.caret) {
            shown << &peer;
        }
    }
    return shown;
}

Shade RemoteCursors::shadeOf(const Peer& peer) const
{
    const EditorTheme& theme = m_editor->theme();
    return shadeFor(peer.color, theme.background, theme.text);
}

QFont RemoteCursors::labelFont() const
{
    // the interface's font, growing with the text when that is zoomed
    QFont font = QGuiApplication::font();
    font.setPointSizeF(std::max(m_editor->font().pointSizeF() * 0.82, 7.5));
    font.setWeight(QFont::DemiBold);
    return font;
}

QList<RemoteCursors::Placed> RemoteCursors::inView() const
{
    QList<Placed> placed;
    const QSize view = m_editor->viewport()->size();
    const int first = m_editor->firstVisiblePosition();
    const int last = m_editor->lastVisiblePosition();
    for (const Peer* peer : shownPeers()) {
        if (*peer->caret < first || *peer->caret > last) {
            continue; // without asking where exactly, which costs more
        }
        const QRectF caret = m_editor->caretRect(*peer->caret);
        if (!isOutside(caret, view)) {
            placed << Placed{peer, caret};
        }
    }
    return placed;
}

QList<RemoteCursors::Label> RemoteCursors::visibleLabels(const QList<Placed>& placed) const
{
    QList<Label> labels;
    QList<LabelRequest> requests;
    QList<QString> initials;
    const QFontMetricsF metrics(labelFont());
    const QSize view = m_editor->viewport()->size();
    const double height = std::ceil(metrics.height() + 2 * kLabelPaddingY);
    const double maxText = std::min(kMaxLabelWidth, view.width() / 2.0) - 2 * kLabelPaddingX;
    for (const auto& [peer, caret] : placed) {
        const double opacity = labelOpacity(peer->client);
        if (opacity <= 0) {
            continue;
        }
        Label label;
        label.client = peer->client;
        label.text = metrics.elidedText(peer->name, Qt::ElideRight, maxText);
        label.shade = shadeOf(*peer);
        label.opacity = opacity * (peer->idle ? kIdleOpacity : 1.0);
        const auto widthOf = [&metrics](const QString& text) {
            return std::ceil(metrics.horizontalAdvance(text) + 2 * kLabelPaddingX);
        };
        requests << LabelRequest{caretBar(caret), QSizeF(widthOf(label.text), height),
            QSizeF(std::max(widthOf(peer->initials), height), height)};
        initials << peer->initials;
        labels << label;
    }
    const QList<LabelPlace> places = placeLabels(requests, QRectF(QPointF(0, 0), view));
    for (qsizetype i = 0; i < labels.size(); ++i) {
        labels[i].rect = places.at(i).rect;
        labels[i].below = places.at(i).below;
        labels[i].attached = qAbs(places.at(i).rect.left() - requests.at(i).caret.left()) < 1
            && (places.at(i).below ? places.at(i).rect.top() - requests.at(i).caret.bottom() < 1
                                   : requests.at(i).caret.top() - places.at(i).rect.bottom() < 1);
        if (places.at(i).compact) {
            labels[i].text = initials.at(i);
        }
    }
    return labels;
}

std::optional<QRectF> RemoteCursors::labelRect(crdt::ClientId client) const
{
    for (const Label& label : visibleLabels(inView())) {
        if (label.client == client) {
            return label.rect;
        }
    }
    return std::nullopt;
}

// Painting

void RemoteCursors::paintBelowText(QPainter& painter, const QRect& dirty)
{
    for (const Peer* peer : shownPeers()) {
        if (peer->anchor == peer->caret) {
            continue;
        }
        painter.setOpacity(peer->idle ? kIdleOpacity : 1.0);
        const QColor color = shadeOf(*peer).selection;
        const auto rects = m_editor->selectionRects(
            std::min(*peer->anchor, *peer->caret), std::max(*peer->anchor, *peer->caret));
        for (const QRectF& rect : rects) {
            if (rect.intersects(dirty)) {
                painter.fillRect(rect, color);
            }
        }
    }
}

void RemoteCursors::paintAboveText(QPainter& painter, const QRect&)
{
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const QList<Placed> placed = inView();
    const QList<Label> labels = visibleLabels(placed);
    for (const Placed& place : placed) {
        paintCaret(painter, place, labels);
    }
    painter.setFont(labelFont());
    for (const Label& label : labels) {
        paintLabel(painter, label);
    }
}

void RemoteCursors::paintCaret(
    QPainter& painter, const Placed& placed, const QList<Label>& labels) const
{
    const Peer& peer = *placed.peer;
    const QRectF& place = placed.caret;
    const double opacity = peer.idle ? kIdleOpacity : 1.0;
    const QColor color = shadeOf(peer).caret;
    painter.setOpacity(opacity);
    painter.fillRect(caretBar(place), color);
    // a label that stands on the caret is its cap
    const auto label =
        std::find_if(labels.cbegin(), labels.cend(), [&peer](const Label& candidate) {
            return candidate.client == peer.client && candidate.attached && !candidate.below;
        });
    painter.setOpacity(opacity - (label == labels.cend() ? 0.0 : label->opacity));
    const QPixmap& dot = dotOf(color, painter.device()->devicePixelRatio());
    painter.drawPixmap(
        QPointF(place.left() - kDotExtent, std::max(place.top(), kDotRadius) - kDotExtent), dot);
}

/// The same few dots again and again: drawing each anew would be half of what a caret costs.
const QPixmap& RemoteCursors::dotOf(const QColor& color, double ratio) const
{
    if (std::exchange(m_dotRatio, ratio) != ratio || m_dots.size() > kMaxDots) {
        m_dots.clear();
    }
    auto found = m_dots.find(color.rgba());
    if (found == m_dots.end()) {
        QPixmap dot(QSizeF(2 * kDotExtent * ratio, 2 * kDotExtent * ratio).toSize());
        dot.setDevicePixelRatio(ratio);
        dot.fill(Qt::transparent);
        QPainter painter(&dot);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        painter.drawEllipse(QPointF(kDotExtent, kDotExtent), kDotRadius, kDotRadius);
        found = m_dots.insert(color.rgba(), dot);
    }
    return *found;
}

void RemoteCursors::paintLabel(QPainter& painter, const Label& label) const
{
    QPainterPath shape;
    shape.setFillRule(Qt::WindingFill);
    shape.addRoundedRect(label.rect, kLabelRadius, kLabelRadius);
    if (label.attached) { // square where it meets the caret
        QRectF corner(label.rect.topLeft(), QSizeF(kLabelRadius, kLabelRadius));
        if (!label.below) {
            corner.moveBottom(label.rect.bottom());
        }
        shape.addRect(corner);
    }
    painter.setOpacity(label.opacity);
    painter.setPen(Qt::NoPen);
    painter.setBrush(label.shade.label);
    painter.drawPath(shape);
    painter.setPen(label.shade.labelText);
    painter.drawText(label.rect, Qt::AlignCenter, label.text);
}

void RemoteCursors::updateLater()
{
    m_editor->viewport()->update();
    if (!std::exchange(m_updateScheduled, true)) {
        QMetaObject::invokeMethod(
            this,
            [this] {
                m_updateScheduled = false;
                updateEdges();
            },
            Qt::QueuedConnection);
    }
}

void RemoteCursors::updateEdges()
{
    QList<EdgeChips::Entry> entries;
    QList<MarkerScrollBar::Marker> markers;
    const QTextDocument* document = m_editor->document();
    const int length = document->characterCount() - 1;
    const int first = m_editor->firstVisiblePosition();
    const int last = m_editor->lastVisiblePosition();
    const double lines = std::max(document->blockCount() - 1, 1);
    for (const Peer* peer : shownPeers()) {
        const int position = std::clamp(*peer->caret, 0, length);
        const int line = document->findBlock(position).blockNumber();
        const Shade shade = shadeOf(*peer);
        markers << MarkerScrollBar::Marker{line / lines, shade.caret};
        if (position < first || position > last) {
            entries << EdgeChips::Entry{peer->client, peer->name, peer->initials, line + 1,
                position < first ? Edge::Top : Edge::Bottom, shade,
                peer->idle ? kIdleOpacity : 1.0};
        }
    }
    const int firstLine = document->findBlock(first).blockNumber() + 1;
    const auto distance = [firstLine](const EdgeChips::Entry& entry) {
        return std::abs(entry.line - firstLine);
    };
    std::stable_sort(entries.begin(), entries.end(),
        [&](const auto& a, const auto& b) { return distance(a) < distance(b); });
    m_chips->setEntries(entries);
    m_chips->layOut();
    m_editor->markerScrollBar()->setMarkers(markers);
    m_editor->viewport()->update();
}

void RemoteCursors::jumpTo(crdt::ClientId client)
{
    const Peer* peer = m_tracker->find(client);
    if (peer != nullptr && peer->caret) {
        m_editor->reveal(*peer->caret);
        showLabel(client);
        Q_EMIT jumpedTo(client);
    }
}

} // namespace tutti::ui
