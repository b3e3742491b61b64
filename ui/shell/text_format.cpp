// SPDX-License-Identifier: MIT
#include "ui/shell/text_format.h"

#include <QStringConverter>

#include <algorithm>
#include <array>

namespace tutti::ui {

namespace {

constexpr char16_t kCr = u'\r';
constexpr char16_t kLf = u'\n';
const QByteArrayView kUtf8Mark("\xEF\xBB\xBF", 3);
const QByteArrayView kUtf16LeMark("\xFF\xFE", 2);
const QByteArrayView kUtf16BeMark("\xFE\xFF", 2);

/// Bytes 0x80 to 0x9F. The five that the code page leaves open stand for the control characters
/// of the same number, as browsers read them: so every byte survives a round trip.
constexpr std::array<char16_t, 32> kWindows1252{
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, //
    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D, 0x017D, 0x008F, //
    0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, //
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178, //
};

QString fromWindows1252(QByteArrayView bytes)
{
    QString text(bytes.size(), Qt::Uninitialized);
    std::transform(bytes.begin(), bytes.end(), text.begin(), [](char byte) {
        const auto value = static_cast<unsigned char>(byte);
        return QChar(value >= 0x80 && value < 0xA0 ? kWindows1252[value - 0x80u] : value);
    });
    return text;
}

std::expected<QByteArray, Unencodable> toWindows1252(QStringView text)
{
    QByteArray bytes;
    bytes.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char16_t unit = text[i].unicode();
        if (unit < 0x80 || (unit >= 0xA0 && unit <= 0xFF)) {
            bytes.append(static_cast<char>(unit));
            continue;
        }
        const auto found = std::find(kWindows1252.begin(), kWindows1252.end(), unit);
        if (found == kWindows1252.end()) {
            const bool pair = text[i].isHighSurrogate() && i + 1 < text.size();
            const char32_t character =
                pair ? QChar::surrogateToUcs4(text[i], text[i + 1]) : char32_t{unit};
            const QStringView before = text.first(i);
            const auto line = std::max(before.count(QChar(kLf)), before.count(QChar(kCr))) + 1;
            return std::unexpected(Unencodable{character, static_cast<int>(line)});
        }
        bytes.append(static_cast<char>(0x80 + (found - kWindows1252.begin())));
    }
    return bytes;
}

/// Turns every line end into LF, in place, and says which kinds there were.
void normaliseLineEnds(DecodedText& decoded)
{
    QString& text = decoded.text;
    qsizetype lf = 0;
    qsizetype crLf = 0;
    qsizetype cr = 0;
    if (!text.contains(QChar(kCr))) {
        return;
    }
    QChar* out = text.data();
    const QChar* const end = out + text.size();
    for (const QChar* in = out; in != end; ++in) {
        if (*in == QChar(kCr)) {
            const bool two = in + 1 != end && in[1] == QChar(kLf);
            in += two ? 1 : 0;
            ++(two ? crLf : cr);
            *out++ = QChar(kLf);
        } else {
            lf += *in == QChar(kLf) ? 1 : 0;
            *out++ = *in;
        }
    }
    text.truncate(out - text.constData());
    decoded.mixedLineEnds = (lf > 0) + (crLf > 0) + (cr > 0) > 1;
    const auto most = std::max({lf, crLf, cr});
    decoded.format.lineEnd = most == lf ? LineEnd::Lf : most == crLf ? LineEnd::CrLf : LineEnd::Cr;
}

std::expected<QString, DecodeError> fromUtf16(QByteArrayView bytes, bool bigEndian)
{
    QStringDecoder decoder(bigEndian ? QStringDecoder::Utf16BE : QStringDecoder::Utf16LE,
        QStringDecoder::Flag::Stateless | QStringDecoder::Flag::ConvertInitialBom);
    QString text = decoder.decode(bytes);
    if (bytes.size() % 2 != 0 || decoder.hasError() || !text.isValidUtf16()) {
        return std::unexpected(DecodeError::DamagedUtf16);
    }
    return text;
}

/// LF to the file's own line end. A CR that came in from a room counts as a line end too.
QString withLineEnds(QStringView text, LineEnd lineEnd)
{
    QString result = text.toString();
    if (result.contains(QChar(kCr))) {
        result.replace(QStringLiteral("\r\n"), QStringLiteral("\n"));
        result.replace(QChar(kCr), QChar(kLf));
    }
    if (lineEnd == LineEnd::CrLf) {
        result.replace(QStringLiteral("\n"), QStringLiteral("\r\n"));
    } else if (lineEnd == LineEnd::Cr) {
        result.replace(QChar(kLf), QChar(kCr));
    }
    return result;
}

} // namespace

