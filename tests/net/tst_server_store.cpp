// SPDX-License-Identifier: MIT
// Rooms that outlive the server: tuttictl serve --store, killed at any moment, started again, out
// of disk, and what it tells its clients meanwhile.
#include "harness.h"
#include "net/room_address.h"
#include "net/server/server.h"
#include "net/store/update_log.h"
#include "net/websocket_channel.h"

#include <QFile>
#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

// The QTRY_ macros of Qt 6.8 convert inside.
#pragma GCC diagnostic ignored "-Wconversion"

using namespace tutti;
using namespace tutti::net::test;
using namespace Qt::StringLiterals;
using State = net::ProviderStatus::State;

namespace {

/// tuttictl serve in a process of its own, on a port that stays the same.
class ServeProcess
{
public:
    explicit ServeProcess(const QString& folder, quint16 port = 0, const QString& limits = {})
    {
        const QString command =
            u"%1 exec \"$0\" serve --listen 127.0.0.1:%2 --store \"$1\""_s.arg(limits).arg(port);
        m_process.start(u"/bin/sh"_s, {u"-c"_s, command, QStringLiteral(TUTTICTL), folder});
    }
    ~ServeProcess() { kill(); }
    /// Waits until it listens; its URL, empty when it ended instead.
    QString url()
    {
        if (!QTest::qWaitFor([this] { return m_process.canReadLine() || hasEnded(); }, 60'000)) {
            return {};
        }
        const QString line = QString::fromUtf8(m_process.readLine()).trimmed();
        return line.startsWith(u"listening "_s) ? line.mid(10) : QString();
    }
    void kill()
    {
        if (!hasEnded()) {
            m_process.kill(); // SIGKILL
            m_process.waitForFinished();
        }
    }
    void terminate()
    {
        m_process.terminate();
        m_process.waitForFinished();
    }
    [[nodiscard]] bool hasEnded() const { return m_process.state() == QProcess::NotRunning; }
    QByteArray complaints() { return m_errors += m_process.readAllStandardError(); }

private:
    QProcess m_process;
    QByteArray m_errors;
};

/// A client in the room, with a document of its own.
struct Client
{
    explicit Client(const QString& url, std::uint64_t id)
        : doc(makeDoc(id))
        , provider(doc, std::make_unique<net::WebSocketChannel>(*net::RoomAddress::parse(url)),
              options())
    {
        provider.start();
    }
    static net::Provider::Options options()
    {
        net::Provider::Options options;
        options.policy =
            net::ReconnectPolicy({std::chrono::milliseconds(20), std::chrono::milliseconds(200)});
        return options;
    }
    [[nodiscard]] bool isSynced() const { return provider.status().state == State::Synced; }

    crdt::Doc doc;
    net::Provider provider;
};

} // namespace

class TestServerStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void roomsComeBack();
    void receiptsWaitForTheDisk();
    void emptyRoomsAreFreed();
    void damagedRoomsStayClosed();
    void killed();
    void diskFull();
    void commands();
};

void TestServerStore::roomsComeBack()
{
    QTemporaryDir dir;
    const QString file = dir.filePath(u"rooms.sqlite"_s);
    for (int round = 0; round < 3; ++round) {
        net::Server server;
        server.setStore(net::UpdateLog::open(file).value());
        QVERIFY(server.listen(QHostAddress::LocalHost, 0));
        Client client(server.url() + u"/notes"_s, 100 + static_cast<std::uint64_t>(round));
        QTRY_VERIFY(client.isSynced());
        QCOMPARE(textOf(client.doc), QString(round, u'x'));
        insert(client.doc, 0, u"x");
        QTRY_VERIFY(client.isSynced());
    }
}

/// While the store cannot be written the room goes on, but nobody is told that it is safe.
void TestServerStore::receiptsWaitForTheDisk()
{
    QTemporaryDir dir;
    net::Server::Options options;
    options.flushEvery = std::chrono::hours(1); // never by itself
    net::Server server(options);
    server.setStore(net::UpdateLog::open(dir.filePath(u"rooms.sqlite"_s)).value());
    QVERIFY(server.listen(QHostAddress::LocalHost, 0));
    Client writer(server.url() + u"/r"_s, 1);
    Client reader(server.url() + u"/r"_s, 2);
    QTRY_VERIFY(writer.isSynced() && reader.isSynced());
    insert(writer.doc, 0, u"text");
    QTRY_COMPARE(textOf(reader.doc), u"text"_s); // before it is on disk
    QTRY_VERIFY(writer.isSynced()); // it asked, and that wrote it
    writer.provider.stop();
    reader.provider.stop();
    QTRY_COMPARE(server.connectionCount(), 0);
    QCOMPARE(server.roomCount(), 0);
}

