// SPDX-License-Identifier: MIT
#pragma once

#include <QAbstractButton>
#include <QAccessible>
#include <QSet>
#include <QStringList>
#include <QWidget>

/// What assistive technology is told of a window: every interface from the window down, and what is
/// wrong with it, in words.
namespace walk {

struct Found
{
    QStringList problems;
    int widgets = 0; ///< that were looked at
    int named = 0; ///< that a person can do something with
};

/// Whether a person can do something with it.
[[nodiscard]] inline bool isInteractive(QAccessible::Role role)
{
    switch (role) {
    case QAccessible::Button:
    case QAccessible::ButtonMenu:
    case QAccessible::ButtonDropDown:
    case QAccessible::CheckBox:
    case QAccessible::RadioButton:
    case QAccessible::ComboBox:
    case QAccessible::SpinBox:
    case QAccessible::Slider:
    case QAccessible::EditableText:
    case QAccessible::PageTab:
    case QAccessible::PageTabList:
    case QAccessible::List:
    case QAccessible::Tree:
    case QAccessible::Table:
    case QAccessible::MenuItem:
    case QAccessible::Link:
        return true;
    default:
        return false;
    }
}

[[nodiscard]] inline QString describe(const QObject* object)
{
    return QStringLiteral("%1 “%2”").arg(
        QLatin1StringView(object->metaObject()->className()), object->objectName());
}

/// Parts of Qt's own widgets, which stand for nothing by themselves.
[[nodiscard]] inline bool isInner(const QWidget& widget)
{
    const QString name = widget.objectName();
    return (name.startsWith(QLatin1StringView("qt_"))
               && !name.startsWith(QLatin1StringView("qt_msgbox")))
        || widget.inherits("QScrollBar") || widget.inherits("QAbstractScrollAreaScrollBarContainer")
        || widget.inherits("QComboBoxPrivateContainer") || widget.inherits("QSizeGrip")
        || (widget.parentWidget() != nullptr
            && (widget.parentWidget()->inherits("QSpinBox")
                || widget.parentWidget()->inherits("QComboBox")))
        // the arrows of a tab bar: its tabs are reached with the arrow keys
        || widget.objectName() == QLatin1StringView("ScrollLeftButton")
        || widget.objectName() == QLatin1StringView("ScrollRightButton");
}

inline void look(QAccessibleInterface* at, Found& found, int depth = 0)
{
    if (at == nullptr || !at->isValid() || depth > 40) {
        return;
    }
    auto* widget = qobject_cast<QWidget*>(at->object());
    if (widget != nullptr && (!widget->isVisible() || isInner(*widget))) {
        return;
    }
    if (widget != nullptr) {
        ++found.widgets;
        const QString name = at->text(QAccessible::Name).trimmed();
        const QAccessible::Role role = at->role();
        const bool interactive = isInteractive(role) || widget->focusPolicy() != Qt::NoFocus
            || qobject_cast<QAbstractButton*>(widget) != nullptr;
        const bool proxied = widget->focusProxy() != nullptr;
        if (interactive && !proxied && !widget->isWindow() && !widget->inherits("QScrollArea")) {
            ++found.named;
            if (name.isEmpty()) {
                found.problems += describe(widget) + QStringLiteral(" has no name");
            }
            if (role == QAccessible::NoRole || role == QAccessible::Client) {
                found.problems += describe(widget) + QStringLiteral(" has no role");
            }
        }
        // what is painted here, and says nothing by itself
        const bool own = QLatin1StringView(widget->metaObject()->className())
                             .startsWith(QLatin1StringView("tutti::"));
        if (own && !widget->isWindow() && !proxied && at->childCount() == 0
            && !widget->size().isEmpty()) {
            if (role == QAccessible::Client || role == QAccessible::NoRole) {
                found.problems += describe(widget) + QStringLiteral(" is painted and has no role");
            }
            if (name.isEmpty() && role != QAccessible::Border) {
                found.problems += describe(widget) + QStringLiteral(" is painted and has no name");
            }
        }
        if (widget->isWindow() && name.isEmpty()) {
            found.problems += describe(widget) + QStringLiteral(" is a window without a name");
        }
    } else if (at->tableCellInterface() != nullptr && at->tableCellInterface()->columnIndex() > 0) {
        return; // the first cell of a row names it
    } else if (isInteractive(at->role()) || at->role() == QAccessible::ListItem
        || at->role() == QAccessible::TreeItem) {
        ++found.named;
        if (at->text(QAccessible::Name).trimmed().isEmpty()) {
            found.problems += QStringLiteral("an item of %1 has no name")
                                  .arg(at->parent() != nullptr && at->parent()->object() != nullptr
                                          ? describe(at->parent()->object())
                                          : QStringLiteral("?"));
        }
    }
    const int children = qMin(at->childCount(), 400); // a table of all shortcuts
    for (int i = 0; i < children; ++i) {
        look(at->child(i), found, depth + 1);
    }
}

/// Everything that can be seen of a window now.
[[nodiscard]] inline Found window(QWidget& window)
{
    Found found;
    look(QAccessible::queryAccessibleInterface(&window), found);
    found.problems.removeDuplicates();
    return found;
}

/// What Tab ought to stop at.
[[nodiscard]] inline QSet<QWidget*> tabStops(QWidget& window)
{
    QSet<QWidget*> stops;
    for (QWidget* widget : window.findChildren<QWidget*>()) {
        if (widget->window() == window.window() && widget->isVisible() && widget->isEnabled()
            && (widget->focusPolicy() & Qt::TabFocus) != 0 && widget->focusProxy() == nullptr
            && !isInner(*widget) && !widget->inherits("QScrollArea")) {
            stops.insert(widget);
        }
    }
    return stops;
}

/// The steps of a way through a window that go back: to the left in a row, or up and not to a
/// column at the right.
[[nodiscard]] inline QStringList stepsBack(const QList<QWidget*>& way, const QWidget& window)
{
    QStringList problems;
    const auto place = [&window](const QWidget* widget) {
        return QRect(widget->mapTo(&window, QPoint()), widget->size());
    };
    for (qsizetype i = 0; i + 1 < way.size(); ++i) {
        const QRect from = place(way.at(i));
        const QRect to = place(way.at(i + 1));
        const bool sameRow = to.top() <= from.bottom() && from.top() <= to.bottom();
        const bool left = to.left() < from.left();
        const bool up = to.bottom() < from.top();
        const bool otherColumn = to.left() > from.right();
        if ((sameRow && left) || (up && !otherColumn)) {
            problems += QStringLiteral("Tab goes back from %1 to %2")
                            .arg(describe(way.at(i)), describe(way.at(i + 1)));
        }
    }
    return problems;
}

} // namespace walk
