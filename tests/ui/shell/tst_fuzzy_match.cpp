// SPDX-License-Identifier: MIT
#include "ui/shell/fuzzy_match.h"

#include <QRandomGenerator>
#include <QTest>

using namespace tutti::ui;

namespace {

std::optional<int> score(const QString& query, const QString& text)
{
    return fuzzyScore(FuzzyQuery(query), FuzzyText(text));
}

/// The text with its marked letters in brackets.
QString marked(const QString& query, const QString& text)
{
    const QList<int> at = fuzzyPositions(FuzzyQuery(query), FuzzyText(text));
    QString result;
    for (int i = 0; i < text.size(); ++i) {
        result += at.contains(i) ? QStringLiteral("[%1]").arg(text[i]) : QString(text[i]);
    }
    return result;
}

} // namespace

class TestFuzzyMatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void matches_data();
    void matches();
    void ranks_data();
    void ranks();
    void marks_data();
    void marks();
    void marksAreWhatScored();
    void longTexts();
};

void TestFuzzyMatch::matches_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("found");
    const auto row = [](const char* name, const char* query, const char* text, bool found) {
        QTest::newRow(name) << QString::fromUtf8(query) << QString::fromUtf8(text) << found;
    };
    row("all of it", "save", "save", true);
    row("in order", "sa", "Save As", true);
    row("out of order", "as", "Save", false);
    row("one letter too many", "saveall", "save al", false);
    row("a letter twice", "oo", "Go", false);
    row("either case", "SAVE", "save", true);
    row("spaces mean nothing", "save as", "SaveAs", true);
    row("nothing typed", "", "Save", true);
    row("only spaces typed", "  ", "Save", true);
    row("nothing to find it in", "a", "", false);
    row("umlauts", "ÜBER", "über", true);
    row("same bits, other letters", "a", "!", false); // 'a' & 63 == '!' & 63
}

void TestFuzzyMatch::matches()
{
    QFETCH(QString, query);
    QFETCH(QString, text);
    QFETCH(bool, found);
    QCOMPARE(score(query, text).has_value(), found);
}

void TestFuzzyMatch::ranks_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<QString>("better");
    QTest::addColumn<QString>("worse");
    const auto row = [](const char* name, const char* query, const char* better,
                         const char* worse) {
        QTest::newRow(name) << QString::fromUtf8(query) << QString::fromUtf8(better)
                            << QString::fromUtf8(worse);
    };
    row("side by side", "open", "reopen it", "o.p.e.n");
    row("side by side, not far apart", "cat", "xcat", "xcxaxt");
    row("beginnings of words", "gtl", "go to line", "agitatel");
    row("the very beginning", "f", "find", "a find");
    row("a word's beginning, not its middle", "t", "x theme", "xtheme y");
    row("behind a slash", "main", "ui/main.cpp", "ui/domain.cpp");
    row("behind an underscore", "w", "main_window", "mainwindow");
    row("a hump", "mw", "MainWindow", "Mainwindow");
    row("the same case", "M", "Main", "main");
    row("early", "a", "xxa", "xxxxxa");
    row("few letters left out", "ab", "a.b", "a.....b");
}

void TestFuzzyMatch::ranks()
{
    QFETCH(QString, query);
    QFETCH(QString, better);
    QFETCH(QString, worse);
    const auto high = score(query, better);
    const auto low = score(query, worse);
    QVERIFY(high && low);
    QVERIFY2(*high > *low, qPrintable(QStringLiteral("%1 and %2").arg(*high).arg(*low)));
}

void TestFuzzyMatch::marks_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<QString>("marked");
    const auto row = [](const char* name, const char* query, const char* marked) {
        QTest::newRow(name) << QString::fromUtf8(query) << QString::fromUtf8(marked);
    };
    row("together", "line", "Go to [L][i][n][e]");
    row("first letters", "gtl", "[G]o [t]o [L]ine");
    row("the later, better place", "ca", "c.x [c][a]t");
    row("humps", "mw", "[M]ain[W]indow");
    row("none", "xyz", "Save");
}

void TestFuzzyMatch::marks()
{
    QFETCH(QString, query);
    QFETCH(QString, marked);
    QString text = marked;
    text.remove(QChar(u'[')).remove(QChar(u']'));
    QCOMPARE(::marked(query, text), marked);
}

/// Whatever matches has as many marks as the query has letters, in order, and of those letters.
void TestFuzzyMatch::marksAreWhatScored()
{
    QRandomGenerator random(1);
    const auto word = [&random](int most) {
        QString result;
        for (auto i = random.bounded(1, most); i > 0; --i) {
            result += QChar(u"abcAB_ "[random.bounded(7)]);
        }
        return result;
    };
    int found = 0;
    for (int i = 0; i < 20'000; ++i) {
        const FuzzyQuery query(word(5));
        const FuzzyText text(word(20));
        const QList<int> at = fuzzyPositions(query, text);
        if (query.isEmpty()) {
            QVERIFY(at.isEmpty());
            continue;
        }
        QCOMPARE(at.size(), fuzzyScore(query, text) ? query.size() : 0);
        QString letters;
        for (qsizetype j = 0; j < at.size(); ++j) {
            QVERIFY(j == 0 || at[j] > at[j - 1]);
            letters += text.folded().at(at[j]);
        }
        QVERIFY(at.isEmpty() || letters == query.letters().folded());
        found += at.isEmpty() ? 0 : 1;
    }
    QVERIFY(found > 1000);
}

void TestFuzzyMatch::longTexts()
{
    const QString far(1000, QChar(u'x'));
    QVERIFY(score(QStringLiteral("end"), far + QStringLiteral("end")));
    QCOMPARE(
        fuzzyPositions(FuzzyQuery(QStringLiteral("end")), FuzzyText(far + QStringLiteral("end"))),
        (QList<int>{1000, 1001, 1002}));
    QVERIFY(!score(QString(300, QChar(u'x')), far)); // longer than what is looked at
}

QTEST_APPLESS_MAIN(TestFuzzyMatch)
#include "tst_fuzzy_match.moc"
