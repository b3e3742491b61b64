// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/error.h"
#include "crdt/ids.h"

#include <bit>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// lib0's primitives: the bytes under every Yjs message.
namespace tutti::crdt {

/// Appends lib0 primitives to a growing buffer. Cost: amortised O(bytes written).
class Encoder
{
public:
    Encoder() = default;
    Encoder(const Encoder&) = default;
    Encoder& operator=(const Encoder&) = default;
    /// Leaves the other one empty, ready to be written again.
    Encoder(Encoder&& other) noexcept
        : m_bytes(std::exchange(other.m_bytes, {}))
        , m_size(std::exchange(other.m_size, 0))
    { }
    Encoder& operator=(Encoder&& other) noexcept
    {
        m_bytes = std::exchange(other.m_bytes, {});
        m_size = std::exchange(other.m_size, 0);
        return *this;
    }
    ~Encoder() = default;

    /// One byte.
    void writeUint8(std::uint8_t value)
    {
        *room(1) = std::byte{value};
        ++m_size;
    }
    /// Seven bits a byte, least significant first. Requires: value <= 2^53 - 1 for other readers.
    void writeVarUint(std::uint64_t value)
    {
        writeAtMost(kLongestVarUint, [value](std::byte* at) { return putVarUint(at, value); });
    }
    /// Sign and magnitude; `negativeZero` writes JavaScript's -0.
    void writeVarInt(std::int64_t value, bool negativeZero = false);
    /// Length in bytes, then the bytes. Requires: valid UTF-8, for other readers.
    void writeVarString(std::string_view utf8);
    /// The same of a text in UTF-16. Lone surrogates are written as U+FFFD.
    void writeVarString(std::u16string_view utf16);
    /// Length in bytes, then the bytes: a *message* inside a stream, a Uint8Array elsewhere.
    void writeMessage(BytesView bytes);
    /// The bytes alone.
    void writeRaw(BytesView bytes)
    {
        writeAtMost(bytes.size(), [bytes](std::byte* at) { return putRaw(at, bytes); });
    }
    /// Several things with one look at the room there is: `put` is given a place for so many
    /// bytes, writes no more than that, and returns where it stopped. It must not use this encoder.
    template <typename Put>
    void writeAtMost(std::size_t bytes, Put put)
    {
        std::byte* const begin = room(bytes);
        m_size += static_cast<std::size_t>(put(begin) - begin);
    }
    static constexpr std::size_t kLongestVarUint = 10; ///< bytes
    /// writeVarUint to a place with room for kLongestVarUint bytes; returns the end.
    [[nodiscard]] static std::byte* putVarUint(std::byte* at, std::uint64_t value) noexcept;
    /// writeRaw to a place with room for the bytes; returns the end.
    [[nodiscard]] static std::byte* putRaw(std::byte* at, BytesView bytes) noexcept;
    /// The value's bytes, the most significant first.
    void writeFloat32(float value);
    void writeFloat64(double value);
    void writeBigInt64(std::int64_t value);

    void reserve(std::size_t bytes) { m_bytes.reserve(bytes); } ///< room for so many bytes in all
    void clear() noexcept { m_size = 0; } ///< starts again, with the same room
    [[nodiscard]] std::size_t size() const noexcept { return m_size; } ///< bytes written
    /// What was written so far, until the next write.
    [[nodiscard]] BytesView view() const noexcept { return {m_bytes.data(), m_size}; }
    /// Hands over what was written and starts again.
    [[nodiscard]] Bytes take() noexcept
    {
        m_bytes.resize(m_size);
        m_size = 0;
        return std::exchange(m_bytes, {});
    }

private:
    /// Where the next bytes go: room for that many.
    std::byte* room(std::size_t bytes)
    {
        if (m_bytes.size() - m_size < bytes) {
            grow(bytes);
        }
        return m_bytes.data() + m_size;
    }
    void grow(std::size_t bytes);

