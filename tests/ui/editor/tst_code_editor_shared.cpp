// SPDX-License-Identifier: MIT
// A CodeEditor while others write: what must not move, and what must wait.
#include "tests/ui/support/bound_editor.h"
#include "tests/ui/support/qt_test.h"
#include "tests/ui/support/shared_editor.h"
#include "ui/editor/code_editor.h"

#include <QDropEvent>
#include <QMimeData>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTextBlock>
#include <QTextLayout>

using namespace tutti;
using namespace tutti::test;
using ui::CodeEditor;

namespace {

QString lines(int count)
{
    QString text;
    for (int i = 1; i <= count; ++i) {
        text += QStringLiteral("line %1\n").arg(i);
    }
    return text;
}

} // namespace

class TestCodeEditorShared : public QObject, private SharedEditor
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void caretStaysWithItsText_data();
    void caretStaysWithItsText();
    void selectionDoesNotGrow();
    void topLineStays();
    void topLineStaysWithinWrappedText();
    void caretAtTheTopStaysInView();
    void horizontalScrollStays();
    void firstLoadStartsAtTheTop();
    void typingBesideARemoteEdit();
    void compositionIsNotDisturbed();
    void commitWhileRemoteEditsWait();
    void compositionGivenUp();
    void undoTakesBackOwnWorkOnly();
    void dragInsideTheDocument();

private:
    void load(const QString& text);
};

void TestCodeEditorShared::init()
{
    open();
    QVERIFY(QTest::qWaitForWindowExposed(m_editor.get()));
}

void TestCodeEditorShared::cleanup()
{
    settle();
    QCOMPARE(shown(*m_editor), ui::toDocumentUnits(string(m_peer->get<crdt::Text>("content"))));
    close();
}

void TestCodeEditorShared::load(const QString& text)
{
    insert(m_peer->get<crdt::Text>("content"), 0, text);
    settle();
}

void TestCodeEditorShared::caretStaysWithItsText_data()
{
    QTest::addColumn<int>("insertAt");
    QTest::addColumn<int>("eraseCount");
    QTest::addColumn<QString>("inserted");
    QTest::addColumn<int>("caret");
    // the caret stands before the w of "hello world", at 6
    QTest::newRow("before") << 0 << 0 << QStringLiteral("ab\n") << 9;
    QTest::newRow("exactly at it") << 6 << 0 << QStringLiteral("big ") << 6;
    QTest::newRow("a line exactly at it") << 6 << 0 << QStringLiteral("\n") << 6;
    QTest::newRow("behind") << 8 << 0 << QStringLiteral("xyz") << 6;
    QTest::newRow("deleted before") << 0 << 3 << QString() << 3;
    QTest::newRow("deleted around") << 4 << 4 << QString() << 4;
    QTest::newRow("everything") << 0 << 11 << QStringLiteral("new") << 0;
}

void TestCodeEditorShared::caretStaysWithItsText()
{
    QFETCH(int, insertAt);
    QFETCH(int, eraseCount);
    QFETCH(QString, inserted);
    QFETCH(int, caret);
    load(QStringLiteral("hello world"));
    setCaret(*m_editor, 6);
    {
        const auto transaction = m_peer->transact();
        m_peer->get<crdt::Text>("content").erase(at(insertAt), at(eraseCount));
        insert(m_peer->get<crdt::Text>("content"), insertAt, inserted);
    }
    settle();
    if (QByteArray(QTest::currentDataTag()) == "everything") {
        QVERIFY(m_editor->textCursor().position() <= 3); // either end of the new text will do
    } else {
        QCOMPARE(m_editor->textCursor().position(), caret);
    }
    QVERIFY(!m_editor->textCursor().hasSelection());
}

void TestCodeEditorShared::selectionDoesNotGrow()
{
    load(QStringLiteral("one two three"));
    for (const bool backwards : {false, true}) {
        setCaret(*m_editor, backwards ? 7 : 4, backwards ? 4 : 7);
        insert(m_peer->get<crdt::Text>("content"), 7, QStringLiteral("<"));
        insert(m_peer->get<crdt::Text>("content"), 4, QStringLiteral(">"));
        settle();
        QCOMPARE(m_editor->textCursor().selectedText(), QStringLiteral("two"));
        QCOMPARE(m_editor->textCursor().position() < m_editor->textCursor().anchor(), backwards);
        m_peer->get<crdt::Text>("content").erase(at(8), at(1));
        m_peer->get<crdt::Text>("content").erase(at(4), at(1));
        settle();
    }
}

