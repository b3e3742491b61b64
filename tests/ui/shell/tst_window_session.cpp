// SPDX-License-Identifier: MIT
#include "memory_rooms.h"
#include "tests/ui/support/files.h"
#include "tests/ui/support/qt_test.h"
#include "ui/editor/code_editor.h"
#include "ui/shell/actions.h"
#include "ui/shell/document_journal.h"
#include "ui/shell/main_window.h"
#include "ui/shell/session_writer.h"
#include "ui/shell/setting_values.h"
#include "ui/shell/theme.h"
#include "ui/shell/window_session.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QMessageBox>
#include <QPushButton>
#include <QRandomGenerator>
#include <QScrollBar>
#include <QSettings>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>
#include <QUuid>

using namespace tutti;
using ui::DocumentJournal;
using ui::MainWindow;
using ui::WindowSession;

namespace {

QStringList sessions()
{
    QStringList paths;
    const QDir dir(WindowSession::folder());
    const QStringList names = dir.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString& name : names) {
        paths.append(dir.filePath(name));
    }
    return paths;
}

/// The texts that a session's folder holds, each as it would be opened.
QStringList textsIn(const QString& folder)
{
    QStringList texts;
    const QStringList files = QDir(folder).entryList({QStringLiteral("*.json")}, QDir::Files);
    for (const QString& file : files) {
        const auto saved = DocumentJournal::read(folder + QChar(u'/') + file.chopped(5));
        if (saved) {
            if (const auto document = DocumentJournal::restore(*saved, QStringLiteral("text"))) {
                texts.append((*document)->content());
            }
        }
    }
    return texts;
}

/// What a program leaves behind that is killed now: a copy of its folder that nobody has locked.
QString leftBehind(const QString& folder)
{
    const QString copy =
        QDir(WindowSession::folder()).filePath(QUuid::createUuid().toString(QUuid::WithoutBraces));
    QDir().mkpath(copy);
    const QStringList files = QDir(folder).entryList(QDir::Files);
    for (const QString& file : files) {
        QFile::copy(folder + QChar(u'/') + file, copy + QChar(u'/') + file);
    }
    return copy;
}

} // namespace

/// What a window shows is there again: after closing it, and after a crash.
class TestWindowSession : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void closingKeepsEverything();
    void closingATabForgets();
    void aCrashLosesNothingWritten();
    void foldsAreKept();
    void editsAreReplayed();
    void manyEditsBecomeANewText();
    void savingForgetsTheText();
    void aFileChangedMeanwhile();
    void aFileThatIsGone();
    void damagedFilesDoNotStopIt_data();
    void damagedFilesDoNotStopIt();
    void anotherProgramsSessionIsLeftAlone();
    void hostingStillAsks();
    void withoutTheSettingItAsks();
    void aDiskThatRefusesMakesItAsk();
    void roomsOfOthersAreNotKept();

private:
    std::unique_ptr<MainWindow> window(bool restore = true)
    {
        auto made = std::make_unique<MainWindow>(MainWindow::Context{.rooms = *m_rooms,
            .theme = *m_theme,
            .identity = {QStringLiteral("Ada"), QStringLiteral("#0675e0")}});
        made->keepSession(restore);
        made->show();
        (void)QTest::qWaitForWindowActive(made.get());
        return made;
    }
    static void type(MainWindow& window, const QString& text)
    {
        QTest::keyClicks(&window.currentPage()->editor(), text);
    }
    [[nodiscard]] static QString content(MainWindow& window)
    {
        return window.currentPage()->document().content();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
    std::unique_ptr<ui::Theme> m_theme;
    std::unique_ptr<MemoryRooms> m_rooms;
};

void TestWindowSession::initTestCase()
{
    QCoreApplication::setOrganizationName(QStringLiteral("tutti-test"));
    m_theme = std::make_unique<ui::Theme>(*qApp);
}

void TestWindowSession::init()
{
    QSettings().clear();
    QDir(WindowSession::folder()).removeRecursively();
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = m_folder->filePath(QStringLiteral("file.txt"));
    m_rooms = std::make_unique<MemoryRooms>();
}

void TestWindowSession::cleanup() { m_rooms.reset(); }

