// SPDX-License-Identifier: MIT
#pragma once

#include <KSyntaxHighlighting/Definition>
#include <KSyntaxHighlighting/SyntaxHighlighter>
#include <QString>
#include <QStringList>

class QTextDocument;

namespace KSyntaxHighlighting {
class Repository;
}

namespace tutti::ui {

struct EditorTheme;

/// All syntax definitions and themes, shared by the whole program. Loaded at first use (some
/// 10 ms). Threads: the GUI's.
[[nodiscard]] KSyntaxHighlighting::Repository& syntaxRepository();

/// The language of a file: by its name, else by what it begins with (`#!`, XML, …). Invalid when
/// neither says anything.
[[nodiscard]] KSyntaxHighlighting::Definition detectDefinition(
    const QString& fileName, const QString& beginning);

/// Colours a QTextDocument after a definition and a theme.
class Highlighter : public KSyntaxHighlighting::SyntaxHighlighter
{
    Q_OBJECT

public:
    explicit Highlighter(QTextDocument& document);

    /// An invalid definition means plain text.
    void setLanguage(const KSyntaxHighlighting::Definition& definition);
    /// Colours the document anew when the theme is another one.
    void setEditorTheme(const EditorTheme& theme);

    /// Translated; "Plain Text" when there is none.
    [[nodiscard]] QString languageName() const;
    [[nodiscard]] static QStringList languages();
};

} // namespace tutti::ui
