// SPDX-License-Identifier: MIT
// What the server counts, how Prometheus reads it, and what it tells a log.
#include "net/server/server_metrics.h"
#include "net/store/update_log.h"
#include "raw_client.h"
#include "server_harness.h"

#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

// The QTRY_ macros of Qt 6.8 convert inside.
#pragma GCC diagnostic ignored "-Wconversion"

using namespace std::chrono_literals;
using namespace tutti;
using namespace tutti::net::test;
using namespace Qt::StringLiterals;
using net::LatencyHistogram;
using net::ServerEvent;
using State = net::ProviderStatus::State;

namespace {

/// The value of a sample; -1 when there is none of that name.
double valueOf(const QByteArray& text, const QByteArray& name)
{
    for (const QByteArray& line : text.split('\n')) {
        if (line.startsWith(name + ' ')) {
            return line.mid(name.size() + 1).toDouble();
        }
    }
    return -1;
}

} // namespace

class TestServerMetrics : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void histogram();
    void theFormat();
    void whatIsCounted();
    void whatIsLogged();
    void nothingSecretIsLogged();
};

void TestServerMetrics::histogram()
{
    LatencyHistogram histogram;
    for (const auto time : {0ns, 10'000ns, 10'001ns, 1'000'000ns, 7'000'000'000ns}) {
        histogram.add(time);
    }
    const QByteArray text = histogram.text("t", "Words.");
    QVERIFY(text.startsWith("# HELP t Words.\n# TYPE t histogram\n"));
    QCOMPARE(valueOf(text, "t_bucket{le=\"1e-05\"}"), 2); // the bound belongs to it
    QCOMPARE(valueOf(text, "t_bucket{le=\"0.0001\"}"), 3);
    QCOMPARE(valueOf(text, "t_bucket{le=\"0.0005\"}"), 3);
    QCOMPARE(valueOf(text, "t_bucket{le=\"0.001\"}"), 4);
    QCOMPARE(valueOf(text, "t_bucket{le=\"5\"}"), 4);
    QCOMPARE(valueOf(text, "t_bucket{le=\"+Inf\"}"), 5);
    QCOMPARE(valueOf(text, "t_count"), 5);
    QVERIFY(qAbs(valueOf(text, "t_sum") - 7.001020001) < 1e-9);
}

void TestServerMetrics::theFormat()
{
    net::ServerMetrics metrics;
    metrics.closedByUs[1013] = 2;
    metrics.closedByUs[4401] = 1;
    const QByteArray text =
        net::prometheusText(metrics, {.rooms = 3, .clients = 7, .receivingBytes = 300'000});
    static const QRegularExpression sample(
        u"^[a-z_]+(\\{[a-z]+=\"[^\"\\\\]*\"\\})? -?[0-9.e+-]+$"_s);
    static const QRegularExpression comment(u"^# (HELP|TYPE) ([a-z_]+) .+$"_s);
    QStringList typed;
    QVERIFY(text.endsWith('\n'));
    for (const QString& line : QString::fromUtf8(text.chopped(1)).split(u'\n')) {
        const auto match = comment.match(line);
        QVERIFY2(match.hasMatch() || sample.match(line).hasMatch(), qPrintable(line));
        if (match.hasMatch()) {
            if (match.captured(1) == u"TYPE"_s) {
                QVERIFY2(!typed.contains(match.captured(2)), qPrintable(line)); // once each
                typed.append(match.captured(2));
            }
            continue;
        }
        const bool known = std::ranges::any_of(
            typed, [&line](const QString& name) { return line.startsWith(name); });
        QVERIFY2(known, qPrintable(line));
    }
    QCOMPARE(valueOf(text, "tutti_rooms"), 3);
    QCOMPARE(valueOf(text, "tutti_clients"), 7);
    QCOMPARE(valueOf(text, "tutti_receiving_bytes"), 300'000);
    QCOMPARE(valueOf(text, "tutti_closed_total{code=\"1013\"}"), 2);
    QVERIFY(valueOf(text, "process_resident_memory_bytes") > 1e6);
    QVERIFY(valueOf(text, "process_open_fds") > 3);
    const double started = valueOf(text, "process_start_time_seconds");
    const double now = static_cast<double>(QDateTime::currentSecsSinceEpoch());
    QVERIFY2(started > now - 3'600 && started < now + 5, QByteArray::number(started));
}

void TestServerMetrics::whatIsCounted()
{
    QTemporaryDir dir;
    Running running;
    running.server.setStore(net::UpdateLog::open(dir.filePath(u"r.sqlite"_s)).value());
    running.server.access().allowToken("t", net::Right::Edit);
    Client ada(1, running.channel("room?token=t"));
    Client bob(2, running.channel("room?token=t"));
    QTRY_COMPARE(ada.state(), State::Synced);
    QTRY_COMPARE(bob.state(), State::Synced);
    const net::ServerMetrics before = running.server.metrics();
    QCOMPARE(before.accepted, 2U);
    QCOMPARE(running.server.gauges().clients, 2);
    QCOMPARE(running.server.gauges().rooms, 1);
    insert(ada.doc, 0, std::u16string(10'000, u'x'));
    QTRY_COMPARE(textOf(bob.doc).size(), 10'000);
    QTRY_COMPARE(ada.state(), State::Synced);
    const net::ServerMetrics& after = running.server.metrics();
    QVERIFY(after.messagesIn > before.messagesIn);
    QVERIFY(after.bytesIn >= before.bytesIn + 10'000);
    QVERIFY(after.bytesOut >= before.bytesOut + 20'000); // to both
    QVERIFY(after.messagesOut >= before.messagesOut + 2);
    QVERIFY(after.apply.count() > before.apply.count());
    QVERIFY(after.flush.count() > before.flush.count());
    QCOMPARE(after.storeFailures, 0U);
    QVERIFY(after.closedByUs.empty());

    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"refused"_s));
    RawClient stranger(running.server.port(), "/room");
    QTRY_VERIFY(stranger.closeCode());
    QCOMPARE(after.closedByUs.at(4401), 1U);
    QCOMPARE(after.accepted, 3U);
    QCOMPARE(running.server.gauges().clients, 2);
}

void TestServerMetrics::whatIsLogged()
{
    QTemporaryDir dir;
    Running running;
    running.server.setStore(net::UpdateLog::open(dir.filePath(u"r.sqlite"_s)).value());
    QList<ServerEvent> events;
    connect(&running.server, &net::Server::logged, this,
        [&events](const ServerEvent& event) { events.append(event); });
    const auto found = [&events](const char* name) {
        const auto at = std::ranges::find(events, QLatin1StringView(name), &ServerEvent::event);
        return at == events.end() ? ServerEvent{} : *at;
    };
    {
        Client ada(1, running.channel());
        insert(ada.doc, 0, u"x");
        QTRY_COMPARE(ada.state(), State::Synced);
    }
    QTRY_COMPARE(running.server.roomCount(), 0);
    QCOMPARE(found("room-opened").room, u"/room"_s);
    QCOMPARE(found("client-joined").room, u"/room"_s);
    QVERIFY(found("client-joined").peer.startsWith(u"127.0.0.1:"_s));
    QVERIFY(found("client-joined").level == ServerEvent::Level::Info);
    QCOMPARE(found("client-left").peer, found("client-joined").peer);
    QVERIFY(found("client-left").code >= 1000);
    QCOMPARE(found("room-freed").room, u"/room"_s);

    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"client-dropped"_s));
    RawClient bad(running.server.port(), "/other");
    QTRY_COMPARE(bad.frames.size(), 1UL);
    bad.socket.write(RawClient::frame(0x82, QByteArray::fromHex("000205ffffffffff")));
    QTRY_VERIFY(bad.closeCode());
    QCOMPARE(found("client-dropped").code, 1007);
    QCOMPARE(found("client-dropped").room, u"/other"_s);
    QVERIFY(!found("client-dropped").reason.isEmpty());
    QVERIFY(found("client-dropped").level == ServerEvent::Level::Warning);
}

void TestServerMetrics::nothingSecretIsLogged()
{
    Running running;
    running.server.access().allowToken("open-sesame", net::Right::Edit);
    QString all;
    connect(&running.server, &net::Server::logged, this, [&all](const ServerEvent& event) {
        all += event.event + event.room + event.peer + event.reason + u'\n';
    });
    {
        Client ada(1, running.channel("room?token=open-sesame"));
        insert(ada.doc, 0, u"the plan");
        QTRY_COMPARE(ada.state(), State::Synced);
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"refused"_s));
        RawClient guess(running.server.port(), "/room?token=open-barley");
        QTRY_VERIFY(guess.closeCode());
    }
    QTRY_COMPARE(running.server.connectionCount(), 0);
    QVERIFY(all.contains(u"client-refused"_s) && all.contains(u"client-left"_s));
    QVERIFY2(!all.contains(u"open-"_s) && !all.contains(u"plan"_s), qPrintable(all));
}

QTEST_GUILESS_MAIN(TestServerMetrics)
#include "tst_server_metrics.moc"
