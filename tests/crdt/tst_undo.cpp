// SPDX-License-Identifier: MIT
#include "crdt/undo_manager.h"
#include "tests/crdt/support.h"

#include <QTest>

using namespace tutti::crdt;
using namespace tutti::crdt::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

using Milliseconds = UndoManager::Milliseconds;
using Stack = UndoManager::Stack;

/// A user with a copy of the text, an undo of their own and a clock that is moved by hand.
struct User
{
    explicit User(std::uint64_t id, Milliseconds timeout = 0ms, bool gc = true)
        : doc(makeDoc(id, gc))
        , text(doc.get<Text>("t"))
        , undo(doc, {text},
              {.captureTimeout = timeout,
                  .trackedOrigins = {Origin("me")},
                  .now = [this] { return now; }})
        , mirror(text)
    { }
    User(User&&) = delete;

    void insert(std::size_t place, std::u16string_view added)
    {
        doc.transact(Origin("me"), [&] { text.insert(at(place), added); });
    }
    void erase(std::size_t place, std::size_t count)
    {
        doc.transact(Origin("me"), [&] { text.erase(at(place), at(count)); });
    }
    void exchange(User& other)
    {
        QVERIFY(doc.applyUpdate(*other.doc.getUpdate(doc.getState())).has_value());
        QVERIFY(other.doc.applyUpdate(*doc.getUpdate(other.doc.getState())).has_value());
        QCOMPARE(qString(text), qString(other.text));
        checkInvariants(doc);
        checkInvariants(other.doc);
    }
    [[nodiscard]] QString content() { return qString(text); }
    [[nodiscard]] bool mirrored() const { return mirror.fits && mirror.text == text.toString(); }

    Milliseconds now{10'000};
    Doc doc;
    Text text;
    UndoManager undo;
    Mirror mirror;
};

} // namespace

class TestUndo : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void undoAndRedo();
    void nothingToUndo();
    void onlyOwnOrigins();
    void originlessByDefault();
    void captureTimeout();
    void stopCapturing();
    void newChangeClearsRedo();
    void remoteEditsStay();
    void deletedTextComesBackAmongRemoteInserts();
    void othersDeleteWhatIsUndone();
    void longTexts_data();
    void longTexts();
    void keepsWhatMayComeBack();
    void clear();
    void callbacks();
    void originOfUndo();
    void scope();
    void alternatingUndoRedo();
    void redoneWithOtherRunBorders();
    void surrogatesAndMerging();
    void destroyedBeforeTheDoc();
    void randomSolo();
    void randomWithRemote();
};

void TestUndo::undoAndRedo()
{
    User me(1);
    me.insert(0, u"hello");
    me.insert(5, u" world");
    me.erase(0, 1);
    me.insert(0, u"J");
    QCOMPARE(me.content(), u"Jello world"_s);
    const QStringList steps{u"ello world"_s, u"hello world"_s, u"hello"_s, u""_s};
    for (const QString& expected : steps) {
        QVERIFY(me.undo.canUndo());
        QVERIFY(me.undo.undo());
        QCOMPARE(me.content(), expected);
        QVERIFY(me.mirrored());
        checkInvariants(me.doc);
    }
    QVERIFY(!me.undo.canUndo());
    const QStringList back{u"hello"_s, u"hello world"_s, u"ello world"_s, u"Jello world"_s};
    for (const QString& expected : back) {
        QVERIFY(me.undo.redo());
        QCOMPARE(me.content(), expected);
        QVERIFY(me.mirrored());
        checkInvariants(me.doc);
    }
    QVERIFY(!me.undo.canRedo());
    QVERIFY(me.undo.canUndo());
}

void TestUndo::nothingToUndo()
{
    User me(1);
    QVERIFY(!me.undo.undo());
    QVERIFY(!me.undo.redo());
    QVERIFY(!me.undo.canUndo() && !me.undo.canRedo());
    me.insert(0, u"a");
    me.erase(0, 1);
    QVERIFY(me.undo.undo());
    QCOMPARE(me.content(), u"a"_s);
    QVERIFY(me.undo.undo());
    QCOMPARE(me.content(), u""_s);
    QVERIFY(!me.undo.undo());
}

