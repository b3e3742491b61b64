// SPDX-License-Identifier: MIT
#include "ui/shell/settings.h"

#include "ui/presence/presence_colors.h"
#include "ui/shell/setting_values.h"

#include <QSettings>

namespace tutti::ui {

namespace {

const auto kName = QStringLiteral("identity/name");
const auto kColor = QStringLiteral("identity/color");
const auto kTheme = QStringLiteral("view/theme");
const auto kMotion = QStringLiteral("view/motion");
const auto kParticipants = QStringLiteral("view/participants");
const auto kReach = QStringLiteral("share/reach");
const auto kThisComputer = QStringLiteral("this-computer");
const auto kGeometry = QStringLiteral("window/geometry");

} // namespace

QString colorForName(const QString& name)
{
    quint64 sum = 0; // not qHash: the same in every run and version
    for (const QChar character : name) {
        sum = sum * 31 + character.unicode();
    }
    return suggestedColor(sum).name();
}

Identity Settings::identity(const QString& fallbackName)
{
    const QSettings settings;
    Identity identity;
    identity.name = settings.value(kName).toString();
    if (identity.name.isEmpty()) {
        identity.name = fallbackName;
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

QString Settings::language()
{
    return SettingValues::instance().value(QStringLiteral("view/language")).toString();
}

ThemeChoice Settings::theme()
{
    const QString name = SettingValues::instance().value(kTheme).toString();
    return name == QStringLiteral("light") ? ThemeChoice::Light
        : name == QStringLiteral("dark")   ? ThemeChoice::Dark
                                           : ThemeChoice::System;
}

MotionChoice Settings::motion()
{
    const QString name = SettingValues::instance().value(kMotion).toString();
    return name == QStringLiteral("reduced") ? MotionChoice::Reduced
        : name == QStringLiteral("full")     ? MotionChoice::Full
                                             : MotionChoice::System;
}

QString Settings::nameOf(ThemeChoice choice)
{
    return choice == ThemeChoice::Light ? QStringLiteral("light")
        : choice == ThemeChoice::Dark   ? QStringLiteral("dark")
                                        : QStringLiteral("system");
}

QString Settings::editorThemeId(bool dark)
{
    return dark ? QStringLiteral("view/darkEditorTheme") : QStringLiteral("view/lightEditorTheme");
}

bool Settings::participantsShown()
{
    return SettingValues::instance().value(kParticipants).toBool();
}

void Settings::setParticipantsShown(bool shown)
{
    SettingValues::instance().set(kParticipants, shown);
}

Reach Settings::reach()
{
    return SettingValues::instance().value(kReach).toString() == kThisComputer ? Reach::ThisComputer
                                                                               : Reach::Network;
}

void Settings::setReach(Reach reach)
{
    SettingValues::instance().set(
        kReach, reach == Reach::ThisComputer ? kThisComputer : QStringLiteral("network"));
}

TidyOptions Settings::tidy()
{
    const auto& values = SettingValues::instance();
    return {.trimTrailingWhitespace =
                values.value(QStringLiteral("files/trimTrailingWhitespace")).toBool(),
        .insertFinalNewline = values.value(QStringLiteral("files/insertFinalNewline")).toBool()};
}

QByteArray Settings::geometry() { return QSettings().value(kGeometry).toByteArray(); }

void Settings::setGeometry(const QByteArray& geometry)
{
    QSettings().setValue(kGeometry, geometry);
}

} // namespace tutti::ui
