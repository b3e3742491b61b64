// SPDX-License-Identifier: MIT
#pragma once

#include "app/arguments.h"
#include "app/keychain.h"
#include "app/room_host.h"
#include "ui/shell/theme.h"

#include <QList>

#include <memory>

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
    Desktop(QApplication& application, Arguments arguments);
    ~Desktop();

    /// Opens the files, shows the window, shares and joins. Each link that is shared is printed as
    /// a line on standard output. False when nothing that was asked for could be done, with the
    /// reasons on standard error.
    [[nodiscard]] bool start();

    [[nodiscard]] ui::MainWindow& window() noexcept { return *m_window; }

private:
    [[nodiscard]] ui::DocumentPage* emptyPage();
    [[nodiscard]] bool openFiles();
    [[nodiscard]] bool shareFiles();
    [[nodiscard]] bool joinRooms();

    Arguments m_arguments;
    ui::Theme m_theme;
    RoomHost m_rooms;
    Keychain m_keychain;
    std::unique_ptr<ui::MainWindow> m_window;
    QList<ui::DocumentPage*> m_opened; ///< at the start, because the command line says so
};

} // namespace tutti::app
