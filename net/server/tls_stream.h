// SPDX-License-Identifier: MIT
#pragma once

#include "net/server/byte_stream.h"

#include <memory>

class QSslSocket;

namespace tutti::net {

/// A connection under TLS, which is Qt's to encrypt. What is queued counts encrypted too.
/// Requires: the socket is encrypted, and nobody else reads it. `unread` is what was already read
/// from it; onRead will have it.
[[nodiscard]] std::unique_ptr<ByteStream> makeTlsStream(
    std::unique_ptr<QSslSocket> socket, const QByteArray& unread);

} // namespace tutti::net
