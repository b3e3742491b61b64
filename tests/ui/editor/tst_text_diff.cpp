// SPDX-License-Identifier: MIT
#include "ui/editor/document_units.h"
#include "ui/editor/text_diff.h"

#include <QTest>

#include <random>

using namespace tutti::ui;

namespace {

QString apply(QString text, const std::vector<Replacement>& edits)
{
    for (auto edit = edits.rbegin(); edit != edits.rend(); ++edit) {
        text.replace(edit->position, edit->removed, edit->inserted);
    }
    return text;
}

/// "5-2+abc" for each replacement: position, removed, inserted.
QString written(const std::vector<Replacement>& edits)
{
    QStringList parts;
    for (const Replacement& edit : edits) {
        parts << QStringLiteral("%1-%2+%3").arg(edit.position).arg(edit.removed).arg(edit.inserted);
    }
    return parts.join(u' ');
}

} // namespace

class TestTextDiff : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void edits_data();
    void edits();
    void neverPartsAPair();
    void boundedWork();
    void random();
};

void TestTextDiff::edits_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::addColumn<QString>("expected");

    QTest::newRow("equal") << QStringLiteral("abc") << QStringLiteral("abc") << QString();
    QTest::newRow("into nothing") << QString() << QStringLiteral("abc")
                                  << QStringLiteral("0-0+abc");
    QTest::newRow("everything") << QStringLiteral("abc") << QString() << QStringLiteral("0-3+");
    QTest::newRow("middle") << QStringLiteral("hello") << QStringLiteral("heyo")
                            << QStringLiteral("2-2+y");
    QTest::newRow("indent three lines")
        << QStringLiteral("a\nb\nc") << QStringLiteral("  a\n  b\n  c")
        << QStringLiteral("0-0+   2-0+   4-0+  ");
    QTest::newRow("line moved down")
        << QStringLiteral("one\ntwo\nthree\n") << QStringLiteral("two\nthree\none\n")
        << QStringLiteral("0-4+ 14-0+one\n");
    QTest::newRow("word moved") << QStringLiteral("move this one, leave the rest")
                                << QStringLiteral("this one, leave the rest move")
                                << QStringLiteral("0-5+ 29-0+ move");
    QTest::newRow("emoji to its neighbour")
        << QStringLiteral(u"a\U0001F600b") << QStringLiteral(u"a\U0001F601b")
        << QStringLiteral(u"1-2+\U0001F601");
}

void TestTextDiff::edits()
{
    QFETCH(QString, before);
    QFETCH(QString, after);
    QFETCH(QString, expected);
    const auto edits = smallEdits(before, after);
    QCOMPARE(written(edits), expected);
    QCOMPARE(apply(before, edits), after);
}

void TestTextDiff::neverPartsAPair()
{
    // Half of a pair goes, or comes: the whole pair is replaced.
    const QString pair = QStringLiteral(u"x\U0001F600y");
    for (const qsizetype gone : {1, 2}) {
        QString broken = pair;
        broken.remove(gone, 1);
        QCOMPARE(smallEdits(pair, broken).front().removed, 2);
        QCOMPARE(smallEdits(broken, pair).front().inserted.size(), 2);
    }
}

void TestTextDiff::boundedWork()
{
    // nothing in common, and long: no quadratic search
    QString before;
    QString after;
    for (int i = 0; i < 20'000; ++i) {
        before += QStringLiteral("a%1\n").arg(i);
        after += QStringLiteral("b%1\n").arg(i * 7);
    }
    const auto edits = smallEdits(before, after);
    QCOMPARE(apply(before, edits), after);
}

void TestTextDiff::random()
{
    bool given = false;
    const int seed = qEnvironmentVariableIntValue("TUTTI_TEST_SEED", &given);
    const unsigned used = given ? static_cast<unsigned>(seed) : std::random_device{}();
    qInfo("TUTTI_TEST_SEED=%u", used);
    std::mt19937 random(used);
    const QString alphabet = QStringLiteral(u"ab \u2029\U0001F600\U0001F601"); // halves as well
    const auto text = [&](int length) {
        QString result;
        for (int i = 0; i < length; ++i) {
            result += alphabet.at(static_cast<qsizetype>(random() % 8));
        }
        return result;
    };
    for (int round = 0; round < 20'000; ++round) {
        const QString before = text(static_cast<int>(random() % 30));
        QString after = before;
        for (auto i = random() % 3; i > 0; --i) {
            const auto at =
                static_cast<qsizetype>(random() % static_cast<std::size_t>(after.size() + 1));
            after.replace(
                at, static_cast<qsizetype>(random() % 6), text(static_cast<int>(random() % 6)));
        }
        const auto edits = smallEdits(before, after);
        QCOMPARE(apply(before, edits), after);
        qsizetype end = -1;
        for (const Replacement& edit : edits) {
            QVERIFY2(edit.position > end, "replacements touch each other");
            QVERIFY(!splitsPair(before, edit.position));
            QVERIFY(!splitsPair(before, edit.position + edit.removed));
            end = edit.position + edit.removed;
        }
    }
}

QTEST_APPLESS_MAIN(TestTextDiff)
#include "tst_text_diff.moc"
