// SPDX-License-Identifier: MIT
#include "ui/shell/editor_document.h"

#include "ui/editor/document_units.h"
#include "ui/shell/settings.h"

#include <QCryptographicHash>
#include <QFileInfo>

#include <algorithm>

namespace tutti::ui {

namespace {

std::u16string_view view(const QString& text)
{
    return QStringView(text); // both are UTF-16
}

crdt::Offset offset(qsizetype units)
{
    return crdt::Offset(static_cast<crdt::Offset::Value>(units));
}

} // namespace

EditorDocument::EditorDocument(const QString& rootName, QObject* parent)
    : QObject(parent)
    , m_text(m_doc.get<crdt::Text>(rootName.toStdString()))
{
    rememberSaved();
    m_subscription = m_text.observe([this](const crdt::TypeEvent&) { updateModified(); });
}

std::expected<std::unique_ptr<EditorDocument>, FileError> EditorDocument::open(
    const QString& path, const QString& rootName)
{
    auto document = forOpening(path, rootName);
    const auto file = read(path, document->m_config);
    if (!file) {
        return std::unexpected(file.error());
    }
    document->beginFile(*file);
    document->takePart(file->content.text);
    document->endFile(digestOf(file->content.text));
    return document;
}

std::unique_ptr<EditorDocument> EditorDocument::forNewFile(
    const QString& path, const QString& rootName)
{
    auto document = std::make_unique<EditorDocument>(rootName);
    document->m_path = QFileInfo(path).absoluteFilePath();
    document->m_config = readEditorConfig(path);
    document->m_format = {document->m_config.lineEnd.value_or(LineEnd::Lf),
        document->m_config.charset.value_or(TextEncoding::Utf8)};
    document->rememberSaved();
    return document;
}

std::unique_ptr<EditorDocument> EditorDocument::forOpening(
    const QString& path, const QString& rootName)
{
    auto document = forNewFile(path, rootName);
    document->m_stamp = fileStamp(path); // there is a file
    document->m_fileReadOnly = !QFileInfo(path).isWritable();
    document->m_opening = true;
    return document;
}

std::expected<LoadedFile, FileError> EditorDocument::read(
    const QString& path, const EditorConfig& config, const ReadProgress& progress)
{
    auto file = loadFile(path, {}, progress);
    if (!file || !config.charset || *config.charset == file->content.format.encoding) {
        return file;
    }
    const TextEncoding found = file->content.format.encoding;
    if (found == TextEncoding::Utf8Bom || found == TextEncoding::Utf16Le
        || found == TextEncoding::Utf16Be) {
        return file; // a mark leaves no doubt
    }
    auto configured = loadFile(path, config.charset, progress);
    return configured ? configured : file;
}

QByteArray EditorDocument::digestOf(QStringView text)
{
    return QCryptographicHash::hash(QByteArrayView(reinterpret_cast<const char*>(text.utf16()),
                                        text.size() * qsizetype{sizeof(char16_t)}),
        QCryptographicHash::Sha1);
}

void EditorDocument::beginFile(const LoadedFile& file)
{
    Q_ASSERT(m_opening);
    m_fileReadOnly = !file.writable;
    m_format = file.content.format;
    m_savedFormat = m_format;
    m_mixedLineEnds = file.content.mixedLineEnds;
    m_stamp = file.stamp;
    Q_EMIT formatChanged();
}

void EditorDocument::takePart(QStringView part)
{
    Q_ASSERT(m_opening);
    m_text.insert(m_text.length(), part);
}

void EditorDocument::endFile(const QByteArray& digest)
{
    Q_ASSERT(m_opening);
    m_savedLength = m_text.length();
    m_savedDigest = digest;
    m_opening = false;
    Q_EMIT opened();
}

QString EditorDocument::content() const { return toQString(m_text.toString()); }

bool EditorDocument::isEmpty() const noexcept { return m_text.length() == crdt::Offset(); }

QString EditorDocument::name() const
{
    if (!m_path.isEmpty()) {
        return QFileInfo(m_path).fileName();
    }
    if (!m_roomName.isEmpty()) {
        return m_roomName;
    }
    return m_untitledNumber > 1 ? tr("Untitled %1").arg(m_untitledNumber) : tr("Untitled");
}

void EditorDocument::setUntitledNumber(int number)
{
    m_untitledNumber = number;
    Q_EMIT nameChanged();
}

void EditorDocument::setFormat(const TextFormat& format)
{
    if (m_format != format) {
        m_lineEndChosen = m_lineEndChosen || m_format.lineEnd != format.lineEnd;
        m_format = format;
        Q_EMIT formatChanged();
        updateModified();
    }
}

void EditorDocument::setRoom(const QString& roomName)
{
    m_roomCopy = !roomName.isEmpty();
    if (m_roomCopy) { // kept after leaving, as the copy's name
        m_roomName = roomName;
    }
    updateModified();
    Q_EMIT nameChanged();
}

bool EditorDocument::changedOnDisk() const
{
    return !m_path.isEmpty() && fileStamp(m_path) != m_stamp;
}

FileError EditorDocument::stillOpening() const
{
    return {FileError::Kind::Other, tr("%1 is still being opened.").arg(name())};
}

std::expected<void, FileError> EditorDocument::save()
{
    Q_ASSERT(!m_path.isEmpty());
    return saveAs(m_path);
}

std::expected<void, FileError> EditorDocument::saveAs(const QString& path)
{
    if (m_opening) {
        return std::unexpected(stillOpening());
    }
    const QString absolute = QFileInfo(path).absoluteFilePath();
    const bool renamed = absolute != m_path;
    const TextFormat formatBefore = m_format;
    m_config = readEditorConfig(absolute); // it may have changed, too
    if (m_config.lineEnd && !m_lineEndChosen) {
        m_format.lineEnd = *m_config.lineEnd;
    }
    tidy();
    const auto stamp = saveFile(path, content(), m_format);
    if (m_format != formatBefore) {
        Q_EMIT formatChanged();
    }
    if (!stamp) {
        return std::unexpected(stamp.error());
    }
    m_path = absolute;
    m_stamp = *stamp;
    m_mixedLineEnds = false;
    m_fileReadOnly = false;
    rememberSaved();
    if (renamed) {
        Q_EMIT nameChanged();
    }
    return {};
}

std::expected<void, FileError> EditorDocument::reload(std::optional<TextEncoding> as)
{
    Q_ASSERT(!m_path.isEmpty());
    if (m_opening) {
        return std::unexpected(stillOpening());
    }
    auto file = as ? loadFile(m_path, as) : read(m_path, m_config);
    if (!file) {
        return std::unexpected(file.error());
    }
    replaceContent(file->content.text, "reload");
    m_stamp = file->stamp;
    m_mixedLineEnds = file->content.mixedLineEnds;
    m_format = file->content.format;
    rememberSaved();
    Q_EMIT formatChanged();
    return {};
}

void EditorDocument::replaceContent(const QString& after, const std::string& origin)
{
    const QString before = content();
    const auto same = [](auto a, auto aEnd, auto b, auto bEnd) {
        return std::mismatch(a, aEnd, b, bEnd).first - a;
    };
    qsizetype head = same(before.begin(), before.end(), after.begin(), after.end());
    if (head > 0 && before.at(head - 1).isHighSurrogate()) {
        --head; // a pair goes as a whole
    }
    qsizetype tail =
        same(before.rbegin(), before.rend() - head, after.rbegin(), after.rend() - head);
    if (tail > 0 && before.at(before.size() - tail).isLowSurrogate()) {
        --tail;
    }
    m_doc.transact(crdt::Origin(origin), [&] {
        m_text.erase(offset(head), offset(before.size() - head - tail));
        m_text.insert(offset(head),
            view(after).substr(static_cast<std::size_t>(head),
                static_cast<std::size_t>(after.size() - head - tail)));
    });
}

void EditorDocument::restore(const QString& text, const TextFormat& format, const FileStamp& stamp)
{
    replaceContent(text, "session");
    m_format = format;
    if (!m_path.isEmpty()) {
        m_stamp = stamp; // so that a change of the file since is noticed
    }
    updateModified();
}

void EditorDocument::tidy()
{
    if (m_roomCopy) {
        return;
    }
    const TidyOptions usual = Settings::tidy();
    const TidyOptions options{
        m_config.trimTrailingWhitespace.value_or(usual.trimTrailingWhitespace),
        m_config.insertFinalNewline.value_or(usual.insertFinalNewline)};
    const QString text = content();
    const std::vector<Replacement> edits = tidyEdits(text, options);
    if (edits.empty()) {
        return;
    }
    m_doc.transact(crdt::Origin(std::string("tidy")), [&] {
        for (auto edit = edits.rbegin(); edit != edits.rend(); ++edit) {
            m_text.erase(offset(edit->position), offset(edit->removed));
            if (!edit->inserted.isEmpty()) {
                m_text.insert(offset(edit->position), view(edit->inserted));
            }
        }
    });
}

void EditorDocument::rememberSaved()
{
    m_savedFormat = m_format;
    m_savedLength = m_text.length();
    m_savedDigest = digest();
    updateModified();
}

void EditorDocument::updateModified()
{
    if (m_opening) {
        return;
    }
    // The text is compared only where its length allows it to be the same: after an undo, say.
    const bool differs =
        m_format != m_savedFormat || m_text.length() != m_savedLength || digest() != m_savedDigest;
    const bool modified = differs && !(m_roomCopy && m_path.isEmpty());
    if (m_modified != modified) {
        m_modified = modified;
        Q_EMIT modifiedChanged(modified);
    }
}

QByteArray EditorDocument::digest() const
{
    const std::u16string text = m_text.toString();
    return digestOf(text);
}

} // namespace tutti::ui
