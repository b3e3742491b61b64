// SPDX-License-Identifier: MIT
#include "accessible_walk.h"
#include "tests/ui/shell/listed_rooms.h"
#include "tests/ui/shell/memory_rooms.h"
#include "tests/ui/support/fixed_source.h"
#include "ui/editor/code_editor.h"
#include "ui/presence/participants_model.h"
#include "ui/shell/actions.h"
#include "ui/shell/compare_view.h"
#include "ui/shell/find_bar.h"
#include "ui/shell/find_panel.h"
#include "ui/shell/inline_bar.h"
#include "ui/shell/main_window.h"
#include "ui/shell/pane.h"
#include "ui/shell/pane_area.h"
#include "ui/shell/settings_dialog.h"
#include "ui/shell/share_popover.h"
#include "ui/shell/theme.h"
#include "ui/shell/undo_preview.h"
#include "ui/shell/window_picks.h"

#include <QApplication>
#include <QCheckBox>
#include <QDialog>
#include <QFile>
#include <QLayout>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>

// The QTRY_ macros of Qt 6.8 convert inside.
#pragma GCC diagnostic ignored "-Wconversion"

using namespace tutti;
using ui::DocumentPage;
using ui::MainWindow;

namespace {

QString lines(const QStringList& problems) { return problems.join(QStringLiteral("\n    ")); }

QStringList s_announced;
int s_inserted = 0;

void listen(QAccessibleEvent* event)
{
    if (event->type() == QAccessible::Announcement) {
        s_announced += static_cast<QAccessibleAnnouncementEvent*>(event)->message();
    } else if (event->type() == QAccessible::TextInserted) {
        ++s_inserted;
    }
}

} // namespace

/// What people hear who do not see the window, and reach who have no mouse.
class TestAccessibility : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void theWalkFindsWhatIsWrong();
    void theWayBackIsFound();
    void everyState_data();
    void everyState();
    void everyMenu();
    void whatTheMouseHasAlone();
    void tabLeavesTheText();
    void parts();
    void partsOfPanes();
    void popoverIsAsHighAsItsWords();
    void theTextIsRead();
    void othersEditsAreNotSpoken();
    void messagesAreAlerts();

private:
    /// Makes the state of that name; gives the window to be looked at.
    QWidget* show(const QString& state);
    void meet();
    std::unique_ptr<MainWindow> makeWindow(const QString& name, const QString& color);
    [[nodiscard]] QList<QWidget*> wayByTab(QWidget& window, QStringList& problems);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ui::Theme> m_theme;
    ListedRooms m_network;
    std::unique_ptr<MemoryRooms> m_rooms;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<MainWindow> m_guest;
};

void TestAccessibility::initTestCase()
{
    QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    QCoreApplication::setOrganizationName(QStringLiteral("tutti-test"));
    QAccessible::setActive(true);
    m_theme = std::make_unique<ui::Theme>(*qApp);
}

void TestAccessibility::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_rooms = std::make_unique<MemoryRooms>();
    m_window = makeWindow(QStringLiteral("Ada Lovelace"), QStringLiteral("#0675e0"));
    m_window->resize(1040, 720);
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    s_announced.clear();
    s_inserted = 0;
}

void TestAccessibility::cleanup()
{
    QAccessible::installUpdateHandler(nullptr);
    m_guest.reset();
    m_window.reset();
    m_rooms.reset();
}

std::unique_ptr<MainWindow> TestAccessibility::makeWindow(const QString& name, const QString& color)
{
    auto window = std::make_unique<MainWindow>(
        MainWindow::Context{.rooms = *m_rooms, .theme = *m_theme, .identity = {name, color}});
    window->show();
    return window;
}

