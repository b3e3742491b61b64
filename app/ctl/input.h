// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

#include <expected>
#include <string>

namespace tutti::app::ctl {

/// The bytes of a file, or of standard input for `-`. Errors are sentences for a person.
[[nodiscard]] std::expected<QByteArray, QString> readInput(const QString& name);

/// The text of a file as a shared text holds it: UTF-8 without a byte order mark, CR LF as LF.
/// Error: bytes that are not UTF-8, with their place.
[[nodiscard]] std::expected<std::u16string, QString> textFromFile(
    const QByteArray& bytes, const QString& name);

/// Writes to standard output and flushes. False when it cannot be written to.
[[nodiscard]] bool writeOutput(const QByteArray& bytes);

/// Prints `tuttictl: MESSAGE` on one line of standard error.
void complain(const QString& message);

} // namespace tutti::app::ctl
