// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/ids.h"

#include <QAbstractButton>
#include <QPointer>

namespace tutti::ui {

class ParticipantsModel;

/// The people in the room as a row of badges, "+3" for those that find no room. Each has a menu.
class AvatarStrip : public QAbstractButton
{
    Q_OBJECT

public:
    static constexpr int kMostShown = 5;

    explicit AvatarStrip(QWidget* parent = nullptr);

    /// Null shows nothing.
    void setModel(ParticipantsModel* model);
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    /// What can be done about somebody, to be shown there on the screen.
    void menuRequested(tutti::crdt::ClientId client, const QPoint& place);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    [[nodiscard]] int people() const;
    [[nodiscard]] QRect badgeRect(int row) const;
    /// The person whose badge is there; -1 when nobody's is.
    [[nodiscard]] int rowAt(const QPoint& place) const;
    void refresh();

    QPointer<ParticipantsModel> m_model;
};

} // namespace tutti::ui
