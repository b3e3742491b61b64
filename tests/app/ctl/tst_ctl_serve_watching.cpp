// SPDX-License-Identifier: MIT
// How a keeper watches tuttictl serve: the lines of its log, and its answer to Prometheus.
#include "app/ctl/event_log.h"
#include "app/ctl/metrics_endpoint.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTcpSocket>
#include <QTest>
#include <QTimeZone>

// The QTRY_ macros of Qt 6.8 convert inside.
#pragma GCC diagnostic ignored "-Wconversion"

using namespace tutti;
using namespace Qt::StringLiterals;
using app::ctl::LogFormat;
using app::ctl::logLine;
using net::ServerEvent;

namespace {

const QDateTime kWhen(QDate(2026, 3, 1), QTime(12, 5, 7, 89), QTimeZone::UTC);

ServerEvent refusal(const QString& room)
{
    return {.level = ServerEvent::Level::Warning,
        .event = QLatin1StringView("client-refused"),
        .room = room,
        .peer = u"192.0.2.7:4711"_s,
        .code = 4401,
        .reason = u"This room needs an access token"_s};
}

} // namespace

class TestCtlServeWatching : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textLines_data();
    void textLines();
    void jsonLines();
    void metrics_data();
    void metrics();
    void metricsInPieces();
    void crowds();
};

void TestCtlServeWatching::textLines_data()
{
    QTest::addColumn<QString>("room");
    QTest::addColumn<QString>("shown");
    QTest::newRow("plain") << u"/notes/a.txt"_s << u"/notes/a.txt"_s;
    QTest::newRow("encoded") << u"/%20x"_s << u"/%20x"_s;
    QTest::newRow("a space") << u"/a b"_s << u"\"/a b\""_s;
    QTest::newRow("a quote") << u"/a\"b\\"_s << u"\"/a\\\"b\\\\\""_s;
    QTest::newRow("as if it were more") << u"/a=1"_s << u"\"/a=1\""_s;
    QTest::newRow("a line break") << u"/a\nb\r"_s << u"\"/a\\u000ab\\u000d\""_s;
    QTest::newRow("an escape") << u"/\u001b[2J"_s << u"\"/\\u001b[2J\""_s;
    QTest::newRow("Latin 1") << u"/ü\u0085"_s << u"\"/ü\\u0085\""_s;
    QTest::newRow("the other way") << u"/\u202e"_s << u"\"/\\u202e\""_s;
}

void TestCtlServeWatching::textLines()
{
    QFETCH(QString, room);
    QFETCH(QString, shown);
    QCOMPARE(QString::fromUtf8(logLine(refusal(room), LogFormat::Text, kWhen)),
        u"2026-03-01T12:05:07.089Z warning client-refused room=%1 peer=192.0.2.7:4711 code=4401 reason=\"This room needs an access token\"\n"_s
            .arg(shown));
    QCOMPARE(logLine({.event = QLatin1StringView("store-recovered")}, LogFormat::Text, kWhen),
        "2026-03-01T12:05:07.089Z info store-recovered\n"_ba);
}

void TestCtlServeWatching::jsonLines()
{
    const QByteArray line = logLine(refusal(u"/a\n\"ü"_s), LogFormat::Json, kWhen);
    QCOMPARE(line.count('\n'), 1);
    const QJsonObject expected{{u"time"_s, u"2026-03-01T12:05:07.089Z"_s},
        {u"level"_s, u"warning"_s}, {u"event"_s, u"client-refused"_s}, {u"room"_s, u"/a\n\"ü"_s},
        {u"peer"_s, u"192.0.2.7:4711"_s}, {u"code"_s, 4401},
        {u"reason"_s, u"This room needs an access token"_s}};
    QCOMPARE(QJsonDocument::fromJson(line).object(), expected);
    const QByteArray small =
        logLine({.event = QLatin1StringView("store-recovered")}, LogFormat::Json, kWhen);
    QCOMPARE(QJsonDocument::fromJson(small).object().keys(),
        QStringList({u"event"_s, u"level"_s, u"time"_s}));
}

