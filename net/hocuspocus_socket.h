// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/ids.h"
#include "net/channel.h"
#include "net/websocket_channel.h"

#include <QList>
#include <QObject>
#include <QString>
#include <QStringList>

#include <memory>

namespace tutti::net {

/// One WebSocket to a Hocuspocus server, shared by every document that is open over it: each
/// message begins with the name of its document, and the path of the address means nothing.
///
/// It connects when the first document enters and says goodbye when the last one leaves. Which
/// token opens a document is the documents' business; see HocuspocusChannel.
///
/// Threads: one, with an event loop. Nothing in Document is called from inside enter() or leave().
class HocuspocusSocket final : public QObject
{
    Q_OBJECT

public:
    /// A document that is open over the socket, or waits for it.
    class Document
    {
    public:
        /// The first time after enter(): messages can flow.
        virtual void socketOpened() = 0;
        /// A message for this document, without the name.
        virtual void socketReceived(const QByteArray& message) = 0;
        /// It broke, or could not be made; the document is no longer in. It may enter again.
        virtual void socketClosed(const CloseInfo& info) = 0;
        [[nodiscard]] virtual const QString& name() const = 0;

    protected:
        ~Document() = default;
    };

    /// A socket for `server`, whose document is ignored. It is destroyed after whatever slot gave
    /// up the last reference.
    [[nodiscard]] static std::shared_ptr<HocuspocusSocket> make(
        const RoomAddress& server, const WebSocketChannel::Options& options);

    [[nodiscard]] QString host() const { return m_channel.host(); }
    /// Keeps the name for one channel, open or not: a server knows only one of a name on one
    /// socket. False when another one has it.
    [[nodiscard]] bool reserve(const QString& name);
    void release(const QString& name) { m_reserved.removeOne(name); }
    [[nodiscard]] bool isShared() const noexcept { return m_documents.size() > 1; }
    /// Messages that wait to leave, of all documents.
    [[nodiscard]] qint64 queuedBytes() const { return m_channel.queuedBytes(); }

    /// socketOpened() or socketClosed() follows. Requires: nobody of that name is in.
    void enter(Document* document);
    /// Without effect when it is not in. The last one closes the socket with that code.
    void leave(Document* document, int code = CloseInfo::kNormal, const QString& reason = {});
    /// Requires: the socket is open for it.
    void send(const Document& document, crdt::BytesView message);
    /// See Channel::setExpectingBulk.
    void setExpectingBulk(bool expecting) { m_channel.setExpectingBulk(expecting); }

private:
    enum class State { Closed, Opening, Open, Closing };

    HocuspocusSocket(const RoomAddress& server, const WebSocketChannel::Options& options);
    void connectChannel();
    void onOpened();
    void onReceived(const QByteArray& frame);
    void onClosed(const CloseInfo& info);
    [[nodiscard]] Document* find(QStringView name) const;

    WebSocketChannel m_channel;
    State m_state = State::Closed;
    QList<Document*> m_documents;
    QStringList m_reserved;
    int m_dispatching = 0; ///< calls of Document that are being made
};

} // namespace tutti::net
