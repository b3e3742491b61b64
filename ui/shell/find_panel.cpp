// SPDX-License-Identifier: MIT
#include "ui/shell/find_panel.h"

#include "ui/editor/code_editor.h"
#include "ui/shell/document_page.h"
#include "ui/shell/icons.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QScrollBar>
#include <QTextBlock>
#include <QToolButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace tutti::ui {

namespace {

constexpr int kHeight = 220;
constexpr int kFieldWidth = 360;
constexpr int kPauseMs = 80;
constexpr int kMaxLineUnits = 240;
constexpr int kMatchRole = Qt::UserRole; ///< start and length, as a QPoint
constexpr int kPageRole = Qt::UserRole + 1; ///< of a document's line: its place in m_searched

} // namespace

FindPanel::FindPanel(Pages pages, QWidget* parent)
    : QFrame(parent)
    , m_pages(std::move(pages))
    , m_query(new QLineEdit(this))
    , m_matchCase(new QToolButton(this))
    , m_wholeWords(new QToolButton(this))
    , m_regularExpression(new QToolButton(this))
    , m_summary(new QLabel(this))
    , m_results(new QTreeWidget(this))
{
    setObjectName(QStringLiteral("findPanel"));
    setProperty("role", QStringLiteral("find"));
    setAccessibleName(tr("Find in open documents"));
    setFixedHeight(kHeight);

    m_query->setObjectName(QStringLiteral("findPanelQuery"));
    m_query->setPlaceholderText(tr("Find in all open documents"));
    m_query->setAccessibleName(tr("Text to find in all open documents"));
    m_query->setToolTip(m_query->placeholderText()); // narrow windows cut the hint
    m_query->setMaximumWidth(kFieldWidth);
    m_summary->setObjectName(QStringLiteral("findPanelSummary"));
    m_summary->setProperty("role", QStringLiteral("hint"));
    const auto toggle = [this](QToolButton* button, const QString& iconName, const QString& name) {
        button->setIcon(icon(iconName));
        button->setCheckable(true);
        button->setToolTip(name);
        button->setAccessibleName(name);
        connect(button, &QToolButton::toggled, this, &FindPanel::applyQuery);
    };
    toggle(m_matchCase, QStringLiteral("match-case"), tr("Match case"));
    toggle(m_wholeWords, QStringLiteral("whole-word"), tr("Whole words"));
    toggle(m_regularExpression, QStringLiteral("regex"), tr("Regular expression"));
    auto* close = new QToolButton(this);
    close->setIcon(icon(QStringLiteral("close")));
    close->setToolTip(tr("Close (Escape)"));
    close->setAccessibleName(tr("Close"));
    m_results->setObjectName(QStringLiteral("findPanelResults"));
    m_results->setAccessibleName(tr("Lines that were found"));
    m_results->setHeaderHidden(true);
    m_results->setUniformRowHeights(true);
    m_results->setFrameShape(QFrame::NoFrame);

    auto* top = new QHBoxLayout;
    top->setSpacing(2);
    top->addWidget(m_query, 3);
    top->addSpacing(4);
    top->addWidget(m_matchCase);
    top->addWidget(m_wholeWords);
    top->addWidget(m_regularExpression);
    top->addSpacing(6);
    top->addWidget(m_summary, 1);
    top->addWidget(close);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 8, 8, 0);
    layout->setSpacing(6);
    layout->addLayout(top);
    layout->addWidget(m_results, 1);

    m_pause.setSingleShot(true);
    m_pause.setInterval(kPauseMs);
    connect(&m_pause, &QTimer::timeout, this, &FindPanel::showResults);
    connect(m_query, &QLineEdit::textChanged, this, &FindPanel::applyQuery);
    connect(close, &QToolButton::clicked, this, &FindPanel::close);
    connect(m_results, &QTreeWidget::itemClicked, this, &FindPanel::pick);
    connect(m_results, &QTreeWidget::itemActivated, this, &FindPanel::pick);
    hide();
}

FindPanel::~FindPanel() = default;

void FindPanel::open(const QString& text)
{
    show();
    if (!text.isEmpty()) {
        m_query->setText(text);
    }
    m_query->setFocus(Qt::ShortcutFocusReason);
    m_query->selectAll();
    refreshPages();
}

void FindPanel::close()
{
    m_searched.clear();
    m_results->clear();
    hide();
    Q_EMIT closed();
}

void FindPanel::refreshPages()
{
    if (!isVisible()) {
        return;
    }
    const QList<DocumentPage*> pages = m_pages();
    std::vector<Searched> searched;
    for (DocumentPage* page : pages) {
        const auto known = std::find_if(m_searched.begin(), m_searched.end(),
            [page](const Searched& s) { return s.page == page; });
        if (known != m_searched.end()) {
            searched.push_back(std::move(*known));
            continue;
        }
        searched.push_back({page, std::make_unique<TextSearch>(*page->editor().document())});
        connect(searched.back().search.get(), &TextSearch::changed, this, &FindPanel::showSoon);
        connect(
            page, &DocumentPage::titleChanged, this, &FindPanel::showSoon, Qt::UniqueConnection);
    }
    m_searched = std::move(searched);
    applyQuery();
}

