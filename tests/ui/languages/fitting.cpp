// SPDX-License-Identifier: MIT
#include "fitting.h"

#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QAction>
#include <QComboBox>
#include <QGroupBox>
#include <QHash>
#include <QHeaderView>
#include <QKeySequence>
#include <QLabel>
#include <QLayout>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QScrollArea>
#include <QStyle>
#include <QStyleOptionComboBox>
#include <QTabBar>
#include <QTextBoundaryFinder>
#include <QTextDocument>
#include <QToolButton>

namespace {

constexpr int kTolerance = 1; // pixels; sizes are rounded on several ways

QString called(const QWidget& widget)
{
    const QString name = widget.objectName();
    return QString::fromLatin1(widget.metaObject()->className())
        + (name.isEmpty() ? QString() : u'#' + name);
}

QString say(const QWidget& widget, const QString& words, QSize needed, QSize given)
{
    const auto size = [](QSize s) {
        return QStringLiteral("%1×%2").arg(s.width()).arg(s.height());
    };
    return QStringLiteral("%1 “%2” needs %3, has %4")
        .arg(called(widget), words, size(needed), size(given));
}

bool fits(QSize needed, QSize given)
{
    return needed.width() <= given.width() + kTolerance
        && needed.height() <= given.height() + kTolerance;
}

/// The words alone, which tool tips and names have without mnemonics.
bool isSaidElsewhere(const QWidget& widget, const QString& words)
{
    return !widget.toolTip().isEmpty() && widget.toolTip().contains(words);
}

QSize neededBy(const QLabel& label)
{
    if (!label.pixmap().isNull()) {
        return {};
    }
    const QMargins margins = label.contentsMargins();
    const QSize around(margins.left() + margins.right(), margins.top() + margins.bottom());
    if (label.wordWrap()) {
        // What cannot be broken, and all lines at the width there is.
        int word = 0;
        const QString text = Qt::mightBeRichText(label.text()) ? QString() : label.text();
        QTextBoundaryFinder finder(QTextBoundaryFinder::Line, text);
        for (qsizetype from = 0, to = finder.toNextBoundary(); to > from;
            from = to, to = finder.toNextBoundary()) {
            const QString part = text.sliced(from, to - from).trimmed();
            word = qMax(word, label.fontMetrics().horizontalAdvance(part));
        }
        return {word + around.width(), label.heightForWidth(label.width())};
    }
    if (label.textFormat() == Qt::RichText || Qt::mightBeRichText(label.text())) {
        return label.sizeHint();
    }
    return label.fontMetrics().size(Qt::TextShowMnemonic, label.text()) + around;
}

QString wordsOf(const QComboBox& box, int index) { return box.itemText(index); }

void lookAtCombo(const QComboBox& box, QStringList& found)
{
    QStyleOptionComboBox option;
    option.initFrom(&box);
    option.editable = box.isEditable();
    option.subControls = QStyle::SC_All;
    const QRect field = box.style()->subControlRect(
        QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, &box);
    for (int i = 0; i < box.count(); ++i) {
        const QVariant font = box.itemData(i, Qt::FontRole); // names of fonts are nobody's words
        const QSize needed(
            box.fontMetrics().horizontalAdvance(wordsOf(box, i)), box.fontMetrics().height());
        if (!font.isValid() && !fits(needed, field.size())) {
            found.append(say(box, wordsOf(box, i), needed, field.size()));
        }
    }
}

void lookAtTabs(const QTabBar& bar, QStringList& found)
{
    for (int i = 0; i < bar.count(); ++i) {
        const QRect tab = bar.tabRect(i);
        const int icon = bar.tabIcon(i).isNull() ? 0 : bar.iconSize().width() + 4;
        int buttons = 0;
        for (const auto side : {QTabBar::LeftSide, QTabBar::RightSide}) {
            buttons += bar.tabButton(i, side) != nullptr ? bar.tabButton(i, side)->width() : 0;
        }
        const QSize needed(
            bar.fontMetrics().size(Qt::TextShowMnemonic, bar.tabText(i)).width() + icon + buttons,
            bar.fontMetrics().height());
        if (!fits(needed, tab.size()) && bar.tabToolTip(i).isEmpty()) {
            found.append(say(bar, bar.tabText(i), needed, tab.size()));
        }
        if (!bar.usesScrollButtons() && !bar.rect().adjusted(-1, -1, 1, 1).contains(tab)) {
            found.append(called(bar) + QStringLiteral(": the tab “%1” is cut").arg(bar.tabText(i)));
        }
    }
}

void lookAtHeader(const QHeaderView& header, QStringList& found)
{
    for (int i = 0; i < header.count(); ++i) {
        const QString words = header.model()->headerData(i, header.orientation()).toString();
        const QSize needed(header.sectionSizeHint(i), 0);
        if (!header.isSectionHidden(i) && !fits(needed, QSize(header.sectionSize(i), 0))) {
            found.append(say(header, words, needed, QSize(header.sectionSize(i), 0)));
        }
    }
}

void lookAtField(const QLineEdit& field, QStringList& found)
{
    const QString hint = field.placeholderText();
    if (hint.isEmpty() || !field.text().isEmpty()) {
        return;
    }
    // what the frame, the padding and the button to clear it leave, with QLineEdit's own 2 px
    QStyleOptionFrame option;
    option.initFrom(&field);
    option.lineWidth = field.hasFrame() ? 1 : 0;
    const QRect inside =
        field.style()->subElementRect(QStyle::SE_LineEditContents, &option, &field);
    const QSize needed(field.fontMetrics().horizontalAdvance(hint) + 4, 0);
    if (!fits(needed, QSize(inside.width(), 0)) && !isSaidElsewhere(field, hint)) {
        found.append(say(field, hint, needed, inside.size()));
    }
}

void lookAtMenuBar(const QMenuBar& bar, QStringList& found)
{
    // What has no room is in a menu at the end, so only a title alone can be too long.
    for (const QAction* action : bar.actions()) {
        const QRect place = bar.actionGeometry(const_cast<QAction*>(action));
        const int needed = bar.fontMetrics().size(Qt::TextShowMnemonic, action->text()).width();
        if (!place.isEmpty() && needed > place.width() + kTolerance) {
            found.append(say(bar, action->text(), QSize(needed, 0), place.size()));
        }
    }
}

/// Whether what is beyond its edges can be reached by scrolling.
bool scrolls(const QWidget& parent)
{
    return qobject_cast<const QAbstractScrollArea*>(parent.parentWidget()) != nullptr;
}

void lookAtPlace(const QWidget& widget, QStringList& found)
{
    const QWidget* parent = widget.parentWidget();
    const auto* area =
        parent == nullptr ? nullptr : qobject_cast<const QScrollArea*>(parent->parentWidget());
    if (area != nullptr && area->widget() == &widget
        && area->horizontalScrollBarPolicy() == Qt::ScrollBarAlwaysOff
        && widget.width() > parent->width() + kTolerance) {
        found.append(called(*area) + QStringLiteral(" does not scroll to all of its width"));
    }
    if (widget.isWindow() || parent == nullptr || scrolls(*parent) || parent->inherits("QTabBar")
        || parent->inherits("QLineEdit")) {
        return;
    }
    const QRect inside = parent->rect().adjusted(-kTolerance, -kTolerance, kTolerance, kTolerance);
    if (!inside.contains(widget.geometry())) {
        found.append(QStringLiteral("%1 reaches beyond %2").arg(called(widget), called(*parent)));
    }
}

void lookAtLayout(const QLayout& layout, QStringList& found)
{
    QList<const QLayoutItem*> items;
    for (int i = 0; i < layout.count(); ++i) {
        QLayoutItem* item = layout.itemAt(i);
        if (const QLayout* inner = item->layout()) {
            lookAtLayout(*inner, found);
        }
        const QWidget* widget = item->widget();
        if (widget != nullptr && widget->isVisible() && !widget->geometry().isEmpty()) {
            for (const QLayoutItem* other : std::as_const(items)) {
                if (other->geometry().intersects(item->geometry())
                    && other->widget()->geometry().intersects(widget->geometry())) {
                    found.append(QStringLiteral("%1 lies over %2")
                            .arg(called(*widget), called(*other->widget())));
                }
            }
            items.append(item);
        }
    }
}

void lookAt(QWidget& widget, QStringList& found)
{
    if (const auto* label = qobject_cast<QLabel*>(&widget)) {
        const QSize needed = neededBy(*label);
        if (!fits(needed, label->size()) && !isSaidElsewhere(*label, label->text())) {
            found.append(say(*label, label->text(), needed, label->size()));
        }
    } else if (const auto* button = qobject_cast<QAbstractButton*>(&widget)) {
        // the style's own needs are in the hint; without words there is nothing to clip
        const auto* tool = qobject_cast<const QToolButton*>(button);
        const bool mute = button->text().isEmpty()
            || (tool != nullptr && tool->toolButtonStyle() == Qt::ToolButtonIconOnly
                && !tool->icon().isNull());
        const QSize needed =
            mute ? QSize() : QSize(button->sizeHint().width(), button->fontMetrics().height());
        if (!fits(needed, button->size())) {
            found.append(say(*button, button->text(), needed, button->size()));
        }
    } else if (const auto* combo = qobject_cast<QComboBox*>(&widget)) {
        lookAtCombo(*combo, found);
    } else if (const auto* group = qobject_cast<QGroupBox*>(&widget)) {
        const QSize needed = group->fontMetrics().size(Qt::TextShowMnemonic, group->title());
        if (!fits(needed, group->size())) {
            found.append(say(*group, group->title(), needed, group->size()));
        }
    } else if (const auto* tabs = qobject_cast<QTabBar*>(&widget)) {
        lookAtTabs(*tabs, found);
    } else if (const auto* header = qobject_cast<QHeaderView*>(&widget)) {
        lookAtHeader(*header, found);
    } else if (const auto* field = qobject_cast<QLineEdit*>(&widget)) {
        lookAtField(*field, found);
    } else if (const auto* bar = qobject_cast<QMenuBar*>(&widget)) {
        lookAtMenuBar(*bar, found);
    }
    lookAtPlace(widget, found);
    if (widget.layout() != nullptr) {
        lookAtLayout(*widget.layout(), found);
    }
}

} // namespace

QStringList misfits(QWidget& top)
{
    QStringList found;
    lookAt(top, found);
    const auto below = top.findChildren<QWidget*>();
    for (QWidget* widget : below) {
        if (widget->window() == &top && widget->isVisible() && !widget->size().isEmpty()) {
            lookAt(*widget, found);
        }
    }
    return found;
}

QStringList doubleMnemonics(const QWidget& menu)
{
    QStringList found;
    QHash<int, QString> taken;
    const auto actions = menu.actions();
    for (const QAction* action : actions) {
        if (!action->isVisible() || action->isSeparator()) {
            continue;
        }
        if (const QMenu* submenu = action->menu()) {
            found += doubleMnemonics(*submenu);
        }
        const QKeySequence mnemonic = QKeySequence::mnemonic(action->text());
        if (mnemonic.isEmpty()) {
            continue;
        }
        const int key = mnemonic[0].key();
        if (taken.contains(key)) {
            found.append(QStringLiteral("“%1” and “%2” have the same mnemonic")
                    .arg(taken.value(key), action->text()));
        }
        taken.insert(key, action->text());
    }
    return found;
}
