// SPDX-License-Identifier: MIT
// CodeEditor: what the user does to it.
#include "ui/editor/caret_commands.h"
#include "ui/editor/code_editor.h"
#include "ui/editor/document_units.h"
#include "ui/editor/edit_plan.h"
#include "ui/editor/editor_commands.h"
#include "ui/editor/highlighter.h"

#include <QAction>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QInputMethod>
#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMimeData>
#include <QTextBlock>
#include <QTextLayout>
#include <QUrl>

#include <algorithm>
#include <memory>
#include <utility>

namespace tutti::ui {

namespace {

constexpr int kWheelStep = 120; // eighths of a degree, one notch

bool isModifier(int key)
{
    return key == Qt::Key_Shift || key == Qt::Key_Control || key == Qt::Key_Alt
        || key == Qt::Key_Meta || key == Qt::Key_AltGr || key == Qt::Key_CapsLock;
}

/// Says of a text on the clipboard that it is lines, copied with nothing selected.
const auto kWholeLines = QStringLiteral("application/x-tutti-lines");

struct Movement
{
    QKeySequence::StandardKey move;
    QKeySequence::StandardKey select;
    QTextCursor::MoveOperation operation;
};

using Key = QKeySequence;
constexpr Movement kMovements[]{
    {Key::MoveToNextChar, Key::SelectNextChar, QTextCursor::Right},
    {Key::MoveToPreviousChar, Key::SelectPreviousChar, QTextCursor::Left},
    {Key::MoveToNextWord, Key::SelectNextWord, QTextCursor::WordRight},
    {Key::MoveToPreviousWord, Key::SelectPreviousWord, QTextCursor::WordLeft},
    {Key::MoveToNextLine, Key::SelectNextLine, QTextCursor::Down},
    {Key::MoveToPreviousLine, Key::SelectPreviousLine, QTextCursor::Up},
    {Key::MoveToStartOfLine, Key::SelectStartOfLine, QTextCursor::StartOfLine},
    {Key::MoveToEndOfLine, Key::SelectEndOfLine, QTextCursor::EndOfLine},
    {Key::MoveToStartOfBlock, Key::SelectStartOfBlock, QTextCursor::StartOfBlock},
    {Key::MoveToEndOfBlock, Key::SelectEndOfBlock, QTextCursor::EndOfBlock},
    {Key::MoveToStartOfDocument, Key::SelectStartOfDocument, QTextCursor::Start},
    {Key::MoveToEndOfDocument, Key::SelectEndOfDocument, QTextCursor::End},
};

/// Keys that type something, and not ones that are meant for a menu.
bool isTyped(const QKeyEvent& event)
{
    const QString text = event.text();
    if (text.isEmpty()) {
        return false;
    }
    const QChar first = text.front();
    const auto modifiers = event.modifiers() & (Qt::ControlModifier | Qt::AltModifier);
    const bool menu = modifiers == Qt::ControlModifier || modifiers == Qt::AltModifier
        || event.modifiers().testFlag(Qt::MetaModifier);
    return !menu
        && (first.isPrint() || first.isSurrogate() || first.category() == QChar::Other_Format
            || first.category() == QChar::Other_PrivateUse);
}

/// Keys that QPlainTextEdit would edit with, past the commands: what they do is up to the commands.
bool isBuiltIn(const QKeyEvent& event)
{
    constexpr QKeySequence::StandardKey kEditing[]{Key::Undo, Key::Redo, Key::Cut, Key::Copy,
        Key::Paste, Key::SelectAll, Key::DeleteCompleteLine, Key::Deselect};
    return std::ranges::any_of(
        kEditing, [&event](Key::StandardKey key) { return event.matches(key); });
}

/// Whether one of the files dragged here could be opened rather than pasted as its name.
bool carriesFiles(const QMimeData& source)
{
    const auto urls = source.urls();
    return std::any_of(
        urls.cbegin(), urls.cend(), [](const QUrl& url) { return url.isLocalFile(); });
}

} // namespace

bool CodeEditor::event(QEvent* event)
{
    if (event->type() == QEvent::ApplicationPaletteChange) {
        followPalette();
    }
    if (event->type() == QEvent::ShortcutOverride && !m_handlesCommandKeys) {
        // QPlainTextEdit would claim the keys of undo, paste and others, whatever they are bound to
        auto* key = static_cast<QKeyEvent*>(event);
        if (!belongsToText(key->key(), key->modifiers())) {
            key->ignore(); // to the shortcuts first; if none wants it, it comes back as a key press
            return true;
        }
    }
    return QPlainTextEdit::event(event);
}

void CodeEditor::changeEvent(QEvent* event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::ReadOnlyChange && isReadOnly()) {
        // a reader moves and selects with the keyboard as well
        setTextInteractionFlags(textInteractionFlags() | Qt::TextSelectableByKeyboard);
    }
}

