// SPDX-License-Identifier: MIT
#pragma once

#include "ui/shell/text_format.h"

#include <QDateTime>
#include <QString>

#include <expected>
#include <functional>
#include <optional>

/// Text files on disk. Symbolic links are followed, file modes kept; a failed save leaves the file
/// as it was. Threads: any. Cost: O(file).
namespace tutti::ui {

/// Tells whether a file is still the one that was read or written.
struct FileStamp
{
    qint64 size = -1; ///< -1: there is no file
    QDateTime modified;

    bool operator==(const FileStamp&) const = default;
};

struct LoadedFile
{
    DecodedText content;
    FileStamp stamp;
    bool writable = true;
};

/// Something the person has to know, and what kind of thing it is.
struct FileError
{
    enum class Kind {
        NotFound,
        NotAFile, ///< a folder, a device, a pipe
        NoPermission,
        NotText,
        TooLarge,
        Unencodable, ///< a character that the file's encoding lacks; see `saveFile`
        NoSpace,
        Cancelled,
        Other,
    };
    Kind kind = Kind::Other;
    /// Whole sentences for a person.
    QString words;
};

/// Texts beyond this are refused: an editor for people is not the tool.
inline constexpr qint64 kMaxFileSize = 256LL * 1024 * 1024;

/// Told now and then how much of a file was read, in percent; false stops it.
using ReadProgress = std::function<bool(int percent)>;

/// `as`: the encoding to read it in; without one it is recognised.
[[nodiscard]] std::expected<LoadedFile, FileError> loadFile(
    const QString& path, std::optional<TextEncoding> as = {}, const ReadProgress& progress = {});

/// Replaces the file in one step, or makes a new one. Where the folder takes no new files, the file
/// is written in place. Unencodable: nothing was written; another encoding would do.
[[nodiscard]] std::expected<FileStamp, FileError> saveFile(
    const QString& path, QStringView text, const TextFormat& format);

/// What is on disk under that path now.
[[nodiscard]] FileStamp fileStamp(const QString& path);

} // namespace tutti::ui
