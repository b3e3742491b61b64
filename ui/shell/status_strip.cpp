// SPDX-License-Identifier: MIT
#include "ui/shell/status_strip.h"

#include "ui/shell/icons.h"
#include "ui/shell/status_label.h"

#include <QActionGroup>
#include <QMenu>
#include <QToolButton>

namespace tutti::ui {

namespace {

IconTone moodTone(ConnectionMood mood)
{
    switch (mood) {
    case ConnectionMood::Good:
        return IconTone::Good;
    case ConnectionMood::Offline:
        return IconTone::Warning;
    case ConnectionMood::Problem:
        return IconTone::Error;
    case ConnectionMood::Sending:
        return IconTone::Accent;
    case ConnectionMood::Local:
    case ConnectionMood::Busy:
        return IconTone::Muted;
    }
    Q_UNREACHABLE_RETURN(IconTone::Muted);
}

} // namespace

StatusStrip::StatusStrip(QWidget* parent)
    : QStatusBar(parent)
    , m_connection(new StatusLabel(this))
    , m_position(addButton("caretPosition", tr("Line and column; go to a line")))
    , m_encoding(addButton("encoding", tr("Encoding of the file")))
    , m_lineEnd(addButton("lineEnd", tr("Line ends of the file")))
    , m_language(addButton("language", tr("Syntax language")))
    , m_encodings(new QActionGroup(this))
    , m_lineEnds(new QActionGroup(this))
{
    setSizeGripEnabled(false);
    setContentsMargins(8, 2, 8, 2);
    m_connection->setObjectName(QStringLiteral("connectionStatus"));
    insertWidget(0, m_connection, 1);

    auto* encodingMenu = new QMenu(m_encoding);
    for (const auto encoding : {TextEncoding::Utf8, TextEncoding::Utf8Bom, TextEncoding::Utf16Le,
             TextEncoding::Utf16Be, TextEncoding::Windows1252}) {
        QAction* action = encodingMenu->addAction(encodingName(encoding));
        action->setCheckable(true);
        action->setData(static_cast<int>(encoding));
        m_encodings->addAction(action);
        connect(action, &QAction::triggered, this,
            [this, encoding] { Q_EMIT encodingPicked(encoding); });
    }
    m_encoding->setMenu(encodingMenu);
    m_encoding->setPopupMode(QToolButton::InstantPopup);

    auto* lineEndMenu = new QMenu(m_lineEnd);
    const std::pair<LineEnd, QString> lineEnds[]{
        {LineEnd::Lf, tr("LF (Linux, macOS)")},
        {LineEnd::CrLf, tr("CRLF (Windows)")},
        {LineEnd::Cr, tr("CR (old Mac OS)")},
    };
    for (const auto& [lineEnd, text] : lineEnds) {
        QAction* action = lineEndMenu->addAction(text);
        action->setCheckable(true);
        action->setData(static_cast<int>(lineEnd));
        m_lineEnds->addAction(action);
        connect(action, &QAction::triggered, this,
            [this, picked = lineEnd] { Q_EMIT lineEndPicked(picked); });
    }
    m_lineEnd->setMenu(lineEndMenu);
    m_lineEnd->setPopupMode(QToolButton::InstantPopup);

    connect(m_position, &QToolButton::clicked, this, &StatusStrip::positionClicked);
    connect(m_language, &QToolButton::clicked, this, &StatusStrip::languageClicked);
}

void StatusStrip::setConnection(const QString& words, ConnectionMood mood)
{
    m_connection->setContent(icon(moodIcon(mood), moodTone(mood)), words);
}

void StatusStrip::setPosition(int line, int column)
{
    m_position->setText(tr("Line %1, Column %2").arg(line).arg(column));
}

void StatusStrip::setFormat(const TextFormat& format)
{
    m_encoding->setText(encodingName(format.encoding));
    m_lineEnd->setText(lineEndName(format.lineEnd));
    m_encodings->actions().at(static_cast<int>(format.encoding))->setChecked(true);
    m_lineEnds->actions().at(static_cast<int>(format.lineEnd))->setChecked(true);
}

void StatusStrip::setLanguage(const QString& name) { m_language->setText(name); }

void StatusStrip::resizeEvent(QResizeEvent* event)
{
    QStatusBar::resizeEvent(event);
    // where it is narrow, how the connection stands is what has to stay
    m_encoding->setVisible(width() >= 720);
    m_lineEnd->setVisible(width() >= 720);
    m_language->setVisible(width() >= 560);
}

QToolButton* StatusStrip::addButton(const char* name, const QString& purpose)
{
    auto* button = new QToolButton(this);
    button->setObjectName(QLatin1StringView(name));
    button->setToolTip(purpose);
    button->setAccessibleDescription(purpose);
    button->setFocusPolicy(Qt::TabFocus);
    addPermanentWidget(button);
    return button;
}

} // namespace tutti::ui
