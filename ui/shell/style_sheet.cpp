// SPDX-License-Identifier: MIT
#include "ui/shell/style_sheet.h"

#include "ui/shell/theme.h"

#include <QGuiApplication>
#include <QRegularExpression>

namespace tutti::ui {

namespace {

// @name stands for the colour of that name.
constexpr QStringView kSheet = uR"(
QMainWindow, QDialog, QMessageBox { background: @chrome; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QMenuBar { background: @chrome; padding: 4px 4px 4px 4px; }
QMenuBar::item { padding: 4px 8px; border-radius: 4px; background: transparent; }
QMenuBar::item:selected { background: @hover; }
QMenu { background: @raised; border: 1px solid @border; padding: 4px; }
QMenu::item { padding: 6px 16px 6px 28px; border-radius: 4px; min-width: 184px; }
QMenu::item:selected { background: @accent; color: @onAccent; }
QMenu::item:disabled { color: @muted; background: transparent; }
QMenu::separator { height: 1px; background: @border; margin: 4px 8px; }
QToolTip { background: @raised; color: @text; border: 1px solid @border; padding: 4px; }

QTabBar { background: transparent; }
QTabBar::tab { background: transparent; color: @muted; padding: 7px 4px 8px 12px;
    margin: 0 2px 0 0; border: 1px solid transparent; border-bottom: none;
    border-top-left-radius: 6px; border-top-right-radius: 6px; min-width: 64px; }
QTabBar::tab:hover { background: @hover; color: @text; }
QTabBar::tab:selected { background: @surface; color: @text; border-color: @border; }
QTabBar[inactive="true"]::tab:selected { color: @muted; }
QTabBar::tab:focus { color: @accent; }
QTabBar::tear { image: none; width: 0; }
QTabBar QToolButton { background: @chrome; border: none; }
QTabBar QToolButton#tabClose { background: transparent; border-radius: 4px; padding: 3px; }
QTabBar QToolButton#tabClose:hover { background: @hover; }

QPushButton { background: @raised; color: @text; border: 1px solid @border; border-radius: 6px;
    padding: 5px 15px; min-height: 20px; }
QPushButton:hover { background: @hover; }
QPushButton:focus { border-color: @accent; }
QPushButton:disabled { color: @muted; background: @chrome; }
QPushButton:default, QPushButton[primary="true"] { background: @accent; color: @onAccent;
    border-color: @accent; font-weight: 600; }
QPushButton:default:hover, QPushButton[primary="true"]:hover { background: @accentHover; }
QPushButton:default:focus, QPushButton[primary="true"]:focus { border-color: @text; }
QPushButton:default:disabled, QPushButton[primary="true"]:disabled { background: @hover;
    color: @muted; border-color: @border; }
QPushButton[compact="true"] { padding: 1px 11px; min-height: 20px; }

QToolButton { background: transparent; border: 1px solid transparent; border-radius: 4px;
    padding: 3px; color: @text; }
QToolButton:hover { background: @hover; }
QToolButton:checked { background: @hover; border-color: @border; }
QToolButton:focus { border-color: @accent; }

QLineEdit { background: @surface; color: @text; border: 1px solid @edge; border-radius: 6px;
    padding: 5px 8px; min-height: 20px; selection-background-color: @accent;
    selection-color: @onAccent; }
QLineEdit:focus { border-color: @accent; }
QLineEdit:disabled { color: @muted; background: @chrome; border-color: @border; }
QLineEdit[compact="true"] { padding: 1px 8px; }

QToolButton[framed="true"] { border-color: @border; border-radius: 6px; padding: 5px 11px;
    min-height: 20px; }
QToolButton[framed="true"]:checked, QToolButton[framed="true"]:focus { border-color: @accent; }
QTreeView { background: @surface; border: 1px solid @border; border-radius: 6px; outline: none; }
QTreeView:focus { border-color: @accent; }
QTreeView::item { padding: 5px 6px; border: 0px solid transparent; }
QTreeView::item:selected { background: @infoBack; color: @text; }
QHeaderView::section { background: @surface; color: @muted; border: none;
    border-bottom: 1px solid @border; padding: 6px 8px; font-weight: 600; }

QListView { background: transparent; border: none; outline: none; }
#guideChapters { background: transparent; }
#guideChapters::item { padding: 5px 6px; border-radius: 4px; }
#guideChapters::item:selected { background: @infoBack; color: @text; }
QSplitter::handle { background: @border; }

QStatusBar { background: @chrome; border-top: 1px solid @border; }
QStatusBar::item { border: none; }
QStatusBar QToolButton { color: @muted; padding: 2px 7px; }
QStatusBar QToolButton:hover { color: @text; }
QStatusBar QToolButton::menu-indicator { image: none; width: 0; }
QStatusBar QLabel { color: @text; }
QSizeGrip { width: 0; height: 0; }
QSplitter::handle { background: @border; }
QLabel[role="title"] { font-size: 12pt; font-weight: 600; }
QLabel[role="heading"] { color: @muted; font-weight: 600; }
QLabel[role="hint"] { color: @muted; }
QLabel[role="good"] { color: @good; }
QLabel[role="error"] { color: @error; }
QFrame[role="panel"] { background: @chrome; border: none; border-left: 1px solid @border; }
QFrame[role="card"] { background: @surface; border: 1px solid @border; border-radius: 6px; }
QFrame[role="bar"] { border: none; border-bottom: 1px solid @border; background: @infoBack; }
QFrame[role="bar"][kind="warning"] { background: @warningBack; }
QFrame[role="bar"][kind="error"] { background: @errorBack; }
QFrame[role="find"] { background: @chrome; border: none; border-top: 1px solid @border; }
QFrame[role="overlay"] { background: transparent; border: none; }
QFrame[role="popover"] { background: @raised; border: 1px solid @border; }

QScrollBar { background: @surface; border: none; }
QScrollBar:vertical { width: 12px; }
QScrollBar:horizontal { height: 12px; }
QScrollBar::handle { background: @border; border-radius: 4px; margin: 2px; min-height: 32px;
    min-width: 32px; }
QScrollBar::handle:hover { background: @muted; }
QAbstractScrollArea::corner { background: @surface; border: none; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
)";

/// Style sheets know left and right only; from right to left these are the other way around.
QString mirrored(QString sheet)
{
    static const QRegularExpression sides(
        QStringLiteral("(padding|margin): ([^ ;]+) ([^ ;]+) ([^ ;]+) ([^ ;]+);"));
    sheet.replace(sides, QStringLiteral("\\1: \\2 \\5 \\4 \\3;"));
    const auto turned = QStringLiteral("border-turned:");
    sheet.replace(QStringLiteral("border-left:"), turned);
    sheet.replace(QStringLiteral("border-right:"), QStringLiteral("border-left:"));
    return sheet.replace(turned, QStringLiteral("border-right:"));
}

} // namespace

QString styleSheet(const ThemeColors& colors)
{
    const std::pair<QStringView, QColor> names[]{
        {u"@chrome", colors.chrome},
        {u"@surface", colors.surface},
        {u"@raised", colors.raised},
        {u"@border", colors.border},
        {u"@edge", colors.edge},
        {u"@hover", colors.hover},
        {u"@text", colors.text},
        {u"@muted", colors.muted},
        {u"@accentHover", colors.accentHover}, // before its own beginning
        {u"@accent", colors.accent},
        {u"@onAccent", colors.onAccent},
        {u"@infoBack", colors.infoBack},
        {u"@warningBack", colors.warningBack},
        {u"@errorBack", colors.errorBack},
        {u"@error", colors.error},
        {u"@good", colors.good},
    };
    QString sheet = kSheet.toString();
    for (const auto& [name, color] : names) {
        sheet.replace(name.toString(), color.name());
    }
    return QGuiApplication::isRightToLeft() ? mirrored(sheet) : sheet;
}

} // namespace tutti::ui
