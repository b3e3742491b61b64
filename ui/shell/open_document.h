// SPDX-License-Identifier: MIT
#pragma once

#include "ui/editor/indentation.h"
#include "ui/shell/document_session.h"
#include "ui/shell/editor_document.h"

#include <QList>
#include <QObject>

#include <memory>
#include <optional>

namespace tutti::ui {

class RoomAccess;

/// A document that is open in one tab or several: what those have together, which is the document,
/// its session when it is shared, and how the person wants it indented.
///
/// Threads: the GUI's. Requires: an editor is removed before it is unbound or goes.
class OpenDocument : public QObject
{
    Q_OBJECT

public:
    explicit OpenDocument(std::unique_ptr<EditorDocument> document);
    ~OpenDocument() override;

    [[nodiscard]] EditorDocument& document() noexcept { return *m_document; }
    /// Null while the document is not shared.
    [[nodiscard]] DocumentSession* session() const noexcept { return m_session.get(); }
    /// Null where the session's channel needs no token, and without a session.
    [[nodiscard]] RoomAccess* access() const noexcept { return m_access.get(); }

    /// Binds an editor to the text; the user is in it now.
    void addView(CodeEditor& editor);
    /// Without effect for one that is none of them (any more). The last one ends the session.
    void removeView(CodeEditor& editor);
    [[nodiscard]] const QList<CodeEditor*>& views() const noexcept { return m_views; }
    /// The user is in this editor now.
    void setActiveView(CodeEditor& editor);

    /// Requires: no session, and a view.
    void startSession(std::unique_ptr<net::Channel> channel, DocumentSession::Role role,
        const QString& link, const Identity& identity, std::unique_ptr<RoomAccess> access);
    void endSession();

    /// The file may be written in although it is read-only.
    void allowEditing();
    [[nodiscard]] bool isEditingAllowed() const noexcept { return m_editingAllowed; }
    /// The person's choice, which nothing else overrides; nothing: none any more.
    void chooseIndentation(std::optional<IndentStyle> style);
    [[nodiscard]] const std::optional<IndentStyle>& chosenIndentation() const noexcept
    {
        return m_indentation;
    }

Q_SIGNALS:
    /// A session began or ended.
    void sessionChanged();
    void editingAllowed();
    void indentationChosen();

private:
    void tellAccess();

    std::unique_ptr<EditorDocument> m_document;
    QList<CodeEditor*> m_views; ///< the active one is the first
    std::unique_ptr<RoomAccess> m_access;
    std::unique_ptr<DocumentSession> m_session;
    std::optional<IndentStyle> m_indentation;
    bool m_editingAllowed = false;
};

} // namespace tutti::ui
