// SPDX-License-Identifier: MIT
#include "shown_window.h"
#include "tests/ui/support/files.h"
#include "tests/ui/support/qt_test.h"
#include "ui/editor/code_editor.h"
#include "ui/shell/actions.h"
#include "ui/shell/folder_files.h"
#include "ui/shell/main_window.h"
#include "ui/shell/quick_pick.h"
#include "ui/shell/recent_places.h"
#include "ui/shell/theme.h"
#include "ui/shell/window_picks.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QProcess>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace tutti;
using ui::MainWindow;
using ui::PickItem;
using ui::PickModel;

namespace {

QStringList textsOf(const PickModel& model)
{
    QStringList texts;
    for (int row = 0; row < model.rowCount(); ++row) {
        texts.append(model.item(row).text);
    }
    return texts;
}

} // namespace

/// The palette, quick open, and the model and widget they share.
class TestQuickPick : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void modelNarrows();
    void modelIsFast();
    void paletteRunsACommand();
    void paletteShowsKeysAndMenus();
    void paletteRemembers();
    void paletteHasLanguages();
    void whatIsNotAvailableIsNotRun();
    void escapeGoesBack();
    void aClickElsewhereCloses();
    void keepsInsideTheWindow();
    void isTold();
    void places_data();
    void places();
    void quickOpenJumps();
    void quickOpenFindsFilesNearby();
    void quickOpenAsksBeforeItJoins();
    void listsWhatGitKnows();
    void recentPlaces();
    void recentMenu();
    void aRecentFileThatIsGone();

private:
    [[nodiscard]] ui::QuickPick& pick() const { return m_window->picks().widget(); }
    [[nodiscard]] QLineEdit* query() const
    {
        return m_window->findChild<QLineEdit*>(QStringLiteral("quickPickQuery"));
    }
    void press(Qt::Key key) { QTest::keyClick(query(), key); }
    void typeQuery(const QString& text) { QTest::keyClicks(query(), text); }
    [[nodiscard]] QString marked() const
    {
        return pick().findChild<QListView*>()->currentIndex().data().toString();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ui::Theme> m_theme;
    std::unique_ptr<MemoryRooms> m_rooms;
    std::unique_ptr<MainWindow> m_window;
};

void TestQuickPick::initTestCase()
{
    QCoreApplication::setOrganizationName(QStringLiteral("tutti-test"));
    m_theme = std::make_unique<ui::Theme>(*qApp);
}

void TestQuickPick::init()
{
    QSettings().clear();
    m_folder = std::make_unique<QTemporaryDir>();
    m_rooms = std::make_unique<MemoryRooms>();
    m_window = shownWindow(*m_rooms, *m_theme);
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void TestQuickPick::cleanup()
{
    m_window.reset();
    m_rooms.reset();
}

void TestQuickPick::modelNarrows()
{
    PickModel model;
    const QAbstractItemModelTester tester(&model);
    model.setItems({
        {.id = QStringLiteral("a"), .text = QStringLiteral("Save As")},
        {.id = QStringLiteral("b"),
            .text = QStringLiteral("Dark"),
            .context = QStringLiteral("Settings › Theme")},
        {.id = QStringLiteral("c"), .text = QStringLiteral("Dart"), .onlyWhenTyped = true},
    });
    QCOMPARE(model.rowCount(), 2);
    model.setQuery(QStringLiteral("dar"));
    QCOMPARE(textsOf(model), (QStringList{QStringLiteral("Dark"), QStringLiteral("Dart")}));
    model.setQuery(QStringLiteral("theme dark")); // also by where it is
    QCOMPARE(textsOf(model), QStringList{QStringLiteral("Dark")});
    const QModelIndex dark = model.index(0, 0);
    QCOMPARE(dark.data(PickModel::TextMarksRole).value<QList<int>>(), (QList<int>{0, 1, 2, 3}));
    QCOMPARE(dark.data(PickModel::ContextMarksRole).value<QList<int>>().size(), 5);
    QCOMPARE(
        dark.data(Qt::AccessibleTextRole).toString(), QStringLiteral("Dark, Settings › Theme"));
    model.append({{.id = QStringLiteral("d"), .text = QStringLiteral("Theme: Darker")}});
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.rowOf(QStringLiteral("a")), -1);
}

