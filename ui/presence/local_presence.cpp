// SPDX-License-Identifier: MIT
#include "ui/presence/local_presence.h"

#include "ui/editor/code_editor.h"
#include "ui/editor/document_binding.h"

#include <QTextBlock>
#include <QTextCursor>

#include <utility>

namespace tutti::ui {

LocalPresence::LocalPresence(crdt::Awareness& awareness, CodeEditor& editor, QObject* parent)
    : QObject(parent)
    , m_awareness(&awareness)
{
    m_throttle.setSingleShot(true);
    m_throttle.setInterval(kThrottleMs);
    connect(&m_throttle, &QTimer::timeout, this, [this] {
        if (std::exchange(m_dirty, false)) {
            publishCursor();
        }
    });
    setEditor(editor);
}

LocalPresence::~LocalPresence() { withdraw(); }

void LocalPresence::setEditor(CodeEditor& editor)
{
    if (m_editor == &editor) {
        return;
    }
    if (m_editor) {
        m_editor->disconnect(this);
        if (const DocumentBinding* binding = m_editor->binding()) {
            binding->disconnect(this);
        }
    }
    m_editor = &editor;
    connect(&editor, &QPlainTextEdit::cursorPositionChanged, this, &LocalPresence::onCaretMoved);
    connect(&editor, &QPlainTextEdit::selectionChanged, this, &LocalPresence::onCaretMoved);
    connect(&editor, &CodeEditor::viewChanged, this, &LocalPresence::onCaretMoved);
    connect(&editor, &CodeEditor::bindingChanged, this, &LocalPresence::watchBinding);
    watchBinding();
}

void LocalPresence::setUser(const QString& name, const QColor& color)
{
    m_user = {name, initialsOf(name), color};
    m_published = true;
    publishAll();
}

void LocalPresence::setCursorShared(bool shared)
{
    if (std::exchange(m_cursorShared, shared) != shared) {
        onCaretMoved();
    }
}

void LocalPresence::setPerson(const QString& person)
{
    m_person = person;
    onCaretMoved();
}

void LocalPresence::setHere(bool here)
{
    if (std::exchange(m_here, here) != here) {
        onCaretMoved();
    }
}

bool LocalPresence::askToCome()
{
    if (!m_published || (m_sinceAsked.isValid() && !m_sinceAsked.hasExpired(kAskAgain.count()))) {
        return false;
    }
    m_sinceAsked.start();
    ++m_asks;
    publishAll();
    return true;
}

void LocalPresence::withdraw()
{
    if (std::exchange(m_published, false)) {
        m_throttle.stop();
        m_dirty = false;
        m_awareness->setLocalState(std::nullopt);
    }
}

void LocalPresence::watchBinding()
{
    if (const DocumentBinding* binding = m_editor->binding()) {
        connect(binding, &DocumentBinding::applied, this, &LocalPresence::onCaretMoved);
    }
    onCaretMoved();
}

void LocalPresence::onCaretMoved()
{
    if (!m_published) {
        return;
    }
    m_dirty = true;
    if (!m_throttle.isActive()) {
        // at the end of this turn, when the edit that moved the caret has reached the text
        m_throttle.start(0);
    }
}

void LocalPresence::publishCursor()
{
    if (!m_published
        || (currentSelection() == m_lastSelection && currentWhereabouts() == m_lastWhere)) {
        return;
    }
    publishAll();
    m_throttle.start(kThrottleMs);
}

void LocalPresence::publishAll()
{
    m_lastSelection = currentSelection();
    m_lastWhere = currentWhereabouts();
    const crdt::Any* current = m_awareness->localState();
    crdt::Any state = current != nullptr && current->isObject() ? *current : crdt::Any::object();
    state.set("user", userToAny(m_user));
    setSelectionIn(state, m_lastSelection);
    setWhereaboutsIn(state, m_lastWhere);
    m_awareness->setLocalState(std::move(state));
}

std::optional<StickySelection> LocalPresence::currentSelection() const
{
    const DocumentBinding* binding = m_editor ? m_editor->binding() : nullptr;
    if (binding == nullptr || !m_cursorShared) {
        return std::nullopt;
    }
    const QTextCursor cursor = m_editor->textCursor();
    const crdt::Text text = binding->text();
    return StickySelection{crdt::StickyIndex::at(text, binding->toText(cursor.anchor())),
        crdt::StickyIndex::at(text, binding->toText(cursor.position()))};
}

Whereabouts LocalPresence::currentWhereabouts() const
{
    Whereabouts where{m_person, m_here, std::nullopt, m_asks};
    const DocumentBinding* binding = m_editor ? m_editor->binding() : nullptr;
    if (binding != nullptr && m_cursorShared && m_here) {
        const int top =
            m_editor->document()->findBlock(m_editor->firstVisiblePosition()).position();
        where.top = crdt::StickyIndex::at(binding->text(), binding->toText(top));
    }
    return where;
}

} // namespace tutti::ui
