// SPDX-License-Identifier: MIT
#pragma once

#include "ui/editor/editor_theme.h"

#include <QColor>
#include <QPlainTextEdit>
#include <QString>

#include <memory>
#include <utility>
#include <vector>

namespace tutti::ui {

class Highlighter;

/// One side of a comparison: a text to be read, with its lines' numbers, room where the other side
/// has lines that this one lacks, and what differs marked by colour and by a sign in the margin.
///
/// Each row of the comparison is a block of the QTextDocument; those without a line are empty and
/// left out of what is copied.
/// Threads: the GUI's.
class ComparePane : public QPlainTextEdit
{
    Q_OBJECT

public:
    /// Left: what the other side lacks is marked −. Right: +.
    enum class Side { Left, Right };
    struct Row
    {
        int line = -1; ///< from 0; -1: no line stands here
        bool differs = false;
        /// What differs inside the line, [begin, end) in units; empty: all of it.
        std::vector<std::pair<int, int>> inside;
    };

    explicit ComparePane(Side side, QWidget* parent = nullptr);
    ~ComparePane() override;

    /// Shows other rows, `text` having a line for each. What is selected and where the view is
    /// stay as far as they can.
    void setRows(const QString& text, std::vector<Row> rows);
    /// The rows of the difference one is at; a count of 0: none.
    void setCurrent(int first, int count);
    /// The caret to the beginning of a row, and that into the middle of the view.
    void goTo(int row);
    /// The row the caret is in.
    [[nodiscard]] int row() const;

    void setAppearance(const EditorTheme& theme, const QFont& font);
    /// Picks the language of the syntax colours.
    void setFileName(const QString& fileName);
    [[nodiscard]] const std::vector<Row>& rows() const noexcept { return m_rows; }
    /// The sign in the margin of a row, or nothing.
    [[nodiscard]] QString sign(int row) const;

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    [[nodiscard]] QMimeData* createMimeDataFromSelection() const override;

private:
    class Margin;
    struct Colors
    {
        QColor line;
        QColor inside;
        QColor sign;
        QColor current;
        QColor hatch;
    };

    void layOutMargin();
    void paintMargin(QPainter& painter);
    void paintRows(QPainter& painter);
    void paintInside(QPainter& painter, const QTextBlock& block, const Row& row, const QRectF& at);
    template <typename Paint>
    void forVisible(Paint&& paint);

    Side m_side;
    Margin* m_margin;
    std::unique_ptr<Highlighter> m_highlighter;
    std::vector<Row> m_rows;
    QString m_fileName;
    int m_current = 0;
    int m_currentCount = 0;
    EditorTheme m_theme;
    Colors m_colors;
};

} // namespace tutti::ui
