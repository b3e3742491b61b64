// SPDX-License-Identifier: MIT
#include "app/ctl/serve_options.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTemporaryFile>
#include <QTest>

using namespace tutti;
using namespace Qt::StringLiterals;
using app::ctl::parseServeOptions;
using net::Right;

namespace {

QStringList words(const QString& line)
{
    return QStringList{u"tuttictl"_s, u"serve"_s} + line.split(u' ', Qt::SkipEmptyParts);
}

std::optional<Right> rightOf(
    const net::AccessPolicy& policy, const char* token, const char* path = "/r")
{
    const auto right =
        policy.check({QString::fromLatin1(path), "token="_ba + QByteArray(token), {}});
    return right ? std::optional(*right) : std::nullopt;
}

} // namespace

class TestCtlServeOptions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whoIsLetIn_data();
    void whoIsLetIn();
    void tokens();
    void tokenFiles();
    void badTokenFiles_data();
    void badTokenFiles();
    void limits();
    void origins();
    void certificates_data();
    void certificates();
    void watching();
    void help();

private:
    QTemporaryDir m_dir;
};

void TestCtlServeOptions::whoIsLetIn_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("says"); ///< empty: taken
    const auto row = [](const char* line, const char* says) {
        QTest::newRow(line) << QString::fromLatin1(line) << QString::fromLatin1(says);
    };
    row("", "");
    row("--listen 127.0.0.2:0", "");
    row("--listen [::1]:0", "");
    row("--listen localhost:0", "");
    row("--listen 0.0.0.0:0", "--token");
    row("--listen [::]:0", "--token");
    row("--listen 192.0.2.7:0", "192.0.2.7");
    row("--listen [::ffff:192.0.2.7]:0", "--open");
    row("--listen 0.0.0.0:0 --open", "");
    row("--listen 0.0.0.0:0 --token a", "");
    row("--listen 0.0.0.0:0 --read-token a", "");
    row("--open", "");
    row("--open --token a", "--open");
    row("--token=", "--token");
    row("--read-token=", "--read-token");
    row("--token-file /no/such/file", "/no/such/file");
    row("--listen nowhere", "nowhere");
    row("--store=", "--store");
    row("file", "file");
}

void TestCtlServeOptions::whoIsLetIn()
{
    QFETCH(QString, line);
    QFETCH(QString, says);
    const auto options = parseServeOptions(words(line));
    QCOMPARE(options.has_value(), says.isEmpty());
    if (!options) {
        QVERIFY2(options.error().contains(says), qPrintable(options.error()));
        QVERIFY(!options.error().endsWith(u'.'));
    }
}

void TestCtlServeOptions::tokens()
{
    const auto options =
        parseServeOptions(words(u"--token one --token two --read-token three --store rooms"_s));
    QVERIFY(options);
    QCOMPARE(options->storeFolder, u"rooms"_s);
    QVERIFY(rightOf(options->access, "one") == Right::Edit);
    QVERIFY(rightOf(options->access, "two") == Right::Edit);
    QVERIFY(rightOf(options->access, "three") == Right::Read);
    QVERIFY(!rightOf(options->access, "four"));
    QVERIFY(!parseServeOptions(words({}))->access.needsToken());
}

void TestCtlServeOptions::tokenFiles()
{
    QTemporaryFile file;
    QVERIFY(file.open());
    file.write("# for the team\n"
               "\n"
               "all\n"
               "edit  one /a\r\n"
               "read two a%20b\n"
               "\tread three");
    file.close();
    const auto options =
        parseServeOptions({u"tuttictl"_s, u"serve"_s, u"--token-file"_s, file.fileName()});
    QVERIFY(options);
    QVERIFY(rightOf(options->access, "all") == Right::Edit);
    QVERIFY(rightOf(options->access, "one", "/a") == Right::Edit);
    QVERIFY(!rightOf(options->access, "one", "/b"));
    QVERIFY(rightOf(options->access, "two", "/a%20b") == Right::Read);
    QVERIFY(!rightOf(options->access, "two"));
    QVERIFY(rightOf(options->access, "three") == Right::Read);
    QVERIFY(!rightOf(options->access, "#"));
}

