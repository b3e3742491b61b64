// SPDX-License-Identifier: MIT
#include "ui/shell/pane_area.h"

#include "ui/shell/document_page.h"
#include "ui/shell/pane.h"
#include "ui/shell/pane_tabs.h"
#include "ui/shell/theme.h"

#include <QApplication>
#include <QPainter>
#include <QScopedValueRollback>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace tutti::ui {

namespace {

constexpr int kEdge = 4; ///< a tab dropped on the outer quarter splits the pane there

/// Where a dragged tab would go.
class DropIndicator : public QWidget
{
public:
    explicit DropIndicator(QWidget* parent)
        : QWidget(parent)
    {
        setAttribute(Qt::WA_TransparentForMouseEvents);
        hide();
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        QColor fill = ThemeColors::current().accent;
        painter.setPen(fill);
        fill.setAlphaF(0.2F);
        painter.setBrush(fill);
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
};

Qt::Orientation orientationOf(PaneArea::Side side)
{
    return side == PaneArea::Side::Left || side == PaneArea::Side::Right ? Qt::Horizontal
                                                                         : Qt::Vertical;
}

bool isBefore(PaneArea::Side side)
{
    return side == PaneArea::Side::Left || side == PaneArea::Side::Above;
}

QRect halfOf(const QRect& area, PaneArea::Side side)
{
    const int width = area.width() / 2;
    const int height = area.height() / 2;
    switch (side) {
    case PaneArea::Side::Left:
        return area.adjusted(0, 0, -width, 0);
    case PaneArea::Side::Right:
        return area.adjusted(width, 0, 0, 0);
    case PaneArea::Side::Above:
        return area.adjusted(0, 0, 0, -height);
    case PaneArea::Side::Below:
        return area.adjusted(0, height, 0, 0);
    }
    Q_UNREACHABLE_RETURN(area);
}

std::optional<PaneArea::Side> sideAt(const QRect& area, const QPoint& place)
{
    using Side = PaneArea::Side;
    const std::pair<Side, double> distances[]{
        {Side::Left, double(place.x() - area.left()) / area.width()},
        {Side::Right, double(area.right() - place.x()) / area.width()},
        {Side::Above, double(place.y() - area.top()) / area.height()},
        {Side::Below, double(area.bottom() - place.y()) / area.height()},
    };
    const auto nearest = std::ranges::min_element(distances, {}, &std::pair<Side, double>::second);
    return nearest->second < 1.0 / kEdge ? std::optional(nearest->first) : std::nullopt;
}

QSplitter* splitterOf(const QWidget& part) { return qobject_cast<QSplitter*>(part.parentWidget()); }

} // namespace

PaneArea::PaneArea(QWidget* parent)
    : QWidget(parent)
    , m_root(makeSplitter(Qt::Horizontal))
    , m_indicator(new DropIndicator(this))
{
    auto* box = new QVBoxLayout(this);
    box->setContentsMargins(0, 0, 0, 0);
    box->addWidget(m_root);
    m_active = &makePane();
    m_root->addWidget(m_active);
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, QWidget* now) {
        for (QWidget* at = now; at != nullptr && !m_changing; at = at->parentWidget()) {
            if (auto* pane = qobject_cast<Pane*>(at); pane != nullptr && isAncestorOf(pane)) {
                activate(*pane);
                return;
            }
        }
    });
}

PaneArea::~PaneArea() { qApp->disconnect(this); }

Pane& PaneArea::makePane()
{
    auto* pane = new Pane(this);
    PaneTabs& tabs = pane->tabs();
    connect(pane, &Pane::currentChanged, this, [this, pane] {
        if (pane == m_active) {
            report();
        }
        Q_EMIT arranged();
    });
    connect(pane, &Pane::moved, this, &PaneArea::arranged);
    connect(&tabs, &QTabBar::tabBarClicked, this, [this, pane] { activate(*pane); });
    connect(&tabs, &PaneTabs::closeRequested, this, &PaneArea::closeRequested);
    connect(&tabs, &PaneTabs::menuRequested, this, &PaneArea::menuRequested);
    connect(&tabs, &PaneTabs::draggedOut, this, &PaneArea::showDropPlace);
    connect(&tabs, &PaneTabs::dragEnded, m_indicator, &QWidget::hide);
    connect(&tabs, &PaneTabs::dropped, this, &PaneArea::drop);
    return *pane;
}

