// SPDX-License-Identifier: MIT
#include "memory_rooms.h"
#include "ui/editor/code_editor.h"
#include "ui/shell/actions.h"
#include "ui/shell/avatar_strip.h"
#include "ui/shell/inline_bar.h"
#include "ui/shell/main_window.h"
#include "ui/shell/quick_pick.h"
#include "ui/shell/theme.h"
#include "ui/shell/undo_preview.h"
#include "ui/shell/window_picks.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QTest>
#include <QTextDocument>

// The QTRY_ macros of Qt 6.8 convert inside.
#pragma GCC diagnostic ignored "-Wconversion"

using namespace tutti;
using ui::MainWindow;
using ui::PreviewPlace;
using ui::UndoPreview;

/// What one does about the others in a room: three windows in one process, Ada's hosts.
class TestPeople : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void placesOfAPreview();
    void undoSomebodysChange();
    void thePreviewHasRoomWhereItIsNarrow();
    void thePreviewFollowsTheText();
    void cancelledAndOver();
    void whoseChange();
    void notWhereOneMayOnlyRead();
    void menuOfAPerson();
    void followWithScrolling();
    void followIntoAnotherDocument();
    void askedToCome();
    void askedWhileElsewhere();
    void askedByTwo();
    void namesAreNoMarkup();
    void aSecondViewKnowsWhereTheyAre();

private:
    std::unique_ptr<MainWindow> makeWindow(const QString& name, const QString& color);
    static ui::CodeEditor& editor(const MainWindow& window)
    {
        return window.currentPage()->editor();
    }
    static QString shown(const MainWindow& window) { return editor(window).toPlainText(); }
    static UndoPreview* preview(const MainWindow& window)
    {
        return window.currentPage()->findChild<UndoPreview*>();
    }
    static QPushButton* button(const MainWindow& window, const char* name)
    {
        return window.currentPage()->findChild<QPushButton*>(QLatin1StringView(name));
    }
    static crdt::ClientId clientOf(MainWindow& window)
    {
        return window.currentPage()->document().doc().clientId();
    }
    /// Grace joins what Ada shows.
    void share(const QString& text);
    static ui::Follow& follow(const MainWindow& window)
    {
        return window.currentPage()->session()->follow();
    }
    static QString inBar(const MainWindow& window) { return window.currentPage()->bar().words(); }
    /// All have the same text; nobody has typed yet.
    void meet(const QString& text, bool three = false);
    /// Leaves a picture where TUTTI_PICTURES says.
    static void photograph(MainWindow& window, const QString& name);

    std::unique_ptr<ui::Theme> m_theme;
    std::unique_ptr<MemoryRooms> m_rooms;
    std::unique_ptr<MainWindow> m_ada;
    std::unique_ptr<MainWindow> m_grace;
    std::unique_ptr<MainWindow> m_mary;
};

void TestPeople::initTestCase()
{
    QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    QCoreApplication::setOrganizationName(QStringLiteral("tutti-test"));
    m_theme = std::make_unique<ui::Theme>(*qApp);
}

void TestPeople::init()
{
    m_rooms = std::make_unique<MemoryRooms>();
    m_ada = makeWindow(QStringLiteral("Ada Lovelace"), QStringLiteral("#0675e0"));
    m_grace = makeWindow(QStringLiteral("Grace Hopper"), QStringLiteral("#e32631"));
}

void TestPeople::cleanup()
{
    m_mary.reset();
    m_grace.reset();
    m_ada.reset();
    m_rooms.reset();
}

std::unique_ptr<MainWindow> TestPeople::makeWindow(const QString& name, const QString& color)
{
    auto window = std::make_unique<MainWindow>(
        MainWindow::Context{.rooms = *m_rooms, .theme = *m_theme, .identity = {name, color}});
    window->resize(1000, 640);
    window->show();
    return window;
}

