// SPDX-License-Identifier: MIT
#pragma once

#include <QTextDocument>

#include <optional>

namespace tutti::ui {

/// Two brackets that belong together, in document positions.
struct BracketPair
{
    int open = 0;
    int close = 0;

    bool operator==(const BracketPair&) const = default;
};

/// The pair of which one half stands right behind or right before the caret. Brackets in comments
/// and strings only match their like, as far as the document's syntax is known (BlockSyntax).
/// Looks at most kMaxUnits far. Cost: O(distance).
[[nodiscard]] std::optional<BracketPair> bracketsAt(const QTextDocument& document, int caret);
/// The innermost pair around the caret.
[[nodiscard]] std::optional<BracketPair> bracketsAround(const QTextDocument& document, int caret);

} // namespace tutti::ui
