// SPDX-License-Identifier: MIT
#include "memory_rooms.h"
#include "ui/editor/code_editor.h"
#include "ui/presence/follow_frame.h"
#include "ui/shell/actions.h"
#include "ui/shell/inline_bar.h"
#include "ui/shell/join_dialog.h"
#include "ui/shell/main_window.h"
#include "ui/shell/qr_code.h"
#include "ui/shell/share_popover.h"
#include "ui/shell/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMessageBox>
#include <QPushButton>
#include <QRadioButton>
#include <QTemporaryDir>
#include <QTest>

#include <span>

// The QTRY_ macros of Qt 6.8 convert inside.
#pragma GCC diagnostic ignored "-Wconversion"

using namespace tutti;
using ui::DocumentPage;
using ui::MainWindow;

/// Two windows in one process, one hosting, one joined.
class TestWindowSessions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void shareShowsAndCopiesTheLink();
    void whoCanOpenIt();
    void whatCannotBeHosted();
    void bothWriteInOneText();
    void undoTakesBackOnesOwn();
    void participantsAndWords();
    void followingSomebody();
    void theJoinDialogSaysWhatItMeans();
    void joiningTwiceShowsTheSameTab();
    void aJoinTouchesNoFile();
    void aRoomWithTextIsNotSeeded();
    void theGuestSavesACopy();
    void leavingKeepsTheText();
    void stopSharing();
    void closingAHostedDocumentAsks();
    void closingWaitsForWhatIsOnItsWay();
    void theServerGoes();
    void aNewNameIsSeenByTheOthers();
    void richTextIsViewOnly();

private:
    std::unique_ptr<MainWindow> makeWindow(const QString& name, const QString& color);
    [[nodiscard]] static QString textOf(const MainWindow& window, const char* name)
    {
        const auto* widget = window.findChild<QWidget*>(QLatin1StringView(name));
        return widget == nullptr ? QStringLiteral("missing") : widget->property("text").toString();
    }
    [[nodiscard]] static QString shown(const MainWindow& window)
    {
        return window.currentPage()->editor().toPlainText();
    }
    static void type(MainWindow& window, const QString& text)
    {
        QTest::keyClicks(&window.currentPage()->editor(), text);
    }
    /// The host shares "hello\n", the guest is in.
    void meet();

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
    std::unique_ptr<ui::Theme> m_theme;
    std::unique_ptr<MemoryRooms> m_rooms;
    std::unique_ptr<MainWindow> m_host;
    std::unique_ptr<MainWindow> m_guest;
    QString m_link;
};

void TestWindowSessions::initTestCase()
{
    QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    QCoreApplication::setOrganizationName(QStringLiteral("tutti-test"));
    m_theme = std::make_unique<ui::Theme>(*qApp);
}

void TestWindowSessions::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = m_folder->filePath(QStringLiteral("notes.md"));
    m_rooms = std::make_unique<MemoryRooms>();
    m_host = makeWindow(QStringLiteral("Ada Lovelace"), QStringLiteral("#0675e0"));
    m_guest = makeWindow(QStringLiteral("Grace Hopper"), QStringLiteral("#e32631"));
}

void TestWindowSessions::cleanup()
{
    m_guest.reset();
    m_host.reset();
    m_rooms.reset();
}

std::unique_ptr<MainWindow> TestWindowSessions::makeWindow(
    const QString& name, const QString& color)
{
    auto window = std::make_unique<MainWindow>(
        MainWindow::Context{.rooms = *m_rooms, .theme = *m_theme, .identity = {name, color}});
    window->show();
    return window;
}

void TestWindowSessions::meet()
{
    QFile file(m_path);
    QVERIFY(file.open(QFile::WriteOnly) && file.write("hello\n") == 6);
    file.close();
    QVERIFY(m_host->openFile(m_path) != nullptr);
    const auto link = m_host->share(*m_host->currentPage());
    QVERIFY(link);
    m_link = *link;
    m_guest->join(*net::RoomAddress::parse(m_link), QStringLiteral("codemirror"));
    QTRY_COMPARE(shown(*m_guest), QStringLiteral("hello\n"));
}

