// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>
#include <QStringView>

#include <expected>
#include <optional>
#include <span>

/// How characters are written as bytes. Pure functions; any thread.
namespace tutti::ui {

/// In the order of the menus. Those of UTF-16 begin with a mark.
enum class TextEncoding {
    Utf8,
    Utf8Bom,
    Utf16Le,
    Utf16Be,
    Windows1252,
    Iso8859_1,
    Iso8859_15,
    Macintosh,
    Windows1250,
    Iso8859_2,
    Windows1257,
    Iso8859_13,
    Windows1251,
    Koi8R,
    Koi8U,
    Iso8859_5,
    Windows1253,
    Iso8859_7,
    Windows1254,
    Iso8859_9,
    Windows1255,
    Windows1256,
    Windows1258,
    Tis620,
    Gb18030,
    Gbk,
    Big5,
    ShiftJis,
    EucJp,
    EucKr,
};

/// Encodings for the same scripts, under one heading.
struct EncodingGroup
{
    QString name; ///< translated
    std::span<const TextEncoding> encodings;
};

/// All of them, in the order of TextEncoding.
[[nodiscard]] QList<EncodingGroup> encodingGroups();

/// As people know it: "UTF-8", "UTF-8 with BOM", "Windows-1252" and so on.
[[nodiscard]] QString encodingName(TextEncoding encoding);
/// The encoding of a name as files, mail and web pages have it; of "utf-8-bom" and "latin1" too.
[[nodiscard]] std::optional<TextEncoding> encodingByName(QByteArrayView name);

/// A character that an encoding does not have.
struct Unencodable
{
    char32_t character = 0;
    int line = 0; ///< from 1
};

/// The text those bytes are, without a mark at their beginning; nothing where there are bytes that
/// the encoding does not have. In Windows-1252 every byte is a character. Cost: O(n).
[[nodiscard]] std::optional<QString> decodeAs(QByteArrayView bytes, TextEncoding encoding);
/// With a mark where the encoding has one. Errors: the first character it lacks. Cost: O(n).
[[nodiscard]] std::expected<QByteArray, Unencodable> encodeAs(
    QStringView text, TextEncoding encoding);

/// What bytes that are no UTF-8 and have no mark are most likely in: guessed from how frequent
/// pairs of bytes are (KEncodingProber), and only believed where writing what was read gives the
/// same bytes. Windows-1252 where nothing speaks for anything else. Cost: O(n).
[[nodiscard]] TextEncoding guessEncoding(QByteArrayView bytes);

} // namespace tutti::ui
