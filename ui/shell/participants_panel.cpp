// SPDX-License-Identifier: MIT
#include "ui/shell/participants_panel.h"

#include "ui/presence/participants_model.h"
#include "ui/shell/theme.h"

#include <QLabel>
#include <QListView>
#include <QPainter>
#include <QStyle>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace tutti::ui {

namespace {

constexpr int kRowHeight = 48;
constexpr int kAvatar = 28;

/// An avatar, a name, and beneath it where that person is.
class PersonDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override
    {
        return {ParticipantsPanel::kWidth, kRowHeight};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
        const QModelIndex& index) const override
    {
        const ThemeColors& colors = ThemeColors::current();
        const QRect row = option.rect.marginsRemoved({8, 2, 8, 2});
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const bool self = index.data(ParticipantsModel::SelfRole).toBool();
        const bool followed = index.data(ParticipantsModel::FollowedRole).toBool();
        if (option.state.testFlag(QStyle::State_HasFocus)
            || (option.state.testFlag(QStyle::State_MouseOver) && !self)) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(colors.hover);
            painter->drawRoundedRect(row, 6, 6);
        }
        if (followed) { // the colour of the frame around the text
            painter->setPen(Qt::NoPen);
            painter->setBrush(index.data(ParticipantsModel::ColorRole).value<QColor>());
            painter->drawRoundedRect(
                QRect(row.left(), row.top() + 6, 3, row.height() - 12), 1.5, 1.5);
        }
        painter->setOpacity(index.data(ParticipantsModel::IdleRole).toBool() ? 0.6 : 1.0);
        const QRect avatar(row.left() + 8, row.center().y() - kAvatar / 2 + 1, kAvatar, kAvatar);
        const auto mirrored = [&](const QRect& place) {
            return QStyle::visualRect(option.direction, row, place);
        };
        painter->drawPixmap(mirrored(avatar),
            avatarPixmap(index.data(ParticipantsModel::InitialsRole).toString(),
                index.data(ParticipantsModel::ColorRole).value<QColor>(),
                index.data(ParticipantsModel::LabelTextRole).value<QColor>(), kAvatar,
                painter->device()->devicePixelRatioF()));

        QRect text = row;
        text.setLeft(avatar.right() + 10);
        text.setRight(row.right() - 4);
        text = mirrored(text);
        const auto aligned =
            QStyle::visualAlignment(option.direction, Qt::AlignLeading | Qt::AlignVCenter);
        const QFontMetrics metrics(option.font);
        const QString name = metrics.elidedText(
            index.data(Qt::DisplayRole).toString(), Qt::ElideRight, text.width());
        QString place = index.data(ParticipantsModel::PlaceRole).toString();
        if (followed) {
            const QString following = ParticipantsPanel::tr("Following");
            place = place.isEmpty() ? following : QStringLiteral("%1 · %2").arg(following, place);
        }
        place = metrics.elidedText(place, Qt::ElideRight, text.width());
        text.setHeight(metrics.height());
        text.moveTop(
            row.center().y() + 1 - (place.isEmpty() ? metrics.height() / 2 : metrics.height()));
        painter->setPen(colors.text);
        painter->drawText(text, aligned, name);
        text.translate(0, metrics.height());
        painter->setPen(colors.muted);
        painter->drawText(text, aligned, place);
        painter->restore();
    }
};

} // namespace

ParticipantsPanel::ParticipantsPanel(QWidget* parent)
    : QFrame(parent)
    , m_heading(new QLabel(this))
    , m_list(new QListView(this))
{
    setObjectName(QStringLiteral("participantsPanel"));
    setProperty("role", QStringLiteral("panel"));
    setFixedWidth(kWidth);
    m_heading->setObjectName(QStringLiteral("participantsHeading"));
    m_heading->setProperty("role", QStringLiteral("heading"));
    m_heading->setContentsMargins(16, 12, 16, 8);
    m_list->setObjectName(QStringLiteral("participantsList"));
    m_list->setAccessibleName(tr("Participants"));
    m_list->setItemDelegate(new PersonDelegate(m_list));
    m_list->setSelectionMode(QListView::NoSelection);
    m_list->setMouseTracking(true);
    m_list->setUniformItemSizes(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->viewport()->setAutoFillBackground(false);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_heading);
    layout->addWidget(m_list, 1);

    connect(m_list, &QListView::clicked, this, &ParticipantsPanel::follow);
    connect(m_list, &QListView::activated, m_list, &QListView::clicked);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_list, &QWidget::customContextMenuRequested, this, &ParticipantsPanel::showMenu);
}

void ParticipantsPanel::follow(const QModelIndex& person)
{
    if (!person.data(ParticipantsModel::SelfRole).toBool()) {
        Q_EMIT followRequested(
            crdt::ClientId(person.data(ParticipantsModel::ClientIdRole).toULongLong()));
    }
}

void ParticipantsPanel::showMenu(const QPoint& position)
{
    const QModelIndex under = m_list->indexAt(position);
    const QModelIndex person = under.isValid() ? under : m_list->currentIndex();
    if (person.isValid()) {
        Q_EMIT menuRequested(
            crdt::ClientId(person.data(ParticipantsModel::ClientIdRole).toULongLong()),
            m_list->viewport()->mapToGlobal(position));
    }
}

void ParticipantsPanel::setModel(ParticipantsModel* model)
{
    if (m_model == model) {
        return;
    }
    if (m_model) {
        m_model->disconnect(this);
    }
    m_model = model;
    m_list->setModel(model);
    if (model != nullptr) {
        connect(model, &QAbstractItemModel::rowsInserted, this, &ParticipantsPanel::showCount);
        connect(model, &QAbstractItemModel::rowsRemoved, this, &ParticipantsPanel::showCount);
        connect(model, &QAbstractItemModel::modelReset, this, &ParticipantsPanel::showCount);
    }
    showCount();
}

void ParticipantsPanel::setConnected(bool connected)
{
    m_isConnected = connected;
    showCount();
}

void ParticipantsPanel::showCount()
{
    const int count = m_model ? m_model->rowCount() : 0;
    // Without a connection nobody knows who is there.
    m_heading->setText(!m_isConnected ? tr("Not connected")
            : count <= 1              ? tr("Only you")
                                      : tr("%n people here", nullptr, count));
}

} // namespace tutti::ui
