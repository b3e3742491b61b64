// SPDX-License-Identifier: MIT
#pragma once

#include "ui/presence/peer_tracker.h"

#include <QAbstractListModel>

namespace tutti::ui {

/// The people in the room as a list for views. A row each, this user first, then as they came.
/// Threads: the GUI's. Requires: tracker outlives it.
class ParticipantsModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        NameRole = Qt::UserRole + 1, ///< QString, as published or made up
        InitialsRole, ///< QString, one or two letters
        ColorRole, ///< QColor, readable on the editor's background
        LabelTextRole, ///< QColor, readable on ColorRole
        ClientIdRole, ///< qulonglong
        LineRole, ///< int, counted from 1; 0 when unknown
        PositionRole, ///< int, document position; -1 when unknown
        SelfRole, ///< bool
        IdleRole, ///< bool
    };

    explicit ParticipantsModel(PeerTracker& tracker, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    /// DisplayRole says the name ("Ada (you)"), ToolTipRole and AccessibleTextRole where and how,
    /// DecorationRole gives an avatar with initials.
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

private:
    [[nodiscard]] int lineOf(const Peer& peer) const;

    PeerTracker* m_tracker;
};

/// A round badge with initials, for lists and chips. `shade` as shadeFor() gives it.
[[nodiscard]] QPixmap avatarPixmap(const QString& initials, const QColor& fill, const QColor& text,
    int size, double devicePixelRatio);

} // namespace tutti::ui
