// SPDX-License-Identifier: MIT
#include "ui/shell/document_journal.h"

#include "crdt/events.h"
#include "ui/editor/document_units.h"
#include "ui/shell/editor_document.h"
#include "ui/shell/session_writer.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>
#include <utility>

namespace tutti::ui {

namespace {

/// Edits are put together into a new text when they take this much, and as much as the text.
constexpr qsizetype kManyEditBytes = 1'000'000;
constexpr qsizetype kMaxMetaBytes = 1'000'000;

constexpr std::array kLineEnds{LineEnd::Lf, LineEnd::CrLf, LineEnd::Cr};

TextFormat formatFrom(const QJsonObject& object)
{
    TextFormat format;
    const QString encoding = object.value(QStringLiteral("encoding")).toString();
    const QString lineEnd = object.value(QStringLiteral("lineEnd")).toString();
    const QList<EncodingGroup> groups = encodingGroups();
    for (const EncodingGroup& group : groups) {
        for (const TextEncoding known : group.encodings) {
            format.encoding = encodingName(known) == encoding ? known : format.encoding;
        }
    }
    for (const LineEnd known : kLineEnds) {
        format.lineEnd = lineEndName(known) == lineEnd ? known : format.lineEnd;
    }
    return format;
}

QByteArray lineFor(const crdt::TypeEvent& event)
{
    QJsonArray steps;
    for (const crdt::DeltaOp& step : event.delta) {
        const auto length = static_cast<qint64>(step.length.value());
        switch (step.kind) {
        case crdt::DeltaOp::Kind::Retain:
            steps.append(length);
            break;
        case crdt::DeltaOp::Kind::Insert:
            // An embed is a unit that no plain text has; nothing follows that could tell.
            steps.append(step.text.empty()
                    ? QString(length, QChar(QChar::ObjectReplacementCharacter))
                    : toQString(step.text));
            break;
        case crdt::DeltaOp::Kind::Delete:
            steps.append(-length);
            break;
        }
    }
    return QJsonDocument(steps).toJson(QJsonDocument::Compact) + '\n';
}

crdt::Offset offset(qint64 units) { return crdt::Offset(static_cast<crdt::Offset::Value>(units)); }

/// Does what a line says. False, and nothing is done, where it cannot have been written for this
/// text.
bool applyLine(crdt::Text text, const QByteArray& line)
{
    const QJsonDocument document = QJsonDocument::fromJson(line);
    if (!document.isArray()) {
        return false;
    }
    const QJsonArray steps = document.array();
    const auto length = static_cast<qint64>(text.length().value());
    qint64 covered = 0; // of the old text
    for (const QJsonValue& step : steps) {
        const auto units = step.toInteger();
        covered += std::abs(units);
        if (!(step.isString() || (step.isDouble() && units != 0)) || covered > length) {
            return false;
        }
    }
    qint64 at = 0;
    for (const QJsonValue& step : steps) {
        if (step.isString()) {
            const QString inserted = step.toString();
            text.insert(offset(at), QStringView(inserted));
            at += inserted.size();
        } else if (const qint64 units = step.toInteger(); units > 0) {
            at += units;
        } else {
            text.erase(offset(at), offset(-units));
        }
    }
    return true;
}

} // namespace

DocumentJournal::DocumentJournal(
    EditorDocument& document, SessionWriter& writer, const QString& stem)
    : m_document(document)
    , m_writer(writer)
    , m_stem(stem)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(kWriteAfterMs);
    connect(&m_timer, &QTimer::timeout, this, &DocumentJournal::flush);
    m_subscription =
        document.text().observe([this](const crdt::TypeEvent& event) { onText(event); });
    connect(&document, &EditorDocument::modifiedChanged, this, &DocumentJournal::soon);
    connect(&document, &EditorDocument::nameChanged, this, &DocumentJournal::soon);
    connect(&document, &EditorDocument::formatChanged, this, &DocumentJournal::soon);
    soon();
}

void DocumentJournal::soon()
{
    if (!m_timer.isActive()) {
        m_timer.start(); // not anew: who types without a pause is kept as well
    }
}

void DocumentJournal::onText(const crdt::TypeEvent& event)
{
    if (m_keepsText && !event.delta.empty()) {
        m_pending += lineFor(event);
    }
    soon();
}

void DocumentJournal::setPlaceQuery(std::function<DocumentPlace()> query)
{
    m_place = std::move(query);
}

bool DocumentJournal::isWorthKeeping() const
{
    return !m_document.path().isEmpty() || m_document.isModified();
}

void DocumentJournal::flush()
{
    m_timer.stop();
    if (!isWorthKeeping()) {
        forget();
        return;
    }
    if (!m_document.isModified()) {
        const bool kept = std::exchange(m_keepsText, false);
        m_pending.clear();
        writeMeta();
        if (kept) {
            removeGeneration(m_generation);
        }
        return;
    }
    m_editBytes += m_pending.size();
    if (!m_keepsText || m_editBytes > std::max(kManyEditBytes, m_baseUnits)) {
        writeBase();
    } else if (!m_pending.isEmpty()) {
        m_writer.append(file(m_generation, ".edits"), m_pending);
    }
    m_pending.clear();
    writeMeta();
}

