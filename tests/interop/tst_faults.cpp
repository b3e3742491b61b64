// SPDX-License-Identifier: MIT
// Three Tutti peers and one Yjs peer in Node, each behind a network of its own that goes wrong in
// every way it can: after every healing all four hold the same text, and every keystroke of each
// is in it exactly once. TUTTI_SEED makes a run again,
// TUTTI_ROUNDS a longer one.
#include "crdt/doc.h"
#include "crdt/text.h"
#include "fault_proxy.h"
#include "net/provider.h"
#include "net/server/server.h"
#include "net/websocket_channel.h"
#include "node_peer.h"

#include <QTest>

#include <array>
#include <map>
#include <numeric>
#include <random>

// The QTRY_ macros of Qt 6.8 convert inside.
#pragma GCC diagnostic ignored "-Wconversion"

using namespace tutti;
using namespace tutti::net::test;
using namespace std::chrono_literals;
using Fault = FaultProxy::Fault;
using State = net::ProviderStatus::State;

namespace {

constexpr int kPatience = 30'000; ///< ms; a Node client comes back after up to 2.5 s
const QString kRoom = QStringLiteral("faults");

/// Every keystroke is a character of its own, so that it can be counted.
QString keystroke(std::size_t peer, int number)
{
    constexpr int kFirst = 0x4E00;
    constexpr int kEach = 4'000;
    return QString(QChar(kFirst + static_cast<int>(peer) * kEach + number));
}

struct Tutti
{
    Tutti(const QString& url)
        : text(doc.get<crdt::Text>("codemirror"))
        , provider(doc, channelTo(url))
    {
        provider.start();
    }
    static std::unique_ptr<net::WebSocketChannel> channelTo(const QString& url)
    {
        net::WebSocketChannel::Options options;
        options.pingAfter = 200ms; // so that a dead link does not take the test 5 s
        options.pongTimeout = 800ms;
        return std::make_unique<net::WebSocketChannel>(
            *net::RoomAddress::parse(url + u'/' + kRoom), options);
    }
    [[nodiscard]] QString shown() const { return QString::fromStdU16String(text.toString()); }

    crdt::Doc doc;
    crdt::Text text;
    net::Provider provider;
};

} // namespace

class TestFaults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyKeystrokeOnce();
};

void TestFaults::everyKeystrokeOnce()
{
    constexpr std::size_t kTuttis = 3;
    constexpr std::size_t kPeers = kTuttis + 1;
    bool isGiven = false;
    std::uint64_t seed = qEnvironmentVariable("TUTTI_SEED").toULongLong(&isGiven);
    seed = isGiven ? seed : std::random_device()();
    const int rounds = qEnvironmentVariableIntValue("TUTTI_ROUNDS") > 0
        ? qEnvironmentVariableIntValue("TUTTI_ROUNDS")
        : 3;
    qInfo("TUTTI_SEED=%llu", static_cast<unsigned long long>(seed));
    std::mt19937_64 random(seed);
    const auto below = [&random](auto limit) {
        return std::uniform_int_distribution<decltype(limit)>(0, limit - 1)(random);
    };

    net::Server::Options options;
    options.pingEvery = 1s;
    net::Server server(options);
    QVERIFY(server.listen(QHostAddress::LocalHost, 0));
    std::vector<std::unique_ptr<FaultProxy>> proxies;
    for (std::size_t i = 0; i < kPeers; ++i) {
        proxies.push_back(std::make_unique<FaultProxy>(server.port(), random()));
    }
    std::vector<std::unique_ptr<Tutti>> tuttis;
    for (std::size_t i = 0; i < kTuttis; ++i) {
        tuttis.push_back(std::make_unique<Tutti>(proxies[i]->url()));
    }
    NodePeer node(proxies[kTuttis]->url(), kRoom);
    std::array<int, kPeers> typed{};
    const auto type = [&](std::size_t peer) {
        const QString key = keystroke(peer, typed[peer]++);
        if (peer == kTuttis) {
            node.append(key);
            return;
        }
        const std::uint32_t length = tuttis[peer]->text.length().value();
        const auto at = below(length + 1);
        tuttis[peer]->text.insert(crdt::Offset(at), key.toStdU16String());
    };
    std::map<Fault, int> met;

    for (int round = 0; round < rounds; ++round) {
        for (int part = 0; part < 2; ++part) {
            for (const auto& proxy : proxies) {
                const auto fault = static_cast<Fault>(below(FaultProxy::kFaults));
                proxy->setFault(fault);
                ++met[fault];
            }
            for (int keys = 20 + below(40); keys > 0; --keys) {
                type(below(kPeers));
                // Typing takes time, in which the network goes on going wrong.
                QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
                QTest::qWait(below(8));
            }
        }
        for (std::size_t i = 0; i < kPeers; ++i) {
            proxies[i]->heal(i == kTuttis);
        }
        const QString where = QStringLiteral("seed %1, round %2").arg(seed).arg(round);
        const int all = std::accumulate(typed.begin(), typed.end(), 0);
        const auto isWhole = [&](const QString& text) { return text.size() == all; };
        QVERIFY2(QTest::qWaitFor(
                     [&] {
                         return std::ranges::all_of(tuttis, [&](const auto& tutti) {
                             return tutti->provider.status().state == State::Synced
                                 && isWhole(tutti->shown());
                         });
                     },
                     kPatience),
            qPrintable(where + QStringLiteral(": not all synced with %1 characters").arg(all)));
        QVERIFY2(QTest::qWaitFor([&] { return isWhole(node.text()); }, kPatience),
            qPrintable(where + QStringLiteral(": the Yjs peer lacks some")));
        const QString text = tuttis[0]->shown();
        for (const auto& tutti : tuttis) {
            QVERIFY2(tutti->shown() == text, qPrintable(where));
        }
        QVERIFY2(node.text() == text, qPrintable(where));
        for (std::size_t peer = 0; peer < kPeers; ++peer) {
            for (int i = 0; i < typed[peer]; ++i) {
                QVERIFY2(text.count(keystroke(peer, i)) == 1, qPrintable(where));
            }
        }
    }
    int cuts = 0;
    for (const auto& proxy : proxies) {
        cuts += proxy->cuts();
    }
    qInfo("%d rounds, %d keystrokes, %d connections cut; faults: %d delay, %d throttle, %d cut, %d "
          "half-open, %d late",
        rounds, std::accumulate(typed.begin(), typed.end(), 0), cuts, met[Fault::Delay],
        met[Fault::Throttle], met[Fault::Cut], met[Fault::HalfOpen], met[Fault::Late]);
}

QTEST_GUILESS_MAIN(TestFaults)
#include "tst_faults.moc"
