// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/ids.h"

#include <QObject>

class QPoint;

namespace tutti::ui {

class AvatarStrip;
class MainWindow;
class ParticipantsPanel;

/// What can be done about the people in the current document's room: follow them, go to them, undo
/// what they did. From the list, the badges, and the session menu.
///
/// Threads: the GUI's. Made by the window, which owns it.
class WindowPeople : public QObject
{
    Q_OBJECT

public:
    WindowPeople(MainWindow& window, ParticipantsPanel& panel, AvatarStrip& avatars);

private:
    void follow(crdt::ClientId client);
    void showMenu(crdt::ClientId client, const QPoint& place);
    void askWhoseChangeToUndo();
    /// Asks beneath the text whether to.
    void previewUndoOf(crdt::ClientId client);

    MainWindow& m_window;
};

} // namespace tutti::ui
