// SPDX-License-Identifier: MIT
#pragma once

class QWidget;

namespace tutti::ui {

class Actions;

/// Every command that has a shortcut, with it.
void showShortcuts(const Actions& actions, QWidget* parent);
/// What this program is, its version and licence.
void showAbout(QWidget* parent);

} // namespace tutti::ui
