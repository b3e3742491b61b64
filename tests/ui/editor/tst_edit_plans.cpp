// SPDX-License-Identifier: MIT
// What commands do to a text with one caret or several: plans, no window. Texts are drawn with
// their selections, see marked_text.h.
#include "tests/ui/support/marked_text.h"
#include "tests/ui/support/qt_test.h"
#include "ui/editor/caret_commands.h"
#include "ui/editor/line_commands.h"
#include "ui/editor/typing.h"

#include <QPlainTextDocumentLayout>

#include <functional>

using namespace tutti;
using namespace tutti::test;
using namespace tutti::ui;

namespace {

const IndentStyle kSpaces{4, 4, true};
const IndentStyle kTabs{4, 4, false};
const CommentMarkers kCpp{QStringLiteral("//"), QStringLiteral("/*"), QStringLiteral("*/")};
const CommentMarkers kHtml{{}, QStringLiteral("<!--"), QStringLiteral("-->")};

using Plan = std::function<EditPlan(QTextDocument&, const Selections&)>;
using Move = std::function<Selections(QTextDocument&, const Selections&)>;

void addRows(const Plan& plan, std::initializer_list<std::pair<const char*, const char*>> cases,
    const char* name)
{
    int number = 0;
    for (const auto& [before, after] : cases) {
        QTest::addRow("%s %d", name, ++number)
            << plan << QString::fromUtf8(before) << QString::fromUtf8(after);
    }
}

void addMoves(const Move& move, std::initializer_list<std::pair<const char*, const char*>> cases,
    const char* name)
{
    addRows([move](QTextDocument& document,
                const Selections& selections) { return EditPlan{{}, move(document, selections)}; },
        cases, name);
}

} // namespace

Q_DECLARE_METATYPE(Plan)

class TestEditPlans : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void plans_data();
    void plans();
    void selectionsUnite();
    void positionsAreMapped();
    void passingWhatWasClosed();

private:
    static void lineRows();
    static void indentRows();
    static void commentRows();
    static void typingRows();
    static void caretRows();
};

void TestEditPlans::plans_data()
{
    QTest::addColumn<Plan>("plan");
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    lineRows();
    indentRows();
    commentRows();
    typingRows();
    caretRows();
}

void TestEditPlans::lineRows()
{
    addRows(moveLinesUp,
        {{"a\nb¦b\nc", "b¦b\na\nc"}, {"a\nb\nc¦", "a\nc¦\nb"}, {"¦a\nb", "¦a\nb"},
            {"a\n«b\nc\n»d", "«b\nc\n»a\nd"}, {"a\n‹b\nc›", "‹b\nc›\na"},
            {"a\nb¦\nc\nd¦", "b¦\na\nd¦\nc"}, {"a\n¦b\nc¦\nd", "¦b\nc¦\na\nd"},
            {"a\n¦\nb", "¦\na\nb"}},
        "move up");
    addRows(moveLinesDown,
        {{"a¦\nb\nc", "b\na¦\nc"}, {"¦a\nb", "b\n¦a"}, {"a\nb¦", "a\nb¦"},
            {"«a\nb\n»c\nd", "c\n«a\nb\n»d"}, {"«a\n»b", "b\n«a»"},
            {"¦a\nb\n¦c\nd", "b\n¦a\nd\n¦c"}, {"x¦\n\ny", "\nx¦\ny"}},
        "move down");
    addRows(copyLinesDown,
        {{"a¦b\nc", "ab\na¦b\nc"}, {"«a\nb»", "a\nb\n«a\nb»"}, {"¦", "\n¦"},
            {"a¦\nb\nc¦", "a\na¦\nb\nc\nc¦"}},
        "copy down");
    addRows(copyLinesUp, {{"a¦b\nc", "a¦b\nab\nc"}, {"«a\nb»", "«a\nb»\na\nb"}}, "copy up");
    addRows(deleteLines,
        {{"a\nb¦\nc", "a\n¦c"}, {"a\nb¦", "a¦"}, {"a¦", "¦"}, {"«a\nb\n»c", "¦c"},
            {"a¦\nb\nc¦\nd", "¦b\n¦d"}},
        "delete");
    addRows(joinLines,
        {{"a¦  \n   b", "a¦ b"}, {"a¦\n\nb", "a¦\nb"}, {"¦\nb", "¦b"}, {"«a\n\n\nb»", "«a b»"},
            {"«a\nb\nc»\nd", "«a b c»\nd"}, {"a¦", "a¦"}, {"«a\n  »", "«a»"}},
        "join");
    const auto ascending = [](QTextDocument& d, const Selections& s) {
        return sortLines(d, s, Qt::AscendingOrder);
    };
    const auto descending = [](QTextDocument& d, const Selections& s) {
        return sortLines(d, s, Qt::DescendingOrder);
    };
    addRows(ascending, {{"x\n«c\nb\na»\ny", "x\n«a\nb\nc»\ny"}, {"b¦\na", "b¦\na"}}, "sort");
    addRows(
        ascending, {{"«\U0001F600\n\uFB01\n»", "«\uFB01\n\U0001F600\n»"}}, "sort by code point");
    addRows(descending, {{"«a\nb\nc»", "«c\nb\na»"}}, "sort in reverse");
    addRows(removeDuplicateLines, {{"«a\nb\na\nb\nc»", "«a\nb\nc»"}}, "duplicates");
    addRows(transpose,
        {{"ab¦c", "acb¦"}, {"abc¦", "acb¦"}, {"¦ab", "¦ab"}, {"\U0001F600¦x", "x\U0001F600¦"}},
        "transpose");
}

