// SPDX-License-Identifier: MIT
#pragma once

#include <QFrame>
#include <QPointer>

class QAbstractItemModel;
class QLabel;
class QListView;

namespace tutti::ui {

class ParticipantsModel;

/// Who is in the document, at the side of the window: initials, colour, name, line. A click or
/// Enter on somebody goes to where they are.
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
    /// A document position.
    void jumpRequested(int position);

private:
    void showCount();

    QLabel* m_heading;
    QListView* m_list;
    QPointer<QAbstractItemModel> m_model;
    bool m_isConnected = false;
};

} // namespace tutti::ui
