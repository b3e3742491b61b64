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
    , m_indentation(addButton("indentation", tr("How lines are indented")))
    , m_encoding(addButton("encoding", tr("Encoding of the file")))
    , m_lineEnd(addButton("lineEnd", tr("Line ends of the file")))
    , m_language(addButton("language", tr("Syntax language")))
    , m_encodings(new QActionGroup(this))
    , m_lineEnds(new QActionGroup(this))
    , m_indentations(new QActionGroup(this))
{
    setSizeGripEnabled(false);
    setContentsMargins(8, 2, 8, 2);
    m_connection->setObjectName(QStringLiteral("connectionStatus"));
    insertWidget(0, m_connection, 1);

    makeIndentationMenu();
    makeEncodingMenu();

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

void StatusStrip::makeEncodingMenu()
{
    auto* menu = new QMenu(m_encoding);
    QMenu* save = menu->addMenu(tr("&Save as"));
    QMenu* reopen = menu->addMenu(tr("&Read again as"));
    const auto add = [this](QMenu* into, TextEncoding encoding, auto signal) {
        QAction* action = into->addAction(encodingName(encoding));
        connect(action, &QAction::triggered, this,
            [this, encoding, signal] { Q_EMIT(this->*signal)(encoding); });
        return action;
    };
    for (const EncodingGroup& group : encodingGroups()) {
        const bool first = m_encodings->actions().isEmpty();
        // Unicode is what most want; the rest is a menu away
        QMenu* saveGroup = first ? save : save->addMenu(group.name);
        QMenu* reopenGroup = first ? reopen : reopen->addMenu(group.name);
        for (const TextEncoding encoding : group.encodings) {
            QAction* action = add(saveGroup, encoding, &StatusStrip::encodingPicked);
            action->setCheckable(true);
            action->setData(static_cast<int>(encoding));
            m_encodings->addAction(action);
            add(reopenGroup, encoding, &StatusStrip::reopenPicked);
        }
        if (first) {
            save->addSeparator();
            reopen->addSeparator();
        }
    }
    m_encoding->setMenu(menu);
    m_encoding->setPopupMode(QToolButton::InstantPopup);
}

void StatusStrip::makeIndentationMenu()
{
    auto* menu = new QMenu(m_indentation);
    m_indentations->setExclusionPolicy(QActionGroup::ExclusionPolicy::ExclusiveOptional);
    for (const bool spaces : {true, false}) {
        QMenu* widths = menu->addMenu(spaces ? tr("Indent with &Spaces") : tr("Indent with &Tabs"));
        for (const int width : {2, 3, 4, 6, 8}) {
            const IndentStyle style{.width = width, .tabWidth = width, .spaces = spaces};
            QAction* action = widths->addAction(
                spaces ? tr("%Ln Spaces", nullptr, width) : tr("%Ln Columns Wide", nullptr, width));
            action->setCheckable(true);
            action->setData(width * (spaces ? 1 : -1));
            m_indentations->addAction(action);
            connect(action, &QAction::triggered, this,
                [this, style] { Q_EMIT indentationPicked(style); });
        }
    }
    connect(menu->addAction(tr("&Detect from the Text")), &QAction::triggered, this,
        &StatusStrip::detectIndentationPicked);
    menu->addSeparator();
    for (const bool spaces : {true, false}) {
        QAction* action =
            menu->addAction(spaces ? tr("&Convert Tabs to Spaces") : tr("Convert Spaces to T&abs"));
        connect(action, &QAction::triggered, this, [this, spaces] {
            IndentStyle style = m_style;
            style.spaces = spaces;
            if (!spaces) {
                style.tabWidth = style.width; // a level is a tab
            }
            Q_EMIT convertIndentationPicked(style);
        });
    }
    m_indentation->setMenu(menu);
    m_indentation->setPopupMode(QToolButton::InstantPopup);
}

void StatusStrip::setIndentation(const IndentStyle& style)
{
    m_style = style;
    m_indentation->setText(indentationName(style));
    const int shown = style.spaces ? style.width : -style.tabWidth;
    for (QAction* action : m_indentations->actions()) {
        action->setChecked(action->data().toInt() == shown);
    }
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

void StatusStrip::setLanguage(const QString& name) { m_language->setText(leftToRight(name)); }

void StatusStrip::resizeEvent(QResizeEvent* event)
{
    QStatusBar::resizeEvent(event);
    // where it is narrow, how the connection stands is what has to stay
    m_indentation->setVisible(width() >= 800);
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
