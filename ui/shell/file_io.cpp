// SPDX-License-Identifier: MIT
#include "ui/shell/file_io.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

#include <algorithm>

namespace tutti::ui {

namespace {

class Words
{
    Q_DECLARE_TR_FUNCTIONS(tutti::ui::FileIo)
};

QString shown(const QString& path) { return QFileInfo(path).fileName(); }

/// The file a path stands for: links resolved where they lead somewhere, one that leads nowhere
/// yet resolved to the file it would make.
QString target(const QString& path)
{
    const QFileInfo info(path);
    if (const QString canonical = info.canonicalFilePath(); !canonical.isEmpty()) {
        return canonical;
    }
    return info.isSymLink() ? info.symLinkTarget() : info.absoluteFilePath();
}

/// Words for what the operating system said. QFileDevice has no kind for most of it.
FileError readError(const QFileDevice& file, const QString& path)
{
    if (file.error() == QFileDevice::PermissionsError || !QFileInfo(path).isReadable()) {
        return {FileError::Kind::NoPermission,
            Words::tr("You have no permission to read %1.").arg(shown(path))};
    }
    return {FileError::Kind::Other,
        Words::tr("%1 could not be read: %2.").arg(shown(path), file.errorString())};
}

FileError writeError(const QFileDevice& file, const QString& path)
{
    const QFileInfo folder(QFileInfo(path).absolutePath());
    if (!folder.exists()) {
        return {FileError::Kind::NotFound,
            Words::tr("The folder %1 does not exist.")
                .arg(QDir::toNativeSeparators(folder.filePath()))};
    }
    const bool mayWrite =
        QFileInfo::exists(path) ? QFileInfo(path).isWritable() : folder.isWritable();
    if (!mayWrite || file.error() == QFileDevice::PermissionsError) {
        return {FileError::Kind::NoPermission,
            Words::tr(
                "You have no permission to write %1. Your text is still here; save it elsewhere.")
                .arg(shown(path))};
    }
    if (file.error() == QFileDevice::ResourceError) {
        return {FileError::Kind::NoSpace,
            Words::tr(
                "There is no space left to save %1. Your text is still here; make room and save "
                "again, or save it elsewhere.")
                .arg(shown(path))};
    }
    return {FileError::Kind::Other,
        Words::tr("%1 could not be saved: %2. Your text is still here.")
            .arg(shown(path), file.errorString())};
}

FileError notText(const QString& path, DecodeError error, std::optional<TextEncoding> as)
{
    if (error == DecodeError::NotInEncoding) {
        return {FileError::Kind::NotText,
            Words::tr("%1 holds bytes that do not exist in %2. It was not read so.")
                .arg(shown(path), encodingName(as.value_or(TextEncoding::Utf8)))};
    }
    return {FileError::Kind::NotText,
        (error == DecodeError::Binary
                ? Words::tr("%1 is not a text file: it holds binary data. It was not opened.")
                : Words::tr("%1 claims to be UTF-16, but is damaged. It was not opened."))
            .arg(shown(path))};
}

FileError unencodable(const QString& path, const Unencodable& missing, TextEncoding encoding)
{
    return {FileError::Kind::Unencodable,
        Words::tr("%1 was not saved: “%2” in line %3 does not exist in %4, the file's encoding.")
            .arg(shown(path), QString::fromUcs4(&missing.character, 1))
            .arg(missing.line)
            .arg(encodingName(encoding))};
}

} // namespace

std::expected<LoadedFile, FileError> loadFile(
    const QString& path, std::optional<TextEncoding> as, const ReadProgress& progress)
{
    const QFileInfo info(path);
    if (!info.exists()) {
        return std::unexpected(
            FileError{FileError::Kind::NotFound, Words::tr("%1 does not exist.").arg(shown(path))});
    }
    if (!info.isFile()) { // a pipe would block, a device never end
        return std::unexpected(FileError{FileError::Kind::NotAFile,
            (info.isDir() ? Words::tr("%1 is a folder.") : Words::tr("%1 is not an ordinary file."))
                .arg(shown(path))});
    }
    if (info.size() > kMaxFileSize) {
        return std::unexpected(FileError{FileError::Kind::TooLarge,
            Words::tr("%1 is larger than %2 MB. It was not opened.")
                .arg(shown(path))
                .arg(kMaxFileSize / 1024 / 1024)});
    }
    QFile file(path);
    if (!file.open(QFile::ReadOnly)) {
        return std::unexpected(readError(file, path));
    }
    LoadedFile loaded;
    loaded.stamp = fileStamp(path); // before reading: a change meanwhile is noticed at the save
    const auto cancelled = [&path] {
        return std::unexpected(FileError{
            FileError::Kind::Cancelled, Words::tr("%1 was not opened.").arg(shown(path))});
    };
    constexpr qint64 kPart = 4LL * 1024 * 1024;
    QByteArray bytes;
    bytes.reserve(info.size());
    while (file.error() == QFile::NoError) {
        const QByteArray part = file.read(kPart);
        if (part.isEmpty() || bytes.size() > kMaxFileSize) {
            break; // its end, or one that grows without end
        }
        bytes += part;
        const qint64 whole = std::max<qint64>({loaded.stamp.size, bytes.size(), 1});
        if (progress && !progress(static_cast<int>(bytes.size() * 100 / whole))) {
            return cancelled();
        }
    }
    if (file.error() != QFile::NoError) {
        return std::unexpected(readError(file, path));
    }
    auto content = decodeText(bytes, as);
    if (!content) {
        return std::unexpected(notText(path, content.error(), as));
    }
    if (progress && !progress(100)) {
        return cancelled();
    }
    loaded.content = *std::move(content);
    loaded.writable = info.isWritable();
    return loaded;
}

std::expected<FileStamp, FileError> saveFile(
    const QString& path, QStringView text, const TextFormat& format)
{
    const auto bytes = encodeText(text, format);
    if (!bytes) {
        return std::unexpected(unencodable(path, bytes.error(), format.encoding));
    }
    const QString real = target(path);
    if (const QFileInfo info(real); info.exists() && !info.isFile()) {
        return std::unexpected(FileError{FileError::Kind::NotAFile,
            (info.isDir() ? Words::tr("%1 is a folder.") : Words::tr("%1 is not an ordinary file."))
                .arg(shown(path))});
    }
    // A read-only file in a writable folder could be replaced; that is not what its owner meant.
    if (QFileInfo::exists(real) && !QFileInfo(real).isWritable()) {
        return std::unexpected(FileError{FileError::Kind::NoPermission,
            Words::tr("%1 is read-only. Your text is still here; save it under another name.")
                .arg(shown(path))});
    }
    QSaveFile file(real);
    file.setDirectWriteFallback(true);
    if (!file.open(QFile::WriteOnly) || file.write(*bytes) != bytes->size() || !file.commit()) {
        return std::unexpected(writeError(file, real));
    }
    return fileStamp(real);
}

FileStamp fileStamp(const QString& path)
{
    const QFileInfo info(path);
    return info.exists() ? FileStamp{info.size(), info.lastModified()} : FileStamp{};
}

} // namespace tutti::ui
