// SPDX-License-Identifier: MIT
#pragma once

#include "net/room_address.h"
#include "ui/editor/editor_theme.h"
#include "ui/shell/document_page.h"
#include "ui/shell/room_service.h"
#include "ui/shell/setting_table.h"
#include "ui/shell/settings.h"
#include "ui/shell/unsent_changes.h"

#include <QMainWindow>
#include <QPointer>

#include <functional>
#include <optional>

namespace tutti::ui {

class Actions;
class FindPanel;
class HeaderBar;
class Pane;
class PaneArea;
class ParticipantsPanel;
class RoomAccess;
class SettingsDialog;
class SharePopover;
class ShortcutBindings;
class StatusStrip;
class Theme;
class TokenStore;
class WindowPicks;
class WindowSession;
struct SavedDocument;

/// The window: documents in tabs, menus, who is here, and the line that says how it stands.
/// Questions never block: they are window-modal and go on by signal.
///
/// Threads: the GUI's.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    struct Context
    {
        RoomService& rooms; ///< outlives the window
        Theme& theme; ///< outlives the window
        TokenStore* tokens = nullptr; ///< outlives the window; null: none are remembered
        Identity identity;
        /// The root text's name in rooms.
        QString textName = QStringLiteral("codemirror");
    };

    explicit MainWindow(const Context& context, QWidget* parent = nullptr);
    ~MainWindow() override;

    /// An empty document in a new tab.
    DocumentPage& newDocument();
    /// Opens a file in a tab, or shows the tab it is open in. One that does not exist yet is made
    /// by the first save; a large one comes in while the window answers (Opening). Null, with the
    /// reason in the bar, when it cannot be opened. A line or column of 0 means "not said".
    DocumentPage* openFile(const QString& path, int line = 0, int column = 0);
    /// Hosts a document and gives its link; one that is in a room already keeps that. Nothing, with
    /// the reason in the bar, when it cannot be hosted.
    std::optional<QString> share(DocumentPage& page);
    /// Enters a room in a new tab. Requires: the person agreed to it.
    DocumentPage& join(const net::RoomAddress& address, const QString& textName,
        const net::TokenSource& token = {});
    /// The same, with a token that was typed.
    DocumentPage& join(const net::RoomAddress& address, const QString& textName,
        std::unique_ptr<RoomAccess> access);
    /// Shows what joining that link would mean, and joins when the person agrees; with `token`
    /// where the link is left as it is and no other token is typed.
    void askToJoin(const QString& link = {}, const net::TokenSource& token = {});

    /// Keeps what the window shows for the next run, from now on; with `restore`, opens what
    /// earlier ones left. Without this, closing asks about each document that is not saved.
    void keepSession(bool restore);
    /// A document of an earlier run; null when there is nothing to be shown of it. With
    /// `completely`, its whole text is there when this returns, however large it is.
    DocumentPage* reopen(const SavedDocument& saved, bool completely = false);
    /// Shows what an earlier run could not send any more, if there is anything.
    void offerUnsentChanges();

    [[nodiscard]] DocumentPage* currentPage() const;
    void showPage(DocumentPage& page);
    /// One for each document that is open: of the active pane if it is there, else the first.
    [[nodiscard]] QList<DocumentPage*> pages() const;
    /// All tabs of all panes; a document may be in several.
    [[nodiscard]] QList<DocumentPage*> views() const;
    [[nodiscard]] PaneArea& panes() noexcept { return *m_panes; }
    /// Shows the document of that page once more: as a tab of that pane, before that index or as
    /// the last one.
    DocumentPage& addView(DocumentPage& page, Pane& pane, int index = -1);
    [[nodiscard]] WindowPicks& picks() noexcept { return *m_picks; }
    [[nodiscard]] Actions& actions() noexcept { return *m_actions; }
    [[nodiscard]] const Identity& identity() const noexcept { return m_context.identity; }
    void setIdentity(const Identity& identity);

