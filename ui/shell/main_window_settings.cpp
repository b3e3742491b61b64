// SPDX-License-Identifier: MIT
// Settings: how they take effect in this window, and the dialog that shows them.
#include "ui/editor/code_editor.h"
#include "ui/shell/actions.h"
#include "ui/shell/main_window.h"
#include "ui/shell/setting_table.h"
#include "ui/shell/setting_values.h"
#include "ui/shell/settings_dialog.h"
#include "ui/shell/shortcut_bindings.h"
#include "ui/shell/theme.h"

#include <QAccessible>

namespace tutti::ui {

void MainWindow::connectSettings()
{
    auto& values = SettingValues::instance();
    connect(
        &values, &SettingValues::changed, this, [this](const QString& id, const QVariant& value) {
            const SettingSpec* spec = settingSpec(id);
            if (spec->applyToPage != nullptr) {
                for (DocumentPage* page : views()) {
                    spec->applyToPage(*page, value);
                }
            }
            if (spec->applyToWindow != nullptr) {
                spec->applyToWindow(*this, value);
            }
        });
    m_actions->wordWrap->setChecked(values.value(QStringLiteral("view/wordWrap")).toBool());
    connect(m_actions->wordWrap, &QAction::toggled, this,
        [&values](bool wrap) { values.set(QStringLiteral("view/wordWrap"), wrap); });
    m_actions->tabMovesFocus->setChecked(
        values.value(QStringLiteral("editor/tabMovesFocus")).toBool());
    connect(m_actions->tabMovesFocus, &QAction::toggled, this, [this, &values](bool moves) {
        values.set(QStringLiteral("editor/tabMovesFocus"), moves);
        QAccessibleAnnouncementEvent said(
            this, moves ? tr("Tab moves the focus now.") : tr("Tab indents now."));
        QAccessible::updateAccessibility(&said);
    });
    const auto showTheme = [this] {
        for (QAction* action : m_actions->themes->actions()) {
            action->setChecked(
                action->data().toInt() == static_cast<int>(m_context.theme.choice()));
        }
    };
    showTheme();
    connect(m_actions->themes, &QActionGroup::triggered, this, [&values](const QAction* action) {
        values.set(QStringLiteral("view/theme"),
            Settings::nameOf(static_cast<ThemeChoice>(action->data().toInt())));
    });
    connect(&m_context.theme, &Theme::changed, this, [this, showTheme] {
        showTheme();
        refreshEditorThemes();
    });
    m_shortcuts->load();
    connect(m_actions->settings, &QAction::triggered, this, [this] { showSettings(false); });
    connect(m_actions->shortcuts, &QAction::triggered, this, [this] { showSettings(true); });
}

void MainWindow::applySettings(DocumentPage& page, std::optional<SettingSpec::Section> section)
{
    for (const SettingSpec& spec : settingSpecs()) {
        if (spec.applyToPage != nullptr && section.value_or(spec.section) == spec.section) {
            spec.applyToPage(page, SettingValues::instance().value(QString::fromLatin1(spec.id)));
        }
    }
}

void MainWindow::showSettings(bool shortcuts)
{
    if (!m_settings) {
        m_settings = new SettingsDialog(*m_shortcuts, this);
        connect(m_settings, &SettingsDialog::identityEdited, this, &MainWindow::setIdentity);
    }
    m_settings->setIdentity(m_context.identity);
    m_settings->showPage(
        shortcuts ? SettingsDialog::Page::Shortcuts : SettingsDialog::Page::Settings);
}

void MainWindow::followThemeSetting() { m_context.theme.setChoice(Settings::theme()); }

void MainWindow::followMotionSetting() { m_context.theme.setMotion(Settings::motion()); }

void MainWindow::refreshEditorThemes()
{
    for (DocumentPage* page : views()) {
        page->editor().setTheme(editorTheme());
    }
}

EditorTheme MainWindow::editorTheme() const
{
    return EditorTheme::named(SettingValues::instance()
            .value(Settings::editorThemeId(m_context.theme.isDark()))
            .toString());
}

} // namespace tutti::ui