void TestAccessibility::meet()
{
    const QString path = m_folder->filePath(QStringLiteral("notes.md"));
    QFile file(path);
    QVERIFY(file.open(QFile::WriteOnly) && file.write("hello\nworld\n") > 0);
    file.close();
    m_window->openFile(path);
    const auto link = m_window->share(*m_window->currentPage());
    QVERIFY(link);
    m_guest = makeWindow(QStringLiteral("Grace Hopper"), QStringLiteral("#e32631"));
    m_guest->join(*net::RoomAddress::parse(*link), QStringLiteral("codemirror"));
    QTRY_COMPARE(m_guest->currentPage()->editor().toPlainText(), QStringLiteral("hello\nworld\n"));
    const auto* list = m_window->findChild<QListView*>(QStringLiteral("participantsList"));
    QTRY_VERIFY(list->model() != nullptr && list->model()->rowCount() == 2);
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

QWidget* TestAccessibility::show(const QString& state)
{
    DocumentPage& page = *m_window->currentPage();
    const auto dialog = [this](const char* name) -> QWidget* {
        QWidget* found = nullptr;
        (void)QTest::qWaitFor([&] {
            found = m_window->findChild<QWidget*>(QLatin1StringView(name));
            return found != nullptr && found->isVisible();
        });
        return found;
    };
    if (state == QStringLiteral("shared")) {
        meet();
    } else if (state == QStringLiteral("share popover")) {
        meet();
        m_window->actions().share->trigger();
        return m_window->findChild<ui::SharePopover*>();
    } else if (state == QStringLiteral("join dialog")) {
        m_window->askToJoin(QStringLiteral("ws://127.0.0.1:9/notes"));
        return dialog("joinDialog");
    } else if (state == QStringLiteral("join dialog with rooms nearby")) {
        m_network.list = twoRoomsNearby();
        m_rooms->network = &m_network;
        m_window->askToJoin();
        return dialog("joinDialog");
    } else if (state == QStringLiteral("panes")) {
        meet();
        m_window->actions().splitRight->trigger();
        m_window->newDocument();
        m_window->actions().splitDown->trigger();
    } else if (state == QStringLiteral("undo preview")) {
        meet();
        QTest::keyClicks(&m_guest->currentPage()->editor(), QStringLiteral("abc "));
        (void)QTest::qWaitFor([this] {
            return m_window->currentPage()->editor().toPlainText().startsWith(
                QStringLiteral("abc "));
        });
        m_window->actions().undoOthers->trigger();
        (void)QTest::qWaitFor(
            [this] { return m_window->findChild<ui::UndoPreview*>() != nullptr; });
        return m_window->findChild<ui::UndoPreview*>() != nullptr ? m_window.get() : nullptr;
    } else if (state == QStringLiteral("asked to come")) {
        meet();
        m_guest->actions().summon->trigger();
        ui::InlineBar& bar = m_window->currentPage()->bar();
        return QTest::qWaitFor([&bar] { return bar.isVisible(); }) ? m_window.get() : nullptr;
    } else if (state == QStringLiteral("find bar")) {
        QTest::keyClicks(&page.editor(), QStringLiteral("one two one"));
        page.findBar().openReplace();
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("one"));
    } else if (state == QStringLiteral("find panel")) {
        QTest::keyClicks(&page.editor(), QStringLiteral("one two one"));
        m_window->actions().findInDocuments->trigger();
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("one"));
        (void)QTest::qWaitFor([this] {
            const auto* results =
                m_window->findChild<QAbstractItemView*>(QStringLiteral("findPanelResults"));
            return results == nullptr || results->model()->rowCount() > 0;
        });
    } else if (state == QStringLiteral("message")) {
        page.bar().show(QStringLiteral("test"), ui::InlineBar::Kind::Warning,
            QStringLiteral("Something happened."),
            {{QStringLiteral("Do"), [] { }}, {QStringLiteral("Undo"), [] { }}});
    } else if (state == QStringLiteral("question")) {
        page.bar().ask(QStringLiteral("test"), ui::InlineBar::Kind::Error,
            QStringLiteral("A token is needed."),
            {.placeholder = QStringLiteral("Access token"),
                .button = QStringLiteral("Try again"),
                .remember = QStringLiteral("Remember"),
                .answered = [](const QString&, bool) { }},
            {});
    } else if (state == QStringLiteral("compare")) {
        page.setComparison(std::make_unique<ui::CompareView>(
            std::make_unique<FixedSource>(QStringLiteral("Ada, 14:02"), QStringLiteral("a\nb\n")),
            std::make_unique<FixedSource>(
                QStringLiteral("Grace, 15:30"), QStringLiteral("a\nc\n"))));
    } else if (state == QStringLiteral("settings")) {
        m_window->actions().settings->trigger();
        return dialog("settingsDialog");
    } else if (state == QStringLiteral("shortcuts")) {
        m_window->actions().shortcuts->trigger();
        return dialog("settingsDialog");
    } else if (state == QStringLiteral("about")) {
        m_window->actions().about->trigger();
        return dialog("aboutDialog");
    } else if (state == QStringLiteral("palette")) {
        m_window->picks().showPalette();
    } else if (state == QStringLiteral("close question")) {
        QTest::keyClicks(&page.editor(), QStringLiteral("x"));
        m_window->actions().closeTab->trigger();
        return dialog("closeQuestion");
    } else if (state == QStringLiteral("several tabs")) {
        QTest::keyClicks(&page.editor(), QStringLiteral("x"));
        m_window->newDocument();
    }
    return m_window.get();
}

