// SPDX-License-Identifier: MIT
#include "ui/shell/syntax_lines.h"

#include <KSyntaxHighlighting/Format>

namespace tutti::ui {

SyntaxLines::SyntaxLines(
    const KSyntaxHighlighting::Definition& definition, const KSyntaxHighlighting::Theme& theme)
{
    setTheme(theme);
    setDefinition(definition);
}

const std::vector<StyledRange>& SyntaxLines::next(QStringView line)
{
    m_ranges.clear();
    if (definition().isValid() && line.size() <= kMaxLineUnits) {
        m_state = highlightLine(line, m_state);
    }
    return m_ranges;
}

void SyntaxLines::applyFormat(int offset, int length, const KSyntaxHighlighting::Format& format)
{
    if (length <= 0 || format.isDefaultTextStyle(theme())) {
        return;
    }
    StyledRange range;
    range.start = offset;
    range.length = length;
    if (format.hasTextColor(theme())) {
        range.color = format.textColor(theme());
    }
    if (format.hasBackgroundColor(theme())) {
        range.background = format.backgroundColor(theme());
    }
    range.bold = format.isBold(theme());
    range.italic = format.isItalic(theme());
    range.underline = format.isUnderline(theme());
    range.strikeOut = format.isStrikeThrough(theme());
    m_ranges.push_back(range);
}

} // namespace tutti::ui
