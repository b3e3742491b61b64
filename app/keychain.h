// SPDX-License-Identifier: MIT
#pragma once

#include "ui/shell/token_store.h"

namespace tutti::app {

/// Access tokens in the system's keychain (Secret Service, KWallet), by QtKeychain. Where there is
/// none, nothing is remembered: there is no fallback to a file. Threads: the GUI's.
class Keychain : public ui::TokenStore
{
public:
    void read(const QString& room, QObject* context,
        std::function<void(const QString& token)> callBack) override;
    void write(const QString& room, const QString& token, QObject* context,
        std::function<void(const std::expected<void, QString>&)> callBack) override;
    void forget(const QString& room) override;
};

} // namespace tutti::app