void TestServerStore::emptyRoomsAreFreed()
{
    QTemporaryDir dir;
    net::Server server;
    server.setStore(net::UpdateLog::open(dir.filePath(u"rooms.sqlite"_s)).value());
    QVERIFY(server.listen(QHostAddress::LocalHost, 0));
    {
        Client client(server.url() + u"/r"_s, 1);
        QTRY_VERIFY(client.isSynced());
        insert(client.doc, 0, u"kept");
        QTRY_VERIFY(client.isSynced());
        QCOMPARE(server.roomCount(), 1);
    }
    QTRY_COMPARE(server.roomCount(), 0);
    Client client(server.url() + u"/r"_s, 2);
    QTRY_COMPARE(textOf(client.doc), u"kept"_s);
}

void TestServerStore::damagedRoomsStayClosed()
{
    QTemporaryDir dir;
    const QString file = dir.filePath(u"rooms.sqlite"_s);
    auto log = net::UpdateLog::open(file).value();
    log->append(u"/bad"_s, "no update at all");
    QVERIFY(log->flush());
    net::Server server;
    server.setStore(std::move(log));
    QVERIFY(server.listen(QHostAddress::LocalHost, 0));
    Client bad(server.url() + u"/bad"_s, 1);
    Client good(server.url() + u"/good"_s, 2);
    QTRY_VERIFY(good.isSynced());
    QTRY_COMPARE(bad.provider.status().state, State::Offline);
    QTRY_VERIFY2(bad.provider.status().reason.contains(u"cannot be read"),
        qPrintable(bad.provider.status().reason));
}

