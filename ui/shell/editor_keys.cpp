// SPDX-License-Identifier: MIT
#include "ui/shell/editor_keys.h"

#include "ui/editor/code_editor.h"
#include "ui/shell/actions.h"

#include <QKeyEvent>

#include <algorithm>

namespace tutti::ui {

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

EditorKeys::EditorKeys(const Actions& actions, CodeEditor& editor)
    : QObject(&editor)
    , m_actions(actions)
{
    editor.installEventFilter(this);
}

bool EditorKeys::wasTakenAway(const QKeyEvent& event) const
{
    const QKeySequence key(event.keyCombination());
    return std::ranges::any_of(m_actions.editing(), [&](const Actions::Editing& editing) {
        return m_actions.defaultShortcutsOf(*editing.action).contains(key)
            && !editing.action->shortcuts().contains(key);
    });
}

bool EditorKeys::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        auto* key = static_cast<QKeyEvent*>(event);
        if (!belongsToText(key->key(), key->modifiers())) {
            key->ignore(); // to the shortcuts first; if none wants it, it comes back as a key press
            return true;
        }
    }
    if (event->type() == QEvent::KeyPress && wasTakenAway(*static_cast<QKeyEvent*>(event))) {
        event->accept();
        return true;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace tutti::ui
