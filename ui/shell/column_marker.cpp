// SPDX-License-Identifier: MIT
#include "ui/shell/column_marker.h"

#include "ui/editor/code_editor.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QScrollBar>

#include <cmath>

namespace tutti::ui {

ColumnMarker::ColumnMarker(CodeEditor& editor)
    : m_editor(editor)
{
    editor.addLayer(this);
}

void ColumnMarker::setColumn(int column)
{
    if (m_column != column) {
        m_column = column;
        m_editor.viewport()->update();
    }
}

void ColumnMarker::paintBelowText(QPainter& painter, const QRect& dirty)
{
    if (m_column <= 0) {
        return;
    }
    const double width = QFontMetricsF(m_editor.font()).horizontalAdvance(u' ');
    const double x = std::floor(m_editor.document()->documentMargin() + width * m_column
        - m_editor.horizontalScrollBar()->value());
    if (x >= dirty.left() && x <= dirty.right()) {
        painter.fillRect(QRectF(x, dirty.top(), 1, dirty.height()), m_editor.theme().gutterBorder);
    }
}

} // namespace tutti::ui
