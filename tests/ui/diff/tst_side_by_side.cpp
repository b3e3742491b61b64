// SPDX-License-Identifier: MIT
#include "ui/diff/side_by_side.h"

#include <QTest>

#include <random>
#include <string>

using tutti::ui::SideBySide;
using tutti::ui::sideBySide;

namespace {

/// A row as people would draw it: "a = a", "a ~ b" (alike), "a | b" (not alike), "a <", "> b".
QString drawn(const SideBySide& result)
{
    QStringList rows;
    const auto text = [](const std::vector<std::u16string_view>& lines, int line) {
        return line < 0
            ? QString()
            : QString::fromStdU16String(std::u16string(lines[static_cast<std::size_t>(line)]));
    };
    for (const SideBySide::Row& row : result.rows) {
        const QString left = text(result.leftLines, row.left);
        const QString right = text(result.rightLines, row.right);
        const QString sign = !row.differs ? QStringLiteral("=")
            : row.right < 0               ? QStringLiteral("<")
            : row.left < 0                ? QStringLiteral(">")
            : row.inside.empty()          ? QStringLiteral("|")
                                          : QStringLiteral("~");
        rows << (left + sign + right);
    }
    return rows.join(u' ');
}

} // namespace

class TestSideBySide : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rows_data()
    {
        QTest::addColumn<QString>("left");
        QTest::addColumn<QString>("right");
        QTest::addColumn<QString>("rows");
        QTest::addColumn<int>("differences");
        const auto row = [](const char* name, const char* left, const char* right, const char* rows,
                             int differences) {
            QTest::newRow(name) << QString::fromUtf8(left) << QString::fromUtf8(right)
                                << QString::fromUtf8(rows) << differences;
        };
        row("nothing", "", "", "=", 0);
        row("the same", "a\nb", "a\nb", "a=a b=b", 0);
        row("a line more", "a\nc", "a\nb\nc", "a=a >b c=c", 1);
        row("a line less", "a\nb\nc", "a\nc", "a=a b< c=c", 1);
        row("a line end more", "a", "a\n", "a=a >", 1);
        row("a line changed", "a\nlong line\nc", "a\nlong time\nc", "a=a long line~long time c=c",
            1);
        row("one changed behind a new one", "first\nlong line", "first\nother\nlong time",
            "first=first >other long line~long time", 1);
        row("indented", "x = 1\ny = 2", "  x = 1\n  y = 2", "x = 1~  x = 1 y = 2~  y = 2", 1);
        row("nothing in common", "aaaa\nbbbb", "xxxx", "aaaa|xxxx bbbb<", 1);
        row("two places", "a\nb\nc\nd", "a\nc\nd\ne", "a=a b< c=c d=d >e", 2);
        row("from nothing", "", "a\nb", "|a >b", 1);
    }
    void rows()
    {
        QFETCH(const QString, left);
        QFETCH(const QString, right);
        const std::u16string before = left.toStdU16String();
        const std::u16string after = right.toStdU16String();
        const SideBySide result = sideBySide(before, after);
        QTEST(drawn(result), "rows");
        QTEST(static_cast<int>(result.differences.size()), "differences");
    }

    /// Every line of both stands in one row, in order; rows that do not differ hold the same.
    void random()
    {
        const QByteArray wanted = qgetenv("TUTTI_SEED");
        const auto seed = wanted.isEmpty() ? std::random_device{}() : wanted.toUInt();
        qInfo("TUTTI_SEED=%u", seed);
        std::mt19937 random(seed);
        const std::u16string_view pieces[] = {u"a", u"b", u"\n", u"\n", u"some words ", u"the end"};
        const auto some = [&](unsigned most) {
            std::u16string text;
            for (auto i = random() % (most + 1); i > 0; --i) {
                text += pieces[random() % std::size(pieces)];
            }
            return text;
        };
        for (int round = 0; round < 2'000; ++round) {
            const std::u16string left = some(60);
            std::u16string right = left;
            for (auto i = random() % 4; i > 0; --i) {
                const std::size_t at = random() % (right.size() + 1);
                right.replace(at, random() % 9, some(4));
            }
            const SideBySide result = sideBySide(left, right);
            int nextLeft = 0;
            int nextRight = 0;
            int differing = 0;
            for (const SideBySide::Row& row : result.rows) {
                QVERIFY(row.left == SideBySide::kNone || row.left == nextLeft++);
                QVERIFY(row.right == SideBySide::kNone || row.right == nextRight++);
                QVERIFY(row.left != SideBySide::kNone || row.right != SideBySide::kNone);
                differing += row.differs ? 1 : 0;
                if (!row.differs) {
                    QVERIFY(result.leftLines[static_cast<std::size_t>(row.left)]
                        == result.rightLines[static_cast<std::size_t>(row.right)]);
                }
            }
            QCOMPARE(nextLeft, static_cast<int>(result.leftLines.size()));
            QCOMPARE(nextRight, static_cast<int>(result.rightLines.size()));
            int counted = 0;
            for (const SideBySide::Difference& difference : result.differences) {
                QVERIFY(difference.count > 0);
                counted += difference.count;
                for (int i = 0; i < difference.count; ++i) {
                    QVERIFY(result.rows[static_cast<std::size_t>(difference.first + i)].differs);
                }
            }
            QCOMPARE(counted, differing);
            QVERIFY((differing == 0) == (left == right));
        }
    }

    void largeTextsStayQuick()
    {
        std::u16string left;
        std::u16string right;
        for (int i = 0; i < 50'000; ++i) {
            left += u"line " + QString::number(i).toStdU16String() + u'\n';
            right += u"row " + QString::number(i).toStdU16String() + u'\n';
        }
        QCOMPARE(sideBySide(left, right).differences.size(), 1U);
        QCOMPARE(sideBySide(left, left).differences.size(), 0U);
        std::u16string other = left;
        other.replace(100'000, 4, u"LINE");
        QCOMPARE(sideBySide(left, other).differences.size(), 1U);
    }
};

QTEST_APPLESS_MAIN(TestSideBySide)
#include "tst_side_by_side.moc"
