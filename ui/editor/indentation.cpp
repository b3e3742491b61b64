// SPDX-License-Identifier: MIT
#include "ui/editor/indentation.h"

#include <algorithm>

namespace tutti::ui {

QString IndentStyle::fill(int from, int to) const
{
    QString result;
    if (!spaces) {
        for (int stop = (from / tabWidth + 1) * tabWidth; stop <= to; stop += tabWidth) {
            result += u'\t';
            from = stop;
        }
    }
    return result + QString(std::max(to - from, 0), u' ');
}

int IndentStyle::columnAfter(QStringView units) const
{
    int column = 0;
    for (const QChar unit : units) {
        if (unit == u'\t') {
            column = (column / tabWidth + 1) * tabWidth;
        } else if (!unit.isLowSurrogate()) {
            ++column;
        }
    }
    return column;
}

int indentLength(QStringView line)
{
    const auto end =
        std::ranges::find_if_not(line, [](QChar unit) { return unit == u' ' || unit == u'\t'; });
    return static_cast<int>(end - line.begin());
}

} // namespace tutti::ui
