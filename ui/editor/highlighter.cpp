// SPDX-License-Identifier: MIT
#include "ui/editor/highlighter.h"

#include "ui/editor/editor_theme.h"

#include <KSyntaxHighlighting/Repository>
#include <KSyntaxHighlighting/Theme>
#include <QCoreApplication>
#include <QFileInfo>
#include <QMimeDatabase>
#include <QTextDocument>

namespace tutti::ui {

namespace {

/// How much of a file's beginning the MIME database gets to see.
constexpr qsizetype kSniffedUnits = 1024;

QString plainTextName()
{
    return QCoreApplication::translate("tutti::ui::Highlighter", "Plain Text");
}

KSyntaxHighlighting::Definition byContent(const QString& beginning)
{
    const QByteArray bytes = beginning.left(kSniffedUnits).toUtf8();
    if (bytes.isEmpty()) {
        return {};
    }
    const QMimeType mime = QMimeDatabase().mimeTypeForData(bytes);
    if (mime.isDefault() || mime.name() == QLatin1String("text/plain")) {
        return {};
    }
    return syntaxRepository().definitionForMimeType(mime.name());
}

} // namespace

KSyntaxHighlighting::Repository& syntaxRepository()
{
    static KSyntaxHighlighting::Repository repository;
    return repository;
}

KSyntaxHighlighting::Definition detectDefinition(const QString& fileName, const QString& beginning)
{
    const QString name = QFileInfo(fileName).fileName();
    if (!name.isEmpty()) {
        auto definition = syntaxRepository().definitionForFileName(name);
        if (definition.isValid()) {
            return definition;
        }
    }
    return byContent(beginning);
}

Highlighter::Highlighter(QTextDocument& document)
    : SyntaxHighlighter(&document)
{ }

void Highlighter::setLanguage(const KSyntaxHighlighting::Definition& newDefinition)
{
    if (newDefinition.name() != definition().name()) {
        setDefinition(newDefinition);
    }
}

void Highlighter::setEditorTheme(const EditorTheme& newTheme)
{
    const KSyntaxHighlighting::Theme syntax = newTheme.syntaxTheme();
    if (theme().name() != syntax.name()) {
        setTheme(syntax);
        if (definition().isValid()) {
            rehighlight();
        }
    }
}

QString Highlighter::languageName() const
{
    // KSyntaxHighlighting counts "None" among its definitions; people call that plain text
    const KSyntaxHighlighting::Definition current = definition();
    const bool none = !current.isValid() || current.name() == QLatin1String("None");
    return none ? plainTextName() : current.translatedName();
}

QStringList Highlighter::languages()
{
    QStringList names{plainTextName()};
    const auto definitions = syntaxRepository().definitions();
    for (const KSyntaxHighlighting::Definition& definition : definitions) {
        if (!definition.isHidden() && definition.name() != QLatin1String("None")) {
            names << definition.translatedName();
        }
    }
    return names;
}

} // namespace tutti::ui
