// SPDX-License-Identifier: MIT
#include "shown_window.h"
#include "tests/ui/support/files.h"
#include "ui/editor/code_editor.h"
#include "ui/shell/actions.h"
#include "ui/shell/inline_bar.h"
#include "ui/shell/main_window.h"
#include "ui/shell/opening.h"
#include "ui/shell/theme.h"
#include "ui/shell/window_session.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

// The QTRY_ macros of Qt 6.8 convert inside.
#pragma GCC diagnostic ignored "-Wconversion"

using namespace tutti;
using ui::DocumentPage;
using ui::FileError;
using ui::MainWindow;
using ui::Opening;
using ui::WindowSession;

namespace {

QByteArray lines(int count)
{
    QByteArray text;
    for (int i = 0; i < count; ++i) {
        text += "line " + QByteArray::number(i) + " of a file that is rather large\n";
    }
    return text;
}

} // namespace

/// Large files: progress, what may be done meanwhile, stopping, what goes wrong on the way.
class TestOpening : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void comesInWhileTheWindowAnswers();
    void saysHowFarItIs();
    void cancelled_data();
    void cancelled();
    void closedMeanwhile();
    void notText();
    void vanishes();
    void stopsReading();
    void damagedDisk();
    void lineIsGoneToWhenThere();
    void isShownOnce();
    void isShownBesideItselfWhenComplete();
    void comesBackInTwoPanes();

private:
    [[nodiscard]] QString large(const char* name, const QByteArray& bytes = lines(60'000))
    {
        const QString path = m_folder->filePath(QLatin1StringView(name));
        return put(path, bytes) ? path : QString();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ui::Theme> m_theme;
    std::unique_ptr<MemoryRooms> m_rooms;
    std::unique_ptr<MainWindow> m_window;
};

void TestOpening::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setOrganizationName(QStringLiteral("tutti-test"));
    m_theme = std::make_unique<ui::Theme>(*qApp);
}

void TestOpening::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_rooms = std::make_unique<MemoryRooms>();
    m_window = shownWindow(*m_rooms, *m_theme);
}

void TestOpening::cleanup()
{
    m_window.reset();
    m_rooms.reset();
}

