// SPDX-License-Identifier: MIT
#include "shown_window.h"
#include "tests/ui/support/files.h"
#include "ui/editor/code_editor.h"
#include "ui/shell/actions.h"
#include "ui/shell/find_bar.h"
#include "ui/shell/inline_bar.h"
#include "ui/shell/main_window.h"
#include "ui/shell/theme.h"

#include <QApplication>
#include <QDialog>
#include <QFile>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

// The QTRY_ macros of Qt 6.8 convert inside.
#pragma GCC diagnostic ignored "-Wconversion"

using namespace tutti;
using ui::DocumentPage;
using ui::MainWindow;

/// The window without a network, driven as a person would.
class TestMainWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void startsWithAnEmptyDocument();
    void opensEditsAndSaves();
    void opensAtALine();
    void aFileIsOpenedOnce();
    void aFileThatIsNotThereYet();
    void whatCannotBeOpened();
    void savesAnUntitledDocument();
    void closingAsks_data();
    void closingAsks();
    void quittingAsksForEach();
    void quittingStopsAtCancel();
    void aFileChangedByOthersIsNotOverwritten();
    void encodingThatLacksACharacter();
    void undoAndRedo();
    void capitalsAreNoStepOfTheirOwn();
    void finds();
    void goesToALine();
    void statusFollowsTheEditor();
    void languageOfAFile();
    void viewSettings();
    void droppedFilesAreOpened();
    void droppedLinksAreAskedAbout();
    void everythingHasAName();

private:
    void type(const QString& text) { QTest::keyClicks(&m_window->currentPage()->editor(), text); }
    void trigger(QAction* action) { action->trigger(); }
    [[nodiscard]] QString textOf(const char* name) const
    {
        const auto* widget = m_window->findChild<QWidget*>(QLatin1StringView(name));
        return widget == nullptr ? QStringLiteral("missing") : widget->property("text").toString();
    }
    /// The dialog of that name, once it is there.
    template <typename T>
    T* dialog(const char* name)
    {
        T* found = nullptr;
        (void)QTest::qWaitFor([&] {
            found = m_window->findChild<T*>(QLatin1StringView(name));
            return found != nullptr && found->isVisible();
        });
        return found;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
    std::unique_ptr<ui::Theme> m_theme;
    std::unique_ptr<MemoryRooms> m_rooms;
    std::unique_ptr<MainWindow> m_window;
};

void TestMainWindow::initTestCase()
{
    QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    QCoreApplication::setOrganizationName(QStringLiteral("tutti-test"));
    m_theme = std::make_unique<ui::Theme>(*qApp);
}

void TestMainWindow::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = m_folder->filePath(QStringLiteral("file.txt"));
    m_rooms = std::make_unique<MemoryRooms>();
    m_window = shownWindow(*m_rooms, *m_theme);
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void TestMainWindow::cleanup()
{
    m_window.reset();
    m_rooms.reset();
}

void TestMainWindow::startsWithAnEmptyDocument()
{
    QCOMPARE(m_window->pages().size(), 1);
    QVERIFY(m_window->currentPage()->isPristine());
    QVERIFY(m_window->currentPage()->editor().hasFocus());
    QVERIFY(m_window->windowTitle().startsWith(QStringLiteral("Untitled[*]")));
    QCOMPARE(textOf("connectionStatus"), QStringLiteral("Not shared"));
    QVERIFY(m_window->close()); // nothing to ask about
}

void TestMainWindow::opensEditsAndSaves()
{
    QVERIFY(put(m_path, "one\r\ntwo\r\n"));
    DocumentPage* page = m_window->openFile(m_path);
    QVERIFY(page != nullptr);
    QCOMPARE(m_window->pages().size(), 1); // it took the place of the empty tab
    QCOMPARE(page->editor().toPlainText(), QStringLiteral("one\ntwo\n"));
    QVERIFY(!m_window->isWindowModified());
    type(QStringLiteral("zero "));
    QVERIFY(m_window->isWindowModified());
    QCOMPARE(page->document().content(), QStringLiteral("zero one\ntwo\n"));
    QTest::keyClick(&page->editor(), Qt::Key_S, Qt::ControlModifier);
    QCOMPARE(bytesOf(m_path), QByteArray("zero one\r\ntwo\r\n"));
    QVERIFY(!m_window->isWindowModified());
}

