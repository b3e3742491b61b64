// SPDX-License-Identifier: MIT
#include "ui/diff/text_changes.h"

#include <QTest>

#include <random>
#include <string>
#include <string_view>
#include <vector>

using tutti::ui::partsPair;
using tutti::ui::TextChange;
using tutti::ui::textChanges;

namespace {

/// A change, with what it puts in.
struct Edit
{
    std::size_t at = 0;
    std::size_t removed = 0;
    std::u16string added;
};

std::u16string applied(
    std::u16string text, const std::u16string& to, const std::vector<TextChange>& changes)
{
    for (auto change = changes.rbegin(); change != changes.rend(); ++change) {
        text.replace(change->at, change->removed, to, change->newAt, change->added);
    }
    return text;
}

std::size_t touched(const std::vector<TextChange>& changes)
{
    std::size_t units = 0;
    for (const TextChange& change : changes) {
        units += change.removed + change.added;
    }
    return units;
}

bool isWhole(std::u16string_view text)
{
    return text.empty() || ((text.front() & 0xfc00) != 0xdc00 && (text.back() & 0xfc00) != 0xd800);
}

} // namespace

Q_DECLARE_METATYPE(std::vector<Edit>)

class TestTextChanges : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void exact_data()
    {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::addColumn<std::vector<Edit>>("edits");
        const auto row = [](const char* name, const char16_t* from, const char16_t* to,
                             const std::vector<Edit>& edits) {
            QTest::newRow(name) << QString::fromUtf16(from) << QString::fromUtf16(to) << edits;
        };
        row("both empty", u"", u"", {});
        row("equal", u"a\nb\n", u"a\nb\n", {});
        row("from nothing", u"", u"a\nb", {{0, 0, u"a\nb"}});
        row("to nothing", u"a\nb", u"", {{0, 3, u""}});
        row("at the start", u"bc", u"abc", {{0, 0, u"a"}});
        row("at the end", u"ab", u"abc", {{2, 0, u"c"}});
        row("one letter", u"one\ntwo\nthree\n", u"one\ntWo\nthree\n", {{5, 1, u"W"}});
        row("a line in", u"a\nb\nd\n", u"a\nb\nc\nd\n", {{4, 0, u"c\n"}});
        row("a line out", u"a\nb\nc\nd\n", u"a\nb\nd\n", {{4, 2, u""}});
        row("two places", u"one\ntwo\nthree\nfour\n", u"One\ntwo\nthree\nfouR\n",
            {{0, 1, u"O"}, {17, 1, u"R"}});
        row("final newline", u"a\nb", u"a\nb\n", {{3, 0, u"\n"}});
        row("an emoji in", u"ab", u"a🙂b", {{1, 0, u"🙂"}});
        row("another emoji, same first half", u"a🙂b", u"a🙃b", {{1, 2, u"🙃"}});
        row("another emoji, same second half", u"a\xD83D\xDE42z", u"a\xD83C\xDE42z",
            {{1, 2, u"\xD83C\xDE42"}});
        row("repeated", u"aaa", u"aaaa", {{3, 0, u"a"}});
    }

    void exact()
    {
        QFETCH(QString, from);
        QFETCH(QString, to);
        QFETCH(std::vector<Edit>, edits);
        const std::u16string before = from.toStdU16String();
        const std::u16string after = to.toStdU16String();
        const auto found = textChanges(before, after);
        QCOMPARE(QString::fromStdU16String(applied(before, after, found)), to);
        QCOMPARE(found.size(), edits.size());
        for (std::size_t i = 0; i < edits.size(); ++i) {
            QCOMPARE(found[i].at, edits[i].at);
            QCOMPARE(found[i].removed, edits[i].removed);
            QCOMPARE(after.substr(found[i].newAt, found[i].added), edits[i].added);
        }
    }

    void random()
    {
        const QByteArray wanted = qgetenv("TUTTI_SEED");
        const auto seed = wanted.isEmpty() ? std::random_device{}() : wanted.toUInt();
        qInfo("TUTTI_SEED=%u", seed);
        std::mt19937 random(seed);
        const std::u16string_view pieces[] = {
            u"a", u"b", u"ab", u"\n", u"\n\n", u"🙂", u"🙃", u"the same line\n", u"é", u"x y z"};
        const auto some = [&](std::size_t most) {
            std::u16string text;
            for (std::size_t i = random() % (most + 1); i > 0; --i) {
                text += pieces[random() % std::size(pieces)];
            }
            return text;
        };
        for (int round = 0; round < 3'000; ++round) {
            const std::u16string from = some(40);
            std::u16string to = from;
            for (std::size_t i = random() % 5; i > 0; --i) { // a few changes, at code points
                std::size_t at = to.empty() ? 0 : random() % to.size();
                if (at > 0 && at < to.size() && (to[at] & 0xfc00) == 0xdc00) {
                    --at;
                }
                std::size_t end = std::min(to.size(), at + random() % 4);
                if (end < to.size() && end > 0 && (to[end] & 0xfc00) == 0xdc00) {
                    ++end;
                }
                to.replace(at, end - at, some(3));
            }
            if (random() % 10 == 0) {
                to = some(40); // or another text altogether
            }
            const auto changes = textChanges(from, to);
            QCOMPARE(applied(from, to, changes), to);
            std::size_t last = 0;
            std::size_t lastNew = 0;
            for (const TextChange& change : changes) {
                QVERIFY(&change == changes.data() || change.at > last);
                QVERIFY(change.newAt - lastNew == change.at - last); // what is between is the same
                last = change.at + change.removed;
                lastNew = change.newAt + change.added;
                QVERIFY(last <= from.size() && lastNew <= to.size());
                QVERIFY(isWhole(std::u16string_view(to).substr(change.newAt, change.added)));
                QVERIFY(isWhole(std::u16string_view(from).substr(change.at, change.removed)));
                QVERIFY(!partsPair(from, change.at) && !partsPair(from, last));
            }
            QVERIFY(touched(changes) <= from.size() + to.size());
        }
    }

    void largeTextsStayQuick()
    {
        std::u16string from;
        for (int i = 0; i < 100'000; ++i) {
            from += u"line " + QString::number(i).toStdU16String() + u'\n';
        }
        std::u16string to = from;
        to.replace(1'000, 4, u"LINE");
        to.replace(600'000, 0, u"a new one\n");
        const auto few = textChanges(from, to);
        QCOMPARE(applied(from, to, few), to);
        QVERIFY(touched(few) < 30);

        std::u16string other; // nothing in common: one replacement, soon
        for (int i = 0; i < 100'000; ++i) {
            other += u"row " + QString::number(i).toStdU16String() + u'\n';
        }
        const auto whole = textChanges(from, other);
        QCOMPARE(applied(from, other, whole), other);
        QVERIFY(whole.size() <= 2);
    }
};

QTEST_GUILESS_MAIN(TestTextChanges)
#include "tst_text_changes.moc"
