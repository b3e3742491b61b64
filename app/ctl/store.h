// SPDX-License-Identifier: MIT
#pragma once

#include "net/store/update_log.h"

#include <QString>

#include <expected>
#include <memory>

namespace tutti::app::ctl {

enum class IfMissing { Make, Complain };

/// The store in a folder: its file rooms.sqlite. Errors are sentences for a person.
[[nodiscard]] std::expected<std::unique_ptr<net::UpdateLog>, QString> openStore(
    const QString& folder, IfMissing ifMissing);

} // namespace tutti::app::ctl
