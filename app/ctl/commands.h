// SPDX-License-Identifier: MIT
#pragma once

#include "net/access_token.h"
#include "net/room_address.h"

#include <QList>
#include <QSslCertificate>
#include <QString>

#include <chrono>
#include <string>

/// tuttictl's commands. Each runs to its end, event loop included, and returns the exit status:
/// 0, or 1 after one line on standard error.
namespace tutti::app::ctl {

inline constexpr int kSuccess = 0;
inline constexpr int kFailure = 1;
inline constexpr int kUsage = 2; ///< the command line itself is wrong

struct ServeOptions;

struct RoomArguments
{
    net::RoomAddress address;
    std::string rootName;
    std::chrono::milliseconds timeout;
    net::TokenSource token;
    /// Trusted like the system's own.
    QList<QSslCertificate> authorities;
};

/// Prints the room's text.
[[nodiscard]] int runCat(const RoomArguments& room);
/// Makes the room's text equal to the file's, with as few changes as possible.
[[nodiscard]] int runPut(const RoomArguments& room, const QString& file);
/// Adds the file's text at the end of the room's.
[[nodiscard]] int runAppend(const RoomArguments& room, const QString& file);
/// Prints what happens in the room, a JSON object a line, until it is told to end.
[[nodiscard]] int runWatch(const RoomArguments& room);
/// Hosts rooms until it is told to end.
[[nodiscard]] int runServe(const ServeOptions& options);
/// Lists the rooms of a store: updates, bytes, when changed, path.
[[nodiscard]] int runStoreList(const QString& folder);
/// Checks a store from end to end.
[[nodiscard]] int runStoreVerify(const QString& folder);
/// Writes a room's whole history as one Yjs update (v1) to standard output.
[[nodiscard]] int runStoreExport(const QString& room, const QString& folder);
/// Replaces the updates of every room by one.
[[nodiscard]] int runStoreCompact(const QString& folder);
/// Prints what is in a file that holds an update.
[[nodiscard]] int runInspect(const QString& file, bool json);

} // namespace tutti::app::ctl
