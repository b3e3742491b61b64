// SPDX-License-Identifier: MIT
#include "ui/editor/text_search.h"

#include <QElapsedTimer>
#include <QPlainTextDocumentLayout>
#include <QRegularExpression>
#include <QTest>
#include <QTextCursor>
#include <QTextDocument>

#include <random>

// The QTRY_ macros of Qt 6.8 convert inside.
#pragma GCC diagnostic ignored "-Wconversion"

using namespace tutti::ui;

namespace {

using Matches = std::vector<TextMatch>;

SearchQuery literal(const QString& text) { return {.text = text}; }
SearchQuery regex(const QString& text)
{
    return {.text = text, .regularExpression = true, .matchCase = true};
}

} // namespace

Q_DECLARE_METATYPE(Matches)

/// What is found, replaced and refused, in documents that change.
class TestTextSearch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void finds_data();
    void finds();
    void staysWithinLines_data();
    void staysWithinLines();
    void replaces_data();
    void replaces();
    void saysWhatIsWrong();
    void looksInARange();
    void followsEdits_data();
    void followsEdits();
    void afterRandomEditsAllIsFound_data();
    void afterRandomEditsAllIsFound();
    void givesUpWhereAnExpressionTakesForever_data();
    void givesUpWhereAnExpressionTakesForever();
    void aLargeDocumentNeverHoldsTheEventLoop();

private:
    void setText(const QString& text) { m_document->setPlainText(text); }
    void edit(int position, int removed, const QString& inserted)
    {
        QTextCursor cursor(m_document.get());
        cursor.setPosition(position);
        cursor.setPosition(position + removed, QTextCursor::KeepAnchor);
        cursor.insertText(inserted);
    }
    [[nodiscard]] Matches found()
    {
        (void)QTest::qWaitFor([this] { return m_search->isComplete(); });
        return m_search->matches().all();
    }

    std::unique_ptr<QTextDocument> m_document;
    std::unique_ptr<TextSearch> m_search;
};

void TestTextSearch::init()
{
    m_search.reset();
    m_document = std::make_unique<QTextDocument>();
    m_document->setDocumentLayout(new QPlainTextDocumentLayout(m_document.get()));
    m_document->setUndoRedoEnabled(false);
    m_search = std::make_unique<TextSearch>(*m_document);
}

void TestTextSearch::finds_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<SearchQuery>("query");
    QTest::addColumn<Matches>("matches");

    const QString code = QStringLiteral("one two ONE\nstone one");
    QTest::newRow("nothing to find") << code << SearchQuery() << Matches{};
    QTest::newRow("any case") << code << literal(QStringLiteral("one"))
                              << Matches{{0, 3}, {8, 3}, {14, 3}, {18, 3}};
    SearchQuery query = literal(QStringLiteral("one"));
    query.matchCase = true;
    QTest::newRow("match case") << code << query << Matches{{0, 3}, {14, 3}, {18, 3}};
    query.wholeWords = true;
    QTest::newRow("whole words") << code << query << Matches{{0, 3}, {18, 3}};
    query.text = QStringLiteral("(x");
    QTest::newRow("a word may begin with a sign")
        << QStringLiteral("f(x) g(xy)") << query << Matches{{1, 2}};
    QTest::newRow("signs of expressions mean themselves")
        << QStringLiteral("a.c abc") << literal(QStringLiteral("a.c")) << Matches{{0, 3}};
    QTest::newRow("over lines") << QStringLiteral("a\nb\na\nb") << literal(QStringLiteral("a\nb"))
                                << Matches{{0, 3}, {4, 3}};
    QTest::newRow("expression") << QStringLiteral("x1 y22 z") << regex(QStringLiteral("[a-z]\\d+"))
                                << Matches{{0, 2}, {3, 3}};
    QTest::newRow("expression over lines")
        << QStringLiteral("f(\n a,\n b)\ng()") << regex(QStringLiteral("\\((?s:.*?)\\)"))
        << Matches{{1, 9}, {12, 2}};
    QTest::newRow("line starts") << QStringLiteral("a\n\nb") << regex(QStringLiteral("^"))
                                 << Matches{{0, 0}, {2, 0}, {3, 0}};
    QTest::newRow("line ends") << QStringLiteral("a\n\nb") << regex(QStringLiteral("$"))
                               << Matches{{1, 0}, {2, 0}, {4, 0}};
    QTest::newRow("empty behind something")
        << QStringLiteral("aab") << regex(QStringLiteral("a*")) << Matches{{0, 2}, {3, 0}};
    QTest::newRow("words of all scripts")
        << QStringLiteral("größe 数字") << regex(QStringLiteral("\\w+")) << Matches{{0, 5}, {6, 2}};
    QTest::newRow("beyond 16 bits")
        << QStringLiteral("\U0001F600x\U0001F600") << regex(QStringLiteral("."))
        << Matches{{0, 2}, {2, 1}, {3, 2}};
    QTest::newRow("no-break space is no space")
        << QStringLiteral("a\u00A0b c") << literal(QStringLiteral(" ")) << Matches{{3, 1}};
    QTest::newRow("look behind over a line's end")
        << QStringLiteral("a\nb") << regex(QStringLiteral("(?<=a\\n)b")) << Matches{{2, 1}};
}

