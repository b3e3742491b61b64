// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace tutti::ui {

/// Words for a tool tip that hold what somebody else chose, a name or a path: Qt shows whatever
/// looks like HTML as such, and would open the files it names. What does not look like it stays as
/// it is.
[[nodiscard]] inline QString toolTipText(const QString& words)
{
    if (!words.contains(u'<') && !words.contains(u'&')) {
        return words;
    }
    QString escaped = words.toHtmlEscaped();
    escaped.replace(u'\n', QStringLiteral("<br>"));
    return QStringLiteral("<qt>%1</qt>").arg(escaped);
}

} // namespace tutti::ui
