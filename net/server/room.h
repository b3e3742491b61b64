// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/awareness.h"
#include "crdt/doc.h"
#include "crdt/encoding.h"
#include "crdt/subscription.h"

#include <QByteArray>
#include <QString>

#include <map>

namespace tutti::net {

class Channel;

/// One room of the server: a document, who is in it, and what they tell each other.
///
/// Threads: the server's. Channels are borrowed; the server sees to it that they leave().
class Room
{
public:
    /// `maxQueued`: most bytes that may wait for one member, its last answer not counted.
    Room(QString path, qint64 maxQueued);
    Room(const Room&) = delete;
    Room& operator=(const Room&) = delete;

    [[nodiscard]] const QString& path() const noexcept { return m_path; }
    [[nodiscard]] bool isDeserted() const noexcept { return m_members.empty(); }
    /// Whether nobody ever wrote anything here.
    [[nodiscard]] bool isBlank() const;

    /// Opens with our SyncStep1, and the awareness states there are, as y-websocket does.
    void enter(Channel& channel);
    /// Withdraws the states the channel brought, whatever else it did (interop: ghosts).
    void leave(Channel& channel);
    /// Handles a frame of one or more messages. What cannot be read closes the channel with 1007.
    void receive(Channel& channel, const QByteArray& frame);
    /// Drops the awareness states of the silent. To be called every few seconds.
    void tick() { m_awareness.tick(); }

private:
    struct Member
    {
        qint64 allowance = 0; ///< size of the answer it asked for last
        bool dropped = false;
    };

    [[nodiscard]] crdt::Result<void> readMessage(Channel& channel, crdt::Decoder& decoder);
    void onAwarenessChanged(const crdt::Awareness::Change& change);
    void broadcast(crdt::BytesView message);
    void deliver(Channel& channel, Member& member, const QByteArray& frame);

    QString m_path;
    qint64 m_maxQueued;
    crdt::Doc m_doc;
    crdt::Awareness m_awareness;
    std::map<Channel*, Member> m_members;
    std::map<crdt::ClientId, Channel*> m_bringers; ///< whose connection brought which state
    crdt::Subscription m_docSubscription;
    crdt::Subscription m_awarenessSubscription;
};

} // namespace tutti::net
