// SPDX-License-Identifier: MIT
#include "ui/shell/text_format.h"

#include <QTest>

using namespace tutti::ui;

Q_DECLARE_METATYPE(tutti::ui::TextFormat)

class TestTextFormat : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void roundTrips_data();
    void roundTrips();
    void everyByteSurvivesInWindows1252();
    void detects_data();
    void detects();
    void refuses_data();
    void refuses();
    void mixedLineEnds();
    void unencodable();
    void carriageReturnsOfARoomBecomeLineEnds();
    void eachEncodingGivesBackWhatItTook();
    void recognises_data();
    void recognises();
    void readsAsAsked();
    void namesOfEncodings();
};

/// Every line end × encoding × final newline, and texts with something special at each place.
void TestTextFormat::roundTrips_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<TextFormat>("format");

    const QStringList texts{
        QStringLiteral("one\ntwo\nthree"),
        QStringLiteral("one\ntwo\nthree\n"),
        QStringLiteral("\n\n\n"),
        QStringLiteral("\nfirst line empty\n\nlast too\n\n"),
        QStringLiteral("caf\u00e9 \u2014 \u20ac100\n\u201cquoted\u201d\n"),
    };
    const QStringList wideTexts{
        QStringLiteral("\u4f60\u597d\n\U0001F642 emoji \U0001F469\u200D\U0001F4BB\nend"),
        QStringLiteral("separators\u2028inside\u2029a line\u0085\u000b\u000c\n"),
    };
    for (const auto encoding : {TextEncoding::Utf8, TextEncoding::Utf8Bom, TextEncoding::Utf16Le,
             TextEncoding::Utf16Be, TextEncoding::Windows1252}) {
        for (const auto lineEnd : {LineEnd::Lf, LineEnd::CrLf, LineEnd::Cr}) {
            QStringList all = texts;
            if (encoding != TextEncoding::Windows1252) {
                all += wideTexts;
            }
            for (qsizetype i = 0; i < all.size(); ++i) {
                // pure ASCII in Windows-1252 is UTF-8 too, and read as such
                if (encoding == TextEncoding::Windows1252 && i + 1 < texts.size()) {
                    continue;
                }
                QTest::addRow("%s %s %d", qUtf8Printable(encodingName(encoding)),
                    qUtf8Printable(lineEndName(lineEnd)), static_cast<int>(i))
                    << all[i] << TextFormat{lineEnd, encoding};
            }
        }
    }
}

void TestTextFormat::roundTrips()
{
    QFETCH(const QString, text);
    QFETCH(const TextFormat, format);

    const auto bytes = encodeText(text, format);
    QVERIFY(bytes);
    const auto decoded = decodeText(*bytes);
    QVERIFY(decoded);
    QCOMPARE(decoded->text, text);
    QCOMPARE(decoded->format.encoding, format.encoding);
    QCOMPARE(decoded->format.lineEnd, format.lineEnd);
    QVERIFY(!decoded->mixedLineEnds);
    const auto again = encodeText(decoded->text, decoded->format);
    QVERIFY(again);
    QCOMPARE(*again, *bytes);
}

void TestTextFormat::everyByteSurvivesInWindows1252()
{
    QByteArray bytes("x\n");
    for (int byte = 1; byte < 256; ++byte) {
        if (byte != '\r') {
            bytes.append(static_cast<char>(byte));
        }
    }
    const auto decoded = decodeText(bytes);
    QVERIFY(decoded);
    QCOMPARE(decoded->format.encoding, TextEncoding::Windows1252);
    const auto again = encodeText(decoded->text, decoded->format);
    QVERIFY(again);
    QCOMPARE(*again, bytes);
}

