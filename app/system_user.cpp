// SPDX-License-Identifier: MIT
#include "app/system_user.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTextStream>

#include <pwd.h>
#include <unistd.h>

namespace tutti::app {

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
        if (const QString name = gitUserName(path); !name.isEmpty()) {
            return name;
        }
    }
    const QString login = account != nullptr ? QString::fromLocal8Bit(account->pw_name) : QString();
    return login.isEmpty() ? QStringLiteral("Guest") : login;
}

QString gitUserName(const QString& path)
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

} // namespace tutti::app
