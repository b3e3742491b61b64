// SPDX-License-Identifier: MIT
#include "ui/shell/quick_pick.h"

#include "ui/shell/pick_delegate.h"
#include "ui/shell/theme.h"

#include <QAccessible>
#include <QAccessibleAnnouncementEvent>
#include <QApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMainWindow>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace tutti::ui {

namespace {

constexpr int kWidth = 640;
constexpr int kMargin = 8;
constexpr int kMaxRowsShown = 12;

} // namespace

QuickPick::QuickPick(QWidget& window)
    : QFrame(&window)
    , m_window(window)
    , m_query(new QLineEdit(this))
    , m_list(new QListView(this))
    , m_nothing(new QLabel(this))
    , m_model(new PickModel(this))
{
    setObjectName(QStringLiteral("quickPick"));
    setProperty("role", QStringLiteral("overlay"));
    setFocusProxy(m_query);
    m_query->setObjectName(QStringLiteral("quickPickQuery"));
    m_query->installEventFilter(this);
    m_list->setObjectName(QStringLiteral("quickPickList"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new PickDelegate(m_list));
    m_list->setFocusPolicy(Qt::NoFocus); // the field keeps it, and moves what is marked
    m_list->setUniformItemSizes(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setMouseTracking(true);
    m_list->viewport()->setAutoFillBackground(false);
    m_nothing->setProperty("role", QStringLiteral("hint"));
    m_nothing->setContentsMargins(12, 8, 12, 8);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
    layout->setSpacing(kMargin);
    layout->addWidget(m_query);
    layout->addWidget(m_list);
    layout->addWidget(m_nothing);
    hide();

    window.installEventFilter(this);
    connect(m_query, &QLineEdit::textEdited, this, &QuickPick::onTyped);
    connect(m_query, &QLineEdit::returnPressed, this, &QuickPick::pick);
    connect(m_list, &QListView::clicked, this, &QuickPick::pick);
    connect(
        m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &QuickPick::onMarked);
}

void QuickPick::open(Request request)
{
    if (isHidden()) {
        m_before = m_window.focusWidget();
    } else if (const auto cancelled = std::exchange(m_request, {}).cancelled) {
        cancelled();
    }
    m_query->setPlaceholderText(request.title);
    m_query->setAccessibleName(request.title);
    m_list->setAccessibleName(request.title);
    m_nothing->setText(request.nothing.isEmpty() ? tr("Nothing matches") : request.nothing);
    m_query->setText(request.typed);
    m_model->setItems(request.items);
    const QString current = request.current;
    m_request = std::move(request);
    show();
    raise();
    m_query->setFocus();
    onTyped();
    if (const int row = m_model->rowOf(current); row >= 0) {
        mark(row);
        m_list->scrollTo(m_list->currentIndex(), QListView::PositionAtCenter);
    }
}

void QuickPick::append(const QList<PickItem>& items)
{
    if (isHidden()) {
        return;
    }
    const QModelIndex before = m_list->currentIndex();
    const QString marked = before.isValid() ? m_model->item(before.row()).id : QString();
    const bool moved = before.row() > 0; // who has not chosen yet gets the best there is
    m_model->append(items);
    place();
    mark(moved ? std::max(0, m_model->rowOf(marked)) : 0);
}

void QuickPick::onTyped()
{
    const QString typed = m_query->text();
    m_model->setQuery(m_request.filter ? m_request.filter(typed) : typed,
        m_request.made ? m_request.made(typed) : QList<PickItem>());
    place();
    mark(0);
}

void QuickPick::mark(int row)
{
    while (row < m_model->rowCount() && !m_model->item(row).enabled) {
        ++row;
    }
    m_list->setCurrentIndex(m_model->index(row, 0));
}

void QuickPick::onMarked()
{
    const QModelIndex index = m_list->currentIndex();
    if (!index.isValid()) {
        return;
    }
    // The focus is in the field: a screen reader has to be told what is marked.
    QAccessibleAnnouncementEvent announcement(
        m_query, index.data(Qt::AccessibleTextRole).toString());
    QAccessible::updateAccessibility(&announcement);
    if (m_request.marked) {
        m_request.marked(m_model->item(index.row()));
    }
}

void QuickPick::pick()
{
    const QModelIndex index = m_list->currentIndex();
    if (!index.isValid() || !m_model->item(index.row()).enabled) {
        return;
    }
    const PickItem item = m_model->item(index.row());
    const QString typed = m_query->text();
    const auto picked = m_request.picked;
    shut();
    if (picked) {
        picked(item, typed); // may open the next list
    }
}

void QuickPick::cancel()
{
    if (isHidden()) {
        return;
    }
    const auto cancelled = m_request.cancelled;
    shut();
    if (cancelled) {
        cancelled();
    }
}

void QuickPick::shut()
{
    m_request = {};
    const bool hadFocus = m_query->hasFocus();
    hide();
    if (hadFocus && m_before) {
        m_before->setFocus();
    }
}

void QuickPick::place()
{
    const auto* main = qobject_cast<const QMainWindow*>(&m_window);
    const QRect room = main != nullptr && main->centralWidget() != nullptr
        ? main->centralWidget()->geometry()
        : m_window.rect();
    const int rows = m_model->rowCount();
    m_list->setVisible(rows > 0);
    m_nothing->setVisible(rows == 0);
    const int rowHeight = rows > 0 ? m_list->sizeHintForRow(0) : 0;
    const int fixed = 3 * kMargin + m_query->sizeHint().height();
    const int fitting =
        rowHeight > 0 ? std::max(1, (room.height() - fixed - 2 * kMargin) / rowHeight) : 0;
    m_list->setFixedHeight(rowHeight * std::min({rows, kMaxRowsShown, fitting}));
    const int wide = std::min(kWidth, room.width() - 2 * kMargin);
    setGeometry(room.x() + (room.width() - wide) / 2, room.y() + 4, wide,
        rows > 0 ? fixed + m_list->height() : fixed + m_nothing->sizeHint().height());
}

bool QuickPick::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == &m_window && event->type() == QEvent::Resize && isVisible()) {
        place();
    }
    if (watched != m_query) {
        return QFrame::eventFilter(watched, event);
    }
    if (event->type() == QEvent::FocusOut) {
        const auto reason = static_cast<QFocusEvent*>(event)->reason();
        if (reason != Qt::ActiveWindowFocusReason && reason != Qt::PopupFocusReason) {
            cancel();
        }
    } else if (event->type() == QEvent::ShortcutOverride) {
        // Escape is ours before it is anybody's shortcut.
        if (static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
            event->accept();
            return true;
        }
    } else if (event->type() == QEvent::KeyPress) {
        switch (static_cast<QKeyEvent*>(event)->key()) {
        case Qt::Key_Escape:
            cancel();
            return true;
        case Qt::Key_Up:
        case Qt::Key_Down:
        case Qt::Key_PageUp:
        case Qt::Key_PageDown:
            QApplication::sendEvent(m_list, event);
            return true;
        case Qt::Key_Tab:
        case Qt::Key_Backtab:
            return true; // there is nowhere to go
        default:
            break;
        }
    }
    return QFrame::eventFilter(watched, event);
}

void QuickPick::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const ThemeColors& colors = ThemeColors::current();
    painter.setPen(colors.border);
    painter.setBrush(colors.raised);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
}

} // namespace tutti::ui
