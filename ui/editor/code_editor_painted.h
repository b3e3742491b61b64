// SPDX-License-Identifier: MIT
#pragma once

#include "ui/editor/code_editor.h"

#include <QAbstractTextDocumentLayout>
#include <QTextBlock>

// CodeEditor's own: the one loop over what is in view, for the files that paint it.
namespace tutti::ui {

template <typename Visit>
void CodeEditor::forEachPainted(int bottom, Visit visit) const
{
    QTextBlock block = firstVisibleBlock();
    if (!block.isValid()) {
        return;
    }
    // From one to the next: blockBoundingGeometry() adds up all heights from the first anew.
    const QAbstractTextDocumentLayout* layout = document()->documentLayout();
    QPointF corner = blockBoundingGeometry(block).translated(contentOffset()).topLeft();
    for (; block.isValid() && corner.y() <= bottom; block = block.next()) {
        const QRectF area = layout->blockBoundingRect(block).translated(corner);
        if (block.isVisible()) {
            visit(block, area);
            corner.ry() += area.height();
        }
    }
}

} // namespace tutti::ui
