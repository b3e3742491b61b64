// SPDX-License-Identifier: MIT
#include "ui/shell/find_bar.h"

#include "ui/editor/code_editor.h"
#include "ui/editor/document_units.h"
#include "ui/shell/focus_order.h"
#include "ui/shell/icons.h"
#include "ui/shell/theme.h"
#include "ui/shell/wrapped_label.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QShortcut>
#include <QTextBlock>
#include <QToolButton>

#include <algorithm>
#include <utility>

namespace tutti::ui {

namespace {

constexpr int kFieldWidth = 360;
constexpr int kNarrow = 600; ///< below, Enter and Shift+Enter have to do for the arrows
/// A selection up to this long is what one looks for.
constexpr int kMaxQueryFromSelection = 1'000;

} // namespace

FindBar::FindBar(CodeEditor& editor, QWidget* parent)
    : QFrame(parent)
    , m_editor(editor)
    , m_search(*editor.document())
    , m_layer(editor, m_search)
    , m_query(new QLineEdit(this))
    , m_replacement(new QLineEdit(this))
    , m_expand(new QToolButton(this))
    , m_matchCase(new QToolButton(this))
    , m_wholeWords(new QToolButton(this))
    , m_regularExpression(new QToolButton(this))
    , m_inSelection(new QToolButton(this))
    , m_count(new QLabel(this))
    , m_problem(new WrappedLabel(this))
    , m_previous(new QToolButton(this))
    , m_next(new QToolButton(this))
    , m_close(new QToolButton(this))
    , m_replaceOne(new QPushButton(tr("Replace"), this))
    , m_replaceAll(new QPushButton(tr("Replace all"), this))
{
    setObjectName(QStringLiteral("findBar"));
    setProperty("role", QStringLiteral("find"));
    setAccessibleName(tr("Find and replace"));
    makePart(*this);
    makeFields();
    makeButtons();
    layOut();
    colorMatches();
    connect(&m_search, &TextSearch::changed, this, &FindBar::onSearchChanged);
    connect(&m_editor, &QPlainTextEdit::selectionChanged, this, [this] {
        if (isVisible()) {
            showState();
        }
    });
    showReplace(false);
    hide();
}

void FindBar::makeFields()
{
    m_query->setObjectName(QStringLiteral("findQuery"));
    m_query->setPlaceholderText(tr("Find"));
    m_query->setAccessibleName(tr("Text to find"));
    m_query->setMaximumWidth(kFieldWidth);
    m_replacement->setObjectName(QStringLiteral("replacement"));
    m_replacement->setPlaceholderText(tr("Replace with"));
    m_replacement->setAccessibleName(tr("Text to replace it with"));
    m_replacement->setToolTip(m_replacement->placeholderText()); // narrow windows cut the hint
    m_replacement->setMaximumWidth(kFieldWidth);
    m_count->setObjectName(QStringLiteral("findCount"));
    m_count->setProperty("role", QStringLiteral("hint"));
    m_problem->setObjectName(QStringLiteral("findProblem"));
    m_problem->setProperty("role", QStringLiteral("error"));
    connect(m_query, &QLineEdit::textChanged, this, &FindBar::onQueryChanged);
}

void FindBar::makeButtons()
{
    const auto button = [](QToolButton* b, const char* object, const QString& iconName,
                            const QString& name) {
        b->setObjectName(QLatin1StringView(object));
        b->setIcon(icon(iconName));
        b->setToolTip(name);
        b->setAccessibleName(name);
    };
    const auto toggle = [&](QToolButton* b, const char* object, const QString& iconName,
                            const QString& name, const QKeySequence& key, auto slot) {
        button(b, object, iconName, name);
        b->setCheckable(true);
        connect(b, &QToolButton::toggled, this, slot);
        if (!key.isEmpty()) {
            b->setToolTip(tr("%1 (%2)", "a name and its key")
                    .arg(name, key.toString(QKeySequence::NativeText)));
            auto* shortcut = new QShortcut(key, this);
            shortcut->setContext(Qt::WidgetWithChildrenShortcut);
            connect(shortcut, &QShortcut::activated, b, &QToolButton::toggle);
        }
    };
    toggle(m_matchCase, "findMatchCase", QStringLiteral("match-case"), tr("Match case"),
        QKeySequence(Qt::ALT | Qt::Key_C), &FindBar::onQueryChanged);
    toggle(m_wholeWords, "findWholeWords", QStringLiteral("whole-word"), tr("Whole words"),
        QKeySequence(Qt::ALT | Qt::Key_W), &FindBar::onQueryChanged);
    toggle(m_regularExpression, "findRegularExpression", QStringLiteral("regex"),
        tr("Regular expression"), QKeySequence(Qt::ALT | Qt::Key_R), &FindBar::onQueryChanged);
    toggle(m_inSelection, "findInSelection", QStringLiteral("in-selection"), tr("In selection"),
        QKeySequence(Qt::ALT | Qt::Key_L), &FindBar::onInSelection);
    toggle(m_expand, "findExpand", QStringLiteral("right"), tr("Replace too"), QKeySequence(),
        &FindBar::showReplace);
    button(
        m_previous, "findPreviousMatch", QStringLiteral("up"), tr("Previous match (Shift+Enter)"));
    button(m_next, "findNextMatch", QStringLiteral("down"), tr("Next match (Enter)"));
    button(m_close, "findClose", QStringLiteral("close"), tr("Close (Escape)"));
    m_replaceOne->setObjectName(QStringLiteral("replaceOne"));
    m_replaceOne->setToolTip(tr("Replace this match and go to the next (Enter)"));
    m_replaceAll->setObjectName(QStringLiteral("replaceAll"));
    m_replaceAll->setToolTip(tr("Replace all matches at once (Ctrl+Alt+Enter)"));
    for (QPushButton* b : {m_replaceOne, m_replaceAll}) {
        b->setProperty("compact", true);
        b->setAutoDefault(false);
    }
    connect(m_previous, &QToolButton::clicked, this, &FindBar::findPrevious);
    connect(m_next, &QToolButton::clicked, this, &FindBar::findNext);
    connect(m_close, &QToolButton::clicked, this, &FindBar::close);
    connect(m_replaceOne, &QPushButton::clicked, this, &FindBar::replaceOne);
    connect(m_replaceAll, &QPushButton::clicked, this, &FindBar::replaceAll);
}

void FindBar::layOut()
{
    auto* first = new QHBoxLayout;
    first->setSpacing(2);
    for (QWidget* widget : std::initializer_list<QWidget*>{
             m_matchCase, m_wholeWords, m_regularExpression, m_inSelection}) {
        first->addWidget(widget);
    }
    first->addSpacing(6);
    first->addWidget(m_previous);
    first->addWidget(m_next);
    first->addSpacing(6);
    first->addWidget(m_count);
    first->addStretch(1);
    auto* second = new QHBoxLayout;
    second->setSpacing(6);
    second->addWidget(m_replaceOne);
    second->addWidget(m_replaceAll);
    second->addStretch(1);

    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(8, 8, 8, 8);
    grid->setHorizontalSpacing(6);
    grid->setVerticalSpacing(6);
    grid->addWidget(m_expand, 0, 0);
    grid->addWidget(m_query, 0, 1);
    grid->addLayout(first, 0, 2);
    grid->addWidget(m_close, 0, 3);
    grid->addWidget(m_replacement, 1, 1);
    grid->addLayout(second, 1, 2);
    grid->addWidget(m_problem, 2, 1, 1, 2);
    grid->setColumnStretch(1, 3);
    grid->setColumnStretch(2, 2);
    m_problem->hide();

    // the fields first, then what is beside them
    QWidget* order[]{m_query, m_replacement, m_matchCase, m_wholeWords, m_regularExpression,
        m_inSelection, m_previous, m_next, m_replaceOne, m_replaceAll, m_expand, m_close};
    for (std::size_t i = 0; i + 1 < std::size(order); ++i) {
        setTabOrder(order[i], order[i + 1]);
    }
}

void FindBar::resizeEvent(QResizeEvent* event)
{
    QFrame::resizeEvent(event);
    m_previous->setVisible(width() >= kNarrow);
    m_next->setVisible(width() >= kNarrow);
}

void FindBar::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange) {
        colorMatches();
    }
}

