// SPDX-License-Identifier: MIT
#include "crdt/doc.h"
#include "ui/shell/unsent_changes.h"

#include <QDir>
#include <QFile>
#include <QStandardPaths>
#include <QSysInfo>
#include <QTest>

#include <sys/wait.h>
#include <unistd.h>

using namespace tutti;
using ui::UnsentChanges;

namespace {

UnsentChanges::Description description(const char* name)
{
    return {.name = QLatin1StringView(name),
        .link = QStringLiteral("ws://example.org/room"),
        .textName = QStringLiteral("codemirror"),
        .written =
            QDateTime::fromString(QStringLiteral("2030-01-02T03:04:05.678Z"), Qt::ISODateWithMs)};
}

/// A program that wrote that and ends, when it is told to, as a crash would end it.
class Crasher
{
public:
    explicit Crasher(const crdt::Bytes& update)
    {
        if (pipe(m_wrote) != 0 || pipe(m_mayEnd) != 0) {
            qFatal("no pipes");
        }
        m_child = fork();
        if (m_child == 0) {
            UnsentChanges changes;
            const char done = changes.write(description("crashed.txt"), update) ? 'y' : 'n';
            char go = 0;
            if (::write(m_wrote[1], &done, 1) != 1 || ::read(m_mayEnd[0], &go, 1) != 1) {
                _exit(2);
            }
            _exit(1); // nothing is tidied up
        }
        char done = 0;
        m_hasWritten = ::read(m_wrote[0], &done, 1) == 1 && done == 'y';
    }
    ~Crasher() { end(); }

    [[nodiscard]] bool hasWritten() const { return m_hasWritten; }
    void end()
    {
        if (m_child > 0) {
            const char go = 'g';
            if (::write(m_mayEnd[1], &go, 1) != 1 || waitpid(m_child, nullptr, 0) != m_child) {
                qFatal("the child does not end");
            }
            m_child = 0;
        }
    }

private:
    int m_wrote[2]{};
    int m_mayEnd[2]{};
    pid_t m_child = 0;
    bool m_hasWritten = false;
};

} // namespace

class TestUnsentChanges : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void nothingIsLeftWithoutACrash();
    void aCrashLeavesTheChanges();
    void whatIsNotOursIsLeftAlone();
    void othersCannotReadIt();
};

void TestUnsentChanges::initTestCase() { QStandardPaths::setTestModeEnabled(true); }

void TestUnsentChanges::cleanup() { QVERIFY(QDir(UnsentChanges::folder()).removeRecursively()); }

void TestUnsentChanges::nothingIsLeftWithoutACrash()
{
    {
        UnsentChanges changes;
        QVERIFY(changes.write(description("a"), {}));
        QVERIFY(changes.write(description("b"), {})); // in its place
        QCOMPARE(QDir(UnsentChanges::folder()).entryList({QStringLiteral("*.unsent")}).size(), 1);
        QVERIFY(UnsentChanges::leftovers().isEmpty()); // we are still at it
        changes.remove();
        QVERIFY(QDir(UnsentChanges::folder()).isEmpty());
        QVERIFY(changes.write(description("c"), {}));
    }
    QVERIFY(QDir(UnsentChanges::folder()).isEmpty());
}

void TestUnsentChanges::aCrashLeavesTheChanges()
{
    crdt::Doc doc;
    doc.get<crdt::Text>("codemirror").insert({}, u"not sent\n");
    Crasher crasher(doc.getUpdate());
    QVERIFY(crasher.hasWritten());
    QVERIFY(UnsentChanges::leftovers().isEmpty());
    crasher.end();
    QCOMPARE(UnsentChanges::leftovers().size(), 1);

    // in a box, the next run of a program often has the number the last one had
    QFile lock(UnsentChanges::leftovers().first().path + QStringLiteral(".lock"));
    QVERIFY(lock.open(QFile::WriteOnly));
    lock.write(QByteArray::number(QCoreApplication::applicationPid()) + '\n'
        + QCoreApplication::applicationName().toUtf8() + '\n' + QSysInfo::machineHostName().toUtf8()
        + '\n');
    lock.close();

    const auto leftovers = UnsentChanges::leftovers();
    QCOMPARE(leftovers.size(), 1);
    QCOMPARE(leftovers.first().description, description("crashed.txt"));
    const auto update = UnsentChanges::read(leftovers.first().path);
    QVERIFY(update);
    crdt::Doc copy;
    QVERIFY(copy.applyUpdate(*update));
    QVERIFY(copy.get<crdt::Text>("codemirror").toString() == u"not sent\n");

    UnsentChanges::discard(leftovers.first());
    QVERIFY(UnsentChanges::leftovers().isEmpty());
    QVERIFY(!UnsentChanges::read(leftovers.first().path));
}

void TestUnsentChanges::whatIsNotOursIsLeftAlone()
{
    QVERIFY(QDir().mkpath(UnsentChanges::folder()));
    QFile file(QDir(UnsentChanges::folder()).filePath(QStringLiteral("x.unsent")));
    QVERIFY(file.open(QFile::WriteOnly) && file.write("{\"format\":\"other\"}\nbytes") > 0);
    file.close();
    QVERIFY(UnsentChanges::leftovers().isEmpty());
    QVERIFY(file.exists());
    QVERIFY(!UnsentChanges::read(file.fileName()));
}

void TestUnsentChanges::othersCannotReadIt()
{
    UnsentChanges changes;
    QVERIFY(changes.write(description("a"), {}));
    const QDir folder(UnsentChanges::folder());
    const QFile file(folder.filePath(folder.entryList({QStringLiteral("*.unsent")}).first()));
    QVERIFY(!(file.permissions() & (QFile::ReadGroup | QFile::ReadOther)));
}

QTEST_GUILESS_MAIN(TestUnsentChanges)
#include "tst_unsent_changes.moc"
