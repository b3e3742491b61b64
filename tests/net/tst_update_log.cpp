// SPDX-License-Identifier: MIT
#include "net/store/update_log.h"

#include <QFile>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

using namespace tutti::net;
using namespace Qt::StringLiterals;

class TestUpdateLog : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_dir;
    QString m_file;

    std::unique_ptr<UpdateLog> open()
    {
        auto log = UpdateLog::open(m_file);
        if (!log) {
            qWarning().noquote() << log.error();
            return nullptr;
        }
        return *std::move(log);
    }

private Q_SLOTS:
    void init()
    {
        static int count = 0;
        m_file = m_dir.filePath(u"log%1.sqlite"_s.arg(++count));
    }

    void keepsWhatWasFlushed()
    {
        using Updates = std::vector<QByteArray>;
        auto log = open();
        QVERIFY(log);
        log->append(u"/a"_s, "one");
        log->append(u"/b"_s, "other");
        log->append(u"/a"_s, QByteArray("t\0wo", 4));
        QVERIFY(log->hasUnwritten());
        QCOMPARE(log->updates(u"/a"_s).value().size(), 0U);
        QVERIFY(log->flush());
        QVERIFY(!log->hasUnwritten());
        log.reset();
        log = open();
        QVERIFY(log);
        QVERIFY(log->updates(u"/a"_s).value() == Updates({"one", QByteArray("t\0wo", 4)}));
        QVERIFY(log->updates(u"/b"_s).value() == Updates({"other"}));
        QVERIFY(log->updates(u"/c"_s).value().empty());
        const auto documents = log->documents().value();
        QCOMPARE(documents.size(), 2U);
        QCOMPARE(documents[0].name, u"/a"_s);
        QCOMPARE(documents[0].updates, 2);
        QCOMPARE(documents[0].bytes, 7);
        QVERIFY(documents[0].changed > 1'600'000'000'000);
        QVERIFY(log->verify().value().empty());
    }

    void writesTheRestWhenItEnds()
    {
        open()->append(u"/a"_s, "late");
        QCOMPARE(open()->updates(u"/a"_s).value().size(), 1U);
    }

    void compacts()
    {
        auto log = open();
        for (int i = 0; i < 10; ++i) {
            log->append(u"/a"_s, QByteArray::number(i));
        }
        log->append(u"/b"_s, "b");
        QVERIFY(log->flush());
        QVERIFY(log->compact(u"/a"_s, "0123456789"));
        QVERIFY(log->compact(u"/none"_s, "nothing"));
        log->append(u"/a"_s, "10");
        QVERIFY(log->flush());
        QVERIFY(log->updates(u"/a"_s).value() == std::vector<QByteArray>({"0123456789", "10"}));
        QCOMPARE(log->documents().value().size(), 2U);
    }

    void saysWhenARowIsDamaged()
    {
        auto log = open();
        log->append(u"/a"_s, "good");
        log->append(u"/a"_s, "bad");
        log->append(u"/b"_s, "fine");
        QVERIFY(log->flush());
        log.reset();
        {
            QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"damage"_s);
            database.setDatabaseName(m_file);
            QVERIFY(database.open());
            QVERIFY(QSqlQuery(database).exec(
                u"UPDATE entry SET content = x'626164ff' WHERE content = x'626164'"_s));
        }
        QSqlDatabase::removeDatabase(u"damage"_s);
        log = open();
        const auto updates = log->updates(u"/a"_s);
        QVERIFY(!updates);
        QVERIFY2(updates.error().contains(u"Entry 2"), qPrintable(updates.error()));
        QVERIFY(log->updates(u"/b"_s));
        const auto findings = log->verify().value();
        QCOMPARE(findings.size(), 1U);
        QVERIFY(findings[0].contains(u"/a"));
    }

    void refusesWhatIsNotItsOwn_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("words");
        QTest::newRow("text") << QByteArray("This is no database, but long enough to look like one."
                                            " This is no database, but long enough to be one.\n")
                              << u"is damaged, or not a database"_s;
    }
    void refusesWhatIsNotItsOwn()
    {
        QFETCH(const QByteArray, content);
        QFETCH(const QString, words);
        QFile file(m_file);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
        file.close();
        const auto log = UpdateLog::open(m_file);
        QVERIFY(!log);
        QVERIFY2(log.error().contains(words), qPrintable(log.error()));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), content); // nothing was done to it
    }

    void leavesTheDatabasesOfOthersAlone()
    {
        {
            QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"other"_s);
            database.setDatabaseName(m_file);
            QVERIFY(database.open());
            QVERIFY(QSqlQuery(database).exec(u"CREATE TABLE things (name TEXT)"_s));
        }
        QSqlDatabase::removeDatabase(u"other"_s);
        const auto log = UpdateLog::open(m_file);
        QVERIFY(!log);
        QVERIFY2(log.error().contains(u"another program"), qPrintable(log.error()));
    }

    void oneWriterAtATime()
    {
        const auto log = open();
        QVERIFY(log);
        const auto second = UpdateLog::open(m_file);
        QVERIFY(!second);
        QVERIFY2(second.error().contains(u"in use"), qPrintable(second.error()));
    }

    void noFolder()
    {
        const auto log = UpdateLog::open(m_dir.filePath(u"none/log.sqlite"_s));
        QVERIFY(!log);
        QVERIFY2(log.error().contains(u"cannot be opened"), qPrintable(log.error()));
    }
};

QTEST_GUILESS_MAIN(TestUpdateLog)
#include "tst_update_log.moc"
