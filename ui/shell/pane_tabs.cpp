// SPDX-License-Identifier: MIT
#include "ui/shell/pane_tabs.h"

#include "ui/shell/document_page.h"
#include "ui/shell/icons.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolButton>

#include <utility>

namespace tutti::ui {

namespace {

constexpr int kOutside = 12; ///< a hand is not that steady

} // namespace

PaneTabs::PaneTabs(QWidget* parent)
    : QTabBar(parent)
{
    setObjectName(QStringLiteral("tabs"));
    setAccessibleName(tr("Documents"));
    setMovable(true);
    setUsesScrollButtons(true);
    setExpanding(false);
    setDrawBase(false);
    setElideMode(Qt::ElideNone);
    setIconSize(QSize(16, 16));
}

PaneTabs::~PaneTabs()
{
    if (m_outside) {
        QApplication::restoreOverrideCursor();
    }
}

DocumentPage* PaneTabs::pressed() const
{
    return m_pressed && indexOf(*m_pressed) >= 0 ? m_pressed.get() : nullptr;
}

int PaneTabs::insert(int index, DocumentPage& page)
{
    const int at = insertTab(index < 0 ? count() : index, QString());
    setTabData(at, QVariant::fromValue<QObject*>(&page));
    auto* close = new QToolButton(this);
    close->setObjectName(QStringLiteral("tabClose"));
    close->setIcon(icon(QStringLiteral("close")));
    close->setIconSize(QSize(14, 14));
    close->setToolTip(tr("Close"));
    close->setAccessibleName(tr("Close tab"));
    close->setFocusPolicy(Qt::NoFocus);
    connect(close, &QToolButton::clicked, this, [this, &page] { Q_EMIT closeRequested(&page); });
    setTabButton(at, QTabBar::RightSide, close);
    return at;
}

DocumentPage* PaneTabs::pageAt(int index) const
{
    return static_cast<DocumentPage*>(tabData(index).value<QObject*>());
}

int PaneTabs::indexOf(const DocumentPage& page) const
{
    for (int i = 0; i < count(); ++i) {
        if (pageAt(i) == &page) {
            return i;
        }
    }
    return -1;
}

int PaneTabs::dropIndex(const QPoint& globalPosition) const
{
    const QPoint place = mapFromGlobal(globalPosition);
    for (int i = 0; i < count(); ++i) {
        const bool before = layoutDirection() == Qt::RightToLeft
            ? place.x() > tabRect(i).center().x()
            : place.x() < tabRect(i).center().x();
        if (before) {
            return i;
        }
    }
    return count();
}

void PaneTabs::mousePressEvent(QMouseEvent* event)
{
    m_pressed = pageAt(tabAt(event->position().toPoint()));
    if (event->button() == Qt::LeftButton) {
        QTabBar::mousePressEvent(event);
    }
}

void PaneTabs::mouseMoveEvent(QMouseEvent* event)
{
    DocumentPage* page = pressed();
    if (page == nullptr || !(event->buttons() & Qt::LeftButton)) {
        if (std::exchange(m_outside, false)) {
            endDrag(); // its tab was closed
        }
        QTabBar::mouseMoveEvent(event);
        return;
    }
    const bool outside = !rect()
                              .adjusted(-kOutside, -kOutside, kOutside, kOutside)
                              .contains(event->position().toPoint());
    if (outside) {
        leaveRow(*event);
        Q_EMIT draggedOut(page, event->globalPosition().toPoint());
    } else if (std::exchange(m_outside, false)) {
        endDrag();
    } else {
        QTabBar::mouseMoveEvent(event);
    }
}

void PaneTabs::leaveRow(QMouseEvent& event)
{
    if (std::exchange(m_outside, true)) {
        return;
    }
    // For QTabBar the tab is let go here, or it would stay where its own dragging left it.
    QMouseEvent release(QEvent::MouseButtonRelease, event.position(), event.globalPosition(),
        Qt::LeftButton, Qt::NoButton, event.modifiers());
    QTabBar::mouseReleaseEvent(&release);
    qApp->installEventFilter(this); // Escape, wherever the focus is
    QApplication::setOverrideCursor(Qt::ClosedHandCursor);
}

void PaneTabs::endDrag()
{
    qApp->removeEventFilter(this);
    QApplication::restoreOverrideCursor();
    Q_EMIT dragEnded();
}

void PaneTabs::mouseReleaseEvent(QMouseEvent* event)
{
    DocumentPage* page = pressed();
    m_pressed = nullptr;
    if (std::exchange(m_outside, false)) {
        endDrag();
        if (page != nullptr) {
            Q_EMIT dropped(page, event->globalPosition().toPoint(),
                event->modifiers().testFlag(Qt::ControlModifier));
        }
        return;
    }
    if (event->button() == Qt::MiddleButton && page != nullptr
        && page == pageAt(tabAt(event->position().toPoint()))) {
        Q_EMIT closeRequested(page);
        return;
    }
    QTabBar::mouseReleaseEvent(event);
}

bool PaneTabs::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape
        && m_outside) {
        m_outside = false;
        m_pressed = nullptr;
        endDrag();
        return true;
    }
    return QTabBar::eventFilter(watched, event);
}

void PaneTabs::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Delete && currentIndex() >= 0) {
        Q_EMIT closeRequested(pageAt(currentIndex()));
    } else {
        QTabBar::keyPressEvent(event);
    }
}

void PaneTabs::contextMenuEvent(QContextMenuEvent* event)
{
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const int index = byKey ? currentIndex() : tabAt(event->pos());
    if (index >= 0) {
        Q_EMIT menuRequested(
            pageAt(index), byKey ? mapToGlobal(tabRect(index).bottomLeft()) : event->globalPos());
    }
}

} // namespace tutti::ui
