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
    {"selectAll", Group::Selection, QT_TRANSLATE_NOOP("EditorCommand", "Select &All"), "Ctrl+A", false, &CodeEditor::selectAll},
    {"zoomIn", Group::View, QT_TRANSLATE_NOOP("EditorCommand", "Zoom &In"), "Ctrl++; Ctrl+=", false, &CodeEditor::zoomInOneStep},
    {"zoomOut", Group::View, QT_TRANSLATE_NOOP("EditorCommand", "Zoom &Out"), "Ctrl+-", false, &CodeEditor::zoomOutOneStep},
    {"zoomReset", Group::View, QT_TRANSLATE_NOOP("EditorCommand", "&Actual Size"), "Ctrl+0", false, &CodeEditor::resetZoom},
};
// clang-format on

} // namespace

QString EditorCommand::title() const { return QCoreApplication::translate("EditorCommand", text); }

std::span<const EditorCommand> editorCommands() { return kCommands; }

} // namespace tutti::ui
