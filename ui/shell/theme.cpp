// SPDX-License-Identifier: MIT
#include "ui/shell/theme.h"

#include "ui/shell/application_style.h"
#include "ui/shell/style_sheet.h"

#include <QApplication>
#include <QFontDatabase>
#include <QPalette>
#include <QStyleHints>

#include <algorithm>
#include <iterator>

namespace tutti::ui {

namespace {

QColor rgb(QRgb value) { return QColor(value); }

QPalette paletteOf(const ThemeColors& colors)
{
    QPalette palette;
    const QColor disabled = colors.dark ? rgb(0x6b737b) : rgb(0x8d949e);
    palette.setColor(QPalette::Window, colors.chrome);
    palette.setColor(QPalette::WindowText, colors.text);
    palette.setColor(QPalette::Base, colors.surface);
    palette.setColor(QPalette::AlternateBase, colors.chrome);
    palette.setColor(QPalette::Text, colors.text);
    palette.setColor(QPalette::PlaceholderText, colors.muted);
    palette.setColor(QPalette::Button, colors.chrome);
    palette.setColor(QPalette::ButtonText, colors.text);
    palette.setColor(QPalette::BrightText, colors.onAccent);
    palette.setColor(QPalette::Highlight, colors.accent);
    palette.setColor(QPalette::HighlightedText, colors.onAccent);
    palette.setColor(QPalette::Accent, colors.accent);
    palette.setColor(QPalette::Link, colors.accent);
    palette.setColor(QPalette::LinkVisited, colors.accent);
    palette.setColor(QPalette::ToolTipBase, colors.raised);
    palette.setColor(QPalette::ToolTipText, colors.text);
    palette.setColor(QPalette::Light, colors.raised);
    palette.setColor(QPalette::Midlight, colors.border);
    palette.setColor(QPalette::Mid, colors.border);
    palette.setColor(QPalette::Dark, colors.border.darker(130));
    palette.setColor(QPalette::Shadow, rgb(0x000000));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
        palette.setColor(QPalette::Disabled, role, disabled);
    }
    return palette;
}

} // namespace

const ThemeColors& ThemeColors::light()
{
    static const ThemeColors colors{
        .dark = false,
        .chrome = rgb(0xf4f5f7),
        .surface = rgb(0xffffff),
        .raised = rgb(0xffffff),
        .border = rgb(0xdcdfe5),
        .edge = rgb(0x808792),
        .hover = rgb(0xe7e9ee),
        .text = rgb(0x1f2328),
        .muted = rgb(0x59616d),
        .accent = rgb(0x4655c9),
        .accentHover = rgb(0x3947b3),
        .onAccent = rgb(0xffffff),
        .infoBack = rgb(0xedf0fc),
        .warningBack = rgb(0xfdf4dc),
        .warning = rgb(0x7a5600),
        .errorBack = rgb(0xfdecec),
        .error = rgb(0xa32222),
        .good = rgb(0x1c7347),
    };
    return colors;
}

const ThemeColors& ThemeColors::darkColors()
{
    static const ThemeColors colors{
        .dark = true,
        .chrome = rgb(0x1b1e20),
        .surface = rgb(0x232629),
        .raised = rgb(0x2a2e32),
        .border = rgb(0x373c42),
        .edge = rgb(0x7a828b),
        .hover = rgb(0x2f3439),
        .text = rgb(0xe4e7ea),
        .muted = rgb(0x9fa8b0),
        .accent = rgb(0x97a2f5),
        .accentHover = rgb(0xacb5f8),
        .onAccent = rgb(0x14172b),
        .infoBack = rgb(0x262b45),
        .warningBack = rgb(0x3a3120),
        .warning = rgb(0xf0cf80),
        .errorBack = rgb(0x3f2628),
        .error = rgb(0xf6b0b0),
        .good = rgb(0x62cb9b),
    };
    return colors;
}

const ThemeColors& ThemeColors::current()
{
    // not a widget's palette: style sheets change those
    const int lightness = QGuiApplication::palette().color(QPalette::Window).lightness();
    return lightness < 128 ? darkColors() : light();
}

Theme::Theme(QApplication& application)
    : QObject(&application)
    , m_application(application)
{
    m_style = new ApplicationStyle; // the application owns it
    application.setStyle(m_style);
    // Where no desktop says which font it wants, take one made for screens.
    if (qEnvironmentVariableIsEmpty("XDG_CURRENT_DESKTOP")
        && QFontDatabase::hasFamily(QStringLiteral("Inter"))) {
        application.setFont(QFont(QStringLiteral("Inter"), 10));
    }
    connect(application.styleHints(), &QStyleHints::colorSchemeChanged, this, [this] {
        if (m_choice == ThemeChoice::System) {
            apply();
        }
    });
    apply();
}

void Theme::setChoice(ThemeChoice choice)
{
    if (m_choice != choice) {
        m_choice = choice;
        apply();
    }
}

void Theme::setMotion(MotionChoice choice)
{
    m_motion = choice;
    applyMotion();
}

void Theme::setSystemReducesMotion(bool reduces)
{
    m_systemReducesMotion = reduces;
    applyMotion();
}

bool Theme::reducesMotion() const
{
    return m_motion == MotionChoice::System ? m_systemReducesMotion
                                            : m_motion == MotionChoice::Reduced;
}

void Theme::applyMotion()
{
    const bool reduced = reducesMotion();
    if (reduced == m_style->reducedMotion()) {
        return;
    }
    m_style->setReducedMotion(reduced);
    constexpr Qt::UIEffect kAll[]{Qt::UI_AnimateMenu, Qt::UI_FadeMenu, Qt::UI_AnimateCombo,
        Qt::UI_AnimateTooltip, Qt::UI_FadeTooltip};
    if (reduced) {
        m_effects.clear();
        std::ranges::copy_if(kAll, std::back_inserter(m_effects), QApplication::isEffectEnabled);
    }
    for (const Qt::UIEffect effect : std::as_const(m_effects)) {
        QApplication::setEffectEnabled(effect, !reduced);
    }
}

QFont Theme::editorFont()
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    if (QFontDatabase::hasFamily(QStringLiteral("JetBrains Mono"))) {
        font.setFamily(QStringLiteral("JetBrains Mono"));
    }
    font.setPointSize(qMax(11, font.pointSize()));
    font.setFixedPitch(true);
    return font;
}

void Theme::apply()
{
    m_dark = m_choice == ThemeChoice::System
        ? m_application.styleHints()->colorScheme() == Qt::ColorScheme::Dark
        : m_choice == ThemeChoice::Dark;
    const ThemeColors& colors = m_dark ? ThemeColors::darkColors() : ThemeColors::light();
    m_application.setPalette(paletteOf(colors));
    m_application.setStyleSheet(styleSheet(colors));
    Q_EMIT changed();
}

} // namespace tutti::ui
