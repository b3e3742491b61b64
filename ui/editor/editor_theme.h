// SPDX-License-Identifier: MIT
#pragma once

#include <QColor>

class QPalette;

namespace KSyntaxHighlighting {
class Theme;
}

namespace tutti::ui {

/// The colours of the text area. A value; the syntax theme behind it is one of
/// KSyntaxHighlighting's own (Breeze Light, Breeze Dark), so that text, gutter and carets fit each
/// other.
struct EditorTheme
{
    bool dark = false;
    QColor background;
    QColor text;
    QColor selection;
    QColor selectedText;
    QColor currentLine;
    QColor gutterBackground;
    QColor gutterText;
    QColor gutterCurrentText;
    QColor gutterBorder;

    /// The theme that goes with a palette: dark when its base colour is.
    [[nodiscard]] static EditorTheme forPalette(const QPalette& palette);
    [[nodiscard]] static EditorTheme light();
    [[nodiscard]] static EditorTheme darkTheme();
    /// The syntax theme these colours come from.
    [[nodiscard]] KSyntaxHighlighting::Theme syntaxTheme() const;

    bool operator==(const EditorTheme&) const = default;
};

} // namespace tutti::ui