QList<QWidget*> TestAccessibility::wayByTab(QWidget& window, QStringList& problems)
{
    // From outside of the text: there Tab writes.
    for (DocumentPage* page : m_window->views()) {
        page->editor().setTabChangesFocus(true);
    }
    const QSet<QWidget*> stops = walk::tabStops(window);
    QList<QWidget*> way;
    QWidget* start = window.focusWidget();
    for (qsizetype i = 0; i < stops.size() + 5; ++i) {
        QWidget* at = window.focusWidget();
        if (at == nullptr) {
            problems += QStringLiteral("nothing has the focus");
            break;
        }
        if (i > 0 && at == start) {
            break;
        }
        if (way.contains(at)) {
            problems += QStringLiteral("Tab is caught at ") + walk::describe(at);
            break;
        }
        way.append(at);
        QTest::keyClick(at, Qt::Key_Tab);
    }
    for (QWidget* stop : stops) {
        // of buttons that exclude each other Tab stops at the one that is chosen
        const auto* button = qobject_cast<QAbstractButton*>(stop);
        const bool arrows = button != nullptr && !button->isChecked()
            && (button->autoExclusive() || button->group() != nullptr);
        if (!way.contains(stop) && !arrows) {
            problems += QStringLiteral("Tab does not reach ") + walk::describe(stop);
        }
    }
    return way;
}

void TestAccessibility::theWalkFindsWhatIsWrong()
{
    QWidget window;
    window.setWindowTitle(QStringLiteral("Test"));
    auto* nameless = new QPushButton(&window);
    auto* field = new QLineEdit(&window);
    field->move(0, 40);
    auto* roleless = new QWidget(&window);
    roleless->setFocusPolicy(Qt::StrongFocus);
    roleless->setAccessibleName(QStringLiteral("Something"));
    roleless->setGeometry(0, 80, 10, 10);
    window.show();
    QStringList problems = walk::window(window).problems;
    QCOMPARE(problems.filter(QStringLiteral("QPushButton")).size(), 1);
    QCOMPARE(problems.filter(QStringLiteral("QLineEdit")).size(), 1);
    QCOMPARE(problems.filter(QStringLiteral("has no role")).size(), 1);
    nameless->setText(QStringLiteral("Do it"));
    field->setAccessibleName(QStringLiteral("Name"));
    delete roleless;
    QCOMPARE(walk::window(window).problems, QStringList());
}

void TestAccessibility::theWayBackIsFound()
{
    QWidget window;
    QWidget* parts[3];
    for (int i = 0; i < 3; ++i) {
        parts[i] = new QWidget(&window);
        parts[i]->setGeometry(i * 50, 0, 40, 20);
    }
    QCOMPARE(walk::stepsBack({parts[0], parts[1], parts[2]}, window), QStringList());
    QCOMPARE(walk::stepsBack({parts[0], parts[2], parts[1]}, window).size(), 1);
    parts[2]->move(0, 100);
    QCOMPARE(walk::stepsBack({parts[0], parts[1], parts[2]}, window), QStringList());
    QCOMPARE(walk::stepsBack({parts[2], parts[0], parts[1]}, window).size(), 1);
}

