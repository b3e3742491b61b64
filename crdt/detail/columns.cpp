// SPDX-License-Identifier: MIT
#include "crdt/detail/columns.h"

#include "crdt/utf.h"

#include <algorithm>
#include <limits>

namespace tutti::crdt::detail {

namespace {

constexpr std::uint64_t kForEver = std::numeric_limits<std::uint64_t>::max();
constexpr std::int64_t kMaxSafe = std::int64_t{kMaxClientId};

/// lib0 writes a single number as it is, and a run with the sign set, -0 for 0.
void writeRun(Encoder& out, std::uint64_t value, std::uint64_t count)
{
    const auto number = static_cast<std::int64_t>(value);
    if (count == 1) {
        out.writeVarInt(number);
    } else if (count > 1) {
        out.writeVarInt(-number, true);
        out.writeVarUint(count - 2);
    }
}

std::int64_t toInt(Reader::Signed number) noexcept
{
    const auto magnitude = static_cast<std::int64_t>(number.magnitude);
    return number.negative ? -magnitude : magnitude;
}

/// `value` plus `difference`, which may be up to 2^56.
std::int64_t step(Reader& reader, std::int64_t value, std::int64_t difference) noexcept
{
    const std::int64_t next = value + difference;
    if (next > kMaxSafe || next < -kMaxSafe) {
        reader.fail(ErrorCode::OutOfRange, "a number in a column is larger than 2^53 - 1");
        return 0;
    }
    return next;
}

} // namespace

void RleEncoder::write(std::uint8_t value)
{
    if (m_count > 0 && value == m_value) {
        ++m_count;
        return;
    }
    if (m_count > 0) {
        m_out.writeVarUint(m_count - 1);
    }
    m_out.writeUint8(value);
    m_value = value;
    m_count = 1;
}

void UintOptRleEncoder::write(std::uint64_t value)
{
    if (value != m_value) {
        flush();
        m_value = value;
    }
    ++m_count;
}

void UintOptRleEncoder::flush()
{
    writeRun(m_out, m_value, m_count);
    m_count = 0;
}

Bytes UintOptRleEncoder::take()
{
    flush();
    return m_out.take();
}

void IncUintOptRleEncoder::write(std::uint64_t value)
{
    if (value != m_next) {
        flush();
        m_next = value;
    }
    ++m_next;
    ++m_count;
}

void IncUintOptRleEncoder::flush()
{
    writeRun(m_out, m_next - m_count, m_count);
    m_count = 0;
}

Bytes IncUintOptRleEncoder::take()
{
    flush();
    return m_out.take();
}

void IntDiffOptRleEncoder::write(std::int64_t value)
{
    if (value - m_value != m_difference) {
        flush();
        m_difference = value - m_value;
    }
    m_value = value;
    ++m_count;
}

void IntDiffOptRleEncoder::flush()
{
    if (m_count > 0) {
        // The lowest bit says whether a count follows.
        m_out.writeVarInt(m_difference * 2 + (m_count > 1 ? 1 : 0));
        if (m_count > 1) {
            m_out.writeVarUint(m_count - 2);
        }
    }
    m_count = 0;
}

Bytes IntDiffOptRleEncoder::take()
{
    flush();
    return m_out.take();
}

void IntDiffEncoder::write(std::int64_t value)
{
    m_out.writeVarInt(value - m_value);
    m_value = value;
}

void RleIntDiffEncoder::write(std::int64_t value)
{
    if (m_count > 0 && value == m_value) {
        ++m_count;
        return;
    }
    if (m_count > 0) {
        m_out.writeVarUint(m_count - 1);
    }
    m_out.writeVarInt(value - m_value);
    m_value = value;
    m_count = 1;
}

void StringEncoder::write(std::string_view wtf8)
{
    m_text += wtf8;
    m_lengths.write(utf16Length(wtf8));
}

Bytes StringEncoder::take()
{
    Encoder out;
    if (isValidUtf8(m_text)) {
        out.writeVarString(m_text);
    } else {
        out.writeVarString(toUtf16(m_text));
    }
    out.writeRaw(m_lengths.take());
    return out.take();
}

std::uint8_t RleDecoder::read() noexcept
{
    if (m_left == 0) {
        m_value = m_reader.uint8();
        m_left = m_reader.atEnd() ? kForEver : m_reader.varUint() + 1;
    }
    --m_left;
    return m_value;
}

std::uint64_t UintOptRleDecoder::read() noexcept
{
    if (m_left == 0) {
        const auto [magnitude, negative] = m_reader.varInt();
        m_value = magnitude;
        m_left = negative ? m_reader.varUint() + 2 : 1;
    }
    --m_left;
    return m_value;
}

std::uint64_t IncUintOptRleDecoder::read() noexcept
{
    if (m_left == 0) {
        const auto [magnitude, negative] = m_reader.varInt();
        m_next = magnitude;
        m_left = negative ? m_reader.varUint() + 2 : 1;
    }
    --m_left;
    return m_next++;
}

std::int64_t IntDiffOptRleDecoder::read() noexcept
{
    if (m_left == 0) {
        const std::int64_t number = toInt(m_reader.varInt());
        m_difference = number >> 1; // rounds down, below zero too
        m_left = (number & 1) != 0 ? m_reader.varUint() + 2 : 1;
    }
    --m_left;
    return m_value = step(m_reader, m_value, m_difference);
}

std::int64_t IntDiffDecoder::read() noexcept
{
    return m_value = step(m_reader, m_value, toInt(m_reader.varInt()));
}

std::int64_t RleIntDiffDecoder::read() noexcept
{
    if (m_left == 0) {
        m_value = step(m_reader, m_value, toInt(m_reader.varInt()));
        m_left = m_reader.atEnd() ? kForEver : m_reader.varUint() + 1;
    }
    --m_left;
    return m_value;
}

StringDecoder::StringDecoder(BytesView bytes) noexcept
    : m_text(bytes)
    , m_rest(m_text.string())
    , m_lengths(bytes.subspan(m_text.position()))
{ }

std::string_view StringDecoder::read()
{
    std::uint64_t units = m_lengths.read();
    if (!ok() || units == 0) {
        return {};
    }
    const auto takeBytes = [this](std::size_t bytes) {
        const std::string_view taken = m_rest.substr(0, bytes);
        m_rest.remove_prefix(bytes);
        return taken;
    };
    const bool torn = m_lowHalf != 0;
    if (torn) {
        m_torn = toWtf8({&m_lowHalf, 1});
        m_lowHalf = 0;
        --units;
    }
    std::size_t bytes = 0;
    while (units > 0 && bytes < m_rest.size()) {
        const auto lead = static_cast<std::uint8_t>(m_rest[bytes]);
        if (lead >= 0xF0 && units == 1) {
            break; // only the first half of a pair
        }
        bytes += lead < 0x80 ? 1U : lead < 0xE0 ? 2U : lead < 0xF0 ? 3U : 4U;
        units -= lead >= 0xF0 ? 2 : 1;
    }
    const std::string_view whole = takeBytes(bytes);
    const bool cutsPair = units > 0 && !m_rest.empty();
    if (!torn && !cutsPair) {
        return whole;
    }
    if (!torn) {
        m_torn.clear();
    }
    m_torn += whole;
    if (cutsPair) {
        const std::u16string pair = toUtf16(takeBytes(4));
        m_torn += toWtf8({pair.data(), 1});
        m_lowHalf = pair[1];
    }
    return m_torn;
}

} // namespace tutti::crdt::detail