void TestMainWindow::opensAtALine()
{
    QVERIFY(put(m_path, "one\ntwo\nthree\n"));
    const DocumentPage* page = m_window->openFile(m_path, 2, 3);
    QVERIFY(page != nullptr);
    QCOMPARE(textOf("caretPosition"), QStringLiteral("Line 2, Column 3"));
}

void TestMainWindow::aFileIsOpenedOnce()
{
    QVERIFY(put(m_path, "x\n"));
    const QString link = m_folder->filePath(QStringLiteral("link.txt"));
    QVERIFY(QFile::link(m_path, link));
    DocumentPage* first = m_window->openFile(m_path);
    m_window->newDocument();
    QVERIFY(m_window->currentPage() != first);
    QCOMPARE(m_window->openFile(link), first); // by whatever name
    QCOMPARE(m_window->currentPage(), first);
}

void TestMainWindow::aFileThatIsNotThereYet()
{
    const DocumentPage* page = m_window->openFile(m_path);
    QVERIFY(page != nullptr);
    type(QStringLiteral("x"));
    trigger(m_window->actions().save);
    QCOMPARE(bytesOf(m_path), QByteArray("x"));
}

void TestMainWindow::whatCannotBeOpened()
{
    QVERIFY(put(m_path, QByteArray("\0\1\2", 3)));
    QVERIFY(m_window->openFile(m_path) == nullptr);
    QVERIFY(m_window->currentPage()->bar().isVisible());
    QCOMPARE(m_window->currentPage()->bar().words(),
        QStringLiteral("file.txt is not a text file: it holds binary data. It was not opened."));
    QVERIFY(m_window->openFile(m_folder->path()) == nullptr);
    QVERIFY(m_window->openFile(m_folder->filePath(QStringLiteral("none/file"))) == nullptr);
    QCOMPARE(m_window->pages().size(), 1);
    QVERIFY(m_window->currentPage()->document().path().isEmpty());
}

void TestMainWindow::savesAnUntitledDocument()
{
    type(QStringLiteral("text"));
    QTest::keyClick(&m_window->currentPage()->editor(), Qt::Key_S, Qt::ControlModifier);
    auto* save = dialog<QFileDialog>("saveDialog");
    QVERIFY(save != nullptr);
    auto* name = save->findChild<QLineEdit*>(QStringLiteral("fileNameEdit"));
    QVERIFY(name != nullptr);
    name->setText(m_path);
    QTest::keyClick(name, Qt::Key_Return);
    QTRY_COMPARE(bytesOf(m_path), QByteArray("text"));
    QCOMPARE(m_window->currentPage()->document().path(), m_path);
    QVERIFY(!m_window->isWindowModified());
}

void TestMainWindow::closingAsks_data()
{
    QTest::addColumn<int>("answer");
    QTest::addColumn<QByteArray>("onDisk");
    QTest::addColumn<bool>("closed");
    QTest::newRow("save") << int(QMessageBox::Save) << QByteArray("new old\n") << true;
    QTest::newRow("discard") << int(QMessageBox::Discard) << QByteArray("old\n") << true;
    QTest::newRow("cancel") << int(QMessageBox::Cancel) << QByteArray("old\n") << false;
}

void TestMainWindow::closingAsks()
{
    QFETCH(const int, answer);
    QFETCH(const QByteArray, onDisk);
    QFETCH(const bool, closed);

    QVERIFY(put(m_path, "old\n"));
    m_window->openFile(m_path);
    type(QStringLiteral("new "));
    QTest::keyClick(&m_window->currentPage()->editor(), Qt::Key_W, Qt::ControlModifier);
    auto* question = dialog<QMessageBox>("closeQuestion");
    QVERIFY(question != nullptr);
    QCOMPARE(question->text(), QStringLiteral("Save the changes to file.txt?"));
    QTest::mouseClick(
        question->button(static_cast<QMessageBox::StandardButton>(answer)), Qt::LeftButton);
    QTRY_COMPARE(m_window->currentPage()->document().path().isEmpty(), closed);
    QCOMPARE(bytesOf(m_path), onDisk);
    if (!closed) {
        QCOMPARE(m_window->currentPage()->document().content(), QStringLiteral("new old\n"));
        QTRY_VERIFY(m_window->findChild<QMessageBox*>(QStringLiteral("closeQuestion")) == nullptr);
    }
}

