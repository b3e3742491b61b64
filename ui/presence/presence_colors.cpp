// SPDX-License-Identifier: MIT
#include "ui/presence/presence_colors.h"

#include <QHash>
#include <QList>
#include <QString>
#include <QStringList>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

namespace tutti::ui {

namespace {

// Each row one hue: as it reads on white, as it reads on #232629.
struct Hue
{
    QRgb light;
    QRgb dark;
};
constexpr std::array<Hue, kHueCount> kHues{{
    {0xffe32631, 0xfffe5553},
    {0xff854408, 0xfffeb07a},
    {0xff8e710f, 0xffb99313},
    {0xff1f6a05, 0xff6ae54c},
    {0xff11846e, 0xff15b194},
    {0xff056374, 0xff23dafc},
    {0xff0675e0, 0xff4699fe},
    {0xff5e2ac6, 0xffc3bafe},
    {0xffba3dc3, 0xffd85ce1},
    {0xff9e075d, 0xfffda6c8},
}};

constexpr double kCaretContrast = 3.0;
constexpr double kLabelContrast = 4.5;
constexpr double kSelectionAlpha = 0.22;
/// Of the contrast of a theme's text, where that is less than it should be.
constexpr double kKeptContrast = 0.8;
constexpr int kShadeSteps = 50;
/// Hues further apart than this (CIE L*a*b*, without lightness) are told apart at a glance.
constexpr double kClash = 18.0;

// What --jp-collaborator-color1 to 7 are in JupyterLab's own themes.
constexpr std::array<QRgb, 7> kJupyterColors{
    0xffffad8e,
    0xffdac83d,
    0xff72dd76,
    0xff00e4d0,
    0xff45d4ff,
    0xffe2b1ff,
    0xffff9de6,
};

double linear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& color)
{
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF())
        + 0.0722 * linear(color.blueF());
}

struct Lab
{
    double l = 0;
    double a = 0;
    double b = 0;
};

Lab labOf(const QColor& color)
{
    const double r = linear(color.redF());
    const double g = linear(color.greenF());
    const double b = linear(color.blueF());
    const auto f = [](double t) { return t > 0.008856 ? std::cbrt(t) : 7.787 * t + 16.0 / 116; };
    const double x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047);
    const double y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
    const double z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883);
    return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

double hueDistance(const Lab& a, const Lab& b)
{
    // brown and orange, or two reds: lightness tells less than hue, but something
    return std::hypot(a.a - b.a, a.b - b.b, (a.l - b.l) / 2);
}

/// What comparing colours needs of one; making it costs a microsecond, and a room of people asks
/// for the same few all the time.
struct Seen
{
    Lab lab;
    int hue = 0; ///< the nearest of ours
};

Seen look(const QColor& color)
{
    Seen seen{labOf(color), 0};
    double bestDistance = std::numeric_limits<double>::max();
    for (int i = 0; i < kHueCount; ++i) {
        const double distance = std::min(hueDistance(seen.lab, labOf(hueColor(i))),
            hueDistance(seen.lab, labOf(hueColor(i, true))));
        if (distance < bestDistance) {
            bestDistance = distance;
            seen.hue = i;
        }
    }
    return seen;
}

bool isHue(const QColor& color, int index)
{
    const Hue& hue = kHues[static_cast<std::size_t>(index)];
    return color.rgb() == hue.light || color.rgb() == hue.dark;
}

bool clash(const Seen& a, const Seen& b)
{
    return a.hue == b.hue || hueDistance(a.lab, b.lab) < kClash;
}

/// Black or white, whichever reads better.
QColor textOn(const QColor& background)
{
    const QColor black(Qt::black);
    const QColor white(Qt::white);
    return contrastRatio(black, background) > contrastRatio(white, background) ? black : white;
}

/// The color itself, or as little lighter or darker as makes it read on the background and
/// carry text. Black or white always carry text at 4.5:1 on one of the two.
QColor readable(const QColor& color, const QColor& background)
{
    const bool dark = luminance(background) < 0.18;
    const QColor goal(dark ? Qt::white : Qt::black);
    const auto mixed = [&](double share) {
        const auto channel = [share](float from, float to) {
            return static_cast<float>(from + (to - from) * share);
        };
        return QColor::fromRgbF(channel(color.redF(), goal.redF()),
            channel(color.greenF(), goal.greenF()), channel(color.blueF(), goal.blueF()));
    };
    for (int step = 0; step <= kShadeSteps; ++step) {
        const QColor candidate(mixed(static_cast<double>(step) / kShadeSteps).rgb());
        if (contrastRatio(candidate, background) >= kCaretContrast
            && contrastRatio(candidate, textOn(candidate)) >= kLabelContrast) {
            return candidate;
        }
    }
    return goal;
}

