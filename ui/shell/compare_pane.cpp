// SPDX-License-Identifier: MIT
#include "ui/shell/compare_pane.h"

#include "ui/editor/document_units.h"
#include "ui/editor/highlighter.h"
#include "ui/editor/replacement.h"
#include "ui/editor/text_diff.h"
#include "ui/shell/theme.h"

#include <QMimeData>
#include <QPainter>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextLayout>

#include <algorithm>
#include <cmath>

namespace tutti::ui {

namespace {

constexpr int kMarginGap = 8; ///< between number, sign and text
constexpr int kCurrentBar = 3;

QColor mixed(const QColor& back, const QColor& front, double part)
{
    const auto channel = [part](int a, int b) {
        return static_cast<int>(std::lround(a + (b - a) * part));
    };
    return {channel(back.red(), front.red()), channel(back.green(), front.green()),
        channel(back.blue(), front.blue())};
}

} // namespace

class ComparePane::Margin : public QWidget
{
public:
    explicit Margin(ComparePane& pane)
        : QWidget(&pane)
        , m_pane(pane)
    { }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        m_pane.paintMargin(painter);
    }

private:
    ComparePane& m_pane;
};

ComparePane::ComparePane(Side side, QWidget* parent)
    : QPlainTextEdit(parent)
    , m_side(side)
    , m_margin(new Margin(*this))
    , m_highlighter(std::make_unique<Highlighter>(*document()))
{
    setLayoutDirection(Qt::LeftToRight); // as CodeEditor
    setReadOnly(true);
    setUndoRedoEnabled(false);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setLineWrapMode(NoWrap);
    setFrameShape(QFrame::NoFrame);
    setTabChangesFocus(true);
    connect(this, &QPlainTextEdit::updateRequest, m_margin,
        [this](const QRect&, int) { m_margin->update(); });
    connect(m_highlighter.get(), &Highlighter::appearanceChanged, viewport(),
        qOverload<>(&QWidget::update));
    connect(m_highlighter.get(), &Highlighter::looked, viewport(), qOverload<>(&QWidget::update));
    setAppearance(EditorTheme::forPalette(palette()), Theme::editorFont());
}

ComparePane::~ComparePane() = default;

void ComparePane::setRows(const QString& text, std::vector<Row> rows)
{
    const std::vector<Replacement> edits = smallEdits(toPlainText(), text);
    const bool isFirst = m_rows.empty();
    m_rows = std::move(rows);
    replaceInDocument(*document(), edits);
    if (isFirst) {
        moveCursor(QTextCursor::Start); // it went along with what came
    }
    layOutMargin();
    viewport()->update();
    m_margin->update();
}

void ComparePane::setCurrent(int first, int count)
{
    m_current = first;
    m_currentCount = count;
    viewport()->update();
    m_margin->update();
}

void ComparePane::goTo(int row)
{
    setTextCursor(QTextCursor(document()->findBlockByNumber(row)));
    centerCursor();
}

int ComparePane::row() const { return textCursor().blockNumber(); }

QString ComparePane::sign(int row) const
{
    const Row& at = m_rows[static_cast<std::size_t>(row)];
    if (!at.differs || at.line < 0) {
        return {};
    }
    return m_side == Side::Left ? QStringLiteral("\u2212") : QStringLiteral("+");
}

void ComparePane::setAppearance(const EditorTheme& theme, const QFont& font)
{
    m_theme = theme;
    const ThemeColors& colors = theme.dark ? ThemeColors::darkColors() : ThemeColors::light();
    const QColor& accent = m_side == Side::Left ? colors.error : colors.good;
    m_colors = {.line = mixed(theme.background, accent, 0.12),
        .inside = mixed(theme.background, accent, theme.dark ? 0.28 : 0.30),
        .sign = accent,
        .current = colors.accent,
        .hatch = mixed(theme.background, theme.gutterText, 0.22)};
    QPalette palette = this->palette();
    palette.setColor(QPalette::Base, theme.background);
    palette.setColor(QPalette::Text, theme.text);
    palette.setColor(QPalette::Highlight, theme.selection);
    palette.setColor(QPalette::HighlightedText, theme.selectedText);
    setPalette(palette);
    viewport()->setPalette(palette);
    setFont(font);
    setTabStopDistance(4 * QFontMetricsF(font).horizontalAdvance(u' '));
    m_highlighter->setEditorTheme(theme);
    layOutMargin();
    viewport()->update();
    m_margin->update();
}

void ComparePane::setFileName(const QString& fileName)
{
    if (fileName != m_fileName) {
        m_fileName = fileName;
        m_highlighter->setLanguage(
            detectDefinition(fileName, document()->firstBlock().text().left(200)));
    }
}

void ComparePane::layOutMargin()
{
    const QFontMetrics metrics(font());
    constexpr int kRoomForLines = 100;
    int lines = kRoomForLines;
    for (const Row& row : m_rows) {
        lines = std::max(lines, row.line + 1);
    }
    const int width = kCurrentBar + kMarginGap
        + metrics.horizontalAdvance(QString(QString::number(lines).size(), u'0')) + kMarginGap
        + metrics.horizontalAdvance(u'+') + kMarginGap;
    setViewportMargins(width, 0, 0, 0);
    const QRect inside = contentsRect();
    m_margin->setGeometry(inside.left(), inside.top(), width, viewport()->height());
}

