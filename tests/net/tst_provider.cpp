// SPDX-License-Identifier: MIT
#include "harness.h"
#include "net/provider.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <array>

// The QTRY_ macros of Qt 6.8 convert inside.
#pragma GCC diagnostic ignored "-Wconversion"

using namespace std::chrono_literals;
using namespace tutti;
using namespace tutti::net::test;
using net::MemoryChannel;
using net::Provider;
using State = net::ProviderStatus::State;

namespace {

/// A Provider and what it is connected to.
template <typename Far>
struct Line
{
    explicit Line(Provider::Options options = {}, std::uint64_t clientId = 1'001)
        : doc(makeDoc(clientId))
    {
        auto [near, distant] = MemoryChannel::makePair(QStringLiteral("/room"));
        far = std::make_unique<Far>(std::move(distant));
        provider = std::make_unique<Provider>(doc, std::move(near), std::move(options));
    }
    [[nodiscard]] State state() const { return provider->status().state; }

    crdt::Doc doc;
    std::unique_ptr<Far> far;
    std::unique_ptr<Provider> provider;
};

Provider::Options patient()
{
    Provider::Options options;
    options.confirmAfter = 1h;
    options.resyncAfter = 1h;
    options.keepAlive = 1h;
    return options;
}

/// The clock of the only entry of an awareness message.
std::uint64_t clockIn(const QByteArray& message)
{
    crdt::Decoder outer(view(message));
    static_cast<void>(outer.readVarUint());
    const auto inner = outer.readMessage();
    crdt::Decoder decoder(inner.value());
    static_cast<void>(decoder.readVarUint()); // how many
    static_cast<void>(decoder.readVarUint()); // client
    return decoder.readVarUint().value();
}

crdt::Bytes awarenessOf(crdt::Awareness& awareness)
{
    return crdt::createAwarenessMessage(awareness.encodeUpdate());
}

void settle()
{
    for (int i = 0; i < 50; ++i) {
        QCoreApplication::processEvents();
    }
}

} // namespace

class TestProvider : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void twoProvidersBecomeEqual()
    {
        crdt::Doc docA = makeDoc(1);
        crdt::Doc docB = makeDoc(2);
        insert(docA, 0, u"hello ");
        insert(docB, 0, u"world");
        auto [endA, endB] = MemoryChannel::makePair();
        Provider a(docA, std::move(endA));
        Provider b(docB, std::move(endB));
        QSignalSpy started(&a, &Provider::started);
        QSignalSpy synced(&a, &Provider::synced);
        a.start();
        b.start();
        QTRY_COMPARE(a.status().state, State::Synced);
        QTRY_COMPARE(b.status().state, State::Synced);
        QCOMPARE(textOf(docA), textOf(docB));
        QCOMPARE(textOf(docA).size(), 11);
        QCOMPARE(started.size(), 1);
        QCOMPARE(synced.size(), 1);

        // Both write at once, into each other's words.
        insert(docA, 3, u"AAA");
        erase(docA, 0, 1);
        insert(docB, 3, u"BBB🙂");
        erase(docB, 1, 4);
        QTRY_COMPARE(a.status().state, State::Synced);
        QTRY_COMPARE(b.status().state, State::Synced);
        QTRY_COMPARE(textOf(docA), textOf(docB));
        QVERIFY(textOf(docA).contains(QStringLiteral("AAA")));
    }

    void twoProvidersDoNotChatForEver()
    {
        crdt::Doc docA = makeDoc(1);
        crdt::Doc docB = makeDoc(2);
        insert(docA, 0, u"a");
        insert(docB, 0, u"b");
        erase(docB, 0, 1);
        auto [endA, endB] = MemoryChannel::makePair();
        Provider a(docA, std::move(endA), patient());
        Provider b(docB, std::move(endB), patient());
        QSignalSpy frames(&a.channel(), &net::Channel::received);
        a.start();
        b.start();
        QTRY_COMPARE(a.status().state, State::Synced);
        QTRY_COMPARE(b.status().state, State::Synced);
        settle();
        const qsizetype count = frames.size();
        QVERIFY(count <= 6);
        settle();
        QCOMPARE(frames.size(), count);
    }

