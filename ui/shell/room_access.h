// SPDX-License-Identifier: MIT
#pragma once

#include "net/access_token.h"
#include "net/room_address.h"

#include <QObject>
#include <QString>

#include <memory>

namespace tutti::ui {

class TokenStore;

/// With which access token one room is entered, at each connection anew: the one that was typed
/// last, else what the program was started with for this room, else the one that is remembered,
/// else none.
///
/// A token is in this object's memory and, where the person says "remember", in the TokenStore;
/// never in settings, files or logs. It is stored once the server has taken it, and a remembered
/// one is forgotten when the server refuses it. Threads: the GUI's.
class RoomAccess : public QObject
{
    Q_OBJECT

public:
    /// `store` may be null, and outlives this; `given` may be empty.
    RoomAccess(const net::RoomAddress& address, TokenStore* store, net::TokenSource given = {});

    /// For the room's channel; it may outlive this, and then has no token any more.
    [[nodiscard]] net::TokenSource source();
    /// From the next connection on.
    void enter(const QString& token, bool remember);
    /// Whether there is a place to remember a token in.
    [[nodiscard]] bool canRemember() const noexcept { return m_store != nullptr; }

    /// The same for one more channel to the same room.
    [[nodiscard]] std::unique_ptr<RoomAccess> another() const;

    /// The server let us in.
    void onAccepted();
    /// It did not.
    void onRefused();

Q_SIGNALS:
    /// A token could not be kept; one sentence for a person.
    void notRemembered(const QString& reason);

private:
    RoomAccess(const QString& room, TokenStore* store, net::TokenSource given);

    QString m_room;
    TokenStore* m_store;
    net::TokenSource m_given;
    QString m_typed;
    bool m_remember = false; ///< `m_typed`, once it was accepted
    bool m_usedRemembered = false; ///< at the last connection
};

} // namespace tutti::ui
