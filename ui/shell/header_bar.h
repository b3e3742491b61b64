// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

class QPushButton;
class QTabBar;

namespace tutti::ui {

class AvatarStrip;
class ParticipantsModel;

/// The row above the text: the documents as tabs, who is here at a glance, and the one button that
/// shares.
class HeaderBar : public QWidget
{
    Q_OBJECT

public:
    explicit HeaderBar(QWidget* parent = nullptr);

    [[nodiscard]] QTabBar* tabs() const noexcept { return m_tabs; }
    /// Null when the document is not shared.
    void setParticipants(ParticipantsModel* model);
    [[nodiscard]] QPushButton* shareButton() const noexcept { return m_share; }

Q_SIGNALS:
    void shareClicked();
    void avatarsClicked();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QTabBar* m_tabs;
    AvatarStrip* m_avatars;
    QPushButton* m_share;
};

} // namespace tutti::ui
