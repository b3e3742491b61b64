// SPDX-License-Identifier: MIT
#pragma once

#include "ui/editor/pending_edits.h"
#include "ui/editor/selections.h"

namespace tutti::ui {

/// What must not move on the screen while remote edits go in, in document positions: as it was
/// before, then as it is to be after.
struct ScrollAnchor
{
    Selections selections;
    int top = 0; ///< beginning of the first visible block
    int lineInBlock = 0; ///< visual lines of that block above the view
    int horizontal = 0; ///< the horizontal scroll bar
    bool wasEmpty = false; ///< nothing was shown: then the view stays at the beginning

    /// Carries the positions over the edits. The caret stays before what comes in exactly at it;
    /// a selection does not grow; the top line goes down with its text, unless the caret stands
    /// at its very beginning and stays.
    [[nodiscard]] ScrollAnchor movedBy(const PendingEdits& edits) const;
};

} // namespace tutti::ui
