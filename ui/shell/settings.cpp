// SPDX-License-Identifier: MIT
#include "ui/shell/settings.h"

#include "ui/presence/presence_colors.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QSettings>
#include <QStandardPaths>
#include <QTextStream>

#include <pwd.h>
#include <unistd.h>

namespace tutti::ui {

namespace {

const auto kName = QStringLiteral("identity/name");
const auto kColor = QStringLiteral("identity/color");
const auto kTheme = QStringLiteral("view/theme");
const auto kWordWrap = QStringLiteral("view/wordWrap");
const auto kParticipants = QStringLiteral("view/participants");
const auto kGeometry = QStringLiteral("window/geometry");

/// `user.name` of a git configuration file; empty without one.
QString gitName(const QString& path)
{
    static const QRegularExpression section(QStringLiteral("^\\s*\\[\\s*([^\\]]*?)\\s*\\]"));
    static const QRegularExpression entry(QStringLiteral("^\\s*name\\s*=\\s*\"?(.*?)\"?\\s*$"),
        QRegularExpression::CaseInsensitiveOption);
    QFile file(path);
    if (!file.open(QFile::ReadOnly)) {
        return {};
    }
    QTextStream lines(&file);
    bool user = false;
    for (QString line; lines.readLineInto(&line);) {
        if (const auto match = section.match(line); match.hasMatch()) {
            user = match.captured(1).compare(QStringLiteral("user"), Qt::CaseInsensitive) == 0;
        } else if (const auto found = entry.match(line); user && found.hasMatch()) {
            return found.captured(1);
        }
    }
    return {};
}

} // namespace

QString systemUserName()
{
    const passwd* account = getpwuid(geteuid()); // NOLINT(concurrency-mt-unsafe): at start only
    if (account != nullptr) {
        // the real name is the first of several parts; "root" and the like are nobody's name
        const QString full = QString::fromLocal8Bit(account->pw_gecos).section(QChar(u','), 0, 0);
        if (!full.trimmed().isEmpty() && full != QString::fromLocal8Bit(account->pw_name)) {
            return full.trimmed();
        }
    }
    for (const QString& path : {QDir::homePath() + QStringLiteral("/.gitconfig"),
             QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation)
                 + QStringLiteral("/git/config")}) {
        if (const QString name = gitName(path); !name.isEmpty()) {
            return name;
        }
    }
    const QString login = account != nullptr ? QString::fromLocal8Bit(account->pw_name) : QString();
    return login.isEmpty() ? QStringLiteral("Guest") : login;
}

QString colorForName(const QString& name)
{
    quint64 sum = 0; // not qHash: the same in every run and version
    for (const QChar character : name) {
        sum = sum * 31 + character.unicode();
    }
    return suggestedColor(sum).name();
}

Identity Settings::identity()
{
    const QSettings settings;
    Identity identity;
    identity.name = settings.value(kName).toString();
    if (identity.name.isEmpty()) {
        identity.name = systemUserName();
    }
    identity.color = settings.value(kColor).toString();
    if (identity.color.isEmpty()) {
        identity.color = colorForName(identity.name);
    }
    return identity;
}

void Settings::setIdentity(const Identity& identity)
{
    QSettings settings;
    settings.setValue(kName, identity.name);
    settings.setValue(kColor, identity.color);
}

bool Settings::isIdentityConfirmed() { return QSettings().contains(kName); }

ThemeChoice Settings::theme()
{
    const QString name = QSettings().value(kTheme).toString();
    return name == QStringLiteral("light") ? ThemeChoice::Light
        : name == QStringLiteral("dark")   ? ThemeChoice::Dark
                                           : ThemeChoice::System;
}

void Settings::setTheme(ThemeChoice choice)
{
    QSettings().setValue(kTheme,
        choice == ThemeChoice::Light      ? QStringLiteral("light")
            : choice == ThemeChoice::Dark ? QStringLiteral("dark")
                                          : QStringLiteral("system"));
}

bool Settings::wordWrap() { return QSettings().value(kWordWrap, false).toBool(); }

void Settings::setWordWrap(bool wrap) { QSettings().setValue(kWordWrap, wrap); }

bool Settings::participantsShown() { return QSettings().value(kParticipants, true).toBool(); }

void Settings::setParticipantsShown(bool shown) { QSettings().setValue(kParticipants, shown); }

QByteArray Settings::geometry() { return QSettings().value(kGeometry).toByteArray(); }

void Settings::setGeometry(const QByteArray& geometry)
{
    QSettings().setValue(kGeometry, geometry);
}

} // namespace tutti::ui
