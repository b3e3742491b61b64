// SPDX-License-Identifier: MIT
// CodeEditor: what the user does to it.
#include "ui/editor/code_editor.h"
#include "ui/editor/document_units.h"
#include "ui/editor/gutter.h"

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

bool movesCaret(int key)
{
    switch (key) {
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_Home:
    case Qt::Key_End:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
        return true;
    default:
        return false;
    }
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
    if (m_binding && movesCaret(event->key())) {
        m_binding->stopCapturing();
    }
    if (handleCommand(event) || (!isReadOnly() && handleEditing(event))) {
        event->accept();
        return;
    }
    QPlainTextEdit::keyPressEvent(event);
}

bool CodeEditor::handleCommand(QKeyEvent* event)
{
    const bool control = event->modifiers().testFlag(Qt::ControlModifier);
    if (event->matches(QKeySequence::Undo)) {
        undo();
    } else if (event->matches(QKeySequence::Redo) || (control && event->key() == Qt::Key_Y)) {
        redo();
    } else if (event->matches(QKeySequence::ZoomIn) || (control && event->key() == Qt::Key_Equal)) {
        zoomInOneStep();
    } else if (event->matches(QKeySequence::ZoomOut)) {
        zoomOutOneStep();
    } else if (control && event->key() == Qt::Key_0) {
        resetZoom();
    } else {
        return false;
    }
    return true;
}

bool CodeEditor::handleEditing(QKeyEvent* event)
{
    const bool plain =
        (event->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)) == Qt::NoModifier;
    if (event->matches(QKeySequence::InsertParagraphSeparator)
        || event->matches(QKeySequence::InsertLineSeparator)) {
        insertNewLine(); // never U+2028, which QPlainTextEdit takes Shift+Return for
    } else if (plain && event->key() == Qt::Key_Backtab) {
        indentLines(true);
    } else if (plain && event->key() == Qt::Key_Tab && !tabChangesFocus()) {
        insertTab();
    } else {
        return false;
    }
    ensureCursorVisible();
    return true;
}

void CodeEditor::insertNewLine()
{
    QTextCursor cursor = textCursor();
    const QTextBlock block = document()->findBlock(cursor.selectionStart());
    const int end = cursor.selectionStart() - block.position();
    const QString line = block.text();
    int indent = 0;
    while (indent < end && (line.at(indent) == u' ' || line.at(indent) == u'\t')) {
        ++indent;
    }
    cursor.insertText(u'\n' + line.left(indent));
    setTextCursor(cursor);
}

QString CodeEditor::indentUnit() const
{
    return m_insertsSpaces ? QString(m_tabWidth, u' ') : QStringLiteral("\t");
}

void CodeEditor::insertTab()
{
    QTextCursor cursor = textCursor();
    const QTextBlock first = document()->findBlock(cursor.selectionStart());
    if (cursor.selectionEnd() > first.position() + first.length() - 1) {
        indentLines(false);
        return;
    }
    if (!m_insertsSpaces) {
        cursor.insertText(QStringLiteral("\t"));
    } else {
        int column = 0;
        const QString line = first.text();
        for (int i = 0; i < cursor.selectionStart() - first.position(); ++i) {
            if (line.at(i) == u'\t') {
                column += m_tabWidth - column % m_tabWidth;
            } else if (!splitsPair(line, i)) {
                ++column;
            }
        }
        cursor.insertText(QString(m_tabWidth - column % m_tabWidth, u' '));
    }
    setTextCursor(cursor);
}

void CodeEditor::indentLines(bool outdent)
{
    QTextCursor cursor = textCursor();
    const int selectionEnd = cursor.selectionEnd();
    QTextBlock last = document()->findBlock(selectionEnd);
    const QTextBlock first = document()->findBlock(cursor.selectionStart());
    if (last != first && selectionEnd == last.position()) {
        last = last.previous(); // the selection ends before that line begins
    }
    QTextCursor edit(document());
    edit.beginEditBlock();
    for (QTextBlock block = first; block.isValid() && block.blockNumber() <= last.blockNumber();
        block = block.next()) {
        edit.setPosition(block.position());
        const QString line = block.text();
        if (!outdent) {
            if (!line.isEmpty()) {
                edit.insertText(indentUnit());
            }
            continue;
        }
        int units = 0;
        if (line.startsWith(u'\t')) {
            units = 1;
        } else {
            while (units < m_tabWidth && units < line.size() && line.at(units) == u' ') {
                ++units;
            }
        }
        edit.setPosition(block.position() + units, QTextCursor::KeepAnchor);
        edit.removeSelectedText();
    }
    edit.endEditBlock();
}

// Mouse and wheel

void CodeEditor::mousePressEvent(QMouseEvent* event)
{
    Q_EMIT userActed();
    if (m_binding) {
        m_binding->stopCapturing();
    }
    QPlainTextEdit::mousePressEvent(event);
}

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
    add(tr("&Delete"), QKeySequence::Delete, writable && selected,
        [this] { textCursor().removeSelectedText(); });
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
    QPlainTextEdit::inputMethodEvent(event);
    m_composingAt = isComposing() ? textCursor() : QTextCursor();
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
    QTextCursor cursor = textCursor();
    cursor.insertText(normalisedInput(source->text()));
    setTextCursor(cursor);
    ensureCursorVisible();
}

QMimeData* CodeEditor::createMimeDataFromSelection() const
{
    const QTextCursor cursor = textCursor();
    QString text = readDocument(*document(), cursor.selectionStart(), cursor.selectionEnd());
    text.replace(QChar(QChar::ParagraphSeparator), u'\n');
    auto mime = std::make_unique<QMimeData>();
    mime->setText(text);
    return mime.release();
}

} // namespace tutti::ui
