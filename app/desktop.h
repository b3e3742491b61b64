// SPDX-License-Identifier: MIT
#pragma once

#include "app/arguments.h"
#include "app/desktop_motion.h"
#include "app/instance.h"
#include "app/keychain.h"
#include "app/lan_rooms.h"
#include "app/room_host.h"
#include "ui/shell/theme.h"

#include <QList>

#include <functional>
#include <memory>
#include <optional>

class QApplication;

namespace tutti::ui {
class DocumentPage;
class MainWindow;
} // namespace tutti::ui

namespace tutti::app {

/// The desktop program put together: settings, look, rooms, the window, and what the command line
/// asked for. Threads: the GUI's.
class Desktop
{
public:
    /// `input`: what standard input held, if it was to be read.
    Desktop(QApplication& application, Arguments arguments, std::optional<QString> input = {});
    ~Desktop();

    /// Opens the files, shows the window, shares and joins. Each link that is shared is printed as
    /// a line on standard output. False when nothing that was asked for could be done, with the
    /// reasons on standard error.
    [[nodiscard]] bool start();

    /// Does what another program asks for, and answers.
    void handle(const Request& request);

    [[nodiscard]] ui::MainWindow& window() noexcept { return *m_window; }

private:
    [[nodiscard]] ui::DocumentPage* emptyPage();
    [[nodiscard]] bool openFiles();
    [[nodiscard]] bool shareFiles();
    bool sharePage(ui::DocumentPage& page);
    [[nodiscard]] bool joinRooms();

    void openText(const QString& text);
    /// `then` runs when all these are closed.
    void whenClosed(const QList<ui::DocumentPage*>& pages, const std::function<void()>& then);
    void showWindow(const QByteArray& activation);

    Arguments m_arguments;
    std::optional<QString> m_input;
    ui::Theme m_theme;
    DesktopMotion m_motion;
    LanRooms m_lan;
    RoomHost m_rooms;
    Keychain m_keychain;
    std::unique_ptr<ui::MainWindow> m_window;
    QList<ui::DocumentPage*> m_opened; ///< at the start, because the command line says so
};

} // namespace tutti::app
