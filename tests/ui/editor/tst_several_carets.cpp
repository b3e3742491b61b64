// SPDX-License-Identifier: MIT
// A CodeEditor with several carets, alone and while others write into the same text.
#include "tests/ui/support/bound_editor.h"
#include "tests/ui/support/marked_text.h"
#include "tests/ui/support/qt_test.h"
#include "tests/ui/support/shared_editor.h"
#include "ui/editor/code_editor.h"
#include "ui/editor/editor_commands.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QImage>
#include <QMimeData>

using namespace tutti;
using namespace tutti::test;
using ui::CodeEditor;
using ui::EditorSelection;
using ui::Selections;

class TestSeveralCarets : public QObject, private SharedEditor
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void typesAtAll();
    void oneTransactionAndOneUndo();
    void undoBringsTheCaretsBack();
    void movesAll();
    void columnIsKeptOverShortLines();
    void escapeKeepsTheMainOne();
    void clickGivesUpTheOthers();
    void altClickAddsAndTakesAway();
    void altShiftDragSelectsAColumn();
    void remoteEditsMoveAllCarets();
    void remoteEditBetweenIsNotTouched();
    void movingLinesKeepsWhatOthersWriteInThem();
    void columnWhoseLinesOthersDelete();
    void pairAroundWhatOthersWriteIn();
    void noCaretInsideASurrogatePair();
    void pairsWithTwoCarets();
    void pairIsPassedAfterARemoteEdit();
    void inputMethodCommitsAtAll();
    void copyAndPasteByLine();
    void copyOfNothingIsTheLine();
    void editByACursorKeepsTheMainOne();
    void readOnlyIsLeftAlone();
    void keysOfTheTable();
    void caretsArePainted();

private:
    void show(const QString& marked);
    [[nodiscard]] QString state() const;
};

void TestSeveralCarets::init()
{
    open();
    QVERIFY(QTest::qWaitForWindowExposed(m_editor.get()));
}

void TestSeveralCarets::cleanup()
{
    // what is shown is what the text holds, whatever a test did
    QString held = string(m_doc->get<crdt::Text>("content"));
    QCOMPARE(m_editor->binding()->plainText(), held);
    close();
}

void TestSeveralCarets::show(const QString& marked)
{
    const MarkedText wanted = unmark(marked);
    insert(m_doc->get<crdt::Text>("content"), 0, wanted.text);
    settle();
    m_editor->binding()->clearUndo();
    m_editor->setSelections(wanted.selections);
}

QString TestSeveralCarets::state() const
{
    return mark(m_editor->binding()->plainText(), m_editor->selections());
}

void TestSeveralCarets::typesAtAll()
{
    show(QStringLiteral("a¦b\n«cd»e\n¦"));
    QTest::keyClicks(m_editor.get(), QStringLiteral("xy"));
    QCOMPARE(state(), QStringLiteral("axy¦b\nxy¦e\nxy¦"));
    QTest::keyClick(m_editor.get(), Qt::Key_Backspace);
    QTest::keyClick(m_editor.get(), Qt::Key_Return);
    QCOMPARE(state(), QStringLiteral("ax\n¦b\nx\n¦e\nx\n¦"));
    QTest::keyClick(m_editor.get(), Qt::Key_Delete);
    QCOMPARE(state(), QStringLiteral("ax\n¦\nx\n¦\nx\n¦"));
}

void TestSeveralCarets::oneTransactionAndOneUndo()
{
    show(QStringLiteral("¦a\n¦b\n¦c"));
    const int before = m_mesh->transactions(0);
    m_editor->toUpperCase();
    QCOMPARE(m_mesh->transactions(0), before + 1);
    m_editor->moveLinesUp(); // the first cannot, all three are one block
    QTest::keyClicks(m_editor.get(), QStringLiteral("-"));
    QCOMPARE(m_mesh->transactions(0), before + 2);
    QCOMPARE(state(), QStringLiteral("-¦A\n-¦B\n-¦C"));
    m_editor->undo();
    QCOMPARE(state(), QStringLiteral("¦A\n¦B\n¦C"));
    m_editor->undo();
    QCOMPARE(state(), QStringLiteral("¦a\n¦b\n¦c"));
    m_editor->redo();
    QCOMPARE(m_editor->binding()->plainText(), QStringLiteral("A\nB\nC"));
}

