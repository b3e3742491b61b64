// SPDX-License-Identifier: MIT
// What the syntax says of a text: colours, comments and strings, brackets, regions that fold; while
// the user and others write.
#include "tests/ui/support/bound_editor.h"
#include "tests/ui/support/marked_text.h"
#include "tests/ui/support/qt_test.h"
#include "tests/ui/support/shared_editor.h"
#include "ui/editor/block_syntax.h"
#include "ui/editor/brackets.h"
#include "ui/editor/code_editor.h"

#include <QScrollBar>
#include <QTextBlock>
#include <QTextLayout>

using namespace tutti;
using namespace tutti::test;
using ui::BlockSyntax;
using ui::CodeEditor;
using ui::EditorSelection;
using ui::SyntaxKind;

namespace {

const auto kCode = QStringLiteral("int f(int a)\n"
                                  "{\n"
                                  "    if (a) {\n"
                                  "        return 1;\n"
                                  "    }\n"
                                  "    return 0; // (\n"
                                  "}\n"
                                  "int g();\n");

} // namespace

class TestCodeStructure : public QObject, private SharedEditor
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void visibleLinesAreColoured();
    void linesNobodySawHaveNoFormats();
    void farAwayIsColouredWhenShown();
    void anOpenedCommentReachesOn();
    void theirCommentReachesOn();
    void anotherLanguage();
    void longLinesAreLeftAlone();
    void bracketsMatch_data();
    void bracketsMatch();
    void bracketsInCommentsAreOthers();
    void goesToBracketsAndSelectsBetween();
    void foldsAndUnfolds();
    void foldsInnermostAroundTheCaret();
    void foldsByIndentation();
    void foldedLinesAreSkippedByArrows();
    void goingThereUnfolds();
    void theirEditsStayFolded();
    void aHeaderThatIsGoneUnfolds();
    void caretsLeaveWhatIsHidden();
    void foldsAllAndComesBack();
    void gutterFolds();
    void severalCaretsGoingThereUnfold();
    void anotherLanguageUnfolds();
    void anotherTextIsNotFolded();
    void headersThatBecomeOneAreOne();
    void whiteSpaceIsDrawn();

private:
    void show(const QString& text, const QString& name = QStringLiteral("a.cpp"));
    void settle();
    [[nodiscard]] QTextBlock line(int number) const;
    [[nodiscard]] QString visible() const;
    [[nodiscard]] bool isColoured(int number) const;
};

void TestCodeStructure::init()
{
    open();
    QVERIFY(QTest::qWaitForWindowExposed(m_editor.get()));
}

void TestCodeStructure::cleanup() { close(); }

void TestCodeStructure::show(const QString& text, const QString& name)
{
    m_editor->setFileName(name);
    insert(m_doc->get<crdt::Text>("content"), 0, text);
    settle();
    const int last = m_editor->blockCount() - 1;
    QTRY_VERIFY(BlockSyntax::of(line(last)) != nullptr); // all has been looked at
    m_editor->viewport()->repaint();
}

void TestCodeStructure::settle()
{
    SharedEditor::settle();
    m_editor->viewport()->repaint();
}

QTextBlock TestCodeStructure::line(int number) const
{
    return m_editor->document()->findBlockByNumber(number);
}

/// The numbers of the lines that are not hidden.
QString TestCodeStructure::visible() const
{
    QStringList numbers;
    for (QTextBlock block = line(0); block.isValid(); block = block.next()) {
        if (block.isVisible()) {
            numbers << QString::number(block.blockNumber());
        }
    }
    return numbers.join(u' ');
}

bool TestCodeStructure::isColoured(int number) const
{
    return !line(number).layout()->formats().isEmpty();
}

void TestCodeStructure::visibleLinesAreColoured()
{
    show(kCode);
    QVERIFY(isColoured(0));
    QVERIFY(isColoured(5));
    const BlockSyntax* syntax = BlockSyntax::of(line(5));
    QCOMPARE(syntax->kindAt(4), SyntaxKind::Code);
    QCOMPARE(syntax->kindAt(16), SyntaxKind::Comment);
}

void TestCodeStructure::linesNobodySawHaveNoFormats()
{
    show(QStringLiteral("int a; // b\n").repeated(500));
    QVERIFY(isColoured(0));
    QVERIFY(!isColoured(400));
    QCOMPARE(BlockSyntax::of(line(400))->kindAt(9), SyntaxKind::Comment);
    m_editor->goTo(401);
    m_editor->viewport()->repaint();
    QVERIFY(isColoured(400));
}

