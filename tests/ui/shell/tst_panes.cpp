// SPDX-License-Identifier: MIT
#include "shown_window.h"
#include "tests/ui/support/qt_test.h"
#include "ui/editor/code_editor.h"
#include "ui/shell/actions.h"
#include "ui/shell/pane.h"
#include "ui/shell/pane_area.h"
#include "ui/shell/theme.h"
#include "ui/shell/window_session.h"

#include <QDir>
#include <QMessageBox>
#include <QPushButton>
#include <QScrollBar>
#include <QSettings>
#include <QSplitter>
#include <QTest>

#include <cstdlib>

using namespace tutti;
using ui::CodeEditor;
using ui::DocumentPage;
using ui::EditorSelection;
using ui::MainWindow;
using ui::Pane;
using ui::PaneArea;

/// Documents side by side.
class TestPanes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void splittingShowsTheSameTwice();
    void commandsAreAboutTheActivePane();
    void closingAViewAsksNothing();
    void closingTheWindowAsksOnce();
    void whatIsChosenHoldsInAllViews();
    void movingAndJoining();
    void panesInPanesGoAgain();
    void dragToAnotherPane_data();
    void dragToAnotherPane();
    void aDragIsGivenUp();
    void middleClickCloses();
    void aSharedDocumentInTwoViews();
    void theSessionHasThem();
    void aDamagedLayout();
    void aDraggedTabIsClosed();
    void discardedOnceForAllViews();
    void anEmptyDocumentComesBack();

private:
    std::unique_ptr<MainWindow> restored()
    {
        auto window = std::make_unique<MainWindow>(MainWindow::Context{.rooms = *m_rooms,
            .theme = *m_theme,
            .identity = {QStringLiteral("Ada"), QStringLiteral("#0675e0")}});
        window->keepSession(true);
        window->show();
        (void)QTest::qWaitForWindowActive(window.get());
        return window;
    }
    [[nodiscard]] PaneArea& panes() const { return m_window->panes(); }
    [[nodiscard]] DocumentPage& page() const { return *m_window->currentPage(); }
    [[nodiscard]] CodeEditor& editor() const { return page().editor(); }
    [[nodiscard]] static QString textOf(const DocumentPage& page)
    {
        return page.editor().toPlainText();
    }
    void type(const QString& text) { QTest::keyClicks(&editor(), text); }
    /// Documents by name, panes apart: "a b* | b", the current ones starred.
    [[nodiscard]] QString drawn() const
    {
        QStringList result;
        for (const Pane* pane : panes().panes()) {
            QStringList names;
            for (const DocumentPage* each : pane->pages()) {
                names.append(textOf(*each).section(u'\n', 0, 0)
                    + (each == pane->currentPage() ? QStringLiteral("*") : QString()));
            }
            result.append(names.join(u' '));
        }
        return result.join(QStringLiteral(" | "));
    }
    /// A document that holds that text, shown in the active pane.
    void open(const QString& text)
    {
        if (!page().isPristine()) {
            m_window->newDocument();
        }
        type(text);
    }
    void drag(DocumentPage& what, QPoint toGlobal, Qt::KeyboardModifiers modifiers = {})
    {
        ui::PaneTabs& tabs = panes().paneOf(what)->tabs();
        const QPoint from = tabs.tabRect(tabs.indexOf(what)).center();
        QTest::mousePress(&tabs, Qt::LeftButton, {}, from);
        QTest::mouseMove(&tabs, from + QPoint(0, 40));
        QTest::mouseMove(&tabs, tabs.mapFromGlobal(toGlobal));
        m_shownWhileDragging = false;
        for (const QWidget* child : panes().findChildren<QWidget*>(Qt::FindDirectChildrenOnly)) {
            m_shownWhileDragging = m_shownWhileDragging
                || (child->testAttribute(Qt::WA_TransparentForMouseEvents) && child->isVisible());
        }
        QTest::mouseRelease(&tabs, Qt::LeftButton, modifiers, tabs.mapFromGlobal(toGlobal));
    }

    bool m_shownWhileDragging = false;
    std::unique_ptr<ui::Theme> m_theme;
    std::unique_ptr<MemoryRooms> m_rooms;
    std::unique_ptr<MainWindow> m_window;
};

void TestPanes::initTestCase()
{
    QCoreApplication::setOrganizationName(QStringLiteral("tutti-test"));
    m_theme = std::make_unique<ui::Theme>(*qApp);
}