void FindBar::colorMatches() { m_layer.setColor(ThemeColors::current().accent); }

// Open and close

void FindBar::open()
{
    takeOverSelection();
    show();
    m_query->setFocus(Qt::ShortcutFocusReason);
    m_query->selectAll();
    m_layer.setShown(true);
    applyQuery();
}

void FindBar::openReplace()
{
    showReplace(true);
    open();
}

void FindBar::close()
{
    m_goal.reset();
    m_layer.setShown(false);
    m_search.setQuery({});
    m_inSelection->setChecked(false);
    hide();
    m_editor.setFocus(Qt::OtherFocusReason);
}

void FindBar::showReplace(bool shown)
{
    m_expand->setChecked(shown);
    m_expand->setIcon(icon(shown ? QStringLiteral("down") : QStringLiteral("right")));
    for (QWidget* widget :
        std::initializer_list<QWidget*>{m_replacement, m_replaceOne, m_replaceAll}) {
        widget->setVisible(shown);
    }
    showState();
}

void FindBar::takeOverSelection()
{
    const QTextCursor cursor = m_editor.textCursor();
    m_origin = cursor.selectionStart();
    m_replaced = 0;
    m_goal.reset();
    const QString text = cursor.selectedText();
    if (text.isEmpty()) {
        return;
    }
    if (text.contains(QChar::ParagraphSeparator)) {
        m_inSelection->setChecked(false); // it may be another selection by now
        m_inSelection->setChecked(true);
    } else if (text.size() <= kMaxQueryFromSelection
        && !(m_inSelection->isChecked() && m_search.matches().indexOf(selected()))) {
        m_query->setText(
            m_regularExpression->isChecked() ? QRegularExpression::escape(text) : text);
    }
}

