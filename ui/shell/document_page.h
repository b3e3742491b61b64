// SPDX-License-Identifier: MIT
#pragma once

#include "ui/shell/column_marker.h"
#include "ui/shell/connection_status.h"
#include "ui/shell/open_document.h"
#include "ui/shell/spell_check.h"

#include <QTimer>
#include <QWidget>

#include <memory>

class QVBoxLayout;

namespace tutti::ui {

class CodeEditor;
class CompareView;
class FindBar;
class InlineBar;
class Minimap;
class RoomAccess;

/// One tab: an editor on a document, its messages and its find bar. A document may be open in
/// several tabs, in panes side by side, which have its session together.
class DocumentPage : public QWidget
{
    Q_OBJECT

public:
    /// What closing a document would cost.
    enum class Concern {
        None,
        UnsavedChanges, ///< the file, or a text without a file, lacks something
        UnsentChanges, ///< a guest's changes that have not reached the room
        OthersPresent, ///< closing a hosted room sends people away
    };

    explicit DocumentPage(std::unique_ptr<EditorDocument> document, QWidget* parent = nullptr);
    /// Another view of the document of that page, at the same place in it.
    explicit DocumentPage(DocumentPage& other, QWidget* parent = nullptr);
    ~DocumentPage() override;

    [[nodiscard]] EditorDocument& document() const noexcept { return m_open->document(); }
    [[nodiscard]] bool showsSameAs(const DocumentPage& other) const noexcept
    {
        return m_open == other.m_open;
    }
    /// Whether no other page shows this document.
    [[nodiscard]] bool isOnlyView() const noexcept { return m_open->views().size() == 1; }
    /// The user is in this view of the document now.
    void activate();
    /// Lets go of the document, before the page goes. The last view ends the session.
    void release();
    [[nodiscard]] CodeEditor& editor() const noexcept { return *m_editor; }
    [[nodiscard]] InlineBar& bar() noexcept { return *m_bar; }
    /// What holds for all documents that say nothing of their own: how they are indented, and the
    /// column of the marker, 0 for none.
    void setUsualConventions(const IndentStyle& indentation, int markerColumn);
    /// The person's choice for this document, which nothing else overrides.
    void setIndentation(const IndentStyle& style);
    /// Forgets the choice: as the file's conventions say, or the text itself.
    void detectIndentation();
    /// Each line's indentation in that style, as one step to undo; and the style from now on.
    void convertIndentation(const IndentStyle& style);
    [[nodiscard]] Minimap& minimap() noexcept { return *m_minimap; }
    [[nodiscard]] SpellCheck& spelling() noexcept { return m_spelling; }
    /// Reads the file again in that encoding; asks first where that would lose something.
    void reopenAs(TextEncoding encoding);
    [[nodiscard]] FindBar& findBar() noexcept { return *m_find; }

    /// The text of a file that was opening is complete: what holds for it is followed from now on,
    /// and what there is to be said about the file is said.
    void fileOpened();

    /// Null while the document is not shared.
    [[nodiscard]] DocumentSession* session() const noexcept { return m_open->session(); }
    /// `access`: where the channel has its tokens from, null where it needs none. Requires: no
    /// session.
    void startSession(std::unique_ptr<net::Channel> channel, DocumentSession::Role role,
        const QString& link, const Identity& identity, std::unique_ptr<RoomAccess> access = {});
    void endSession();
    /// Goes along with the next person in the list, after the last one with nobody. Says so when
    /// nobody else is there.
    void followNext();
    /// Null where the session's channel needs no token, and without a session.
    [[nodiscard]] RoomAccess* access() const noexcept { return m_open->access(); }
    /// Without a session: of a document that is not shared.
    [[nodiscard]] ConnectionFacts facts() const;

    /// Shows a comparison in place of the editor, until the person has seen enough; it can be shown
    /// again from a message then. Nothing is written into the text meanwhile.
    void setComparison(std::unique_ptr<CompareView> comparison);
    /// Null when there is none.
    [[nodiscard]] CompareView* comparison() const noexcept { return m_comparison; }

    /// `textIsKept`: what is not saved would be there again (WindowSession).
    [[nodiscard]] Concern closeConcern(bool textIsKept = false) const;
    /// A tab that nobody would miss: untitled, empty, not shared.
    [[nodiscard]] bool isPristine() const;

Q_SIGNALS:
    /// Name or modified state.
    void titleChanged();
    /// The editor's indentStyle().
    void indentationChanged();
    /// What facts() says.
    void connectionChanged();
    /// A session began or ended.
    void sessionChanged();
    /// It has left the window; whatever there was to ask has been asked.
    void closed();
    /// The person wants to keep the text in a file, from a message.
    void saveAsRequested();
    /// The room was rebuilt, and the person wants to see what it holds now.
    void compareRequested();

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    DocumentPage(std::shared_ptr<OpenDocument> open, QWidget* parent);
    void followConventions();
    void followFile();
    void tellLineEnds();
    void onSessionChanged();
    void watchSession();
    void onConnectionChanged();
    void showConnection();
    void onFollowEnded(Follow::End end, const QString& name);
    [[nodiscard]] QVBoxLayout* box() const;
    [[nodiscard]] bool isComparing() const;
    void showComparison(bool on);

    std::shared_ptr<OpenDocument> m_open;
    InlineBar* m_bar;
    CodeEditor* m_editor;
    FindBar* m_find;
    Minimap* m_minimap;
    CompareView* m_comparison = nullptr;
    ColumnMarker m_columnMarker;
    SpellCheck m_spelling;
    IndentStyle m_usualIndentation;
    int m_usualMarker = 0;
    QTimer m_patience; ///< a loss of a moment is no news
};

/// The name a document has by the room it is in: the last part of the room's name, without the
/// random end that Tutti gives to its own rooms.
[[nodiscard]] QString documentNameForRoom(const QString& room);

} // namespace tutti::ui
