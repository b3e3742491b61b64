// SPDX-License-Identifier: MIT
#include "net/store/update_log.h"

#include "crdt/doc.h"
#include "net/bytes.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QSqlError>
#include <QSqlQuery>
#include <QVariant>

#include <atomic>
#include <utility>
#include <zlib.h>

namespace tutti::net {

namespace {

constexpr int kSchema = 1;
/// Marks the file as ours ("Tutt"), for `file` and for us.
constexpr int kApplication = 0x54757474;

class Words
{
    Q_DECLARE_TR_FUNCTIONS(tutti::net::UpdateLog)
};

/// Qt knows databases by global names.
QString uniqueName()
{
    static std::atomic<int> count{0};
    return QStringLiteral("tutti-log-%1").arg(++count);
}

/// Of the document's number too: a row that lands with another document is damaged as well.
std::int64_t checksum(std::int64_t document, const QByteArray& update)
{
    const QByteArray number = QByteArray::number(static_cast<qlonglong>(document));
    auto sum = crc32(
        0, reinterpret_cast<const Bytef*>(number.constData()), static_cast<uInt>(number.size()));
    sum = crc32(
        sum, reinterpret_cast<const Bytef*>(update.constData()), static_cast<uInt>(update.size()));
    return static_cast<std::int64_t>(sum);
}

/// What went wrong, in words a person can act on.
QString inWords(const QString& file, const QSqlError& error)
{
    // SQLite's primary result codes.
    constexpr int kBusy = 5;
    constexpr int kReadOnly = 8;
    constexpr int kIoError = 10;
    constexpr int kCorrupt = 11;
    constexpr int kFull = 13;
    constexpr int kCannotOpen = 14;
    constexpr int kNotADatabase = 26;
    const QString path = QDir::toNativeSeparators(file);
    switch (error.nativeErrorCode().toInt() & 0xFF) {
    case kBusy:
        return Words::tr("%1 is in use by another program").arg(path);
    case kReadOnly:
        return Words::tr("%1 cannot be written").arg(path);
    case kIoError:
        return Words::tr("Reading or writing %1 failed").arg(path);
    case kFull:
        return Words::tr("The disk that holds %1 is full").arg(path);
    case kCannotOpen:
        return Words::tr("%1 cannot be opened").arg(path);
    case kCorrupt:
    case kNotADatabase:
        return Words::tr("%1 is damaged, or not a database of Tutti's").arg(path);
    default:
        return Words::tr("%1: %2").arg(path, error.databaseText());
    }
}

} // namespace

UpdateLog::UpdateLog(const QString& file)
    : m_file(QFileInfo(file).absoluteFilePath())
    , m_database(QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), uniqueName()))
{ }

UpdateLog::~UpdateLog()
{
    if (hasUnwritten()) {
        static_cast<void>(flush());
    }
    const QString name = m_database.connectionName();
    m_database.close();
    m_database = QSqlDatabase();
    QSqlDatabase::removeDatabase(name);
}

UpdateLog::Result<std::unique_ptr<UpdateLog>> UpdateLog::open(const QString& file)
{
    std::unique_ptr<UpdateLog> log(new UpdateLog(file));
    if (const Result<void> done = log->connect(); !done) {
        return std::unexpected(done.error());
    }
    return log;
}

UpdateLog::Result<void> UpdateLog::connect()
{
    if (!m_database.isValid()) {
        return std::unexpected(Words::tr("Qt's driver for SQLite is missing"));
    }
    m_database.setDatabaseName(m_file);
    m_database.setConnectOptions(QStringLiteral("QSQLITE_BUSY_TIMEOUT=2000"));
    if (!m_database.open()) {
        return std::unexpected(inWords(m_file, m_database.lastError()));
    }
    // One writer: the lock is taken with the first statement and kept. A write-ahead log whose
    // every commit reaches the disk is what makes flush() mean what it says.
    for (const char* pragma : {"PRAGMA locking_mode = EXCLUSIVE", "PRAGMA journal_mode = WAL",
             "PRAGMA synchronous = FULL", "PRAGMA foreign_keys = ON"}) {
        QSqlQuery query(m_database);
        if (!query.exec(QLatin1StringView(pragma))) {
            return std::unexpected(inWords(m_file, query.lastError()));
        }
    }
    return prepareSchema();
}

