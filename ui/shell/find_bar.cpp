// SPDX-License-Identifier: MIT
#include "ui/shell/find_bar.h"

#include "ui/shell/icons.h"
#include "ui/shell/theme.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTextBlock>
#include <QToolButton>

#include <algorithm>

namespace tutti::ui {

FindBar::FindBar(QPlainTextEdit& editor, QWidget* parent)
    : QFrame(parent)
    , m_editor(editor)
    , m_query(new QLineEdit(this))
    , m_matchCase(new QToolButton(this))
    , m_wholeWords(new QToolButton(this))
    , m_count(new QLabel(this))
    , m_previous(new QToolButton(this))
    , m_next(new QToolButton(this))
{
    setObjectName(QStringLiteral("findBar"));
    setProperty("role", QStringLiteral("find"));
    setAccessibleName(tr("Find"));

    m_query->setObjectName(QStringLiteral("findQuery"));
    m_query->setPlaceholderText(tr("Find"));
    m_query->setAccessibleName(tr("Text to find"));
    m_query->setMaximumWidth(360);
    m_count->setObjectName(QStringLiteral("findCount"));
    m_count->setProperty("role", QStringLiteral("hint"));
    const auto toggle = [this](QToolButton* button, const QString& text, const QString& name) {
        button->setText(text);
        button->setCheckable(true);
        button->setToolTip(name);
        button->setAccessibleName(name);
        connect(button, &QToolButton::toggled, this, &FindBar::onQueryChanged);
    };
    toggle(m_matchCase, QStringLiteral("Aa"), tr("Match case"));
    toggle(m_wholeWords, tr("Word"), tr("Whole words"));
    const auto command = [](QToolButton* button, const QString& iconName, const QString& name) {
        button->setIcon(icon(iconName));
        button->setToolTip(name);
        button->setAccessibleName(name);
    };
    command(m_previous, QStringLiteral("up"), tr("Previous match (Shift+Enter)"));
    command(m_next, QStringLiteral("down"), tr("Next match (Enter)"));
    auto* closeButton = new QToolButton(this);
    command(closeButton, QStringLiteral("close"), tr("Close (Escape)"));

    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(16, 8, 8, 8);
    layout->setSpacing(4);
    layout->addWidget(m_query, 2);
    layout->addWidget(m_matchCase);
    layout->addWidget(m_wholeWords);
    layout->addWidget(m_previous);
    layout->addWidget(m_next);
    layout->addSpacing(4);
    layout->addWidget(m_count);
    layout->addStretch(1);
    layout->addWidget(closeButton);

    connect(m_query, &QLineEdit::textChanged, this, &FindBar::onQueryChanged);
    connect(m_previous, &QToolButton::clicked, this, &FindBar::findPrevious);
    connect(m_next, &QToolButton::clicked, this, &FindBar::findNext);
    connect(closeButton, &QToolButton::clicked, this, &FindBar::close);
    connect(m_editor.document(), &QTextDocument::contentsChanged, this, [this] {
        if (isVisible()) {
            mark();
        }
    });
    hide();
}

void FindBar::open()
{
    const QString selected = m_editor.textCursor().selectedText();
    m_origin = m_editor.textCursor().selectionStart();
    show();
    if (!selected.isEmpty() && !selected.contains(QChar::ParagraphSeparator)) {
        m_query->setText(selected);
    }
    m_query->setFocus(Qt::ShortcutFocusReason);
    m_query->selectAll();
    mark();
}

void FindBar::close()
{
    hide();
    m_matches.clear();
    m_editor.setExtraSelections({});
    m_editor.setFocus(Qt::OtherFocusReason);
}

void FindBar::findNext() { findFrom(m_editor.textCursor(), {}); }

void FindBar::findPrevious() { findFrom(m_editor.textCursor(), QTextDocument::FindBackward); }

void FindBar::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape) {
        close();
    } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        event->modifiers().testFlag(Qt::ShiftModifier) ? findPrevious() : findNext();
    } else {
        QFrame::keyPressEvent(event);
    }
}

QTextDocument::FindFlags FindBar::flags() const
{
    QTextDocument::FindFlags result;
    result.setFlag(QTextDocument::FindCaseSensitively, m_matchCase->isChecked());
    result.setFlag(QTextDocument::FindWholeWords, m_wholeWords->isChecked());
    return result;
}

bool FindBar::findFrom(const QTextCursor& from, QTextDocument::FindFlags direction)
{
    const QString query = m_query->text();
    if (query.isEmpty()) {
        return false;
    }
    QTextDocument* document = m_editor.document();
    QTextCursor found = document->find(query, from, flags() | direction);
    if (found.isNull()) {
        QTextCursor edge(document);
        edge.movePosition(direction.testFlag(QTextDocument::FindBackward) ? QTextCursor::End
                                                                          : QTextCursor::Start);
        found = document->find(query, edge, flags() | direction);
    }
    if (found.isNull()) {
        return false;
    }
    m_editor.setTextCursor(found);
    m_editor.ensureCursorVisible();
    showCount();
    return true;
}

void FindBar::onQueryChanged()
{
    QTextCursor from(m_editor.document());
    from.setPosition(std::min(m_origin, m_editor.document()->characterCount() - 1));
    findFrom(from, {});
    mark();
}

void FindBar::mark()
{
    m_matches.clear();
    QList<QTextEdit::ExtraSelection> marks;
    QColor color = ThemeColors::current().accent;
    color.setAlphaF(0.25F);
    if (const QString query = m_query->text(); !query.isEmpty()) {
        QTextCursor found = m_editor.document()->find(query, 0, flags());
        while (!found.isNull() && marks.size() < kMaxMatches) {
            m_matches.append(found.selectionStart());
            QTextEdit::ExtraSelection mark;
            mark.cursor = found;
            mark.format.setBackground(color);
            marks.append(mark);
            found = m_editor.document()->find(query, found, flags());
        }
    }
    m_editor.setExtraSelections(marks);
    m_previous->setEnabled(!m_matches.isEmpty());
    m_next->setEnabled(!m_matches.isEmpty());
    showCount();
}

void FindBar::showCount()
{
    const qsizetype count = m_matches.size();
    if (m_query->text().isEmpty()) {
        m_count->clear();
    } else if (count == 0) {
        m_count->setText(tr("No matches"));
    } else if (count == kMaxMatches) {
        m_count->setText(tr("More than %1 matches").arg(kMaxMatches - 1));
    } else {
        const auto current =
            std::find(m_matches.begin(), m_matches.end(), m_editor.textCursor().selectionStart());
        m_count->setText(current == m_matches.end() || !m_editor.textCursor().hasSelection()
                ? (count == 1 ? tr("1 match") : tr("%n matches", nullptr, static_cast<int>(count)))
                : tr("%1 of %2").arg(current - m_matches.begin() + 1).arg(count));
    }
}

} // namespace tutti::ui
