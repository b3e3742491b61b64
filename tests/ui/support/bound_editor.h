// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/doc.h"
#include "ui/editor/code_editor.h"
#include "ui/editor/document_units.h"

#include <QApplication>
#include <QInputMethodEvent>
#include <QString>
#include <QTextCursor>

namespace tutti::test {

[[nodiscard]] inline QString string(const crdt::Text& text)
{
    return ui::toQString(text.toString());
}

[[nodiscard]] inline crdt::Offset at(int offset)
{
    return crdt::Offset(static_cast<std::uint32_t>(offset));
}

inline void insert(crdt::Text text, int offset, const QString& inserted)
{
    text.insert(at(offset), ui::toStdView(inserted));
}

inline void setCaret(QPlainTextEdit& editor, int anchor, int caret)
{
    QTextCursor cursor = editor.textCursor();
    cursor.setPosition(anchor);
    cursor.setPosition(caret, QTextCursor::KeepAnchor);
    editor.setTextCursor(cursor);
}

inline void setCaret(QPlainTextEdit& editor, int caret) { setCaret(editor, caret, caret); }

inline void compose(QWidget& widget, const QString& preedit, const QString& commit = {})
{
    QInputMethodEvent event(preedit, {});
    event.setCommitString(commit);
    QApplication::sendEvent(&widget, &event);
}

/// What the editor shows, in the units of its document.
[[nodiscard]] inline QString shown(const QPlainTextEdit& editor)
{
    return ui::readDocument(*editor.document(), 0, ui::documentLength(*editor.document()));
}

} // namespace tutti::test