void TestUndo::onlyOwnOrigins()
{
    User me(1);
    me.insert(0, u"mine ");
    me.doc.transact(Origin("script"), [&me] { me.text.insert(at(0), u"script "); });
    me.text.insert(me.text.length(), u"nobody's");
    QVERIFY(me.undo.undo());
    QCOMPARE(me.content(), u"script nobody's"_s);
    QVERIFY(!me.undo.undo());
    QVERIFY(me.undo.redo());
    QCOMPARE(me.content(), u"script mine nobody's"_s);
}

void TestUndo::originlessByDefault()
{
    Doc doc = makeDoc(1);
    Text text = doc.get<Text>("t");
    UndoManager undo(doc, {text});
    text.insert(at(0), u"a");
    doc.transact(Origin("other"), [&text] { text.insert(at(0), u"b"); });
    QVERIFY(undo.undo());
    QCOMPARE(qString(text), u"b"_s);
    QVERIFY(!undo.undo());
}

void TestUndo::captureTimeout()
{
    User me(1, 500ms);
    for (const char16_t* piece : {u"t", u"y", u"p", u"e"}) {
        me.insert(me.text.length().value(), piece);
        me.now += 499ms;
    }
    me.now += 1ms; // now 500 since the last
    me.insert(4, u"!");
    QVERIFY(me.undo.undo());
    QCOMPARE(me.content(), u"type"_s);
    // Undoing starts a new step, however soon the next change comes.
    me.insert(4, u"?");
    QVERIFY(me.undo.undo());
    QCOMPARE(me.content(), u"type"_s);
    QVERIFY(me.undo.undo());
    QCOMPARE(me.content(), u""_s);
    QVERIFY(!me.undo.canUndo());
}

void TestUndo::stopCapturing()
{
    User me(1, 500ms);
    me.insert(0, u"a");
    me.undo.stopCapturing();
    me.insert(1, u"b");
    me.insert(2, u"c");
    QVERIFY(me.undo.undo());
    QCOMPARE(me.content(), u"a"_s);
    QVERIFY(me.undo.redo());
    QCOMPARE(me.content(), u"abc"_s);
}

void TestUndo::newChangeClearsRedo()
{
    User me(1);
    me.insert(0, u"a");
    me.insert(1, u"b");
    QVERIFY(me.undo.undo());
    QVERIFY(me.undo.canRedo());
    me.doc.transact(Origin("script"), [&me] { me.text.insert(at(0), u"s"); });
    QVERIFY(me.undo.canRedo()); // not the user's
    me.insert(0, u"c");
    QVERIFY(!me.undo.canRedo());
    QVERIFY(!me.undo.redo());
    QCOMPARE(me.content(), u"csa"_s);
}

void TestUndo::remoteEditsStay()
{
    User me(1);
    User you(2);
    me.insert(0, u"mine ");
    me.exchange(you);
    you.insert(5, u"yours ");
    me.exchange(you);
    me.insert(11, u"more");
    me.exchange(you);
    you.insert(2, u"-");
    you.erase(0, 1);
    me.exchange(you);
    QCOMPARE(me.content(), u"i-ne yours more"_s);
    QVERIFY(me.undo.undo());
    QCOMPARE(me.content(), u"i-ne yours "_s);
    QVERIFY(me.undo.undo());
    QCOMPARE(me.content(), u"-yours "_s);
    QVERIFY(!me.undo.undo());
    me.exchange(you);
    QVERIFY(you.undo.undo()); // what they deleted of mine comes back with them
    QVERIFY(you.undo.undo());
    me.exchange(you);
    QVERIFY(me.mirrored() && you.mirrored());
    QVERIFY(me.undo.redo());
    QVERIFY(me.undo.redo());
    me.exchange(you);
    QVERIFY2(me.content().contains(u"more"_s), qPrintable(me.content()));
}

void TestUndo::deletedTextComesBackAmongRemoteInserts()
{
    User me(1);
    User you(2);
    me.insert(0, u"one two three");
    me.exchange(you);
    me.erase(4, 4);
    you.insert(4, u"(");
    you.insert(9, u")");
    you.insert(6, u"..."); // in the middle of what I delete
    me.exchange(you);
    QCOMPARE(me.content(), u"one (...)three"_s);
    QVERIFY(me.undo.undo());
    QVERIFY(me.mirrored());
    me.exchange(you);
    QString letters = me.content();
    QCOMPARE(letters.remove(u'(').remove(u')').remove(u'.'), u"one two three"_s);
    QVERIFY(me.undo.redo());
    QCOMPARE(me.content(), u"one (...)three"_s);
    me.exchange(you);
    QVERIFY(me.undo.undo());
    me.exchange(you);
    QCOMPARE(me.content().size(), 18);
}

