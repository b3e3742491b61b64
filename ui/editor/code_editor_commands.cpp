// SPDX-License-Identifier: MIT
// CodeEditor: the commands of editorCommands(). What they do is planned elsewhere, without a
// window.
#include "ui/editor/caret_commands.h"
#include "ui/editor/code_editor.h"
#include "ui/editor/document_units.h"
#include "ui/editor/edit_plan.h"
#include "ui/editor/highlighter.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>
#include <QTextBlock>

#include <algorithm>

namespace tutti::ui {

namespace {

QString inTitleCase(const QString& text)
{
    QString result = text.toLower();
    bool inWord = false;
    for (QChar& unit : result) {
        if (!inWord) {
            unit = unit.toTitleCase();
        }
        inWord = unit.isLetterOrNumber() || unit.isMark() || unit == u'\'';
    }
    return result;
}

} // namespace

void CodeEditor::perform(const Command& command)
{
    endComposition(); // or the plan would be for a text without what is being composed
    const EditPlan plan = command(*document(), m_selections);
    if (!plan.isEmpty()) {
        apply(plan);
    }
}

// Clipboard

void CodeEditor::copy()
{
    if (!document()->isEmpty()) {
        QGuiApplication::clipboard()->setMimeData(makeMimeData(true));
    }
}

void CodeEditor::cut()
{
    if (isReadOnly()) {
        return;
    }
    copy();
    if (m_selections.anyText()) {
        deleteSelection();
    } else {
        deleteLines();
    }
}

void CodeEditor::deleteSelection()
{
    apply(planEach(
        m_selections, [](const EditorSelection& s) { return Piece{s.start(), s.end(), {}}; }));
}

// Carets

void CodeEditor::addCaretAbove() { moveTo(withCaretAbove(*document(), m_selections)); }

void CodeEditor::addCaretBelow() { moveTo(withCaretBelow(*document(), m_selections)); }

void CodeEditor::addCaretsToLineEnds()
{
    // rather none than some of them
    if (const Selections carets = caretsAtLineEnds(*document(), m_selections);
        carets.size() <= kMaxSelections) {
        moveTo(carets);
    }
}

void CodeEditor::selectNextOccurrence()
{
    if (m_selections.main().isEmpty()) {
        m_occurrenceIsWord = true;
    } else if (m_selections.isSingle() && m_selections.main() != m_lastOccurrence) {
        m_occurrenceIsWord = false;
    }
    if (const auto more = withNextOccurrence(*document(), m_selections, m_occurrenceIsWord);
        more && more->size() <= kMaxSelections) {
        moveTo(*more);
        m_lastOccurrence = m_selections.main();
    }
}

void CodeEditor::skipOccurrence()
{
    if (const auto next = ui::skipOccurrence(*document(), m_selections, m_occurrenceIsWord)) {
        moveTo(*next);
        m_lastOccurrence = m_selections.main();
    }
}

void CodeEditor::selectAllOccurrences()
{
    const bool word = m_occurrenceIsWord && m_selections.main() == m_lastOccurrence;
    setSelections(allOccurrences(*document(), m_selections, word, kMaxSelections));
}

void CodeEditor::selectLine() { moveTo(selectLines(*document(), m_selections)); }

void CodeEditor::keepMainCaret() { setSelections(m_selections.main()); }

// Lines

void CodeEditor::moveLinesUp() { perform(ui::moveLinesUp); }

void CodeEditor::moveLinesDown() { perform(ui::moveLinesDown); }

void CodeEditor::copyLinesUp() { perform(ui::copyLinesUp); }

void CodeEditor::copyLinesDown() { perform(ui::copyLinesDown); }

void CodeEditor::deleteLines() { perform(ui::deleteLines); }

void CodeEditor::joinLines() { perform(ui::joinLines); }

void CodeEditor::openLineAbove()
{
    perform([this](QTextDocument& text, const Selections& all) {
        return openLine(text, all, m_indent, true);
    });
}

void CodeEditor::openLineBelow()
{
    perform([this](QTextDocument& text, const Selections& all) {
        return openLine(text, all, m_indent, false);
    });
}

void CodeEditor::sortLinesAscending()
{
    perform([](QTextDocument& text, const Selections& all) {
        return sortLines(text, all, Qt::AscendingOrder);
    });
}

void CodeEditor::sortLinesDescending()
{
    perform([](QTextDocument& text, const Selections& all) {
        return sortLines(text, all, Qt::DescendingOrder);
    });
}

void CodeEditor::removeDuplicateLines() { perform(ui::removeDuplicateLines); }

void CodeEditor::indent()
{
    perform([this](QTextDocument& text, const Selections& all) {
        return ui::indentLines(text, all, m_indent);
    });
}

void CodeEditor::outdent()
{
    perform([this](QTextDocument& text, const Selections& all) {
        return ui::outdentLines(text, all, m_indent);
    });
}

// Comments and characters

CommentMarkers CodeEditor::commentMarkers() const
{
    const KSyntaxHighlighting::Definition language = m_highlighter->definition();
    const auto around = language.multiLineCommentMarker();
    return {language.singleLineCommentMarker(), around.first, around.second};
}

void CodeEditor::toggleComment()
{
    perform([this](QTextDocument& text, const Selections& all) {
        return toggleLineComment(text, all, commentMarkers());
    });
}

void CodeEditor::toggleBlockComment()
{
    perform([this](QTextDocument& text, const Selections& all) {
        return ui::toggleBlockComment(text, all, commentMarkers());
    });
}

void CodeEditor::toUpperCase()
{
    perform([](QTextDocument& text, const Selections& all) {
        return changeText(text, all, [](const QString& s) { return s.toUpper(); });
    });
}

void CodeEditor::toLowerCase()
{
    perform([](QTextDocument& text, const Selections& all) {
        return changeText(text, all, [](const QString& s) { return s.toLower(); });
    });
}

void CodeEditor::toTitleCase()
{
    perform([](QTextDocument& text, const Selections& all) {
        return changeText(text, all, inTitleCase);
    });
}

void CodeEditor::transposeCharacters() { perform(transpose); }

} // namespace tutti::ui