void TestMainWindow::quittingAsksForEach()
{
    const QString other = m_folder->filePath(QStringLiteral("other.txt"));
    for (const QString& path : {m_path, other}) {
        QVERIFY(put(path, "\n"));
        m_window->openFile(path);
        type(QStringLiteral("x"));
    }
    QVERIFY(!m_window->close());
    auto* first = dialog<QMessageBox>("closeQuestion");
    QVERIFY(first != nullptr);
    QVERIFY(first->text().contains(QStringLiteral("file.txt")));
    QTest::mouseClick(first->button(QMessageBox::Save), Qt::LeftButton);
    QMessageBox* second = nullptr;
    QTRY_VERIFY((second = dialog<QMessageBox>("closeQuestion")) != nullptr
        && second->text().contains(QStringLiteral("other.txt")));
    QVERIFY(m_window->isVisible());
    QTest::mouseClick(second->button(QMessageBox::Discard), Qt::LeftButton);
    QTRY_VERIFY(!m_window->isVisible());
    QCOMPARE(bytesOf(m_path), QByteArray("x\n"));
    QCOMPARE(bytesOf(other), QByteArray("\n"));
}

void TestMainWindow::quittingStopsAtCancel()
{
    type(QStringLiteral("x"));
    for (int round = 0; round < 2; ++round) { // and may be asked again
        QVERIFY(!m_window->close());
        auto* question = dialog<QMessageBox>("closeQuestion");
        QVERIFY(question != nullptr);
        QTest::keyClick(question, Qt::Key_Escape);
        QTRY_VERIFY(m_window->findChild<QMessageBox*>(QStringLiteral("closeQuestion")) == nullptr);
        QVERIFY(m_window->isVisible());
    }
    QCOMPARE(m_window->currentPage()->document().content(), QStringLiteral("x"));
}

void TestMainWindow::aFileChangedByOthersIsNotOverwritten()
{
    QVERIFY(put(m_path, "old\n"));
    DocumentPage* page = m_window->openFile(m_path);
    type(QStringLiteral("mine "));
    QVERIFY(put(m_path, "theirs, longer\n"));
    trigger(m_window->actions().save);
    QCOMPARE(bytesOf(m_path), QByteArray("theirs, longer\n"));
    QCOMPARE(page->bar().words(),
        QStringLiteral("file.txt was changed by another program. It was not saved over that."));
    auto* overwrite = page->bar().findChild<QPushButton*>(QStringLiteral("inlineBarAction0"));
    QVERIFY(overwrite != nullptr);
    QCOMPARE(overwrite->text(), QStringLiteral("Overwrite"));
    QTest::mouseClick(overwrite, Qt::LeftButton);
    QCOMPARE(bytesOf(m_path), QByteArray("mine old\n"));
    QVERIFY(!page->bar().isVisible());

    QVERIFY(put(m_path, "theirs again\n"));
    trigger(m_window->actions().save);
    QTest::mouseClick(
        page->bar().findChild<QPushButton*>(QStringLiteral("inlineBarAction1")), Qt::LeftButton);
    QTRY_COMPARE(page->editor().toPlainText(), QStringLiteral("theirs again\n"));
    QVERIFY(!m_window->isWindowModified());
}

void TestMainWindow::encodingThatLacksACharacter()
{
    QVERIFY(put(m_path, "caf\xe9\n"));
    DocumentPage* page = m_window->openFile(m_path);
    QCOMPARE(textOf("encoding"), QStringLiteral("Windows-1252"));
    page->document().text().insert({}, u"\u2192 ");
    trigger(m_window->actions().save);
    QCOMPARE(bytesOf(m_path), QByteArray("caf\xe9\n"));
    QVERIFY(page->bar().words().contains(QStringLiteral("→")));
    QTest::mouseClick(
        page->bar().findChild<QPushButton*>(QStringLiteral("inlineBarAction0")), Qt::LeftButton);
    QCOMPARE(bytesOf(m_path), QStringLiteral("\u2192 caf\u00e9\n").toUtf8());
    QCOMPARE(textOf("encoding"), QStringLiteral("UTF-8"));
    QVERIFY(!page->bar().isVisible());
}