/// 20,000 paths as a large repository has them, and what is typed to find one of them.
void TestQuickPick::modelIsFast()
{
    QList<PickItem> items;
    for (int i = 0; i < 20'000; ++i) {
        items.append({.id = QString::number(i),
            .text = QStringLiteral("component_window_%1.cpp").arg(i),
            .context = QStringLiteral("source/library/module_%1/implementation").arg(i % 97)});
    }
    PickModel model;
    model.setItems(items);
    const auto typed = QStringLiteral("modwin99");
    qint64 slowest = 0;
    for (int length = 1; length <= typed.size(); ++length) {
        qint64 best =
            std::numeric_limits<qint64>::max(); // what the machine does besides is left out
        for (int time = 0; time < 3; ++time) {
            QElapsedTimer timer;
            timer.start();
            model.setQuery(typed.first(length));
            best = std::min(best, timer.nsecsElapsed());
        }
        QVERIFY(model.rowCount() > 0);
        slowest = std::max(slowest, best);
    }
    qInfo("slowest of %lld letters: %.1f ms", static_cast<long long>(typed.size()),
        static_cast<double>(slowest) / 1e6);
#if defined(__OPTIMIZE__) && !defined(__SANITIZE_ADDRESS__)
    QVERIFY(slowest < 16'000'000);
#endif
}

void TestQuickPick::paletteRunsACommand()
{
    QTest::keyClick(
        &m_window->currentPage()->editor(), Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(pick().isVisible());
    QVERIFY(query()->hasFocus());
    typeQuery(QStringLiteral("new"));
    QCOMPARE(marked(), QStringLiteral("New"));
    press(Qt::Key_Return);
    QVERIFY(!pick().isVisible());
    QCOMPARE(m_window->pages().size(), 2);
    QVERIFY(m_window->currentPage()->editor().hasFocus());
}

void TestQuickPick::paletteShowsKeysAndMenus()
{
    m_window->picks().showPalette();
    const PickModel& model = pick().model();
    for (const QAction* action : m_window->actions().all()) {
        const int row = model.rowOf(action->objectName());
        if (action == m_window->actions().palette) {
            QCOMPARE(row, -1);
            continue;
        }
        QVERIFY2(row >= 0, qPrintable(action->objectName()));
        QVERIFY(model.item(row).context.startsWith(m_window->actions().menuOf(*action)));
        QCOMPARE(model.item(row).keys, action->shortcut().toString(QKeySequence::NativeText));
    }
}

void TestQuickPick::paletteRemembers()
{
    m_window->picks().showPalette();
    typeQuery(QStringLiteral("word wrap"));
    press(Qt::Key_Return);
    m_window->picks().showPalette();
    QCOMPARE(marked(), QStringLiteral("Word Wrap"));
    const PickItem& first = pick().model().item(0);
    QVERIFY2(first.context.endsWith(QStringLiteral(" on")), qPrintable(first.context));
    press(Qt::Key_Return); // and off again
    QVERIFY(!m_window->actions().wordWrap->isChecked());
}

void TestQuickPick::paletteHasLanguages()
{
    m_window->picks().showPalette();
    typeQuery(QStringLiteral("python"));
    QCOMPARE(marked(), QStringLiteral("Python"));
    press(Qt::Key_Return);
    QCOMPARE(m_window->currentPage()->editor().languageName(), QStringLiteral("Python"));
    m_window->picks().pickLanguage();
    QCOMPARE(marked(), QStringLiteral("Python")); // what it is is marked
    press(Qt::Key_Escape);
}

void TestQuickPick::whatIsNotAvailableIsNotRun()
{
    m_window->picks().showPalette();
    typeQuery(QStringLiteral("copylink"));
    QCOMPARE(pick().model().item(0).text, QStringLiteral("Copy Link"));
    QVERIFY(!pick().model().item(0).enabled); // not shared
    press(Qt::Key_Return);
    QVERIFY(pick().isVisible());
    typeQuery(QStringLiteral("xyzxyz"));
    QCOMPARE(pick().model().rowCount(), 0);
    press(Qt::Key_Return);
    QVERIFY(pick().isVisible());
    press(Qt::Key_Escape);
}

void TestQuickPick::escapeGoesBack()
{
    m_window->picks().showPalette();
    press(Qt::Key_Down);
    press(Qt::Key_Escape);
    QVERIFY(!pick().isVisible());
    QVERIFY(m_window->currentPage()->editor().hasFocus());
    QCOMPARE(m_window->pages().size(), 1);
}

void TestQuickPick::aClickElsewhereCloses()
{
    m_window->picks().showPalette();
    m_window->currentPage()->editor().setFocus(Qt::MouseFocusReason);
    QVERIFY(!pick().isVisible());
    QVERIFY(m_window->currentPage()->editor().hasFocus());
}

void TestQuickPick::keepsInsideTheWindow()
{
    for (const QSize size : {QSize(400, 300), QSize(1400, 900)}) {
        m_window->resize(size);
        m_window->picks().showPalette();
        QVERIFY(m_window->rect().contains(pick().geometry()));
        m_window->resize(size + QSize(40, 0));
        QTRY_COMPARE(pick().geometry().center().x(), m_window->rect().center().x());
        press(Qt::Key_Escape);
    }
}

void TestQuickPick::isTold()
{
    m_window->picks().showPalette();
    QVERIFY(!query()->accessibleName().isEmpty());
    QVERIFY(!pick().findChild<QListView*>()->accessibleName().isEmpty());
    press(Qt::Key_Escape);
}

void TestQuickPick::places_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("line");
    QTest::addColumn<int>("column");
    QTest::addColumn<bool>("colon");
    QTest::newRow("a") << QStringLiteral("a") << 0 << 0 << false;
    QTest::newRow("a:") << QStringLiteral("a") << 0 << 0 << true;
    QTest::newRow("a:12") << QStringLiteral("a") << 12 << 0 << true;
    QTest::newRow("a:12:") << QStringLiteral("a") << 12 << 0 << true;
    QTest::newRow("a:12:3") << QStringLiteral("a") << 12 << 3 << true;
    QTest::newRow(":7") << QString() << 7 << 0 << true;
    QTest::newRow("a:b") << QStringLiteral("a:b") << 0 << 0 << false;
}

