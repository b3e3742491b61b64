// SPDX-License-Identifier: MIT
#pragma once

#include "ui/shell/setting_table.h"

#include <QWidget>

#include <optional>

class QGridLayout;
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

    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    /// Puts the control beside the words, or below them where it is narrow.
    void arrange();
    [[nodiscard]] QWidget* makeControl();
    [[nodiscard]] int controlWidth() const;
    void connectControl();
    void show(const QVariant& value);

    const SettingSpec& m_spec;
    QString m_id;
    QGridLayout* m_layout;
    QLabel* m_title;
    QLabel* m_help;
    QWidget* m_control;
    QToolButton* m_reset;
    std::optional<bool> m_below; ///< whether the control is there
};

} // namespace tutti::ui
