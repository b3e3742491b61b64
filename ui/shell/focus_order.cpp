// SPDX-License-Identifier: MIT
#include "ui/shell/focus_order.h"

#include <QGridLayout>
#include <QLayout>
#include <QPointer>
#include <QSplitter>
#include <QVariant>
#include <QWidget>

#include <algorithm>
#include <tuple>
#include <vector>

namespace tutti::ui {

namespace {

constexpr const char* kPart = "tuttiPart";
constexpr const char* kLastFocus = "tuttiLastFocus";

bool takesTab(const QWidget& widget)
{
    return widget.isEnabled() && (widget.focusPolicy() & Qt::TabFocus) != 0
        && widget.focusProxy() == nullptr;
}

/// What arranges its children in a way of its own: Tab is its business in there.
bool isWhole(const QWidget& widget)
{
    return widget.inherits("QAbstractScrollArea") && !widget.inherits("QScrollArea");
}

void collect(QWidget& widget, QList<QWidget*>& into);

void collect(QLayout& layout, QList<QWidget*>& into)
{
    // of a grid by rows, whatever was put into it first
    std::vector<std::tuple<int, int, QLayoutItem*>> items;
    auto* grid = qobject_cast<QGridLayout*>(&layout);
    for (int i = 0; i < layout.count(); ++i) {
        int row = 0;
        int column = i;
        int rows = 0;
        int columns = 0;
        if (grid != nullptr) {
            grid->getItemPosition(i, &row, &column, &rows, &columns);
        }
        items.emplace_back(row, column, layout.itemAt(i));
    }
    std::ranges::sort(items);
    for (const auto& [row, column, item] : items) {
        if (QWidget* widget = item->widget()) {
            collect(*widget, into);
        } else if (QLayout* inner = item->layout()) {
            collect(*inner, into);
        }
    }
}

void collect(QWidget& widget, QList<QWidget*>& into)
{
    if (into.contains(&widget) || (!widget.isVisible() && !widget.isWindow())) {
        return;
    }
    if (takesTab(widget)) {
        into.append(&widget);
    }
    if (isWhole(widget)) {
        return;
    }
    if (const auto* splitter = qobject_cast<const QSplitter*>(&widget)) {
        for (int i = 0; i < splitter->count(); ++i) {
            collect(*splitter->widget(i), into);
        }
    }
    if (widget.layout() != nullptr) {
        collect(*widget.layout(), into);
    }
    // what is in no layout: laid over the others
    for (QObject* child : widget.children()) {
        auto* inner = qobject_cast<QWidget*>(child);
        if (inner != nullptr && !inner->isWindow()) {
            collect(*inner, into);
        }
    }
}

QWidget* partOf(QWidget* widget)
{
    // every text is one, and there may be several of a document
    while (widget != nullptr && !widget->property(kPart).toBool()
        && !widget->inherits("tutti::ui::CodeEditor")) {
        widget = widget->isWindow() ? nullptr : widget->parentWidget();
    }
    return widget;
}

} // namespace

void makePart(QWidget& widget) { widget.setProperty(kPart, true); }

QList<QWidget*> focusOrder(QWidget& window)
{
    QList<QWidget*> order;
    collect(window, order);
    return order;
}

bool focusNext(QWidget& window, bool forward)
{
    const QList<QWidget*> order = focusOrder(window);
    const qsizetype count = order.size();
    const qsizetype now = order.indexOf(window.focusWidget());
    if (count == 0 || (count == 1 && now == 0)) {
        return false;
    }
    const qsizetype next =
        now < 0 ? (forward ? 0 : count - 1) : (now + (forward ? 1 : count - 1)) % count;
    order.at(next)->setFocus(forward ? Qt::TabFocusReason : Qt::BacktabFocusReason);
    return true;
}

bool focusNextPart(QWidget& window, bool forward)
{
    const QList<QWidget*> order = focusOrder(window);
    QList<QWidget*> parts;
    for (QWidget* widget : order) {
        QWidget* part = partOf(widget);
        if (part != nullptr && !parts.contains(part)) {
            parts.append(part);
        }
    }
    QWidget* focused = window.focusWidget();
    QWidget* from = partOf(focused);
    if (parts.isEmpty() || (parts.size() == 1 && from == parts.first())) {
        return false;
    }
    if (from != nullptr) {
        from->setProperty(kLastFocus, QVariant::fromValue(QPointer<QWidget>(focused)));
    }
    const qsizetype count = parts.size();
    const qsizetype now = parts.indexOf(from);
    QWidget* part = nullptr;
    if (now >= 0) {
        part = parts.at((now + (forward ? 1 : count - 1)) % count);
    } else {
        // in none of them, as the tabs of a pane are: to the nearest one on the way
        const qsizetype all = order.size();
        qsizetype at = order.indexOf(focused);
        at = at < 0 && !forward ? 0 : at;
        while (part == nullptr) {
            at = (at + (forward ? 1 : all - 1)) % all;
            part = partOf(order.at(at));
        }
    }
    QWidget* last = part->property(kLastFocus).value<QPointer<QWidget>>();
    if (last == nullptr || !order.contains(last) || partOf(last) != part) {
        for (QWidget* widget : order) {
            if (partOf(widget) == part) {
                last = widget;
                break;
            }
        }
    }
    last->setFocus(forward ? Qt::TabFocusReason : Qt::BacktabFocusReason);
    return true;
}

} // namespace tutti::ui
