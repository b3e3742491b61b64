// SPDX-License-Identifier: MIT
// One text in two editors of one window.
#include "tests/ui/support/qt_test.h"
#include "tests/ui/support/shared_editor.h"

#include <QSignalSpy>
#include <QTest>

using namespace tutti;
using ui::CodeEditor;
using ui::EditorSelection;

class TestTwoViews : public QObject, test::SharedEditor
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void eachShowsWhatIsWrittenInTheOther();
    void oneHistoryOfUndo();
    void aViewGoes();
    void viewsHaveTheirOwnFolds();

private:
    [[nodiscard]] static QString shown(const CodeEditor& editor) { return editor.toPlainText(); }
    void flush()
    {
        m_editor->binding()->flush();
        m_other->binding()->flush();
    }

    std::unique_ptr<CodeEditor> m_other;
};

void TestTwoViews::init()
{
    open();
    m_doc->get<crdt::Text>("content").insert({}, u"one\ntwo\nthree");
    settle();
    m_other = std::make_unique<CodeEditor>();
    m_other->resize(300, 200);
    m_other->bindBeside(*m_editor);
    m_other->show();
    QCOMPARE(shown(*m_other), QStringLiteral("one\ntwo\nthree"));
}

void TestTwoViews::cleanup()
{
    m_other.reset();
    close();
}

void TestTwoViews::eachShowsWhatIsWrittenInTheOther()
{
    m_editor->setSelections(EditorSelection{3, 3});
    m_other->setSelections(EditorSelection{7, 7});
    QTest::keyClicks(m_editor.get(), QStringLiteral("1"));
    flush();
    QCOMPARE(shown(*m_other), QStringLiteral("one1\ntwo\nthree"));
    QCOMPARE(m_other->textCursor().position(), 8); // where it was in the text
    QTest::keyClicks(m_other.get(), QStringLiteral("2"));
    flush();
    QCOMPARE(shown(*m_editor), QStringLiteral("one1\ntwo2\nthree"));
    QCOMPARE(m_editor->textCursor().position(), 4);
    settle();
    QCOMPARE(m_peer->get<crdt::Text>("content").toString(), u"one1\ntwo2\nthree");
}

void TestTwoViews::oneHistoryOfUndo()
{
    const QSignalSpy available(m_other.get(), &CodeEditor::canUndoChanged);
    m_editor->setSelections(EditorSelection{3, 3});
    QTest::keyClicks(m_editor.get(), QStringLiteral("1"));
    QCOMPARE(available.size(), 1); // what was written here can be taken back there
    m_editor->binding()->stopCapturing();
    flush();
    m_other->setSelections(EditorSelection{8, 8});
    QTest::keyClicks(m_other.get(), QStringLiteral("2"));
    flush();

    m_editor->undo(); // the last step, wherever it was made
    flush();
    QCOMPARE(shown(*m_editor), QStringLiteral("one1\ntwo\nthree"));
    QCOMPARE(m_editor->textCursor().position(), 8); // one sees what was taken back
    m_other->undo();
    flush();
    QCOMPARE(shown(*m_other), QStringLiteral("one\ntwo\nthree"));
    QCOMPARE(shown(*m_editor), QStringLiteral("one\ntwo\nthree"));
    QVERIFY(!m_other->canUndo() && m_editor->canRedo());
    m_editor->redo();
    m_editor->redo();
    flush();
    QCOMPARE(shown(*m_other), QStringLiteral("one1\ntwo2\nthree"));
}

void TestTwoViews::aViewGoes()
{
    m_other->setSelections(EditorSelection{0, 0});
    QTest::keyClicks(m_other.get(), QStringLiteral("0"));
    m_other.reset();
    settle();
    QCOMPARE(shown(*m_editor), QStringLiteral("0one\ntwo\nthree"));
    m_editor->undo(); // what was written in the view that is gone
    settle();
    QCOMPARE(shown(*m_editor), QStringLiteral("one\ntwo\nthree"));
    m_editor->redo();
    settle();
    QCOMPARE(shown(*m_editor), QStringLiteral("0one\ntwo\nthree"));
    QCOMPARE(m_peer->get<crdt::Text>("content").toString(), u"0one\ntwo\nthree");
}

void TestTwoViews::viewsHaveTheirOwnFolds()
{
    m_editor->setFileName(QStringLiteral("a.py"));
    m_doc->get<crdt::Text>("content").insert({}, u"a\n    b\n    c\nd\n");
    settle();
    flush();
    m_editor->setFoldedLines({0});
    QCOMPARE(m_editor->foldedLines(), QList<int>{0});
    QVERIFY(m_other->foldedLines().isEmpty());
    m_other->setSelections(EditorSelection{7, 7}); // where it is folded in the first
    QTest::keyClicks(m_other.get(), QStringLiteral("x"));
    flush();
    QCOMPARE(shown(*m_editor), shown(*m_other));
    QCOMPARE(m_editor->foldedLines(), QList<int>{0});
}

QTEST_MAIN(TestTwoViews)
#include "tst_two_views.moc"
