// SPDX-License-Identifier: MIT
#include "ui/shell/pick_list.h"

#include <QCoreApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QSortFilterProxyModel>
#include <QStringListModel>
#include <QVBoxLayout>

namespace tutti::ui {

PickList::PickList(
    const QString& title, const QStringList& choices, const QString& current, QWidget* parent)
    : QDialog(parent)
    , m_query(new QLineEdit(this))
    , m_list(new QListView(this))
    , m_choices(new QStringListModel(choices, this))
    , m_narrowed(new QSortFilterProxyModel(this))
{
    setObjectName(QStringLiteral("pickList"));
    setWindowTitle(title);
    setAttribute(Qt::WA_DeleteOnClose);
    resize(320, 400);
    m_query->setObjectName(QStringLiteral("pickQuery"));
    m_query->setPlaceholderText(tr("Type to narrow"));
    m_query->setAccessibleName(title);
    m_query->installEventFilter(this);
    m_narrowed->setSourceModel(m_choices);
    m_narrowed->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_list->setModel(m_narrowed);
    m_list->setAccessibleName(title);
    m_list->setEditTriggers(QListView::NoEditTriggers);
    m_list->setUniformItemSizes(true);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(8);
    layout->addWidget(m_query);
    layout->addWidget(m_list, 1);

    const auto row = static_cast<int>(choices.indexOf(current));
    m_list->setCurrentIndex(m_narrowed->index(qMax(0, row), 0));
    m_list->scrollTo(m_list->currentIndex(), QListView::PositionAtCenter);
    connect(m_query, &QLineEdit::textChanged, this, &PickList::narrow);
    connect(m_query, &QLineEdit::returnPressed, this, &PickList::pick);
    connect(m_list, &QListView::activated, this, &PickList::pick);
    connect(m_list, &QListView::clicked, this, &PickList::pick);
}

bool PickList::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_query && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Up || key == Qt::Key_Down || key == Qt::Key_PageUp
            || key == Qt::Key_PageDown) {
            QCoreApplication::sendEvent(m_list, event);
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

void PickList::narrow(const QString& text)
{
    m_narrowed->setFilterFixedString(text);
    m_list->setCurrentIndex(m_narrowed->index(0, 0));
}

void PickList::pick()
{
    const QModelIndex index = m_list->currentIndex();
    if (index.isValid()) {
        Q_EMIT picked(index.data().toString());
        accept();
    }
}

} // namespace tutti::ui
