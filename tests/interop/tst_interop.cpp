// SPDX-License-Identifier: MIT
// Tutti among real Yjs programs: Debian's y-websocket server and Yjs editors in Node.
#include "crdt/doc.h"
#include "crdt/sticky_index.h"
#include "crdt/text.h"
#include "net/provider.h"
#include "net/server/server.h"
#include "net/websocket_channel.h"
#include "node_peer.h"

#include <QTest>

#include <random>

// The QTRY_ macros of Qt 6.8 convert inside.
#pragma GCC diagnostic ignored "-Wconversion"

using namespace tutti;
using namespace tutti::net::test;
using State = net::ProviderStatus::State;

namespace {

constexpr int kPatience = 20'000; ///< ms; a Node client comes back after up to 2.5 s

/// Tutti's side: a Doc and a Provider on a WebSocket.
struct Tutti
{
    Tutti(const QString& url, const QString& room)
        : text(doc.get<crdt::Text>("codemirror"))
        , provider(doc,
              std::make_unique<net::WebSocketChannel>(*net::RoomAddress::parse(url + u'/' + room)))
    {
        provider.start();
    }
    [[nodiscard]] QString shown() const { return QString::fromStdU16String(text.toString()); }
    [[nodiscard]] State state() const { return provider.status().state; }
    void insert(int at, const QString& added)
    {
        text.insert(crdt::Offset(static_cast<std::uint32_t>(at)), added.toStdU16String());
    }
    void append(const QString& added) { text.insert(text.length(), added.toStdU16String()); }
    void erase(int at, int count)
    {
        text.erase(crdt::Offset(static_cast<std::uint32_t>(at)),
            crdt::Offset(static_cast<std::uint32_t>(count)));
    }
    void present(const char* name, std::uint32_t anchor, std::uint32_t head)
    {
        const auto at = [this](std::uint32_t offset) {
            return crdt::StickyIndex::at(text, crdt::Offset(offset)).toJson();
        };
        provider.awareness().setLocalState(crdt::Any::object(
            {{"user",
                 crdt::Any::object(
                     {{"name", name}, {"color", "#e32631"}, {"colorLight", "#e3263133"}})},
                {"cursor", crdt::Any::object({{"anchor", at(anchor)}, {"head", at(head)}})}}));
    }
    /// The cursor of the peer with that name, as offsets; -1 where there is none.
    [[nodiscard]] std::pair<int, int> cursorOf(const std::string& wanted) const
    {
        for (const auto& [client, state] : provider.awareness().states()) {
            const crdt::Any* user = state.find("user");
            const crdt::Any* name = user ? user->find("name") : nullptr;
            const crdt::Any* cursor = state.find("cursor");
            if (!name || !name->stringIf() || *name->stringIf() != wanted || !cursor) {
                continue;
            }
            const auto offset = [this, cursor](const char* end) {
                const crdt::Any* json = cursor->find(end);
                const auto index = json ? crdt::StickyIndex::fromJson(*json)
                                        : crdt::fail(crdt::ErrorCode::Malformed, "no such end");
                const auto at = index ? index->offsetIn(text) : std::nullopt;
                return at ? static_cast<int>(at->value()) : -1;
            };
            return {offset("anchor"), offset("head")};
        }
        return {-1, -1};
    }

    crdt::Doc doc;
    crdt::Text text;
    net::Provider provider;
};

QStringList sortedWords(const QString& text)
{
    QStringList words = text.split(u' ', Qt::SkipEmptyParts);
    words.sort();
    return words;
}

} // namespace

class TestInterop : public QObject
{
    Q_OBJECT

private:
    NodeServer m_server;

private Q_SLOTS:
    void init()
    {
        if (!m_server.isRunning()) {
            QVERIFY2(
                m_server.start(), "y-websocket-server does not start (package node-y-websocket)");
        }
    }

