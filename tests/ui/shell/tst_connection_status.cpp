// SPDX-License-Identifier: MIT
#include "ui/shell/connection_status.h"

#include <QTest>

using namespace tutti::ui;
using tutti::net::ProviderStatus;
using State = ProviderStatus::State;
using namespace std::chrono_literals;

Q_DECLARE_METATYPE(tutti::ui::ConnectionFacts)

/// The words people read, state by state.
class TestConnectionStatus : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void words_data();
    void words();
    void neverClaimsWhatIsNotSo_data();
    void neverClaimsWhatIsNotSo();
    void everyMoodHasAnIcon();
};

void TestConnectionStatus::words_data()
{
    QTest::addColumn<ConnectionFacts>("facts");
    QTest::addColumn<QString>("words");
    QTest::addColumn<int>("mood");

    const auto row = [](const char* name, ConnectionFacts facts, const QString& words,
                         ConnectionMood mood) {
        QTest::newRow(name) << std::move(facts) << words << static_cast<int>(mood);
    };
    const auto at = [](State state, auto&&... set) {
        ConnectionFacts facts;
        facts.provider.emplace();
        facts.provider->state = state;
        facts.provider->host = QStringLiteral("example.org:1234");
        (set(facts), ...);
        return facts;
    };
    const auto peers = [](int count) {
        return [count](ConnectionFacts& facts) { facts.provider->peers = count; };
    };
    const auto pending = [](int count) {
        return [count](ConnectionFacts& facts) { facts.provider->pendingChanges = count; };
    };
    const auto retry = [](std::chrono::milliseconds wait) {
        return [wait](ConnectionFacts& facts) { facts.untilRetry = wait; };
    };
    const auto merged = [](int mine, int others) {
        return [=](ConnectionFacts& facts) {
            facts.provider->merged = ProviderStatus::Merged{mine, others};
        };
    };
    const auto percent = [](ConnectionFacts& facts) { facts.percent = 42; };
    const auto kept = [](ConnectionFacts& facts) { facts.keptOnDisk = true; };
    const auto viewOnly = [](ConnectionFacts& facts) { facts.viewOnly = true; };
    const auto because = [](const QString& reason) {
        return [reason](ConnectionFacts& facts) { facts.provider->reason = reason; };
    };

    row("local", {}, QStringLiteral("Not shared"), ConnectionMood::Local);
    row("stopped", at(State::Stopped), QStringLiteral("Not shared"), ConnectionMood::Local);
    row("connecting", at(State::Connecting), QStringLiteral("Connecting to example.org:1234…"),
        ConnectionMood::Busy);
    row("syncing", at(State::Synchronizing), QStringLiteral("Synchronizing…"),
        ConnectionMood::Busy);
    row("syncing, known how far", at(State::Synchronizing, percent),
        QStringLiteral("Synchronizing… 42%"), ConnectionMood::Busy);
    row("in sync, alone", at(State::Synced),
        QStringLiteral("Connected: 1 person, all changes synced"), ConnectionMood::Good);
    row("in sync", at(State::Synced, peers(2)),
        QStringLiteral("Connected: 3 people, all changes synced"), ConnectionMood::Good);
    row("pending", at(State::Pending, pending(12)),
        QStringLiteral("Connected: sending 12 changes…"), ConnectionMood::Sending);
    row("pending, one", at(State::Pending, pending(1)),
        QStringLiteral("Connected: sending 1 change…"), ConnectionMood::Sending);
    row("dropped", at(State::Offline, retry(5s), kept),
        QStringLiteral("Offline: you can keep editing. Changes are saved on this computer. "
                       "Retrying in 5 s"),
        ConnectionMood::Offline);
    row("dropped, a part of a second left", at(State::Offline, retry(300ms), kept),
        QStringLiteral("Offline: you can keep editing. Changes are saved on this computer. "
                       "Retrying in 1 s"),
        ConnectionMood::Offline);
    row("dropped, nothing on disk", at(State::Offline, retry(4'001ms)),
        QStringLiteral("Offline: you can keep editing. Retrying in 5 s"), ConnectionMood::Offline);
    row("dropped, trying", at(State::Offline),
        QStringLiteral("Offline: you can keep editing. Retrying…"), ConnectionMood::Offline);
    row("back", at(State::Synced, peers(1), merged(14, 3)),
        QStringLiteral("Reconnected: merged 14 of your and 3 others' changes"),
        ConnectionMood::Good);
    row("back, nothing to merge", at(State::Synced, peers(1), merged(0, 0)),
        QStringLiteral("Connected: 2 people, all changes synced"), ConnectionMood::Good);
    row("read-only", at(State::Synced, peers(1), viewOnly), QStringLiteral("View only"),
        ConnectionMood::Good);
    const auto refused = [](int changes) {
        return [changes](ConnectionFacts& facts) {
            facts.provider->readOnly = true;
            facts.provider->pendingChanges = changes;
        };
    };
    row("read-only, one change made all the same", at(State::Pending, viewOnly, refused(1)),
        QStringLiteral("View only: 1 change made here is not in the room"),
        ConnectionMood::Problem);
    row("read-only, several", at(State::Pending, viewOnly, refused(3)),
        QStringLiteral("View only: %n changes made here are not in the room")
            .replace(QStringLiteral("%n"), QStringLiteral("3")),
        ConnectionMood::Problem);
    row("rebuilt", at(State::Rebuilt),
        QStringLiteral("This room was restarted. Your copy is kept."), ConnectionMood::Problem);
    row("rebuilt, with unsent changes", at(State::Rebuilt, pending(2)),
        QStringLiteral("This room was restarted. Your unsent changes are kept."),
        ConnectionMood::Problem);
    row("read-only, dropped", at(State::Offline, viewOnly),
        QStringLiteral("Offline: view only. Retrying…"), ConnectionMood::Offline);
    row("failed", at(State::Failed, because(QStringLiteral("the document is too large"))),
        QStringLiteral("Not connected: the document is too large"), ConnectionMood::Problem);
    row("denied", at(State::Denied, because(QStringLiteral("permission denied"))),
        QStringLiteral("Not connected: permission denied"), ConnectionMood::Problem);
    row("denied without a word", at(State::Denied), QStringLiteral("Not connected"),
        ConnectionMood::Problem);
}

void TestConnectionStatus::words()
{
    QFETCH(const ConnectionFacts, facts);
    QFETCH(const QString, words);
    QFETCH(const int, mood);
    QCOMPARE(connectionWords(facts), words);
    QCOMPARE(static_cast<int>(connectionMood(facts)), mood);
}

void TestConnectionStatus::neverClaimsWhatIsNotSo_data()
{
    QTest::addColumn<int>("state");
    for (const auto state : {State::Stopped, State::Connecting, State::Synchronizing,
             State::Pending, State::Offline, State::Failed, State::Denied, State::Rebuilt}) {
        QTest::addRow("%d", static_cast<int>(state)) << static_cast<int>(state);
    }
}

/// Only Synced may say that all is synced, and nothing says "saved" unless it is on the disk.
void TestConnectionStatus::neverClaimsWhatIsNotSo()
{
    QFETCH(const int, state);
    ConnectionFacts facts;
    facts.provider.emplace();
    facts.provider->state = static_cast<State>(state);
    facts.provider->pendingChanges = 3;
    facts.provider->merged = ProviderStatus::Merged{1, 1};
    const QString words = connectionWords(facts);
    QVERIFY2(!words.contains(QStringLiteral("synced")), qUtf8Printable(words));
    QVERIFY2(!words.contains(QStringLiteral("saved")), qUtf8Printable(words));
    QVERIFY2(!words.contains(QStringLiteral("merged")), qUtf8Printable(words));
    QVERIFY(connectionMood(facts) != ConnectionMood::Good);
}

void TestConnectionStatus::everyMoodHasAnIcon()
{
    QStringList names;
    for (int mood = 0; mood <= static_cast<int>(ConnectionMood::Problem); ++mood) {
        names.append(moodIcon(static_cast<ConnectionMood>(mood)));
    }
    QCOMPARE(names.size(), 6);
    QCOMPARE(names.removeDuplicates(), 0); // told by shape, not by colour alone
}

QTEST_GUILESS_MAIN(TestConnectionStatus)
#include "tst_connection_status.moc"
