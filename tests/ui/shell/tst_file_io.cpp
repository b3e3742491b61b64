// SPDX-License-Identifier: MIT
#include "tests/ui/support/files.h"
#include "ui/shell/file_io.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace tutti::ui;

namespace {

/// Rights are nothing to root: while it lives, the process acts as nobody.
class AsOrdinaryUser
{
public:
    AsOrdinaryUser()
        : m_wasRoot(geteuid() == 0 && setresuid(65534, 65534, 0) == 0)
    { }
    ~AsOrdinaryUser()
    {
        if (m_wasRoot && setresuid(0, 0, 0) != 0) {
            qFatal("cannot become root again");
        }
    }

private:
    bool m_wasRoot;
};

/// No file may grow beyond that: what a full disk feels like.
class SmallDisk
{
public:
    explicit SmallDisk(rlim_t bytes)
    {
        std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit limit{bytes, m_before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~SmallDisk() { setrlimit(RLIMIT_FSIZE, &m_before); }

private:
    rlimit m_before{};
};

} // namespace

class TestFileIo : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void loadsAndSavesTheSameBytes_data();
    void loadsAndSavesTheSameBytes();
    void keepsTheMode_data();
    void keepsTheMode();
    void followsLinks();
    void followsALinkToAFileThatIsNotThere();
    void makesANewFile();
    void errorsOfLoading();
    void anUnreadableFile();
    void aReadOnlyFileStaysAsItIs();
    void aFolderThatTakesNoNewFiles();
    void aFullDiskLosesNothing();
    void unencodableTouchesNothing();
    void stampsTellChanges();

private:
    [[nodiscard]] QString at(const char* name) const
    {
        return m_folder->filePath(QLatin1StringView(name));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestFileIo::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
    QVERIFY(QFile::setPermissions(m_folder->path(),
        QFile::Permissions(0x7777))); // the ordinary user works in it too
}

void TestFileIo::loadsAndSavesTheSameBytes_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("LF") << QByteArray("a\nb\n");
    QTest::newRow("LF, no final newline") << QByteArray("a\nb");
    QTest::newRow("CRLF") << QByteArray("a\r\nb\r\n");
    QTest::newRow("CRLF, no final newline") << QByteArray("a\r\nb");
    QTest::newRow("CR") << QByteArray("a\rb\r");
    QTest::newRow("UTF-8 with mark, CRLF") << QByteArray("\xEF\xBB\xBF\xC3\xA9\r\n");
    QTest::newRow("UTF-16 LE") << QByteArray("\xFF\xFE\xE9\0\n\0", 6);
    QTest::newRow("UTF-16 BE, CRLF") << QByteArray("\xFE\xFF\0\xE9\0\r\0\n", 8);
    QTest::newRow("Latin-1") << QByteArray("gr\xFC\xDF\n");
}

void TestFileIo::loadsAndSavesTheSameBytes()
{
    QFETCH(const QByteArray, bytes);
    QVERIFY(put(at("in"), bytes));
    const auto loaded = loadFile(at("in"));
    QVERIFY(loaded);
    QVERIFY(loaded->writable);
    QCOMPARE(loaded->stamp, fileStamp(at("in")));
    QVERIFY(saveFile(at("out"), loaded->content.text, loaded->content.format));
    QCOMPARE(bytesOf(at("out")), bytes);
}

void TestFileIo::keepsTheMode_data()
{
    QTest::addColumn<int>("mode");
    for (const int mode : {0600, 0640, 0644, 0755, 0700, 0666}) {
        QTest::addRow("%o", static_cast<unsigned>(mode)) << mode;
    }
}

void TestFileIo::keepsTheMode()
{
    QFETCH(const int, mode);
    QVERIFY(put(at("script"), "echo 1\n"));
    QCOMPARE(chmod(qUtf8Printable(at("script")), static_cast<mode_t>(mode)), 0);
    QVERIFY(saveFile(at("script"), u"echo 2\n", {}));
    struct stat status{};
    QCOMPARE(stat(qUtf8Printable(at("script")), &status), 0);
    QCOMPARE(static_cast<int>(status.st_mode & 07777u), mode);
    QCOMPARE(bytesOf(at("script")), QByteArray("echo 2\n"));
}

void TestFileIo::followsLinks()
{
    QVERIFY(put(at("real"), "1\n"));
    QVERIFY(QFile::link(at("real"), at("link")));
    QVERIFY(QFile::link(at("link"), at("link to link")));
    QVERIFY(saveFile(at("link to link"), u"2\n", {}));
    QVERIFY(QFileInfo(at("link to link")).isSymLink());
    QVERIFY(QFileInfo(at("link")).isSymLink());
    QVERIFY(!QFileInfo(at("real")).isSymLink());
    QCOMPARE(bytesOf(at("real")), QByteArray("2\n"));
}

void TestFileIo::followsALinkToAFileThatIsNotThere()
{
    QVERIFY(QFile::link(at("later"), at("link")));
    QVERIFY(saveFile(at("link"), u"x\n", {}));
    QVERIFY(QFileInfo(at("link")).isSymLink());
    QCOMPARE(bytesOf(at("later")), QByteArray("x\n"));
}

void TestFileIo::makesANewFile()
{
    const auto stamp = saveFile(at("new"), u"x\n", {});
    QVERIFY(stamp);
    QCOMPARE(stamp->size, 2);
    QCOMPARE(bytesOf(at("new")), QByteArray("x\n"));
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files).size(), 1); // nothing left over
}

