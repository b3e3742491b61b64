// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/error.h"
#include "crdt/ids.h"
#include "crdt/utf.h"

#include <cstdint>
#include <string_view>

namespace tutti::crdt::detail {

/// Reads lib0 primitives with the error kept for later: after a failed read every further read
/// gives zero or nothing, and ok() is false. For the inner loops; Decoder is the polite form.
class Reader
{
public:
    explicit Reader(BytesView bytes) noexcept
        : m_begin(reinterpret_cast<const std::uint8_t*>(bytes.data()))
        , m_at(m_begin)
        , m_end(m_begin + bytes.size())
    { }

    [[nodiscard]] bool ok() const noexcept { return m_error == nullptr; }
    [[nodiscard]] Error error() const { return {m_code, m_error == nullptr ? "" : m_error}; }
    [[nodiscard]] bool atEnd() const noexcept { return m_at == m_end; }
    [[nodiscard]] std::size_t position() const noexcept
    {
        return static_cast<std::size_t>(m_at - m_begin);
    }
    [[nodiscard]] std::size_t remaining() const noexcept
    {
        return static_cast<std::size_t>(m_end - m_at);
    }
    void seek(std::size_t position) noexcept { m_at = m_begin + position; }
    [[nodiscard]] BytesView slice(std::size_t from, std::size_t to) const noexcept
    {
        return {reinterpret_cast<const std::byte*>(m_begin) + from, to - from};
    }

    /// Keeps the first error only. `why` must outlive the reader.
    void fail(ErrorCode code, const char* why) noexcept
    {
        if (m_error == nullptr) {
            m_code = code;
            m_error = why;
            m_at = m_end;
        }
    }

    std::uint8_t uint8() noexcept
    {
        if (m_at == m_end) {
            truncated();
            return 0;
        }
        return *m_at++;
    }

    std::uint64_t varUint() noexcept
    {
        if (m_at != m_end && *m_at < 0x80) {
            return *m_at++;
        }
        return longVarUint(0, 0);
    }

    struct Signed
    {
        std::uint64_t magnitude = 0;
        bool negative = false;
    };
    Signed varInt() noexcept
    {
        const std::uint8_t head = uint8();
        Signed result{head & 0x3FU, (head & 0x40) != 0};
        if ((head & 0x80) != 0) {
            result.magnitude = longVarUint(result.magnitude, 6);
        }
        return result;
    }

    BytesView raw(std::uint64_t count) noexcept
    {
        if (count > remaining()) {
            truncated();
            return {};
        }
        const BytesView bytes{
            reinterpret_cast<const std::byte*>(m_at), static_cast<std::size_t>(count)};
        m_at += count;
        return bytes;
    }
    BytesView message() noexcept { return raw(varUint()); }

    /// A length-prefixed string, checked to be UTF-8.
    std::string_view string() noexcept
    {
        const BytesView bytes = message();
        const std::string_view text{reinterpret_cast<const char*>(bytes.data()), bytes.size()};
        if (!isAscii(text) && !isValidUtf8(text)) {
            fail(ErrorCode::Malformed, "a string is not valid UTF-8");
            return {};
        }
        return text;
    }

    template <typename Unsigned>
    Unsigned bigEndian() noexcept
    {
        Unsigned value = 0;
        for (const std::byte byte : raw(sizeof(Unsigned))) {
            value = static_cast<Unsigned>(value << 8) | std::to_integer<Unsigned>(byte);
        }
        return value;
    }

private:
    static constexpr std::uint64_t kMaxSafe = (std::uint64_t{1} << 53) - 1;

    void truncated() noexcept { fail(ErrorCode::Truncated, "the bytes end inside a value"); }

    std::uint64_t longVarUint(std::uint64_t value, unsigned shift) noexcept
    {
        for (;;) {
            const std::uint8_t byte = uint8();
            if (!ok()) {
                return 0;
            }
            value += static_cast<std::uint64_t>(byte & 0x7F) << shift;
            shift += 7;
            if (byte < 0x80) {
                return value;
            }
            if (value > kMaxSafe || shift > 56) {
                fail(ErrorCode::OutOfRange, "a number is larger than 2^53 - 1");
                return 0;
            }
        }
    }

    const std::uint8_t* m_begin;
    const std::uint8_t* m_at;
    const std::uint8_t* m_end;
    ErrorCode m_code = ErrorCode::Malformed;
    const char* m_error = nullptr;
};

} // namespace tutti::crdt::detail