    void bytesOnTheWire()
    {
        Line<FarEnd> line;
        line.provider->start();
        QTRY_COMPARE(line.far->frames.size(), 1UL);
        QCOMPARE(line.far->frames[0].toHex(), QByteArray("00000100"));
        line.far->send(crdt::createSyncMessage(makeDoc(5)));
        QTRY_COMPARE(line.far->step2s().size(), 1UL);
        QCOMPARE(line.far->step2s()[0].toHex(), QByteArray("0001020000"));

        // One frame for each transaction, whatever goes on in it.
        insert(line.doc, 0, u"Hello");
        {
            const auto transaction = line.doc.transact();
            insert(line.doc, 5, u" ");
            insert(line.doc, 6, u"w🙂");
        }
        QTRY_COMPARE(line.far->updates().size(), 2UL);
        QCOMPARE(line.far->updates()[0].toHex(),
            QByteArray("0002190101e9070004010a") + QByteArray("codemirror").toHex() + "05"
                + QByteArray("Hello").toHex() + "00");
    }

    void remoteChangesAreNotSentBack()
    {
        Line<FarServer> line(patient());
        line.provider->start();
        QTRY_COMPARE(line.state(), State::Synced);
        std::vector<crdt::Origin> origins;
        bool local = true;
        const crdt::Subscription subscription =
            line.doc.observe([&](const crdt::TransactionEvent& event) {
                origins.push_back(event.origin);
                local = event.local;
            });
        insert(line.far->doc, 0, u"from afar");
        QTRY_COMPARE(textOf(line.doc), QStringLiteral("from afar"));
        QCOMPARE(origins.size(), 1UL);
        QVERIFY(origins[0] == line.provider->origin());
        QVERIFY(!local);
        settle();
        QCOMPARE(line.far->updates().size(), 0UL);
        QCOMPARE(line.state(), State::Synced);
        QCOMPARE(line.provider->status().pendingChanges, 0);

        // A change of any other origin does go out, another Provider's on the same Doc included.
        line.doc.transact(crdt::Origin("undo"), [&] { insert(line.doc, 0, u"x"); });
        QTRY_COMPARE(line.far->updates().size(), 1UL);
    }

    void aFrameMayHoldSeveralMessages()
    {
        Line<FarServer> line(patient());
        line.provider->start();
        QTRY_COMPARE(line.state(), State::Synced);
        crdt::Doc other = makeDoc(7);
        crdt::Awareness awareness{crdt::ClientId(7)};
        QByteArray frame;
        const crdt::Subscription subscription =
            other.observe([&frame](const crdt::TransactionEvent& event) {
                frame += toByteArray(crdt::createUpdateMessage(event.update));
            });
        insert(other, 0, u"one");
        awareness.setLocalState(named("Ada"));
        frame += toByteArray(awarenessOf(awareness));
        insert(other, 3, u" two");
        line.far->channel->send(frame);
        QTRY_COMPARE(textOf(line.doc), QStringLiteral("one two"));
        QCOMPARE(nameOf(line.provider->awareness(), crdt::ClientId(7)), QStringLiteral("Ada"));
    }

    void whatCannotBeReadIsReported_data()
    {
        QTest::addColumn<QByteArray>("frame");
        const auto row = [](const char* name, const char* hex) {
            QTest::newRow(name) << QByteArray::fromHex(hex);
        };
        row("half a number", "80");
        row("sync without a type", "00");
        row("sync of an unknown type", "000700");
        row("step 1 without a state", "0000");
        row("step 1 cut short", "00000501");
        row("step 1 with a cut state", "00000105");
        row("update cut short", "00022001");
        row("update of rubbish", "0002 05 ffffffffff");
        row("update that promises structs", "0002 02 0100");
        row("step 2 of rubbish", "0001 03 ffff00");
        row("awareness cut short", "010a01");
        row("awareness of rubbish", "0103ffffff");
        row("awareness with broken JSON", "0107 01 07 01 03 7b7b7b");
        row("denial cut short", "0200 05 61");
        row("a number above 2^53", "ffffffffffffffffffff01");
    }

