// SPDX-License-Identifier: MIT
#include "ui/shell/text_encoding.h"

#include <QCoreApplication>
#include <QStringConverter>

#include <KEncodingProber>
#include <algorithm>
#include <array>

namespace tutti::ui {

namespace {

using enum TextEncoding;

class Words
{
    Q_DECLARE_TR_FUNCTIONS(tutti::ui::TextEncoding)
};

struct Row
{
    TextEncoding encoding;
    const char* shown;
    const char* codec; ///< its name for QStringConverter; null: handled here
    const char* others; ///< further names, in lower case, each between spaces
};

constexpr Row kRows[]{
    {Utf8, "UTF-8", "UTF-8", " utf8 unicode-1-1-utf-8 "},
    {Utf8Bom, "UTF-8 with BOM", "UTF-8", " utf-8-bom "},
    {Utf16Le, "UTF-16 LE", "UTF-16LE", " utf-16le "},
    {Utf16Be, "UTF-16 BE", "UTF-16BE", " utf-16be "},
    {Windows1252, "Windows-1252", nullptr, " cp1252 ansi "},
    {Iso8859_1, "ISO-8859-1", "ISO-8859-1", " latin1 latin-1 iso8859-1 "},
    {Iso8859_15, "ISO-8859-15", "ISO-8859-15", " latin9 latin-9 iso8859-15 "},
    {Macintosh, "Macintosh", "macintosh", " macroman x-mac-roman "},
    {Windows1250, "Windows-1250", "windows-1250", " cp1250 "},
    {Iso8859_2, "ISO-8859-2", "ISO-8859-2", " latin2 latin-2 "},
    {Windows1257, "Windows-1257", "windows-1257", " cp1257 "},
    {Iso8859_13, "ISO-8859-13", "ISO-8859-13", " latin7 "},
    {Windows1251, "Windows-1251", "windows-1251", " cp1251 "},
    {Koi8R, "KOI8-R", "KOI8-R", " "},
    {Koi8U, "KOI8-U", "KOI8-U", " "},
    {Iso8859_5, "ISO-8859-5", "ISO-8859-5", " "},
    {Windows1253, "Windows-1253", "windows-1253", " cp1253 "},
    {Iso8859_7, "ISO-8859-7", "ISO-8859-7", " "},
    {Windows1254, "Windows-1254", "windows-1254", " cp1254 "},
    {Iso8859_9, "ISO-8859-9", "ISO-8859-9", " latin5 "},
    {Windows1255, "Windows-1255", "windows-1255", " cp1255 iso-8859-8 "},
    {Windows1256, "Windows-1256", "windows-1256", " cp1256 "},
    {Windows1258, "Windows-1258", "windows-1258", " cp1258 "},
    {Tis620, "TIS-620", "TIS-620", " tis620 "},
    {Gb18030, "GB18030", "GB18030", " gb2312 "},
    {Gbk, "GBK", "GBK", " cp936 "},
    {Big5, "Big5", "Big5", " "},
    {ShiftJis, "Shift_JIS", "Shift_JIS", " sjis shift-jis "},
    {EucJp, "EUC-JP", "EUC-JP", " "},
    {EucKr, "EUC-KR", "EUC-KR", " "},
};

const Row& row(TextEncoding encoding) { return kRows[static_cast<std::size_t>(encoding)]; }

const QByteArrayView kUtf8Mark("\xEF\xBB\xBF", 3);
const QByteArrayView kUtf16LeMark("\xFF\xFE", 2);
const QByteArrayView kUtf16BeMark("\xFE\xFF", 2);

QByteArrayView mark(TextEncoding encoding)
{
    return encoding == Utf8Bom ? kUtf8Mark
        : encoding == Utf16Le  ? kUtf16LeMark
        : encoding == Utf16Be  ? kUtf16BeMark
                               : QByteArrayView();
}

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

/// The place of a unit in Windows-1252, or nothing.
std::optional<char> toWindows1252(char16_t unit)
{
    if (unit < 0x80 || (unit >= 0xA0 && unit <= 0xFF)) {
        return static_cast<char>(unit);
    }
    const auto found = std::find(kWindows1252.begin(), kWindows1252.end(), unit);
    return found == kWindows1252.end()
        ? std::nullopt
        : std::optional(static_cast<char>(0x80 + (found - kWindows1252.begin())));
}

/// The first character that a test on each refuses.
template <typename Has>
Unencodable firstMissing(QStringView text, Has has)
{
    int line = 1;
    for (qsizetype i = 0; i < text.size();) {
        const bool pair = text[i].isHighSurrogate() && i + 1 < text.size();
        const QStringView character = text.sliced(i, pair ? 2 : 1);
        if (!has(character)) {
            return {pair ? QChar::surrogateToUcs4(character[0], character[1])
                         : char32_t{character[0].unicode()},
                line};
        }
        const bool lf = text[i] == u'\n';
        line += lf || (text[i] == u'\r' && (i + 1 == text.size() || text[i + 1] != u'\n')) ? 1 : 0;
        i += character.size();
    }
    return {};
}

constexpr TextEncoding kUnicode[]{Utf8, Utf8Bom, Utf16Le, Utf16Be};
constexpr TextEncoding kWestern[]{Windows1252, Iso8859_1, Iso8859_15, Macintosh};
constexpr TextEncoding kCentral[]{Windows1250, Iso8859_2};
constexpr TextEncoding kBaltic[]{Windows1257, Iso8859_13};
constexpr TextEncoding kCyrillic[]{Windows1251, Koi8R, Koi8U, Iso8859_5};
constexpr TextEncoding kGreek[]{Windows1253, Iso8859_7};
constexpr TextEncoding kTurkish[]{Windows1254, Iso8859_9};
constexpr TextEncoding kSemitic[]{Windows1255, Windows1256};
constexpr TextEncoding kSouthEast[]{Windows1258, Tis620};
constexpr TextEncoding kEastAsian[]{Gb18030, Gbk, Big5, ShiftJis, EucJp, EucKr};

bool isEastAsian(TextEncoding encoding)
{
    return std::find(std::begin(kEastAsian), std::end(kEastAsian), encoding)
        != std::end(kEastAsian);
}

} // namespace

QList<EncodingGroup> encodingGroups()
{
    return {{Words::tr("Unicode"), kUnicode}, {Words::tr("Western European"), kWestern},
        {Words::tr("Central European"), kCentral}, {Words::tr("Baltic"), kBaltic},
        {Words::tr("Cyrillic"), kCyrillic}, {Words::tr("Greek"), kGreek},
        {Words::tr("Turkish"), kTurkish}, {Words::tr("Hebrew, Arabic"), kSemitic},
        {Words::tr("Vietnamese, Thai"), kSouthEast},
        {Words::tr("Chinese, Japanese, Korean"), kEastAsian}};
}

QString encodingName(TextEncoding encoding) { return QString::fromLatin1(row(encoding).shown); }

std::optional<TextEncoding> encodingByName(QByteArrayView name)
{
    const QByteArray wanted = name.toByteArray().trimmed().toLower();
    if (wanted.isEmpty()) {
        return std::nullopt;
    }
    for (const Row& candidate : kRows) {
        if (wanted == QByteArrayView(candidate.shown).toByteArray().toLower()
            || QByteArrayView(candidate.others).contains(QByteArray(' ' + wanted + ' '))) {
            return candidate.encoding;
        }
    }
    return std::nullopt;
}

std::optional<QString> decodeAs(QByteArrayView bytes, TextEncoding encoding)
{
    if (const QByteArrayView head = mark(encoding); bytes.startsWith(head)) {
        bytes = bytes.sliced(head.size());
    }
    if (row(encoding).codec == nullptr) {
        return fromWindows1252(bytes);
    }
    QStringDecoder decoder(row(encoding).codec,
        QStringDecoder::Flag::Stateless | QStringDecoder::Flag::ConvertInitialBom);
    if (!decoder.isValid()) {
        return std::nullopt;
    }
    QString text = decoder.decode(bytes);
    const bool wide = encoding == Utf16Le || encoding == Utf16Be;
    if (decoder.hasError() || (wide && bytes.size() % 2 != 0) || !text.isValidUtf16()) {
        return std::nullopt;
    }
    return text;
}

std::expected<QByteArray, Unencodable> encodeAs(QStringView text, TextEncoding encoding)
{
    if (row(encoding).codec == nullptr) {
        QByteArray bytes;
        bytes.reserve(text.size());
        for (const QChar unit : text) {
            const std::optional<char> byte = toWindows1252(unit.unicode());
            if (!byte) {
                return std::unexpected(firstMissing(text, [](QStringView character) {
                    return toWindows1252(character.front().unicode()).has_value();
                }));
            }
            bytes.append(*byte);
        }
        return bytes;
    }
    QStringEncoder encoder(row(encoding).codec, QStringEncoder::Flag::Stateless);
    const QByteArray bytes = encoder.encode(text);
    const auto beyondLatin1 = [](QStringView part) { // which Qt's own encoder does not tell
        return std::any_of(part.begin(), part.end(), [](QChar c) { return c.unicode() > 0xFF; });
    };
    const bool latin1 = encoding == Iso8859_1;
    const bool unicode = encoding == Utf8 || !mark(encoding).isEmpty();
    if (!encoder.isValid() || (latin1 ? beyondLatin1(text) : encoder.hasError() && !unicode)) {
        return std::unexpected(firstMissing(text, [&](QStringView character) {
            QStringEncoder single(row(encoding).codec, QStringEncoder::Flag::Stateless);
            (void)QByteArray(single.encode(character));
            return single.isValid() && !(latin1 ? beyondLatin1(character) : single.hasError());
        }));
    }
    return mark(encoding).toByteArray() + bytes;
}

TextEncoding guessEncoding(QByteArrayView bytes)
{
    constexpr qsizetype kEnough = 64 * 1024;
    // In texts of other scripts most letters are beyond ASCII, in western ones few.
    constexpr double kOtherScript = 0.4;
    constexpr float kSure = 0.7F;
    const QByteArrayView sample = bytes.first(std::min(bytes.size(), kEnough));
    qsizetype beyond = 0;
    qsizetype ascii = 0;
    for (const char byte : sample) {
        beyond += static_cast<unsigned char>(byte) >= 0x80 ? 1 : 0;
        ascii += (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ? 1 : 0;
    }
    KEncodingProber prober(KEncodingProber::Universal);
    prober.feed(sample);
    const std::optional<TextEncoding> guess = encodingByName(prober.encoding());
    if (!guess || prober.confidence() < kSure || beyond < 8) {
        return Windows1252;
    }
    // bytes of two-byte characters come in pairs, which no western text has many of
    const double share = static_cast<double>(beyond) / static_cast<double>(beyond + ascii);
    if (share < kOtherScript && !isEastAsian(*guess)) {
        return Windows1252;
    }
    const std::optional<QString> text = decodeAs(bytes, *guess);
    if (!text) {
        return Windows1252;
    }
    const auto again = encodeAs(*text, *guess);
    return again && *again == bytes ? *guess : Windows1252;
}

} // namespace tutti::ui
