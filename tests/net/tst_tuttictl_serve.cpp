// SPDX-License-Identifier: MIT
// tuttictl serve as its users run it; tst_server_store has what --store does.
#include "ctl_process.h"
#include "raw_client.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

#include <algorithm>
#include <csignal>
#include <memory>
#include <sys/resource.h>
#include <unistd.h>
#include <vector>

// The QTRY_ macros of Qt 6.8 convert inside.
#pragma GCC diagnostic ignored "-Wconversion"

using namespace tutti::net::test;

namespace {

/// What the kernel has counted of a process's work, in clock ticks.
qint64 processorTicks(qint64 process)
{
    QFile stat(QStringLiteral("/proc/%1/stat").arg(process));
    if (!stat.open(QIODevice::ReadOnly)) {
        return 0;
    }
    const QByteArray text = stat.readAll();
    const QList<QByteArray> fields = text.mid(text.lastIndexOf(')') + 2).split(' ');
    return fields.value(11).toLongLong() + fields.value(12).toLongLong();
}

} // namespace

class TestTuttictlServe : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_dir;

    QString file(const QByteArray& content) { return fileIn(m_dir, content); }

private Q_SLOTS:
    void serve_data()
    {
        QTest::addColumn<int>("signal");
        QTest::newRow("SIGTERM") << SIGTERM;
        QTest::newRow("SIGINT") << SIGINT;
    }

    void serve()
    {
        QFETCH(int, signal);
        QProcess server;
        server.start(QStringLiteral(TUTTICTL),
            {QStringLiteral("serve"), QStringLiteral("--listen"), QStringLiteral("127.0.0.1:0")});
        QTRY_VERIFY_WITH_TIMEOUT(server.canReadLine(), 20'000);
        const QByteArray line = server.readLine();
        QVERIFY2(line.startsWith("listening ws://127.0.0.1:"), line.constData());
        const QString base = QString::fromLatin1(line.mid(10).trimmed());
        QCOMPARE(
            run({QStringLiteral("put"), base + QStringLiteral("/a/b"), file("kept")}).status, 0);
        QCOMPARE(
            run({QStringLiteral("cat"), base + QStringLiteral("/a/b")}).out, QByteArray("kept"));

        RawClient guest(static_cast<quint16>(QUrl(base).port()), "/a/b");
        QTRY_VERIFY(!guest.frames.empty());
        QElapsedTimer clock;
        clock.start();
        QCOMPARE(::kill(static_cast<pid_t>(server.processId()), signal), 0);
        QTRY_COMPARE(server.state(), QProcess::NotRunning);
        QVERIFY(clock.elapsed() < 2'000);
        QCOMPARE(server.exitStatus(), QProcess::NormalExit);
        QCOMPARE(server.exitCode(), 0);
        QCOMPARE(server.readAllStandardError(), QByteArray());
        QTRY_VERIFY(guest.closeCode()); // and was told why
        QCOMPARE(*guest.closeCode(), 1012);
        QVERIFY(guest.frames.back().payload.endsWith("The server is being restarted"));
    }

    void serveWithTokens()
    {
        const QString tokens = file("edit s/ecret\nread look\n");
        QProcess server;
        server.start(QStringLiteral(TUTTICTL),
            {QStringLiteral("serve"), QStringLiteral("--listen"), QStringLiteral("0.0.0.0:0"),
                QStringLiteral("--token-file"), tokens});
        QTRY_VERIFY_WITH_TIMEOUT(server.canReadLine(), 20'000);
        const QString room =
            QString::fromLatin1(server.readLine().mid(10).trimmed()) + QStringLiteral("/r");
        const QString may = room + QStringLiteral("?token=s%2Fecret");
        const QString reads = room + QStringLiteral("?token=look");
        QCOMPARE(run({QStringLiteral("put"), may, QStringLiteral("-")}, "text").status, 0);
        QCOMPARE(run({QStringLiteral("cat"), reads}).out, QByteArray("text"));
        Outcome done = run({QStringLiteral("append"), reads, QStringLiteral("-"),
                               QStringLiteral("--timeout"), QStringLiteral("0.5")},
            "more");
        QCOMPARE(done.status, 1);
        QCOMPARE(run({QStringLiteral("cat"), reads}).out, QByteArray("text"));
        for (const QString& other : {room, room + QStringLiteral("?token=guess")}) {
            done = run({QStringLiteral("cat"), other});
            QCOMPARE(done.status, 1);
            QVERIFY2(isOnePlainLine(done.err), done.err.constData());
            QVERIFY2(done.err.contains("access token"), done.err.constData());
            QVERIFY(!done.err.contains("guess"));
        }
        server.terminate();
        QTRY_COMPARE(server.state(), QProcess::NotRunning);
    }

    /// More clients than the process may have files: that is said once, costs no processor time,
    /// and is over when there is room again.
    void outOfSockets()
    {
#ifdef __SANITIZE_ADDRESS__
        QSKIP("the sanitizers need files of their own to look at memory");
#endif
        constexpr rlim_t kFiles = 40;
        constexpr int kCrowd = 60;
        QProcess server;
        server.setChildProcessModifier([] {
            const rlimit files{kFiles, kFiles};
            ::setrlimit(RLIMIT_NOFILE, &files);
        });
        server.start(QStringLiteral(TUTTICTL),
            {QStringLiteral("serve"), QStringLiteral("--listen"), QStringLiteral("127.0.0.1:0"),
                QStringLiteral("--log-format"), QStringLiteral("text")});
        QTRY_VERIFY_WITH_TIMEOUT(server.canReadLine(), 20'000);
        const QUrl base(QString::fromLatin1(server.readLine().mid(10).trimmed()));
        const auto port = static_cast<quint16>(base.port());
        QByteArray log;
        const auto hasLogged = [&](const char* event) {
            log += server.readAllStandardError();
            return log.contains(event);
        };
        std::vector<std::unique_ptr<RawClient>> crowd;
        // One alone first: then the server has seen that there was nobody after it.
        crowd.push_back(std::make_unique<RawClient>(port, "/room"));
        QTRY_VERIFY(!crowd.front()->frames.empty());
        for (int i = 1; i < kCrowd; ++i) {
            crowd.push_back(std::make_unique<RawClient>(port, "/room"));
        }
        QTRY_VERIFY(hasLogged("no-socket-left"));
        const auto inside = [&crowd] {
            return std::ranges::count_if(
                crowd, [](const auto& client) { return !client->frames.empty(); });
        };
        QTRY_VERIFY(inside() > 5);

        const qint64 before = processorTicks(server.processId());
        QElapsedTimer clock;
        clock.start();
        QTRY_VERIFY(clock.elapsed() > 1'000); // what a busy loop would fill
        const qint64 spent = processorTicks(server.processId()) - before;
        QVERIFY2(spent < ::sysconf(_SC_CLK_TCK) / 4, QByteArray::number(spent).constData());
        QVERIFY2(inside() < kCrowd && log.count("no-socket-left") < 5, log.constData());

        crowd.clear();
        const QString room = base.toString() + QStringLiteral("/r");
        const Outcome put = run({QStringLiteral("put"), room, file("kept")});
        QVERIFY2(put.status == 0, put.err.constData());
        QCOMPARE(run({QStringLiteral("cat"), room}).out, QByteArray("kept"));
        QTRY_VERIFY(hasLogged("sockets-again"));
        server.terminate();
        QTRY_COMPARE(server.state(), QProcess::NotRunning);
        QCOMPARE(server.exitCode(), 0);
    }

    void serveWatched()
    {
        QProcess server;
        server.start(QStringLiteral(TUTTICTL),
            {QStringLiteral("serve"), QStringLiteral("--listen"), QStringLiteral("127.0.0.1:0"),
                QStringLiteral("--metrics"), QStringLiteral("127.0.0.1:0"),
                QStringLiteral("--log-format"), QStringLiteral("json")});
        QTRY_VERIFY_WITH_TIMEOUT(server.canReadLine(), 20'000);
        const QByteArray room = server.readLine().mid(10).trimmed() + "/watched";
        QTRY_VERIFY(server.canReadLine());
        const QByteArray second = server.readLine().trimmed();
        QVERIFY2(second.startsWith("metrics http://127.0.0.1:") && second.endsWith("/metrics"),
            second.constData());
        QCOMPARE(run({QStringLiteral("put"), QString::fromLatin1(room), QStringLiteral("-")}, "x")
                     .status,
            0);
        QTcpSocket prometheus;
        prometheus.connectToHost(QHostAddress::LocalHost,
            static_cast<quint16>(QUrl(QString::fromLatin1(second.mid(8))).port()));
        prometheus.write("GET /metrics HTTP/1.1\r\nHost: h\r\n\r\n");
        QTRY_COMPARE(prometheus.state(), QAbstractSocket::UnconnectedState);
        const QByteArray answer = prometheus.readAll();
        QVERIFY2(answer.contains("\ntutti_connections_total 1\n"), answer.constData());
        QVERIFY2(answer.contains("\ntutti_rooms 1\n"), answer.constData());
        server.terminate();
        QTRY_COMPARE(server.state(), QProcess::NotRunning);
        QStringList events;
        for (const QByteArray& line : server.readAllStandardError().trimmed().split('\n')) {
            const QJsonObject event = QJsonDocument::fromJson(line).object();
            QVERIFY2(event.contains(QStringLiteral("time")), line.constData());
            events += event[QStringLiteral("event")].toString();
        }
        QCOMPARE(events.join(u' '),
            QStringLiteral("listening room-opened client-joined client-left stopped"));
    }

    void serveReadsTokensAgain()
    {
        const QString tokens = m_dir.filePath(QStringLiteral("tokens"));
        const auto write = [&tokens](const QByteArray& content) {
            QFile out(tokens);
            return out.open(QIODevice::WriteOnly) && out.write(content) == content.size();
        };
        QVERIFY(write("first\n"));
        QProcess server;
        server.start(QStringLiteral(TUTTICTL),
            {QStringLiteral("serve"), QStringLiteral("--listen"), QStringLiteral("127.0.0.1:0"),
                QStringLiteral("--token-file"), tokens, QStringLiteral("--log-format"),
                QStringLiteral("text")});
        QTRY_VERIFY_WITH_TIMEOUT(server.canReadLine(), 20'000);
        const QString room =
            QString::fromLatin1(server.readLine().mid(10).trimmed()) + QStringLiteral("/r?token=");
        const auto cat = [&room](const char* token) {
            return run({QStringLiteral("cat"), room + QString::fromLatin1(token)}).status;
        };
        QByteArray log;
        const auto says = [&](const char* event) {
            log += server.readAllStandardError();
            return log.contains(event);
        };
        QCOMPARE(cat("first"), 0);
        RawClient guest(static_cast<quint16>(QUrl(room).port()), "/r?token=first");
        QTRY_VERIFY(!guest.frames.empty());
        QVERIFY(write("second\n"));
        QCOMPARE(::kill(static_cast<pid_t>(server.processId()), SIGHUP), 0);
        QTRY_VERIFY(says(" reloaded"));
        QTRY_VERIFY(guest.closeCode()); // what it had is worth nothing any more
        QCOMPARE(*guest.closeCode(), 4403);
        QCOMPARE(cat("first"), 1);
        QCOMPARE(cat("second"), 0);
        QVERIFY(write("write third /r\n")); // no such right
        QCOMPARE(::kill(static_cast<pid_t>(server.processId()), SIGHUP), 0);
        QTRY_VERIFY(says(" reload-failed"));
        QCOMPARE(cat("second"), 0);
        server.terminate();
        QTRY_COMPARE(server.state(), QProcess::NotRunning);
        QCOMPARE(server.exitCode(), 0);
    }
};

QTEST_GUILESS_MAIN(TestTuttictlServe)
#include "tst_tuttictl_serve.moc"
