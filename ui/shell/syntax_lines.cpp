// SPDX-License-Identifier: MIT
#include "ui/shell/syntax_lines.h"

#include "ui/editor/highlighter.h"

#include <KSyntaxHighlighting/Format>

namespace tutti::ui {

SyntaxLines::SyntaxLines(
    const KSyntaxHighlighting::Definition& definition, const KSyntaxHighlighting::Theme& theme)
{
    setTheme(theme);
    setDefinition(definition);
}

const QList<QTextLayout::FormatRange>& SyntaxLines::next(QStringView line)
{
    m_ranges.clear();
    if (definition().isValid() && line.size() <= Highlighter::kMaxLineUnits) {
        m_state = highlightLine(line, m_state);
    }
    return m_ranges;
}

void SyntaxLines::applyFormat(int offset, int length, const KSyntaxHighlighting::Format& format)
{
    if (length > 0 && !format.isDefaultTextStyle(theme())) {
        m_ranges.append({offset, length, charFormatOf(format, theme())});
    }
}

} // namespace tutti::ui