    void textBothWays()
    {
        Tutti tutti(m_server.url(), QStringLiteral("text"));
        NodePeer peer(m_server.url(), QStringLiteral("text"));
        QTRY_VERIFY_WITH_TIMEOUT(peer.isSynced(), kPatience);
        QTRY_COMPARE(tutti.state(), State::Synced);

        tutti.append(QStringLiteral("from Tutti. "));
        QTRY_COMPARE(peer.text(), QStringLiteral("from Tutti. "));
        QTRY_COMPARE(tutti.state(), State::Synced);
        peer.append(QString::fromUtf8("from Yjs 🙂👩‍👩‍👧. "));
        QTRY_COMPARE(
            tutti.shown(), QString::fromUtf8("from Tutti. from Yjs 🙂👩‍👩‍👧. "));
        tutti.insert(21, QString::fromUtf8("ä🙃"));
        tutti.erase(0, 5);
        QTRY_COMPARE(peer.text(), tutti.shown());
        peer.erase(0, 7);
        peer.insert(0, QString::fromUtf8("日本 "));
        QTRY_COMPARE(tutti.shown(), peer.text());
        QVERIFY(tutti.shown().startsWith(QString::fromUtf8("日本 from Yjs")));
        QTRY_COMPARE(tutti.state(), State::Synced);

        Tutti late(m_server.url(), QStringLiteral("text"));
        QTRY_COMPARE(late.state(), State::Synced);
        QCOMPARE(late.shown(), tutti.shown());
    }

    void manyEditsAtOnce()
    {
        const QByteArray wanted = qgetenv("TUTTI_SEED");
        const auto seed = wanted.isEmpty() ? std::random_device{}() : wanted.toUInt();
        qInfo("TUTTI_SEED=%u", seed);
        std::mt19937 random(seed);
        const auto upTo = [&random](qsizetype most) {
            return static_cast<int>(random() % static_cast<std::size_t>(most + 1));
        };
        const QStringList pieces{QStringLiteral("a"), QStringLiteral("bcd "), QStringLiteral("\n"),
            QString::fromUtf8("ß"), QString::fromUtf8("🙂")};
        Tutti tutti(m_server.url(), QStringLiteral("many"));
        NodePeer peer(m_server.url(), QStringLiteral("many"));
        QTRY_VERIFY_WITH_TIMEOUT(peer.isSynced(), kPatience);
        for (int round = 0; round < 150; ++round) {
            const QString piece = pieces.at(upTo(pieces.size() - 1));
            const bool erases = upTo(3) == 0;
            if (upTo(1) == 0) {
                const int length = static_cast<int>(tutti.shown().size());
                erases ? tutti.erase(upTo(length), upTo(3)) : tutti.insert(upTo(length), piece);
            } else {
                // Yjs does as it is told even inside a surrogate pair, so tell it where it is safe.
                const QString text = peer.text();
                int at = upTo(text.size());
                at -= at > 0 && at < text.size() && text.at(at).isLowSurrogate() ? 1 : 0;
                if (!erases) {
                    peer.insert(at, piece);
                } else if (at < text.size() && !text.at(at).isHighSurrogate()) {
                    peer.erase(at, 1);
                }
            }
        }
        QTRY_COMPARE_WITH_TIMEOUT(tutti.shown(), peer.text(), kPatience);
        QTRY_COMPARE(tutti.state(), State::Synced);
        QVERIFY(!peer.ask("look")[QStringLiteral("pending")].toBool());
        QVERIFY(!tutti.doc.hasPending());
    }