void FindPanel::applyQuery()
{
    for (const Searched& searched : m_searched) {
        searched.search->setQuery({.text = m_query->text(),
            .regularExpression = m_regularExpression->isChecked(),
            .matchCase = m_matchCase->isChecked(),
            .wholeWords = m_wholeWords->isChecked()});
    }
    showSoon();
}

void FindPanel::showSoon()
{
    if (isVisible() && !m_pause.isActive()) {
        m_pause.start();
    }
}

QTreeWidgetItem* FindPanel::addDocument(const Searched& searched)
{
    const MatchList& matches = searched.search->matches();
    auto* item = new QTreeWidgetItem(m_results);
    item->setText(0,
        tr("%1 (%2)", "a document and how often")
            .arg(searched.page->document().name(),
                QLocale().toString(static_cast<qlonglong>(matches.size()))));
    QFont bold = item->font(0);
    bold.setBold(true);
    item->setFont(0, bold);
    const QTextDocument& document = *searched.page->editor().document();
    const std::size_t shown = std::min(matches.size(), kMaxShown);
    for (std::size_t i = 0; i < shown; ++i) {
        const TextMatch match = matches.at(i);
        const QTextBlock block = document.findBlock(match.start);
        // what was found is to be seen, also far into a line
        const int from = std::max(match.start - block.position() - kMaxLineUnits / 2, 0);
        const QString line = block.text().mid(from, kMaxLineUnits).trimmed();
        auto* child = new QTreeWidgetItem(item);
        child->setText(
            0, tr("%1: %2", "a line's number and text").arg(block.blockNumber() + 1).arg(line));
        child->setData(0, kMatchRole, QPoint(match.start, match.length));
    }
    if (shown < matches.size()) {
        auto* more = new QTreeWidgetItem(item);
        more->setText(0,
            tr("… and %1 more")
                .arg(QLocale().toString(static_cast<qlonglong>(matches.size() - shown))));
        more->setFlags(Qt::ItemIsEnabled);
    }
    return item;
}

void FindPanel::showResults()
{
    // what was chosen and folded stays so
    const int scrolled = m_results->verticalScrollBar()->value();
    QList<int> folded;
    QPoint chosen(-1, -1);
    int chosenIn = -1;
    for (int i = 0; i < m_results->topLevelItemCount(); ++i) {
        const QTreeWidgetItem* item = m_results->topLevelItem(i);
        if (!item->isExpanded()) {
            folded << item->data(0, kPageRole).toInt();
        }
    }
    if (const QTreeWidgetItem* item = m_results->currentItem(); item && item->parent()) {
        chosen = item->data(0, kMatchRole).toPoint();
        chosenIn = item->parent()->data(0, kPageRole).toInt();
    }
    m_results->clear();
    qlonglong count = 0;
    int documents = 0;
    bool complete = true;
    QString problem;
    for (std::size_t i = 0; i < m_searched.size(); ++i) {
        const Searched& searched = m_searched[i];
        if (!searched.page) {
            continue;
        }
        complete = complete && searched.search->isComplete();
        problem = problem.isEmpty() ? searched.search->problem() : problem;
        if (searched.search->matches().isEmpty()) {
            continue;
        }
        count += static_cast<qlonglong>(searched.search->matches().size());
        ++documents;
        QTreeWidgetItem* item = addDocument(searched);
        const auto index = static_cast<int>(i);
        item->setData(0, kPageRole, index);
        item->setExpanded(!folded.contains(index));
        for (int k = 0; index == chosenIn && k < item->childCount(); ++k) {
            if (item->child(k)->data(0, kMatchRole).toPoint() == chosen) {
                m_results->setCurrentItem(item->child(k));
            }
        }
    }
    m_results->verticalScrollBar()->setValue(scrolled);
    if (!problem.isEmpty()) {
        m_summary->setText(problem);
    } else if (m_query->text().isEmpty()) {
        m_summary->clear();
    } else if (count == 0) {
        m_summary->setText(complete ? tr("No matches") : tr("Searching…"));
    } else {
        const QString matches =
            count == 1 ? tr("1 match") : tr("%Ln matches", nullptr, static_cast<int>(count));
        m_summary->setText(documents == 1
                ? tr("%1 in 1 document").arg(matches)
                : tr("%1 in %Ln documents", nullptr, documents).arg(matches));
    }
}

void FindPanel::pick(QTreeWidgetItem* item)
{
    if (item == nullptr || item->parent() == nullptr || !item->data(0, kMatchRole).isValid()) {
        return;
    }
    const auto index = static_cast<std::size_t>(item->parent()->data(0, kPageRole).toInt());
    const QPoint match = item->data(0, kMatchRole).toPoint();
    if (index < m_searched.size() && m_searched[index].page) {
        Q_EMIT picked(m_searched[index].page, {match.x(), match.y()});
    }
}

void FindPanel::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape) {
        close();
    } else if (event->key() == Qt::Key_Down && m_query->hasFocus()) {
        m_results->setFocus(Qt::TabFocusReason);
        if (m_results->currentItem() == nullptr && m_results->topLevelItemCount() > 0) {
            m_results->setCurrentItem(m_results->topLevelItem(0)->child(0));
        }
    } else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        && m_query->hasFocus() && m_results->topLevelItemCount() > 0) {
        pick(m_results->currentItem() != nullptr ? m_results->currentItem()
                                                 : m_results->topLevelItem(0)->child(0));
    } else {
        QFrame::keyPressEvent(event);
    }
}

} // namespace tutti::ui
