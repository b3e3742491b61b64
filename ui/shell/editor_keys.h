// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

class QKeyEvent;

namespace tutti::ui {

class Actions;
class CodeEditor;

/// Has the keys of a text area follow the window's actions. A QPlainTextEdit claims the keys of
/// undo, paste and others for itself, before shortcuts are asked: bound to something else they
/// would still do what they always did. With this, shortcuts come first, and a key that was taken
/// away from a command of the text area does nothing there.
///
/// Lives as long as the editor. Threads: the GUI's.
class EditorKeys : public QObject
{
    Q_OBJECT

public:
    /// Requires: `actions` outlives the editor.
    EditorKeys(const Actions& actions, CodeEditor& editor);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    [[nodiscard]] bool wasTakenAway(const QKeyEvent& event) const;

    const Actions& m_actions;
};

/// Whether this key writes or moves in a text as everywhere, so that no shortcut may be made of it:
/// letters with or without Shift, Enter, Tab, arrows and the like.
[[nodiscard]] bool belongsToText(int key, Qt::KeyboardModifiers modifiers);

} // namespace tutti::ui
