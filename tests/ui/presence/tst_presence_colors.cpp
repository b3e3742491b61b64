// SPDX-License-Identifier: MIT
#include "ui/editor/editor_theme.h"
#include "ui/presence/presence_colors.h"

#include <QSet>
#include <QTest>

using namespace tutti::ui;

class TestPresenceColors : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void contrastOfKnownPairs();
    void huesRead_data();
    void huesRead();
    void anyColorReads();
    void publishedHueIsKeptPerTheme();
    void clashes();
    void tenHuesTenColors();
    void moreThanTen();
    void suggestions();
    void css_data();
    void css();
};

void TestPresenceColors::contrastOfKnownPairs()
{
    QCOMPARE(contrastRatio(Qt::black, Qt::white), 21.0);
    QCOMPARE(contrastRatio(Qt::white, Qt::black), 21.0);
    QCOMPARE(contrastRatio(Qt::red, Qt::red), 1.0);
    QVERIFY(qAbs(contrastRatio(QColor(0x767676), Qt::white) - 4.54) < 0.01);
}

void TestPresenceColors::huesRead_data()
{
    QTest::addColumn<int>("hue");
    QTest::addColumn<bool>("dark");
    for (int i = 0; i < kHueCount; ++i) {
        QTest::addRow("%d light", i) << i << false;
        QTest::addRow("%d dark", i) << i << true;
    }
}

void TestPresenceColors::huesRead()
{
    QFETCH(int, hue);
    QFETCH(bool, dark);
    const EditorTheme theme = dark ? EditorTheme::darkTheme() : EditorTheme::light();
    // published is always the light one
    const Shade shade = shadeFor(hueColor(hue), theme.background);
    QCOMPARE(shade.caret, hueColor(hue, dark)); // the sets need no repair
    QVERIFY(contrastRatio(shade.caret, theme.background) >= 3.0);
    QVERIFY(contrastRatio(shade.caret, theme.currentLine) >= 3.0);
    QVERIFY(contrastRatio(shade.labelText, shade.label) >= 4.5);
    QVERIFY(shade.labelText == QColor(Qt::black) || shade.labelText == QColor(Qt::white));
    QVERIFY(shade.selection.alphaF() >= 0.20f && shade.selection.alphaF() <= 0.25f);
    QCOMPARE(nearestHue(hueColor(hue, dark)), hue);
}

void TestPresenceColors::anyColorReads()
{
    for (const QColor& background : {EditorTheme::light().background,
             EditorTheme::darkTheme().background, QColor(Qt::black), QColor(0xfdf6e3)}) {
        for (int r = 0; r <= 255; r += 51) {
            for (int g = 0; g <= 255; g += 51) {
                for (int b = 0; b <= 255; b += 51) {
                    const Shade shade = shadeFor(QColor(r, g, b), background);
                    QVERIFY(contrastRatio(shade.caret, background) >= 3.0);
                    QVERIFY(contrastRatio(shade.labelText, shade.label) >= 4.5);
                }
            }
        }
    }
}

void TestPresenceColors::publishedHueIsKeptPerTheme()
{
    const QColor background = EditorTheme::light().background;
    // a peer that publishes a dark-set colour is shown its light sibling on white, and back
    QCOMPARE(shadeFor(hueColor(3, true), background).caret, hueColor(3));
    QCOMPARE(shadeFor(QColor(0x30bced), background).caret.hue() / 10, QColor(0x30bced).hue() / 10);
}

void TestPresenceColors::clashes()
{
    const QColor red = hueColor(0);
    const QColor blue = hueColor(6);
    QCOMPARE(withoutClashes({red, blue}), QList({red, blue}));
    const auto shifted = withoutClashes({red, blue, red, QColor(0xe02530)});
    QCOMPARE(shifted.at(0), red); // who came first keeps it
    QCOMPARE(shifted.at(1), blue);
    QSet<int> hues;
    for (const QColor& color : shifted) {
        hues.insert(nearestHue(color));
    }
    QCOMPARE(hues.size(), 4);
}

