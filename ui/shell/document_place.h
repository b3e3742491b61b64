// SPDX-License-Identifier: MIT
#pragma once

#include "ui/editor/selections.h"

#include <QList>
#include <QString>

class QJsonObject;

namespace tutti::ui {

class CodeEditor;

/// Where somebody was in a document, as it is kept from one run to the next.
struct DocumentPlace
{
    /// Beyond this many carets, only the main one is kept.
    static constexpr std::size_t kMaxCarets = 1'000;

    Selections selections{}; ///< UTF-16 units
    int top = 0; ///< the vertical scroll bar's value
    QString language{}; ///< its translated name
    QList<int> folds{}; ///< lines whose regions are folded, from 0

    /// Where the user of that editor is now.
    [[nodiscard]] static DocumentPlace in(const CodeEditor& editor);
    /// Goes there, as far as the text has that place.
    void restoreIn(CodeEditor& editor) const;

    /// Its members are added to what is there: caret, anchor, carets where there are several (each
    /// as its anchor and caret), top, language, folds (lines from 1).
    void writeTo(QJsonObject& object) const;
    /// Whatever makes no sense is left out.
    [[nodiscard]] static DocumentPlace from(const QJsonObject& object);
};

} // namespace tutti::ui
