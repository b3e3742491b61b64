// SPDX-License-Identifier: MIT
#include "crdt/sync_protocol.h"

#include <string>
#include <utility>

namespace tutti::crdt {

namespace {

/// The only message about permissions that y-protocols has.
constexpr std::uint64_t kPermissionDenied = 0;

Bytes syncMessage(SyncMessageType type, BytesView payload)
{
    Encoder encoder;
    encoder.writeVarUint(std::to_underlying(MessageType::Sync));
    encoder.writeVarUint(std::to_underlying(type));
    encoder.writeMessage(payload);
    return encoder.take();
}

} // namespace

Bytes createSyncMessage(const Doc& doc)
{
    return syncMessage(SyncMessageType::SyncStep1, doc.getState());
}

Result<Bytes> createSyncReply(const Doc& doc, BytesView stateVector)
{
    const Result<Bytes> update = doc.getUpdate(stateVector);
    if (!update) {
        return std::unexpected(update.error());
    }
    return syncMessage(SyncMessageType::SyncStep2, *update);
}

Bytes createUpdateMessage(BytesView update) { return syncMessage(SyncMessageType::Update, update); }

Bytes createAwarenessMessage(BytesView awarenessUpdate)
{
    Encoder encoder;
    encoder.writeVarUint(std::to_underlying(MessageType::Awareness));
    encoder.writeMessage(awarenessUpdate);
    return encoder.take();
}

Bytes createPermissionDenied(std::string_view reason)
{
    Encoder encoder;
    encoder.writeVarUint(std::to_underlying(MessageType::Auth));
    encoder.writeVarUint(kPermissionDenied);
    encoder.writeVarString(reason);
    return encoder.take();
}

Result<std::optional<std::string>> readPermissionDenied(Decoder& payload)
{
    const Result<std::uint64_t> kind = payload.readVarUint();
    if (!kind) {
        return std::unexpected(kind.error());
    }
    if (*kind != kPermissionDenied) {
        return std::optional<std::string>();
    }
    return payload.readVarString().transform(
        [](std::string_view reason) { return std::optional<std::string>(reason); });
}

Result<SyncOutcome> handleSyncMessage(BytesView message, Doc& doc, const Origin& origin)
{
    Decoder decoder(message);
    const Result<std::uint64_t> type = decoder.readVarUint();
    if (!type) {
        return std::unexpected(type.error());
    }
    if (*type != std::to_underlying(MessageType::Sync)) {
        return fail(ErrorCode::Malformed,
            "this is not a sync message: its type is " + std::to_string(*type));
    }
    return handleSyncPayload(decoder, doc, origin);
}

Result<SyncOutcome> handleSyncPayload(Decoder& payload, Doc& doc, const Origin& origin)
{
    const Result<std::uint64_t> type = payload.readVarUint();
    if (!type) {
        return std::unexpected(type.error());
    }
    if (*type > std::to_underlying(SyncMessageType::Update)) {
        return fail(
            ErrorCode::Unsupported, "there is no sync message of type " + std::to_string(*type));
    }
    const Result<BytesView> body = payload.readMessage();
    if (!body) {
        return std::unexpected(body.error());
    }
    SyncOutcome outcome{static_cast<SyncMessageType>(*type), std::nullopt};
    if (outcome.type == SyncMessageType::SyncStep1) {
        Result<Bytes> reply = createSyncReply(doc, *body);
        if (!reply) {
            return std::unexpected(reply.error());
        }
        outcome.reply = std::move(*reply);
        return outcome;
    }
    if (const Result<void> applied = doc.applyUpdate(*body, origin); !applied) {
        return std::unexpected(applied.error());
    }
    return outcome;
}

bool isAwarenessDisconnect(BytesView awarenessUpdate)
{
    Decoder decoder(awarenessUpdate);
    const auto clients = decoder.readVarUint();
    if (!clients || *clients != 1 || !decoder.readVarUint() || !decoder.readVarUint()) {
        return false;
    }
    const auto state = decoder.readVarString();
    return state && *state == "null" && decoder.atEnd();
}

} // namespace tutti::crdt