void TestUndo::othersDeleteWhatIsUndone()
{
    User me(1);
    User you(2);
    me.insert(0, u"abc");
    me.exchange(you);
    you.erase(0, 3);
    me.exchange(you);
    // There is nothing left of it: the step is passed over, and nothing is said to be done.
    QVERIFY(!me.undo.undo());
    QVERIFY(!me.undo.canUndo());
    QCOMPARE(me.content(), u""_s);
    QVERIFY(you.undo.undo());
    me.exchange(you);
    QCOMPARE(me.content(), u"abc"_s);
}

void TestUndo::longTexts_data()
{
    QTest::addColumn<quint32>("size");
    for (const quint32 size : {detail::kMaxRun, detail::kMaxRun + 1, 5 * detail::kMaxRun + 7}) {
        QTest::addRow("%u", size) << size;
    }
}

void TestUndo::longTexts()
{
    QFETCH(quint32, size);
    User me(1);
    User you(2);
    std::u16string content;
    for (quint32 i = 0; i < size; ++i) {
        content += static_cast<char16_t>(i % 10 == 0 ? 0x4E00 : u'a' + i % 26);
    }
    me.insert(0, content);
    me.exchange(you);
    you.insert(size / 2, u"<remote>");
    me.exchange(you);
    const QString whole = me.content();
    me.erase(1, me.text.length().value() - 2);
    QVERIFY(me.undo.undo());
    QCOMPARE(me.content(), whole);
    QVERIFY(me.undo.redo());
    QCOMPARE(me.text.length().value(), 2U);
    QVERIFY(me.undo.undo());
    me.exchange(you);
    QCOMPARE(me.content(), whole);
    me.erase(size / 3, size / 3);
    const QString cut = me.content();
    me.exchange(you);
    for (int i = 0; i < 3; ++i) {
        QVERIFY(me.undo.undo());
        me.exchange(you);
        QCOMPARE(me.content(), whole);
        QVERIFY(me.undo.redo());
        me.exchange(you);
        QCOMPARE(me.content(), cut);
    }
    QVERIFY(me.mirrored() && you.mirrored());
}

void TestUndo::keepsWhatMayComeBack()
{
    User me(1);
    me.insert(0, u"precious");
    me.erase(0, 8);
    const auto holds = [](const Bytes& update) {
        return std::string(reinterpret_cast<const char*>(update.data()), update.size())
            .contains("precious");
    };
    QVERIFY(holds(me.doc.getUpdate()));
    QVERIFY(me.undo.undo());
    QCOMPARE(me.content(), u"precious"_s);
    // Somebody who does not undo forgets it at once.
    Doc plain = makeDoc(2);
    Text text = plain.get<Text>("t");
    text.insert(at(0), u"precious");
    text.erase(at(0), at(8));
    QVERIFY(!holds(plain.getUpdate()));
}

void TestUndo::clear()
{
    User me(1);
    me.insert(0, u"abc");
    me.erase(0, 1);
    QVERIFY(me.undo.undo());
    me.undo.clear();
    QVERIFY(!me.undo.canUndo() && !me.undo.canRedo());
    QVERIFY(!me.undo.undo() && !me.undo.redo());
    QCOMPARE(me.content(), u"abc"_s);
    me.insert(3, u"d");
    QVERIFY(me.undo.undo());
    QCOMPARE(me.content(), u"abc"_s);
    checkInvariants(me.doc);
}

