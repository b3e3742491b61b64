// SPDX-License-Identifier: MIT
#include "harness.h"
#include "net/provider.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include <random>

// The QTRY_ macros of Qt 6.8 convert inside.
#pragma GCC diagnostic ignored "-Wconversion"

using namespace std::chrono_literals;
using namespace tutti;
using namespace tutti::net::test;
using net::CloseInfo;
using net::MemoryChannel;
using net::Provider;
using net::ReconnectPolicy;
using State = net::ProviderStatus::State;

namespace {

struct Line
{
    explicit Line(Provider::Options options)
        : doc(makeDoc(1'001))
    {
        auto [near, distant] =
            MemoryChannel::makePair(QStringLiteral("/room"), QStringLiteral("host:1"));
        far = std::make_unique<FarServer>(std::move(distant));
        provider = std::make_unique<Provider>(doc, std::move(near), std::move(options));
    }
    [[nodiscard]] State state() const { return provider->status().state; }

    crdt::Doc doc;
    std::unique_ptr<FarServer> far;
    std::unique_ptr<Provider> provider;
};

/// A Provider that comes back after so long, doubled each time.
Provider::Options backAfter(std::chrono::milliseconds first)
{
    Provider::Options options;
    options.policy = ReconnectPolicy({first, 1h}, [] { return 0.999'999; });
    return options;
}

void expectLossWarnings()
{
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("^\"?/room")));
}

} // namespace

class TestProviderLoss : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void editingGoesOnAndMerges()
    {
        Line line(backAfter(20ms));
        line.provider->start();
        QTRY_COMPARE(line.state(), State::Synced);
        insert(line.doc, 0, u"common");
        QTRY_COMPARE(textOf(line.far->doc), QStringLiteral("common"));
        QTRY_COMPARE(line.state(), State::Synced);
        QVERIFY(!line.provider->status().merged);

        QSignalSpy errors(line.provider.get(), &Provider::errorOccurred);
        QSignalSpy synced(line.provider.get(), &Provider::synced);
        expectLossWarnings();
        line.far->channel->close(CloseInfo::kGoingAway, QStringLiteral("restarting"));
        QTRY_COMPARE(line.state(), State::Offline);
        QCOMPARE(errors.size(), 1);
        QCOMPARE(line.provider->status().reason, QStringLiteral("restarting"));
        QCOMPARE(line.provider->status().host, QStringLiteral("host:1"));
        QVERIFY(line.provider->status().nextTry > 0ms && line.provider->status().nextTry <= 20ms);

        insert(line.doc, 0, u"mine ");
        insert(line.doc, 0, u"more of ");
        QCOMPARE(line.provider->status().pendingChanges, 2);
        insert(line.far->doc, 6, u" theirs");
        QCOMPARE(line.state(), State::Offline);

        QTRY_COMPARE(line.state(), State::Synced);
        QCOMPARE(textOf(line.doc), QStringLiteral("more of mine common theirs"));
        QCOMPARE(textOf(line.far->doc), textOf(line.doc));
        QCOMPARE(synced.size(), 1);
        QVERIFY(line.provider->status().merged);
        QCOMPARE(line.provider->status().merged->mine, 2);
        QCOMPARE(line.provider->status().merged->others, 1);
        QVERIFY(line.provider->status().reason.isEmpty());

        insert(line.doc, 0, u"x"); // from here on it is old news
        QVERIFY(!line.provider->status().merged);
    }

