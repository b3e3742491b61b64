// SPDX-License-Identifier: MIT
#include "crdt/awareness.h"
#include "tests/crdt/support.h"

#include <QTest>

using namespace tutti::crdt;
using namespace tutti::crdt::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// An Awareness with a clock that stands still, and a record of what happened.
struct Peer
{
    explicit Peer(std::uint64_t id)
        : awareness(ClientId(id), [this] { return now; })
        , subscription(awareness.observe([this](const Awareness::Change& change) {
            const auto add = [this](const char* what, const std::vector<ClientId>& clients) {
                for (const ClientId client : clients) {
                    log << QLatin1String(what) + QString::number(client.value());
                }
            };
            add("+", change.added);
            add("~", change.updated);
            add("=", change.renewed);
            add("-", change.removed);
            origin = QString::fromStdString(change.origin.name());
        }))
    { }
    Peer(Peer&&) = delete;

    void hear(const Peer& other)
    {
        QVERIFY(awareness.applyUpdate(other.awareness.encodeUpdate(), Origin("net")).has_value());
    }
    [[nodiscard]] QStringList takeLog() { return std::exchange(log, {}); }
    [[nodiscard]] QString state(std::uint64_t client) const
    {
        const auto found = awareness.states().find(ClientId(client));
        return found == awareness.states().end() ? u"none"_s : qString(found->second.toJson());
    }

    Awareness::Milliseconds now{1'000'000};
    Awareness awareness;
    QStringList log;
    QString origin;
    Subscription subscription;
};

Bytes update(std::initializer_list<std::tuple<std::uint64_t, std::uint64_t, const char*>> entries)
{
    Encoder encoder;
    encoder.writeVarUint(entries.size());
    for (const auto& [client, clock, json] : entries) {
        encoder.writeVarUint(client);
        encoder.writeVarUint(clock);
        encoder.writeVarString(json);
    }
    return encoder.take();
}

} // namespace

class TestAwareness : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void publishing();
    void fields();
    void theFirstClockIsOne();
    void hearing();
    void clockRules_data();
    void clockRules();
    void leavingAndComingBack();
    void saidToHaveLeft();
    void renewal();
    void silence();
    void removing();
    void newClientId();
    void encodingSome();
    void hostile_data();
    void hostile();
    void hostileClockLeavesRoom();
    void changesInside();
    void bytesAsYjsWritesThem();
    void startingWithAState();
    void modifying();
};

void TestAwareness::publishing()
{
    Peer peer(7);
    QVERIFY(peer.awareness.localState() == nullptr);
    QVERIFY(peer.awareness.states().empty());
    peer.awareness.setLocalState(std::nullopt); // not there anyhow
    QVERIFY(peer.takeLog().isEmpty());
    peer.awareness.setLocalState(Any::object({{"name", "Ada"}}));
    QCOMPARE(peer.takeLog(), QStringList(u"+7"_s));
    QCOMPARE(peer.origin, u"local"_s);
    peer.awareness.setLocalState(Any::object({{"name", "Ada"}}));
    QCOMPARE(peer.takeLog(), QStringList(u"=7"_s));
    peer.awareness.setLocalState(Any::object({{"name", "Bob"}}));
    QCOMPARE(peer.takeLog(), QStringList(u"~7"_s));
    QCOMPARE(peer.awareness.meta().at(ClientId(7)).clock, std::uint64_t(3));
    peer.awareness.setLocalState(std::nullopt);
    QCOMPARE(peer.takeLog(), QStringList(u"-7"_s));
    QCOMPARE(peer.awareness.meta().at(ClientId(7)).clock, std::uint64_t(4));
    QVERIFY(peer.awareness.localState() == nullptr);
    peer.awareness.setLocalState(std::nullopt); // once more, as y-protocols does
    QCOMPARE(peer.takeLog(), QStringList(u"-7"_s));
    QCOMPARE(peer.awareness.meta().at(ClientId(7)).clock, std::uint64_t(5));
}

