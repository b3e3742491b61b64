// SPDX-License-Identifier: MIT
#pragma once

#include <KSyntaxHighlighting/AbstractHighlighter>
#include <KSyntaxHighlighting/Definition>
#include <KSyntaxHighlighting/State>
#include <KSyntaxHighlighting/Theme>
#include <QList>
#include <QStringView>
#include <QTextLayout>

namespace tutti::ui {

/// The colours of a text, line by line from its first, for what is not on a screen: pages, files.
/// Lines beyond Highlighter::kMaxLineUnits have none. Cost: O(line) each.
class SyntaxLines : public KSyntaxHighlighting::AbstractHighlighter
{
public:
    SyntaxLines(
        const KSyntaxHighlighting::Definition& definition, const KSyntaxHighlighting::Theme& theme);

    /// Those of the next line that differ from plain text, in order; valid until the next call.
    [[nodiscard]] const QList<QTextLayout::FormatRange>& next(QStringView line);

protected:
    void applyFormat(int offset, int length, const KSyntaxHighlighting::Format& format) override;

private:
    KSyntaxHighlighting::State m_state;
    QList<QTextLayout::FormatRange> m_ranges;
};

} // namespace tutti::ui