// Keys

void CodeEditor::keyPressEvent(QKeyEvent* event)
{
    if (!isModifier(event->key())) {
        endComposition(); // a key that comes here is one the input method did not want
        Q_EMIT userActed();
    }
    showCarets();
    if (handleCommand(event) || (!isReadOnly() && handleEditing(event)) || handleMovement(event)) {
        event->accept();
    } else if (isBuiltIn(*event)) {
        event->ignore(); // rather a key of the window's
    } else {
        if (m_binding && !isModifier(event->key())) { // Shift is pressed for each capital
            m_binding->stopCapturing(); // by a page, or by whatever else Qt does with it
        }
        QPlainTextEdit::keyPressEvent(event);
    }
}

bool CodeEditor::handleCommand(QKeyEvent* event)
{
    const QKeySequence pressed(event->keyCombination());
    for (const EditorCommand& command : editorCommands()) {
        if (command.keys().contains(pressed)) {
            // where they are the window's business, one that comes here was taken away or is off
            if (m_handlesCommandKeys && (!command.edits || !isReadOnly())) {
                (this->*command.run)();
            }
            return true;
        }
    }
    return false;
}

bool CodeEditor::handleEditing(QKeyEvent* event)
{
    const auto modifiers = event->modifiers() & ~Qt::KeypadModifier;
    const bool plain = (modifiers & ~Qt::ShiftModifier) == Qt::NoModifier;
    QTextDocument& text = *document();
    if (event->matches(QKeySequence::InsertParagraphSeparator)
        || event->matches(QKeySequence::InsertLineSeparator)) {
        edit(insertNewLine(text, m_selections, m_indent)); // never U+2028
    } else if (plain && event->key() == Qt::Key_Backtab && !tabChangesFocus()) {
        edit(ui::outdentLines(text, m_selections, m_indent));
    } else if (plain && event->key() == Qt::Key_Tab && !tabChangesFocus()) {
        edit(m_selections.anyText() ? ui::indentLines(text, m_selections, m_indent)
                                    : insertTab(text, m_selections, m_indent));
    } else if (plain && event->key() == Qt::Key_Backspace) {
        edit(backspace(text, m_selections, m_indent, m_autoClosed));
    } else if (event->matches(QKeySequence::Delete)) {
        edit(deleteBy(text, m_selections, QTextCursor::NextCharacter));
    } else if (event->matches(QKeySequence::DeleteStartOfWord)) {
        edit(deleteBy(text, m_selections, QTextCursor::PreviousWord));
    } else if (event->matches(QKeySequence::DeleteEndOfWord)) {
        edit(deleteBy(text, m_selections, QTextCursor::NextWord));
    } else if (event->matches(QKeySequence::DeleteEndOfLine)) {
        edit(deleteBy(text, m_selections, QTextCursor::EndOfBlock));
    } else if (isTyped(*event)) {
        typeText(event->text());
    } else {
        return false;
    }
    return true;
}

bool CodeEditor::handleMovement(QKeyEvent* event)
{
    for (const Movement& movement : kMovements) {
        const bool moves = event->matches(movement.move);
        if (!moves && !event->matches(movement.select)) {
            continue;
        }
        if (m_binding) {
            m_binding->stopCapturing();
        }
        if (movement.operation == QTextCursor::StartOfLine) {
            moveTo(moveToLineStart(*document(), m_selections, !moves));
        } else {
            std::vector<int> columns = std::move(m_columns);
            const Selections moved =
                moveCarets(*document(), m_selections, movement.operation, !moves, columns);
            moveTo(pastFolds(moved, m_selections));
            m_columns = std::move(columns);
        }
        return true;
    }
    if (event->key() == Qt::Key_Escape && !m_selections.isSingle()) {
        keepMainCaret();
        return true;
    }
    return false;
}