    void theServerForgotEverything()
    {
        // As a Node server without persistence does when it is restarted.
        Line line(backAfter(1ms));
        line.provider->start();
        insert(line.doc, 0, u"kept here");
        erase(line.doc, 0, 1);
        QTRY_COMPARE(line.state(), State::Synced);
        line.far->subscription.reset();
        line.far->doc = makeDoc(9'998);
        expectLossWarnings();
        line.far->channel->close(CloseInfo::kAbnormal);
        QTRY_COMPARE(line.far->openings, 2);
        QTRY_COMPARE(line.state(), State::Synced);
        QCOMPARE(textOf(line.far->doc), QStringLiteral("ept here"));
    }

    void whatAServerDropsIsNeverSynced_data()
    {
        QTest::addColumn<bool>("insertion");
        QTest::addColumn<bool>("deletion");
        QTest::newRow("insertion") << true << false;
        QTest::newRow("deletion") << false << true;
        QTest::newRow("both") << true << true;
    }

    void whatAServerDropsIsNeverSynced()
    {
        QFETCH(bool, insertion);
        QFETCH(bool, deletion);
        Provider::Options options = backAfter(1ms);
        options.confirmAfter = 1ms;
        Line line(options);
        insert(line.far->doc, 0, u"there before");
        line.provider->start();
        QTRY_COMPARE(line.state(), State::Synced);
        line.far->drops = true;
        if (insertion) {
            insert(line.doc, 0, u"not ");
        }
        if (deletion) {
            erase(line.doc, 3, 2);
        }
        const auto questions = [&line] { return line.far->step1s().size(); };
        QTRY_VERIFY(questions() >= 5); // each one answered
        QTRY_COMPARE(line.state(), State::Pending);
        QCOMPARE(line.provider->status().pendingChanges, int(insertion) + int(deletion));
        QCOMPARE(textOf(line.far->doc), QStringLiteral("there before"));

        // Nor is it after another connection, until the server takes it.
        expectLossWarnings();
        line.far->channel->close(CloseInfo::kAbnormal);
        QTRY_COMPARE(line.far->openings, 2);
        QTRY_VERIFY(questions() >= 5);
        QVERIFY(line.state() != State::Synced);
        line.far->drops = false;
        expectLossWarnings();
        line.far->channel->close(CloseInfo::kAbnormal);
        QTRY_COMPARE(line.state(), State::Synced);
        QCOMPARE(textOf(line.far->doc), textOf(line.doc));
    }

    void aRebuiltRoomIsNoticedBeforeMerging()
    {
        Line line(backAfter(1ms));
        line.provider->start();
        insert(line.doc, 0, u"our text");
        QTRY_COMPARE(line.state(), State::Synced);
        crdt::Doc stored = makeDoc(7'000);
        QVERIFY(stored.applyUpdate(line.far->doc.getUpdate()));

        // The same text, written anew by somebody: merged it would be there twice.
        line.far->subscription.reset();
        line.far->doc = makeDoc(9'998);
        insert(line.far->doc, 0, u"our text");
        QSignalSpy failed(line.provider.get(), &Provider::failed);
        expectLossWarnings();
        expectLossWarnings();
        line.far->channel->close(CloseInfo::kAbnormal);
        QTRY_COMPARE(line.state(), State::Rebuilt);
        QCOMPARE(failed.size(), 1);
        QVERIFY(!line.provider->status().reason.isEmpty());
        QCOMPARE(textOf(line.doc), QStringLiteral("our text"));
        QCOMPARE(textOf(line.far->doc), QStringLiteral("our text"));
        QVERIFY(line.far->step2s().empty() && line.far->updates().empty());

        // Editing goes on, and is kept account of.
        insert(line.doc, 8, u", longer");
        QTRY_COMPARE(line.provider->status().pendingChanges, 1);
        expectLossWarnings();
        line.provider->retryNow();
        QTRY_COMPARE(failed.size(), 2);
        QCOMPARE(line.state(), State::Rebuilt);
        QCOMPARE(textOf(line.far->doc), QStringLiteral("our text"));

        // The room we knew is back, from a backup say.
        line.far->doc = std::move(stored);
        line.provider->retryNow();
        QTRY_COMPARE(line.state(), State::Synced);
        QCOMPARE(textOf(line.far->doc), QStringLiteral("our text, longer"));
        QCOMPARE(textOf(line.doc), QStringLiteral("our text, longer"));
    }

    void rejoiningMerges()
    {
        Line line(backAfter(1ms));
        insert(line.far->doc, 0, u"ours"); // what came from the room counts like what went there
        line.provider->start();
        QTRY_COMPARE(textOf(line.doc), QStringLiteral("ours"));
        QTRY_COMPARE(line.state(), State::Synced);
        line.far->subscription.reset();
        line.far->doc = makeDoc(9'998);
        insert(line.far->doc, 0, u"theirs");
        expectLossWarnings();
        expectLossWarnings();
        line.far->channel->close(CloseInfo::kAbnormal);
        QTRY_COMPARE(line.state(), State::Rebuilt);
        line.provider->rejoin();
        QTRY_COMPARE(line.state(), State::Synced);
        QCOMPARE(textOf(line.far->doc), textOf(line.doc));
        QVERIFY(textOf(line.doc).contains(QStringLiteral("ours")));
        QVERIFY(textOf(line.doc).contains(QStringLiteral("theirs")));
        // From now on the room is the one with both in it.
        expectLossWarnings();
        line.far->channel->close(CloseInfo::kAbnormal);
        QTRY_COMPARE(line.state(), State::Offline);
        QTRY_COMPARE(line.state(), State::Synced);
    }

    void otherRestartsAreMerged_data()
    {
        QTest::addColumn<bool>("backup"); ///< the server has an early state of the room
        QTest::addColumn<bool>("other"); ///< another client came first, and wrote more
        QTest::newRow("a backup") << true << false;
        QTest::newRow("another client first, into an empty room") << false << true;
        QTest::newRow("another client first, into a backup") << true << true;
    }

    void otherRestartsAreMerged()
    {
        QFETCH(bool, backup);
        QFETCH(bool, other);
        Line line(backAfter(1ms));
        line.provider->start();
        insert(line.doc, 0, u"one ");
        QTRY_COMPARE(line.state(), State::Synced);
        const crdt::Bytes early = line.far->doc.getUpdate();
        insert(line.doc, 4, u"two "); // confirmed, and lost by the server and the other client
        QTRY_COMPARE(textOf(line.far->doc), QStringLiteral("one two "));
        QTRY_COMPARE(line.state(), State::Synced);

        line.far->subscription.reset();
        line.far->doc = makeDoc(9'998);
        crdt::Doc theirs = makeDoc(5'005);
        QVERIFY(theirs.applyUpdate(early));
        insert(theirs, 0, u"zero ");
        if (backup) {
            QVERIFY(line.far->doc.applyUpdate(early));
        }
        if (other) {
            QVERIFY(line.far->doc.applyUpdate(theirs.getUpdate()));
        }
        expectLossWarnings();
        line.far->channel->close(CloseInfo::kAbnormal);
        QTRY_COMPARE(line.far->openings, 2);
        QTRY_COMPARE(line.state(), State::Synced);
        QCOMPARE(
            textOf(line.doc), other ? QStringLiteral("zero one two ") : QStringLiteral("one two "));
        QCOMPARE(textOf(line.far->doc), textOf(line.doc));
    }

    void anEmptyCopyJoinsWhateverIsThere()
    {
        // Nothing was ever in the room that we knew: whatever is there now is news.
        Line line(backAfter(1ms));
        line.provider->start();
        QTRY_COMPARE(line.state(), State::Synced);
        line.far->comesBack = false;
        expectLossWarnings();
        line.far->channel->close(CloseInfo::kAbnormal);
        QTRY_COMPARE(line.state(), State::Offline);
        insert(line.doc, 0, u"mine");
        insert(line.far->doc, 0, u"theirs");
        line.far->channel->open();
        QTRY_COMPARE(line.state(), State::Synced);
        QCOMPARE(textOf(line.far->doc), textOf(line.doc));
        QCOMPARE(textOf(line.doc).size(), 10);
    }

    void theClockGoesUpOnEveryConnection()
    {
        Line line(backAfter(1ms));
        crdt::Awareness observer{crdt::ClientId(9'999)};
        const auto listen = [&line, &observer] {
            for (const QByteArray& frame : line.far->awarenesses()) {
                crdt::Decoder decoder(view(frame).subspan(1));
                QVERIFY(observer.applyUpdate(decoder.readMessage().value()));
            }
        };
        line.provider->awareness().setLocalState(named("Ada"));
        line.provider->start();
        QTRY_COMPARE(line.far->awarenesses().size(), 1UL);
        listen();
        std::uint64_t clock = observer.meta().at(line.doc.clientId()).clock;
        for (int round = 2; round < 5; ++round) {
            expectLossWarnings();
            line.far->channel->close(CloseInfo::kAbnormal);
            QTRY_COMPARE(line.far->openings, round);
            QTRY_COMPARE(line.far->awarenesses().size(), 1UL);
            listen();
            QVERIFY(observer.meta().at(line.doc.clientId()).clock > clock);
            clock = observer.meta().at(line.doc.clientId()).clock;
        }
        QVERIFY(observer.states().contains(line.doc.clientId()));
    }

    void othersStayOverAShortLoss()
    {
        Line line(backAfter(1ms));
        crdt::Awareness bob{crdt::ClientId(7)};
        bob.setLocalState(named("Bob"));
        line.provider->start();
        QTRY_COMPARE(line.state(), State::Synced);
        line.far->send(crdt::createAwarenessMessage(bob.encodeUpdate()));
        QTRY_COMPARE(line.provider->status().peers, 1);
        expectLossWarnings();
        line.far->comesBack = false;
        line.far->channel->close(CloseInfo::kAbnormal);
        QTRY_COMPARE(line.state(), State::Offline);
        QCOMPARE(line.provider->status().peers, 0); // nobody is claimed to be here
        line.far->channel->open();
        QTRY_COMPARE(line.state(), State::Synced);
        QCOMPARE(line.provider->status().peers, 1); // though his clock has not moved
    }

    void theBackOffStartsOverOnlyAfterASync()
    {
        Line line(backAfter(16ms));
        line.far->deaf = true; // accepts, and never answers
        std::vector<std::chrono::milliseconds> waits;
        connect(line.provider.get(), &Provider::statusChanged, this,
            [&waits](const net::ProviderStatus& status) {
                if (status.state == State::Offline && status.nextTry > 0ms) {
                    waits.push_back(status.nextTry);
                }
            });
        line.provider->start();
        for (std::size_t loss = 1; loss <= 4; ++loss) {
            QTRY_COMPARE(line.far->openings, static_cast<int>(loss));
            QTRY_VERIFY(line.provider->status().isConnected());
            expectLossWarnings();
            line.far->channel->close(CloseInfo::kAbnormal);
            QTRY_COMPARE(waits.size(), loss);
        }
        QVERIFY2(waits[0] <= 16ms, "16");
        QVERIFY2(waits[1] > 16ms && waits[1] <= 32ms, "32");
        QVERIFY2(waits[2] > 32ms && waits[2] <= 64ms, "64");
        QVERIFY2(waits[3] > 64ms && waits[3] <= 128ms, "128");

        line.far->deaf = false;
        QTRY_COMPARE(line.state(), State::Synced);
        expectLossWarnings();
        line.far->channel->close(CloseInfo::kAbnormal);
        QTRY_COMPARE(waits.size(), 5UL);
        QVERIFY2(waits[4] <= 16ms, "back to the first");
    }

    void terminalErrorsAreTerminal_data()
    {
        QTest::addColumn<int>("code");
        QTest::addColumn<bool>("terminal");
        for (const int code : {1000, 1001, 1002, 1006, 1008, 1013, 4205}) {
            QTest::addRow("%d", code) << code << false;
        }
        for (const int code : {1009, 4400, 4401, 4403, 4404, 4499}) {
            QTest::addRow("%d", code) << code << true;
        }
    }

    void terminalErrorsAreTerminal()
    {
        QFETCH(int, code);
        QFETCH(bool, terminal);
        Line line(backAfter(1ms));
        line.provider->start();
        QTRY_COMPARE(line.state(), State::Synced);
        QSignalSpy failed(line.provider.get(), &Provider::failed);
        expectLossWarnings();
        line.far->channel->close(code, QStringLiteral("the reason"));
        if (!terminal) {
            QTRY_COMPARE(line.far->openings, 2);
            QTRY_COMPARE(line.state(), State::Synced);
            QCOMPARE(failed.size(), 0);
            return;
        }
        QTRY_COMPARE(failed.size(), 1);
        QCOMPARE(line.state(), State::Failed);
        QCOMPARE(line.provider->status().reason, QStringLiteral("the reason"));
        insert(line.doc, 0, u"kept"); // editing goes on even so
        line.provider->retryNow();
        QTRY_COMPARE(line.state(), State::Synced);
        QCOMPARE(line.far->openings, 2);
        QCOMPARE(textOf(line.far->doc), QStringLiteral("kept"));
    }

    void retryNow()
    {
        Line line(backAfter(1h));
        line.provider->start();
        QTRY_COMPARE(line.state(), State::Synced);
        expectLossWarnings();
        line.far->channel->close(CloseInfo::kAbnormal);
        QTRY_COMPARE(line.state(), State::Offline);
        QVERIFY(line.provider->status().nextTry > 1min);
        line.provider->retryNow();
        QTRY_COMPARE(line.state(), State::Synced);
    }

    void withoutReconnectALossIsTheEnd()
    {
        Provider::Options options = backAfter(1ms);
        options.reconnect = false;
        Line line(options);
        line.provider->start();
        QTRY_COMPARE(line.state(), State::Synced);
        QSignalSpy failed(line.provider.get(), &Provider::failed);
        expectLossWarnings();
        line.far->channel->close(CloseInfo::kGoingAway);
        QTRY_COMPARE(failed.size(), 1);
        QCOMPARE(line.state(), State::Failed);
        QVERIFY(!line.provider->status().reason.isEmpty());
    }

    void stopsAndStarts()
    {
        Line line(backAfter(1h));
        QSignalSpy stopped(line.provider.get(), &Provider::stopped);
        line.provider->awareness().setLocalState(named("Ada"));
        line.provider->stop(); // nothing to stop
        line.provider->start();
        QTRY_COMPARE(line.state(), State::Synced);
        line.provider->stop();
        QCOMPARE(line.state(), State::Stopped);
        QVERIFY(!line.provider->awareness().localState());
        insert(line.doc, 0, u"while stopped");
        line.provider->start(); // before the channel has closed
        QTRY_COMPARE(line.state(), State::Synced);
        QCOMPARE(textOf(line.far->doc), QStringLiteral("while stopped"));
        QVERIFY(line.provider->awareness().localState());
        QTRY_COMPARE(line.far->awarenesses().size(), 1UL);

        // Stopped while waiting to come back.
        expectLossWarnings();
        line.far->channel->close(CloseInfo::kAbnormal);
        QTRY_COMPARE(line.state(), State::Offline);
        line.provider->stop();
        QTRY_COMPARE(stopped.size(), 1);
        QCOMPARE(line.state(), State::Stopped);
    }

    void manyLosses()
    {
        const QByteArray wanted = qgetenv("TUTTI_SEED");
        const auto seed = wanted.isEmpty() ? std::random_device{}() : wanted.toUInt();
        qInfo("TUTTI_SEED=%u", seed);
        std::mt19937 random(seed);
        QLoggingCategory::setFilterRules(QStringLiteral("tutti.net.provider=false"));
        Line line(backAfter(1ms));
        line.provider->start();
        QString all;
        for (int i = 0; i < 200; ++i) {
            // Numbers, so that anything lost or doubled is seen.
            const QString word = QString::number(i) + u' ';
            crdt::Doc& writer = random() % 2 == 0 ? line.doc : line.far->doc;
            insert(
                writer, static_cast<std::uint32_t>(textOf(writer).size()), word.toStdU16String());
            all += word;
            if (random() % 10 == 0) {
                line.far->channel->close(CloseInfo::kAbnormal);
            }
            for (std::uint32_t turns = random() % 5; turns > 0; --turns) {
                QCoreApplication::processEvents();
            }
            if (line.provider->status().nextTry > 50ms) {
                line.provider->retryNow();
            }
        }
        line.provider->retryNow();
        QTRY_COMPARE(line.state(), State::Synced);
        // Synced says that the far side has all of ours; what it wrote last may be on its way.
        QTRY_COMPARE(textOf(line.doc), textOf(line.far->doc));
        QStringList got = textOf(line.doc).split(u' ');
        QStringList expected = all.split(u' ');
        got.sort();
        expected.sort();
        QCOMPARE(got, expected);
        QLoggingCategory::setFilterRules(QString());
    }
};

QTEST_GUILESS_MAIN(TestProviderLoss)
#include "tst_provider_loss.moc"