void TestOpening::comesInWhileTheWindowAnswers()
{
    const QByteArray bytes = lines(60'000).replace('\n', "\r\n");
    DocumentPage* page = m_window->openFile(large("large.log", bytes));
    QVERIFY(page != nullptr);
    QCOMPARE(m_window->pages().size(), 1); // in the place of the empty one
    QCOMPARE(page->document().name(), QStringLiteral("large.log"));
    QVERIFY(page->document().isOpening());
    QVERIFY(page->editor().isReadOnly());
    // what would keep half of it
    QVERIFY(!page->document().save());
    QVERIFY(!page->document().reload());
    QVERIFY(!m_window->share(*page));
    QVERIFY(page->bar().words().contains(QStringLiteral("still being opened")));
    int turns = 0;
    while (Opening::of(*page) != nullptr && turns < 100'000) {
        QCoreApplication::processEvents(QEventLoop::AllEvents, 1);
        ++turns;
    }
    QVERIFY(turns > 5);
    QVERIFY(!page->editor().isReadOnly());
    QVERIFY(!page->document().isModified());
    QCOMPARE(page->document().format().lineEnd, ui::LineEnd::CrLf);
    QCOMPARE(page->editor().binding()->plainText().toUtf8(), lines(60'000));
    QTest::keyClicks(&page->editor(), QStringLiteral("x"));
    QVERIFY(page->document().isModified());
    page->editor().undo();
    QVERIFY(!page->document().isModified());
    QVERIFY(page->document().save());
    QFile file(page->document().path());
    QVERIFY(file.open(QFile::ReadOnly));
    QCOMPARE(file.readAll(), bytes);
}

void TestOpening::saysHowFarItIs()
{
    DocumentPage* page = m_window->openFile(large("large.log", lines(250'000)));
    QVERIFY(page->bar().words().isEmpty()); // a moment is no news
    const QPointer<Opening> opening = Opening::of(*page);
    QTRY_VERIFY(page->bar().words().startsWith(QStringLiteral("Opening large.log…")));
    const int before = opening->percent();
    QVERIFY(before >= 0 && before < 100);
    QTRY_VERIFY(!opening || opening->percent() > before);
    QTRY_VERIFY_WITH_TIMEOUT(Opening::of(*page) == nullptr, 60'000);
    QVERIFY(page->bar().words().isEmpty());
    QCOMPARE(page->editor().blockCount(), 250'001);
}

void TestOpening::cancelled_data()
{
    QTest::addColumn<bool>("whileReading");
    QTest::addColumn<bool>("byKey");
    QTest::newRow("while it is read, by the key") << true << true;
    QTest::newRow("while it is read, by the button") << true << false;
    QTest::newRow("while it is shown, by the key") << false << true;
    QTest::newRow("while it is shown, by the button") << false << false;
}

void TestOpening::cancelled()
{
    QFETCH(const bool, whileReading);
    QFETCH(const bool, byKey);
    const QPointer<DocumentPage> page =
        m_window->openFile(large("large.log", lines(whileReading ? 60'000 : 250'000)));
    if (!whileReading) {
        QTRY_VERIFY(!page->document().isEmpty());
        QVERIFY(page->document().isOpening());
    }
    if (byKey) {
        QTest::keyClick(&page->editor(), Qt::Key_Escape);
    } else {
        Opening::of(*page)->cancel(); // what the button does
    }
    QTRY_VERIFY(!page);
    QCOMPARE(m_window->pages().size(), 1);
    QVERIFY(m_window->currentPage()->isPristine());
    QVERIFY(m_window->currentPage()->bar().words().isEmpty());
}

void TestOpening::closedMeanwhile()
{
    const QString path = large("large.log");
    m_window->openFile(path);
    m_window.reset(); // with the window: nothing hangs or is left
    m_window = shownWindow(*m_rooms, *m_theme);
    DocumentPage* page = m_window->openFile(path);
    QTRY_VERIFY(!page->document().isEmpty());
    m_window.reset();
}

void TestOpening::notText()
{
    QByteArray bytes = lines(60'000);
    bytes[bytes.size() - 5] = '\0'; // seen at the very end
    m_window->openFile(large("image.bin", bytes));
    QTRY_VERIFY(m_window->currentPage()->bar().words().contains(QStringLiteral("binary data")));
    QCOMPARE(m_window->pages().size(), 1);
    QVERIFY(m_window->currentPage()->document().isEmpty());
}

void TestOpening::vanishes()
{
    const QString path = large("large.log");
    auto document = ui::EditorDocument::forOpening(path, QStringLiteral("content"));
    QVERIFY(QFile::remove(path));
    const auto read = ui::EditorDocument::read(path, document->config(), {});
    QVERIFY(!read);
    QCOMPARE(read.error().kind, FileError::Kind::NotFound);
    // the same where the window waits for it
    const QString other = large("other.log");
    DocumentPage* page = m_window->openFile(other);
    Q_EMIT Opening::of(*page)->failed(read.error());
    QTRY_COMPARE(m_window->pages().size(), 1);
    QVERIFY(m_window->currentPage()->bar().words().contains(QStringLiteral("does not exist")));
}

void TestOpening::stopsReading()
{
    int asked = 0;
    const auto read = ui::loadFile(large("large.log", QByteArray(12 * 1024 * 1024, 'x')), {},
        [&asked](int percent) { return ++asked < 2 && percent <= 100; });
    QVERIFY(!read);
    QCOMPARE(read.error().kind, FileError::Kind::Cancelled);
    QCOMPARE(asked, 2); // and not to the end
}

void TestOpening::damagedDisk()
{
    // a file whose beginning cannot be read
    const auto read = ui::loadFile(QStringLiteral("/proc/self/mem"));
    QVERIFY(!read);
    QCOMPARE(read.error().kind, FileError::Kind::Other);
    QVERIFY(read.error().words.contains(QStringLiteral("could not be read")));
}

void TestOpening::lineIsGoneToWhenThere()
{
    DocumentPage* page = m_window->openFile(large("large.log"), 50'000, 3);
    QTRY_VERIFY(Opening::of(*page) == nullptr);
    QCOMPARE(page->editor().line(), 50'000);
    QCOMPARE(page->editor().column(), 3);
}

void TestOpening::isShownOnce()
{
    const QString path = large("large.log");
    const DocumentPage* page = m_window->openFile(path);
    QCOMPARE(m_window->openFile(path), page);
    QTRY_VERIFY(Opening::of(*page) == nullptr);
    QCOMPARE(m_window->openFile(path), page);
    QCOMPARE(m_window->pages().size(), 1);
}

void TestOpening::isShownBesideItselfWhenComplete()
{
    DocumentPage* page = m_window->openFile(large("large.log"));
    m_window->actions().splitRight->trigger();
    QCOMPARE(m_window->views().size(), 1);
    QVERIFY(page->bar().words().contains(QStringLiteral("still being opened")));
    QTRY_VERIFY(Opening::of(*page) == nullptr);
    m_window->actions().splitRight->trigger();
    QCOMPARE(m_window->views().size(), 2);
    for (const DocumentPage* view : m_window->views()) {
        QTRY_COMPARE(view->editor().blockCount(), 60'001);
        QVERIFY(!view->editor().isReadOnly());
    }
}

void TestOpening::comesBackInTwoPanes()
{
    QDir(WindowSession::folder()).removeRecursively();
    const QString path = large("large.log");
    m_window->keepSession(false);
    DocumentPage* page = m_window->openFile(path);
    QTRY_VERIFY(Opening::of(*page) == nullptr);
    page->editor().goTo(50'000, 3);
    m_window->actions().splitRight->trigger();
    m_window->currentPage()->editor().goTo(40'000, 2);
    m_window.reset();

    m_window = shownWindow(*m_rooms, *m_theme);
    m_window->keepSession(true);
    QCOMPARE(m_window->views().size(), 2);
    QCOMPARE(m_window->pages().size(), 1);
    QList<int> places;
    for (const DocumentPage* view : m_window->views()) {
        QCOMPARE(view->editor().blockCount(), 60'001);
        QVERIFY(!view->editor().isReadOnly());
        places.append(view->editor().line());
    }
    QCOMPARE(places, (QList<int>{50'000, 40'000}));
    QDir(WindowSession::folder()).removeRecursively();
}

QTEST_MAIN(TestOpening)
#include "tst_opening.moc"
