// SPDX-License-Identifier: MIT
//
// Random peers on a bad network: whatever is lost, doubled or late, after a settle all are equal.
// Built three times: as it is, with tree nodes of four slots, and with runs of four units.
#include "crdt/doc.h"
#include "crdt/update.h"
#include "tests/crdt/support.h"

#include <QTest>

#include <memory>
#include <ranges>

using namespace tutti::crdt;
using namespace tutti::crdt::test;
using namespace Qt::StringLiterals;

namespace {

/// One writer, what it has sent and nobody got yet, and its text kept by deltas alone.
class Peer
{
public:
    Peer(std::uint64_t id, bool gc, bool bothTexts)
        : doc(makeDoc(id, gc))
        , texts{doc.get<Text>("a"), doc.get<Text>(bothTexts ? "b" : "a")}
        , m_log(doc.observe([this](const TransactionEvent& event) {
            if (event.local) {
                sent.emplace_back(event.update.begin(), event.update.end());
            }
        }))
        , m_mirrors{Mirror(texts[0]), Mirror(texts[1])}
    { }

    /// One transaction of several edits.
    void edit(Random& random)
    {
        const auto transaction = doc.transact(Origin("edit"));
        for (std::uint32_t edits = random.oneIn(4) ? random.between(2, 6) : 1; edits > 0; --edits) {
            Text& text = texts[random.below(2)];
            const std::uint32_t length = text.length().value();
            if (random.below(100) < (length > 2500 ? 35 : 62)) {
                const std::uint32_t size =
                    random.oneIn(30) ? random.below(80) : random.between(1, 9);
                text.insert(at(random.below(length + 2)), randomText(random, size));
            } else {
                text.erase(at(random.below(length + 1)),
                    at(random.oneIn(25) ? random.below(200) : random.between(1, 7)));
            }
        }
    }

    [[nodiscard]] bool mirrored() const
    {
        return std::ranges::all_of(std::views::iota(0, 2), [this](int i) {
            const auto index = static_cast<std::size_t>(i);
            return m_mirrors[index].fits && m_mirrors[index].text == texts[index].toString();
        });
    }

    Doc doc;
    Text texts[2];
    std::vector<Bytes> sent;

private:
    Subscription m_log;
    Mirror m_mirrors[2];
};

/// Says where a random run stands when a check fails.
QByteArray where(std::uint64_t seed, int step)
{
    return "TUTTI_SEED=" + QByteArray::number(static_cast<quint64>(seed)) + ", step "
        + QByteArray::number(step);
}

/// The update without what depends on who forgot what when: as a fresh Doc writes it that collects.
Bytes canonical(const Bytes& update)
{
    Doc doc = makeDoc(0xFFFF'FFFF'FFFF);
    static_cast<void>(doc.get<Text>("a"));
    if (!doc.applyUpdate(update)) {
        return {};
    }
    // Once more: what came as one update is collected and joined in one go.
    Doc again = makeDoc(0xFFFF'FFFF'FFFE);
    return again.applyUpdate(doc.getUpdate()) ? again.getUpdate() : Bytes{};
}

} // namespace

class TestConvergence : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void singleWriter();
    void peers_data();
    void peers();
    void everyoneAtOnePlace();
    void relayedUpdates();
};

void TestConvergence::singleWriter()
{
    for (const std::uint64_t seed : seeds({101, 102, 103})) {
        Random random(seed);
        Doc doc = makeDoc(1, random.oneIn(2));
        Text text = doc.get<Text>("t");
        std::u16string model;
        Doc copy = makeDoc(2);
        const auto feed = doc.observe([&copy](const TransactionEvent& event) {
            static_cast<void>(copy.applyUpdate(event.update));
        });
        for (int step = 0; step < 1500; ++step) {
            if (model.empty() || random.below(100) < (model.size() > 3000 ? 40 : 60)) {
                std::size_t place = random.below(model.size() + 1);
                if (place > 0 && place < model.size() && isLowSurrogate(model[place])) {
                    --place;
                }
                const std::u16string added = randomText(random, random.between(1, 12));
                text.insert(at(place), added);
                model.insert(place, added);
            } else {
                std::size_t begin = random.below(model.size());
                std::size_t end =
                    std::min<std::size_t>(model.size(), begin + random.between(1, 20));
                begin -= isLowSurrogate(model[begin]) ? 1 : 0;
                end += end < model.size() && isLowSurrogate(model[end]) ? 1 : 0;
                text.erase(at(begin), at(end - begin));
                model.erase(begin, end - begin);
            }
            QVERIFY2(text.toString() == model, where(seed, step).constData());
            checkInvariants(doc);
        }
        QCOMPARE(qString(copy.get<Text>("t")), qString(model));
        QCOMPARE(hex(copy.getState()), hex(doc.getState()));
        checkInvariants(copy);
    }
}

