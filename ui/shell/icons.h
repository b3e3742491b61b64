// SPDX-License-Identifier: MIT
#pragma once

#include <QIcon>
#include <QString>

namespace tutti::ui {

/// Which of the theme's colours an icon takes.
enum class IconTone { Text, Muted, Accent, OnAccent, Good, Warning, Error };

/// An icon of resources/icons by its file name without ending. It is drawn from the outline at
/// every size and pixel ratio, in the colours the application's palette has at that moment.
/// Requires: the icon exists.
[[nodiscard]] QIcon icon(const QString& name, IconTone tone = IconTone::Muted);

/// The program's own icon, in its own colours.
[[nodiscard]] QIcon applicationIcon();

} // namespace tutti::ui
