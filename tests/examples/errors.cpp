// SPDX-License-Identifier: MIT
// When things go wrong: every error is a value or a signal, and leaves everything as it was.
#include "check.h"
#include "crdt/doc.h"
#include "crdt/encoding.h"
#include "crdt/sync_protocol.h"
#include "crdt/text.h"
#include "net/memory_channel.h"
#include "net/provider.h"

#include <QLoggingCategory>

#include <array>

using namespace tutti;
using State = net::ProviderStatus::State;

int main(int argc, char** argv)
{
    QCoreApplication app(argc, argv);
    QLoggingCategory::setFilterRules(QStringLiteral("tutti.*=false"));

    // A negative number cannot be a var uint, and a cut one is not silently another number.
    const auto negative = crdt::writeVarUint(-1);
    check(!negative && negative.error().code == crdt::ErrorCode::OutOfRange, "negative number");
    const std::array cut{std::byte{0xff}, std::byte{0xff}};
    check(!crdt::Decoder(cut).readVarUint(), "truncated number");
    const std::array shortMessage{std::byte{5}, std::byte{'a'}};
    check(!crdt::readMessage(shortMessage), "truncated message");

    // An update is applied whole or not at all.
    crdt::Doc doc;
    crdt::Text text = doc.get<crdt::Text>("codemirror");
    text.insert(crdt::Offset(0), u"safe");
    crdt::Bytes half = doc.getUpdate();
    half.resize(half.size() / 2);
    crdt::Doc other;
    const auto applied = other.applyUpdate(half);
    check(!applied && !applied.error().message.empty(), "half an update is refused, in words");
    check(other.getState() == crdt::Doc().getState(), "and nothing of it stays");
    check(!crdt::handleSyncMessage(crdt::asBytes("\x01\x02"), other), "no sync message at all");

    // A channel that brings rubbish: reported, and the connection goes on.
    auto [near, far] = net::MemoryChannel::makePair();
    net::Provider provider(doc, std::move(near));
    QString error;
    QString failure;
    QObject::connect(&provider, &net::Provider::errorOccurred, &app,
        [&](const QString& message) { error = message; });
    QObject::connect(
        &provider, &net::Provider::failed, &app, [&](const QString& reason) { failure = reason; });
    provider.start();
    far->open();
    check(waitUntil([&] { return far->isOpen(); }), "connected");
    far->send(QByteArray::fromHex("0002ffff"));
    check(waitUntil([&] { return !error.isEmpty(); }), "rubbish is reported");
    check(provider.status().isConnected() && text.toString() == u"safe", "and harmless");

    // A channel that fails for good: the provider says so and stops trying.
    far->close(4403, QStringLiteral("this room is private"));
    check(waitUntil([&] { return !failure.isEmpty(); }), "a refusal is final");
    check(failure == QStringLiteral("this room is private"), "with its reason");
    check(provider.status().state == State::Failed, "and the state says it too");
    return 0;
}
