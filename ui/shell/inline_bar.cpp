// SPDX-License-Identifier: MIT
#include "ui/shell/inline_bar.h"

#include "ui/shell/focus_order.h"
#include "ui/shell/icons.h"
#include "ui/shell/wrapped_label.h"

#include <QAccessible>
#include <QCheckBox>
#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>

#include <algorithm>

namespace tutti::ui {

namespace {

constexpr int kAround = 16 + 8 + 3 * 8; ///< margins and gaps
constexpr int kRoomForWords = 280; ///< beside the buttons; they go below before it gets less
constexpr int kLeastWords = 120;

QIcon kindIcon(InlineBar::Kind kind)
{
    switch (kind) {
    case InlineBar::Kind::Info:
        return icon(QStringLiteral("info"), IconTone::Accent);
    case InlineBar::Kind::Warning:
        return icon(QStringLiteral("warning"), IconTone::Warning);
    case InlineBar::Kind::Error:
        return icon(QStringLiteral("error"), IconTone::Error);
    }
    Q_UNREACHABLE_RETURN(QIcon());
}

QString kindName(InlineBar::Kind kind)
{
    switch (kind) {
    case InlineBar::Kind::Info:
        return QStringLiteral("info");
    case InlineBar::Kind::Warning:
        return QStringLiteral("warning");
    case InlineBar::Kind::Error:
        return QStringLiteral("error");
    }
    Q_UNREACHABLE_RETURN(QString());
}

} // namespace

InlineBar::InlineBar(QWidget* parent)
    : QFrame(parent)
    , m_icon(new QLabel(this))
    , m_words(new WrappedLabel(this))
    , m_layout(new QGridLayout(this))
    , m_answers(new QWidget(this))
    , m_buttons(new QHBoxLayout(m_answers))
    , m_close(new QToolButton(this))
{
    setObjectName(QStringLiteral("inlineBar"));
    setProperty("role", QStringLiteral("bar"));
    setAccessibleName(tr("Message"));
    makePart(*this);
    m_words->setObjectName(QStringLiteral("inlineBarWords"));
    m_words->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_close->setIcon(icon(QStringLiteral("close")));
    m_close->setToolTip(tr("Dismiss"));
    m_close->setAccessibleName(tr("Dismiss the message"));
    m_buttons->setContentsMargins(0, 0, 0, 0);
    m_buttons->setSpacing(8);

    m_layout->setContentsMargins(16, 8, 8, 8);
    m_layout->setSpacing(8);
    m_layout->setColumnStretch(1, 1);
    m_layout->addWidget(m_icon, 0, 0);
    m_layout->addWidget(m_words, 0, 1);
    m_layout->addWidget(m_close, 0, 3);
    arrange();
    connect(m_close, &QToolButton::clicked, this, &InlineBar::dismiss);
    hide();
}

void InlineBar::show(
    const QString& id, Kind kind, const QString& words, const QList<Action>& actions)
{
    const auto sameActions = [&] {
        return std::equal(m_actions.begin(), m_actions.end(), actions.begin(), actions.end(),
            [](const QPushButton* button, const Action& action) {
                return button->text() == action.text;
            });
    };
    m_words->setText(words);
    setAccessibleDescription(words);
    m_runs.clear();
    for (const Action& action : actions) {
        m_runs.append(action.run);
    }
    if (id == m_id && kind == m_kind && sameActions() && m_question == nullptr) {
        return;
    }
    endQuestion();
    m_id = id;
    m_kind = kind;
    showIcon();
    setProperty("kind", kindName(kind));
    style()->unpolish(this);
    style()->polish(this);
    for (QPushButton* button : std::as_const(m_actions)) {
        button->hide();
        button->disconnect(this);
        button->setObjectName({}); // the next one's
        button->deleteLater(); // it may be the one whose click brought us here
    }
    m_actions.clear();
    for (const Action& action : actions) {
        auto* button = new QPushButton(action.text, this);
        button->setObjectName(QStringLiteral("inlineBarAction%1").arg(m_actions.size()));
        button->setProperty("compact", true);
        button->setAutoDefault(false);
        connect(button, &QPushButton::clicked, this, [this, index = m_actions.size()] {
            const auto run = m_runs.at(index); // it may show the next message
            run();
        });
        m_buttons->addWidget(button);
        m_actions.append(button);
    }
    setVisible(true);
    // Once: words that count down seconds change all the time.
    QAccessibleAnnouncementEvent said(this, words);
    QAccessible::updateAccessibility(&said);
}

void InlineBar::ask(const QString& id, Kind kind, const QString& words, const Question& question,
    const QList<Action>& actions)
{
    if (id == m_id && m_question != nullptr) { // somebody may be typing
        m_words->setText(words);
        setAccessibleDescription(words);
        return;
    }
    show(id, kind, words, actions);
    m_question = new QWidget(this);
    auto* layout = new QHBoxLayout(m_question);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    auto* answer = new QLineEdit(m_question);
    answer->setObjectName(QStringLiteral("inlineBarAnswer"));
    answer->setAccessibleName(question.placeholder);
    answer->setPlaceholderText(question.placeholder);
    answer->setEchoMode(QLineEdit::Password);
    answer->setMinimumWidth(160);
    layout->addWidget(answer);
    auto* remember = new QCheckBox(question.remember, m_question);
    remember->setObjectName(QStringLiteral("inlineBarRemember"));
    remember->setVisible(!question.remember.isEmpty());
    layout->addWidget(remember);
    auto* button = new QPushButton(question.button, m_question);
    button->setObjectName(QStringLiteral("inlineBarAnswered"));
    button->setProperty("compact", true);
    button->setAutoDefault(false);
    button->setEnabled(false);
    layout->addWidget(button);
    m_buttons->insertWidget(0, m_question);
    connect(answer, &QLineEdit::textChanged, button,
        [button](const QString& text) { button->setEnabled(!text.trimmed().isEmpty()); });
    connect(answer, &QLineEdit::returnPressed, button, &QPushButton::click);
    connect(button, &QPushButton::clicked, this, [this, answer, remember, run = question.answered] {
        const QString text = answer->text().trimmed();
        const bool keep = remember->isChecked();
        dismiss();
        run(text, keep);
    });
}

void InlineBar::endQuestion()
{
    if (m_question != nullptr) {
        m_question->hide();
        m_question->deleteLater();
        m_question = nullptr;
    }
}

void InlineBar::clear(const QString& id)
{
    if (m_id == id) {
        dismiss();
    }
}

void InlineBar::arrange()
{
    const int room = width() - m_answers->sizeHint().width() - m_icon->sizeHint().width()
        - m_close->sizeHint().width() - kAround;
    const int words = m_words->fontMetrics().horizontalAdvance(m_words->text());
    const bool below = room < qMin(kRoomForWords, words);
    if (below != m_below) { // a layout that changes asks for this again
        m_below = below;
        m_layout->removeWidget(m_answers);
        if (below) {
            m_layout->addWidget(m_answers, 1, 1, 1, 3, Qt::AlignLeading);
        } else {
            m_layout->addWidget(m_answers, 0, 2);
        }
    }
    m_answers->setVisible(m_question != nullptr || !m_actions.isEmpty());
}

QSize InlineBar::minimumSizeHint() const
{
    // as narrow as it can be with the buttons below, whether they are there now or not
    const int answers = m_answers->isVisibleTo(this) ? m_answers->minimumSizeHint().width() : 0;
    const int words = kLeastWords + m_close->sizeHint().width();
    return {qMax(words, answers) + m_icon->sizeHint().width() + kAround,
        QFrame::minimumSizeHint().height()};
}

void InlineBar::resizeEvent(QResizeEvent* event)
{
    QFrame::resizeEvent(event);
    arrange();
}

bool InlineBar::event(QEvent* event)
{
    if (event->type() == QEvent::LayoutRequest) { // other words or buttons
        arrange();
    }
    return QFrame::event(event);
}

QString InlineBar::words() const { return m_id.isEmpty() ? QString() : m_words->text(); }

void InlineBar::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange) {
        showIcon();
    }
    QFrame::changeEvent(event);
}

void InlineBar::showIcon()
{
    m_icon->setPixmap(kindIcon(m_kind).pixmap(QSize(20, 20), devicePixelRatio()));
}

void InlineBar::dismiss()
{
    m_id.clear();
    endQuestion();
    hide();
}

} // namespace tutti::ui
