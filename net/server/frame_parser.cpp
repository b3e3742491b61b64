// SPDX-License-Identifier: MIT
#include "net/server/frame_parser.h"

#include "net/channel.h"

#include <QStringDecoder>

#include <algorithm>
#include <cstring>
#include <utility>

namespace tutti::net {

namespace {

constexpr std::uint64_t kMaxControl = 125; ///< bytes of payload
constexpr int kMaskBytes = 4;

constexpr int bits(char byte, int mask) noexcept { return static_cast<unsigned char>(byte) & mask; }

bool isUtf8(QByteArrayView bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = decoder.decode(bytes);
    return !decoder.hasError();
}

bool isControl(Opcode opcode) noexcept { return opcode >= Opcode::Close; }

/// Whether a close frame may carry that code (RFC 6455, 7.4, and the registry since).
bool mayBeSent(int code) noexcept
{
    return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014)
        || (code >= 3000 && code <= 4999);
}

} // namespace

FrameHead::FrameHead(Opcode opcode, std::uint64_t payload) noexcept
{
    bytes[0] = static_cast<char>(0x80 | static_cast<int>(opcode));
    int lengthBytes = 0;
    if (payload < 126) {
        bytes[1] = static_cast<char>(payload);
    } else if (payload < 65'536) {
        bytes[1] = 126;
        lengthBytes = 2;
    } else {
        bytes[1] = 127;
        lengthBytes = 8;
    }
    size = static_cast<std::uint8_t>(2 + lengthBytes);
    for (int i = 0; i < lengthBytes; ++i) {
        bytes[static_cast<std::size_t>(2 + i)] =
            static_cast<char>((payload >> (8 * (lengthBytes - 1 - i))) & 0xff);
    }
}

QByteArray closePayload(int code, const QString& reason)
{
    QString shown = reason;
    while (shown.toUtf8().size() > static_cast<qsizetype>(kMaxControl) - 2) {
        const bool pair = shown.size() > 1 && shown.back().isLowSurrogate();
        shown.chop(pair ? 2 : 1);
    }
    const char bytes[] = {static_cast<char>(code >> 8), static_cast<char>(code & 0xff)};
    return QByteArray(bytes, sizeof bytes) + shown.toUtf8();
}

void FrameParser::feed(QByteArrayView bytes, std::vector<Message>& messages)
{
    while (m_fault == 0 && !m_ended && (!bytes.isEmpty() || (m_inPayload && m_left == 0))) {
        if (!m_inPayload) {
            // Two bytes tell how long the head is.
            const std::size_t wanted = m_headBytes < 2 ? 2 : headSize();
            const auto taken =
                std::min<std::size_t>(wanted - m_headBytes, static_cast<std::size_t>(bytes.size()));
            std::memcpy(m_head.data() + m_headBytes, bytes.data(), taken);
            m_headBytes = static_cast<std::uint8_t>(m_headBytes + taken);
            bytes = bytes.sliced(static_cast<qsizetype>(taken));
            if (m_headBytes >= 2 && m_headBytes == headSize()) {
                m_fault = readHead();
            }
            continue;
        }
        const auto taken =
            static_cast<qsizetype>(std::min(m_left, static_cast<std::uint64_t>(bytes.size())));
        QByteArray& into = isControl(m_opcode) ? m_control : m_message;
        const qsizetype before = into.size();
        if (m_fin && into.capacity() < before + taken) {
            // Never much more than came; and not the next power of two when the end is in sight.
            into.reserve(std::min(before + static_cast<qsizetype>(m_left), 2 * (before + taken)));
        }
        into.append(bytes.first(taken));
        const char* const mask = m_head.data() + m_headBytes - kMaskBytes;
        char* const payload = into.data() + before;
        for (qsizetype i = 0; i < taken; ++i) {
            payload[i] = static_cast<char>(payload[i] ^ mask[(m_maskAt + i) % kMaskBytes]);
        }
        m_maskAt = static_cast<std::uint8_t>((m_maskAt + taken) % kMaskBytes);
        bytes = bytes.sliced(taken);
        m_left -= static_cast<std::uint64_t>(taken);
        if (m_left == 0) {
            m_fault = finishFrame(messages);
        }
    }
}