    void awarenessBothWays()
    {
        Tutti tutti(m_server.url(), QStringLiteral("presence"));
        NodePeer peer(m_server.url(), QStringLiteral("presence"));
        QTRY_VERIFY_WITH_TIMEOUT(peer.isSynced(), kPatience);
        tutti.append(QString::fromUtf8("one 🙂 three"));
        QTRY_COMPARE(peer.text(), tutti.shown());

        tutti.present("Ada", 4, 12);
        QTRY_COMPARE(peer.peers().size(), 1);
        QJsonObject seen = peer.peers()[0].toObject();
        QCOMPARE(seen[QStringLiteral("client")].toInteger(), qint64(tutti.doc.clientId().value()));
        QCOMPARE(seen[QStringLiteral("name")].toString(), QStringLiteral("Ada"));
        QCOMPARE(seen[QStringLiteral("anchor")].toInt(), 4);
        QCOMPARE(seen[QStringLiteral("head")].toInt(), 12); // the end, which has no unit to name

        peer.present(QStringLiteral("Bob"), 6, 12);
        QTRY_COMPARE(tutti.cursorOf("Bob"), std::pair(6, 12));
        tutti.insert(0, QStringLiteral("zero ")); // cursors move with the text
        QCOMPARE(tutti.cursorOf("Bob"), std::pair(11, 17));
        QTRY_COMPARE(peer.peers()[0][QStringLiteral("anchor")].toInt(), 9);

        peer.ask("absent");
        QTRY_COMPARE(tutti.cursorOf("Bob"), std::pair(-1, -1));
        peer.present(QStringLiteral("Bob"), 0, 0);
        QTRY_COMPARE(tutti.cursorOf("Bob"), std::pair(0, 0));
        tutti.provider.stop();
        QTRY_COMPARE(peer.peers().size(), 0);
        tutti.provider.start(); // and back at once, not only with the next renewal
        QTRY_COMPARE(peer.peers().size(), 1);
    }

    void serverKilledMidEdit()
    {
        Tutti tutti(m_server.url(), QStringLiteral("crash"));
        NodePeer peer(m_server.url(), QStringLiteral("crash"));
        QTRY_VERIFY_WITH_TIMEOUT(peer.isSynced(), kPatience);
        QTRY_COMPARE(tutti.state(), State::Synced);
        QStringList written;
        const auto write = [&](int round, int part) {
            const QString mine = QStringLiteral("t%1-%2").arg(round).arg(part);
            const QString theirs = QStringLiteral("y%1-%2").arg(round).arg(part);
            // With a blank on both sides, since in an empty text either may come first.
            tutti.insert(0, u' ' + mine + u' ');
            peer.append(u' ' + theirs + u' ');
            written << mine << theirs;
        };
        for (int round = 1; round <= 3; ++round) {
            write(round, 1);
            tutti.insert(0, QStringLiteral(" on-its-way%1 ").arg(round));
            written << QStringLiteral("on-its-way%1").arg(round);
            m_server.kill(); // what was on its way may have arrived or not
            QTRY_COMPARE(tutti.state(), State::Offline);
            write(round, 2);
            QVERIFY(tutti.provider.status().pendingChanges > 0);
            QVERIFY(!tutti.provider.status().isConnected());
            QVERIFY(m_server.start()); // without a memory: it has no store
            write(round, 3);
            tutti.provider.retryNow();
            QTRY_COMPARE_WITH_TIMEOUT(tutti.state(), State::Synced, kPatience);
            QTRY_VERIFY_WITH_TIMEOUT(peer.isSynced(), kPatience);
            QTRY_COMPARE_WITH_TIMEOUT(tutti.shown(), peer.text(), kPatience);
            written.sort();
            QCOMPARE(sortedWords(tutti.shown()), written); // nothing lost, nothing doubled
        }
        Tutti late(m_server.url(), QStringLiteral("crash"));
        QTRY_COMPARE(late.state(), State::Synced);
        QCOMPARE(late.shown(), tutti.shown());
    }

    void aRoomOfOtherTypesSurvivesUs()
    {
        QJsonObject before;
        Tutti tutti(m_server.url(), QStringLiteral("rich"));
        {
            NodePeer peer(m_server.url(), QStringLiteral("rich"));
            QTRY_VERIFY_WITH_TIMEOUT(peer.isSynced(), kPatience);
            peer.ask("furnish");
            peer.append(QStringLiteral("and a text"));
            before = peer.ask("furniture");
            QTRY_COMPARE(tutti.shown(), QStringLiteral("and a text"));
        }
        before.remove(QStringLiteral("id"));
        QVERIFY(
            before[QStringLiteral("xml")].toString().contains(QStringLiteral("in a paragraph")));

        // The server forgets it all; what comes back is what we kept.
        m_server.kill();
        QTRY_COMPARE(tutti.state(), State::Offline);
        tutti.append(QStringLiteral(", continued"));
        QVERIFY(m_server.start());
        tutti.provider.retryNow();
        QTRY_COMPARE_WITH_TIMEOUT(tutti.state(), State::Synced, kPatience);
        NodePeer next(m_server.url(), QStringLiteral("rich"));
        QTRY_VERIFY_WITH_TIMEOUT(next.isSynced(), kPatience);
        QTRY_COMPARE(next.text(), QStringLiteral("and a text, continued"));
        QJsonObject after = next.ask("furniture");
        after.remove(QStringLiteral("id"));
        QCOMPARE(after, before);
    }

