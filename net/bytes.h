// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/ids.h"

#include <QByteArray>

#include <span>

/// Bytes in Qt's terms and in the core's.
namespace tutti::net {

/// A view of the array's bytes, valid as long as they are.
[[nodiscard]] inline crdt::BytesView view(const QByteArray& bytes) noexcept
{
    return std::as_bytes(std::span(bytes.constData(), static_cast<std::size_t>(bytes.size())));
}

/// A copy of the bytes.
[[nodiscard]] inline QByteArray toByteArray(crdt::BytesView bytes)
{
    return QByteArray(
        reinterpret_cast<const char*>(bytes.data()), static_cast<qsizetype>(bytes.size()));
}

} // namespace tutti::net
