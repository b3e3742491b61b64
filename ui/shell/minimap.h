// SPDX-License-Identifier: MIT
#pragma once

#include <QImage>
#include <QPointer>
#include <QTimer>
#include <QWidget>

namespace tutti::ui {

class CodeEditor;

/// When the overview is there: it takes room that a narrow window does not have.
enum class MinimapMode { Never, WhereWide, Always };

/// The text in small at the right of its editor, in its colours, with what is visible, where the
/// others are and what was found. A click or a drag goes there; the wheel scrolls the editor.
///
/// A line is kLineHeight pixels high; where not all fit, those around the visible ones show.
/// Threads: the GUI's. Cost: of a picture, the lines that fit in it, some 2 ms, at most every
/// kPauseMs; of scrolling, drawing that picture.
class Minimap : public QWidget
{
    Q_OBJECT

public:
    static constexpr int kLineHeight = 2;
    static constexpr int kWidth = 104;
    static constexpr int kMaxColumns = 100;
    static constexpr int kPauseMs = 60;
    /// Of the editor and the map together.
    static constexpr int kWide = 900;

    explicit Minimap(CodeEditor& editor, QWidget* parent = nullptr);

    void setMode(MinimapMode mode);
    /// To be told when the room for editor and map changes.
    void setRoom(int width);

    /// The first line (from 0) that is on the map, and how many are.
    [[nodiscard]] int firstLine() const;
    [[nodiscard]] int lineCount() const;
    /// Where the visible lines are on the map.
    [[nodiscard]] QRect slider() const;

    [[nodiscard]] QSize sizeHint() const override { return {kWidth, 0}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    void showIfWanted();
    void redrawSoon();
    void draw(int first);
    void paintMarks(QPainter& painter, int first) const;
    void goTo(int y);

    QPointer<CodeEditor> m_editor;
    MinimapMode m_mode = MinimapMode::Never;
    int m_room = 0;
    QImage m_picture;
    int m_pictureFirst = -1; ///< the line m_picture begins with; -1: it is out of date
    QTimer m_pause;
    bool m_outOfDate = false; ///< the text changed since m_picture
    int m_grip = 0; ///< where the slider was taken, in pixels below its top
};

} // namespace tutti::ui