void TestMainWindow::undoAndRedo()
{
    QVERIFY(!m_window->actions().byId(u"undo")->isEnabled());
    type(QStringLiteral("abc"));
    QTRY_VERIFY(m_window->actions().byId(u"undo")->isEnabled());
    QTest::keyClick(&m_window->currentPage()->editor(), Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE(m_window->currentPage()->editor().toPlainText(), QString());
    QVERIFY(!m_window->isWindowModified());
    QTRY_VERIFY(m_window->actions().byId(u"redo")->isEnabled());
    trigger(m_window->actions().byId(u"redo"));
    QTRY_COMPARE(m_window->currentPage()->editor().toPlainText(), QStringLiteral("abc"));
}

void TestMainWindow::capitalsAreNoStepOfTheirOwn()
{
    ui::CodeEditor& editor = m_window->currentPage()->editor();
    for (const char* word : {"on ", "My ", "Way"}) {
        QTest::keyPress(&editor, Qt::Key_Shift); // as a keyboard sends it
        QTest::keyRelease(&editor, Qt::Key_Shift);
        type(QString::fromLatin1(word));
    }
    trigger(m_window->actions().byId(u"undo"));
    QCOMPARE(m_window->currentPage()->document().content(), QString());
}

void TestMainWindow::finds()
{
    ui::CodeEditor& editor = m_window->currentPage()->editor();
    type(QStringLiteral("one two ONE two one"));
    editor.goTo(1, 1);
    QTest::keyClick(&editor, Qt::Key_F, Qt::ControlModifier);
    auto* query = m_window->findChild<QLineEdit*>(QStringLiteral("findQuery"));
    QVERIFY(query != nullptr);
    QTRY_VERIFY(query->hasFocus());
    QTest::keyClicks(query, QStringLiteral("one"));
    QTRY_COMPARE(textOf("findCount"), QStringLiteral("1 of 3"));
    QTest::keyClick(query, Qt::Key_Return);
    QTRY_COMPARE(textOf("findCount"), QStringLiteral("2 of 3"));
    QCOMPARE(editor.textCursor().selectedText(), QStringLiteral("ONE"));
    QTest::keyClick(query, Qt::Key_Return, Qt::ShiftModifier);
    QTest::keyClick(query, Qt::Key_Return, Qt::ShiftModifier); // around the start
    QTRY_COMPARE(textOf("findCount"), QStringLiteral("3 of 3"));
    QTest::keyClicks(query, QStringLiteral("xyz"));
    QTRY_COMPARE(textOf("findCount"), QStringLiteral("No matches"));
    QTest::keyClick(query, Qt::Key_Escape);
    QTRY_VERIFY(editor.hasFocus());
    QVERIFY(!m_window->currentPage()->findBar().isVisible());
    QVERIFY(editor.extraSelections().isEmpty());
    QCOMPARE(m_window->currentPage()->document().content(), QStringLiteral("one two ONE two one"));
}

void TestMainWindow::goesToALine()
{
    QVERIFY(put(m_path, "1\n2\n3\n4\n"));
    m_window->openFile(m_path);
    trigger(m_window->actions().goToLine);
    auto* query = m_window->findChild<QLineEdit*>(QStringLiteral("quickPickQuery"));
    QVERIFY(query != nullptr && query->isVisible());
    QCOMPARE(query->text(), QStringLiteral(":"));
    QTest::keyClick(query, Qt::Key_3);
    QTest::keyClick(query, Qt::Key_Return);
    QTRY_COMPARE(textOf("caretPosition"), QStringLiteral("Line 3, Column 1"));
}

void TestMainWindow::statusFollowsTheEditor()
{
    type(QStringLiteral("ab"));
    QTest::keyClick(&m_window->currentPage()->editor(), Qt::Key_Return);
    type(QStringLiteral("c"));
    QTRY_COMPARE(textOf("caretPosition"), QStringLiteral("Line 2, Column 2"));
    QCOMPARE(textOf("encoding"), QStringLiteral("UTF-8"));
    QCOMPARE(textOf("lineEnd"), QStringLiteral("LF"));
    m_window->newDocument();
    QCOMPARE(textOf("caretPosition"), QStringLiteral("Line 1, Column 1"));
    trigger(m_window->actions().previousTab);
    QCOMPARE(textOf("caretPosition"), QStringLiteral("Line 2, Column 2"));
}

void TestMainWindow::languageOfAFile()
{
    QVERIFY(put(m_folder->filePath(QStringLiteral("a.cpp")), "int main();\n"));
    m_window->openFile(m_folder->filePath(QStringLiteral("a.cpp")));
    QCOMPARE(textOf("language"), QStringLiteral("C++"));
}

void TestMainWindow::viewSettings()
{
    ui::CodeEditor& editor = m_window->currentPage()->editor();
    QCOMPARE(editor.lineWrapMode(), QPlainTextEdit::NoWrap);
    trigger(m_window->actions().wordWrap);
    QCOMPARE(editor.lineWrapMode(), QPlainTextEdit::WidgetWidth);
    trigger(m_window->actions().wordWrap);
    trigger(m_window->actions().byId(u"zoomIn"));
    QVERIFY(editor.zoomPercent() > 100);
    const int zoomed = editor.zoomPercent();
    QCOMPARE(m_window->newDocument().editor().zoomPercent(), zoomed);
    trigger(m_window->actions().byId(u"zoomReset"));
    QCOMPARE(editor.zoomPercent(), 100);

    QAction* dark = m_window->findChild<QAction*>(QStringLiteral("theme2"));
    QVERIFY(dark != nullptr);
    trigger(dark);
    QVERIFY(m_theme->isDark());
    QTRY_VERIFY(editor.theme().dark);
    const auto shownBackground = [&editor] { // below the text
        const QImage picture = editor.viewport()->grab().toImage();
        return picture.pixelColor(picture.width() / 2, picture.height() - 5);
    };
    QTRY_COMPARE(shownBackground(), editor.theme().background);
    trigger(m_window->findChild<QAction*>(QStringLiteral("theme1")));
    QTRY_VERIFY(!editor.theme().dark);
    QTRY_COMPARE(shownBackground(), editor.theme().background);
}

void TestMainWindow::droppedFilesAreOpened()
{
    QVERIFY(put(m_path, "dropped\n"));
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(m_path)});
    QWidget* viewport = m_window->currentPage()->editor().viewport();
    QDragEnterEvent enter(QPoint(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(viewport, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(viewport, &drop);
    QVERIFY(drop.isAccepted());
    QCOMPARE(m_window->currentPage()->document().path(), m_path);
    QCOMPARE(m_window->currentPage()->document().content(), QStringLiteral("dropped\n"));
}

void TestMainWindow::droppedLinksAreAskedAbout()
{
    QMimeData data;
    data.setText(QStringLiteral("tutti://127.0.0.1:9/notes?via=wss"));
    QWidget* viewport = m_window->currentPage()->editor().viewport();
    QDragEnterEvent enter(QPoint(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(viewport, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(viewport, &drop);
    QVERIFY(drop.isAccepted());
    auto* dialog = m_window->findChild<QDialog*>(QStringLiteral("joinDialog"));
    QVERIFY(dialog != nullptr);
    QCOMPARE(dialog->findChild<QLineEdit*>(QStringLiteral("joinLink"))->text(),
        QStringLiteral("wss://127.0.0.1:9/notes"));
    QCOMPARE(m_window->pages().size(), 1); // nothing was joined
    dialog->reject();

    QMimeData words;
    words.setText(QStringLiteral("just words"));
    QDragEnterEvent again(QPoint(10, 10), Qt::CopyAction, &words, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(viewport, &again);
    QDropEvent text(QPointF(10, 10), Qt::CopyAction, &words, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(viewport, &text);
    QCOMPARE(m_window->currentPage()->document().content(), QStringLiteral("just words"));
}

/// Whatever can take the focus can be told by a screen reader.
void TestMainWindow::everythingHasAName()
{
    m_window->currentPage()->findBar().open();
    for (const QWidget* widget : m_window->findChildren<QWidget*>()) {
        if (!widget->isVisible() || widget->focusPolicy() == Qt::NoFocus
            || widget->focusProxy() != nullptr
            || widget->objectName().startsWith(QStringLiteral("qt_"))) {
            continue;
        }
        const bool named =
            !widget->accessibleName().isEmpty() || !widget->property("text").toString().isEmpty();
        QVERIFY2(named,
            qPrintable(QStringLiteral("%1 %2").arg(
                QLatin1StringView(widget->metaObject()->className()), widget->objectName())));
    }
}

QTEST_MAIN(TestMainWindow)
#include "tst_main_window.moc"
