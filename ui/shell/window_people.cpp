// SPDX-License-Identifier: MIT
#include "ui/shell/window_people.h"

#include "ui/editor/code_editor.h"
#include "ui/shell/actions.h"
#include "ui/shell/avatar_strip.h"
#include "ui/shell/inline_bar.h"
#include "ui/shell/main_window.h"
#include "ui/shell/participants_panel.h"
#include "ui/shell/quick_pick.h"
#include "ui/shell/undo_preview.h"
#include "ui/shell/window_picks.h"

#include <QLayout>
#include <QMenu>
#include <QPushButton>

namespace tutti::ui {

namespace {

const auto kUndoBar = QStringLiteral("undoOthers");

/// A name in a menu, where & means something.
QString inMenu(QString name) { return name.replace(u'&', QStringLiteral("&&")); }

} // namespace

WindowPeople::WindowPeople(MainWindow& window, ParticipantsPanel& panel, AvatarStrip& avatars)
    : QObject(&window)
    , m_window(window)
{
    const Actions& actions = window.actions();
    connect(actions.follow, &QAction::triggered, this,
        [this] { m_window.currentPage()->followNext(); });
    connect(actions.undoOthers, &QAction::triggered, this, &WindowPeople::askWhoseChangeToUndo);
    connect(&panel, &ParticipantsPanel::followRequested, this, &WindowPeople::follow);
    connect(&panel, &ParticipantsPanel::menuRequested, this, &WindowPeople::showMenu);
    connect(&avatars, &AvatarStrip::menuRequested, this, &WindowPeople::showMenu);
}

void WindowPeople::follow(crdt::ClientId client)
{
    DocumentPage& page = *m_window.currentPage();
    if (page.session() != nullptr) {
        page.session()->follow().start(client);
        page.setFocus(); // so that Escape ends it
    }
}

void WindowPeople::showMenu(crdt::ClientId client, const QPoint& place)
{
    DocumentSession* const session = m_window.currentPage()->session();
    const Peer* peer = session != nullptr
        ? session->viewOf(m_window.currentPage()->editor()).tracker().find(client)
        : nullptr;
    if (peer == nullptr || peer->self) {
        return;
    }
    auto* menu = new QMenu(&m_window);
    menu->setObjectName(QStringLiteral("participantMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (session->follow().leader() == client) {
        menu->addAction(tr("&Stop Following"), this, [this] {
            if (DocumentSession* current = m_window.currentPage()->session()) {
                current->follow().stop();
            }
        });
    } else {
        menu->addAction(tr("&Follow"), this, [this, client] { follow(client); });
    }
    QAction* jump = menu->addAction(tr("&Go to Their Place"), this, [this, client] {
        DocumentSession* current = m_window.currentPage()->session();
        const Peer* there = current != nullptr
            ? current->viewOf(m_window.currentPage()->editor()).tracker().find(client)
            : nullptr;
        if (there != nullptr && there->caret) { // may have left meanwhile
            m_window.currentPage()->editor().reveal(*there->caret);
        }
    });
    jump->setEnabled(peer->caret.has_value());
    menu->addSeparator();
    QAction* undo = menu->addAction(tr("&Undo Last Change by %1…").arg(inMenu(peer->name)), this,
        [this, client] { previewUndoOf(client); });
    undo->setObjectName(QStringLiteral("undoChangeByPerson"));
    undo->setEnabled(session->changes() != nullptr && session->changes()->lastOf(client)
        && !m_window.currentPage()->editor().isReadOnly());
    menu->popup(place);
}

void WindowPeople::askWhoseChangeToUndo()
{
    DocumentPage& page = *m_window.currentPage();
    if (page.session() == nullptr) {
        return;
    }
    const auto say = [&page](const QString& words) {
        page.bar().show(kUndoBar, InlineBar::Kind::Info, words);
    };
    if (page.editor().isReadOnly()) {
        say(tr("You may not change this text, so you cannot undo what others did."));
        return;
    }
    const PeerChanges* changes = page.session()->changes();
    const QList<PeerChanges::Person> people =
        changes != nullptr ? changes->people() : QList<PeerChanges::Person>();
    if (people.isEmpty()) {
        say(tr("There is nothing to undo: nobody else has changed anything since you are here."));
        return;
    }
    page.bar().clear(kUndoBar);
    if (people.size() == 1) {
        previewUndoOf(people.first().client);
        return;
    }
    QList<PickItem> items;
    for (const PeerChanges::Person& person : people) {
        const auto change = changes->lastOf(person.client);
        const QString when = change ? agoText(changes->ageOf(*change)) : QString();
        items.append({.id = QString::number(person.client.value()),
            .text = person.name,
            .context = person.isHere ? when : tr("%1, has left", "how long ago").arg(when)});
    }
    m_window.picks().widget().open({.title = tr("Undo the last change by"),
        .items = items,
        .nothing = tr("Nobody matches"),
        .picked = [this](const PickItem& item, const QString&) {
            previewUndoOf(crdt::ClientId(item.id.toULongLong()));
        }});
}

void WindowPeople::previewUndoOf(crdt::ClientId client)
{
    DocumentPage& page = *m_window.currentPage();
    PeerChanges* const changes = page.session() != nullptr ? page.session()->changes() : nullptr;
    const auto change = changes != nullptr ? changes->lastOf(client) : std::nullopt;
    if (!change) {
        return;
    }
    if (auto* before = page.findChild<UndoPreview*>()) {
        before->detach();
    }
    CodeEditor& editor = page.editor();
    auto* preview = new UndoPreview(editor, *changes, *change, changes->nameOf(client), &page);
    connect(&page, &DocumentPage::sessionChanged, preview, &UndoPreview::detach);
    page.layout()->addWidget(preview); // beneath the text, as the find bar
    if (const auto pieces = changes->log().effectOf(*change); !pieces.empty()) {
        editor.reveal(static_cast<int>(pieces.front().at.value()));
    }
    preview->findChild<QPushButton*>(QStringLiteral("undoPreviewUndo"))->setFocus();
}

} // namespace tutti::ui
