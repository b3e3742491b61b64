// SPDX-License-Identifier: MIT
#pragma once

#include "app/ctl/event_log.h"
#include "app/ctl/listen_address.h"
#include "net/server/server.h"

#include <QSslConfiguration>
#include <QString>
#include <QStringList>

#include <expected>
#include <optional>

namespace tutti::app::ctl {

/// What `tuttictl serve` was told to do.
struct ServeOptions
{
    ListenAddress where;
    std::optional<QString> storeFolder; ///< without: rooms end with the program
    net::AccessPolicy access;
    std::optional<QSslConfiguration> tls; ///< speak wss
    net::Server::Options limits;
    std::optional<ListenAddress> metrics; ///< where to answer questions about them
    std::optional<LogFormat> log; ///< write a line an event to standard error
    /// Tokens, certificate or key are in files: parsing `arguments` again reads them again.
    bool hasFiles = false;
    QStringList arguments;
    std::optional<QString> help; ///< what --help prints; then nothing else counts
};

/// Reads the command line, from `serve` on, and the files with tokens, certificate and key that it
/// names. Refuses to let
/// in everybody from everywhere unless that was said. The error is one sentence for a person,
/// without a trailing full stop.
[[nodiscard]] std::expected<ServeOptions, QString> parseServeOptions(const QStringList& arguments);

/// Reads a number of bytes: 65536, 64K, 64M, 1G (in steps of 1024); nothing when it is none.
[[nodiscard]] std::optional<qint64> parseSize(const QString& text);

/// Adds the tokens of a file to a policy: a line `TOKEN`, `edit TOKEN [ROOM]` or `read TOKEN
/// [ROOM]`; empty lines and those that begin with `#` are passed over. `name` is for the error,
/// which tells lines but no tokens.
[[nodiscard]] std::expected<void, QString> addTokens(
    net::AccessPolicy& policy, const QByteArray& content, const QString& name);

} // namespace tutti::app::ctl
