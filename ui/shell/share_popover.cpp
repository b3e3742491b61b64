// SPDX-License-Identifier: MIT
#include "ui/shell/share_popover.h"

#include "ui/shell/icons.h"
#include "ui/shell/identity_editor.h"
#include "ui/shell/qr_code.h"
#include "ui/shell/wrapped_label.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QScreen>
#include <QVBoxLayout>

namespace tutti::ui {

namespace {

constexpr int kWidth = 416;
constexpr int kMargin = 24;
constexpr int kGap = 16; ///< between the code and what is beside it

} // namespace

SharePopover::SharePopover(QWidget* parent)
    : QFrame(parent, Qt::Popup)
    , m_title(new QLabel(this))
    , m_link(new QLineEdit(this))
    , m_copy(new QPushButton(tr("Copy"), this))
    , m_copied(new QLabel(this))
    , m_code(new QrCodeView(this))
    , m_words(new WrappedLabel(this))
    , m_whoCan(new QLabel(tr("Who can open it"), this))
    , m_network(new QRadioButton(tr("People on your &network"), this))
    , m_thisComputer(new QRadioButton(tr("Only this &computer"), this))
    , m_identity(new IdentityEditor(this))
    , m_leave(new QPushButton(this))
    , m_done(new QPushButton(tr("Done"), this))
{
    setObjectName(QStringLiteral("sharePopover"));
    setProperty("role", QStringLiteral("popover"));
    setAccessibleName(tr("Share"));
    m_title->setProperty("role", QStringLiteral("title"));
    m_title->setTextFormat(Qt::PlainText);
    m_link->setObjectName(QStringLiteral("shareLink"));
    m_link->setReadOnly(true);
    m_link->setAccessibleName(tr("Link to this room"));
    m_copy->setObjectName(QStringLiteral("copyLink"));
    m_copied->setProperty("role", QStringLiteral("good"));
    m_code->setAccessibleName(tr("QR code of the link to this room"));
    m_code->setToolTip(tr("The link, for the camera of another device"));
    m_words->setProperty("role", QStringLiteral("hint"));
    m_whoCan->setProperty("role", QStringLiteral("heading"));
    m_network->setObjectName(QStringLiteral("reachNetwork"));
    m_thisComputer->setObjectName(QStringLiteral("reachThisComputer"));
    m_leave->setObjectName(QStringLiteral("leaveSession"));
    m_done->setObjectName(QStringLiteral("shareDone"));
    m_done->setProperty("primary", true);
    auto* appearAs = new QLabel(tr("You appear as"), this);
    appearAs->setProperty("role", QStringLiteral("heading"));

    auto* linkRow = new QHBoxLayout;
    linkRow->setSpacing(8);
    linkRow->addWidget(m_link, 1);
    linkRow->addWidget(m_copy);
    auto* access = new QVBoxLayout;
    access->setSpacing(8);
    access->addWidget(m_whoCan);
    access->addWidget(m_network);
    access->addWidget(m_thisComputer);
    access->addWidget(m_words);
    access->addStretch(1);
    auto* reach = new QHBoxLayout;
    reach->setSpacing(kGap);
    reach->addWidget(m_code, 0, Qt::AlignTop);
    reach->addLayout(access, 1);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_leave);
    buttons->addStretch(1);
    buttons->addWidget(m_done);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(kMargin, 16, kMargin, 16);
    layout->setSpacing(8);
    layout->addWidget(m_title);
    layout->addSpacing(4);
    layout->addLayout(linkRow);
    layout->addWidget(m_copied);
    layout->addSpacing(8);
    layout->addLayout(reach);
    layout->addSpacing(8);
    layout->addWidget(appearAs);
    layout->addWidget(m_identity);
    layout->addSpacing(8);
    layout->addLayout(buttons);

    connect(m_copy, &QPushButton::clicked, this, &SharePopover::copyLink);
    connect(m_done, &QPushButton::clicked, this, &QWidget::close);
    connect(m_leave, &QPushButton::clicked, this, [this] {
        close();
        Q_EMIT leaveClicked();
    });
    connect(
        m_network, &QRadioButton::clicked, this, [this] { Q_EMIT reachChosen(Reach::Network); });
    connect(m_thisComputer, &QRadioButton::clicked, this,
        [this] { Q_EMIT reachChosen(Reach::ThisComputer); });
    connect(m_identity, &IdentityEditor::edited, this, &SharePopover::identityEdited);
}

void SharePopover::open(const Content& content, const QWidget& anchor)
{
    showLink(content);
    adjustSize();
    // How high the words are is known once they have their width.
    layout()->activate();
    m_words->updateGeometry();
    adjustSize();
    QPoint corner = anchor.mapToGlobal(QPoint(anchor.width() - width(), anchor.height() + 12));
    if (const QScreen* screen = anchor.screen()) {
        const QRect room = screen->availableGeometry();
        corner.setX(qBound(room.left(), corner.x(), qMax(room.left(), room.right() - width())));
    }
    move(corner);
    show();
    m_done->setFocus();
}

void SharePopover::showLink(const Content& content)
{
    m_title->setText(content.title);
    m_link->setText(content.link);
    m_link->setCursorPosition(0);
    m_code->setText(content.link);
    m_words->setText(content.words);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_whoCan, m_network, m_thisComputer}) {
        widget->setVisible(content.reach.has_value());
    }
    m_network->setChecked(content.reach == Reach::Network);
    m_thisComputer->setChecked(content.reach == Reach::ThisComputer);
    m_leave->setText(content.leaveText);
    // The choices have room beside the code; what wraps takes what that gives.
    const int choices = qMax(m_network->sizeHint().width(), m_thisComputer->sizeHint().width());
    setFixedWidth(qMax(kWidth, m_code->width() + kGap + choices + 2 * (kMargin + 1)));
    m_identity->setIdentity(content.identity);
    copyLink();
}

void SharePopover::copyLink()
{
    QGuiApplication::clipboard()->setText(m_link->text());
    m_copied->setText(tr("The link is on the clipboard."));
}

} // namespace tutti::ui