void TestPeople::meet(const QString& text, bool three)
{
    editor(*m_ada).insertPlainText(text);
    const auto link = m_ada->share(*m_ada->currentPage());
    QVERIFY(link);
    const auto address = *net::RoomAddress::parse(*link);
    m_grace->join(address, QStringLiteral("codemirror"));
    QTRY_COMPARE(shown(*m_grace), text);
    if (three) {
        m_mary = makeWindow(QStringLiteral("Mary Shelley"), QStringLiteral("#1f6a05"));
        m_mary->join(address, QStringLiteral("codemirror"));
        QTRY_COMPARE(shown(*m_mary), text);
    }
    const int people = three ? 3 : 2;
    QTRY_COMPARE(m_ada->currentPage()->session()->participants().rowCount(), people);
    QTRY_COMPARE(m_grace->currentPage()->session()->participants().rowCount(), people);
    QTRY_VERIFY(m_ada->currentPage()->session()->changes() != nullptr);
}

void TestPeople::photograph(MainWindow& window, const QString& name)
{
    const QString folder = qEnvironmentVariable("TUTTI_PICTURES");
    if (!folder.isEmpty()) {
        QTest::qWait(50); // only when somebody wants to look
        window.grab().save(folder + QChar(u'/') + name + QStringLiteral(".png"));
    }
}

void TestPeople::placesOfAPreview()
{
    using Kind = PreviewPlace::Kind;
    using Piece = crdt::ChangeLog::Piece;
    QTextDocument document(QStringLiteral("one\ntwo\nthree\nfour\nfive"));
    const auto goes = [](unsigned at, std::u16string_view text) {
        return Piece{Piece::Kind::Goes, crdt::Offset(at), std::u16string(text)};
    };
    const auto returns = [](unsigned at, std::u16string_view text) {
        return Piece{Piece::Kind::Returns, crdt::Offset(at), std::u16string(text)};
    };
    QVERIFY(ui::previewPlaces(document, {}).isEmpty());
    const auto places = ui::previewPlaces(
        document, {goes(1, u"ne\nt"), returns(5, u"X"), returns(5, u"Y"), goes(21, u"v")});
    QCOMPARE(places.size(), 2);
    QCOMPARE(places.at(0).line, 1);
    QCOMPARE(places.at(0).parts,
        (QList<PreviewPlace::Part>{{Kind::Stays, QStringLiteral("o")},
            {Kind::Goes, QStringLiteral("ne\nt")}, {Kind::Returns, QStringLiteral("XY")},
            {Kind::Stays, QStringLiteral("wo")}}));
    QCOMPARE(places.at(1).line, 5);
    QCOMPARE(places.at(1).parts,
        (QList<PreviewPlace::Part>{{Kind::Stays, QStringLiteral("fi")},
            {Kind::Goes, QStringLiteral("v")}, {Kind::Stays, QStringLiteral("e")}}));
    // Lines that touch are one place.
    QCOMPARE(ui::previewPlaces(document, {goes(0, u"o"), goes(4, u"t")}).size(), 1);
    QCOMPARE(ui::previewPlaces(document, {goes(0, u"o"), goes(8, u"t")}).size(), 2);
}

void TestPeople::undoSomebodysChange()
{
    const auto before = QStringLiteral("int area(int width)\n{\n    return width * width;\n}\n");
    meet(before);
    ui::CodeEditor& graces = editor(*m_grace);
    const int place = static_cast<int>(before.indexOf(QStringLiteral("width * width")));
    graces.setSelections(ui::Selections(ui::EditorSelection{place, place + 13}));
    QTest::keyClicks(&graces, QStringLiteral("height"));
    QTRY_VERIFY(shown(*m_ada).contains(QStringLiteral("return height;")));
    editor(*m_ada).goTo(1, 1);
    QTest::keyClicks(&editor(*m_ada), QStringLiteral("long "));
    QTRY_VERIFY(shown(*m_grace).startsWith(QStringLiteral("long int")));

    m_ada->actions().undoOthers->trigger(); // there is only one it can be
    QVERIFY(preview(*m_ada) != nullptr);
    const QString words = preview(*m_ada)->words();
    QVERIFY2(words.contains(QStringLiteral("Undo what Grace Hopper changed last, just now?")),
        qPrintable(words));
    QVERIFY(words.contains(QStringLiteral("Line 3")));
    QVERIFY(words.contains(QStringLiteral("height"))
        && words.contains(QStringLiteral("width * width")));
    QVERIFY(shown(*m_ada).contains(QStringLiteral("return height;"))); // a preview
    photograph(*m_ada, QStringLiteral("undo-preview"));

    QVERIFY(button(*m_ada, "undoPreviewUndo")->isEnabled());
    QTest::mouseClick(button(*m_ada, "undoPreviewUndo"), Qt::LeftButton);
    QTRY_VERIFY(preview(*m_ada) == nullptr);
    QTRY_COMPARE(shown(*m_ada), QStringLiteral("long ") + before);
    QTRY_COMPARE(shown(*m_grace), QStringLiteral("long ") + before);

    m_ada->actions().byId(u"undo")->trigger(); // a step of Ada's like any other
    QTRY_VERIFY(shown(*m_grace).contains(QStringLiteral("return height;")));
    QTRY_VERIFY(shown(*m_grace).startsWith(QStringLiteral("long int")));
}

