// SPDX-License-Identifier: MIT
#pragma once

#include <QColor>
#include <QFont>
#include <QList>
#include <QObject>
#include <QPointer>
#include <QString>

class QApplication;

namespace tutti::ui {

class ApplicationStyle;

/// What the person picked in Settings → Theme.
enum class ThemeChoice { System, Light, Dark };

/// Whether things fade and slide here.
enum class MotionChoice { System, Reduced, Full };

/// The few colours everything is painted with. Text on each of its backgrounds has a contrast of
/// 4.5:1 or more.
struct ThemeColors
{
    bool dark = false;
    QColor chrome; ///< menus, tabs, panels, status bar
    QColor surface; ///< the editor, fields, lists
    QColor raised; ///< menus and pop-ups
    QColor border; ///< lines between things, which tell nothing
    QColor edge; ///< of what is filled in or ticked: 3:1 on each of the backgrounds above
    QColor hover;
    QColor text;
    QColor muted; ///< less important text and icons
    QColor accent;
    QColor accentHover;
    QColor onAccent;
    QColor infoBack;
    QColor warningBack;
    QColor warning;
    QColor errorBack;
    QColor error;
    QColor good;

    [[nodiscard]] static const ThemeColors& light();
    [[nodiscard]] static const ThemeColors& darkColors();
    /// The set the application's palette was made from.
    [[nodiscard]] static const ThemeColors& current();
};

/// The look of the whole program: Fusion with our palette and one style sheet. One per
/// application; it follows the system's light or dark where the person did not choose.
class Theme : public QObject
{
    Q_OBJECT

public:
    explicit Theme(QApplication& application);

    [[nodiscard]] ThemeChoice choice() const noexcept { return m_choice; }
    void setChoice(ThemeChoice choice);
    [[nodiscard]] bool isDark() const noexcept { return m_dark; }
    void setMotion(MotionChoice choice);
    /// What the desktop asks for; it counts where the person did not choose.
    void setSystemReducesMotion(bool reduces);
    /// Nothing fades or slides that Qt or this program would let fade or slide.
    [[nodiscard]] bool reducesMotion() const;
    /// A fixed-pitch font at the size text is read in.
    [[nodiscard]] static QFont editorFont();

Q_SIGNALS:
    void changed();

private:
    void apply();
    void applyMotion();

    QApplication& m_application;
    QPointer<ApplicationStyle> m_style;
    ThemeChoice m_choice = ThemeChoice::System;
    bool m_dark = false;
    MotionChoice m_motion = MotionChoice::System;
    bool m_systemReducesMotion = false;
    QList<Qt::UIEffect> m_effects; ///< that are on unless motion is reduced
};

} // namespace tutti::ui