void TestAccessibility::everyState_data()
{
    QTest::addColumn<bool>("keepsTab"); // the field of a list keeps the keyboard; Escape ends it
    for (const char* state : {"first run", "several tabs", "shared", "share popover", "join dialog",
             "join dialog with rooms nearby", "panes", "undo preview", "asked to come", "find bar",
             "find panel", "message", "question", "compare", "settings", "shortcuts", "about",
             "close question"}) {
        QTest::newRow(state) << false;
    }
    QTest::newRow("palette") << true;
}

void TestAccessibility::everyState()
{
    QFETCH(const bool, keepsTab);
    QWidget* window = show(QString::fromLatin1(QTest::currentDataTag()));
    QVERIFY(window != nullptr);
    QTRY_VERIFY(window->isVisible());
    QTest::qWait(0);
    const walk::Found found = walk::window(*window);
    QVERIFY2(found.named > 0, qPrintable(walk::describe(window)));
    QStringList problems = found.problems;
    if (!keepsTab) {
        const QList<QWidget*> way = wayByTab(*window, problems);
        for (const QScrollArea* area : window->findChildren<QScrollArea*>()) {
            area->verticalScrollBar()->setValue(0); // it went along
        }
        // where Tab began is not where the window begins
        qsizetype first = 0;
        for (qsizetype i = 0; i < way.size(); ++i) {
            const QPoint at = way.at(i)->mapTo(window, QPoint());
            const QPoint best = way.at(first)->mapTo(window, QPoint());
            first = at.y() < best.y() || (at.y() == best.y() && at.x() < best.x()) ? i : first;
        }
        problems += walk::stepsBack(way.mid(first) + way.first(first), *window);
    }
    QVERIFY2(problems.isEmpty(), qPrintable(QStringLiteral("\n    ") + lines(problems)));
}

/// Every command has a place in the menus, a name, and each menu a letter that opens it.
void TestAccessibility::everyMenu()
{
    QSet<const QAction*> seen;
    const std::function<void(const QMenu&)> visit = [&](const QMenu& menu) {
        for (const QAction* action : menu.actions()) {
            if (action->isSeparator()) {
                continue;
            }
            QVERIFY2(!action->text().isEmpty(), qPrintable(menu.title()));
            seen.insert(action);
            if (action->menu() != nullptr) {
                visit(*action->menu());
            }
        }
    };
    for (const QAction* action : m_window->menuBar()->actions()) {
        QVERIFY2(action->text().contains(u'&'), qPrintable(action->text()));
        visit(*action->menu());
    }
    for (const QAction* action : m_window->actions().all()) {
        QVERIFY2(seen.contains(action), qPrintable(action->objectName()));
    }
}

/// What can be clicked and never has the focus, and what does the same from the keyboard.
void TestAccessibility::whatTheMouseHasAlone()
{
    meet();
    const QHash<QString, QString> instead{
        {QStringLiteral("tabClose"), QStringLiteral("closeTab")},
        {QStringLiteral("followBadge"), QStringLiteral("follow")},
    };
    m_window->currentPage()->findBar().openReplace();
    for (const QAbstractButton* button : m_window->findChildren<QAbstractButton*>()) {
        const auto* group = button->group();
        if (button->window() != m_window.get() || (button->focusPolicy() & Qt::TabFocus) != 0
            || walk::isInner(*button) || group != nullptr || button->autoExclusive()
            || button->inherits("tutti::ui::EdgeChip")) { // the list of participants has the same
            continue;
        }
        const QString action = instead.value(button->objectName());
        QVERIFY2(!action.isEmpty() && m_window->actions().byId(action) != nullptr,
            qPrintable(walk::describe(button)));
    }
    // who is somewhere else: from the list, by the keyboard
    auto* list = m_window->findChild<QListView*>(QStringLiteral("participantsList"));
    QVERIFY((list->focusPolicy() & Qt::TabFocus) != 0);
    for (int row = 0; row < list->model()->rowCount(); ++row) {
        QVERIFY(!list->model()->index(row, 0).data(Qt::DisplayRole).toString().isEmpty());
    }
}