void TestCtlServeOptions::badTokenFiles_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("says");
    QTest::newRow("nothing") << QByteArray() << u"no token"_s;
    QTest::newRow("a comment alone") << "# none yet\n"_ba << u"no token"_s;
    QTest::newRow("unknown right") << "\nwrite secret\n"_ba << u"Line 2"_s;
    QTest::newRow("too much") << "edit secret /a /b\n"_ba << u"Line 1"_s;
}

void TestCtlServeOptions::badTokenFiles()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, says);
    QTemporaryFile file;
    QVERIFY(file.open());
    file.write(content);
    file.close();
    const auto options =
        parseServeOptions({u"tuttictl"_s, u"serve"_s, u"--token-file"_s, file.fileName()});
    QVERIFY(!options);
    QVERIFY2(options.error().contains(says), qPrintable(options.error()));
    QVERIFY(!options.error().contains(u"secret"_s));
}

void TestCtlServeOptions::limits()
{
    const auto usual = parseServeOptions(words({}));
    QVERIFY(usual);
    const net::Server::Options builtIn;
    QCOMPARE(usual->limits.maxFrame, quint64{64} << 20);
    QCOMPARE(usual->limits.maxFrame, builtIn.maxFrame);
    QCOMPARE(usual->limits.maxDocument, builtIn.maxDocument);
    QCOMPARE(usual->limits.maxRate, builtIn.maxRate);
    QCOMPARE(usual->limits.maxConnections, builtIn.maxConnections);
    QCOMPARE(usual->limits.maxConnectionsPerRoom, builtIn.maxConnectionsPerRoom);
    QCOMPARE(usual->limits.maxRooms, builtIn.maxRooms);
    const auto options =
        parseServeOptions(words(u"--max-message 512k --max-document 0 --max-rate 7 --max-clients 8 "
                                "--max-clients-per-room 9 --max-rooms 10 --max-receiving 1M "
                                "--max-bytes-rate 3M"_s));
    QVERIFY(options);
    QCOMPARE(options->limits.maxFrame, quint64{512} << 10);
    QCOMPARE(options->limits.maxDocument, 0);
    QCOMPARE(options->limits.maxRate, 7);
    QCOMPARE(options->limits.maxConnections, 8);
    QCOMPARE(options->limits.maxConnectionsPerRoom, 9);
    QCOMPARE(options->limits.maxRooms, 10);
    QCOMPARE(options->limits.maxBytesRate, qint64{3} << 20);
    QCOMPARE(options->limits.maxReceiving, qint64{1} << 20);
    for (const char* bad : {"--max-bytes-rate fast", "--max-receiving 127M", "--max-receiving much",
             "--max-message 0", "--max-message 2G", "--max-message x", "--max-document -1",
             "--max-document 1.5M", "--max-document 9999999G", "--max-rate -1", "--max-rate lots",
             "--max-clients 0", "--max-rooms 0", "--max-clients-per-room 0"}) {
        const auto refused = parseServeOptions(words(QString::fromLatin1(bad)));
        QVERIFY2(!refused && refused.error().contains(u"--max-"_s), bad);
    }
}

void TestCtlServeOptions::origins()
{
    const auto options =
        parseServeOptions(words(u"--allow-origin https://example.org --allow-origin null"_s));
    QVERIFY(options);
    QVERIFY(options->access.check({u"/r"_s, {}, {}}));
    QVERIFY(options->access.check({u"/r"_s, {}, "https://example.org"}));
    QVERIFY(options->access.check({u"/r"_s, {}, "null"}));
    QVERIFY(!options->access.check({u"/r"_s, {}, "https://example.com"}));
    QVERIFY(!parseServeOptions(words(u"--allow-origin example.org"_s)));
}

