// SPDX-License-Identifier: MIT
#pragma once

#include "ui/editor/replacement.h"

#include <QStringView>

#include <vector>

namespace tutti::ui {

/// Replacements, left to right and apart from each other, that turn one text into the other.
/// Small rather than minimal: lines that stay are left alone, inside changed lines what is common
/// at both ends and long common pieces are. No replacement starts or ends inside a surrogate pair
/// of either text. Lines end with U+2029 or LF.
/// Cost: O(n) where the texts differ in one place; O(n + d²) in general, bounded: where they have
/// little in common, the differing middle is one replacement.
[[nodiscard]] std::vector<Replacement> smallEdits(QStringView oldText, QStringView newText);

} // namespace tutti::ui
