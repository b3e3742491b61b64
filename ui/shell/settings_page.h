// SPDX-License-Identifier: MIT
#pragma once

#include "ui/shell/settings.h"

#include <QHash>
#include <QList>
#include <QWidget>

class QLabel;
class QLineEdit;
class QScrollArea;

namespace tutti::ui {

class IdentityEditor;
class SettingRow;

/// The settings of the table, in sections, with a field that narrows them. What is changed takes
/// effect at once. Threads: the GUI's.
class SettingsPage : public QWidget
{
    Q_OBJECT

public:
    explicit SettingsPage(QWidget* parent = nullptr);

    void setIdentity(const Identity& identity);
    [[nodiscard]] QLineEdit& query() noexcept { return *m_query; }

Q_SIGNALS:
    void identityEdited(const tutti::ui::Identity& identity);

private:
    void narrow(const QString& typed);

    QLineEdit* m_query;
    QScrollArea* m_scroll;
    QLabel* m_nothing;
    QList<QLabel*> m_headings;
    QHash<QLabel*, QList<SettingRow*>> m_sections;
    IdentityEditor* m_identity = nullptr;
};

} // namespace tutti::ui