void TestWindowSessions::shareShowsAndCopiesTheLink()
{
    QGuiApplication::clipboard()->clear();
    m_host->actions().share->trigger();
    auto* popover = m_host->findChild<ui::SharePopover*>();
    QVERIFY(popover != nullptr && popover->isVisible());
    const auto* link = popover->findChild<QLineEdit*>(QStringLiteral("shareLink"));
    QVERIFY(link->text().startsWith(QStringLiteral("ws://rooms.test")));
    QCOMPARE(QGuiApplication::clipboard()->text(), link->text());
    QCOMPARE(m_host->currentPage()->session()->link(), link->text());
    QCOMPARE(m_host->share(*m_host->currentPage()), link->text()); // the same room again
    const auto* code = popover->findChild<ui::QrCodeView*>();
    QVERIFY(code->isVisible());
    QCOMPARE(code->accessibleName(), QStringLiteral("QR code of the link to this room"));
    QVERIFY(code->matrix() == ui::QrMatrix::of(link->text()));
    popover->close();
}

void TestWindowSessions::whoCanOpenIt()
{
    m_host->actions().share->trigger();
    auto* popover = m_host->findChild<ui::SharePopover*>();
    auto* network = popover->findChild<QRadioButton*>(QStringLiteral("reachNetwork"));
    auto* computer = popover->findChild<QRadioButton*>(QStringLiteral("reachThisComputer"));
    const auto* link = popover->findChild<QLineEdit*>(QStringLiteral("shareLink"));
    QVERIFY(network->isVisible() && network->isChecked());
    QVERIFY(computer->isVisible() && !computer->isChecked());
    const auto* code = popover->findChild<ui::QrCodeView*>();
    const auto before = code->matrix();
    computer->click();
    QVERIFY(code->matrix() != before && code->matrix() == ui::QrMatrix::of(link->text()));
    QVERIFY(m_rooms->reached == ui::Reach::ThisComputer);
    QVERIFY(link->text().startsWith(QStringLiteral("ws://computer.test")));
    QCOMPARE(QGuiApplication::clipboard()->text(), link->text());
    QCOMPARE(m_host->currentPage()->session()->link(), link->text());
    QVERIFY(computer->isChecked() && !network->isChecked());

    m_rooms->refusal = QStringLiteral("Port 80 is taken by another program.");
    network->click(); // cannot be done: all is as it was, and one is told
    QCOMPARE(m_host->currentPage()->bar().words(), m_rooms->refusal);
    QVERIFY(computer->isChecked() && !network->isChecked());
    QVERIFY(link->text().startsWith(QStringLiteral("ws://computer.test")));
    popover->close();
    m_rooms->refusal.clear();
    m_host->actions().leave->trigger();

    m_host->actions().share->trigger(); // it is remembered
    QVERIFY(m_rooms->reached == ui::Reach::ThisComputer);
    popover->close();
    m_rooms->reached.reset(); // said on the command line
    m_host->actions().share->trigger();
    QVERIFY(popover->isVisible() && !network->isVisible() && !computer->isVisible());
    popover->close();
    ui::Settings::setReach(ui::Reach::Network);
}

void TestWindowSessions::whatCannotBeHosted()
{
    m_rooms->refusal = QStringLiteral("Port 80 is taken by another program.");
    m_host->actions().share->trigger();
    QVERIFY(m_host->currentPage()->session() == nullptr);
    QCOMPARE(m_host->currentPage()->bar().words(), m_rooms->refusal);
    QCOMPARE(textOf(*m_host, "connectionStatus"), QStringLiteral("Not shared"));
}

void TestWindowSessions::bothWriteInOneText()
{
    meet();
    m_host->currentPage()->editor().goTo(1, 1);
    m_guest->currentPage()->editor().goTo(2, 1);
    for (const QChar letter : QStringLiteral("abcdefgh")) { // at once: nothing has travelled
        type(*m_host, letter);
        type(*m_guest, letter.toUpper());
    }
    const QString both = QStringLiteral("abcdefghhello\nABCDEFGH");
    QTRY_COMPARE(shown(*m_host), both);
    QTRY_COMPARE(shown(*m_guest), both);
    QCOMPARE(m_host->currentPage()->document().content(), both);
    QCOMPARE(m_guest->currentPage()->document().content(), both);
}

void TestWindowSessions::undoTakesBackOnesOwn()
{
    meet();
    type(*m_host, QStringLiteral("host "));
    type(*m_guest, QStringLiteral("guest "));
    QTRY_COMPARE(shown(*m_host).size(), 17);
    QTRY_COMPARE(shown(*m_guest).size(), 17);
    m_host->actions().byId(u"undo")->trigger();
    QTRY_COMPARE(shown(*m_host), QStringLiteral("guest hello\n"));
    QTRY_COMPARE(shown(*m_guest), QStringLiteral("guest hello\n"));
}

