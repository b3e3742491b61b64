// SPDX-License-Identifier: MIT
#pragma once

#include <QHostAddress>
#include <QString>

#include <expected>

namespace tutti::app::ctl {

/// Where a server listens.
struct ListenAddress
{
    QHostAddress address;
    quint16 port = 0;

    /// ADDRESS:PORT with another port, an IPv6 address in brackets.
    [[nodiscard]] QString hostAndPort(quint16 actualPort) const;
};

/// Reads ADDRESS:PORT, [IPv6]:PORT, localhost:PORT or PORT alone (on 127.0.0.1); port 0 means any
/// free one. The error is one sentence for a person, without a trailing full stop.
[[nodiscard]] std::expected<ListenAddress, QString> parseListenAddress(const QString& text);

} // namespace tutti::app::ctl
