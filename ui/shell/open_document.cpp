// SPDX-License-Identifier: MIT
#include "ui/shell/open_document.h"

#include "ui/editor/code_editor.h"
#include "ui/shell/room_access.h"

namespace tutti::ui {

OpenDocument::OpenDocument(std::unique_ptr<EditorDocument> document)
    : m_document(std::move(document))
{ }

OpenDocument::~OpenDocument() = default;

void OpenDocument::addView(CodeEditor& editor)
{
    if (m_views.isEmpty()) {
        editor.bind(m_document->doc(), m_document->text());
    } else {
        editor.bindBeside(*m_views.first());
    }
    m_views.prepend(&editor);
    if (m_session) {
        m_session->addView(editor);
        m_session->setActiveView(editor);
    }
}

void OpenDocument::removeView(CodeEditor& editor)
{
    if (!m_views.removeOne(&editor)) {
        return;
    }
    if (m_views.isEmpty()) {
        m_session.reset();
        m_access.reset();
    } else if (m_session) {
        m_session->removeView(editor);
        m_session->setActiveView(*m_views.first());
    }
}

void OpenDocument::setActiveView(CodeEditor& editor)
{
    Q_ASSERT(m_views.contains(&editor));
    m_views.move(m_views.indexOf(&editor), 0);
    if (m_session) {
        m_session->setActiveView(editor);
    }
}

void OpenDocument::startSession(std::unique_ptr<net::Channel> channel, DocumentSession::Role role,
    const QString& link, const Identity& identity, std::unique_ptr<RoomAccess> access)
{
    Q_ASSERT(!m_session && !m_views.isEmpty());
    m_access = std::move(access);
    m_session = std::make_unique<DocumentSession>(
        *m_document, *m_views.first(), std::move(channel), role, link, identity);
    for (CodeEditor* view : m_views.sliced(1)) {
        m_session->addView(*view);
    }
    connect(m_session.get(), &DocumentSession::changed, this, &OpenDocument::tellAccess);
    Q_EMIT sessionChanged();
}

void OpenDocument::tellAccess()
{
    using State = net::ProviderStatus::State;
    const State state = m_session->status().state;
    if (m_access && state == State::Denied) {
        m_access->onRefused();
    } else if (m_access && (state == State::Synced || state == State::Pending)) {
        m_access->onAccepted();
    }
}

void OpenDocument::endSession()
{
    if (!m_session) {
        return;
    }
    m_session.reset();
    m_access.reset();
    m_document->setRoom({});
    Q_EMIT sessionChanged();
}

void OpenDocument::allowEditing()
{
    m_editingAllowed = true;
    if (!m_session || m_session->viewOnlyReason().isEmpty()) {
        for (CodeEditor* view : std::as_const(m_views)) {
            view->setReadOnly(false);
        }
    }
    Q_EMIT editingAllowed();
}

void OpenDocument::chooseIndentation(std::optional<IndentStyle> style)
{
    m_indentation = style;
    Q_EMIT indentationChosen();
}

} // namespace tutti::ui
