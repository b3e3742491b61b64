// SPDX-License-Identifier: MIT
#include "ui/editor/editor_theme.h"

#include "ui/editor/highlighter.h"

#include <KSyntaxHighlighting/Repository>
#include <KSyntaxHighlighting/Theme>
#include <QPalette>

namespace tutti::ui {

namespace {

using SyntaxTheme = KSyntaxHighlighting::Theme;

constexpr int kDarkBelow = 128; // of lightness, 0 to 255

EditorTheme make(bool dark)
{
    EditorTheme theme;
    theme.dark = dark;
    const SyntaxTheme syntax = theme.syntaxTheme();
    const auto color = [&syntax](SyntaxTheme::EditorColorRole role) {
        return QColor::fromRgba(syntax.editorColor(role));
    };
    theme.background = color(SyntaxTheme::BackgroundColor);
    theme.text = QColor::fromRgba(syntax.textColor(SyntaxTheme::Normal));
    theme.selection = color(SyntaxTheme::TextSelection);
    theme.selectedText = theme.text;
    theme.currentLine = color(SyntaxTheme::CurrentLine);
    // a quiet margin: the text's own background, a hairline between
    theme.gutterBackground = theme.background;
    theme.gutterText = color(SyntaxTheme::LineNumbers);
    theme.gutterCurrentText = color(SyntaxTheme::CurrentLineNumber);
    theme.gutterBorder = color(SyntaxTheme::Separator);
    return theme;
}

} // namespace

EditorTheme EditorTheme::light()
{
    static const EditorTheme theme = make(false);
    return theme;
}

EditorTheme EditorTheme::darkTheme()
{
    static const EditorTheme theme = make(true);
    return theme;
}

EditorTheme EditorTheme::forPalette(const QPalette& palette)
{
    return palette.color(QPalette::Base).lightness() < kDarkBelow ? darkTheme() : light();
}

SyntaxTheme EditorTheme::syntaxTheme() const
{
    return syntaxRepository().theme(
        dark ? QStringLiteral("Breeze Dark") : QStringLiteral("Breeze Light"));
}

} // namespace tutti::ui
