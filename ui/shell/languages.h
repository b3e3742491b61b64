// SPDX-License-Identifier: MIT
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

class QCoreApplication;

namespace tutti::ui {

/// A language the program's words are there in.
struct Language
{
    QString id; ///< as its file resources/translations/tutti_ID.ts
    QString name; ///< in itself
};

/// English, which the sources are in, comes first.
[[nodiscard]] QList<Language> languages();

/// The id of the first of these that there is, English where there is none. `wanted`: BCP 47 tags
/// in order of preference, as QLocale::uiLanguages() has them.
[[nodiscard]] QString languageFor(const QStringList& wanted);

/// Makes that language the program's, whatever the system's are; "system" changes nothing.
/// Libraries with words of their own (KSyntaxHighlighting, Sonnet) look for the language themselves
/// when the application is made, and so do programs that this one starts. Requires: there is no
/// QCoreApplication yet.
void chooseLanguage(const QString& id);

/// Has the application speak the language that was chosen, else the first of the system's that
/// there is; Qt's own words come from Qt's catalogue where that is installed, else those that
/// people meet most come from ours. Before any window is made.
void installLanguage(QCoreApplication& application);
/// The same for a language, whatever was chosen.
void installLanguage(QCoreApplication& application, const QString& id);

} // namespace tutti::ui
