// SPDX-License-Identifier: MIT
#pragma once

#include <QPointer>
#include <QWidget>

class QPushButton;

namespace tutti::ui {

class AvatarStrip;
class ParticipantsModel;

/// The corner beside the tabs: who is here at a glance, and the one button that shares.
class HeaderCorner : public QWidget
{
    Q_OBJECT

public:
    explicit HeaderCorner(QWidget* parent = nullptr);

    /// Null when the document is not shared.
    void setParticipants(ParticipantsModel* model);
    [[nodiscard]] QPushButton* shareButton() const noexcept { return m_share; }

Q_SIGNALS:
    void shareClicked();
    void avatarsClicked();

private:
    AvatarStrip* m_avatars;
    QPushButton* m_share;
};

} // namespace tutti::ui
