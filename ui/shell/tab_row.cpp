// SPDX-License-Identifier: MIT
#include "ui/shell/tab_row.h"

#include "ui/shell/theme.h"

#include <QPainter>

namespace tutti::ui {

void TabRow::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(0, height() - 1, width(), 1, ThemeColors::current().border);
}

} // namespace tutti::ui
