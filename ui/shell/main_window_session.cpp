// SPDX-License-Identifier: MIT
// Sessions: share, join, leave, and how the window shows them.
#include "ui/editor/code_editor.h"
#include "ui/shell/actions.h"
#include "ui/shell/compare_view.h"
#include "ui/shell/header_bar.h"
#include "ui/shell/inline_bar.h"
#include "ui/shell/join_dialog.h"
#include "ui/shell/main_window.h"
#include "ui/shell/participants_panel.h"
#include "ui/shell/room_access.h"
#include "ui/shell/room_link.h"
#include "ui/shell/share_popover.h"
#include "ui/shell/status_strip.h"
#include "ui/shell/text_source.h"
#include "ui/shell/window_people.h"
#include "ui/shell/window_picks.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLocale>
#include <QPointer>
#include <QPushButton>
#include <QTime>

namespace tutti::ui {

namespace {

const auto kSessionBar = QStringLiteral("session");

bool isRoomLink(const QString& text)
{
    return text.size() < 2'000 && (net::RoomAddress::looksLikeOne(text) || isTuttiLink(text));
}

bool isThisComputer(const QString& host)
{
    return host == QStringLiteral("localhost") || host.startsWith(QStringLiteral("127."))
        || host == QStringLiteral("::1");
}

QString shortTime(QTime time) { return QLocale().toString(time, QLocale::ShortFormat); }

/// What a link allows and who can use it.
QString reachOf(const QString& link, DocumentSession::Role role)
{
    const auto address = net::RoomAddress::parse(link);
    const bool host = role == DocumentSession::Role::Host;
    QString words;
    if (host && address && isThisComputer(address->host())) {
        words = MainWindow::tr("Programs on this computer that have the link can read and edit.");
    } else {
        words = MainWindow::tr("Everybody who has the link can read and edit.");
    }
    if (host) {
        words += QChar(u' ') + MainWindow::tr("It works as long as this tab is open.");
    }
    if (address && !address->isSecure()) {
        words += QChar(u' ') + MainWindow::tr("The connection is not encrypted.");
    }
    return words;
}

SharePopover::Content shareContent(DocumentPage& page, const MainWindow::Context& context)
{
    const DocumentSession& session = *page.session();
    const bool host = session.role() == DocumentSession::Role::Host;
    const QString title = host ? MainWindow::tr("%1 is shared") : MainWindow::tr("You joined %1");
    return {.title = title.arg(page.document().name()),
        .link = session.link(),
        .words = reachOf(session.link(), session.role()),
        .reach = host ? context.rooms.reach(session.link()) : std::nullopt,
        .leaveText = host ? MainWindow::tr("Stop Sharing") : MainWindow::tr("Leave"),
        .identity = context.identity};
}

} // namespace

std::optional<QString> MainWindow::share(DocumentPage& page)
{
    if (page.session() != nullptr) {
        return page.session()->link();
    }
    if (page.document().isOpening()) {
        page.bar().show(kSessionBar, InlineBar::Kind::Info,
            tr("%1 is still being opened. It can be shared when it is complete.")
                .arg(page.document().name()));
        return std::nullopt;
    }
    auto room = m_context.rooms.host(page.document().name(), Settings::reach());
    if (!room) {
        page.bar().show(kSessionBar, InlineBar::Kind::Error, room.error());
        return std::nullopt;
    }
    page.bar().clear(kSessionBar);
    page.startSession(
        std::move(room->channel), DocumentSession::Role::Host, room->link, m_context.identity);
    return room->link;
}

DocumentPage& MainWindow::join(
    const net::RoomAddress& address, const QString& textName, const net::TokenSource& token)
{
    return join(address, textName, std::make_unique<RoomAccess>(address, m_context.tokens, token));
}

DocumentPage& MainWindow::join(
    const net::RoomAddress& address, const QString& textName, std::unique_ptr<RoomAccess> access)
{
    const QString link = address.toString();
    for (DocumentPage* page : pages()) {
        if (page->session() != nullptr && page->session()->link() == link) {
            showPage(*page); // a second copy of oneself helps nobody
            return *page;
        }
    }
    m_picks->recent().addRoom(address);
    return enterRoom(address, textName, std::move(access), documentNameForRoom(address.room()));
}

DocumentPage& MainWindow::enterRoom(const net::RoomAddress& address, const QString& textName,
    std::unique_ptr<RoomAccess> access, const QString& name)
{
    auto document = std::make_unique<EditorDocument>(textName);
    document->setRoom(name);
    DocumentPage& page = addPage(std::move(document), true);
    auto channel = m_context.rooms.channelTo(address, access->source());
    page.startSession(std::move(channel), DocumentSession::Role::Guest, address.toString(),
        m_context.identity, std::move(access));
    return page;
}

void MainWindow::compareWithRoom(DocumentPage& page)
{
    const auto address = net::RoomAddress::parse(page.session()->link());
    if (!address || page.access() == nullptr) {
        return; // a room of our own is not rebuilt
    }
    const QString time = shortTime(QTime::currentTime());
    DocumentPage& now = enterRoom(*address,
        QString::fromStdString(page.document().text().rootName()), page.access()->another(),
        tr("%1 at %2").arg(documentNameForRoom(address->room()), time));
    connect(now.session(), &DocumentSession::firstSynced, &now,
        [&now, mine = QPointer<DocumentPage>(&page), host = address->host()] {
            if (!mine) {
                return;
            }
            auto ours = std::make_unique<DocumentSource>(mine->document(),
                [](QTime changed) { return tr("Your text, %1").arg(shortTime(changed)); });
            auto theirs = std::make_unique<DocumentSource>(now.document(),
                [host, session = QPointer<DocumentSession>(now.session())](QTime changed) {
                    return session && session->status().isConnected()
                        ? tr("The room on %1, now").arg(host)
                        : tr("The room on %1, %2").arg(host, shortTime(changed));
                });
            connect(now.session(), &DocumentSession::changed, theirs.get(), &TextSource::changed);
            auto view = std::make_unique<CompareView>(std::move(ours), std::move(theirs));
            view->setFileName(mine->document().name());
            now.setComparison(std::move(view));
        });
}

void MainWindow::askToJoin(const QString& given, const net::TokenSource& token)
{
    const QString link = plainRoomLink(given);
    const QString copied = QGuiApplication::clipboard()->text().trimmed();
    const bool own =
        currentPage()->session() != nullptr && currentPage()->session()->link() == copied;
    auto* dialog = new JoinDialog(!link.isEmpty() ? link
            : isRoomLink(copied) && !own          ? copied
                                                  : QString(),
        m_context.textName, m_context.identity, m_context.tokens != nullptr,
        m_context.rooms.nearby(), this);
    connect(
        dialog, &JoinDialog::joinConfirmed, this, [this, link, token](const JoinRequest& request) {
            setIdentity(request.identity);
            // A token goes to the server it was meant for, and to no other.
            const bool same = net::RoomAddress::parse(link) == request.address;
            auto access = std::make_unique<RoomAccess>(
                request.address, m_context.tokens, same ? token : net::TokenSource());
            access->enter(request.token, request.rememberToken);
            join(request.address, request.textName, std::move(access));
        });
    dialog->open();
}

void MainWindow::connectSession()
{
    connect(m_actions->share, &QAction::triggered, this, &MainWindow::onShareAction);
    connect(m_header, &HeaderBar::shareClicked, this, &MainWindow::onShareAction);
    connect(m_header, &HeaderBar::avatarsClicked, m_actions->participants, &QAction::toggle);
    connect(m_actions->join, &QAction::triggered, this, [this] { askToJoin(); });
    connect(m_actions->copyLink, &QAction::triggered, this, [this] {
        if (const DocumentSession* session = currentPage()->session()) {
            QGuiApplication::clipboard()->setText(session->link());
        }
    });
    connect(m_actions->leave, &QAction::triggered, this, [this] { leave(*currentPage()); });
    m_actions->participants->setChecked(Settings::participantsShown());
    connect(m_actions->participants, &QAction::toggled, this, [this](bool shown) {
        Settings::setParticipantsShown(shown);
        refreshSession();
    });
    new WindowPeople(*this, *m_participants, *m_header->avatars());
    connect(m_popover, &SharePopover::identityEdited, this, &MainWindow::setIdentity);
    connect(m_popover, &SharePopover::reachChosen, this,
        [this](Reach reach) { setReach(*currentPage(), reach); });
    connect(m_popover, &SharePopover::leaveClicked, this, [this] { leave(*currentPage()); });
}

void MainWindow::onShareAction()
{
    DocumentPage& page = *currentPage();
    if (share(page)) {
        showSharePopover(page);
    }
}

void MainWindow::showSharePopover(DocumentPage& page)
{
    m_popover->open(shareContent(page, m_context), *m_header->shareButton());
}

void MainWindow::setReach(DocumentPage& page, Reach reach)
{
    DocumentSession* session = page.session();
    if (session == nullptr || m_context.rooms.reach(session->link()).value_or(reach) == reach) {
        return;
    }
    const auto link = m_context.rooms.setReach(session->link(), reach);
    if (link) {
        session->setLink(*link);
        Settings::setReach(reach); // and the next time
        page.bar().clear(kSessionBar);
    } else {
        page.bar().show(kSessionBar, InlineBar::Kind::Error, link.error());
    }
    m_popover->showLink(shareContent(page, m_context));
}

void MainWindow::leave(DocumentPage& page)
{
    const bool guest =
        page.session() != nullptr && page.session()->role() == DocumentSession::Role::Guest;
    endSession(page);
    if (guest && !page.document().isEmpty()) {
        page.bar().show(kSessionBar, InlineBar::Kind::Info,
            tr("You left the room. This copy is yours; save it to keep it."),
            {{tr("Save as…"), [this, &page] { askForSavePath(page); }}});
    }
}

void MainWindow::endSession(DocumentPage& page)
{
    if (page.session() == nullptr) {
        return;
    }
    const bool host = page.session()->role() == DocumentSession::Role::Host;
    const QString link = page.session()->link();
    page.endSession();
    if (host) {
        m_context.rooms.close(link);
    }
}

void MainWindow::setIdentity(const Identity& identity)
{
    m_context.identity = identity;
    Settings::setIdentity(identity);
    for (DocumentPage* page : pages()) {
        if (page->session() != nullptr) {
            page->session()->setIdentity(identity);
        }
    }
}

void MainWindow::refreshConnection()
{
    if (const DocumentPage* page = currentPage()) {
        const ConnectionFacts facts = page->facts();
        m_status->setConnection(connectionWords(facts), connectionMood(facts));
        m_participants->setConnected(facts.provider && facts.provider->isConnected());
    }
}

void MainWindow::refreshSession()
{
    const DocumentPage* page = currentPage();
    if (page == nullptr) {
        return;
    }
    DocumentSession* session = page->session();
    ParticipantsModel* people = session != nullptr ? &session->participants() : nullptr;
    const bool host = session != nullptr && session->role() == DocumentSession::Role::Host;
    m_header->setParticipants(people);
    m_participants->setModel(people);
    placeParticipants();
    m_actions->copyLink->setEnabled(session != nullptr);
    m_actions->leave->setEnabled(session != nullptr);
    m_actions->leave->setText(host ? tr("Stop S&haring") : tr("&Leave"));
    m_actions->follow->setEnabled(session != nullptr);
    m_actions->summon->setEnabled(session != nullptr);
    m_actions->undoOthers->setEnabled(session != nullptr);
    m_actions->participants->setEnabled(session != nullptr);
    refreshConnection();
}

void MainWindow::placeParticipants()
{
    // in a narrow window the text comes first; the badges above it stay
    const bool room = width() >= 640;
    const DocumentPage* page = currentPage();
    m_participants->setVisible(room && page != nullptr && page->session() != nullptr
        && m_actions->participants->isChecked());
}

void MainWindow::resizeEvent(QResizeEvent* event)
{
    QMainWindow::resizeEvent(event);
    Q_EMIT arrangementChanged();
    placeParticipants();
}

} // namespace tutti::ui
