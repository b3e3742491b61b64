// SPDX-License-Identifier: MIT
#include "ui/shell/settings_dialog.h"

#include "ui/shell/settings_page.h"
#include "ui/shell/shortcuts_page.h"

#include <QLineEdit>
#include <QScreen>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

namespace tutti::ui {

SettingsDialog::SettingsDialog(ShortcutBindings& shortcuts, QWidget* parent)
    : QDialog(parent)
    , m_tabs(new QTabBar(this))
    , m_stack(new QStackedWidget(this))
    , m_settings(new SettingsPage(this))
    , m_shortcuts(new ShortcutsPage(shortcuts, this))
{
    setObjectName(QStringLiteral("settingsDialog"));
    setWindowTitle(tr("Settings"));
    setMinimumSize(480, 440);
    resize(QSize(680, 600).boundedTo(screen()->availableSize()));
    m_tabs->setObjectName(QStringLiteral("settingsTabs"));
    m_tabs->setAccessibleName(tr("Pages of settings"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->addTab(tr("Settings"));
    m_tabs->addTab(tr("Keyboard Shortcuts"));
    m_stack->addWidget(m_settings);
    m_stack->addWidget(m_shortcuts);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->setSpacing(0);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(16, 0, 16, 0);
    row->addWidget(m_tabs);
    row->addStretch(1);
    layout->addLayout(row);
    layout->addWidget(m_stack, 1);
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int page) {
        m_stack->setCurrentIndex(page);
        setWindowTitle(m_tabs->tabText(page));
    });
    connect(m_settings, &SettingsPage::identityEdited, this, &SettingsDialog::identityEdited);
}

void SettingsDialog::setIdentity(const Identity& identity) { m_settings->setIdentity(identity); }

void SettingsDialog::showPage(Page page)
{
    m_tabs->setCurrentIndex(static_cast<int>(page));
    show();
    raise();
    activateWindow();
    (page == Page::Settings ? m_settings->query() : m_shortcuts->query()).setFocus();
}

} // namespace tutti::ui