void TestPeople::thePreviewHasRoomWhereItIsNarrow()
{
    meet(QStringLiteral("alpha\n"));
    QTest::keyClicks(&editor(*m_grace), QStringLiteral("GRACE "));
    QTRY_COMPARE(shown(*m_ada), QStringLiteral("GRACE alpha\n"));
    m_ada->actions().undoOthers->trigger();
    QPushButton& undo = *button(*m_ada, "undoPreviewUndo");
    undo.setText(QStringLiteral("Letzte Änderung rückgängig machen")); // longer words
    auto& hint = *m_ada->currentPage()->findChild<QLabel*>(QStringLiteral("undoPreviewHint"));
    for (const int width : {1200, 480}) {
        m_ada->resize(width, 560);
        QTRY_VERIFY(undo.width() >= undo.sizeHint().width());
        QTRY_VERIFY(hint.height() >= hint.heightForWidth(hint.width()));
        QVERIFY(hint.width() >= 200);
        const bool below =
            undo.mapTo(m_ada.get(), QPoint()).y() > hint.mapTo(m_ada.get(), QPoint()).y();
        QCOMPARE(below, width == 480);
    }
}

void TestPeople::thePreviewFollowsTheText()
{
    meet(QStringLiteral("alpha\nbeta\n"));
    editor(*m_grace).goTo(2, 5);
    QTest::keyClicks(&editor(*m_grace), QStringLiteral(" GRACE"));
    QTRY_VERIFY(shown(*m_ada).contains(QStringLiteral("beta GRACE")));
    m_ada->actions().undoOthers->trigger();
    editor(*m_ada).goTo(1, 1);
    QTest::keyClick(&editor(*m_ada), Qt::Key_Return);
    QTRY_COMPARE(shown(*m_grace), QStringLiteral("\nalpha\nbeta GRACE\n"));
    QTRY_VERIFY(preview(*m_ada)->words().contains(QStringLiteral("Line 3")));

    editor(*m_grace).undo(); // she changes her mind first
    QTRY_COMPARE(shown(*m_ada), QStringLiteral("\nalpha\nbeta\n"));
    QTRY_VERIFY(!button(*m_ada, "undoPreviewUndo")->isEnabled());
    QVERIFY(preview(*m_ada)->words().contains(QStringLiteral("Nothing is left of it")));
}

void TestPeople::cancelledAndOver()
{
    meet(QStringLiteral("alpha\n"));
    QTest::keyClicks(&editor(*m_grace), QStringLiteral("GRACE "));
    const auto after = QStringLiteral("GRACE alpha\n");
    QTRY_COMPARE(shown(*m_ada), after);
    m_ada->actions().undoOthers->trigger();
    QTest::keyClick(preview(*m_ada), Qt::Key_Escape);
    QTRY_VERIFY(preview(*m_ada) == nullptr);
    QCOMPARE(shown(*m_ada), after);

    m_ada->actions().undoOthers->trigger();
    m_ada->actions().undoOthers->trigger(); // in the place of the first
    QTRY_COMPARE(m_ada->currentPage()->findChildren<UndoPreview*>().size(), 1);
    m_ada->actions().leave->trigger();
    QTRY_VERIFY(preview(*m_ada) == nullptr);
    QCOMPARE(shown(*m_ada), after);
}

