// SPDX-License-Identifier: MIT
#pragma once

#include "net/room_address.h"
#include "ui/shell/settings.h"

#include <QDialog>
#include <QPointer>

#include <optional>

class QCheckBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;

namespace tutti::ui {

class IdentityEditor;
class NearbyRooms;

/// What a person agreed to.
struct JoinRequest
{
    net::RoomAddress address;
    QString textName;
    Identity identity;
    /// An access token that was typed; often empty. Secret.
    QString token;
    bool rememberToken = false;
};

/// Asks for a link and a name, and says what joining means before it happens: which host, at which
/// address, in which protocol, how protected, with which rights. Nothing is connected by it.
class JoinDialog : public QDialog
{
    Q_OBJECT

public:
    /// `link` may be empty or wrong; then the person fills it in. `canRemember`: there is a place
    /// for tokens to be remembered in. `nearby`: to choose from, null for none; outlives the dialog
    /// or goes with the program.
    JoinDialog(const QString& link, const QString& textName, const Identity& identity,
        bool canRemember, NearbyRooms* nearby = nullptr, QWidget* parent = nullptr);
    ~JoinDialog() override;

Q_SIGNALS:
    /// The person agreed to all that was shown.
    void joinConfirmed(const tutti::ui::JoinRequest& request);

private:
    void check();
    void confirm();
    void listNearby();

    QPointer<NearbyRooms> m_nearby;
    QLabel* m_nearbyHeading;
    QListWidget* m_nearbyList; ///< an item's UserRole: the link
    QLineEdit* m_link;
    QLabel* m_error;
    QWidget* m_details;
    QLabel* m_host;
    QLabel* m_roomHint;
    QLabel* m_room;
    QLabel* m_encryption;
    QLabel* m_role;
    QLineEdit* m_textName;
    QLineEdit* m_token;
    QCheckBox* m_remember;
    IdentityEditor* m_identity;
    QPushButton* m_join;
    std::optional<net::RoomAddress> m_address;
};

} // namespace tutti::ui
