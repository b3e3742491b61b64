// SPDX-License-Identifier: MIT
#pragma once

#include <QKeySequence>
#include <QList>
#include <QObject>
#include <QString>

class QAction;

namespace tutti::ui {

class Actions;

/// Which keys run which action: what the program brings along, and what the person made of it,
/// kept in the settings. Threads: the GUI's.
class ShortcutBindings : public QObject
{
    Q_OBJECT

public:
    using Keys = QList<QKeySequence>;

    /// Requires: `actions` outlives it, and is in the menus.
    explicit ShortcutBindings(Actions& actions, QObject* parent = nullptr);

    /// Takes over what was kept. Keys that no longer exist or that meet others' are left out.
    void load();

    [[nodiscard]] const Actions& actions() const noexcept { return m_actions; }
    [[nodiscard]] bool isDefault(const QAction& action) const;
    /// The other actions that these keys, or the beginning of them, run already.
    [[nodiscard]] QList<QAction*> othersWith(
        const QKeySequence& keys, const QAction& besides) const;
    /// Why these keys can be no shortcut at all, a sentence for a person; empty when they can.
    [[nodiscard]] QString objectionTo(const QKeySequence& keys) const;

    /// Binds an action to these keys alone, and takes them from all others that have them.
    /// Requires: no objection.
    void bind(QAction& action, const QKeySequence& keys);
    /// Adds to what it has.
    void add(QAction& action, const QKeySequence& keys);
    void clear(QAction& action);
    /// What the program brought along; taken from others that have it by now.
    void reset(QAction& action);
    void resetAll();

Q_SIGNALS:
    /// Of one action, or of many.
    void changed();

private:
    void takeFromOthers(const QKeySequence& keys, const QAction& besides);
    void assign(QAction& action, const Keys& keys);

    Actions& m_actions;
};

} // namespace tutti::ui
