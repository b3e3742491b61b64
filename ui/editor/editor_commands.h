// SPDX-License-Identifier: MIT
#pragma once

#include <QKeySequence>
#include <QList>
#include <QString>

#include <span>

namespace tutti::ui {

class CodeEditor;

/// A command of the text area, as menus, the palette and the page of shortcuts show it.
struct EditorCommand
{
    /// Where in the menus it stands.
    enum class Group { Edit, Lines, Selection, View };

    const char* id; ///< stays as it is: settings keep shortcuts under it
    Group group;
    const char* text; ///< with the menu's mnemonic; translated by title()
    const char* shortcuts; ///< in QKeySequence's portable form, separated by "; "; may be empty
    bool edits; ///< means nothing where the text is read-only
    void (CodeEditor::*run)();

    [[nodiscard]] QString title() const;
    [[nodiscard]] QList<QKeySequence> keys() const;
};

/// All of them, in the order of the menus. Everything the text area can be told is here, so that
/// it can be found, bound to keys and run from one place.
[[nodiscard]] std::span<const EditorCommand> editorCommands();

/// Whether this key writes or moves in a text as everywhere, so that no shortcut may be made of it:
/// letters with or without Shift, Enter, Tab, arrows and the like.
[[nodiscard]] bool belongsToText(int key, Qt::KeyboardModifiers modifiers);

} // namespace tutti::ui
