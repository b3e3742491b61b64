// SPDX-License-Identifier: MIT
#include "ui/shell/setting_values.h"

#include "ui/shell/setting_table.h"
#include "ui/shell/theme.h"

#include <QSettings>

namespace tutti::ui {

SettingValues& SettingValues::instance()
{
    static SettingValues values;
    return values;
}

QVariant SettingValues::value(const QString& id) const
{
    const SettingSpec* spec = settingSpec(id);
    Q_ASSERT(spec != nullptr);
    const QSettings settings;
    return settings.contains(id) ? spec->checked(settings.value(id)) : spec->fallback();
}

bool SettingValues::isDefault(const QString& id) const
{
    return value(id) == settingSpec(id)->fallback();
}

void SettingValues::set(const QString& id, const QVariant& value)
{
    const SettingSpec* spec = settingSpec(id);
    Q_ASSERT(spec != nullptr);
    const QVariant before = this->value(id);
    const QVariant after = spec->checked(value);
    QSettings settings;
    if (after == spec->fallback()) {
        settings.remove(id);
    } else {
        settings.setValue(id, after);
    }
    if (after != before) {
        Q_EMIT changed(id, after);
    }
}

void SettingValues::reset(const QString& id) { set(id, settingSpec(id)->fallback()); }

QFont SettingValues::editorFont() const
{
    QFont font = Theme::editorFont();
    if (const QString family = value(QStringLiteral("editor/font")).toString(); !family.isEmpty()) {
        font.setFamily(family);
    }
    font.setPointSize(value(QStringLiteral("editor/fontSize")).toInt());
    return font;
}

} // namespace tutti::ui
