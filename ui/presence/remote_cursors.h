// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/ids.h"
#include "ui/editor/editor_layer.h"
#include "ui/presence/peer_tracker.h"
#include "ui/presence/presence_colors.h"

#include <QFont>
#include <QHash>
#include <QList>
#include <QObject>
#include <QPixmap>
#include <QPoint>
#include <QRectF>
#include <QString>
#include <QTimer>

#include <optional>

namespace tutti::ui {

class EdgeChips;

/// When names are shown beside remote carets.
enum class LabelMode { Activity, Always, Never };

/// Shows where the others are in a CodeEditor: carets and selections in their colours, names on
/// activity and on hover, chips at the edges for those out of sight, ticks in the scroll bar.
/// Driven by a PeerTracker only. Never takes a mouse event from the text.
/// Threads: the GUI's. Requires: tracker and its editor outlive it.
class RemoteCursors : public QObject, private EditorLayer
{
    Q_OBJECT

public:
    using Milliseconds = PeerTracker::Milliseconds;
    static constexpr Milliseconds kLabelStays{2'000};
    static constexpr Milliseconds kLabelFades{200};
    static constexpr double kIdleOpacity = 0.5;
    static constexpr int kHoverDistance = 8;

    explicit RemoteCursors(PeerTracker& tracker, QObject* parent = nullptr);
    ~RemoteCursors() override;

    [[nodiscard]] LabelMode labelMode() const noexcept { return m_mode; }
    void setLabelMode(LabelMode mode);

    /// Whether carets, selections, chips and ticks are shown at all.
    void setVisible(bool visible);

    /// How much of a peer's label is to be seen now, 0 to 1, idleness left out.
    [[nodiscard]] double labelOpacity(crdt::ClientId client) const;
    /// Shows a label for two seconds, as activity would.
    void showLabel(crdt::ClientId client);
    void showAllLabels();
    /// Where a label is right now; nothing when it is not shown. Viewport coordinates.
    [[nodiscard]] std::optional<QRectF> labelRect(crdt::ClientId client) const;

    /// Advances fades to the tracker's clock; called by a timer, and by tests.
    void tick();

Q_SIGNALS:
    /// A chip was clicked and the view has jumped there.
    void jumpedTo(tutti::crdt::ClientId client);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    /// A label as it is to be painted.
    /// A peer whose caret is in view, and where.
    struct Placed
    {
        const Peer* peer;
        QRectF caret;
    };
    struct Label
    {
        crdt::ClientId client;
        QString text;
        QRectF rect;
        Shade shade;
        double opacity = 1;
        bool below = false;
        bool attached = false; ///< it begins right at the caret
    };

    void paintBelowText(QPainter& painter, const QRect& dirty) override;
    void paintAboveText(QPainter& painter, const QRect& dirty) override;
    void paintCaret(QPainter& painter, const Placed& placed, const QList<Label>& labels) const;
    void paintLabel(QPainter& painter, const Label& label) const;
    [[nodiscard]] QList<Placed> inView() const;
    [[nodiscard]] QList<Label> visibleLabels(const QList<Placed>& placed) const;
    [[nodiscard]] QList<const Peer*> shownPeers() const;
    [[nodiscard]] Shade shadeOf(const Peer& peer) const;
    [[nodiscard]] QFont labelFont() const;
    [[nodiscard]] const QPixmap& dotOf(const QColor& color, double ratio) const;
    [[nodiscard]] bool isHovered(const Peer& peer) const;
    void setHover(std::optional<QPoint> position);
    void showFor(crdt::ClientId client, Milliseconds duration);
    void updateLater();
    void updateEdges();
    void jumpTo(crdt::ClientId client);

    PeerTracker* m_tracker;
    CodeEditor* m_editor;
    EdgeChips* m_chips;
    LabelMode m_mode = LabelMode::Activity;
    bool m_visible = true;
    QHash<quint64, Milliseconds> m_shownUntil; ///< by client id: when the label begins to fade
    std::optional<QPoint> m_hover;
    QTimer m_animation;
    bool m_updateScheduled = false;
    mutable QHash<QRgb, QPixmap> m_dots;
    mutable double m_dotRatio = 0;
};

} // namespace tutti::ui