void TestPanes::init()
{
    QSettings().clear();
    QDir(ui::WindowSession::folder()).removeRecursively();
    m_rooms = std::make_unique<MemoryRooms>();
    m_window = shownWindow(*m_rooms, *m_theme);
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void TestPanes::cleanup()
{
    m_window.reset();
    m_rooms.reset();
}

void TestPanes::splittingShowsTheSameTwice()
{
    open(QStringLiteral("one"));
    DocumentPage& first = page();
    m_window->actions().splitRight->trigger();
    QCOMPARE(drawn(), QStringLiteral("one* | one*"));
    DocumentPage& second = page();
    QVERIFY(&second != &first && second.showsSameAs(first));
    QVERIFY(second.editor().hasFocus());
    QCOMPARE(m_window->pages().size(), 1); // one document
    QCOMPARE(m_window->views().size(), 2);
    QCOMPARE(second.editor().textCursor().position(), 3); // where one was

    type(QStringLiteral("!"));
    QTRY_COMPARE(textOf(first), QStringLiteral("one!"));
    QCOMPARE(panes().panes().first()->tabs().tabText(0), QStringLiteral("Untitled"));
    m_window->actions().previousPane->trigger();
    QCOMPARE(&page(), &first);
    m_window->actions().byId(u"undo")->trigger();
    QTRY_COMPARE(textOf(second), QString()); // it was typed in one go
}

void TestPanes::commandsAreAboutTheActivePane()
{
    open(QStringLiteral("one"));
    m_window->actions().splitDown->trigger();
    QCOMPARE(panes().arrangement().orientation, Qt::Vertical);
    open(QStringLiteral("two"));
    QCOMPARE(drawn(), QStringLiteral("one* | one two*"));
    m_window->actions().nextPane->trigger();
    QCOMPARE(textOf(page()), QStringLiteral("one"));
    editor().selectAll();
    m_window->actions().byId(u"toUpperCase")->trigger();
    QTRY_COMPARE(drawn(), QStringLiteral("ONE* | ONE two*"));
    // who clicks into a pane is in it
    DocumentPage& two = *panes().panes().last()->currentPage();
    QTest::mouseClick(two.editor().viewport(), Qt::LeftButton);
    QCOMPARE(&page(), &two);
    m_window->actions().closeTab->trigger();
    auto* box = m_window->findChild<QMessageBox*>(QStringLiteral("closeQuestion"));
    QVERIFY(box);
    box->button(QMessageBox::Discard)->click();
    QTRY_COMPARE(drawn(), QStringLiteral("ONE* | ONE*"));
}

void TestPanes::closingAViewAsksNothing()
{
    open(QStringLiteral("one"));
    m_window->actions().splitRight->trigger();
    m_window->actions().closeTab->trigger();
    QCOMPARE(drawn(), QStringLiteral("one*"));
    QVERIFY(!panes().isSplit());
    QVERIFY(editor().hasFocus());
    QVERIFY(!m_window->actions().nextPane->isEnabled());
    type(QStringLiteral("!"));
    QCOMPARE(page().document().content(), QStringLiteral("one!"));
    // the first view may go as well
    m_window->actions().splitRight->trigger();
    m_window->actions().previousPane->trigger();
    m_window->actions().closeTab->trigger();
    type(QStringLiteral("?"));
    QCOMPARE(page().document().content(), QStringLiteral("one!?"));
    m_window->actions().closeTab->trigger();
    QVERIFY(m_window->findChild<QMessageBox*>(QStringLiteral("closeQuestion"))); // the last one
}

void TestPanes::closingTheWindowAsksOnce()
{
    open(QStringLiteral("one"));
    m_window->actions().splitRight->trigger();
    QVERIFY(!m_window->close());
    auto boxes = m_window->findChildren<QMessageBox*>(QStringLiteral("closeQuestion"));
    QCOMPARE(boxes.size(), 1);
    boxes.first()->button(QMessageBox::Discard)->click();
    QTRY_VERIFY(!m_window->isVisible());
}

void TestPanes::whatIsChosenHoldsInAllViews()
{
    open(QStringLiteral("one"));
    DocumentPage& first = page();
    m_window->actions().splitRight->trigger();
    page().setIndentation({.width = 2, .tabWidth = 2, .spaces = true});
    QCOMPARE(first.editor().indentStyle(), page().editor().indentStyle());
    editor().zoomInOneStep();
    QCOMPARE(first.editor().zoomPercent(), editor().zoomPercent());
}

void TestPanes::movingAndJoining()
{
    open(QStringLiteral("one"));
    open(QStringLiteral("two"));
    m_window->actions().moveToNextPane->trigger();
    QCOMPARE(drawn(), QStringLiteral("one* | two*"));
    QCOMPARE(textOf(page()), QStringLiteral("two"));
    QVERIFY(editor().hasFocus());
    open(QStringLiteral("three"));
    m_window->actions().moveToNextPane->trigger();
    QCOMPARE(drawn(), QStringLiteral("one three* | two*"));
    m_window->actions().joinPanes->trigger();
    QCOMPARE(drawn(), QStringLiteral("one three* two"));
    QVERIFY(editor().hasFocus());
    m_window->actions().nextTab->trigger();
    QCOMPARE(textOf(page()), QStringLiteral("two"));
    // the last tab of a pane takes the pane with it
    m_window->actions().moveToNextPane->trigger();
    m_window->actions().moveToNextPane->trigger();
    QCOMPARE(drawn(), QStringLiteral("one three two*"));
}

void TestPanes::panesInPanesGoAgain()
{
    open(QStringLiteral("one"));
    m_window->actions().splitRight->trigger();
    m_window->actions().splitDown->trigger();
    m_window->actions().splitRight->trigger();
    QCOMPARE(drawn(), QStringLiteral("one* | one* | one* | one*"));
    const QSize size = panes().size();
    for (const Pane* pane : panes().panes()) {
        QVERIFY2(pane->isVisible() && pane->width() >= 120 && pane->height() >= 80,
            qPrintable(QStringLiteral("%1×%2").arg(pane->width()).arg(pane->height())));
        QVERIFY(size.width() >= pane->width());
    }
    for (int left = 3; left >= 1; --left) {
        panes().activate(*panes().panes().at(left == 2 ? 0 : left)); // not in order
        m_window->actions().closeTab->trigger();
        QCOMPARE(panes().panes().size(), left);
        for (const Pane* pane : panes().panes()) {
            QVERIFY(pane->isVisible());
        }
        QVERIFY(panes().panes().contains(&panes().activePane()));
        QVERIFY(editor().hasFocus());
    }
    QTest::qWait(0); // what goes later
    QCOMPARE(panes().findChildren<QSplitter*>().size(), 1);
    type(QStringLiteral("!"));
    QCOMPARE(textOf(page()), QStringLiteral("one!"));
}

void TestPanes::dragToAnotherPane_data()
{
    QTest::addColumn<QPointF>("place"); // in the other pane, of its width and height
    QTest::addColumn<bool>("copy");
    QTest::addColumn<QString>("expected");
    QTest::newRow("into") << QPointF(0.5, 0.5) << false << QStringLiteral("one* | three two*");
    QTest::newRow("into, copied") << QPointF(0.5, 0.5) << true
                                  << QStringLiteral("one two* | three two*");
    QTest::newRow("right of") << QPointF(0.9, 0.5) << false
                              << QStringLiteral("one* | three* | two*");
    QTest::newRow("left of") << QPointF(0.1, 0.5) << false
                             << QStringLiteral("one* | two* | three*");
    QTest::newRow("below") << QPointF(0.5, 0.95) << false << QStringLiteral("one* | three* | two*");
}

void TestPanes::dragToAnotherPane()
{
    QFETCH(const QPointF, place);
    QFETCH(const bool, copy);
    QFETCH(const QString, expected);
    open(QStringLiteral("one"));
    open(QStringLiteral("two"));
    DocumentPage& two = page();
    open(QStringLiteral("three"));
    m_window->actions().moveToNextPane->trigger();
    m_window->showPage(two);
    QCOMPARE(drawn(), QStringLiteral("one two* | three*"));
    const Pane& other = *panes().panes().last();
    drag(two,
        other.mapToGlobal(QPoint(int(place.x() * other.width()), int(place.y() * other.height()))),
        copy ? Qt::ControlModifier : Qt::NoModifier);
    QVERIFY(m_shownWhileDragging);
    QCOMPARE(drawn(), expected);
    QCOMPARE(textOf(page()), QStringLiteral("two"));
    QVERIFY(editor().hasFocus());
    type(QStringLiteral("!"));
    QCOMPARE(two.document().content(), QStringLiteral("two!"));
}

void TestPanes::aDragIsGivenUp()
{
    open(QStringLiteral("one"));
    open(QStringLiteral("two"));
    DocumentPage& two = page();
    m_window->actions().moveToNextPane->trigger();
    ui::PaneTabs& tabs = panes().paneOf(two)->tabs();
    const QPoint other = tabs.mapFromGlobal(panes().panes().first()->mapToGlobal(QPoint(100, 200)));
    QTest::mousePress(&tabs, Qt::LeftButton, {}, tabs.tabRect(0).center());
    QTest::mouseMove(&tabs, other);
    QTest::keyClick(&editor(), Qt::Key_Escape);
    QTest::mouseRelease(&tabs, Qt::LeftButton, {}, other);
    QCOMPARE(drawn(), QStringLiteral("one* | two*"));
    QVERIFY(QGuiApplication::overrideCursor() == nullptr);
    // nor where there is nothing
    drag(two, m_window->mapToGlobal(QPoint(-50, -50)));
    QCOMPARE(drawn(), QStringLiteral("one* | two*"));
    QVERIFY(QGuiApplication::overrideCursor() == nullptr);
}

void TestPanes::middleClickCloses()
{
    open(QStringLiteral("one"));
    m_window->actions().splitRight->trigger();
    ui::PaneTabs& tabs = panes().activePane().tabs();
    QTest::mouseClick(&tabs, Qt::MiddleButton, {}, tabs.tabRect(0).center());
    QCOMPARE(drawn(), QStringLiteral("one*"));
}

void TestPanes::aSharedDocumentInTwoViews()
{
    open(QStringLiteral("one"));
    const auto link = m_window->share(page());
    QVERIFY(link);
    DocumentPage& first = page();
    const auto guest = shownWindow(*m_rooms, *m_theme);
    DocumentPage& theirs =
        guest->join(*net::RoomAddress::parse(*link), QStringLiteral("codemirror"));
    QTRY_COMPARE(textOf(theirs), QStringLiteral("one"));
    m_window->actions().splitRight->trigger();
    DocumentPage& second = page();
    QVERIFY(second.session() == first.session());

    const auto otherSeenIn = [](const DocumentPage& view) {
        for (const ui::Peer& peer : view.session()->viewOf(view.editor()).tracker().peers()) {
            if (!peer.self) {
                return peer.caret.value_or(-1);
            }
        }
        return -2;
    };
    const auto caretSeen = [&] { return otherSeenIn(theirs); };

    second.editor().setSelections(EditorSelection{1, 1});
    QTRY_COMPARE(caretSeen(), 1);
    m_window->showPage(first); // whose caret is still at the end
    QTRY_COMPARE(caretSeen(), 3);
    m_window->showPage(second);
    QTRY_COMPARE(caretSeen(), 1);

    // both show the guest
    theirs.editor().setSelections(EditorSelection{2, 2});
    QTRY_COMPARE(otherSeenIn(first), 2);
    QTRY_COMPARE(otherSeenIn(second), 2);

    // the session stays while one view does
    m_window->showPage(second);
    m_window->actions().closeTab->trigger();
    QVERIFY(first.session() != nullptr);
    QTRY_COMPARE(caretSeen(), 3);
    QTest::keyClicks(&theirs.editor(), QStringLiteral("x"));
    QTRY_COMPARE(textOf(first), QStringLiteral("onxe"));
    // and views beside it come and go while it ends
    m_window->actions().splitRight->trigger();
    page().endSession();
    QVERIFY(first.session() == nullptr && page().session() == nullptr);
    type(QStringLiteral("y"));
    QTRY_COMPARE(textOf(first), page().document().content());
}

void TestPanes::theSessionHasThem()
{
    m_window.reset();
    m_window = restored();
    QString lines;
    for (int i = 0; i < 200; ++i) {
        lines += QStringLiteral("line\n");
    }
    open(QStringLiteral("one"));
    editor().insertPlainText(u'\n' + lines);
    m_window->actions().splitRight->trigger();
    open(QStringLiteral("two"));
    m_window->actions().splitDown->trigger();
    m_window->actions().previousPane->trigger();
    m_window->showPage(*panes().activePane().pages().first());
    QCOMPARE(drawn(), QStringLiteral("one* | one* two | two*"));
    editor().setSelections(ui::Selections({{4, 8}, {9, 13}}, 1));
    editor().verticalScrollBar()->setValue(50);
    const QList<int> sizes = panes().arrangement().sizes;
    QVERIFY(m_window->close());

    m_window.reset();
    m_window = restored();
    QCOMPARE(drawn(), QStringLiteral("one* | one* two | two*"));
    QCOMPARE(m_window->pages().size(), 2);
    QCOMPARE(panes().panes().indexOf(&panes().activePane()), 1);
    QCOMPARE(editor().selections(), ui::Selections({{4, 8}, {9, 13}}, 1));
    QTRY_COMPARE(editor().verticalScrollBar()->value(), 50);
    const auto alike = [&sizes](const QList<int>& now) { // but for what rounding leaves
        return now.size() == sizes.size() && std::abs(now.first() - sizes.first()) <= 2;
    };
    QTRY_VERIFY(alike(panes().arrangement().sizes));
    // they are views of one document still
    type(QStringLiteral("!"));
    QTRY_COMPARE(textOf(*panes().panes().first()->currentPage()), textOf(page()));
}

void TestPanes::aDamagedLayout()
{
    open(QStringLiteral("one"));
    open(QStringLiteral("two"));
    DocumentPage& two = page();
    ui::PaneLayout layout;
    layout.parts.resize(4);
    layout.parts[0].pages = {&two, &two}; // twice
    layout.parts[0].current = 7;
    layout.parts[1].parts.resize(2); // nothing in it
    layout.parts[2].pages = {&two};
    layout.sizes = {1, -5};
    panes().arrange(layout);
    QCOMPARE(drawn(), QStringLiteral("two* one"));
    panes().arrange({});
    QCOMPARE(drawn(), QStringLiteral("two* one"));
    m_window->actions().splitRight->trigger();
    QCOMPARE(drawn(), QStringLiteral("two* one | two*"));
}

void TestPanes::aDraggedTabIsClosed()
{
    open(QStringLiteral("one"));
    m_window->actions().splitRight->trigger();
    ui::PaneTabs& tabs = panes().activePane().tabs();
    const QPoint from = tabs.tabRect(0).center();
    for (const bool closedAtOnce : {false, true}) {
        if (panes().panes().size() == 1) {
            m_window->actions().splitRight->trigger();
        }
        const QPointer<ui::PaneTabs> row(&panes().activePane().tabs());
        QTest::mousePress(row, Qt::LeftButton, {}, from);
        QTest::mouseMove(row, from + QPoint(0, 80));
        QVERIFY(QGuiApplication::overrideCursor() != nullptr);
        m_window->actions().closeTab->trigger(); // by its key
        if (closedAtOnce) {
            QTRY_VERIFY(!row); // its pane has gone with it
        } else {
            QTest::mouseMove(row, from + QPoint(0, 90));
            QTest::mouseRelease(row, Qt::LeftButton, {}, from + QPoint(0, 90));
            QTRY_VERIFY(!row);
        }
        QVERIFY(QGuiApplication::overrideCursor() == nullptr);
        QCOMPARE(drawn(), QStringLiteral("one*"));
    }
}

void TestPanes::discardedOnceForAllViews()
{
    open(QStringLiteral("one"));
    DocumentPage& one = page();
    m_window->actions().splitRight->trigger();
    m_window->newDocument(); // beside the second view
    type(QStringLiteral("two"));
    panes().showPage(one);
    m_window->close();
    for (int asked = 0; asked < 2; ++asked) {
        auto* box = m_window->findChild<QMessageBox*>();
        QVERIFY(box != nullptr && m_window->isVisible());
        box->button(QMessageBox::Discard)->click();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
    QVERIFY(!m_window->isVisible()); // and not asked about the first one in its other view
}

void TestPanes::anEmptyDocumentComesBack()
{
    m_window.reset();
    m_window = restored();
    ui::EditorDocument& document = page().document();
    document.setFormat({ui::LineEnd::CrLf, document.format().encoding}); // so it is kept
    m_window->newDocument();
    type(QStringLiteral("two"));
    m_window->actions().splitRight->trigger();
    m_window->showPage(*m_window->views().first());
    m_window.reset();
    m_window = restored(); // where an empty one gives way to the next
    QVERIFY(drawn().contains(QStringLiteral("two")));
    QCOMPARE(m_window->findChildren<DocumentPage*>().size(), m_window->views().size());
}

QTEST_MAIN(TestPanes)
#include "tst_panes.moc"
