// SPDX-License-Identifier: MIT
#include "ui/editor/scroll_anchor.h"

#include <algorithm>

namespace tutti::ui {

ScrollAnchor ScrollAnchor::movedBy(const PendingEdits& edits) const
{
    using Stay = PendingEdits::Stay;
    ScrollAnchor moved = *this;
    moved.selections = selections.mapped(
        [&edits](const EditorSelection& selection) { return selection.movedBy(edits); });
    const EditorSelection& main = selections.main();
    const bool caretHoldsTop = main.isEmpty() && main.caret == top;
    moved.top = edits.toText(top, caretHoldsTop ? Stay::Before : Stay::After);
    return moved;
}

} // namespace tutti::ui
