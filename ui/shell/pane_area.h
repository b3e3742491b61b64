// SPDX-License-Identifier: MIT
#pragma once

#include <QList>
#include <QPointer>
#include <QWidget>

#include <optional>
#include <vector>

class QSplitter;

namespace tutti::ui {

class DocumentPage;
class Pane;

/// Where the panes are and what is in them: either panes side by side, or one with its pages.
struct PaneLayout
{
    Qt::Orientation orientation = Qt::Horizontal;
    QList<int> sizes; ///< of the parts, in pixels
    std::vector<PaneLayout> parts; ///< two or more; else it is one pane

    QList<DocumentPage*> pages;
    int current = 0; ///< of pages
    bool active = false; ///< the one pane that is
};

/// Panes with tabs, side by side and one above the other as the person splits them, one of which is
/// active: commands are about its current page. Tabs can be dragged from one to the next, or to an
/// edge, which splits a pane. An emptied pane goes, but for the last one.
///
/// Where there is one pane only, its tabs stand outside: see tabsMoved().
/// Threads: the GUI's.
class PaneArea : public QWidget
{
    Q_OBJECT

public:
    enum class Side { Left, Right, Above, Below };

    explicit PaneArea(QWidget* parent = nullptr);
    ~PaneArea() override;

    [[nodiscard]] Pane& activePane() const noexcept { return *m_active; }
    /// From left to right and from above.
    [[nodiscard]] QList<Pane*> panes() const;
    [[nodiscard]] bool isSplit() const;
    /// Pane by pane, in the order of their tabs.
    [[nodiscard]] QList<DocumentPage*> pages() const;
    /// Of the active pane; null while that is empty.
    [[nodiscard]] DocumentPage* currentPage() const;
    /// Null where it is in none.
    [[nodiscard]] Pane* paneOf(const DocumentPage& page) const;

    /// Into the active pane, as its last and current tab.
    void add(DocumentPage& page);
    /// It is nobody's then.
    void remove(DocumentPage& page);
    void showPage(DocumentPage& page);
    /// Whether it exists already or not: before that index, or as the last one.
    void moveTo(DocumentPage& page, Pane& pane, int index = -1);
    /// An empty pane beside that one, which is to be given a page at once.
    Pane& split(Pane& pane, Side side);
    /// The pane so many places further, round and round.
    [[nodiscard]] Pane& paneAfter(int by) const;
    void activate(Pane& pane);
    /// All pages in one pane.
    void join();

    [[nodiscard]] PaneLayout arrangement() const;
    /// Puts the pages into such panes; those it does not name stay with the active one. Whatever in
    /// it makes no sense is left out.
    void arrange(const PaneLayout& layout);

Q_SIGNALS:
    /// Another page is the current one of the active pane.
    void currentChanged();
    /// What arrangement() says.
    void arranged();
    /// The tabs of the only pane, which are to stand in another row; null: they stand in their
    /// panes.
    void tabsMoved(QWidget* tabs);
    void closeRequested(tutti::ui::DocumentPage* page);
    void menuRequested(tutti::ui::DocumentPage* page, const QPoint& globalPosition);
    /// A tab was dropped to be shown once more, in that pane.
    void copyRequested(tutti::ui::DocumentPage* page, tutti::ui::Pane* pane, int index);

private:
    struct DropPlace
    {
        Pane* pane = nullptr;
        int index = -1; ///< among its tabs
        std::optional<Side> side; ///< beside it
        QRect shown; ///< in the area
    };

    Pane& makePane();
    QSplitter* makeSplitter(Qt::Orientation orientation);
    void collect(const QWidget& part, QList<Pane*>& panes) const;
    void removePane(Pane& pane);
    void setRoot(QSplitter& root);
    void collapse(QSplitter& splitter);
    void refresh();
    void report();
    [[nodiscard]] PaneLayout layoutOf(const QWidget& part) const;
    QWidget* build(const PaneLayout& layout, Pane*& active);
    [[nodiscard]] DropPlace dropPlaceAt(
        const DocumentPage& page, const QPoint& globalPosition) const;
    void showDropPlace(DocumentPage* page, const QPoint& globalPosition);
    void drop(DocumentPage* page, const QPoint& globalPosition, bool copy);

    QSplitter* m_root;
    Pane* m_active = nullptr;
    QPointer<DocumentPage> m_reported;
    QWidget* m_indicator;
    bool m_changing = false; ///< pages are between panes
    bool m_tabsOutside = false;
};

} // namespace tutti::ui