QSplitter* PaneArea::makeSplitter(Qt::Orientation orientation)
{
    auto* splitter = new QSplitter(orientation);
    splitter->setHandleWidth(1); // Qt makes it wider to the mouse
    splitter->setChildrenCollapsible(false);
    connect(splitter, &QSplitter::splitterMoved, this, &PaneArea::arranged);
    return splitter;
}

void PaneArea::collect(const QWidget& part, QList<Pane*>& panes) const
{
    if (const auto* splitter = qobject_cast<const QSplitter*>(&part)) {
        for (int i = 0; i < splitter->count(); ++i) {
            collect(*splitter->widget(i), panes);
        }
    } else {
        panes.append(static_cast<Pane*>(const_cast<QWidget*>(&part)));
    }
}

QList<Pane*> PaneArea::panes() const
{
    QList<Pane*> result;
    collect(*m_root, result);
    return result;
}

bool PaneArea::isSplit() const { return panes().size() > 1; }

QList<DocumentPage*> PaneArea::pages() const
{
    QList<DocumentPage*> result;
    for (const Pane* pane : panes()) {
        result += pane->pages();
    }
    return result;
}

DocumentPage* PaneArea::currentPage() const { return m_active->currentPage(); }

Pane* PaneArea::paneOf(const DocumentPage& page) const
{
    const QList<Pane*> all = panes();
    const auto pane = std::ranges::find_if(all, [&](const Pane* p) { return p->holds(page); });
    return pane == all.end() ? nullptr : *pane;
}

void PaneArea::add(DocumentPage& page)
{
    m_active->add(page);
    refresh();
}

void PaneArea::remove(DocumentPage& page)
{
    {
        // The focus wanders meanwhile, and is not the user's doing.
        const QScopedValueRollback changing(m_changing, true);
        Pane* pane = paneOf(page);
        pane->take(page);
        if (pane->pages().isEmpty()) {
            removePane(*pane);
        }
    }
    refresh();
    if (DocumentPage* current = currentPage()) {
        current->setFocus();
    }
}

void PaneArea::showPage(DocumentPage& page)
{
    Pane* pane = paneOf(page);
    pane->showPage(page);
    activate(*pane);
}

void PaneArea::moveTo(DocumentPage& page, Pane& pane, int index)
{
    {
        const QScopedValueRollback changing(m_changing, true);
        if (Pane* before = paneOf(page)) {
            if (before == &pane && index > before->pages().indexOf(&page)) {
                --index; // it stands before that place itself
            }
            before->take(page);
            pane.add(page, index);
            if (before->pages().isEmpty()) {
                removePane(*before);
            }
        } else {
            pane.add(page, index);
        }
        m_active = &pane;
    }
    refresh();
    page.setFocus();
}

Pane& PaneArea::split(Pane& pane, Side side)
{
    QSplitter* around = splitterOf(pane);
    Pane& added = makePane();
    const Qt::Orientation orientation = orientationOf(side);
    if (around->count() == 1) {
        around->setOrientation(orientation);
    }
    const int at = around->indexOf(&pane);
    const int half = (orientation == Qt::Horizontal ? pane.width() : pane.height()) / 2;
    QList<int> sizes = around->sizes();
    if (around->orientation() == orientation) {
        around->insertWidget(isBefore(side) ? at : at + 1, &added);
        sizes[at] = half;
        sizes.insert(at, half);
        around->setSizes(sizes);
    } else {
        QSplitter* inner = makeSplitter(orientation);
        around->replaceWidget(at, inner);
        inner->addWidget(isBefore(side) ? &added : &pane);
        inner->addWidget(isBefore(side) ? &pane : &added);
        pane.show(); // replaceWidget() has hidden it
        inner->setSizes({half, half});
        around->setSizes(sizes);
    }
    return added;
}

