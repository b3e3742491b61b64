// SPDX-License-Identifier: MIT
#pragma once

#include "ui/editor/document_units.h"
#include "ui/editor/selections.h"

#include <QString>
#include <QTextCursor>
#include <QTextDocument>

#include <optional>
#include <vector>

namespace tutti::test {

/// A text with its selections drawn in: ¦ is a caret, «…» a selection with its caret at the end,
/// ‹…› one with its caret at the beginning. The last one is the main one, or the one behind ★.
struct MarkedText
{
    QString text; ///< lines end with LF
    ui::Selections selections;
};

[[nodiscard]] inline MarkedText unmark(const QString& marked)
{
    MarkedText result;
    std::vector<ui::EditorSelection> all;
    std::optional<std::size_t> main;
    int start = 0;
    for (const QChar unit : marked) {
        const int here = static_cast<int>(result.text.size());
        switch (unit.unicode()) {
        case u'★':
            main = all.size();
            break;
        case u'¦':
            all.push_back(ui::EditorSelection::at(here));
            break;
        case u'«':
        case u'‹':
            start = here;
            break;
        case u'»':
            all.push_back({start, here});
            break;
        case u'›':
            all.push_back({here, start});
            break;
        default:
            result.text += unit;
        }
    }
    if (!all.empty()) {
        const std::size_t last = all.size() - 1;
        result.selections = ui::Selections(std::move(all), main.value_or(last));
    }
    return result;
}

[[nodiscard]] inline QString mark(const QString& text, const ui::Selections& selections)
{
    QString result;
    int done = 0;
    const auto upTo = [&](int position) {
        result += QStringView(text).mid(done, position - done);
        done = position;
    };
    const bool named = selections.mainIndex() + 1 < selections.size();
    for (std::size_t i = 0; i < selections.size(); ++i) {
        const ui::EditorSelection& s = selections[i];
        upTo(s.start());
        if (named && i == selections.mainIndex()) {
            result += u'★';
        }
        if (s.isEmpty()) {
            result += u'¦';
            continue;
        }
        const bool forward = s.anchor < s.caret;
        result += forward ? u'«' : u'‹';
        upTo(s.end());
        result += forward ? u'»' : u'›';
    }
    upTo(static_cast<int>(text.size()));
    return result;
}

/// A plan done to a text, without a document.
[[nodiscard]] inline QString done(QString text, const ui::EditPlan& plan)
{
    for (auto edit = plan.edits.rbegin(); edit != plan.edits.rend(); ++edit) {
        text.replace(edit->position, edit->removed, edit->inserted);
    }
    return text;
}

/// A document that holds it.
inline void fill(QTextDocument& document, const QString& text)
{
    QTextCursor cursor(&document);
    cursor.select(QTextCursor::Document);
    cursor.insertText(ui::toDocumentUnits(text));
}

} // namespace tutti::test