void TestAwareness::startingWithAState()
{
    Awareness awareness(ClientId(7), {}, Any::object());
    QVERIFY(awareness.localState() != nullptr);
    QCOMPARE(awareness.meta().at(ClientId(7)).clock, std::uint64_t(0));
    awareness.setLocalStateField("name", "Ada");
    QCOMPARE(hex(awareness.encodeUpdate()), hex(update({{7, 1, "{\"name\":\"Ada\"}"}})));
}

void TestAwareness::modifying()
{
    const Bytes message = update({{7, 3, "{\"name\":\"Ada\"}"}, {8, 4, "null"}});
    const auto modified = modifyAwarenessUpdate(message, [](Any state) {
        if (!state.isNull()) {
            state.set("checked", true);
        }
        return state;
    });
    QVERIFY(modified.has_value());
    QCOMPARE(hex(*modified),
        hex(update({{7, 3, "{\"name\":\"Ada\",\"checked\":true}"}, {8, 4, "null"}})));
    const auto keep = [](Any state) { return state; };
    QVERIFY(!modifyAwarenessUpdate(BytesView(message).first(5), keep).has_value());
}

void TestAwareness::fields()
{
    Peer peer(7);
    peer.awareness.setLocalStateField("cursor", 5);
    QVERIFY(peer.awareness.localState() == nullptr);
    peer.awareness.setLocalState(Any::object());
    peer.awareness.setLocalStateField("user", Any::object({{"name", "Ada"}}));
    peer.awareness.setLocalStateField("cursor", nullptr);
    QCOMPARE(peer.state(7), u"{\"user\":{\"name\":\"Ada\"},\"cursor\":null}"_s);
}

void TestAwareness::theFirstClockIsOne()
{
    // Peers take only clocks above 0, the one they assume of a client they never heard of.
    Peer a(1);
    Peer b(2);
    a.awareness.setLocalState(Any::object({{"x", 1}}));
    QVERIFY(a.awareness.meta().at(ClientId(1)).clock >= 1);
    b.hear(a);
    QCOMPARE(b.state(1), u"{\"x\":1}"_s);
}

void TestAwareness::hearing()
{
    Peer a(1);
    Peer b(2);
    a.awareness.setLocalState(Any::object({{"n", 1}}));
    b.hear(a);
    QCOMPARE(b.takeLog(), QStringList(u"+1"_s));
    QCOMPARE(b.origin, u"net"_s);
    b.hear(a); // the same again
    QVERIFY(b.takeLog().isEmpty());
    a.awareness.setLocalState(Any::object({{"n", 1}}));
    b.hear(a);
    QCOMPARE(b.takeLog(), QStringList(u"=1"_s));
    a.awareness.setLocalState(Any::object({{"n", 2}}));
    b.hear(a);
    QCOMPARE(b.takeLog(), QStringList(u"~1"_s));
    QCOMPARE(b.awareness.meta().at(ClientId(1)).lastUpdated, b.now);
}

void TestAwareness::clockRules_data()
{
    QTest::addColumn<bool>("known"); // with clock 5 and {"old":1}
    QTest::addColumn<quint64>("clock");
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("state");
    const QString old = u"{\"old\":1}"_s;
    const QString fresh = u"{\"new\":1}"_s;
    QTest::newRow("newer") << true << quint64(6) << QByteArray("{\"new\":1}") << fresh;
    QTest::newRow("much newer") << true << quint64(1) << QByteArray("{\"new\":1}") << old;
    QTest::newRow("same clock") << true << quint64(5) << QByteArray("{\"new\":1}") << old;
    QTest::newRow("same clock, left") << true << quint64(5) << QByteArray("null") << u"none"_s;
    QTest::newRow("older, left") << true << quint64(4) << QByteArray("null") << old;
    QTest::newRow("newer, left") << true << quint64(6) << QByteArray("null") << u"none"_s;
    QTest::newRow("unknown, clock 0")
        << false << quint64(0) << QByteArray("{\"new\":1}") << u"none"_s;
    QTest::newRow("unknown, clock 1") << false << quint64(1) << QByteArray("{\"new\":1}") << fresh;
    QTest::newRow("unknown, left") << false << quint64(1) << QByteArray("null") << u"none"_s;
    QTest::newRow("not an object") << true << quint64(6) << QByteArray("17") << u"17"_s;
}