void TestCodeStructure::farAwayIsColouredWhenShown()
{
    m_editor->setFileName(QStringLiteral("a.cpp"));
    insert(m_doc->get<crdt::Text>("content"), 0, QStringLiteral("int a; // b\n").repeated(200'000));
    settle();
    m_editor->goTo(199'000);
    m_editor->viewport()->repaint();
    QVERIFY(BlockSyntax::of(line(100'000)) == nullptr); // far from being done
    QVERIFY(isColoured(198'999));
}

void TestCodeStructure::anOpenedCommentReachesOn()
{
    show(QStringLiteral("int a;\n").repeated(300));
    QCOMPARE(BlockSyntax::of(line(299))->kindAt(0), SyntaxKind::Code);
    QTest::keyClicks(m_editor.get(), QStringLiteral("/*"));
    QTRY_COMPARE(BlockSyntax::of(line(299)) != nullptr ? BlockSyntax::of(line(299))->kindAt(0)
                                                       : SyntaxKind::Code,
        SyntaxKind::Comment);
    m_editor->undo();
    QTRY_COMPARE(BlockSyntax::of(line(299))->kindAt(0), SyntaxKind::Code);
}

void TestCodeStructure::theirCommentReachesOn()
{
    show(QStringLiteral("int a;\n").repeated(300));
    insert(m_peer->get<crdt::Text>("content"), 14, QStringLiteral("/*\n"));
    settle();
    QTRY_COMPARE(BlockSyntax::of(line(300))->kindAt(0), SyntaxKind::Comment);
    QCOMPARE(BlockSyntax::of(line(1))->kindAt(0), SyntaxKind::Code);
}

void TestCodeStructure::anotherLanguage()
{
    show(QStringLiteral("# a\n"));
    m_editor->setFileName(QStringLiteral("a.py"));
    QTRY_VERIFY(BlockSyntax::of(line(0)) != nullptr);
    QCOMPARE(BlockSyntax::of(line(0))->kindAt(2), SyntaxKind::Comment);
    m_editor->setFileName(QStringLiteral("a.txt"));
    m_editor->viewport()->repaint();
    QVERIFY(!isColoured(0));
}

void TestCodeStructure::longLinesAreLeftAlone()
{
    show(QStringLiteral("// ") + QString(20'000, u'x') + QStringLiteral("\nint a;"));
    QVERIFY(BlockSyntax::of(line(0))->spans.empty());
    QVERIFY(isColoured(1));
}

void TestCodeStructure::bracketsMatch_data()
{
    QTest::addColumn<QString>("marked");
    QTest::addColumn<int>("open");
    QTest::addColumn<int>("close");
    QTest::newRow("before") << "f¦(a[1])" << 1 << 6;
    QTest::newRow("behind") << "f(a[1])¦" << 1 << 6;
    QTest::newRow("the nearer side first") << "(a)¦[b]" << 0 << 2;
    QTest::newRow("over lines") << "{\n  {}\n}¦" << 0 << 7;
    QTest::newRow("other kinds between") << "¦(])" << 0 << 2;
    QTest::newRow("missing") << "((a)¦" << 1 << 3;
    QTest::newRow("none") << "((a¦" << -1 << -1;
    QTest::newRow("not at a bracket") << "(a¦b)" << -1 << -1;
}

void TestCodeStructure::bracketsMatch()
{
    QFETCH(const QString, marked);
    QFETCH(const int, open);
    QFETCH(const int, close);
    const MarkedText text = unmark(marked);
    QTextDocument document;
    fill(document, text.text);
    const auto pair = ui::bracketsAt(document, text.selections.main().caret);
    QCOMPARE(pair.has_value(), open >= 0);
    QCOMPARE(pair.value_or(ui::BracketPair{-1, -1}), (ui::BracketPair{open, close}));
}

void TestCodeStructure::bracketsInCommentsAreOthers()
{
    show(QStringLiteral("f(\")\", /* ) */ a)\n"));
    QCOMPARE(ui::bracketsAt(*m_editor->document(), 1), (ui::BracketPair{1, 16}));
}

void TestCodeStructure::goesToBracketsAndSelectsBetween()
{
    show(QStringLiteral("f(a[1])\n"));
    m_editor->setSelections(EditorSelection::at(1));
    m_editor->goToBracket();
    QCOMPARE(m_editor->selections().main().caret, 7);
    m_editor->goToBracket();
    QCOMPARE(m_editor->selections().main().caret, 1);
    m_editor->setSelections(EditorSelection::at(4));
    m_editor->selectToBracket();
    QCOMPARE(m_editor->selections().main(), (EditorSelection{4, 5}));
    m_editor->selectToBracket();
    QCOMPARE(m_editor->selections().main(), (EditorSelection{3, 6}));
    m_editor->selectToBracket();
    QCOMPARE(m_editor->selections().main(), (EditorSelection{2, 6}));
}

void TestCodeStructure::foldsAndUnfolds()
{
    show(kCode);
    m_editor->goTo(3);
    m_editor->fold();
    QCOMPARE(visible(), QStringLiteral("0 1 2 4 5 6 7 8"));
    m_editor->goTo(2);
    m_editor->fold();
    QCOMPARE(visible(), QStringLiteral("0 1 6 7 8"));
    m_editor->unfold();
    QCOMPARE(visible(), QStringLiteral("0 1 2 4 5 6 7 8")); // the inner one is as it was
    QCOMPARE(string(m_doc->get<crdt::Text>("content")), kCode);
}

void TestCodeStructure::foldsInnermostAroundTheCaret()
{
    show(kCode);
    m_editor->goTo(4, 9);
    m_editor->fold();
    QCOMPARE(visible(), QStringLiteral("0 1 2 4 5 6 7 8"));
    QCOMPARE(m_editor->line(), 3); // at the end of the header
    QCOMPARE(m_editor->column(), 13);
}

void TestCodeStructure::foldsByIndentation()
{
    show(QStringLiteral("def f():\n    a\n\n    b\n\nc\n"), QStringLiteral("a.py"));
    m_editor->goTo(2);
    m_editor->fold();
    QCOMPARE(visible(), QStringLiteral("0 4 5 6"));
}

void TestCodeStructure::foldedLinesAreSkippedByArrows()
{
    show(kCode);
    m_editor->setFoldedLines({2});
    m_editor->goTo(3);
    QTest::keyClick(m_editor.get(), Qt::Key_Down);
    QCOMPARE(m_editor->line(), 5);
    QTest::keyClick(m_editor.get(), Qt::Key_Up);
    QCOMPARE(m_editor->line(), 3);
    QTest::keyClick(m_editor.get(), Qt::Key_End);
    QTest::keyClick(m_editor.get(), Qt::Key_Right);
    QCOMPARE(m_editor->line(), 5);
    QCOMPARE(m_editor->column(), 1);
    QTest::keyClick(m_editor.get(), Qt::Key_Left);
    QCOMPARE(m_editor->line(), 3);
    QCOMPARE(m_editor->column(), 13);
    QCOMPARE(visible(), QStringLiteral("0 1 2 4 5 6 7 8"));
}

void TestCodeStructure::goingThereUnfolds()
{
    show(kCode);
    m_editor->setFoldedLines({1, 2});
    QCOMPARE(visible(), QStringLiteral("0 1 6 7 8"));
    m_editor->goTo(4);
    QCOMPARE(visible(), QStringLiteral("0 1 2 3 4 5 6 7 8"));
    QCOMPARE(m_editor->line(), 4);
}

void TestCodeStructure::theirEditsStayFolded()
{
    show(kCode);
    m_editor->setFoldedLines({2});
    auto theirs = m_peer->get<crdt::Text>("content");
    const int place = static_cast<int>(kCode.indexOf(QStringLiteral("        return 1")));
    insert(theirs, place, QStringLiteral("        a = 2;\n        b();\n"));
    insert(theirs, 0, QStringLiteral("// theirs\n"));
    settle();
    QCOMPARE(m_editor->foldedLines(), QList<int>{3});
    QCOMPARE(visible(), QStringLiteral("0 1 2 3 7 8 9 10 11"));
}

void TestCodeStructure::aHeaderThatIsGoneUnfolds()
{
    show(kCode);
    m_editor->setFoldedLines({2});
    auto theirs = m_peer->get<crdt::Text>("content");
    const int brace = static_cast<int>(kCode.indexOf(QStringLiteral(") {"))) + 2;
    theirs.erase(at(brace), at(1));
    settle();
    QTRY_COMPARE(visible(), QStringLiteral("0 1 2 3 4 5 6 7 8"));
    QVERIFY(m_editor->foldedLines().isEmpty());
}

void TestCodeStructure::caretsLeaveWhatIsHidden()
{
    show(kCode);
    const int inside = static_cast<int>(kCode.indexOf(QStringLiteral("return 1")));
    m_editor->setSelections(
        ui::Selections({EditorSelection::at(0), EditorSelection::at(inside)}, 0));
    m_editor->setFoldedLines({2});
    const int end = line(2).position() + line(2).length() - 1;
    QCOMPARE(m_editor->selections(),
        ui::Selections({EditorSelection::at(0), EditorSelection::at(end)}, 0));
    QTest::keyClicks(m_editor.get(), QStringLiteral("x"));
    QCOMPARE(line(2).text(), QStringLiteral("    if (a) {x"));
}

void TestCodeStructure::foldsAllAndComesBack()
{
    show(kCode);
    m_editor->foldAll();
    QCOMPARE(visible(), QStringLiteral("0 1 6 7 8"));
    const QList<int> folded = m_editor->foldedLines();
    m_editor->unfoldAll();
    QCOMPARE(visible(), QStringLiteral("0 1 2 3 4 5 6 7 8"));
    m_editor->setFoldedLines(folded);
    QCOMPARE(visible(), QStringLiteral("0 1 6 7 8"));
    m_editor->setFoldedLines({0, 99}); // no region begins there
    QCOMPARE(visible(), QStringLiteral("0 1 2 3 4 5 6 7 8"));
}

void TestCodeStructure::gutterFolds()
{
    show(kCode);
    auto* gutter = m_editor->findChild<QWidget*>(QStringLiteral("gutter"));
    const QPoint at(
        gutter->width() - 8, m_editor->caretRect(line(2).position()).center().toPoint().y());
    QTest::mouseClick(gutter, Qt::LeftButton, {}, at);
    QCOMPARE(visible(), QStringLiteral("0 1 2 4 5 6 7 8"));
    QTest::mouseClick(gutter, Qt::LeftButton, {}, at);
    QCOMPARE(visible(), QStringLiteral("0 1 2 3 4 5 6 7 8"));
}

void TestCodeStructure::whiteSpaceIsDrawn()
{
    show(QStringLiteral("a   b\tc\n"));
    m_editor->setSelections(EditorSelection::at(9)); // no current line, no caret beside it
    const auto inked = [this](int position) {
        const QRectF here = m_editor->caretRect(position);
        const QRectF next = m_editor->caretRect(position + 1);
        const QImage image = m_editor->viewport()->grab().toImage();
        const QPointF middle((here.left() + next.left()) / 2, here.center().y());
        const QColor background = m_editor->theme().background;
        for (int x = -2; x <= 2; ++x) {
            for (int y = -2; y <= 2; ++y) {
                const QPointF place = (middle + QPointF(x, y)) * image.devicePixelRatio();
                if (image.pixelColor(place.toPoint()).rgb() != background.rgb()) {
                    return true;
                }
            }
        }
        return false;
    };
    QVERIFY(!inked(2));
    QVERIFY(!inked(5));
    m_editor->setShowsWhitespace(true);
    QVERIFY(inked(2));
    QVERIFY(inked(5));
}

void TestCodeStructure::severalCaretsGoingThereUnfold()
{
    show(kCode + kCode);
    m_editor->setFoldedLines({1, 2, 9, 10});
    m_editor->setSelections(ui::Selections(
        {EditorSelection::at(line(3).position()), EditorSelection::at(line(11).position())}, 0));
    QVERIFY(line(3).isVisible());
    QVERIFY(line(11).isVisible());
    QCOMPARE(m_editor->selections().size(), std::size_t{2});
    QCOMPARE(m_editor->selections()[1], EditorSelection::at(line(11).position()));
}

void TestCodeStructure::anotherLanguageUnfolds()
{
    show(kCode);
    m_editor->setFoldedLines({2});
    m_editor->setFileName(QStringLiteral("a.txt"));
    QCOMPARE(visible(), QStringLiteral("0 1 2 3 4 5 6 7 8"));
    QVERIFY(m_editor->foldedLines().isEmpty());
}

void TestCodeStructure::anotherTextIsNotFolded()
{
    show(kCode);
    m_editor->setFoldedLines({2});
    auto other = m_doc->get<crdt::Text>("other");
    insert(other, 0, QStringLiteral("{\n    a;\n}\n"));
    m_editor->bind(*m_doc, other);
    QCOMPARE(visible(), QStringLiteral("0 1 2 3"));
}

void TestCodeStructure::headersThatBecomeOneAreOne()
{
    show(QStringLiteral("f() {\n    a;\n    b;\n}\ng() {\n    c;\n}\n"));
    m_editor->setFoldedLines({0, 4});
    m_peer->get<crdt::Text>("content").erase(at(0), at(22)); // "f() {" up to before "g() {"
    settle();
    QCOMPARE(m_editor->foldedLines(), QList<int>{0});
    m_editor->goTo(1);
    m_editor->unfold();
    QVERIFY(line(1).isVisible());
}

QTEST_MAIN(TestCodeStructure)
#include "tst_code_structure.moc"
