// SPDX-License-Identifier: MIT
// tuttictl as its users run it: a server of its own, and every command against it.
#include "ctl_process.h"
#include "harness.h"
#include "net/server/server.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

// The QTRY_ macros of Qt 6.8 convert inside.
#pragma GCC diagnostic ignored "-Wconversion"

using namespace tutti;
using namespace tutti::net::test;
using State = net::ProviderStatus::State;

class TestTuttictl : public QObject
{
    Q_OBJECT

private:
    net::Server m_server;
    QTemporaryDir m_dir;

    QString url(const char* room) const
    {
        return m_server.url() + u'/' + QString::fromLatin1(room);
    }
    QString file(const QByteArray& content) { return fileIn(m_dir, content); }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_dir.isValid());
        QVERIFY(m_server.listen(QHostAddress::LocalHost, 0));
    }

    void putAndCat()
    {
        const QByteArray text = QString::fromUtf8("Grüße\n🙂 zwei\n").toUtf8();
        Outcome done = run({QStringLiteral("put"), url("put"), file(text)});
        QCOMPARE(done.err, QByteArray());
        QCOMPARE(done.status, 0);
        done = run({QStringLiteral("cat"), url("put")});
        QCOMPARE(done.err, QByteArray());
        QCOMPARE(done.out, text);
        QCOMPARE(done.status, 0);

        // From standard input; CR LF and a byte order mark stay outside.
        done = run({QStringLiteral("put"), url("put"), QStringLiteral("-")},
            "\xef\xbb\xbf"
            "one\r\ntwo\r\n");
        QCOMPARE(done.status, 0);
        QCOMPARE(run({QStringLiteral("cat"), url("put")}).out, QByteArray("one\ntwo\n"));
        done = run({QStringLiteral("put"), url("put"), QStringLiteral("-")}, "");
        QCOMPARE(done.status, 0);
        done = run({QStringLiteral("cat"), url("put")});
        QCOMPARE(done.out, QByteArray());
        QCOMPARE(done.status, 0);
    }

    void putChangesOnlyWhatDiffers()
    {
        crdt::Doc doc = makeDoc(1);
        net::Provider provider(doc, m_server.attach(QStringLiteral("/minimal")));
        provider.start();
        insert(doc, 0, u"one\ntwo\nthree\n");
        QTRY_COMPARE(provider.status().state, State::Synced);
        std::vector<crdt::DeltaOp> steps;
        const crdt::Subscription subscription =
            doc.get<crdt::Text>(kRoot).observe([&steps](const crdt::TypeEvent& event) {
                steps.insert(steps.end(), event.delta.begin(), event.delta.end());
            });
        QCOMPARE(
            run({QStringLiteral("put"), url("minimal"), file("one\ntWo\nthree\nfour\n")}).status,
            0);
        QTRY_COMPARE(textOf(doc), QStringLiteral("one\ntWo\nthree\nfour\n"));
        std::uint32_t erased = 0;
        std::size_t inserted = 0;
        for (const crdt::DeltaOp& step : steps) {
            erased += step.kind == crdt::DeltaOp::Kind::Delete ? step.length.value() : 0;
            inserted += step.text.size();
        }
        QCOMPARE(erased, 1U);
        QCOMPARE(inserted, 6UL);
        steps.clear();
        QCOMPARE(
            run({QStringLiteral("put"), url("minimal"), file("one\ntWo\nthree\nfour\n")}).status,
            0);
        QVERIFY(steps.empty()); // the same again is no change at all
        QCOMPARE(provider.status().peers, 0); // it shows itself to nobody
    }

    void putReturnsWhenTheServerHasIt()
    {
        for (int i = 0; i < 5; ++i) {
            const QByteArray text = "round " + QByteArray::number(i);
            QCOMPARE(run({QStringLiteral("put"), url("sure"), file(text)}).status, 0);
            QCOMPARE(run({QStringLiteral("cat"), url("sure")}).out, text);
        }
    }

    void append()
    {
        QCOMPARE(run({QStringLiteral("append"), url("append"), file("one\n")}).status, 0);
        QCOMPARE(
            run({QStringLiteral("append"), url("append"), QStringLiteral("-")}, "two\n").status, 0);
        QCOMPARE(run({QStringLiteral("append"), url("append"), QStringLiteral("-")}, "").status, 0);
        QCOMPARE(run({QStringLiteral("cat"), url("append")}).out, QByteArray("one\ntwo\n"));
    }

    void anotherRoot()
    {
        const QStringList text{QStringLiteral("--text"), QStringLiteral("monaco")};
        QCOMPARE(run(QStringList{QStringLiteral("put"), url("roots"), file("m")} + text).status, 0);
        QCOMPARE(run(QStringList{QStringLiteral("cat"), url("roots")} + text).out, QByteArray("m"));
        QCOMPARE(run({QStringLiteral("cat"), url("roots")}).out, QByteArray());
    }

    void aRichRootIsNotTouched_data()
    {
        QTest::addColumn<QString>("command");
        for (const char* command : {"cat", "put", "append"}) {
            QTest::newRow(command) << QString::fromLatin1(command);
        }
    }

    void aRichRootIsNotTouched()
    {
        QFETCH(QString, command);
        // What an XML editor leaves in a room: a paragraph in a fragment.
        const QByteArray update = QByteArray::fromHex("0101 e907 00 07 01 0a") + "codemirror"
            + QByteArray::fromHex("03 09") + "paragraph" + QByteArray(1, '\0');
        crdt::Doc doc = makeDoc(1);
        net::Provider provider(doc, m_server.attach(QStringLiteral("/rich")));
        provider.start();
        QVERIFY(doc.applyUpdate(view(update)));
        QTRY_COMPARE(provider.status().state, State::Synced);
        const crdt::Bytes before = doc.getState();
        QStringList arguments{command, url("rich")};
        if (command != QStringLiteral("cat")) {
            arguments += file("text");
        }
        const Outcome done = run(arguments);
        QCOMPARE(done.status, 1);
        QVERIFY2(isOnePlainLine(done.err), done.err.constData());
        QVERIFY(done.err.contains("plain text"));
        QCOMPARE(done.out, QByteArray());
        QVERIFY(doc.getState() == before);
    }

    void watch()
    {
        QProcess watcher;
        watcher.start(QStringLiteral(TUTTICTL), {QStringLiteral("watch"), url("watch")});
        QList<QJsonObject> events;
        connect(&watcher, &QProcess::readyReadStandardOutput, this, [&] {
            while (watcher.canReadLine()) {
                events += QJsonDocument::fromJson(watcher.readLine()).object();
            }
        });
        const auto saw = [&events](const QByteArray& json) {
            return events.contains(QJsonDocument::fromJson(json).object());
        };
        const QByteArray synced = "{\"event\":\"synced\"}";
        const QByteArray came = "{\"event\":\"text\",\"delta\":[{\"insert\":\"a🙂\\\"b\"}]}";
        const QByteArray here =
            "{\"event\":\"awareness\",\"client\":77,\"state\":{\"user\":{\"name\":\"Ada\"}}}";
        const QByteArray went = "{\"event\":\"text\",\"delta\":[{\"retain\":1},{\"delete\":2}]}";
        const QByteArray left = "{\"event\":\"awareness\",\"client\":77,\"state\":null}";
        QTRY_VERIFY_WITH_TIMEOUT(saw(synced), 20'000);

        crdt::Doc doc = makeDoc(77);
        net::Provider provider(doc, m_server.attach(QStringLiteral("/watch")));
        provider.awareness().setLocalState(named("Ada"));
        provider.start();
        insert(doc, 0, u"a🙂\"b");
        QTRY_VERIFY(saw(came));
        QTRY_VERIFY(saw(here));
        erase(doc, 1, 2);
        QTRY_VERIFY(saw(went));
        provider.stop();
        QTRY_VERIFY(saw(left));
        QVERIFY(watcher.state() == QProcess::Running);
        watcher.terminate();
        QTRY_COMPARE(watcher.state(), QProcess::NotRunning);
        QCOMPARE(watcher.exitStatus(), QProcess::NormalExit);
        QCOMPARE(watcher.exitCode(), 0);
        QCOMPARE(watcher.readAllStandardError(), QByteArray());
    }

    void inspect()
    {
        crdt::Doc doc = makeDoc(1'001);
        insert(doc, 0, u"Hello");
        const QString name = file(toByteArray(doc.getUpdate()));
        Outcome done = run({QStringLiteral("inspect"), name});
        QCOMPARE(done.status, 0);
        QVERIFY(done.out.contains("1001") && done.out.contains("Hello"));
        done = run({QStringLiteral("inspect"), name, QStringLiteral("--json")});
        QCOMPARE(done.status, 0);
        QCOMPARE(QJsonDocument::fromJson(
                     done.out)[QStringLiteral("clients")][0][QStringLiteral("client")]
                     .toInt(),
            1001);
        done = run({QStringLiteral("inspect"), file("not an update")});
        QCOMPARE(done.status, 1);
        QVERIFY2(isOnePlainLine(done.err), done.err.constData());
    }

    void errorsAreOneLine_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("says");
        const auto row = [](const char* name, const QStringList& arguments, int status,
                             const char* says) {
            QTest::newRow(name) << arguments << status << QByteArray(says);
        };
        const auto words = [](const char* line) {
            return QString::fromLatin1(line).split(u' ', Qt::SkipEmptyParts);
        };
        row("nothing", {}, 2, "No command");
        row("unknown command", words("fly"), 2, "fly");
        row("no address", words("cat"), 2, "URL");
        row("no file", words("put ws://h/a"), 2, "FILE");
        row("too much", words("cat ws://h/a b"), 2, "b");
        row("wrong address", words("cat http://h/a"), 2, "ws://");
        row("no room", words("cat ws://h:1"), 2, "room");
        row("unknown flag", words("cat ws://h/a --frob"), 2, "frob");
        row("flag without a value", words("cat ws://h/a --text"), 2, "text");
        row("timeout in letters", words("cat ws://h/a --timeout soon"), 2, "soon");
        row("timeout of nothing", words("cat ws://h/a --timeout 0"), 2, "0");
        row("timeout below nothing", words("cat ws://h/a --timeout=-1"), 2, "-1");
        row("timeout that is none", words("cat ws://h/a --timeout nan"), 2, "nan");
        row("nobody there", words("cat ws://127.0.0.1:1/a"), 1, "127.0.0.1:1");
        row("nobody to watch", words("watch ws://127.0.0.1:1/a"), 1, "127.0.0.1:1");
        row("no such host", words("cat ws://no-such-host.invalid/a"), 1, "no-such-host");
        row("missing file", words("put ws://127.0.0.1:1/a /no/such/file"), 1, "/no/such/file");
        row("a folder", words("put ws://127.0.0.1:1/a /"), 1, "folder");
        row("missing update", words("inspect /no/such/file"), 1, "/no/such/file");
        row("nothing to inspect", words("inspect"), 2, "FILE");
        row("wrong place to listen", words("serve --listen example"), 2, "example");
        row("not our address", words("serve --open --listen 192.0.2.1:0"), 1, "192.0.2.1");
        row("serve with a file", words("serve file"), 2, "file");
        row("serve everybody", words("serve --listen 0.0.0.0:0"), 2, "--token TOKEN");
    }

    void errorsAreOneLine()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, says);
        const Outcome done = run(arguments);
        QTEST(done.status, "status");
        QCOMPARE(done.out, QByteArray());
        QVERIFY2(isOnePlainLine(done.err), done.err.constData());
        QVERIFY2(done.err.contains(says), done.err.constData());
    }

    void notUtf8()
    {
        const Outcome done = run({QStringLiteral("put"), url("latin"), file("Gr\xfc\xdf")});
        QCOMPARE(done.status, 1);
        QVERIFY2(isOnePlainLine(done.err), done.err.constData());
        QVERIFY(done.err.contains("UTF-8"));
    }

    void aSilentServerTimesOut()
    {
        QTcpServer silent;
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        const Outcome done = run(
            {QStringLiteral("cat"), QStringLiteral("ws://127.0.0.1:%1/a").arg(silent.serverPort()),
                QStringLiteral("--timeout"), QStringLiteral("0.2")});
        QCOMPARE(done.status, 1);
        QVERIFY2(isOnePlainLine(done.err), done.err.constData());
        QVERIFY(done.err.contains("0.2 s"));
    }

    void portInUse()
    {
        const Outcome done = run({QStringLiteral("serve"), QStringLiteral("--listen"),
            QStringLiteral("127.0.0.1:%1").arg(m_server.port())});
        QCOMPARE(done.status, 1);
        QVERIFY2(isOnePlainLine(done.err), done.err.constData());
        QCOMPARE(done.out, QByteArray());
    }

    void help_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("says");
        QTest::newRow("overview") << QStringList{QStringLiteral("--help")}
                                  << QByteArray("tuttictl watch URL");
        QTest::newRow("command") << QStringList{QStringLiteral("put"), QStringLiteral("--help")}
                                 << QByteArray("--timeout");
        QTest::newRow("version") << QStringList{QStringLiteral("--version")}
                                 << QByteArray("tuttictl 0.");
    }

    void help()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, says);
        const Outcome done = run(arguments);
        QCOMPARE(done.status, 0);
        QCOMPARE(done.err, QByteArray());
        QVERIFY2(done.out.contains(says), done.out.constData());
    }
};

QTEST_GUILESS_MAIN(TestTuttictl)
#include "tst_tuttictl.moc"
