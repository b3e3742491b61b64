// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace tutti::ui {

/// `tutti://` links are for desktops: a click on one opens Tutti, which shows it and asks. They
/// stand for a room's address:
///
///     tutti://HOST[:PORT]/ROOM                           ws://HOST[:PORT]/ROOM
///     tutti://HOST[:PORT]/ROOM?via=wss                   wss://HOST[:PORT]/ROOM
///     tutti://HOST[:PORT]/PATH?via=hocuspocus+wss#DOC    hocuspocus+wss://HOST[:PORT]/PATH#DOC
///
/// `via` is one of ws, wss, hocuspocus+ws, hocuspocus+wss; what else is in the query stays in it,
/// as `token=…`.
[[nodiscard]] bool isTuttiLink(const QString& text);

/// The address that a `tutti://` link stands for; other text as it is. One with an unknown `via` is
/// left as it is, too, which no parser of addresses accepts.
[[nodiscard]] QString plainRoomLink(const QString& text);

} // namespace tutti::ui
