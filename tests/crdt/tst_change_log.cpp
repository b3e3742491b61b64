// SPDX-License-Identifier: MIT
#include "crdt/change_log.h"
#include "crdt/undo_manager.h"
#include "tests/crdt/support.h"

#include <QTest>

#include <algorithm>
#include <memory>

using namespace tutti::crdt;
using namespace tutti::crdt::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace std::string_literals;

namespace {

using Milliseconds = ChangeLog::Milliseconds;
using Kind = ChangeLog::Piece::Kind;

/// Somebody in the room: writes, and passes on what they did.
struct Writer
{
    explicit Writer(std::uint64_t id)
        : doc(makeDoc(id))
        , text(doc.get<Text>("t"))
        , m_log(doc.observe([this](const TransactionEvent& event) {
            if (event.local) {
                sent.emplace_back(event.update.begin(), event.update.end());
            }
        }))
    { }
    Writer(Writer&&) = delete;

    void insert(std::size_t place, std::u16string_view added)
    {
        doc.transact(Origin("me"), [&] { text.insert(at(place), added); });
    }
    void erase(std::size_t place, std::size_t count)
    {
        doc.transact(Origin("me"), [&] { text.erase(at(place), at(count)); });
    }
    [[nodiscard]] ClientId id() const { return doc.clientId(); }
    [[nodiscard]] QString content() const { return qString(text); }