void TestQuickPick::places()
{
    const auto place = ui::TypedPlace::parse(QString::fromUtf8(QTest::currentDataTag()));
    QTEST(place.name, "name");
    QTEST(place.line, "line");
    QTEST(place.column, "column");
    QTEST(place.hasColon, "colon");
}

void TestQuickPick::quickOpenJumps()
{
    const QString path = m_folder->filePath(QStringLiteral("numbers.txt"));
    QVERIFY(put(path, "1\n2\n3\n4\n5\n"));
    m_window->openFile(path);
    QTest::keyClick(&m_window->currentPage()->editor(), Qt::Key_P, Qt::ControlModifier);
    typeQuery(QStringLiteral(":4"));
    QCOMPARE(pick().model().rowCount(), 1);
    press(Qt::Key_Return);
    QCOMPARE(m_window->currentPage()->editor().line(), 4);

    m_window->newDocument();
    m_window->picks().quickOpen();
    typeQuery(QStringLiteral("numb:2"));
    QCOMPARE(marked(), QStringLiteral("numbers.txt"));
    press(Qt::Key_Return);
    QCOMPARE(m_window->currentPage()->document().path(), path);
    QCOMPARE(m_window->currentPage()->editor().line(), 2);
    QCOMPARE(m_window->pages().size(), 2);
}

void TestQuickPick::quickOpenFindsFilesNearby()
{
    for (const char* name : {"one.txt", "sub/two.txt", ".hidden/three.txt", "build/four.txt"}) {
        QVERIFY(put(m_folder->filePath(QString::fromLatin1(name)), "text\n"));
    }
    m_window->openFile(m_folder->filePath(QStringLiteral("one.txt")));
    m_window->picks().quickOpen();
    QTRY_VERIFY(textsOf(pick().model()).contains(QStringLiteral("two.txt")));
    const QStringList offered = textsOf(pick().model());
    QCOMPARE(offered.count(QStringLiteral("one.txt")), 1);
    QVERIFY(!offered.contains(QStringLiteral("three.txt")));
    QVERIFY(!offered.contains(QStringLiteral("four.txt")));
    typeQuery(QStringLiteral("sub/two"));
    press(Qt::Key_Return);
    QCOMPARE(m_window->currentPage()->document().name(), QStringLiteral("two.txt"));
}

