// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace tutti::ui {

struct ThemeColors;

/// The program's style sheet in those colours: measures are multiples of 4 and 8 px.
[[nodiscard]] QString styleSheet(const ThemeColors& colors);

} // namespace tutti::ui