std::optional<QColor> namedColor(QStringView text)
{
    if (text == QLatin1String("rebeccapurple")) {
        return QColor(0x66, 0x33, 0x99); // the one CSS name SVG, and so Qt, does not have
    }
    const QColor color = QColor::fromString(text);
    return color.isValid() ? std::optional(color) : std::nullopt;
}

/// #rgb, #rgba, #rrggbb, #rrggbbaa: CSS has the alpha last, where Qt has it first.
std::optional<QColor> hexColor(QStringView digits)
{
    bool ok = false;
    const uint value = digits.toUInt(&ok, 16);
    if (!ok) {
        return std::nullopt;
    }
    const auto nibble = [value](
                            int shift) { return static_cast<int>((value >> shift) & 0xf) * 17; };
    switch (digits.size()) {
    case 3:
        return QColor(nibble(8), nibble(4), nibble(0));
    case 4:
        return QColor(nibble(12), nibble(8), nibble(4));
    case 6:
        return QColor(QRgb(value | 0xff000000));
    case 8:
        return QColor(QRgb((value >> 8) | 0xff000000));
    default:
        return std::nullopt;
    }
}

/// `rgb(1, 2, 3)`, `hsl(120deg 50% 40% / 0.5)`: three numbers, alpha passed over.
std::optional<QColor> functionColor(const QString& text)
{
    const qsizetype open = text.indexOf(u'(');
    if (open < 0 || !text.endsWith(u')')) {
        return std::nullopt;
    }
    QString inner = text.mid(open + 1, text.size() - open - 2);
    inner.replace(u',', u' ').replace(u'/', u' ');
    inner.remove(QLatin1String("deg"));
    const QStringList parts = inner.split(u' ', Qt::SkipEmptyParts);
    if (parts.size() < 3) {
        return std::nullopt;
    }
    const auto number = [&parts](int index, double percentOf, bool& ok) {
        QString part = parts.at(index);
        const bool percent = part.endsWith(u'%');
        if (percent) {
            part.chop(1);
        }
        bool valid = false;
        const double value = part.toDouble(&valid);
        ok = ok && valid && std::isfinite(value);
        return percent ? value / 100 * percentOf : value;
    };
    bool ok = true;
    const double a = number(0, 255, ok);
    if (text.startsWith(QLatin1String("rgb"))) {
        const double g = number(1, 255, ok);
        const double b = number(2, 255, ok);
        const auto channel = [](double v) { return static_cast<int>(std::clamp(v, 0.0, 255.0)); };
        return ok ? std::optional(QColor(channel(a), channel(g), channel(b))) : std::nullopt;
    }
    if (text.startsWith(QLatin1String("hsl"))) {
        const double s = number(1, 1, ok);
        const double l = number(2, 1, ok);
        if (!ok) {
            return std::nullopt;
        }
        const double hue = a - 360 * std::floor(a / 360);
        return QColor(QColor::fromHslF(static_cast<float>(hue / 360),
            static_cast<float>(std::clamp(s, 0.0, 1.0)),
            static_cast<float>(std::clamp(l, 0.0, 1.0)))
                .rgb());
    }
    return std::nullopt;
}

std::optional<QColor> jupyterColor(QStringView text)
{
    constexpr QLatin1StringView kVariable("--jp-collaborator-color");
    const qsizetype at = text.indexOf(kVariable);
    if (at < 0) {
        return std::nullopt;
    }
    QStringView rest = text.mid(at + kVariable.size());
    qsizetype digits = 0;
    while (digits < rest.size() && rest.at(digits).isDigit()) {
        ++digits;
    }
    const uint number = rest.left(digits).toUInt();
    return number == 0
        ? std::nullopt
        : std::optional(QColor(kJupyterColors[(number - 1) % kJupyterColors.size()]));
}

} // namespace

QColor hueColor(int index, bool dark)
{
    const Hue& hue = kHues[static_cast<std::size_t>(index)];
    return QColor(dark ? hue.dark : hue.light);
}

int nearestHue(const QColor& color) { return look(color).hue; }

