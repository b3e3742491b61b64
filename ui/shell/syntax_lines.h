// SPDX-License-Identifier: MIT
#pragma once

#include <KSyntaxHighlighting/AbstractHighlighter>
#include <KSyntaxHighlighting/Definition>
#include <KSyntaxHighlighting/State>
#include <KSyntaxHighlighting/Theme>
#include <QColor>
#include <QStringView>

#include <vector>

namespace tutti::ui {

/// A part of a line that looks like this; an invalid colour is the text's own.
struct StyledRange
{
    int start = 0;
    int length = 0;
    QColor color;
    QColor background;
    bool bold = false;
    bool italic = false;
    bool underline = false;
    bool strikeOut = false;
};

/// The colours of a text, line by line from its first, for what is not on a screen: pages, files.
/// Lines beyond kMaxLineUnits have none. Cost: O(line) each.
class SyntaxLines : public KSyntaxHighlighting::AbstractHighlighter
{
public:
    static constexpr qsizetype kMaxLineUnits = 10'000;

    SyntaxLines(
        const KSyntaxHighlighting::Definition& definition, const KSyntaxHighlighting::Theme& theme);

    /// Those of the next line that differ from plain text, in order; valid until the next call.
    [[nodiscard]] const std::vector<StyledRange>& next(QStringView line);

protected:
    void applyFormat(int offset, int length, const KSyntaxHighlighting::Format& format) override;

private:
    KSyntaxHighlighting::State m_state;
    std::vector<StyledRange> m_ranges;
};

} // namespace tutti::ui
