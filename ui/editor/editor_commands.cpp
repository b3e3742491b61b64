// SPDX-License-Identifier: MIT
#include "ui/editor/editor_commands.h"

#include "ui/editor/code_editor.h"

#include <QCoreApplication>

namespace tutti::ui {

namespace {

using Group = EditorCommand::Group;

// clang-format off: a table
constexpr EditorCommand kCommands[]{
    {"undo", Group::Edit, QT_TRANSLATE_NOOP("EditorCommand", "&Undo"), "Ctrl+Z", true, &CodeEditor::undo},
    {"redo", Group::Edit, QT_TRANSLATE_NOOP("EditorCommand", "&Redo"), "Ctrl+Shift+Z; Ctrl+Y", true, &CodeEditor::redo},
    {"cut", Group::Edit, QT_TRANSLATE_NOOP("EditorCommand", "Cu&t"), "Ctrl+X; Shift+Del", true, &CodeEditor::cut},
    {"copy", Group::Edit, QT_TRANSLATE_NOOP("EditorCommand", "&Copy"), "Ctrl+C; Ctrl+Ins", false, &CodeEditor::copy},
    {"paste", Group::Edit, QT_TRANSLATE_NOOP("EditorCommand", "&Paste"), "Ctrl+V; Shift+Ins", true, &CodeEditor::paste},
    {"toggleComment", Group::Edit, QT_TRANSLATE_NOOP("EditorCommand", "Toggle C&omment"), "Ctrl+/", true, &CodeEditor::toggleComment},
    {"toggleBlockComment", Group::Edit, QT_TRANSLATE_NOOP("EditorCommand", "Toggle &Block Comment"), "Ctrl+Shift+/", true, &CodeEditor::toggleBlockComment},
    {"indent", Group::Lines, QT_TRANSLATE_NOOP("EditorCommand", "&Indent"), "Ctrl+]", true, &CodeEditor::indent},
    {"outdent", Group::Lines, QT_TRANSLATE_NOOP("EditorCommand", "&Outdent"), "Ctrl+[", true, &CodeEditor::outdent},
    {"moveLinesUp", Group::Lines, QT_TRANSLATE_NOOP("EditorCommand", "Move &Up"), "Alt+Up", true, &CodeEditor::moveLinesUp},
    {"moveLinesDown", Group::Lines, QT_TRANSLATE_NOOP("EditorCommand", "Move &Down"), "Alt+Down", true, &CodeEditor::moveLinesDown},
    {"copyLinesUp", Group::Lines, QT_TRANSLATE_NOOP("EditorCommand", "Duplicate Up"), "Alt+Shift+Up", true, &CodeEditor::copyLinesUp},
    {"copyLinesDown", Group::Lines, QT_TRANSLATE_NOOP("EditorCommand", "Du&plicate"), "Alt+Shift+Down; Ctrl+Shift+D", true, &CodeEditor::copyLinesDown},
    {"deleteLines", Group::Lines, QT_TRANSLATE_NOOP("EditorCommand", "De&lete Lines"), "Ctrl+Shift+K", true, &CodeEditor::deleteLines},
    {"joinLines", Group::Lines, QT_TRANSLATE_NOOP("EditorCommand", "&Join Lines"), "Ctrl+J", true, &CodeEditor::joinLines},
    {"openLineAbove", Group::Lines, QT_TRANSLATE_NOOP("EditorCommand", "New Line &Above"), "Ctrl+Shift+Return", true, &CodeEditor::openLineAbove},
    {"openLineBelow", Group::Lines, QT_TRANSLATE_NOOP("EditorCommand", "New Line &Below"), "Ctrl+Return", true, &CodeEditor::openLineBelow},
    {"sortLines", Group::Lines, QT_TRANSLATE_NOOP("EditorCommand", "&Sort Lines"), "F9", true, &CodeEditor::sortLinesAscending},
    {"sortLinesDescending", Group::Lines, QT_TRANSLATE_NOOP("EditorCommand", "Sort Lines in &Reverse"), "", true, &CodeEditor::sortLinesDescending},
    {"removeDuplicateLines", Group::Lines, QT_TRANSLATE_NOOP("EditorCommand", "Remove Duplicate Lines"), "", true, &CodeEditor::removeDuplicateLines},
    {"toUpperCase", Group::Lines, QT_TRANSLATE_NOOP("EditorCommand", "Upp&ercase"), "Ctrl+Alt+U", true, &CodeEditor::toUpperCase},
    {"toLowerCase", Group::Lines, QT_TRANSLATE_NOOP("EditorCommand", "Lo&wercase"), "Ctrl+Alt+L", true, &CodeEditor::toLowerCase},
    {"toTitleCase", Group::Lines, QT_TRANSLATE_NOOP("EditorCommand", "&Title Case"), "", true, &CodeEditor::toTitleCase},
    {"transposeCharacters", Group::Lines, QT_TRANSLATE_NOOP("EditorCommand", "Transpose &Characters"), "Ctrl+T", true, &CodeEditor::transposeCharacters},
    {"selectAll", Group::Selection, QT_TRANSLATE_NOOP("EditorCommand", "Select &All"), "Ctrl+A", false, &CodeEditor::selectAll},
    {"selectLine", Group::Selection, QT_TRANSLATE_NOOP("EditorCommand", "Select &Line"), "Ctrl+L", false, &CodeEditor::selectLine},
    {"selectNextOccurrence", Group::Selection, QT_TRANSLATE_NOOP("EditorCommand", "Add &Next Occurrence"), "Ctrl+D", false, &CodeEditor::selectNextOccurrence},
    {"skipOccurrence", Group::Selection, QT_TRANSLATE_NOOP("EditorCommand", "&Skip Occurrence"), "Ctrl+Alt+D", false, &CodeEditor::skipOccurrence},
    {"selectAllOccurrences", Group::Selection, QT_TRANSLATE_NOOP("EditorCommand", "Select All &Occurrences"), "Ctrl+Shift+L", false, &CodeEditor::selectAllOccurrences},
    {"addCaretAbove", Group::Selection, QT_TRANSLATE_NOOP("EditorCommand", "Add Caret A&bove"), "Ctrl+Alt+Up", false, &CodeEditor::addCaretAbove},
    {"addCaretBelow", Group::Selection, QT_TRANSLATE_NOOP("EditorCommand", "Add Caret Belo&w"), "Ctrl+Alt+Down", false, &CodeEditor::addCaretBelow},
    {"addCaretsToLineEnds", Group::Selection, QT_TRANSLATE_NOOP("EditorCommand", "Add Carets to Line &Ends"), "Alt+Shift+I", false, &CodeEditor::addCaretsToLineEnds},
    {"goToBracket", Group::Selection, QT_TRANSLATE_NOOP("EditorCommand", "&Go to Bracket"), "Ctrl+Shift+\\", false, &CodeEditor::goToBracket},
    {"selectToBracket", Group::Selection, QT_TRANSLATE_NOOP("EditorCommand", "Select to B&racket"), "Ctrl+Alt+B", false, &CodeEditor::selectToBracket},
    {"keepMainCaret", Group::Selection, QT_TRANSLATE_NOOP("EditorCommand", "One &Caret"), "", false, &CodeEditor::keepMainCaret},
    {"zoomIn", Group::View, QT_TRANSLATE_NOOP("EditorCommand", "Zoom &In"), "Ctrl++; Ctrl+=", false, &CodeEditor::zoomInOneStep},
    {"zoomOut", Group::View, QT_TRANSLATE_NOOP("EditorCommand", "Zoom &Out"), "Ctrl+-", false, &CodeEditor::zoomOutOneStep},
    {"zoomReset", Group::View, QT_TRANSLATE_NOOP("EditorCommand", "&Actual Size"), "Ctrl+0", false, &CodeEditor::resetZoom},
    {"fold", Group::View, QT_TRANSLATE_NOOP("EditorCommand", "&Fold"), "Ctrl+Shift+[", false, &CodeEditor::fold},
    {"unfold", Group::View, QT_TRANSLATE_NOOP("EditorCommand", "&Unfold"), "Ctrl+Shift+]", false, &CodeEditor::unfold},
    {"foldAll", Group::View, QT_TRANSLATE_NOOP("EditorCommand", "Fold A&ll"), "Ctrl+Alt+[", false, &CodeEditor::foldAll},
    {"unfoldAll", Group::View, QT_TRANSLATE_NOOP("EditorCommand", "Unfold All"), "Ctrl+Alt+]", false, &CodeEditor::unfoldAll},
};
// clang-format on

} // namespace

QString EditorCommand::title() const { return QCoreApplication::translate("EditorCommand", text); }

QList<QKeySequence> EditorCommand::keys() const
{
    // (of an empty string it would make one empty sequence)
    const QLatin1StringView list(shortcuts);
    return list.isEmpty() ? QList<QKeySequence>()
                          : QKeySequence::listFromString(list, QKeySequence::PortableText);
}

bool belongsToText(int key, Qt::KeyboardModifiers modifiers)
{
    const bool shift = modifiers.testFlag(Qt::ShiftModifier);
    if ((modifiers & ~(Qt::ShiftModifier | Qt::KeypadModifier | Qt::GroupSwitchModifier))
        != Qt::NoModifier) {
        return false;
    }
    switch (key) {
    case Qt::Key_Delete:
    case Qt::Key_Insert:
        return !shift; // with Shift they are old names of Cut and Paste
    case Qt::Key_Escape:
    case Qt::Key_Tab:
    case Qt::Key_Backtab:
    case Qt::Key_Backspace:
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Home:
    case Qt::Key_End:
    case Qt::Key_Left:
    case Qt::Key_Up:
    case Qt::Key_Right:
    case Qt::Key_Down:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
        return true;
    default:
        return key < Qt::Key_Escape; // what is written
    }
}

std::span<const EditorCommand> editorCommands() { return kCommands; }

} // namespace tutti::ui