void TestAwareness::clockRules()
{
    QFETCH(bool, known);
    QFETCH(quint64, clock);
    QFETCH(QByteArray, json);
    QFETCH(QString, state);
    Peer peer(1);
    if (known) {
        QVERIFY(peer.awareness.applyUpdate(update({{9, 5, "{\"old\":1}"}})).has_value());
    }
    QVERIFY(peer.awareness.applyUpdate(update({{9, clock, json.constData()}})).has_value());
    QCOMPARE(peer.state(9), state);
}

void TestAwareness::leavingAndComingBack()
{
    Peer a(1);
    Peer b(2);
    a.awareness.setLocalState(Any::object());
    b.hear(a);
    a.awareness.setLocalState(std::nullopt);
    const ClientId own[] = {ClientId(1)};
    const Bytes goodbye = a.awareness.encodeUpdate(own);
    QVERIFY(b.awareness.applyUpdate(goodbye).has_value());
    QCOMPARE(b.takeLog(), (QStringList{u"+1"_s, u"-1"_s}));
    QVERIFY(b.awareness.applyUpdate(goodbye).has_value());
    QVERIFY(b.takeLog().isEmpty());
    a.awareness.setLocalState(Any::object({{"again", true}}));
    b.hear(a);
    QCOMPARE(b.takeLog(), QStringList(u"~1"_s)); // it was heard of before
    QCOMPARE(b.state(1), u"{\"again\":true}"_s);
}

void TestAwareness::saidToHaveLeft()
{
    // A server that lost the connection says this client left. It is here: it outbids that.
    Peer peer(1);
    peer.awareness.setLocalState(Any::object({{"here", true}}));
    static_cast<void>(peer.takeLog());
    QVERIFY(peer.awareness.applyUpdate(update({{1, 8, "null"}})).has_value());
    QCOMPARE(peer.state(1), u"{\"here\":true}"_s);
    QVERIFY(peer.awareness.meta().at(ClientId(1)).clock == 9);
    QCOMPARE(peer.takeLog(), QStringList(u"-1"_s)); // so that peers are told again
    Peer other(2);
    QVERIFY(other.awareness.applyUpdate(update({{1, 8, "null"}})).has_value());
    other.hear(peer);
    QCOMPARE(other.state(1), u"{\"here\":true}"_s);
}

void TestAwareness::renewal()
{
    Peer a(1);
    Peer b(2);
    a.awareness.setLocalState(Any::object({{"n", 1}}));
    b.hear(a);
    static_cast<void>(a.takeLog());
    static_cast<void>(b.takeLog());
    a.now += 14'999ms;
    a.awareness.tick();
    QVERIFY(a.takeLog().isEmpty());
    a.now += 1ms;
    a.awareness.tick();
    QCOMPARE(a.takeLog(), QStringList(u"=1"_s));
    QCOMPARE(a.awareness.meta().at(ClientId(1)).clock, std::uint64_t(2));
    a.awareness.tick(); // not twice
    QVERIFY(a.takeLog().isEmpty());
    // The renewal is what keeps a client alive for the others.
    b.now += 20'000ms;
    b.hear(a);
    b.now += 20'000ms;
    b.awareness.tick();
    QCOMPARE(b.takeLog(), QStringList(u"=1"_s));
    QCOMPARE(b.state(1), u"{\"n\":1}"_s);
    // Whoever shows nothing renews nothing.
    a.awareness.setLocalState(std::nullopt);
    static_cast<void>(a.takeLog());
    a.now += 60'000ms;
    a.awareness.tick();
    QVERIFY(a.takeLog().isEmpty());
}

