// SPDX-License-Identifier: MIT
// What an earlier run could not send any more: offered as a copy. What it showed: opened again.
#include "ui/editor/code_editor.h"
#include "ui/shell/document_journal.h"
#include "ui/shell/inline_bar.h"
#include "ui/shell/main_window.h"
#include "ui/shell/opening.h"
#include "ui/shell/unsent_changes.h"
#include "ui/shell/window_session.h"

#include <QLocale>

#include <algorithm>

namespace tutti::ui {

namespace {

const auto kRecoveryBar = QStringLiteral("recovery");

} // namespace

void MainWindow::offerUnsentChanges()
{
    const auto leftovers = UnsentChanges::leftovers();
    if (leftovers.isEmpty()) {
        return;
    }
    const UnsentChanges::Leftover leftover = leftovers.first();
    DocumentPage& page = *currentPage();
    const QString when =
        QLocale().toString(leftover.description.written.toLocalTime(), QLocale::ShortFormat);
    const auto next = [this, &page] {
        page.bar().clear(kRecoveryBar);
        offerUnsentChanges();
    };
    page.bar().show(kRecoveryBar, InlineBar::Kind::Warning,
        tr("When Tutti ended, %1 held changes that its room had not received. They were kept on "
           "this computer (%2).")
            .arg(leftover.description.name, when),
        {{tr("Open a copy"),
             [this, leftover, &page] {
                 page.bar().clear(kRecoveryBar);
                 openUnsentChanges(leftover);
             }},
            {tr("Discard"), [leftover, next] {
                 UnsentChanges::discard(leftover);
                 next();
             }}});
}

void MainWindow::openUnsentChanges(const UnsentChanges::Leftover& leftover)
{
    auto document = std::make_unique<EditorDocument>(leftover.description.textName);
    const auto update = UnsentChanges::read(leftover.path);
    const auto applied = update ? document->doc().applyUpdate(*update) : crdt::Result<void>();
    if (!update || !applied) {
        currentPage()->bar().show(kRecoveryBar, InlineBar::Kind::Error,
            tr("%1 is damaged and cannot be opened.").arg(leftover.path));
        return;
    }
    document->setRoom(leftover.description.name); // its name …
    document->setRoom({}); // … but not in a room
    DocumentPage& page = addPage(std::move(document), true);
    // The file stays until the copy is saved, or closed by somebody who was asked.
    const auto settled = [leftover](bool modified) {
        if (!modified) {
            UnsentChanges::discard(leftover);
        }
    };
    connect(&page.document(), &EditorDocument::modifiedChanged, &page, settled);
    connect(&page, &DocumentPage::closed, this, [leftover] { UnsentChanges::discard(leftover); });
}

void MainWindow::keepSession(bool restore)
{
    Q_ASSERT(m_session == nullptr);
    m_session = new WindowSession(*this);
    if (restore) {
        m_session->restore();
    }
}

DocumentPage* MainWindow::reopen(const SavedDocument& saved, bool completely)
{
    const auto isOpen = [&saved](DocumentPage* page) {
        return !saved.path.isEmpty() && page->document().path() == saved.path;
    };
    if (!saved.text && std::ranges::any_of(pages(), isOpen)) {
        return nullptr;
    }
    if (!saved.text && !completely && Opening::isWorthIt(saved.path)) {
        DocumentPage& page = openInSlices(saved.path);
        Opening::of(page)->whenOpened(
            [&page, place = saved.place] { place.restoreIn(page.editor()); });
        return &page;
    }
    auto document = DocumentJournal::restore(saved, m_context.textName);
    if (!document) {
        return nullptr; // a file that was saved and is gone is nothing to bother anybody with
    }
    if ((*document)->isUntitled()) {
        const DocumentPage* first = currentPage();
        const bool replaces = pages().size() == 1 && first->isPristine();
        (*document)->setUntitledNumber(replaces ? 1 : nextUntitledNumber());
    }
    DocumentPage& page = addPage(*std::move(document), true);
    saved.place.restoreIn(page.editor());
    if (saved.text && page.document().changedOnDisk()) {
        page.bar().show(QStringLiteral("file"), InlineBar::Kind::Warning,
            tr("%1 was changed by another program since. Your unsaved text is here.")
                .arg(page.document().name()));
    }
    return &page;
}

} // namespace tutti::ui
