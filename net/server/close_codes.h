// SPDX-License-Identifier: MIT
#pragma once

/// The close codes of our server beyond those of CloseInfo. After 4400–4499 y-websocket's clients
/// and ours do not come back by themselves; after all others they do.
namespace tutti::net::close_code {

inline constexpr int kPolicy = 1008; ///< more messages than may be
inline constexpr int kServiceRestart = 1012; ///< the server ends; come back
inline constexpr int kBadRoomName = 4400;
inline constexpr int kNoToken = 4401;
inline constexpr int kForbidden = 4403; ///< a wrong token, or a page that may not
inline constexpr int kDocumentFull = 4413;

} // namespace tutti::net::close_code