void TestWindowSessions::participantsAndWords()
{
    meet();
    const auto everybody = QStringLiteral("Connected: 2 people, all changes synced");
    QTRY_COMPARE(textOf(*m_host, "connectionStatus"), everybody);
    QTRY_COMPARE(textOf(*m_guest, "connectionStatus"), everybody);
    auto* list = m_host->findChild<QListView*>(QStringLiteral("participantsList"));
    QVERIFY(list != nullptr && list->isVisible());
    QTRY_COMPARE(list->model()->rowCount(), 2);
    using Model = ui::ParticipantsModel;
    const QModelIndex guest = list->model()->index(1, 0);
    QCOMPARE(guest.data(Model::NameRole).toString(), QStringLiteral("Grace Hopper"));
    QCOMPARE(guest.data(Model::InitialsRole).toString(), QStringLiteral("GH"));
    m_guest->currentPage()->editor().goTo(2, 1);
    QTRY_COMPARE(list->model()->index(1, 0).data(Model::LineRole).toInt(), 2);

    m_guest->close();
    QTRY_COMPARE(list->model()->rowCount(), 1); // at once, not after 30 s
    QTRY_COMPARE(textOf(*m_host, "connectionStatus"),
        QStringLiteral("Connected: 1 person, all changes synced"));
}

void TestWindowSessions::followingSomebody()
{
    meet();
    auto* list = m_host->findChild<QListView*>(QStringLiteral("participantsList"));
    QTRY_COMPARE(list->model()->rowCount(), 2);
    DocumentPage& page = *m_host->currentPage();
    const ui::Follow& follow = page.session()->follow();
    const auto click = [list](int row) {
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {},
            list->visualRect(list->model()->index(row, 0)).center());
    };
    click(0); // oneself
    QVERIFY(!follow.leader());
    click(1);
    QVERIFY(follow.leader());
    const auto* badge = page.editor().findChild<ui::FollowBadge*>();
    QCOMPARE(badge->accessibleName(), QStringLiteral("Following Grace Hopper, Esc to stop"));
    m_guest->currentPage()->editor().setPlainText(QStringLiteral("line\n").repeated(300));
    m_guest->currentPage()->editor().goTo(250);
    const auto sees = [&page](int line) {
        const ui::CodeEditor& editor = page.editor();
        const int place = editor.document()->findBlockByNumber(line - 1).position();
        return editor.firstVisiblePosition() <= place && place <= editor.lastVisiblePosition();
    };
    QTRY_COMPARE(page.editor().blockCount(), 301); // or there would be no such line
    QTRY_VERIFY(sees(250));

    m_host->newDocument(); // another document
    QVERIFY(!follow.leader());
    m_host->showPage(page);
    m_host->actions().follow->trigger();
    QVERIFY(follow.leader());
    m_guest->close();
    QTRY_VERIFY(!follow.leader());
    QVERIFY(sees(250));
    QVERIFY(page.bar().words().startsWith(QStringLiteral("Grace Hopper has left")));
    m_host->actions().follow->trigger();
    QVERIFY(page.bar().words().startsWith(QStringLiteral("Nobody else is here")));
}

void TestWindowSessions::theJoinDialogSaysWhatItMeans()
{
    meet();
    MainWindow* third = m_guest.get();
    const qsizetype tabs = third->pages().size();
    third->askToJoin(QStringLiteral("ws://rooms.test:1234/my%20room"));
    auto* dialog = third->findChild<ui::JoinDialog*>();
    QVERIFY(dialog != nullptr && dialog->isVisible());
    QStringList words;
    for (const QLabel* label : dialog->findChildren<QLabel*>()) {
        words.append(label->text());
    }
    QVERIFY(words.contains(QStringLiteral("rooms.test:1234")));
    QVERIFY(words.contains(QStringLiteral("my room")));
    QVERIFY(!words.filter(QStringLiteral("others on the network could read")).isEmpty());
    QCOMPARE(third->pages().size(), tabs); // nothing was joined yet
    QCOMPARE(m_rooms->server->roomCount(), 1);

    auto* link = dialog->findChild<QLineEdit*>(QStringLiteral("joinLink"));
    auto* join = dialog->findChild<QPushButton*>(QStringLiteral("joinConfirm"));
    link->setText(QStringLiteral("http://example.org/"));
    QVERIFY(!join->isEnabled());
    QVERIFY(!dialog->findChild<QLabel*>(QStringLiteral("joinError"))->text().isEmpty());
    link->setText(m_link);
    QVERIFY(join->isEnabled());
    auto* name = dialog->findChild<QLineEdit*>(QStringLiteral("identityName"));
    name->setText(QStringLiteral(" "));
    QVERIFY(!join->isEnabled());
    name->setText(QStringLiteral("Rear Admiral"));
    QTest::mouseClick(join, Qt::LeftButton);
    QCOMPARE(third->identity().name, QStringLiteral("Rear Admiral"));
}

