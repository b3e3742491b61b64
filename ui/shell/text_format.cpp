// SPDX-License-Identifier: MIT
#include "ui/shell/text_format.h"

#include <algorithm>
#include <utility>

namespace tutti::ui {

namespace {

constexpr char16_t kCr = u'\r';
constexpr char16_t kLf = u'\n';
const QByteArrayView kUtf8Mark("\xEF\xBB\xBF", 3);
const QByteArrayView kUtf16LeMark("\xFF\xFE", 2);
const QByteArrayView kUtf16BeMark("\xFE\xFF", 2);

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

std::expected<DecodedText, DecodeError> decodeText(
    QByteArrayView bytes, std::optional<TextEncoding> as)
{
    DecodedText decoded;
    const auto take = [&](TextEncoding encoding) {
        std::optional<QString> text = decodeAs(bytes, encoding);
        if (text) {
            decoded.text = *std::move(text);
            decoded.format.encoding = encoding;
            normaliseLineEnds(decoded);
        }
        return text.has_value();
    };
    const bool littleEndian = bytes.startsWith(kUtf16LeMark);
    const bool wide = littleEndian || bytes.startsWith(kUtf16BeMark);
    if (as) {
        const bool wantsWide = *as == TextEncoding::Utf16Le || *as == TextEncoding::Utf16Be;
        if (!wantsWide && bytes.contains('\0')) {
            return std::unexpected(DecodeError::Binary);
        }
        if (!take(*as)) {
            return std::unexpected(DecodeError::NotInEncoding);
        }
        return decoded;
    }
    if (wide) {
        if (!take(littleEndian ? TextEncoding::Utf16Le : TextEncoding::Utf16Be)) {
            return std::unexpected(DecodeError::DamagedUtf16);
        }
        return decoded;
    }
    if (bytes.contains('\0')) {
        return std::unexpected(DecodeError::Binary);
    }
    if (!take(bytes.startsWith(kUtf8Mark) ? TextEncoding::Utf8Bom : TextEncoding::Utf8)) {
        take(guessEncoding(bytes));
    }
    return decoded;
}

std::expected<QByteArray, Unencodable> encodeText(QStringView text, const TextFormat& format)
{
    return encodeAs(withLineEnds(text, format.lineEnd), format.encoding);
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
