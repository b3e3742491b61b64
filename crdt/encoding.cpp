// SPDX-License-Identifier: MIT
#include "crdt/encoding.h"

#include "crdt/detail/reader.h"
#include "crdt/utf.h"

#include <algorithm>
#include <bit>

namespace tutti::crdt {

namespace {

/// Runs one read of a Reader at the Decoder's position and moves on if it worked.
template <typename Read>
auto readWith(BytesView bytes, std::size_t& position, Read read)
    -> Result<decltype(read(std::declval<detail::Reader&>()))>
{
    detail::Reader reader(bytes.subspan(position));
    auto value = read(reader);
    if (!reader.ok()) {
        return std::unexpected(reader.error());
    }
    position += reader.position();
    return value;
}

} // namespace

void Encoder::writeVarInt(std::int64_t value, bool negativeZero)
{
    const bool negative = value < 0 || (value == 0 && negativeZero);
    std::uint64_t magnitude =
        value < 0 ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
    const auto head = static_cast<std::uint8_t>(
        (magnitude > 0x3F ? 0x80 : 0) | (negative ? 0x40 : 0) | (magnitude & 0x3F));
    writeUint8(head);
    magnitude >>= 6;
    if ((head & 0x80) != 0) {
        writeVarUint(magnitude);
    }
}

void Encoder::writeVarString(std::string_view utf8) { writeMessage(asBytes(utf8)); }

void Encoder::writeVarString(std::u16string_view utf16) { writeVarString(toUtf8(utf16)); }

void Encoder::writeMessage(BytesView bytes)
{
    writeVarUint(bytes.size());
    writeRaw(bytes);
}

void Encoder::grow(std::size_t bytes)
{
    constexpr std::size_t kStep = 4096;
    const std::size_t needed = m_size + bytes;
    if (needed > m_bytes.capacity()) {
        m_bytes.reserve(std::max({needed, 2 * m_bytes.capacity(), std::size_t{64}}));
    }
    // New room is cleared, so it is taken a step at a time.
    m_bytes.resize(std::min(m_bytes.capacity(), needed + kStep));
}

void Encoder::writeFloat32(float value)
{
    const auto bits = std::bit_cast<std::uint32_t>(value);
    for (int shift = 24; shift >= 0; shift -= 8) {
        writeUint8(static_cast<std::uint8_t>(bits >> shift));
    }
}

void Encoder::writeFloat64(double value) { writeBigInt64(std::bit_cast<std::int64_t>(value)); }

void Encoder::writeBigInt64(std::int64_t value)
{
    const auto bits = static_cast<std::uint64_t>(value);
    for (int shift = 56; shift >= 0; shift -= 8) {
        writeUint8(static_cast<std::uint8_t>(bits >> shift));
    }
}

Result<std::uint8_t> Decoder::readUint8()
{
    return readWith(m_bytes, m_position, [](detail::Reader& reader) { return reader.uint8(); });
}

Result<std::uint64_t> Decoder::readVarUint()
{
    return readWith(m_bytes, m_position, [](detail::Reader& reader) { return reader.varUint(); });
}

Result<Decoder::VarInt> Decoder::readVarInt()
{
    return readWith(m_bytes, m_position, [](detail::Reader& reader) {
        const auto [magnitude, negative] = reader.varInt();
        const auto value = static_cast<std::int64_t>(magnitude);
        return VarInt{negative ? -value : value, negative && value == 0};
    });
}

Result<std::string_view> Decoder::readVarString()
{
    return readWith(m_bytes, m_position, [](detail::Reader& reader) { return reader.string(); });
}

Result<BytesView> Decoder::readMessage()
{
    return readWith(m_bytes, m_position, [](detail::Reader& reader) { return reader.message(); });
}

Result<std::vector<BytesView>> Decoder::readMessages()
{
    const std::size_t start = m_position;
    std::vector<BytesView> messages;
    while (!atEnd()) {
        const Result<BytesView> message = readMessage();
        if (!message) {
            m_position = start;
            return std::unexpected(message.error());
        }
        messages.push_back(*message);
    }
    return messages;
}

Result<BytesView> Decoder::readRaw(std::size_t count)
{
    return readWith(
        m_bytes, m_position, [count](detail::Reader& reader) { return reader.raw(count); });
}

Result<float> Decoder::readFloat32()
{
    return readWith(m_bytes, m_position, [](detail::Reader& reader) {
        return std::bit_cast<float>(reader.bigEndian<std::uint32_t>());
    });
}

Result<double> Decoder::readFloat64()
{
    return readWith(m_bytes, m_position, [](detail::Reader& reader) {
        return std::bit_cast<double>(reader.bigEndian<std::uint64_t>());
    });
}

Result<std::int64_t> Decoder::readBigInt64()
{
    return readWith(m_bytes, m_position, [](detail::Reader& reader) {
        return static_cast<std::int64_t>(reader.bigEndian<std::uint64_t>());
    });
}

Result<Bytes> writeVarUint(std::int64_t value)
{
    if (value < 0) {
        return fail(ErrorCode::OutOfRange, "a negative number cannot be written as unsigned");
    }
    if (static_cast<std::uint64_t>(value) > kMaxClientId) {
        return fail(ErrorCode::OutOfRange, "the number is larger than 2^53 - 1");
    }
    Encoder encoder;
    encoder.writeVarUint(static_cast<std::uint64_t>(value));
    return encoder.take();
}

Bytes writeMessage(BytesView message)
{
    Encoder encoder;
    encoder.writeMessage(message);
    return encoder.take();
}

Result<BytesView> readMessage(BytesView stream) { return Decoder(stream).readMessage(); }

} // namespace tutti::crdt