void TestSeveralCarets::undoBringsTheCaretsBack()
{
    show(QStringLiteral("«ab» ‹cd› ¦"));
    QTest::keyClick(m_editor.get(), Qt::Key_X);
    insert(m_peer->get<crdt::Text>("content"), 0, QStringLiteral("## "));
    settle();
    m_editor->setSelections({});
    m_editor->undo();
    QCOMPARE(state(), QStringLiteral("## «ab» ‹cd› ¦"));
}

void TestSeveralCarets::movesAll()
{
    show(QStringLiteral("¦ab cd\n¦ef gh"));
    QTest::keyClick(m_editor.get(), Qt::Key_Right, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(state(), QStringLiteral("«ab »cd\n«ef »gh"));
    QTest::keyClick(m_editor.get(), Qt::Key_End);
    QCOMPARE(state(), QStringLiteral("ab cd¦\nef gh¦"));
    QTest::keyClick(m_editor.get(), Qt::Key_Home);
    QCOMPARE(state(), QStringLiteral("¦ab cd\n¦ef gh"));
}

void TestSeveralCarets::columnIsKeptOverShortLines()
{
    show(QStringLiteral("abcdef\nab\nabcdef\n¦abcdef¦"));
    for (int i = 0; i < 2; ++i) {
        QTest::keyClick(m_editor.get(), Qt::Key_Up);
    }
    QCOMPARE(state(), QStringLiteral("abcdef\n¦ab¦\nabcdef\nabcdef"));
    QTest::keyClick(m_editor.get(), Qt::Key_Up);
    QCOMPARE(state(), QStringLiteral("¦abcdef¦\nab\nabcdef\nabcdef"));
}

void TestSeveralCarets::escapeKeepsTheMainOne()
{
    show(QStringLiteral("¦a★«b»c¦"));
    QTest::keyClick(m_editor.get(), Qt::Key_Escape);
    QCOMPARE(state(), QStringLiteral("a«b»c"));
}

void TestSeveralCarets::clickGivesUpTheOthers()
{
    show(QStringLiteral("¦abc\n¦def"));
    const QPoint end = m_editor->caretRect(7).center().toPoint();
    QTest::mouseClick(m_editor->viewport(), Qt::LeftButton, {}, end);
    QCOMPARE(state(), QStringLiteral("abc\ndef¦"));
}

void TestSeveralCarets::altClickAddsAndTakesAway()
{
    show(QStringLiteral("¦abc\ndef"));
    const QPoint end = m_editor->caretRect(7).center().toPoint();
    QTest::mouseClick(m_editor->viewport(), Qt::LeftButton, Qt::AltModifier, end);
    QCOMPARE(state(), QStringLiteral("¦abc\ndef¦"));
    QTest::mouseClick(m_editor->viewport(), Qt::LeftButton, Qt::AltModifier, end);
    QCOMPARE(state(), QStringLiteral("¦abc\ndef"));
    QTest::mouseClick(m_editor->viewport(), Qt::LeftButton, Qt::AltModifier,
        m_editor->caretRect(0).center().toPoint());
    QCOMPARE(state(), QStringLiteral("¦abc\ndef")); // one stays
}

void TestSeveralCarets::altShiftDragSelectsAColumn()
{
    show(QStringLiteral("abcd\nefgh\n\nijkl"));
    m_editor->setSelections(EditorSelection::at(1));
    const auto middle = [this](int position) {
        return m_editor->caretRect(position).center().toPoint();
    };
    const auto modifiers = Qt::AltModifier | Qt::ShiftModifier;
    QTest::mousePress(m_editor->viewport(), Qt::LeftButton, modifiers, middle(1));
    QTest::mouseMove(m_editor->viewport(), middle(14));
    QMouseEvent drag(QEvent::MouseMove, middle(14), m_editor->viewport()->mapToGlobal(middle(14)),
        Qt::NoButton, Qt::LeftButton, modifiers);
    QApplication::sendEvent(m_editor->viewport(), &drag);
    QTest::mouseRelease(m_editor->viewport(), Qt::LeftButton, modifiers, middle(14));
    QCOMPARE(state(), QStringLiteral("a«bc»d\ne«fg»h\n\ni«jk»l"));
    QTest::keyClicks(m_editor.get(), QStringLiteral("-"));
    QCOMPARE(state(), QStringLiteral("a-¦d\ne-¦h\n\ni-¦l"));
}

void TestSeveralCarets::remoteEditsMoveAllCarets()
{
    show(QStringLiteral("one¦ «two» three¦"));
    auto theirs = m_peer->get<crdt::Text>("content");
    insert(theirs, 3, QStringLiteral("!")); // exactly at a caret: it stays before
    insert(theirs, 0, QStringLiteral(">> "));
    theirs.erase(at(9), at(1)); // the w of "two"
    settle();
    QCOMPARE(state(), QStringLiteral(">> one¦! «to» three¦"));
    QTest::keyClicks(m_editor.get(), QStringLiteral("x"));
    QCOMPARE(state(), QStringLiteral(">> onex¦! x¦ threex¦"));
    settle();
    QCOMPARE(string(theirs), QStringLiteral(">> onex! x threex"));
}

void TestSeveralCarets::remoteEditBetweenIsNotTouched()
{
    show(QStringLiteral("¦first\nmiddle\n¦last"));
    // both write at the same time; nothing has been exchanged
    insert(m_peer->get<crdt::Text>("content"), 6, QStringLiteral("their "));
    QTest::keyClicks(m_editor.get(), QStringLiteral("my "));
    settle();
    QCOMPARE(state(), QStringLiteral("my ¦first\ntheir middle\nmy ¦last"));
    QCOMPARE(string(m_peer->get<crdt::Text>("content")),
        QStringLiteral("my first\ntheir middle\nmy last"));
}

void TestSeveralCarets::movingLinesKeepsWhatOthersWriteInThem()
{
    show(QStringLiteral("above\nmoved¦\nbelow"));
    insert(m_peer->get<crdt::Text>("content"), 6, QStringLiteral("being "));
    m_editor->moveLinesUp();
    settle();
    QCOMPARE(state(), QStringLiteral("being moved¦\nabove\nbelow"));
    QCOMPARE(
        string(m_peer->get<crdt::Text>("content")), QStringLiteral("being moved\nabove\nbelow"));
}

void TestSeveralCarets::columnWhoseLinesOthersDelete()
{
    show(QStringLiteral("abc\nabc\nabc\nab¦c"));
    QWidget* view = m_editor->viewport();
    const auto alt = Qt::AltModifier | Qt::ShiftModifier;
    QTest::mousePress(view, Qt::LeftButton, alt, m_editor->caretRect(13).center().toPoint());
    m_peer->get<crdt::Text>("content").erase(at(1), at(14));
    settle();
    QMouseEvent move(QEvent::MouseMove, QPointF(5, 5), view->mapToGlobal(QPointF(5, 5)),
        Qt::NoButton, Qt::LeftButton, alt);
    QApplication::sendEvent(view, &move);
    QTest::mouseRelease(view, Qt::LeftButton, alt, QPoint(5, 5));
    QCOMPARE(state(), QStringLiteral("a¦"));
}

void TestSeveralCarets::pairAroundWhatOthersWriteIn()
{
    show(QStringLiteral("«abc»"));
    insert(m_peer->get<crdt::Text>("content"), 2, QStringLiteral("their"));
    QTest::keyClicks(m_editor.get(), QStringLiteral("("));
    settle();
    QCOMPARE(state(), QStringLiteral("(«abtheirc»)"));
}

void TestSeveralCarets::noCaretInsideASurrogatePair()
{
    show(QStringLiteral("a\U0001F600b¦"));
    m_editor->setSelections(Selections({{2, 4}, {0, 0}}, 0));
    QCOMPARE(m_editor->selections(), Selections({{1, 4}, {0, 0}}, 0));
    setCaret(*m_editor, 2);
    QCOMPARE(m_editor->selections(), Selections(EditorSelection::at(1)));
    QCOMPARE(m_editor->textCursor().position(), 1);
}

void TestSeveralCarets::pairsWithTwoCarets()
{
    show(QStringLiteral("f¦\ng¦"));
    QTest::keyClicks(m_editor.get(), QStringLiteral("("));
    QCOMPARE(state(), QStringLiteral("f(¦)\ng(¦)"));
    QTest::keyClicks(m_editor.get(), QStringLiteral("x)"));
    QCOMPARE(state(), QStringLiteral("f(x)¦\ng(x)¦"));
    QTest::keyClicks(m_editor.get(), QStringLiteral("["));
    QTest::keyClick(m_editor.get(), Qt::Key_Backspace);
    QCOMPARE(state(), QStringLiteral("f(x)¦\ng(x)¦"));
    m_editor->setClosesPairs(false);
    QTest::keyClicks(m_editor.get(), QStringLiteral("("));
    QCOMPARE(state(), QStringLiteral("f(x)(¦\ng(x)(¦"));
}

void TestSeveralCarets::pairIsPassedAfterARemoteEdit()
{
    show(QStringLiteral("f¦"));
    QTest::keyClicks(m_editor.get(), QStringLiteral("("));
    settle();
    insert(m_peer->get<crdt::Text>("content"), 0, QStringLiteral("// "));
    settle();
    QTest::keyClicks(m_editor.get(), QStringLiteral(")"));
    QCOMPARE(state(), QStringLiteral("// f()¦"));
}

void TestSeveralCarets::inputMethodCommitsAtAll()
{
    show(QStringLiteral("a¦b¦"));
    compose(*m_editor, QStringLiteral("ni"));
    compose(*m_editor, {}, QStringLiteral("你"));
    QCOMPARE(state(), QStringLiteral("a你¦b你¦"));
}

void TestSeveralCarets::copyAndPasteByLine()
{
    show(QStringLiteral("«one» «two» ¦"));
    m_editor->copy();
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("one\ntwo"));
    m_editor->setSelections(unmark(QStringLiteral("¦one ¦two ")).selections);
    m_editor->paste();
    QCOMPARE(state(), QStringLiteral("one¦one two¦two "));
    m_editor->setSelections(EditorSelection::at(0));
    m_editor->paste();
    QCOMPARE(state(), QStringLiteral("one\ntwo¦oneone twotwo "));
}