void TestAwareness::silence()
{
    Peer a(1);
    Peer b(2);
    Peer c(3);
    a.awareness.setLocalState(Any::object());
    c.awareness.setLocalState(Any::object());
    b.awareness.setLocalState(Any::object());
    b.hear(a);
    b.now += 10'000ms;
    b.hear(c);
    static_cast<void>(b.takeLog());
    b.now += 19'999ms;
    b.awareness.tick();
    QCOMPARE(b.takeLog(), QStringList(u"=2"_s));
    b.now += 1ms;
    b.awareness.tick();
    QCOMPARE(b.takeLog(), QStringList(u"-1"_s));
    QCOMPARE(b.origin, u"timeout"_s);
    b.now += 10'000ms;
    b.awareness.tick();
    QCOMPARE(b.takeLog(), (QStringList{u"-3"_s}));
    QVERIFY(b.awareness.localState() != nullptr);
    // The clock of the silent is remembered: an echo of old news does not bring them back.
    b.hear(a);
    QCOMPARE(b.state(1), u"none"_s);
    a.awareness.setLocalState(Any::object());
    b.hear(a);
    QCOMPARE(b.state(1), u"{}"_s);
}

void TestAwareness::removing()
{
    Peer a(1);
    Peer b(2);
    a.awareness.setLocalState(Any::object());
    b.awareness.setLocalState(Any::object());
    b.hear(a);
    static_cast<void>(b.takeLog());
    const ClientId all[] = {ClientId(1), ClientId(2), ClientId(3)};
    const std::uint64_t clock = b.awareness.meta().at(ClientId(2)).clock;
    b.awareness.removeStates(all, Origin("closing"));
    QCOMPARE(b.takeLog(), (QStringList{u"-1"_s, u"-2"_s}));
    QCOMPARE(b.origin, u"closing"_s);
    QVERIFY(b.awareness.states().empty());
    QCOMPARE(b.awareness.meta().at(ClientId(2)).clock, clock + 1);
    QCOMPARE(b.awareness.meta().at(ClientId(1)).clock, std::uint64_t(1));
    b.awareness.removeStates(all);
    QVERIFY(b.takeLog().isEmpty());
}

void TestAwareness::newClientId()
{
    Peer a(1);
    Peer b(2);
    a.awareness.setLocalState(Any::object({{"n", 1}}));
    b.hear(a);
    a.awareness.setClientId(ClientId(1));
    static_cast<void>(a.takeLog());
    a.awareness.setClientId(ClientId(11));
    QCOMPARE(a.takeLog(), (QStringList{u"-1"_s, u"+11"_s}));
    const ClientId both[] = {ClientId(1), ClientId(11)};
    QVERIFY(b.awareness.applyUpdate(a.awareness.encodeUpdate(both)).has_value());
    QCOMPARE(b.state(1), u"none"_s);
    QCOMPARE(b.state(11), u"{\"n\":1}"_s);
}

void TestAwareness::encodingSome()
{
    Peer a(1);
    a.awareness.setLocalState(Any::object());
    QVERIFY(a.awareness.applyUpdate(update({{5, 2, "{}"}, {6, 2, "{}"}})).has_value());
    QVERIFY(a.awareness.applyUpdate(update({{6, 3, "null"}})).has_value());
    const ClientId some[] = {ClientId(6), ClientId(77), ClientId(1)};
    QCOMPARE(hex(a.awareness.encodeUpdate(some)), hex(update({{6, 3, "null"}, {1, 1, "{}"}})));
    QCOMPARE(hex(a.awareness.encodeUpdate()), hex(update({{1, 1, "{}"}, {5, 2, "{}"}})));
    QCOMPARE(hex(Awareness(ClientId(3)).encodeUpdate()), QByteArray("00"));
}