    void whatCannotBeReadIsReported()
    {
        QFETCH(QByteArray, frame);
        Line<FarServer> line(patient());
        line.provider->start();
        QTRY_COMPARE(line.state(), State::Synced);
        insert(line.far->doc, 0, u"good");
        QTRY_COMPARE(textOf(line.doc), QStringLiteral("good"));
        const crdt::Bytes before = line.doc.getUpdate();

        QSignalSpy errors(line.provider.get(), &Provider::errorOccurred);
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("cannot be read")));
        line.far->channel->send(frame);
        QTRY_COMPARE(errors.size(), 1);
        QVERIFY(!errors[0][0].toString().isEmpty());
        QVERIFY(line.doc.getUpdate() == before);
        QVERIFY(line.provider->awareness().states().empty());
        QCOMPARE(line.state(), State::Synced);

        insert(line.far->doc, 4, u", still"); // the connection is as good as ever
        QTRY_COMPARE(textOf(line.doc), QStringLiteral("good, still"));
    }

    void whatItDoesNotKnowItLetsPass_data()
    {
        QTest::addColumn<QByteArray>("frame");
        QTest::newRow("y-sweet's status") << QByteArray::fromHex("66 01 05");
        QTest::newRow("Hocuspocus, stateless") << QByteArray::fromHex("05 02 6162");
        QTest::newRow("JupyterLab's raw message") << QByteArray::fromHex("02 7b226122");
        QTest::newRow("an empty frame") << QByteArray();
    }

    void whatItDoesNotKnowItLetsPass()
    {
        QFETCH(QByteArray, frame);
        Line<FarServer> line(patient());
        line.provider->start();
        QTRY_COMPARE(line.state(), State::Synced);
        QSignalSpy errors(line.provider.get(), &Provider::errorOccurred);
        line.far->channel->send(frame);
        insert(line.far->doc, 0, u"after");
        QTRY_COMPARE(textOf(line.doc), QStringLiteral("after"));
        QCOMPARE(errors.size(), 0);
    }

    void deniedIsTheEnd()
    {
        Line<FarServer> line(patient());
        line.provider->start();
        QTRY_COMPARE(line.state(), State::Synced);
        QSignalSpy failed(line.provider.get(), &Provider::failed);
        QSignalSpy closed(&line.provider->channel(), &net::Channel::closed);
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("given up")));
        line.far->channel->send(QByteArray::fromHex("0200 09") + "not yours");
        QTRY_COMPARE(failed.size(), 1);
        QVERIFY(failed[0][0].toString().contains(QStringLiteral("not yours")));
        QCOMPARE(line.state(), State::Denied);
        QVERIFY(line.provider->status().reason.contains(QStringLiteral("not yours")));
        QTRY_COMPARE(closed.size(), 1);
        settle();
        QCOMPARE(line.far->openings, 1);

        line.provider->retryNow();
        QTRY_COMPARE(line.state(), State::Synced);
    }

    // "All changes synced" only when it is so.

    void anEchoIsAReceipt()
    {
        Line<FarServer> line(patient()); // and so it does not ask
        line.provider->start();
        QTRY_COMPARE(line.state(), State::Synced);
        line.far->deaf = true;
        insert(line.doc, 0, u"abc");
        insert(line.doc, 0, u"abc");
        QCOMPARE(line.state(), State::Pending);
        QCOMPARE(line.provider->status().pendingChanges, 2);
        QTRY_COMPARE(line.far->unheard.size(), 2UL);
        settle();
        QCOMPARE(line.state(), State::Pending);
        line.far->wake();
        QTRY_COMPARE(line.state(), State::Synced);
        QCOMPARE(line.far->step1s().size(), 1UL);
    }

    void somebodyElsesDeletionIsNone()
    {
        Line<FarServer> line(patient());
        line.provider->start();
        insert(line.far->doc, 0, u"abc");
        QTRY_COMPARE(textOf(line.doc), QStringLiteral("abc"));
        QTRY_COMPARE(line.state(), State::Synced);
        line.far->deaf = true;
        insert(line.doc, 3, u"mine");
        erase(line.doc, 0, 1);
        erase(line.far->doc, 0, 1); // the same update, byte for byte, but not an echo
        insert(line.far->doc, 2, u"!"); // to see when that has arrived
        QTRY_VERIFY(textOf(line.doc).contains(u'!'));
        QCOMPARE(line.state(), State::Pending);
        QCOMPARE(line.provider->status().pendingChanges, 2);
    }

    void withoutEchoTheServerIsAsked()
    {
        Provider::Options options = patient();
        options.confirmAfter = 5ms;
        Line<FarServer> line(options);
        line.far->echoes = false;
        line.provider->start();
        QTRY_COMPARE(line.state(), State::Synced);
        line.far->deaf = true;
        insert(line.doc, 0, u"abc");
        erase(line.doc, 0, 1);
        QTRY_COMPARE(line.far->step1s().size(), 2UL);
        settle();
        QCOMPARE(line.state(), State::Pending); // asked, but not answered
        line.far->wake();
        QTRY_COMPARE(line.state(), State::Synced);
        QCOMPARE(textOf(line.far->doc), QStringLiteral("bc"));
    }

    void whatWasThereBeforeMustArriveToo()
    {
        Line<FarEnd> line(patient());
        insert(line.doc, 0, u"written before there was a connection");
        line.provider->start();
        QTRY_COMPARE(line.far->step1s().size(), 1UL);
        crdt::Doc server = makeDoc(9);
        line.far->send(crdt::createSyncReply(server, line.doc.getState()).value());
        QTRY_VERIFY(line.provider->status().isConnected());
        settle();
        QCOMPARE(line.state(), State::Synchronizing); // answered, but does it hold ours?
        QVERIFY(!line.provider->hasSynced());

        line.far->send(crdt::createSyncMessage(server));
        QTRY_COMPARE(line.far->step2s().size(), 1UL);
        QTRY_COMPARE(line.far->step1s().size(), 2UL); // sent after ours: its answer is a receipt
        settle();
        QCOMPARE(line.state(), State::Synchronizing);
        const QByteArray question = line.far->step1s()[1];
        QVERIFY(crdt::handleSyncMessage(view(line.far->step2s()[0]), server).has_value());
        line.far->send(crdt::handleSyncMessage(view(question), server)->reply.value());
        QTRY_COMPARE(line.state(), State::Synced);
        QCOMPARE(textOf(server), textOf(line.doc));
    }

    void anAnswerThatNobodyAskedForIsNoReceipt()
    {
        // y-redis opens with step 1 and the whole of step 2.
        Line<FarEnd> line(patient());
        insert(line.doc, 0, u"mine");
        line.provider->start();
        crdt::Doc server = makeDoc(9);
        insert(server, 0, u"theirs");
        QTRY_COMPARE(line.far->openings, 1);
        line.far->channel->send(toByteArray(crdt::createSyncMessage(server))
            + toByteArray(
                crdt::createSyncReply(server, crdt::asBytes(std::string_view("\0", 1))).value()));
        QTRY_COMPARE(line.far->step2s().size(), 1UL);
        QCOMPARE(textOf(line.doc).size(), 10);
        settle();
        QCOMPARE(line.state(), State::Synchronizing);
    }

    void waitingStructsAreAskedForAgain()
    {
        Provider::Options options = patient();
        options.resyncAfter = 5ms;
        Line<FarEnd> line(options);
        line.provider->start();
        crdt::Doc server = makeDoc(9);
        std::vector<crdt::Bytes> updates;
        const crdt::Subscription subscription =
            server.observe([&updates](const crdt::TransactionEvent& event) {
                updates.emplace_back(event.update.begin(), event.update.end());
            });
        QTRY_COMPARE(line.far->step1s().size(), 1UL);
        line.far->send(crdt::createSyncReply(server, line.doc.getState()).value());
        QTRY_COMPARE(line.state(), State::Synced);
        insert(server, 0, u"first");
        insert(server, 5, u" second");
        line.far->send(crdt::createUpdateMessage(updates[1])); // the first was lost
        QTRY_VERIFY(line.doc.hasPending());
        QTRY_COMPARE(line.state(), State::Synchronizing);
        QTRY_VERIFY(line.far->step1s().size() >= 3); // and again, as long as nothing comes
        line.far->send(crdt::createSyncReply(server, line.doc.getState()).value());
        QTRY_COMPARE(line.state(), State::Synced);
        QCOMPARE(textOf(line.doc), QStringLiteral("first second"));
    }

    // Presence.

    void presenceIsPublished()
    {
        Line<FarEnd> line(patient());
        line.provider->awareness().setLocalState(named("Ada"));
        line.provider->start();
        QTRY_COMPARE(line.far->awarenesses().size(), 1UL);
        const std::uint64_t first = clockIn(line.far->awarenesses()[0]);
        QVERIFY2(first >= 1, "peers ignore a first state with clock 0");
        line.provider->awareness().setLocalState(named("Ada L."));
        QTRY_COMPARE(line.far->awarenesses().size(), 2UL);
        QVERIFY(clockIn(line.far->awarenesses()[1]) > first);

        line.far->channel->send(QByteArray::fromHex("03")); // who is there?
        QTRY_COMPARE(line.far->awarenesses().size(), 3UL);
    }

    void presenceOfOthers()
    {
        Line<FarEnd> line(patient());
        crdt::Awareness bob{crdt::ClientId(7)};
        QSignalSpy changes(line.provider.get(), &Provider::awarenessChanged);
        line.provider->start();
        QTRY_COMPARE(line.far->openings, 1);
        bob.setLocalState(named("Bob"));
        line.far->send(awarenessOf(bob));
        QTRY_COMPARE(changes.size(), 1);
        auto change = changes[0][0].value<net::AwarenessChange>();
        QCOMPARE(change.added, std::vector{crdt::ClientId(7)});
        QCOMPARE(line.provider->status().peers, 1);
        bob.setLocalState(named("Robert"));
        line.far->send(awarenessOf(bob));
        QTRY_COMPARE(changes.size(), 2);
        change = changes[1][0].value<net::AwarenessChange>();
        QCOMPARE(change.updated, std::vector{crdt::ClientId(7)});
        QCOMPARE(nameOf(line.provider->awareness(), crdt::ClientId(7)), QStringLiteral("Robert"));
        settle();
        QCOMPARE(line.far->awarenesses().size(), 0UL); // nothing is sent back

        line.provider->stop();
        QCOMPARE(line.provider->awareness().states().size(), 0UL);
        QCOMPARE(line.provider->status().peers, 0);
    }

    void renewedAndExpired()
    {
        crdt::Awareness::Milliseconds time{1'000'000};
        Provider::Options options = patient();
        options.now = [&time] { return time; };
        Line<FarEnd> line(options);
        crdt::Awareness bob{crdt::ClientId(7), options.now};
        bob.setLocalState(named("Bob"));
        line.provider->awareness().setLocalState(named("Ada"));
        line.provider->start();
        QTRY_COMPARE(line.far->awarenesses().size(), 1UL);
        line.far->send(awarenessOf(bob));
        QTRY_COMPARE(line.provider->status().peers, 1);

        time += 14s;
        line.provider->awareness().tick();
        settle();
        QCOMPARE(line.far->awarenesses().size(), 1UL);
        time += 1s;
        line.provider->awareness().tick();
        QTRY_COMPARE(line.far->awarenesses().size(), 2UL);
        QCOMPARE(clockIn(line.far->awarenesses()[1]), clockIn(line.far->awarenesses()[0]) + 1);
        QCOMPARE(line.provider->status().peers, 1);
        time += 15s;
        line.provider->awareness().tick();
        QTRY_COMPARE(line.provider->status().peers, 0);
        QVERIFY(line.provider->awareness().localState());
    }

    void somethingIsSaidEvenWhenIdle()
    {
        Provider::Options options = patient();
        options.keepAlive = 10ms;
        Line<FarServer> line(options);
        line.provider->start();
        QTRY_VERIFY(line.far->step1s().size() >= 4); // there is no state to renew
        line.provider->awareness().setLocalState(named("Ada"));
        QTRY_VERIFY(line.far->awarenesses().size() >= 3);
        const auto said = line.far->awarenesses();
        QVERIFY(clockIn(said.back()) > clockIn(said.front()));
    }

    void quittingWithdraws_data()
    {
        QTest::addColumn<bool>("destroyed");
        QTest::newRow("stop") << false;
        QTest::newRow("destructor") << true;
    }

    void quittingWithdraws()
    {
        QFETCH(bool, destroyed);
        Line<FarEnd> line(patient());
        line.far->comesBack = false;
        QSignalSpy farClosed(line.far->channel.get(), &net::Channel::closed);
        line.provider->awareness().setLocalState(named("Ada"));
        line.provider->start();
        QTRY_COMPARE(line.far->awarenesses().size(), 1UL);
        QSignalSpy stopped(line.provider.get(), &Provider::stopped);
        if (destroyed) {
            line.provider.reset();
        } else {
            line.provider->stop();
            QTRY_COMPARE(stopped.size(), 1);
            QCOMPARE(line.state(), State::Stopped);
        }
        QTRY_COMPARE(farClosed.size(), 1);
        QCOMPARE(line.far->awarenesses().size(), 2UL);
        QVERIFY(line.far->awarenesses()[1].endsWith("\4null"));
    }

    void weAreHereWhateverTheServerThinks()
    {
        // A server that cleans up after our former connection withdraws our state.
        Line<FarEnd> line(patient());
        line.provider->awareness().setLocalState(named("Ada"));
        line.provider->start();
        QTRY_COMPARE(line.far->awarenesses().size(), 1UL);
        const QByteArray said = line.far->awarenesses()[0];
        crdt::Encoder gone;
        gone.writeVarUint(1);
        gone.writeVarUint(line.doc.clientId().value());
        gone.writeVarUint(clockIn(said));
        gone.writeVarString(std::string_view("null"));
        line.far->send(crdt::createAwarenessMessage(gone.view()));
        QTRY_COMPARE(line.far->awarenesses().size(), 2UL);
        QVERIFY(clockIn(line.far->awarenesses()[1]) > clockIn(said));
        QVERIFY(!line.far->awarenesses()[1].contains("null"));
        QVERIFY(line.provider->awareness().localState());
    }

    void statusIsToldOnceForEachTurn()
    {
        Line<FarServer> line(patient());
        line.provider->start();
        QTRY_COMPARE(line.state(), State::Synced);
        settle();
        QSignalSpy told(line.provider.get(), &Provider::statusChanged);
        line.far->deaf = true;
        for (int i = 0; i < 100; ++i) {
            insert(line.doc, 0, u"x");
        }
        QCOMPARE(told.size(), 0); // not from inside a transaction
        QTRY_COMPARE(told.size(), 1);
        QCOMPARE(told[0][0].value<net::ProviderStatus>().pendingChanges, 100);
    }
};

QTEST_GUILESS_MAIN(TestProvider)
#include "tst_provider.moc"
