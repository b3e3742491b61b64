// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/update.h"

#include <QByteArray>
#include <QString>

namespace tutti::app::ctl {

/// What is in an update, for people: one line for each client, struct and deletion. Ends with a
/// line break.
[[nodiscard]] QString inspectText(const crdt::DecodedUpdate& update);
/// The same as one JSON object: `clients` (client, from, to, structs), `structs`, `deletes`.
[[nodiscard]] QByteArray inspectJson(const crdt::DecodedUpdate& update);

} // namespace tutti::app::ctl