void TestEditPlans::indentRows()
{
    const auto in = [](const IndentStyle& style) {
        return [style](QTextDocument& d, const Selections& s) { return indentLines(d, s, style); };
    };
    const auto out = [](const IndentStyle& style) {
        return [style](QTextDocument& d, const Selections& s) { return outdentLines(d, s, style); };
    };
    addRows(in(kSpaces), {{"«a\n\n  b»", "«    a\n\n      b»"}, {"a¦b", "    a¦b"}}, "indent");
    addRows(in(kTabs), {{"«a\n\tb»", "«\ta\n\t\tb»"}, {"«  a»", "«  \t  a»"}}, "indent by tabs");
    addRows(out(kSpaces),
        {{"«    a\n  b\nc»", "«a\nb\nc»"}, {"\t\ta¦", "\ta¦"}, {"\t  a¦", "  a¦"}}, "outdent");
}

void TestEditPlans::commentRows()
{
    const auto byLine = [](const CommentMarkers& markers) {
        return [markers](QTextDocument& d, const Selections& s) {
            return toggleLineComment(d, s, markers);
        };
    };
    const auto block = [](QTextDocument& d, const Selections& s) {
        return toggleBlockComment(d, s, kCpp);
    };
    addRows(byLine(kCpp),
        {{"a¦", "// a¦"}, {"// a¦", "a¦"}, {"//a¦", "a¦"},
            {"«  a\n\n    b»", "«  // a\n\n  //   b»"}, {"«// a\nb»", "«// // a\n// b»"},
            {"«// a\n  // b»", "«a\n  b»"}},
        "comment");
    addRows(byLine(kHtml),
        {{"a¦b", "<!-- a¦b -->"}, {"<!-- a¦b -->", "a¦b"}, {"<!-->¦", "<!-- <!-->¦ -->"},
            {"<!-- -->\nb¦c", "<!-- -->\n<!-- b¦c -->"}, {"¦<!-- -->\nb", "¦\nb"},
            {"¦<!---->\nb", "¦\nb"}},
        "comment around");
    addRows(byLine(kCpp), {{"\u00A0// a¦", "// \u00A0// a¦"}}, "no-break space before a comment");
    const CommentMarkers same{{}, QStringLiteral("###"), QStringLiteral("###")};
    addRows(
        [same](QTextDocument& d, const Selections& s) { return toggleBlockComment(d, s, same); },
        {{"###«a»###«b»###", "«a»###«b»######"}}, "block comments that share a marker");
    addRows(block,
        {{"a «b» c", "a /*«b»*/ c"}, {"a /*«b»*/ c", "a «b» c"}, {"«/*b*/»", "«b»"},
            {"x¦", "x/*¦*/"}, {"x/*¦*/", "x¦"}, {"/*¦/", "/*/*¦*//"},
            {"«/»*«b»*/", "/*«/»*/*/*«b»*/*/"}},
        "block comment");
}