void TestCtlServeOptions::certificates_data()
{
    QTest::addColumn<QString>("certificate");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("says"); ///< empty: taken
    QTest::newRow("RSA") << u"rsa.pem"_s << u"rsa.key"_s << QString();
    QTest::newRow("elliptic curve") << u"ec.pem"_s << u"ec.key"_s << QString();
    QTest::newRow("another's key") << u"rsa.pem"_s << u"other.key"_s << u"does not belong"_s;
    QTest::newRow("a key of another kind") << u"rsa.pem"_s << u"ec.key"_s << u"does not belong"_s;
    QTest::newRow("key and certificate exchanged")
        << u"rsa.key"_s << u"rsa.pem"_s << u"no certificate"_s;
    QTest::newRow("no key") << u"rsa.pem"_s << u"rsa.pem"_s << u"no private key"_s;
    QTest::newRow("a key with a password")
        << u"rsa.pem"_s << u"locked.key"_s << u"has a password"_s;
    QTest::newRow("nothing there") << u"none.pem"_s << u"rsa.key"_s << u"none.pem"_s;
    QTest::newRow("no key there") << u"rsa.pem"_s << u"none.key"_s << u"none.key"_s;
    QTest::newRow("half of it") << u"rsa.pem"_s << QString() << u"go together"_s;
}

void TestCtlServeOptions::certificates()
{
    QFETCH(QString, certificate);
    QFETCH(QString, key);
    QFETCH(QString, says);
    const auto openssl = [this](const QString& line) {
        QProcess process;
        process.setWorkingDirectory(m_dir.path());
        process.start(u"openssl"_s, line.split(u' '));
        return process.waitForFinished() && process.exitCode() == 0;
    };
    if (!QFile::exists(m_dir.filePath(u"rsa.pem"_s))) {
        if (!openssl(
                u"req -x509 -newkey rsa:2048 -nodes -subj /CN=h -keyout rsa.key -out rsa.pem"_s)) {
            QSKIP("openssl is needed to make certificates");
        }
        QVERIFY(openssl(u"req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "
                        "/CN=h -keyout ec.key -out ec.pem"_s));
        QVERIFY(openssl(u"genrsa -out other.key 2048"_s));
        QVERIFY(openssl(u"rsa -in rsa.key -aes128 -passout pass:word -out locked.key"_s));
    }
    QStringList arguments{u"tuttictl"_s, u"serve"_s, u"--tls-cert"_s, m_dir.filePath(certificate)};
    if (!key.isEmpty()) {
        arguments += {u"--tls-key"_s, m_dir.filePath(key)};
    }
    const auto options = parseServeOptions(arguments);
    QVERIFY2(
        options.has_value() == says.isEmpty(), qPrintable(options ? u"taken"_s : options.error()));
    if (options) {
        QVERIFY(options->tls);
    } else {
        QVERIFY2(options.error().contains(says), qPrintable(options.error()));
    }
}

void TestCtlServeOptions::watching()
{
    const auto usual = parseServeOptions(words({}));
    QVERIFY(usual && !usual->metrics && !usual->log);
    const auto options = parseServeOptions(words(u"--metrics 127.0.0.1:9464 --log-format json"_s));
    QVERIFY(options && options->metrics && options->log);
    QCOMPARE(options->metrics->port, 9464);
    QVERIFY(*options->log == app::ctl::LogFormat::Json);
    QVERIFY(*parseServeOptions(words(u"--log-format text"_s))->log == app::ctl::LogFormat::Text);
    QVERIFY(!parseServeOptions(words(u"--log-format xml"_s)));
    QVERIFY(!parseServeOptions(words(u"--log-format="_s)));
    QVERIFY(!parseServeOptions(words(u"--metrics nowhere"_s)));
}

void TestCtlServeOptions::help()
{
    const auto options = parseServeOptions(words(u"--help"_s));
    QVERIFY(options && options->help);
    for (const char* option : {"--listen", "--store", "--token", "--token-file", "--open"}) {
        QVERIFY2(options->help->contains(QString::fromLatin1(option)), option);
    }
}

QTEST_GUILESS_MAIN(TestCtlServeOptions)
#include "tst_ctl_serve_options.moc"
