// SPDX-License-Identifier: MIT
#include "net/server/tls_stream.h"

#include <QPointer>
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
        constexpr qint64 kHeld = 262'144; // bytes; else it would read on while nobody listens
        m_socket->setParent(nullptr);
        m_socket->setReadBufferSize(kHeld);
        connect(m_socket.get(), &QSslSocket::readyRead, this, &TlsStream::read);
        connect(m_socket.get(), &QSslSocket::errorOccurred, m_socket.get(), &QSslSocket::abort,
            Qt::QueuedConnection);
        // Queued: a socket may be done inside a call of ours.
        connect(
            m_socket.get(), &QSslSocket::disconnected, this, &TlsStream::end, Qt::QueuedConnection);
        QMetaObject::invokeMethod(
            this,
            [this, unread] {
                const QPointer<TlsStream> self(this);
                if (!unread.isEmpty() && onRead) {
                    onRead(unread);
                }
                if (self) {
                    read();
                }
                if (self && m_socket->state() == QAbstractSocket::UnconnectedState) {
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
        if (std::exchange(m_reading, reading) != reading && reading) {
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
        // In pieces, so that who sends too fast is paused within one of them and not within all
        // that the kernel has; and who is told may be the end of this.
        constexpr qint64 kPiece = 65'536; // bytes
        const QPointer<TlsStream> self(this);
        while (self && m_reading && onRead) {
            const QByteArray bytes = m_socket->read(kPiece);
            if (bytes.isEmpty()) {
                break;
            }
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
