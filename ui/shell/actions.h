// SPDX-License-Identifier: MIT
#pragma once

#include "ui/editor/editor_commands.h"

#include <QAction>
#include <QActionGroup>
#include <QHash>
#include <QKeySequence>
#include <QList>
#include <QObject>

class QMenu;
class QMenuBar;

namespace tutti::ui {

/// Every command of the window with its name, shortcuts and place in the menus. What a command does
/// is connected by the window. Those of the text area are made from editorCommands().
///
/// An action's objectName() is its id, under which settings keep what was bound to it.
class Actions : public QObject
{
    Q_OBJECT

    struct Origin
    {
        QString menu;
        QList<QKeySequence> defaults;
    };
    QList<QAction*> m_all; // first: making an action appends to it
    QHash<const QAction*, Origin> m_origins;

public:
    /// A command of the text area, and the action that stands for it.
    struct Editing
    {
        const EditorCommand* command;
        QAction* action;
    };

    explicit Actions(QObject* parent);

    /// Puts File, Edit, Selection, View, Session, Settings and Help into the menu bar.
    void fill(QMenuBar& bar);
    /// All of them; after fill() each is in a menu.
    [[nodiscard]] const QList<QAction*>& all() const noexcept { return m_all; }
    /// Null when there is none of that id.
    [[nodiscard]] QAction* byId(QStringView id) const;
    /// The commands of the text area, in the order of their table.
    [[nodiscard]] const QList<Editing>& editing() const noexcept { return m_editing; }
    /// Where it is in the menus, such as "Edit › Lines"; set by fill().
    [[nodiscard]] QString menuOf(const QAction& action) const;
    /// What opens the menus, such as Alt+F; set by fill().
    [[nodiscard]] const QList<QKeySequence>& menuKeys() const noexcept { return m_menuKeys; }
    /// What it was bound to before anybody changed that.
    [[nodiscard]] QList<QKeySequence> defaultShortcutsOf(const QAction& action) const;

    QAction* newFile;
    QAction* openFile;
    QAction* quickOpen;
    QAction* clearRecent;
    QMenu* recentMenu = nullptr; ///< made by fill(), with clearRecent in it
    QAction* save;
    QAction* saveAs;
    QAction* saveAll;
    QAction* print;
    QAction* exportPdf;
    QAction* exportHtml;
    QAction* closeTab;
    QAction* closeOthers;
    QAction* quit;

    QAction* find;
    QAction* findNext;
    QAction* findPrevious;
    QAction* replace;
    QAction* findInDocuments;
    QAction* goToLine;

    QAction* palette;
    QAction* wordWrap;
    QActionGroup* themes; ///< data(): ThemeChoice as int
    QAction* editorTheme;
    QAction* language;
    QAction* nextTab;
    QAction* previousTab;
    QAction* splitRight;
    QAction* splitDown;
    QAction* nextPane;
    QAction* previousPane;
    QAction* moveToNextPane;
    QAction* joinPanes;
    QAction* nextPart;
    QAction* previousPart;
    QAction* tabMovesFocus;

    QAction* share;
    QAction* join;
    QAction* copyLink;
    QAction* leave;
    QAction* follow;
    QAction* participants;
    QAction* summon;
    QAction* undoOthers;

    QAction* settings;
    QAction* shortcuts;
    QAction* guide;
    QAction* about;

private:
    QAction* make(const QString& id, const QString& text, const QList<QKeySequence>& keys = {});
    QAction* make(const char* id, const QString& text, const QKeySequence& keys = {});
    QAction* make(const char* id, const QString& text, QKeySequence::StandardKey key);
    void makeThemes();
    void makeEditing();
    /// A null action is a separator.
    QMenu* addMenu(QMenuBar& bar, const QString& title, const QList<QAction*>& actions);
    QMenu* addSubmenu(QMenu& menu, const QString& title, const QList<QAction*>& actions);
    void addTo(QMenu& menu, const QString& path, const QList<QAction*>& actions);
    /// The text area's commands of a group, with separators.
    [[nodiscard]] QList<QAction*> group(EditorCommand::Group group) const;

    QList<Editing> m_editing;
    QList<QKeySequence> m_menuKeys;
};

/// An action's or a menu's text without the mark of its mnemonic and without dots at its end.
[[nodiscard]] QString plainText(QString text);

} // namespace tutti::ui
