// SPDX-License-Identifier: MIT
#pragma once

#include <QPointer>
#include <QTabBar>

namespace tutti::ui {

class DocumentPage;

/// The tabs of one pane. A tab can be moved among the others, and dragged out of the row: whoever
/// listens shows where it would go, and moves it.
class PaneTabs : public QTabBar
{
    Q_OBJECT

public:
    explicit PaneTabs(QWidget* parent = nullptr);
    ~PaneTabs() override;

    /// Before that index, or as the last one. Gives its index.
    int insert(int index, DocumentPage& page);
    /// Null where there is none.
    [[nodiscard]] DocumentPage* pageAt(int index) const;
    /// -1 where it is not among them.
    [[nodiscard]] int indexOf(const DocumentPage& page) const;
    /// Which tab would be behind one that is dropped there; count() for the last place.
    [[nodiscard]] int dropIndex(const QPoint& globalPosition) const;

Q_SIGNALS:
    void closeRequested(tutti::ui::DocumentPage* page);
    void menuRequested(tutti::ui::DocumentPage* page, const QPoint& globalPosition);
    /// A tab is over that place, outside of the row.
    void draggedOut(tutti::ui::DocumentPage* page, const QPoint& globalPosition);
    /// It is back in its row, or the drag was given up.
    void dragEnded();
    void dropped(tutti::ui::DocumentPage* page, const QPoint& globalPosition, bool copy);

protected:
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void leaveRow(QMouseEvent& event);
    void endDrag();

    /// The page of the tab that is pressed, while it stands here: it may be closed meanwhile.
    [[nodiscard]] DocumentPage* pressed() const;

    QPointer<DocumentPage> m_pressed;
    bool m_outside = false;
};

} // namespace tutti::ui
