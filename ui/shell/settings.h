// SPDX-License-Identifier: MIT
#pragma once

#include "ui/shell/file_conventions.h"
#include "ui/shell/room_service.h"
#include "ui/shell/theme.h"

#include <QByteArray>
#include <QString>

namespace tutti::ui {

/// How the others see this person.
struct Identity
{
    QString name;
    QString color; ///< #rrggbb

    bool operator==(const Identity&) const = default;
};

/// What the program remembers between runs, under the XDG configuration folder, in types. Nothing
/// secret. Every call reads or writes through; a value type without state. What the page of
/// settings shows is in setting_table.h.
class Settings
{
public:
    /// What was chosen before; else that name, and a colour that goes with it.
    [[nodiscard]] static Identity identity(const QString& fallbackName);
    static void setIdentity(const Identity& identity);
    /// Whether the name was confirmed by the person once.
    [[nodiscard]] static bool isIdentityConfirmed();

    /// The id of the language that was chosen (languages.h), or "system". May be asked before there
    /// is an application.
    [[nodiscard]] static QString language();

    [[nodiscard]] static ThemeChoice theme();
    /// What setting view/theme calls it.
    [[nodiscard]] static QString nameOf(ThemeChoice choice);
    [[nodiscard]] static MotionChoice motion();
    [[nodiscard]] static bool participantsShown();
    static void setParticipantsShown(bool shown);
    /// The setting that says with which colours a text is shown, in windows that are dark or not.
    [[nodiscard]] static QString editorThemeId(bool dark);
    /// How far rooms reach that are hosted here; the network at first, since sharing is with
    /// others.
    [[nodiscard]] static Reach reach();
    static void setReach(Reach reach);
    /// What saving tidies up where no .editorconfig says anything.
    [[nodiscard]] static TidyOptions tidy();
    [[nodiscard]] static QByteArray geometry();
    static void setGeometry(const QByteArray& geometry);
};

/// One of the presence colours, the same for the same name.
[[nodiscard]] QString colorForName(const QString& name);

} // namespace tutti::ui