void FrameParser::stop()
{
    m_ended = true;
    m_message = {};
    m_control = {};
}

std::size_t FrameParser::headSize() const noexcept
{
    const int length = bits(m_head[1], 0x7f);
    const std::size_t lengthBytes = length == 126 ? 2 : length == 127 ? 8 : 0;
    return 2 + lengthBytes + static_cast<std::size_t>(kMaskBytes);
}

/// Returns the fault.
int FrameParser::readHead()
{
    m_fin = bits(m_head[0], 0x80) != 0;
    const int opcode = bits(m_head[0], 0x0f);
    const bool known = opcode <= 2 || (opcode >= 8 && opcode <= 10);
    const bool masked = bits(m_head[1], 0x80) != 0;
    if (bits(m_head[0], 0x70) != 0 || !known || !masked) {
        return CloseInfo::kProtocolError;
    }
    m_opcode = static_cast<Opcode>(opcode);
    m_left = static_cast<std::uint64_t>(bits(m_head[1], 0x7f));
    const int lengthBytes = m_left == 126 ? 2 : m_left == 127 ? 8 : 0;
    if (lengthBytes > 0) {
        m_left = 0;
        for (int i = 0; i < lengthBytes; ++i) {
            m_left = (m_left << 8)
                | static_cast<std::uint64_t>(bits(m_head[static_cast<std::size_t>(2 + i)], 0xff));
        }
    }
    if (isControl(m_opcode)) {
        if (!m_fin || m_left > kMaxControl) {
            return CloseInfo::kProtocolError;
        }
    } else {
        const bool continues = m_opcode == Opcode::Continuation;
        if (continues != m_inMessage || (m_left >> 63) != 0) {
            return CloseInfo::kProtocolError;
        }
        if (m_left > m_maxMessage - static_cast<std::uint64_t>(m_message.size())) {
            return CloseInfo::kTooBig;
        }
        if (!continues) {
            m_messageOpcode = m_opcode;
        }
    }
    m_inPayload = true;
    m_maskAt = 0;
    return 0;
}

/// Returns the fault.
int FrameParser::finishFrame(std::vector<Message>& messages)
{
    m_inPayload = false;
    m_headBytes = 0;
    if (isControl(m_opcode)) {
        Message message{m_opcode, std::exchange(m_control, {}), 0};
        if (m_opcode == Opcode::Close) {
            m_ended = true;
            if (const int fault = readClose(message); fault != 0) {
                return fault;
            }
        }
        messages.push_back(std::move(message));
        return 0;
    }
    m_inMessage = !m_fin;
    if (!m_fin) {
        return 0;
    }
    if (m_messageOpcode == Opcode::Text && !isUtf8(m_message)) {
        return CloseInfo::kBadData;
    }
    messages.push_back({m_messageOpcode, std::exchange(m_message, {}), 0});
    return 0;
}

/// Returns the fault.
int FrameParser::readClose(Message& message)
{
    const QByteArray& payload = message.payload;
    if (payload.isEmpty()) {
        message.closeCode = CloseInfo::kNoCode;
        return 0;
    }
    if (payload.size() < 2) {
        return CloseInfo::kProtocolError;
    }
    message.closeCode = (bits(payload[0], 0xff) << 8) | bits(payload[1], 0xff);
    message.payload = payload.sliced(2);
    if (!mayBeSent(message.closeCode)) {
        return CloseInfo::kProtocolError;
    }
    return isUtf8(message.payload) ? 0 : CloseInfo::kBadData;
}

} // namespace tutti::net
