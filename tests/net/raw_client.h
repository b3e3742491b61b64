// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QHostAddress>
#include <QTcpSocket>

#include <algorithm>
#include <optional>
#include <vector>

namespace tutti::net::test {

/// A WebSocket client made of bare bytes, which may do what no library lets one do.
class RawClient
{
public:
    struct Frame
    {
        int opcode = 0;
        QByteArray payload;
    };

    /// `headers`, each with its CR LF, are sent with the others.
    RawClient(quint16 port, const QByteArray& path, const QByteArray& headers = {})
    {
        QObject::connect(&socket, &QTcpSocket::connected, &socket, [this, path, headers] {
            socket.write("GET " + path
                + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                  "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
                  "dGhlIHNhbXBsZSBub25jZQ==\r\n"
                + headers + "\r\n");
        });
        QObject::connect(&socket, &QTcpSocket::readyRead, &socket, [this] {
            if (reads) {
                m_buffer += socket.readAll();
                parse();
            }
        });
        socket.connectToHost(QHostAddress::LocalHost, port);
    }

    /// A masked frame, the mask being zero. The first byte holds FIN, RSV and the opcode.
    static QByteArray frame(int firstByte, const QByteArray& payload)
    {
        QByteArray bytes(1, static_cast<char>(firstByte));
        const auto size = static_cast<quint64>(payload.size());
        if (size < 126) {
            bytes += static_cast<char>(0x80 | size);
        } else if (size < 65'536) {
            bytes += static_cast<char>(0xfe);
            bytes += static_cast<char>(size >> 8);
            bytes += static_cast<char>(size & 0xff);
        } else {
            bytes += longHeader(size);
        }
        return bytes + QByteArray(4, '\0') + payload;
    }
    /// The second byte, and eight bytes of length.
    static QByteArray longHeader(quint64 size)
    {
        QByteArray bytes(1, static_cast<char>(0xff));
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes += static_cast<char>((size >> shift) & 0xff);
        }
        return bytes;
    }

    /// The code in the close frame that came, if one did.
    [[nodiscard]] std::optional<int> closeCode() const
    {
        const auto found = std::ranges::find(frames, 8, &Frame::opcode);
        if (found == frames.end() || found->payload.size() < 2) {
            return std::nullopt;
        }
        return (static_cast<uchar>(found->payload[0]) << 8) | static_cast<uchar>(found->payload[1]);
    }

    QTcpSocket socket;
    QByteArray answer; ///< the response to the handshake
    std::vector<Frame> frames;
    bool reads = true;

private:
    void parse()
    {
        if (answer.isEmpty()) {
            const qsizetype end = m_buffer.indexOf("\r\n\r\n");
            if (end < 0) {
                return;
            }
            answer = m_buffer.left(end);
            m_buffer.remove(0, end + 4);
        }
        while (m_buffer.size() >= 2) {
            auto size = static_cast<quint64>(static_cast<uchar>(m_buffer[1]) & 0x7f);
            qsizetype header = 2;
            if (size >= 126) {
                const int bytes = size == 126 ? 2 : 8;
                if (m_buffer.size() < header + bytes) {
                    return;
                }
                size = 0;
                for (int i = 0; i < bytes; ++i) {
                    size = (size << 8) | static_cast<uchar>(m_buffer[header + i]);
                }
                header += bytes;
            }
            const auto whole = header + static_cast<qsizetype>(size);
            if (m_buffer.size() < whole) {
                return;
            }
            frames.push_back({static_cast<uchar>(m_buffer[0]) & 0x0f,
                m_buffer.mid(header, static_cast<qsizetype>(size))});
            m_buffer.remove(0, whole);
        }
    }

    QByteArray m_buffer;
};

} // namespace tutti::net::test
