// SPDX-License-Identifier: MIT
#include "ui/editor/text_diff.h"

#include "ui/diff/text_changes.h"

#include <string_view>

namespace tutti::ui {

namespace {

std::u16string_view unitsOf(QStringView text)
{
    return {text.utf16(), static_cast<std::size_t>(text.size())};
}

} // namespace

std::vector<Replacement> smallEdits(QStringView oldText, QStringView newText)
{
    std::vector<Replacement> edits;
    for (const TextChange& change : textChanges(unitsOf(oldText), unitsOf(newText))) {
        edits.push_back({static_cast<int>(change.at), static_cast<int>(change.removed),
            newText.mid(static_cast<qsizetype>(change.newAt), static_cast<qsizetype>(change.added))
                .toString()});
    }
    return edits;
}

} // namespace tutti::ui