void TestAwareness::hostile_data()
{
    QTest::addColumn<QByteArray>("digits");
    QTest::newRow("nothing") << QByteArray("");
    QTest::newRow("2^53 clients") << QByteArray("ffffffffffffff0f");
    QTest::newRow("cut behind the client") << QByteArray("0105");
    QTest::newRow("cut behind the clock") << QByteArray("010502");
    QTest::newRow("cut string") << QByteArray("010502027b");
    QTest::newRow("string of 2^53") << QByteArray("010502ffffffffffffff0f7b7d");
    QTest::newRow("no JSON") << QByteArray("010502027b7b");
    QTest::newRow("empty JSON") << QByteArray("01050200");
    QTest::newRow("undefined") << QByteArray("01050209756e646566696e6564");
    QTest::newRow("no UTF-8") << QByteArray("0105020322ff22");
    QTest::newRow("second entry broken") << QByteArray("020502027b7d0602017b");
    QTest::newRow("client beyond 2^53") << QByteArray("01ffffffffffffff7f01027b7d");
    QTest::newRow("clock beyond 2^53") << QByteArray("0105ffffffffffffff7f027b7d");
    QTest::newRow("deep") << "010502" + QByteArray("c09a0c") + QByteArray("5b").repeated(200'000);
}

void TestAwareness::hostile()
{
    QFETCH(QByteArray, digits);
    Peer peer(1);
    peer.awareness.setLocalState(Any::object());
    QVERIFY(peer.awareness.applyUpdate(update({{9, 1, "{}"}})).has_value());
    static_cast<void>(peer.takeLog());
    const Bytes before = peer.awareness.encodeUpdate();
    const auto result = peer.awareness.applyUpdate(fromHex(digits));
    QVERIFY(!result.has_value());
    QVERIFY(!result.error().message.empty());
    QCOMPARE(hex(peer.awareness.encodeUpdate()), hex(before));
    QCOMPARE(peer.awareness.meta().size(), std::size_t(2));
    QVERIFY(peer.takeLog().isEmpty());
}

void TestAwareness::hostileClockLeavesRoom()
{
    // Whatever clock somebody claims for this client, its next state is one that peers can read.
    constexpr std::uint64_t kMaxSafe = (std::uint64_t{1} << 53) - 1;
    for (const char* json : {"null", "{}"}) {
        for (const std::uint64_t clock : {kMaxSafe, kMaxSafe - 1, kMaxSafe - 2}) {
            Peer peer(1);
            peer.awareness.setLocalState(Any::object());
            static_cast<void>(peer.awareness.applyUpdate(update({{1, clock, json}})));
            peer.awareness.setLocalState(Any::object({{"n", 2}}));
            Peer other(2);
            QVERIFY(other.awareness.applyUpdate(peer.awareness.encodeUpdate()).has_value());
            QCOMPARE(other.state(1), u"{\"n\":2}"_s);
        }
    }
}

void TestAwareness::changesInside()
{
    Peer peer(1);
    int calls = 0;
    const auto echo = peer.awareness.observe([&](const Awareness::Change& change) {
        if (++calls < 4 && !change.added.empty()) {
            peer.awareness.setLocalState(Any::object({{"calls", calls}}));
        }
    });
    QVERIFY(peer.awareness.applyUpdate(update({{9, 1, "{}"}})).has_value());
    QCOMPARE(peer.state(1), u"{\"calls\":2}"_s);
}

void TestAwareness::bytesAsYjsWritesThem()
{
    Peer peer(0xFFFFFFFF);
    peer.awareness.setLocalState(
        Any::object({{"user", Any::object({{"name", "Zoë \"Z\""}, {"color", "#30bced"}})},
            {"cursor", nullptr}}));
    const QByteArray json =
        "{\"user\":{\"name\":\"Zo\xC3\xAB \\\"Z\\\"\",\"color\":\"#30bced\"},\"cursor\":null}";
    QCOMPARE(hex(peer.awareness.encodeUpdate()),
        QByteArray("01ffffffff0f01") + QByteArray::number(json.size(), 16) + json.toHex());
}

QTEST_APPLESS_MAIN(TestAwareness)
#include "tst_awareness.moc"