void TestCodeEditorShared::topLineStays()
{
    load(lines(200));
    setCaret(*m_editor, 0);
    m_editor->verticalScrollBar()->setValue(100);
    const auto topLine = [this] {
        return m_editor->document()->findBlock(m_editor->firstVisiblePosition()).text();
    };
    QCOMPARE(topLine(), QStringLiteral("line 101"));
    insert(m_peer->get<crdt::Text>("content"), 0, lines(30));
    settle();
    QCOMPARE(topLine(), QStringLiteral("line 101"));
    QCOMPARE(m_editor->verticalScrollBar()->value(), 130);
    m_peer->get<crdt::Text>("content").erase(at(0), at(static_cast<int>(lines(30).size())));
    settle();
    QCOMPARE(topLine(), QStringLiteral("line 101"));
    // below the view, and within it: nothing moves either
    const int below = static_cast<int>(lines(190).size());
    insert(m_peer->get<crdt::Text>("content"), below, lines(5));
    insert(m_peer->get<crdt::Text>("content"), static_cast<int>(lines(103).size()), lines(2));
    settle();
    QCOMPARE(topLine(), QStringLiteral("line 101"));
    // a line right at the top edge comes in above it
    insert(m_peer->get<crdt::Text>("content"), static_cast<int>(lines(100).size()),
        QStringLiteral("new\n"));
    settle();
    QCOMPARE(topLine(), QStringLiteral("line 101"));
    QCOMPARE(m_editor->textCursor().position(), 0);
}

