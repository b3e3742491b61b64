// SPDX-License-Identifier: MIT
#pragma once

#include "ui/shell/tab_row.h"

#include <QPointer>

class QHBoxLayout;
class QPushButton;

namespace tutti::ui {

class AvatarStrip;
class ParticipantsModel;
class StatusLabel;

/// The row above the text: the documents as tabs, who is here at a glance, and the one button that
/// shares. Where the text is split, and each pane has its own tabs, it says which document all that
/// is about.
class HeaderBar : public TabRow
{
    Q_OBJECT

public:
    explicit HeaderBar(QWidget* parent = nullptr);

    /// Shows the tabs of the only pane; null: they stand in their panes.
    void setTabs(QWidget* tabs);
    /// Where the document is that is shown; seen while there are no tabs.
    void setPlace(const QString& place);
    /// Null when the document is not shared.
    void setParticipants(ParticipantsModel* model);
    [[nodiscard]] AvatarStrip* avatars() const noexcept { return m_avatars; }
    [[nodiscard]] QPushButton* shareButton() const noexcept { return m_share; }

Q_SIGNALS:
    void shareClicked();
    void avatarsClicked();

private:
    QHBoxLayout* m_row;
    QPointer<QWidget> m_tabs;
    StatusLabel* m_place;
    AvatarStrip* m_avatars;
    QPushButton* m_share;
};

} // namespace tutti::ui