void TestEditPlans::typingRows()
{
    const auto newLine = [](const IndentStyle& style) {
        return
            [style](QTextDocument& d, const Selections& s) { return insertNewLine(d, s, style); };
    };
    addRows(newLine(kSpaces),
        {{"  a¦b", "  a\n  ¦b"}, {"f() {¦", "f() {\n    ¦"}, {"  {¦}", "  {\n      ¦\n  }"},
            {"f(¦", "f(\n    ¦"}, {" ¦ a", " \n ¦ a"}, {"a¦\n  b¦", "a\n¦\n  b\n  ¦"},
            {"«abc»", "\n¦"}},
        "new line");
    addRows(newLine(kTabs), {{"\t{¦", "\t{\n\t\t¦"}}, "new line by tabs");
    addRows([](QTextDocument& d, const Selections& s) { return openLine(d, s, kSpaces, true); },
        {{"a\n  b¦", "a\n  ¦\n  b"}}, "line above");
    addRows([](QTextDocument& d, const Selections& s) { return openLine(d, s, kSpaces, false); },
        {{"  a¦b\nc", "  ab\n  ¦\nc"}, {"{¦", "{\n    ¦"}}, "line below");
    addRows([](QTextDocument& d, const Selections& s) { return typeClosingBracket(d, s, u'}'); },
        {{"  if {\n    x\n    ¦", "  if {\n    x\n  }¦"}}, "closing bracket");
    addRows([](QTextDocument& d, const Selections& s) { return insertTab(d, s, kSpaces); },
        {{"ab¦", "ab  ¦"}, {"¦\nabcd¦", "    ¦\nabcd    ¦"}}, "tab");
    addRows([](QTextDocument& d, const Selections& s) { return backspace(d, s, kSpaces, {1}); },
        {{"      ¦x", "    ¦x"}, {"(¦)", "¦"}, {"\U0001F600¦", "¦"}, {"a\n¦b", "a¦b"}, {"¦", "¦"},
            {"a¦b¦", "¦"}, {"«a»b¦", "¦"}},
        "backspace");
    addRows([](QTextDocument& d,
                const Selections& s) { return deleteBy(d, s, QTextCursor::PreviousWord); },
        {{"one two¦", "one ¦"}, {"one tw¦o¦", "one ¦"}}, "delete word");
    for (const auto& [typed, name] : {std::pair(u'(', "pair"), std::pair(u'"', "quote")}) {
        const Plan type = [typed](QTextDocument& d, const Selections& s) {
            const PairTyping pair = typeWithPairs(d, s, typed, {});
            return pair.handled ? pair.plan : EditPlan{{}, s};
        };
        if (typed == u'(') {
            addRows(type,
                {{"f¦", "f(¦)"}, {"«ab»", "(«ab»)"}, {"«a»‹b›", "(«a»)(‹b›)"}, {"¦x", "¦x"},
                    {"[¦]", "[(¦)]"}},
                name);
        } else {
            addRows(type,
                {{"= ¦", "= \"¦\""}, {"a¦", "a¦"}, {"\"b ¦", "\"b ¦"}, {"‹ab›", "\"‹ab›\""}}, name);
        }
    }
    addRows(
        [](QTextDocument&, const Selections& s) {
            return insertEach(s, {QStringLiteral("1"), QStringLiteral("22")});
        },
        {{"a¦ «b»", "a1¦ 22¦"}}, "paste lines");
    addRows(
        [](QTextDocument& d, const Selections& s) {
            return changeText(d, s, [](const QString& text) { return text.toUpper(); });
        },
        {{"«a»b", "«A»b"}, {"a¦b c", "A¦B c"}, {"ab¦c¦d e¦", "AB¦C¦D E¦"},
            {"«straße»", "«STRASSE»"}},
        "upper case");
}

