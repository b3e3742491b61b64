// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace tutti::app {

/// The person's name as the operating system knows it, else git's, else the account's name. Never
/// empty.
[[nodiscard]] QString systemUserName();

/// `user.name` of a git configuration file; empty without one.
[[nodiscard]] QString gitUserName(const QString& path);

} // namespace tutti::app
