// SPDX-License-Identifier: MIT
#include "app/arguments.h"
#include "app/instance.h"
#include "ui/shell/room_link.h"

#include <QTest>

using namespace tutti::app;

class TestArguments : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void files_data();
    void files();
    void options();
    void whatEditorsAreAskedFor();
    void requests();
    void links_data();
    void links();
    void listen_data();
    void listen();
    void mistakes_data();
    void mistakes();
    void helpNamesEveryOption();
};

namespace {

bool noFiles(const QString&) { return false; }

} // namespace

void TestArguments::files_data()
{
    QTest::addColumn<QString>("word");
    QTest::addColumn<bool>("exists");
    QTest::addColumn<QString>("path");
    QTest::addColumn<int>("line");
    QTest::addColumn<int>("column");

    const auto row = [](const char* word, const char* path, int line, int column,
                         bool exists = false) {
        QTest::addRow("%s%s", word, exists ? " (exists)" : "")
            << QString::fromLatin1(word) << exists << QString::fromLatin1(path) << line << column;
    };
    row("a.txt", "a.txt", 0, 0);
    row("a.txt:7", "a.txt", 7, 0);
    row("a.txt:7:3", "a.txt", 7, 3);
    row("a.txt:7:", "a.txt", 7, 0); // as compilers print it
    row("a.txt:7:3:", "a.txt", 7, 3);
    row("/b/c d:12:1", "/b/c d", 12, 1);
    row("a.txt:7", "a.txt:7", 0, 0, true);
    row("a:1:2:3", "a:1", 2, 3);
    row("a.txt:0", "a.txt:0", 0, 0);
    row("a.txt:x", "a.txt:x", 0, 0);
    row("a.txt:99999999999999", "a.txt:99999999999999", 0, 0);
    row(":5", ":5", 0, 0);
    row("http://example.org/", "http://example.org/", 0, 0);
}

void TestArguments::files()
{
    QFETCH(const QString, word);
    QFETCH(const bool, exists);
    QFETCH(const QString, path);
    QFETCH(const int, line);
    QFETCH(const int, column);

    const auto arguments =
        parseArguments({word}, [&](const QString& name) { return exists && name == word; });
    QVERIFY(arguments);
    QCOMPARE(arguments->files, (QList<FileArgument>{{path, line, column}}));
    QVERIFY(arguments->links.isEmpty());
}

void TestArguments::options()
{
    const auto none = parseArguments({}, noFiles);
    QVERIFY(none);
    QVERIFY(none->files.isEmpty() && none->links.isEmpty() && !none->share && !none->name);
    QCOMPARE(none->textName, QStringLiteral("codemirror"));
    QVERIFY(!none->listenAddress);
    QCOMPARE(none->listenPort, 0);

    const auto all =
        parseArguments(QStringLiteral("a.txt ws://h:1/r --share --listen 127.0.0.1:80 "
                                      "--name Ada --color #AABBCC --text=monaco "
                                      "--auth-token=a=b --auth-command get-token --ca ca.pem "
                                      "WSS://h/s hocuspocus+ws://h#d b.txt -- --c.txt "
                                      "ws://file")
                           .split(QChar(u' ')),
            noFiles);
    QVERIFY(all);
    QCOMPARE(all->files,
        (QList<FileArgument>{{QStringLiteral("a.txt")}, {QStringLiteral("b.txt")},
            {QStringLiteral("--c.txt")}, {QStringLiteral("ws://file")}}));
    QCOMPARE(all->links,
        (QStringList{QStringLiteral("ws://h:1/r"), QStringLiteral("WSS://h/s"),
            QStringLiteral("hocuspocus+ws://h#d")}));
    QCOMPARE(all->authToken, QStringLiteral("a=b"));
    QCOMPARE(all->authCommand, QStringLiteral("get-token"));
    QCOMPARE(all->authorityFile, QStringLiteral("ca.pem"));
    QVERIFY(all->share);
    QCOMPARE(all->listenAddress, QHostAddress(QHostAddress::LocalHost));
    QCOMPARE(all->listenPort, 80);
    QCOMPARE(all->name, QStringLiteral("Ada"));
    QCOMPARE(all->color, QStringLiteral("#aabbcc"));
    QCOMPARE(all->textName, QStringLiteral("monaco"));
    QVERIFY(!all->help && !all->version);

    QVERIFY(parseArguments({QStringLiteral("--help")}, noFiles)->help);
    QVERIFY(parseArguments({QStringLiteral("-h")}, noFiles)->help);
    QVERIFY(parseArguments({QStringLiteral("--version")}, noFiles)->version);
    // a value may look like anything
    QCOMPARE(parseArguments({QStringLiteral("--name"), QStringLiteral("--share")}, noFiles)->name,
        QStringLiteral("--share"));
    QCOMPARE(
        parseArguments({QStringLiteral("--name=A = B")}, noFiles)->name, QStringLiteral("A = B"));
}