void TestPeople::whoseChange()
{
    meet(QStringLiteral("alpha\n"), true);
    m_ada->actions().undoOthers->trigger();
    QVERIFY(m_ada->currentPage()->bar().words().contains(QStringLiteral("nothing to undo")));
    QTest::keyClicks(&editor(*m_grace), QStringLiteral("GRACE "));
    editor(*m_mary).goTo(2, 1);
    QTest::keyClicks(&editor(*m_mary), QStringLiteral("MARY "));
    QTRY_COMPARE(shown(*m_ada), QStringLiteral("GRACE alpha\nMARY "));
    m_ada->actions().undoOthers->trigger();
    QVERIFY(preview(*m_ada) == nullptr); // first it has to be said whose
    ui::QuickPick& pick = m_ada->picks().widget();
    QVERIFY(pick.isVisible());
    QCOMPARE(pick.model().rowCount(), 2);
    QTest::keyClicks(pick.focusWidget(), QStringLiteral("mary"));
    QTest::keyClick(pick.focusWidget(), Qt::Key_Return);
    QTRY_VERIFY(preview(*m_ada) != nullptr);
    QTest::mouseClick(button(*m_ada, "undoPreviewUndo"), Qt::LeftButton);
    QTRY_COMPARE(shown(*m_ada), QStringLiteral("GRACE alpha\n"));
    QTRY_COMPARE(shown(*m_mary), QStringLiteral("GRACE alpha\n"));
}

void TestPeople::notWhereOneMayOnlyRead()
{
    meet(QStringLiteral("alpha\n"));
    QTest::keyClicks(&editor(*m_grace), QStringLiteral("GRACE "));
    QTRY_COMPARE(shown(*m_ada), QStringLiteral("GRACE alpha\n"));
    editor(*m_ada).setReadOnly(true);
    m_ada->actions().undoOthers->trigger();
    QVERIFY(preview(*m_ada) == nullptr);
    QVERIFY(m_ada->currentPage()->bar().words().contains(QStringLiteral("may not change")));
}

void TestPeople::menuOfAPerson()
{
    meet(QStringLiteral("alpha\n"));
    QTest::keyClicks(&editor(*m_grace), QStringLiteral("GRACE "));
    QTRY_COMPARE(shown(*m_ada), QStringLiteral("GRACE alpha\n"));
    auto* strip = m_ada->findChild<ui::AvatarStrip*>();
    const QPoint hers(2 + 28 + 12, strip->height() / 2); // the second badge
    QContextMenuEvent wish(QContextMenuEvent::Mouse, hers, strip->mapToGlobal(hers));
    QCoreApplication::sendEvent(strip, &wish);
    auto* menu = m_ada->findChild<QMenu*>(QStringLiteral("participantMenu"));
    QVERIFY(menu != nullptr);
    auto* undo = menu->findChild<QAction*>(QStringLiteral("undoChangeByPerson"));
    QVERIFY(undo != nullptr && undo->isEnabled());
    QCOMPARE(undo->text(), QStringLiteral("&Undo Last Change by Grace Hopper…"));
    photograph(*m_ada, QStringLiteral("person-menu"));
    undo->trigger();
    menu->close();
    QVERIFY(preview(*m_ada) != nullptr);
    QTest::mouseClick(button(*m_ada, "undoPreviewUndo"), Qt::LeftButton);
    QTRY_COMPARE(shown(*m_grace), QStringLiteral("alpha\n"));
}

void TestPeople::share(const QString& text)
{
    editor(*m_ada).insertPlainText(text);
    const auto link = m_ada->share(*m_ada->currentPage());
    QVERIFY(link);
    m_grace->join(*net::RoomAddress::parse(*link), QStringLiteral("codemirror"));
    QTRY_COMPARE(shown(*m_grace), text);
    QTRY_COMPARE(m_grace->currentPage()->session()->participants().rowCount(), 2);
    QTRY_COMPARE(m_ada->currentPage()->session()->participants().rowCount(), 2);
}