    void tuttictlOnANodeServer()
    {
        NodePeer peer(m_server.url(), QStringLiteral("ctl"));
        QTRY_VERIFY_WITH_TIMEOUT(peer.isSynced(), kPatience);
        const QString room = m_server.url() + QStringLiteral("/ctl");
        QProcess put;
        put.start(QStringLiteral(TUTTICTL), {QStringLiteral("put"), room, QStringLiteral("-")});
        put.write(QString::fromUtf8("put 🙂\n").toUtf8());
        put.closeWriteChannel();
        QTRY_COMPARE_WITH_TIMEOUT(put.state(), QProcess::NotRunning, kPatience);
        QCOMPARE(put.exitCode(), 0);
        QTRY_COMPARE(peer.text(), QString::fromUtf8("put 🙂\n"));
        QCOMPARE(peer.peers().size(), 0);
        peer.append(QStringLiteral("more\n"));
        QProcess cat;
        QByteArray out;
        QTRY_VERIFY_WITH_TIMEOUT(
            [&] {
                cat.start(QStringLiteral(TUTTICTL), {QStringLiteral("cat"), room});
                cat.waitForFinished();
                out = cat.readAllStandardOutput();
                return out.endsWith("more\n");
            }(),
            kPatience);
        QCOMPARE(QString::fromUtf8(out), QString::fromUtf8("put 🙂\nmore\n"));
    }

    void ourServerForNodePeers()
    {
        net::Server server;
        QVERIFY(server.listen(QHostAddress::LocalHost, 0));
        crdt::Doc hostDoc;
        net::Provider host(hostDoc, server.attach(QStringLiteral("/our%20room")));
        host.start();
        auto ada = std::make_unique<NodePeer>(server.url(), QStringLiteral("our room"));
        NodePeer bob(server.url(), QStringLiteral("our room"));
        QTRY_VERIFY_WITH_TIMEOUT(ada->isSynced() && bob.isSynced(), kPatience);
        QCOMPARE(server.roomCount(), 1);

        ada->append(QString::fromUtf8("Ada 🙂 "));
        bob.insert(0, QStringLiteral("Bob "));
        hostDoc.get<crdt::Text>("codemirror").insert(crdt::Offset(0), u"Host ");
        const auto hosts = [&hostDoc] {
            return QString::fromStdU16String(hostDoc.get<crdt::Text>("codemirror").toString());
        };
        QTRY_COMPARE(hosts().size(), 16);
        QTRY_COMPARE(ada->text(), hosts());
        QTRY_COMPARE(bob.text(), hosts());
        bob.erase(0, 3);
        QTRY_COMPARE(ada->text(), hosts());

        ada->present(QStringLiteral("Ada"), 0, 3);
        QTRY_COMPARE(bob.peers().size(), 1);
        QCOMPARE(bob.peers()[0][QStringLiteral("name")].toString(), QStringLiteral("Ada"));
        QTRY_VERIFY(host.status().peers >= 1);
        ada->ask("absent");
        QTRY_COMPARE(bob.peers().size(), 0);
        ada->present(QStringLiteral("Ada"), 1, 1);
        QTRY_COMPARE(bob.peers().size(), 1);
        ada->kill(); // gone without a word, after null and back: no ghost stays
        QTRY_COMPARE(bob.peers().size(), 0);

        bob.ask("cut"); // a line that breaks comes back, and brings what was written meanwhile
        bob.append(QStringLiteral("offline"));
        QTRY_VERIFY_WITH_TIMEOUT(hosts().endsWith(QStringLiteral("offline")), kPatience);
        QTRY_COMPARE(bob.text(), hosts());
    }
};

QTEST_GUILESS_MAIN(TestInterop)
#include "tst_interop.moc"
