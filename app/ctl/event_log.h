// SPDX-License-Identifier: MIT
#pragma once

#include "net/server/server_event.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>

#include <optional>

namespace tutti::app::ctl {

enum class LogFormat { Text, Json };

/// One line for a log, its line break included: `TIME LEVEL EVENT room=… peer=… code=… reason="…"`,
/// or a JSON object with the members time, level, event and, where there are, room, peer, code and
/// reason. Times are UTC, with milliseconds. Whatever is in a room's name stays on the line.
[[nodiscard]] QByteArray logLine(
    const net::ServerEvent& event, LogFormat format, const QDateTime& time);

} // namespace tutti::app::ctl