void TestTextFormat::detects_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("text");
    QTest::addColumn<TextFormat>("format");

    QTest::newRow("nothing") << QByteArray("") << QString() << TextFormat{};
    QTest::newRow("only a UTF-8 mark") << QByteArray("\xEF\xBB\xBF") << QString()
                                       << TextFormat{LineEnd::Lf, TextEncoding::Utf8Bom};
    QTest::newRow("only a UTF-16 mark")
        << QByteArray("\xFF\xFE") << QString() << TextFormat{LineEnd::Lf, TextEncoding::Utf16Le};
    QTest::newRow("UTF-8") << QByteArray("\xc3\xa9") << QStringLiteral("\u00e9") << TextFormat{};
    QTest::newRow("Latin-1") << QByteArray("\xe9\r\n") << QStringLiteral("\u00e9\n")
                             << TextFormat{LineEnd::CrLf, TextEncoding::Windows1252};
    QTest::newRow("euro sign") << QByteArray("\x80") << QStringLiteral("\u20ac")
                               << TextFormat{LineEnd::Lf, TextEncoding::Windows1252};
    QTest::newRow("UTF-8 cut off") << QByteArray("ab\xc3") << QStringLiteral("ab\u00c3")
                                   << TextFormat{LineEnd::Lf, TextEncoding::Windows1252};
    QTest::newRow("an encoded surrogate is not UTF-8")
        << QByteArray("\xed\xa0\x80") << QStringLiteral("\u00ed\u00a0\u20ac")
        << TextFormat{LineEnd::Lf, TextEncoding::Windows1252};
    QTest::newRow("a second mark is a character")
        << QByteArray("\xEF\xBB\xBF\xEF\xBB\xBFx") << QStringLiteral("\ufeffx")
        << TextFormat{LineEnd::Lf, TextEncoding::Utf8Bom};
    QTest::newRow("UTF-16 BE CRLF") << QByteArray("\xFE\xFF\0a\0\r\0\n", 8) << QStringLiteral("a\n")
                                    << TextFormat{LineEnd::CrLf, TextEncoding::Utf16Be};
}

void TestTextFormat::detects()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const QString, text);
    QFETCH(const TextFormat, format);

    const auto decoded = decodeText(bytes);
    QVERIFY(decoded);
    QCOMPARE(decoded->text, text);
    QCOMPARE(decoded->format.encoding, format.encoding);
    QCOMPARE(decoded->format.lineEnd, format.lineEnd);
    const auto again = encodeText(decoded->text, decoded->format);
    QVERIFY(again);
    QCOMPARE(*again, bytes);
}

void TestTextFormat::refuses_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("binary");

    QTest::newRow("NUL") << QByteArray("text\0text", 9) << true;
    QTest::newRow("an ELF file") << QByteArray("\x7f"
                                               "ELF\x02\x01\x01\0\0",
        9) << true;
    QTest::newRow("UTF-16 without a mark") << QByteArray("a\0b\0", 4) << true;
    QTest::newRow("UTF-8 mark and NUL") << QByteArray("\xEF\xBB\xBF\0", 4) << true;
    QTest::newRow("half a UTF-16 unit") << QByteArray("\xFF\xFE"
                                                      "a",
        3) << false;
    QTest::newRow("a lone UTF-16 surrogate") << QByteArray("\xFF\xFE\x00\xD8"
                                                           "a\0",
        6) << false;
    QTest::newRow("half a pair at the end") << QByteArray("\xFF\xFE"
                                                          "a\0\x3D\xD8",
        6) << false;
}

void TestTextFormat::refuses()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const bool, binary);

    const auto decoded = decodeText(bytes);
    QVERIFY(!decoded);
    QCOMPARE(decoded.error(), binary ? DecodeError::Binary : DecodeError::DamagedUtf16);
}

void TestTextFormat::mixedLineEnds()
{
    const auto decoded = decodeText("a\r\nb\r\nc\nd\re");
    QVERIFY(decoded);
    QVERIFY(decoded->mixedLineEnds);
    QCOMPARE(decoded->format.lineEnd, LineEnd::CrLf);
    QCOMPARE(decoded->text, QStringLiteral("a\nb\nc\nd\ne"));
}