void TestUndo::callbacks()
{
    User me(1, 500ms);
    QStringList log;
    me.undo.setOnStackItemAdded([&](UndoManager::StackItem& item, Stack stack, bool extended) {
        log << u"%1%2"_s.arg(
            stack == Stack::Undo ? u"undo"_s : u"redo"_s, extended ? u"*"_s : u""_s);
        if (!extended && stack == Stack::Undo) {
            item.meta = 42;
        }
    });
    me.undo.setOnStackItemPopped([&](UndoManager::StackItem& item, Stack stack) {
        log << u"popped %1 %2"_s.arg(stack == Stack::Undo ? u"undo"_s : u"redo"_s)
                   .arg(item.meta.has_value() ? std::any_cast<int>(item.meta) : 0);
    });
    me.insert(0, u"a");
    me.insert(1, u"b");
    QCOMPARE(log, (QStringList{u"undo"_s, u"undo*"_s}));
    log.clear();
    QVERIFY(me.undo.undo());
    QCOMPARE(log, (QStringList{u"redo"_s, u"popped undo 42"_s}));
    log.clear();
    QVERIFY(me.undo.redo());
    QCOMPARE(log, (QStringList{u"undo"_s, u"popped redo 0"_s}));
    log.clear();
    me.undo.clear();
    QVERIFY(!me.undo.undo());
    QVERIFY(log.isEmpty());
}

void TestUndo::originOfUndo()
{
    User me(1);
    Origin last;
    const auto subscription =
        me.doc.observe([&last](const TransactionEvent& event) { last = event.origin; });
    me.insert(0, u"a");
    QVERIFY(last == Origin("me"));
    QVERIFY(me.undo.undo());
    QVERIFY(last == me.undo.origin() && !last.empty());
    QVERIFY(me.undo.redo());
    QVERIFY(last == me.undo.origin());
}

void TestUndo::scope()
{
    Doc doc = makeDoc(1);
    Text a = doc.get<Text>("a");
    Text b = doc.get<Text>("b");
    Text c = doc.get<Text>("c");
    UndoManager undo(doc, {a, b}, {.captureTimeout = 0ms, .trackedOrigins = {Origin{}}, .now = {}});
    a.insert(at(0), u"1");
    c.insert(at(0), u"not in scope");
    doc.transact({}, [&] {
        b.insert(at(0), u"2");
        c.erase(at(0), at(4));
    });
    QVERIFY(undo.undo());
    QCOMPARE(qString(b), u""_s);
    QCOMPARE(qString(c), u"in scope"_s);
    QVERIFY(undo.undo());
    QCOMPARE(qString(a), u""_s);
    QVERIFY(!undo.undo());
    checkInvariants(doc);
}

void TestUndo::alternatingUndoRedo()
{
    User me(1);
    me.insert(0, u"keep ");
    me.insert(5, u"word");
    me.erase(2, 5);
    for (int i = 0; i < 50; ++i) {
        QVERIFY(me.undo.undo());
        QCOMPARE(me.content(), u"keep word"_s);
        QVERIFY(me.undo.undo());
        QCOMPARE(me.content(), u"keep "_s);
        QVERIFY(me.undo.redo());
        QVERIFY(me.undo.redo());
        QCOMPARE(me.content(), u"kerd"_s);
        checkInvariants(me.doc);
    }
    Doc reader = makeDoc(9);
    QVERIFY(reader.applyUpdate(me.doc.getUpdate()).has_value());
    QCOMPARE(qString(reader.get<Text>("t")), u"kerd"_s);
}

void TestUndo::redoneWithOtherRunBorders()
{
    // A long struct is kept in runs; what an undo brings back is cut into runs anew.
    User me(1);
    me.insert(0, std::u16string(3000, u'a'));
    me.erase(500, 2000);
    QVERIFY(me.undo.undo());
    QCOMPARE(me.text.length(), at(3000));
    QVERIFY(me.undo.undo());
    QCOMPARE(me.text.length(), at(0));
    checkInvariants(me.doc);
    QVERIFY(me.undo.redo());
    QCOMPARE(me.text.length(), at(3000));
    QVERIFY(me.undo.redo());
    QCOMPARE(me.text.length(), at(1000));
    checkInvariants(me.doc);
}

void TestUndo::surrogatesAndMerging()
{
    User me(1);
    User you(2);
    me.insert(0, u"a\U0001F600b\U0001F601c");
    me.exchange(you);
    me.erase(2, 3);
    you.insert(3, u"|");
    me.exchange(you);
    QVERIFY(me.undo.undo());
    me.exchange(you);
    QVERIFY(isWellFormed(me.text.toString()));
    QString content = me.content();
    QCOMPARE(content.remove(u'|'), u"a\U0001F600b\U0001F601c"_s);
}

