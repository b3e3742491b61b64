// SPDX-License-Identifier: MIT
#include "app/ctl/serve_options.h"

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
    void help();
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
