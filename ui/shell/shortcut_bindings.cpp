// SPDX-License-Identifier: MIT
#include "ui/shell/shortcut_bindings.h"

#include "ui/editor/editor_commands.h"
#include "ui/shell/actions.h"

#include <QSettings>

#include <algorithm>

namespace tutti::ui {

namespace {

QString keyOf(const QAction& action) { return QStringLiteral("shortcuts/") + action.objectName(); }

/// Neither of two shortcuts that begin alike would be run by Qt.
bool meet(const QKeySequence& a, const QKeySequence& b)
{
    return a.matches(b) != QKeySequence::NoMatch || b.matches(a) != QKeySequence::NoMatch;
}

/// What moves or deletes in every text field.
const QList<QKeySequence::StandardKey>& keysOfText()
{
    static const QList<QKeySequence::StandardKey> keys{QKeySequence::MoveToNextWord,
        QKeySequence::MoveToPreviousWord, QKeySequence::MoveToStartOfDocument,
        QKeySequence::MoveToEndOfDocument, QKeySequence::SelectNextWord,
        QKeySequence::SelectPreviousWord, QKeySequence::SelectStartOfDocument,
        QKeySequence::SelectEndOfDocument, QKeySequence::DeleteStartOfWord,
        QKeySequence::DeleteEndOfWord};
    return keys;
}

} // namespace

ShortcutBindings::ShortcutBindings(Actions& actions, QObject* parent)
    : QObject(parent)
    , m_actions(actions)
{ }

void ShortcutBindings::load()
{
    const QSettings settings;
    QList<QAction*> chosen;
    for (QAction* action : m_actions.all()) {
        if (settings.contains(keyOf(*action))) {
            chosen.append(action);
            action->setShortcuts(Keys());
        }
    }
    for (QAction* action : std::as_const(chosen)) {
        const Keys kept = QKeySequence::listFromString(
            settings.value(keyOf(*action)).toString(), QKeySequence::PortableText);
        Keys usable;
        for (const QKeySequence& keys : kept) {
            // A newer version may have given the keys to another command: that one keeps them.
            if (!keys.isEmpty() && objectionTo(keys).isEmpty()
                && othersWith(keys, *action).isEmpty()) {
                usable.append(keys);
            }
        }
        action->setShortcuts(usable);
    }
    Q_EMIT changed();
}

bool ShortcutBindings::isDefault(const QAction& action) const
{
    return action.shortcuts() == m_actions.defaultShortcutsOf(action);
}

QList<QAction*> ShortcutBindings::othersWith(const QKeySequence& keys, const QAction& besides) const
{
    QList<QAction*> others;
    for (QAction* action : m_actions.all()) {
        const auto meets = [&keys](const QKeySequence& its) { return meet(keys, its); };
        if (action != &besides && std::ranges::any_of(action->shortcuts(), meets)) {
            others.append(action);
        }
    }
    return others;
}

QString ShortcutBindings::objectionTo(const QKeySequence& keys) const
{
    if (keys.isEmpty()) {
        return tr("Press the keys.");
    }
    const QString shown = keys.toString(QKeySequence::NativeText);
    // once a sequence has begun, letters belong to it
    if (belongsToText(keys[0].key(), keys[0].keyboardModifiers())) {
        return tr("%1 is needed for writing. Take Ctrl or Alt with it.").arg(shown);
    }
    const QKeySequence first(keys[0]);
    if (m_actions.menuKeys().contains(first)) {
        return tr("%1 opens a menu.").arg(shown);
    }
    for (const auto standard : keysOfText()) {
        if (QKeySequence::keyBindings(standard).contains(first)) {
            return tr("%1 moves or deletes in every text, and stays that.").arg(shown);
        }
    }
    return {};
}

void ShortcutBindings::assign(QAction& action, const Keys& keys)
{
    action.setShortcuts(keys);
    QSettings settings;
    if (isDefault(action)) {
        settings.remove(keyOf(action));
    } else {
        settings.setValue(
            keyOf(action), QKeySequence::listToString(keys, QKeySequence::PortableText));
    }
}

void ShortcutBindings::takeFromOthers(const QKeySequence& keys, const QAction& besides)
{
    const QList<QAction*> others = othersWith(keys, besides);
    for (QAction* other : others) {
        Keys left = other->shortcuts();
        left.removeIf([&keys](const QKeySequence& its) { return meet(keys, its); });
        assign(*other, left);
    }
}

void ShortcutBindings::bind(QAction& action, const QKeySequence& keys)
{
    takeFromOthers(keys, action);
    assign(action, {keys});
    Q_EMIT changed();
}

void ShortcutBindings::add(QAction& action, const QKeySequence& keys)
{
    takeFromOthers(keys, action);
    Keys all = action.shortcuts();
    all.removeIf([&keys](const QKeySequence& its) { return meet(keys, its); });
    all.append(keys);
    assign(action, all);
    Q_EMIT changed();
}

void ShortcutBindings::clear(QAction& action)
{
    assign(action, {});
    Q_EMIT changed();
}

void ShortcutBindings::reset(QAction& action)
{
    const Keys keys = m_actions.defaultShortcutsOf(action);
    for (const QKeySequence& its : keys) {
        takeFromOthers(its, action);
    }
    assign(action, keys);
    Q_EMIT changed();
}

void ShortcutBindings::resetAll()
{
    for (QAction* action : m_actions.all()) {
        assign(*action, m_actions.defaultShortcutsOf(*action));
    }
    Q_EMIT changed();
}

} // namespace tutti::ui
