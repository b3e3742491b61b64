// SPDX-License-Identifier: MIT
#pragma once

#include "ui/shell/session_writer.h"

#include <QHash>
#include <QJsonObject>
#include <QLockFile>
#include <QObject>
#include <QTimer>

#include <memory>

namespace tutti::ui {

class DocumentJournal;
class EditorDocument;
class DocumentPage;
struct PaneLayout;
class MainWindow;

/// What a window shows, kept on disk while it is shown, and opened again by the next one: documents
/// with what was not saved of them, their order, where one was in them, the window's size. A crash
/// loses two seconds at most.
///
/// A folder of its own for each program that runs, under XDG_STATE_HOME/tutti/session, locked while
/// it does; what is not locked was left behind and is taken over. `window.json` in it has the
/// order; DocumentJournal has the documents. `layout` in it has the panes, where there are several:
/// `{"split": "horizontal", "sizes": […], "parts": […]}`, or, of a pane,
/// `{"tabs": [{"document": ID, …}], "current": 0, "active": true}`, where a document's second view
/// has its place with it (DocumentPlace::writeTo).
///
/// Threads: the GUI's. Requires: the window outlives it.
class WindowSession : public QObject
{
    Q_OBJECT

public:
    static constexpr int kVersion = 1;

    explicit WindowSession(MainWindow& window);
    ~WindowSession() override;

    /// Opens what earlier runs left behind. Whatever is damaged is left out; nothing here stops
    /// the start.
    void restore();
    /// Whether what is in the window now would be there again: nothing has to be saved before it
    /// closes.
    [[nodiscard]] bool isKept();
    /// The window closes. `keep`: what it shows is for the next run.
    void close(bool keep);
    /// The page is decided about: what it held is not wanted any more.
    void forget(const DocumentPage& page);

    [[nodiscard]] static QString folder();

private:
    /// What is kept of a document, whichever pages show it.
    struct Kept
    {
        QString id;
        DocumentJournal* journal = nullptr; ///< a child of this
    };

    void watch(DocumentPage& page);
    /// The page that the document's journal has the place of; null when there is none any more.
    [[nodiscard]] DocumentPage* firstViewOf(const EditorDocument& document) const;
    [[nodiscard]] QString idOf(const DocumentPage& page) const;
    void writeSoon();
    void writeWindow();
    [[nodiscard]] QJsonObject toJson(const PaneLayout& layout) const;
    [[nodiscard]] PaneLayout layoutFrom(
        const QJsonObject& object, QHash<QString, DocumentPage*>& pages, int depth = 0);
    /// False when it is not for this version, and stays.
    [[nodiscard]] bool restoreFrom(const QString& folder);

    MainWindow& m_window;
    QString m_folder;
    std::unique_ptr<QLockFile> m_lock;
    SessionWriter m_writer;
    QHash<const EditorDocument*, Kept> m_kept;
    QTimer m_timer;
    QByteArray m_written;
    bool m_closed = false;
};

} // namespace tutti::ui
