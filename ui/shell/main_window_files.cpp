// SPDX-License-Identifier: MIT
// Files: open and save.
#include "ui/editor/code_editor.h"
#include "ui/shell/actions.h"
#include "ui/shell/export_commands.h"
#include "ui/shell/inline_bar.h"
#include "ui/shell/main_window.h"
#include "ui/shell/opening.h"
#include "ui/shell/room_link.h"
#include "ui/shell/window_picks.h"

#include <QDir>
#include <QDropEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QMimeData>

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
    if (page == nullptr && Opening::isWorthIt(absolute)) {
        page = &openInSlices(absolute);
        m_picks->recent().addFile(absolute);
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
        m_picks->recent().addFile(absolute);
    }
    const auto go = [page, line, column] {
        if (line > 0) {
            page->editor().goTo(line, qMax(1, column));
        }
    };
    if (Opening* opening = Opening::of(*page)) {
        opening->whenOpened(go);
    } else {
        go();
    }
    return page;
}

DocumentPage& MainWindow::openInSlices(const QString& absolute)
{
    DocumentPage& page = addPage(EditorDocument::forOpening(absolute, m_context.textName), true);
    auto* opening = new Opening(page);
    connect(opening, &Opening::failed, this, [this, &page](const FileError& error) {
        removePage(page);
        if (error.kind != FileError::Kind::Cancelled) {
            currentPage()->bar().show(kFileBar, InlineBar::Kind::Error, error.words);
        }
    });
    return page;
}

void MainWindow::connectFiles()
{
    connect(m_actions->newFile, &QAction::triggered, this, [this] { newDocument(); });
    connect(m_actions->openFile, &QAction::triggered, this, &MainWindow::askForFile);
    connect(m_actions->recentMenu, &QMenu::aboutToShow, m_picks,
        [this] { m_picks->fillRecent(*m_actions->recentMenu, *m_actions->clearRecent); });
    connect(m_actions->clearRecent, &QAction::triggered, m_picks,
        [this] { m_picks->recent().clear(); });
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
    connect(
        m_actions->print, &QAction::triggered, this, [this] { askToPrint(*currentPage(), this); });
    connect(m_actions->exportPdf, &QAction::triggered, this,
        [this] { askToExportPdf(*currentPage(), this); });
    connect(m_actions->exportHtml, &QAction::triggered, this,
        [this] { askToExportHtml(*currentPage(), this); });
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
        m_picks->recent().addFile(page.document().path());
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
    if (event->type() == QEvent::ReadOnlyChange && currentPage() != nullptr) {
        refreshActions();
    }
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
    // A link from a browser comes as a URL, one from a message as text.
    const QString text = drop.mimeData()->text().trimmed();
    const QString link = plainRoomLink(text);
    const bool isLink = paths.isEmpty() && !link.contains(QChar(u'\n'))
        && net::RoomAddress::parse(link).has_value() && net::RoomAddress::looksLikeOne(link);
    if (paths.isEmpty() && !isLink) {
        return false; // text: the editor's own business
    }
    drop.setDropAction(Qt::CopyAction);
    drop.accept();
    if (event.type() == QEvent::Drop && isLink) {
        askToJoin(link);
    } else if (event.type() == QEvent::Drop) {
        for (const QString& path : std::as_const(paths)) {
            openFile(path);
        }
    }
    return true;
}

} // namespace tutti::ui