void TestTextSearch::finds()
{
    QFETCH(const QString, text);
    QFETCH(const SearchQuery, query);
    QFETCH(const Matches, matches);
    setText(text);
    m_search->setQuery(query);
    QCOMPARE(found(), matches);
    QCOMPARE(m_search->problem(), QString());
}

void TestTextSearch::staysWithinLines_data()
{
    QTest::addColumn<QString>("expression");
    QTest::addColumn<bool>("within");
    for (const char* yes :
        {"abc", "a.*b", "^\\w+$", "(a|b)+?", "[a-z_]\\d{2}", "\\bfoo\\(", "(?:x)"}) {
        QTest::newRow(yes) << QString::fromLatin1(yes) << true;
    }
    for (const char* no : {"a\\nb", "\\s", "[^a]", "(?s).", "\\W", "\\D", "\\R", "\\x0a", "\\Aa",
             "(?i)a", "[[:space:]]", "\\p{Zl}", "\\X", "a\\z", "\\012", "\\cJ"}) {
        QTest::newRow(no) << QString::fromLatin1(no) << false;
    }
}

void TestTextSearch::staysWithinLines()
{
    QFETCH(const QString, expression);
    QTEST(compile(regex(expression)).withinLines, "within");
}

void TestTextSearch::replaces_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<SearchQuery>("query");
    QTest::addColumn<QString>("replacement");
    QTest::addColumn<QString>("result");
    const QString pair = QStringLiteral("(\\w+)=(\\w+)");
    const QString text = QStringLiteral("key=Value other=Thing");
    const auto row = [&](const char* replacement, const char* result) {
        QTest::newRow(replacement) << text << regex(pair) << QString::fromLatin1(replacement)
                                   << QString::fromLatin1(result);
    };
    row("\\2=\\1", "Value=key Thing=other");
    row("$2=$1", "Value=key Thing=other");
    row("${2}0", "Value0 Thing0");
    row("<$&>", "<key=Value> <other=Thing>");
    row("\\0\\0", "key=Valuekey=Value other=Thingother=Thing");
    row("\\U$1\\E=$2", "KEY=Value OTHER=Thing");
    row("\\u$1 \\l$2 \\L$2x\\Ey", "Key value valuexy Other thing thingxy");
    row("$1\\n", "key\n other\n");
    row("a\\tb\\\\c$$d\\q$", "a\tb\\c$d\\q$ a\tb\\c$d\\q$");
    row("$9", " ");
    QTest::newRow("by name") << text << regex(QStringLiteral("(?<k>\\w+)=\\w+"))
                             << QStringLiteral("${k}") << QStringLiteral("key other");
    QTest::newRow("without an expression it is as it is")
        << text << literal(QStringLiteral("key")) << QStringLiteral("\\n$1")
        << QStringLiteral("\\n$1=Value other=Thing");
    QTest::newRow("each line") << QStringLiteral("a\nb\n") << regex(QStringLiteral("^"))
                               << QStringLiteral("> ") << QStringLiteral("> a\n> b\n");
    QTest::newRow("lines joined") << QStringLiteral("a\nb\nc") << regex(QStringLiteral("(\\w)\\n"))
                                  << QStringLiteral("$1,") << QStringLiteral("a,b,c");
}

void TestTextSearch::replaces()
{
    QFETCH(const QString, text);
    QFETCH(const SearchQuery, query);
    QFETCH(const QString, replacement);
    setText(text);
    m_search->setQuery(query);
    const Matches matches = found();
    const std::vector<Replacement> edits = m_search->replacements(matches, replacement);
    QString result = text;
    for (auto edit = edits.rbegin(); edit != edits.rend(); ++edit) {
        result.replace(edit->position, edit->removed, edit->inserted);
    }
    QTEST(result, "result");
}

void TestTextSearch::saysWhatIsWrong()
{
    setText(QStringLiteral("a(b"));
    m_search->setQuery(regex(QStringLiteral("a(")));
    QVERIFY2(m_search->problem().contains(QStringLiteral("character 3")),
        qPrintable(m_search->problem()));
    QVERIFY(found().empty());
    m_search->setQuery(literal(QStringLiteral("a(")));
    QCOMPARE(m_search->problem(), QString());
    QCOMPARE(found(), (Matches{{0, 2}}));
}

void TestTextSearch::looksInARange()
{
    setText(QStringLiteral("a a\na a\na a"));
    m_search->setQuery(literal(QStringLiteral("a")));
    m_search->setRange(DocumentRange{2, 7});
    QCOMPARE(found(), (Matches{{2, 1}, {4, 1}, {6, 1}}));
    edit(0, 0, QStringLiteral("a ")); // before it
    QCOMPARE(found(), (Matches{{4, 1}, {6, 1}, {8, 1}}));
    edit(6, 0, QStringLiteral("aa")); // in it
    QCOMPARE(found(), (Matches{{4, 1}, {6, 1}, {7, 1}, {8, 1}, {10, 1}}));
    m_search->setRange({});
    QCOMPARE(found().size(), 9u);
}

