// SPDX-License-Identifier: MIT
#pragma once

#include "ui/shell/setting_table.h"

#include <QWidget>

class QLabel;
class QToolButton;

namespace tutti::ui {

/// One setting: its name, what it does, its control, and a way back to the default.
class SettingRow : public QWidget
{
    Q_OBJECT

public:
    /// `control`: takes the place of the control that its kind would get.
    SettingRow(const SettingSpec& spec, QWidget* control, QWidget* parent);

    /// Whether all these words are in its name, its explanation or its section's title.
    [[nodiscard]] bool isMeantBy(const QStringList& words) const;

private:
    [[nodiscard]] QWidget* makeControl();
    void connectControl();
    void show(const QVariant& value);

    const SettingSpec& m_spec;
    QString m_id;
    QWidget* m_control;
    QToolButton* m_reset;
};

} // namespace tutti::ui
