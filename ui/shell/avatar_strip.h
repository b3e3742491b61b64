// SPDX-License-Identifier: MIT
#pragma once

#include <QAbstractButton>
#include <QPointer>

namespace tutti::ui {

class ParticipantsModel;

/// The people in the room as a row of badges, "+3" for those that find no room.
class AvatarStrip : public QAbstractButton
{
    Q_OBJECT

public:
    static constexpr int kMostShown = 5;

    explicit AvatarStrip(QWidget* parent = nullptr);

    /// Null shows nothing.
    void setModel(ParticipantsModel* model);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] int people() const;
    void refresh();

    QPointer<ParticipantsModel> m_model;
};

} // namespace tutti::ui
