// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/awareness.h"
#include "crdt/doc.h"
#include "crdt/encoding.h"
#include "crdt/error.h"
#include "crdt/ids.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// The messages of y-protocols, as y-websocket frames carry them, without any socket.
namespace tutti::crdt {

/// The first number of a message.
enum class MessageType : std::uint64_t {
    Sync = 0, ///< documents; a SyncMessageType follows
    Awareness = 1, ///< who is here; an awareness update follows
    Auth = 2, ///< the server refuses something; its reason follows
    QueryAwareness = 3, ///< the question for everybody's awareness
};

/// The second number of a Sync message.
enum class SyncMessageType : std::uint64_t {
    SyncStep1 = 0, ///< "this is my state vector"
    SyncStep2 = 1, ///< "this is what you lack"
    Update = 2, ///< "this has changed"
};

/// SyncStep1 for this document, leading Sync byte included.
[[nodiscard]] Bytes createSyncMessage(const Doc& doc);
/// SyncStep2 answering a peer's state vector. Errors: as Doc::getUpdate.
[[nodiscard]] Result<Bytes> createSyncReply(const Doc& doc, BytesView stateVector);
/// An update for the peers, leading Sync byte included.
[[nodiscard]] Bytes createUpdateMessage(BytesView update);
/// An awareness update, leading Awareness byte included.
[[nodiscard]] Bytes createAwarenessMessage(BytesView awarenessUpdate);

/// "You may not", leading Auth byte included.
[[nodiscard]] Bytes createPermissionDenied(std::string_view reason);
/// The reason in what follows the Auth byte, or nothing when it is another message about
/// permissions; `payload` is advanced past it. Errors: Truncated, Malformed.
[[nodiscard]] Result<std::optional<std::string>> readPermissionDenied(Decoder& payload);

/// What handling a Sync message did.
struct SyncOutcome
{
    SyncMessageType type = SyncMessageType::SyncStep1; ///< of the message that was handled
    /// What to send back: SyncStep2 when the message was SyncStep1.
    std::optional<Bytes> reply;
};

/// Handles a message as createSyncMessage and createUpdateMessage return it, leading Sync byte
/// included: answers SyncStep1, applies SyncStep2 and updates with `origin`.
/// Errors: another message type, an unknown sync type, anything Doc::applyUpdate refuses; then
/// the document is as it was.
[[nodiscard]] Result<SyncOutcome> handleSyncMessage(
    BytesView message, Doc& doc, const Origin& origin = {});
/// The same for what follows the Sync byte; `payload` is advanced past it, so that a frame that
/// holds several messages can be read to its end.
[[nodiscard]] Result<SyncOutcome> handleSyncPayload(
    Decoder& payload, Doc& doc, const Origin& origin = {});

/// Whether an awareness update says exactly that one client has left.
[[nodiscard]] bool isAwarenessDisconnect(BytesView awarenessUpdate);

} // namespace tutti::crdt