void TestTextFormat::unencodable()
{
    for (const auto lineEnd : {LineEnd::Lf, LineEnd::CrLf, LineEnd::Cr}) {
        const auto bytes =
            encodeText(QStringLiteral("fine\nfine \u20ac\nnot \U0001F642 fine\n\u4f60"),
                {lineEnd, TextEncoding::Windows1252});
        QVERIFY(!bytes);
        QCOMPARE(bytes.error().character, U'\U0001F642');
        QCOMPARE(bytes.error().line, 3);
    }
}

void TestTextFormat::carriageReturnsOfARoomBecomeLineEnds()
{
    const auto bytes =
        encodeText(QStringLiteral("a\r\nb\rc\n"), {LineEnd::CrLf, TextEncoding::Utf8});
    QVERIFY(bytes);
    QCOMPARE(*bytes, QByteArray("a\r\nb\r\nc\r\n"));
}

/// Every encoding, with a word in a script it is for.
void TestTextFormat::eachEncodingGivesBackWhatItTook()
{
    const std::pair<const char*, QString> words[]{
        {"Unicode", QStringLiteral("\u4f60\u597d \U0001F642\n")},
        {"Western European", QStringLiteral("caf\u00e9\n")},
        {"Central European", QStringLiteral("\u0161koda \u0159\n")},
        {"Baltic", QStringLiteral("\u0101\u0161\n")},
        {"Cyrillic", QStringLiteral("\u043f\u0440\u0438\u0432\u0435\u0442\n")},
        {"Greek", QStringLiteral("\u03ba\u03b1\u03bb\u03ac\n")},
        {"Turkish", QStringLiteral("\u0131\u015f\u0131k\n")},
        {"Hebrew, Arabic", QString()},
        {"Vietnamese, Thai", QString()},
        {"Chinese, Japanese, Korean", QString()},
    };
    int count = 0;
    for (const EncodingGroup& group : encodingGroups()) {
        const auto* word = std::find_if(std::begin(words), std::end(words),
            [&](const auto& w) { return group.name == QString::fromLatin1(w.first); });
        QVERIFY2(word != std::end(words), qPrintable(group.name));
        for (const TextEncoding encoding : group.encodings) {
            QCOMPARE(static_cast<int>(encoding), count++); // the menus' order
            QString text = word->second;
            if (text.isEmpty()) {
                text = encoding == TextEncoding::Windows1255
                    ? QStringLiteral("\u05e9\u05dc\u05d5\u05dd")
                    : encoding == TextEncoding::Windows1256
                    ? QStringLiteral("\u0633\u0644\u0627\u0645")
                    : encoding == TextEncoding::Windows1258 ? QStringLiteral("\u0103\u01b0")
                    : encoding == TextEncoding::Tis620      ? QStringLiteral("\u0e44\u0e17\u0e22")
                    : encoding == TextEncoding::EucKr       ? QStringLiteral("\ud55c\uad6d")
                                                            : QStringLiteral("\u65e5\u672c");
            }
            const auto bytes = encodeText(text, {LineEnd::CrLf, encoding});
            QVERIFY2(bytes, qPrintable(encodingName(encoding)));
            const auto decoded = decodeText(*bytes, encoding);
            QVERIFY2(decoded, qPrintable(encodingName(encoding)));
            QCOMPARE(decoded->text, text);
            QCOMPARE(
                encodingByName(encodingName(encoding).toLatin1()).value_or(encoding), encoding);
            if (group.name != QStringLiteral("Unicode") && encoding != TextEncoding::Gb18030) {
                const auto no =
                    encodeText(QStringLiteral("a\n\U0001F642"), {LineEnd::Lf, encoding});
                QVERIFY2(!no, qPrintable(encodingName(encoding)));
                QCOMPARE(no.error().line, 2);
                QCOMPARE(no.error().character, U'\U0001F642');
            }
        }
    }
}

