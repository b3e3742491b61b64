// SPDX-License-Identifier: MIT
#include "ui/shell/join_dialog.h"

#include "ui/presence/tool_tip_text.h"
#include "ui/shell/identity_editor.h"
#include "ui/shell/nearby_rooms.h"
#include "ui/shell/room_link.h"

#include <QCheckBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace tutti::ui {

namespace {

QLabel* hint(const QString& text, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    label->setProperty("role", QStringLiteral("hint"));
    return label;
}

QLabel* heading(const QString& text, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    label->setProperty("role", QStringLiteral("heading"));
    return label;
}

} // namespace

JoinDialog::JoinDialog(const QString& link, const QString& textName, const Identity& identity,
    bool canRemember, NearbyRooms* nearby, QWidget* parent)
    : QDialog(parent)
    , m_nearby(nearby)
    , m_nearbyHeading(heading(tr("On this network"), this))
    , m_nearbyList(new QListWidget(this))
    , m_link(new QLineEdit(link, this))
    , m_error(new QLabel(this))
    , m_details(new QFrame(this))
    , m_host(new QLabel(m_details))
    , m_roomHint(hint(QString(), m_details))
    , m_room(new QLabel(m_details))
    , m_encryption(new QLabel(m_details))
    , m_role(new QLabel(m_details))
    , m_textName(new QLineEdit(textName, m_details))
    , m_token(new QLineEdit(m_details))
    , m_remember(new QCheckBox(tr("Remember it in the keychain"), m_details))
    , m_identity(new IdentityEditor(this))
    , m_join(new QPushButton(tr("Join"), this))
{
    setObjectName(QStringLiteral("joinDialog"));
    setWindowTitle(tr("Join"));
    setAttribute(Qt::WA_DeleteOnClose);

    m_link->setObjectName(QStringLiteral("joinLink"));
    m_link->setAccessibleName(tr("Link to the room"));
    m_link->setMinimumWidth(432);
    m_link->setPlaceholderText(QStringLiteral("ws://example.org:1234/room"));
    m_error->setObjectName(QStringLiteral("joinError"));
    m_error->setProperty("role", QStringLiteral("error"));
    m_error->setWordWrap(true);
    m_textName->setObjectName(QStringLiteral("joinTextName"));
    m_textName->setAccessibleName(tr("Name of the text in the room"));
    m_textName->setToolTip(tr("Editors agree on one name for the text in a room. CodeMirror's is "
                              "“codemirror”, Monaco's “monaco”, Quill's “quill”."));
    m_token->setObjectName(QStringLiteral("joinToken"));
    m_token->setAccessibleName(tr("Access token"));
    m_token->setEchoMode(QLineEdit::Password);
    m_token->setPlaceholderText(tr("if the server asks for one"));
    m_remember->setObjectName(QStringLiteral("joinRemember"));
    m_remember->setEnabled(false);
    m_remember->setVisible(canRemember);
    connect(m_token, &QLineEdit::textChanged, this,
        [this](const QString& text) { m_remember->setEnabled(!text.trimmed().isEmpty()); });
    m_join->setObjectName(QStringLiteral("joinConfirm"));
    m_join->setDefault(true);
    for (QLabel* label : {m_host, m_room, m_encryption, m_role}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
    }

    m_details->setProperty("role", QStringLiteral("card"));
    auto* details = new QFormLayout(m_details);
    details->setContentsMargins(16, 12, 16, 12);
    details->setHorizontalSpacing(16);
    details->setVerticalSpacing(8);
    details->addRow(hint(tr("Server"), m_details), m_host);
    details->addRow(m_roomHint, m_room);
    details->addRow(hint(tr("Encryption"), m_details), m_encryption);
    details->addRow(hint(tr("You can"), m_details), m_role);
    details->addRow(hint(tr("Text"), m_details), m_textName);
    details->addRow(hint(tr("Access token"), m_details), m_token);
    if (canRemember) {
        details->addRow(QString(), m_remember);
    }

    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addStretch(1);
    auto* cancel = new QPushButton(tr("Cancel"), this);
    cancel->setAutoDefault(false);
    buttons->addWidget(cancel);
    buttons->addWidget(m_join);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 24, 24, 16);
    layout->setSpacing(8);
    layout->addWidget(m_nearbyHeading);
    layout->addWidget(m_nearbyList);
    layout->addWidget(heading(tr("Link"), this));
    layout->addWidget(m_link);
    layout->addWidget(m_error);
    layout->addWidget(m_details);
    layout->addSpacing(8);
    layout->addWidget(heading(tr("You appear as"), this));
    layout->addWidget(m_identity);
    layout->addSpacing(16);
    layout->addLayout(buttons);
    layout->setSizeConstraint(QLayout::SetFixedSize);

    m_role->setText(
        tr("Read, and edit if the server lets you. It opens in a new tab; no file on this computer "
           "changes."));
    m_identity->setIdentity(identity);
    connect(m_link, &QLineEdit::textChanged, this, &JoinDialog::check);
    connect(m_textName, &QLineEdit::textChanged, this, &JoinDialog::check);
    connect(m_identity, &IdentityEditor::nameTyped, this, &JoinDialog::check);
    connect(m_join, &QPushButton::clicked, this, &JoinDialog::confirm);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    m_nearbyList->setObjectName(QStringLiteral("joinNearby"));
    m_nearbyList->setAccessibleName(m_nearbyHeading->text());
    m_nearbyList->setProperty("role", QStringLiteral("card"));
    m_nearbyList->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_nearbyList->setTextElideMode(Qt::ElideRight);
    connect(
        m_nearbyList, &QListWidget::currentItemChanged, this, [this](const QListWidgetItem* item) {
            if (item != nullptr) {
                m_link->setText(item->data(Qt::UserRole).toString());
            }
        });
    if (m_nearby) {
        connect(m_nearby, &NearbyRooms::changed, this, &JoinDialog::listNearby);
        m_nearby->setLooking(true);
    }
    listNearby();
    setTabOrder(cancel, m_join);
    check();
    if (m_address) {
        m_join->setFocus();
    } else {
        m_link->setFocus();
    }
}

