// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QSqlDatabase>
#include <QString>

#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <vector>

class QSqlQuery;

namespace tutti::crdt {
class Doc;
}

namespace tutti::net {

/// The updates of many documents on disk, in the order they came: one SQLite database, to which
/// is only ever added, except that a document's updates may be replaced by one that says the same.
///
/// append() keeps updates in memory; flush() writes all of them in one transaction, so after a
/// kill or a power cut a database holds everything up to some flush() and nothing of a later one.
/// Every row carries a checksum, and is checked when it is read.
///
/// Errors are one sentence for a person. After a failed flush() nothing is forgotten: the next
/// one tries again. One process may write a database; a second one is told that it is in use.
///
/// Threads: one. Cost: flush() O(bytes appended) and one fsync; updates() O(bytes of the document).
class UpdateLog
{
public:
    template <typename T>
    using Result = std::expected<T, QString>;

    /// Opens the database in a file, or makes it. The folder must be there.
    [[nodiscard]] static Result<std::unique_ptr<UpdateLog>> open(const QString& file);
    /// Writes what is left to write, if it can.
    ~UpdateLog();
    UpdateLog(const UpdateLog&) = delete;
    UpdateLog& operator=(const UpdateLog&) = delete;

    /// A document that has updates.
    struct Document
    {
        QString name;
        std::int64_t updates = 0;
        std::int64_t bytes = 0; ///< of all updates
        std::int64_t changed = 0; ///< when the last one was appended, ms since 1970 (UTC)
    };

    /// What was appended and flushed for a document, oldest first. Errors: also when a row is
    /// damaged, with its number.
    [[nodiscard]] Result<std::vector<QByteArray>> updates(const QString& document) const;
    /// How much was read.
    struct Loaded
    {
        std::size_t updates = 0;
        std::int64_t bytes = 0; ///< of all updates
    };
    /// Applies them to a Doc. Errors: also when one is no update; the Doc then holds those before
    /// it.
    [[nodiscard]] Result<Loaded> loadInto(crdt::Doc& doc, const QString& document) const;
    /// All documents, by name.
    [[nodiscard]] Result<std::vector<Document>> documents() const;

    void append(const QString& document, QByteArray update);
    [[nodiscard]] bool hasUnwritten() const noexcept { return !m_unwritten.empty(); }
    [[nodiscard]] Result<void> flush();
    /// Puts one update in the place of all that were flushed for the document. Requires: it says
    /// the same as they do.
    [[nodiscard]] Result<void> compact(const QString& document, const QByteArray& whole);

    /// Every damaged row, and what SQLite itself finds, a sentence each; empty when all is well.
    [[nodiscard]] Result<std::vector<QString>> verify() const;

private:
    struct Unwritten
    {
        QString document;
        QByteArray update;
        std::int64_t time = 0; ///< ms since 1970 (UTC)
    };

    explicit UpdateLog(const QString& file);
    [[nodiscard]] Result<void> connect();
    [[nodiscard]] Result<void> prepareSchema();
    [[nodiscard]] Result<std::int64_t> documentId(const QString& name, bool make);
    [[nodiscard]] Result<void> addEntry(
        std::int64_t document, std::int64_t time, const QByteArray& update);
    [[nodiscard]] Result<void> execute(QSqlQuery& query) const;
    /// Does it whole or not at all.
    [[nodiscard]] Result<void> inTransaction(const std::function<Result<void>()>& work);

    QString m_file;
    QSqlDatabase m_database;
    std::vector<Unwritten> m_unwritten;
};

} // namespace tutti::net