void TestConvergence::peers_data()
{
    QTest::addColumn<quint64>("seed");
    for (const std::uint64_t seed : seeds({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})) {
        QTest::addRow("seed %llu", static_cast<unsigned long long>(seed)) << quint64(seed);
    }
}

void TestConvergence::peers()
{
    QFETCH(quint64, seed);
    Random random(seed);
    const std::uint32_t count = random.between(2, 6);
    const bool bothTexts = random.oneIn(3);
    std::vector<std::unique_ptr<Peer>> all;
    for (std::uint32_t i = 0; i < count; ++i) {
        const std::uint64_t id =
            random.oneIn(4) ? random.bits() & kMaxClientId : random.bits() >> 32;
        all.push_back(std::make_unique<Peer>(id, !random.oneIn(4), bothTexts));
    }
    // Not yet arrived: (receiver, update).
    std::vector<std::pair<std::size_t, Bytes>> wire;
    const auto deliver = [&](std::size_t which) {
        const auto [to, update] = wire[which];
        if (random.below(10) != 0) { // else it arrives once more later
            wire.erase(wire.begin() + static_cast<std::ptrdiff_t>(which));
        }
        QVERIFY(all[to]->doc.applyUpdate(update, Origin("net")).has_value());
    };
    for (int step = 0; step < 260; ++step) {
        const std::size_t who = random.below(count);
        Peer& peer = *all[who];
        peer.edit(random);
        checkInvariants(peer.doc);
        QVERIFY2(peer.mirrored(), where(seed, step).constData());
        for (const Bytes& update : std::exchange(peer.sent, {})) {
            for (std::size_t to = 0; to < count; ++to) {
                if (to != who && random.below(100) >= 12) { // some are lost
                    wire.emplace_back(to, update);
                }
            }
        }
        for (std::uint32_t arrivals = random.below(2 * count); arrivals > 0 && !wire.empty();
            --arrivals) {
            const std::size_t which = random.oneIn(3) ? random.below(wire.size()) : 0;
            const std::size_t to = wire[which].first;
            deliver(which);
            checkInvariants(all[to]->doc);
            QVERIFY2(all[to]->mirrored(), where(seed, step).constData());
        }
        if (!random.oneIn(40) && step != 259) {
            continue;
        }
        // Settle: what is under way arrives or not, then everyone syncs by state vectors.
        while (!wire.empty() && random.below(5) != 0) {
            deliver(random.below(wire.size()));
        }
        wire.clear();
        for (int round = 0; round < 2; ++round) {
            for (std::size_t i = 0; i < count; ++i) {
                Doc& to = all[i]->doc;
                Doc& from = all[(i + 1 + random.below(count - 1)) % count]->doc;
                const auto news = from.getUpdate(to.getState());
                QVERIFY(news.has_value());
                QVERIFY(to.applyUpdate(*news).has_value());
                // And with everybody, in the last round.
                for (std::size_t k = 0; round == 1 && k < count; ++k) {
                    if (k != i) {
                        QVERIFY(to.applyUpdate(*all[k]->doc.getUpdate(to.getState())).has_value());
                    }
                }
            }
        }
        const QByteArray state = hex(all[0]->doc.getState());
        const QByteArray content = hex(canonical(all[0]->doc.getUpdate()));
        QVERIFY(content.size() > 4);
        for (const auto& one : all) {
            one->sent.clear();
            checkInvariants(one->doc);
            QVERIFY2(one->mirrored(), where(seed, step).constData());
            QVERIFY2(!one->doc.hasPending(), where(seed, step).constData());
            for (int t = 0; t < 2; ++t) {
                QVERIFY2(one->texts[t].toString() == all[0]->texts[t].toString(),
                    where(seed, step).constData());
            }
            QCOMPARE(hex(one->doc.getState()), state);
            QCOMPARE(hex(canonical(one->doc.getUpdate())), content);
        }
    }
}

