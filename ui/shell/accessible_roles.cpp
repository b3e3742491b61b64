// SPDX-License-Identifier: MIT
#include "ui/shell/accessible_roles.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QWidget>

#include <algorithm>
#include <iterator>

namespace tutti::ui {

namespace {

struct Role
{
    QLatin1StringView className;
    QAccessible::Role role;
};

constexpr Role kRoles[]{
    {QLatin1StringView("tutti::ui::StatusLabel"), QAccessible::StaticText},
    {QLatin1StringView("tutti::ui::StatusStrip"), QAccessible::StatusBar},
    {QLatin1StringView("tutti::ui::QrCodeView"), QAccessible::Graphic},
    {QLatin1StringView("tutti::ui::Minimap"), QAccessible::Graphic},
    {QLatin1StringView("tutti::ui::Gutter"), QAccessible::Graphic},
    {QLatin1StringView("tutti::ui::FollowFrame"), QAccessible::Border},
    {QLatin1StringView("tutti::ui::InlineBar"), QAccessible::AlertMessage},
    {QLatin1StringView("tutti::ui::FindBar"), QAccessible::ToolBar},
    {QLatin1StringView("tutti::ui::FindPanel"), QAccessible::Pane},
    {QLatin1StringView("tutti::ui::ParticipantsPanel"), QAccessible::Pane},
    {QLatin1StringView("tutti::ui::HeaderBar"), QAccessible::Pane},
    {QLatin1StringView("tutti::ui::DocumentPage"), QAccessible::Pane},
    {QLatin1StringView("tutti::ui::CompareView"), QAccessible::Pane},
    {QLatin1StringView("tutti::ui::SharePopover"), QAccessible::Dialog},
    {QLatin1StringView("tutti::ui::QuickPick"), QAccessible::Dialog},
    {QLatin1StringView("tutti::ui::IdentityEditor"), QAccessible::Grouping},
    {QLatin1StringView("QKeySequenceEdit"), QAccessible::HotkeyField},
    {QLatin1StringView("tutti::ui::SettingRow"), QAccessible::Grouping},
};

QAccessibleInterface* make(const QString& className, QObject* object)
{
    const auto* known = std::ranges::find(kRoles, className, &Role::className);
    auto* widget = qobject_cast<QWidget*>(object);
    return known == std::end(kRoles) || widget == nullptr
        ? nullptr
        : new QAccessibleWidget(widget, known->role);
}

} // namespace

void installAccessibleRoles()
{
    static const bool once = (QAccessible::installFactory(make), true);
    (void)once;
}

} // namespace tutti::ui