std::expected<DecodedText, DecodeError> decodeText(QByteArrayView bytes)
{
    DecodedText decoded;
    const bool littleEndian = bytes.startsWith(kUtf16LeMark);
    if (littleEndian || bytes.startsWith(kUtf16BeMark)) {
        auto text = fromUtf16(bytes.sliced(kUtf16LeMark.size()), !littleEndian);
        if (!text) {
            return std::unexpected(text.error());
        }
        decoded.text = *std::move(text);
        decoded.format.encoding = littleEndian ? TextEncoding::Utf16Le : TextEncoding::Utf16Be;
        normaliseLineEnds(decoded);
        return decoded;
    }
    if (bytes.contains('\0')) {
        return std::unexpected(DecodeError::Binary);
    }
    const bool marked = bytes.startsWith(kUtf8Mark);
    QStringDecoder decoder(QStringDecoder::Utf8,
        QStringDecoder::Flag::Stateless | QStringDecoder::Flag::ConvertInitialBom);
    decoded.text = decoder.decode(bytes.sliced(marked ? kUtf8Mark.size() : 0));
    decoded.format.encoding = marked ? TextEncoding::Utf8Bom : TextEncoding::Utf8;
    if (decoder.hasError()) {
        decoded.text = fromWindows1252(bytes);
        decoded.format.encoding = TextEncoding::Windows1252;
    }
    normaliseLineEnds(decoded);
    return decoded;
}

std::expected<QByteArray, Unencodable> encodeText(QStringView text, const TextFormat& format)
{
    const QString lines = withLineEnds(text, format.lineEnd);
    switch (format.encoding) {
    case TextEncoding::Utf8:
        return lines.toUtf8();
    case TextEncoding::Utf8Bom:
        return kUtf8Mark.toByteArray() + lines.toUtf8();
    case TextEncoding::Utf16Le:
        return kUtf16LeMark.toByteArray()
            + QByteArray(QStringEncoder(QStringEncoder::Utf16LE).encode(lines));
    case TextEncoding::Utf16Be:
        return kUtf16BeMark.toByteArray()
            + QByteArray(QStringEncoder(QStringEncoder::Utf16BE).encode(lines));
    case TextEncoding::Windows1252:
        return toWindows1252(lines);
    }
    Q_UNREACHABLE_RETURN(QByteArray());
}

QString encodingName(TextEncoding encoding)
{
    switch (encoding) {
    case TextEncoding::Utf8:
        return QStringLiteral("UTF-8");
    case TextEncoding::Utf8Bom:
        return QStringLiteral("UTF-8 with BOM");
    case TextEncoding::Utf16Le:
        return QStringLiteral("UTF-16 LE");
    case TextEncoding::Utf16Be:
        return QStringLiteral("UTF-16 BE");
    case TextEncoding::Windows1252:
        return QStringLiteral("Windows-1252");
    }
    Q_UNREACHABLE_RETURN(QString());
}

QString lineEndName(LineEnd lineEnd)
{
    switch (lineEnd) {
    case LineEnd::Lf:
        return QStringLiteral("LF");
    case LineEnd::CrLf:
        return QStringLiteral("CRLF");
    case LineEnd::Cr:
        return QStringLiteral("CR");
    }
    Q_UNREACHABLE_RETURN(QString());
}

} // namespace tutti::ui