void TestTextSearch::followsEdits_data()
{
    QTest::addColumn<SearchQuery>("query");
    QTest::newRow("literal") << literal(QStringLiteral("ab"));
    QTest::newRow("over lines") << regex(QStringLiteral("a\\s*b"));
}

void TestTextSearch::followsEdits()
{
    QFETCH(const SearchQuery, query);
    setText(QStringLiteral("ab\nxx\nab"));
    m_search->setQuery(query);
    QCOMPARE(found(), (Matches{{0, 2}, {6, 2}}));
    edit(3, 2, QStringLiteral("abab"));
    QCOMPARE(found(), (Matches{{0, 2}, {3, 2}, {5, 2}, {8, 2}}));
    edit(1, 0, QStringLiteral("-"));
    QCOMPARE(found(), (Matches{{4, 2}, {6, 2}, {9, 2}}));
    edit(0, 11, QString());
    QVERIFY(found().empty());
    edit(0, 0, QStringLiteral("ab"));
    QCOMPARE(found(), (Matches{{0, 2}}));
}

void TestTextSearch::afterRandomEditsAllIsFound_data()
{
    QTest::addColumn<SearchQuery>("query");
    QTest::newRow("literal") << literal(QStringLiteral("ab"));
    QTest::newRow("lines") << regex(QStringLiteral("^a.*$"));
    QTest::newRow("over lines") << regex(QStringLiteral("b[^a]*a"));
    QTest::newRow("empty") << regex(QStringLiteral("b*$"));
}

void TestTextSearch::afterRandomEditsAllIsFound()
{
    QFETCH(const SearchQuery, query);
    const auto seed = qEnvironmentVariableIsSet("TUTTI_SEED")
        ? static_cast<unsigned>(qEnvironmentVariableIntValue("TUTTI_SEED"))
        : std::random_device()();
    qInfo("TUTTI_SEED=%u", seed);
    std::mt19937 random(seed);
    const auto below = [&random](
                           int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
    const auto some = [&](int units) {
        QString text;
        for (int i = 0; i < units; ++i) {
            text += QStringLiteral("aab \n").at(below(5));
        }
        return text;
    };
    setText(some(200'000));
    m_search->setQuery(query);
    for (int round = 0; round < 12; ++round) {
        for (int i = below(4); i >= 0; --i) {
            const int length = m_document->characterCount() - 1;
            const int at = below(2) == 0 ? below(length) : std::min(length - 1, 1000 + below(50));
            edit(at, std::min(below(round % 4 == 3 ? 70'000 : 20), length - at), some(below(20)));
            if (below(2) == 0) {
                QCoreApplication::processEvents(); // while a piece is being searched
            }
        }
        const Matches after = found();
        SearchJob whole{.expression = compile(query).expression, .text = m_document->toPlainText()};
        whole.to = static_cast<int>(whole.text.size());
        QVERIFY(m_search->isComplete());
        QCOMPARE(m_search->problem(), QString());
        QCOMPARE(after.size(), runSearch(whole).matches.size());
        QVERIFY(after == runSearch(whole).matches);
    }
}

void TestTextSearch::givesUpWhereAnExpressionTakesForever_data()
{
    QTest::addColumn<QString>("expression");
    QTest::newRow("backtracks without end") << QStringLiteral("(a+)+$");
    QTest::newRow("nested") << QStringLiteral("(a|aa)+$");
}

void TestTextSearch::givesUpWhereAnExpressionTakesForever()
{
    QFETCH(const QString, expression);
    setText(QString(5'000, QChar(u'a')) + QChar(u'!'));
    m_search->setQuery(regex(expression));
    QTRY_VERIFY(m_search->isComplete());
    QVERIFY(m_search->problem().contains(QStringLiteral("too many steps")));
    QVERIFY(m_search->matches().isEmpty());
    m_search->setQuery(literal(QStringLiteral("!"))); // and goes on with something else
    QCOMPARE(found(), (Matches{{5'000, 1}}));
}

void TestTextSearch::aLargeDocumentNeverHoldsTheEventLoop()
{
    QString text;
    while (text.size() < 4'000'000) {
        text += QStringLiteral("some words and a number 12345, in a line of 60 characters\n");
    }
    setText(text);
    const auto lines = static_cast<std::size_t>(m_document->blockCount() - 1);
    qint64 longest = 0;
    QElapsedTimer turn;
    m_search->setQuery(regex(QStringLiteral("number (\\d+)")));
    while (!m_search->isComplete()) {
        turn.start();
        QCoreApplication::processEvents();
        longest = std::max(longest, turn.elapsed());
    }
    QCOMPARE(m_search->matches().size(), lines);
    qInfo("longest turn of the event loop: %lld ms", static_cast<long long>(longest));
    QVERIFY(m_search->replacements(m_search->matches().all(), QStringLiteral("$1")).back().inserted
        == QStringLiteral("12345"));
}

QTEST_MAIN(TestTextSearch)

#include "tst_text_search.moc"