Pane& PaneArea::paneAfter(int by) const
{
    const QList<Pane*> all = panes();
    const qsizetype at = all.indexOf(m_active) + by + all.size();
    return *all.at(at % all.size());
}

void PaneArea::activate(Pane& pane)
{
    if (m_active != &pane) {
        m_active = &pane;
        refresh();
    }
}

void PaneArea::removePane(Pane& pane)
{
    const QList<Pane*> all = panes();
    if (all.size() == 1) {
        return;
    }
    if (m_active == &pane) {
        const qsizetype at = all.indexOf(&pane);
        m_active = all.at(at > 0 ? at - 1 : 1);
    }
    QSplitter* around = splitterOf(pane);
    pane.setParent(nullptr);
    pane.deleteLater(); // what emptied it may have come from inside it
    collapse(*around);
    refresh();
}

void PaneArea::setRoot(QSplitter& root)
{
    delete layout()->replaceWidget(m_root, &root);
    root.show();
    m_root->deleteLater();
    m_root = &root;
}

void PaneArea::collapse(QSplitter& splitter)
{
    if (splitter.count() != 1) {
        return;
    }
    if (&splitter == m_root) {
        // what is left may be a splitter of the other direction: then that is the root
        if (auto* only = qobject_cast<QSplitter*>(splitter.widget(0))) {
            setRoot(*only);
        }
        return;
    }
    QSplitter* around = splitterOf(splitter);
    QWidget* only = splitter.widget(0);
    const QList<int> sizes = around->sizes();
    around->replaceWidget(around->indexOf(&splitter), only);
    only->show();
    around->setSizes(sizes);
    splitter.deleteLater();
}

void PaneArea::join()
{
    {
        const QScopedValueRollback changing(m_changing, true);
        for (Pane* pane : panes()) {
            if (pane == m_active) {
                continue;
            }
            DocumentPage* shown = m_active->currentPage();
            for (DocumentPage* page : pane->pages()) {
                pane->take(*page);
                m_active->add(*page);
            }
            m_active->showPage(*shown);
            removePane(*pane);
        }
    }
    refresh();
    currentPage()->setFocus();
}

void PaneArea::refresh()
{
    if (m_changing) {
        return;
    }
    const QList<Pane*> all = panes();
    const bool outside = all.size() == 1;
    if (outside && !m_tabsOutside) {
        Q_EMIT tabsMoved(all.first()->takeTabs());
    } else if (!outside && m_tabsOutside) {
        Q_EMIT tabsMoved(nullptr);
    }
    m_tabsOutside = outside;
    for (Pane* pane : all) {
        if (!outside) {
            pane->returnTabs();
        }
        // Where there are several, what does not fit is cut, or there would soon be no room for
        // more.
        pane->setMinimumSize(outside ? QSize(0, 0) : QSize(120, 80));
        pane->setActive(outside || pane == m_active);
    }
    report();
    Q_EMIT arranged();
}

void PaneArea::report()
{
    if (!m_changing && currentPage() != nullptr && m_reported != currentPage()) {
        m_reported = currentPage();
        Q_EMIT currentChanged();
    }
}

// Layouts

PaneLayout PaneArea::arrangement() const { return layoutOf(*m_root); }

PaneLayout PaneArea::layoutOf(const QWidget& part) const
{
    PaneLayout result;
    if (const auto* splitter = qobject_cast<const QSplitter*>(&part)) {
        if (splitter->count() == 1) {
            return layoutOf(*splitter->widget(0));
        }
        result.orientation = splitter->orientation();
        result.sizes = splitter->sizes();
        for (int i = 0; i < splitter->count(); ++i) {
            result.parts.push_back(layoutOf(*splitter->widget(i)));
        }
        return result;
    }
    const auto& pane = static_cast<const Pane&>(part);
    result.pages = pane.pages();
    result.current = static_cast<int>(result.pages.indexOf(pane.currentPage()));
    result.active = &pane == m_active;
    return result;
}

