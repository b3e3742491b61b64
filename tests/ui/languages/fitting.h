// SPDX-License-Identifier: MIT
#pragma once

#include <QStringList>

class QMenu;
class QWidget;

/// What of the words in a window cannot be read in full: a line each, empty where all is well.
///
/// Looks at every visible label, button, box, group, tab, table heading and hint in a field under
/// `top`: whether its text has room in its own rectangle, whether that lies within its parent's
/// (what scrolls may be beyond), and whether widgets of one layout lie over each other. What elides
/// its text passes where its tool tip has all of it.
[[nodiscard]] QStringList misfits(QWidget& top);

/// Letters that a menu and its submenus, or a menu bar, have twice among what is shown.
[[nodiscard]] QStringList doubleMnemonics(const QWidget& menu);
