// SPDX-License-Identifier: MIT
#pragma once

#include <QList>
#include <QString>
#include <QVariant>

#include <span>

namespace tutti::ui {

class DocumentPage;
class MainWindow;

/// A setting, as the page of settings shows it and as it takes effect. Whoever adds one adds a line
/// to the table in setting_table.cpp, nothing else: it is kept, checked, shown, found, applied at
/// once when it changes and to every document that is opened.
struct SettingSpec
{
    enum class Section { Editor, Appearance, Files, Together };
    enum class Kind {
        Switch, ///< bool
        Number, ///< int from minimum to maximum
        Choice, ///< the id of one of choices()
        FixedFont, ///< a family of fixed pitch; empty: the program's own choice
        Identity, ///< name and colour; kept by Settings, not as a value here
    };
    struct Option
    {
        QString id;
        QString title;
    };

    const char* id; ///< under which QSettings keeps it, so it stays as it is
    Section section;
    Kind kind;
    const char* name; ///< translated by title()
    const char* explanation; ///< translated by help(); may be empty
    const char* usual; ///< the default, as text
    int minimum = 0;
    int maximum = 0;
    QList<Option> (*choices)() = nullptr; ///< the first is taken where the default is none of them
    void (*applyToPage)(DocumentPage&, const QVariant&) = nullptr;
    void (*applyToWindow)(MainWindow&, const QVariant&) = nullptr; ///< only when it changes

    [[nodiscard]] QString title() const;
    [[nodiscard]] QString help() const;
    /// The default, of the kind's type.
    [[nodiscard]] QVariant fallback() const;
    /// The same where it is one of this setting's values, else the default. Settings are edited by
    /// hand as well, and older versions knew others.
    [[nodiscard]] QVariant checked(const QVariant& value) const;
};

/// All of them, in the order of the page.
[[nodiscard]] std::span<const SettingSpec> settingSpecs();
/// Null when there is none of that id.
[[nodiscard]] const SettingSpec* settingSpec(QStringView id);
[[nodiscard]] QString sectionTitle(SettingSpec::Section section);

} // namespace tutti::ui
