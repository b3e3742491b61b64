// SPDX-License-Identifier: MIT
// Panes: documents side by side, and the tabs in them.
#include "ui/editor/code_editor.h"
#include "ui/shell/actions.h"
#include "ui/shell/header_bar.h"
#include "ui/shell/inline_bar.h"
#include "ui/shell/main_window.h"
#include "ui/shell/pane.h"
#include "ui/shell/pane_area.h"

#include <QClipboard>
#include <QDir>
#include <QGuiApplication>
#include <QMenu>

namespace tutti::ui {

void MainWindow::connectPanes()
{
    connect(m_panes, &PaneArea::tabsMoved, m_header, &HeaderBar::setTabs);
    connect(m_panes, &PaneArea::currentChanged, this, &MainWindow::onCurrentPage);
    connect(m_panes, &PaneArea::arranged, this, &MainWindow::arrangementChanged);
    connect(m_panes, &PaneArea::arranged, this, &MainWindow::refreshPaneActions);
    connect(
        m_panes, &PaneArea::closeRequested, this, [this](DocumentPage* page) { closePage(*page); });
    connect(m_panes, &PaneArea::menuRequested, this,
        [this](DocumentPage* page, const QPoint& place) { showTabMenu(*page, place); });
    connect(
        m_panes, &PaneArea::copyRequested, this, [this](DocumentPage* page, Pane* pane, int index) {
            if (mayHaveAnotherView(*page)) {
                addView(*page, *pane, index);
            }
        });

    connect(m_actions->splitRight, &QAction::triggered, this, [this] { splitView(false); });
    connect(m_actions->splitDown, &QAction::triggered, this, [this] { splitView(true); });
    connect(m_actions->moveToNextPane, &QAction::triggered, this, &MainWindow::movePageToNextPane);
    connect(m_actions->joinPanes, &QAction::triggered, m_panes, &PaneArea::join);
    const auto step = [this](int by) {
        m_panes->activate(m_panes->paneAfter(by));
        currentPage()->setFocus();
    };
    connect(m_actions->nextPane, &QAction::triggered, this, [step] { step(1); });
    connect(m_actions->previousPane, &QAction::triggered, this, [step] { step(-1); });
    connect(m_actions->closeOthers, &QAction::triggered, this,
        [this] { closeOtherPages(*currentPage()); });
}

void MainWindow::splitView(bool below)
{
    DocumentPage& page = *currentPage();
    if (!mayHaveAnotherView(page)) {
        return;
    }
    const auto side = below ? PaneArea::Side::Below : PaneArea::Side::Right;
    addView(page, m_panes->split(m_panes->activePane(), side));
}

bool MainWindow::mayHaveAnotherView(DocumentPage& page)
{
    if (page.document().isOpening()) {
        page.bar().show(QStringLiteral("panes"), InlineBar::Kind::Info,
            tr("%1 is still being opened. It can be shown beside itself when it is complete.")
                .arg(page.document().name()));
        return false;
    }
    return true;
}

void MainWindow::movePageToNextPane()
{
    DocumentPage& page = *currentPage();
    Pane& from = m_panes->activePane();
    if (m_panes->isSplit()) {
        m_panes->moveTo(page, m_panes->paneAfter(1));
    } else if (from.pages().size() > 1) { // else there would be nothing to stay
        m_panes->moveTo(page, m_panes->split(from, PaneArea::Side::Right));
    }
}

void MainWindow::closeOtherPages(DocumentPage& page)
{
    for (DocumentPage* other : m_panes->paneOf(page)->pages()) {
        if (other != &page) {
            closePage(*other);
        }
    }
}

void MainWindow::showTabMenu(DocumentPage& page, const QPoint& globalPosition)
{
    showPage(page); // the commands are about the tab that is shown
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addActions({m_actions->closeTab, m_actions->closeOthers});
    menu->addSeparator();
    menu->addActions({m_actions->splitRight, m_actions->splitDown, m_actions->moveToNextPane});
    const QString path = QDir::toNativeSeparators(page.document().path());
    if (!path.isEmpty()) {
        menu->addSeparator();
        menu->addAction(
            tr("Copy &Path"), this, [path] { QGuiApplication::clipboard()->setText(path); });
    }
    menu->popup(globalPosition);
}

void MainWindow::refreshPaneActions()
{
    const bool split = m_panes->isSplit();
    const qsizetype tabs = m_panes->activePane().pages().size();
    for (QAction* action : {m_actions->nextPane, m_actions->previousPane, m_actions->joinPanes}) {
        action->setEnabled(split);
    }
    m_actions->moveToNextPane->setEnabled(split || tabs > 1);
    m_actions->closeOthers->setEnabled(tabs > 1);
}

} // namespace tutti::ui