    Doc doc;
    Text text;
    std::vector<Bytes> sent;

private:
    Subscription m_log;
};

/// The one who takes back: with a log of the others and an undo of their own.
struct Me : Writer
{
    explicit Me(std::size_t maxDeletedUnits = 1'000)
        : Writer(1)
        , undo(doc, {text},
              {.captureTimeout = 0ms,
                  .trackedOrigins = {Origin("me")},
                  .now = [this] { return now; }})
        , log(doc, text,
              {.trackedOrigins = {Origin("net")},
                  .captureTimeout = 1s,
                  .maxChanges = 3,
                  .maxDeletedUnits = maxDeletedUnits,
                  .whoDeleted =
                      [this](std::span<const Offset> places) {
                          asked.assign(places.begin(), places.end());
                          return deleter;
                      },
                  .now = [this] { return now; }})
        , mirror(text)
    {
        undo.addTrackedOrigin(log.origin());
    }

    /// What the other one did since the last time, as a burst of its own.
    void receive(Writer& other, bool alsoDeletions = true)
    {
        now += 2s;
        receiveMore(other, alsoDeletions);
    }
    void receiveMore(Writer& other, bool alsoDeletions = true)
    {
        deleter = alsoDeletions ? std::optional(other.id()) : std::nullopt;
        for (const Bytes& update : std::exchange(other.sent, {})) {
            QVERIFY(doc.applyUpdate(update, Origin("net")).has_value());
        }
    }
    void sendTo(Writer& other)
    {
        for (const Bytes& update : std::exchange(sent, {})) {
            QVERIFY(other.doc.applyUpdate(update).has_value());
        }
        QCOMPARE(content(), other.content());
    }
    [[nodiscard]] std::optional<ChangeLog::Change> last(const Writer& other) const
    {
        const ClientId client = other.id();
        return log.last({&client, 1});
    }
    bool takeBack(const Writer& other)
    {
        const auto change = last(other);
        return change && log.takeBack(*change);
    }

    Milliseconds now{10'000};
    std::optional<ClientId> deleter;
    std::vector<Offset> asked;
    UndoManager undo;
    ChangeLog log;
    Mirror mirror;
};

/// A text after what a preview says was done to it.
QString applied(const QString& before, const std::vector<ChangeLog::Piece>& pieces)
{
    QString after = before;
    for (auto piece = pieces.rbegin(); piece != pieces.rend(); ++piece) {
        const QString text = qString(piece->text);
        const qsizetype place = piece->at.value();
        if (piece->kind == Kind::Returns) {
            after.insert(place, text);
        } else if (after.mid(place, text.size()) == text) {
            after.remove(place, text.size());
        } else {
            return u"the preview does not fit the text"_s;
        }
    }
    return after;
}

} // namespace

class TestChangeLog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void insertionAndDeletion();
    void burstsAreOneChange();
    void othersInTheSamePlaceStay();
    void ownUndoBringsItBack();
    void deletionsWithoutAuthor();
    void whatNobodyTrackedIsNotThere();
    void effectGoesAndComes();
    void bounds();
    void nothingIsKeptAfterwards();
    void randomPeers();
};

void TestChangeLog::insertionAndDeletion()
{
    Me me;
    Writer ada(2);
    ada.insert(0, u"one two three");
    me.receive(ada);
    ada.doc.transact(Origin("me"), [&] { // replaces a word
        ada.text.erase(at(4), at(3));
        ada.text.insert(at(4), u"2");
    });
    me.receive(ada);
    QCOMPARE(me.content(), u"one 2 three"_s);

    const auto change = me.last(ada);
    QVERIFY(change);
    QCOMPARE(change->author, ada.id());
    const auto pieces = me.log.effectOf(*change);
    QCOMPARE(pieces.size(), 2U);
    QCOMPARE(applied(me.content(), pieces), u"one two three"_s);
    QCOMPARE(me.content(), u"one 2 three"_s); // looking has no effect
    QVERIFY(me.log.takeBack(*change));
    QCOMPARE(me.content(), u"one two three"_s);
    QVERIFY(!me.log.takeBack(*change)); // done already
    me.sendTo(ada);

    QVERIFY(me.takeBack(ada)); // the one before
    // What came back is a copy of hers, and goes with the rest of her first change.
    QCOMPARE(me.content(), u""_s);
    QVERIFY(!me.last(ada));
    me.sendTo(ada);
    QVERIFY(me.mirror.fits && me.mirror.text == me.text.toString());
    checkInvariants(me.doc);
}

void TestChangeLog::burstsAreOneChange()
{
    Me me;
    Writer ada(2);
    Writer bob(3);
    ada.insert(0, u"a");
    me.receive(ada);
    ada.insert(1, u"b");
    me.now += 900ms;
    me.receiveMore(ada);
    bob.insert(0, u"-");
    me.receiveMore(bob); // in between, and no part of it
    ada.insert(2, u"c");
    me.now += 900ms;
    me.receiveMore(ada);
    ada.insert(3, u"d");
    me.now += 1s;
    me.receiveMore(ada);
    QCOMPARE(me.log.effectOf(*me.last(ada)).front().text, u"d"s);
    QVERIFY(me.takeBack(ada));
    QCOMPARE(me.log.effectOf(*me.last(ada)).front().text, u"abc"s);
    QVERIFY(me.takeBack(ada));
    QCOMPARE(me.content(), u"-"_s);
    const ClientId both[] = {ada.id(), bob.id()};
    QCOMPARE(me.log.last(both)->author, bob.id());
    QCOMPARE(me.log.authors(), std::vector{bob.id()});
}

void TestChangeLog::othersInTheSamePlaceStay()
{
    Me me;
    Writer ada(2);
    Writer bob(3);
    ada.insert(0, u"abcdef");
    me.receive(ada);
    me.insert(3, u"MINE");
    QVERIFY(bob.doc.applyUpdate(me.doc.getUpdate()).has_value());
    bob.insert(1, u"bob");
    me.receive(bob);
    QCOMPARE(me.content(), u"abobbcMINEdef"_s);
    QCOMPARE(me.log.effectOf(*me.last(ada)).size(), 3U); // "a", "bc", "def"
    QVERIFY(me.takeBack(ada));
    QCOMPARE(me.content(), u"bobMINE"_s);
}

void TestChangeLog::ownUndoBringsItBack()
{
    Me me;
    Writer ada(2);
    me.insert(0, u"keep this");
    me.sendTo(ada);
    ada.erase(4, 5);
    ada.insert(4, u" that");
    me.receive(ada);
    QVERIFY(me.takeBack(ada));
    QCOMPARE(me.content(), u"keep this"_s);
    QVERIFY(me.undo.undo());
    QCOMPARE(me.content(), u"keep that"_s);
    QVERIFY(me.undo.redo());
    QCOMPARE(me.content(), u"keep this"_s);
    me.sendTo(ada);
    QVERIFY(me.undo.undo());
    QVERIFY(me.undo.undo()); // the own typing, as ever
    QCOMPARE(me.content(), u" that"_s);
}

void TestChangeLog::deletionsWithoutAuthor()
{
    Me me;
    Writer ada(2);
    me.insert(0, u"some text here");
    me.sendTo(ada);
    ada.erase(5, 5);
    me.receive(ada, false);
    QCOMPARE(me.content(), u"some here"_s);
    QCOMPARE(me.asked, std::vector{at(5)});
    QVERIFY(!me.last(ada));
    QCOMPARE(me.log.keptUnits(), 0U);

    ada.erase(0, 4);
    me.receive(ada);
    QCOMPARE(me.asked, std::vector{at(0)});
    QCOMPARE(me.log.keptUnits(), 4U);
    QVERIFY(me.takeBack(ada));
    QCOMPARE(me.content(), u"some here"_s);
}

void TestChangeLog::whatNobodyTrackedIsNotThere()
{
    Me me;
    Writer ada(2);
    ada.insert(0, u"from a file");
    for (const Bytes& update : std::exchange(ada.sent, {})) {
        QVERIFY(me.doc.applyUpdate(update, Origin("first load")).has_value());
    }
    me.insert(0, u"me");
    QVERIFY(me.log.authors().empty());

    // An update of several is several changes, and its deletions are nobody's.
    Writer bob(3);
    QVERIFY(bob.doc.applyUpdate(me.doc.getUpdate()).has_value());
    bob.sent.clear();
    bob.insert(0, u"bob ");
    bob.erase(4, 2);
    ada.insert(11, u", more");
    for (const Bytes& update : std::exchange(ada.sent, {})) {
        QVERIFY(bob.doc.applyUpdate(update).has_value());
    }
    const auto missing = bob.doc.getUpdate(me.doc.getState());
    QVERIFY(me.doc.applyUpdate(*missing, Origin("net")).has_value());
    QCOMPARE(me.content(), u"bob from a file, more"_s);
    QVERIFY(me.takeBack(bob));
    QVERIFY(me.takeBack(ada));
    QCOMPARE(me.content(), u"from a file"_s);
}

void TestChangeLog::effectGoesAndComes()
{
    Me me;
    Writer ada(2);
    ada.insert(0, u"abc");
    me.receive(ada);
    me.erase(0, 3);
    QVERIFY(!me.last(ada)); // nothing is left of it
    QVERIFY(me.undo.undo());
    QCOMPARE(me.content(), u"abc"_s); // ours by now, and a copy of hers
    QVERIFY(me.last(ada));
    me.insert(3, u"def");
    QVERIFY(me.takeBack(ada));
    QCOMPARE(me.content(), u"def"_s);
}

void TestChangeLog::bounds()
{
    Me me(10);
    Writer ada(2);
    ada.insert(0, u"0123456789abcdefghij");
    me.receive(ada);
    for (int i = 0; i < 5; ++i) {
        ada.erase(0, 4);
        me.receive(ada);
        QVERIFY(me.log.keptUnits() <= 10U);
    }
    QCOMPARE(me.log.keptUnits(), 8U);
    QVERIFY(me.takeBack(ada));
    QVERIFY(me.takeBack(ada));
    QCOMPARE(me.content(), u"cdefghij"_s);
    QVERIFY(!me.takeBack(ada));
    checkInvariants(me.doc);

    std::vector<std::unique_ptr<Writer>> crowd;
    for (std::uint64_t i = 0; i < ChangeLog::kMaxClients + 10; ++i) {
        crowd.push_back(std::make_unique<Writer>(100 + i));
        crowd.back()->insert(0, u"x");
        me.receive(*crowd.back());
    }
    QCOMPARE(me.log.authors().size(), ChangeLog::kMaxClients);
    QVERIFY(!me.last(*crowd.front()));
    QVERIFY(me.last(*crowd.back()));
}

void TestChangeLog::nothingIsKeptAfterwards()
{
    // Where the log lets go, the document is as small as one that never had a log.
    const auto sizeWith = [](bool withLog) {
        Doc doc = makeDoc(1);
        Text text = doc.get<Text>("t");
        std::optional<ChangeLog> log;
        if (withLog) {
            log.emplace(doc, text,
                ChangeLog::Options{.trackedOrigins = {Origin("net")},
                    .maxDeletedUnits = 100,
                    .whoDeleted = [](std::span<const Offset>) { return ClientId(2); }});
        }
        Writer ada(2);
        for (int i = 0; i < 50; ++i) {
            ada.insert(0, std::u16string(40, u'x'));
            ada.erase(0, 40);
        }
        for (const Bytes& update : ada.sent) {
            static_cast<void>(doc.applyUpdate(update, Origin("net")));
        }
        if (withLog && log->keptUnits() > 100) {
            return std::size_t{0};
        }
        log.reset();
        checkInvariants(doc);
        return doc.getUpdate().size();
    };
    QCOMPARE(sizeWith(true), sizeWith(false));
}

void TestChangeLog::randomPeers()
{
    for (const std::uint64_t seed : seeds({1, 2, 3, 4, 5, 6})) {
        Random random(seed);
        Me me(400);
        std::vector<std::unique_ptr<Writer>> others;
        for (std::uint64_t i = 0; i < 3; ++i) {
            others.push_back(std::make_unique<Writer>(10 + i));
        }
        const auto letterOf = [](std::size_t writer) {
            return static_cast<char16_t>(u'a' + writer);
        };
        const auto everybodyHasAll = [&] {
            for (const auto& other : others) {
                me.receive(*other);
            }
            for (const auto& other : others) {
                const auto missing = me.doc.getUpdate(other->doc.getState());
                QVERIFY(missing && other->doc.applyUpdate(*missing).has_value());
            }
            me.sent.clear();
        };
        int taken = 0;
        for (int step = 0; step < 400; ++step) {
            const QByteArray where = "TUTTI_SEED=" + QByteArray::number(quint64(seed)) + ", step "
                + QByteArray::number(step);
            const std::size_t who = random.below(others.size() + 1);
            Writer& writer = who < others.size() ? *others[who] : static_cast<Writer&>(me);
            const std::uint32_t length = writer.text.length().value();
            if (random.below(100) < 60) {
                writer.insert(
                    random.below(length + 1), std::u16string(random.between(1, 6), letterOf(who)));
            } else {
                writer.erase(random.below(length + 1), random.between(1, 5));
            }
            if (who < others.size() && random.oneIn(2)) {
                random.oneIn(2) ? me.receive(writer) : me.receiveMore(writer);
            }
            if (random.oneIn(12)) {
                everybodyHasAll();
            }
            if (!random.oneIn(6)) {
                continue;
            }
            const std::size_t victim = random.below(others.size());
            const auto change = me.last(*others[victim]);
            if (!change) {
                continue;
            }
            const QString before = me.content();
            const auto pieces = me.log.effectOf(*change);
            for (const ChangeLog::Piece& piece : pieces) {
                if (piece.kind == Kind::Goes) { // nothing of anybody else's
                    QVERIFY2(std::ranges::all_of(piece.text,
                                 [&](char16_t unit) { return unit == letterOf(victim); }),
                        where);
                }
            }
            const QString expected = applied(before, pieces);
            QVERIFY2(me.log.takeBack(*change), where);
            QVERIFY2(me.content() == expected, where);
            ++taken;
            if (random.oneIn(2)) {
                QVERIFY2(me.undo.undo(), where);
                QVERIFY2(me.content() == before, where);
            }
            QVERIFY2(me.mirror.fits && me.mirror.text == me.text.toString(), where);
            checkInvariants(me.doc);
        }
        QVERIFY(taken > 10);
        everybodyHasAll();
        for (const auto& other : others) {
            QCOMPARE(other->content(), me.content());
            checkInvariants(other->doc);
        }
    }
}

QTEST_GUILESS_MAIN(TestChangeLog)
#include "tst_change_log.moc"
