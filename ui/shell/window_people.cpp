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

#include <QAccessible>
#include <QLayout>
#include <QMenu>
#include <QPointer>
#include <QPushButton>
#include <QUuid>

#include <algorithm>

namespace tutti::ui {

namespace {

const auto kUndoBar = QStringLiteral("undoOthers");
const auto kSummonBar = QStringLiteral("summon");

/// A name in a menu, where & means something.
QString inMenu(QString name) { return name.replace(u'&', QStringLiteral("&&")); }

} // namespace

WindowPeople::WindowPeople(MainWindow& window, ParticipantsPanel& panel, AvatarStrip& avatars)
    : QObject(&window)
    , m_window(window)
    , m_person(QUuid::createUuid().toString(QUuid::Id128))
{
    const Actions& actions = window.actions();
    connect(actions.follow, &QAction::triggered, this,
        [this] { m_window.currentPage()->followNext(); });
    connect(actions.undoOthers, &QAction::triggered, this, &WindowPeople::askWhoseChangeToUndo);
    connect(&panel, &ParticipantsPanel::followRequested, this, &WindowPeople::follow);
    connect(&panel, &ParticipantsPanel::menuRequested, this, &WindowPeople::showMenu);
    connect(&avatars, &AvatarStrip::menuRequested, this, &WindowPeople::showMenu);
    connect(actions.summon, &QAction::triggered, this, &WindowPeople::askEverybody);
    connect(&window, &MainWindow::pageAdded, this, &WindowPeople::watch);
    // Later: it is said while tabs and pages are being put in order.
    connect(&window, &MainWindow::arrangementChanged, this, &WindowPeople::refreshHere,
        Qt::QueuedConnection);
}

void WindowPeople::watch(DocumentPage& page)
{
    connect(&page, &DocumentPage::sessionChanged, this, [this, &page] { attach(page); });
    attach(page);
}

void WindowPeople::attach(DocumentPage& page)
{
    DocumentSession* const session = page.session();
    if (session == nullptr) {
        return;
    }
    // A list of its own for each view, the rest once for all of them.
    session->viewOf(page.editor()).participants().setDocumentOf([this](const QString& person) {
        const auto found = find(person);
        return found ? found->page->document().name() : QString();
    });
    if (m_attached.contains(session)) {
        return;
    }
    m_attached.insert(session);
    connect(session, &QObject::destroyed, this, [this, session] { m_attached.remove(session); });
    session->presence().setPerson(m_person);
    connect(session, &DocumentSession::peerMoved, this,
        [this, session](crdt::ClientId client) { onPeerMoved(*session, client); });
    connect(session, &DocumentSession::peerAsks, this,
        [this, session](crdt::ClientId client) { onPeerAsks(*session, client); });
    refreshHere();
}

void WindowPeople::refreshHere()
{
    const DocumentPage* current = m_window.currentPage();
    const QList<DocumentPage*> pages = m_window.pages();
    for (DocumentPage* page : pages) {
        if (page->session() != nullptr) {
            page->session()->presence().setHere(
                current != nullptr && page->session() == current->session());
        }
    }
}

DocumentPage* WindowPeople::pageOf(const DocumentSession& session) const
{
    DocumentPage* const current = m_window.currentPage();
    if (current != nullptr && current->session() == &session) {
        return current;
    }
    const QList<DocumentPage*> pages = m_window.pages();
    const auto page = std::ranges::find(pages, &session, &DocumentPage::session);
    return page == pages.end() ? nullptr : *page;
}

std::optional<WindowPeople::Found> WindowPeople::find(const QString& person) const
{
    if (person.isEmpty()) {
        return std::nullopt;
    }
    const QList<DocumentPage*> pages = m_window.pages();
    for (DocumentPage* page : pages) {
        if (page->session() == nullptr) {
            continue;
        }
        for (const Peer& peer : page->session()->viewOf(page->editor()).tracker().peers()) {
            if (!peer.self && peer.here && peer.person == person) {
                return Found{page, peer.client};
            }
        }
    }
    return std::nullopt;
}

void WindowPeople::onPeerMoved(DocumentSession& session, crdt::ClientId client)
{
    // Which room hears of it first, the one they left or the one they went to, is not known.
    DocumentPage* const page = pageOf(session);
    const Peer* peer =
        page != nullptr ? session.viewOf(page->editor()).tracker().find(client) : nullptr;
    if (peer != nullptr && !peer->self && !peer->person.isEmpty()) {
        QMetaObject::invokeMethod(this, &WindowPeople::goAlong, Qt::QueuedConnection);
    }
}

void WindowPeople::goAlong()
{
    DocumentPage* const page = m_window.currentPage();
    if (page == nullptr || page->session() == nullptr) {
        return;
    }
    SessionView& view = page->session()->viewOf(page->editor());
    const Peer* leader =
        view.follow().leader() ? view.tracker().find(*view.follow().leader()) : nullptr;
    if (leader == nullptr || leader->here) {
        return;
    }
    const auto found = find(leader->person);
    if (found && found->page != page) {
        m_window.showPage(*found->page); // which ends following in this one
        follow(found->client);
    }
}

void WindowPeople::goTo(DocumentPage& page, crdt::ClientId client)
{
    DocumentSession* const session = page.session();
    const Peer* peer =
        session != nullptr ? session->viewOf(page.editor()).tracker().find(client) : nullptr;
    if (peer == nullptr) {
        return; // has left meanwhile
    }
    if (const auto found = peer->here ? std::nullopt : find(peer->person)) {
        goTo(*found->page, found->client);
        return;
    }
    m_window.showPage(page);
    if (peer->caret) {
        page.editor().reveal(*peer->caret);
    }
    page.setFocus();
}

void WindowPeople::askEverybody()
{
    DocumentPage& page = *m_window.currentPage();
    if (page.session() == nullptr) {
        return;
    }
    const int others = page.session()->participants().rowCount() - 1;
    QString words;
    if (others < 1) {
        words = tr("Nobody else is here whom you could ask to come.");
    } else if (!page.session()->presence().askToCome()) {
        words = tr("You have asked everybody a moment ago. They still see it.");
    } else {
        words = tr("You asked %n people to come to line %1.", nullptr, others)
                    .arg(page.editor().line());
    }
    page.bar().show(kSummonBar, InlineBar::Kind::Info, words);
}

void WindowPeople::onPeerAsks(DocumentSession& session, crdt::ClientId client)
{
    DocumentPage* const page = pageOf(session);
    const Peer* peer =
        page != nullptr ? session.viewOf(page->editor()).tracker().find(client) : nullptr;
    if (peer == nullptr) {
        return;
    }
    // Where the user looks; whether to go there is theirs to say.
    DocumentPage& shown = *m_window.currentPage();
    const QString name = peer->name;
    const QString words = &shown == page
        ? tr("%1 asks you to come.").arg(name)
        : tr("%1 asks you to come to %2.").arg(name, page->document().name());
    InlineBar* const bar = &shown.bar();
    bar->show(kSummonBar, InlineBar::Kind::Info, words,
        {{tr("Go there"),
             [this, bar, client, from = QPointer(&session)] {
                 bar->clear(kSummonBar);
                 DocumentPage* const there = from ? pageOf(*from) : nullptr;
                 if (there != nullptr) {
                     goTo(*there, client);
                 }
             }},
            {tr("Not now"), [bar] { bar->clear(kSummonBar); }}});
    QAccessibleAnnouncementEvent said(&shown.editor(), words);
    QAccessible::updateAccessibility(&said);
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
    if (peer == nullptr) {
        return;
    }
    auto* menu = new QMenu(&m_window);
    menu->setObjectName(QStringLiteral("participantMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (peer->self) {
        menu->addAction(m_window.actions().summon);
        menu->popup(place);
        return;
    }
    if (session->follow().leader() == client) {
        menu->addAction(tr("&Stop Following"), this, [this] {
            if (DocumentSession* current = m_window.currentPage()->session()) {
                current->follow().stop();
            }
        });
    } else {
        menu->addAction(tr("&Follow"), this, [this, client] { follow(client); });
    }
    QAction* jump = menu->addAction(
        tr("&Go to Their Place"), this, [this, client] { goTo(*m_window.currentPage(), client); });
    jump->setEnabled(peer->here ? peer->caret.has_value() : find(peer->person).has_value());
    menu->addAction(m_window.actions().summon);
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
