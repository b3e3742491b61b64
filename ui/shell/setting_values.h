// SPDX-License-Identifier: MIT
#pragma once

#include <QFont>
#include <QObject>
#include <QVariant>

namespace tutti::ui {

/// What the settings of the table (setting_table.h) are set to; kept by QSettings, and nothing kept
/// where it is the default. One for the program. Threads: the GUI's.
class SettingValues : public QObject
{
    Q_OBJECT

public:
    [[nodiscard]] static SettingValues& instance();

    /// Always one that the setting allows. Requires: there is a setting of that id.
    [[nodiscard]] QVariant value(const QString& id) const;
    [[nodiscard]] bool isDefault(const QString& id) const;
    /// What the setting does not allow is taken as its default.
    void set(const QString& id, const QVariant& value);
    void reset(const QString& id);

    /// The font of the text, from its family and size.
    [[nodiscard]] QFont editorFont() const;

Q_SIGNALS:
    void changed(const QString& id, const QVariant& value);

private:
    SettingValues() = default;
};

} // namespace tutti::ui