void TestWindowSession::closingKeepsEverything()
{
    QByteArray lines;
    for (int i = 1; i <= 200; ++i) {
        lines += QByteArray::number(i) + '\n';
    }
    QVERIFY(put(m_path, lines));
    {
        const auto first = window();
        type(*first, QStringLiteral("a note")); // untitled
        first->currentPage()->editor().setLanguage(QStringLiteral("Markdown"));
        first->openFile(m_path, 150, 2);
        type(*first, QStringLiteral("x")); // unsaved
        first->openFile(m_folder->filePath(QStringLiteral("new.txt"))); // not there yet
        auto* tabs = first->findChild<QTabBar*>(QStringLiteral("tabs"));
        tabs->moveTab(0, 2);
        first->showPage(*first->pages().first());
        first->currentPage()->editor().verticalScrollBar()->setValue(100);
        first->resize(700, 500);
        QVERIFY(first->close()); // asks nothing
        QCOMPARE(first->findChild<QMessageBox*>(), nullptr);
    }
    QCOMPARE(bytesOf(m_path), lines); // the file itself is as it was
    const auto second = window();
    QCOMPARE(second->pages().size(), 3);
    QCOMPARE(second->pages()[0]->document().path(), m_path);
    QCOMPARE(second->pages()[1]->document().name(), QStringLiteral("new.txt"));
    QCOMPARE(second->pages()[2]->document().name(), QStringLiteral("Untitled"));
    QCOMPARE(second->pages()[2]->document().content(), QStringLiteral("a note"));
    QCOMPARE(second->pages()[2]->editor().languageName(), QStringLiteral("Markdown"));
    QCOMPARE(second->currentPage(), second->pages()[0]);
    QVERIFY(second->currentPage()->document().isModified());
    QCOMPARE(second->currentPage()->editor().line(), 150);
    QCOMPARE(second->currentPage()->editor().column(), 3);
    QTRY_COMPARE(second->currentPage()->editor().verticalScrollBar()->value(), 100);
    QCOMPARE(second->size(), QSize(700, 500));
    QCOMPARE(sessions().size(), 1); // taken over
    // and what was written before the restart can be taken for what the file lacks
    second->actions().save->trigger();
    QVERIFY(bytesOf(m_path).contains("1x50"));
}

void TestWindowSession::closingATabForgets()
{
    {
        const auto first = window();
        type(*first, QStringLiteral("gone"));
        first->newDocument();
        type(*first, QStringLiteral("kept"));
        first->showPage(*first->pages().first());
        first->actions().closeTab->trigger();
        QMessageBox* box = nullptr;
        QTRY_VERIFY((box = first->findChild<QMessageBox*>(QStringLiteral("closeQuestion"))));
        box->button(QMessageBox::Discard)->click(); // a tab that is closed is decided about
        QTRY_COMPARE(first->pages().size(), 1);
        QVERIFY(first->close());
    }
    const auto second = window();
    QCOMPARE(second->pages().size(), 1);
    QCOMPARE(content(*second), QStringLiteral("kept"));
}