void TestPeople::followWithScrolling()
{
    meet(QStringLiteral("a line of some text\n").repeated(300));
    editor(*m_ada).goTo(1, 1);
    follow(*m_grace).start(clientOf(*m_ada));
    QVERIFY(follow(*m_grace).leader());
    QVERIFY(m_grace->currentPage()
            ->session()
            ->participants()
            .index(1)
            .data(ui::ParticipantsModel::FollowedRole)
            .toBool());
    photograph(*m_grace, QStringLiteral("following"));
    QScrollBar* adas = editor(*m_ada).verticalScrollBar();
    QScrollBar* graces = editor(*m_grace).verticalScrollBar();
    adas->setValue(120); // her caret stays in the first line
    QTRY_COMPARE(graces->value(), 120);
    adas->setValue(37);
    QTRY_COMPARE(graces->value(), 37);
    QCOMPARE(editor(*m_grace).line(), 1); // one's own caret stays
    editor(*m_ada).goTo(200, 1); // writes: the caret is what is followed
    QTest::keyClicks(&editor(*m_ada), QStringLiteral("x"));
    const int place = editor(*m_ada).textCursor().position();
    QTRY_VERIFY(editor(*m_grace).firstVisiblePosition() < place
        && editor(*m_grace).lastVisiblePosition() > place);
    follow(*m_grace).stop();
    QVERIFY(!m_grace->currentPage()
            ->session()
            ->participants()
            .index(1)
            .data(ui::ParticipantsModel::FollowedRole)
            .toBool());
}

void TestPeople::followIntoAnotherDocument()
{
    share(QStringLiteral("the first\n"));
    ui::DocumentPage* adasFirst = m_ada->currentPage();
    ui::DocumentPage* gracesFirst = m_grace->currentPage();
    m_ada->newDocument();
    share(QStringLiteral("the second\n"));
    ui::DocumentPage* adasSecond = m_ada->currentPage();
    ui::DocumentPage* gracesSecond = m_grace->currentPage();
    QVERIFY(adasFirst != adasSecond && gracesFirst != gracesSecond);
    m_grace->showPage(*gracesFirst);
    const auto place = [&](ui::DocumentPage* page) {
        return page->session()
            ->participants()
            .index(1)
            .data(ui::ParticipantsModel::PlaceRole)
            .toString();
    };
    // Neither room has the other's name, but who is in both knows.
    QTRY_COMPARE(place(gracesFirst), QStringLiteral("In %1").arg(gracesSecond->document().name()));

    m_ada->showPage(*adasFirst);
    QTRY_COMPARE(place(gracesFirst), QStringLiteral("Line 2"));
    follow(*m_grace).start(clientOf(*m_ada));
    QVERIFY(follow(*m_grace).leader());
    m_ada->showPage(*adasSecond);
    QTRY_COMPARE(m_grace->currentPage(), gracesSecond);
    QTRY_COMPARE(follow(*m_grace).leader(), clientOf(*m_ada));
    QVERIFY(!gracesFirst->session()->follow().leader());
    m_ada->showPage(*adasFirst); // and back
    QTRY_COMPARE(m_grace->currentPage(), gracesFirst);
    QTRY_COMPARE(follow(*m_grace).leader(), clientOf(*m_ada));
    m_grace->showPage(*gracesSecond); // one's own wish: that was it
    QVERIFY(!gracesFirst->session()->follow().leader());
    QVERIFY(!follow(*m_grace).leader());

    ui::DocumentPage& alone = m_ada->newDocument(); // nobody else has that
    m_grace->showPage(*gracesFirst);
    QTRY_COMPARE(place(gracesFirst), QStringLiteral("In another document"));
    m_ada->showPage(alone);
}

void TestPeople::askedToCome()
{
    meet(QStringLiteral("a line of some text\n").repeated(300), true);
    editor(*m_ada).goTo(200, 1);
    const int place = editor(*m_ada).textCursor().position();
    const int before = editor(*m_grace).verticalScrollBar()->value();
    m_ada->actions().summon->trigger();
    QCOMPARE(inBar(*m_ada), QStringLiteral("You asked 2 people to come to line 200."));
    QTRY_COMPARE(inBar(*m_grace), QStringLiteral("Ada Lovelace asks you to come."));
    QTRY_COMPARE(inBar(*m_mary), QStringLiteral("Ada Lovelace asks you to come."));
    QCOMPARE(editor(*m_grace).verticalScrollBar()->value(), before); // nobody is moved
    photograph(*m_grace, QStringLiteral("summoned"));
    QTest::mouseClick(button(*m_grace, "inlineBarAction0"), Qt::LeftButton);
    QTRY_VERIFY(editor(*m_grace).firstVisiblePosition() < place
        && editor(*m_grace).lastVisiblePosition() > place);
    QCOMPARE(inBar(*m_grace), QString());
    QTest::mouseClick(button(*m_mary, "inlineBarAction1"), Qt::LeftButton);
    QCOMPARE(inBar(*m_mary), QString());

    m_ada->actions().summon->trigger(); // not again and again
    QVERIFY(inBar(*m_ada).contains(QStringLiteral("a moment ago")));
    editor(*m_ada).goTo(10, 1);
    QTRY_COMPARE(m_grace->currentPage()
                     ->session()
                     ->participants()
                     .index(1)
                     .data(ui::ParticipantsModel::LineRole)
                     .toInt(),
        10);
    QCOMPARE(inBar(*m_grace), QString());

    // Who comes later was not asked.
    auto late = makeWindow(QStringLiteral("Late"), QStringLiteral("#8e710f"));
    late->join(*net::RoomAddress::parse(m_ada->currentPage()->session()->link()),
        QStringLiteral("codemirror"));
    QTRY_COMPARE(late->currentPage()->session()->participants().rowCount(), 4);
    QCOMPARE(inBar(*late), QString());
}

