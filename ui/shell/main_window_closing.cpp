// SPDX-License-Identifier: MIT
// Closing a tab or the window, and what there is to ask before that.
#include "ui/shell/document_session.h"
#include "ui/shell/main_window.h"
#include "ui/shell/setting_values.h"
#include "ui/shell/window_session.h"

#include <QCloseEvent>
#include <QLayout>
#include <QMessageBox>
#include <QPushButton>
#include <QTimer>

#include <algorithm>

namespace tutti::ui {

using Concern = DocumentPage::Concern;

namespace {

/// Changes that are on their way get that long to arrive before anybody is bothered about them.
constexpr int kPatienceMs = 2'000;

bool isOnItsWay(const DocumentPage& page, bool textIsKept)
{
    return page.closeConcern(textIsKept) == Concern::UnsentChanges
        && page.session()->status().isConnected();
}

} // namespace

void MainWindow::closePage(DocumentPage& page)
{
    if (!page.isOnlyView()) {
        removePage(page); // the document stays open
        return;
    }
    m_textIsKept = false; // a tab that is closed is not opened again
    showPage(page); // one sees what one is asked about
    settle(page, [this, &page](bool mayGo) {
        if (mayGo) {
            removePage(page);
        }
    });
}

void MainWindow::settle(DocumentPage& page, const Then& then)
{
    if (m_beingAsked.contains(&page)) {
        then(false); // asked already
        return;
    }
    if (page.closeConcern(m_textIsKept) == Concern::None) {
        then(true);
        return;
    }
    m_beingAsked.append(&page);
    const Then answered = [this, &page, then](bool mayGo) {
        m_beingAsked.removeOne(&page);
        then(mayGo);
    };
    if (!isOnItsWay(page, m_textIsKept)) {
        askBeforeClosing(page, answered);
        return;
    }
    auto* patience = new QTimer(&page);
    patience->setSingleShot(true);
    connect(patience, &QTimer::timeout, &page, [this, &page, patience, answered] {
        patience->deleteLater();
        askBeforeClosing(page, answered);
    });
    connect(&page, &DocumentPage::connectionChanged, patience, [this, &page, patience] {
        if (!isOnItsWay(page, m_textIsKept)) {
            patience->start(0); // not from inside the connection's own signal
        }
    });
    patience->start(kPatienceMs);
}

void MainWindow::askBeforeClosing(DocumentPage& page, const Then& then)
{
    const Concern concern = page.closeConcern(m_textIsKept);
    if (concern == Concern::None) {
        then(true);
        return;
    }
    auto* box = new QMessageBox(this);
    box->setObjectName(QStringLiteral("closeQuestion"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowModality(Qt::WindowModal);
    box->setIcon(QMessageBox::NoIcon);
    box->setTextFormat(Qt::PlainText); // names of files and rooms are in it
    QAbstractButton* keep = nullptr;
    QAbstractButton* drop = nullptr;
    const QString name = page.document().name();
    switch (concern) {
    case Concern::UnsavedChanges:
        box->setText(tr("Save the changes to %1?").arg(name));
        box->setInformativeText(tr("Without saving, they are lost."));
        keep = box->addButton(QMessageBox::Save);
        drop = box->addButton(QMessageBox::Discard);
        break;
    case Concern::UnsentChanges:
        box->setText(tr("Some of your changes to %1 have not reached the others.").arg(name));
        box->setInformativeText(tr("Save a copy to keep them."));
        keep = box->addButton(tr("Save a Copy…"), QMessageBox::AcceptRole);
        drop = box->addButton(tr("Leave Anyway"), QMessageBox::DestructiveRole);
        break;
    case Concern::OthersPresent:
        box->setText(tr("Others are writing in %1.").arg(name));
        box->setInformativeText(
            tr("You host it: when you close it, they are disconnected. They keep their text."));
        drop = box->addButton(tr("Stop Sharing and Close"), QMessageBox::DestructiveRole);
        break;
    case Concern::None:
        Q_UNREACHABLE();
    }
    QPushButton* cancel = box->addButton(QMessageBox::Cancel);
    box->setEscapeButton(cancel);
    box->setDefaultButton(qobject_cast<QPushButton*>(keep != nullptr ? keep : cancel));
    connect(box, &QMessageBox::finished, &page, [this, box, &page, keep, drop, then] {
        if (box->clickedButton() == keep && keep != nullptr) {
            save(page, then);
        } else {
            then(box->clickedButton() == drop);
        }
    });
    box->layout()->setContentsMargins(16, 24, 24, 16);
    box->open();
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    m_textIsKept = m_session != nullptr
        && SettingValues::instance().value(QStringLiteral("files/restoreSession")).toBool()
        && m_session->isKept();
    const auto concerned = [this](const DocumentPage* page) {
        return page->closeConcern(m_textIsKept) != Concern::None;
    };
    const QList<DocumentPage*> all = pages();
    if (m_mayClose || std::ranges::none_of(all, concerned)) {
        Settings::setGeometry(saveGeometry());
        if (m_session != nullptr) {
            m_session->close(m_textIsKept);
        }
        for (DocumentPage* page : all) {
            endSession(*page);
        }
        for (DocumentPage* page : views()) {
            Q_EMIT page->closed();
        }
        event->accept();
        return;
    }
    event->ignore();
    if (m_beingAsked.isEmpty()) {
        m_settled.clear();
        settleNext();
    }
}

void MainWindow::settleNext()
{
    for (DocumentPage* page : pages()) {
        // By the document: which of its views stands for it changes with the active pane.
        const bool isSettled = std::ranges::any_of(
            m_settled, [page](const DocumentPage* other) { return other->showsSameAs(*page); });
        if (isSettled || page->closeConcern(m_textIsKept) == DocumentPage::Concern::None) {
            continue;
        }
        showPage(*page);
        settle(*page, [this, page](bool mayGo) {
            if (mayGo) {
                m_settled.append(page);
                settleNext();
            }
        });
        return;
    }
    m_mayClose = true;
    close();
}

} // namespace tutti::ui
