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

QTEST_GUILESS_MAIN(TestTextFormat)
#include "tst_text_format.moc"
