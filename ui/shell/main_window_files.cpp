// SPDX-License-Identifier: MIT
// Files: open, save, close, quit.
#include "ui/editor/code_editor.h"
#include "ui/shell/actions.h"
#include "ui/shell/inline_bar.h"
#include "ui/shell/main_window.h"

#include <QCloseEvent>
#include <QDir>
#include <QDropEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QLayout>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>

#include <algorithm>

namespace tutti::ui {

namespace {

const auto kFileBar = QStringLiteral("file");

void report(const std::function<void(bool)>& then, bool done)
{
    if (then) {
        then(done);
    }
}

/// Where a file dialog starts: beside the file, else in the working folder.
QString folderOf(const EditorDocument& document)
{
    return document.path().isEmpty() ? QDir::currentPath()
                                     : QFileInfo(document.path()).absolutePath();
}

bool isSameFile(const QString& a, const QString& b)
{
    const QString canonical = QFileInfo(a).canonicalFilePath();
    return canonical.isEmpty() ? a == b : canonical == QFileInfo(b).canonicalFilePath();
}

} // namespace

DocumentPage* MainWindow::openFile(const QString& path, int line, int column)
{
    const QString absolute = QFileInfo(path).absoluteFilePath();
    DocumentPage* page = nullptr;
    for (DocumentPage* open : pages()) {
        if (!open->document().path().isEmpty() && isSameFile(open->document().path(), absolute)) {
            page = open;
            showPage(*page);
        }
    }
    if (page == nullptr) {
        auto document = EditorDocument::open(absolute, m_context.textName);
        if (!document && document.error().kind == FileError::Kind::NotFound
            && QFileInfo(absolute).dir().exists()) {
            document = EditorDocument::forNewFile(absolute, m_context.textName);
        }
        if (!document) {
            currentPage()->bar().show(kFileBar, InlineBar::Kind::Error, document.error().words);
            return nullptr;
        }
        page = &addPage(*std::move(document), true);
    }
    if (line > 0) {
        page->editor().goTo(line, qMax(1, column));
    }
    return page;
}

void MainWindow::connectFiles()
{
    connect(m_actions->newFile, &QAction::triggered, this, [this] { newDocument(); });
    connect(m_actions->openFile, &QAction::triggered, this, &MainWindow::askForFile);
    connect(m_actions->save, &QAction::triggered, this, [this] { save(*currentPage()); });
    connect(
        m_actions->saveAs, &QAction::triggered, this, [this] { askForSavePath(*currentPage()); });
    connect(m_actions->saveAll, &QAction::triggered, this, [this] {
        for (DocumentPage* page : pages()) {
            if (page->document().isModified() && !page->document().path().isEmpty()) {
                save(*page);
            }
        }
    });
    connect(m_actions->closeTab, &QAction::triggered, this, [this] { closePage(*currentPage()); });
    connect(m_actions->quit, &QAction::triggered, this, &QWidget::close);
}

void MainWindow::askForFile()
{
    auto* dialog = new QFileDialog(this, tr("Open"), folderOf(currentPage()->document()));
    dialog->setObjectName(QStringLiteral("openDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, [this](const QStringList& paths) {
        for (const QString& path : paths) {
            openFile(path);
        }
    });
    dialog->open();
}

void MainWindow::save(DocumentPage& page, const Then& then)
{
    if (page.document().path().isEmpty()) {
        askForSavePath(page, then);
    } else if (page.document().changedOnDisk()) {
        askAboutDiskChange(page);
        report(then, false);
    } else {
        write(page, page.document().path(), then);
    }
}

void MainWindow::askForSavePath(DocumentPage& page, const Then& then)
{
    auto* dialog = new QFileDialog(this, tr("Save As"), folderOf(page.document()));
    dialog->setObjectName(QStringLiteral("saveDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave); // asks before it replaces a file
    dialog->selectFile(page.document().path().isEmpty() && !page.document().isRoomCopy()
            ? page.document().name() + QStringLiteral(".txt")
            : page.document().name());
    connect(dialog, &QFileDialog::fileSelected, &page,
        [this, &page, then](const QString& path) { write(page, path, then); });
    connect(dialog, &QFileDialog::rejected, &page, [then] { report(then, false); });
    dialog->open();
}

void MainWindow::write(DocumentPage& page, const QString& path, const Then& then)
{
    const auto result = page.document().saveAs(path);
    if (result) {
        page.bar().clear(kFileBar);
    } else {
        showSaveError(page, result.error(), path);
    }
    report(then, result.has_value());
}

void MainWindow::showSaveError(DocumentPage& page, const FileError& error, const QString& path)
{
    QList<InlineBar::Action> actions;
    if (error.kind == FileError::Kind::Unencodable) {
        actions.append({tr("Save as UTF-8"), [this, &page, path] {
                            page.document().setFormat(
                                {page.document().format().lineEnd, TextEncoding::Utf8});
                            write(page, path, {});
                        }});
    } else {
        actions.append({tr("Save as…"), [this, &page] { askForSavePath(page); }});
    }
    page.bar().show(kFileBar, InlineBar::Kind::Error, error.words, actions);
}

void MainWindow::askAboutDiskChange(DocumentPage& page)
{
    const bool gone = !QFileInfo::exists(page.document().path());
    QList<InlineBar::Action> actions{
        {gone ? tr("Save again") : tr("Overwrite"),
            [this, &page] { write(page, page.document().path(), {}); }},
    };
    if (!gone) {
        actions.append({tr("Reload"), [this, &page] {
                            if (const auto done = page.document().reload()) {
                                page.bar().clear(kFileBar);
                            } else {
                                page.bar().show(
                                    kFileBar, InlineBar::Kind::Error, done.error().words);
                            }
                        }});
    }
    actions.append({tr("Save as…"), [this, &page] { askForSavePath(page); }});
    page.bar().show(kFileBar, InlineBar::Kind::Warning,
        (gone ? tr("%1 was deleted or moved. It was not saved again.")
              : tr("%1 was changed by another program. It was not saved over that."))
            .arg(page.document().name()),
        actions);
}

void MainWindow::closePage(DocumentPage& page)
{
    showPage(page); // one sees what one is asked about
    settle(page, [this, &page](bool mayGo) {
        if (mayGo) {
            removePage(page);
        }
    });
}

void MainWindow::settle(DocumentPage& page, const Then& then)
{
    using Concern = DocumentPage::Concern;
    const Concern concern = page.closeConcern();
    if (concern == Concern::None) {
        then(true);
        return;
    }
    auto* box = new QMessageBox(this);
    box->setObjectName(QStringLiteral("closeQuestion"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowModality(Qt::WindowModal);
    box->setIcon(QMessageBox::NoIcon);
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
    const auto concerned = [](DocumentPage* page) {
        return page->closeConcern() != DocumentPage::Concern::None;
    };
    const QList<DocumentPage*> all = pages();
    if (m_mayClose || std::none_of(all.begin(), all.end(), concerned)) {
        Settings::setGeometry(saveGeometry());
        for (DocumentPage* page : all) {
            endSession(*page);
            Q_EMIT page->closed();
        }
        event->accept();
        return;
    }
    event->ignore();
    if (findChild<QMessageBox*>(QStringLiteral("closeQuestion")) == nullptr) {
        m_settled.clear();
        settleNext();
    }
}

void MainWindow::settleNext()
{
    for (DocumentPage* page : pages()) {
        if (m_settled.contains(page) || page->closeConcern() == DocumentPage::Concern::None) {
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

int MainWindow::nextUntitledNumber() const
{
    const QList<DocumentPage*> all = pages();
    return 1 + static_cast<int>(std::count_if(all.begin(), all.end(), [](DocumentPage* page) {
        return page->document().path().isEmpty() && !page->document().isRoomCopy();
    }));
}

bool MainWindow::event(QEvent* event) { return takeDrop(*event) || QMainWindow::event(event); }

bool MainWindow::eventFilter(QObject* watched, QEvent* event)
{
    return takeDrop(*event) || QMainWindow::eventFilter(watched, event);
}

bool MainWindow::takeDrop(QEvent& event)
{
    if (event.type() != QEvent::DragEnter && event.type() != QEvent::DragMove
        && event.type() != QEvent::Drop) {
        return false;
    }
    auto& drop = static_cast<QDropEvent&>(event);
    QStringList paths;
    for (const QUrl& url : drop.mimeData()->urls()) {
        if (url.isLocalFile()) {
            paths.append(url.toLocalFile());
        }
    }
    if (paths.isEmpty()) {
        return false; // text: the editor's own business
    }
    drop.setDropAction(Qt::CopyAction);
    drop.accept();
    if (event.type() == QEvent::Drop) {
        for (const QString& path : std::as_const(paths)) {
            openFile(path);
        }
    }
    return true;
}

} // namespace tutti::ui
