// SPDX-License-Identifier: MIT
#pragma once

#include <QLatin1StringView>
#include <QMetaType>
#include <QString>

namespace tutti::net {

/// Something a server's keeper may want to know, for a log. Never holds tokens, nor what is in a
/// document.
struct ServerEvent
{
    enum class Level { Info, Warning };

    Level level = Level::Info;
    /// Which it is, in small letters and dashes: client-joined, client-left, client-refused,
    /// client-dropped, client-demoted, room-opened, room-freed, room-unreadable, store-failed,
    /// store-recovered, no-socket-left, sockets-again.
    QLatin1StringView event = {};
    QString room = {}; ///< its path; empty where it is not about one
    QString peer = {}; ///< ADDRESS:PORT; empty where it is not about one
    int code = 0; ///< a WebSocket close code, or 0
    QString reason = {}; ///< in words
};

} // namespace tutti::net

Q_DECLARE_METATYPE(tutti::net::ServerEvent)
