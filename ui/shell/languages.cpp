// SPDX-License-Identifier: MIT
#include "ui/shell/languages.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

namespace tutti::ui {

namespace {

const auto kEnglish = QStringLiteral("en");
const auto kFolder = QStringLiteral(":/tutti/translations");

void install(QCoreApplication& application, const QString& file, const QString& folder)
{
    auto* translator = new QTranslator(&application);
    if (translator->load(file, folder)) {
        QCoreApplication::installTranslator(translator);
    } else {
        delete translator;
    }
}

} // namespace

QList<Language> languages()
{
    return {{kEnglish, QStringLiteral("English")},
        {QStringLiteral("de"), QStringLiteral("Deutsch")},
        {QStringLiteral("zh_CN"), QStringLiteral("简体中文")}};
}

QString languageFor(const QStringList& wanted)
{
    for (const QString& tag : wanted) {
        const QLocale locale(tag);
        switch (locale.language()) {
        case QLocale::C:
        case QLocale::English:
            return kEnglish;
        case QLocale::German:
            return QStringLiteral("de");
        case QLocale::Chinese:
            if (locale.script() == QLocale::SimplifiedHanScript) {
                return QStringLiteral("zh_CN");
            }
            break;
        default:
            break;
        }
    }
    return kEnglish;
}

void chooseLanguage(const QString& id)
{
    if (id != QStringLiteral("system")) {
        qputenv("LANGUAGE", id.toLatin1()); // what QLocale::system() and gettext ask first
    }
}

void installLanguage(QCoreApplication& application)
{
    installLanguage(application, languageFor(QLocale::system().uiLanguages()));
}

void installLanguage(QCoreApplication& application, const QString& id)
{
    // The last one that is installed is asked first.
    install(application, QStringLiteral("qt_") + id, kFolder);
    install(application, QStringLiteral("qtbase_") + id,
        QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    install(application, QStringLiteral("tutti_") + id, kFolder);
}

} // namespace tutti::ui
