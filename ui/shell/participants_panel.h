// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/ids.h"

#include <QFrame>
#include <QPointer>

class QAbstractItemModel;
class QLabel;
class QListView;
class QModelIndex;
class QPoint;

namespace tutti::ui {

class ParticipantsModel;

/// Who is in the document, at the side of the window: initials, colour, name, line. A click or
/// Enter on somebody follows them; the menu is the window's.
class ParticipantsPanel : public QFrame
{
    Q_OBJECT

public:
    static constexpr int kWidth = 216;

    explicit ParticipantsPanel(QWidget* parent = nullptr);

    /// Null empties the panel.
    void setModel(ParticipantsModel* model);
    /// Whether one knows who is there. Not from the beginning.
    void setConnected(bool connected);

Q_SIGNALS:
    void followRequested(tutti::crdt::ClientId client);
    /// What can be done about somebody, to be shown there on the screen.
    void menuRequested(tutti::crdt::ClientId client, const QPoint& place);

private:
    void follow(const QModelIndex& person);
    void showMenu(const QPoint& position);
    void showCount();

    QLabel* m_heading;
    QListView* m_list;
    QPointer<QAbstractItemModel> m_model;
    bool m_isConnected = false;
};

} // namespace tutti::ui