JoinDialog::~JoinDialog()
{
    if (m_nearby) {
        m_nearby->setLooking(false);
    }
}

void JoinDialog::listNearby()
{
    const QString chosen = m_link->text();
    const QSignalBlocker quiet(m_nearbyList);
    m_nearbyList->clear();
    const QList<NearbyRoom> rooms = m_nearby ? m_nearby->rooms() : QList<NearbyRoom>();
    for (const NearbyRoom& room : rooms) {
        QString words = room.person.isEmpty()
            ? tr("%1 on %2", "a room, a computer").arg(room.address.room(), room.computer)
            : tr("%1, shared by %2 on %3", "a room, a person, a computer")
                  .arg(room.address.room(), room.person, room.computer);
        if (room.needsToken) {
            words += QChar(u'\n') + tr("(ask them for the access token)");
        }
        auto* item = new QListWidgetItem(words, m_nearbyList);
        item->setToolTip(toolTipText(words)); // a long one is cut off
        item->setData(Qt::UserRole, room.address.toString());
        if (room.address.toString() == chosen) {
            m_nearbyList->setCurrentItem(item);
        }
    }
    constexpr int kMostRows = 4;
    const int rows = qMin(m_nearbyList->count(), kMostRows);
    int height = 2 * m_nearbyList->frameWidth();
    for (int row = 0; row < rows; ++row) {
        height += m_nearbyList->sizeHintForRow(row);
    }
    m_nearbyList->setFixedHeight(height);
    m_nearbyList->setVisible(rows > 0);
    m_nearbyHeading->setVisible(rows > 0);
}

void JoinDialog::check()
{
    const QString text = plainRoomLink(m_link->text().trimmed());
    m_address.reset();
    QString error;
    if (!text.isEmpty()) {
        if (auto address = net::RoomAddress::parse(text)) {
            m_address = *std::move(address);
        } else {
            error = address.error();
        }
    }
    m_error->setText(error);
    m_error->setVisible(!error.isEmpty());
    m_details->setVisible(m_address.has_value());
    if (m_address) {
        const bool hocuspocus = m_address->protocol() == net::RoomAddress::Protocol::Hocuspocus;
        m_host->setText(hocuspocus ? tr("%1 (Hocuspocus)").arg(m_address->hostAndPort())
                                   : m_address->hostAndPort());
        m_roomHint->setText(hocuspocus ? tr("Document") : tr("Room"));
        m_room->setText(m_address->room());
        m_encryption->setText(m_address->isSecure()
                ? tr("TLS: only you and the server can read it")
                : tr("None: others on the network could read it"));
    }
    m_join->setEnabled(m_address && !m_identity->identity().name.isEmpty()
        && !m_textName->text().trimmed().isEmpty());
}

void JoinDialog::confirm()
{
    if (m_address) {
        Q_EMIT joinConfirmed({*m_address, m_textName->text().trimmed(), m_identity->identity(),
            m_token->text().trimmed(), m_remember->isEnabled() && m_remember->isChecked()});
        accept();
    }
}

} // namespace tutti::ui
