// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <expected>
#include <functional>
#include <optional>

class QObject;

namespace tutti::net {

/// An access token, or one sentence for a person why there is none.
using Token = std::expected<QString, QString>;

/// Where the access tokens of a connection come from: asked once for each attempt to connect, and
/// again when the server wants a fresh one. An empty function: there is none.
///
/// It calls back once, at once or later, in the thread of `context`; never after `context` is gone.
using TokenSource =
    std::function<void(QObject* context, std::function<void(const Token&)> callBack)>;

/// The same token every time.
[[nodiscard]] TokenSource fixedToken(const QString& token);

/// A fresh token each time: what `command` prints on its standard output, without the line's end.
/// The command is the shell's (`/bin/sh -c`), and is given 60 s. Nothing of its output is logged or
/// shown. Errors: it cannot be started, fails, prints nothing or takes too long.
[[nodiscard]] TokenSource tokenFromCommand(const QString& command);

/// What a program's options ask for: the command where there is one, else the token, else what the
/// environment has in TUTTI_AUTH_TOKEN (which `ps` does not show to others), else nothing.
[[nodiscard]] TokenSource tokenFromOptions(
    const std::optional<QString>& token, const std::optional<QString>& command);

} // namespace tutti::net
