// SPDX-License-Identifier: MIT
#pragma once

#include "ui/shell/settings.h"

#include <QDialog>

class QStackedWidget;
class QTabBar;

namespace tutti::ui {

class SettingsPage;
class ShortcutBindings;
class ShortcutsPage;

/// Settings and shortcuts. Not modal: what is changed is to be seen in the window at once, so there
/// is nothing to confirm. Threads: the GUI's.
class SettingsDialog : public QDialog
{
    Q_OBJECT

public:
    enum class Page { Settings, Shortcuts };

    /// Requires: `shortcuts` outlives it.
    SettingsDialog(ShortcutBindings& shortcuts, QWidget* parent);

    void setIdentity(const Identity& identity);
    /// Shows the dialog with that page.
    void showPage(Page page);

Q_SIGNALS:
    void identityEdited(const tutti::ui::Identity& identity);

private:
    QTabBar* m_tabs;
    QStackedWidget* m_stack;
    SettingsPage* m_settings;
    ShortcutsPage* m_shortcuts;
};

} // namespace tutti::ui
