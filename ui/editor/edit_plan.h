// SPDX-License-Identifier: MIT
#pragma once

#include "ui/editor/selections.h"

#include <QString>

#include <algorithm>
#include <utility>
#include <vector>

namespace tutti::ui {

/// What one selection asks for: units [from, to) give way to `text`, and the selection is
/// `anchor` and `caret` units into it then.
struct Piece
{
    static constexpr int kAtEnd = -1;

    int from = 0;
    int to = 0;
    QString text;
    int anchor = kAtEnd;
    int caret = kAtEnd;
};

/// One plan of what `f(selection)` gives for each. Pieces that overlap their predecessor begin
/// where that ends.
template <typename F>
[[nodiscard]] EditPlan planEach(const Selections& selections, F f)
{
    EditPlan plan;
    std::vector<EditorSelection> after;
    after.reserve(selections.size());
    int shift = 0;
    int last = 0;
    for (const EditorSelection& selection : selections) {
        Piece piece = f(selection);
        piece.from = std::max(piece.from, last);
        piece.to = std::max(piece.to, piece.from);
        last = piece.to;
        const int length = static_cast<int>(piece.text.size());
        const int start = piece.from + shift;
        const int caret = piece.caret == Piece::kAtEnd ? length : piece.caret;
        after.push_back(
            {start + (piece.anchor == Piece::kAtEnd ? caret : piece.anchor), start + caret});
        shift += length - (piece.to - piece.from);
        if (length > 0 || piece.to > piece.from) {
            plan.edits.push_back({piece.from, piece.to - piece.from, std::move(piece.text)});
        }
    }
    plan.after = Selections(std::move(after), selections.mainIndex());
    return plan;
}

} // namespace tutti::ui