void CodeEditor::typeText(const QString& text)
{
    const QString input = normalisedInput(text);
    const QChar typed = input.size() == 1 ? input.front() : QChar();
    if (m_closesPairs && !typed.isNull()) {
        PairTyping pair = typeWithPairs(*document(), m_selections, typed, m_autoClosed);
        if (pair.handled) {
            edit(pair.plan);
            m_autoClosed.insert(m_autoClosed.end(), pair.closed.begin(), pair.closed.end());
            std::ranges::sort(m_autoClosed);
            return;
        }
        if (const EditPlan plan = typeClosingBracket(*document(), m_selections, typed);
            !plan.isEmpty()) {
            edit(plan);
            return;
        }
    }
    edit(insertEverywhere(m_selections, input));
}

void CodeEditor::edit(const EditPlan& plan)
{
    if (isReadOnly()) {
        return;
    }
    ++m_keepSelections;
    if (m_binding) {
        m_binding->replace(plan.edits);
    }
    --m_keepSelections;
    PositionMap map(plan.edits);
    for (int& position : m_autoClosed) {
        position = map(position, Side::After);
    }
    const AutoClosed closed = std::move(m_autoClosed); // not given up for a new line by moving
    moveTo(plan.after);
    m_autoClosed = closed;
}

void CodeEditor::apply(const EditPlan& plan)
{
    if (m_binding) {
        m_binding->stopCapturing();
    }
    edit(plan);
    if (m_binding) {
        m_binding->stopCapturing();
    }
}

// Wheel and menu

void CodeEditor::wheelEvent(QWheelEvent* event)
{
    if (!event->modifiers().testFlag(Qt::ControlModifier)) {
        QPlainTextEdit::wheelEvent(event);
        return;
    }
    m_wheelRemainder += event->angleDelta().y();
    while (m_wheelRemainder >= kWheelStep) {
        m_wheelRemainder -= kWheelStep;
        zoomInOneStep();
    }
    while (m_wheelRemainder <= -kWheelStep) {
        m_wheelRemainder += kWheelStep;
        zoomOutOneStep();
    }
    event->accept();
}

void CodeEditor::contextMenuEvent(QContextMenuEvent* event)
{
    QMenu* menu = makeContextMenu();
    menu->setAttribute(Qt::WA_DeleteOnClose);
    Q_EMIT contextMenuMade(menu,
        event->reason() == QContextMenuEvent::Mouse ? cursorForPosition(event->pos()).position()
                                                    : textCursor().position());
    menu->popup(event->globalPos());
}

QMenu* CodeEditor::makeContextMenu()
{
    auto* menu = new QMenu(this);
    const auto add = [menu, this](const QString& text, QKeySequence::StandardKey key, bool enabled,
                         auto action) {
        QAction* item = menu->addAction(text);
        item->setShortcut(QKeySequence(key)); // shown; the keys are handled by the editor
        item->setShortcutContext(Qt::WidgetShortcut);
        item->setEnabled(enabled);
        connect(item, &QAction::triggered, this, action);
    };
    const bool writable = !isReadOnly();
    const bool selected = textCursor().hasSelection();
    add(tr("&Undo"), QKeySequence::Undo, writable && canUndo(), [this] { undo(); });
    add(tr("&Redo"), QKeySequence::Redo, writable && canRedo(), [this] { redo(); });
    menu->addSeparator();
    add(tr("Cu&t"), QKeySequence::Cut, writable && selected, [this] { cut(); });
    add(tr("&Copy"), QKeySequence::Copy, selected, [this] { copy(); });
    add(tr("&Paste"), QKeySequence::Paste, writable && canPaste(), [this] { paste(); });
    add(tr("&Delete"), QKeySequence::Delete, writable && selected, [this] { deleteSelection(); });
    menu->addSeparator();
    add(tr("Select &All"), QKeySequence::SelectAll, !document()->isEmpty(),
        [this] { selectAll(); });
    return menu;
}

