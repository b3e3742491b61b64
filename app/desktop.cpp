// SPDX-License-Identifier: MIT
#include "app/desktop.h"

#include "app/system_user.h"
#include "ui/shell/document_journal.h"
#include "ui/shell/inline_bar.h"
#include "ui/shell/main_window.h"
#include "ui/shell/opening.h"
#include "ui/shell/settings.h"

#include <QApplication>
#include <QPointer>
#include <QSet>
#include <QSslCertificate>
#include <QTimer>

#include <cstdio>

namespace tutti::app {

namespace {

ui::Identity identityFor(const Arguments& arguments)
{
    ui::Identity identity = ui::Settings::identity(systemUserName());
    if (arguments.name) {
        identity.name = *arguments.name;
        identity.color = ui::colorForName(identity.name);
    }
    if (arguments.color) {
        identity.color = *arguments.color;
    }
    return identity;
}

net::Connector connectorFor(const Arguments& arguments)
{
    QList<QSslCertificate> authorities = net::authoritiesOfEnvironment();
    if (arguments.authorityFile) {
        authorities +=
            net::readAuthorities(*arguments.authorityFile).value_or(QList<QSslCertificate>{});
    }
    return net::Connector(std::move(authorities));
}

void print(std::FILE* to, const QString& line)
{
    std::fputs(qUtf8Printable(line + QChar(u'\n')), to);
    std::fflush(to); // whoever reads a pipe waits for it
}

} // namespace

Desktop::Desktop(QApplication& application, Arguments arguments, std::optional<QString> input)
    : m_arguments(std::move(arguments))
    , m_input(std::move(input))
    , m_theme(application)
    , m_lan([this] { return m_window->identity().name; })
    , m_rooms(m_arguments.listenAddress, m_arguments.listenPort, connectorFor(m_arguments))
{
    m_rooms.setNetwork(&m_lan, &m_lan);
    m_theme.setChoice(ui::Settings::theme());
    m_theme.setMotion(ui::Settings::motion());
    QObject::connect(
        &m_motion, &DesktopMotion::changed, &m_theme, &ui::Theme::setSystemReducesMotion);
    m_window = std::make_unique<ui::MainWindow>(ui::MainWindow::Context{.rooms = m_rooms,
        .theme = m_theme,
        .tokens = &m_keychain,
        .identity = identityFor(m_arguments),
        .textName = m_arguments.textName});
}

Desktop::~Desktop() = default;

bool Desktop::start()
{
    if (!m_arguments.wait) { // who waits for a file wants it saved, not kept
        m_window->keepSession(!m_arguments.newWindow);
    }
    const bool opened = openFiles();
    if (m_input) {
        openText(*m_input);
    }
    m_window->show();
    QTimer::singleShot(0, &m_motion, &DesktopMotion::start); // the window is not to wait for it
    if (m_arguments.wait) {
        whenClosed(m_opened, [this] {
            // not from inside the closing of a tab
            QMetaObject::invokeMethod(
                m_window.get(), [this] { m_window->close(); }, Qt::QueuedConnection);
        });
    }
    m_window->offerUnsentChanges();
    const bool shared = !m_arguments.share || (opened && shareFiles());
    return joinRooms() && shared;
}

bool Desktop::openFiles()
{
    bool any = m_arguments.files.isEmpty(); // then there is an empty document
    for (const FileArgument& file : std::as_const(m_arguments.files)) {
        ui::DocumentPage* page = m_window->openFile(file.path, file.line, file.column);
        if (page == nullptr) {
            print(stderr, QStringLiteral("tutti: ") + m_window->currentPage()->bar().words());
        } else {
            m_opened.append(page);
            any = true;
        }
    }
    return any;
}

void Desktop::openText(const QString& text)
{
    if (ui::DocumentPage* page = m_window->reopen({.text = text})) {
        m_opened.append(page);
    }
}

void Desktop::whenClosed(const QList<ui::DocumentPage*>& pages, const std::function<void()>& then)
{
    auto left = std::make_shared<QSet<const ui::DocumentPage*>>(pages.begin(), pages.end());
    for (ui::DocumentPage* page : pages) {
        QObject::connect(page, &ui::DocumentPage::closed, m_window.get(), [left, page, then] {
            if (left->remove(page) && left->isEmpty()) {
                then();
            }
        });
    }
    if (pages.isEmpty()) {
        then();
    }
}

void Desktop::showWindow(const QByteArray& activation)
{
    if (!activation.isEmpty()) {
        qputenv("XDG_ACTIVATION_TOKEN", activation); // Qt's Wayland takes it from there
    }
    m_window->setWindowState(m_window->windowState() & ~Qt::WindowMinimized);
    m_window->show();
    m_window->raise();
    m_window->activateWindow();
}

void Desktop::handle(const Request& request)
{
    // It lives until the program that asked has gone.
    auto* answer = new Answer(request.replyTo, m_window.get());
    showWindow(request.activation);
    QList<ui::DocumentPage*> opened;
    for (const FileArgument& file : request.files) {
        if (auto* page = m_window->openFile(file.path, file.line, file.column)) {
            opened.append(page);
        } else {
            answer->error(m_window->currentPage()->bar().words());
        }
    }
    if (request.text) {
        if (auto* page = m_window->reopen({.text = request.text})) {
            opened.append(page);
        }
    }
    const auto given = [](const QString& text) {
        return text.isEmpty() ? std::optional<QString>() : std::optional(text);
    };
    const net::TokenSource token =
        net::tokenFromOptions(given(request.authToken), given(request.authCommand));
    for (const QString& link : request.links) {
        m_window->askToJoin(link, token);
    }
    answer->handled();
    if (request.wait) {
        whenClosed(opened, [answer = QPointer(answer)] {
            if (answer) {
                answer->closed();
            }
        });
    }
}

ui::DocumentPage* Desktop::emptyPage()
{
    ui::DocumentPage* page = m_window->currentPage();
    return page->isPristine() ? page : &m_window->newDocument();
}

bool Desktop::shareFiles()
{
    bool all = true;
    // What was asked for, not what was open the last time.
    const QList<ui::DocumentPage*> pages = m_opened.isEmpty() ? QList{emptyPage()} : m_opened;
    for (ui::DocumentPage* page : pages) {
        if (ui::Opening* opening = ui::Opening::of(*page)) {
            opening->whenOpened([this, page] { (void)sharePage(*page); });
        } else {
            all = sharePage(*page) && all;
        }
    }
    return all;
}

bool Desktop::sharePage(ui::DocumentPage& page)
{
    const auto link = m_window->share(page);
    if (!link) {
        print(stderr, QStringLiteral("tutti: ") + page.bar().words());
        return false;
    }
    print(stdout, *link);
    if (m_rooms.reach(*link) == ui::Reach::Network) {
        print(stderr,
            QStringLiteral("tutti: people on your network can open that link; "
                           "--listen 127.0.0.1:0 keeps it on this computer"));
    }
    return true;
}

bool Desktop::joinRooms()
{
    bool all = true;
    const net::TokenSource token =
        net::tokenFromOptions(m_arguments.authToken, m_arguments.authCommand);
    for (const QString& link : std::as_const(m_arguments.links)) {
        const auto address = net::RoomAddress::parse(link);
        if (!address) {
            print(stderr, QStringLiteral("tutti: %1: %2").arg(link, address.error()));
            all = false;
        } else if (m_arguments.name) {
            m_window->join(
                *address, m_arguments.textName, token); // typed link and name: that is consent
        } else {
            m_window->askToJoin(link, token);
        }
    }
    return all;
}

} // namespace tutti::app
