// SPDX-License-Identifier: MIT
#pragma once

#include <expected>
#include <string>
#include <utility>

namespace tutti::crdt {

/// What kind of thing went wrong; the words are in Error::message.
enum class ErrorCode {
    Truncated, ///< the bytes end inside a value
    Malformed, ///< the bytes cannot be what they claim to be
    OutOfRange, ///< a number that the format, or this implementation, cannot hold
    Unsupported, ///< well-formed, but of a kind that is refused on purpose
};

/// An error as a value: nothing in crdt throws on bad input.
struct Error
{
    ErrorCode code = ErrorCode::Malformed; ///< what a program can tell apart
    /// Plain words for a person, without a trailing full stop.
    std::string message;
};

/// A value, or why there is none.
template <typename T>
using Result = std::expected<T, Error>;

/// What a function that returns a Result returns when it cannot.
[[nodiscard]] inline std::unexpected<Error> fail(ErrorCode code, std::string message)
{
    return std::unexpected(Error{code, std::move(message)});
}

} // namespace tutti::crdt
