// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <expected>
#include <functional>

class QObject;

namespace tutti::ui {

/// Where access tokens outlive the program, kept secret by the system. The window asks for them by
/// this interface; the program decides on a keychain.
///
/// `room` is the room's address without its query. Call-backs come once, at once or later, in the
/// thread of `context` and never after it is gone.
class TokenStore
{
public:
    virtual ~TokenStore() = default;

    /// The token of a room; empty when there is none, or it cannot be read.
    virtual void read(const QString& room, QObject* context,
        std::function<void(const QString& token)> callBack) = 0;
    /// Errors: one sentence for a person. Then nothing is kept, and nowhere else either.
    virtual void write(const QString& room, const QString& token, QObject* context,
        std::function<void(const std::expected<void, QString>&)> callBack) = 0;
    virtual void forget(const QString& room) = 0;
};

} // namespace tutti::ui
