// SPDX-License-Identifier: MIT
#pragma once

#include "memory_rooms.h"
#include "ui/shell/main_window.h"

#include <memory>

/// A window of Ada's, shown; whether it is active yet is for the test to ask.
[[nodiscard]] inline std::unique_ptr<tutti::ui::MainWindow> shownWindow(
    MemoryRooms& rooms, tutti::ui::Theme& theme)
{
    auto window =
        std::make_unique<tutti::ui::MainWindow>(tutti::ui::MainWindow::Context{.rooms = rooms,
            .theme = theme,
            .identity = {QStringLiteral("Ada"), QStringLiteral("#0675e0")}});
    window->show();
    return window;
}