void TestPeople::askedByTwo()
{
    meet(QStringLiteral("a line of some text\n").repeated(300), true);
    editor(*m_ada).goTo(200, 1);
    editor(*m_mary).goTo(100, 1);
    const int place = editor(*m_mary).textCursor().position();
    m_ada->actions().summon->trigger();
    QTRY_COMPARE(inBar(*m_grace), QStringLiteral("Ada Lovelace asks you to come."));
    m_mary->actions().summon->trigger();
    QTRY_VERIFY(inBar(*m_grace).startsWith(QStringLiteral("Mary")));
    QTest::mouseClick(button(*m_grace, "inlineBarAction0"), Qt::LeftButton);
    QTRY_VERIFY(editor(*m_grace).firstVisiblePosition() < place // whose words one reads
        && editor(*m_grace).lastVisiblePosition() > place);
}

void TestPeople::namesAreNoMarkup()
{
    const auto name = QStringLiteral("<img src=/dev/zero>&lt;b>");
    m_ada->setIdentity({name, QStringLiteral("#0675e0")});
    meet(QStringLiteral("alpha\n"));
    const QModelIndex ada = m_grace->currentPage()->session()->participants().index(1);
    QTRY_COMPARE(ada.data(ui::ParticipantsModel::NameRole).toString(), name);
    const QString tip = ada.data(Qt::ToolTipRole).toString();
    QVERIFY(!tip.contains(QStringLiteral("<img")));
    QTextDocument shown;
    shown.setHtml(tip); // as a tool tip does with what looks like it
    QVERIFY(Qt::mightBeRichText(tip) && shown.toPlainText().startsWith(name));
    QCOMPARE(ada.data(Qt::AccessibleTextRole).toString(), shown.toPlainText());
}

void TestPeople::aSecondViewKnowsWhereTheyAre()
{
    meet(QStringLiteral("alpha\n"));
    const QString there = m_grace->currentPage()->document().name();
    ui::DocumentPage* const first = m_grace->currentPage();
    m_ada->newDocument();
    share(QStringLiteral("beta\n")); // Ada is in this one now
    m_grace->showPage(*first);
    m_grace->actions().splitRight->trigger();
    const auto placeIn = [](ui::DocumentPage& page) {
        return page.session()
            ->viewOf(page.editor())
            .participants()
            .index(1)
            .data(ui::ParticipantsModel::PlaceRole)
            .toString();
    };
    QVERIFY(m_grace->currentPage() != first && m_grace->currentPage()->showsSameAs(*first));
    QTRY_VERIFY(placeIn(*first).startsWith(QStringLiteral("In ")));
    QVERIFY(placeIn(*first) != QStringLiteral("In another document"));
    QTRY_COMPARE(placeIn(*m_grace->currentPage()), placeIn(*first));
}

void TestPeople::askedWhileElsewhere()
{
    meet(QStringLiteral("alpha\n"));
    ui::DocumentPage* shared = m_grace->currentPage();
    m_grace->newDocument();
    m_ada->actions().summon->trigger();
    QTRY_VERIFY(inBar(*m_grace).startsWith(QStringLiteral("Ada Lovelace asks you to come to ")));
    QVERIFY(m_grace->currentPage() != shared);
    QTest::mouseClick(button(*m_grace, "inlineBarAction0"), Qt::LeftButton);
    QTRY_COMPARE(m_grace->currentPage(), shared);
}

QTEST_MAIN(TestPeople)
#include "tst_people.moc"