void TestAccessibility::tabLeavesTheText()
{
    ui::CodeEditor& editor = m_window->currentPage()->editor();
    QVERIFY(editor.hasFocus());
    QTest::keyClick(&editor, Qt::Key_Tab);
    QVERIFY(editor.hasFocus());
    QVERIFY(!editor.toPlainText().isEmpty()); // it indents
    QAccessible::installUpdateHandler(listen);
    QTest::keyClick(&editor, Qt::Key_M, Qt::ControlModifier);
    QVERIFY(m_window->actions().tabMovesFocus->isChecked());
    QCOMPARE(s_announced, QStringList(QStringLiteral("Tab moves the focus now.")));
    const QString before = editor.toPlainText();
    QTest::keyClick(&editor, Qt::Key_Tab);
    QVERIFY(!editor.hasFocus());
    editor.setFocus();
    QTest::keyClick(&editor, Qt::Key_Backtab, Qt::ShiftModifier);
    QVERIFY(!editor.hasFocus());
    QCOMPARE(editor.toPlainText(), before);
    editor.setFocus();
    QTest::keyClick(&editor, Qt::Key_M, Qt::ControlModifier);
    QTest::keyClick(&editor, Qt::Key_Tab);
    QVERIFY(editor.hasFocus());
    QVERIFY(editor.toPlainText() != before);
}

void TestAccessibility::parts()
{
    meet();
    DocumentPage& page = *m_window->currentPage();
    page.bar().show(QStringLiteral("test"), ui::InlineBar::Kind::Info, QStringLiteral("News."), {});
    page.editor().setFocus();
    QStringList names;
    for (int i = 0; i < 8; ++i) {
        QWidget* at = m_window->focusWidget();
        names += at->objectName();
        QTest::keyClick(at, Qt::Key_F6);
        if (m_window->focusWidget() == &page.editor()) {
            break;
        }
    }
    QCOMPARE(names.first(), QStringLiteral("editor"));
    QVERIFY(names.contains(QStringLiteral("participantsList")));
    QVERIFY(names.contains(QStringLiteral("tabs")));
    QCOMPARE(names.size(), 5); // text, people, status, header, message
    // back the same way, and where one was last
    auto* share = m_window->findChild<QPushButton*>(QStringLiteral("shareButton"));
    share->setFocus();
    QTest::keyClick(share, Qt::Key_F6, Qt::ShiftModifier);
    QVERIFY(m_window->focusWidget() != share);
    QTest::keyClick(m_window->focusWidget(), Qt::Key_F6);
    QCOMPARE(m_window->focusWidget(), share);
}

/// F6 goes from pane to pane, in the order in which they stand, and back.
void TestAccessibility::partsOfPanes()
{
    meet();
    m_window->actions().splitRight->trigger();
    m_window->newDocument();
    m_window->actions().splitDown->trigger();
    QList<ui::Pane*> panes = m_window->panes().panes();
    QCOMPARE(panes.size(), 3);
    const auto text = [&panes](int i) { return &panes.at(i)->currentPage()->editor(); };
    text(0)->setFocus();
    QTest::keyClick(text(0), Qt::Key_F6);
    QCOMPARE(m_window->focusWidget(), text(1));
    QCOMPARE(&m_window->panes().activePane(), panes.at(1)); // commands are about what has the focus
    QTest::keyClick(text(1), Qt::Key_F6);
    QCOMPARE(m_window->focusWidget(), text(2));
    QTest::keyClick(text(2), Qt::Key_F6, Qt::ShiftModifier);
    QCOMPARE(m_window->focusWidget(), text(1));
    // Tab stops at the tabs of a pane that was not the active one, and arrows change the tab there
    m_window->addView(*m_window->currentPage(), *panes.at(1));
    text(0)->setFocus();
    panes.at(1)->tabs().setFocus(Qt::TabFocusReason);
    QCOMPARE(&m_window->panes().activePane(), panes.at(1));
    QCOMPARE(m_window->focusWidget(), &panes.at(1)->tabs());
    const int tab = panes.at(1)->tabs().currentIndex();
    QTest::keyClick(&panes.at(1)->tabs(), tab > 0 ? Qt::Key_Left : Qt::Key_Right);
    QVERIFY(panes.at(1)->tabs().currentIndex() != tab);
    QCOMPARE(m_window->focusWidget(), &panes.at(1)->tabs());
    // from the tabs of a pane: to its text, or to what is before
    ui::PaneTabs& tabs = panes.at(1)->tabs();
    tabs.setFocus();
    QTest::keyClick(&tabs, Qt::Key_F6);
    QCOMPARE(m_window->focusWidget(), text(1));
    tabs.setFocus();
    QTest::keyClick(&tabs, Qt::Key_F6, Qt::ShiftModifier);
    QCOMPARE(m_window->focusWidget(), text(0));
}

