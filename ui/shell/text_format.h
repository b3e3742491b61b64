// SPDX-License-Identifier: MIT
#pragma once

#include "ui/shell/text_encoding.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>
#include <QStringView>

#include <expected>
#include <optional>

/// From a file's bytes to text with LF only, and back to the same bytes. Pure functions.
namespace tutti::ui {

enum class LineEnd { Lf, CrLf, Cr };

/// What a file's bytes say beyond its text. The final newline is part of the text.
struct TextFormat
{
    LineEnd lineEnd = LineEnd::Lf;
    TextEncoding encoding = TextEncoding::Utf8;

    bool operator==(const TextFormat&) const = default;
};

struct DecodedText
{
    /// Lines end with LF, whatever the bytes had.
    QString text;
    TextFormat format;
    /// More than one kind of line end was there: `format` holds the most frequent one.
    bool mixedLineEnds = false;
};

/// Why bytes are not text.
enum class DecodeError {
    Binary, ///< NUL bytes where no UTF-16 mark says otherwise
    DamagedUtf16, ///< a UTF-16 mark, but half a unit or half a character somewhere
    NotInEncoding, ///< bytes that the encoding that was asked for does not have
};

/// UTF-8 with or without a mark, UTF-16 with a mark, else what guessEncoding() says; or in `as`,
/// if given. What was decoded and not edited is encoded to the same bytes, as long as line ends
/// are not mixed. Cost: O(n).
[[nodiscard]] std::expected<DecodedText, DecodeError> decodeText(
    QByteArrayView bytes, std::optional<TextEncoding> as = {});

/// Errors: the first character that the encoding lacks. Cost: O(n).
[[nodiscard]] std::expected<QByteArray, Unencodable> encodeText(
    QStringView text, const TextFormat& format);

/// "LF", "CRLF" or "CR".
[[nodiscard]] QString lineEndName(LineEnd lineEnd);

} // namespace tutti::ui
