// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/detail/reader.h"
#include "crdt/encoding.h"
#include "crdt/ids.h"

#include <cstdint>
#include <string>
#include <string_view>

/// lib0's run-length codecs, which format v2 keeps its columns in. Each column is a byte stream of
/// its own.
///
/// Encoders: write() each value, then take() the bytes once. Cost: amortised O(1) a value.
/// Decoders: the bytes must outlive them. read() gives the next value; failures (the end of the
/// bytes, mostly) stay inside: see ok(). Nothing is allocated for a run, however long it claims to
/// be. Values and counts are as lib0 reads them.
namespace tutti::crdt::detail {

/// A byte, then how often it comes again; the last run has no count (lib0: RleEncoder).
class RleEncoder
{
public:
    void write(std::uint8_t value);
    [[nodiscard]] Bytes take() noexcept { return m_out.take(); }

private:
    Encoder m_out;
    std::uint64_t m_count = 0;
    std::uint8_t m_value = 0;
};

/// Unsigned numbers; a run of equal ones is the negative number and a count (UintOptRleEncoder).
class UintOptRleEncoder
{
public:
    void write(std::uint64_t value);
    [[nodiscard]] Bytes take();

private:
    void flush();

    Encoder m_out;
    std::uint64_t m_value = 0;
    std::uint64_t m_count = 0;
};

/// The same for runs of numbers that go up by one (IncUintOptRleEncoder).
class IncUintOptRleEncoder
{
public:
    void write(std::uint64_t value);
    [[nodiscard]] Bytes take();

private:
    void flush();

    Encoder m_out;
    std::uint64_t m_next = 0;
    std::uint64_t m_count = 0;
};

/// Differences to the number before; a run of equal ones has a count (IntDiffOptRleEncoder).
class IntDiffOptRleEncoder
{
public:
    void write(std::int64_t value);
    [[nodiscard]] Bytes take();

private:
    void flush();

    Encoder m_out;
    std::int64_t m_value = 0;
    std::int64_t m_difference = 0;
    std::uint64_t m_count = 0;
};

/// Differences to the number before, each by itself (IntDiffEncoder, which starts at 0 here).
class IntDiffEncoder
{
public:
    void write(std::int64_t value);
    [[nodiscard]] Bytes take() noexcept { return m_out.take(); }

private:
    Encoder m_out;
    std::int64_t m_value = 0;
};

/// A difference, then how often its number comes again (RleIntDiffEncoder, from 0).
class RleIntDiffEncoder
{
public:
    void write(std::int64_t value);
    [[nodiscard]] Bytes take() noexcept { return m_out.take(); }

private:
    Encoder m_out;
    std::int64_t m_value = 0;
    std::uint64_t m_count = 0;
};

/// All strings in one, then their lengths in UTF-16 units (StringEncoder). Strings are WTF-8: the
/// halves of a pair that meet become the pair, other lone surrogates U+FFFD.
class StringEncoder
{
public:
    void write(std::string_view wtf8);
    [[nodiscard]] Bytes take();

private:
    std::string m_text;
    UintOptRleEncoder m_lengths;
};

/// What all decoders have.
class ColumnDecoder
{
public:
    [[nodiscard]] bool ok() const noexcept { return m_reader.ok(); }
    [[nodiscard]] Error error() const { return m_reader.error(); }

protected:
    explicit ColumnDecoder(BytesView bytes) noexcept
        : m_reader(bytes)
    { }

    Reader m_reader;
    std::uint64_t m_left = 0; ///< of the run at hand
};

class RleDecoder : public ColumnDecoder
{
public:
    explicit RleDecoder(BytesView bytes) noexcept
        : ColumnDecoder(bytes)
    { }
    std::uint8_t read() noexcept;

private:
    std::uint8_t m_value = 0;
};

class UintOptRleDecoder : public ColumnDecoder
{
public:
    explicit UintOptRleDecoder(BytesView bytes) noexcept
        : ColumnDecoder(bytes)
    { }
    std::uint64_t read() noexcept;

private:
    std::uint64_t m_value = 0;
};

class IncUintOptRleDecoder : public ColumnDecoder
{
public:
    explicit IncUintOptRleDecoder(BytesView bytes) noexcept
        : ColumnDecoder(bytes)
    { }
    std::uint64_t read() noexcept;

private:
    std::uint64_t m_next = 0;
};

/// The decoders of differences also fail when a number leaves ±2^53, which no writer reaches.
class IntDiffOptRleDecoder : public ColumnDecoder
{
public:
    explicit IntDiffOptRleDecoder(BytesView bytes) noexcept
        : ColumnDecoder(bytes)
    { }
    std::int64_t read() noexcept;

private:
    std::int64_t m_value = 0;
    std::int64_t m_difference = 0;
};

class IntDiffDecoder : public ColumnDecoder
{
public:
    explicit IntDiffDecoder(BytesView bytes) noexcept
        : ColumnDecoder(bytes)
    { }
    std::int64_t read() noexcept;

private:
    std::int64_t m_value = 0;
};

class RleIntDiffDecoder : public ColumnDecoder
{
public:
    explicit RleIntDiffDecoder(BytesView bytes) noexcept
        : ColumnDecoder(bytes)
    { }
    std::int64_t read() noexcept;

private:
    std::int64_t m_value = 0;
};

/// Lengths that reach beyond the text give what is left of it, as in lib0.
class StringDecoder
{
public:
    explicit StringDecoder(BytesView bytes) noexcept;

    [[nodiscard]] bool ok() const noexcept { return m_text.ok() && m_lengths.ok(); }
    [[nodiscard]] Error error() const { return m_text.ok() ? m_lengths.error() : m_text.error(); }
    /// The next string as WTF-8: where a length cuts a pair, both halves are kept. Valid until the
    /// next read. Cost: O(length).
    std::string_view read();

private:
    Reader m_text;
    std::string_view m_rest; ///< of the text
    char16_t m_lowHalf = 0; ///< of a pair that was cut: comes before m_rest
    UintOptRleDecoder m_lengths;
    std::string m_torn; ///< a string that m_rest does not have as it is
};

} // namespace tutti::crdt::detail