UpdateLog::Result<void> UpdateLog::prepareSchema()
{
    QSqlQuery query(m_database);
    const auto number = [&query](const char* pragma) {
        return query.exec(QLatin1StringView(pragma)) && query.next() ? query.value(0).toInt() : -1;
    };
    const int application = number("PRAGMA application_id");
    const int schema = number("PRAGMA user_version");
    if (application == -1 || schema == -1) {
        return std::unexpected(inWords(m_file, query.lastError()));
    }
    if (application == kApplication && schema == kSchema) {
        return {};
    }
    if (application == kApplication && schema > kSchema) {
        return std::unexpected(Words::tr("%1 was written by a newer version of Tutti")
                .arg(QDir::toNativeSeparators(m_file)));
    }
    if (application != 0 || number("SELECT count(*) FROM sqlite_master") != 0) {
        return std::unexpected(
            Words::tr("%1 is a database of another program").arg(QDir::toNativeSeparators(m_file)));
    }
    query.finish();
    const QString statements[] = {
        QStringLiteral("CREATE TABLE document (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)"),
        QStringLiteral("CREATE TABLE entry (number INTEGER PRIMARY KEY AUTOINCREMENT,"
                       " document INTEGER NOT NULL REFERENCES document(id),"
                       " time INTEGER NOT NULL, checksum INTEGER NOT NULL, content BLOB NOT NULL)"),
        QStringLiteral("CREATE INDEX entry_by_document ON entry(document, number)"),
        QStringLiteral("PRAGMA application_id = %1").arg(kApplication),
        QStringLiteral("PRAGMA user_version = %1").arg(kSchema)};
    return inTransaction([this, &query, &statements]() -> Result<void> {
        for (const QString& statement : statements) {
            if (!query.exec(statement)) {
                return std::unexpected(inWords(m_file, query.lastError()));
            }
        }
        return {};
    });
}

UpdateLog::Result<void> UpdateLog::execute(QSqlQuery& query) const
{
    if (!query.exec()) {
        return std::unexpected(inWords(m_file, query.lastError()));
    }
    return {};
}

UpdateLog::Result<void> UpdateLog::inTransaction(const std::function<Result<void>()>& work)
{
    if (!m_database.transaction()) {
        return std::unexpected(inWords(m_file, m_database.lastError()));
    }
    Result<void> done = work();
    if (done && !m_database.commit()) {
        done = std::unexpected(inWords(m_file, m_database.lastError()));
    }
    if (!done) {
        m_database.rollback();
    }
    return done;
}

/// The number of a document; 0 when it has none and none is to be made.
UpdateLog::Result<std::int64_t> UpdateLog::documentId(const QString& name, bool make)
{
    QSqlQuery query(m_database);
    query.prepare(QStringLiteral("SELECT id FROM document WHERE name = ?"));
    query.addBindValue(name);
    if (const Result<void> done = execute(query); !done) {
        return std::unexpected(done.error());
    }
    if (query.next()) {
        return query.value(0).toLongLong();
    }
    if (!make) {
        return 0;
    }
    query.prepare(QStringLiteral("INSERT INTO document (name) VALUES (?)"));
    query.addBindValue(name);
    if (const Result<void> done = execute(query); !done) {
        return std::unexpected(done.error());
    }
    return query.lastInsertId().toLongLong();
}

UpdateLog::Result<void> UpdateLog::addEntry(
    std::int64_t document, std::int64_t time, const QByteArray& update)
{
    QSqlQuery query(m_database);
    query.prepare(QStringLiteral(
        "INSERT INTO entry (document, time, checksum, content) VALUES (?, ?, ?, ?)"));
    query.addBindValue(static_cast<qlonglong>(document));
    query.addBindValue(static_cast<qlonglong>(time));
    query.addBindValue(static_cast<qlonglong>(checksum(document, update)));
    query.addBindValue(update);
    return execute(query);
}

UpdateLog::Result<std::vector<QByteArray>> UpdateLog::updates(const QString& document) const
{
    QSqlQuery query(m_database);
    query.setForwardOnly(true);
    query.prepare(QStringLiteral("SELECT entry.number, entry.document, checksum, content FROM entry"
                                 " JOIN document ON document.id = entry.document"
                                 " WHERE document.name = ? ORDER BY entry.number"));
    query.addBindValue(document);
    if (!query.exec()) {
        return std::unexpected(inWords(m_file, query.lastError()));
    }
    std::vector<QByteArray> updates;
    while (query.next()) {
        QByteArray update = query.value(3).toByteArray();
        if (query.value(2).toLongLong() != checksum(query.value(1).toLongLong(), update)) {
            return std::unexpected(Words::tr("Entry %1 of %2 is damaged")
                    .arg(query.value(0).toLongLong())
                    .arg(QDir::toNativeSeparators(m_file)));
        }
        updates.push_back(std::move(update));
    }
    if (query.lastError().isValid()) {
        return std::unexpected(inWords(m_file, query.lastError()));
    }
    return updates;
}