/// kill -9 at random moments of typing: what a client was told is there afterwards, once.
void TestServerStore::killed()
{
    bool given = false;
    const quint64 seed = qgetenv("TUTTI_SEED").toULongLong(&given);
    QRandomGenerator random(given ? static_cast<quint32>(seed) : 7U);
    const int rounds = given ? 50 : 12;
    QTemporaryDir dir;
    quint16 port = 0;
    QString safe; // what some client was told is safe
    std::unique_ptr<ServeProcess> server;
    for (int round = 0; round < rounds; ++round) {
        server = std::make_unique<ServeProcess>(dir.path(), port);
        const QString url = server->url();
        QVERIFY2(!url.isEmpty(), server->complaints());
        port = static_cast<quint16>(QUrl(url).port());
        Client client(url + u"/typed"_s, 1'000 + static_cast<std::uint64_t>(round));
        QTRY_VERIFY(client.isSynced());
        const QString found = textOf(client.doc);
        QVERIFY2(found.startsWith(safe), qPrintable(u"lost after round %1"_s.arg(round)));
        safe = found;
        // One letter after the other, each when the one before is known to be safe or not.
        for (int keys = random.bounded(1, 40); keys > 0; --keys) {
            insert(client.doc, static_cast<std::uint32_t>(textOf(client.doc).size()), u"k");
            if (random.bounded(3) == 0) {
                QTRY_VERIFY(client.isSynced());
            } else {
                QTest::qWait(random.bounded(3)); // let some of it go out, at a random pace
            }
            if (client.isSynced()) {
                safe = textOf(client.doc);
            }
        }
        server->kill();
    }
    server = std::make_unique<ServeProcess>(dir.path(), port);
    const QString url = server->url();
    Client last(url + u"/typed"_s, 1);
    QTRY_VERIFY(last.isSynced());
    QVERIFY(textOf(last.doc).startsWith(safe));
    QCOMPARE(textOf(last.doc).count(u'k'), textOf(last.doc).size());
    last.provider.stop();
    server->terminate();
    const auto log = net::UpdateLog::open(dir.filePath(u"rooms.sqlite"_s));
    QVERIFY(log);
    QVERIFY((*log)->verify().value().empty());
}

/// A file that may not grow stands for a disk that is full.
void TestServerStore::diskFull()
{
    QTemporaryDir dir;
    quint16 port = 0;
    {
        ServeProcess server(dir.path(), 0, u"ulimit -f 300;"_s); // some 150 kB or 300 kB
        const QString url = server.url();
        QVERIFY2(!url.isEmpty(), server.complaints());
        port = static_cast<quint16>(QUrl(url).port());
        Client writer(url + u"/r"_s, 1);
        Client reader(url + u"/r"_s, 2);
        QTRY_VERIFY(writer.isSynced() && reader.isSynced());
        insert(writer.doc, 0, u"small ");
        QTRY_VERIFY(writer.isSynced());
        insert(writer.doc, 6, std::u16string(1'000'000, u'x'));
        QTRY_COMPARE(textOf(reader.doc).size(), 1'000'006);
        QTRY_VERIFY2(server.complaints().contains("rooms go on"), server.complaints());
        QVERIFY(!writer.isSynced());
        QCOMPARE(textOf(writer.doc).size(), 1'000'006);
        insert(reader.doc, 0, u"still here ");
        QTRY_COMPARE(textOf(writer.doc).size(), 1'000'017);
        // Neither does coming back get the writer a receipt, while who has nothing can join.
        writer.provider.stop();
        writer.provider.start();
        QTRY_VERIFY(writer.provider.status().isConnected());
        Client third(url + u"/r"_s, 3);
        QTRY_VERIFY(third.isSynced());
        QCOMPARE(textOf(third.doc).size(), 1'000'017);
        QVERIFY(!writer.isSynced());
        third.provider.stop();
        server.kill();

        // With room again, whoever is still there brings it back.
        ServeProcess again(dir.path(), port);
        QVERIFY2(!again.url().isEmpty(), again.complaints());
        QTRY_VERIFY_WITH_TIMEOUT(writer.isSynced() && reader.isSynced(), 20'000);
        QCOMPARE(textOf(writer.doc), textOf(reader.doc));
        writer.provider.stop();
        reader.provider.stop();
        again.terminate();
    }
    const auto log = net::UpdateLog::open(dir.filePath(u"rooms.sqlite"_s));
    QVERIFY(log);
    QVERIFY((*log)->verify().value().empty());
    QVERIFY((*log)->documents().value().at(0).bytes > 1'000'000);
}

void TestServerStore::commands()
{
    QTemporaryDir dir;
    const auto run = [](const QStringList& arguments) {
        QProcess process;
        process.start(QStringLiteral(TUTTICTL), arguments);
        process.waitForFinished(60'000);
        return std::tuple(
            process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError());
    };
    const auto store = [&](const QStringList& arguments) {
        return run(QStringList{u"store"_s} + arguments);
    };
    {
        crdt::Doc doc = makeDoc(5);
        auto log = net::UpdateLog::open(dir.filePath(u"rooms.sqlite"_s)).value();
        const crdt::Subscription subscription =
            doc.observe([&log](const crdt::TransactionEvent& event) {
                log->append(u"/notes/today"_s, toByteArray(event.update));
            });
        for (int i = 0; i < 20; ++i) {
            insert(doc, 0, u"y");
        }
        QVERIFY(log->flush());
    }
    auto [status, out, err] = store({u"list"_s, dir.path()});
    QCOMPARE(status, 0);
    QVERIFY2(out.startsWith("20\t") && out.endsWith("\t/notes/today\n"), out);
    std::tie(status, out, err) = store({u"verify"_s, dir.path()});
    QCOMPARE(out, "1 rooms, nothing damaged\n");
    const QByteArray before = std::get<1>(store({u"export"_s, u"notes/today"_s, dir.path()}));
    crdt::Doc copy = makeDoc(6);
    QVERIFY(copy.applyUpdate(view(before)));
    QCOMPARE(textOf(copy), QString(20, u'y'));
    std::tie(status, out, err) = store({u"compact"_s, dir.path()});
    QVERIFY2(out.startsWith("/notes/today: 20 updates, "), out);
    QCOMPARE(std::get<1>(store({u"export"_s, u"/notes/today"_s, dir.path()})), before);
    QVERIFY(std::get<1>(store({u"list"_s, dir.path()})).startsWith("1\t"));

    QCOMPARE(std::get<0>(store({u"export"_s, u"none"_s, dir.path()})), 1);
    std::tie(status, out, err) = store({u"list"_s, dir.filePath(u"nowhere"_s)});
    QCOMPARE(status, 1);
    QVERIFY2(err.startsWith("tuttictl: There is no store in "), err);
    QCOMPARE(std::get<0>(store({})), 2);
    QCOMPARE(std::get<0>(store({u"list"_s})), 2);
    QCOMPARE(std::get<0>(run({u"serve"_s, u"--store"_s, QString()})), 2);
}

QTEST_GUILESS_MAIN(TestServerStore)
#include "tst_server_store.moc"
