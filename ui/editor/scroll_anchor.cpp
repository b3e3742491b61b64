// SPDX-License-Identifier: MIT
#include "ui/editor/scroll_anchor.h"

#include <algorithm>

namespace tutti::ui {

ScrollAnchor ScrollAnchor::movedBy(const PendingEdits& edits) const
{
    using Stay = PendingEdits::Stay;
    ScrollAnchor moved = *this;
    const bool hasSelection = selection.anchor != selection.caret;
    if (hasSelection) {
        const bool forward = selection.anchor < selection.caret;
        const int last = edits.toText(std::max(selection.anchor, selection.caret), Stay::Before);
        const int first =
            std::min(last, edits.toText(std::min(selection.anchor, selection.caret), Stay::After));
        moved.selection = forward ? EditorSelection{first, last} : EditorSelection{last, first};
    } else {
        const int caret = edits.toText(selection.caret, Stay::Before);
        moved.selection = {caret, caret};
    }
    const bool caretHoldsTop = !hasSelection && selection.caret == top;
    moved.top = edits.toText(top, caretHoldsTop ? Stay::Before : Stay::After);
    return moved;
}

} // namespace tutti::ui
