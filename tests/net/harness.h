// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/doc.h"
#include "crdt/encoding.h"
#include "crdt/sync_protocol.h"
#include "crdt/text.h"
#include "net/bytes.h"
#include "net/channel.h"
#include "net/memory_channel.h"
#include "net/provider.h"

#include <QByteArray>
#include <QObject>
#include <QString>

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What the tests of net have in common.
namespace tutti::net::test {

inline constexpr const char* kRoot = "codemirror";

using net::toByteArray;
using net::view;

inline crdt::Doc makeDoc(std::uint64_t clientId)
{
    crdt::Doc::Options options;
    options.clientId = crdt::ClientId(clientId);
    return crdt::Doc(std::move(options));
}

inline QString textOf(crdt::Doc& doc)
{
    return QString::fromStdU16String(doc.get<crdt::Text>(kRoot).toString());
}

inline void insert(crdt::Doc& doc, std::uint32_t at, std::u16string_view text)
{
    doc.get<crdt::Text>(kRoot).insert(crdt::Offset(at), text);
}

inline void erase(crdt::Doc& doc, std::uint32_t at, std::uint32_t count)
{
    doc.get<crdt::Text>(kRoot).erase(crdt::Offset(at), crdt::Offset(count));
}

/// A state that says a name, as editors publish it.
inline crdt::Any named(const char* name)
{
    return crdt::Any::object({{"user", crdt::Any::object({{"name", crdt::Any(name)}})}});
}

inline QString nameOf(const crdt::Awareness& awareness, crdt::ClientId client)
{
    const auto found = awareness.states().find(client);
    if (found == awareness.states().end()) {
        return {};
    }
    const crdt::Any* user = found->second.find("user");
    const crdt::Any* name = user ? user->find("name") : nullptr;
    return name && name->stringIf() ? QString::fromStdString(*name->stringIf()) : QString();
}

/// The far end of a channel, played by the test: keeps the frames it gets, and comes back by
/// itself after every loss as long as `comesBack`.
class FarEnd : public QObject
{
public:
    explicit FarEnd(std::unique_ptr<MemoryChannel> end)
        : channel(std::move(end))
    {
        connect(channel.get(), &Channel::opened, this, [this] {
            ++openings;
            frames.clear();
        });
        connect(channel.get(), &Channel::received, this,
            [this](const QByteArray& frame) { frames.push_back(frame); });
        connect(channel.get(), &Channel::closed, this, [this] {
            if (comesBack) {
                channel->open();
            }
        });
        channel->open();
    }

    void send(crdt::BytesView message) { channel->send(toByteArray(message)); }

    /// The frames since the last opening that begin with these bytes.
    [[nodiscard]] std::vector<QByteArray> framesOf(const QByteArray& prefix) const
    {
        std::vector<QByteArray> found;
        for (const QByteArray& frame : frames) {
            if (frame.startsWith(prefix)) {
                found.push_back(frame);
            }
        }
        return found;
    }
    [[nodiscard]] std::vector<QByteArray> step1s() const { return framesOf(QByteArray("\0\0", 2)); }
    [[nodiscard]] std::vector<QByteArray> step2s() const { return framesOf(QByteArray("\0\1", 2)); }
    [[nodiscard]] std::vector<QByteArray> updates() const
    {
        return framesOf(QByteArray("\0\2", 2));
    }
    [[nodiscard]] std::vector<QByteArray> awarenesses() const { return framesOf("\1"); }

    std::unique_ptr<MemoryChannel> channel;
    std::vector<QByteArray> frames;
    int openings = 0;
    bool comesBack = true;
};

/// A y-websocket server with one client, on the far end: holds a Doc, opens with SyncStep1,
/// answers, and echoes updates as long as `echoes`.
class FarServer : public FarEnd
{
public:
    explicit FarServer(std::unique_ptr<MemoryChannel> end)
        : FarEnd(std::move(end))
        , doc(makeDoc(9'999))
    {
        connect(
            channel.get(), &Channel::opened, this, [this] { send(crdt::createSyncMessage(doc)); });
        connect(channel.get(), &Channel::received, this, [this](const QByteArray& frame) {
            if (deaf) {
                unheard.push_back(frame);
            } else {
                handle(frame);
            }
        });
        subscription = doc.observe([this](const crdt::TransactionEvent& event) {
            if (echoes || event.origin != crdt::Origin("client")) {
                send(crdt::createUpdateMessage(event.update));
            }
        });
    }

    void handle(const QByteArray& frame)
    {
        const bool change = frame.size() > 1 && frame.at(1) != '\0';
        if (!frame.startsWith('\0') || (drops && change)) {
            return;
        }
        const auto outcome = crdt::handleSyncMessage(view(frame), doc, crdt::Origin("client"));
        if (outcome && outcome->reply) {
            send(*outcome->reply);
        }
    }
    /// Handles what came in while it was deaf.
    void wake()
    {
        deaf = false;
        for (const QByteArray& frame : std::exchange(unheard, {})) {
            handle(frame);
        }
    }

    crdt::Doc doc;
    bool echoes = true;
    bool drops = false; ///< changes, without a word, as a server does that lets us only read
    bool deaf = false; ///< as a server is that is slow
    std::vector<QByteArray> unheard;
    crdt::Subscription subscription;
};

} // namespace tutti::net::test