void TestArguments::whatEditorsAreAskedFor()
{
    const auto all = parseArguments(
        QStringLiteral(
            "--wait +12:3 a.txt b.txt +7 c.txt:1 - --new file:///tmp/a%20b tutti://h:1/r")
            .split(QChar(u' ')),
        noFiles);
    QVERIFY(all);
    QVERIFY(all->wait && all->newWindow && all->standardInput && all->needOwnProgram());
    QCOMPARE(all->files,
        (QList<FileArgument>{{QStringLiteral("a.txt"), 12, 3}, {QStringLiteral("b.txt")},
            {QStringLiteral("c.txt"), 7, 0}, {QStringLiteral("/tmp/a b")}}));
    QCOMPARE(all->links, QStringList{QStringLiteral("ws://h:1/r")});
    QVERIFY(!parseArguments({QStringLiteral("a")}, noFiles)->needOwnProgram());
}

/// What one program tells another arrives as it was said.
void TestArguments::requests()
{
    auto arguments = *parseArguments(
        QStringLiteral("--wait a.txt:3 ws://h/r --auth-token x --text monaco").split(QChar(u' ')),
        noFiles);
    auto sent = Request::from(arguments);
    sent.text = QStringLiteral("two\nlines");
    sent.replyTo = QStringLiteral("somewhere");
    const auto got = Request::fromMessage(sent.toMessage());
    QVERIFY(got);
    QCOMPARE(got->files.size(), 1);
    QVERIFY(got->files.first().path.endsWith(QStringLiteral("/a.txt")));
    QVERIFY(got->files.first().path.startsWith(QChar(u'/')));
    QCOMPARE(got->files.first().line, 3);
    QCOMPARE(got->links, sent.links);
    QCOMPARE(got->text, sent.text);
    QCOMPARE(got->authToken, QStringLiteral("x"));
    QCOMPARE(got->textName, QStringLiteral("monaco"));
    QCOMPARE(got->replyTo, sent.replyTo);
    QVERIFY(got->wait);
    QVERIFY(!Request::fromMessage("nonsense"));
    QVERIFY(!Request::fromMessage("{}"));
}

void TestArguments::links_data()
{
    QTest::addColumn<QString>("link");
    QTest::addColumn<QString>("address");
    const auto row = [](const char* link, const char* address) {
        QTest::newRow(link) << QString::fromLatin1(link) << QString::fromLatin1(address);
    };
    row("tutti://h:1/r", "ws://h:1/r");
    row("TUTTI://h/r%20s", "ws://h/r%20s");
    row("tutti://h/r?token=a%2Bb", "ws://h/r?token=a%2Bb");
    row("tutti://h/r?via=wss&token=x", "wss://h/r?token=x");
    row("tutti://h/p?token=x&via=hocuspocus%2Bwss#d", "hocuspocus+wss://h/p?token=x#d");
    row("tutti://h#d?via=wss", "ws://h#d?via=wss"); // all of that is the fragment
    row("tutti://h/r?via=http", "tutti://h/r?via=http");
    row("ws://h/r", "ws://h/r");
    row("notes.txt", "notes.txt");
}

