// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

namespace tutti::ui {

class CodeEditor;

/// The margin with line numbers. Pressing a number selects its line, dragging more of them.
class Gutter : public QWidget
{
    Q_OBJECT

public:
    explicit Gutter(CodeEditor& editor);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    CodeEditor* m_editor;
};

} // namespace tutti::ui