void TestWindowSession::aCrashLosesNothingWritten()
{
    const auto first = window();
    type(*first, QStringLiteral("one"));
    QCOMPARE(sessions().size(), 1);
    const QString folder = sessions().first();
    QTRY_COMPARE(textsIn(folder), QStringList{QStringLiteral("one")});
    type(*first, QStringLiteral(" two"));
    QTRY_COMPARE(textsIn(folder), QStringList{QStringLiteral("one two")});
    leftBehind(folder);
    const auto second = window();
    QCOMPARE(content(*second), QStringLiteral("one two"));
    static_assert(DocumentJournal::kWriteAfterMs <= 1'000); // well below the two seconds promised
}

/// Random edits: what is read back is always the document.
void TestWindowSession::foldsAreKept()
{
    const QString code = m_folder->filePath(QStringLiteral("a.cpp"));
    QVERIFY(put(code, "int f()\n{\n    return 1;\n}\nint g()\n{\n    return 2;\n}\n"));
    {
        const auto first = window();
        first->openFile(code, 6);
        first->currentPage()->editor().fold();
        QCOMPARE(first->currentPage()->editor().foldedLines(), QList<int>{5});
        QVERIFY(first->close());
    }
    const auto second = window();
    QCOMPARE(second->currentPage()->editor().foldedLines(), QList<int>{5});
    QCOMPARE(second->currentPage()->editor().line(), 6);
}

void TestWindowSession::editsAreReplayed()
{
    const QTemporaryDir dir;
    const QString stem = dir.filePath(QStringLiteral("journal"));
    ui::SessionWriter writer;
    ui::EditorDocument document(QStringLiteral("text"));
    document.text().insert({}, u"some text to begin with");
    DocumentJournal journal(document, writer, stem);
    QRandomGenerator random(7);
    const QString pieces[]{QStringLiteral("a"), QStringLiteral("line\n"), QStringLiteral("ü"),
        QString::fromUtf8("\xF0\x9F\x8E\xBB"), QStringLiteral("\"[],\\")};
    for (int round = 0; round < 40; ++round) {
        for (int i = 0; i < 5; ++i) {
            const auto length = static_cast<int>(document.text().length().value());
            const auto at = static_cast<crdt::Offset::Value>(random.bounded(length + 1));
            document.doc().transact(crdt::Origin(std::string("test")), [&] {
                const auto least =
                    std::min<crdt::Offset::Value>(3, static_cast<crdt::Offset::Value>(length) - at);
                document.text().erase(crdt::Offset(at), crdt::Offset(least));
                const QString& piece = pieces[random.bounded(5)];
                document.text().insert(crdt::Offset(at), QStringView(piece));
            });
        }
        journal.flush();
        writer.wait();
        const auto saved = DocumentJournal::read(stem);
        QVERIFY(saved && saved->text);
        const auto restored = DocumentJournal::restore(*saved, QStringLiteral("other"));
        QVERIFY(restored);
        // Halves of pairs, which random deletions leave, have no place in a file.
        QCOMPARE((*restored)->content().toUtf8(), document.content().toUtf8());
    }
    QVERIFY(QFile::exists(stem + QStringLiteral(".1.edits"))); // not the whole text each time
}

void TestWindowSession::manyEditsBecomeANewText()
{
    const QTemporaryDir dir;
    const QString stem = dir.filePath(QStringLiteral("journal"));
    ui::SessionWriter writer;
    ui::EditorDocument document(QStringLiteral("text"));
    document.text().insert({}, u"begin");
    DocumentJournal journal(document, writer, stem);
    journal.flush();
    const std::u16string much(700'000, u'x');
    for (int i = 0; i < 3; ++i) {
        document.text().insert({}, much);
        journal.flush();
    }
    writer.wait();
    const auto saved = DocumentJournal::read(stem);
    QVERIFY(saved && saved->text);
    QVERIFY(saved->text->size() > 700'000);
    QVERIFY(!QFile::exists(stem + QStringLiteral(".1.text")));
    const auto restored = DocumentJournal::restore(*saved, QStringLiteral("other"));
    QCOMPARE((*restored)->content().size(), 3 * 700'000 + 5);
    journal.forget();
    writer.wait();
    QVERIFY(QDir(dir.path()).isEmpty());
}

void TestWindowSession::savingForgetsTheText()
{
    QVERIFY(put(m_path, "text\n"));
    const auto first = window();
    first->openFile(m_path);
    type(*first, QStringLiteral("more "));
    const QString folder = sessions().first();
    const auto keepsText = [&folder] {
        return !QDir(folder).entryList({QStringLiteral("*.text")}).isEmpty();
    };
    QTRY_VERIFY(keepsText());
    first->actions().save->trigger();
    QTRY_VERIFY(!keepsText());
    leftBehind(folder);
    const auto second = window();
    QCOMPARE(content(*second), QStringLiteral("more text\n"));
    QVERIFY(!second->currentPage()->document().isModified());
}

void TestWindowSession::aFileChangedMeanwhile()
{
    QVERIFY(put(m_path, "text\n"));
    {
        const auto first = window();
        first->openFile(m_path);
        type(*first, QStringLiteral("mine "));
        QVERIFY(first->close());
    }
    QVERIFY(put(m_path, "somebody else's text\n"));
    const auto second = window();
    QCOMPARE(content(*second), QStringLiteral("mine text\n"));
    QVERIFY(second->currentPage()->document().changedOnDisk());
    second->actions().save->trigger(); // asks
    QCOMPARE(bytesOf(m_path), QByteArray("somebody else's text\n"));
}

void TestWindowSession::aFileThatIsGone()
{
    QVERIFY(put(m_path, "text\n"));
    const QString other = m_folder->filePath(QStringLiteral("other.txt"));
    QVERIFY(put(other, "other\n"));
    {
        const auto first = window();
        first->openFile(m_path);
        type(*first, QStringLiteral("mine "));
        first->openFile(other);
        QVERIFY(first->close());
    }
    QVERIFY(QFile::remove(m_path) && QFile::remove(other));
    const auto second = window();
    QCOMPARE(second->pages().size(), 1); // of the other nothing would be lost
    QCOMPARE(content(*second), QStringLiteral("mine text\n"));
    QCOMPARE(second->currentPage()->document().path(), m_path);
}

void TestWindowSession::damagedFilesDoNotStopIt_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("text"); // what is saved of it at least
    const auto all = QStringLiteral("one two");
    QTest::newRow("no order") << QStringLiteral("window.json") << QByteArray() << all;
    QTest::newRow("an order of nonsense")
        << QStringLiteral("window.json") << QByteArray("{\"documents\":[1,{},\"../../x\"]}") << all;
    QTest::newRow("no JSON") << QStringLiteral("*-*.json") << QByteArray("{\"path\": \"/et") << all;
    QTest::newRow("no edits") << QStringLiteral("*.edits") << QByteArray("\x00\xff[", 3)
                              << QStringLiteral("one");
    QTest::newRow("edits of another text")
        << QStringLiteral("*.edits") << QByteArray("[1000000,\"x\"]\n") << QStringLiteral("one");
    QTest::newRow("edits cut off")
        << QStringLiteral("*.edits") << QByteArray("[3,\" t\"]\n[5,\"w") << QStringLiteral("one t");
    QTest::newRow("no text") << QStringLiteral("*.text") << QByteArray() << QString();
}

void TestWindowSession::damagedFilesDoNotStopIt()
{
    QFETCH(QString, file);
    QFETCH(QByteArray, bytes);
    QFETCH(QString, text);
    const auto first = window();
    type(*first, QStringLiteral("one"));
    const QString folder = sessions().first();
    QTRY_COMPARE(textsIn(folder), QStringList{QStringLiteral("one")});
    type(*first, QStringLiteral(" two"));
    QTRY_COMPARE(textsIn(folder), QStringList{QStringLiteral("one two")});
    QTRY_VERIFY(QFile::exists(folder + QStringLiteral("/window.json")));
    const QString copy = leftBehind(folder);
    const QStringList damaged = QDir(copy).entryList({file}, QDir::Files);
    QCOMPARE(damaged.size(), 1);
    QVERIFY(put(copy + QChar(u'/') + damaged.first(), bytes));
    const auto second = window();
    QVERIFY2(content(*second).startsWith(text), qPrintable(content(*second)));
    QCOMPARE(second->pages().size(), 1);
}

void TestWindowSession::anotherProgramsSessionIsLeftAlone()
{
    const auto first = window();
    type(*first, QStringLiteral("first"));
    QTRY_COMPARE(textsIn(sessions().first()), QStringList{QStringLiteral("first")});
    const auto second = window(); // while the first one runs
    QVERIFY(second->currentPage()->isPristine());
    QCOMPARE(sessions().size(), 2);
}

void TestWindowSession::hostingStillAsks()
{
    const auto host = window();
    type(*host, QStringLiteral("shared"));
    const auto link = host->share(*host->currentPage());
    QVERIFY(link);
    MainWindow guest(MainWindow::Context{.rooms = *m_rooms,
        .theme = *m_theme,
        .identity = {QStringLiteral("Grace"), QStringLiteral("#ba3dc3")}});
    guest.join(*net::RoomAddress::parse(*link), QStringLiteral("codemirror"));
    QTRY_COMPARE(host->currentPage()->session()->status().peers, 1);
    QVERIFY(!host->close());
    QMessageBox* box = nullptr;
    QTRY_VERIFY((box = host->findChild<QMessageBox*>(QStringLiteral("closeQuestion"))));
    QVERIFY2(box->text().contains(QStringLiteral("Others")), qPrintable(box->text()));
    box->button(QMessageBox::Cancel)->click();
}

void TestWindowSession::withoutTheSettingItAsks()
{
    ui::SettingValues::instance().set(QStringLiteral("files/restoreSession"), false);
    {
        const auto first = window();
        type(*first, QStringLiteral("text"));
        QVERIFY(!first->close());
        QMessageBox* box = nullptr;
        QTRY_VERIFY((box = first->findChild<QMessageBox*>(QStringLiteral("closeQuestion"))));
        box->button(QMessageBox::Discard)->click();
        QTRY_VERIFY(!first->isVisible());
    }
    QVERIFY(sessions().isEmpty());
}

void TestWindowSession::aDiskThatRefusesMakesItAsk()
{
    const auto first = window();
    QVERIFY(QDir(sessions().first()).removeRecursively()); // nothing can be written there now
    type(*first, QStringLiteral("text"));
    QVERIFY(!first->close());
    QMessageBox* box = nullptr;
    QTRY_VERIFY((box = first->findChild<QMessageBox*>(QStringLiteral("closeQuestion"))));
    box->button(QMessageBox::Cancel)->click();
}

void TestWindowSession::roomsOfOthersAreNotKept()
{
    MainWindow host(MainWindow::Context{.rooms = *m_rooms,
        .theme = *m_theme,
        .identity = {QStringLiteral("Ada"), QStringLiteral("#0675e0")}});
    QTest::keyClicks(&host.currentPage()->editor(), QStringLiteral("shared"));
    const auto link = host.share(*host.currentPage());
    {
        const auto guest = window();
        guest->join(*net::RoomAddress::parse(*link), QStringLiteral("codemirror"));
        QTRY_COMPARE(content(*guest), QStringLiteral("shared"));
        QVERIFY(guest->close());
    }
    const auto second = window();
    QVERIFY(second->currentPage()->isPristine()); // joining is asked for, each time
}

QTEST_MAIN(TestWindowSession)
#include "tst_window_session.moc"