void TestPresenceColors::tenHuesTenColors()
{
    const auto colors = withoutClashes(QList<QColor>(kHueCount, hueColor(4)));
    QSet<QRgb> different;
    for (const QColor& color : colors) {
        different.insert(color.rgb());
    }
    QCOMPARE(different.size(), kHueCount);
}

void TestPresenceColors::moreThanTen()
{
    const auto colors = withoutClashes(QList<QColor>(kHueCount + 3, hueColor(2)));
    QCOMPARE(colors.size(), kHueCount + 3);
    QCOMPARE(colors.last(), hueColor(2)); // initials tell them apart
}

void TestPresenceColors::suggestions()
{
    QSet<QRgb> seen;
    for (quint64 seed = 0; seed < 200; ++seed) {
        QCOMPARE(suggestedColor(seed), suggestedColor(seed));
        seen.insert(suggestedColor(seed).rgb());
    }
    QCOMPARE(seen.size(), kHueCount);
}

void TestPresenceColors::css_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QColor>("expected");
    QTest::newRow("rrggbb") << QStringLiteral("#30bced") << QColor(0x30, 0xbc, 0xed);
    QTest::newRow("upper case, spaces") << QStringLiteral(" #30BCED ") << QColor(0x30, 0xbc, 0xed);
    QTest::newRow("alpha comes last") << QStringLiteral("#30bced33") << QColor(0x30, 0xbc, 0xed);
    QTest::newRow("rgb short") << QStringLiteral("#f80") << QColor(0xff, 0x88, 0x00);
    QTest::newRow("rgba short") << QStringLiteral("#f808") << QColor(0xff, 0x88, 0x00);
    QTest::newRow("name of CSS 4") << QStringLiteral("rebeccapurple") << QColor(0x66, 0x33, 0x99);
    QTest::newRow("name Qt knows") << QStringLiteral("Tomato") << QColor(0xff, 0x63, 0x47);
    QTest::newRow("rgb()") << QStringLiteral("rgb(48, 188, 237)") << QColor(48, 188, 237);
    QTest::newRow("rgba()") << QStringLiteral("rgba(48,188,237,.2)") << QColor(48, 188, 237);
    QTest::newRow("percent") << QStringLiteral("rgb(100% 0% 0% / 50%)") << QColor(255, 0, 0);
    QTest::newRow("hsl()") << QStringLiteral("hsl(120deg, 100%, 50%)") << QColor(0, 255, 0);
    QTest::newRow("hsl negative") << QStringLiteral("hsl(-240, 100%, 50%)") << QColor(0, 255, 0);
    QTest::newRow("Jupyter") << QStringLiteral("var(--jp-collaborator-color1)")
                             << QColor(0xff, 0xad, 0x8e);
    QTest::newRow("Jupyter, beyond")
        << QStringLiteral("var(--jp-collaborator-color8)") << QColor(0xff, 0xad, 0x8e);
    QTest::newRow("other variable") << QStringLiteral("var(--accent)") << QColor();
    QTest::newRow("nonsense") << QStringLiteral("#12") << QColor();
    QTest::newRow("no hex") << QStringLiteral("#gggggg") << QColor();
    QTest::newRow("not finite") << QStringLiteral("hsl(inf, 1%, 1%)") << QColor();
    QTest::newRow("empty") << QString() << QColor();
}

void TestPresenceColors::css()
{
    QFETCH(QString, text);
    QFETCH(QColor, expected);
    const auto color = parseCssColor(text);
    QCOMPARE(color.has_value(), expected.isValid());
    if (color) {
        QCOMPARE(color->rgb(), expected.rgb());
    }
}

QTEST_APPLESS_MAIN(TestPresenceColors)
#include "tst_presence_colors.moc"