    Bytes m_bytes; ///< what is written, and room behind it
    std::size_t m_size = 0;
};

inline std::byte* Encoder::putVarUint(std::byte* at, std::uint64_t value) noexcept
{
    if (std::endian::native == std::endian::little && value < 1ULL << 35) {
        // Without a branch for each byte: how long the next number is, nobody can foresee.
        const auto more = static_cast<unsigned>(std::bit_width(value | 1U) - 1) / 7; // bytes
        const std::uint64_t spread = (value & 0x7FU) | (value & 0x3F80U) << 1
            | (value & 0x1FC000U) << 2 | (value & 0xFE00000U) << 3 | (value & 0x7F0000000U) << 4
            | (0x80808080U & ((1ULL << (8 * more)) - 1));
        std::memcpy(at, &spread, sizeof spread);
        return at + more + 1;
    }
    for (; value >= 0x80; value >>= 7) {
        *at++ = static_cast<std::byte>((value & 0x7F) | 0x80);
    }
    *at++ = static_cast<std::byte>(value);
    return at;
}

inline std::byte* Encoder::putRaw(std::byte* at, BytesView bytes) noexcept
{
    // Texts are short as a rule; two overlapping copies of fixed size beat a call.
    const std::size_t size = bytes.size();
    const std::byte* const from = bytes.data();
    if (size >= 8 && size <= 16) {
        std::memcpy(at, from, 8);
        std::memcpy(at + size - 8, from + size - 8, 8);
    } else if (size > 16 && size <= 32) {
        std::memcpy(at, from, 16);
        std::memcpy(at + size - 16, from + size - 16, 16);
    } else if (size > 0 && size < 8) {
        for (std::size_t i = 0; i < size; ++i) {
            at[i] = from[i];
        }
    } else if (size > 0) {
        std::memcpy(at, from, size);
    }
    return at + size;
}

/// Reads lib0 primitives from bytes it does not own. A failed read leaves the position where it
/// was. Views it returns live as long as the bytes do.
class Decoder
{
public:
    /// Requires: the bytes outlive it.
    explicit Decoder(BytesView bytes) noexcept
        : m_bytes(bytes)
    { }

    /// Whether nothing is left to read.
    [[nodiscard]] bool atEnd() const noexcept { return m_position == m_bytes.size(); }
    /// Bytes read so far.
    [[nodiscard]] std::size_t position() const noexcept { return m_position; }
    /// What is left.
    [[nodiscard]] BytesView rest() const noexcept { return m_bytes.subspan(m_position); }

    /// One byte. Errors: Truncated.
    [[nodiscard]] Result<std::uint8_t> readUint8();
    /// Errors: Truncated; OutOfRange when bytes follow a value that is above 2^53 - 1 already (the
    /// last byte is not checked, as in lib0, so less than 2^56 comes out). Non-minimal forms are
    /// read.
    [[nodiscard]] Result<std::uint64_t> readVarUint();
    /// A signed number; JavaScript tells -0 from 0.
    struct VarInt
    {
        std::int64_t value = 0; ///< 0 for -0
        bool negativeZero = false; ///< whether it is -0
    };
    /// What writeVarInt writes. Errors: as readVarUint.
    [[nodiscard]] Result<VarInt> readVarInt();
    /// The string as UTF-8. Errors: Truncated; Malformed when it is not valid UTF-8.
    [[nodiscard]] Result<std::string_view> readVarString();
    /// A length-prefixed piece of bytes. Errors: Truncated, never a short result.
    [[nodiscard]] Result<BytesView> readMessage();
    /// Every length-prefixed piece up to the end. Errors: as readMessage.
    [[nodiscard]] Result<std::vector<BytesView>> readMessages();
    /// So many bytes as they are. Errors: Truncated.
    [[nodiscard]] Result<BytesView> readRaw(std::size_t count);
    /// A value of fixed size, the most significant byte first. Errors: Truncated.
    [[nodiscard]] Result<float> readFloat32();
    [[nodiscard]] Result<double> readFloat64();
    [[nodiscard]] Result<std::int64_t> readBigInt64();

private:
    BytesView m_bytes;
    std::size_t m_position = 0;
};

/// The bytes of one number. Errors: OutOfRange when it is negative or above 2^53 - 1.
[[nodiscard]] Result<Bytes> writeVarUint(std::int64_t value);
/// One length-prefixed message: what readMessage reads back.
[[nodiscard]] Bytes writeMessage(BytesView message);
/// The first length-prefixed message of a stream. Errors: Truncated.
[[nodiscard]] Result<BytesView> readMessage(BytesView stream);

/// ASCII bytes of a hex or plain literal as std::byte, for tests and small programs.
[[nodiscard]] inline BytesView asBytes(std::string_view text) noexcept
{
    return std::as_bytes(std::span(text.data(), text.size()));
}

} // namespace tutti::crdt
