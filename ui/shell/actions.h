// SPDX-License-Identifier: MIT
#pragma once

#include <QAction>
#include <QActionGroup>
#include <QList>
#include <QObject>

class QMenuBar;

namespace tutti::ui {

/// Every command of the window with its name, shortcut and place in the menus. What a command does
/// is connected by the window.
class Actions : public QObject
{
    Q_OBJECT

    QList<QAction*> m_all; // first: making an action appends to it

public:
    explicit Actions(QObject* parent);

    /// Puts File, Edit, View, Session and Help into the menu bar.
    void fill(QMenuBar& bar);
    /// All with a shortcut, in the order of the menus.
    [[nodiscard]] QList<QAction*> withShortcuts() const;

    QAction* newFile;
    QAction* openFile;
    QAction* save;
    QAction* saveAs;
    QAction* saveAll;
    QAction* closeTab;
    QAction* quit;

    QAction* undo;
    QAction* redo;
    QAction* cut;
    QAction* copy;
    QAction* paste;
    QAction* selectAll;
    QAction* find;
    QAction* findNext;
    QAction* findPrevious;
    QAction* goToLine;

    QAction* zoomIn;
    QAction* zoomOut;
    QAction* zoomReset;
    QAction* wordWrap;
    QActionGroup* themes; ///< data(): ThemeChoice as int
    QAction* language;
    QAction* nextTab;
    QAction* previousTab;

    QAction* share;
    QAction* join;
    QAction* copyLink;
    QAction* leave;
    QAction* participants;

    QAction* shortcuts;
    QAction* about;

private:
    QAction* make(const char* name, const QString& text, const QKeySequence& shortcut = {});
    QAction* make(const char* name, const QString& text, QKeySequence::StandardKey key);
};

} // namespace tutti::ui
