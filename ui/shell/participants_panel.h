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
/// Enter on somebody follows them; a menu has that, and going to where they are.
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
    /// A document position.
    void jumpRequested(int position);

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
