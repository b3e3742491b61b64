// SPDX-License-Identifier: MIT
#include "ui/shell/compare_view.h"

#include "ui/presence/tool_tip_text.h"
#include "ui/shell/compare_pane.h"
#include "ui/shell/focus_order.h"
#include "ui/shell/icons.h"
#include "ui/shell/text_source.h"

#include <QAction>
#include <QHBoxLayout>
#include <QKeySequence>
#include <QLabel>
#include <QScrollBar>
#include <QSplitter>
#include <QTextBlock>
#include <QTextCursor>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <string_view>
#include <utility>

namespace tutti::ui {

namespace {

constexpr int kRestMs = 100; ///< between two comparisons

std::u16string_view unitsOf(QStringView text)
{
    return {text.utf16(), static_cast<std::size_t>(text.size())};
}

QToolButton* makeButton(
    QWidget* parent, const QString& iconName, const QString& words, const QKeySequence& key)
{
    auto* button = new QToolButton(parent);
    auto* action = new QAction(icon(iconName), words, button);
    button->setDefaultAction(action);
    button->setIconSize(QSize(16, 16));
    button->setAccessibleName(words);
    if (!key.isEmpty()) {
        action->setShortcut(key);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        parent->addAction(action);
        action->setToolTip(
            QStringLiteral("%1 (%2)").arg(words, key.toString(QKeySequence::NativeText)));
    }
    return button;
}

} // namespace

CompareView::CompareView(
    std::unique_ptr<TextSource> left, std::unique_ptr<TextSource> right, QWidget* parent)
    : QWidget(parent)
    , m_words(new QLabel(this))
    , m_previous(makeButton(this, QStringLiteral("up"), tr("Previous difference"),
          QKeySequence(QStringLiteral("Shift+F7"))))
    , m_next(makeButton(
          this, QStringLiteral("down"), tr("Next difference"), QKeySequence(QStringLiteral("F7"))))
{
    setObjectName(QStringLiteral("compareView"));
    setAccessibleName(tr("Comparison"));
    makePart(*this);
    m_left = {
        std::move(left), new QLabel(this), new ComparePane(ComparePane::Side::Left, this), {}};
    m_right = {
        std::move(right), new QLabel(this), new ComparePane(ComparePane::Side::Right, this), {}};
    auto* close = makeButton(this, QStringLiteral("close"), tr("Close the comparison"), {});
    connect(close->defaultAction(), &QAction::triggered, this, &CompareView::closeRequested);
    connect(m_next->defaultAction(), &QAction::triggered, this, &CompareView::goToNext);
    connect(m_previous->defaultAction(), &QAction::triggered, this, &CompareView::goToPrevious);

    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(16, 6, 8, 6);
    bar->setSpacing(4);
    bar->addWidget(m_words, 1);
    bar->addWidget(m_previous);
    bar->addWidget(m_next);
    bar->addSpacing(8);
    bar->addWidget(close);
    auto* columns = new QSplitter(Qt::Horizontal, this);
    columns->setChildrenCollapsible(false);
    columns->setHandleWidth(1);
    m_soon.setSingleShot(true);
    m_soon.setInterval(kRestMs);
    connect(&m_soon, &QTimer::timeout, this, &CompareView::compareIfSeen);
    for (Column* column : {&m_left, &m_right}) {
        auto* body = new QWidget(columns);
        auto* layout = new QVBoxLayout(body);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->setSpacing(0);
        column->title->setProperty("role", QStringLiteral("heading"));
        column->title->setContentsMargins(16, 4, 8, 8);
        column->title->setTextFormat(Qt::PlainText);
        column->title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
        layout->addWidget(column->title);
        layout->addWidget(column->pane, 1);
        columns->addWidget(body);
        connect(column->source.get(), &TextSource::changed, this, [this] {
            if (!m_soon.isActive()) {
                m_soon.start();
            }
        });
    }
    columns->setSizes({1'000, 1'000});
    // One bar for both, where people look for it.
    m_left.pane->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_right.pane->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addWidget(columns, 1);
    setFocusProxy(m_right.pane);
    scrollTogether();
    compare();
}

CompareView::~CompareView() = default;

void CompareView::scrollTogether()
{
    const auto follow = [this](QScrollBar* from, QScrollBar* to) {
        connect(from, &QScrollBar::valueChanged, to, &QScrollBar::setValue);
        connect(from, &QScrollBar::rangeChanged, this, &CompareView::placeScrollBars);
    };
    follow(m_left.pane->verticalScrollBar(), m_right.pane->verticalScrollBar());
    follow(m_right.pane->verticalScrollBar(), m_left.pane->verticalScrollBar());
    follow(m_left.pane->horizontalScrollBar(), m_right.pane->horizontalScrollBar());
    follow(m_right.pane->horizontalScrollBar(), m_left.pane->horizontalScrollBar());
}

/// A horizontal bar on one side alone would make that side show fewer lines.
void CompareView::placeScrollBars()
{
    const bool wide = m_left.pane->horizontalScrollBar()->maximum() > 0
        || m_right.pane->horizontalScrollBar()->maximum() > 0;
    const auto policy = wide ? Qt::ScrollBarAlwaysOn : Qt::ScrollBarAlwaysOff;
    for (const Column* column : {&m_left, &m_right}) {
        if (column->pane->horizontalScrollBarPolicy() != policy) {
            column->pane->setHorizontalScrollBarPolicy(policy);
        }
    }
}

void CompareView::compareIfSeen()
{
    m_isStale = !isVisible();
    if (!m_isStale) {
        compare();
    }
}

void CompareView::showEvent(QShowEvent* event)
{
    if (std::exchange(m_isStale, false)) {
        compare();
    }
    QWidget::showEvent(event);
    if (!std::exchange(m_wasShown, true) && !m_differences.empty()) {
        // once the sides know how many rows they show
        QMetaObject::invokeMethod(
            this, [this] { reveal(static_cast<int>(m_differences.front().first)); },
            Qt::QueuedConnection);
    }
}

/// Without going there: the caret stays where it is.
void CompareView::reveal(int row)
{
    constexpr int kRowsAbove = 5; // what it is about
    m_right.pane->verticalScrollBar()->setValue(std::max(0, row - kRowsAbove));
}

void CompareView::compare()
{
    m_left.text = m_left.source->text();
    m_right.text = m_right.source->text();
    const SideBySide result = sideBySide(unitsOf(m_left.text), unitsOf(m_right.text));
    QScrollBar* const scroll = m_right.pane->verticalScrollBar(); // its value is the top row
    const QTextCursor top(m_right.pane->document()->findBlockByNumber(scroll->value()));
    fill(m_left, result, true);
    fill(m_right, result, false);
    scroll->setValue(m_wasShown ? top.blockNumber() : 0);
    m_left.pane->verticalScrollBar()->setValue(scroll->value());
    // One stays at the difference one was at, if there is still one.
    const int row = m_right.pane->row();
    m_differences = result.differences;
    const auto here = std::ranges::find_if(m_differences, [row](const auto& difference) {
        return row >= difference.first && row < difference.first + difference.count;
    });
    m_current = m_current >= 0 && here != m_differences.end()
        ? static_cast<int>(here - m_differences.begin())
        : -1;
    showTitles();
    showWords();
    Q_EMIT compared();
}

void CompareView::fill(Column& column, const SideBySide& result, bool isLeft)
{
    QString text;
    text.reserve(column.text.size() + static_cast<qsizetype>(result.rows.size()));
    std::vector<ComparePane::Row> rows;
    rows.reserve(result.rows.size());
    const auto& lines = isLeft ? result.leftLines : result.rightLines;
    for (const SideBySide::Row& row : result.rows) {
        ComparePane::Row shown{isLeft ? row.left : row.right, row.differs, {}};
        for (const TextChange& change : row.inside) {
            const auto begin = static_cast<int>(isLeft ? change.at : change.newAt);
            shown.inside.emplace_back(
                begin, begin + static_cast<int>(isLeft ? change.removed : change.added));
        }
        if (!rows.empty()) {
            text += u'\n';
        }
        if (shown.line >= 0) {
            const std::u16string_view line = lines[static_cast<std::size_t>(shown.line)];
            text += QStringView(line.data(), static_cast<qsizetype>(line.size()));
        }
        rows.push_back(std::move(shown));
    }
    column.pane->setRows(text, std::move(rows));
}

void CompareView::showTitles()
{
    for (const Column* column : {&m_left, &m_right}) {
        const QString title = column->source->title();
        column->title->setText(title);
        column->title->setToolTip(toolTipText(title));
        column->pane->setAccessibleName(title);
    }
}

QString CompareView::words() const { return m_words->text(); }

void CompareView::showWords()
{
    const int count = differences();
    m_words->setText(count == 0 ? tr("The texts are the same")
            : m_current >= 0    ? tr("Difference %1 of %2").arg(m_current + 1).arg(count)
            : count == 1        ? tr("1 difference")
                                : tr("%n differences", nullptr, count));
    m_next->defaultAction()->setEnabled(count > 0);
    m_previous->defaultAction()->setEnabled(count > 0);
    const SideBySide::Difference here = m_current < 0
        ? SideBySide::Difference{}
        : m_differences[static_cast<std::size_t>(m_current)];
    m_left.pane->setCurrent(here.first, here.count);
    m_right.pane->setCurrent(here.first, here.count);
}

void CompareView::goToNext()
{
    const int row = (m_left.pane->hasFocus() ? m_left : m_right).pane->row();
    const auto next = std::ranges::find_if(m_differences, [&](const auto& difference) {
        return m_current < 0 ? difference.first + difference.count > row : difference.first > row;
    });
    goTo(next == m_differences.end() ? 0 : static_cast<int>(next - m_differences.begin()));
}

void CompareView::goToPrevious()
{
    const int row = (m_left.pane->hasFocus() ? m_left : m_right).pane->row();
    int last = differences() - 1;
    for (int i = last; i >= 0; --i) {
        if (m_differences[static_cast<std::size_t>(i)].first < row) {
            last = i;
            break;
        }
    }
    goTo(last);
}

void CompareView::goTo(int difference)
{
    if (difference < 0 || difference >= differences()) {
        return;
    }
    m_current = difference;
    const SideBySide::Difference& here = m_differences[static_cast<std::size_t>(difference)];
    m_left.pane->goTo(here.first);
    m_right.pane->goTo(here.first);
    m_left.pane->verticalScrollBar()->setValue(m_right.pane->verticalScrollBar()->value());
    showWords();
}

void CompareView::setAppearance(const EditorTheme& theme, const QFont& font)
{
    m_left.pane->setAppearance(theme, font);
    m_right.pane->setAppearance(theme, font);
}

void CompareView::setFileName(const QString& fileName)
{
    m_left.pane->setFileName(fileName);
    m_right.pane->setFileName(fileName);
}

void CompareView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    placeScrollBars();
}

} // namespace tutti::ui
