// SPDX-License-Identifier: MIT
#include "ui/editor/editor_theme.h"
#include "ui/presence/presence_colors.h"
#include "ui/shell/theme.h"

#include <QTest>

using namespace tutti::ui;

namespace {

constexpr double kText = 4.5;
constexpr double kGraphics = 3.0;

/// `over` with its alpha, painted on `under`.
QColor painted(const QColor& over, const QColor& under)
{
    const auto mix = [alpha = over.alphaF()](
                         float a, float b) { return a * alpha + b * (1 - alpha); };
    return QColor::fromRgbF(mix(over.redF(), under.redF()), mix(over.greenF(), under.greenF()),
        mix(over.blueF(), under.blueF()));
}

QString figure(const QString& what, double ratio)
{
    return QStringLiteral("%1: %2").arg(what).arg(ratio, 0, 'f', 2);
}

} // namespace

/// Contrast as WCAG 2 counts it: of people's colours on every theme, and of the window's own.
class TestContrast : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void people_data();
    void people();
    void window_data();
    void window();
    void initialsTellWhereColorsDoNot();
};

void TestContrast::people_data()
{
    QTest::addColumn<QString>("theme");
    const QStringList names = EditorTheme::names();
    QVERIFY(names.size() > 20); // all that KSyntaxHighlighting brings
    for (const QString& name : names) {
        QTest::newRow(qPrintable(name)) << name;
    }
}

void TestContrast::people()
{
    QFETCH(const QString, theme);
    const EditorTheme editor = EditorTheme::named(theme);
    QCOMPARE(editor.name, theme);
    QStringList weak;
    for (int hue = 0; hue < kHueCount; ++hue) {
        for (const bool dark : {false, true}) { // as either kind of theme publishes it
            const Shade shade = shadeFor(hueColor(hue, dark), editor.background, editor.text);
            const auto check = [&](const char* what, double ratio, double wanted) {
                if (ratio < wanted) {
                    weak +=
                        figure(QStringLiteral("%1 of hue %2").arg(QLatin1StringView(what)).arg(hue),
                            ratio);
                }
            };
            check("caret", contrastRatio(shade.caret, editor.background), kGraphics);
            check("label", contrastRatio(shade.labelText, shade.label), kText);
            // Some themes' own text has little; on a selection it keeps four fifths.
            const double own = contrastRatio(editor.text, editor.background);
            const double tinted =
                contrastRatio(editor.text, painted(shade.selection, editor.background));
            check("selected text", tinted, qMin(kText, 0.79 * own));
        }
    }
    QVERIFY2(weak.isEmpty(), qPrintable(weak.join(QStringLiteral(", "))));
}

void TestContrast::window_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void TestContrast::window()
{
    QFETCH(const bool, dark);
    const ThemeColors& c = dark ? ThemeColors::darkColors() : ThemeColors::light();
    struct Pair
    {
        const char* what;
        QColor front;
        QColor back;
        double wanted;
    };
    const Pair pairs[]{
        {"text on the chrome", c.text, c.chrome, kText},
        {"text on a surface", c.text, c.surface, kText},
        {"text on what is raised", c.text, c.raised, kText},
        {"text under the mouse", c.text, c.hover, kText},
        {"text of a message", c.text, c.infoBack, kText},
        {"text of a warning", c.text, c.warningBack, kText},
        {"text of an error", c.text, c.errorBack, kText},
        {"muted text on the chrome", c.muted, c.chrome, kText},
        {"muted text on a surface", c.muted, c.surface, kText},
        {"muted text on what is raised", c.muted, c.raised, kText},
        {"muted text under the mouse", c.muted, c.hover, kText},
        {"muted text of a chosen row", c.muted, c.infoBack, kText},
        {"text on the accent", c.onAccent, c.accent, kText},
        {"text on the accent under the mouse", c.onAccent, c.accentHover, kText},
        {"good news on the chrome", c.good, c.chrome, kText},
        {"good news on what is raised", c.good, c.raised, kText},
        {"errors on the chrome", c.error, c.chrome, kText},
        {"errors on a surface", c.error, c.surface, kText},
        {"accent as text on a surface", c.accent, c.surface, kText},
        {"accent as text on the chrome", c.accent, c.chrome, kText},
        {"icon of a message", c.accent, c.infoBack, kGraphics},
        {"icon of a warning", c.warning, c.warningBack, kGraphics},
        {"icon of an error", c.error, c.errorBack, kGraphics},
        {"warning icon on the chrome", c.warning, c.chrome, kGraphics},
        {"focus on a surface", c.accent, c.surface, kGraphics},
        {"focus on what is raised", c.accent, c.raised, kGraphics},
        {"edge of a field on a surface", c.edge, c.surface, kGraphics},
        {"edge of a field on the chrome", c.edge, c.chrome, kGraphics},
        {"edge of a field on what is raised", c.edge, c.raised, kGraphics},
    };
    QStringList weak;
    for (const Pair& pair : pairs) {
        const double ratio = contrastRatio(pair.front, pair.back);
        if (ratio < pair.wanted) {
            weak += figure(QLatin1StringView(pair.what), ratio);
        }
    }
    QVERIFY2(weak.isEmpty(), qPrintable(weak.join(QStringLiteral(", "))));
}

/// With a kind of colour blindness some of the ten look alike: that is why no colour stands for a
/// person without letters. This says how many do, so that a change of the set is noticed.
void TestContrast::initialsTellWhereColorsDoNot()
{
    // Machado, Oliveira and Fernandes 2009, severity 1, on linear light
    constexpr double kProtan[9]{0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216,
        -0.003882, -0.048116, 1.051998};
    constexpr double kDeutan[9]{
        0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881};
    const auto linear = [](double v) {
        return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
    };
    const auto gamma = [](double v) {
        v = qBound(0.0, v, 1.0);
        return v <= 0.0031308 ? v * 12.92 : 1.055 * std::pow(v, 1 / 2.4) - 0.055;
    };
    const auto seen = [&](const QColor& color, const double(&m)[9]) {
        const double in[3]{linear(color.redF()), linear(color.greenF()), linear(color.blueF())};
        float out[3];
        for (int i = 0; i < 3; ++i) {
            out[i] = static_cast<float>(
                gamma(m[3 * i] * in[0] + m[3 * i + 1] * in[1] + m[3 * i + 2] * in[2]));
        }
        return QColor::fromRgbF(out[0], out[1], out[2]);
    };
    const auto apart = [](const QColor& a, const QColor& b) {
        return std::hypot(a.redF() - b.redF(), a.greenF() - b.greenF(), a.blueF() - b.blueF());
    };
    for (const bool dark : {false, true}) {
        int alike = 0;
        for (int a = 0; a < kHueCount; ++a) {
            for (int b = a + 1; b < kHueCount; ++b) {
                QVERIFY(apart(hueColor(a, dark), hueColor(b, dark)) > 0.12);
                for (const auto* matrix : {&kProtan, &kDeutan}) {
                    alike +=
                        apart(seen(hueColor(a, dark), *matrix), seen(hueColor(b, dark), *matrix))
                        < 0.12;
                }
            }
        }
        QVERIFY2(alike <= 9, qPrintable(QString::number(alike)));
    }
}

QTEST_GUILESS_MAIN(TestContrast) // with an application: what Qt keeps for the thread goes with it
#include "tst_contrast.moc"