QColor suggestedColor(quint64 seed)
{
    // neighbouring seeds give different hues
    seed ^= seed >> 33;
    seed *= 0xff51afd7ed558ccdULL;
    seed ^= seed >> 33;
    return hueColor(static_cast<int>(seed % kHueCount));
}

double contrastRatio(const QColor& a, const QColor& b)
{
    const double first = luminance(a);
    const double second = luminance(b);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

namespace {

/// `from` with a share of `to`, without alpha.
QColor mix(const QColor& from, const QColor& to, double share)
{
    const auto channel = [share](
                             float a, float b) { return static_cast<float>(a + (b - a) * share); };
    return QColor::fromRgbF(channel(from.redF(), to.redF()), channel(from.greenF(), to.greenF()),
        channel(from.blueF(), to.blueF()));
}

/// The tint of a selection: the caret's colour, or as little nearer to the background as leaves
/// the text on it readable.
QColor tintFor(const QColor& caret, const QColor& background, const QColor& text)
{
    QColor tint = caret;
    if (text.isValid()) {
        const double wanted =
            std::min(kLabelContrast, kKeptContrast * contrastRatio(text, background));
        for (int step = 0; step <= kShadeSteps; ++step) {
            tint = mix(caret, background, static_cast<double>(step) / kShadeSteps);
            if (contrastRatio(text, mix(background, tint, kSelectionAlpha)) >= wanted) {
                break;
            }
        }
    }
    tint.setAlphaF(static_cast<float>(kSelectionAlpha));
    return tint;
}

Shade makeShade(const QColor& published, const QColor& background, const QColor& text)
{
    QColor caret = published;
    for (int i = 0; i < kHueCount; ++i) {
        if (isHue(published, i)) {
            caret = hueColor(i, luminance(background) < 0.18);
        }
    }
    Shade shade;
    shade.caret = readable(caret, background);
    shade.label = shade.caret;
    shade.labelText = textOn(shade.label);
    shade.selection = tintFor(shade.caret, background, text);
    return shade;
}

} // namespace

Shade shadeFor(const QColor& published, const QColor& background, const QColor& text)
{
    // asked for every caret at every repaint; some hundred colours at most come up
    constexpr qsizetype kMaxKnown = 1'000;
    using Key = std::pair<std::pair<QRgb, QRgb>, QRgb>;
    static thread_local QHash<Key, Shade> known;
    const Key key({published.rgb(), background.rgb()}, text.isValid() ? text.rgb() : 0);
    auto found = known.find(key);
    if (found == known.end()) {
        if (known.size() >= kMaxKnown) {
            known.clear();
        }
        found = known.insert(key, makeShade(published, background, text));
    }
    return *found;
}

QList<QColor> withoutClashes(const QList<QColor>& published)
{
    std::array<Seen, kHueCount> hues;
    for (int i = 0; i < kHueCount; ++i) {
        hues[static_cast<std::size_t>(i)] = look(hueColor(i));
    }
    QList<QColor> result;
    result.reserve(published.size());
    std::vector<Seen> taken;
    const auto isFree = [&taken](const Seen& color) {
        return std::ranges::none_of(
            taken, [&color](const Seen& other) { return clash(other, color); });
    };
    for (const QColor& color : published) {
        const Seen own = look(color);
        QColor chosen = color;
        Seen seen = own;
        bool free = isFree(own);
        for (int step = 1; step < kHueCount && !free; ++step) {
            const int hue = (own.hue + step) % kHueCount;
            seen = hues[static_cast<std::size_t>(hue)];
            chosen = hueColor(hue);
            free = isFree(seen);
        }
        // more people than hues: initials tell
        result << (free ? chosen : color);
        if (free) {
            taken.push_back(seen);
        }
    }
    return result;
}

std::optional<QColor> parseCssColor(QStringView text)
{
    const QString trimmed = text.trimmed().toString().toLower();
    if (trimmed.isEmpty() || trimmed == QLatin1String("transparent")) {
        return std::nullopt;
    }
    if (trimmed.startsWith(u'#')) {
        return hexColor(QStringView(trimmed).mid(1));
    }
    if (trimmed.startsWith(QLatin1String("var("))) {
        return jupyterColor(trimmed);
    }
    if (const auto color = functionColor(trimmed)) {
        return color;
    }
    return namedColor(trimmed);
}

} // namespace tutti::ui