void TestWindowSessions::joiningTwiceShowsTheSameTab()
{
    meet();
    DocumentPage* page = m_guest->currentPage();
    m_guest->newDocument();
    QCOMPARE(&m_guest->join(*net::RoomAddress::parse(m_link), QStringLiteral("codemirror")), page);
    QCOMPARE(m_guest->currentPage(), page);
}

void TestWindowSessions::aJoinTouchesNoFile()
{
    const QString own = m_folder->filePath(QStringLiteral("own.txt"));
    QFile file(own);
    QVERIFY(file.open(QFile::WriteOnly) && file.write("own\n") == 4);
    file.close();
    DocumentPage* page = m_guest->openFile(own);
    meet();
    QVERIFY(m_guest->currentPage() != page);
    QVERIFY(m_guest->currentPage()->document().path().isEmpty());
    QCOMPARE(m_guest->currentPage()->document().name(), QStringLiteral("notes.md"));
    QCOMPARE(page->document().content(), QStringLiteral("own\n"));
}

void TestWindowSessions::aRoomWithTextIsNotSeeded()
{
    meet();
    // shared a second time: another room, and the first is as it was
    m_host->currentPage()->endSession();
    const auto second = m_host->share(*m_host->currentPage());
    QVERIFY(second);
    QVERIFY(*second != m_link);
    auto third = makeWindow(QStringLiteral("Third"), QStringLiteral("#1f6a05"));
    third->join(*net::RoomAddress::parse(*second), QStringLiteral("codemirror"));
    QTRY_COMPARE(shown(*third), QStringLiteral("hello\n"));
    QCOMPARE(shown(*m_guest), QStringLiteral("hello\n"));
    QTRY_COMPARE(textOf(*third, "connectionStatus"),
        QStringLiteral("Connected: 2 people, all changes synced"));
    QCOMPARE(shown(*third), QStringLiteral("hello\n"));
}

