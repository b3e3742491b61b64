// SPDX-License-Identifier: MIT
#include "ui/presence/participants_model.h"

#include "ui/editor/code_editor.h"
#include "ui/presence/presence_colors.h"
#include "ui/presence/tool_tip_text.h"

#include <QFont>
#include <QGuiApplication>
#include <QPainter>
#include <QPixmap>
#include <QStringList>
#include <QTextBlock>
#include <QTextDocument>

#include <utility>

namespace tutti::ui {

namespace {

constexpr int kAvatarSize = 22;

} // namespace

QPixmap avatarPixmap(const QString& initials, const QColor& fill, const QColor& text, int size,
    double devicePixelRatio)
{
    QPixmap pixmap(QSize(size, size) * devicePixelRatio);
    pixmap.setDevicePixelRatio(devicePixelRatio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(fill);
    painter.drawEllipse(QRectF(0, 0, size, size));
    QFont font = QGuiApplication::font();
    font.setPixelSize(qMax(size * (initials.size() > 2 ? 36 : 44) / 100, 6));
    font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    painter.setPen(text);
    painter.drawText(QRectF(0, 0, size, size), Qt::AlignCenter, initials);
    return pixmap;
}

ParticipantsModel::ParticipantsModel(PeerTracker& tracker, QObject* parent)
    : QAbstractListModel(parent)
    , m_tracker(&tracker)
{
    connect(&tracker, &PeerTracker::peerAboutToJoin, this,
        [this](int row) { beginInsertRows({}, row, row); });
    connect(&tracker, &PeerTracker::peerJoined, this, [this] { endInsertRows(); });
    connect(&tracker, &PeerTracker::peerAboutToLeave, this,
        [this](int row) { beginRemoveRows({}, row, row); });
    connect(&tracker, &PeerTracker::peerLeft, this, [this] { endRemoveRows(); });
    connect(&tracker, &PeerTracker::peerChanged, this,
        [this](int row) { Q_EMIT dataChanged(index(row), index(row)); });
    connect(&tracker.editor(), &CodeEditor::themeChanged, this, [this] {
        if (rowCount() > 0) {
            Q_EMIT dataChanged(
                index(0), index(rowCount() - 1), {Qt::DecorationRole, ColorRole, LabelTextRole});
        }
    });
}

int ParticipantsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_tracker->peers().size());
}

int ParticipantsModel::lineOf(const Peer& peer) const
{
    if (!peer.caret) {
        return 0;
    }
    const QTextDocument* document = m_tracker->editor().document();
    const int last = document->characterCount() - 1;
    return document->findBlock(qBound(0, *peer.caret, last)).blockNumber() + 1;
}

QString ParticipantsModel::placeOf(const Peer& peer) const
{
    if (!peer.self && !peer.here) {
        const QString document =
            m_documentOf && !peer.person.isEmpty() ? m_documentOf(peer.person) : QString();
        return document.isEmpty() ? tr("In another document") : tr("In %1").arg(document);
    }
    const int line = lineOf(peer);
    if (line == 0) {
        return peer.idle ? tr("Idle") : QString();
    }
    return peer.idle ? tr("Line %1, idle").arg(line) : tr("Line %1").arg(line);
}

void ParticipantsModel::setDocumentOf(std::function<QString(const QString& person)> documentOf)
{
    m_documentOf = std::move(documentOf);
    if (rowCount() > 0) {
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
    }
}

void ParticipantsModel::setFollowed(std::optional<crdt::ClientId> client)
{
    if (std::exchange(m_followed, client) != client && rowCount() > 0) {
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
    }
}

QVariant ParticipantsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Peer& peer = m_tracker->peers().at(index.row());
    const Shade shade = shadeFor(peer.color, m_tracker->editor().theme().background);
    switch (role) {
    case Qt::DisplayRole:
        return peer.self ? tr("%1 (you)").arg(peer.name) : peer.name;
    case Qt::ToolTipRole:
        return toolTipText(data(index, Qt::AccessibleTextRole).toString());
    case Qt::AccessibleTextRole: {
        QStringList words{peer.name};
        if (const QString place = placeOf(peer); !place.isEmpty()) {
            words << place;
        }
        if (m_followed == peer.client) {
            words << tr("you follow them");
        }
        return words.join(QStringLiteral(", "));
    }
    case Qt::DecorationRole:
        return avatarPixmap(
            peer.initials, shade.label, shade.labelText, kAvatarSize, qGuiApp->devicePixelRatio());
    case NameRole:
        return peer.name;
    case InitialsRole:
        return peer.initials;
    case ColorRole:
        return shade.label;
    case LabelTextRole:
        return shade.labelText;
    case ClientIdRole:
        return QVariant::fromValue<qulonglong>(peer.client.value());
    case LineRole:
        return lineOf(peer);
    case PositionRole:
        return peer.caret.value_or(-1);
    case SelfRole:
        return peer.self;
    case IdleRole:
        return peer.idle;
    case PlaceRole:
        return placeOf(peer);
    case FollowedRole:
        return m_followed == peer.client;
    default:
        return {};
    }
}

QHash<int, QByteArray> ParticipantsModel::roleNames() const
{
    QHash<int, QByteArray> names = QAbstractListModel::roleNames();
    names.insert(NameRole, "name");
    names.insert(InitialsRole, "initials");
    names.insert(ColorRole, "color");
    names.insert(LabelTextRole, "labelText");
    names.insert(ClientIdRole, "clientId");
    names.insert(LineRole, "line");
    names.insert(PositionRole, "position");
    names.insert(SelfRole, "self");
    names.insert(IdleRole, "idle");
    names.insert(PlaceRole, "place");
    names.insert(FollowedRole, "followed");
    return names;
}

} // namespace tutti::ui