UpdateLog::Result<UpdateLog::Loaded> UpdateLog::loadInto(
    crdt::Doc& doc, const QString& document) const
{
    const auto stored = updates(document);
    if (!stored) {
        return std::unexpected(stored.error());
    }
    Loaded loaded{.updates = stored->size()};
    for (const QByteArray& update : *stored) {
        loaded.bytes += update.size();
        if (const auto done = doc.applyUpdate(view(update)); !done) {
            return std::unexpected(Words::tr("An update of %1 is broken: %2")
                    .arg(document, QString::fromStdString(done.error().message)));
        }
    }
    return loaded;
}

UpdateLog::Result<std::vector<UpdateLog::Document>> UpdateLog::documents() const
{
    QSqlQuery query(m_database);
    query.setForwardOnly(true);
    if (!query.exec(QStringLiteral("SELECT name, count(*), sum(length(content)), max(time)"
                                   " FROM document JOIN entry ON entry.document = document.id"
                                   " GROUP BY document.id ORDER BY name"))) {
        return std::unexpected(inWords(m_file, query.lastError()));
    }
    std::vector<Document> documents;
    while (query.next()) {
        documents.push_back({query.value(0).toString(), query.value(1).toLongLong(),
            query.value(2).toLongLong(), query.value(3).toLongLong()});
    }
    return documents;
}

void UpdateLog::append(const QString& document, QByteArray update)
{
    m_unwritten.push_back({document, std::move(update), QDateTime::currentMSecsSinceEpoch()});
}

UpdateLog::Result<void> UpdateLog::flush()
{
    if (m_unwritten.empty()) {
        return {};
    }
    Result<void> done = inTransaction([this]() -> Result<void> {
        for (const Unwritten& entry : m_unwritten) {
            const Result<std::int64_t> document = documentId(entry.document, true);
            if (!document) {
                return std::unexpected(document.error());
            }
            if (Result<void> added = addEntry(*document, entry.time, entry.update); !added) {
                return added;
            }
        }
        return {};
    });
    if (done) {
        m_unwritten.clear();
    }
    return done;
}

UpdateLog::Result<void> UpdateLog::compact(const QString& name, const QByteArray& whole)
{
    const Result<std::int64_t> document = documentId(name, false);
    if (!document) {
        return std::unexpected(document.error());
    }
    if (*document == 0) {
        return {};
    }
    return inTransaction([this, &whole, &document] {
        QSqlQuery remove(m_database);
        remove.prepare(QStringLiteral("DELETE FROM entry WHERE document = ?"));
        remove.addBindValue(static_cast<qlonglong>(*document));
        const Result<void> done = execute(remove);
        return done ? addEntry(*document, QDateTime::currentMSecsSinceEpoch(), whole) : done;
    });
}

UpdateLog::Result<std::vector<QString>> UpdateLog::verify() const
{
    std::vector<QString> findings;
    QSqlQuery query(m_database);
    query.setForwardOnly(true);
    if (!query.exec(QStringLiteral("PRAGMA integrity_check(20)"))) {
        return std::unexpected(inWords(m_file, query.lastError()));
    }
    while (query.next()) {
        if (const QString line = query.value(0).toString(); line != QStringLiteral("ok")) {
            findings.push_back(Words::tr("SQLite: %1").arg(line));
        }
    }
    if (!query.exec(QStringLiteral("SELECT entry.number, document, checksum, content, name"
                                   " FROM entry LEFT JOIN document ON document.id = document"
                                   " ORDER BY entry.number"))) {
        return std::unexpected(inWords(m_file, query.lastError()));
    }
    while (query.next()) {
        if (query.value(2).toLongLong()
            != checksum(query.value(1).toLongLong(), query.value(3).toByteArray())) {
            findings.push_back(Words::tr("Entry %1 of %2 is damaged")
                    .arg(query.value(0).toLongLong())
                    .arg(query.value(4).toString()));
        }
    }
    if (query.lastError().isValid()) {
        findings.push_back(inWords(m_file, query.lastError()));
    }
    return findings;
}

} // namespace tutti::net
