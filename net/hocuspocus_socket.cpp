// SPDX-License-Identifier: MIT
#include "net/hocuspocus_socket.h"

#include "crdt/encoding.h"
#include "net/bytes.h"

#include <QLoggingCategory>

#include <algorithm>
#include <utility>

namespace tutti::net {

namespace {

Q_LOGGING_CATEGORY(hocuspocusLog, "tutti.net.hocuspocus")

/// The whole frames of the server's own ping and its answer, which name no document.
constexpr char kPing = 9;
constexpr char kPong = 10;
/// Version 4 may address a document as name, this, and the id of one of its sessions.
constexpr QChar kSessionMark = u'\0';

class Counted
{
public:
    explicit Counted(int& count)
        : m_count(count)
    {
        ++m_count;
    }
    ~Counted() { --m_count; }
    Q_DISABLE_COPY_MOVE(Counted)

private:
    int& m_count;
};

} // namespace

std::shared_ptr<HocuspocusSocket> HocuspocusSocket::make(
    const RoomAddress& server, const WebSocketChannel::Options& options)
{
    return {new HocuspocusSocket(server, options), [](HocuspocusSocket* socket) {
                if (socket->m_dispatching > 0) {
                    socket->m_channel.disconnect(socket);
                    socket->m_channel.close();
                    socket->deleteLater();
                } else {
                    delete socket;
                }
            }};
}

HocuspocusSocket::HocuspocusSocket(
    const RoomAddress& server, const WebSocketChannel::Options& options)
    : m_channel(server, options)
{
    connect(&m_channel, &Channel::opened, this, &HocuspocusSocket::onOpened);
    connect(&m_channel, &Channel::received, this, &HocuspocusSocket::onReceived);
    connect(&m_channel, &Channel::closed, this, &HocuspocusSocket::onClosed);
}

bool HocuspocusSocket::reserve(const QString& name)
{
    if (m_reserved.contains(name)) {
        return false;
    }
    m_reserved.append(name);
    return true;
}

HocuspocusSocket::Document* HocuspocusSocket::find(QStringView name) const
{
    const auto found = std::ranges::find_if(
        m_documents, [name](const Document* document) { return document->name() == name; });
    return found == m_documents.end() ? nullptr : *found;
}

void HocuspocusSocket::enter(Document* document)
{
    m_documents.append(document);
    switch (m_state) {
    case State::Closed:
        connectChannel();
        break;
    case State::Opening:
    case State::Closing: // then it connects once more
        break;
    case State::Open:
        QMetaObject::invokeMethod(
            this,
            [this, document] {
                if (m_state == State::Open && m_documents.contains(document)) {
                    const Counted counted(m_dispatching);
                    document->socketOpened();
                }
            },
            Qt::QueuedConnection);
        break;
    }
}

void HocuspocusSocket::leave(Document* document, int code, const QString& reason)
{
    if (m_documents.removeAll(document) == 0 || !m_documents.isEmpty()) {
        return;
    }
    if (m_state == State::Opening || m_state == State::Open) {
        m_state = State::Closing;
        m_channel.close(code, reason);
    }
}

void HocuspocusSocket::send(const Document& document, crdt::BytesView message)
{
    crdt::Encoder encoder;
    encoder.writeVarString(
        std::u16string_view(reinterpret_cast<const char16_t*>(document.name().utf16()),
            static_cast<std::size_t>(document.name().size())));
    encoder.writeRaw(message);
    m_channel.send(toByteArray(encoder.view()));
}

void HocuspocusSocket::connectChannel()
{
    m_state = State::Opening;
    m_channel.open();
}

void HocuspocusSocket::onOpened()
{
    m_state = State::Open;
    const Counted counted(m_dispatching);
    for (Document* document : QList<Document*>(m_documents)) {
        if (m_documents.contains(document)) { // else another one's slot took it out
            document->socketOpened();
        }
    }
}

void HocuspocusSocket::onReceived(const QByteArray& frame)
{
    if (frame.size() == 1 && frame.front() == kPing) {
        m_channel.send(QByteArray(1, kPong));
        return;
    }
    crdt::Decoder decoder(view(frame));
    const auto address = decoder.readVarString();
    if (!address) {
        qCDebug(hocuspocusLog, "ignored a frame without the name of a document");
        return;
    }
    const QString name =
        QString::fromUtf8(address->data(), static_cast<qsizetype>(address->size()));
    const qsizetype mark = name.indexOf(kSessionMark);
    Document* document = find(mark < 0 ? QStringView(name) : QStringView(name).first(mark));
    if (document == nullptr) { // it may have left while this was on its way
        qCDebug(hocuspocusLog, "ignored a message for a document that is not open here");
        return;
    }
    const Counted counted(m_dispatching);
    document->socketReceived(toByteArray(decoder.rest()));
}

void HocuspocusSocket::onClosed(const CloseInfo& info)
{
    if (std::exchange(m_state, State::Closed) == State::Closing) {
        if (!m_documents.isEmpty()) { // they came while it was closing
            connectChannel();
        }
        return;
    }
    const Counted counted(m_dispatching);
    QList<Document*> left = std::exchange(m_documents, {});
    while (!left.isEmpty()) {
        left.takeFirst()->socketClosed(info);
    }
}

} // namespace tutti::net