    /// After a change of the settings they are named for.
    void followThemeSetting();
    void followMotionSetting();
    void refreshEditorThemes();

Q_SIGNALS:
    void pageAdded(tutti::ui::DocumentPage& page);
    /// The order of the tabs, which one is shown, the window's size.
    void arrangementChanged();

protected:
    void closeEvent(QCloseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool event(QEvent* event) override;
    bool focusNextPrevChild(bool next) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    using Then = std::function<void(bool done)>;

    // main_window.cpp
    /// `replacesPristine`: takes the place of an empty, untitled tab.
    DocumentPage& addPage(std::unique_ptr<EditorDocument> document, bool replacesPristine);
    void removePage(DocumentPage& page);
    void connectEditing();
    void connectView();
    /// Signals and settings of a page that is new.
    void adopt(DocumentPage& page);
    void onCurrentPage();
    void forgetShown();
    void refreshTitle(DocumentPage& page);
    void refreshActions();
    void setZoom(int percent);

    // main_window_panes.cpp
    void connectPanes();
    void splitView(bool below);
    /// Says why not, when not.
    [[nodiscard]] bool mayHaveAnotherView(DocumentPage& page);
    void movePageToNextPane();
    void closeOtherPages(DocumentPage& page);
    void showTabMenu(DocumentPage& page, const QPoint& globalPosition);
    void refreshPaneActions();

    // main_window_settings.cpp
    void connectSettings();
    /// Those of one section, or all.
    void applySettings(
        DocumentPage& page, std::optional<SettingSpec::Section> section = std::nullopt);
    void showSettings(bool shortcuts);
    [[nodiscard]] EditorTheme editorTheme() const;

    // main_window_files.cpp
    void connectFiles();
    /// The tab of a large file, which comes in while the window answers.
    DocumentPage& openInSlices(const QString& absolute);
    void askForFile();
    /// Files dragged onto the window. True when the event was one of these.
    bool takeDrop(QEvent& event);
    void save(DocumentPage& page, const Then& then = {});
    void askForSavePath(DocumentPage& page, const Then& then = {});
    void write(DocumentPage& page, const QString& path, const Then& then);
    void showSaveError(DocumentPage& page, const FileError& error, const QString& path);
    void askAboutDiskChange(DocumentPage& page);
    [[nodiscard]] int nextUntitledNumber() const;

    // main_window_closing.cpp
    void closePage(DocumentPage& page);
    /// Asks what there is to ask before a page may go; `then` hears whether it may.
    void settle(DocumentPage& page, const Then& then);
    void askBeforeClosing(DocumentPage& page, const Then& then);
    void settleNext();

    // main_window_recovery.cpp
    void openUnsentChanges(const UnsentChanges::Leftover& leftover);

    // main_window_session.cpp
    DocumentPage& enterRoom(const net::RoomAddress& address, const QString& textName,
        std::unique_ptr<RoomAccess> access, const QString& name);
    /// Opens what a rebuilt room holds now beside what this page holds.
    void compareWithRoom(DocumentPage& page);
    void connectSession();
    void onShareAction();
    void showSharePopover(DocumentPage& page);
    void setReach(DocumentPage& page, Reach reach);
    void leave(DocumentPage& page);
    /// The others see this user leave now; a hosted room ends.
    void endSession(DocumentPage& page);
    void refreshConnection();
    void refreshSession();
    void placeParticipants();

    Context m_context;
    Actions* m_actions;
    HeaderBar* m_header;
    PaneArea* m_panes;
    ParticipantsPanel* m_participants;
    FindPanel* m_findPanel;
    StatusStrip* m_status;
    SharePopover* m_popover;
    WindowPicks* m_picks = nullptr;
    ShortcutBindings* m_shortcuts = nullptr;
    QPointer<SettingsDialog> m_settings;
    QPointer<DocumentPage> m_shown; ///< whose signals the actions follow
    QList<DocumentPage*> m_beingAsked; ///< pages somebody has to decide about
    QList<DocumentPage*> m_settled; ///< while quitting: pages that may go
    bool m_mayClose = false;
    bool m_textIsKept = false; ///< while closing: nothing needs to be saved
    WindowSession* m_session = nullptr;
    int m_zoom = 100;
};

} // namespace tutti::ui
