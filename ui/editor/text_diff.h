// SPDX-License-Identifier: MIT
#pragma once

#include "ui/editor/replacement.h"

#include <QStringView>

#include <vector>

namespace tutti::ui {

/// textChanges() as what is to be done to a QTextDocument or a QString.
[[nodiscard]] std::vector<Replacement> smallEdits(QStringView oldText, QStringView newText);

} // namespace tutti::ui