void TestTextFormat::recognises_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<TextEncoding>("encoding");
    QTest::newRow("Russian") << QStringLiteral(
        "\u0412\u0441\u0435 \u0441\u0447\u0430\u0441\u0442\u043b\u0438\u0432\u044b\u0435 "
        "\u0441\u0435\u043c\u044c\u0438 \u043f\u043e\u0445\u043e\u0436\u0438 "
        "\u0434\u0440\u0443\u0433 "
        "\u043d\u0430 \u0434\u0440\u0443\u0433\u0430, \u043a\u0430\u0436\u0434\u0430\u044f "
        "\u043d\u0435\u0441\u0447\u0430\u0441\u0442\u043b\u0438\u0432\u0430\u044f "
        "\u0441\u0435\u043c\u044c\u044f "
        "\u043d\u0435\u0441\u0447\u0430\u0441\u0442\u043b\u0438\u0432\u0430 "
        "\u043f\u043e-\u0441\u0432\u043e\u0435\u043c\u0443.\n")
                                    .repeated(4)
                             << TextEncoding::Windows1251;
    QTest::newRow("Japanese") << QStringLiteral(
        "\u543e\u8f29\u306f\u732b\u3067\u3042\u308b\u3002\u540d\u524d\u306f\u307e\u3060\u7121\u3044"
        "\u3002\n")
                                     .repeated(8)
                              << TextEncoding::ShiftJis;
    QTest::newRow("Chinese comments in code") << QStringLiteral(
        "int main() { return 0; } // "
        "\u8fd9\u662f\u4e00\u4e2a\u7a0b\u5e8f\u7684\u5f00\u59cb\u548c\u7ed3\u675f\n")
                                                     .repeated(8)
                                              << TextEncoding::Gb18030;
    QTest::newRow("German")
        << QStringLiteral("F\u00fcr gro\u00dfe \u00c4rzte: \u00fcber \u00d6l.\n").repeated(8)
        << TextEncoding::Windows1252;
    QTest::newRow("French") << QStringLiteral(
        "\u00c0 l\u2019\u00e9t\u00e9, \u00e7a va tr\u00e8s bien \u2013 na\u00efvet\u00e9.\n")
                                   .repeated(8)
                            << TextEncoding::Windows1252;
}

void TestTextFormat::recognises()
{
    QFETCH(const QString, text);
    QFETCH(const TextEncoding, encoding);
    const auto bytes = encodeText(text, {LineEnd::Lf, encoding});
    QVERIFY(bytes);
    const auto decoded = decodeText(*bytes);
    QVERIFY(decoded);
    QCOMPARE(encodingName(decoded->format.encoding), encodingName(encoding));
    QCOMPARE(decoded->text, text);
}

void TestTextFormat::readsAsAsked()
{
    QCOMPARE(decodeText("caf\xe9", TextEncoding::Iso8859_15)->text, QStringLiteral("caf\u00e9"));
    QCOMPARE(decodeText("caf\xe9", TextEncoding::Utf8).error(), DecodeError::NotInEncoding);
    QCOMPARE(decodeText("a\x81", TextEncoding::ShiftJis).error(), DecodeError::NotInEncoding);
    QCOMPARE(decodeText(QByteArray("a\0", 2), TextEncoding::Koi8R).error(), DecodeError::Binary);
    QCOMPARE(decodeText(QByteArray("a\0", 2), TextEncoding::Utf16Le)->text, QStringLiteral("a"));
}

void TestTextFormat::namesOfEncodings()
{
    QCOMPARE(encodingByName("latin1"), TextEncoding::Iso8859_1);
    QCOMPARE(encodingByName("utf-8-bom"), TextEncoding::Utf8Bom);
    QCOMPARE(encodingByName(" UTF-8 "), TextEncoding::Utf8);
    QCOMPARE(encodingByName("utf-16le"), TextEncoding::Utf16Le);
    QVERIFY(!encodingByName("klingon"));
    QVERIFY(!encodingByName(""));
}

QTEST_GUILESS_MAIN(TestTextFormat)
#include "tst_text_format.moc"