/// Calls back with each visible block, its row, and where it is in the viewport.
template <typename Paint>
void ComparePane::forVisible(Paint&& paint)
{
    QTextBlock block = firstVisibleBlock();
    QRectF at = blockBoundingGeometry(block).translated(contentOffset());
    while (block.isValid() && at.top() <= viewport()->height()) {
        const auto row = static_cast<std::size_t>(block.blockNumber());
        if (row < m_rows.size()) {
            paint(block, m_rows[row], at);
        }
        block = block.next();
        at = blockBoundingGeometry(block).translated(contentOffset());
    }
}

void ComparePane::paintMargin(QPainter& painter)
{
    painter.fillRect(m_margin->rect(), m_theme.gutterBackground);
    painter.setFont(font());
    const int width = m_margin->width();
    const int signWidth = QFontMetrics(font()).horizontalAdvance(u'+');
    forVisible([&](const QTextBlock& block, const Row& row, const QRectF& at) {
        const QRect line(0, qRound(at.top()), width, qRound(at.height()));
        const int number = block.blockNumber();
        if (row.differs && row.line >= 0) {
            painter.fillRect(line, m_colors.line);
        }
        if (number >= m_current && number < m_current + m_currentCount) {
            painter.fillRect(QRect(0, line.top(), kCurrentBar, line.height()), m_colors.current);
        }
        if (row.line < 0) {
            return;
        }
        QRect text = line.adjusted(0, 0, -signWidth - 2 * kMarginGap, 0);
        painter.setPen(row.differs ? m_theme.gutterCurrentText : m_theme.gutterText);
        painter.drawText(text, Qt::AlignRight | Qt::AlignAbsolute | Qt::AlignVCenter,
            QString::number(row.line + 1));
        painter.setPen(m_colors.sign);
        text.setRight(width - kMarginGap);
        painter.drawText(text, Qt::AlignRight | Qt::AlignAbsolute | Qt::AlignVCenter, sign(number));
    });
}

void ComparePane::paintRows(QPainter& painter)
{
    const int width = viewport()->width();
    forVisible([&](const QTextBlock& block, const Row& row, const QRectF& at) {
        const QRectF line(0, at.top(), width, at.height());
        if (row.line < 0) {
            painter.fillRect(line, QBrush(m_colors.hatch, Qt::BDiagPattern));
        } else if (row.differs) {
            painter.fillRect(line, m_colors.line);
            paintInside(painter, block, row, at);
        }
    });
}

void ComparePane::paintInside(
    QPainter& painter, const QTextBlock& block, const Row& row, const QRectF& at)
{
    const QTextLayout* layout = block.layout();
    if (layout == nullptr || layout->lineCount() == 0) {
        return;
    }
    const QTextLine line = layout->lineAt(0);
    for (const auto& [begin, end] : row.inside) {
        const qreal from = line.cursorToX(begin);
        // what is missing here is a sliver
        const qreal to = begin == end ? from + 2 : line.cursorToX(end);
        painter.fillRect(
            QRectF(at.left() + from, at.top(), to - from, at.height()), m_colors.inside);
    }
}

void ComparePane::paintEvent(QPaintEvent* event)
{
    const QTextBlock first = firstVisibleBlock();
    const QTextBlock last = cursorForPosition(QPoint(0, viewport()->height())).block();
    m_highlighter->show(first, last);
    {
        QPainter painter(viewport());
        painter.fillRect(event->rect(), m_theme.background);
        paintRows(painter);
    }
    QPlainTextEdit::paintEvent(event);
}

void ComparePane::resizeEvent(QResizeEvent* event)
{
    QPlainTextEdit::resizeEvent(event);
    layOutMargin();
}

void ComparePane::scrollContentsBy(int dx, int dy)
{
    QPlainTextEdit::scrollContentsBy(dx, dy);
    viewport()->update(); // hatching does not scroll
    m_margin->update();
}

QMimeData* ComparePane::createMimeDataFromSelection() const
{
    const QTextCursor cursor = textCursor();
    QString text;
    bool begun = false;
    for (QTextBlock block = document()->findBlock(cursor.selectionStart());
        block.isValid() && block.position() <= cursor.selectionEnd(); block = block.next()) {
        const auto row = static_cast<std::size_t>(block.blockNumber());
        if (row < m_rows.size() && m_rows[row].line < 0) {
            continue;
        }
        const int from = std::max(cursor.selectionStart() - block.position(), 0);
        const int to = std::min(cursor.selectionEnd() - block.position(), block.length() - 1);
        if (begun) {
            text += u'\n';
        }
        begun = true;
        text += block.text().mid(from, to - from);
    }
    auto* copied = new QMimeData;
    copied->setText(text);
    return copied;
}

} // namespace tutti::ui
