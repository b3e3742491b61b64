// SPDX-License-Identifier: MIT
#include "ui/shell/room_access.h"

#include "ui/shell/token_store.h"

#include <QPointer>

#include <utility>

namespace tutti::ui {

RoomAccess::RoomAccess(const net::RoomAddress& address, TokenStore* store, net::TokenSource given)
    : RoomAccess(address.withoutQuery().toString(), store, std::move(given))
{ }

RoomAccess::RoomAccess(const QString& room, TokenStore* store, net::TokenSource given)
    : m_room(room)
    , m_store(store)
    , m_given(std::move(given))
{ }

std::unique_ptr<RoomAccess> RoomAccess::another() const
{
    std::unique_ptr<RoomAccess> copy(new RoomAccess(m_room, m_store, m_given));
    copy->m_typed = m_typed;
    return copy;
}

net::TokenSource RoomAccess::source()
{
    return [access = QPointer<RoomAccess>(this)](
               QObject* context, const std::function<void(const net::Token&)>& callBack) {
        if (!access) {
            callBack(net::Token(QString()));
            return;
        }
        access->m_usedRemembered = false;
        if (!access->m_typed.isEmpty()) {
            callBack(net::Token(access->m_typed));
        } else if (access->m_given) {
            access->m_given(context, callBack);
        } else if (access->m_store != nullptr) {
            access->m_store->read(
                access->m_room, context, [access, callBack](const QString& token) {
                    if (access) {
                        access->m_usedRemembered = !token.isEmpty();
                    }
                    callBack(net::Token(token));
                });
        } else {
            callBack(net::Token(QString()));
        }
    };
}

void RoomAccess::enter(const QString& token, bool remember)
{
    m_typed = token;
    m_remember = remember && !token.isEmpty();
}

void RoomAccess::onAccepted()
{
    if (std::exchange(m_remember, false) && m_store != nullptr) {
        m_store->write(m_room, m_typed, this, [this](const std::expected<void, QString>& kept) {
            if (!kept) {
                Q_EMIT notRemembered(kept.error());
            }
        });
    }
}

void RoomAccess::onRefused()
{
    m_remember = false;
    if (std::exchange(m_usedRemembered, false) && m_store != nullptr) {
        m_store->forget(m_room);
    }
}

} // namespace tutti::ui