void TestConvergence::everyoneAtOnePlace()
{
    // Many writers who all write and delete at the same few places without seeing each other.
    for (const std::uint64_t seed : seeds({31, 32, 33, 34})) {
        Random random(seed);
        constexpr std::size_t kCount = 8;
        std::vector<std::unique_ptr<Peer>> all;
        for (std::size_t i = 0; i < kCount; ++i) {
            all.push_back(std::make_unique<Peer>(1000 - i * 100 + random.below(99), true, false));
        }
        for (int round = 0; round < 12; ++round) {
            for (const auto& peer : all) {
                Text& text = peer->texts[0];
                for (std::uint32_t edits = random.between(1, 8); edits > 0; --edits) {
                    const std::uint32_t place = std::min(text.length().value(), random.below(3));
                    if (random.oneIn(4)) {
                        text.erase(at(place), at(random.between(1, 3)));
                    } else {
                        text.insert(at(place), randomText(random, random.between(1, 3)));
                    }
                }
            }
            std::vector<Bytes> updates;
            for (const auto& peer : all) {
                updates.push_back(peer->doc.getUpdate());
            }
            for (const auto& peer : all) {
                for (std::size_t i = kCount; i > 1; --i) {
                    std::swap(updates[i - 1], updates[random.below(i)]);
                }
                for (const Bytes& update : updates) {
                    QVERIFY(peer->doc.applyUpdate(update).has_value());
                }
                checkInvariants(peer->doc);
                QVERIFY2(peer->mirrored(), where(seed, round).constData());
                QVERIFY2(peer->texts[0].toString() == all[0]->texts[0].toString(),
                    where(seed, round).constData());
            }
        }
    }
}

void TestConvergence::relayedUpdates()
{
    // Along a line of peers: each passes on what its own Doc emits for what it received, or merged
    // packets of that.
    for (const std::uint64_t seed : seeds({41, 42, 43})) {
        Random random(seed);
        std::vector<std::unique_ptr<Doc>> line;
        std::vector<std::vector<Bytes>> outbox(5);
        std::vector<Subscription> subscriptions;
        for (std::size_t i = 0; i < 5; ++i) {
            line.push_back(std::make_unique<Doc>(makeDoc(50 + i)));
            subscriptions.push_back(line[i]->observe([&outbox, i](const TransactionEvent& event) {
                outbox[i].emplace_back(event.update.begin(), event.update.end());
            }));
        }
        const auto pass = [&](std::size_t from) {
            std::vector<Bytes> packet = std::exchange(outbox[from], {});
            if (packet.size() > 1 && random.oneIn(2)) {
                const std::vector<BytesView> views(packet.begin(), packet.end());
                packet = {*mergeUpdates(views)};
            }
            for (const std::size_t to : {from - 1, from + 1}) {
                for (const Bytes& update : packet) {
                    if (to < line.size()) {
                        QVERIFY(line[to]->applyUpdate(update).has_value());
                        checkInvariants(*line[to]);
                    }
                }
            }
        };
        for (int step = 0; step < 200; ++step) {
            Doc& doc = *line[random.below(line.size())];
            Text text = doc.get<Text>("t");
            const std::uint32_t length = text.length().value();
            text.insert(at(random.below(length + 1)), randomText(random, random.between(1, 6)));
            if (random.oneIn(2)) {
                text.erase(at(random.below(length + 1)), at(random.between(1, 6)));
            }
            if (random.oneIn(3)) {
                pass(random.below(line.size()));
            }
        }
        for (bool busy = true; busy;) {
            busy = false;
            for (std::size_t i = 0; i < line.size(); ++i) {
                busy = busy || !outbox[i].empty();
                pass(i);
            }
        }
        for (const auto& doc : line) {
            QVERIFY2(!doc->hasPending(), where(seed, 0).constData());
            QCOMPARE(qString(doc->get<Text>("t")), qString(line[0]->get<Text>("t")));
            QCOMPARE(hex(doc->getState()), hex(line[0]->getState()));
        }
    }
}

QTEST_APPLESS_MAIN(TestConvergence)
#include "tst_convergence.moc"
