// SPDX-License-Identifier: MIT
#pragma once

#include <QColor>
#include <QList>
#include <QStringView>

#include <optional>

/// Colours of people. What a person chooses is a hue; what is painted is a shade of it that can
/// be read on the theme's background. Pure functions.
namespace tutti::ui {

/// How many hues there are to choose from.
inline constexpr int kHueCount = 10;

/// A hue as it is published and as it looks on a light background, or as it looks on a dark one.
/// Requires: 0 <= index < kHueCount.
[[nodiscard]] QColor hueColor(int index, bool dark = false);
/// The hue nearest to a colour.
[[nodiscard]] int nearestHue(const QColor& color);
/// A hue for somebody who has not chosen yet; the same for the same seed.
[[nodiscard]] QColor suggestedColor(quint64 seed);

/// WCAG's contrast ratio, 1 to 21.
[[nodiscard]] double contrastRatio(const QColor& a, const QColor& b);

/// What one person is painted with.
struct Shade
{
    QColor caret; ///< at least 3:1 on the background
    QColor selection; ///< the same with 22 % alpha; paler where the text's own contrast is weak
    QColor label; ///< the label's background: the caret's colour
    QColor labelText; ///< black or white, at least 4.5:1 on the label

    bool operator==(const Shade&) const = default;
};
/// The shade of a published colour on a background: one of the fixed ones where the colour is one
/// of the ten hues, else the same hue made darker or lighter until it reads. With the colour of the
/// text, that keeps 4.5:1 on the selection, or 80 % of what contrast it has where that is less.
[[nodiscard]] Shade shadeFor(
    const QColor& published, const QColor& background, const QColor& text = {});

/// Colours for people in the order in which they came, no two of the same hue while there are
/// hues left: who comes later gives way. The result has the order and size of the input.
[[nodiscard]] QList<QColor> withoutClashes(const QList<QColor>& published);

/// Reads what other editors publish: #rgb, #rrggbb, #rrggbbaa, rgb(), hsl(), CSS colour names,
/// and Jupyter's `var(--jp-collaborator-color3)`. Nothing when it is none of these.
[[nodiscard]] std::optional<QColor> parseCssColor(QStringView text);

} // namespace tutti::ui