void DocumentJournal::writeBase()
{
    const int before = m_keepsText ? m_generation : 0;
    ++m_generation;
    m_keepsText = true;
    m_editBytes = 0;
    const QString text = m_document.content();
    m_baseUnits = text.size();
    m_writer.write(file(m_generation, ".text"), [text] { return text.toUtf8(); });
    writeMeta(); // which names it, before the one it names now goes
    if (before > 0) {
        removeGeneration(before);
    }
}

void DocumentJournal::writeMeta()
{
    const QByteArray bytes = meta();
    if (bytes != m_writtenMeta) {
        m_writtenMeta = bytes;
        m_writer.write(m_stem + QStringLiteral(".json"), [bytes] { return bytes; });
    }
}

QByteArray DocumentJournal::meta() const
{
    const FileStamp& stamp = m_document.stamp();
    QJsonObject object{
        {QStringLiteral("version"), kVersion},
        {QStringLiteral("path"), m_document.path()},
        {QStringLiteral("name"), m_document.isUntitled() ? QString() : m_document.name()},
        {QStringLiteral("encoding"), encodingName(m_document.format().encoding)},
        {QStringLiteral("lineEnd"), lineEndName(m_document.format().lineEnd)},
        {QStringLiteral("fileSize"), stamp.size},
        {QStringLiteral("fileTime"), stamp.modified.toMSecsSinceEpoch()},
    };
    if (m_place) {
        m_place().writeTo(object);
    }
    if (m_keepsText) {
        object.insert(QStringLiteral("text"), m_generation);
    }
    return QJsonDocument(object).toJson(QJsonDocument::Indented);
}

QString DocumentJournal::file(int generation, const char* ending) const
{
    return QStringLiteral("%1.%2%3").arg(m_stem).arg(generation).arg(QLatin1StringView(ending));
}

void DocumentJournal::removeGeneration(int generation)
{
    m_writer.remove(file(generation, ".text"));
    m_writer.remove(file(generation, ".edits"));
}

void DocumentJournal::forget()
{
    m_timer.stop();
    m_pending.clear();
    m_writtenMeta.clear();
    m_writer.remove(m_stem + QStringLiteral(".json"));
    if (std::exchange(m_keepsText, false)) {
        removeGeneration(m_generation);
    }
}

std::optional<SavedDocument> DocumentJournal::read(const QString& stem)
{
    QFile metaFile(stem + QStringLiteral(".json"));
    const QJsonObject object = metaFile.open(QFile::ReadOnly)
        ? QJsonDocument::fromJson(metaFile.read(kMaxMetaBytes)).object()
        : QJsonObject();
    const auto text = [&object](const char* key) {
        return object.value(QLatin1StringView(key)).toString();
    };
    const auto number = [&object](const char* key) {
        return std::max(0, object.value(QLatin1StringView(key)).toInt());
    };
    SavedDocument saved{.path = text("path"), .name = text("name"), .format = formatFrom(object)};
    saved.stamp.size = object.value(QStringLiteral("fileSize")).toInteger(-1);
    if (saved.stamp.size >= 0) {
        saved.stamp.modified =
            QDateTime::fromMSecsSinceEpoch(object.value(QStringLiteral("fileTime")).toInteger());
    }
    saved.place = DocumentPlace::from(object);
    int generation = number("text");
    if (object.isEmpty()) { // damaged, or never written: whatever text there is, is kept
        const QFileInfo at(stem);
        const QStringList texts = at.dir().entryList(
            {at.fileName() + QStringLiteral(".*.text")}, QDir::Files, QDir::Time);
        generation = texts.isEmpty() ? 0 : texts.first().section(QChar(u'.'), -2, -2).toInt();
    }
    if (generation > 0) {
        const QString begin = QStringLiteral("%1.%2").arg(stem).arg(generation);
        QFile base(begin + QStringLiteral(".text"));
        if (base.open(QFile::ReadOnly)) {
            saved.text = QString::fromUtf8(base.readAll());
            QFile edits(begin + QStringLiteral(".edits"));
            if (edits.open(QFile::ReadOnly)) {
                saved.edits = edits.readAll().split('\n');
            }
        }
    }
    return saved.path.isEmpty() && !saved.text ? std::nullopt : std::optional(saved);
}

std::expected<std::unique_ptr<EditorDocument>, FileError> DocumentJournal::restore(
    const SavedDocument& saved, const QString& rootName)
{
    std::unique_ptr<EditorDocument> document;
    if (saved.path.isEmpty()) {
        document = std::make_unique<EditorDocument>(rootName);
        if (!saved.name.isEmpty()) {
            document->setRoom(saved.name); // its name …
            document->setRoom({}); // … but not in a room
        }
    } else if (auto opened = EditorDocument::open(saved.path, rootName)) {
        document = *std::move(opened);
    } else if (!saved.text && saved.stamp.size >= 0) {
        return std::unexpected(opened.error());
    } else {
        document = EditorDocument::forNewFile(saved.path, rootName);
    }
    if (saved.text) {
        document->restore(*saved.text, saved.format, saved.stamp);
        document->doc().transact(crdt::Origin(std::string("session")), [&] {
            for (const QByteArray& line : saved.edits) {
                if (!applyLine(document->text(), line)) {
                    break; // cut off: what follows was not written for this text
                }
            }
        });
    }
    return document;
}

} // namespace tutti::ui
