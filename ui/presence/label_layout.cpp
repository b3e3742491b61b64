// SPDX-License-Identifier: MIT
#include "ui/presence/label_layout.h"

#include <algorithm>
#include <array>
#include <utility>

namespace tutti::ui {

namespace {

constexpr double kGap = 1.0; // between two labels

bool overlaps(const QRectF& rect, const QList<LabelPlace>& placed)
{
    const QRectF grown = rect.adjusted(-kGap, -kGap, kGap, kGap);
    return std::any_of(placed.cbegin(), placed.cend(),
        [&grown](const LabelPlace& other) { return grown.intersects(other.rect); });
}

QRectF rectAt(const LabelRequest& request, const QSizeF& size, const QRectF& view, bool below)
{
    const double y = below ? request.caret.bottom() : request.caret.top() - size.height();
    const double right = view.right() - size.width();
    const double x = std::max(view.left(), std::min(request.caret.left(), right));
    return {QPointF(x, y), size};
}

LabelPlace placeOne(
    const LabelRequest& request, const QRectF& view, const QList<LabelPlace>& placed)
{
    const bool preferBelow = request.caret.top() - request.full.height() < view.top();
    const std::array<std::pair<bool, bool>, 3> tries{{// compact, other side
        {false, false}, {true, false}, {true, true}}};
    for (const auto& [compact, otherSide] : tries) {
        const bool below = preferBelow != otherSide;
        const QSizeF size = compact ? request.compact : request.full;
        QRectF rect = rectAt(request, size, view, below);
        if (otherSide && (rect.top() < view.top() || rect.bottom() > view.bottom())) {
            continue;
        }
        if (!overlaps(rect, placed)) {
            return {rect, compact, below};
        }
        // beside the one that is in the way, left of the caret
        QRectF left = rect;
        left.moveRight(std::min(request.caret.left(), view.right()));
        if (compact && left.left() >= view.left() && !overlaps(left, placed)) {
            return {left, compact, below};
        }
    }
    // stacked: away from the line until there is room
    QRectF rect = rectAt(request, request.compact, view, preferBelow);
    double step = request.compact.height() + kGap;
    if (!preferBelow) {
        step = -step;
    }
    bool below = preferBelow;
    while (overlaps(rect, placed)) {
        rect.translate(0, step);
        if (step < 0 && rect.top() < view.top()) { // no more room above: go on beneath
            rect = rectAt(request, request.compact, view, true);
            step = -step;
            below = true;
        }
    }
    return {rect, true, below};
}

} // namespace

QList<LabelPlace> placeLabels(const QList<LabelRequest>& requests, const QRectF& view)
{
    QList<LabelPlace> placed;
    placed.reserve(requests.size());
    for (const LabelRequest& request : requests) {
        placed << placeOne(request, view, placed);
    }
    return placed;
}

} // namespace tutti::ui