void TestWindowSessions::theGuestSavesACopy()
{
    meet();
    const QString copy = m_folder->filePath(QStringLiteral("copy.md"));
    QVERIFY(!m_guest->isWindowModified());
    QVERIFY(m_guest->currentPage()->document().saveAs(copy));
    type(*m_host, QStringLiteral("x"));
    QTRY_VERIFY(m_guest->isWindowModified()); // the file lacks what the host wrote
    m_guest->actions().save->trigger();
    QFile file(copy);
    QVERIFY(file.open(QFile::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("xhello\n"));
    QVERIFY(m_guest->currentPage()->session() != nullptr); // still in the room
}

void TestWindowSessions::leavingKeepsTheText()
{
    meet();
    m_guest->actions().leave->trigger();
    QVERIFY(m_guest->currentPage()->session() == nullptr);
    QCOMPARE(shown(*m_guest), QStringLiteral("hello\n"));
    QCOMPARE(textOf(*m_guest, "connectionStatus"), QStringLiteral("Not shared"));
    QVERIFY(m_guest->isWindowModified()); // it is nobody's but ours now
    type(*m_guest, QStringLiteral("x"));
    QCOMPARE(shown(*m_guest), QStringLiteral("xhello\n"));
    QTRY_COMPARE(textOf(*m_host, "connectionStatus"),
        QStringLiteral("Connected: 1 person, all changes synced"));
    QCOMPARE(shown(*m_host), QStringLiteral("hello\n"));
    QVERIFY(m_rooms->closed.isEmpty());
}

void TestWindowSessions::stopSharing()
{
    meet();
    QCOMPARE(m_host->actions().leave->text(), QStringLiteral("Stop S&haring"));
    m_host->actions().leave->trigger();
    QCOMPARE(m_rooms->closed, QStringList{m_link});
    QCOMPARE(textOf(*m_host, "connectionStatus"), QStringLiteral("Not shared"));
    QVERIFY(!m_host->isWindowModified()); // its file has it all
}

void TestWindowSessions::closingAHostedDocumentAsks()
{
    meet();
    QTRY_COMPARE(m_host->currentPage()->session()->status().peers, 1);
    QVERIFY(!m_host->close());
    auto* question = m_host->findChild<QMessageBox*>(QStringLiteral("closeQuestion"));
    QVERIFY(question != nullptr);
    QVERIFY(question->text().contains(QStringLiteral("Others are writing")));
    QTest::mouseClick(question->button(QMessageBox::Cancel), Qt::LeftButton);
    QVERIFY(m_host->isVisible());
    m_guest->close();
    QTRY_COMPARE(m_host->currentPage()->session()->status().peers, 0);
    QVERIFY(m_host->close());
    QCOMPARE(m_rooms->closed, QStringList{m_link});
}

void TestWindowSessions::closingWaitsForWhatIsOnItsWay()
{
    meet();
    type(*m_guest, QStringLiteral("last words "));
    QCOMPARE(m_guest->currentPage()->closeConcern(), DocumentPage::Concern::UnsentChanges);
    QVERIFY(!m_guest->close()); // not yet, and without a question
    QVERIFY(!m_guest->close()); // impatience changes nothing
    QTRY_VERIFY(!m_guest->isVisible());
    QVERIFY(m_guest->findChild<QMessageBox*>(QStringLiteral("closeQuestion")) == nullptr);
    QTRY_COMPARE(shown(*m_host), QStringLiteral("last words hello\n"));
}

void TestWindowSessions::theServerGoes()
{
    meet();
    QTRY_VERIFY(textOf(*m_guest, "connectionStatus").startsWith(QStringLiteral("Connected")));
    m_rooms->server.reset();
    QTRY_VERIFY(textOf(*m_guest, "connectionStatus")
            .startsWith(QStringLiteral("Offline: you can keep editing.")));
    DocumentPage* page = m_guest->currentPage();
    QTRY_VERIFY(page->bar().isVisible());
    QVERIFY(page->bar().words().startsWith(QStringLiteral("Offline: you can keep editing.")));
    auto* retry = page->bar().findChild<QPushButton*>(QStringLiteral("inlineBarAction0"));
    QVERIFY(retry != nullptr);
    QCOMPARE(retry->text(), QStringLiteral("Retry now"));
    type(*m_guest, QStringLiteral("offline "));
    QCOMPARE(shown(*m_guest), QStringLiteral("offline hello\n"));
    QVERIFY(!m_guest->close()); // what was written last has reached nobody
    auto* question = m_guest->findChild<QMessageBox*>(QStringLiteral("closeQuestion"));
    QVERIFY(question != nullptr);
    QVERIFY(question->text().contains(QStringLiteral("have not reached the others")));
}

void TestWindowSessions::aNewNameIsSeenByTheOthers()
{
    meet();
    m_guest->actions().share->trigger(); // shows the link and the name
    auto* popover = m_guest->findChild<ui::SharePopover*>();
    auto* name = popover->findChild<QLineEdit*>(QStringLiteral("identityName"));
    name->setText(QStringLiteral("Amazing Grace"));
    QTest::keyClick(name, Qt::Key_Return);
    popover->close();
    auto* list = m_host->findChild<QListView*>(QStringLiteral("participantsList"));
    QTRY_COMPARE(list->model()->index(1, 0).data(ui::ParticipantsModel::NameRole).toString(),
        QStringLiteral("Amazing Grace"));
}

/// A room whose text is another editor's rich text: shown, never edited.
void TestWindowSessions::richTextIsViewOnly()
{
    // client 7, clock 0: an embedded object in the root "codemirror", as Quill writes an image
    const auto update = QByteArray::fromHex("01010700"
                                            "05"
                                            "010a636f64656d6972726f72"
                                            "0b7b22696d67223a2278227d"
                                            "00");
    crdt::Doc doc;
    QVERIFY(doc.applyUpdate(
        std::as_bytes(std::span(update.data(), static_cast<std::size_t>(update.size())))));
    net::Provider author(doc, m_rooms->server->attach(QStringLiteral("/rich")));
    author.start();
    QTRY_COMPARE(author.status().state, net::ProviderStatus::State::Synced);

    m_guest->join(*net::RoomAddress::parse(QStringLiteral("ws://rooms.test/rich")),
        QStringLiteral("codemirror"));
    QTRY_COMPARE(textOf(*m_guest, "connectionStatus"), QStringLiteral("View only"));
    DocumentPage* page = m_guest->currentPage();
    QVERIFY(page->editor().isReadOnly());
    QVERIFY(page->bar().words().startsWith(QStringLiteral("This room holds rich text")));
    const crdt::Bytes before = doc.getState();
    type(*m_guest, QStringLiteral("x"));
    QCOMPARE(page->document().text().length(), crdt::Offset(1));
    QCOMPARE(doc.getState(), before);

    m_guest->actions().leave->trigger();
    QVERIFY(!page->editor().isReadOnly()); // the copy is one's own
}

QTEST_MAIN(TestWindowSessions)
#include "tst_window_sessions.moc"