void TestUndo::destroyedBeforeTheDoc()
{
    Doc doc = makeDoc(1);
    Text text = doc.get<Text>("t");
    {
        UndoManager undo(doc, {text});
        text.insert(at(0), u"abc");
        text.erase(at(0), at(1));
    }
    text.insert(at(0), u"x");
    text.erase(at(0), at(2));
    QCOMPARE(qString(text), u"c"_s);
    checkInvariants(doc);
}

void TestUndo::randomSolo()
{
    // A change that was just made is undone to the letter, and redone, however much was undone and
    // redone before. (Further back Yjs's rules may leave a piece of what was cut up meanwhile; the
    // undo vectors and the oracle say which.)
    for (const std::uint64_t seed : seeds({1, 2, 3, 4, 5})) {
        Random random(seed);
        User me(1, 0ms, random.oneIn(2));
        for (int step = 0; step < 400; ++step) {
            const std::uint32_t length = me.text.length().value();
            const QString before = me.content();
            if (random.below(3) != 0) {
                me.insert(random.below(length + 1), randomText(random, random.between(1, 8)));
            } else {
                me.erase(random.below(length + 1), random.between(1, 6));
            }
            const QString after = me.content();
            if (after != before && random.oneIn(2)) {
                for (int times = 0; times < 3; ++times) {
                    QVERIFY(me.undo.undo());
                    QCOMPARE(me.content(), before);
                    QVERIFY(me.undo.redo());
                    QCOMPARE(me.content(), after);
                }
            }
            for (std::uint32_t back = random.oneIn(4) ? random.below(6) : 0; back > 0; --back) {
                me.undo.undo();
            }
            for (std::uint32_t forth = random.below(4); forth > 0; --forth) {
                me.undo.redo();
            }
            QVERIFY2(me.mirrored(), qPrintable(u"seed %1, step %2"_s.arg(seed).arg(step)));
            checkInvariants(me.doc);
        }
        while (me.undo.undo()) {
            checkInvariants(me.doc);
        }
        QVERIFY(!me.undo.canUndo());
    }
}

void TestUndo::randomWithRemote()
{
    // Somebody else's letters are capitals. No undo of mine ever brings one or takes one away.
    for (const std::uint64_t seed : seeds({1, 2, 3, 4, 5, 6})) {
        Random random(seed);
        User me(random.between(1, 100), random.oneIn(2) ? 0ms : 500ms);
        User you(random.between(101, 200));
        const auto capitals = [](const QString& text) {
            QString found;
            for (const QChar unit : text) {
                if (unit.isUpper()) {
                    found += unit;
                }
            }
            return found;
        };
        for (int step = 0; step < 250; ++step) {
            me.now += Milliseconds(random.below(400));
            const std::uint32_t length = me.text.length().value();
            switch (random.below(7)) {
            case 0:
            case 1:
                me.insert(random.below(length + 1),
                    std::u16string(
                        random.between(1, 9), static_cast<char16_t>(u'a' + random.below(26))));
                break;
            case 2: { // mine only
                const QString content = me.content();
                const std::uint32_t place = random.below(length + 1);
                std::uint32_t count = 0;
                while (place + count < length && count < 5
                    && content.at(static_cast<qsizetype>(place + count)).isLower()) {
                    ++count;
                }
                me.erase(place, count);
                break;
            }
            case 3:
                you.insert(random.below(you.text.length().value() + 1),
                    std::u16string(
                        random.between(1, 5), static_cast<char16_t>(u'A' + random.below(26))));
                break;
            case 4:
                me.exchange(you);
                break;
            default: {
                const QString before = capitals(me.content());
                if (random.oneIn(2)) {
                    me.undo.undo();
                } else {
                    me.undo.redo();
                }
                QCOMPARE(capitals(me.content()), before);
                break;
            }
            }
            QVERIFY2(me.mirrored() && you.mirrored(),
                qPrintable(u"seed %1, step %2"_s.arg(seed).arg(step)));
            checkInvariants(me.doc);
        }
        me.exchange(you);
    }
}

QTEST_APPLESS_MAIN(TestUndo)
#include "tst_undo.moc"