void TestSeveralCarets::copyOfNothingIsTheLine()
{
    show(QStringLiteral("one\nt¦wo\nthree"));
    m_editor->cut();
    QCOMPARE(state(), QStringLiteral("one\n¦three"));
    m_editor->setSelections(EditorSelection::at(1));
    m_editor->paste();
    QCOMPARE(state(), QStringLiteral("two\no¦ne\nthree"));
}

void TestSeveralCarets::editByACursorKeepsTheMainOne()
{
    show(QStringLiteral("★¦one two¦ three¦"));
    QTextCursor cursor(m_editor->document());
    cursor.setPosition(4);
    cursor.movePosition(QTextCursor::End, QTextCursor::KeepAnchor);
    cursor.removeSelectedText();
    QCOMPARE(state(), QStringLiteral("¦one "));
}

void TestSeveralCarets::readOnlyIsLeftAlone()
{
    show(QStringLiteral("«a» «b»\nc"));
    m_editor->setReadOnly(true);
    for (const ui::EditorCommand& command : ui::editorCommands()) {
        if (command.edits) {
            (m_editor.get()->*command.run)();
        }
    }
    QTest::keyClicks(m_editor.get(), QStringLiteral("x"));
    QCOMPARE(m_editor->binding()->plainText(), QStringLiteral("a b\nc"));
    QTest::keyClick(m_editor.get(), Qt::Key_L, Qt::ControlModifier);
    QCOMPARE(state(), QStringLiteral("«a b\n»c")); // what does not edit still works
}

