// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/ids.h"

#include <QObject>
#include <QSet>
#include <QString>

#include <optional>

class QPoint;

namespace tutti::ui {

class AvatarStrip;
class DocumentPage;
class DocumentSession;
class MainWindow;
class ParticipantsPanel;

/// What can be done about the people in the current document's room: follow them, go to them, ask
/// them to come, undo what they did. From the list, the badges, and the session menu.
///
/// Says in every room of the window which document the user looks at, by one random name for the
/// person in all of them, and goes along when somebody who is followed looks at another document
/// that is open here as well.
/// Threads: the GUI's. Made by the window, which owns it.
class WindowPeople : public QObject
{
    Q_OBJECT

public:
    WindowPeople(MainWindow& window, ParticipantsPanel& panel, AvatarStrip& avatars);

private:
    void watch(DocumentPage& page);
    void attach(DocumentPage& page);
    void refreshHere();
    void onPeerMoved(DocumentSession& session, crdt::ClientId client);
    void onPeerAsks(DocumentSession& session, crdt::ClientId client);
    /// Shows the document that whom the current page follows looks at now, if it is open.
    void goAlong();
    void goTo(DocumentPage& page, crdt::ClientId client);
    void askEverybody();
    /// A page that shows what this person looks at, and who they are there.
    struct Found
    {
        DocumentPage* page;
        crdt::ClientId client;
    };
    [[nodiscard]] std::optional<Found> find(const QString& person) const;
    [[nodiscard]] DocumentPage* pageOf(const DocumentSession& session) const;
    void follow(crdt::ClientId client);
    void showMenu(crdt::ClientId client, const QPoint& place);
    void askWhoseChangeToUndo();
    /// Asks beneath the text whether to.
    void previewUndoOf(crdt::ClientId client);

    MainWindow& m_window;
    QString m_person;
    QSet<const DocumentSession*> m_attached;
};

} // namespace tutti::ui