void TestAccessibility::popoverIsAsHighAsItsWords()
{
    m_rooms->reached = ui::Reach::Network;
    meet();
    m_window->actions().share->trigger();
    auto* popover = m_window->findChild<ui::SharePopover*>();
    QTRY_VERIFY(popover->isVisible());
    QVERIFY(
        popover->height() <= popover->layout()->totalMinimumHeightForWidth(popover->width()) + 8);
}

void TestAccessibility::theTextIsRead()
{
    ui::CodeEditor& editor = m_window->currentPage()->editor();
    QTest::keyClicks(&editor, QStringLiteral("one two"));
    QTest::keyClick(&editor, Qt::Key_Return);
    QTest::keyClicks(&editor, QStringLiteral("three"));
    QAccessibleInterface* at = QAccessible::queryAccessibleInterface(&editor);
    QVERIFY(at != nullptr);
    QCOMPARE(at->role(), QAccessible::EditableText);
    QAccessibleTextInterface* text = at->textInterface();
    QVERIFY(text != nullptr);
    QCOMPARE(text->characterCount(), 13);
    QCOMPARE(text->text(0, 7), QStringLiteral("one two"));
    QCOMPARE(text->cursorPosition(), 13);
    int start = 0;
    int end = 0;
    QCOMPARE(
        text->textAtOffset(9, QAccessible::WordBoundary, &start, &end), QStringLiteral("three"));
    QVERIFY(!text->characterRect(9).isEmpty());
    editor.setSelections(ui::EditorSelection{0, 3});
    int from = -1;
    int to = -1;
    text->selection(0, &from, &to);
    QCOMPARE(from, 0);
    QCOMPARE(to, 3);
}

void TestAccessibility::othersEditsAreNotSpoken()
{
    meet();
    ui::CodeEditor& editor = m_window->currentPage()->editor();
    editor.goTo(2, 3);
    QAccessibleTextInterface* text =
        QAccessible::queryAccessibleInterface(&editor)->textInterface();
    const int before = text->cursorPosition();
    QAccessible::installUpdateHandler(listen);
    QTest::keyClicks(&m_guest->currentPage()->editor(), QStringLiteral("abc"));
    QTRY_COMPARE(text->text(0, 8), QStringLiteral("abchello"));
    QCOMPARE(text->cursorPosition(), before + 3); // where it was in the text
    QCOMPARE(s_announced, QStringList()); // a room that types would never be silent
}

void TestAccessibility::messagesAreAlerts()
{
    auto& bar = m_window->currentPage()->bar();
    QAccessible::installUpdateHandler(listen);
    bar.show(QStringLiteral("test"), ui::InlineBar::Kind::Info, QStringLiteral("News."), {});
    QAccessibleInterface* at = QAccessible::queryAccessibleInterface(&bar);
    QCOMPARE(at->role(), QAccessible::AlertMessage);
    QVERIFY(s_announced.contains(QStringLiteral("News.")));
    s_announced.clear();
    bar.show(QStringLiteral("test"), ui::InlineBar::Kind::Info, QStringLiteral("News."), {});
    QCOMPARE(s_announced, QStringList()); // the same is said once
}

QTEST_MAIN(TestAccessibility)
#include "tst_accessibility.moc"