QWidget* PaneArea::build(const PaneLayout& layout, Pane*& active)
{
    if (layout.parts.empty()) {
        QList<DocumentPage*> here;
        for (DocumentPage* page : layout.pages) {
            if (Pane* before = paneOf(*page)) { // else it is named twice, and somewhere already
                before->take(*page);
                here.append(page);
            }
        }
        if (here.isEmpty()) {
            return nullptr;
        }
        Pane& pane = makePane();
        for (DocumentPage* page : here) {
            pane.add(*page);
        }
        if (DocumentPage* shown = layout.pages.value(layout.current);
            shown != nullptr && pane.holds(*shown)) {
            pane.showPage(*shown);
        }
        if (layout.active || active == nullptr) {
            active = &pane;
        }
        return &pane;
    }
    QList<QWidget*> parts;
    for (const PaneLayout& part : layout.parts) {
        if (QWidget* built = build(part, active)) {
            parts.append(built);
        }
    }
    if (parts.size() < 2) {
        return parts.value(0);
    }
    QSplitter* splitter = makeSplitter(layout.orientation);
    for (QWidget* part : std::as_const(parts)) {
        splitter->addWidget(part);
    }
    if (layout.sizes.size() == parts.size()) {
        splitter->setSizes(layout.sizes);
    }
    return splitter;
}

void PaneArea::arrange(const PaneLayout& wanted)
{
    {
        const QScopedValueRollback changing(m_changing, true);
        Pane* active = nullptr;
        QWidget* built = build(wanted, active);
        if (built == nullptr) {
            return;
        }
        if (std::exchange(m_tabsOutside, false)) {
            Q_EMIT tabsMoved(nullptr);
        }
        const QList<Pane*> old = panes();
        auto* root = qobject_cast<QSplitter*>(built);
        if (root == nullptr) {
            root = makeSplitter(Qt::Horizontal);
            root->addWidget(built);
        }
        for (Pane* pane : old) { // what the layout does not name
            for (DocumentPage* page : pane->pages()) {
                DocumentPage* shown = active->currentPage();
                pane->take(*page);
                active->add(*page);
                active->showPage(*shown);
            }
        }
        setRoot(*root);
        m_active = active;
        m_indicator->raise();
    }
    refresh();
}

// Dragging

PaneArea::DropPlace PaneArea::dropPlaceAt(
    const DocumentPage& page, const QPoint& globalPosition) const
{
    for (Pane* pane : panes()) {
        const auto areaOf = [this, globalPosition](const QWidget& widget) {
            return QRect(mapFromGlobal(widget.mapToGlobal(QPoint())), widget.size());
        };
        const QPoint place = mapFromGlobal(globalPosition);
        const QRect area = areaOf(*pane);
        if (!area.contains(place)) {
            continue;
        }
        const bool alone = pane->holds(page) && pane->pages().size() == 1;
        if (pane->tabs().isVisible() && isAncestorOf(&pane->tabs())
            && place.y() < areaOf(pane->tabs()).bottom()) {
            return {
                pane, pane->tabs().dropIndex(globalPosition), std::nullopt, areaOf(pane->tabs())};
        }
        const auto side = sideAt(area, place);
        if (side && !alone) {
            return {pane, -1, side, halfOf(area, *side)};
        }
        return pane->holds(page) ? DropPlace() : DropPlace{pane, -1, std::nullopt, area};
    }
    return {};
}

void PaneArea::showDropPlace(DocumentPage* page, const QPoint& globalPosition)
{
    const DropPlace place = dropPlaceAt(*page, globalPosition);
    m_indicator->setGeometry(place.shown);
    m_indicator->setVisible(place.pane != nullptr);
    m_indicator->raise();
}

void PaneArea::drop(DocumentPage* page, const QPoint& globalPosition, bool copy)
{
    const DropPlace place = dropPlaceAt(*page, globalPosition);
    if (place.pane == nullptr) {
        return;
    }
    Pane& pane = place.side ? split(*place.pane, *place.side) : *place.pane;
    if (copy) {
        Q_EMIT copyRequested(page, &pane, place.index);
    } else {
        moveTo(*page, pane, place.index);
    }
}

} // namespace tutti::ui