void FindBar::onInSelection(bool on)
{
    const QTextCursor cursor = m_editor.textCursor();
    if (on && cursor.hasSelection()) {
        m_search.setRange(DocumentRange{cursor.selectionStart(), cursor.selectionEnd()});
    } else {
        m_search.setRange({});
        const QSignalBlocker quiet(m_inSelection);
        m_inSelection->setChecked(false);
    }
}

// Searching

void FindBar::onQueryChanged()
{
    m_replaced = 0;
    applyQuery();
    m_goal = Goal{.from = m_search.range() ? std::max(m_search.range()->from, m_origin) : m_origin};
    pursueGoal();
}

void FindBar::applyQuery()
{
    m_search.setQuery({.text = m_query->text(),
        .regularExpression = m_regularExpression->isChecked(),
        .matchCase = m_matchCase->isChecked(),
        .wholeWords = m_wholeWords->isChecked()});
    showState();
}

TextMatch FindBar::selected() const
{
    const QTextCursor cursor = m_editor.textCursor();
    return {cursor.selectionStart(), cursor.selectionEnd() - cursor.selectionStart()};
}

void FindBar::findNext()
{
    applyQuery();
    const TextMatch now = selected();
    const bool onEmptyMatch = now.length == 0 && m_search.matches().indexOf(now);
    m_goal = Goal{.from = now.end() + (onEmptyMatch ? 1 : 0)};
    pursueGoal();
}

void FindBar::findPrevious()
{
    applyQuery();
    m_goal = Goal{.from = selected().start, .backwards = true};
    pursueGoal();
}

/// The match a goal leads to, if there is one; `known`: whether more searching could change that.
std::optional<TextMatch> FindBar::findFrom(const Goal& goal, bool& known) const
{
    const MatchList& matches = m_search.matches();
    const int end = documentLength(*m_editor.document());
    const std::size_t here = matches.firstFrom(goal.from);
    if (goal.backwards) {
        const int from = here > 0 ? matches.at(here - 1).start : 0;
        known = m_search.isSearched(from, goal.from);
        if (here > 0) {
            return matches.at(here - 1);
        }
        known = known && m_search.isSearched(goal.from, end);
        return matches.isEmpty() ? std::nullopt : std::optional(matches.at(matches.size() - 1));
    }
    known = m_search.isSearched(goal.from, here < matches.size() ? matches.at(here).start : end);
    if (here < matches.size()) {
        return matches.at(here);
    }
    known = known && m_search.isSearched(0, matches.isEmpty() ? end : matches.at(0).start);
    return matches.isEmpty() ? std::nullopt : std::optional(matches.at(0));
}

void FindBar::pursueGoal()
{
    if (!m_goal) {
        return;
    }
    if (const auto all = m_goal->all; all != nullptr) {
        if (m_search.isComplete()) {
            m_goal.reset();
            (this->*all)();
        }
        return;
    }
    bool known = false;
    const std::optional<TextMatch> match = findFrom(*m_goal, known);
    if (!known) {
        return; // asked again when more has been searched
    }
    m_goal.reset();
    if (match) {
        select(*match);
    }
    showState();
}

void FindBar::select(const TextMatch& match)
{
    QTextCursor cursor = m_editor.textCursor();
    cursor.setPosition(match.start);
    cursor.setPosition(match.end(), QTextCursor::KeepAnchor);
    m_editor.setTextCursor(cursor);
    if (match.start < m_editor.firstVisiblePosition()
        || match.end() > m_editor.lastVisiblePosition()) {
        m_editor.reveal(match.start); // with some lines around it
    }
    m_editor.ensureCursorVisible();
}