void TestFileIo::errorsOfLoading()
{
    const auto missing = loadFile(at("missing.txt"));
    QVERIFY(!missing);
    QCOMPARE(missing.error().kind, FileError::Kind::NotFound);
    QCOMPARE(missing.error().words, QStringLiteral("missing.txt does not exist."));

    const auto folder = loadFile(m_folder->path());
    QVERIFY(!folder);
    QCOMPARE(folder.error().kind, FileError::Kind::NotAFile);
    QVERIFY(folder.error().words.endsWith(QStringLiteral("is a folder.")));

    QCOMPARE(mkfifo(qUtf8Printable(at("pipe")), 0600), 0);
    const auto pipe = loadFile(at("pipe")); // and does not wait for somebody to write
    QVERIFY(!pipe);
    QCOMPARE(pipe.error().kind, FileError::Kind::NotAFile);

    QVERIFY(put(at("image.png"), QByteArray("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16)));
    const auto image = loadFile(at("image.png"));
    QVERIFY(!image);
    QCOMPARE(image.error().kind, FileError::Kind::NotText);
    QCOMPARE(image.error().words,
        QStringLiteral("image.png is not a text file: it holds binary data. It was not opened."));

    QVERIFY(QFile::resize(at("image.png"), kMaxFileSize + 1)); // sparse
    const auto large = loadFile(at("image.png"));
    QVERIFY(!large);
    QCOMPARE(large.error().kind, FileError::Kind::TooLarge);
}

void TestFileIo::anUnreadableFile()
{
    QVERIFY(put(at("secret"), "x"));
    QCOMPARE(chmod(qUtf8Printable(at("secret")), 0), 0);
    const AsOrdinaryUser user;
    const auto loaded = loadFile(at("secret"));
    QVERIFY(!loaded);
    QCOMPARE(loaded.error().kind, FileError::Kind::NoPermission);
    QCOMPARE(loaded.error().words, QStringLiteral("You have no permission to read secret."));
}

void TestFileIo::aReadOnlyFileStaysAsItIs()
{
    const AsOrdinaryUser user;
    QVERIFY(put(at("fixed"), "1\n"));
    QCOMPARE(chmod(qUtf8Printable(at("fixed")), 0444), 0);
    const auto saved = saveFile(at("fixed"), u"2\n", {});
    QVERIFY(!saved);
    QCOMPARE(saved.error().kind, FileError::Kind::NoPermission);
    QCOMPARE(bytesOf(at("fixed")), QByteArray("1\n"));
}

void TestFileIo::aFolderThatTakesNoNewFiles()
{
    const AsOrdinaryUser user;
    QVERIFY(QDir(m_folder->path()).mkdir(QStringLiteral("closed")));
    const QString file = at("closed/file");
    QVERIFY(put(file, "1\n"));
    QCOMPARE(chmod(qUtf8Printable(at("closed")), 0555), 0);
    QVERIFY(saveFile(file, u"2\n", {})); // in place
    QCOMPARE(bytesOf(file), QByteArray("2\n"));
    const auto other = saveFile(at("closed/other"), u"2\n", {});
    QVERIFY(!other);
    QCOMPARE(other.error().kind, FileError::Kind::NoPermission);
    const auto nowhere = saveFile(at("nowhere/file"), u"2\n", {});
    QVERIFY(!nowhere);
    QCOMPARE(nowhere.error().kind, FileError::Kind::NotFound);
    QCOMPARE(chmod(qUtf8Printable(at("closed")), 0755), 0);
}

void TestFileIo::aFullDiskLosesNothing()
{
    QVERIFY(put(at("file"), "precious\n"));
    {
        const SmallDisk disk(4096);
        const auto saved = saveFile(at("file"), QString(100'000, QChar(u'x')), {});
        QVERIFY(!saved);
        QVERIFY(saved.error().words.contains(QStringLiteral("Your text is still here")));
    }
    QCOMPARE(bytesOf(at("file")), QByteArray("precious\n"));
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files), QStringList{QStringLiteral("file")});
}

void TestFileIo::unencodableTouchesNothing()
{
    QVERIFY(put(at("latin"), "caf\xe9\n"));
    const auto saved =
        saveFile(at("latin"), u"caf\u00e9 \u2192\n", {LineEnd::Lf, TextEncoding::Windows1252});
    QVERIFY(!saved);
    QCOMPARE(saved.error().kind, FileError::Kind::Unencodable);
    QCOMPARE(saved.error().words,
        QStringLiteral("latin was not saved: “→” in line 1 does not exist in Windows-1252, the "
                       "file's encoding."));
    QCOMPARE(bytesOf(at("latin")), QByteArray("caf\xe9\n"));
}

void TestFileIo::stampsTellChanges()
{
    QCOMPARE(fileStamp(at("file")), FileStamp{});
    QVERIFY(put(at("file"), "1\n"));
    const FileStamp first = fileStamp(at("file"));
    QVERIFY(first != FileStamp{});
    QVERIFY(put(at("file"), "22\n"));
    QVERIFY(fileStamp(at("file")) != first);
}

QTEST_GUILESS_MAIN(TestFileIo)
#include "tst_file_io.moc"
