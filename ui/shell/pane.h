// SPDX-License-Identifier: MIT
#pragma once

#include "ui/shell/pane_tabs.h"

#include <QList>
#include <QPointer>
#include <QWidget>

class QIcon;
class QStackedWidget;

namespace tutti::ui {

class DocumentPage;
class TabRow;

/// A row of tabs and the page of the current one. Its tabs may stand elsewhere: see takeTabs().
/// Threads: the GUI's.
class Pane : public QWidget
{
    Q_OBJECT

public:
    explicit Pane(QWidget* parent = nullptr);
    ~Pane() override;

    [[nodiscard]] PaneTabs& tabs() const noexcept { return *m_tabs; }
    [[nodiscard]] QList<DocumentPage*> pages() const;
    /// Null while it is empty.
    [[nodiscard]] DocumentPage* currentPage() const;
    [[nodiscard]] bool holds(const DocumentPage& page) const;

    /// Before that index, or as the last one; it becomes the current one.
    void add(DocumentPage& page, int index = -1);
    /// It is nobody's then.
    void take(DocumentPage& page);
    void showPage(DocumentPage& page);
    void setTab(DocumentPage& page, const QString& text, const QIcon& icon, const QString& toolTip);

    /// Gives the tabs away: they stand in another row until returnTabs().
    [[nodiscard]] QWidget* takeTabs();
    void returnTabs();
    /// Whether the window's commands are about this one, where there are several.
    void setActive(bool active);

Q_SIGNALS:
    void currentChanged();
    /// The order of the tabs.
    void moved();

private:
    void onCurrent();

    TabRow* m_row;
    QPointer<PaneTabs> m_tabs; ///< where they stand may go before
    QStackedWidget* m_stack;
};

} // namespace tutti::ui