void TestSeveralCarets::keysOfTheTable()
{
    show(QStringLiteral("¦ab ab"));
    QTest::keyClick(m_editor.get(), Qt::Key_D, Qt::ControlModifier);
    QTest::keyClick(m_editor.get(), Qt::Key_D, Qt::ControlModifier);
    QCOMPARE(state(), QStringLiteral("«ab» «ab»"));
    m_editor->setHandlesCommandKeys(false);
    QTest::keyClick(m_editor.get(), Qt::Key_X, Qt::ControlModifier);
    QTest::keyClick(m_editor.get(), Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(state(), QStringLiteral("«ab» «ab»")); // the window's business
}

void TestSeveralCarets::caretsArePainted()
{
    show(QStringLiteral("★¦one\n¦two"));
    const QImage image = m_editor->viewport()->grab().toImage();
    for (const int position : {0, 4}) {
        const QRectF rect = m_editor->caretRect(position);
        const QPoint middle = (rect.topLeft() + QPointF(1, rect.height() / 2)).toPoint();
        const QColor color = image.pixelColor(middle * image.devicePixelRatio());
        QCOMPARE(color.rgb(), m_editor->theme().text.rgb());
    }
}

QTEST_MAIN(TestSeveralCarets)
#include "tst_several_carets.moc"
