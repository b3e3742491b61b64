// SPDX-License-Identifier: MIT
#include "ui/shell/unsent_changes.h"

#include "ui/shell/file_lock.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>
#include <QStandardPaths>
#include <QUuid>

#include <algorithm>

namespace tutti::ui {

namespace {

// A file is one line of JSON, then the update's bytes.
const auto kFormat = QStringLiteral("tutti-unsent-1");
const auto kEnding = QStringLiteral(".unsent");

QByteArray headerOf(const UnsentChanges::Description& description)
{
    return QJsonDocument(QJsonObject{
                             {QStringLiteral("format"), kFormat},
                             {QStringLiteral("name"), description.name},
                             {QStringLiteral("link"), description.link},
                             {QStringLiteral("text"), description.textName},
                             {QStringLiteral("written"),
                                 description.written.toUTC().toString(Qt::ISODateWithMs)},
                         })
               .toJson(QJsonDocument::Compact)
        + '\n';
}

std::optional<UnsentChanges::Description> readHeader(QFile& file)
{
    const QJsonObject header = QJsonDocument::fromJson(file.readLine(64 * 1024)).object();
    if (header.value(QStringLiteral("format")).toString() != kFormat) {
        return std::nullopt;
    }
    return UnsentChanges::Description{
        .name = header.value(QStringLiteral("name")).toString(),
        .link = header.value(QStringLiteral("link")).toString(),
        .textName = header.value(QStringLiteral("text")).toString(),
        .written = QDateTime::fromString(
            header.value(QStringLiteral("written")).toString(), Qt::ISODateWithMs),
    };
}

class Words
{
    Q_DECLARE_TR_FUNCTIONS(tutti::ui::UnsentChanges)
};

} // namespace

UnsentChanges::UnsentChanges() = default;

UnsentChanges::~UnsentChanges() { remove(); }

std::expected<void, QString> UnsentChanges::write(
    const Description& description, crdt::BytesView update)
{
    if (m_path.isEmpty()) {
        const QString path =
            QDir(folder()).filePath(QUuid::createUuid().toString(QUuid::WithoutBraces) + kEnding);
        QDir().mkpath(folder());
        auto lock = lockedBy(path);
        if (!lock) {
            return std::unexpected(Words::tr("%1 cannot be written to.").arg(folder()));
        }
        m_path = path;
        m_lock = std::move(lock);
    }
    QSaveFile file(m_path);
    const auto size = static_cast<qint64>(update.size());
    const QByteArray header = headerOf(description);
    if (!file.open(QFile::WriteOnly) || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner)
        || file.write(header) != header.size()
        || file.write(reinterpret_cast<const char*>(update.data()), size) != size
        || !file.commit()) {
        return std::unexpected(file.errorString());
    }
    return {};
}

void UnsentChanges::remove()
{
    if (!m_path.isEmpty()) {
        QFile::remove(m_path);
        m_lock.reset();
        m_path.clear();
    }
}

QList<UnsentChanges::Leftover> UnsentChanges::leftovers()
{
    QList<Leftover> result;
    const QDir dir(folder());
    for (const QString& name : dir.entryList({QChar(u'*') + kEnding}, QDir::Files)) {
        const QString path = dir.filePath(name);
        if (!lockedBy(path)) {
            continue; // its program still runs
        }
        QFile file(path);
        if (file.open(QFile::ReadOnly)) {
            if (const auto description = readHeader(file)) {
                result.append({path, *description});
            }
        }
    }
    std::ranges::sort(
        result, {}, [](const Leftover& leftover) { return leftover.description.written; });
    return result;
}

std::expected<crdt::Bytes, QString> UnsentChanges::read(const QString& path)
{
    QFile file(path);
    if (!file.open(QFile::ReadOnly) || !readHeader(file)) {
        return std::unexpected(Words::tr("%1 cannot be read.").arg(path));
    }
    const QByteArray update = file.readAll();
    const auto bytes =
        std::as_bytes(std::span(update.data(), static_cast<std::size_t>(update.size())));
    return crdt::Bytes(bytes.begin(), bytes.end());
}

void UnsentChanges::discard(const Leftover& leftover) { QFile::remove(leftover.path); }

QString UnsentChanges::folder()
{
    return QStandardPaths::writableLocation(QStandardPaths::StateLocation)
        + QStringLiteral("/unsent");
}

} // namespace tutti::ui