void TestCtlServeWatching::metrics_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("status");
    const QByteArray rest = " HTTP/1.1\r\nHost: h\r\n\r\n";
    QTest::newRow("asked") << "GET /metrics" + rest << "200"_ba;
    QTest::newRow("with a query") << "GET /metrics?x=1" + rest << "200"_ba;
    QTest::newRow("HTTP/1.0") << "GET /metrics HTTP/1.0\r\n\r\n"_ba << "200"_ba;
    QTest::newRow("elsewhere") << "GET /" + rest << "404"_ba;
    QTest::newRow("below") << "GET /metrics/x" + rest << "404"_ba;
    QTest::newRow("a post") << "POST /metrics" + rest << "405"_ba;
    QTest::newRow("no HTTP") << "hello\r\n\r\n"_ba << "400"_ba;
    QTest::newRow("too long") << "GET /metrics HTTP/1.1\r\nX: " + QByteArray(9'000, 'x')
                              << "431"_ba;
}

void TestCtlServeWatching::metrics()
{
    QFETCH(QByteArray, request);
    QFETCH(QByteArray, status);
    app::ctl::MetricsEndpoint endpoint([] { return "tutti_rooms 3\n"_ba; });
    QVERIFY(endpoint.listen({QHostAddress(QHostAddress::LocalHost), 0}));
    QTcpSocket socket;
    QSignalSpy gone(&socket, &QTcpSocket::disconnected);
    socket.connectToHost(QHostAddress::LocalHost, endpoint.port());
    socket.write(request);
    QTRY_COMPARE(gone.size(), 1);
    const QByteArray answer = socket.readAll();
    QVERIFY2(answer.startsWith("HTTP/1.1 " + status), answer);
    QCOMPARE(answer.endsWith("\r\n\r\ntutti_rooms 3\n"), status == "200");
    QVERIFY(answer.contains("\r\nContent-Type: text/plain; version=0.0.4"));
}

void TestCtlServeWatching::metricsInPieces()
{
    app::ctl::MetricsEndpoint endpoint([] { return "a 1\n"_ba; });
    QVERIFY(endpoint.listen({QHostAddress(QHostAddress::LocalHost), 0}));
    QTcpSocket socket;
    QSignalSpy gone(&socket, &QTcpSocket::disconnected);
    socket.connectToHost(QHostAddress::LocalHost, endpoint.port());
    QTRY_COMPARE(socket.state(), QAbstractSocket::ConnectedState);
    for (const QByteArray& piece : {"GET /met"_ba, "rics HTTP/1.1\r\n"_ba, "\r\n"_ba}) {
        socket.write(piece);
        QTRY_COMPARE(socket.bytesToWrite(), 0);
    }
    QTRY_COMPARE(gone.size(), 1);
    QVERIFY(socket.readAll().endsWith("a 1\n"));
}

/// Those who say nothing are few, and the next is answered when they are gone.
void TestCtlServeWatching::crowds()
{
    app::ctl::MetricsEndpoint endpoint([] { return "a 1\n"_ba; });
    QVERIFY(endpoint.listen({QHostAddress(QHostAddress::LocalHost), 0}));
    std::vector<std::unique_ptr<QTcpSocket>> silent;
    for (int i = 0; i < 40; ++i) {
        silent.push_back(std::make_unique<QTcpSocket>());
        silent.back()->connectToHost(QHostAddress::LocalHost, endpoint.port());
    }
    const auto open = [&silent] {
        return std::ranges::count_if(silent,
            [](const auto& socket) { return socket->state() == QAbstractSocket::ConnectedState; });
    };
    QTRY_COMPARE(open(), 16);
    silent.clear();
    QByteArray answer;
    for (int i = 0; i < 20 && answer.isEmpty(); ++i) {
        QTcpSocket socket;
        QSignalSpy gone(&socket, &QTcpSocket::disconnected);
        socket.connectToHost(QHostAddress::LocalHost, endpoint.port());
        socket.write("GET /metrics HTTP/1.1\r\n\r\n");
        QTRY_COMPARE(gone.size(), 1);
        answer = socket.readAll();
    }
    QVERIFY(answer.startsWith("HTTP/1.1 200"));
}

QTEST_GUILESS_MAIN(TestCtlServeWatching)
#include "tst_ctl_serve_watching.moc"
