// SPDX-License-Identifier: MIT
#pragma once

#include <QList>
#include <QRectF>
#include <QSizeF>

namespace tutti::ui {

/// A label that wants a place next to a remote caret. Viewport coordinates.
struct LabelRequest
{
    QRectF caret; ///< the caret's rectangle
    QSizeF full; ///< the label with the whole name
    QSizeF compact; ///< the label with initials only
};

/// Where it goes.
struct LabelPlace
{
    QRectF rect;
    bool compact = false; ///< show the initials
    bool below = false; ///< beneath its line instead of above

    bool operator==(const LabelPlace&) const = default;
};

/// Places labels so that none leaves the view sideways and no two overlap: above the caret's
/// line; below it where there is no room above (the first visible line); shifted to the left
/// where it would be cut off. What would overlap an earlier one shrinks to its initials beside
/// it, or is stacked. Earlier requests win. Pure. Cost: O(n²) for n visible labels.
[[nodiscard]] QList<LabelPlace> placeLabels(
    const QList<LabelRequest>& requests, const QRectF& view);

} // namespace tutti::ui
