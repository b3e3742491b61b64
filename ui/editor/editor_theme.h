// SPDX-License-Identifier: MIT
#pragma once

#include <QColor>
#include <QString>
#include <QStringList>

class QPalette;

namespace KSyntaxHighlighting {
class Theme;
}

namespace tutti::ui {

/// The colours of the text area. A value; the syntax theme behind it is one of
/// KSyntaxHighlighting's (Breeze Light and Breeze Dark unless another was chosen), so that text,
/// gutter and carets fit each other.
struct EditorTheme
{
    QString name; ///< KSyntaxHighlighting's, untranslated
    bool dark = false; ///< its background is
    QColor background;
    QColor text;
    QColor selection;
    QColor selectedText;
    QColor currentLine;
    QColor bracketMatch;
    QColor gutterBackground;
    QColor gutterText;
    QColor gutterCurrentText;
    QColor gutterBorder;

    /// The theme that goes with a palette: dark when its base colour is.
    [[nodiscard]] static EditorTheme forPalette(const QPalette& palette);
    [[nodiscard]] static EditorTheme light();
    [[nodiscard]] static EditorTheme darkTheme();
    /// The theme of that name; of an unknown one Breeze Light.
    [[nodiscard]] static EditorTheme named(const QString& name);
    /// All there are, by their titles.
    [[nodiscard]] static QStringList names();
    [[nodiscard]] static QString titleOf(const QString& name);
    /// The syntax theme these colours come from.
    [[nodiscard]] KSyntaxHighlighting::Theme syntaxTheme() const;

    bool operator==(const EditorTheme&) const = default;
};

} // namespace tutti::ui
