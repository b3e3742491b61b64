// SPDX-License-Identifier: MIT
#pragma once

#include "ui/presence/peer_tracker.h"

#include <QAbstractListModel>
#include <QString>

#include <functional>
#include <optional>

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
        PlaceRole, ///< QString: where they are, in words; empty when unknown
        FollowedRole, ///< bool: the view goes along with them
    };

    explicit ParticipantsModel(PeerTracker& tracker, QObject* parent = nullptr);

    /// How the document is called that somebody looks at who is not here, by Peer::person; empty
    /// when it is not known. Unset: it never is.
    void setDocumentOf(std::function<QString(const QString& person)> documentOf);
    /// Whom the view goes along with.
    void setFollowed(std::optional<crdt::ClientId> client);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    /// DisplayRole says the name ("Ada (you)"), ToolTipRole and AccessibleTextRole where and how,
    /// DecorationRole gives an avatar with initials.
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

private:
    [[nodiscard]] int lineOf(const Peer& peer) const;
    [[nodiscard]] QString placeOf(const Peer& peer) const;

    PeerTracker* m_tracker;
    std::function<QString(const QString& person)> m_documentOf;
    std::optional<crdt::ClientId> m_followed;
};

/// A round badge with initials, for lists and chips. `shade` as shadeFor() gives it.
[[nodiscard]] QPixmap avatarPixmap(const QString& initials, const QColor& fill, const QColor& text,
    int size, double devicePixelRatio);

} // namespace tutti::ui