void TestArguments::links()
{
    QFETCH(const QString, link);
    QTEST(tutti::ui::plainRoomLink(link), "address");
}

void TestArguments::listen_data()
{
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("address");
    QTest::addColumn<int>("port");
    QTest::newRow("IPv4") << QStringLiteral("127.0.0.1:0") << QStringLiteral("127.0.0.1") << 0;
    QTest::newRow("every IPv4") << QStringLiteral("0.0.0.0:8080") << QStringLiteral("0.0.0.0")
                                << 8080;
    QTest::newRow("IPv6") << QStringLiteral("[::1]:65535") << QStringLiteral("::1") << 65535;
    QTest::newRow("name") << QStringLiteral("localhost:1") << QStringLiteral("127.0.0.1") << 1;
}

void TestArguments::listen()
{
    QFETCH(const QString, value);
    QFETCH(const QString, address);
    QFETCH(const int, port);
    const auto arguments = parseArguments({QStringLiteral("--listen"), value}, noFiles);
    QVERIFY(arguments);
    QCOMPARE(arguments->listenAddress, QHostAddress(address));
    QCOMPARE(static_cast<int>(arguments->listenPort), port);
}

void TestArguments::mistakes_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QString>("error");
    const auto row = [](const QString& line, const QString& error) {
        QTest::addRow("%s", qUtf8Printable(line)) << line.split(QChar(u'|')) << error;
    };
    row(QStringLiteral("--frobnicate"), QStringLiteral("unknown option --frobnicate (try --help)"));
    row(QStringLiteral("-x"), QStringLiteral("unknown option -x (try --help)"));
    row(QStringLiteral("+7"), QStringLiteral("+7 wants a file after it"));
    row(QStringLiteral("tutti://h/r?via=smoke"),
        QStringLiteral("not a link to a room: tutti://h/r?via=smoke"));
    row(QStringLiteral("--share=yes"), QStringLiteral("unknown option --share=yes (try --help)"));
    row(QStringLiteral("--name"), QStringLiteral("--name wants a value"));
    row(QStringLiteral("--name|  "), QStringLiteral("--name wants a name"));
    row(QStringLiteral("--text="), QStringLiteral("--text wants a name"));
    row(QStringLiteral("--auth-command| "), QStringLiteral("--auth-command wants a command"));
    row(QStringLiteral("--auth-token"), QStringLiteral("--auth-token wants a value"));
    row(QStringLiteral("--color|red"), QStringLiteral("--color wants #rrggbb, not red"));
    row(QStringLiteral("--color|#12345"), QStringLiteral("--color wants #rrggbb, not #12345"));
    for (const auto* value : {"", "1234", ":1234", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536",
             "host.example:1", "::1:80", "127.0.0.1:-1"}) {
        row(QStringLiteral("--listen|%1").arg(QLatin1StringView(value)),
            QStringLiteral("--listen wants ADDRESS:PORT, such as 127.0.0.1:0, not %1")
                .arg(QLatin1StringView(value)));
    }
    row(QStringLiteral("ws://"), QStringLiteral("not a link to a room: ws://"));
    row(QStringLiteral("ws://h:99999/r"), QStringLiteral("not a link to a room: ws://h:99999/r"));
    row(QString(), QStringLiteral("a file's name cannot be empty"));
}

void TestArguments::mistakes()
{
    QFETCH(const QStringList, words);
    QFETCH(const QString, error);
    const auto arguments = parseArguments(words, noFiles);
    QVERIFY(!arguments);
    QCOMPARE(arguments.error(), error);
}

void TestArguments::helpNamesEveryOption()
{
    for (const auto* option : {"--share", "--listen", "--name", "--color", "--text", "--new",
             "--wait", "--help", "--version"}) {
        QVERIFY2(helpText().contains(QLatin1StringView(option)), option);
    }
    for (const QString& line : helpText().split(QChar(u'\n'))) {
        QVERIFY2(line.size() <= 80, qUtf8Printable(line));
    }
}

QTEST_GUILESS_MAIN(TestArguments)
#include "tst_arguments.moc"
