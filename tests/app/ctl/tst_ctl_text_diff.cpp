// SPDX-License-Identifier: MIT
#include "app/ctl/text_diff.h"
#include "crdt/doc.h"
#include "crdt/utf.h"

#include <QTest>

#include <random>

using namespace tutti;
using app::ctl::textDiff;
using app::ctl::TextEdit;

Q_DECLARE_METATYPE(std::vector<TextEdit>)

namespace {

std::u16string applied(std::u16string text, const std::vector<TextEdit>& edits)
{
    for (auto edit = edits.rbegin(); edit != edits.rend(); ++edit) {
        text.replace(edit->at, edit->erased, edit->inserted);
    }
    return text;
}

std::size_t touched(const std::vector<TextEdit>& edits)
{
    std::size_t units = 0;
    for (const TextEdit& edit : edits) {
        units += edit.erased + edit.inserted.size();
    }
    return units;
}

} // namespace

class TestCtlTextDiff : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void exact_data()
    {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::addColumn<std::vector<TextEdit>>("edits");
        const auto row = [](const char* name, const char16_t* from, const char16_t* to,
                             const std::vector<TextEdit>& edits) {
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
        QFETCH(std::vector<TextEdit>, edits);
        const auto found = textDiff(from.toStdU16String(), to.toStdU16String());
        QCOMPARE(QString::fromStdU16String(applied(from.toStdU16String(), found)), to);
        QCOMPARE(found.size(), edits.size());
        for (std::size_t i = 0; i < edits.size(); ++i) {
            QCOMPARE(found[i].at, edits[i].at);
            QCOMPARE(found[i].erased, edits[i].erased);
            QCOMPARE(found[i].inserted, edits[i].inserted);
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
                if (at > 0 && crdt::isLowSurrogate(to[at])) {
                    --at;
                }
                std::size_t end = std::min(to.size(), at + random() % 4);
                if (end < to.size() && end > 0 && crdt::isLowSurrogate(to[end])) {
                    ++end;
                }
                to.replace(at, end - at, some(3));
            }
            if (random() % 10 == 0) {
                to = some(40); // or another text altogether
            }
            const auto edits = textDiff(from, to);
            QCOMPARE(applied(from, edits), to);
            std::size_t last = 0;
            for (const TextEdit& edit : edits) {
                QVERIFY(edit.at >= last);
                last = edit.at + edit.erased;
                QVERIFY(last <= from.size());
                QVERIFY(crdt::isWellFormed(edit.inserted));
                QVERIFY(crdt::isWellFormed(std::u16string_view(from).substr(edit.at, edit.erased)));
            }
            QVERIFY(touched(edits) <= from.size() + to.size());

            crdt::Doc doc;
            crdt::Text text = doc.get<crdt::Text>("codemirror");
            text.insert(crdt::Offset(0), from);
            app::ctl::applyEdits(text, edits);
            QCOMPARE(text.toString(), to);
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
        const auto few = textDiff(from, to);
        QCOMPARE(applied(from, few), to);
        QVERIFY(touched(few) < 30);

        std::u16string other; // nothing in common: one replacement, soon
        for (int i = 0; i < 100'000; ++i) {
            other += u"row " + QString::number(i).toStdU16String() + u'\n';
        }
        const auto whole = textDiff(from, other);
        QCOMPARE(applied(from, whole), other);
        QVERIFY(whole.size() <= 2);
    }
};

QTEST_GUILESS_MAIN(TestCtlTextDiff)
#include "tst_ctl_text_diff.moc"
