// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/doc.h"
#include "crdt/subscription.h"
#include "crdt/text.h"
#include "ui/shell/file_conventions.h"
#include "ui/shell/file_io.h"

#include <QByteArray>
#include <QObject>
#include <QString>

#include <expected>
#include <memory>
#include <optional>
#include <string>

namespace tutti::ui {

/// A text somebody works on: the shared document that holds it, the file it came from if there is
/// one, and whether that file has it all. No widgets; a CodeEditor is bound to doc() and text().
///
/// Inside, lines end with LF. The file's line ends, encoding and mode are kept by save().
/// Threads: the GUI's.
class EditorDocument : public QObject
{
    Q_OBJECT

public:
    /// An empty one without a file. `rootName` is the shared text's name, should it be shared.
    explicit EditorDocument(const QString& rootName, QObject* parent = nullptr);

    /// Reads a file.
    [[nodiscard]] static std::expected<std::unique_ptr<EditorDocument>, FileError> open(
        const QString& path, const QString& rootName);
    /// An empty one that will become that file when it is saved.
    [[nodiscard]] static std::unique_ptr<EditorDocument> forNewFile(
        const QString& path, const QString& rootName);

    /// One whose file is read elsewhere: it has its name, no text yet, and cannot be saved until
    /// endFile(). Nobody edits it meanwhile.
    [[nodiscard]] static std::unique_ptr<EditorDocument> forOpening(
        const QString& path, const QString& rootName);
    /// A file as its `.editorconfig` says it is encoded, or as it is recognised where that does not
    /// fit: what forOpening() waits for. Threads: any. Cost: O(file).
    [[nodiscard]] static std::expected<LoadedFile, FileError> read(
        const QString& path, const EditorConfig& config, const ReadProgress& progress = {});
    /// What tells a text from others. Threads: any. Cost: O(n).
    [[nodiscard]] static QByteArray digestOf(QStringView text);
    /// The file begins to come in, as an empty one that grows. Requires: isOpening().
    void beginFile(const LoadedFile& file);
    /// The next part of its text. Cost: O(part).
    void takePart(QStringView part);
    /// All of it is there; `digest` is the whole text's.
    void endFile(const QByteArray& digest);
    [[nodiscard]] bool isOpening() const noexcept { return m_opening; }

    [[nodiscard]] crdt::Doc& doc() noexcept { return m_doc; }
    [[nodiscard]] crdt::Text text() const noexcept { return m_text; }
    /// Cost: O(n).
    [[nodiscard]] QString content() const;
    [[nodiscard]] bool isEmpty() const noexcept;

    /// Empty without a file.
    [[nodiscard]] const QString& path() const noexcept { return m_path; }
    /// Has neither a file nor a name.
    [[nodiscard]] bool isUntitled() const noexcept
    {
        return m_path.isEmpty() && m_roomName.isEmpty();
    }
    /// The file's name; without one the room's name or "Untitled".
    [[nodiscard]] QString name() const;
    /// Numbers untitled documents in a window from 1.
    void setUntitledNumber(int number);

    [[nodiscard]] const TextFormat& format() const noexcept { return m_format; }
    /// The person's choice, which nothing else overrides.
    void setFormat(const TextFormat& format);
    /// The file was there when it was opened, and may not be written by this user.
    [[nodiscard]] bool isFileReadOnly() const noexcept { return m_fileReadOnly; }
    /// What `.editorconfig` files say about it.
    [[nodiscard]] const EditorConfig& config() const noexcept { return m_config; }
    /// The file had more than one kind of line end; saving makes them one.
    [[nodiscard]] bool hadMixedLineEnds() const noexcept { return m_mixedLineEnds; }

    /// Whether the file lacks something that is here. A guest's copy without a file lacks nothing:
    /// the room has it.
    [[nodiscard]] bool isModified() const noexcept { return m_modified; }

    /// The document is a guest's copy of that room from now on, or, with an empty name, no longer.
    void setRoom(const QString& roomName);
    [[nodiscard]] bool isRoomCopy() const noexcept { return m_roomCopy; }

    /// The file as it was last read or written here.
    [[nodiscard]] const FileStamp& stamp() const noexcept { return m_stamp; }
    /// Takes over what an earlier run held of this document, as one edit of what differs.
    /// `stamp`: of the file as that run knew it.
    void restore(const QString& text, const TextFormat& format, const FileStamp& stamp);
    /// The file is not the one that was last read or written here.
    [[nodiscard]] bool changedOnDisk() const;
    /// Tidies up first what is to be (file_conventions.h), as an edit of its own that touches only
    /// what changes; not in a guest's copy, which is the room's. Requires: a path.
    [[nodiscard]] std::expected<void, FileError> save();
    /// Takes on the new path when the file was written. What was there is replaced: ask first.
    [[nodiscard]] std::expected<void, FileError> saveAs(const QString& path);
    /// Takes over what is on disk as one edit of what differs, and its format. `as`: the encoding
    /// to read it in; without one it is recognised.
    [[nodiscard]] std::expected<void, FileError> reload(std::optional<TextEncoding> as = {});

Q_SIGNALS:
    void modifiedChanged(bool modified);
    /// The file that forOpening() was about has come in.
    void opened();
    /// Path or name.
    void nameChanged();
    void formatChanged();

private:
    /// Replaces what differs.
    void replaceContent(const QString& after, const std::string& origin);
    [[nodiscard]] FileError stillOpening() const;
    void rememberSaved();
    void tidy();
    void updateModified();
    [[nodiscard]] QByteArray digest() const;

    crdt::Doc m_doc;
    crdt::Text m_text;
    crdt::Subscription m_subscription;
    QString m_path;
    QString m_roomName;
    int m_untitledNumber = 1;
    EditorConfig m_config;
    TextFormat m_format;
    TextFormat m_savedFormat;
    FileStamp m_stamp;
    bool m_lineEndChosen = false;
    bool m_mixedLineEnds = false;
    bool m_fileReadOnly = false;
    bool m_roomCopy = false;
    bool m_modified = false;
    bool m_opening = false;
    crdt::Offset m_savedLength;
    QByteArray m_savedDigest;
};

} // namespace tutti::ui
