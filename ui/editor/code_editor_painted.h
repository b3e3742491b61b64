// SPDX-License-Identifier: MIT
#pragma once

#include "ui/editor/code_editor.h"

// CodeEditor's own: the one loop over what is in view, for the files that paint it.
namespace tutti::ui {

template <typename Visit>
void CodeEditor::forEachPainted(int bottom, Visit visit) const
{
    for (QTextBlock block = firstVisibleBlock(); block.isValid(); block = block.next()) {
        if (!block.isVisible()) {
            continue;
        }
        const QRectF area = blockBoundingGeometry(block).translated(contentOffset());
        if (area.top() > bottom) {
            break;
        }
        visit(block, area);
    }
}

} // namespace tutti::ui
