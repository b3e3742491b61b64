// SPDX-License-Identifier: MIT
#include "ui/editor/editor_theme.h"

#include "ui/editor/highlighter.h"

#include <KSyntaxHighlighting/Repository>
#include <KSyntaxHighlighting/Theme>
#include <QPalette>

#include <algorithm>
#include <utility>

namespace tutti::ui {

namespace {

using SyntaxTheme = KSyntaxHighlighting::Theme;

constexpr int kDarkBelow = 128; // of lightness, 0 to 255

const auto kLight = QStringLiteral("Breeze Light");
const auto kDark = QStringLiteral("Breeze Dark");

EditorTheme make(const SyntaxTheme& syntax)
{
    EditorTheme theme;
    theme.name = syntax.name();
    const auto color = [&syntax](SyntaxTheme::EditorColorRole role) {
        return QColor::fromRgba(syntax.editorColor(role));
    };
    theme.background = color(SyntaxTheme::BackgroundColor);
    theme.dark = theme.background.lightness() < kDarkBelow;
    theme.text = QColor::fromRgba(syntax.textColor(SyntaxTheme::Normal));
    theme.selection = color(SyntaxTheme::TextSelection);
    theme.selectedText = theme.text;
    theme.currentLine = color(SyntaxTheme::CurrentLine);
    theme.bracketMatch = color(SyntaxTheme::BracketMatching);
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
    static const EditorTheme theme = named(kLight);
    return theme;
}

EditorTheme EditorTheme::darkTheme()
{
    static const EditorTheme theme = named(kDark);
    return theme;
}

EditorTheme EditorTheme::forPalette(const QPalette& palette)
{
    return palette.color(QPalette::Base).lightness() < kDarkBelow ? darkTheme() : light();
}

EditorTheme EditorTheme::named(const QString& name)
{
    const SyntaxTheme syntax = syntaxRepository().theme(name);
    return make(syntax.isValid() ? syntax : syntaxRepository().theme(kLight));
}

QStringList EditorTheme::names()
{
    auto themes = syntaxRepository().themes();
    std::ranges::sort(themes, [](const SyntaxTheme& a, const SyntaxTheme& b) {
        return QString::localeAwareCompare(a.translatedName(), b.translatedName()) < 0;
    });
    QStringList names;
    for (const SyntaxTheme& theme : std::as_const(themes)) {
        names.append(theme.name());
    }
    return names;
}

QString EditorTheme::titleOf(const QString& name)
{
    return syntaxRepository().theme(name).translatedName();
}

SyntaxTheme EditorTheme::syntaxTheme() const { return syntaxRepository().theme(name); }

} // namespace tutti::ui
