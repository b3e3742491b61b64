// SPDX-License-Identifier: MIT
#pragma once

#include <QSslConfiguration>
#include <QString>

#include <expected>

namespace tutti::app::ctl {

/// What a TLS server needs, from a file with its certificate (and those between it and the
/// authority's, PEM) and one with the private key (PEM, without a password); tried once, so that a
/// key of another certificate is noticed here. The error is one sentence for a person, without a
/// trailing full stop. Cost: one handshake's beginning, over a socket of this computer.
[[nodiscard]] std::expected<QSslConfiguration, QString> loadTls(
    const QString& certificateFile, const QString& keyFile);

} // namespace tutti::app::ctl