void FindBar::onSearchChanged()
{
    pursueGoal();
    showState();
}

// Replacing

void FindBar::replaceOne()
{
    if (m_editor.isReadOnly()) {
        return;
    }
    applyQuery();
    const TextMatch match = selected();
    if (m_search.isSearched(match.start, match.start) && m_search.matches().indexOf(match)) {
        const std::vector<Replacement> one =
            m_search.replacements(std::span(&match, 1), m_replacement->text());
        const auto length = static_cast<int>(one.front().inserted.size());
        apply(one);
        m_goal = Goal{.from = match.start + length + (match.length == 0 ? 1 : 0)};
        pursueGoal();
    } else {
        findNext();
    }
}

void FindBar::replaceAll()
{
    if (m_editor.isReadOnly()) {
        return;
    }
    applyQuery();
    if (!m_search.isComplete()) {
        m_goal = Goal{.all = &FindBar::replaceAll};
        return;
    }
    const std::vector<TextMatch> all = m_search.matches().all();
    if (all.empty()) {
        return;
    }
    apply(m_search.replacements(all, m_replacement->text()));
    m_replaced = static_cast<int>(all.size());
    showState();
}

void FindBar::apply(std::vector<Replacement> replacements)
{
    for (Replacement& replacement : replacements) {
        replacement.inserted = normalisedInput(replacement.inserted);
    }
    EditPlan plan;
    plan.after =
        movedBy(m_editor.selections(), replacements, {Side::After, Side::After, Side::After});
    plan.edits = std::move(replacements);
    m_editor.apply(plan);
}

void FindBar::selectAllMatches()
{
    applyQuery();
    if (!m_search.isComplete()) {
        m_goal = Goal{.all = &FindBar::selectAllMatches};
        return;
    }
    std::vector<EditorSelection> all;
    for (const TextMatch& match : m_search.matches().all()) {
        all.push_back({match.start, match.end()});
    }
    if (!all.empty()) {
        const std::size_t here = m_search.matches().indexOf(selected()).value_or(0);
        m_editor.setSelections(Selections(std::move(all), here));
        close();
    }
}

// What it says

QString FindBar::countWords() const
{
    const MatchList& matches = m_search.matches();
    const auto count = static_cast<int>(matches.size());
    const QLocale locale;
    if (m_query->text().isEmpty() || !m_search.problem().isEmpty()) {
        return {};
    }
    if (m_replaced > 0) {
        return tr("%Ln replaced", nullptr, m_replaced);
    }
    if (!m_search.isComplete() && m_search.progress() < 0.9) {
        return tr("%1 so far…").arg(locale.toString(count));
    }
    if (count == 0) {
        return m_search.isComplete() ? tr("No matches") : QString();
    }
    const std::optional<std::size_t> current = matches.indexOf(selected());
    if (!current) {
        return count == 1 ? tr("1 match") : tr("%Ln matches", nullptr, count);
    }
    return tr("%1 of %2")
        .arg(locale.toString(static_cast<int>(*current) + 1), locale.toString(count));
}

void FindBar::showState()
{
    m_count->setText(countWords());
    const QString problem = m_search.problem();
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    const bool any = !m_search.matches().isEmpty();
    const bool writable = !m_editor.isReadOnly();
    m_previous->setEnabled(any);
    m_next->setEnabled(any);
    m_replaceOne->setEnabled(any && writable);
    const bool more = !m_search.isComplete();
    m_replaceAll->setEnabled((any || more) && writable);
    m_replacement->setEnabled(writable);
}

// Keys

void FindBar::keyPressEvent(QKeyEvent* event)
{
    const Qt::KeyboardModifiers modifiers = event->modifiers() & ~Qt::KeypadModifier;
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (event->key() == Qt::Key_Escape) {
        close();
    } else if (enter && modifiers == (Qt::ControlModifier | Qt::AltModifier)) {
        replaceAll();
    } else if (enter && modifiers == Qt::AltModifier) {
        selectAllMatches();
    } else if (enter && modifiers == Qt::ShiftModifier) {
        findPrevious();
    } else if (auto* button = qobject_cast<QAbstractButton*>(focusWidget()); enter && button) {
        button->click();
    } else if (enter && modifiers == Qt::NoModifier) {
        m_replacement->hasFocus() ? replaceOne() : findNext();
    } else {
        QFrame::keyPressEvent(event);
    }
}

} // namespace tutti::ui
