// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <array>
#include <cstdint>
#include <vector>

/// WebSocket framing (RFC 6455) as a server speaks it. Pure: no socket, no clock, no event loop.
namespace tutti::net {

/// What stands in front of a payload.
enum class Opcode : std::uint8_t {
    Continuation = 0,
    Text = 1,
    Binary = 2,
    Close = 8,
    Ping = 9,
    Pong = 10,
};

/// The head of an unmasked frame that is a message of its own.
struct FrameHead
{
    std::array<char, 10> bytes{};
    std::uint8_t size = 0; ///< of `bytes`, how many count

    FrameHead(Opcode opcode, std::uint64_t payload) noexcept;
};

/// What a close frame carries. A reason that does not fit (123 bytes of UTF-8) is cut.
[[nodiscard]] QByteArray closePayload(int code, const QString& reason);

/// Reads what a client sends.
///
/// Memory: what came of the message at hand, never what was merely announced.
/// Cost: O(bytes).
class FrameParser
{
public:
    struct Message
    {
        Opcode opcode = Opcode::Binary; ///< never Continuation
        QByteArray payload; ///< of a Close: the reason, UTF-8
        /// Of a Close: the code, 1005 when there was none.
        int closeCode = 0;
    };

    /// `maxMessage` bytes are the most a message may have, in one frame or in several.
    explicit FrameParser(std::uint64_t maxMessage) noexcept
        : m_maxMessage(maxMessage)
    { }

    /// Takes bytes as they come, and adds the messages they complete. After a fault or a Close,
    /// everything that follows is passed over.
    void feed(QByteArrayView bytes, std::vector<Message>& messages);
    /// The close code that the client's mistake calls for: 1002, 1007 or 1009. 0: none so far.
    [[nodiscard]] int fault() const noexcept { return m_fault; }
    /// Bytes of memory that the unfinished message takes.
    [[nodiscard]] qint64 heldBytes() const noexcept { return m_message.capacity(); }
    /// Forgets the unfinished message; all that follows is passed over.
    void stop();

private:
    static constexpr std::size_t kLongestHead = 14;

    [[nodiscard]] std::size_t headSize() const noexcept;
    [[nodiscard]] int readHead();
    [[nodiscard]] int finishFrame(std::vector<Message>& messages);
    [[nodiscard]] static int readClose(Message& message);

    std::uint64_t m_maxMessage;
    std::array<char, kLongestHead> m_head{}; ///< of the frame at hand
    std::uint8_t m_headBytes = 0; ///< that came
    bool m_inPayload = false;
    bool m_fin = false;
    bool m_inMessage = false; ///< some frames of a message came, not the last
    bool m_ended = false; ///< by a Close
    Opcode m_opcode = Opcode::Binary; ///< of the frame
    Opcode m_messageOpcode = Opcode::Binary;
    int m_fault = 0;
    std::uint64_t m_left = 0; ///< bytes of the payload to come
    std::uint8_t m_maskAt = 0;
    QByteArray m_message;
    QByteArray m_control; ///< payload of a control frame, which may come inside a message
};

} // namespace tutti::net