void TestEditPlans::caretRows()
{
    const auto next = [](QTextDocument& d, const Selections& s) {
        return withNextOccurrence(d, s, false).value_or(s);
    };
    const auto nextWord = [](QTextDocument& d, const Selections& s) {
        return withNextOccurrence(d, s, true).value_or(s);
    };
    addMoves(next,
        {{"a¦b ab", "«ab» ab"}, {"«ab» abc ab", "«ab» «ab»c ab"}, {"ab «ab»", "★«ab» «ab»"},
            {"«ab» AB", "«ab» AB"}},
        "next occurrence");
    addMoves(nextWord, {{"«ab» abc ab", "«ab» abc «ab»"}}, "next word");
    addMoves([](QTextDocument& d,
                 const Selections& s) { return skipOccurrence(d, s, false).value_or(s); },
        {{"«ab» ab ab", "ab «ab» ab"}, {"«ab» «ab» ab", "«ab» ab «ab»"}}, "skip");
    addMoves([](QTextDocument& d, const Selections& s) { return allOccurrences(d, s, false, 100); },
        {{"x a¦b xab ab", "x ★«ab» xab «ab»"}, {"«b» ab b", "★«b» a«b» «b»"}}, "all occurrences");
    addMoves(withCaretAbove, {{"abc\nab¦c", "ab★¦c\nab¦c"}, {"a¦", "a¦"}}, "caret above");
    addMoves(withCaretBelow,
        {{"ab¦c\na\nabc", "ab¦c\na¦\nabc"}, {"a¦", "a¦"}, {"«ab»c\nabc", "«ab»c\n«ab»c"}},
        "caret below");
    addMoves(caretsAtLineEnds, {{"x«a\nb\nc»d", "xa¦\nb¦\nc¦d"}, {"«a\n»b", "a¦\nb"}}, "line ends");
    addMoves(selectLines, {{"a¦\nb", "«a\n»b"}, {"«a\n»b", "«a\nb»"}}, "select line");
    const auto move = [](QTextCursor::MoveOperation operation, bool keep) {
        return [=](QTextDocument& d, const Selections& s) {
            std::vector<int> columns;
            return moveCarets(d, s, operation, keep, columns);
        };
    };
    addMoves(move(QTextCursor::Right, false), {{"¦a¦b", "a¦b¦"}, {"«ab»c", "ab¦c"}}, "right");
    addMoves(move(QTextCursor::Left, false), {{"a¦b¦", "¦a¦b"}, {"¦a¦", "¦a"}, {"a«bc»", "a¦bc"}},
        "left");
    addMoves(move(QTextCursor::WordRight, true), {{"¦ab cd", "«ab »cd"}}, "select word");
    addMoves([](QTextDocument& d, const Selections& s) { return moveToLineStart(d, s, false); },
        {{"  ab¦", "  ¦ab"}, {"  ¦ab", "¦  ab"}, {"¦  ab", "  ¦ab"}, {"ab¦", "¦ab"}}, "home");
}

void TestEditPlans::plans()
{
    QFETCH(const Plan, plan);
    QFETCH(const QString, before);
    QFETCH(const QString, after);
    const MarkedText marked = unmark(before);
    QTextDocument document;
    document.setDocumentLayout(new QPlainTextDocumentLayout(&document));
    fill(document, marked.text);
    const EditPlan result = plan(document, marked.selections);
    QCOMPARE(mark(done(marked.text, result), result.after), after);
    for (std::size_t i = 1; i < result.edits.size(); ++i) {
        const Replacement& previous = result.edits[i - 1];
        QVERIFY(previous.position + previous.removed <= result.edits[i].position);
    }
}

void TestEditPlans::selectionsUnite()
{
    const Selections all({{4, 6}, {1, 3}, {5, 9}, {3, 3}, {9, 12}}, 2);
    const std::vector<EditorSelection> expected{{1, 3}, {4, 9}, {9, 12}};
    QCOMPARE(std::vector(all.begin(), all.end()), expected);
    QCOMPARE(all.main(), (EditorSelection{4, 9}));
    const Selections backwards({{9, 5}, {6, 6}}, 1);
    QCOMPARE(backwards.main(), (EditorSelection{5, 9})); // the main one's direction
}

void TestEditPlans::positionsAreMapped()
{
    const std::vector<Replacement> edits{
        {2, 0, QStringLiteral("xx")}, {4, 3, QStringLiteral("y")}, {7, 0, QStringLiteral("zz")}};
    const auto map = [&edits](
                         int position, Side side) { return PositionMap(edits)(position, side); };
    QCOMPARE(map(1, Side::After), 1);
    QCOMPARE(map(2, Side::Before), 2);
    QCOMPARE(map(2, Side::After), 4);
    QCOMPARE(map(4, Side::Before), 6);
    QCOMPARE(map(4, Side::After), 6);
    QCOMPARE(map(5, Side::Before), 6);
    QCOMPARE(map(5, Side::After), 7);
    QCOMPARE(map(7, Side::Before), 7);
    QCOMPARE(map(7, Side::After), 9);
    QCOMPARE(map(8, Side::Before), 10);
}

void TestEditPlans::passingWhatWasClosed()
{
    QTextDocument document;
    document.setDocumentLayout(new QPlainTextDocumentLayout(&document));
    fill(document, QStringLiteral("f() )"));
    const PairTyping passed = typeWithPairs(document, EditorSelection::at(2), u')', {2});
    QVERIFY(passed.handled);
    QVERIFY(passed.plan.isEmpty());
    QCOMPARE(passed.plan.after, Selections(EditorSelection::at(3)));
    // one that was there before is not passed
    QVERIFY(!typeWithPairs(document, EditorSelection::at(4), u')', {2}).handled);
}

QTEST_MAIN(TestEditPlans)
#include "tst_edit_plans.moc"