// Input methods and mime data

void CodeEditor::inputMethodEvent(QInputMethodEvent* event)
{
    if (!event->commitString().isEmpty()) {
        Q_EMIT userActed();
    }
    if (!event->commitString().isEmpty() && !m_selections.isSingle()) {
        QInputMethodEvent nothing;
        QPlainTextEdit::inputMethodEvent(&nothing);
        typeText(event->commitString());
        QInputMethodEvent rest(event->preeditString(), event->attributes());
        QPlainTextEdit::inputMethodEvent(&rest);
    } else {
        QPlainTextEdit::inputMethodEvent(event);
    }
    m_composingAt = isComposing() ? textCursor() : QTextCursor();
    m_highlighter->formatsLost(textCursor().block()); // they are the input method's
    if (m_binding && !isComposing()) {
        m_binding->flush();
    }
}

void CodeEditor::focusOutEvent(QFocusEvent* event)
{
    QPlainTextEdit::focusOutEvent(event);
    if (event->reason() != Qt::PopupFocusReason) {
        endComposition(); // or remote edits would wait for somebody who has left
    }
}

bool CodeEditor::isComposing() const
{
    return !textCursor().block().layout()->preeditAreaText().isEmpty();
}

void CodeEditor::endComposition()
{
    if (isComposing()) {
        QGuiApplication::inputMethod()->commit();
    }
    // Qt leaves pre-edit text behind in a block that the caret left or that was split.
    const QTextCursor composedAt = std::exchange(m_composingAt, {});
    if (!composedAt.isNull()) {
        dropPreedit(composedAt.block().previous());
        dropPreedit(composedAt.block());
        dropPreedit(composedAt.block().next());
    }
    dropPreedit(textCursor().block());
}

void CodeEditor::dropPreedit(const QTextBlock& block)
{
    if (block.isValid() && !block.layout()->preeditAreaText().isEmpty()) {
        block.layout()->setPreeditArea(-1, {});
        m_highlighter->formatsLost(block);
        document()->markContentsDirty(block.position(), block.length());
    }
}

bool CodeEditor::canInsertFromMimeData(const QMimeData* source) const
{
    // files are for the window to open
    return source != nullptr && source->hasText() && !carriesFiles(*source);
}

void CodeEditor::insertFromMimeData(const QMimeData* source)
{
    if (isReadOnly() || !canInsertFromMimeData(source)) {
        return;
    }
    endComposition();
    noteSelection(); // a drop has put the text cursor where it is to go
    const QString text = normalisedInput(source->text());
    const auto count = static_cast<qsizetype>(m_selections.size());
    const QStringList lines = text.split(u'\n');
    if (source->hasFormat(kWholeLines) && !m_selections.anyText()) {
        apply(planEach(m_selections, [&](const EditorSelection& s) {
            const int start = document()->findBlock(s.caret).position();
            const int caret = s.caret - start + static_cast<int>(text.size());
            return Piece{start, start, text, caret, caret};
        }));
    } else if (count > 1 && lines.size() == count) {
        apply(insertEach(m_selections, lines));
    } else {
        apply(insertEverywhere(m_selections, text));
    }
}

QMimeData* CodeEditor::createMimeDataFromSelection() const { return makeMimeData(false); }

QMimeData* CodeEditor::makeMimeData(bool linesWhereEmpty) const
{
    auto mime = std::make_unique<QMimeData>();
    const bool wholeLines = linesWhereEmpty && !m_selections.anyText();
    QStringList parts;
    int lastLine = -1;
    for (const EditorSelection& s : m_selections) {
        if (wholeLines) {
            const QTextBlock block = document()->findBlock(s.caret);
            if (std::exchange(lastLine, block.blockNumber()) != block.blockNumber()) {
                parts << block.text() + u'\n';
            }
        } else if (!s.isEmpty()) {
            parts << readText(*document(), s.start(), s.end());
        }
    }
    mime->setText(parts.join(wholeLines ? QString() : QStringLiteral("\n")));
    if (wholeLines) {
        mime->setData(kWholeLines, QByteArrayLiteral("1"));
    }
    return mime.release();
}

} // namespace tutti::ui
