// SPDX-License-Identifier: MIT
#pragma once

#include "harness.h"
#include "net/room_address.h"
#include "net/server/server.h"
#include "net/websocket_channel.h"

#include <QSignalSpy>

/// What the tests of the server have in common.
namespace tutti::net::test {

/// A server on a free port of this computer.
struct Running
{
    explicit Running(const net::Server::Options& options = {})
        : server(options)
    {
        const auto done = server.listen(QHostAddress::LocalHost, 0);
        if (!done) {
            qFatal("%s", qPrintable(done.error()));
        }
    }
    [[nodiscard]] std::unique_ptr<Channel> channel(const char* room = "room") const
    {
        return std::make_unique<net::WebSocketChannel>(
            *net::RoomAddress::parse(server.url() + u'/' + QString::fromLatin1(room)));
    }

    net::Server server;
};

/// A document in a room, by a Provider.
struct Client
{
    Client(std::uint64_t id, std::unique_ptr<Channel> channel)
        : doc(makeDoc(id))
        , provider(doc, std::move(channel))
    {
        provider.start();
    }
    [[nodiscard]] net::ProviderStatus::State state() const { return provider.status().state; }

    crdt::Doc doc;
    net::Provider provider;
};

/// A client without a Provider, to say exactly what a test wants said.
struct Bare
{
    explicit Bare(std::unique_ptr<Channel> made)
        : channel(std::move(made))
        , opened(channel.get(), &Channel::opened)
        , received(channel.get(), &Channel::received)
        , closed(channel.get(), &Channel::closed)
    {
        channel->open();
    }
    void say(const crdt::Awareness& awareness)
    {
        const crdt::ClientId own = awareness.clientId();
        channel->send(
            toByteArray(crdt::createAwarenessMessage(awareness.encodeUpdate(std::span(&own, 1)))));
    }
    [[nodiscard]] QByteArray frame(qsizetype index) const
    {
        return received.at(index).at(0).toByteArray();
    }
    [[nodiscard]] int closeCode() const { return closed.at(0).at(0).value<CloseInfo>().code; }

    std::unique_ptr<Channel> channel;
    QSignalSpy opened;
    QSignalSpy received;
    QSignalSpy closed;
};

} // namespace tutti::net::test
