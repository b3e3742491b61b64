// SPDX-License-Identifier: MIT
#include "ui/shell/pane.h"

#include "ui/presence/tool_tip_text.h"
#include "ui/shell/document_page.h"
#include "ui/shell/tab_row.h"

#include <QHBoxLayout>
#include <QStackedWidget>
#include <QStyle>

namespace tutti::ui {

Pane::Pane(QWidget* parent)
    : QWidget(parent)
    , m_row(new TabRow(this))
    , m_tabs(new PaneTabs(m_row))
    , m_stack(new QStackedWidget(this))
{
    auto* row = new QHBoxLayout(m_row);
    row->setContentsMargins(8, 4, 8, 0);
    row->addWidget(m_tabs, 1, Qt::AlignBottom);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_row);
    layout->addWidget(m_stack, 1);
    connect(m_tabs, &QTabBar::currentChanged, this, &Pane::onCurrent);
    connect(m_tabs, &QTabBar::tabMoved, this, &Pane::moved);
}

Pane::~Pane()
{
    if (m_tabs) {
        m_tabs->disconnect(this);
        delete m_tabs; // it may stand in another's row
    }
}

QList<DocumentPage*> Pane::pages() const
{
    QList<DocumentPage*> result;
    for (int i = 0; i < m_tabs->count(); ++i) {
        result.append(m_tabs->pageAt(i));
    }
    return result;
}

DocumentPage* Pane::currentPage() const { return m_tabs->pageAt(m_tabs->currentIndex()); }

bool Pane::holds(const DocumentPage& page) const { return m_tabs->indexOf(page) >= 0; }

void Pane::add(DocumentPage& page, int index)
{
    m_stack->addWidget(&page);
    const int at = m_tabs->insert(index, page);
    m_tabs->setCurrentIndex(at);
    onCurrent(); // the first one became current before it had a page
}

void Pane::take(DocumentPage& page)
{
    m_stack->removeWidget(&page);
    m_tabs->removeTab(m_tabs->indexOf(page));
    page.setParent(nullptr);
}

void Pane::showPage(DocumentPage& page) { m_tabs->setCurrentIndex(m_tabs->indexOf(page)); }

void Pane::setTab(
    DocumentPage& page, const QString& text, const QIcon& icon, const QString& toolTip)
{
    const int index = m_tabs->indexOf(page);
    m_tabs->setTabText(index, text);
    m_tabs->setTabIcon(index, icon);
    m_tabs->setTabToolTip(index, toolTipText(toolTip));
}

void Pane::onCurrent()
{
    if (DocumentPage* page = currentPage()) {
        m_stack->setCurrentWidget(page);
        Q_EMIT currentChanged();
    }
}

QWidget* Pane::takeTabs()
{
    m_row->layout()->removeWidget(m_tabs);
    m_row->hide();
    return m_tabs;
}

void Pane::returnTabs()
{
    static_cast<QHBoxLayout*>(m_row->layout())->addWidget(m_tabs, 1, Qt::AlignBottom);
    m_tabs->show();
    m_row->show();
}

void Pane::setActive(bool active)
{
    m_tabs->setProperty("inactive", !active);
    m_tabs->style()->unpolish(m_tabs);
    m_tabs->style()->polish(m_tabs);
}

} // namespace tutti::ui