void TestQuickPick::quickOpenAsksBeforeItJoins()
{
    m_window->picks().recent().addRoom(
        *net::RoomAddress::parse(QStringLiteral("ws://127.0.0.1:9/notes?token=secret")));
    m_window->picks().quickOpen();
    typeQuery(QStringLiteral("notes"));
    QCOMPARE(marked(), QStringLiteral("notes"));
    press(Qt::Key_Return);
    QTRY_VERIFY(m_window->findChild<QWidget*>(QStringLiteral("joinDialog")) != nullptr);
    QCOMPARE(m_window->currentPage()->session(), nullptr);
}

void TestQuickPick::listsWhatGitKnows()
{
    if (QStandardPaths::findExecutable(QStringLiteral("git")).isEmpty()) {
        QSKIP("git is not installed");
    }
    for (const char* name : {"kept.txt", "sub/new.txt", "made.o", ".gitignore"}) {
        QVERIFY(put(m_folder->filePath(QString::fromLatin1(name)), "*.o\n"));
    }
    QCOMPARE(QProcess::execute(QStringLiteral("git"),
                 {QStringLiteral("init"), QStringLiteral("-q"), m_folder->path()}),
        0);
    ui::FolderFiles lister;
    QSignalSpy listed(&lister, &ui::FolderFiles::listed);
    lister.list(m_folder->filePath(QStringLiteral("sub"))); // from anywhere in it
    QTRY_COMPARE(listed.count(), 1);
    QStringList files = listed[0][1].toStringList();
    files.sort();
    QCOMPARE(files,
        (QStringList{QStringLiteral(".gitignore"), QStringLiteral("kept.txt"),
            QStringLiteral("sub/new.txt")}));
    QCOMPARE(QFileInfo(listed[0][0].toString()).canonicalFilePath(),
        QFileInfo(m_folder->path()).canonicalFilePath());
}

void TestQuickPick::recentPlaces()
{
    ui::RecentPlaces recent;
    for (int i = 0; i < 30; ++i) {
        recent.addFile(QStringLiteral("/tmp/%1").arg(i));
    }
    recent.addFile(QStringLiteral("/tmp/15"));
    QCOMPARE(recent.files().size(), ui::RecentPlaces::kMax);
    QCOMPARE(recent.files().first(), QStringLiteral("/tmp/15"));
    QCOMPARE(recent.files().count(QStringLiteral("/tmp/15")), 1);
    recent.addRoom(*net::RoomAddress::parse(QStringLiteral("wss://example.org/x?token=secret")));
    QCOMPARE(recent.rooms(), QStringList{QStringLiteral("wss://example.org/x")});
    recent.clear();
    QVERIFY(recent.files().isEmpty() && recent.rooms().isEmpty());
}

void TestQuickPick::recentMenu()
{
    const QString path = m_folder->filePath(QStringLiteral("a&b.txt"));
    QVERIFY(put(path, "text\n"));
    m_window->openFile(path);
    QMenu* menu = m_window->actions().recentMenu;
    Q_EMIT menu->aboutToShow();
    Q_EMIT menu->aboutToShow(); // it is made anew, not made longer
    QCOMPARE(menu->actions().size(), 3); // it, a line, Clear
    QVERIFY(menu->actions().first()->text().endsWith(QStringLiteral("a&&b.txt")));
    m_window->newDocument();
    menu->actions().first()->trigger();
    QCOMPARE(m_window->currentPage()->document().path(), path);
    m_window->actions().clearRecent->trigger();
    Q_EMIT menu->aboutToShow();
    QCOMPARE(menu->actions().size(), 1);
    QVERIFY(!m_window->actions().clearRecent->isEnabled());
}

void TestQuickPick::aRecentFileThatIsGone()
{
    m_window->picks().recent().addFile(m_folder->filePath(QStringLiteral("gone.txt")));
    m_window->picks().quickOpen();
    typeQuery(QStringLiteral("gone"));
    press(Qt::Key_Return);
    QCOMPARE(m_window->pages().size(), 1);
    QVERIFY(m_window->currentPage()->document().path().isEmpty());
    QVERIFY(m_window->picks().recent().files().isEmpty());
}

QTEST_MAIN(TestQuickPick)
#include "tst_quick_pick.moc"
