// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/subscription.h"
#include "ui/shell/document_place.h"
#include "ui/shell/file_io.h"
#include "ui/shell/text_format.h"

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QString>
#include <QTimer>

#include <expected>
#include <functional>
#include <memory>
#include <optional>

namespace tutti::crdt {
struct TypeEvent;
}

namespace tutti::ui {

class EditorDocument;
class SessionWriter;

/// What a journal holds.
struct SavedDocument
{
    QString path{}; ///< empty: the document has no file
    QString name{}; ///< of one without a file that is not just "Untitled"
    TextFormat format{};
    FileStamp stamp{}; ///< of the file as the document knew it
    DocumentPlace place{};
    /// The text, where it is not the file's: as it was once …
    std::optional<QString> text{};
    /// … and the edits made since, each a line of JSON.
    QList<QByteArray> edits{};
};

/// Keeps a document on disk as it is at any time, within two seconds: where it came from, where its
/// reader was, and, while it has something that its file lacks, its text. That is written whole
/// once, and then only what changes.
///
/// Files: STEM.json, which names a generation N; STEM.N.text, UTF-8; STEM.N.edits, a line for each
/// change: `[5,"abc",-2]` keeps 5 units, inserts, deletes 2. A line is taken back that is cut off.
/// Guests' copies of rooms are not kept here (OfflineCopy keeps what their rooms lack).
///
/// Threads: the GUI's. Requires: document and writer outlive it. Cost: O(edit); now and then
/// O(document) to copy its text.
class DocumentJournal : public QObject
{
    Q_OBJECT

public:
    static constexpr int kWriteAfterMs = 250; ///< between a change and its writing
    static constexpr int kVersion = 1;

    /// `stem`: a path without an ending.
    DocumentJournal(EditorDocument& document, SessionWriter& writer, const QString& stem);

    /// How to learn where the user is, asked when something is written.
    void setPlaceQuery(std::function<DocumentPlace()> query);
    /// Something may have changed: has it written within kWriteAfterMs.
    void soon();
    /// Has everything written; the writer may not have done it yet.
    void flush();
    /// Removes the files.
    void forget();
    /// There is something that makes it worth keeping.
    [[nodiscard]] bool isWorthKeeping() const;

    /// Nothing where there is nothing, or only what cannot be understood.
    [[nodiscard]] static std::optional<SavedDocument> read(const QString& stem);
    /// A document as it was kept. Errors: its file cannot be opened any more, and there is no text.
    [[nodiscard]] static std::expected<std::unique_ptr<EditorDocument>, FileError> restore(
        const SavedDocument& saved, const QString& rootName);

private:
    void onText(const crdt::TypeEvent& event);
    void writeBase();
    void writeMeta();
    [[nodiscard]] QByteArray meta() const;
    [[nodiscard]] QString file(int generation, const char* ending) const;
    void removeGeneration(int generation);

    EditorDocument& m_document;
    SessionWriter& m_writer;
    QString m_stem;
    crdt::Subscription m_subscription;
    QTimer m_timer;
    std::function<DocumentPlace()> m_place;
    int m_generation = 0; ///< of the last text that was written
    bool m_keepsText = false;
    qsizetype m_baseUnits = 0;
    qsizetype m_editBytes = 0;
    QByteArray m_pending; ///< edits that are not written yet
    QByteArray m_writtenMeta;
};

} // namespace tutti::ui
