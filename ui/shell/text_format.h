// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>
#include <QStringView>

#include <expected>

/// From a file's bytes to text with LF only, and back to the same bytes. Pure functions.
namespace tutti::ui {

enum class LineEnd { Lf, CrLf, Cr };
enum class TextEncoding { Utf8, Utf8Bom, Utf16Le, Utf16Be, Windows1252 };

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
};

/// UTF-8 with or without a mark, UTF-16 with a mark, else Windows-1252, in which every byte is a
/// character: what was decoded and not edited is encoded to the same bytes, as long as line ends
/// are not mixed. Cost: O(n).
[[nodiscard]] std::expected<DecodedText, DecodeError> decodeText(QByteArrayView bytes);

/// A character that an encoding does not have.
struct Unencodable
{
    char32_t character = 0;
    int line = 0; ///< from 1
};

/// Errors: the first character that Windows-1252 lacks. Cost: O(n).
[[nodiscard]] std::expected<QByteArray, Unencodable> encodeText(
    QStringView text, const TextFormat& format);

/// Short names for the status bar: "UTF-8", "UTF-8 with BOM", "LF" and so on.
[[nodiscard]] QString encodingName(TextEncoding encoding);
[[nodiscard]] QString lineEndName(LineEnd lineEnd);

} // namespace tutti::ui
