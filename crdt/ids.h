// SPDX-License-Identifier: MIT
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

/// The small vocabulary every public header speaks.
///
/// A *client* is one writer (one session of one program), a *clock* counts what it has written:
/// UTF-16 units of text, elements of an array, 1 for anything that cannot be split.
namespace tutti::crdt {

/// An integer that cannot be mixed up with another integer of a different meaning.
template <typename Tag, typename Rep>
class StrongInt
{
public:
    using Value = Rep; ///< the plain integer

    constexpr StrongInt() noexcept = default;
    /// Out of a plain integer, never by accident.
    constexpr explicit StrongInt(Rep value) noexcept
        : m_value(value)
    { }

    /// The plain integer.
    [[nodiscard]] constexpr Rep value() const noexcept { return m_value; }

    constexpr auto operator<=>(const StrongInt&) const noexcept = default;

    /// As of plain integers, wrapping round included where the integer is unsigned.
    constexpr StrongInt& operator+=(StrongInt other) noexcept
    {
        m_value += other.m_value;
        return *this;
    }
    constexpr StrongInt& operator-=(StrongInt other) noexcept
    {
        m_value -= other.m_value;
        return *this;
    }
    friend constexpr StrongInt operator+(StrongInt a, StrongInt b) noexcept { return a += b; }
    friend constexpr StrongInt operator-(StrongInt a, StrongInt b) noexcept { return a -= b; }

private:
    Rep m_value = 0;
};

/// Identifies a writer. Made at random with 32 bits, read from the wire with up to 53.
using ClientId = StrongInt<struct ClientIdTag, std::uint64_t>;

/// How much a client had written when it wrote something. Tutti accepts clocks below 2^32 - 1.
using Clock = StrongInt<struct ClockTag, std::uint32_t>;

/// A position in, or a length of, a text or a list. In texts: UTF-16 code units, what QString,
/// JavaScript and the wire count in, unless the Doc was made with OffsetKind::Utf8, then bytes of
/// UTF-8. In lists: elements.
using Offset = StrongInt<struct OffsetTag, std::uint32_t>;

/// What the offsets of a Doc's texts count.
enum class OffsetKind {
    Utf16, ///< code units, as Yjs
    Utf8, ///< bytes, as pycrdt
};

/// The largest client id the wire allows (a JavaScript safe integer).
inline constexpr std::uint64_t kMaxClientId = (std::uint64_t{1} << 53) - 1;

/// One unit of one client's history, by its global name.
struct Id
{
    ClientId client; ///< who wrote it
    Clock clock; ///< how much that client had written before

    constexpr auto operator<=>(const Id&) const noexcept = default;
};

using Bytes = std::vector<std::byte>; ///< bytes that are owned
using BytesView = std::span<const std::byte>; ///< bytes that belong to somebody else

} // namespace tutti::crdt

/// For unordered containers.
template <typename Tag, typename Rep>
struct std::hash<tutti::crdt::StrongInt<Tag, Rep>>
{
    /// The integer's own hash.
    std::size_t operator()(tutti::crdt::StrongInt<Tag, Rep> value) const noexcept
    {
        return std::hash<Rep>{}(value.value());
    }
};
