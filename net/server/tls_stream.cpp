// SPDX-License-Identifier: MIT
#include "net/server/tls_stream.h"

#include <QSslSocket>

#include <utility>

namespace tutti::net {

namespace {

class TlsStream final : public QObject, public ByteStream
{
public:
    TlsStream(std::unique_ptr<QSslSocket> socket, const QByteArray& unread)
        : m_socket(std::move(socket))
    {
        m_socket->setParent(nullptr);
        connect(m_socket.get(), &QSslSocket::readyRead, this, &TlsStream::read);
        connect(m_socket.get(), &QSslSocket::errorOccurred, m_socket.get(), &QSslSocket::abort,
            Qt::QueuedConnection);
        // Queued: a socket may be done inside a call of ours.
        connect(
            m_socket.get(), &QSslSocket::disconnected, this, &TlsStream::end, Qt::QueuedConnection);
        QMetaObject::invokeMethod(
            this,
            [this, unread] {
                if (!unread.isEmpty() && onRead) {
                    onRead(unread);
                }
                read();
                if (m_socket->state() == QAbstractSocket::UnconnectedState) {
                    end(); // before anybody listened
                }
            },
            Qt::QueuedConnection);
    }
    ~TlsStream() override { m_socket->disconnect(this); }

    void send(const FrameHead& head, const QByteArray& payload) override
    {
        if (!m_finishing) {
            m_socket->write(head.bytes.data(), head.size);
            m_socket->write(payload);
        }
    }
    void setReading(bool reading) override
    {
        constexpr qint64 kWhilePaused = 65'536; // bytes; else it would read on by itself
        if (std::exchange(m_reading, reading) == reading) {
            return;
        }
        m_socket->setReadBufferSize(reading ? 0 : kWhilePaused);
        if (reading) {
            QMetaObject::invokeMethod(this, &TlsStream::read, Qt::QueuedConnection);
        }
    }
    void flush() override { m_socket->flush(); }
    [[nodiscard]] qint64 queuedBytes() const override
    {
        return m_socket->bytesToWrite() + m_socket->encryptedBytesToWrite();
    }
    void finish() override
    {
        m_finishing = true;
        m_socket->disconnectFromHost();
    }
    void abort() override
    {
        m_finishing = true;
        m_socket->abort();
    }

private:
    void read()
    {
        if (!m_reading) {
            return;
        }
        if (const QByteArray bytes = m_socket->readAll(); !bytes.isEmpty() && onRead) {
            onRead(bytes);
        }
    }
    void end()
    {
        if (const auto tell = std::exchange(onEnd, {})) {
            tell({});
        }
    }

    std::unique_ptr<QSslSocket> m_socket;
    bool m_finishing = false;
    bool m_reading = true;
};

} // namespace

std::unique_ptr<ByteStream> makeTlsStream(
    std::unique_ptr<QSslSocket> socket, const QByteArray& unread)
{
    return std::make_unique<TlsStream>(std::move(socket), unread);
}

} // namespace tutti::net