void TestCodeEditorShared::topLineStaysWithinWrappedText()
{
    m_editor->setLineWrapMode(QPlainTextEdit::WidgetWidth);
    load(lines(20) + QString(4'000, u'x') + u'\n' + lines(20));
    m_editor->verticalScrollBar()->setValue(25); // inside the long line
    const auto top = [this] {
        const QTextBlock block = m_editor->document()->findBlock(m_editor->firstVisiblePosition());
        return std::pair(
            block.text().size(), m_editor->verticalScrollBar()->value() - block.firstLineNumber());
    };
    QCOMPARE(top(), std::pair(qsizetype(4'000), 5));
    insert(m_peer->get<crdt::Text>("content"), 0, lines(7));
    settle();
    QCOMPARE(top(), std::pair(qsizetype(4'000), 5));
}

void TestCodeEditorShared::caretAtTheTopStaysInView()
{
    load(lines(200));
    setCaret(*m_editor, 0);
    m_editor->verticalScrollBar()->setValue(0);
    insert(m_peer->get<crdt::Text>("content"), 0, QStringLiteral("title\n"));
    settle();
    QCOMPARE(m_editor->textCursor().position(), 0);
    QCOMPARE(m_editor->verticalScrollBar()->value(), 0);
}

void TestCodeEditorShared::horizontalScrollStays()
{
    load(QString(500, u'x') + u'\n' + lines(50));
    setCaret(*m_editor, 500);
    m_editor->horizontalScrollBar()->setValue(120);
    insert(m_peer->get<crdt::Text>("content"), 500, QStringLiteral("at the caret"));
    settle();
    QCOMPARE(m_editor->horizontalScrollBar()->value(), 120);
}

void TestCodeEditorShared::firstLoadStartsAtTheTop()
{
    load(lines(300));
    QCOMPARE(m_editor->verticalScrollBar()->value(), 0);
    QCOMPARE(m_editor->textCursor().position(), 0);
}

void TestCodeEditorShared::typingBesideARemoteEdit()
{
    load(QStringLiteral("ab"));
    setCaret(*m_editor, 1);
    insert(m_peer->get<crdt::Text>("content"), 0, QStringLiteral("remote "));
    m_mesh->deliverAll(); // arrived, not shown
    QTest::keyClicks(m_editor.get(), QStringLiteral("x"));
    settle();
    QCOMPARE(shown(*m_editor), QStringLiteral("remote axb"));
    QTest::keyClicks(m_editor.get(), QStringLiteral("y"));
    QCOMPARE(shown(*m_editor), QStringLiteral("remote axyb"));
}

void TestCodeEditorShared::compositionIsNotDisturbed()
{
    load(QStringLiteral("ab\ncd"));
    setCaret(*m_editor, 1);
    compose(*m_editor, QStringLiteral("ni"));
    insert(m_peer->get<crdt::Text>("content"), 0, QStringLiteral("first\n"));
    m_mesh->deliverAll();
    m_editor->binding()->flush();
    QCoreApplication::processEvents();
    QCOMPARE(shown(*m_editor), QStringLiteral(u"ab\u2029cd")); // waits
    QCOMPARE(m_editor->textCursor().block().layout()->preeditAreaText(), QStringLiteral("ni"));
    compose(*m_editor, QStringLiteral("nih"));
    QVERIFY(m_editor->binding()->hasPending());
    compose(*m_editor, {}, QStringLiteral(u"\u4F60"));
    QCOMPARE(shown(*m_editor), QStringLiteral(u"first\u2029a\u4F60b\u2029cd"));
    QCOMPARE(m_editor->textCursor().position(), 8);
}

void TestCodeEditorShared::commitWhileRemoteEditsWait()
{
    load(QStringLiteral("some words here"));
    setCaret(*m_editor, 5, 10); // "words", to be replaced by what is composed
    compose(*m_editor, QStringLiteral("p"));
    m_peer->get<crdt::Text>("content").erase(at(0), at(5));
    insert(m_peer->get<crdt::Text>("content"), 2, QStringLiteral("XX")); // inside "words"
    m_mesh->deliverAll();
    compose(*m_editor, QStringLiteral("q"), QStringLiteral("phrase")); // and composes on
    QVERIFY(m_editor->binding()->hasPending());
    compose(*m_editor, {});
    settle();
    // composing had deleted the selection before the peer wrote into it
    const QString merged = shown(*m_editor);
    QVERIFY2(merged == QStringLiteral("phraseXX here") || merged == QStringLiteral("XXphrase here"),
        qPrintable(merged));
}

void TestCodeEditorShared::compositionGivenUp()
{
    load(QStringLiteral("abc"));
    setCaret(*m_editor, 3);
    compose(*m_editor, QStringLiteral("ni"));
    insert(m_peer->get<crdt::Text>("content"), 0, QStringLiteral("x"));
    m_mesh->deliverAll();
    QCoreApplication::processEvents();
    QCOMPARE(shown(*m_editor), QStringLiteral("abc"));
    // the caret is put elsewhere, by the program for example, and nobody commits
    setCaret(*m_editor, 0);
    compose(*m_editor, {});
    QTRY_COMPARE(shown(*m_editor), QStringLiteral("xabc"));
}

void TestCodeEditorShared::undoTakesBackOwnWorkOnly()
{
    load(QStringLiteral("[]"));
    setCaret(*m_editor, 1);
    QTest::keyClicks(m_editor.get(), QStringLiteral("mine"));
    settle();
    insert(m_peer->get<crdt::Text>("content"), 3, QStringLiteral("THEIRS"));
    settle();
    QCOMPARE(shown(*m_editor), QStringLiteral("[miTHEIRSne]"));
    QTest::keySequence(m_editor.get(), QKeySequence::Undo);
    QCOMPARE(shown(*m_editor), QStringLiteral("[THEIRS]"));
    QTest::keySequence(m_editor.get(), QKeySequence::Undo);
    QCOMPARE(shown(*m_editor), QStringLiteral("[THEIRS]"));
    QTest::keySequence(m_editor.get(), QKeySequence::Redo);
    QCOMPARE(shown(*m_editor), QStringLiteral("[miTHEIRSne]"));
}

void TestCodeEditorShared::dragInsideTheDocument()
{
    load(QStringLiteral("move this over there, please"));
    const int before = m_mesh->transactions(0);
    setCaret(*m_editor, 0, 5); // "move "
    QMimeData data;
    data.setText(QStringLiteral("move "));
    const QPoint target = m_editor->caretRect(15).center().toPoint();
    const auto send = [&](QEvent& event) { QApplication::sendEvent(m_editor->viewport(), &event); };
    QDragEnterEvent enter(target, Qt::MoveAction | Qt::CopyAction, &data, Qt::LeftButton, {});
    send(enter);
    QDragMoveEvent move(target, Qt::MoveAction | Qt::CopyAction, &data, Qt::LeftButton, {});
    send(move);
    QDropEvent drop(target, Qt::CopyAction, &data, Qt::LeftButton, {});
    send(drop);
    QCOMPARE(shown(*m_editor), QStringLiteral("move this over move there, please"));
    QCOMPARE(m_mesh->transactions(0), before + 1);
}

QTEST_MAIN(TestCodeEditorShared)
#include "tst_code_editor_shared.moc"
