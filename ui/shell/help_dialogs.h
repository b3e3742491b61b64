// SPDX-License-Identifier: MIT
#pragma once

class QWidget;

namespace tutti::ui {

/// What this program is, its version and licence.
void showAbout(QWidget* parent);

} // namespace tutti::ui
